"""The project's own typeface inside a PDF: the characters that it needs, and no more.

Most of the font files hold PostScript outlines, which the PDF writer does not embed; each needed outline is drawn anew
in the quadratic curves of TrueType, within half a thousandth of the type's size.
"""

import io
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
REGULAR, BOLD, LETTERS, LETTERS_BOLD, EAST = FACES = (
    "loquat_sans.otf", "loquat_sans_bold.otf", "paper_sans.ttf", "paper_sans_bold.ttf", "paper_east.otf",
)  # fmt: skip
CHAINS = {False: (REGULAR, LETTERS, EAST), True: (BOLD, LETTERS_BOLD, REGULAR, LETTERS, EAST)}
"""Where a character is looked for, in this order."""
MISSING = "□"  # stands for a character that the typeface lacks
CURVE_ERROR = 0.5  # thousandths of the type's size


class Typeface:
    """A regular and a bold face with all characters of some texts; `lacking` are those that none of FACES has."""

    def __init__(self, texts: Iterable[str]) -> None:
        wanted = frozenset(letter for text in texts for letter in text) | frozenset(MISSING + " …")
        self._has: dict[str, frozenset[str]] = {}
        self._name: dict[str, str] = {}
        for face in FACES:
            self._name[face], self._has[face] = _embed(face, wanted)
        self.lacking = wanted.difference(*self._has.values())

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

    def _runs(self, text: str, bold: bool) -> list[tuple[str, str]]:
        """A text in stretches of one face each. A name whose accents only one face has is of one face throughout."""
        own, letters = CHAINS[bold][:2]
        chain = CHAINS[bold]
        if any(letter in self._has[letters] and letter not in self._has[own] for letter in text):
            chain = (letters, *(face for face in chain if face != letters))
        runs: list[tuple[str, str]] = []
        for wanted in text:
            face = next((face for face in chain if wanted in self._has[face]), "")
            letter = wanted if face else MISSING
            face = face or REGULAR
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


def _embed(face: str, wanted: Iterable[str]) -> tuple[str, frozenset[str]]:
    """Register a face that has those of the wanted characters that the font file has; its name, and which."""
    with TTFont(FONTS / face, lazy=True) as source:
        names = source.getBestCmap()
        cmap = {ord(letter): names[ord(letter)] for letter in sorted(wanted) if ord(letter) in names}
        cubic = "CFF " in source
        order = [".notdef", *dict.fromkeys(name for name in cmap.values() if name != ".notdef")]
        glyphs, units = source.getGlyphSet(), source["head"].unitsPerEm
        drawn, widths = {}, {}
        for name in order:
            whole = DecomposingRecordingPen(glyphs)  # accented letters may be made of others
            glyphs[name].draw(whole)
            pen = TTGlyphPen(None)
            whole.replay(Cu2QuPen(pen, CURVE_ERROR * units / 1000, reverse_direction=True) if cubic else pen)
            drawn[name], widths[name] = pen.glyph(), (round(glyphs[name].width), 0)
        ascent, descent = source["hhea"].ascent, source["hhea"].descent
    digest = sha256(repr(sorted(cmap)).encode()).hexdigest()[:8]
    family = f"{''.join(part.capitalize() for part in Path(face).stem.split('_'))}{digest}"
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
