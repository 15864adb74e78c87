"""What is for sale as the ledger tells it: which offer a line of a basket is filled from, how many units are left."""

import logging

from msgspec import Struct

from chain.errors import ChainError, RefusalError
from chain.fills import Fill
from chain.goods_id import Terms, is_player, player_terms, terms_of, token_id
from chain.keys import dev_address
from chain.ledger import Ledger, Sale
from chain.merkle import MerkleTree
from chain.offers import Offer, SignedOffer
from chain.resale import ResaleFile, ResaleOffers
from chain.seed import Street
from game.core.ids import Address, GoodId, MakerId, OfferHash, PlaceId, TokenId, Wei
from game.core.ports import Catalogue, GoodTerms, Line, Share, Stock
from game.core.room_ports import OfferStock

_STATES = {
    "offer_not_open_yet": "not_open_yet", "offer_expired": "expired", "offer_cancelled": "cancelled",
    "sold_out": "sold_out",
}  # fmt: skip


log = logging.getLogger(__name__)

GONE = ("sold_out", "offer_cancelled", "offer_expired")  # reasons for which a best-effort basket leaves a line out
PRICE_SECS = 5  # so often a price that moves by itself is told


class KnownGood(Struct, frozen=True, kw_only=True):
    """A good that can be named, with its maker's offers as far as they came here, oldest first."""

    token_id: TokenId
    terms: Terms
    price_wei: Wei  # where no offer tells it
    offers: tuple[SignedOffer, ...] = ()


class ShownRoom(Struct, frozen=True, kw_only=True):
    """A room whose goods can be bought; with `pays` False it has no share in what is found there."""

    room: int  # ERC-721 id
    displays: frozenset[TokenId]
    tree: MerkleTree
    pays: bool = True


