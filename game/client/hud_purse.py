"""The purse: a chip that says whether the market is open and what the player has, and a panel that explains it."""

import time

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_credits import ROW, chart, days_of, row, rows_of
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Box, Paper
from game.core.commands import Command
from game.core.room_ports import WithdrawCredits
from game.core.trade import ReadPurse
from game.core.trade import WithdrawCredits as TakeEarnings

WIDE = 460.0
BROAD = 900.0
SIDE, GAP = 320.0, 32.0
MOST_ROWS = 6
NODE_KINDS = ("anvil", "embedded", "rpc")


def state_words(view: View) -> str:
    """What the market is doing, in a few words."""
    purse = view.world.purse
    if purse.state == "open":
        return view.texts.coins(purse.balance_wei)
    if purse.state == "down":
        return view.t("market_closed")
    step = f"step_{purse.step}"
    return view.t(step) if view.texts.has(step) else view.t("market_opening")


class PurseChip(Piece):
    """Balance, or what keeps the market from being open."""

    name = "purse_chip"
    reads = False
    anchor = "top_left"

    def key(self, view: View) -> object:
        purse = view.world.purse
        return None if view.open_panel else (purse.state, purse.step, purse.balance_wei)

    def draw(self, paper: Paper, view: View) -> None:
        state, words, label = view.world.purse.state, state_words(view), view.key("purse")
        if state == "open":
            paper.coin(16, 13, 19)
        else:
            down = state == "down"
            paper.dot(16, 13, 19, theme.BERRY if down else theme.LOQUAT)
            paper.text(25.5, 13, "!" if down else "…", theme.SMALL, bold=True, align="centre",
                       colour=theme.WHITE if down else theme.INK)  # fmt: skip
        paper.text(45, 11, words, theme.BODY, bold=state == "open")
        x = 45 + paper.width_of(words, theme.BODY, bold=state == "open") + 12
        x += paper.keycap(x, 14, label) if label else -6
        paper.sheet(x + 16, 45, radius=22)


