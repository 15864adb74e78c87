from collections import Counter
from math import pi, radians

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import commands as c
from game.core.events import (
    Declined,
    GhostGone,
    GhostShown,
    LookedAt,
    PickedUp,
    PutBackOn,
    TookOff,
    TriedOn,
)
from game.core.goods import Wear
from game.core.ids import GoodId, StandId
from game.core.looks import Looks
from game.core.places import Box
from game.core.ports import Holdings
from game.core.rules.display import displayed, empty_stands
from game.core.rules.reach import eye_m
from game.core.step import step
from game.core.world import EYE_HEIGHT_M, World, Worn, new_world
from tests.core.small import CAP, CHAIR, GOODS, HAT, PRINT, SCARF, SHOP, STREET, VASE, ready, shop, stock, world_at

S_HAT, S_HAT_2, S_CAP = StandId("s_hat"), StandId("s_hat_2"), StandId("s_cap")


def before_table(aside_m: float = 0.0) -> World:
    """South of the table, looking down at what stands on it."""
    world = world_at()
    world.body.pos_m = (aside_m, -0.9, 0.0)
    step(world, [c.Look(pitch_rad=-0.45)])
    return world


def test_the_crosshair_finds_the_good_ahead_and_loses_it_again() -> None:
    world = before_table()
    assert world.looked_at == S_HAT
    assert step(world, [c.Look(yaw_rad=pi)]) == [LookedAt(stand=None)]
    assert step(world, []) == []


def test_what_is_out_of_reach_is_not_looked_at() -> None:
    world = world_at()
    world.body.pos_m = (0.0, -2.6, 0.0)
    step(world, [c.Look(pitch_rad=-0.2)])
    assert world.looked_at is None


def test_a_wall_in_between_hides_a_good() -> None:
    screen = Box(at_m=(0.0, -0.5, 0.0), size_m=(3.0, 0.02, 2.0))
    place = msgspec.structs.replace(shop(), colliders=(*shop().colliders, screen))
    world = new_world({SHOP: place}, dict(GOODS), start=SHOP, seed=1)
    world.body.pos_m = (0.0, -0.9, 0.0)
    step(world, [c.Look(pitch_rad=-0.45)])
    assert world.looked_at is None


def test_a_shelf_that_holds_a_good_inside_does_not_hide_it() -> None:
    shelf = Box(at_m=(0.0, 0.0, 1.0), size_m=(2.4, 0.6, 0.5))
    place = msgspec.structs.replace(shop(), colliders=(*shop().colliders, shelf))
    world = new_world({SHOP: place}, dict(GOODS), start=SHOP, seed=1)
    world.body.pos_m = (0.0, -0.9, 0.0)
    step(world, [c.Look(pitch_rad=-0.45)])
    assert world.looked_at == S_HAT


def test_shoes_raise_the_eye() -> None:
    boots = msgspec.structs.replace(GOODS[HAT], id=GoodId("boots"), wear=Wear(slot="feet", lift_m=0.04))
    world = new_world({SHOP: shop()}, {**GOODS, boots.id: boots}, start=SHOP, seed=1)
    assert eye_m(world)[2] == pytest.approx(EYE_HEIGHT_M)
    world.worn["feet"] = Worn(good=boots.id, tried=False)
    assert eye_m(world)[2] == pytest.approx(EYE_HEIGHT_M + 0.04)


def test_a_good_goes_into_the_hand_and_back_to_its_stand() -> None:
    world = before_table()
    assert PickedUp(stand=S_HAT, good=HAT) in step(world, [c.PickUp()])
    assert world.hand is not None
    assert world.hand.since_tick == 1
    assert empty_stands(world) == (S_HAT,)
    assert world.looked_at is None
    assert PutBackOn(stand=S_HAT, good=HAT) in step(world, [c.PutBack()])
    assert world.hand is None
    assert empty_stands(world) == ()
    assert step(world, [c.PutBack()]) == [Declined(reason="hand_empty")]


def test_nothing_is_picked_up_where_nothing_is() -> None:
    world = world_at()
    assert step(world, [c.PickUp()]) == [Declined(reason="nothing_there")]
    step(world, [c.PickUp(stand=S_HAT)])
    assert Declined(reason="nothing_there") in step(world, [c.PickUp(stand=S_HAT)])
    assert Declined(reason="nothing_there") in step(world, [c.PickUp(stand=StandId("none"))])


