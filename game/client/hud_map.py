"""The map: a plan of all places with what they sell, where one is, pins, and a way to be there at once."""

from threading import Thread

import numpy as np
from panda3d.core import SamplerState, Texture

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Box, Paper, Spot
from game.client.hud_tiles import heart
from game.client.plan import Plan, arrow
from game.core.commands import Command
from game.core.ids import HOME, PlaceId
from game.core.places import Place

LIST, SIDE, GAP = 300.0, 452.0, 24.0
WIDE = 2 * PAD + LIST + GAP + SIDE
ROW = 64.0
MOST_ROWS = 6
MOST_PINS = 60
DISC = 26.0
POINTER = 40.0


class MapPanel(Piece):
    """A list of places to the left, the plan to the right; a number tells which is which."""

    name = "map"
    modal = True

    def __init__(self) -> None:
        self.at = self.first = 0
        self.plan: Plan | None = None
        self._pictures: dict[int, Texture] = {}  # by their side in pixels
        self._made: dict[int, np.ndarray] = {}
        self._making: dict[int, Thread] = {}

    def opened(self, view: View) -> None:
        mapped = {place.id: place for place in self.places(view)}
        if self.plan is None or self.plan.places != mapped:
            self.plan = Plan(mapped)
            self._forget_pictures()
        ids = list(mapped)
        self.at = ids.index(view.world.place_id) if view.world.place_id in mapped else 0
        self.first = max(0, self.at - MOST_ROWS + 1)

    def places(self, view: View) -> list[Place]:
        """All places that one can walk to, streets first, then in the order of the catalogue; others' rooms are
        elsewhere."""
        world = view.world
        near = [place for place in world.places.values() if place.id == HOME or place.id not in world.rooms]
        return sorted(near, key=lambda place: place.kind != "street")

    def key(self, view: View) -> object:
        body = view.world.body
        return (
            self.at, self.first, len(self._pictures), tuple(self._made), view.world.place_id, body.pos_m, body.yaw_rad,
            view.world.wishes, view.finding.pins, view.world.goods is None,
        )  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        places = self.places(view)
        y = top = title(paper, view, view.t("map"), WIDE)
        for number, place in enumerate(places[self.first : self.first + MOST_ROWS], start=self.first):
            self._row(paper, view, y, number, place)
            y += ROW + 6
        if len(places) > MOST_ROWS:
            words = view.rows_of(self.first, MOST_ROWS, len(places))
            paper.text(PAD, y + 2, words, theme.SMALL, colour=theme.INK_SOFT)
        self._draw_plan(paper, view, PAD + LIST + GAP, top, places)
        bottom = top + SIDE + 10
        if "visit" in view.panels:
            self._visit(paper, view, bottom - 14, len(places))
        self._legend(paper, view, PAD + LIST + GAP, bottom)
        y = bottom + 34
        paper.line(PAD, y, WIDE - 2 * PAD)
        y += 14
        keys = [(view.arrows("↑ ↓"), view.t("do_choose"))]
        if self.at == len(places):
            keys.insert(0, (view.key("confirm"), view.t("visit")))
        elif places[self.at].id != view.world.place_id:
            keys.insert(0, (view.key("confirm"), view.t("do_travel")))
        y += paper.hints(PAD, y, WIDE - 2 * PAD, keys)
        paper.sheet(WIDE, y + 8, radius=22)

    def _visit(self, paper: Paper, view: View, y: float, number: int) -> None:
        """After the last place: rooms that no way leads to."""
        paper.button(PAD - 8, y, LIST + 16, view.t("visit"), f"row:{number}", high=38)
        if self.at == number:
            paper.box(PAD - 8, y, LIST + 16, 38, theme.LOQUAT, radius=13, thick=2)

    def _row(self, paper: Paper, view: View, y: float, number: int, place: Place) -> None:
        chosen, here = number == self.at, place.id == view.world.place_id
        paper.box(PAD - 8, y, LIST + 16, ROW, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=13)
        if chosen:
            paper.box(PAD - 8, y, LIST + 16, ROW, theme.LOQUAT, radius=13, thick=2)
        paper.spots.append(Spot(Box(PAD - 8, y, LIST + 16, ROW), f"row:{number}"))
        _disc(paper, PAD + 4, y + (ROW - DISC) / 2, number + 1, lit=chosen)
        left, room = PAD + 44.0, LIST - 44.0
        name = view.texts.of(place.name)
        if here:
            words = view.t("you_are_here")
            across = paper.width_of(words, 12) + 16
            paper.box(PAD + LIST - across, y + 10, across, 21, theme.TEAL_PALE, radius=10.5)
            paper.text(PAD + LIST - across / 2, y + 12, words, 12, align="centre", colour=theme.TEAL)
            room -= across + 8
        paper.text(left, y + 9, paper.shorten(name, theme.BODY, room, bold=True), theme.BODY, bold=True)
        sold = paper.shorten(self._sold(view, place), theme.SMALL, LIST - 48)
        paper.text(left, y + 34, sold, theme.SMALL, colour=theme.INK_SOFT)

    def _sold(self, view: View, place: Place) -> str:
        """The kinds that a place shows, most first."""
        count: dict[str, int] = {}
        for stand in place.stands:
            good = view.world.goods.get(stand.good)
            if good is not None:
                count[good.kind] = count.get(good.kind, 0) + 1
        kinds = sorted(count, key=lambda kind: -count[kind])
        return view.t("list_comma").join(view.t(f"kind_{kind}") for kind in kinds) or view.t("nothing_sold")

    def _draw_plan(self, paper: Paper, view: View, x: float, y: float, places: list[Place]) -> None:
        paper.box(x, y, SIDE, SIDE, theme.PAPER_DEEP, radius=18)
        plan = self.plan
        if plan is None:
            return
        inset = 10.0
        side, x, y = SIDE - 2 * inset, x + inset, y + inset
        texture = self._picture(plan, max(64, round(side * paper.scale)))
        if texture is not None:
            paper.picture(x, y, side, texture, beneath=True)
        for found in view.finding.pins[:MOST_PINS]:
            if found.place in plan.laid and found.stand is not None:
                u, v = plan.at(found.place, found.stand.at_m[0], found.stand.at_m[1])
                paper.dot(x + u * side - 6, y + v * side - 6, 12, theme.PAPER)
                paper.dot(x + u * side - 4.5, y + v * side - 4.5, 9, theme.TEAL)
        wished = set(view.world.wishes)
        for place in places:
            for stand in place.stands if wished else ():
                if stand.good in wished:
                    u, v = plan.at(place.id, stand.at_m[0], stand.at_m[1])
                    heart(paper, x + u * side - 7, y + v * side - 7, 14)
        for number, place in enumerate(places):
            u, v = plan.middle(place.id)
            _disc(paper, x + u * side - DISC / 2, y + v * side - DISC / 2, number + 1, lit=number == self.at)
            paper.spots.append(
                Spot(Box(x + u * side - DISC / 2, y + v * side - DISC / 2, DISC, DISC), f"row:{number}")
            )
        body = view.world.body
        if view.world.place_id not in plan.laid:
            return
        u, v = plan.at(view.world.place_id, body.pos_m[0], body.pos_m[1])
        yaw_rad = body.yaw_rad + plan.laid[view.world.place_id].turn_rad
        pointer = _texture("pointer", arrow(96, yaw_rad, theme.BERRY, theme.WHITE))
        paper.picture(x + u * side - POINTER / 2, y + v * side - POINTER / 2, POINTER, pointer)

    def _legend(self, paper: Paper, view: View, x: float, y: float) -> None:
        """What the marks on the plan mean."""
        left = x + 4
        if self.plan is not None and view.world.place_id in self.plan.laid:
            pointer = _texture("pointer", arrow(48, 0.0, theme.BERRY, theme.WHITE))
            paper.picture(left - 4, y - 2, 22, pointer)
            left += 22
            left += _mark(paper, left, y, view.t("you_are_here"))
        if view.world.wishes:
            heart(paper, left, y + 2, 14)
            left += 20 + _mark(paper, left + 20, y, view.t("wishlist"))
        if view.finding.pins:
            paper.dot(left, y + 4, 10, theme.TEAL)
            _mark(paper, left + 16, y, view.t("map_found"))

    def _forget_pictures(self) -> None:
        """The plan is another: so are its pictures. What is still being painted is of the old one."""
        self._pictures, self._made, self._making = {}, {}, {}

    def _picture(self, plan: Plan, side_px: int) -> Texture | None:
        """The plan at a size in pixels; it is painted beside the game, and shown when it is done."""
        if side_px in self._pictures:
            return self._pictures[side_px]
        if side_px in self._made:
            self._making.pop(side_px).join()
            self._pictures[side_px] = _texture("plan", self._made[side_px])
            return self._pictures[side_px]
        if side_px not in self._making:
            made = self._made

            def paint() -> None:
                made[side_px] = plan.picture(side_px)

            self._making[side_px] = Thread(target=paint, name="plan", daemon=True)
            self._making[side_px].start()
        return None

    def press(self, action: str, view: View) -> list[Command] | None:
        places = self.places(view)
        rows = len(places) + ("visit" in view.panels)
        act, _, number = action.partition(":")
        match act:
            case "row":
                again = self.at == int(number) or int(number) == len(places)
                self._choose(int(number), rows)
                return self._go(places, view) if again else []
            case "go_up" | "go_down":
                self._choose(self.at + (1 if act == "go_down" else -1), rows)
                return []
            case "confirm":
                return self._go(places, view)
        return None

    def _go(self, places: list[Place], view: View) -> list[Command]:
        """To the place that is chosen, or to the list of rooms after the last."""
        if self.at < len(places):
            return self._travel(places[self.at].id, view)
        view.wishes.append("open:visit")
        return []

    def _choose(self, number: int, count: int) -> None:
        self.at = min(max(number, 0), count - 1)
        last = min(self.at, len(self.plan.places) - 1) if self.plan is not None else self.at
        self.first = min(max(self.first, last - MOST_ROWS + 1), last)

    def _travel(self, place: PlaceId, view: View) -> list[Command]:
        """Ask to be brought there: the app lets the picture fade, and loads the place meanwhile."""
        view.open_panel = ""
        if place != view.world.place_id:
            view.travel_to = place
        return []


