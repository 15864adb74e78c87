"""Makers, hosts and visitors on the fake chain: the part of a fake market that answers `room_ports`."""

from base64 import b32encode
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from game.core.ids import Address, GoodId, MakerId, OfferHash, PlaceId, RoomToken, Wei
from game.core.ports import Cancel, Delisted, GoodTerms, Request, Stock, Update
from game.core.room_ports import (
    HOME,
    AdmitRoom,
    AllCancelled,
    CancelAll,
    Credit,
    Credits,
    Display,
    Earned,
    HomeOpened,
    MakersDesk,
    OfferSigned,
    OfferStock,
    OpenHome,
    OpenOffer,
    OwnGood,
    Payout,
    Published,
    PublishRoom,
    ReadDesk,
    ReadPurse,
    ReadVersions,
    RejectedOffer,
    Reprice,
    RoomAdmitted,
    ShowingRoom,
    SignOffer,
    SoldGood,
    UnpublishRoom,
    Version,
    Versions,
    WithdrawCredits,
    Withdrawn,
)
from tests.fakes.chain import (
    FakeChain,
    FakeOffer,
    FakeRoom,
    RefusalError,
    fake_address,
    fake_hash,
    fake_signed,
    fake_token,
    is_player,
    maker_address,
    offer_of,
)

if TYPE_CHECKING:
    from tests.fakes.market import FakeMarket

NOBODY = Address("0x" + "00" * 20)
FEE_WEI = 10**14