def test_picking_up_another_puts_the_first_back() -> None:
    world = world_at()
    step(world, [c.PickUp(stand=S_HAT)])
    found = step(world, [c.PickUp(stand=S_CAP)])
    assert found[:2] == [PutBackOn(stand=S_HAT, good=HAT), PickedUp(stand=S_CAP, good=CAP)]
    assert empty_stands(world) == (S_CAP,)


def test_turning_and_zooming_stay_within_bounds() -> None:
    world = world_at()
    assert step(world, [c.Turn(yaw_rad=1.0)]) == [Declined(reason="hand_empty")]
    assert step(world, [c.ShowScale()]) == [Declined(reason="hand_empty")]
    step(world, [c.PickUp(stand=S_HAT), c.ShowScale()])
    for _ in range(5):
        step(world, [c.Turn(yaw_rad=1.0, pitch_rad=1.0, zoom=0.6)])
    assert world.hand is not None
    assert (world.hand.yaw_rad, world.hand.pitch_rad, world.hand.zoom) == (5.0, pi / 2, 1.0)
    assert world.hand.ruler
    step(world, [c.Turn(zoom=-5.0), c.ShowScale()])
    assert world.hand.zoom == 0.0
    assert not world.hand.ruler


def test_several_wearables_are_tried_at_once_and_a_swap_returns_the_former() -> None:
    world = world_at()
    step(world, [c.PickUp(stand=S_HAT)])
    assert TriedOn(good=HAT, slot="head") in step(world, [c.TryOn()])
    assert world.hand is None
    step(world, [c.TryOn(good=SCARF)])
    assert {slot: worn.good for slot, worn in world.worn.items()} == {"head": HAT, "neck": SCARF}
    found = step(world, [c.TryOn(good=CAP)])
    assert found[:2] == [TriedOn(good=CAP, slot="head", instead_of=HAT), PutBackOn(stand=S_HAT, good=HAT)]
    assert set(empty_stands(world)) == {S_CAP, StandId("s_scarf")}


def test_what_is_on_cannot_be_tried_again_nor_what_is_nowhere() -> None:
    world = world_at()
    step(world, [c.TryOn(good=HAT)])
    assert Declined(reason="already_worn", detail=HAT) in step(world, [c.TryOn(good=HAT)])
    assert Declined(reason="nothing_to_try") in step(world, [c.TryOn()])
    assert Declined(reason="nothing_to_try") in step(world, [c.TryOn(good=GoodId("none"))])
    step(world, [c.Travel(place=STREET)])
    assert Declined(reason="not_here", detail=CAP) in step(world, [c.TryOn(good=CAP)])


def test_taking_off_returns_a_tried_good_and_an_empty_slot_says_so() -> None:
    world = world_at()
    step(world, [c.TryOn(good=HAT)])
    found = step(world, [c.TakeOff(slot="head")])
    assert found == [TookOff(good=HAT, slot="head"), PutBackOn(stand=S_HAT, good=HAT)]
    assert step(world, [c.TakeOff(slot="head")]) == [Declined(reason="slot_empty", detail="head")]


def test_only_what_is_owned_and_wearable_can_be_worn() -> None:
    world = world_at()
    assert step(world, [c.Wear(good=HAT)]) == [Declined(reason="not_owned", detail=HAT)]
    assert step(world, [c.Wear(good=GoodId("none"))]) == [Declined(reason="good_unknown", detail="none")]
    world.owned = {HAT: 1, CHAIR: 1}
    assert step(world, [c.Wear(good=CHAIR)]) == [Declined(reason="not_wearable", detail=CHAIR)]
    step(world, [c.Wear(good=HAT)])
    assert world.worn["head"] == Worn(good=HAT, tried=False)
    assert step(world, [c.Wear(good=HAT)]) == [Declined(reason="already_worn", detail=HAT)]
    assert empty_stands(world) == ()


def test_who_tries_on_what_they_own_wears_their_own() -> None:
    world = world_at()
    world.owned = {HAT: 1}
    step(world, [c.PickUp(stand=S_HAT)])
    found = step(world, [c.TryOn()])
    assert found[:2] == [PutBackOn(stand=S_HAT, good=HAT), TriedOn(good=HAT, slot="head")]
    assert world.worn["head"] == Worn(good=HAT, tried=False)
    assert world.hand is None
    assert empty_stands(world) == ()


