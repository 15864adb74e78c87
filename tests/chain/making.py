"""Goods that players make, and rooms that show them, for tests of every market."""

from hashlib import sha256
from itertools import count

import msgspec

from chain.goods_id import player_good_id
from game.core.ids import Address, GoodId, MakerId, PlaceId, RoomToken, Wei
from game.core.ports import GoodTerms, OrderUpdate, Recall, Refused, Stock, Update
from game.core.room_ports import (
    HOME,
    AdmitRoom,
    Credits,
    Display,
    HomeOpened,
    MakersDesk,
    OfferSigned,
    OfferStock,
    OpenHome,
    Published,
    PublishRoom,
    ReadDesk,
    ReadPurse,
    ReadVersions,
    RoomAdmitted,
    SignOffer,
    Versions,
    WithdrawCredits,
    Withdrawn,
)
from tests.chain.bazaar import COIN_WEI, Player, new_id

_numbers = count(1)


def account(player: Player) -> Address:
    """The player's account."""
    assert player.ready is not None
    return player.ready.account


def made_by(player: Player, *, edition: int = 10, coins: int = 8, share: int = 1000, name: str = "") -> GoodTerms:
    """A good that nobody has made before."""
    maker = MakerId(account(player))
    told = {"name": name or f"mug {next(_numbers)}", "maker": maker, "edition": edition, "royalty_bps": 500}
    manifest = msgspec.json.encode(told, order="sorted")
    return GoodTerms(
        good_id=player_good_id(manifest), maker=maker, manifest=manifest, edition=edition, royalty_bps=500,
        price_wei=Wei(coins * COIN_WEI), room_share_bps=share,
    )  # fmt: skip


def ask_to_sign(player: Player, good: GoodTerms, **more: object) -> OfferSigned | Refused:
    """Have a maker sign an offer."""
    request = SignOffer(request_id=new_id("sign"), terms=good, **more)  # type: ignore[arg-type]
    answer = player.answer(request, (OfferSigned, Refused))
    assert isinstance(answer, OfferSigned | Refused)
    return answer


def sign(player: Player, good: GoodTerms, **more: object) -> OfferSigned:
    """The same, when it must succeed."""
    answer = ask_to_sign(player, good, **more)
    assert isinstance(answer, OfferSigned), answer
    return answer


def home_of(player: Player) -> RoomToken:
    """The player's home, opened if need be."""
    answer = player.answer(OpenHome(request_id=new_id("home")), (HomeOpened, Refused))
    assert isinstance(answer, HomeOpened), answer
    assert answer.owner == account(player)
    return answer.room


def place_name(room: RoomToken) -> PlaceId:
    """What somebody else's room is called in the game."""
    return PlaceId(f"r{room:064x}"[:21])


def bundle_of(*displays: Display, title: str = "") -> bytes:
    """A hash that stands for a bundle with these goods in it."""
    return sha256(repr((title, displays)).encode()).digest()


def publish(player: Player, *displays: Display, title: str = "") -> Published:
    """Publish the player's home."""
    request = PublishRoom(
        request_id=new_id("publish"), place_id=HOME, bundle_sha256=bundle_of(*displays, title=title), displays=displays
    )
    answer = player.answer(request, (Published, Refused))
    assert isinstance(answer, Published), answer
    return answer


def ask_to_admit(
    player: Player, room: RoomToken, *displays: Display, title: str = "", own: bool = False
) -> RoomAdmitted | Refused:
    """Load a room."""
    request = AdmitRoom(
        request_id=new_id("admit"), place_id=HOME if own else place_name(room), room=room,
        bundle_sha256=bundle_of(*displays, title=title), displays=displays,
    )  # fmt: skip
    answer = player.answer(request, (RoomAdmitted, Refused))
    assert isinstance(answer, RoomAdmitted | Refused)
    return answer


def admit(player: Player, room: RoomToken, *displays: Display, title: str = "", own: bool = False) -> RoomAdmitted:
    """The same, when it must succeed."""
    answer = ask_to_admit(player, room, *displays, title=title, own=own)
    assert isinstance(answer, RoomAdmitted), answer
    return answer


def read(player: Player, request: ReadPurse | ReadDesk | ReadVersions | Recall, kind: type[Update]) -> Update:
    """Ask for something that has no id, and wait for it."""
    start = len(player.heard)
    player.market.submit(request)
    player.wait(f"{kind.__name__}", lambda: any(isinstance(update, kind) for update in player.heard[start:]))
    return next(update for update in player.heard[start:] if isinstance(update, kind))


def purse(player: Player) -> Credits:
    """Every credit of the player's."""
    found = read(player, ReadPurse(), Credits)
    assert isinstance(found, Credits)
    return found


def desk(player: Player) -> MakersDesk:
    """All about the player as a maker."""
    found = read(player, ReadDesk(), MakersDesk)
    assert isinstance(found, MakersDesk)
    return found


def versions(player: Player, room: RoomToken) -> Versions:
    """What was published of a room."""
    found = read(player, ReadVersions(room=room), Versions)
    assert isinstance(found, Versions)
    return found


def withdraw(player: Player) -> Withdrawn | Refused:
    """Take all credit out."""
    answer = player.answer(WithdrawCredits(request_id=new_id("withdraw")), (Withdrawn, Refused))
    assert isinstance(answer, Withdrawn | Refused)
    return answer


def stock(player: Player, good: GoodId) -> Stock:
    """The last word on a good."""
    player.listen()
    return player.stock[good]


def offer_stock(player: Player, offer: str) -> OfferStock | None:
    """The last word on an offer."""
    player.listen()
    told = [update for update in player.heard if isinstance(update, OfferStock) and update.offer == offer]
    return told[-1] if told else None


def shares(done: OrderUpdate) -> dict[tuple[str, str], int]:
    """Who was paid what by an order, by role and account."""
    return {(share.role, share.to): share.wei for share in done.shares}


def balance(player: Player) -> int:
    """Wei of the account, as it was told last."""
    player.listen()
    assert player.holdings is not None
    return player.holdings.balance_wei


def on_display(player: Player, good: GoodTerms, **more: object) -> Display:
    """A good with its maker's offer, signed just now."""
    return Display(terms=good, offers=(sign(player, good, **more).signed,))
