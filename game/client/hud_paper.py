"""A sheet to draw on: text, boxes, key caps and buttons in design pixels, x to the right and y down from its corner.

Every position and size is rounded to whole screen pixels, so that type and edges stay crisp at any scale.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from panda3d.core import (
    CS_yup_right,
    Geom,
    GeomNode,
    GeomTriangles,
    GeomVertexData,
    GeomVertexFormat,
    GeomVertexWriter,
    NodePath,
    TextNode,
    Texture,
    TransparencyAttrib,
)

from game.client import glyphs, theme
from game.client.theme import Colour

NO_LINE_START = set("，。、；：？！）」』》】”’…％·,.;:?!)]}%")
NO_LINE_END = set("（「『《【“‘([{")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a sheet, in design pixels."""

    x: float
    y: float
    wide: float
    high: float

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.wide and self.y <= y <= self.y + self.high

    def within(self, other: "Box", slack: float = 1.0) -> bool:
        """Whether this box lies inside another, give or take `slack`."""
        return (
            self.x >= other.x - slack
            and self.y >= other.y - slack
            and self.x + self.wide <= other.x + other.wide + slack
            and self.y + self.high <= other.y + other.high + slack
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that can be pressed: clicking it, or pressing Enter while it has the focus, is `action`.

    One that `slides` is dragged along its length: see `Piece.drag`; one that is `free` all over the sheet: see
    `Piece.pull`.
    """

    box: Box
    action: str
    slides: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A text on a sheet, for checks."""

    text: str
    box: Box


class Paper:
    """One sheet. `scale` is screen pixels per design pixel; `focus` the number of the spot that has the focus;
    `colours` replaces colours of the theme by others (see palette.py).

    What is drawn as it was on `instead_of`, the sheet that this one takes the place of, is taken over from it: a
    figure that changes costs its own text, not the whole sheet.
    """

    def __init__(
        self,
        parent: NodePath,
        scale: float,
        focus: int | None = None,
        colours: Mapping[Colour, Colour] | None = None,
        *,
        instead_of: "Paper | None" = None,
    ) -> None:
        self._spare = instead_of._drawn if instead_of else {}
        self._drawn: dict[Hashable, list[NodePath]] = {}
        self.colours = colours or {}
        self.root = parent.attach_new_node("paper")
        self.root.set_transparency(TransparencyAttrib.M_alpha)
        self.under, self.boxes, self.ink = (self.root.attach_new_node(name) for name in ("under", "boxes", "ink"))
        self.scale = scale
        self.focus = focus
        self.spots: list[Spot] = []
        self.written: list[Written] = []
        self.caret_at: Box | None = None  # where letters go that are typed, while a line is chosen
        self.wide = self.high = 0.0

    def remove(self) -> None:
        """Take the sheet off the screen."""
        self.root.remove_node()

    def sheet(self, wide: float, high: float, *, radius: float = 18, colour: Colour = theme.PAPER) -> None:
        """The card itself: call it last, when its height is known; it lies under all the rest."""
        self.wide, self.high = wide, high
        self._patch(self.under, "shadow", Box(0, 5, wide, high), radius, theme.SHADE, margin=18)
        self._patch(self.under, "fill", Box(0, 0, wide, high), radius, colour)
        self._patch(self.under, "ring", Box(0, 0, wide, high), radius, theme.LINE, thick=1)

    def box(
        self, x: float, y: float, wide: float, high: float, colour: Colour, *, radius: float = 10, thick: float = 0
    ) -> None:
        """A rounded box, or with `thick` only its outline."""
        self._patch(self.boxes, "ring" if thick else "fill", Box(x, y, wide, high), radius, colour, thick=thick)

    def line(self, x: float, y: float, wide: float, colour: Colour = theme.LINE) -> None:
        """A thin level rule."""
        self._patch(self.boxes, "fill", Box(x, y, wide, max(1.0, 1.0 / self.scale)), 0, colour)

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width of one line of text."""
        size_px = max(6, round(size * self.scale))
        return advance(text, size_px, bold) * size_px / self.scale

    def wrap(self, text: str, size: float, wide: float, *, bold: bool = False) -> list[str]:
        """Break text into lines: Latin between words, Chinese between any two characters, never before a comma."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            line = ""
            for piece in _pieces(paragraph):
                if line and self.width_of((line + piece).rstrip(), size, bold=bold) > wide:
                    lines.append(line.rstrip())
                    line = piece.lstrip()
                    while len(line) > 1 and self.width_of(line.rstrip(), size, bold=bold) > wide:  # a path, say
                        fits = next(n for n in range(len(line) - 1, 0, -1)
                                    if n == 1 or self.width_of(line[:n], size, bold=bold) <= wide)  # fmt: skip
                        lines.append(line[:fits])
                        line = line[fits:]
                else:
                    line += piece
            lines.append(line.rstrip())
        return lines

    def shorten(self, text: str, size: float, wide: float, *, bold: bool = False) -> str:
        """The text, or as much of it as fits followed by an ellipsis."""
        if self.width_of(text, size, bold=bold) <= wide:
            return text
        while text and self.width_of(text + "…", size, bold=bold) > wide:
            text = text[:-1]
        return text.rstrip() + "…"

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = theme.BODY,
        *,
        colour: Colour = theme.INK,
        bold: bool = False,
        align: str = "left",
        wide: float = 0.0,
        lines: int = 0,
    ) -> float:
        """Write text whose first line's top is at y; returns the height it takes.

        `wide` > 0 wraps it there; `align` right and centre take x as the right edge and the middle; `lines` > 0 cuts
        it after so many lines.
        """
        rows = self.wrap(text, size, wide, bold=bold) if wide else [text]
        if lines and len(rows) > lines:
            rows = [*rows[: lines - 1], self.shorten("".join(rows[lines - 1 :]), size, wide, bold=bold)]
        pitch = size * theme.LINE_HEIGHT
        for number, row in enumerate(rows):
            across = self.width_of(row, size, bold=bold)
            left = x - (across if align == "right" else across / 2 if align == "centre" else 0.0)
            self._write(left, y + number * pitch, row, size, colour, bold)
            self.written.append(Written(row, Box(left, y + number * pitch, across, pitch)))
        return pitch * len(rows)

    def keycap(self, x: float, y: float, label: str, *, size: float = theme.SMALL) -> float:
        """A small key with its label, or the mark of a gamepad's button (see glyphs.py); `y` is the top of the text
        line beside it. Returns its width."""
        high, wide = size * theme.LINE_HEIGHT + 4, self.cap_width(label, size=size)
        if (meant := glyphs.meaning(label)) is not None:
            glyphs.draw(self, x, y - 2, high, *meant)
            return wide
        self.box(x, y - 1, wide, high + 2, theme.LINE, radius=6)
        self.box(x, y - 2, wide, high, theme.WHITE, radius=6)
        self.box(x, y - 2, wide, high, hex_edge(), radius=6, thick=1)
        self.text(x + wide / 2, y, label, size, bold=True, align="centre", colour=theme.INK)
        return wide

    def hint(self, x: float, y: float, label: str, what: str, *, size: float = theme.SMALL) -> float:
        """A key cap (several where the label holds spaces) and what it does. Returns the width."""
        left = x
        for cap in label.split():
            left += self.keycap(left, y, cap, size=size) + 4
        left += 3 if label else 0
        self.text(left, y, what, size, colour=theme.INK_SOFT)
        return left - x + self.width_of(what, size)

    def cap_width(self, label: str, *, size: float = theme.SMALL) -> float:
        """Width of one key cap."""
        high = size * theme.LINE_HEIGHT + 4
        if (meant := glyphs.meaning(label)) is not None:
            return glyphs.width(meant[1], high)
        return max(high, self.width_of(label, size, bold=True) + 14)

    def hint_width(self, label: str, what: str, *, size: float = theme.SMALL) -> float:
        """Width that `hint` will take."""
        caps = sum(self.cap_width(cap, size=size) + 4 for cap in label.split())
        return caps + (3 if label else 0) + self.width_of(what, size)

    def hints(self, x: float, y: float, wide: float, pairs: list[tuple[str, str]]) -> float:
        """Key hints in rows no wider than `wide`. Returns the height they take."""
        pitch, left, top = theme.SMALL * theme.LINE_HEIGHT + 12, x, y
        for label, what in pairs:
            needs = self.hint_width(label, what)
            if left > x and left + needs > x + wide:
                left, top = x, top + pitch
            left += self.hint(left, top, label, what) + 18
        return top - y + pitch

    def button(
        self, x: float, y: float, wide: float, label: str, action: str, *, key: str = "", kind: str = "plain",
        high: float = 42.0, size: float = theme.BODY,
    ) -> float:  # fmt: skip
        """A button of kind main, plain or bare; pressing it is `action`. Returns its height."""
        focused = self.focus == len(self.spots)
        fill = {"main": theme.LOQUAT, "plain": theme.PAPER_DEEP, "bare": theme.PAPER}[kind]
        ink = theme.INK_SOFT if kind == "bare" else theme.INK
        if kind == "main":
            self.box(x, y + 2, wide, high, theme.LOQUAT_DEEP, radius=14)
        self.box(x, y, wide, high, fill, radius=14)
        if focused:
            self.box(x - 3, y - 3, wide + 6, high + 6, theme.TEAL, radius=17, thick=2)
        cap = self.cap_width(key) if key else 0.0
        room = wide - 24 - (cap + 8 if key else 0)
        while size > 10 and self.width_of(label, size, bold=True) > room:
            size -= 0.5
        across = self.width_of(label, size, bold=True) + (cap + 8 if key else 0)
        left = x + (wide - across) / 2
        if key:
            self.keycap(left, y + (high - theme.SMALL * theme.LINE_HEIGHT) / 2, key)
            left += cap + 8
        self.text(left, y + (high - size * theme.LINE_HEIGHT) / 2, label, size, bold=True, colour=ink)
        self.spots.append(Spot(Box(x, y, wide, high), action))
        return high

    def pressable(self, x: float, y: float, wide: float, high: float, action: str, *, radius: float = 10) -> bool:
        """Make an area pressable; draws the focus round it when it has it, and says whether it has."""
        focused = self.focus == len(self.spots)
        if focused:
            self.box(x - 2, y - 2, wide + 4, high + 4, theme.TEAL, radius=radius + 2, thick=2)
        self.spots.append(Spot(Box(x, y, wide, high), action))
        return focused

    def picture(
        self, x: float, y: float, size: float, texture: Texture, *, colour: Colour = theme.WHITE, beneath: bool = False
    ) -> None:
        """A square picture, tinted with `colour`; `beneath` the boxes that are drawn after it."""
        left, top, right, bottom = self._px(x), self._px(y), self._px(x + size), self._px(y + size)
        thirds = [(left + (right - left) * n / 3, top + (bottom - top) * n / 3) for n in range(4)]
        xs, ys = zip(*thirds, strict=True)
        path = (self.boxes if beneath else self.ink).attach_new_node(_nine_patch(xs, ys, (0.0, 1 / 3, 2 / 3, 1.0)))
        path.set_texture(texture)
        path.set_color(*colour)

    def coin(self, x: float, y: float, size: float) -> None:
        """A small loquat-coloured coin in a square of `size`."""
        self.box(x, y + size * 0.06, size, size, theme.LOQUAT_DEEP, radius=size / 2)
        self.box(x, y, size, size, theme.LOQUAT, radius=size / 2)
        inset = size * 0.2
        self.box(x + inset, y + inset, size - 2 * inset, size - 2 * inset, theme.LOQUAT_PALE, radius=size / 2 - inset)

    def caret(self, x: float, y: float, high: float) -> None:
        """The caret of the line that is written in."""
        self.caret_at = Box(x, y, 2, high)
        self.box(x, y, 2, high, theme.LOQUAT_DEEP, radius=1)

    def dot(self, x: float, y: float, size: float, colour: Colour) -> None:
        """A round dot whose box's corner is (x, y)."""
        self.box(x, y, size, size, colour, radius=size / 2)

    def _px(self, value: float) -> int:
        return round(value * self.scale)

    def _put(self, layer: NodePath, what: Hashable, make: Callable[[], NodePath]) -> NodePath:
        """Something drawn on a layer: the same thing of the sheet before, or a new one."""
        spare = self._spare.get(what)
        path = spare.pop() if spare else make()
        path.reparent_to(layer)
        self._drawn.setdefault(what, []).append(path)
        return path

    def _write(self, x: float, y: float, text: str, size: float, colour: Colour, bold: bool) -> None:
        size_px = max(6, round(size * self.scale))
        ink = self.colours.get(colour, colour)

        def make() -> NodePath:
            node = TextNode("text")
            node.set_coordinate_system(CS_yup_right)
            node.set_font(theme.font(size_px, bold and theme.can_be_bold(text)))
            node.set_text(text)
            node.set_text_color(*ink)
            path = NodePath(node.generate())
            path.set_scale(size_px)
            return path

        path = self._put(self.ink, (text, size_px, bold, ink), make)
        # The baseline lies so that capitals stand in the middle of the line.
        baseline = round(size_px * (theme.LINE_HEIGHT + theme.CAP_HEIGHT) / 2)
        margin = theme.GLYPH_MARGIN_PX
        path.set_pos(self._px(x) - margin, margin - self._px(y) - baseline, 0)

    def _patch(
        self,
        layer: NodePath,
        kind: str,
        box: Box,
        radius: float,
        colour: Colour,
        *,
        thick: float = 0,
        margin: float = 0,
    ) -> None:
        left, top = self._px(box.x), self._px(box.y)
        right, bottom = max(self._px(box.x + box.wide), left + 1), max(self._px(box.y + box.high), top + 1)
        thick_px, margin_px = max(1, self._px(thick)) if thick else 0, self._px(margin)
        radius_px = min(self._px(radius), (right - left) // 2, (bottom - top) // 2)
        wide, high = right - left, bottom - top
        fill = self.colours.get(colour, colour)

        def make() -> NodePath:
            corner = min(radius_px + 1, wide / 2, high / 2)
            xs = (-margin_px, corner, wide - corner, wide + margin_px)
            ys = (-margin_px, corner, high - corner, high + margin_px)
            used = (corner + margin_px) / (2 * (radius_px + 1 + margin_px))
            path = NodePath(_nine_patch(xs, ys, (0.0, used, 1.0 - used, 1.0)))
            path.set_color(*fill)
            if radius_px or kind != "fill":
                path.set_texture(theme.shape(kind, radius_px, thick_px, margin_px))
            return path

        path = self._put(layer, (kind, wide, high, radius_px, thick_px, margin_px, fill), make)
        path.set_pos(left, -top, 0)


@lru_cache(maxsize=4096)
def advance(text: str, size_px: int, bold: bool) -> float:
    """Width of a line in its own size; asked for again and again while a sheet is laid out."""
    face = theme.font(size_px, bold and theme.can_be_bold(text))
    return float(sum(face.get_glyph(ord(character)).get_advance() for character in text))


def hex_edge() -> Colour:
    """The colour of a key cap's edge."""
    return theme.hex_colour("d8c6a8")


def _nine_patch(xs: tuple[float, ...], ys: tuple[float, ...], stops: tuple[float, ...]) -> GeomNode:
    node = GeomNode("patch")
    node.add_geom(_patch_geom(xs, ys, stops))
    return node


@lru_cache(maxsize=512)
def _patch_geom(xs: tuple[float, ...], ys: tuple[float, ...], stops: tuple[float, ...]) -> Geom:
    """Nine quads; kept, because a chip whose figure changes is drawn anew with the same boxes."""
    data = GeomVertexData("patch", GeomVertexFormat.get_v3t2(), Geom.UH_static)
    data.set_num_rows(16)
    vertex, uv = GeomVertexWriter(data, "vertex"), GeomVertexWriter(data, "texcoord")
    for row in range(4):
        for column in range(4):
            vertex.set_data3(xs[column], -ys[row], 0)
            uv.set_data2(stops[column], 1.0 - stops[row])
    triangles = GeomTriangles(Geom.UH_static)
    for row in range(3):
        for column in range(3):
            a = row * 4 + column
            triangles.add_vertices(a, a + 4, a + 1)
            triangles.add_vertices(a + 1, a + 4, a + 5)
    geom = Geom(data)
    geom.add_primitive(triangles)
    return geom


def _pieces(text: str) -> list[str]:
    """Text cut where a line may end: after spaces, and round Han characters save where punctuation forbids it."""
    pieces: list[str] = []
    for character in text:
        wide = character >= "\u2e80"
        glue = bool(pieces) and (
            character in NO_LINE_START or character == " " or pieces[-1][-1] in NO_LINE_END
            or (not wide and pieces[-1][-1] != " " and pieces[-1][-1] < "\u2e80")
        )  # fmt: skip
        if glue:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