def test_furniture_stands_before_the_player_as_a_ghost_with_its_front_towards_them() -> None:
    world = world_at()
    world.body.pos_m, world.body.yaw_rad = (-2.5, -2.5, 0.0), radians(-90.0)
    found = step(world, [c.TryOn(good=CHAIR)])
    assert GhostShown(good=CHAIR) in found
    ghost = world.ghost
    assert ghost is not None
    assert ghost.pos_m == pytest.approx((-0.7, -2.5, 0.0))
    assert ghost.yaw_rad == pytest.approx(radians(-90.0))  # yaw 0 faces -Y, towards a player who looks to +Y
    assert ghost.fits
    assert empty_stands(world) == (StandId("s_chair"),)
    found = step(world, [c.DropGhost()])
    assert found == [GhostGone(good=CHAIR), PickedUp(stand=StandId("s_chair"), good=CHAIR)]
    assert step(world, [c.DropGhost()]) == [Declined(reason="ghost_none")]
    assert step(world, [c.MoveGhost(away_m=1.0)]) == [Declined(reason="ghost_none")]


def test_a_ghost_follows_turns_and_does_not_fit_into_a_wall_or_another_good() -> None:
    world = world_at()
    world.body.pos_m = (-2.5, -2.5, 0.0)
    step(world, [c.TryOn(good=CHAIR), c.Look(yaw_rad=radians(-90.0))])
    assert world.ghost is not None
    assert world.ghost.yaw_rad == pytest.approx(radians(-90.0))
    step(world, [c.MoveGhost(yaw_rad=0.5)])
    assert world.ghost.yaw_rad == pytest.approx(radians(-90.0) + 0.5)
    assert world.ghost.fits
    step(world, [c.Look(yaw_rad=radians(180.0))])  # the west wall is 1.5 m away, the ghost 1.8 m
    assert not world.ghost.fits
    step(world, [c.MoveGhost(away_m=-0.9)])
    assert world.ghost.away_m == pytest.approx(0.9)
    assert world.ghost.fits
    step(world, [c.MoveGhost(away_m=-9.0)])
    assert world.ghost.away_m == 0.8


def test_a_ghost_beyond_a_wall_does_not_fit_however_free_it_is_there() -> None:
    world = world_at()
    world.body.pos_m, world.body.yaw_rad = (-2.5, -3.5, 0.0), radians(180.0)
    step(world, [c.TryOn(good=CHAIR)])
    assert world.ghost is not None
    assert world.ghost.pos_m[1] < -4.3
    assert not world.ghost.fits
    step(world, [c.Look(yaw_rad=radians(180.0))])
    assert world.ghost.fits


def test_a_ghost_may_not_stand_where_another_good_stands() -> None:
    world = world_at()
    chair_2 = msgspec.structs.replace(GOODS[CHAIR], id=GoodId("chair_2"))
    place = shop()
    extra = msgspec.structs.replace(place.stands[5], id=StandId("s_chair_2"), good=chair_2.id, at_m=(3.0, 3.0, 0.0))
    place = msgspec.structs.replace(place, stands=(*place.stands, extra))
    world = new_world({SHOP: place}, {**GOODS, chair_2.id: chair_2}, start=SHOP, seed=1)
    world.body.pos_m = (-3.0, 1.2, 0.0)
    step(world, [c.TryOn(good=chair_2.id)])
    assert world.ghost is not None
    assert not world.ghost.fits
    step(world, [c.Look(yaw_rad=radians(-60.0))])
    assert world.ghost.fits


def test_a_small_thing_rests_on_the_table_and_not_half_beyond_its_edge() -> None:
    world = world_at()
    place = msgspec.structs.replace(shop(), stands=(msgspec.structs.replace(shop().stands[4], at_m=(-3.0, -3.0, 0.0)),))
    world = new_world({SHOP: place}, dict(GOODS), start=SHOP, seed=1)
    world.body.pos_m = (0.0, -1.8, 0.0)
    step(world, [c.TryOn(good=VASE)])
    assert world.ghost is not None
    assert world.ghost.pos_m[2] == pytest.approx(1.0)
    assert world.ghost.fits
    step(world, [c.MoveGhost(away_m=-0.29)])
    assert world.ghost.pos_m[2] == pytest.approx(1.0)
    assert not world.ghost.fits


