from math import radians

import msgspec
import pytest

from game.core import commands as c
from game.core import replay
from game.core.collide import contains, is_free, solids_of
from game.core.events import Declined, PlaceChanged
from game.core.ids import HOME, ItemId, StandId, TemplateId
from game.core.places import Door, Seat
from game.core.rooms import HOME_DOOR, Item, Room, new_room, place_of
from game.core.route import Floor
from game.core.step import step
from game.core.world import new_world
from tests.core.small import GOODS, HAT, STREET, VASE, good, shop, street
from tests.core.small_rooms import BENCH, KIT, SHELF, TEMPLATES, item, studio


def room(*items: Item) -> Room:
    return msgspec.structs.replace(new_room(studio(), name="Mine"), items=items)


def world(**more):
    door = Door(
        id="home_front", at_m=(3.0, -9.0, 0.0), yaw_deg=180.0, width_m=0.9, to_place=HOME, to_door=HOME_DOOR,
        leaf="leaf",
    )  # fmt: skip
    lane = msgspec.structs.replace(street(), doors=(*street().doors, door))
    return new_world({STREET: lane}, dict(GOODS), start=STREET, seed=1, kit=KIT, templates=TEMPLATES, **more)


def test_a_room_becomes_a_place_with_colliders_stands_and_seats() -> None:
    place = place_of(room(item(1, BENCH, (1.0, 0.0), yaw_deg=90.0), item(2, VASE, (0.0, 2.0))), studio(), KIT, GOODS)
    assert [(stand.id, stand.good) for stand in place.stands] == [(StandId("i2"), VASE)]
    assert place.seats == (Seat(at_m=(1.0, 0.0, 0.45), yaw_deg=270.0),)
    assert any(contains(solid, 1.0, 0.55, 0.2) for solid in solids_of(place).all), "a turned bench is 1.2 m along y"
    assert not any(contains(solid, 1.55, 0.0, 0.2) for solid in solids_of(place).all)


def test_what_is_absent_or_unknown_leaves_no_stand() -> None:
    two = room(item(1, VASE, (0.0, 2.0)), item(2, "nobody_knows", (1.0, 2.0)), item(3, HAT, (-1.0, 2.0)))
    place = place_of(two, studio(), KIT, GOODS, absent=(ItemId("i3"),))
    assert [stand.id for stand in place.stands] == ["i1"]


@pytest.mark.parametrize("turn", [0.0, 90.0, 180.0, -90.0])
def test_a_template_is_closed_but_for_its_door(turn: float) -> None:
    x, y = {0.0: (1.0, 3.0), 90.0: (-3.5, 1.0), 180.0: (1.0, -3.0), -90.0: (3.5, 1.0)}[turn]
    door = msgspec.structs.replace(studio().door, at_m=(x, y, 0.0), yaw_deg=turn)
    place = place_of(room(), msgspec.structs.replace(studio(), door=door), KIT, GOODS)
    floor = Floor(place)
    assert floor.can_reach(x * 0.9, y * 0.9)
    assert not any(floor.can_reach(*corner) for corner in ((5.0, 5.0), (-5.0, 5.0), (5.0, -5.0), (-5.0, -5.0)))
    assert not is_free(solids_of(place).all[:-1], 1.2 * x, 1.2 * y, 0.0), "behind the door it is closed"


def test_a_door_leads_home_once_the_home_is_let_in() -> None:
    w = world()
    w.body.pos_m, w.body.yaw_rad = (3.0, -8.7, 0.0), radians(180.0)
    for _ in range(90):
        step(w, [c.Move(ahead=1.0)])
    assert w.place_id == STREET
    assert PlaceChanged(place=HOME) in step(w, [c.Admit(room=room(item(1, VASE, (0.0, 2.0))))])
    assert w.home is not None
    for _ in range(120):
        step(w, [c.Move(ahead=1.0)])
    assert w.place_id == HOME
    step(w, [c.PickUp(stand=StandId("i1"))])
    assert w.hand is not None
    assert w.hand.good == VASE


def test_a_room_of_an_unknown_template_stays_out() -> None:
    w = world()
    odd = msgspec.structs.replace(room(), template=TemplateId("castle"))
    assert step(w, [c.Admit(room=odd)])[0] == Declined(reason="template_unknown", detail="castle")
    assert HOME not in w.places


def test_goods_that_come_later_appear_where_they_were_set_down() -> None:
    w = world()
    catalogue = dict(GOODS)
    mug = good("gmug", "cup", (0.1, 0.1, 0.1))
    step(w, [c.Admit(room=room(item(1, mug.id, (0.0, 2.0))))])
    assert w.places[HOME].stands == ()
    assert PlaceChanged(place=HOME) in step(w, [c.Admit(goods=(mug,))])
    assert [stand.good for stand in w.places[HOME].stands] == [mug.id]
    assert catalogue == GOODS


def test_a_place_that_is_replaced_around_the_player_pushes_them_out_of_what_is_new() -> None:
    w = world()
    step(w, [c.Admit(room=room())])
    step(w, [c.Travel(place=HOME)])
    x, y, _ = w.body.pos_m
    step(w, [c.Admit(room=room(item(1, SHELF, (x, y))))])
    assert is_free(solids_of(w.place).all, *w.body.pos_m)


def test_another_place_is_let_in_as_it_is() -> None:
    w = world()
    assert PlaceChanged(place=shop().id) in step(w, [c.Admit(place=shop())])
    assert w.places[shop().id] == shop()


def test_a_session_with_rooms_plays_back_the_same(tmp_path) -> None:
    w = world()
    with replay.Recorder(tmp_path / "s.jsonl", w, seed=1) as recorder:
        places, goods = dict(w.places), dict(w.goods)
        for command in (c.Admit(room=room(item(1, SHELF, (0.0, 0.0)))), c.Travel(place=HOME), c.Move(ahead=1.0)):
            recorder.record([command])
            step(w, [command])
        recorder.close(w)
    again = replay.play(tmp_path / "s.jsonl", places, goods, kit=KIT, templates=TEMPLATES)
    assert replay.digest(again) == replay.digest(w)


