"""The purse: a chip that says whether the market is open and what the player has, and a panel that explains it."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.core.commands import Command

WIDE = 460.0
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
    """Balance, what kind of money it is, and behind details the account and the chain."""

    name = "purse"
    modal = True

    def __init__(self) -> None:
        self.details = False

    def opened(self, view: View) -> None:
        self.details = False

    def key(self, view: View) -> object:
        purse = view.world.purse
        return purse.state, purse.step, purse.balance_wei, purse.block, purse.play_money, self.details

    def draw(self, paper: Paper, view: View) -> None:
        purse, inner = view.world.purse, WIDE - 2 * PAD
        y = title(paper, view, view.t("purse"), WIDE)
        if purse.state == "open":
            paper.coin(PAD, y + 6, 34)
            paper.text(PAD + 46, y, view.texts.coins(purse.balance_wei), theme.DISPLAY, bold=True)
            y += theme.DISPLAY * theme.LINE_HEIGHT + 10
            words = view.t("play_money" if purse.play_money else "real_money")
        elif purse.state == "down":
            words = view.texts.reason(purse.step, "reason_market_down") + "\n" + view.t("keeps_trying")
        else:
            words = state_words(view) + "\n" + view.t("opening_text")
        y += paper.text(PAD, y, words, theme.BODY, wide=inner) + 18
        if self.details and purse.state == "open":
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
                if paper.width_of(label + value, theme.SMALL) > inner - 30:
                    y += 20
                paper.text(PAD + inner - 4, y, value, theme.SMALL, align="right")
                y += 24
            paper.box(PAD - 10, top, inner + 20, y - top + 6, theme.PAPER_DEEP, radius=14)
            y += 22
        if purse.state == "open":
            half = (inner - 14) / 2
            label = view.t("do_hide_details" if self.details else "do_details")
            paper.button(
                PAD + half + 14, y, half, view.t("do_walk_on_short"), "close", key=view.key("back"), kind="main"
            )
            y += paper.button(PAD, y, half, label, "details", key=view.key("details"))
        paper.sheet(WIDE, y + 26, radius=22)

    def press(self, action: str, view: View) -> list[Command] | None:
        if action == "details":
            self.details = not self.details
            return []
        return None
