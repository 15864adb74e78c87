"""The orchard behind the market's desk: does what players and growers ask of it, and tells what its logs add up to."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct

from chain.calls import Calls, next_block_tag
from chain.deploy import Deployment
from chain.earnings import Earnings
from chain.errors import ChainError, RefusalError
from chain.journal import Entry, Journal
from chain.ledger import Ledger
from chain.orchard_book import OrchardBook, life_rows
from chain.orchard_calls import OrchardAct, call_of, ordered_by, reveal_call
from chain.rpc import Rpc
from chain.words import call_data
from game.core.ids import Address, OrderId
from game.core.orchard_ports import (
    Can,
    Delivery,
    FollowOrchard,
    FruitHeld,
    LifeEvent,
    LifeTold,
    OrchardRequest,
    OrchardTold,
    Plot,
    ReadLife,
    TreeFact,
)
from game.core.ports import FINAL_STATES, Refused, Update

TELL_SECS = 30  # at least so often, once followed: trees grow and the can fills by time alone
KIND, REVEAL = "orchard", "reveal"  # of journal entries

_Fact = TypeVar("_Fact", Plot, TreeFact, Delivery)


class _Told(Struct, frozen=False, kw_only=True):
    """What the game was told last, so that only what changed is told again."""

    plots: dict[int, Plot] = {}
    trees: dict[int, TreeFact] = {}
    deliveries: dict[int, Delivery] = {}
    fruit: tuple[FruitHeld, ...] | None = None
    can: Can | None = None
    now_secs: int = 0


class Orchards:
    """One account's doings in the orchard of one chain."""

    def __init__(
        self,
        rpc: Rpc,
        deployment: Deployment,
        calls: Calls,
        journal: Journal,
        ledger: Ledger,
        earnings: Earnings,
        *,
        account: Address,
        chain: str,
        now_secs: Callable[[], int],
        say: Callable[[Update], None],
    ) -> None:
        self._rpc = rpc
        self._deployment = deployment
        self._calls = calls
        self._journal = journal
        self._ledger = ledger
        self._earnings = earnings
        self._account = account
        self._chain = chain
        self._now_secs = now_secs
        self._say = say
        self._book = None if deployment.orchard is None else OrchardBook(ledger, deployment.orchard)
        self._follows = False
        self._told = _Told()
        self._tag = ""
        self._looked_at: tuple[int, bytes] | None = None  # the newest block in which grafts were looked at

    # --- asking --------------------------------------------------------------------------------------------------

    def serve(self, request: OrchardRequest) -> bool:
        """Answer a request, with the ledger up to date; True when a transaction was drafted for it and is to be sent.

        Raises RefusalError with the reason when it can't be done.
        """
        book = self._there()
        match request:
            case FollowOrchard():
                self._follows = True
                self._told = _Told()
                self._tell(request.request_id)
            case ReadLife():
                self._tell_life(book, request)
            case _:
                return self._draft(book, request)
        return False

    def _there(self) -> OrchardBook:
        if self._book is None:
            raise RefusalError("no_orchard_there", "no orchard was deployed on this chain")
        self._book.read_on()
        return self._book

    def _draft(self, book: OrchardBook, act: OrchardAct) -> bool:
        known = self._calls.known(act.request_id, KIND)
        asked = call_of(act, book, self._deployment, self._account)
        if known is None:
            self._calls.draft(
                act.request_id, KIND, asked.to, asked.data, value_wei=asked.value_wei, tag=self._next_block(),
                ordered=ordered_by(act, book), price_wei=asked.value_wei,
            )  # fmt: skip
        elif known.call is None or known.call.data != asked.data:
            raise RefusalError("order_unknown", "the request's id belongs to another thing that was done; ask again")
        return True  # what was signed before only tells where it is

    def reveal_due(self) -> OrderId | None:
        """A drafted transaction that looks at what came of a graft of the player's; None when there is none to send."""
        tip = self._ledger.tip()
        if self._book is None or tip == self._looked_at:
            return None
        self._looked_at = tip
        self._book.read_on()
        under_way = {entry.tree for entry in self._journal.in_flight(self._chain) if entry.kind == REVEAL}
        for tree in self._book.grafts_to_reveal(self._account):
            if tree not in under_way and tip is not None:
                order_id = f"reveal_{tree}_{tip[0]}"
                asked = reveal_call(self._deployment, tree)
                self._calls.draft(order_id, REVEAL, asked.to, asked.data, tag=self._next_block(), tree=tree)
                return OrderId(order_id)
        return None

    def _next_block(self) -> str:
        if not self._tag:
            self._tag = next_block_tag(self._rpc)
        return self._tag

    # --- telling -------------------------------------------------------------------------------------------------

    def told(self, entry: Entry) -> None:
        """Tell how a transaction of the player's went, once it has; what it changed stands in the facts."""
        if entry.kind == REVEAL:
            return  # nobody asked for it: the tree's variety tells
        if entry.state == "final":
            self._tell(entry.order_id)
        elif entry.state in FINAL_STATES:
            self._say(Refused(request_id=entry.order_id, reason=entry.reason, detail=entry.detail))

    def forget_told(self) -> None:
        """Tell everything anew at the next change."""
        self._told = _Told()

    def tell_changes(self) -> None:
        """Tell what is otherwise than it was told last, where the game follows."""
        if self._follows and self._book is not None:
            self._tell("")

    def tell_in_time(self) -> None:
        """Tell the time, and what changes by time alone, now and then."""
        if self._follows and self._now_secs() >= self._told.now_secs + TELL_SECS:
            self._tell("", by_time=True)

    def _tell(self, request_id: str, *, by_time: bool = False) -> None:
        book, told = self._there(), self._told
        plots = _changed(book.plots.values(), told.plots, lambda plot: plot.plot)
        trees = _changed(book.tree_facts(), told.trees, lambda fact: fact.tree)
        deliveries = _changed(book.deliveries_of(self._account), told.deliveries, lambda box: box.delivery)
        fruit = book.held_by(self._account)
        can = self._can()
        news = plots or trees or deliveries or fruit != told.fruit or can != told.can
        if not (news or request_id or by_time):
            return
        now_secs = max(self._now_secs(), told.now_secs)
        self._say(
            OrchardTold(
                now_secs=now_secs, plots=plots, trees=trees, can=can if can != told.can else None,
                fruit=fruit if fruit != told.fruit else None, deliveries=deliveries, request_id=request_id,
            )
        )  # fmt: skip
        # only now: what raises before, as a node that is slow may, leaves everything to be told the next time
        told.plots.update((plot.plot, plot) for plot in plots)
        told.trees.update((fact.tree, fact) for fact in trees)
        told.deliveries.update((box.delivery, box) for box in deliveries)
        told.fruit, told.can, told.now_secs = fruit, can, now_secs

    def _can(self) -> Can:
        """The player's can as a transaction sent now would find it."""
        orchard = self._deployment.orchard
        call = {"to": orchard, "data": "0x" + call_data("canOf(address)", self._account).hex()}
        words = bytes.fromhex(self._rpc.call("eth_call", call, self._next_block())[2:])
        if len(words) != 64:
            raise ChainError(f"the orchard at {orchard} tells no can: {len(words)} bytes")
        return Can(drops=int.from_bytes(words[:32], "big"), steps_left_today=int.from_bytes(words[32:], "big"))

    def _tell_life(self, book: OrchardBook, request: ReadLife) -> None:
        plot = book.plots.get(request.tree >> 16)
        if plot is None or request.tree & 0xFFFF >= plot.trees:
            raise RefusalError("no_such_tree", f"there is no tree {request.tree}")
        rows = life_rows(self._ledger, request.tree)
        times = self._earnings.times_of({row.block_hash: row.block for row, *_ in rows})
        events = tuple(
            LifeEvent(
                tree=request.tree, at_secs=times.get(row.block_hash, 0), by=by, what=what, quantity=quantity,
                block=row.block, tx_hash=row.tx_hash,
            )
            for row, what, by, quantity in rows
        )  # fmt: skip
        self._say(LifeTold(request_id=request.request_id, tree=request.tree, events=events))


def _changed(facts: Iterable[_Fact], told: dict[int, _Fact], number: Callable[[_Fact], int]) -> tuple[_Fact, ...]:
    """Those facts that differ from what was told."""
    return tuple(fact for fact in facts if told.get(number(fact)) != fact)
