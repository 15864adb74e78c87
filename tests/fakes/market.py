"""A market without a chain: deterministic, in memory, the same protocol and the same refusals as the real one.

Several players may share one `FakeChain`. For tests of the interface a market can be made slow (`polls_per_update`),
cut off (`go_down`, `come_back`), made to refuse (`refuse_next`) or to leave an order hanging (`hang_at`).
"""

from collections import deque
from dataclasses import dataclass

import msgspec

from game.core.ids import Address, GoodId, OfferHash, OrderId, Wei
from game.core.ports import (
    FINAL_STATES,
    STEPS,
    Cancel,
    Confirm,
    Delisted,
    Discard,
    Down,
    History,
    Holdings,
    Line,
    Listed,
    OrderUpdate,
    PastOrder,
    Ping,
    Pong,
    Progress,
    Quote,
    Quoted,
    Ready,
    Recall,
    Refused,
    Request,
    Sell,
    Share,
    Stock,
    Update,
)
from tests.fakes.chain import (
    PURSE_WEI,
    FakeChain,
    FakeOffer,
    RefusalError,
    fake_address,
    fake_hash,
    fake_signed,
    fake_token,
    is_player,
    maker_address,
)
from tests.fakes.maker import FakeMaker

GAS_USED = 100_000
GAS_PRICE_WEI = 10**9
QUOTE_SECS = 600
STATES = ("signed", "sent", "included", "final")


@dataclass(slots=True)
class Draft:
    """A quoted order: which offers it fills and until when its figures hold."""

    quoted: Quoted
    fills: list[tuple[Line, OfferHash]]
    until_secs: int


