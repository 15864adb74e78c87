"""Search: a line to type in, filters, and what was found."""

from collections.abc import Callable

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_field import LinePanel, pen_wide
from game.client.hud_panel import View
from game.client.hud_paper import Box, Paper, Spot
from game.client.hud_rows import GoodRows
from game.client.hud_tiles import swatches
from game.core.commands import Command
from game.core.ids import WEI_PER_COIN, PlaceId
from game.core.search import Filters
from game.core.search_terms import Query

WIDE = 760.0
MOST_ROWS = 5
PRICES = ((None, None), (None, 10), (10, 25), (25, 50), (50, 100), (100, None))  # coins: from, to
FIELD, CHIPS, ROWS = "field", "chips", "rows"


class SearchPanel(LinePanel):
    """What is typed is looked up at once; arrows go down to the filters and to what was found."""

    name = "search"

    def __init__(self) -> None:
        super().__init__()
        self.kind = self.colour = ""
        self.place: PlaceId | None = None
        self.price = 0  # number in PRICES
        self.zone = FIELD  # where the arrows are
        self.chip = 0
        self.rows = GoodRows(WIDE, MOST_ROWS)
        self._asked: object = None

    def opened(self, view: View) -> None:
        self.zone = FIELD
        self._asked = None

    # --- finding -------------------------------------------------------------------------------------------------

    def filters(self) -> Filters:
        """The filters as the chips stand."""
        low, high = PRICES[self.price]
        least, most = (None if coins is None else coins * WEI_PER_COIN for coins in (low, high))
        price = Query(least_wei=least, most_wei=most)
        return Filters(kind=self.kind, colour=self.colour, place=self.place, price=price)

    def look_up(self, view: View) -> None:
        """Find again where what is asked for has changed, or where the index has only now been read."""
        asked = (self.field.text, self.filters(), view.finding.index.ready, view.world.place_id)
        if asked == self._asked:
            return
        self._asked = asked
        self.rows.show(view.finding.find(self.field.text, self.filters()))
        view.finding.pins = tuple(self.rows.found) if self.field.text or self.filters() != Filters() else ()

    # --- drawing -------------------------------------------------------------------------------------------------

    def key(self, view: View) -> object:
        self.look_up(view)
        return (
            self.field.text, self.field.composing, self.filters(), self.zone, self.chip, self.rows.key(view),
            view.finding.index.ready,
        )  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        y = title(paper, view, view.t("search"), WIDE)
        paper.spots.append(Spot(Box(PAD, y, inner - (pen_wide(view) if self.zone == FIELD else 0), 46), FIELD))
        y += self.field.draw(paper, view, PAD, y, inner, view.t("search_prompt"), active=self.zone == FIELD) + 12
        y = self._chips(paper, view, y) + 10
        if not self.rows.found:
            words = view.t("search_none" if view.finding.index.ready else "search_reading")
            y += paper.text(PAD, y + 8, words, theme.BODY, wide=inner, colour=theme.INK_SOFT) + 16
        y = self.rows.draw(paper, view, y, marked=self.zone != CHIPS, opened=self.zone == ROWS)
        y += 8
        paper.line(PAD, y, inner)
        y += 14
        y += paper.hints(PAD, y, inner, self._keys(view))
        paper.sheet(WIDE, y + 8, radius=22)

    def _keys(self, view: View) -> list[tuple[str, str]]:
        confirm = view.key("confirm")
        if self.zone == CHIPS:
            return [(view.arrows("← →"), view.t("do_choose")), (confirm, view.t("do_change"))]
        if self.zone == ROWS:
            return self.rows.keys(view)
        keys = [(confirm, view.t("do_lead"))] if self.rows.found and view.device != "pad" else []
        return [*keys, (view.arrows("↑ ↓"), view.t("do_choose"))]

    def chips(self, view: View) -> list[tuple[str, str, Callable[[int], None]]]:
        """Each filter: its name, its value in words, and how to turn it on."""
        finding = view.finding

        def ring(name: str, choices: list[str]) -> Callable[[int], None]:
            def turn(way: int) -> None:
                now = getattr(self, name) or ""
                at = choices.index(now) if now in choices else 0
                value = choices[(at + way) % len(choices)]
                setattr(self, name, PlaceId(value) if name == "place" and value else value or ("" if name != "place"
                                                                                               else None))  # fmt: skip

            return turn

        def price(way: int) -> None:
            self.price = (self.price + way) % len(PRICES)

        low, high = PRICES[self.price]
        worth = (
            view.t("any_price") if low is None and high is None
            else view.t("price_to", n=high) if low is None
            else view.t("price_from", n=low) if high is None
            else view.t("price_between", low=low, high=high)
        )  # fmt: skip
        there = view.texts.of(view.world.places[self.place].name) if self.place else view.t("everywhere")
        return [
            (view.t("filter_kind"), view.t(f"kind_{self.kind}") if self.kind else view.t("any_kind"),
             ring("kind", ["", *finding.kinds()])),
            (view.t("filter_colour"), view.t(f"colour_{self.colour}") if self.colour else view.t("any_colour"),
             ring("colour", ["", *finding.known_colours()])),
            (view.t("filter_price"), worth, price),
            (view.t("filter_place"), there, ring("place", ["", *finding.shops()])),
        ]  # fmt: skip

    def _chips(self, paper: Paper, view: View, y: float) -> float:
        wide, gap = (WIDE - 2 * PAD - 3 * 10) / 4, 10
        for number, (name, value, _) in enumerate(self.chips(view)):
            x = PAD + number * (wide + gap)
            chosen = self.zone == CHIPS and number == self.chip
            paper.box(x, y, wide, 46, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=12)
            if chosen:
                paper.box(x, y, wide, 46, theme.LOQUAT, radius=12, thick=2)
            paper.spots.append(Spot(Box(x, y, wide, 46), f"chip:{number}"))
            paper.text(x + 12, y + 4, paper.shorten(name, 12, wide - 24), 12, colour=theme.INK_SOFT)
            room = wide - 38
            if number == 1 and self.colour:
                swatches(paper, x + 12, y + 25, (self.colour,), size=13)
                paper.text(x + 31, y + 20, paper.shorten(value, theme.BODY, room - 19, bold=True), bold=True)
            else:
                paper.text(x + 12, y + 20, paper.shorten(value, theme.BODY, room, bold=True), bold=True)
            paper.text(x + wide - 19, y + 19, "›", theme.LEAD, bold=True, colour=theme.TEAL)
        return y + 46

    # --- pressing ------------------------------------------------------------------------------------------------

    def to_line(self) -> None:
        self.zone = FIELD

    def press(self, action: str, view: View) -> list[Command] | None:
        act, _, number = action.partition(":")
        match act:
            case "field":
                self.zone = FIELD
                return self.rows.choose(0)
            case "chip":
                self.zone, self.chip = CHIPS, int(number)
                self.chips(view)[self.chip][2](1)
                return []
            case "row" | "act":
                again = self.zone == ROWS
                self.zone = ROWS
                return self.rows.press(action, view) if again or act == "act" else self.rows.choose(int(number))
            case "go_up" | "go_down":
                self._go(1 if act == "go_down" else -1)
                return []
            case "go_left" | "go_right":
                way = 1 if act == "go_right" else -1
                if self.zone == CHIPS:
                    self.chip = (self.chip + way) % 4
                return self.rows.press(action, view) or [] if self.zone == ROWS else []
            case "written" if self.rows.found:
                self.zone = ROWS
                return self.rows.choose(0)
            case "confirm" if self.zone == CHIPS:
                self.chips(view)[self.chip][2](1)
                return []
            case "confirm":
                return self.rows.do("lead", view) if self.zone == FIELD else self.rows.press(action, view)
        return None

    def _go(self, way: int) -> None:
        """From the line to the filters, to what was found, and back."""
        if self.zone == FIELD:
            self.zone = CHIPS if way > 0 else FIELD
        elif self.zone == CHIPS:
            self.zone = ROWS if way > 0 and self.rows.found else FIELD if way < 0 else CHIPS
            self.rows.choose(0)
        elif not self.rows.step(way):
            self.zone = CHIPS
