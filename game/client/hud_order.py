"""A purchase as the player sees it: price, confirmation, waiting, receipt, or what went wrong."""

from collections.abc import Sequence

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.core.commands import Checkout, Command, Confirm, Decline, Wear
from game.core.goods import price_wei
from game.core.ids import GoodId, OrderId, PlaceId
from game.core.ports import Share
from game.core.world import Order, World

WIDE = 540.0
INNER = WIDE - 2 * PAD
MOST_LINES = 5
MOST_SHARES = 6
STEPS = ("confirming", "signed", "sent", "included")
UNDER_WAY = ("draft", "quoted", "confirming", "signed", "sent", "unknown")
WENT_WRONG = ("refused", "reverted", "dropped", "replaced")
ROOMY = 1000.0  # design pixels: three chips stand side by side
BPS = 10_000


class OrderPanel(Piece):
    """Follows one order through all its states."""

    name = "order"
    modal = True

    def __init__(self) -> None:
        self.order_id: OrderId | None = None
        self.told: OrderId | None = None  # the order whose outcome was shown: it is not thrust upon the player again
        self.details = False

    def moved(self, order_id: OrderId, state: str, view: View) -> bool:
        """Note that an order moved; True when the panel is to open for it."""
        if state in ("draft", "quoted"):
            self.order_id = order_id
            self.details = False
            return True
        if order_id != self.order_id or order_id == self.told or view.open_panel not in ("", self.name):
            return False
        if state in ("included", "final", *WENT_WRONG):
            self.told = order_id
            return True
        return False

    def order(self, view: View) -> Order | None:
        """The order that the panel is about."""
        return view.world.orders.get(self.order_id) if self.order_id else None

    def waiting(self, view: View) -> bool:
        """Whether an order is under way that the player may want to see again."""
        order = self.order(view)
        return order is not None and order.state in UNDER_WAY

    def key(self, view: View) -> object:
        order = self.order(view)
        if order is None:
            return None
        owned = tuple(view.world.owned.get(line.good_id, 0) for line in order.lines)
        return (
            order.order_id, order.state, order.lines, order.price_wei, order.gas_wei, order.block, order.shares,
            order.skipped, order.reason, order.money_moved, owned, self.details, bool(view.world.basket),
        )  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        order = self.order(view)
        assert order is not None
        if order.state == "quoted":
            self._confirm(paper, view, order)
        elif order.state in ("included", "final"):
            self._receipt(paper, view, order)
        elif order.state in WENT_WRONG:
            self._trouble(paper, view, order)
        else:
            self._progress(paper, view, order)

    # --- before paying -------------------------------------------------------------------------------------------

    def _confirm(self, paper: Paper, view: View, order: Order) -> None:
        y = title(paper, view, view.t("confirm_title"), WIDE, closes=False)
        y = self._lines(paper, view, order, y)
        if order.skipped:
            names = view.t("list_comma").join(view.name(good) for good in order.skipped)
            y += paper.text(PAD, y, view.t("left_out", goods=names), theme.SMALL, wide=INNER, colour=theme.BERRY) + 6
        y = self._shares(paper, view, order, y)
        texts = view.texts
        y = money_row(paper, view.t("price"), texts.number(order.price_wei), y)
        y = money_row(paper, view.t("fee_at_most"), texts.number(order.gas_wei, up=True), y)
        y += 4
        paper.box(PAD - 10, y, INNER + 20, 44, theme.LOQUAT_PALE, radius=12)
        paper.text(PAD + 4, y + 10, view.t("balance_after"), theme.BODY)
        paper.text(
            PAD + INNER - 4, y + 9, texts.coins(order.balance_after_wei), theme.BODY + 1, bold=True, align="right"
        )
        y += 60
        third = (INNER - 14) * 0.36
        pay = view.t("do_pay", amount=texts.coins(order.price_wei))
        paper.button(PAD + third + 14, y, INNER - third - 14, pay, "confirm", key=view.key("confirm"), kind="main")
        y += paper.button(PAD, y, third, view.t("do_not_now"), "back", key=view.key("back"))
        paper.sheet(WIDE, y + 26, radius=22)

    def _lines(self, paper: Paper, view: View, order: Order, y: float) -> float:
        lines = [line for line in order.lines if line.good_id not in order.skipped]
        for line in lines[:MOST_LINES]:
            cost = view.texts.number(view.price_wei(line.good_id) * line.quantity) if len(lines) > 1 else ""
            maker = view.texts.person(view.good(line.good_id).maker) if line.good_id in view.world.goods else ""
            name = view.name(line.good_id) + (f"  × {line.quantity}" if line.quantity > 1 else "")
            room = INNER - paper.width_of(cost, theme.BODY) - 12
            name = paper.shorten(name, theme.LEAD - 1, room, bold=True)
            paper.text(PAD, y, name, theme.LEAD - 1, bold=True)
            after = PAD + paper.width_of(name, theme.LEAD - 1, bold=True) + 10
            if after + paper.width_of(maker, theme.SMALL) < PAD + room:
                paper.text(after, y + 4, maker, theme.SMALL, colour=theme.INK_SOFT)
            paper.text(PAD + INNER, y + 1, cost, theme.BODY, align="right")
            y += 30
        more = len(lines) - MOST_LINES
        if more > 0:
            y += paper.text(PAD, y, view.texts.count("and_more", more), theme.SMALL, colour=theme.INK_SOFT) + 4
        return y + 8

    def _shares(self, paper: Paper, view: View, order: Order, y: float) -> float:
        shares = together(order.shares)
        if not shares:
            return y
        rows = [(whose(share, order, view), share) for share in shares]
        makers = {view.good(line.good_id).maker for line in order.lines if line.good_id in view.world.goods}
        shown = rows[:MOST_SHARES]
        high = 16 + 31 + len(shown) * 27 + (22 if len(rows) > len(shown) else 0)
        paper.box(PAD - 10, y, INNER + 20, high, theme.PAPER_DEEP, radius=14)
        y += 12
        paper.text(PAD + 4, y, view.t("goes_to"), theme.SMALL, colour=theme.INK_SOFT)
        y += 27
        for who, share in shown:
            name = view.texts.person(who) if who else ""
            role = "role_maker" if share.role == "seller" and who in makers else f"role_{share.role}"
            role = view.t(role if view.texts.has(role) else "role_other")
            sign(paper, PAD + 4, y + 6, share.role)
            value = view.texts.number(share.wei)
            room = INNER - 40 - paper.width_of(value, theme.BODY)
            x = PAD + 22
            if name:
                paper.text(x, y - 1, name, theme.BODY, bold=True)
                x += paper.width_of(name, theme.BODY, bold=True) + 8
            size = theme.SMALL if name else theme.BODY
            words = paper.shorten(role, size, room - (x - PAD - 22))
            paper.text(x, y + (2 if name else 0), words, size, colour=theme.INK_SOFT if name else theme.INK)
            paper.text(PAD + INNER - 4, y - 1, value, theme.BODY, align="right")
            y += 27
        if len(rows) > len(shown):
            rest = sum(share.wei for _, share in rows[MOST_SHARES:])
            paper.text(
                PAD + 22, y, view.texts.count("and_more", len(rows) - len(shown)), theme.SMALL, colour=theme.INK_SOFT
            )
            paper.text(PAD + INNER - 4, y - 1, view.texts.number(rest), theme.BODY, align="right")
            y += 22
        return y + 4 + 16

    # --- while it is under way -----------------------------------------------------------------------------------

    def _progress(self, paper: Paper, view: View, order: Order) -> None:
        if order.state == "draft":
            y = title(paper, view, view.t("asking_title"), WIDE, closes=False)
            y += paper.text(PAD, y, view.t("asking_text"), theme.BODY, wide=INNER) + 14
            y += self._money(paper, view, view.t("money_not_yet"), y, theme.TEAL) + 14
            y += paper.button(PAD, y, 180, view.t("do_not_now"), "back", key=view.key("back"))
            paper.sheet(WIDE, y + 26, radius=22)
            return
        unknown = order.state == "unknown"
        y = title(paper, view, view.t("unknown_title" if unknown else "paying_title"), WIDE, closes=False) + 2
        reached = STEPS.index(order.state) if order.state in STEPS else STEPS.index("sent")
        for number, step in enumerate(STEPS):
            done, now = number <= reached, number == reached + 1
            fill = theme.TEAL if done else theme.LOQUAT if now else theme.LINE
            if number:
                paper.box(PAD + 10, y - 13, 3, 18, theme.TEAL if done else theme.LINE, radius=1)
            paper.dot(PAD, y + 4, 23, fill)
            if done:
                paper.text(PAD + 11.5, y + 4, "✓", theme.SMALL + 1, bold=True, align="centre", colour=theme.WHITE)
            ink = theme.INK if done or now else theme.INK_SOFT
            paper.text(PAD + 38, y + 5, view.t(f"step_order_{step}"), theme.BODY, bold=fill == theme.LOQUAT, colour=ink)
            y += 38
        y += 6
        if unknown:
            y += paper.text(PAD, y, view.t("unknown_text"), theme.BODY, wide=INNER) + 14
        money = {"confirming": "money_not_yet", "signed": "money_not_yet", "sent": "money_when_block"}
        y += self._money(paper, view, view.t(money.get(order.state, "money_asking")), y, theme.TEAL) + 14
        y += paper.hints(PAD, y, INNER, [(view.key("back"), view.t("do_walk_on"))])
        paper.sheet(WIDE, y + 12, radius=22)

    def _money(self, paper: Paper, view: View, words: str, y: float, ink: theme.Colour) -> float:
        """The sentence on whether money moved, in a box of its own. Returns its height."""
        rows = len(paper.wrap(words, theme.BODY, INNER - 42, bold=True))
        high = rows * theme.BODY * theme.LINE_HEIGHT + 20
        paper.box(PAD - 10, y, INNER + 20, high, theme.BERRY_PALE if ink == theme.BERRY else theme.TEAL_PALE, radius=12)
        paper.coin(PAD + 4, y + 12, 17)
        paper.text(PAD + 32, y + 10, words, theme.BODY, bold=True, wide=INNER - 42, colour=ink)
        return high

    # --- afterwards ----------------------------------------------------------------------------------------------

    def _receipt(self, paper: Paper, view: View, order: Order) -> None:
        y = title(
            paper,
            view,
            view.texts.count(
                "receipt_title", sum(line.quantity for line in order.lines if line.good_id not in order.skipped)
            ),
            WIDE,
        )
        y = self._lines(paper, view, order, y)
        y = self._shares(paper, view, order, y)
        y = money_row(paper, view.t("price_paid"), view.texts.number(order.price_wei), y)
        y = money_row(paper, view.t("fee_paid"), view.texts.number(order.gas_wei, up=True), y)
        settled = view.t("receipt_final" if order.state == "final" else "receipt_included")
        y += paper.text(PAD, y, settled, theme.SMALL, colour=theme.TEAL, wide=INNER) + 8
        if self.details:
            y = self._details(paper, view, order, y)
        wears = self.wearable(view, order)
        third = (INNER - 14) * 0.4
        paper.button(PAD, y, third, view.t("do_hide_details" if self.details else "do_details"), "details",
                     key=view.key("details"))  # fmt: skip
        what = view.t("do_wear_now") if wears else view.t("do_walk_on_short")
        y += paper.button(PAD + third + 14, y, INNER - third - 14, what, "wear" if wears else "back",
                          key=view.key("confirm"), kind="main")  # fmt: skip
        paper.sheet(WIDE, y + 26, radius=22)

    def _details(self, paper: Paper, view: View, order: Order, y: float) -> float:
        purse = view.world.purse
        rows = [
            (view.t("detail_tx"), order.tx_hash),
            (view.t("detail_block"), f"{order.block:,}" if order.block else ""),
            (view.t("detail_gas"), f"{order.gas_used:,}" if order.gas_used else ""),
            (view.t("detail_chain"), f"{purse.chain_id}" if purse.chain_id else ""),
            (view.t("detail_account"), purse.account),
        ]
        rows = [(label, value) for label, value in rows if value]
        top = y
        y += 12
        for label, value in rows:
            paper.text(PAD + 4, y, label, theme.SMALL, colour=theme.INK_SOFT)
            half = len(value) // 2 + 1 if len(value) > 44 else len(value)
            for part in (value[:half], value[half:]):
                if part:
                    paper.text(PAD + INNER - 4, y, part, theme.SMALL, align="right")
                    y += 20
            y += 3
        paper.box(PAD - 10, top, INNER + 20, y - top + 8, theme.PAPER_DEEP, radius=14)
        return y + 24

    def _trouble(self, paper: Paper, view: View, order: Order) -> None:
        y = title(paper, view, view.t(f"trouble_{order.state}"), WIDE)
        reason = order.reason if order.reason else "other"
        y += paper.text(PAD, y, view.texts.reason(reason), theme.LEAD - 1, wide=INNER) + 12
        if order.money_moved is None:
            words, ink = view.t("money_asking"), theme.BERRY
        elif order.money_moved:
            words, ink = view.t("money_moved"), theme.BERRY
        elif order.gas_used and order.gas_wei:
            words, ink = view.t("money_only_fee", fee=view.texts.coins(order.gas_wei, up=True)), theme.TEAL
        else:
            words, ink = view.t("money_not_moved"), theme.TEAL
        y += self._money(paper, view, words, y, ink) + 12
        remedy = f"remedy_{reason}" if view.texts.has(f"remedy_{reason}") else "remedy_other"
        y += paper.text(PAD, y, view.t(remedy), theme.BODY, wide=INNER, colour=theme.INK_SOFT) + 18
        if view.world.basket:
            half = (INNER - 14) * 0.4
            paper.button(PAD, y, half, view.t("do_close"), "back", key=view.key("back"))
            rest = reason == "sold_out" and len(order.lines) > 1
            y += paper.button(PAD + half + 14, y, INNER - half - 14, view.t("do_buy_rest" if rest else "do_try_again"),
                              "rest" if rest else "again", key=view.key("confirm"), kind="main")  # fmt: skip
        else:
            y += paper.button(PAD, y, INNER, view.t("do_walk_on_short"), "back", key=view.key("back"), kind="main")
        paper.sheet(WIDE, y + 26, radius=22)

    def wearable(self, view: View, order: Order) -> GoodId | None:
        """The first good of the order that can be worn now."""
        for line in order.lines:
            good = view.world.goods.get(line.good_id)
            if good is not None and good.wear and view.world.owned.get(good.id, 0) > 0:
                worn = view.world.worn.get(good.wear.slot)
                if worn is None or worn.good != good.id or worn.tried:
                    return good.id
        return None

    def press(self, action: str, view: View) -> list[Command] | None:
        order = self.order(view)
        if order is None:
            return None
        match order.state, action:
            case "quoted", "confirm":
                return [Confirm(order_id=order.order_id)]
            case "quoted" | "draft", "back" | "close" | "pause":
                view.open_panel = ""
                return [Decline(order_id=order.order_id)]
            case "included" | "final", "details":
                self.details = not self.details
                return []
            case "included" | "final", "confirm" | "wear":
                view.open_panel = ""
                good = self.wearable(view, order)
                return [Wear(good=good)] if good else []
            case (("refused" | "reverted" | "dropped" | "replaced"), ("confirm" | "again" | "rest")):
                view.open_panel = ""
                rest = order.reason == "sold_out" and len(order.lines) > 1
                return [Checkout(best_effort=rest)] if view.world.basket else []
        return [] if action == "confirm" else None