class Shop:
    """Goods, rooms and offers that are known here, beside the ledger. Asks the chain nothing."""

    def __init__(
        self, catalogue: Catalogue, street: Street, ledger: Ledger, resale: ResaleOffers, *, account: Address
    ) -> None:
        self.resale = resale
        self.goods: dict[GoodId, KnownGood] = {}
        self.rooms: dict[PlaceId, ShownRoom] = {}
        self.told: dict[GoodId, None] = {}  # goods whose stock the game wants to hear of, in the order of their coming
        self.shown_offers: dict[OfferHash, GoodId] = {}  # offers that rooms brought: the game wants to hear of each
        self._ledger = ledger
        self._account = account
        self._good_ids: dict[TokenId, GoodId] = {}
        self._people: dict[str, MakerId] = {}
        for terms in catalogue.goods:
            if is_player(terms.maker):
                self._know_player_good(terms)
                continue
            good = street.goods.get(terms.good_id)
            there = good.terms if good is not None else terms_of(terms, dev_address(terms.maker))
            offers = (good.offer,) if good is not None else ()
            self._people[there.maker.lower()] = terms.maker
            self.know(terms.good_id, token_id(there), there, price_wei=terms.price_wei, offers=offers)
        for room in catalogue.rooms:
            if (street_room := street.rooms.get(room.place_id)) is not None:
                self._people[street_room.keeper.lower()] = room.keeper
                tree = MerkleTree(street_room.displays)
                self.rooms[room.place_id] = ShownRoom(
                    room=street_room.room, displays=frozenset(street_room.displays), tree=tree
                )

    def _know_player_good(self, good: GoodTerms) -> None:
        """A player's good that is at home here: held, shown and sold on; its maker's offers come with rooms."""
        try:
            terms = player_terms(good)
        except ChainError as error:
            log.warning("the good %s is left out: %s", good.good_id, error)
            return
        self.know(good.good_id, token_id(terms), terms, price_wei=good.price_wei, tell=False)

    def know(
        self,
        good_id: GoodId,
        token: TokenId,
        terms: Terms,
        *,
        price_wei: Wei,
        offers: tuple[SignedOffer, ...] = (),
        tell: bool = True,
    ) -> None:
        """Know a good, and offers of its maker's beside those known already. All must have been checked."""
        former = self.goods.get(good_id)
        known = former.offers if former is not None else ()
        fresh = tuple(offer for offer in offers if all(offer.hash != each.hash for each in known))
        if former is None or fresh:
            self.goods[good_id] = KnownGood(
                token_id=token, terms=terms, price_wei=price_wei, offers=(*known, *fresh)
            )
        self._good_ids[token] = good_id
        if tell:
            self.told[good_id] = None

    # --- reading -------------------------------------------------------------------------------------------------

    def good_id(self, token: TokenId) -> GoodId | None:
        """The game's name of a good on the chain."""
        return self._good_ids.get(token)

    def holdings(self) -> dict[GoodId, int]:
        """Goods that are known here and that the player owns."""
        return {
            good_id: units
            for token, units in self._ledger.holdings(self._account).items()
            if (good_id := self.good_id(token)) is not None
        }

    def stock(self, good_id: GoodId, *, now_secs: int) -> Stock:
        """How many units its maker can still sell: by the cheapest offer that stands, or why none does."""
        good = self.goods[good_id]
        signed = self.best_offer(good, now_secs)
        if signed is None:
            return Stock(
                good_id=good_id, token_id=good.token_id, left=0, unit_price_wei=good.price_wei, state="not_offered"
            )
        state, left = self.state_of(signed, good, now_secs)
        return Stock(
            good_id=good_id,
            token_id=good.token_id,
            left=left,
            unit_price_wei=unit_price_wei(signed.offer, now_secs),
            state=state,
            room_share_bps=signed.offer.room_share_bps,
        )

    def offer_stock(self, offer: OfferHash, *, now_secs: int) -> OfferStock | None:
        """How an offer stands; None for one that is not known here."""
        good_id = self.shown_offers[offer]
        good = self.goods[good_id]
        signed = next((each for each in good.offers if each.hash == offer), None)
        if signed is None:
            file = self.resale.get(offer)
            if file is None:
                return None
            signed = file.signed
        state, left = self.state_of(signed, good, now_secs)
        price = unit_price_wei(signed.offer, now_secs)
        return OfferStock(offer=offer, good_id=good_id, left=left, unit_price_wei=price, state=state)

    def best_offer(self, good: KnownGood, now_secs: int) -> SignedOffer | None:
        """The cheapest of a maker's offers that stand, or the newest where none does; None without any."""
        ranked = self._primaries(good, now_secs)
        return ranked[0] if ranked else None

    def state_of(self, signed: SignedOffer, good: KnownGood, now_secs: int) -> tuple[str, int]:
        """One of OFFER_STATES, and the units that are left: none unless it's open."""
        try:
            self._check_open(signed, now_secs)
        except RefusalError as refusal:
            return _STATES[refusal.reason], 0
        left = self.left(signed, good)
        return ("open", left) if left else ("sold_out", 0)

    def changes_at(self, now_secs: int) -> float:
        """The next second at which an offer opens or ends, or a moving price is worth telling again."""
        times = [float("inf")]
        for good_id in self.told:
            for signed in self.goods[good_id].offers:
                offer = signed.offer
                times += [time for time in (offer.start, offer.expiry + 1) if time > now_secs]
                if offer.start_price_wei != offer.end_price_wei and offer.start <= now_secs <= offer.expiry:
                    times.append(now_secs + PRICE_SECS)
        return min(times)

    def open_own(self, *, now_secs: int) -> list[tuple[ResaleFile, GoodId, int]]:
        """The player's own resale offers that still stand, with the units that are left of each."""
        found: list[tuple[ResaleFile, GoodId, int]] = []
        for file in self.resale.all():
            good_id = self.good_id(file.signed.offer.good)
            if file.signed.offer.seller == self._account and good_id is not None:
                left = file.signed.offer.quantity - self._ledger.sold_of(file.signed.hash)
                if left > 0 and not self._closed(file.signed, now_secs):
                    found.append((file, good_id, left))
        return found

    # --- choosing ------------------------------------------------------------------------------------------------

    def fills(self, lines: tuple[Line, ...], *, best_effort: bool, now_secs: int) -> tuple[list[Fill], list[GoodId]]:
        """A fill for each line, and with `best_effort` the goods that had to be left out.

        Raises RefusalError for the first line that can't be filled.
        """
        fills: list[Fill] = []
        skipped: list[GoodId] = []
        taken: dict[OfferHash, int] = {}
        for line in lines:
            try:
                fill = self._fill(line, taken, now_secs)
            except RefusalError as refusal:
                if not best_effort or refusal.reason not in GONE:
                    raise
                skipped.append(line.good_id)
                continue
            taken[fill.signed.hash] = taken.get(fill.signed.hash, 0) + line.quantity
            fills.append(fill)
        if not fills:
            raise RefusalError("sold_out", "nothing in the basket can be had any more" if lines else "no lines")
        return fills, skipped

    def _fill(self, line: Line, taken: dict[OfferHash, int], now_secs: int) -> Fill:
        if line.quantity < 1:
            raise RefusalError("bad_quantity", f"{line.quantity} units of {line.good_id}")
        good = self.goods.get(line.good_id)
        if good is None:
            raise RefusalError("offer_unknown", f"{line.good_id} is not for sale here")
        if line.place_id is not None:
            room = self.rooms.get(line.place_id)
            if room is None or good.token_id not in room.displays:
                raise RefusalError("not_on_display", f"{line.place_id} does not show {line.good_id}")
        if line.offer is not None:
            signed = self._named(line.offer, good)
            self._check_open(signed, now_secs)
            if signed.offer.seller == self._account:
                raise RefusalError("own_offer", "nobody needs to buy from themselves")
            self._check_left(signed, good, line, taken)
            return self._made(line, signed, good)
        made = self._primaries(good, now_secs)
        for signed in [*made, *self._resales(good.token_id, now_secs)]:
            left = self.left(signed, good) - taken.get(signed.hash, 0)
            if left >= line.quantity and signed.offer.seller != self._account and not self._closed(signed, now_secs):
                return self._made(line, signed, good)
        raise self._why_none(made, good, line, now_secs)

    def _why_none(self, made: list[SignedOffer], good: KnownGood, line: Line, now_secs: int) -> RefusalError:
        """Why no offer can fill a line: what keeps the maker's best one from it."""
        if not made:
            return RefusalError("offer_unknown", f"no offer of {line.good_id} is known here")
        left = self.left(made[0], good)
        if left >= line.quantity:
            try:
                self._check_open(made[0], now_secs)
            except RefusalError as refusal:
                return refusal
            if made[0].offer.seller == self._account:
                return RefusalError("own_offer", "nobody needs to buy from themselves")
        return RefusalError("sold_out", f"{left} left, {line.quantity} asked for")

    def _made(self, line: Line, signed: SignedOffer, good: KnownGood) -> Fill:
        room = 0
        proof: tuple[bytes, ...] = ()
        shown = self.rooms.get(line.place_id) if line.place_id is not None else None
        if shown is not None and shown.pays and signed.offer.room_share_bps:
            room = shown.room
            proof = shown.tree.proof(good.token_id)
        terms = good.terms if signed.offer.primary else None
        return Fill(line=line, good_id=line.good_id, signed=signed, terms=terms, room=room, proof=proof)

    def _named(self, offer: OfferHash, good: KnownGood) -> SignedOffer:
        for signed in good.offers:
            if signed.hash == offer:
                return signed
        file = self.resale.get(offer)
        if file is None or file.signed.offer.good != good.token_id:
            raise RefusalError("offer_unknown", f"no offer {offer} of this good is known here")
        return file.signed

    def _primaries(self, good: KnownGood, now_secs: int) -> list[SignedOffer]:
        """A maker's offers: first those that stand, cheapest first; then the others, newest first."""
        newest = list(reversed(good.offers))
        stands = {signed.hash: self.state_of(signed, good, now_secs)[0] == "open" for signed in newest}
        return sorted(
            newest, key=lambda each: (not stands[each.hash], stands[each.hash] and unit_price_wei(each.offer, now_secs))
        )

    def _resales(self, token: TokenId, now_secs: int) -> list[SignedOffer]:
        """Others' offers of a good, cheapest first."""
        found = [file.signed for file in self.resale.all() if file.signed.offer.good == token]
        others = [signed for signed in found if signed.offer.seller != self._account]
        return sorted(others, key=lambda signed: (unit_price_wei(signed.offer, now_secs), signed.hash))

    def left(self, signed: SignedOffer, good: KnownGood) -> int:
        """Units that are left of an offer, whether it is open just now or not."""
        offer = signed.offer
        if offer.primary:
            there = good.terms.cap - self._ledger.minted(good.token_id)
        else:
            there = self._ledger.holdings(offer.seller).get(offer.good, 0)
        return max(min(offer.quantity - self._ledger.sold_of(signed.hash), there), 0)

    def _check_left(self, signed: SignedOffer, good: KnownGood, line: Line, taken: dict[OfferHash, int]) -> None:
        left = self.left(signed, good) - taken.get(signed.hash, 0)
        if left < line.quantity:
            raise RefusalError("sold_out", f"{left} left, {line.quantity} asked for")

    def _closed(self, signed: SignedOffer, now_secs: int) -> bool:
        try:
            self._check_open(signed, now_secs)
        except RefusalError:
            return True
        return False

    def _check_open(self, signed: SignedOffer, now_secs: int) -> None:
        offer = signed.offer
        if now_secs < offer.start:
            raise RefusalError("offer_not_open_yet", f"it opens in {offer.start - now_secs} seconds")
        if now_secs > offer.expiry:
            raise RefusalError("offer_expired", f"its time was over {now_secs - offer.expiry} seconds ago")
        if self._ledger.is_cancelled(seller=offer.seller, serial=offer.serial, counter=offer.counter):
            raise RefusalError("offer_cancelled", "the seller has withdrawn the offer")

    # --- shares --------------------------------------------------------------------------------------------------

    def shares(self, parts: list[tuple[str, Address, int]]) -> tuple[Share, ...]:
        """Payouts (role, account, wei) as shares, those of one role and account added up, nothing for zero."""
        sums: dict[tuple[str, Address], int] = {}
        for role, account, wei in parts:
            if wei:
                sums[role, account] = sums.get((role, account), 0) + wei
        return tuple(
            Share(role=role, to=account, wei=Wei(wei), who=self._people.get(account.lower()))
            for (role, account), wei in sums.items()
        )

    def shares_of_sales(self, sales: list[Sale]) -> tuple[Share, ...]:
        """Who was paid by the sales of one order."""
        parts: list[tuple[str, Address, int]] = []
        for sale in sales:
            parts.append(("seller", sale.seller, sale.price_wei - sale.creator_wei - sale.room_wei))
            parts.append(("creator", sale.creator, sale.creator_wei))
            parts.append(("room", sale.room_owner, sale.room_wei))
        return self.shares(parts)


def unit_price_wei(offer: Offer, now_secs: int) -> Wei:
    """Price of a unit at a time, rounded in the seller's favour (`Offers.unitPrice` in Offers.sol)."""
    first, last = offer.start_price_wei, offer.end_price_wei
    lasts = offer.expiry - offer.start
    if first == last:
        return first
    if lasts == 0:
        return last
    passed = min(max(now_secs - offer.start, 0), lasts)
    if first > last:
        return Wei(first - (first - last) * passed // lasts)
    return Wei(first + ((last - first) * passed + lasts - 1) // lasts)