class FakeMaker:
    """One player's goods, rooms and credits, and the rooms that they visit."""

    def __init__(self, market: "FakeMarket") -> None:
        self._market = market
        self._chain: FakeChain = market.chain
        self._account = market.account
        self._seen: dict[GoodId, list[OfferHash]] = {}  # makers' offers that came here, oldest first
        self._rooms: dict[PlaceId, tuple[AdmitRoom, frozenset[GoodId], tuple[RejectedOffer, ...]]] = {}
        self._shown: dict[OfferHash, None] = {}
        self._said: dict[object, Update] = {}
        self._heard = -1  # sales that were told; -1 before the first word
        self.home = self._token(self._account)
        for ident, offer in self._chain.offers.items():
            if offer.primary and offer.seller == self._account:
                self._seen.setdefault(offer.good_id, []).append(ident)

    # --- what the market asks of this part ------------------------------------------------------------------------

    def knows(self, good_id: GoodId) -> bool:
        """Whether a good can be named here."""
        return good_id not in self._chain.books.goods or good_id in self._seen

    def made(self, offer: OfferHash) -> bool:
        """Whether an offer is the player's as maker."""
        known = self._chain.offers.get(offer)
        return known is not None and known.primary and known.seller == self._account

    def primaries(self, good_id: GoodId) -> list[OfferHash]:
        """A maker's offers that came here: those that stand, cheapest first, then the others, newest first."""
        chain = self._chain
        if good_id in chain.primary:
            return [chain.primary[good_id]]
        newest = list(reversed(self._seen.get(good_id, ())))
        return sorted(
            newest,
            key=lambda each: (
                chain.state(each) != "open",
                chain.state(each) == "open" and chain.offers[each].unit_price_wei(chain.now_secs),
            ),
        )

    def displays(self, place: PlaceId) -> frozenset[GoodId]:
        """The goods that can be bought in a room."""
        if place in self._rooms:
            return self._rooms[place][1]
        return next((frozenset(r.displays) for r in self._chain.catalogue.rooms if r.place_id == place), frozenset())

    def paid_in(self, place: PlaceId | None) -> tuple[Address | None, MakerId | None]:
        """Who has the room's share for what is found in a place; nobody where it doesn't pay."""
        keeper = next((r.keeper for r in self._chain.catalogue.rooms if r.place_id == place), None)
        if keeper is not None:
            return fake_address(keeper), keeper
        if place in self._rooms:
            token = self._rooms[place][0].room
            if self._standing(place).pays_room:
                return self._chain.books.rooms[token].owner, None
        return None, None

    def room_of(self, place: PlaceId | None, offer: FakeOffer) -> RoomToken:
        """The room that a sale is noted for; 0 for none."""
        owner, _ = self.paid_in(place)
        if owner is None or place is None or not offer.room_share_bps:
            return RoomToken(0)
        return self._rooms[place][0].room if place in self._rooms else RoomToken(int(fake_hash("room", place), 16))

    def say_opening(self) -> None:
        """What is told unasked at the start."""
        self._said.clear()
        if self.home in self._chain.books.rooms:
            self._say(HomeOpened(room=self.home, owner=self._account))
        self._heard = -1
        self.say_changes()
        for good_id in self._seen:
            ident = self._seen[good_id][-1]
            if self._chain.state(ident) == "open" and self.made(ident):
                self._say(self._signed(good_id, ident))

    def say_changes(self) -> None:
        """Tell what is otherwise than it was told last."""
        chain = self._chain
        for good_id in self._seen:
            self._say_new(("stock", good_id), self._stock(good_id))
        for ident in self._shown:
            offer = chain.offers[ident]
            state = chain.state(ident)
            left = chain.left(ident) if state == "open" else 0
            price = Wei(offer.unit_price_wei(chain.now_secs))
            told = OfferStock(offer=ident, good_id=offer.good_id, left=left, unit_price_wei=price, state=state)
            self._say_new(("offer", ident), told)
        for place in self._rooms:
            self._say_new(("room", place), self._standing(place))
        if self._heard >= 0:
            fresh = [credit for sale in chain.books.sales[self._heard :] for credit in self._credits_of(sale)]
            if fresh:
                self._say(Earned(credits=tuple(fresh), withdrawable_wei=chain.books.credit_wei(self._account)))
        self._heard = len(chain.books.sales)

    # --- requests ------------------------------------------------------------------------------------------------

    def serve(self, request: Request) -> None:
        """Answer a request. Raises RefusalError."""
        match request:
            case OpenHome():
                self._chain.books.rooms.setdefault(self.home, FakeRoom(self._account))
                self._say(HomeOpened(request_id=request.request_id, room=self.home, owner=self._account))
            case SignOffer():
                self._sign(request)
            case Reprice(request_id=request_id, good_id=good_id, price_wei=price_wei):
                good = self._chain.books.goods.get(good_id)
                if good is None or good.maker != str(self._account):
                    raise RefusalError("offer_unknown")
                terms = msgspec.structs.replace(good, price_wei=price_wei)
                self._sign(SignOffer(request_id=request_id, terms=terms))
            case PublishRoom() | UnpublishRoom():
                self._publish(request)
            case AdmitRoom():
                self._admit(request)
            case WithdrawCredits():
                self._withdraw(request)
            case CancelAll():
                self._cancel_all(request)
            case ReadPurse():
                self._say(self._purse())
            case ReadDesk():
                self._say(self._desk())
            case ReadVersions(room=room):
                known = self._chain.books.rooms.get(room)
                self._say(Versions(room=room, versions=tuple(reversed(known.versions)) if known else ()))

    def cancel(self, request: Cancel) -> None:
        """Take one of the player's offers as maker back."""
        offer = self._chain.offers[request.offer]
        self._close(offer)
        self._pay_fee()
        self._say(Delisted(request_id=request.request_id, offer=request.offer, good_id=offer.good_id))
        self._market.say_state()

    def _sign(self, request: SignOffer) -> None:
        good, chain = request.terms, self._chain
        ident = OfferHash(fake_hash("made", self._account, request.request_id))
        if ident in chain.offers:
            self._say(self._signed(good.good_id, ident, request.request_id))
            return
        if good.maker != str(self._account):
            raise RefusalError("not_owned")
        _check(good)
        end = good.price_wei if request.end_price_wei is None else request.end_price_wei
        moving, expiry = end != good.price_wei, request.expiry_secs
        left = good.edition - (chain.books.units(good.good_id) if good.good_id in chain.books.goods else 0)
        quantity = request.quantity or left
        if (
            not 0 < good.price_wei < 2**128 or not 0 < end < 2**128 or not 0 <= good.room_share_bps <= 10_000
            or (moving and not expiry) or (expiry and expiry <= max(chain.now_secs, request.start_secs))
            or not 1 <= quantity <= left
        ):  # fmt: skip
            raise RefusalError("terms_out_of_range")
        former = [each for each in self._seen.get(good.good_id, ()) if chain.state(each) in ("open", "not_open_yet")]
        offer = FakeOffer(
            seller=self._account, good_id=good.good_id, units=[quantity], start_price_wei=good.price_wei,
            room_share_bps=good.room_share_bps, primary=True, end_price_wei=end if moving else 0,
            start_secs=request.start_secs, expiry_secs=expiry,
        )  # fmt: skip
        better = any(_is_better(chain.offers[each], offer, chain.now_secs) for each in former)
        for each in former:
            if better:
                chain.offers[each].cancelled = True
            else:
                offer.units = chain.offers[each].units
        if better:
            self._pay_fee()
        chain.books.goods[good.good_id] = good
        chain.offers[ident] = offer
        self._seen.setdefault(good.good_id, []).append(ident)
        answer = self._signed(good.good_id, ident, request.request_id)
        self._say(msgspec.structs.replace(answer, replaced=tuple(former), gas_wei=Wei(FEE_WEI if better else 0)))
        self._market.say_state()

    def _publish(self, request: PublishRoom | UnpublishRoom) -> None:
        chain = self._chain
        bundle = request.bundle_sha256 if isinstance(request, PublishRoom) else b""
        goods: set[GoodId] = set()
        for display in request.displays if isinstance(request, PublishRoom) else ():
            rejected = self._look_at(display)[1]
            if rejected:
                raise RefusalError("offer_invalid", rejected[0].detail)
            goods.add(display.terms.good_id)
        room = chain.books.rooms.setdefault(self._token(self._account), FakeRoom(self._account))
        changed = (bundle, frozenset(goods)) != (room.bundle, room.displays)
        if changed:
            self._pay_fee()
            room.displays = frozenset(goods)
            room.versions.append(
                Version(
                    version=len(room.versions) + 1, bundle_sha256=bundle, block=chain.block,
                    tx_hash=fake_hash("publish", self._account, chain.block), at_secs=chain.now_secs,
                )
            )  # fmt: skip
        last = room.versions[-1] if room.versions else None
        self._say(
            Published(
                request_id=request.request_id, place_id=request.place_id, room=self.home, bundle_sha256=bundle,
                version=len(room.versions), tx_hash=last.tx_hash if last else "", block=last.block if last else 0,
                gas_wei=Wei(FEE_WEI if changed else 0),
            )
        )  # fmt: skip
        self._market.say_state()

    def _admit(self, request: AdmitRoom) -> None:
        named = HOME if request.room == self.home else PlaceId(f"r{request.room:064x}"[:21])
        if request.place_id != named:
            raise RefusalError("room_unknown")
        goods: set[GoodId] = set()
        rejected: list[RejectedOffer] = []
        for display in request.displays:
            offers, wrong = self._look_at(display)
            rejected += wrong
            if offers is None:
                continue
            good_id = display.terms.good_id
            goods.add(good_id)
            if is_player(display.terms.maker):
                self._chain.books.goods.setdefault(good_id, display.terms)
                known = self._seen.setdefault(good_id, [])
                known += [each for each in offers if self._chain.offers[each].primary and each not in known]
            self._shown.update(dict.fromkeys(offers))
        self._rooms[request.place_id] = (request, frozenset(goods), tuple(rejected))
        self._said.pop(("room", request.place_id), None)
        self.say_changes()

    def _look_at(self, display: Display) -> tuple[list[OfferHash] | None, list[RejectedOffer]]:
        """The genuine offers of a good on display, None where the good itself isn't; and what is wrong."""
        good = display.terms
        try:
            if is_player(good.maker):
                _check(good)
            elif good not in self._chain.catalogue.goods:
                raise RefusalError("offer_invalid", "not a good of the street")
        except RefusalError as refusal:
            return None, [RejectedOffer(good_id=good.good_id, detail=refusal.detail)]
        offers: list[OfferHash] = []
        rejected: list[RejectedOffer] = []
        for data in display.offers:
            ident = offer_of(data)
            known = self._chain.offers.get(ident)
            genuine = known is not None and data == fake_signed(ident) and known.good_id == good.good_id
            if not genuine or (known is not None and known.primary and known.seller != maker_address(good)):
                rejected.append(RejectedOffer(good_id=good.good_id, detail="it is no offer of this good"))
            else:
                offers.append(ident)
        return offers, rejected

    def _withdraw(self, request: WithdrawCredits) -> None:
        chain = self._chain
        wei = chain.books.credit_wei(self._account)
        if not wei:
            raise RefusalError("nothing_to_withdraw")
        self._pay_fee()
        chain.balances[self._account] += wei
        tx_hash = fake_hash("withdraw", self._account, chain.block)
        payout = Payout(wei=wei, block=chain.block, tx_hash=tx_hash, at_secs=chain.now_secs)
        chain.books.payouts.setdefault(self._account, []).insert(0, payout)
        self._say(
            Withdrawn(
                request_id=request.request_id, wei=wei, tx_hash=tx_hash, block=chain.block, gas_wei=Wei(FEE_WEI)
            )
        )
        self._market.say_state()

    def _cancel_all(self, request: CancelAll) -> None:
        chain = self._chain
        mine = [
            ident for ident, offer in chain.offers.items()
            if offer.seller == self._account and chain.state(ident) in ("open", "not_open_yet")
        ]  # fmt: skip
        for ident in mine:
            chain.offers[ident].cancelled = True
        self._pay_fee()
        self._say(AllCancelled(request_id=request.request_id, offers=tuple(mine), gas_wei=Wei(FEE_WEI)))
        self._market.say_state()

    # --- telling -------------------------------------------------------------------------------------------------

    def _stock(self, good_id: GoodId) -> Stock:
        chain, offers = self._chain, self.primaries(good_id)
        if not offers:
            return Stock(good_id=good_id, token_id=fake_token(good_id), left=0,
                         unit_price_wei=chain.books.goods[good_id].price_wei, state="cancelled")  # fmt: skip
        state = chain.state(offers[0])
        return Stock(
            good_id=good_id, token_id=fake_token(good_id), left=chain.left(offers[0]) if state == "open" else 0,
            unit_price_wei=Wei(chain.offers[offers[0]].unit_price_wei(chain.now_secs)), state=state,
            room_share_bps=chain.offers[offers[0]].room_share_bps,
        )  # fmt: skip

    def _signed(self, good_id: GoodId, ident: OfferHash, request_id: str = "") -> OfferSigned:
        offer = self._chain.offers[ident]
        return OfferSigned(
            request_id=request_id, good_id=good_id, token_id=fake_token(good_id), offer=ident,
            signed=fake_signed(ident), quantity=offer.units[0], price_wei=Wei(offer.start_price_wei),
            end_price_wei=Wei(offer.end_price_wei or offer.start_price_wei), room_share_bps=offer.room_share_bps,
            expiry_secs=offer.expiry_secs,
        )  # fmt: skip

    def _standing(self, place: PlaceId) -> RoomAdmitted:
        request, goods, rejected = self._rooms[place]
        room = self._chain.books.rooms.get(request.room)
        if room is None:
            state = "foreign"
        elif not room.bundle:
            state = "unpublished"
        else:
            state = "current" if room.bundle == request.bundle_sha256 else "outdated"
        return RoomAdmitted(
            request_id=request.request_id, place_id=place, room=request.room, state=state,
            owner=room.owner if room else NOBODY, rejected=rejected,
            pays_room=room is not None and bool(goods) and room.displays == goods,
            version=len(room.versions) if room and room.bundle else 0,
        )  # fmt: skip

    def _purse(self) -> Credits:
        books = self._chain.books
        return Credits(
            withdrawable_wei=books.credit_wei(self._account),
            credits=tuple(credit for sale in reversed(books.sales) for credit in self._credits_of(sale)),
            payouts=tuple(books.payouts.get(self._account, ())),
        )

    def _credits_of(self, sale: object) -> list[Credit]:
        credits = [credit for to, credit in sale.credits if to == self._account]  # type: ignore[attr-defined]
        place = self._place(sale.room)  # type: ignore[attr-defined]
        return [msgspec.structs.replace(credit, place_id=place) for credit in credits]

    def _desk(self) -> MakersDesk:
        books, chain = self._chain.books, self._chain
        mine = [good for good in books.goods.values() if good.maker == str(self._account)]
        ids = {good.good_id for good in mine}
        sums: dict[tuple[GoodId, PlaceId | None], list[int]] = {}
        rooms: dict[RoomToken, int] = {}
        for sale in books.sales:
            earned = sum(c.wei for c in self._credits_of(sale) if c.role != "room")
            if earned or sale.seller == self._account:
                entry = sums.setdefault((sale.good_id, self._place(sale.room)), [0, 0, 0])
                for at, value in enumerate((sale.quantity, sale.price_wei, earned)):
                    entry[at] += value
            if sale.room and sale.good_id in ids:
                rooms[sale.room] = rooms.get(sale.room, 0) + sale.quantity
        shown = {
            token: tuple(sorted(room.displays & ids)) for token, room in books.rooms.items()
            if room.displays & ids or token in rooms
        }  # fmt: skip
        stands = {good: [i for i in self._seen.get(good, ()) if chain.state(i) == "open"] for good in sorted(ids)}
        stocks = {good: self._stock(good) for good in stands}
        return MakersDesk(
            goods=tuple(
                OwnGood(
                    good_id=good.good_id, edition=good.edition, sold=books.units(good.good_id),
                    left=stocks[good.good_id].left, unit_price_wei=stocks[good.good_id].unit_price_wei,
                    offer=stands[good.good_id][-1] if stands[good.good_id] else None,
                )
                for good in mine
            ),
            sales=tuple(
                SoldGood(good_id=good, place_id=place, units=units, turnover_wei=Wei(turnover), earned_wei=Wei(earned))
                for (good, place), (units, turnover, earned) in sums.items()
            ),
            rooms=tuple(
                ShowingRoom(
                    place_id=self._place(token) or HOME, room=token, owner=books.rooms[token].owner, shows=shows,
                    units=rooms.get(token, 0),
                )
                for token, shows in shown.items()
            ),
            offers=tuple(
                OpenOffer(
                    offer=ident, good_id=offer.good_id, primary=offer.primary, left=chain.left(ident),
                    unit_price_wei=Wei(offer.unit_price_wei(chain.now_secs)), room_share_bps=offer.room_share_bps,
                    end_price_wei=Wei(offer.end_price_wei or offer.start_price_wei), expiry_secs=offer.expiry_secs,
                )
                for ident, offer in chain.offers.items()
                if offer.seller == self._account and chain.state(ident) == "open"
                and (not offer.primary or stands[offer.good_id][-1] == ident)
            ),
        )  # fmt: skip

    def _place(self, room: RoomToken) -> PlaceId | None:
        if not room:
            return None
        for street in self._chain.catalogue.rooms:
            if int(fake_hash("room", street.place_id), 16) == room:
                return street.place_id
        return HOME if room == self.home else PlaceId(f"r{room:064x}"[:21])

    def _token(self, owner: Address) -> RoomToken:
        return RoomToken(int(fake_hash("home", owner), 16))

    def _close(self, offer: FakeOffer) -> None:
        """Cancel an offer and all that share its serial."""
        for each in self._chain.offers.values():
            if each.units is offer.units:
                each.cancelled = True

    def _pay_fee(self) -> None:
        self._chain.block += 1
        self._chain.balances[self._account] -= FEE_WEI

    def _say(self, update: Update) -> None:
        self._market.say(update)

    def _say_new(self, about: object, update: Update) -> None:
        if self._said.get(about) != update:
            self._said[about] = update
            self._say(update)


def _check(good: GoodTerms) -> None:
    """See that a player's good is what its manifest says."""
    if good.good_id != "g" + b32encode(sha256(good.manifest).digest()).decode().lower()[:26]:
        raise RefusalError("offer_invalid", "its id does not follow from its manifest")
    claims = msgspec.json.decode(good.manifest)
    if (claims.get("maker"), claims.get("edition"), claims.get("royalty_bps")) != (
        good.maker, good.edition, good.royalty_bps,
    ):  # fmt: skip
        raise RefusalError("offer_invalid", "its terms are not its manifest's")


def _is_better(old: FakeOffer, new: FakeOffer, now_secs: int) -> bool:
    """Whether a buyer might prefer the old offer, or it stands when the new one doesn't."""
    for_ever = 2**40
    ends = (max(now_secs, old.start_secs), old.expiry_secs or for_ever)
    return (
        new.start_secs > ends[0] or (new.expiry_secs or for_ever) < ends[1]
        or old.room_share_bps > new.room_share_bps or old.units != new.units
        or any(old.unit_price_wei(time) < new.unit_price_wei(time) for time in ends)
    )  # fmt: skip
