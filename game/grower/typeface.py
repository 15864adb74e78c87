"""The project's own typeface inside a PDF: the characters that it needs, and no more.

The font files hold PostScript outlines, which the PDF writer does not embed; each needed outline is drawn anew in the
quadratic curves of TrueType, within half a thousandth of the type's size.
"""

import io
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
FILES = {False: "loquat_sans.otf", True: "loquat_sans_bold.otf"}
MISSING = "□"  # stands for a character that the typeface lacks
CURVE_ERROR = 0.5  # thousandths of the type's size


class Typeface:
    """The regular and the bold face with all characters of some texts; `lacking` are those that neither has."""

    def __init__(self, texts: Iterable[str]) -> None:
        wanted = sorted({letter for text in texts for letter in text} | set(MISSING + " …"))
        self._has: dict[bool, frozenset[str]] = {}
        self._name: dict[bool, str] = {}
        for bold in FILES:
            self._name[bold], self._has[bold] = _embed(bold, wanted)
        self.lacking = frozenset(wanted) - self._has[False] - self._has[True]

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a text is, in points."""
        return float(sum(pdfmetrics.stringWidth(run, self._name[face], size) for face, run in self._runs(text, bold)))

    def draw(self, canvas: Canvas, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        """Write a line from its left end on the baseline; points from the page's lower left corner."""
        for face, run in self._runs(text, bold):
            canvas.setFont(self._name[face], size)
            canvas.drawString(x, y, run)
            x += pdfmetrics.stringWidth(run, self._name[face], size)

    def fitted(self, text: str, size: float, most: float, *, bold: bool = False) -> str:
        """The text, cut with "…" where it is wider than `most` points."""
        if self.width(text, size, bold=bold) <= most:
            return text
        while text and self.width(text + "…", size, bold=bold) > most:
            text = text[:-1]
        return text.rstrip() + "…"

    def wrapped(self, text: str, size: float, most: float, *, bold: bool = False) -> list[str]:
        """The text in lines of `most` points at most, broken at spaces, and anywhere in scripts without them."""
        lines, line = [], ""
        for word in _pieces(text):
            if line and self.width((line + word).rstrip(), size, bold=bold) > most:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
            while self.width(line.rstrip(), size, bold=bold) > most and len(line) > 1:
                head = line
                while len(head) > 1 and self.width(head, size, bold=bold) > most:
                    head = head[:-1]
                lines.append(head)
                line = line[len(head) :]
        return [*lines, line.rstrip()] if line.strip() else lines

    def _runs(self, text: str, bold: bool) -> list[tuple[bool, str]]:
        runs: list[tuple[bool, str]] = []
        for wanted in text:
            letter = wanted if wanted in self._has[False] or wanted in self._has[True] else MISSING
            face = bold if letter in self._has[bold] else not bold
            if runs and runs[-1][0] == face:
                runs[-1] = (face, runs[-1][1] + letter)
            else:
                runs.append((face, letter))
        return runs


def _pieces(text: str) -> list[str]:
    """Where a text may be broken: after each space, and around each wide character."""
    pieces, piece = [], ""
    for letter in text:
        if ord(letter) >= 0x2E80:
            pieces += [piece, letter] if piece else [letter]
            piece = ""
        else:
            piece += letter
            if letter == " ":
                pieces.append(piece)
                piece = ""
    return [*pieces, piece] if piece else pieces


def _embed(bold: bool, wanted: Iterable[str]) -> tuple[str, frozenset[str]]:
    """Register a face that has those of the wanted characters that the font file has; its name, and which."""
    with TTFont(FONTS / FILES[bold], lazy=True) as source:
        names = source.getBestCmap()
        cmap = {ord(letter): names[ord(letter)] for letter in wanted if ord(letter) in names}
        order = [".notdef", *dict.fromkeys(name for name in cmap.values() if name != ".notdef")]
        glyphs, units = source.getGlyphSet(), source["head"].unitsPerEm
        drawn, widths = {}, {}
        for name in order:
            pen = TTGlyphPen(None)
            glyphs[name].draw(Cu2QuPen(pen, CURVE_ERROR * units / 1000, reverse_direction=True))
            drawn[name], widths[name] = pen.glyph(), (round(glyphs[name].width), 0)
        ascent, descent = source["hhea"].ascent, source["hhea"].descent
    digest = sha256(repr(sorted(cmap)).encode()).hexdigest()[:8]
    family = f"LoquatSans{'Bold' if bold else ''}{digest}"
    builder = FontBuilder(units, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics(widths)
    builder.setupHorizontalHeader(ascent=ascent, descent=descent)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family, "fullName": family})
    builder.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent)
    builder.setupPost()
    data = io.BytesIO()
    builder.save(data)
    data.seek(0)
    pdfmetrics.registerFont(EmbeddedFont(family, data))
    return family, frozenset(map(chr, cmap))
