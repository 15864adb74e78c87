"""The player as a host: opens and publishes their rooms, and lets goods be bought in rooms that were loaded."""

from collections.abc import Callable

from chain.calls import Calls
from chain.deploy import Deployment
from chain.dev_sender import DevSender
from chain.errors import ChainError, RefusalError
from chain.goods_id import Terms, is_player, player_terms, room_id, room_key, terms_of, token_id
from chain.journal import Entry
from chain.keys import DEPLOYER, DEV_CHAIN_ID, dev_address, dev_key
from chain.ledger import Ledger
from chain.merkle import EMPTY_ROOT, MerkleTree
from chain.offers import SignedOffer, unpack_offer
from chain.room_logs import NOTHING, owner_of, place_of, publications
from chain.rpc import Rpc
from chain.shop import Shop, ShownRoom
from chain.wallet import Wallet
from chain.words import ZERO_ADDRESS, call_data
from game.core.ids import PlaceId, RoomToken, TokenId
from game.core.ports import FINAL_STATES, Refused, Update
from game.core.room_ports import (
    HOME,
    MOST_DISPLAYS,
    AdmitRoom,
    Display,
    HomeOpened,
    OpenHome,
    Published,
    PublishRoom,
    RejectedOffer,
    RoomAdmitted,
    UnpublishRoom,
)


