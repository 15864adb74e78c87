"""A row of build mode's tray: the pictures that can be hung in a frame."""

from typing import Protocol

from panda3d.core import Texture

from game.client import theme
from game.client.hud_basket import PAD
from game.client.hud_build_rows import button
from game.client.hud_panel import View
from game.client.hud_paper import Paper
from game.content.own_pictures import OwnPicture
from game.core import building as b
from game.core.commands import Command
from game.core.ids import ItemId

TILE, TILES = 92.0, 9


class Rack(Protocol):
    """Who knows the player's pictures."""

    trouble: str
    drawn: int

    @property
    def pictures(self) -> tuple[OwnPicture, ...]:
        """What can be hung."""
        ...

    @property
    def busy(self) -> bool:
        """Whether a picture is being kept, to be hung."""
        ...

    def look(self) -> None:
        """See what there is now."""
        ...

    def small(self, picture: OwnPicture) -> Texture | None:
        """A little square picture of one; None while there is none."""
        ...

    def hang(self, picture: OwnPicture, ids: tuple[ItemId, ...]) -> None:
        """Show a picture in frames as soon as it is kept."""
        ...


class PictureRow:
    """Tiles, the first of which takes the picture out of the frame."""

    def __init__(self, rack: Rack) -> None:
        self.rack = rack
        self.page = 0

    def opened(self) -> None:
        """The row is shown: see what there is."""
        self.page = 0
        self.rack.look()

    def key(self) -> object:
        """Everything that the drawing depends on."""
        rack = self.rack
        return self.page, rack.pictures, rack.drawn, rack.busy, rack.trouble

    def draw(self, paper: Paper, view: View, wide: float, y: float) -> float:
        """Returns the y below."""
        rack = self.rack
        words = view.t(rack.trouble or ("picture_hanging" if rack.busy else "picture_choose"))
        tint = theme.BERRY if rack.trouble else theme.INK
        paper.text(PAD, y + 6, words, theme.BODY, bold=True, colour=tint)
        x = wide - PAD
        for label, action in ((view.t("build_done"), "picture:done"), (view.t("picture_bring"), "open:import")):
            x -= paper.width_of(label, theme.SMALL, bold=True) + 26
            button(paper, x, y, label, action)
            x -= 8
        y += 44
        pages = max(1, -(-len(rack.pictures) // TILES))
        self.page = min(self.page, pages - 1)
        pitch = (wide - 2 * PAD - 60) / (TILES + 1)
        for way, left in ((-1, PAD), (1, wide - PAD - 26)):
            if 0 <= self.page + way < pages:
                paper.button(left, y + 24, 26, "‹" if way < 0 else "›", f"picture:page{way:+}", high=44)
        self._tile(paper, PAD + 30 + (pitch - TILE) / 2, y, view.t("picture_none"), "picture:", None)
        paper.text(PAD + 30 + pitch / 2, y + 24, "×", 30, align="centre", colour=theme.INK_SOFT)
        first = self.page * TILES
        for at, picture in enumerate(rack.pictures[first : first + TILES]):
            left = PAD + 30 + (at + 1) * pitch + (pitch - TILE) / 2
            name = view.texts.of(picture.name) or view.t("workshop_no_name")
            self._tile(paper, left, y, name, f"picture:{first + at}", rack.small(picture))
        if not rack.pictures:
            left = PAD + 30 + pitch + 16
            room = wide - PAD - left
            paper.text(left, y + 22, view.t("picture_empty"), theme.SMALL, wide=room, colour=theme.INK_SOFT)
        return y + TILE + 24

    def _tile(self, paper: Paper, x: float, y: float, name: str, action: str, texture: Texture | None) -> None:
        paper.box(x, y, TILE, TILE, theme.PAPER_DEEP, radius=12)
        if texture is not None:
            paper.picture(x + 5, y + 5, TILE - 10, texture)
        shown = "".join(letter if theme.has_glyph(letter, False) else "·" for letter in name)
        paper.text(x + TILE / 2, y + TILE + 2, paper.shorten(shown, 11.5, TILE + 4), 11.5, align="centre")
        paper.pressable(x, y, TILE, TILE, action, radius=12)

    def press(self, what: str, ids: tuple[ItemId, ...]) -> list[Command]:
        """Act on a tile of the row, by what stands behind "picture:"."""
        if what.startswith("page"):
            self.page += int(what.removeprefix("page"))
            return []
        if not what:
            return [b.SetPicture(ids=ids, picture="")]
        if not self.rack.busy and int(what) < len(self.rack.pictures):
            self.rack.hang(self.rack.pictures[int(what)], ids)
        return []
