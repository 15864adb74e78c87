"""The player as a maker: signs offers for new units of their own goods, and changes or voids them.

A tally on the chain counts what was sold under a serial, whatever the price (see docs/adr). So an offer that is for no
buyer better than the new one may live on beside it under the same serial; any other is cancelled on the chain before
the new one is given to anybody.
"""

from collections.abc import Callable

import msgspec
from msgspec import Struct

from chain.calls import Calls
from chain.errors import ChainError, RefusalError
from chain.fills import cancel_data
from chain.goods_id import Terms, player_terms, token_id
from chain.journal import Entry
from chain.ledger import Ledger
from chain.made import MadeOffer, MadeOffers
from chain.offers import FOR_EVER, Offer, SignedOffer, pack_offer, sign_offer
from chain.rpc import Rpc
from chain.shop import Shop, unit_price_wei
from chain.wallet import Wallet
from chain.words import call_data
from game.core.ids import Address, GoodId, OfferHash, TokenId
from game.core.ports import FINAL_STATES, Delisted, GoodTerms, Refused, Update
from game.core.room_ports import AllCancelled, CancelAll, OfferSigned, Reprice, SignOffer

BPS = 10_000
STANDS = ("open", "not_open_yet")


class _Next(Struct, frozen=True, kw_only=True):
    """What is kept once the former offer is closed."""

    good: GoodTerms
    made: MadeOffer


