"""Rows of goods to choose from; the chosen one opens and offers what can be done with it."""

from game.client import theme
from game.client.hud_basket import PAD
from game.client.hud_good import wish_words
from game.client.hud_panel import View
from game.client.hud_paper import Box, Paper, Spot
from game.client.hud_tiles import heart, pill, portrait, swatches, where_words
from game.client.theme import Colour
from game.core.commands import AddToBasket, Command, Wish
from game.core.ids import GoodId
from game.core.search import Found

ROW, OPEN_ROW = 62.0, 112.0
ACTS = ("lead", "look", "wish", "compare", "basket")


class GoodRows:
    """At most `most` rows at a time, in a panel `wide` design pixels wide."""

    def __init__(self, wide: float, most: int) -> None:
        self.wide, self.most = wide, most
        self.found: list[Found] = []
        self.row = self.first = self.act = 0

    def show(self, found: list[Found]) -> None:
        """Other goods, the first of them chosen."""
        self.found = found
        self.row = self.first = self.act = 0

    def chosen(self) -> Found | None:
        """The good that actions are for."""
        return self.found[min(self.row, len(self.found) - 1)] if self.found else None

    def choose(self, number: int) -> list[Command]:
        """Choose a row."""
        self.row, self.act = min(number, max(len(self.found) - 1, 0)), 0
        self.first = min(max(self.first, self.row - self.most + 1), self.row)
        return []

    def step(self, way: int) -> bool:
        """Choose the next row or the one before; False above the first."""
        if self.row + way < 0:
            return False
        self.choose(self.row + way)
        return True

    def key(self, view: View) -> object:
        """What the drawing depends on."""
        world = view.world
        return (
            tuple((found.good, round(found.away_m)) for found in self.found[self.first : self.first + self.most]
                  if found.stand is not None),
            len(self.found), self.row, self.first, self.act, view.pictures, world.wishes, world.place_id,
            tuple(view.finding.compared), tuple(view.price_wei(found.good) for found in self._in_sight()),
            len(view.finding.colours),
        )  # fmt: skip

    def _in_sight(self) -> list[Found]:
        return self.found[self.first : self.first + self.most]

    def keys(self, view: View) -> list[tuple[str, str]]:
        """Hints of the keys for the chosen row."""
        found = self.chosen()
        if found is None:
            return []
        return [
            (view.key("confirm"), view.t(words(ACTS[self.act], view, found.good))),
            (view.arrows("↑ ↓"), view.t("do_choose")), (view.arrows("← →"), view.t("do_what_else")),
        ]  # fmt: skip

    def draw(self, paper: Paper, view: View, y: float, *, marked: bool = True, opened: bool = True) -> float:
        """All rows in sight; `marked` shows which one is chosen, `opened` what can be done with it. Returns the y
        below."""
        for number, found in enumerate(self._in_sight(), start=self.first):
            chosen = marked and number == self.row
            y = self._draw_row(paper, view, y, number, found, chosen=chosen, opened=chosen and opened) + 6
        if len(self.found) > self.most:
            text = view.rows_of(self.first, self.most, len(self.found))
            y += paper.text(PAD, y + 2, text, theme.SMALL, colour=theme.INK_SOFT) + 4
        return y

    def _draw_row(
        self, paper: Paper, view: View, y: float, number: int, found: Found, *, chosen: bool, opened: bool
    ) -> float:
        high, wide = OPEN_ROW if opened else ROW, self.wide - 2 * PAD + 16
        paper.box(PAD - 8, y, wide, high, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=13)
        paper.spots.append(Spot(Box(PAD - 8, y, wide, ROW), f"row:{number}"))
        left = PAD + portrait(paper, view, found.good, PAD - 2, y + 3, ROW - 6) + 6
        right = PAD - 8 + wide - 16
        price = view.texts.coins(view.price_wei(found.good))
        place = where_words(view, found)
        room = right - left - max(paper.width_of(price, theme.BODY, bold=True), paper.width_of(place, theme.SMALL)) - 20
        paper.text(right, y + 9, price, theme.BODY, bold=True, align="right")
        paper.text(right, y + 33, place, theme.SMALL, align="right", colour=theme.INK_SOFT)
        good = view.good(found.good)
        name = paper.shorten(view.name(found.good), theme.BODY, room - 24, bold=True)
        paper.text(left, y + 9, name, theme.BODY, bold=True)
        if found.good in view.world.wishes:
            heart(paper, left + paper.width_of(name, theme.BODY, bold=True) + 9, y + 14, 14)
        colours = view.finding.colours.get(found.good, ())
        by = view.t("kind_by_maker", kind=view.t(f"kind_{good.kind}"), maker=view.texts.person(good.maker))
        by = paper.shorten(by, theme.SMALL, room - 19 * len(colours))
        paper.text(left, y + 33, by, theme.SMALL, colour=theme.INK_SOFT)
        swatches(paper, left + paper.width_of(by, theme.SMALL) + 10, y + 37, colours, size=12)
        if opened:
            acts(paper, view, found.good, left, y + 66, right - left, lit=self.act, dead=found.stand is None)
        return y + high

    def press(self, action: str, view: View) -> list[Command] | None:
        """Arrows choose a row and what to do; None where it means nothing here, or leads above the first row."""
        act, _, number = action.partition(":")
        match act:
            case "row":
                again = self.row == int(number)
                self.choose(int(number))
                return self.do("lead", view) if again else []
            case "act":
                self.act = int(number)
                return self.do(ACTS[self.act], view)
            case "go_up" | "go_down":
                self.step(1 if act == "go_down" else -1)
                return []
            case "go_left" | "go_right":
                self.act = (self.act + (1 if act == "go_right" else -1)) % len(ACTS)
                return []
            case "confirm" if self.found:
                return self.do(ACTS[self.act], view)
        return None

    def do(self, act: str, view: View) -> list[Command]:
        """Do one of ACTS with the chosen good."""
        found = self.chosen()
        return do(act, found.good, view) if found is not None else []