def _disc(paper: Paper, x: float, y: float, number: int, *, lit: bool) -> None:
    paper.dot(x - 1.5, y - 1.5, DISC + 3, theme.WHITE)
    paper.dot(x, y, DISC, theme.LOQUAT if lit else theme.INK)
    size = theme.SMALL
    paper.text(x + DISC / 2, y + (DISC - size * theme.LINE_HEIGHT) / 2, str(number), size, bold=True, align="centre",
               colour=theme.INK if lit else theme.PAPER)  # fmt: skip


def _mark(paper: Paper, x: float, y: float, words: str) -> float:
    """Words beside a mark of the legend. Returns the room they take."""
    paper.text(x, y, words, theme.SMALL, colour=theme.INK_SOFT)
    return paper.width_of(words, theme.SMALL) + 20


def _texture(name: str, image: np.ndarray) -> Texture:
    """A texture of (n, n, 4) bytes, RGBA, top row first."""
    texture = Texture(name)
    texture.setup_2d_texture(image.shape[1], image.shape[0], Texture.T_unsigned_byte, Texture.F_rgba)
    texture.set_ram_image_as(np.ascontiguousarray(image[::-1]).tobytes(), "RGBA")
    texture.set_wrap_u(SamplerState.WM_clamp)
    texture.set_wrap_v(SamplerState.WM_clamp)
    texture.set_minfilter(SamplerState.FT_linear)
    texture.set_magfilter(SamplerState.FT_linear)
    return texture