class OrderChip(Piece):
    """What a purchase is doing while its panel is closed."""

    name = "order_chip"
    reads = False
    anchor = "top"

    def __init__(self, panel: OrderPanel) -> None:
        self.panel = panel

    def shift(self, view: View) -> tuple[float, float]:
        return 0.0, 0.0 if view.wide >= ROOMY else 54.0  # under the other chips on a narrow screen

    def key(self, view: View) -> object:
        order = self.panel.order(view)
        if order is None or view.open_panel or not self.panel.waiting(view):
            return None
        return order.order_id, order.state

    def draw(self, paper: Paper, view: View) -> None:
        order = self.panel.order(view)
        assert order is not None
        words = view.t(f"chip_{order.state}")
        paper.dot(18, 17, 11, theme.LOQUAT)
        paper.text(40, 11, words, theme.BODY, bold=True)
        x = 40 + paper.width_of(words, theme.BODY, bold=True) + 14
        x += paper.hint(x, 14, view.key("basket"), view.t("do_look"))
        paper.sheet(x + 20, 45, radius=22)


def money_row(paper: Paper, label: str, value: str, y: float) -> float:
    """A label and an amount on one line. Returns the y below."""
    paper.text(PAD + 4, y, label, theme.BODY, colour=theme.INK_SOFT)
    paper.text(PAD + INNER - 4, y, value, theme.BODY, align="right")
    return y + 28