def acts(
    paper: Paper, view: View, good: GoodId, x: float, y: float, wide: float, *, lit: int, dead: bool,
    skip: tuple[str, ...] = (), ground: Colour = theme.PAPER,
) -> None:  # fmt: skip
    """What can be done with a good, as a row of pills; smaller where they would not fit."""
    shown = [act for act in ACTS if act not in skip]
    texts = [view.t(words(act, view, good)) for act in shown]
    size = theme.SMALL
    while size > 10 and sum(paper.width_of(text, size, bold=True) + 34 for text in texts) - 8 > wide:
        size -= 0.5
    for number, (act, text) in enumerate(zip(shown, texts, strict=True)):
        blocked = dead and act == "lead"
        across = pill(paper, x, y, text, lit=number == lit, dead=blocked, size=size, ground=ground)
        paper.spots.append(Spot(Box(x, y, across, 34), f"act:{number}"))
        x += across + 8


def words(act: str, view: View, good: GoodId) -> str:
    """Text key of what an act means for a good now."""
    if act == "wish":
        return wish_words(view, good)
    if act == "compare":
        return "do_uncompare" if good in view.finding.compared else "do_compare"
    return {"lead": "do_lead", "look": "do_look_closer", "basket": "do_basket_add"}[act]


def do(act: str, good: GoodId, view: View) -> list[Command]:
    """Do something with a good: a command for the world, or something that only the screen shows."""
    match act:
        case "lead" if view.finding.lead(good):
            view.open_panel = ""
        case "lead":
            view.say("bad", view.t("nowhere_shown"))
        case "look":
            view.finding.looked_at, view.finding.came_from = good, view.open_panel
            view.open_panel = "look"
        case "wish":
            return [Wish(good=good)]
        case "compare" if not view.finding.compare(good):
            view.say("bad", view.t("compare_full"))
        case "basket":
            return [AddToBasket(good=good)]
    return []
