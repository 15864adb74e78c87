"""Bring the street to the dev chain: keepers open and publish its rooms, makers offer goods, growers open plots.

Rooms cost two transactions each, once; offers are only signed. A second start finds everything as it should be and
sends and signs nothing.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from chain.deploy import Deployment
from chain.dev_sender import DevSender
from chain.errors import ChainError
from chain.files import locked, read_json, write_json
from chain.goods_id import MAX_EDITION, Terms, is_player, room_id, room_key, terms_of, token_id
from chain.keys import DEV_CHAIN_ID, dev_address, dev_key
from chain.logs import SOLD
from chain.merkle import MerkleTree
from chain.offers import Offer, SignedOffer, domain_separator, offer_digest, sign_offer, signer_of
from chain.rpc import Rpc, RpcError
from chain.seed_orchard import open_plots
from chain.words import ZERO_ADDRESS, call_data, checksummed
from game.core.ids import Address, GoodId, MakerId, PlaceId, TokenId
from game.core.ports import Catalogue, GoodTerms, RoomTerms

LAST_SERIAL = 2**64 - 1


class StreetGood(Struct, frozen=True, kw_only=True):
    """A good of the catalogue as the chain knows it, with its maker's primary offer."""

    token_id: TokenId
    terms: Terms
    offer: SignedOffer


class StreetRoom(Struct, frozen=True, kw_only=True):
    """A place of the catalogue as the chain knows it; `displays` are the leaves of its Merkle tree."""

    room: int  # ERC-721 id
    keeper: Address
    displays: tuple[TokenId, ...]


class Street(Struct, frozen=True, kw_only=True):
    """All that the chain needs to know of the catalogue to sell from it."""

    goods: dict[GoodId, StreetGood]
    rooms: dict[PlaceId, StreetRoom]


class _Book(Struct, frozen=True, kw_only=True):
    """The makers' signed offers, as the home folder keeps them."""

    market: Address
    goods: dict[GoodId, StreetGood]


def seed(
    rpc: Rpc, deployment: Deployment, catalogue: Catalogue, home: Path, *, progress: Callable[[], None] = lambda: None
) -> Street:
    """Open and publish the rooms that need it, sign offers that are missing or have new terms, open missing plots.

    `progress` is called before each room and plot for which there is something to send.
    Raises ChainError on any chain but the dev one.
    """
    if deployment.chain_id != DEV_CHAIN_ID:
        raise ChainError(f"the street's keepers and makers are dev-only: not for chain {deployment.chain_id}")
    path = offers_path(home, deployment.chain_id)
    with locked(path.with_suffix(".lock")):
        goods = _sign_offers(rpc, deployment, catalogue, path)
        rooms = {room.place_id: _street_room(room, goods) for room in catalogue.rooms}
        _publish_rooms(rpc, deployment, catalogue, rooms, progress)
        open_plots(rpc, deployment, catalogue.plots, progress)
    return Street(goods=goods, rooms=rooms)


def street_only(catalogue: Catalogue) -> Catalogue:
    """The catalogue without players' goods, for which nobody here can sign."""
    goods = tuple(good for good in catalogue.goods if not is_player(good.maker))
    return msgspec.structs.replace(catalogue, goods=goods)


def offers_path(home: Path, chain_id: int) -> Path:
    """Where the makers' offers are kept."""
    return home / "offers" / f"{chain_id}.json"


# --- offers --------------------------------------------------------------------------------------------------------


