"""The world that is shipped: sound in every file, and every good of it can really be taken from its stand."""

from math import asin, atan2, hypot, radians
from pathlib import Path

import pytest

from game.client.light import read_document
from game.content.check import check, format_problem
from game.content.check_layout import walkable
from game.content.load import Catalogue, load_catalogue
from game.content.manifest import market_catalogue
from game.core import collide
from game.core.commands import Admit, Move, PickUp
from game.core.events import EnteredPlace, PickedUp
from game.core.ids import PlaceId
from game.core.rooms import new_room, place_of
from game.core.rules.doors import other_side
from game.core.rules.movement import forward, free_spot
from game.core.rules.reach import eye_m
from game.core.step import step
from game.core.world import new_world

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


def test_the_shipped_world_has_no_problems() -> None:
    assert [format_problem(problem) for problem in check(ROOT)] == []


def test_the_shop_shows_at_least_24_goods_of_8_kinds(catalogue: Catalogue) -> None:
    shown = {stand.good for place in catalogue.places.values() if place.kind == "shop" for stand in place.stands}
    assert len(shown) >= 24
    assert len({catalogue.goods[good].kind for good in shown}) >= 8


def test_the_world_shows_at_least_80_goods_of_12_kinds_in_places_of_their_own(catalogue: Catalogue) -> None:
    shown = {place.id: {stand.good for stand in place.stands} for place in catalogue.places.values() if place.stands}
    assert {"boutique", "homeware", "gallery", "market"} <= shown.keys()
    assert "street" in catalogue.places
    everything = set().union(*shown.values())
    assert len(everything) >= 80
    assert len({catalogue.goods[good].kind for good in everything}) >= 12
    assert catalogue.goods.keys() <= everything, "nothing is for sale that nobody can see"
    moods = {place: read_document(ROOT / "assets" / "models" / "places" / place)["moods"] for place in catalogue.places}
    for place, known in moods.items():
        assert known.keys() >= {"day", "dusk", "night", "rain"}, place
    assert len({str(known) for known in moods.values()}) >= 5, "each place has its own light"


def test_the_market_can_be_told_of_everything(catalogue: Catalogue) -> None:
    market = market_catalogue(catalogue, ROOT)
    assert len(market.goods) == len(catalogue.goods)
    assert len({terms.manifest for terms in market.goods}) == len(catalogue.goods)


def test_every_stand_can_be_looked_at_and_emptied_by_hand(catalogue: Catalogue) -> None:
    missed = []
    for place in catalogue.places.values():
        world = new_world(catalogue.places, catalogue.goods, start=place.id, seed=1)
        spots = list(walkable(place, collide.solids_of(place)).values())
        for stand in place.stands:
            size_m = catalogue.goods[stand.good].size_m
            aim = (stand.at_m[0], stand.at_m[1], stand.at_m[2] + size_m[2] / 2)
            near = sorted((hypot(s[0] - aim[0], s[1] - aim[1]), s) for s in spots)
            for _, spot in near[:400:4]:
                world.body.pos_m, world.body.vel_mps = spot, (0.0, 0.0, 0.0)
                x, y, z = eye_m(world)
                dx, dy, dz = aim[0] - x, aim[1] - y, aim[2] - z
                world.body.yaw_rad, world.body.pitch_rad = atan2(-dx, dy), asin(dz / hypot(dx, dy, dz))
                step(world, [])
                if world.looked_at == stand.id:
                    break
            events = step(world, [PickUp()])
            if PickedUp(stand=stand.id, good=stand.good) not in events:
                missed.append((place.id, stand.id))
            world.hand = None
    assert missed == []


def test_every_door_can_be_walked_through_both_ways(catalogue: Catalogue) -> None:
    homes = [new_room(template, name="Home") for template in catalogue.templates.values()]
    furnished = [place_of(home, catalogue.templates[home.template], catalogue.kit, catalogue.goods) for home in homes]
    for number, place in enumerate([*catalogue.places.values(), *furnished]):
        for door in place.doors:
            world = new_world(
                {**catalogue.places, place.id: place}, catalogue.goods, start=place.id, seed=1, kit=catalogue.kit,
                templates=catalogue.templates,
            )  # fmt: skip
            step(world, [Admit(room=homes[max(number - len(catalogue.places), 0)])])
            assert other_side(world, door) is not None
            world.body.yaw_rad = radians(door.yaw_deg)
            fx, fy = forward(world.body.yaw_rad)
            start = (door.at_m[0] - fx * 1.2, door.at_m[1] - fy * 1.2, door.at_m[2])
            world.body.pos_m = free_spot(world, start)
            events = [event for _ in range(150) for event in step(world, [Move(ahead=1.0)])]
            entered = [event for event in events if isinstance(event, EnteredPlace)]
            assert entered, (place.id, door.id, world.body.pos_m)
            assert entered[0] == EnteredPlace(place=PlaceId(door.to_place), from_place=place.id)
