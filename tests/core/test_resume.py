"""Going on where one left: the spot, the view and the basket come back as far as they are still there."""

from math import nan
from pathlib import Path

import pytest

from game.core import commands as c
from game.core import events
from game.core.ids import GoodId, PlaceId
from game.core.ports import Line
from game.core.replay import Recorder, play
from game.core.step import step
from game.core.world import Hand
from tests.core.small import HAT, SCARF, SHOP, STREET, stock, world_at


def test_one_stands_where_one_left_and_sees_what_one_saw() -> None:
    world = world_at(STREET)
    out = step(world, [c.Resume(place=SHOP, pos_m=(2.5, -1.5, 0.0), yaw_rad=0.7, pitch_rad=-0.2, third_person=True)])
    assert events.EnteredPlace(place=SHOP, from_place=STREET) in out
    assert world.place_id == SHOP
    assert world.body.pos_m[:2] == pytest.approx((2.5, -1.5), abs=0.01)
    assert (world.body.yaw_rad, world.body.pitch_rad, world.third_person) == (0.7, -0.2, True)


def test_without_a_place_only_what_was_carried_comes_back() -> None:
    world = world_at(STREET)
    before = world.body.pos_m
    out = step(world, [c.Resume(basket=(Line(good_id=HAT, quantity=2, place_id=SHOP),))])
    assert world.basket == {HAT: 2}
    assert world.found_in == {HAT: SHOP}, "the room that showed it is paid"
    assert out[0] == events.BasketChanged(good=HAT, quantity=2, added=True, restored=True)
    assert (world.place_id, world.body.pos_m) == (STREET, before)


def test_a_place_that_is_gone_is_declined_and_the_basket_is_kept() -> None:
    world = world_at(STREET)
    out = step(world, [c.Resume(place=PlaceId("moon"), basket=(Line(good_id=HAT, quantity=1, place_id=SHOP),))])
    assert events.Declined(reason="place_unknown", detail="moon") in out
    assert world.place_id == STREET
    assert world.basket == {HAT: 1}


def test_what_is_sold_out_or_unknown_or_senseless_stays_out() -> None:
    world = world_at(STREET)
    world.stock[HAT] = stock(HAT, 1)
    lines = (
        Line(good_id=HAT, quantity=3, place_id=SHOP), Line(good_id=GoodId("dream"), quantity=1, place_id=SHOP),
        Line(good_id=SCARF, quantity=-4, place_id=SHOP),
    )  # fmt: skip
    step(world, [c.Resume(basket=lines)])
    assert world.basket == {HAT: 1}


def test_a_good_that_the_room_no_longer_shows_names_no_room() -> None:
    world = world_at(STREET)
    step(world, [c.Resume(basket=(Line(good_id=HAT, quantity=1, place_id=STREET),))])
    assert world.basket == {HAT: 1}
    assert world.found_in == {}


@pytest.mark.parametrize("pos_m", [(nan, 0.0, 0.0), (1e9, 0.0, 0.0), (0.0, float("inf"), 0.0)])
def test_a_spot_that_cannot_be_is_the_spot_where_everybody_begins(pos_m: tuple[float, float, float]) -> None:
    world = world_at(STREET)
    step(world, [c.Resume(place=SHOP, pos_m=pos_m, yaw_rad=1.0)])
    assert world.place_id == SHOP
    assert world.body.pos_m[:2] == pytest.approx(world.places[SHOP].spawn.at_m[:2], abs=0.5)


def test_what_is_held_goes_back_before_one_is_elsewhere() -> None:
    world = world_at(SHOP)
    stand = world.place.stands[0]
    world.hand = Hand(good=stand.good, stand=stand.id, since_tick=0)
    out = step(world, [c.Resume(place=STREET)])
    assert world.hand is None
    assert events.PutBackOn(stand=stand.id, good=stand.good) in out


def test_a_session_that_was_resumed_plays_back_the_same(tmp_path: Path) -> None:
    world = world_at(STREET)
    recorder = Recorder(tmp_path / "session.jsonl", world, seed=1)
    wishes = [c.Resume(place=SHOP, pos_m=(0.5, 0.5, 0.0), basket=(Line(good_id=HAT, quantity=1, place_id=SHOP),))]
    for commands in (wishes, [c.Move(ahead=1.0)], []):
        recorder.record(commands)
        step(world, commands)
    recorder.close(world)
    again = play(tmp_path / "session.jsonl", world.places, world.goods)
    assert again.basket == {HAT: 1}
    assert again.body.pos_m == world.body.pos_m
