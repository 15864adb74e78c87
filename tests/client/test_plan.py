"""The map is drawn from the places themselves, whichever there are."""

from itertools import pairwise
from math import pi
from pathlib import Path

import msgspec
import numpy as np
import pytest

from game.client.plan import CROWDED, LARGEST, Plan, arrow
from game.client.theme import BERRY, WHITE
from game.content.load import load_catalogue
from game.core.ids import DoorId, PlaceId
from game.core.places import Box, Place
from tests.core.small import SHOP, STREET, shop, street

ROOT = Path(__file__).resolve().parents[2]
SIDE = 200


def crowded_street(count: int) -> dict[PlaceId, Place]:
    """A street whose shops are far wider than their doors are apart."""
    doors, places = [], {}
    base = street()
    for number in range(count):
        name = PlaceId(f"shop_{number}")
        door = msgspec.structs.replace(base.doors[0], id=DoorId(f"d{number}"), to_place=name, at_m=(number * 3.0, 0, 0))
        doors.append(door)
        inside = msgspec.structs.replace(shop().doors[0], to_door=door.id)
        places[name] = msgspec.structs.replace(shop(), id=name, doors=(inside,))
    gaps = [number * 3.0 for number in range(count)]
    wall = [(gap + 1.5, 1.8) for gap in gaps[:-1]] + [(-5.3, 9.4), (gaps[-1] + 5.3, 9.4)]
    colliders = [Box(at_m=(x, 0.0, 0.0), size_m=(wide, 0.2, 3.0)) for x, wide in wall]
    colliders += [Box(at_m=(gap, 0.5, 0.0), size_m=(3.0, 0.2, 3.0)) for gap in gaps]  # behind the doors
    return {STREET: msgspec.structs.replace(base, doors=tuple(doors), colliders=tuple(colliders)), **places}


def test_a_shop_lies_threshold_on_threshold_with_the_street() -> None:
    plan = Plan({STREET: street(), SHOP: shop()})
    outside, inside = street().doors[0], shop().doors[0]
    assert plan.at(STREET, *outside.at_m[:2]) == pytest.approx(plan.at(SHOP, *inside.at_m[:2]))
    deep = plan.at(SHOP, -4.0, 0.0)
    assert deep[1] < plan.at(STREET, *outside.at_m[:2])[1], "the shop lies beyond the door, to the north"


def test_everything_lies_within_the_picture() -> None:
    places = load_catalogue(ROOT).places
    plan = Plan(places)
    for place in places.values():
        for stand in place.stands:
            u, v = plan.at(place.id, stand.at_m[0], stand.at_m[1])
            assert 0 <= u <= 1
            assert 0 <= v <= 1


def test_no_place_dwarfs_the_one_that_it_hangs_on() -> None:
    plan = Plan(load_catalogue(ROOT).places)

    def side(place: str) -> float:
        return max(float(np.ptp(each)) for each in plan._walked(PlaceId(place)))

    assert side("orchard") == pytest.approx(LARGEST * side("street"), rel=0.02)
    assert plan.laid[PlaceId("gallery")].scale == 1.0, "what is small is as small as it is"


def test_shops_that_would_lie_on_each_other_are_drawn_smaller() -> None:
    plan = Plan(crowded_street(4))
    names = [PlaceId(f"shop_{number}") for number in range(4)]
    assert len({plan.laid[name].scale for name in names}) == 1, "all to one scale"
    assert plan.laid[names[0]].scale < 1.0
    for left, right in pairwise(names):
        mine, other = plan._cells(left, plan.laid[left]), plan._cells(right, plan.laid[right])
        assert len(mine & other) <= 2 * CROWDED * len(mine)


def test_shops_that_have_room_are_drawn_as_large_as_they_are() -> None:
    assert Plan({STREET: street(), SHOP: shop()}).laid[SHOP].scale == 1.0


def test_low_walls_bound_a_floor_where_high_ones_do_not() -> None:
    low = tuple(
        msgspec.structs.replace(box, size_m=(*box.size_m[:2], min(box.size_m[2], 1.5))) for box in shop().colliders
    )
    court = msgspec.structs.replace(shop(), colliders=low)
    assert len(Plan({SHOP: court})._walked(SHOP)[0]) <= len(Plan({SHOP: shop()})._walked(SHOP)[0])


def test_a_place_that_no_door_leads_to_lies_beside_the_rest() -> None:
    alone = msgspec.structs.replace(shop(), id=PlaceId("island"), doors=())
    plan = Plan({STREET: street(), SHOP: shop(), alone.id: alone})
    assert plan._cells(alone.id, plan.laid[alone.id]) & plan._cells(STREET, plan.laid[STREET]) == set()


def test_the_picture_shows_floor_where_one_walks_and_nothing_outside() -> None:
    plan = Plan({STREET: street(), SHOP: shop()})
    image = plan.picture(SIDE)
    assert (image[..., 3] == 0).mean() > 0.2
    assert (plan.picture(64)[0, :, 3] == 0).all(), "nor in a small picture"

    def pixel(place: PlaceId, x: float, y: float) -> np.ndarray:
        u, v = plan.at(place, x, y)
        return image[min(int(v * SIDE), SIDE - 1), min(int(u * SIDE), SIDE - 1)]

    floor, table, outside = pixel(SHOP, 2.5, 2.5), pixel(SHOP, 0.9, 0.15), image[1, 1]
    assert floor[3] == 255
    assert floor[:3].min() > 235
    assert table[3] == 255
    assert int(floor[:3].sum()) - int(table[:3].sum()) > 40
    assert outside[3] == 0


@pytest.mark.parametrize(("yaw_rad", "way"), [(0.0, (0, -1)), (pi / 2, (-1, 0)), (-pi / 2, (1, 0)), (pi, (0, 1))])
def test_the_pointer_points_where_one_faces(yaw_rad: float, way: tuple[int, int]) -> None:
    shown = arrow(64, yaw_rad, BERRY, WHITE)[..., 3] > 128
    rows, columns = np.nonzero(shown)
    middle = np.array([(columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2])
    # The tail is wide and the tip is thin, so the weight lies on the far side of the middle.
    weight = np.array([columns.mean(), rows.mean()])
    assert np.dot(weight - middle, way) < -1.5