class PursePanel(Piece):
    """Balance and earnings: what waits to be withdrawn, a chart by day, every credit; and what kind of money it is."""

    name = "purse"
    modal = True

    def __init__(self) -> None:
        self.row = self.first = 0
        self.details = False

    def opened(self, view: View) -> None:
        self.row = self.first = 0
        self.details = False
        view.asks.append(ReadPurse())

    def key(self, view: View) -> object:
        purse, trade = view.world.purse, view.world.trade
        waits = trade.waits_for(WithdrawCredits)
        return (purse.state, purse.step, purse.balance_wei, purse.block, purse.play_money, self.details, self.row,
                self.first, trade.credits, trade.withdrawable_wei, waits, view.pictures)  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        purse = view.world.purse
        if purse.state != "open":
            words = view.texts.reason(purse.step, "reason_market_down") + "\n" + view.t("keeps_trying")
            if purse.state != "down":
                words = state_words(view) + "\n" + view.t("opening_text")
            y = title(paper, view, view.t("purse"), WIDE)
            y += paper.text(PAD, y, words, theme.BODY, wide=WIDE - 2 * PAD) + 18
            paper.sheet(WIDE, y + 26, radius=22)
            return
        y = title(paper, view, view.t("purse"), BROAD)
        left = self._money(paper, view, y)
        right = self._credits(paper, view, PAD + SIDE + GAP, y, BROAD - 2 * PAD - SIDE - GAP)
        y = max(left, right) + 14
        paper.line(PAD, y, BROAD - 2 * PAD)
        y += 14
        words = "do_hide_details" if self.details else "do_details"
        keys = [(view.arrows("↑ ↓"), view.t("do_choose")), view.hint("details", words),
                (view.key("confirm"), view.t("do_take_earnings"))]  # fmt: skip
        y += paper.hints(PAD, y, BROAD - 2 * PAD, keys)
        paper.sheet(BROAD, y + 8, radius=22)

    def _money(self, paper: Paper, view: View, y: float) -> float:
        """The left side: the balance, what waits in the till, and the chart. Returns the y below."""
        purse, trade = view.world.purse, view.world.trade
        paper.coin(PAD, y + 6, 34)
        paper.text(PAD + 46, y, view.texts.coins(purse.balance_wei), theme.DISPLAY, bold=True)
        y += theme.DISPLAY * theme.LINE_HEIGHT + 4
        words = view.t("play_money" if purse.play_money else "real_money")
        y += paper.text(PAD, y, words, theme.SMALL, wide=SIDE, colour=theme.INK_SOFT) + 14
        wei = trade.withdrawable_wei
        paper.box(PAD - 8, y, SIDE + 16, 108, theme.TEAL_PALE if wei else theme.PAPER_DEEP, radius=16)
        paper.text(PAD + 8, y + 12, view.t("earned_waits"), theme.SMALL, colour=theme.INK_SOFT)
        paper.text(PAD + SIDE - 8, y + 9, view.texts.coins(wei), theme.LEAD, bold=True, align="right",
                   colour=theme.TEAL if wei else theme.INK_SOFT)  # fmt: skip
        if trade.waits_for(WithdrawCredits):
            paper.text(PAD + SIDE / 2, y + 62, view.t("earnings_coming"), theme.BODY, bold=True, align="centre")
        else:
            kind = "main" if wei else "bare"
            paper.button(PAD + 8, y + 50, SIDE - 16, view.t("do_take_earnings"), "withdraw", kind=kind)
        y += 108 + 18
        if self.details:
            return self._account(paper, view, y)
        if trade.credits is not None and trade.credits.credits:
            chart(paper, view, PAD, y, SIDE, 132, days_of(trade.credits, time.time()))
            y += 132 + 10
        y += paper.button(PAD, y, SIDE, view.t("makers_desk"), "open:desk", high=38)
        return y

    def _account(self, paper: Paper, view: View, y: float) -> float:
        purse = view.world.purse
        kind = purse.node_kind if purse.node_kind in NODE_KINDS else "rpc"
        top, rows = y, [
            (view.t("detail_account"), purse.account),
            (view.t("detail_chain"), f"{purse.chain_id}"),
            (view.t("detail_node"), view.t(f"node_{kind}")),
            (view.t("detail_block"), f"{purse.block:,}"),
        ]  # fmt: skip
        y += 12
        for label, value in rows:
            paper.text(PAD + 4, y, label, theme.SMALL, colour=theme.INK_SOFT)
            size = theme.SMALL
            if paper.width_of(label + value, theme.SMALL) > SIDE - 30:
                y += 20
            while paper.width_of(value, size) > SIDE - 8 and size > 8:
                size -= 0.5
            paper.text(PAD + SIDE - 4, y, value, size, align="right")
            y += 24
        paper.box(PAD - 8, top, SIDE + 16, y - top + 6, theme.PAPER_DEEP, radius=14)
        return y + 12

    def _credits(self, paper: Paper, view: View, x: float, y: float, wide: float) -> float:
        """The right side: every credit, newest first. Returns the y below."""
        credits = view.world.trade.credits
        paper.text(x, y, view.t("earnings"), theme.LEAD, bold=True)
        y += theme.LEAD * theme.LINE_HEIGHT + 8
        if credits is None or not (credits.credits or credits.payouts):
            words = view.t("earnings_reading" if credits is None else "earnings_none")
            return y + paper.text(x, y, words, theme.BODY, wide=wide, colour=theme.INK_SOFT)
        rows = rows_of(credits)
        self.row = min(self.row, len(rows) - 1)
        self.first = min(max(self.first, self.row - MOST_ROWS + 1), self.row)
        most = MOST_ROWS - (1 if self.details else 0)
        first = min(max(self.first, self.row - most + 1), self.row)
        for number, entry in enumerate(rows[first : first + most], start=first):
            box = Box(x, y, wide, ROW)
            y += row(paper, view, box, number, entry, chosen=number == self.row, detailed=self.details) + 6
        if len(rows) > most:
            words = view.rows_of(first, most, len(rows))
            y += paper.text(x, y + 2, words, theme.SMALL, colour=theme.INK_SOFT) + 4
        return y

    def press(self, action: str, view: View) -> list[Command] | None:
        act, _, number = action.partition(":")
        credits = view.world.trade.credits
        rows = len(credits.credits) + len(credits.payouts) if credits is not None else 0
        match act:
            case "details":
                self.details = not self.details
                return []
            case "withdraw" | "confirm" if view.world.purse.state == "open":
                return [TakeEarnings()]
            case "row":
                self.row = int(number)
                return []
            case "go_up" | "go_down" if rows:
                self.row = min(max(self.row + (1 if act == "go_down" else -1), 0), rows - 1)
                return []
        return None
