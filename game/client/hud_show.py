"""Showing a good in one's own room: what it is, and which share of each sale is the player's, before they agree."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.hud_price import fact_at
from game.core.commands import Command
from game.core.ids import GoodId
from game.core.rules.display import at_hand
from game.core.rules.showing import share_wei
from game.core.trade import ShowInRoom

WIDE = 460.0
PICTURE = 96.0


class ShowPanel(Piece):
    """The good at hand when the panel was opened, its price, and the share that its maker gives to rooms."""

    name = "show"
    modal = True

    def __init__(self) -> None:
        self.good: GoodId | None = None

    def can_open(self, view: View) -> bool:
        """On a pad its button means something else where there is no good at hand."""
        return view.device != "pad" or at_hand(view.world) is not None

    def opened(self, view: View) -> None:
        good = at_hand(view.world)
        self.good = good if good in view.world.goods else None

    def key(self, view: View) -> object:
        return self.good, None if self.good is None else view.world.stock.get(self.good), view.pictures

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        y = title(paper, view, view.t("show_in_room"), WIDE)
        if self.good is None:
            y += paper.text(PAD, y, view.t("show_nothing"), theme.BODY, wide=inner, colour=theme.INK_SOFT)
            paper.sheet(WIDE, y + 30, radius=22)
            return
        good, picture = view.good(self.good), view.picture(self.good)
        room = inner - (PICTURE + 14 if picture is not None else 0)
        if picture is not None:
            paper.picture(WIDE - PAD - PICTURE, y, PICTURE, picture)
        top = y
        over = view.t("kind_by_maker", kind=view.t(f"kind_{good.kind}"), maker=view.texts.person(good.maker))
        y += paper.text(PAD, y, paper.shorten(over, theme.SMALL, room), theme.SMALL, colour=theme.TEAL) + 2
        y += paper.text(PAD, y, view.texts.of(good.name), theme.LEAD, bold=True, wide=room, lines=2) + 8
        y += paper.text(PAD, y, view.texts.coins(view.price_wei(self.good)), theme.BODY)
        y = max(y, top + (PICTURE if picture is not None else 0)) + 14
        bps, wei = share_wei(view.world, self.good)
        paper.box(PAD - 8, y, inner + 16, 56, theme.TEAL_PALE if bps else theme.PAPER_DEEP, radius=14)
        if bps:
            words = view.t("show_share", percent=f"{bps / 100:g}")
            fact_at(paper, words, view.texts.coins(wei) if wei else "", y + 17, inner, bold=True)
        else:
            paper.text(PAD, y + 17, view.t("show_no_share"), theme.BODY)
        y += 56 + 14
        y += paper.text(PAD, y, view.t("show_text"), theme.SMALL, wide=inner, colour=theme.INK_SOFT) + 18
        third = (inner - 14) * 0.4
        paper.button(PAD, y, third, view.t("do_not_now"), "close", key=view.key("back"))
        y += paper.button(PAD + third + 14, y, inner - third - 14, view.t("do_show_it"), "show",
                          key=view.key("confirm"), kind="main")  # fmt: skip
        paper.sheet(WIDE, y + 24, radius=22)

    def press(self, action: str, view: View) -> list[Command] | None:
        if action in ("show", "confirm") and self.good is not None:
            view.open_panel = ""
            return [ShowInRoom(good=self.good)]
        return None
