"""A good seen closely, and up to four side by side: their pictures to one scale, and every figure that differs."""

from math import ceil, hypot

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_good import size_cm
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Box, Paper, Spot
from game.client.hud_rows import ACTS, acts, do, words
from game.client.hud_tiles import heart, portrait, swatches, where_words
from game.client.portraits import FILL, FROM
from game.core.commands import Command
from game.core.goods import Good, Vec3
from game.core.ids import GoodId

COLUMN, GAP, LABELS = 196.0, 12.0, 128.0
STRIP = 176.0  # height of the pictures to one scale
RULES_CM = (5, 10, 20, 50, 100, 200)


def frame_m(size_m: Vec3) -> float:
    """How many metres a side of a good's portrait stands for: what the box of that size takes up, seen as it is."""
    length = hypot(*FROM)
    ahead = [-part / length for part in FROM]
    flat = hypot(FROM[0], FROM[1])
    right = (-FROM[1] / flat, FROM[0] / flat, 0.0)
    up = (right[1] * ahead[2], -right[0] * ahead[2], right[0] * ahead[1] - right[1] * ahead[0])
    reach = [sum(abs(axis) * side for axis, side in zip(way, size_m, strict=True)) for way in (right, up)]
    return max(reach) / FILL


def facts(view: View, good: Good) -> list[tuple[str, str]]:
    """Text keys of what can be told of a good, with their values."""
    stock = view.world.stock.get(good.id)
    left = view.t("left_short", left=good.terms.edition if stock is None else stock.left, edition=good.terms.edition)
    if stock is not None and stock.state == "not_offered":
        left = view.t("not_for_sale")
    return [
        ("fact_price", view.texts.coins(view.price_wei(good.id))),
        ("fact_maker", view.texts.person(good.maker)),
        ("fact_size", size_cm(view, good.id)),
        ("fact_left", left),
        ("licence", good.licence),
        ("fact_royalty", f"{good.terms.royalty_bps / 100:g} %"),
    ]


class LookPanel(Piece):
    """One good closely: picture, story, figures, and what can be done with it."""

    name = "look"
    modal = True
    wide = 700.0

    def __init__(self) -> None:
        self.act = 0

    def opened(self, view: View) -> None:
        self.act = 0

    def key(self, view: View) -> object:
        good = view.finding.looked_at
        if good is None:
            return None
        return (
            good, self.act, view.pictures, view.world.wishes, tuple(view.finding.compared), view.world.stock.get(good),
            view.finding.colours.get(good),
        )  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        good_id = view.finding.looked_at
        assert good_id is not None
        good, inner = view.good(good_id), self.wide - 2 * PAD
        y = title(paper, view, paper.shorten(view.name(good_id), theme.TITLE, inner - 150, bold=True), self.wide)
        by = view.t("kind_by_maker", kind=view.t(f"kind_{good.kind}"), maker=view.texts.person(good.maker))
        paper.text(PAD, y - 12, by, theme.BODY, colour=theme.TEAL)
        y += 22
        paper.box(PAD, y, 250, 250, theme.PAPER_DEEP, radius=16)
        portrait(paper, view, good_id, PAD + 10, y + 10, 230)
        if good_id in view.world.wishes:
            heart(paper, PAD + 218, y + 14, 20)
        left, room = PAD + 274, inner - 274
        top = y + paper.text(left, y, view.texts.of(good.story), theme.BODY, wide=room, lines=5) + 12
        for label, value in facts(view, good):
            paper.text(left, top, view.t(label), theme.SMALL, colour=theme.INK_SOFT)
            paper.text(left + room, top - 1, value, theme.BODY, align="right", bold=label == "fact_price")
            top += 24
        colours = view.finding.colours.get(good_id, ())
        if colours:
            paper.text(left, top, view.t("filter_colour"), theme.SMALL, colour=theme.INK_SOFT)
            names = view.t("list_comma").join(view.t(f"colour_{colour}") for colour in colours)
            paper.text(left + room, top - 1, names, theme.BODY, align="right")
            across = paper.width_of(names, theme.BODY) + 12 + 19 * len(colours)
            swatches(paper, left + room - across, top + 3, colours, size=14)
            top += 24
        y = max(y + 262, top + 6)
        found = view.finding.located([good_id])
        paper.text(PAD, y, where_words(view, found[0]), theme.BODY, colour=theme.INK_SOFT)
        y += 34
        acts(
            paper, view, good_id, PAD, y, inner, lit=self.act, dead=found[0].stand is None, skip=("look",),
            ground=theme.PAPER_DEEP,
        )  # fmt: skip
        y += 52
        paper.line(PAD, y, inner)
        y += 14
        keys = [(view.key("confirm"), view.t(words(self._acts()[self.act], view, good_id))),
                (view.arrows("← →"), view.t("do_choose"))]  # fmt: skip
        y += paper.hints(PAD, y, inner, keys)
        paper.sheet(self.wide, y + 8, radius=22)

    @staticmethod
    def _acts() -> list[str]:
        return [act for act in ACTS if act != "look"]

    def press(self, action: str, view: View) -> list[Command] | None:
        good = view.finding.looked_at
        act, _, number = action.partition(":")
        if good is None:
            return None
        match act:
            case "go_left" | "go_right":
                self.act = (self.act + (1 if act == "go_right" else -1)) % len(self._acts())
                return []
            case "act":
                self.act = int(number)
                return do(self._acts()[self.act], good, view)
            case "confirm":
                return do(self._acts()[self.act], good, view)
            case "back" | "close":
                view.open_panel = view.finding.came_from
                return []
        return None


