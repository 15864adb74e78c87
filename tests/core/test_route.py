"""A walker finds its way round furniture and through doors, and says so where there is none."""

from itertools import pairwise
from math import cos, hypot, radians, sin
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.load import load_catalogue
from game.core.errors import GameError
from game.core.goods import Text
from game.core.ids import GoodId, MakerId, PlaceId, StandId
from game.core.places import Box, Place, Spot, Stand
from game.core.route import CELL_M, Floor, Point, Seek, before_stand, legs, length_m, route
from game.core.world import BODY_RADIUS_M
from tests.core.small import SHOP, STREET, shop, street

ROOT = Path(__file__).resolve().parents[2]

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


boxes = st.builds(
    Box,
    at_m=st.tuples(st.floats(-3, 3), st.floats(-2, 2), st.just(0.0)),
    size_m=st.tuples(st.floats(0.2, 2), st.floats(0.2, 2), st.just(0.9)),
    yaw_deg=st.floats(-90, 90),
)
spots = st.tuples(st.floats(-3.5, 3.5), st.floats(-2.5, 2.5))


def gap_m(box: Box, x: float, y: float) -> float:
    """Distance in plan from a point to a box."""
    yaw = radians(box.yaw_deg)
    dx, dy = x - box.at_m[0], y - box.at_m[1]
    along = abs(dx * cos(yaw) + dy * sin(yaw)) - box.size_m[0] / 2
    across = abs(dy * cos(yaw) - dx * sin(yaw)) - box.size_m[1] / 2
    return hypot(max(along, 0.0), max(across, 0.0))


def along(way: list[Point]) -> list[Point]:
    """Points on a way, two centimetres apart."""
    out: list[Point] = []
    for (ax, ay), (bx, by) in pairwise(way):
        count = max(int(hypot(bx - ax, by - ay) / 0.02), 1)
        out += [(ax + (bx - ax) * n / count, ay + (by - ay) * n / count) for n in range(count + 1)]
    return out


@settings(max_examples=60, deadline=None)
@given(st.lists(boxes, max_size=6), spots, spots)
def test_no_step_of_a_way_goes_through_a_wall(furniture: list[Box], start: Point, goal: Point) -> None:
    place = room(*furniture)
    floor = Floor(place)
    seek = Seek(floor, start, goal)
    while not seek.advance(500):
        pass
    way = [floor.point(floor.nearest_free(*start)), *seek.way()]
    least_m = min((gap_m(box, x, y) for box in place.colliders for x, y in along(way)), default=1.0)
    assert least_m > BODY_RADIUS_M - CELL_M / 2  # the body is pushed along the rest
    if seek.found:
        assert way[-1] == pytest.approx(floor.point(floor.nearest_free(*goal)))


@settings(max_examples=30, deadline=None)
@given(st.lists(boxes, max_size=6), spots, spots, st.integers(1, 400))
def test_a_search_in_pieces_finds_what_one_in_a_go_finds(
    furniture: list[Box], start: Point, goal: Point, piece: int
) -> None:
    floor = Floor(room(*furniture))
    whole, parts = Seek(floor, start, goal), Seek(floor, start, goal)
    while not whole.advance(10**6):
        pass
    while not parts.advance(piece):
        pass
    assert (parts.found, parts.way()) == (whole.found, whole.way())


def test_a_way_to_what_is_closed_off_ends_as_near_as_one_can_come() -> None:
    cell = tuple(Box(at_m=(x, y, 0), size_m=size, yaw_deg=0) for x, y, size in (
        (2, 1, (2, 0.1, 2)), (2, -1, (2, 0.1, 2)), (1, 0, (0.1, 2, 2)), (3, 0, (0.1, 2, 2)),
    ))  # fmt: skip
    seek = Seek(Floor(room(*cell)), (-3, 0), (2, 0))
    while not seek.advance(1000):
        pass
    assert not seek.found
    assert seek.way()[-1] == pytest.approx((0.6, 0.0), abs=0.15)


def test_what_is_closed_off_is_free_but_out_of_reach() -> None:
    wall = Box(at_m=(0, 0, 0), size_m=(0.2, 6, 3))
    floor = Floor(room(wall))
    assert floor.free[floor.cell(2, 0)]
    assert not floor.can_reach(2, 0)
    assert floor.can_reach(-2, 1)
    assert floor.nearest_in_reach(2, 0) == pytest.approx((-0.4, 0), abs=0.11)


def test_one_stops_before_a_stand_on_the_side_that_it_shows() -> None:
    stand = Stand(id=StandId("s"), good=GoodId("g"), at_m=(0, 1, 1), yaw_deg=0)
    assert before_stand(Floor(room()), stand) == pytest.approx((0.0, 0.1))
    shelf = Box(at_m=(0, 0.3, 0), size_m=(3, 0.6, 1))
    x, y = before_stand(Floor(room(shelf)), stand)
    assert gap_m(shelf, x, y) > BODY_RADIUS_M


PLACES = {STREET: street(), SHOP: shop()}


def test_a_way_into_another_place_leads_out_by_the_door_and_on_from_it() -> None:
    way = legs(PLACES, STREET, (0.0, -5.0), SHOP, (-2.0, 1.0))
    assert [(leg.place, leg.door.id if leg.door else None) for leg in way] == [(STREET, "in"), (SHOP, None)]
    assert way[0].to_m == pytest.approx((0.0, -0.5))
    assert way[1].from_m == pytest.approx((3.6, 0.0))
    assert length_m(way) == pytest.approx(4.5 + 1.0 + hypot(5.6, 1.0))


def test_a_way_in_the_same_place_needs_no_door_and_nowhere_has_none() -> None:
    assert [leg.door for leg in legs(PLACES, SHOP, (0.0, -2.0), SHOP, (1.0, 1.0))] == [None]
    assert legs({SHOP: shop()}, SHOP, (0.0, -2.0), STREET, (0.0, -5.0)) == []


def test_every_good_of_the_scenes_can_be_walked_to_from_where_each_place_is_entered() -> None:
    places = load_catalogue(ROOT).places
    for place in places.values():
        floor = Floor(place)
        for stand in place.stands:
            assert route(floor, place.spawn.at_m[:2], before_stand(floor, stand)), stand.id
    for there in places.values():
        for here in places.values():
            assert legs(places, here.id, here.spawn.at_m[:2], there.id, there.spawn.at_m[:2])