class FakeMarket:
    """`game.core.ports.Market` over a FakeChain for one player."""

    def __init__(self, chain: FakeChain, player: str = "player", *, polls_per_update: int = 0) -> None:
        self.chain = chain
        self.account = fake_address(player)
        self.polls_per_update = polls_per_update
        self.hang_at = ""  # a state after which confirmed orders stay as they are
        self._out: deque[Update] = deque()
        self._polls = 0
        self._down = False
        self._refuse_next: str = ""
        self._drafts: dict[OrderId, Draft] = {}
        self._orders: dict[OrderId, OrderUpdate] = {}
        self._answered: dict[str, Update] = {}
        self._own: dict[OfferHash, Listed] = {}
        self._waiting: list[Request] = []
        self._closed_block = 0
        self.maker = FakeMaker(self)
        chain.balances.setdefault(self.account, PURSE_WEI)
        chain.owned.setdefault(self.account, {})

    def start(self) -> None:
        """Open: progress, Ready, the stock of every good, the player's holdings."""
        self._out.extend(Progress(step=step) for step in STEPS)
        self._say_ready()

    def submit(self, request: Request) -> None:
        """Hand over a request; its outcome comes back through `poll`."""
        if self._down:
            self._waiting.append(request)
            return
        try:
            self._serve(request)
        except RefusalError as refusal:
            self._refuse(request, refusal)

    def poll(self) -> list[Update]:
        """What happened since the last call; slow markets give one update every so many calls."""
        self._notice_others()
        if not self.polls_per_update:
            updates = list(self._out)
            self._out.clear()
            return updates
        self._polls += 1
        if self._polls % self.polls_per_update or not self._out:
            return []
        return [self._out.popleft()]

    def close(self) -> None:
        """Nothing to stop."""

    # --- for tests of the interface ------------------------------------------------------------------------------

    def go_down(self, reason: str = "node_unreachable") -> None:
        """Cut the market off; requests wait until `come_back`."""
        self._down = True
        self._out.append(Down(reason=reason))

    def come_back(self) -> None:
        """Open again and serve what waited."""
        self._down = False
        self._say_ready()
        waiting, self._waiting = self._waiting, []
        for request in waiting:
            self.submit(request)

    def refuse_next(self, reason: str) -> None:
        """Refuse the next request for `reason`, whatever it is."""
        self._refuse_next = reason

    def settle(self, order_id: OrderId, state: str, *, reason: str = "", money_moved: bool | None = False) -> None:
        """End a hanging order in `state`; "final" delivers it."""
        order = self._orders[order_id]
        if state == "final":
            self._deliver(order_id)
        else:
            self._order(msgspec.structs.replace(order, state=state, reason=reason, money_moved=money_moved))

    # --- serving -------------------------------------------------------------------------------------------------

    def _serve(self, request: Request) -> None:
        if self._refuse_next:
            reason, self._refuse_next = self._refuse_next, ""
            raise RefusalError(reason)
        match request:
            case Quote():
                self._quote(request)
            case Confirm(order_id=order_id):
                self._confirm(order_id)
            case Discard(order_id=order_id):
                self._drafts.pop(order_id, None)
            case Sell():
                self._sell(request)
            case Cancel() if self.maker.made(request.offer):
                self.maker.cancel(request)
            case Cancel():
                self._cancel(request)
            case Ping():
                self._out.append(Pong(round_trip_ms=0.5))
            case Recall():
                kept = self.chain.journals.get(self.account, {})
                orders = reversed(kept.values())
                self._out.append(History(orders=tuple(orders)))
            case _:
                self.maker.serve(request)

    def _refuse(self, request: Request, refusal: RefusalError) -> None:
        match request:
            case Quote(order_id=order_id) | Confirm(order_id=order_id):
                self._drafts.pop(order_id, None)
                self._order(
                    OrderUpdate(order_id=order_id, state="refused", reason=refusal.reason, detail=refusal.detail)
                )
            case _:
                request_id = getattr(request, "request_id", "")
                self._answer(request_id, Refused(request_id=request_id, reason=refusal.reason, detail=refusal.detail))

    def _quote(self, request: Quote) -> None:
        known = self._orders.get(request.order_id)
        if known is not None:
            if any(line not in request.lines for line in known.lines):  # another basket under a used id
                known = OrderUpdate(order_id=request.order_id, state="refused", reason="order_unknown")
            self._out.append(known)
            return
        fills: list[tuple[Line, OfferHash]] = []
        skipped: list[GoodId] = []
        taken: dict[OfferHash, int] = {}
        for line in request.lines:
            try:
                offer = self._offer_for(line, taken)
            except RefusalError as refusal:
                if refusal.reason == "sold_out" and request.best_effort:
                    skipped.append(line.good_id)
                    continue
                raise
            taken[offer] = taken.get(offer, 0) + line.quantity
            fills.append((line, offer))
        if not fills:
            raise RefusalError("sold_out")
        shares = tuple(share for line, offer in fills for share in self._shares(line, self.chain.offers[offer]))
        now_secs = self.chain.now_secs
        price = sum(line.quantity * self.chain.offers[offer].unit_price_wei(now_secs) for line, offer in fills)
        gas = GAS_USED * GAS_PRICE_WEI
        left = self.chain.balances[self.account] - price - gas
        if left < 0:
            raise RefusalError("not_enough_money", f"{-left} wei are missing")
        quoted = Quoted(
            order_id=request.order_id,
            lines=tuple(line for line, _ in fills),
            price_wei=Wei(price),
            gas_wei=Wei(gas),
            shares=shares,
            balance_after_wei=Wei(left),
            skipped=tuple(skipped),
        )
        self._drafts[request.order_id] = Draft(quoted, fills, self.chain.now_secs + QUOTE_SECS)
        self._out.append(quoted)

    def _offer_for(self, line: Line, taken: dict[OfferHash, int]) -> OfferHash:
        if line.quantity < 1:
            raise RefusalError("bad_quantity")
        terms = self.chain.terms(line.good_id)
        if terms is None or not self.maker.knows(line.good_id):
            raise RefusalError("offer_unknown", f"{line.good_id} is not for sale")
        if line.place_id is not None and line.good_id not in self.maker.displays(line.place_id):
            raise RefusalError("not_on_display")
        candidates = [line.offer] if line.offer is not None else self._open_offers(line.good_id)
        refusal = RefusalError("offer_unknown")
        for ident in candidates:
            offer = self.chain.offers.get(ident)
            if offer is None or offer.good_id != line.good_id:
                raise RefusalError("offer_unknown")
            state = self.chain.state(ident)
            if state != "open":
                refusal = RefusalError(state if state == "sold_out" else f"offer_{state}")
            elif offer.seller == self.account:
                refusal = RefusalError("own_offer")
            elif self.chain.left(ident) - taken.get(ident, 0) >= line.quantity:
                return ident
            else:
                refusal = RefusalError("sold_out")
        raise refusal

    def _open_offers(self, good_id: GoodId) -> list[OfferHash]:
        """Offers that are known here, the best last, so that its refusal is the one that is told."""
        chain = self.chain
        resale = [
            (offer.start_price_wei, ident)
            for ident, offer in chain.offers.items()
            if offer.good_id == good_id and not offer.primary and not offer.cancelled and offer.seller != self.account
        ]
        made = self.maker.primaries(good_id)
        resold = [ident for _, ident in sorted(resale)]
        stands = any(chain.state(ident) == "open" and chain.offers[ident].seller != self.account for ident in made)
        return [*made, *resold] if stands else [*resold, *reversed(made)]

    def _shares(self, line: Line, offer: FakeOffer) -> list[Share]:
        terms = self.chain.terms(line.good_id)
        assert terms is not None
        price = line.quantity * offer.unit_price_wei(self.chain.now_secs)
        creator = 0 if offer.primary else price * terms.royalty_bps // 10_000
        owner, keeper = self.maker.paid_in(line.place_id)
        room = price * offer.room_share_bps // 10_000 if owner is not None else 0
        maker = maker_address(terms)
        named = None if is_player(terms.maker) else terms.maker
        seller = named if offer.primary else None
        shares = [Share(role="seller", to=offer.seller, wei=Wei(price - creator - room), who=seller)]
        if creator:
            shares.append(Share(role="creator", to=maker, wei=Wei(creator), who=named))
        if owner is not None and room:
            shares.append(Share(role="room", to=owner, wei=Wei(room), who=keeper))
        return shares

    def _confirm(self, order_id: OrderId) -> None:
        if order_id in self._orders:
            self._out.append(self._orders[order_id])
            return
        draft = self._drafts.get(order_id)
        if draft is None:
            raise RefusalError("order_unknown")
        if self.chain.now_secs > draft.until_secs:
            raise RefusalError("quote_outdated")
        taken: dict[OfferHash, int] = {}
        for line, offer in draft.fills:
            self._offer_for(msgspec.structs.replace(line, offer=offer), taken)
            taken[offer] = taken.get(offer, 0) + line.quantity
        if self.chain.balances[self.account] < draft.quoted.price_wei + draft.quoted.gas_wei:
            raise RefusalError("not_enough_money")
        for state in STATES:
            if state == "included":
                self._deliver(order_id)
                break
            self._order(
                OrderUpdate(
                    order_id=order_id,
                    state=state,
                    lines=draft.quoted.lines,
                    price_wei=draft.quoted.price_wei,
                    tx_hash=fake_hash("tx", self.account, order_id),
                    money_moved=None,
                )
            )
            if state == self.hang_at:
                break

    def _deliver(self, order_id: OrderId) -> None:
        draft = self._drafts.pop(order_id)
        chain, quoted = self.chain, draft.quoted
        chain.block += 1
        gas = GAS_USED * GAS_PRICE_WEI
        chain.balances[self.account] -= quoted.price_wei + gas
        for line, ident in draft.fills:
            offer = chain.offers[ident]
            chain.books.sold(
                line, self._shares(line, offer), buyer=self.account, block=chain.block, at_secs=chain.now_secs,
                tx_hash=fake_hash("tx", self.account, order_id), room=self.maker.room_of(line.place_id, offer),
            )  # fmt: skip
            offer.units[0] -= line.quantity
            if not offer.primary:
                chain.owned[offer.seller][line.good_id] -= line.quantity
            chain.owned[self.account][line.good_id] = self._owned_by(self.account, line.good_id) + line.quantity
        done = OrderUpdate(
            order_id=order_id,
            state="included",
            lines=quoted.lines,
            price_wei=quoted.price_wei,
            tx_hash=fake_hash("tx", self.account, order_id),
            block=chain.block,
            gas_used=GAS_USED,
            gas_wei=Wei(gas),
            shares=quoted.shares,
            money_moved=True,
        )
        self._order(done)
        self.say_state()
        self._order(msgspec.structs.replace(done, state="final"))

    def _sell(self, request: Sell) -> None:
        if request.request_id in self._answered:
            answered = self._answered[request.request_id]
            if isinstance(answered, Listed) and answered.good_id != request.good_id:
                raise RefusalError("already_listed")
            self._out.append(answered)
            return
        listed = sum(item.quantity for item in self._own.values() if item.good_id == request.good_id)
        if request.quantity < 1 or request.unit_price_wei < 1:
            raise RefusalError("bad_quantity")
        owned = self._owned_by(self.account, request.good_id)
        if owned < request.quantity:
            raise RefusalError("not_owned")
        if owned < request.quantity + listed:
            raise RefusalError("already_listed")
        ident = OfferHash(fake_hash("resale", self.account, request.request_id))
        self.chain.offers[ident] = FakeOffer(
            seller=self.account,
            good_id=request.good_id,
            units=[request.quantity],
            start_price_wei=request.unit_price_wei,
            room_share_bps=request.room_share_bps,
            primary=False,
        )
        listed_now = Listed(
            request_id=request.request_id,
            offer=ident,
            good_id=request.good_id,
            quantity=request.quantity,
            unit_price_wei=request.unit_price_wei,
            room_share_bps=request.room_share_bps,
            signed=fake_signed(ident),
        )
        self._own[ident] = listed_now
        self._answer(request.request_id, listed_now)

    def _cancel(self, request: Cancel) -> None:
        if request.request_id in self._answered:
            self._out.append(self._answered[request.request_id])
            return
        listed = self._own.pop(request.offer, None)
        if listed is None:
            raise RefusalError("offer_unknown")
        self.chain.offers[request.offer].cancelled = True
        self.chain.block += 1
        self.chain.balances[self.account] -= GAS_USED * GAS_PRICE_WEI
        self._answer(
            request.request_id,
            Delisted(request_id=request.request_id, offer=request.offer, good_id=listed.good_id),
        )
        self.say_state()

    # --- telling -------------------------------------------------------------------------------------------------

    def _order(self, update: OrderUpdate) -> None:
        if update.state in FINAL_STATES or update.tx_hash:
            self._orders[update.order_id] = update
        self._journal(update)
        self._out.append(update)

    def _journal(self, update: OrderUpdate) -> None:
        journal = self.chain.journals.setdefault(self.account, {})
        known = journal.get(update.order_id)
        journal[update.order_id] = PastOrder(
            order_id=update.order_id,
            at_secs=known.at_secs if known is not None else self.chain.now_secs,
            state=update.state,
            lines=update.lines or (known.lines if known is not None else ()),
            price_wei=update.price_wei,
            gas_wei=update.gas_wei,
            shares=update.shares,
            chain_id=31337,
            tx_hash=update.tx_hash,
            block=update.block,
            reason=update.reason,
            money_moved=update.money_moved,
        )

    def say(self, update: Update) -> None:
        """Tell the player something."""
        self._out.append(update)

    def _answer(self, request_id: str, update: Update) -> None:
        self._answered[request_id] = update
        self._out.append(update)

    def _say_ready(self) -> None:
        self._out.append(
            Ready(
                node_kind="embedded",
                chain_id=31337,
                account=self.account,
                balance_wei=Wei(self.chain.balances[self.account]),
                play_money=True,
            )
        )
        self.say_state()
        self._out.extend(self._own.values())
        self.maker.say_opening()

    def say_state(self) -> None:
        """Tell stock and holdings."""
        for good in self.chain.catalogue.goods:
            self._out.append(
                Stock(
                    good_id=good.good_id,
                    token_id=fake_token(good.good_id),
                    left=self.chain.offers[self.chain.primary[good.good_id]].units[0],
                    unit_price_wei=good.price_wei,
                    room_share_bps=good.room_share_bps,
                )
            )
        self._out.append(
            Holdings(
                goods={good: n for good, n in self.chain.owned[self.account].items() if n},
                balance_wei=Wei(self.chain.balances[self.account]),
                block=self.chain.block,
            )
        )
        self._closed_block = self.chain.block
        self.maker.say_changes()

    def _notice_others(self) -> None:
        """Tell what other players' blocks changed: stock, holdings, own offers that were filled."""
        if self._down or self._closed_block in (0, self.chain.block):
            return
        for ident, listed in list(self._own.items()):
            if self.chain.offers[ident].units[0] == 0 or self.chain.offers[ident].cancelled:
                del self._own[ident]
                self._out.append(Delisted(request_id=listed.request_id, offer=ident, good_id=listed.good_id))
        self.say_state()

    def _owned_by(self, account: Address, good_id: GoodId) -> int:
        return self.chain.owned.get(account, {}).get(good_id, 0)
