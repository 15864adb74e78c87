"""A walker finds its way round furniture, and says so where there is none."""

import pytest

from game.bots.route import Floor, route
from game.core.errors import GameError
from game.core.goods import Text
from game.core.ids import MakerId, PlaceId
from game.core.places import Box, Place, Spot

WALLS = (
    Box(at_m=(0, 3, 0), size_m=(8, 0.2, 3)),
    Box(at_m=(0, -3, 0), size_m=(8, 0.2, 3)),
    Box(at_m=(4, 0, 0), size_m=(0.2, 6, 3)),
    Box(at_m=(-4, 0, 0), size_m=(0.2, 6, 3)),
)


def room(*furniture: Box) -> Place:
    return Place(
        id=PlaceId("room"),
        kind="room",
        name=Text(en="Room", zh="房间"),
        keeper=MakerId("nobody"),
        spawn=Spot(at_m=(-3, 0, 0)),
        colliders=WALLS + furniture,
    )


def test_an_empty_room_is_crossed_in_one_straight_line() -> None:
    assert len(route(Floor(room()), (-3, 0), (3, 0))) == 1


def test_a_table_is_walked_round() -> None:
    table = Box(at_m=(0, 0, 0), size_m=(1, 2, 0.8))
    way = route(Floor(room(table)), (-3, 0), (3, 0))
    assert len(way) > 1
    assert way[-1] == pytest.approx((3, 0), abs=0.1)
    assert max(abs(y) for _, y in way) > 1.2


def test_a_low_step_and_a_high_beam_stop_nobody() -> None:
    step = Box(at_m=(0, 0, 0), size_m=(1, 5.8, 0.2))
    beam = Box(at_m=(1, 0, 2.4), size_m=(1, 5.8, 0.2))
    assert len(route(Floor(room(step, beam)), (-3, 0), (3, 0))) == 1


def test_a_wall_across_leaves_no_way() -> None:
    wall = Box(at_m=(0, 0, 0), size_m=(0.2, 6, 3))
    with pytest.raises(GameError, match="no way on foot"):
        route(Floor(room(wall)), (-3, 0), (3, 0))