class Making:
    """One wallet's offers as maker on one chain."""

    def __init__(
        self,
        rpc: Rpc,
        calls: Calls,
        made: MadeOffers,
        shop: Shop,
        ledger: Ledger,
        wallet: Wallet,
        *,
        market: Address,
        chain_id: int,
        domain: bytes,
        now_secs: Callable[[], int],
        say: Callable[[Update], None],
    ) -> None:
        self._rpc = rpc
        self._calls = calls
        self._made = made
        self._shop = shop
        self._ledger = ledger
        self._wallet = wallet
        self._market = market
        self._chain_id = chain_id
        self._domain = domain
        self._now_secs = now_secs
        self._say = say
        self._told: dict[GoodId, OfferHash] = {}  # open offers that the game knows
        for good, token, terms, offers in made.all():
            self._know(good, token, terms, offers)

    # --- signing -------------------------------------------------------------------------------------------------

    def sign(self, request: SignOffer) -> bool:
        """Sign an offer and tell it; True when a former one has to be cancelled first, which is drafted.

        The ledger must be up to date. Raises RefusalError with the reason when it can't be offered.
        """
        if self._calls.known(request.request_id, "reprice") is not None:
            return True  # confirming it again tells where it is
        with self._made.locked():
            asked = self._made.asked(request.request_id)
            if asked is not None:
                if asked[0] != request.terms.good_id:
                    raise RefusalError("already_listed", "the request's id belongs to another offer; ask again")
                self._tell_signed(*asked, request_id=request.request_id)
                return False
            offer, former = self._offer(request)
            replaced = tuple(signed.hash for signed in former)
            signed = sign_offer(offer, domain=self._domain, key=self._wallet.key)
            made = MadeOffer(request_id=request.request_id, signed=signed, replaced=replaced)
            closing = [old for old in former if old.offer.serial != offer.serial]
            if closing:
                after = msgspec.json.encode(_Next(good=request.terms, made=made))
                self._calls.draft(
                    request.request_id, "reprice", self._market, cancel_data(closing[0]), offer=closing[0].hash,
                    offers=replaced, signed=after,
                )  # fmt: skip
                return True
            self._keep(request.terms, made)
            self._tell_signed(request.terms.good_id, made, request_id=request.request_id)
        return False

    def reprice(self, request: Reprice) -> bool:
        """Sign for all that is left of a good at another price; True as `sign` says it."""
        good = next((good for good, *_ in self._made.all() if good.good_id == request.good_id), None)
        if good is None:
            raise RefusalError("offer_unknown", f"{request.good_id} was never offered from here")
        terms = msgspec.structs.replace(good, price_wei=request.price_wei)
        return self.sign(SignOffer(request_id=request.request_id, terms=terms))

    def _offer(self, request: SignOffer) -> tuple[Offer, list[SignedOffer]]:
        """The offer that is asked for, and the standing ones whose place it takes.

        It has their serial when they may live on, and one of its own when they must be closed before.
        """
        good, now_secs = request.terms, self._now_secs()
        token = self._check(request, now_secs)
        left = good.edition - self._ledger.minted(token)
        quantity = request.quantity or left
        if left < 1:
            raise RefusalError("sold_out", f"all {good.edition} exist already")
        if not 1 <= quantity <= left:
            raise RefusalError("terms_out_of_range", f"{quantity} units, of which {left} are left")
        moving = request.end_price_wei not in (None, good.price_wei)
        offer = Offer(
            seller=self._wallet.address,
            good=token,
            start_price_wei=good.price_wei,
            end_price_wei=request.end_price_wei if request.end_price_wei is not None else good.price_wei,
            quantity=quantity,
            room_share_bps=good.room_share_bps,
            primary=True,
            start=request.start_secs or (now_secs if moving else 0),
            expiry=request.expiry_secs or FOR_EVER,
            counter=int(self._ask("counterOf(address)", self._wallet.address), 16),
        )
        former = self.standing(good.good_id)
        serials = sorted({signed.offer.serial for signed in former})
        if len(serials) > 1:
            raise RefusalError("already_listed", "it is offered in several ways; take all offers back first")
        if serials:
            sold = int(self._ask("filled(address,uint64)", self._wallet.address, serials[0]), 16)
            beside = msgspec.structs.replace(offer, serial=serials[0], quantity=sold + quantity)
            if not any(is_better(old.offer, beside, now_secs) for old in former):
                return beside, former
        return msgspec.structs.replace(offer, serial=self.free_serial()), former

    def _check(self, request: SignOffer, now_secs: int) -> TokenId:
        good = request.terms
        if good.maker != str(self._wallet.address):
            raise RefusalError("not_owned", f"its maker is {good.maker}, not {self._wallet.address}")
        try:
            token = token_id(player_terms(good))
        except ChainError as error:
            raise RefusalError("offer_invalid", str(error)) from None
        prices = (good.price_wei, good.price_wei if request.end_price_wei is None else request.end_price_wei)
        if not all(1 <= price < 2**128 for price in prices) or not 0 <= good.room_share_bps <= BPS:
            raise RefusalError("terms_out_of_range", "an offer needs a price, and a share of at most 100 %")
        expiry = request.expiry_secs or FOR_EVER
        if not 0 <= request.start_secs < expiry <= FOR_EVER or expiry <= now_secs:
            raise RefusalError("terms_out_of_range", "an offer ends after it began, and not in the past")
        if prices[0] != prices[1] and not request.expiry_secs:
            raise RefusalError("terms_out_of_range", "a price that moves needs a day on which it has arrived")
        return token

    def standing(self, good_id: GoodId) -> list[SignedOffer]:
        """The player's offers of new units of a good that somebody could fill, now or later; oldest first."""
        known = self._shop.goods.get(good_id)
        if known is None:
            return []
        now_secs = self._now_secs()
        offers = [made.signed for made in self._made.offers_of(good_id)]
        return [signed for signed in offers if self._shop.state_of(signed, known, now_secs)[0] in STANDS]

    def free_serial(self) -> int:
        """The lowest serial after those of all own offers under which nothing was sold: neighbours share storage."""
        mine = [each.signed.offer.serial for *_, offers in self._made.all() for each in offers]
        mine += [
            file.signed.offer.serial for file in self._shop.resale.all()
            if file.signed.offer.seller == self._wallet.address
        ]  # fmt: skip
        serial = max(mine, default=-1) + 1
        while int(self._ask("filled(address,uint64)", self._wallet.address, serial), 16):
            serial += 1
        return serial

    def _keep(self, good: GoodTerms, made: MadeOffer) -> None:
        self._made.keep(good, made)
        terms = player_terms(good)
        self._know(good, token_id(terms), terms, self._made.offers_of(good.good_id))

    def _know(self, good: GoodTerms, token: TokenId, terms: Terms, offers: tuple[MadeOffer, ...]) -> None:
        signed = tuple(each.signed for each in offers)
        self._shop.know(good.good_id, token, terms, price_wei=good.price_wei, offers=signed)

    def _ask(self, signature: str, *values: int | str) -> str:
        request = {"to": self._market, "data": "0x" + call_data(signature, *values).hex()}
        return str(self._rpc.call("eth_call", request, "latest"))

    # --- voiding -------------------------------------------------------------------------------------------------

    def void_all(self, request: CancelAll, resales: list[OfferHash]) -> None:
        """Draft the transaction that voids every offer signed so far; `resales` are the standing ones for resale."""
        if self._calls.known(request.request_id, "cancel_all") is not None:
            return
        made = [signed.hash for good, *_ in self._made.all() for signed in self.standing(good.good_id)]
        self._calls.draft(
            request.request_id, "cancel_all", self._market, call_data("bumpCounter()"), offers=(*made, *resales)
        )

    # --- telling -------------------------------------------------------------------------------------------------

    def forget_told(self) -> None:
        """Tell everything anew at the next change."""
        self._told.clear()

    def tell_changes(self) -> None:
        """Tell of offers that stand since the last time, and of those that no longer do."""
        for good, *_ in self._made.all():
            good_id = good.good_id
            newest = self._made.offers_of(good_id)[-1]
            told = self._told.get(good_id)
            if any(signed.hash == newest.signed.hash for signed in self.standing(good_id)):
                if told != newest.signed.hash:
                    self._tell_signed(good_id, newest, request_id="")
            elif told is not None:
                del self._told[good_id]
                self._say(Delisted(request_id="", offer=told, good_id=good_id))

    def tell_repriced(self, entry: Entry) -> None:
        """Keep the new offer once the former is closed, and tell how it went.

        Kept as soon as the chain has the cancellation: so no kill can come between its end and the offer.
        """
        if entry.state in ("included", "final"):
            after = msgspec.json.decode(entry.signed, type=_Next)
            made = msgspec.structs.replace(after.made, gas_wei=entry.gas_wei)
            with self._made.locked():
                self._keep(after.good, made)
            if entry.state == "final":
                self._tell_signed(after.good.good_id, made, request_id=entry.order_id)
        elif entry.state in FINAL_STATES:
            self._say(Refused(request_id=entry.order_id, reason=entry.reason, detail=entry.detail))

    def tell_voided(self, entry: Entry) -> None:
        """Tell how voiding all offers went, once it has."""
        if entry.state == "final":
            self._told.clear()
            offers = tuple(OfferHash(offer) for offer in entry.offers)
            self._say(AllCancelled(request_id=entry.order_id, offers=offers, gas_wei=entry.gas_wei))
        elif entry.state in FINAL_STATES:
            self._say(Refused(request_id=entry.order_id, reason=entry.reason, detail=entry.detail))

    def _tell_signed(self, good_id: GoodId, made: MadeOffer, *, request_id: str) -> None:
        good, signed = self._shop.goods[good_id], made.signed
        self._told[good_id] = signed.hash
        self._say(
            OfferSigned(
                request_id=request_id,
                good_id=good_id,
                token_id=good.token_id,
                offer=signed.hash,
                signed=pack_offer(signed, chain_id=self._chain_id, market=self._market),
                quantity=self._shop.left(signed, good),
                price_wei=signed.offer.start_price_wei,
                end_price_wei=signed.offer.end_price_wei,
                room_share_bps=signed.offer.room_share_bps,
                expiry_secs=0 if signed.offer.expiry == FOR_EVER else signed.offer.expiry,
                replaced=made.replaced,
                gas_wei=made.gas_wei,
            )
        )


def is_better(old: Offer, new: Offer, now_secs: int) -> bool:
    """Whether `old` must be closed before `new` is given to anybody.

    That is so where it can be filled when the new one can't, is cheaper at any time, or gives a room more. Both prices
    are straight lines, so their ends decide. It is so too where one of them is for a part of the edition only: who has
    but a copy of one could not tell from the logs what was sold by the other under their common serial.
    """
    first, last = max(now_secs, old.start), old.expiry
    if new.start > first or new.expiry < last:
        return True
    if old.room_share_bps > new.room_share_bps or old.quantity != new.quantity:
        return True
    ends = {min(max(time, first), last) for time in (first, last, new.start, new.expiry)}
    return any(unit_price_wei(old, time) < unit_price_wei(new, time) for time in ends)

