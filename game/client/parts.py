"""The parts of the game that join the App, in the order in which they are drawn and loaded."""

from typing import TYPE_CHECKING

from game.client.boxes import Boxes
from game.client.build_mode import BuildMode
from game.client.dropping import Dropping
from game.client.good_pictures import GoodPictures
from game.client.home_keeping import HomeKeeping
from game.client.looks_mode import LooksMode
from game.client.making import Making
from game.client.orchard_hand import OrchardHand
from game.client.part import Part
from game.client.photo_mode import PhotoMode
from game.client.picking_view import PickingView
from game.client.price_tags import PriceTags
from game.client.publishing import Publishing
from game.client.room_copies import RoomCopies
from game.client.sound import Sound
from game.client.speed import Speed
from game.client.townsfolk import Townsfolk
from game.client.trees import Trees
from game.client.visiting import Visiting
from game.client.wayfinding import Wayfinding

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

PARTS: tuple[type[Part], ...] = (
    HomeKeeping, GoodPictures, Wayfinding, Townsfolk, LooksMode, PhotoMode, BuildMode, PriceTags, RoomCopies, Making,
    Dropping, Publishing, Visiting, OrchardHand, PickingView, Trees, Boxes, Sound, Speed,
)  # fmt: skip


def make_parts(app: "App", hud: "Hud") -> list[Part]:
    """One of each."""
    return [kind(app, hud) for kind in PARTS]
