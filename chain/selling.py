"""The player as a seller: signs resale offers, withdraws offers of all kinds, tells which resale offers stand."""

from collections.abc import Callable

from chain.calls import Calls
from chain.deploy import Deployment
from chain.errors import RefusalError
from chain.fills import cancel_data
from chain.journal import Entry, Journal
from chain.ledger import Ledger
from chain.made import MadeOffers
from chain.offers import Offer, SignedOffer, pack_offer, sign_offer
from chain.resale import ResaleFile
from chain.rpc import Rpc
from chain.shop import KnownGood, Shop
from chain.wallet import Wallet
from chain.words import call_data
from game.core.ids import GoodId, OfferHash
from game.core.ports import FINAL_STATES, Cancel, Delisted, Listed, Refused, Sell, Update

BPS = 10_000


class Selling:
    """One wallet's offers on one chain."""

    def __init__(
        self,
        rpc: Rpc,
        deployment: Deployment,
        wallet: Wallet,
        journal: Journal,
        calls: Calls,
        ledger: Ledger,
        shop: Shop,
        made: MadeOffers,
        *,
        domain: bytes,
        chain: str,
        free_serial: Callable[[], int],
        now_secs: Callable[[], int],
        say: Callable[[Update], None],
    ) -> None:
        self._rpc = rpc
        self._deployment = deployment
        self._wallet = wallet
        self._journal = journal
        self._calls = calls
        self._made = made
        self._free_serial = free_serial
        self._ledger = ledger
        self._shop = shop
        self._resale = shop.resale
        self._domain = domain
        self._chain = chain
        self._now_secs = now_secs
        self._say = say
        self._told: dict[OfferHash, tuple[str, GoodId]] = {}  # own open offers that the game knows, by whose request

    # --- offering ------------------------------------------------------------------------------------------------

    def sell(self, request: Sell) -> None:
        """Sign an offer and tell it; asked a second time, tell it again. The ledger must be up to date.

        Raises RefusalError with the reason when it can't be offered.
        """
        good = self._shop.goods.get(request.good_id)
        for file in self._own_files():
            if file.request_id == request.request_id:
                if good is None or file.signed.offer.good != good.token_id:
                    raise RefusalError("already_listed", "the request's id belongs to another offer; ask again")
                left = file.signed.offer.quantity - self._ledger.sold_of(file.signed.hash)
                self._say(self._listing(file, request.good_id, left))
                return
        if request.quantity < 1 or not 1 <= request.unit_price_wei < 2**128 or not 0 <= request.room_share_bps <= BPS:
            raise RefusalError("bad_quantity", "a resale needs units, a price, and a share of at most 100 %")
        owned = self._shop.holdings().get(request.good_id, 0)
        if good is None or owned < request.quantity:
            raise RefusalError("not_owned", f"{owned} owned, {request.quantity} to be sold")
        own = self._shop.open_own(now_secs=self._now_secs())
        offered = sum(left for _, good_id, left in own if good_id == request.good_id)
        if owned < offered + request.quantity:
            raise RefusalError("already_listed", f"{offered} of {owned} are offered already")
        if good.terms.royalty_bps + request.room_share_bps > BPS:
            raise RefusalError("bad_quantity", "royalty and room share together exceed the price")
        with self._made.locked():  # so that no other game of this home takes the serial
            signed = sign_offer(self._offer(request, good), domain=self._domain, key=self._wallet.key)
            self._resale.keep(ResaleFile(request_id=request.request_id, market=self._deployment.market, signed=signed))
        self.tell_changes()

    def _offer(self, request: Sell, good: KnownGood) -> Offer:
        return Offer(
            seller=self._wallet.address,
            good=good.token_id,
            start_price_wei=request.unit_price_wei,
            end_price_wei=request.unit_price_wei,
            quantity=request.quantity,
            room_share_bps=request.room_share_bps,
            primary=False,
            start=0,
            counter=int(self._ask("counterOf(address)", self._wallet.address), 16),
            serial=self._free_serial(),
        )

    def _own_files(self) -> list[ResaleFile]:
        return [file for file in self._resale.all() if file.signed.offer.seller == self._wallet.address]

    def _ask(self, signature: str, *values: int | str) -> str:
        request = {"to": self._deployment.market, "data": "0x" + call_data(signature, *values).hex()}
        return str(self._rpc.call("eth_call", request, "latest"))

    # --- withdrawing ---------------------------------------------------------------------------------------------

    def draft_withdrawal(self, request: Cancel) -> bool:
        """Journal the transaction that withdraws an offer; False when there is nothing to send, and all is told.

        Raises RefusalError with the reason when it can't be withdrawn.
        """
        known = self._calls.known(request.request_id, "cancel")
        if known is not None:
            if known.offer != request.offer:
                raise RefusalError("offer_unknown", "the request's id belongs to an earlier order; ask again")
            return True  # confirming it again only tells where it is
        own = self._own(request.offer)
        if own is None:
            raise RefusalError("offer_unknown", "only one's own offers can be withdrawn")
        signed, good_id = own
        if good_id is None:
            raise RefusalError("offer_unknown", "its good is not in the catalogue")
        state, _ = self._shop.state_of(signed, self._shop.goods[good_id], self._now_secs())
        if state in ("cancelled", "expired") or signed.offer.quantity <= self._ledger.sold_of(signed.hash):
            self._say(Delisted(request_id=request.request_id, offer=request.offer, good_id=good_id))
            return False
        self._calls.draft(
            request.request_id, "cancel", self._deployment.market, cancel_data(signed), offer=request.offer
        )
        return True

    def _own(self, offer: OfferHash) -> tuple[SignedOffer, GoodId | None] | None:
        """One of the player's own offers with its good, for resale or of new units."""
        file = self._resale.get(offer)
        if file is not None:
            mine = file.signed.offer.seller == self._wallet.address
            return (file.signed, self._shop.good_id(file.signed.offer.good)) if mine else None
        made = self._made.find(offer)
        return None if made is None else (made[1], made[0])

    # --- telling -------------------------------------------------------------------------------------------------

    def forget_told(self) -> None:
        """Tell everything anew at the next change."""
        self._told.clear()

    def tell_changes(self) -> None:
        """Tell of own offers that stand since the last time, and of those that no longer do."""
        standing = {file.signed.hash: (file, good_id, left) for file, good_id, left in
                    self._shop.open_own(now_secs=self._now_secs())}  # fmt: skip
        withdrawn = {entry.offer for entry in self._journal.in_flight(self._chain) if entry.kind == "cancel"}
        for offer, (request_id, good_id) in list(self._told.items()):
            if offer not in standing and offer not in withdrawn:
                del self._told[offer]
                self._say(Delisted(request_id=request_id, offer=offer, good_id=good_id))
        for offer, (file, good_id, left) in standing.items():
            if offer not in self._told:
                self._told[offer] = (file.request_id, good_id)
                self._say(self._listing(file, good_id, left))

    def tell_withdrawal(self, entry: Entry) -> None:
        """Tell how a withdrawal ended, once it has."""
        offer = OfferHash(entry.offer)
        if entry.state == "final":
            own = self._own(offer)
            self._told.pop(offer, None)
            if own is not None and own[1] is not None:
                self._say(Delisted(request_id=entry.order_id, offer=offer, good_id=own[1]))
        elif entry.state in FINAL_STATES:
            self._say(Refused(request_id=entry.order_id, reason=entry.reason, detail=entry.detail))

    def _listing(self, file: ResaleFile, good_id: GoodId, left: int) -> Listed:
        return Listed(
            request_id=file.request_id,
            offer=file.signed.hash,
            good_id=good_id,
            quantity=left,
            unit_price_wei=file.signed.offer.start_price_wei,
            room_share_bps=file.signed.offer.room_share_bps,
            signed=pack_offer(
                file.signed, chain_id=self._deployment.chain_id, market=self._deployment.market
            ),
        )
