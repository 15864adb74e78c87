"""Tags on stands where goods are sold on: what one costs, or that it is gone. Hung goods have theirs below them."""

from math import atan2, pi, radians
from typing import TYPE_CHECKING

import numpy as np
from panda3d.core import CS_zup_right, LVector3f, NodePath, TextNode

from game.client import theme
from game.client.part import Frame, Part
from game.client.room_scenery import RoomScenery
from game.client.spaces import good_matrix, turned
from game.client.stage import MIRROR
from game.core.goods import Good
from game.core.ids import OfferHash
from game.core.room_ports import OfferStock
from game.core.rooms import MAKERS_OFFER, Item, Room

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

LETTERS_M = 0.021
BEFORE_M, BELOW_M = 0.022, 0.045
LEANS_RAD = radians(-14)
BRIGHTEST, DARKEST = 1.0, 0.28


class PriceTags(Part):
    """Draws them in the room that is seen, and anew only when one of them changes."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self._drawn_for: object = None
        self._node: NodePath | None = None
        self._offered: tuple[Room | None, tuple[Item, ...]] = (None, ())

    def draw(self, frame: Frame) -> None:
        here, world = self.app.street.here, self.app.world
        room = world.rooms.get(world.place_id)
        if not isinstance(here, RoomScenery) or not here.built or here.light is None or room is None:
            self._forget()
            return
        if self._offered[0] is not room:
            resold = (item for item in room.items if item.offer not in (MAKERS_OFFER, OfferHash("")))
            self._offered = room, tuple(item for item in resold if item.good in world.goods)
        building = world.building
        carried = building.carried if building is not None else None
        away = {item.id for item in carried.items} if carried is not None and carried.taken_up else set()
        offers = world.trade.offers
        tags = [(i, offers[i.offer]) for i in self._offered[1] if i.offer in offers and i.id not in away]
        key = tuple(tags), self.hud.view.texts.language, here, world.mood_of(world.place_id)
        if key == self._drawn_for:
            return
        self._forget()
        self._drawn_for = key
        if tags:
            self._node = here.root.attach_new_node("tags")
            self._node.hide(MIRROR)
            for item, stock in tags:
                self._tag(self._node, here, item, stock)

    def _tag(self, parent: NodePath, here: RoomScenery, item: Item, stock: OfferStock) -> None:
        view, good = self.hud.view, self.app.world.goods[item.good]
        is_open = stock.state == "open"
        words = view.texts.coins(stock.unit_price_wei) if is_open else view.t("tag_sold")
        node = _card(parent.attach_new_node("tag"), words, gone=not is_open)
        if good.hangs:
            own = turned((0.0, good.size_m[1] / 2 - 0.004, -BELOW_M))
        else:
            side_rad, away_m = _inner_side(item, good)
            own = turned((0.0, -away_m - BEFORE_M if is_open else 0.0, 0.004), 0.0, LEANS_RAD) * turned(
                (0.0, 0.0, 0.0), side_rad
            )
        matrix = own * good_matrix(item.at_m, radians(item.yaw_deg))
        node.set_mat(matrix)
        assert here.light is not None
        light = float(here.light.probes.at(np.array([tuple(matrix.get_row3(3))]))[0].mean())
        bright = min(max(light, DARKEST), BRIGHTEST)
        node.set_color_scale(bright, bright, bright, 1.0)

    def _forget(self) -> None:
        if self._node is not None:
            self._node.remove_node()
        self._node, self._drawn_for = None, None

    def close(self) -> None:
        self._forget()


def _inner_side(item: Item, good: Good) -> tuple[float, float]:
    """Which of the four sides of what stands there faces the middle of the room, and how far from its own it is."""
    x, y, _ = item.at_m
    towards_rad = atan2(-y, -x) - radians(item.yaw_deg) + pi / 2  # 0 is its front, to -Y
    quarter = round(towards_rad / (pi / 2)) % 4
    width_m, depth_m, _ = good.size_m
    return quarter * pi / 2, (width_m if quarter % 2 else depth_m) / 2


def _card(path: NodePath, words: str, *, gone: bool) -> NodePath:
    """Words on a small card that stands on its lower edge and faces -Y."""
    node = TextNode("tag")
    node.set_font(theme.font(48, theme.can_be_bold(words)))
    node.set_coordinate_system(CS_zup_right)
    node.set_text(words)
    node.set_align(TextNode.A_center)
    node.set_text_color(*(theme.BERRY if gone else theme.INK))
    node.set_card_color(*theme.PAPER)
    node.set_card_as_margin(0.45, 0.45, 0.22, 0.22)
    node.set_card_decal(True)
    made = path.attach_new_node(node.generate())
    made.set_scale(LETTERS_M)
    made.set_pos(LVector3f(0.0, 0.0, -LETTERS_M * (node.get_bottom() - 0.22)))
    made.set_shader_off(3)
    made.set_two_sided(True)
    return path
