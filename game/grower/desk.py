"""The grower's orders as the chain and the letters tell them, and what the grower does about them."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.disk import write_whole
from game.content.letters import LetterError, PostalAddress
from game.core.errors import GameError
from game.core.grower_ports import Orchards, PlotTally
from game.core.ids import Address, Wei
from game.core.orchard_ports import ENDED, Delivery, Plot
from game.grower.codes import code_of, read_code, read_tracking
from game.grower.mail import Mail

TO_DO = ("answer", "pack", "ship", "claim", "split", "wait", "late", "done")
"""What a delivery waits for; the grower's turn in the first five. late: out of time, the buyer may take it back."""

ACTS = ("accept", "claim", "answer", "refund", "split")
LETTER_STATES = ("ready", "missing", "wrong", "erased")
ROUTE_LETTERS = 3
TREE_BITS, TREE_MASK = 16, 0xFFFF


class OrderLine(Struct, frozen=True, kw_only=True):
    """Fruit of one tree in a box."""

    tree: int  # its number in the plot, from 1
    quantity: int
    grams: int


class Order(Struct, frozen=True, kw_only=True):
    """A delivery as the grower packs it."""

    delivery: int
    code: str
    state: str  # one of DELIVERY_STATES
    to_do: str  # one of TO_DO
    act_by_secs: int  # 0 at an end
    day: str  # ISO date of act_by, local; "" at an end
    route: str  # the first part of the postcode, with the country; "" without a letter
    plot: int
    variety: str
    buyer: Address
    lines: tuple[OrderLine, ...]
    quantity: int
    grams: int
    value_wei: Wei
    letter: str  # one of LETTER_STATES
    address: PostalAddress | None = None
    tracking: str = ""
    reason: str = ""  # what the buyer says is wrong with it


class Money(Struct, frozen=True, kw_only=True):
    """What the boxes bring. A split delivery counts half; `escrow_wei` is what is still open."""

    earned_wei: Wei
    escrow_wei: Wei
    refunded_wei: Wei
    credit_wei: Wei  # in the till, to be withdrawn


class DeskView(Struct, frozen=True, kw_only=True):
    """All that the desk shows at one time."""

    grower: Address
    now_secs: int
    orders: tuple[Order, ...]  # the most urgent first
    plots: tuple[Plot, ...]
    tallies: tuple[PlotTally, ...]
    money: Money


class Desk:
    """One grower's desk; safe for use by several threads. Everything may raise GameError in plain words, OSError."""

    def __init__(self, home: Path, orchards: Orchards, mail: Mail) -> None:
        self.orchards = orchards
        self.mail = mail
        self._tracking = _Tracking(home / "grower" / "tracking.json")
        self._lock = threading.RLock()

    def view(self) -> DeskView:
        """Read the chain and the inboxes anew; letters of ended deliveries are erased."""
        with self._lock:
            deliveries = {each.delivery: each for each in self.orchards.deliveries()}
            plots = {plot.plot: plot for plot in self.orchards.plots()}
            now_secs = self.orchards.now_secs()
            wrong = self.mail.collect(deliveries)
            self.mail.erase_ended(deliveries.values())
            orders = [self._order(each, plots[each.plot], now_secs, wrong) for each in deliveries.values()]
            return DeskView(
                grower=self.orchards.grower,
                now_secs=now_secs,
                orders=tuple(sorted(orders, key=_urgency)),
                plots=tuple(plots.values()),
                tallies=tuple(self.orchards.tallies()),
                money=_money(deliveries.values(), self.orchards.credit_wei()),
            )

    def act(self, what: str, deliveries: Sequence[int]) -> dict[int, str]:
        """Do one of ACTS for some deliveries, one after another; why it did not work, by delivery. Empty: all done."""
        does: Mapping[str, Callable[[int], None]] = {
            "accept": self.orchards.accept, "claim": self.orchards.claim, "answer": self.orchards.answer,
            "refund": self.orchards.refund, "split": self.orchards.split,
        }  # fmt: skip
        failed: dict[int, str] = {}
        with self._lock:
            for number in deliveries:
                try:
                    does[what](number)
                except GameError as error:
                    failed[number] = str(error)
        return failed

    def ship(self, code: str, tracking: str) -> Order:
        """Say that the box with this code is on its way under this number; the order as it is then.

        The number is kept before the chain is told its hash, so that no crash in between can lose it.
        """
        number = read_tracking(tracking)
        if number is None:
            raise DeskError("bad_tracking", f"{tracking[:80]!r} is no tracking number; 5 to 40 letters and figures")
        with self._lock:
            order = self.order_of(code)
            if order.state == "shipped" and order.tracking == number:
                return order
            if order.to_do not in ("pack", "ship"):
                raise DeskError("not_to_ship", f"{order.code} cannot be shipped: it is {order.state}")
            if order.address is None:
                raise DeskError("no_letter", f"{order.code} has no address yet; its letter has not come")
            self._tracking.keep(order.delivery, number)
            self.orchards.ship(order.delivery, sha256(number.encode()).digest())
            self.mail.reply(order.delivery, number)
            return self.order_of(code)

    def order_of(self, code: str) -> Order:
        """The order with this code. Raises DeskError for a code that is none, or of a box that is not this grower's."""
        found = read_code(code)
        if found is None:
            raise DeskError("bad_code", f"{code[:80]!r} is no code of a box")
        for order in self.view().orders:
            if order.code == found[1]:
                return order
        raise DeskError("unknown_code", f"{found[1]} is not one of your boxes")

    def take_letter(self, delivery: int, sealed: bytes) -> str:
        """Keep a letter that came by itself; the box's tracking number, since only its buyer can have sent it.

        "" while it has none. Raises LetterError when it is not right.
        """
        with self._lock:
            known = {each.delivery: each for each in self.orchards.deliveries()}.get(delivery)
            if known is None:
                raise LetterError("unknown", f"delivery {delivery} is not known here yet; send it again in a minute")
            self.mail.take(known, sealed)
            return self._told(known)

    def take_reason(self, delivery: int, sealed: bytes) -> str:
        """Keep what a buyer says is wrong, which came by itself; "". Raises LetterError when it is not right."""
        with self._lock:
            known = {each.delivery: each for each in self.orchards.deliveries()}.get(delivery)
            if known is None:
                raise LetterError("unknown", f"delivery {delivery} is not known here yet; send it again in a minute")
            self.mail.take_reason(known, sealed)
            return ""

    def _order(self, fact: Delivery, plot: Plot, now_secs: int, wrong: Mapping[int, str]) -> Order:
        address, letter = None, "erased"
        if fact.state not in ENDED:
            letter = "wrong" if fact.delivery in wrong else "missing"
            try:
                address = self.mail.address(fact)
            except LetterError:
                letter = "wrong"
            if address is not None:
                letter = "ready"
        lines = tuple(
            OrderLine(tree=(tree & TREE_MASK) + 1, quantity=quantity, grams=quantity * plot.grams_per_fruit)
            for tree, quantity in fact.fruits
        )
        return Order(
            delivery=fact.delivery, code=code_of(fact), state=fact.state, to_do=to_do(fact, now_secs),
            act_by_secs=fact.act_by_secs, day=day_of(fact.act_by_secs), route=route_of(address), plot=fact.plot,
            variety=plot.variety, buyer=fact.buyer, lines=lines, quantity=sum(line.quantity for line in lines),
            grams=sum(line.grams for line in lines), value_wei=fact.value_wei, letter=letter, address=address,
            tracking=self._told(fact), reason=self._reason(fact),
        )  # fmt: skip

    def _reason(self, fact: Delivery) -> str:
        try:
            return self.mail.reason(fact)
        except LetterError:
            return ""

    def _told(self, fact: Delivery) -> str:
        """The tracking number whose hash the chain has."""
        tracking = self._tracking.of(fact.delivery)
        return tracking if sha256(tracking.encode()).digest() == fact.tracking_sha256 else ""


