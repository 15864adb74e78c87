"""What is for sale as the ledger tells it: which offer a line of a basket is filled from, how many units are left."""

from chain.errors import RefusalError
from chain.fills import Fill
from chain.ledger import Ledger, Sale
from chain.merkle import MerkleTree
from chain.offers import Offer, SignedOffer
from chain.resale import ResaleFile, ResaleOffers
from chain.seed import Street, StreetGood
from game.core.ids import Address, GoodId, MakerId, OfferHash, TokenId, Wei
from game.core.ports import Catalogue, Line, Share, Stock

_SOLD_OUT = ("sold_out",)


class Shop:
    """The street's goods and rooms beside the ledger and the offers that are known here. Asks the chain nothing."""

    def __init__(
        self, catalogue: Catalogue, street: Street, ledger: Ledger, resale: ResaleOffers, *, account: Address
    ) -> None:
        self.street = street
        self.resale = resale
        self._ledger = ledger
        self._account = account
        self._good_ids = {good.token_id: good_id for good_id, good in street.goods.items()}
        self._trees = {place: MerkleTree(room.displays) for place, room in street.rooms.items()}
        self._people: dict[str, MakerId] = {}
        for terms in catalogue.goods:
            if (good := street.goods.get(terms.good_id)) is not None:
                self._people[good.terms.maker.lower()] = terms.maker
        for room in catalogue.rooms:
            if (street_room := street.rooms.get(room.place_id)) is not None:
                self._people[street_room.keeper.lower()] = room.keeper

    # --- reading -------------------------------------------------------------------------------------------------

    def good_id(self, token: TokenId) -> GoodId | None:
        """The catalogue's name of a good on the chain."""
        return self._good_ids.get(token)

    def holdings(self) -> dict[GoodId, int]:
        """Goods of the catalogue that the player owns."""
        return {
            good_id: units
            for token, units in self._ledger.holdings(self._account).items()
            if (good_id := self.good_id(token)) is not None
        }

    def stock(self, good_id: GoodId, *, now_secs: int) -> Stock:
        """How many units its maker can still sell."""
        good = self.street.goods[good_id]
        return Stock(
            good_id=good_id,
            token_id=good.token_id,
            left=0 if self._closed(good.offer, now_secs) else self._left(good.offer, good),
            unit_price_wei=unit_price_wei(good.offer.offer, now_secs),
        )

    def open_own(self, *, now_secs: int) -> list[tuple[ResaleFile, GoodId, int]]:
        """The player's own offers that still stand, with the units that are left of each."""
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
                if not best_effort or refusal.reason not in _SOLD_OUT:
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
        good = self.street.goods.get(line.good_id)
        if good is None:
            raise RefusalError("offer_unknown", f"{line.good_id} is not for sale here")
        if line.place_id is not None:
            room = self.street.rooms.get(line.place_id)
            if room is None or good.token_id not in room.displays:
                raise RefusalError("not_on_display", f"{line.place_id} does not show {line.good_id}")
        if line.offer is not None:
            signed = self._named(line.offer, good)
            self._check_open(signed, now_secs)
            if signed.offer.seller == self._account:
                raise RefusalError("own_offer", "nobody needs to buy from themselves")
            self._check_left(signed, good, line, taken)
            return self._made(line, signed, good)
        candidates = [good.offer, *self._resales(good.token_id, now_secs)]
        for signed in candidates:
            left = self._left(signed, good) - taken.get(signed.hash, 0)
            if left >= line.quantity and not self._closed(signed, now_secs):
                return self._made(line, signed, good)
        raise RefusalError("sold_out", f"{self._left(good.offer, good)} left, {line.quantity} asked for")

    def _made(self, line: Line, signed: SignedOffer, good: StreetGood) -> Fill:
        room = 0
        proof: tuple[bytes, ...] = ()
        if line.place_id is not None and signed.offer.room_share_bps:
            room = self.street.rooms[line.place_id].room
            proof = self._trees[line.place_id].proof(good.token_id)
        terms = good.terms if signed.offer.primary else None
        return Fill(line=line, good_id=line.good_id, signed=signed, terms=terms, room=room, proof=proof)

    def _named(self, offer: OfferHash, good: StreetGood) -> SignedOffer:
        if good.offer.hash == offer:
            return good.offer
        file = self.resale.get(offer)
        if file is None or file.signed.offer.good != good.token_id:
            raise RefusalError("offer_unknown", f"no offer {offer} of this good is known here")
        return file.signed

    def _resales(self, token: TokenId, now_secs: int) -> list[SignedOffer]:
        """Others' offers of a good, cheapest first."""
        found = [file.signed for file in self.resale.all() if file.signed.offer.good == token]
        others = [signed for signed in found if signed.offer.seller != self._account]
        return sorted(others, key=lambda signed: (unit_price_wei(signed.offer, now_secs), signed.hash))

    def _left(self, signed: SignedOffer, good: StreetGood) -> int:
        offer = signed.offer
        if offer.primary:
            there = good.terms.cap - self._ledger.minted(good.token_id)
        else:
            there = self._ledger.holdings(offer.seller).get(offer.good, 0)
        return max(min(offer.quantity - self._ledger.sold_of(signed.hash), there), 0)

    def _check_left(self, signed: SignedOffer, good: StreetGood, line: Line, taken: dict[OfferHash, int]) -> None:
        left = self._left(signed, good) - taken.get(signed.hash, 0)
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
