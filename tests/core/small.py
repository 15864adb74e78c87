"""A small street and a small shop, built in code, for the tests of the rules."""

from game.core import ports
from game.core.goods import Good, Terms, Text, Vec3, Wear
from game.core.ids import Address, DoorId, GoodId, MakerId, PlaceId, StandId, TokenId, Wei
from game.core.places import Box, Door, Place, Spot, Stand
from game.core.world import World, new_world

HAT, CAP, SCARF = GoodId("hat"), GoodId("cap"), GoodId("scarf")
CHAIR, PRINT, VASE = GoodId("chair"), GoodId("print"), GoodId("vase")
STREET, SHOP = PlaceId("street"), PlaceId("shop")


def text(words: str) -> Text:
    return Text(en=words, zh=words)


def good(good_id: GoodId, kind: str, size_m: Vec3, slot: str = "", *, hangs: bool = False) -> Good:
    return Good(
        id=good_id,
        kind=kind,
        maker=MakerId("maker"),
        name=text(good_id),
        story=text("story"),
        size_m=size_m,
        licence="CC-BY-4.0",
        terms=Terms(price_coins="10", edition=3),
        wear=Wear(slot=slot) if slot else None,
        hangs=hangs,
    )


GOODS = {
    g.id: g
    for g in (
        good(HAT, "hat", (0.3, 0.3, 0.2), "head"),
        good(CAP, "hat", (0.2, 0.25, 0.15), "head"),
        good(SCARF, "scarf", (0.3, 0.3, 0.1), "neck"),
        good(CHAIR, "chair", (0.5, 0.5, 0.9)),
        good(PRINT, "picture", (0.6, 0.03, 0.4), hangs=True),
        good(VASE, "vase", (0.2, 0.2, 0.3)),
    )
}


def street() -> Place:
    return Place(
        id=STREET,
        kind="street", floor="stone",
        name=text("Street"),
        keeper=MakerId("guild"),
        spawn=Spot(at_m=(0.0, -5.0, 0.0)),
        colliders=(
            Box(at_m=(-5.5, 0.0, 0.0), size_m=(10.0, 0.2, 3.0)),
            Box(at_m=(5.5, 0.0, 0.0), size_m=(10.0, 0.2, 3.0)),
        ),
        doors=(
            Door(id=DoorId("in"), at_m=(0.0, 0.0, 0.0), yaw_deg=0.0, to_place=SHOP, to_door=DoorId("out"), leaf="leaf"),
        ),
    )


def shop() -> Place:
    """Eight metres square; its door is in the east wall, so that passing it turns the player."""
    return Place(
        id=SHOP,
        kind="shop",
        name=text("Shop"),
        keeper=MakerId("keeper"),
        spawn=Spot(at_m=(0.0, -2.0, 0.0)),
        counter=Spot(at_m=(-2.0, 0.0, 0.0)),
        colliders=(
            Box(at_m=(0.0, 4.1, 0.0), size_m=(8.4, 0.2, 3.0)),
            Box(at_m=(0.0, -4.1, 0.0), size_m=(8.4, 0.2, 3.0)),
            Box(at_m=(-4.1, 0.0, 0.0), size_m=(0.2, 8.4, 3.0)),
            Box(at_m=(4.1, 2.35, 0.0), size_m=(0.2, 3.7, 3.0)),
            Box(at_m=(4.1, -2.35, 0.0), size_m=(0.2, 3.7, 3.0)),
            Box(at_m=(0.0, 0.0, 0.0), size_m=(2.4, 0.6, 1.0)),  # the table
        ),
        doors=(
            Door(
                id=DoorId("out"),
                at_m=(4.1, 0.0, 0.0),
                yaw_deg=-90.0,
                to_place=STREET,
                to_door=DoorId("in"),
                leaf="leaf",
            ),
        ),
        stands=(
            Stand(id=StandId("s_hat"), good=HAT, at_m=(0.0, 0.0, 1.0)),
            Stand(id=StandId("s_hat_2"), good=HAT, at_m=(0.6, 0.0, 1.0)),
            Stand(id=StandId("s_cap"), good=CAP, at_m=(-0.6, 0.0, 1.0)),
            Stand(id=StandId("s_scarf"), good=SCARF, at_m=(1.0, 0.0, 1.0)),
            Stand(id=StandId("s_vase"), good=VASE, at_m=(-1.0, 0.0, 1.0)),
            Stand(id=StandId("s_chair"), good=CHAIR, at_m=(-3.0, 3.0, 0.0)),
            Stand(id=StandId("s_print"), good=PRINT, at_m=(2.0, 3.98, 1.3)),
        ),
    )


def world_at(place: PlaceId = SHOP, seed: int = 1) -> World:
    return new_world({STREET: street(), SHOP: shop()}, dict(GOODS), start=place, seed=seed)


def ready() -> ports.Ready:
    return ports.Ready(
        node_kind="fake", chain_id=31337, account=Address("0x01"), balance_wei=Wei(10**18), play_money=True
    )


def stock(good_id: GoodId, left: int) -> ports.Stock:
    return ports.Stock(good_id=good_id, token_id=TokenId(1), left=left, unit_price_wei=Wei(10**16))
