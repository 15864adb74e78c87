"""Every order ever made: when, what, where, for how much; and the files that one may take away."""

import time

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Box, Paper, Spot
from game.client.order_files import payee, place_name, variety_name, write_orders
from game.core.commands import Command, ReadHistory
from game.core.ports import PastOrder

WIDE = 760.0
ROW = 58.0
MOST_ROWS = 5
MOST_SHARES = 4
GOOD_STATES = ("final", "included")


class HistoryPanel(Piece):
    """A list of orders, newest first; the chosen one opens."""

    name = "history"
    modal = True

    def __init__(self) -> None:
        self.row = self.first = 0
        self.detailed = False  # the chosen order is told to the last figure
        self.saved: tuple[str, ...] = ()  # the paths that were written last

    def opened(self, view: View) -> None:
        self.row = self.first = 0
        self.detailed = False
        self.saved = ()
        view.asks.append(ReadHistory())

    def key(self, view: View) -> object:
        return view.world.history, self.row, self.first, self.detailed, self.saved, view.world.purse.state

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        orders = view.world.history
        y = title(paper, view, view.t("history"), WIDE)
        if not orders:
            words = "history_empty" if orders is not None else "history_reading"
            y += paper.text(PAD, y, view.t(words), theme.BODY, wide=inner, colour=theme.INK_SOFT)
            paper.sheet(WIDE, y + 30, radius=22)
            return
        self.row = min(self.row, len(orders) - 1)
        for number, order in enumerate(orders[self.first : self.first + MOST_ROWS], start=self.first):
            y = self._row(paper, view, y, number, order) + 6
        if len(orders) > MOST_ROWS:
            words = view.rows_of(self.first, MOST_ROWS, len(orders))
            y += paper.text(PAD, y + 2, words, theme.SMALL, colour=theme.INK_SOFT) + 4
        y += 8
        y += paper.button(PAD, y, inner, view.t("do_export"), "export", key=view.key("details")) + 12
        for number, path in enumerate(self.saved):
            words = view.t("exported") if number == 0 else ""
            if words:
                y += paper.text(PAD, y, words, theme.SMALL, bold=True, colour=theme.TEAL) + 2
            shown = path
            while paper.width_of(shown, theme.SMALL) > inner:  # the end of a path tells more than its beginning
                shown = "…" + shown[2:]
            y += paper.text(PAD, y, shown, theme.SMALL, colour=theme.INK_SOFT) + 2
        paper.line(PAD, y, inner)
        y += 14
        words = "do_hide_details" if self.detailed else "do_details"
        keys = [(view.arrows("↑ ↓"), view.t("do_choose")), (view.key("confirm"), view.t(words))]
        y += paper.hints(PAD, y, inner, keys)
        paper.sheet(WIDE, y + 8, radius=22)

    def _row(self, paper: Paper, view: View, y: float, number: int, order: PastOrder) -> float:
        chosen = number == self.row
        wide = WIDE - 2 * PAD + 16
        lines = self._detail(view, order) if chosen and self.detailed else []
        high = ROW + (24 * len(lines) + 10 if lines else 0)
        paper.box(PAD - 8, y, wide, high, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=13)
        paper.spots.append(Spot(Box(PAD - 8, y, wide, ROW), f"row:{number}"))
        left, right = PAD + 8.0, PAD - 8 + wide - 16
        fine = order.state in GOOD_STATES
        state = view.t(f"past_{order.state}")
        across = paper.width_of(state, theme.SMALL) + 18
        paper.box(right - across, y + 31, across, 22, theme.TEAL_PALE if fine else theme.BERRY_PALE, radius=11)
        paper.text(right - across / 2, y + 33, state, theme.SMALL, align="centre",
                   colour=theme.TEAL if fine else theme.BERRY)  # fmt: skip
        price = view.texts.coins(order.price_wei)
        paper.text(right, y + 6, price, theme.BODY, bold=True, align="right")
        room = right - left - max(paper.width_of(price, theme.BODY, bold=True), across) - 18
        names = view.t("list_comma").join(
            name + (f" × {quantity}" if quantity > 1 else "") for name, quantity in _ordered(view, order)
        )
        paper.text(left, y + 6, paper.shorten(names, theme.BODY, room, bold=True), theme.BODY, bold=True)
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(order.at_secs))
        places = [place_name(line.place_id, view.world, view.texts) for line in order.lines]
        if order.orchard is not None:
            places = [view.t("plot_number", n=order.orchard.plot)]
        where = view.t("list_comma").join(dict.fromkeys(place for place in places if place))
        paper.text(left, y + 31, paper.shorten(f"{when}   {where}".rstrip(), theme.SMALL, room), theme.SMALL,
                   colour=theme.INK_SOFT)  # fmt: skip
        for label, value in lines:
            top = y + ROW
            paper.text(left, top, label, theme.SMALL, colour=theme.INK_SOFT)
            paper.text(right, top, paper.shorten(value, theme.SMALL, wide - 40 - paper.width_of(label, theme.SMALL)),
                       theme.SMALL, align="right")  # fmt: skip
            y += 24
        return y + (high if not lines else ROW + 10)

    def _detail(self, view: View, order: PastOrder) -> list[tuple[str, str]]:
        """What else is known of an order: who was paid, the fee, why not, and where the chain wrote it down."""
        out: list[tuple[str, str]] = []
        for share in order.shares[:MOST_SHARES]:
            role = view.t(f"role_{share.role}")
            name = payee(share, view.texts)
            out.append((f"{name} · {role}" if name else role, view.texts.coins(share.wei)))
        if len(order.shares) > MOST_SHARES:
            out.append((view.texts.count("and_more", len(order.shares) - MOST_SHARES), ""))
        if order.gas_wei:
            out.append((view.t("fee_paid"), view.texts.coins(order.gas_wei, up=True)))
        if order.reason:
            out.append((view.texts.reason(order.reason), ""))
        if order.tx_hash:
            out.append((view.t("detail_tx"), f"{order.tx_hash[:18]}…{order.tx_hash[-10:]}"))
        if order.block:
            out.append((view.t("detail_block"), f"{order.block:,}"))
        return out

    def press(self, action: str, view: View) -> list[Command] | None:
        orders = view.world.history or ()
        act, _, number = action.partition(":")
        match act:
            case "row":
                self.detailed = not self.detailed if self.row == int(number) else self.detailed
                self.row = int(number)
                return []
            case "confirm" if orders:
                self.detailed = not self.detailed
                return []
            case "go_up" | "go_down" if orders:
                self.row = min(max(self.row + (1 if act == "go_down" else -1), 0), len(orders) - 1)
                self.first = min(max(self.first, self.row - MOST_ROWS + 1), self.row)
                return []
            case "export" | "details" if orders:
                self._export(view)
                return []
        return None

    def _export(self, view: View) -> None:
        home = view.finding.home
        if home is None:
            view.say("bad", view.t("export_failed"))
            return
        try:
            paths = write_orders(home, view.world.history or (), view.world, view.texts)
        except OSError:
            view.say("bad", view.t("export_failed"))
        else:
            self.saved = tuple(str(path) for path in paths)
            view.say("good", view.t("exported_short"))


def _ordered(view: View, order: PastOrder) -> list[tuple[str, int]]:
    """What was ordered, and how much of each."""
    if order.orchard is None:
        return [(view.name(line.good_id), line.quantity) for line in order.lines]
    it = order.orchard
    name = variety_name(it.variety, view.world, view.texts)
    return [(view.t(f"ordered_{it.what}", variety=name), it.quantity)]
