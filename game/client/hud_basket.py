"""The basket: a chip in the corner that counts, and the panel with its lines."""

from game.client import theme
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.core.commands import AddToBasket, Checkout, Command, RemoveFromBasket
from game.core.ids import GoodId

WIDE = 520.0
PAD = 28.0
ROW = 58.0
MOST_ROWS = 6
ROOMY = 600.0  # design pixels: the chip has room for a price


def title(paper: Paper, view: View, text: str, wide: float, *, closes: bool = True) -> float:
    """A panel's title with the key that closes it. Returns the y below."""
    paper.text(PAD, 24, text, theme.TITLE, bold=True)
    if closes:
        label, what = view.key("back"), view.t("do_close")
        across = paper.hint_width(label, what)
        paper.hint(wide - PAD - across, 33, label, what)
        paper.pressable(wide - PAD - across - 6, 27, across + 12, 30, "close")
    return 24 + theme.TITLE * theme.LINE_HEIGHT + 14


class BasketChip(Piece):
    """How much is in the basket and what it costs; hidden while there is nothing in it."""

    name = "basket_chip"
    reads = False
    anchor = "top_right"

    def key(self, view: View) -> object:
        basket = tuple(view.world.basket.items())
        return None if not basket or view.open_panel else (basket, view.basket_wei())

    def draw(self, paper: Paper, view: View) -> None:
        count = sum(view.world.basket.values())
        words = view.texts.count("basket_chip", count)
        price = view.texts.coins(view.basket_wei())
        label = view.key("basket")
        cap = paper.cap_width(label) if label else -8.0
        x = 18.0
        paper.text(x, 12, words, theme.BODY, bold=True)
        x += paper.width_of(words, theme.BODY, bold=True) + 12
        if view.wide >= ROOMY:
            paper.text(x, 12, price, theme.BODY, colour=theme.INK_SOFT)
            x += paper.width_of(price, theme.BODY) + 14
        if label:
            paper.keycap(x, 14, label)
        paper.sheet(x + cap + 18, 45, radius=22)


class BasketPanel(Piece):
    """The lines of the basket, their total, and the way to the counter."""

    name = "basket"
    modal = True

    def __init__(self) -> None:
        self.row = 0
        self.first = 0

    def opened(self, view: View) -> None:
        self.row = self.first = 0

    def key(self, view: View) -> object:
        world = view.world
        return tuple(world.basket.items()), view.basket_wei(), self.row, self.first, world.purse.state

    def draw(self, paper: Paper, view: View) -> None:
        lines = list(view.world.basket.items())
        y = title(paper, view, view.t("basket"), WIDE)
        if not lines:
            y += paper.text(PAD, y, view.t("basket_empty"), theme.BODY, wide=WIDE - 2 * PAD, colour=theme.INK_SOFT)
            paper.sheet(WIDE, y + 30, radius=22)
            return
        for number, (good_id, quantity) in enumerate(lines[self.first : self.first + MOST_ROWS], start=self.first):
            self._row(paper, view, y, number, good_id, quantity)
            y += ROW + 6
        if len(lines) > MOST_ROWS:
            words = view.rows_of(self.first, MOST_ROWS, len(lines))
            y += paper.text(PAD, y, words, theme.SMALL, colour=theme.INK_SOFT) + 4
        y += 8
        paper.text(PAD, y + 2, view.t("total"), theme.LEAD, colour=theme.INK_SOFT)
        paper.text(WIDE - PAD, y, view.texts.coins(view.basket_wei()), 20, bold=True, align="right")
        y += 42
        y += paper.button(
            PAD, y, WIDE - 2 * PAD, view.t("do_checkout"), "checkout", key=view.key("checkout"), kind="main"
        )
        y += 16
        y += paper.hints(PAD, y, WIDE - 2 * PAD, [
            (view.arrows("↑ ↓"), view.t("do_choose")), (view.arrows("← →"), view.t("do_fewer_more")),
            view.hint("remove"),
        ])  # fmt: skip
        paper.sheet(WIDE, y + 12, radius=22)

    def _row(self, paper: Paper, view: View, y: float, number: int, good_id: GoodId, quantity: int) -> None:
        chosen = number == self.row
        wide = WIDE - 2 * PAD + 16
        paper.box(PAD - 8, y, wide, ROW, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=13)
        paper.pressable(PAD - 8, y, wide - 150, ROW, f"row:{number}", radius=13)
        price = view.texts.number(view.price_wei(good_id) * quantity)
        right = PAD - 8 + wide - 16
        paper.text(right, y + 18, price, theme.BODY, align="right", bold=True)
        step = right - 104
        paper.text(step - 28, y + 18, f"{quantity}", theme.BODY, align="centre", bold=True)
        for sign, x, act in (("−", step - 66, f"less:{number}"), ("+", step - 10, f"more:{number}")):
            paper.dot(x, y + 17, 24, theme.PAPER)
            paper.text(x + 12, y + 18, sign, theme.BODY, align="centre", bold=True, colour=theme.TEAL)
            paper.pressable(x, y + 17, 24, 24, act, radius=12)
        left = PAD + 8.0
        if view.portrait is not None:
            paper.picture(PAD - 2, y + 3, ROW - 6, view.portrait(good_id))
            left += ROW - 6
        room = step - 70 - left
        name, maker = view.name(good_id), view.texts.person(view.good(good_id).maker)
        paper.text(left, y + 8, paper.shorten(name, theme.BODY, room, bold=True), theme.BODY, bold=True)
        paper.text(left, y + 31, paper.shorten(maker, theme.SMALL, room), theme.SMALL, colour=theme.INK_SOFT)

    def press(self, action: str, view: View) -> list[Command] | None:
        goods = list(view.world.basket)
        if not goods:
            return None
        act, _, number = action.partition(":")
        self.row = min(int(number) if number.isdigit() else self.row, len(goods) - 1)
        match act:
            case "row":
                return []
            case "less" | "go_left":
                return [RemoveFromBasket(good=goods[self.row])]
            case "more" | "go_right":
                return [AddToBasket(good=goods[self.row])]
            case "remove":
                good = goods[self.row]
                return [RemoveFromBasket(good=good)] * view.world.basket[good]
            case "go_up" | "go_down":
                self.row = min(max(self.row + (1 if act == "go_down" else -1), 0), len(goods) - 1)
                self.first = min(max(self.first, self.row - MOST_ROWS + 1), self.row)
                return []
            case "checkout" | "confirm":
                view.open_panel = ""
                return [Checkout()]
        return None
