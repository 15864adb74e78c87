"""The tray of build mode in its states: the shipped kit, a furnished studio, and something selected in it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
from panda3d.core import Texture

from game.client.hud import Hud
from game.client.hud_build import DRAWERS, BuildPanel
from game.client.hud_copies import CopiesPanel
from game.client.hud_offer import OfferPanel
from game.client.hud_pictures import PictureRow
from game.content.load import Catalogue, load_catalogue
from game.content.own_pictures import OwnPicture
from game.core.building import Building, Carried, Fit
from game.core.commands import Command
from game.core.goods import Text
from game.core.ids import HOME, GoodId, ItemId, PieceId, TemplateId
from game.core.rooms import Item, new_room
from game.core.world import World

Arrange = Callable[[World, Hud], None]


@cache
def shipped() -> Catalogue:
    return load_catalogue(Path(__file__).resolve().parents[2])


class Rack:
    """Has a dozen pictures."""

    trouble, drawn, busy = "", 0, False

    def __init__(self) -> None:
        words = ("Hill in the evening, seen from the ferry", "枇杷")
        self.pictures = tuple(
            OwnPicture(name=Text(en=words[n % 2], zh=words[n % 2]), path=Path(f"{n}.png")) for n in range(12)
        )
        self.hung: list[int] = []

    def look(self) -> None:
        """There are always the same."""

    def small(self, picture: OwnPicture) -> Texture | None:
        return None

    def hang(self, picture: OwnPicture, ids: tuple[ItemId, ...]) -> None:
        self.hung.append(self.pictures.index(picture))


class Copies:
    """Has none."""

    def __init__(self) -> None:
        self.files: tuple[Path, ...] = ()
        self.failed: tuple[str, str] = ("", "")
        self.done: tuple[str, dict[str, object]] = ("", {})

    def look(self) -> None:
        """There are none."""

    def save(self) -> None:
        """Nothing is written."""

    def take(self, path: Path) -> list[Command]:
        return []


def _tray(drawer: str, *pieces: str, then: tuple[str, ...] = (), **more: object) -> Arrange:
    """The tray with a drawer open, or the first of each of these pieces selected."""

    def arrange(world: World, hud: Hud) -> None:
        found = shipped()
        world.kit, world.templates = dict(found.kit), dict(found.templates)
        room = new_room(found.templates[TemplateId("studio")], name="Mine")
        chair = Item(id=ItemId("i90"), good=GoodId("reading_chair"), at_m=(0.0, 0.0, 0.0))
        world.owned[GoodId("reading_chair")] = 1
        sign = Item(id=ItemId("i91"), piece=PieceId("letters"), at_m=(1.0, 0.0, 2.0), words="Open")
        world.rooms[HOME] = msgspec.structs.replace(room, items=(*room.items, chair, sign))
        items = world.rooms[HOME].items
        chosen = tuple(next(i.id for i in items if name in (i.piece, i.good)) for name in pieces)
        world.building = Building(selected=chosen, **more)  # type: ignore[arg-type]
        panel = BuildPanel(lambda _: None, PictureRow(Rack()))
        panel.drawer = DRAWERS.index(drawer)
        hud.join(panel, opened_by="build")
        hud.join(OfferPanel(panel))
        hud.join(CopiesPanel(Copies()))
        hud.open_panel("build")
        for action in then:
            hud.update(world, [], 0.02)
            hud.press(action)

    return arrange


def _carried(fit: Fit) -> Arrange:
    item = Item(id=ItemId("i99"), piece=next(iter(shipped().kit)), at_m=(0.0, 0.0, 0.0))
    return _tray("stands", carried=Carried(items=(item,), taken_up=False, fit=fit))


TRAY_STATES: dict[str, Arrange] = {
    "tray": _tray("stands"),
    "tray_mine": _tray("mine"),
    "tray_room": _tray("room"),
    "tray_lamp": _tray("lamps", "lamp_floor"),
    "tray_frame": _tray("pictures", "frame_medium"),
    "tray_pictures": _tray("pictures", "frame_medium", then=("act:picture",)),
    "tray_some": _tray("seats", "easel", "rug_round", then=("act:align",)),
    "tray_good": _tray("mine", "reading_chair"),
    "tray_words": _tray("signs", "letters", then=("act:words",)),
    "tray_carried": _carried(Fit()),
    "tray_misfit": _carried(Fit(kind="unreachable")),
}
