"""A hall made on the spot: rows of shelves with any number of goods of a hundred kinds; no file holds it.

A row is two-sided, its boards lie at 0.25, 0.65, 1.05 and 1.45 m, and an aisle is 1.6 m wide, so at eye height one
looks over most of it. The kinds of goods are dealt at random, the hardest for drawing: every kind is everywhere.
"""

from math import ceil, sqrt
from random import Random

from game.core.goods import Good, Terms, Text
from game.core.ids import DoorId, GoodId, MakerId, PlaceId, StandId
from game.core.places import Box, Door, Place, Spot, Stand
from game.core.world import World, new_world

HALL, LOBBY = PlaceId("hall"), PlaceId("lobby")
KINDS = 100
BOARDS_M = (0.25, 0.65, 1.05, 1.45)
SLOT_M, DEPTH_M, AISLE_M, BAY_M = 0.4, 0.4, 1.6, 2.4
THICK_M = 0.03


def _words(text: str) -> Text:
    return Text(en=text, zh=text)


def hall_goods(sizes_m: dict[str, tuple[float, float, float]]) -> dict[GoodId, Good]:
    """Goods of these sizes by id."""
    return {
        GoodId(name): Good(
            id=GoodId(name), kind="vase", maker=MakerId("bench"), name=_words(name), story=_words(name), size_m=size_m,
            licence="CC0-1.0", terms=Terms(price_coins="1", edition=10**6),
        )
        for name, size_m in sizes_m.items()
    }  # fmt: skip


def plain_goods() -> dict[GoodId, Good]:
    """A hundred goods for what needs no models."""
    rng = Random(5)
    return hall_goods(
        {f"kind_{i}": (rng.uniform(0.1, 0.32), rng.uniform(0.1, 0.3), rng.uniform(0.1, 0.32)) for i in range(KINDS)}
    )


def rows_for(count: int) -> tuple[int, int]:
    """How many rows, and how many shelf units of six slots a side in each, hold that many goods in about a square."""
    per_unit = 2 * 6 * len(BOARDS_M)
    units = max(1, round(sqrt(count / per_unit * (2 * DEPTH_M + AISLE_M) / BAY_M)))
    return ceil(count / (per_unit * units)), units


def hall(count: int, goods: dict[GoodId, Good], *, seed: int = 7) -> Place:
    """A place that shows `count` goods, its spawn point in the middle of its widest aisle, its door in the south."""
    rng, names = Random(seed), list(goods)
    rows, units = rows_for(count)
    pitch_m, long_m = 2 * DEPTH_M + AISLE_M, units * BAY_M
    wide_m = rows * pitch_m
    stands: list[Stand] = []
    boxes: list[Box] = []
    for row in range(rows):
        x = (row + 0.5) * pitch_m - wide_m / 2
        for unit in range(units):
            y = (unit + 0.5) * BAY_M - long_m / 2
            boxes.append(Box(at_m=(x, y, 0.0), size_m=(THICK_M, BAY_M, BOARDS_M[-1] + 0.1)))
            for board_m in BOARDS_M:
                boxes.append(Box(at_m=(x, y, board_m - THICK_M), size_m=(2 * DEPTH_M, BAY_M, THICK_M)))
                for side, yaw_deg in ((-1, -90.0), (1, 90.0)):
                    for slot in range(6):
                        if len(stands) < count:
                            at_m = (x + side * DEPTH_M / 2, y + (slot - 2.5) * SLOT_M, board_m)
                            turn_deg = yaw_deg + rng.uniform(-20, 20)
                            name = StandId(f"stand_{len(stands)}")
                            stands.append(Stand(id=name, good=names[rng.randrange(len(names))], at_m=at_m,
                                                yaw_deg=turn_deg))  # fmt: skip
    x, y = wide_m / 2 + 1.5, long_m / 2 + 3.0
    walls = (
        ((0, y, 0), (2 * x, 0.2, 3)), ((x, 0, 0), (0.2, 2 * y, 3)), ((-x, 0, 0), (0.2, 2 * y, 3)),
        ((-x / 2 - 0.3, -y, 0), (x - 0.6, 0.2, 3)), ((x / 2 + 0.3, -y, 0), (x - 0.6, 0.2, 3)),
    )  # fmt: skip
    boxes += [Box(at_m=at_m, size_m=size_m) for at_m, size_m in walls]
    aisle_x = pitch_m / 2 if rows % 2 else 0.0
    door = Door(
        id=DoorId("in"), at_m=(0.0, -y, 0.0), yaw_deg=180.0, to_place=LOBBY, to_door=DoorId("out"), width_m=1.2
    )
    return Place(
        id=HALL, kind="shop", name=_words("Hall"), keeper=MakerId("bench"), doors=(door,),
        spawn=Spot(at_m=(aisle_x, -long_m / 2 - 1.0, 0.0)), colliders=tuple(boxes), stands=tuple(stands),
    )  # fmt: skip


def lobby() -> Place:
    """The room before the hall."""
    door = Door(
        id=DoorId("out"), at_m=(0.0, 3.0, 0.0), yaw_deg=0.0, to_place=HALL, to_door=DoorId("in"), width_m=1.2
    )
    return Place(
        id=LOBBY, kind="room", name=_words("Lobby"), keeper=MakerId("bench"), spawn=Spot(at_m=(0.0, 0.0, 0.0)),
        doors=(door,),
        colliders=(Box(at_m=(3, 0, 0), size_m=(0.2, 6, 3)), Box(at_m=(-3, 0, 0), size_m=(0.2, 6, 3)),
                   Box(at_m=(0, -3, 0), size_m=(6, 0.2, 3))),
    )  # fmt: skip


def hall_world(count: int, goods: dict[GoodId, Good]) -> World:
    """A world of the hall and its lobby with the player in the hall."""
    return new_world({HALL: hall(count, goods), LOBBY: lobby()}, goods, start=HALL, seed=1)
