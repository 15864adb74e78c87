"""Looking by the grid finds what looking at every good one by one finds."""

from math import hypot, inf, pi, radians

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import collide
from game.core.ids import DoorId, StandId
from game.core.places import Box, Place, Spot, Stand
from game.core.rules import shown as shown_goods
from game.core.rules.movement import doors_ajar
from game.core.rules.reach import BLOCK_SLACK_M, eye_m, gaze, stand_ahead
from game.core.rules.shown import GROW_M, LEAST_HALF_M, prepare, shown_in
from game.core.world import EYE_HEIGHT_M, REACH_M, Hand, World, new_world
from tests.core.small import CAP, CHAIR, GOODS, HAT, SHOP, STREET, VASE, shop, street, world_at


def plainly_ahead(world: World) -> StandId | None:
    """The rule, spelled out: every good against every solid."""
    eye, way = eye_m(world), gaze(world)
    solids = collide.solids_of(world.place)
    open_leaves = {solids.door_at[door] for door in doors_ajar(world)}
    away = {world.hand.stand} if world.hand is not None else set()
    hits: list[list[tuple[float, int]]] = [[], []]
    for row, stand in enumerate(world.place.stands):
        if stand.id in away:
            continue
        size_m = world.goods[stand.good].size_m
        box = collide.standing_box(stand.at_m, size_m, radians(stand.yaw_deg))
        reach_m = REACH_M
        for index, other in enumerate(solids.all):
            if index in open_leaves or collide.contains(other, box.x_m, box.y_m, (box.bottom_m + box.top_m) / 2):
                continue
            wall_m = float(collide.ray(collide.columns([other]), eye, way)[0])
            reach_m = min(reach_m, wall_m + BLOCK_SLACK_M)
        grow_m = GROW_M + max(LEAST_HALF_M - min(box.half_x_m, box.half_y_m, (box.top_m - box.bottom_m) / 2), 0.0)
        for found, grow in zip(hits, (0.0, grow_m), strict=True):
            distance_m = float(collide.ray(collide.columns([box]), eye, way, grow_m=grow)[0])
            if distance_m <= reach_m:
                found.append((distance_m, row))
    for found in hits:
        if found:
            return world.place.stands[min(found)[1]].id
    return None


def room(stands: list[tuple[float, float, float, float]], boxes: list[Box], at: tuple[float, float]) -> Place:
    goods = (HAT, CAP, VASE, CHAIR)
    return msgspec.structs.replace(
        street(), colliders=tuple(boxes), spawn=Spot(at_m=(*at, 0.0)),
        stands=tuple(
            Stand(id=StandId(f"s{i}"), good=goods[i % 4], at_m=(x, y, z), yaw_deg=yaw)
            for i, (x, y, z, yaw) in enumerate(stands)
        ),
    )  # fmt: skip


def doorless(stands: list[tuple[float, float, float, float]], *boxes: Box) -> Place:
    return msgspec.structs.replace(room(stands, list(boxes), (0.0, 0.0)), doors=())


near = st.floats(-2.5, 2.5)
stand = st.tuples(near, near, st.floats(0.0, 2.2), st.floats(-180, 180) | st.sampled_from([0.0, 90.0]))
box = st.builds(
    lambda x, y, z, sx, sy, sz, yaw, climb: Box(at_m=(x, y, z), size_m=(sx, sy, sz), yaw_deg=yaw, climb_m=climb),
    near, near, st.floats(0.0, 2.0), st.floats(0.05, 2.0), st.floats(0.05, 2.0) | st.just(400.0), st.floats(0.02, 2.0),
    st.floats(-180, 180) | st.sampled_from([0.0, 90.0]), st.sampled_from([0.0, 0.0, 0.3]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    stands=st.lists(stand, max_size=25), boxes=st.lists(box, max_size=8), at=st.tuples(near, near),
    gazes=st.lists(
        st.tuples(st.floats(-pi, pi) | st.sampled_from([0.0, pi / 2]), st.floats(-1.5, 1.5) | st.just(0.0)),
        min_size=1, max_size=6,
    ),
    taken=st.integers(0, 40), open_part=st.floats(0.0, 1.0),
)  # fmt: skip
def test_the_grid_finds_what_the_plain_rule_finds(stands, boxes, at, gazes, taken, open_part) -> None:
    place = room(stands, boxes, at)
    world = new_world({STREET: place, SHOP: shop()}, dict(GOODS), start=STREET, seed=1)
    world.door_open[DoorId("in")] = open_part
    if taken < len(stands):
        world.hand = Hand(good=place.stands[taken].good, stand=place.stands[taken].id, since_tick=0)
    for yaw_rad, pitch_rad in gazes:
        world.body.yaw_rad, world.body.pitch_rad = yaw_rad, pitch_rad
        assert stand_ahead(world) == plainly_ahead(world)


def test_every_good_of_a_full_wall_is_found_and_none_beyond_reach() -> None:
    columns = [(-1.5 + 0.35 * i, 0.0, 0.7 + 0.4 * k, 0.0) for i in range(9) for k in range(4)]
    place = doorless(columns)
    world = new_world({STREET: place}, dict(GOODS), start=STREET, seed=1)
    found = set()
    for step in range(-40, 41):
        for tilt in range(-30, 31):
            world.body.yaw_rad, world.body.pitch_rad = step * 0.03, tilt * 0.03
            world.body.pos_m = (0.0, -1.2, 0.0)
            found.add(stand_ahead(world))
            world.body.pos_m = (0.0, -1.2 - REACH_M, 0.0)
            assert stand_ahead(world) is None
    assert found >= {stand.id for stand in place.stands if hypot(stand.at_m[0], 1.2, stand.at_m[2] - 1.52) < 2.0}


def test_a_collider_as_large_as_a_town_hides_what_is_behind_it() -> None:
    wall = Box(at_m=(0.0, 0.6, 0.0), size_m=(900.0, 0.1, 300.0), yaw_deg=0.0)
    stands = [(0.0, 1.0, EYE_HEIGHT_M - 0.1, 0.0)]
    world = new_world({STREET: doorless(stands)}, dict(GOODS), start=STREET, seed=1)
    assert stand_ahead(world) == "s0"
    world = new_world({STREET: doorless(stands, wall)}, dict(GOODS), start=STREET, seed=1)
    assert stand_ahead(world) is None


def test_preparing_piece_by_piece_is_done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown_goods, "PIECE", 2)
    world = world_at(SHOP)
    pieces = list(prepare(world.place, world.goods))
    assert len(pieces) >= len(world.place.stands) // 2
    assert list(prepare(world.place, world.goods)) == []
    known = shown_in(world.place, world.goods)
    assert known.stands == tuple(stand.id for stand in world.place.stands)
    assert known.boxes.solid(0) == collide.standing_box((0.0, 0.0, 1.0), GOODS[HAT].size_m, 0.0)
    assert known.grow_m.min() >= GROW_M
    assert known.grow_m.max() < inf