def sign(paper: Paper, x: float, y: float, role: str) -> None:
    """The mark of who is paid: a dot for the seller, a square for the room, a ring for anybody else."""
    if role == "seller":
        paper.dot(x, y, 9, theme.TEAL)
    elif role == "room":
        paper.box(x, y, 9, 9, theme.LOQUAT_DEEP, radius=1)
    else:
        paper.box(x - 0.5, y - 0.5, 10, 10, theme.BERRY, radius=5, thick=2.5)


def together(shares: Sequence[Share]) -> list[Share]:
    """Shares of one role to one account as a single one, the largest first."""
    sums: dict[tuple[str, str], Share] = {}
    for share in shares:
        known = sums.get((share.role, share.to))
        wei = share.wei + (known.wei if known else 0)
        sums[(share.role, share.to)] = Share(role=share.role, to=share.to, wei=type(share.wei)(wei), who=share.who)
    return sorted((share for share in sums.values() if share.wei), key=lambda share: -share.wei)


def kept_by(place: PlaceId, world: World) -> str:
    """The keeper of a place: of a player's room the account, as the chain told it."""
    known = world.trade.rooms.get(place)
    return known.owner if known is not None else world.places[place].keeper


def whose(share: Share, order: Order, view: View) -> str:
    """Maker or keeper that a share goes to: as the market says, else as the lines leave no doubt; "" for unknown."""
    if share.who:
        return share.who
    lines = [line for line in order.lines if line.good_id in view.world.goods and line.good_id not in order.skipped]
    if share.role == "room":
        keepers = {kept_by(line.place_id, view.world) for line in lines if line.place_id in view.world.places}
        return keepers.pop() if len(keepers) == 1 else ""
    makers: dict[str, int] = {}
    for line in lines:
        good = view.good(line.good_id)
        cost = price_wei(good) * line.quantity
        cut = cost * good.terms.room_share_bps // BPS if line.place_id else 0
        makers[good.maker] = makers.get(good.maker, 0) + cost - cut
    if len(makers) == 1:
        return next(iter(makers))
    fitting = [maker for maker, wei in makers.items() if wei == share.wei]
    return fitting[0] if len(fitting) == 1 else ""