def _sign_offers(rpc: Rpc, deployment: Deployment, catalogue: Catalogue, path: Path) -> dict[GoodId, StreetGood]:
    domain = domain_separator(deployment.chain_id, deployment.market)
    kept = _read_book(path, deployment.market)
    counters = _counters(rpc, deployment.market, sorted({good.maker for good in catalogue.goods}))
    serials = _Serials(rpc, deployment.market, kept)
    sold = _sold_under(rpc, deployment, catalogue, kept, counters, serials, domain)
    goods: dict[GoodId, StreetGood] = {}
    for good in catalogue.goods:
        if not 1 <= good.edition <= MAX_EDITION:
            raise ChainError(f"scenes/goods/{good.good_id}.toml: terms.edition is not 1 to {MAX_EDITION}")
        seller = dev_address(good.maker)
        terms = terms_of(good, seller)
        token = token_id(terms)
        former = kept.get(good.good_id)
        same_good = former is not None and former.token_id == token
        # Units sold at an old price still count: the tally goes with the good, not with its price.
        if former is not None and same_good:
            serial = former.offer.offer.serial
        else:
            serial = sold[good.good_id] if good.good_id in sold else serials.next(seller)
        offer = _primary_offer(good, seller, token, counter=counters[good.maker], serial=serial)
        listed = StreetGood(token_id=token, terms=terms, offer=former.offer) if former else None
        if former == listed and former and former.offer.offer == offer and _is_signed(former.offer, domain):
            goods[good.good_id] = former
        else:
            key = dev_key(good.maker, chain_id=deployment.chain_id)
            signed = sign_offer(offer, domain=domain, key=key)
            goods[good.good_id] = StreetGood(token_id=token, terms=terms, offer=signed)
    if goods != kept:
        write_json(path, msgspec.to_builtins(_Book(market=deployment.market, goods=goods)))
    return goods


def _primary_offer(good: GoodTerms, seller: Address, token: TokenId, *, counter: int, serial: int) -> Offer:
    return Offer(
        seller=seller, good=token, start_price_wei=good.price_wei, end_price_wei=good.price_wei,
        quantity=good.edition, room_share_bps=good.room_share_bps, primary=True, counter=counter, serial=serial,
    )  # fmt: skip


def _sold_under(
    rpc: Rpc, deployment: Deployment, catalogue: Catalogue, kept: dict[GoodId, StreetGood],
    counters: dict[MakerId, int], serials: "_Serials", domain: bytes,
) -> dict[GoodId, int]:  # fmt: skip
    """The serials of offers that were lost, or signed in another home, and have sold: by the logs of their hashes.

    All homes on one chain then sell on the same offers, and no good counts another's sales as its own.
    """
    hashes: dict[str, tuple[GoodId, int]] = {}
    for good in catalogue.goods:
        seller = dev_address(good.maker)
        token = token_id(terms_of(good, seller))
        if good.good_id in kept and kept[good.good_id].token_id == token:
            continue
        for serial in serials.sold(seller):
            offer = _primary_offer(good, seller, token, counter=counters[good.maker], serial=serial)
            hashes["0x" + offer_digest(offer, domain).hex()] = (good.good_id, serial)
    if not hashes:
        return {}
    logs = rpc.call(
        "eth_getLogs",
        {"address": deployment.market, "topics": [SOLD, list(hashes)], "fromBlock": hex(deployment.block)},
    )
    return dict(hashes[log["topics"][1].lower()] for log in logs)


def _read_book(path: Path, market: Address) -> dict[GoodId, StreetGood]:
    """Offers of an earlier start; none when the file is damaged or of another market, since they can be signed anew."""
    try:
        book = msgspec.convert(read_json(path), _Book)
    except (ChainError, msgspec.ValidationError):
        return {}
    if book.market != market:
        return {}
    taken: set[tuple[Address, int]] = set()
    sound: dict[GoodId, StreetGood] = {}
    for good_id, good in book.goods.items():  # two goods under one serial would share a tally
        place = (good.offer.offer.seller, good.offer.offer.serial)
        if place not in taken and 0 <= place[1] <= LAST_SERIAL:
            taken.add(place)
            sound[good_id] = good
    return sound


def _is_signed(signed: SignedOffer, domain: bytes) -> bool:
    """Whether an offer bears its own hash and its seller's signature."""
    try:
        known = "0x" + offer_digest(signed.offer, domain).hex() == signed.hash
        return known and signer_of(signed, domain=domain) == signed.offer.seller
    except ValueError:
        return False


def _counters(rpc: Rpc, market: Address, makers: list[MakerId]) -> dict[MakerId, int]:
    calls = [call_data("counterOf(address)", dev_address(maker)) for maker in makers]
    return {maker: int(word, 16) for maker, word in zip(makers, _ask(rpc, market, calls), strict=True)}