class Hosting:
    """One wallet's rooms on one chain, and the rooms that its player visits."""

    def __init__(
        self,
        rpc: Rpc,
        deployment: Deployment,
        calls: Calls,
        shop: Shop,
        ledger: Ledger,
        wallet: Wallet,
        *,
        domain: bytes,
        read_on: Callable[[], None],
        say: Callable[[Update], None],
    ) -> None:
        """`read_on` has the ledger read what is new."""
        self._rpc = rpc
        self._deployment = deployment
        self._calls = calls
        self._shop = shop
        self._ledger = ledger
        self._wallet = wallet
        self._domain = domain
        self._read_on = read_on
        self._say = say
        self._admitted: dict[PlaceId, tuple[AdmitRoom, RoomAdmitted]] = {}
        self.home = RoomToken(room_id(wallet.address, HOME))

    # --- the player's own rooms ----------------------------------------------------------------------------------

    def open_home(self, request: OpenHome) -> bool:
        """Open the player's home if it isn't open, and tell it; True when a transaction of theirs does it: drafted.

        On the dev chain anybody's will do: the room is the player's, since its id depends on their account alone.
        """
        if self._calls.known(request.request_id, "open") is not None:
            return True  # confirming it again only tells where it is
        if owner_of(self._ledger, self.home) == ZERO_ADDRESS and self._deployment.chain_id != DEV_CHAIN_ID:
            if not request.may_pay:
                raise RefusalError("room_unknown", "a home is opened for nothing on the dev chain only")
            mint = call_data("mint(address,bytes32)", self._wallet.address, room_key(HOME))
            self._calls.draft(request.request_id, "open", self._deployment.rooms, mint, place_id=HOME)
            return True
        self._open(HOME)
        self._tell_home(request.request_id)
        return False

    def tell_opened(self, entry: Entry) -> None:
        """Tell how opening the home by a transaction went, once it has."""
        if entry.state == "final":
            self._tell_home(entry.order_id)
        elif entry.state in FINAL_STATES:
            self._say(Refused(request_id=entry.order_id, reason=entry.reason, detail=entry.detail))

    def _tell_home(self, request_id: str) -> None:
        owner = owner_of(self._ledger, self.home)
        self._say(HomeOpened(request_id=request_id, room=self.home, owner=owner))

    def tell_home(self) -> None:
        """Tell the player's home where it is open."""
        if owner_of(self._ledger, self.home) != ZERO_ADDRESS:
            self._tell_home("")

    def _open(self, place_id: PlaceId) -> RoomToken:
        room = RoomToken(room_id(self._wallet.address, place_id))
        if owner_of(self._ledger, room) != ZERO_ADDRESS:
            return room
        if self._deployment.chain_id != DEV_CHAIN_ID:
            raise RefusalError("room_unknown", "the room is to be opened first")
        sender = DevSender(self._rpc, dev_key(DEPLOYER, chain_id=self._deployment.chain_id))
        asked = {"to": self._deployment.rooms, "data": "0x" + call_data("displayOf(uint256)", room).hex()}
        sender.ensure(
            lambda: int(self._rpc.call("eth_call", asked, "latest")[2:66], 16) != 0,
            self._deployment.rooms,
            call_data("mint(address,bytes32)", self._wallet.address, room_key(place_id)),
            what=f"opening the room {place_id}",
        )
        self._read_on()
        return room

    def publish(self, request: PublishRoom | UnpublishRoom) -> bool:
        """Draft the transaction that publishes a room, or takes that back; False when it's so already, and told.

        The ledger must be up to date. Raises RefusalError with the reason when it can't be published.
        """
        if self._calls.known(request.request_id, "publish") is not None:
            return True  # confirming it again only tells where it is
        bundle, root = NOTHING, EMPTY_ROOT
        if isinstance(request, PublishRoom):
            if len(request.bundle_sha256) != 32 or request.bundle_sha256 == NOTHING:
                raise RefusalError("offer_invalid", "a bundle's hash has 32 bytes, not all of them zero")
            bundle, root = request.bundle_sha256, self._root(request.displays)
        room = self._open(request.place_id)
        owner = owner_of(self._ledger, room)
        if owner != self._wallet.address:
            raise RefusalError("not_room_owner", f"the room is {owner}'s")
        known = publications(self._ledger, room)
        if (bundle, root) == ((known[-1].bundle_sha256, known[-1].root) if known else (NOTHING, EMPTY_ROOT)):
            self._say(
                Published(
                    request_id=request.request_id, place_id=request.place_id, room=room,
                    bundle_sha256=b"" if bundle == NOTHING else bundle, version=len(known),
                    tx_hash=known[-1].tx_hash if known else "", block=known[-1].block if known else 0,
                )
            )  # fmt: skip
            return False
        self._calls.draft(
            request.request_id, "publish", self._deployment.rooms,
            call_data("publish(uint256,bytes32,bytes32)", room, bundle, root),
            place_id=request.place_id, bundle_sha256=b"" if bundle == NOTHING else bundle,
        )  # fmt: skip
        return True

    def _root(self, displays: tuple[Display, ...]) -> bytes:
        """Root of the goods on display; every offer that the bundle carries must be genuine."""
        tokens: list[TokenId] = []
        for display in _limited(displays):
            try:
                tokens.append(self._identify(display)[0])
                for data in display.offers:
                    self._offer_of(display, data)
            except ChainError as error:
                raise RefusalError("offer_invalid", f"{display.terms.good_id}: {error}") from None
        return MerkleTree(tokens).root

    def tell_published(self, entry: Entry) -> None:
        """Tell how a publication went, once it has."""
        if entry.state == "final":
            room = RoomToken(room_id(self._wallet.address, PlaceId(entry.place_id)))
            known = [each for each in publications(self._ledger, room) if each.block <= entry.block]
            self._say(
                Published(
                    request_id=entry.order_id, place_id=PlaceId(entry.place_id), room=room,
                    bundle_sha256=entry.bundle_sha256, version=len(known), tx_hash=entry.tx_hash, block=entry.block,
                    gas_wei=entry.gas_wei,
                )
            )  # fmt: skip
        elif entry.state in FINAL_STATES:
            self._say(Refused(request_id=entry.order_id, reason=entry.reason, detail=entry.detail))

    # --- rooms that are visited ----------------------------------------------------------------------------------

    def admit(self, request: AdmitRoom) -> None:
        """Check all that a room shows, know it, and tell how the room stands. The ledger must be up to date.

        What is not genuine is left out and named. Raises RefusalError when the room can't be admitted at all.
        """
        if request.place_id != place_of(request.room, home=self.home):
            raise RefusalError("room_unknown", f"{request.place_id} is not the name of this room in the game")
        rejected: list[RejectedOffer] = []
        tokens: list[TokenId] = []
        for display in _limited(request.displays):
            good_id = display.terms.good_id
            try:
                token, terms = self._identify(display)
            except ChainError as error:
                rejected.append(RejectedOffer(good_id=good_id, detail=str(error)))
                continue
            tokens.append(token)
            made: list[SignedOffer] = []
            for data in display.offers:
                try:
                    signed = self._offer_of(display, data)
                except ChainError as error:
                    rejected.append(RejectedOffer(good_id=good_id, detail=str(error)))
                    continue
                if signed.offer.primary:
                    made.append(signed)
                else:
                    self._shop.resale.admit(signed)
                self._shop.shown_offers[signed.hash] = good_id
            self._shop.know(good_id, token, terms, price_wei=display.terms.price_wei, offers=tuple(made))
        tree = MerkleTree(tokens)
        self._shop.rooms[request.place_id] = ShownRoom(room=request.room, displays=frozenset(tokens), tree=tree)
        admitted = self._standing(request, tuple(rejected))
        self._admitted[request.place_id] = (request, admitted)
        self._say(admitted)

    def tell_changes(self) -> None:
        """Tell of rooms whose state is another than when it was told last."""
        for place_id, (request, told) in list(self._admitted.items()):
            now = self._standing(request, told.rejected)
            if now != told:
                self._admitted[place_id] = (request, now)
                self._say(now)

    def shows(self, place_id: PlaceId) -> frozenset[TokenId]:
        """The goods that the copy of a room shows which was seen last; none for a room that wasn't seen."""
        shown = self._shop.rooms.get(place_id)
        return frozenset() if shown is None or place_id not in self._admitted else shown.displays

    def visited(self) -> list[RoomAdmitted]:
        """The rooms that were admitted."""
        return [admitted for _, admitted in self._admitted.values()]

    def _standing(self, request: AdmitRoom, rejected: tuple[RejectedOffer, ...]) -> RoomAdmitted:
        """How a room stands by the chain's logs; notes whether it is paid."""
        owner = owner_of(self._ledger, request.room)
        known = publications(self._ledger, request.room)
        bundle = known[-1].bundle_sha256 if known else NOTHING
        if owner == ZERO_ADDRESS:
            state = "foreign"
        elif bundle == NOTHING:
            state = "unpublished"
        else:
            state = "current" if bundle == request.bundle_sha256 else "outdated"
        shown = self._shop.rooms[request.place_id]
        pays = owner != ZERO_ADDRESS and bool(known) and known[-1].root == shown.tree.root != EMPTY_ROOT
        if pays != shown.pays:
            self._shop.rooms[request.place_id] = ShownRoom(
                room=shown.room, displays=shown.displays, tree=shown.tree, pays=pays
            )
        return RoomAdmitted(
            request_id=request.request_id, place_id=request.place_id, room=request.room, state=state, owner=owner,
            pays_room=pays, version=0 if bundle == NOTHING else len(known), rejected=rejected,
        )  # fmt: skip

    def _identify(self, display: Display) -> tuple[TokenId, Terms]:
        """Id and terms of a good on the chain. Raises ChainError when it's not what it claims to be."""
        good = display.terms
        if is_player(good.maker):
            terms = player_terms(good)
            return token_id(terms), terms
        known = self._shop.goods.get(good.good_id)
        if known is None or token_id(terms_of(good, dev_address(good.maker))) != known.token_id:
            raise ChainError("the street doesn't know this good; only players' goods travel with rooms")
        return known.token_id, known.terms

    def _offer_of(self, display: Display, data: bytes) -> SignedOffer:
        """An offer that a bundle carries for a good. Raises ChainError when it's not genuine."""
        signed = unpack_offer(
            data, chain_id=self._deployment.chain_id, market=self._deployment.market, domain=self._domain
        )
        token, terms = self._identify(display)
        if signed.offer.good != token:
            raise ChainError(f"the offer {signed.hash} is for another good")
        if signed.offer.primary and signed.offer.seller != terms.maker:
            raise ChainError(f"new units are its maker's to offer, not {signed.offer.seller}'s")
        return signed


def _limited(displays: tuple[Display, ...]) -> tuple[Display, ...]:
    if len(displays) > MOST_DISPLAYS:
        raise RefusalError("too_many_goods", f"{len(displays)} goods; one room shows at most {MOST_DISPLAYS}")
    offers = sum(len(display.offers) for display in displays)
    if offers > 2 * MOST_DISPLAYS:
        raise RefusalError("too_many_goods", f"{offers} offers; one bundle carries at most {2 * MOST_DISPLAYS}")
    return displays
