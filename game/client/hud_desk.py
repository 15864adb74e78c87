"""The maker's desk: the player's goods and offers, what was sold where, who shows them, and changing a price."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_credits import room_name
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Box, Paper, Spot
from game.client.hud_price import BPS, PriceCard, fact_at
from game.core.commands import Command, Withdraw
from game.core.ids import GoodId, Wei
from game.core.room_ports import CancelAll, OpenOffer, OwnGood, Reprice, ShowingRoom, SoldGood
from game.core.trade import CancelAll as TakeAllBack
from game.core.trade import ReadDesk
from game.core.trade import Reprice as ChangePrice

WIDE = 820.0
ROW = 66.0
MOST_ROWS = 5
TABS = ("goods", "sales", "rooms", "offers")


class DeskPanel(Piece):
    """Four lists, of which one is shown: own goods, sales by good and room, rooms that show them, open offers."""

    name = "desk"
    modal = True

    def __init__(self) -> None:
        self.tab = TABS[0]
        self.row = 0
        self.sure = False  # the next press takes all offers back
        self.picked: OwnGood | None = None  # what PricePanel is to price

    def opened(self, view: View) -> None:
        self.row = 0
        self.sure = False
        view.asks.append(ReadDesk())

    def rows(self, view: View) -> tuple[OwnGood | SoldGood | ShowingRoom | OpenOffer, ...]:
        """What the chosen list holds."""
        desk = view.world.trade.desk
        if desk is None:
            return ()
        sales = sorted(desk.sales, key=lambda sale: -sale.earned_wei)
        rooms = sorted(desk.rooms, key=lambda room: -room.units)
        lists: dict[str, tuple[OwnGood | SoldGood | ShowingRoom | OpenOffer, ...]] = {
            "goods": desk.goods,
            "sales": tuple(sales),
            "rooms": tuple(rooms),
            "offers": desk.offers,
        }
        return lists[self.tab]

    def key(self, view: View) -> object:
        trade = view.world.trade
        return trade.desk, self.tab, self.row, self.sure, trade.waits_for(CancelAll, Reprice), view.pictures

    def draw(self, paper: Paper, view: View) -> None:
        inner, desk = WIDE - 2 * PAD, view.world.trade.desk
        y = title(paper, view, view.t("makers_desk"), WIDE)
        y = self._tabs(paper, view, y, inner)
        rows = self.rows(view)
        if not rows:
            words = "desk_reading" if desk is None else f"desk_no_{self.tab}"
            y += paper.text(PAD, y + 10, view.t(words), theme.BODY, wide=inner, colour=theme.INK_SOFT) + 24
        self.row = min(self.row, max(len(rows) - 1, 0))
        first = max(0, self.row - MOST_ROWS + 1)
        for number, entry in enumerate(rows[first : first + MOST_ROWS], start=first):
            self._row(paper, view, y, inner, number, entry)
            y += ROW + 6
        if len(rows) > MOST_ROWS:
            words = view.rows_of(first, MOST_ROWS, len(rows))
            y += paper.text(PAD, y + 2, words, theme.SMALL, colour=theme.INK_SOFT) + 4
        if self.tab == "offers" and rows:
            words = "do_cancel_all_sure" if self.sure else "do_cancel_all"
            if view.world.trade.waits_for(CancelAll):
                words = "cancelling_all"
            y += 8
            y += paper.button(PAD, y, inner, view.t(words), "cancel_all", key=view.key("details"),
                              kind="main" if self.sure else "plain")  # fmt: skip
        y += 14
        paper.line(PAD, y, inner)
        y += 14
        keys = [(view.arrows("← →"), view.t("do_other_list")), (view.arrows("↑ ↓"), view.t("do_choose"))]
        if rows and self.tab in ("goods", "offers"):
            keys.append((view.key("confirm"), view.t("do_change_price" if self.tab == "goods" else "do_withdraw")))
        y += paper.hints(PAD, y, inner, keys)
        paper.sheet(WIDE, y + 8, radius=22)

    def _tabs(self, paper: Paper, view: View, y: float, inner: float) -> float:
        wide = inner / len(TABS)
        for number, tab in enumerate(TABS):
            x, chosen = PAD + number * wide, tab == self.tab
            paper.box(x + 3, y, wide - 6, 36, theme.LOQUAT if chosen else theme.PAPER_DEEP, radius=12)
            paper.text(x + wide / 2, y + 7, view.t(f"desk_{tab}"), theme.BODY, bold=chosen, align="centre")
            paper.pressable(x + 3, y, wide - 6, 36, f"tab:{tab}", radius=12)
        return y + 36 + 16

    def _row(
        self, paper: Paper, view: View, y: float, inner: float, number: int,
        entry: OwnGood | SoldGood | ShowingRoom | OpenOffer,
    ) -> None:  # fmt: skip
        chosen = number == self.row
        paper.box(PAD - 8, y, inner + 16, ROW, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=14)
        paper.spots.append(Spot(Box(PAD - 8, y, inner + 16, ROW), f"row:{number}"))
        left, right = PAD + 8.0, PAD + inner - 8
        good = None if isinstance(entry, ShowingRoom) else entry.good_id
        picture = view.picture(good) if good is not None and good in view.world.goods else None
        if picture is not None:
            paper.picture(left - 6, y + 5, 56, picture)
            left += 62
        head, under, figure, note = self._words(view, entry)
        paper.text(right, y + 9, figure, theme.BODY, bold=True, align="right")
        paper.text(right, y + 36, note, theme.SMALL, align="right", colour=theme.INK_SOFT)
        across = right - left - 16 - max(
            paper.width_of(figure, theme.BODY, bold=True), paper.width_of(note, theme.SMALL)
        )
        paper.text(left, y + 9, paper.shorten(head, theme.BODY, across, bold=True), theme.BODY, bold=True)
        paper.text(left, y + 36, paper.shorten(under, theme.SMALL, across), theme.SMALL, colour=theme.INK_SOFT)

    def _words(self, view: View, entry: OwnGood | SoldGood | ShowingRoom | OpenOffer) -> tuple[str, str, str, str]:
        """Head, line below, figure, and the note below that."""
        texts = view.texts
        match entry:
            case OwnGood():
                left = view.t("left_of", left=entry.left, edition=entry.edition)
                note = left if entry.offer is not None else view.t("not_on_offer")
                sold = view.t("sold_n", n=entry.sold)
                return view.name(entry.good_id), sold, texts.coins(entry.unit_price_wei), note
            case SoldGood():
                place = room_name(view, entry.place_id) or view.t("found_nowhere")
                note = view.t("turnover", coins=texts.coins(entry.turnover_wei))
                sold = f"{place} · " + view.t("sold_n", n=entry.units)
                return view.name(entry.good_id), sold, "+" + texts.coins(entry.earned_wei), note
            case ShowingRoom():
                names = view.t("list_comma").join(view.name(good) for good in entry.shows)
                owner = view.t("owned_by", who=texts.person(entry.owner))
                return room_name(view, entry.place_id), names or owner, view.t("sold_n", n=entry.units), owner
            case OpenOffer():
                kind = view.t("offer_new" if entry.primary else "offer_resale")
                share = view.t("room_share", percent=f"{entry.room_share_bps / 100:g}")
                under = f"{kind} · {share}"
                return view.name(entry.good_id), under, texts.coins(entry.unit_price_wei), view.t(
                    "left_n", n=entry.left
                )

    def press(self, action: str, view: View) -> list[Command] | None:
        rows = self.rows(view)
        act, _, which = action.partition(":")
        sure, self.sure = self.sure, False
        if act in ("go_left", "go_right") or act == "tab":
            step = {"go_left": -1, "go_right": 1}.get(act, 0)
            self.tab = which or TABS[(TABS.index(self.tab) + step) % len(TABS)]
            self.row = 0
            return []
        if act in ("go_up", "go_down") and rows:
            self.row = min(max(self.row + (1 if act == "go_down" else -1), 0), len(rows) - 1)
            return []
        if act == "row":
            again = self.row == int(which)
            self.row = int(which)
            if not again:
                return []
            act = "confirm"
        if act in ("cancel_all", "details") and self.tab == "offers" and rows:
            self.sure = not sure
            return [TakeAllBack()] if sure else []
        if act == "confirm" and rows:
            entry = rows[min(self.row, len(rows) - 1)]
            if isinstance(entry, OpenOffer):
                return [Withdraw(offer=entry.offer)]
            if isinstance(entry, OwnGood):
                self.picked = entry
                view.open_panel = "price"
            return []
        return None


class PricePanel(PriceCard):
    """Another price for a good of the player's own: what it brings, and what the change costs."""

    name = "price"
    heading, does, comes_from = "do_change_price", "do_sign_price", "desk"
    wide = 460.0

    def __init__(self, desk: DeskPanel) -> None:
        super().__init__()
        self.desk = desk

    def good(self) -> GoodId | None:
        return self.desk.picked.good_id if self.desk.picked is not None else None

    def opened(self, view: View) -> None:
        self.price_wei = self.desk.picked.unit_price_wei if self.desk.picked is not None else 0

    def key(self, view: View) -> object:
        return None if self.desk.picked is None else (self.desk.picked, self.price_wei, view.world.purse.state)

    def facts(self, paper: Paper, view: View, y: float, inner: float) -> float:
        own = self.desk.picked
        assert own is not None
        share = share_bps(view, own.good_id)
        y = fact_at(paper, view.t("price_before"), view.texts.number(own.unit_price_wei), y, inner)
        words = view.t("you_receive_in_a_room", percent=f"{share / 100:g}")
        y = fact_at(paper, words, view.texts.coins(self.price_wei - self.price_wei * share // BPS), y, inner, bold=True)
        dearer = self.price_wei > own.unit_price_wei and own.offer is not None
        note = view.t("dearer_text" if dearer else "cheaper_text")
        return y + paper.text(PAD, y + 8, note, theme.SMALL, wide=inner, colour=theme.INK_SOFT) + 24

    def signed(self, good: GoodId) -> list[Command]:
        return [ChangePrice(good=good, price_wei=Wei(self.price_wei))]


def share_bps(view: View, good: GoodId) -> int:
    """The share of a room that shows a good, by its open offer or its terms."""
    desk = view.world.trade.desk
    for offer in desk.offers if desk is not None else ():
        if offer.good_id == good and offer.primary:
            return offer.room_share_bps
    known = view.world.goods.get(good)
    return known.terms.room_share_bps if known is not None else 0