class DeskError(GameError):
    """What cannot be done at the desk; `reason` says why."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def to_do(delivery: Delivery, now_secs: int) -> str:
    """What a delivery waits for, one of TO_DO."""
    if delivery.state in ENDED:
        return "done"
    over = now_secs > delivery.act_by_secs
    if delivery.state == "shipped":
        return "claim" if over else "wait"
    if delivery.state == "answered":
        return "split" if over else "wait"
    return "late" if over else {"opened": "pack", "accepted": "ship", "disputed": "answer"}[delivery.state]


def route_of(address: PostalAddress | None) -> str:
    """Boxes of one route go together: those of one country and zone; "" without an address."""
    return f"{address.country} {zone_of(address)}".strip() if address is not None else ""


def zone_of(address: PostalAddress) -> str:
    """The postcode's first part: its outward half where it has two, else its first letters."""
    head, _, tail = address.postcode.upper().partition(" ")
    return head if tail else head[:ROUTE_LETTERS]


def day_of(secs: int) -> str:
    """The local day of a time, as an ISO date; "" for 0."""
    return datetime.fromtimestamp(secs).date().isoformat() if secs else ""


def batches(orders: Sequence[Order]) -> list[tuple[str, str, list[Order]]]:
    """Orders by day and route: (day, route, orders), the earliest day first, orders without a letter last in theirs."""
    groups: dict[tuple[str, str], list[Order]] = {}
    for order in orders:
        groups.setdefault((order.day, order.route), []).append(order)
    ranked = sorted(groups.items(), key=lambda each: (each[0][0] or date.max.isoformat(), not each[0][1], each[0][1]))
    return [(day, route, sorted(some, key=lambda order: order.delivery)) for (day, route), some in ranked]


def _urgency(order: Order) -> tuple[int, int, str, int]:
    ended = order.state in ENDED
    return (ended, -order.delivery if ended else order.act_by_secs, order.route, order.delivery)


def _money(deliveries: Iterable[Delivery], credit_wei: Wei) -> Money:
    earned = escrow = refunded = 0
    for each in deliveries:
        if each.state not in ENDED:
            escrow += each.value_wei
            continue
        share = {"paid": each.value_wei, "split": each.value_wei // 2, "refunded": 0}[each.state]
        earned += share
        refunded += each.value_wei - share
    return Money(
        earned_wei=Wei(earned), escrow_wei=Wei(escrow), refunded_wei=Wei(refunded), credit_wei=credit_wei
    )


class _Tracking:
    """The carriers' numbers by delivery, in a file; the chain has their hashes alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.numbers = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            self.numbers = {}
        except msgspec.MsgspecError as error:
            raise GameError(f"{path} is damaged ({error}); put a copy of it back, or move it away") from None

    def of(self, delivery: int) -> str:
        return self.numbers.get(str(delivery), "")

    def keep(self, delivery: int, number: str) -> None:
        numbers = self.numbers | {str(delivery): number}
        write_whole(self.path, msgspec.json.encode(numbers))
        self.numbers = numbers
