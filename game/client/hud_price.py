"""The card on which a price is set: a figure between less and more, what it brings, and the button that signs it."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.content.workshop import Asking
from game.core.commands import Command
from game.core.ids import WEI_PER_COIN, GoodId

STEP_WEI = WEI_PER_COIN // 2
BPS = 10_000
SHARE_STEP_BPS = 100


class PriceCard(Piece):
    """What the cards for a price share. `heading` and `does` are text keys, `comes_from` the panel it goes back to."""

    modal = True
    heading = does = comes_from = ""
    wide = 440.0

    def __init__(self) -> None:
        self.price_wei = 0

    def good(self) -> GoodId | None:
        """What the price is for."""
        raise NotImplementedError

    def facts(self, paper: Paper, view: View, y: float, inner: float) -> float:
        """Write what the price brings and means. Returns the y below."""
        raise NotImplementedError

    def signed(self, good: GoodId) -> list[Command]:
        """What setting the price wants of the world."""
        raise NotImplementedError

    def keys(self, view: View) -> list[tuple[str, str]]:
        """Which keys change what."""
        return [(view.arrows("← →"), view.t("do_price"))]

    def draw(self, paper: Paper, view: View) -> None:
        good = self.good()
        assert good is not None
        wide, inner = self.wide, self.wide - 2 * PAD
        y = title(paper, view, view.t(self.heading), wide)
        y += paper.text(PAD, y, view.name(good), theme.LEAD, bold=True, wide=inner, lines=2) + 14
        paper.box(PAD, y, inner, 64, theme.PAPER_DEEP, radius=16)
        paper.text(wide / 2, y + 16, view.texts.coins(self.price_wei), 23, bold=True, align="centre")
        for sign, x, act in (("−", PAD + 12, "less"), ("+", wide - PAD - 52, "more")):
            paper.dot(x, y + 12, 40, theme.PAPER)
            paper.text(x + 20, y + 18, sign, 20, bold=True, align="centre", colour=theme.TEAL)
            paper.pressable(x, y + 12, 40, 40, act, radius=20)
        y = self.facts(paper, view, y + 80, inner)
        third = (inner - 14) * 0.4
        paper.button(PAD, y, third, view.t("do_not_now"), "back", key=view.key("back"))
        y += paper.button(
            PAD + third + 14, y, inner - third - 14, view.t(self.does), "sign", key=view.key("confirm"), kind="main"
        )
        y += 16
        y += paper.hints(PAD, y, inner, self.keys(view))
        paper.sheet(wide, y + 8, radius=22)

    def press(self, action: str, view: View) -> list[Command] | None:
        good = self.good()
        match action:
            case "less" | "go_left" | "go_down":
                self.price_wei = max(STEP_WEI, (self.price_wei - 1) // STEP_WEI * STEP_WEI)
                return []
            case "more" | "go_right" | "go_up":
                self.price_wei = (self.price_wei // STEP_WEI + 1) * STEP_WEI
                return []
            case "sign" | "confirm" if good is not None:
                view.open_panel = self.comes_from
                return self.signed(good)
            case "back" | "close":
                view.open_panel = self.comes_from
                return []
        return None


class ResaleCard(PriceCard):
    """What the cards for selling on share: beside the price, the share of the room where it is found."""

    does = "do_offer"
    wide = 460.0
    note = ""  # text key of what is said below the figures

    def __init__(self) -> None:
        super().__init__()
        self.share_bps = 0

    def begin(self, view: View, good: GoodId) -> None:
        """Propose a price and a share."""
        self.price_wei = max(view.price_wei(good), STEP_WEI)
        self.share_bps = min(Asking().room_share_bps, self._most_bps(view))

    def opened(self, view: View) -> None:
        good = self.good()
        if good is not None:
            self.begin(view, good)

    def key(self, view: View) -> object:
        good = self.good()
        return None if good is None else (good, self.price_wei, self.share_bps, view.world.purse.state)

    def keys(self, view: View) -> list[tuple[str, str]]:
        return [*super().keys(view), (view.arrows("↑ ↓"), view.t("do_room_share"))]

    def facts(self, paper: Paper, view: View, y: float, inner: float) -> float:
        good = self.good()
        assert good is not None
        terms, maker = view.good(good).terms, view.good(good).maker
        paper.box(PAD, y, inner, 46, theme.PAPER_DEEP, radius=14)
        words = view.t("room_share", percent=f"{self.share_bps / 100:g}")
        paper.text(PAD + inner / 2, y + 13, words, theme.BODY, bold=True, align="centre")
        for sign, x, act in (("−", PAD + 12, "share_less"), ("+", self.wide - PAD - 42, "share_more")):
            paper.dot(x, y + 8, 30, theme.PAPER)
            paper.text(x + 15, y + 11, sign, 16, bold=True, align="centre", colour=theme.TEAL)
            paper.pressable(x, y + 8, 30, 30, act, radius=15)
        y += 60
        royalty, share = self.price_wei * terms.royalty_bps // BPS, self.price_wei * self.share_bps // BPS
        label = view.t("royalty", percent=f"{terms.royalty_bps / 100:g}", maker=view.texts.person(maker))
        y = fact_at(paper, label, view.texts.number(royalty), y, inner)
        y = fact_at(paper, view.t("share_goes"), view.texts.number(share), y, inner)
        yours = view.texts.coins(self.price_wei - royalty - share)
        y = fact_at(paper, view.t("you_receive"), yours, y, inner, bold=True) + 8
        return y + paper.text(PAD, y, view.t(self.note), theme.SMALL, wide=inner, colour=theme.INK_SOFT) + 16

    def press(self, action: str, view: View) -> list[Command] | None:
        match action:
            case "share_less" | "go_down":
                self.share_bps = max(0, -(-self.share_bps // SHARE_STEP_BPS) * SHARE_STEP_BPS - SHARE_STEP_BPS)
                return []
            case "share_more" | "go_up":
                self.share_bps = min(self._most_bps(view), (self.share_bps // SHARE_STEP_BPS + 1) * SHARE_STEP_BPS)
                return []
        return super().press(action, view)

    def _most_bps(self, view: View) -> int:
        good = self.good()
        return BPS if good is None else BPS - view.good(good).terms.royalty_bps


def fact_at(paper: Paper, label: str, value: str, y: float, wide: float, *, bold: bool = False) -> float:
    """A label and an amount; the label may wrap. Returns the y below."""
    paper.text(PAD + wide, y, value, theme.BODY, align="right", bold=bold)
    room = wide - paper.width_of(value, theme.BODY, bold=bold) - 16
    return y + paper.text(PAD, y, label, theme.BODY, wide=room, colour=theme.INK_SOFT) + 6