class ComparePanel(Piece):
    """Up to four goods in columns."""

    name = "compare"
    modal = True

    def __init__(self) -> None:
        self.at = 0

    def key(self, view: View) -> object:
        compared = tuple(view.finding.compared)
        stocks = tuple(view.world.stock.get(good) for good in compared)
        return compared, self.at, view.pictures, view.world.wishes, stocks

    def draw(self, paper: Paper, view: View) -> None:
        goods = [view.good(good) for good in view.finding.compared if good in view.world.goods]
        wide = 2 * PAD + LABELS + max(len(goods), 2) * (COLUMN + GAP)
        inner = wide - 2 * PAD
        y = title(paper, view, view.t("compare"), wide)
        if not goods:
            y += paper.text(PAD, y, view.t("compare_empty"), theme.BODY, wide=inner, colour=theme.INK_SOFT)
            paper.sheet(wide, y + 30, radius=22)
            return
        self.at = min(self.at, len(goods) - 1)
        lines = max(len(paper.wrap(view.name(good.id), theme.BODY, COLUMN - 24, bold=True)) for good in goods)
        name_high = min(lines, 2) * theme.BODY * theme.LINE_HEIGHT
        rows = [facts(view, good) for good in goods]
        bottom = y + name_high + STRIP + 34 + len(rows[0]) * 30 + 12
        for number, good in enumerate(goods):
            x = PAD + LABELS + number * (COLUMN + GAP)
            chosen = number == self.at
            paper.box(x, y, COLUMN, bottom - y, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=14)
            if chosen:
                paper.box(x, y, COLUMN, bottom - y, theme.LOQUAT, radius=14, thick=2)
            paper.spots.append(Spot(Box(x, y, COLUMN, bottom - y), f"column:{number}"))
            paper.text(x + 12, y + 10, view.name(good.id), theme.BODY, bold=True, wide=COLUMN - 24, lines=2)
        y += name_high + 18
        self._strip(paper, view, goods, y)
        y += STRIP + 14
        for row, (label, _) in enumerate(rows[0]):
            top = y + row * 30
            paper.line(PAD, top - 4, LABELS + len(goods) * (COLUMN + GAP) - GAP)
            paper.text(PAD, top + 1, view.t(label), theme.SMALL, wide=LABELS - 8, lines=1, colour=theme.INK_SOFT)
            best = self._best(view, label, goods)
            for number, told in enumerate(rows):
                x = PAD + LABELS + number * (COLUMN + GAP) + 12
                value = paper.shorten(told[row][1], theme.BODY, COLUMN - 44)
                paper.text(x, top, value, theme.BODY, bold=label == "fact_price")
                if number in best:
                    paper.text(x + COLUMN - 28, top, "✓", theme.BODY, bold=True, align="right", colour=theme.TEAL)
        y = bottom + 14
        good_id = goods[self.at].id
        keys = [
            (view.arrows("← →"), view.t("do_choose")), (view.key("confirm"), view.t("do_lead")),
            view.hint("details", "do_look_closer"), view.hint("remove", "do_uncompare"),
            view.hint("sell", words("wish", view, good_id)),
        ]  # fmt: skip
        y += paper.hints(PAD, y, inner, keys)
        paper.sheet(wide, y + 8, radius=22)

    def _best(self, view: View, label: str, goods: list[Good]) -> list[int]:
        """The columns with the lowest price, where they differ."""
        if label != "fact_price" or len(goods) < 2:
            return []
        prices = [view.price_wei(good.id) for good in goods]
        return [number for number, price in enumerate(prices) if price == min(prices) < max(prices)]

    def _strip(self, paper: Paper, view: View, goods: list[Good], y: float) -> None:
        """The goods on one floor, to one scale, with a rule beside them."""
        sides = [frame_m(good.size_m) for good in goods]
        px_per_m = min(STRIP, COLUMN - 16) / max(sides)
        floor = y + STRIP
        for number, (good, side) in enumerate(zip(goods, sides, strict=True)):
            size = max(side * px_per_m, 18.0)
            x = PAD + LABELS + number * (COLUMN + GAP) + (COLUMN - size) / 2
            portrait(paper, view, good.id, x, floor - size, size)
        rule = max((cm for cm in RULES_CM if cm / 100 * px_per_m <= STRIP * 0.8), default=RULES_CM[0])
        high = rule / 100 * px_per_m
        x = PAD + LABELS - 22
        paper.box(x, floor - high, 3, high, theme.INK_SOFT, radius=1)
        for part in range(6):
            paper.box(x - 6, floor - high + part * (high - 2) / 5, 9, 2, theme.INK_SOFT, radius=0)
        paper.text(x - 12, floor - high / 2 - 10, f"{rule} {view.t('cm')}", theme.SMALL, align="right",
                   colour=theme.INK_SOFT)  # fmt: skip
        paper.text(PAD, y - 4, view.t("one_scale"), theme.SMALL, wide=LABELS - 34, lines=ceil(STRIP / 60),
                   colour=theme.INK_SOFT)  # fmt: skip

    def press(self, action: str, view: View) -> list[Command] | None:
        compared = view.finding.compared
        act, _, number = action.partition(":")
        if not compared:
            return None
        self.at = min(self.at, len(compared) - 1)
        good: GoodId = compared[self.at]
        match act:
            case "go_left" | "go_right":
                self.at = (self.at + (1 if act == "go_right" else -1)) % len(compared)
                return []
            case "column":
                self.at = int(number)
                return []
            case "confirm":
                return do("lead", good, view)
            case "details":
                return do("look", good, view)
            case "remove":
                view.finding.compare(good)
                return []
            case "sell":
                return do("wish", good, view)
        return None
