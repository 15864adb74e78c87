"""The player's books: tells credits as they come, the whole purse and the maker's desk when asked, pays credits out."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from chain.calls import Calls
from chain.earnings import Earnings
from chain.errors import ChainError, RefusalError
from chain.files import read_json, write_json
from chain.hosting import Hosting
from chain.journal import Entry
from chain.ledger import Ledger
from chain.made import MadeOffers
from chain.making import Making
from chain.offers import FOR_EVER
from chain.room_logs import NOTHING, owner_of, publications
from chain.rpc import Rpc, quantity
from chain.shop import Shop, unit_price_wei
from chain.words import call_data
from game.core.ids import Address, GoodId, PlaceId, RoomToken, Wei
from game.core.ports import FINAL_STATES, Refused, Update
from game.core.room_ports import (
    Credits,
    Earned,
    MakersDesk,
    OpenOffer,
    OwnGood,
    ReadVersions,
    ShowingRoom,
    Version,
    Versions,
    WithdrawCredits,
    Withdrawn,
)


class _Seen(Struct, frozen=True, kw_only=True):
    """A room that showed goods of the player's making when it was visited last."""

    room: RoomToken
    shows: tuple[GoodId, ...]


class Bookkeeping:
    """One account's books on one chain."""

    def __init__(
        self,
        rpc: Rpc,
        calls: Calls,
        ledger: Ledger,
        shop: Shop,
        earnings: Earnings,
        making: Making,
        made: MadeOffers,
        hosting: Hosting,
        *,
        market: Address,
        account: Address,
        seen_path: Path,
        now_secs: Callable[[], int],
        say: Callable[[Update], None],
    ) -> None:
        """`seen_path` is where the rooms that show the player's goods are remembered."""
        self._rpc = rpc
        self._calls = calls
        self._ledger = ledger
        self._shop = shop
        self._earnings = earnings
        self._making = making
        self._made = made
        self._hosting = hosting
        self._market = market
        self._account = account
        self._seen_path = seen_path
        self._now_secs = now_secs
        self._say = say
        self._told: set[tuple[str, int]] | None = None  # logs whose credits were told; None before the first word
        self._told_wei = Wei(0)
        self._credits: Credits | None = None  # as told last; None where nobody asked
        self._desk: MakersDesk | None = None
        self._seen = _read_seen(seen_path)

    # --- telling -------------------------------------------------------------------------------------------------

    def forget_told(self) -> None:
        """Tell everything anew at the next change."""
        self._told = None

    def tell_changes(self) -> None:
        """Tell new credits; and, where they were asked for, purse and desk when they are no longer as told."""
        self._earnings.read_on()
        withdrawable = self._earnings.withdrawable_wei()
        if self._told is None:  # what there was before this session is no news
            self._told = set()
            self._earnings.newest(self._told)
            self._told_wei = withdrawable
            if withdrawable:
                self._say(Earned(credits=(), withdrawable_wei=withdrawable))
        else:
            fresh = self._earnings.newest(self._told)
            if fresh or withdrawable != self._told_wei:
                self._told_wei = withdrawable
                self._say(Earned(credits=tuple(fresh), withdrawable_wei=withdrawable))
        if self._credits is not None:
            self.tell_purse(changed_only=True)
        if self._desk is not None:
            self.tell_desk(changed_only=True)

    def tell_purse(self, *, changed_only: bool = False) -> None:
        """Tell every credit and withdrawal."""
        self._earnings.read_on()
        now = self._earnings.credits()
        if not changed_only or now != self._credits:
            self._credits = now
            self._say(now)

    def tell_desk(self, *, changed_only: bool = False) -> None:
        """Tell all about the player as maker and seller."""
        self._earnings.read_on()
        now = MakersDesk(
            goods=self._goods(), sales=tuple(self._earnings.sold()), rooms=self._rooms(), offers=self._offers()
        )
        if not changed_only or now != self._desk:
            self._desk = now
            self._say(now)

    def tell_versions(self, request: ReadVersions) -> None:
        """Tell what was ever published of a room. The ledger must be up to date."""
        known = publications(self._ledger, request.room)
        times = self._earnings.times_of({each.block_hash: each.block for each in known})
        self._say(
            Versions(
                room=request.room,
                versions=tuple(
                    Version(
                        version=each.version,
                        bundle_sha256=b"" if each.bundle_sha256 == NOTHING else each.bundle_sha256,
                        block=each.block, tx_hash=each.tx_hash, at_secs=times.get(each.block_hash, 0),
                    )
                    for each in reversed(known)
                ),
            )
        )  # fmt: skip

    # --- withdrawing ---------------------------------------------------------------------------------------------

    def withdraw(self, request: WithdrawCredits) -> None:
        """Draft the transaction that pays all credit to the account. Raises RefusalError when there is none."""
        if self._calls.known(request.request_id, "withdraw") is not None:
            return
        call = {"to": self._market, "data": "0x" + call_data("creditOf(address)", self._account).hex()}
        wei = Wei(quantity(self._rpc.call("eth_call", call, "latest"), "credit"))
        if wei == 0:
            raise RefusalError("nothing_to_withdraw", "the till holds nothing for this account")
        data = call_data("withdraw(address,uint256)", self._account, wei)
        self._calls.draft(request.request_id, "withdraw", self._market, data, price_wei=wei)

    def tell_withdrawn(self, entry: Entry) -> None:
        """Tell how a withdrawal went, once it has."""
        if entry.state == "final":
            self._say(
                Withdrawn(
                    request_id=entry.order_id, wei=entry.price_wei, tx_hash=entry.tx_hash, block=entry.block,
                    gas_wei=entry.gas_wei,
                )
            )  # fmt: skip
        elif entry.state in FINAL_STATES:
            self._say(Refused(request_id=entry.order_id, reason=entry.reason, detail=entry.detail))

    # --- the desk ------------------------------------------------------------------------------------------------

    def note_visit(self) -> None:
        """Remember the visited rooms that show goods of the player's making, and forget those that no longer do."""
        before = dict(self._seen)
        for admitted in self._hosting.visited():
            tokens = self._hosting.shows(admitted.place_id)
            shows = tuple(sorted(good.good_id for good, token, *_ in self._made.all() if token in tokens))
            if shows:
                self._seen[admitted.place_id] = _Seen(room=admitted.room, shows=shows)
            else:
                self._seen.pop(admitted.place_id, None)
        if self._seen != before:
            write_json(self._seen_path, msgspec.to_builtins(self._seen))

    def _goods(self) -> tuple[OwnGood, ...]:
        now_secs = self._now_secs()
        found: list[OwnGood] = []
        for good, token, terms, _ in self._made.all():
            stock = self._shop.stock(good.good_id, now_secs=now_secs)
            standing = self._making.standing(good.good_id)
            found.append(
                OwnGood(
                    good_id=good.good_id, edition=terms.cap, sold=self._ledger.minted(token), left=stock.left,
                    unit_price_wei=stock.unit_price_wei, offer=standing[-1].hash if standing else None,
                )
            )  # fmt: skip
        return tuple(found)

    def _rooms(self) -> tuple[ShowingRoom, ...]:
        units = self._earnings.rooms()
        found: dict[PlaceId, ShowingRoom] = {}
        for place_id, seen in self._seen.items():
            sold, _ = units.pop(seen.room, (0, ()))
            owner = owner_of(self._ledger, seen.room)
            found[place_id] = ShowingRoom(place_id=place_id, room=seen.room, owner=owner, shows=seen.shows, units=sold)
        for room, (sold, goods) in units.items():
            known = self._earnings.place(room)
            assert known is not None
            owner = owner_of(self._ledger, room)
            found[known] = ShowingRoom(place_id=known, room=RoomToken(room), owner=owner, shows=goods, units=sold)
        return tuple(found.values())

    def _offers(self) -> tuple[OpenOffer, ...]:
        now_secs = self._now_secs()
        standing = [
            (signed, good.good_id, self._shop.left(signed, self._shop.goods[good.good_id]))
            for good, *_ in self._made.all()
            for signed in self._making.standing(good.good_id)[-1:]  # the newest; former ones live on beside it
        ]
        resales = [(file.signed, good_id, left) for file, good_id, left in self._shop.open_own(now_secs=now_secs)]
        return tuple(
            OpenOffer(
                offer=signed.hash, good_id=good_id, primary=signed.offer.primary, left=left,
                unit_price_wei=unit_price_wei(signed.offer, now_secs), end_price_wei=signed.offer.end_price_wei,
                room_share_bps=signed.offer.room_share_bps,
                expiry_secs=0 if signed.offer.expiry == FOR_EVER else signed.offer.expiry,
            )
            for signed, good_id, left in (*standing, *resales)
        )  # fmt: skip


def _read_seen(path: Path) -> dict[PlaceId, _Seen]:
    """What was remembered; nothing when the file is damaged, for the next visits fill it again."""
    try:
        return msgspec.convert(read_json(path) or {}, dict[PlaceId, _Seen])
    except (ChainError, msgspec.ValidationError):
        return {}