def test_a_picture_hangs_on_the_wall_ahead_or_does_not_fit() -> None:
    world = world_at()
    world.body.pos_m = (-2.0, 2.0, 0.0)
    step(world, [c.TryOn(good=PRINT)])
    ghost = world.ghost
    assert ghost is not None
    assert ghost.pos_m[1] == pytest.approx(4.0 - 0.02, abs=0.01)
    assert ghost.yaw_rad == pytest.approx(0.0)
    assert ghost.fits
    world.body.pos_m = (-2.0, 0.9, 0.0)
    step(world, [])
    assert not ghost.fits


def test_a_tried_good_that_is_bought_stays_on_and_its_stand_is_filled_again() -> None:
    world = world_at()
    step(world, [c.TryOn(good=HAT)])
    step(world, [], [Holdings(goods={HAT: 1}, balance_wei=5, block=2)])
    assert world.worn["head"] == Worn(good=HAT, tried=False)
    assert empty_stands(world) == ()
    step(world, [c.Travel(place=STREET)])
    assert "head" in world.worn


def test_what_is_worn_and_sold_comes_off() -> None:
    world = world_at()
    step(world, [], [Holdings(goods={HAT: 1}, balance_wei=5, block=2)])
    step(world, [c.Wear(good=HAT)])
    assert TookOff(good=HAT, slot="head") in step(world, [], [Holdings(goods={}, balance_wei=9, block=3)])
    assert world.worn == {}


stand_ids = st.sampled_from([stand.id for stand in shop().stands] + [StandId("none")])
good_ids = st.sampled_from([*GOODS, GoodId("none")])
wishes = st.one_of(
    st.builds(c.PickUp, stand=st.none() | stand_ids),
    st.builds(c.TryOn, good=st.none() | good_ids),
    st.builds(c.TakeOff, slot=st.sampled_from(["head", "neck", "feet"])),
    st.builds(c.Wear, good=good_ids),
    st.builds(c.MoveGhost, yaw_rad=st.floats(-1, 1), away_m=st.floats(-1, 1)),
    st.builds(c.AddToBasket, good=st.none() | good_ids),
    st.builds(c.RemoveFromBasket, good=good_ids),
    st.builds(c.Look, yaw_rad=st.floats(-2, 2), pitch_rad=st.floats(-1, 1)),
    st.builds(c.Move, ahead=st.floats(-1, 1), aside=st.floats(-1, 1), run=st.booleans()),
    st.builds(c.Travel, place=st.sampled_from([SHOP, SHOP, STREET])),
    st.sampled_from([c.PutBack(), c.DropGhost(), c.ShowScale(), c.Checkout(), c.SwitchView()]),
    st.sampled_from([c.Sit(), c.Gesture(), c.SetLooks(looks=Looks(belly=0.5)), c.SetLooks(looks=Looks(belly=5.0))]),
)
news = st.one_of(
    st.builds(Holdings, goods=st.dictionaries(good_ids, st.integers(0, 2)), balance_wei=st.just(1), block=st.just(1)),
    st.builds(stock, good_ids, st.integers(0, 4)),
    st.just(ready()),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(wishes, st.none() | news), max_size=40))
def test_each_displayed_unit_is_in_exactly_one_place(session: list[tuple[c.Command, object]]) -> None:
    world = world_at()
    for wish, update in session:
        step(world, [wish], [update] if update is not None else [])  # type: ignore[list-item]
        away = empty_stands(world)
        shown = displayed(world)
        assert len(set(away)) == len(away)
        assert set(shown) | set(away) == {stand.id for stand in world.place.stands}
        assert not set(shown) & set(away)
        on_stands = {stand.id: stand.good for stand in world.place.stands}
        held = [(h.stand, h.good) for h in (world.hand, world.ghost) if h is not None]
        held += [(worn.stand, worn.good) for worn in world.worn.values() if worn.tried]  # type: ignore[misc]
        assert Counter(held) == Counter((stand, on_stands[stand]) for stand in away)
        for worn in world.worn.values():
            assert worn.tried or world.owned.get(worn.good, 0) > 0
        for good, quantity in world.basket.items():
            assert quantity >= 1
            assert world.found_in[good] == SHOP
        assert set(world.found_in) == set(world.basket)