class _Serials:
    """Hands out each seller's lowest serials that no kept offer bears and nothing was sold under.

    Neighbouring serials share a storage slot on the chain, which makes a basket of one maker's goods cheaper.
    """

    def __init__(self, rpc: Rpc, market: Address, kept: dict[GoodId, StreetGood]) -> None:
        self._rpc = rpc
        self._market = market
        self._used: dict[Address, set[int]] = {}
        for good in kept.values():
            self._used.setdefault(good.offer.offer.seller, set()).add(good.offer.offer.serial)
        self._next: dict[Address, int] = {}
        self._free: dict[Address, list[int]] = {}
        self._sold: dict[Address, list[int]] = {}

    def next(self, seller: Address) -> int:
        while not self._free.get(seller):
            self._read(seller)
        return self._free[seller].pop(0)

    def sold(self, seller: Address) -> list[int]:
        """Serials among a seller's first that no kept offer bears and something was sold under, or that are closed."""
        if seller not in self._next:
            self._read(seller)
        return self._sold[seller]

    def _read(self, seller: Address) -> None:
        """Look at the tallies of a seller's next serials."""
        first = self._next.get(seller, 0)
        self._next[seller] = first + 64
        candidates = [serial for serial in range(first, first + 64) if serial not in self._used.get(seller, ())]
        calls = [call_data("filled(address,uint64)", seller, serial) for serial in candidates]
        tallies = [int(tally, 16) for tally in _ask(self._rpc, self._market, calls)]
        found = list(zip(candidates, tallies, strict=True))
        self._free.setdefault(seller, []).extend(serial for serial, tally in found if tally == 0)
        self._sold.setdefault(seller, []).extend(serial for serial, tally in found if tally)


# --- rooms ---------------------------------------------------------------------------------------------------------


def _street_room(room: RoomTerms, goods: dict[GoodId, StreetGood]) -> StreetRoom:
    keeper = dev_address(room.keeper)
    displays = tuple(sorted({goods[good].token_id for good in room.displays}))
    return StreetRoom(room=room_id(keeper, room.place_id), keeper=keeper, displays=displays)


def _publish_rooms(
    rpc: Rpc,
    deployment: Deployment,
    catalogue: Catalogue,
    rooms: dict[PlaceId, StreetRoom],
    progress: Callable[[], None],
) -> None:
    """Send what is missing. A room that its keeper gave away is its new owner's to publish."""
    calls = [call_data("displayOf(uint256)", rooms[room.place_id].room) for room in catalogue.rooms]
    calls += [call_data("publicationOf(uint256)", rooms[room.place_id].room) for room in catalogue.rooms]
    answers = [bytes.fromhex(answer[2:]) for answer in _ask(rpc, deployment.rooms, calls)]
    for index, room in enumerate(catalogue.rooms):
        street_room = rooms[room.place_id]
        owner = checksummed(answers[index][12:32])
        wanted = room.bundle_sha256 + MerkleTree(street_room.displays).root
        if owner not in (ZERO_ADDRESS, street_room.keeper) or (
            owner == street_room.keeper and answers[len(catalogue.rooms) + index] == wanted
        ):
            continue
        progress()
        sender = DevSender(rpc, dev_key(room.keeper, chain_id=deployment.chain_id))
        display = call_data("displayOf(uint256)", street_room.room)
        published = call_data("publicationOf(uint256)", street_room.room)

        def is_open(display: bytes = display) -> bool:
            return any(bytes.fromhex(_ask(rpc, deployment.rooms, [display])[0][2:])[12:32])

        def is_published(published: bytes = published, wanted: bytes = wanted) -> bool:
            return bytes.fromhex(_ask(rpc, deployment.rooms, [published])[0][2:]) == wanted

        mint = call_data("mint(address,bytes32)", street_room.keeper, room_key(room.place_id))
        sender.ensure(is_open, deployment.rooms, mint, what=f"opening the room {room.place_id}")
        publish = call_data("publish(uint256,bytes32,bytes32)", street_room.room, wanted[:32], wanted[32:])
        sender.ensure(is_published, deployment.rooms, publish, what=f"publishing the room {room.place_id}")


def _ask(rpc: Rpc, contract: Address, calls: list[bytes]) -> list[str]:
    """Answers of one contract to many calls. Raises RpcError when one of them fails."""
    requests: list[tuple[str, list[Any]]] = [
        ("eth_call", [{"to": contract, "data": "0x" + data.hex()}, "latest"]) for data in calls
    ]
    answers = rpc.batch(requests)
    for answer in answers:
        if isinstance(answer, RpcError):
            raise answer
    return answers
