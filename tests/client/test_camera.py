"""When the player sees themselves in a mirror, and when the camera must come round to show what was put on."""

from math import pi

import msgspec
import pytest

from game.client.camera import mirror_ahead
from game.core.places import Mirror
from game.core.world import World
from tests.client.panels import SHOP, market_day


def before_a_mirror(x_m: float, y_m: float, yaw_rad: float) -> World:
    """A mirror 84 cm wide hangs on the wall at y = 3 and looks back along -Y."""
    world = market_day()
    mirror = Mirror(at_m=(0.0, 3.0, 0.1), yaw_deg=180.0, width_m=0.84, height_m=1.95)
    world.places[SHOP] = msgspec.structs.replace(world.place, mirrors=(mirror,))
    world.body.pos_m, world.body.yaw_rad = (x_m, y_m, 0.0), yaw_rad
    return world


@pytest.mark.parametrize(("x_m", "y_m", "yaw_rad"), [(0.0, 1.0, 0.0), (0.3, 1.5, 0.2), (-0.3, 0.2, -0.3)])
def test_who_stands_before_the_glass_and_faces_it_sees_themselves(x_m: float, y_m: float, yaw_rad: float) -> None:
    assert mirror_ahead(before_a_mirror(x_m, y_m, yaw_rad))


def test_who_looks_down_at_a_low_shelf_does_not() -> None:
    world = before_a_mirror(0.0, 1.5, 0.5)
    assert mirror_ahead(world)
    world.body.pitch_rad = -0.55
    assert not mirror_ahead(world)


@pytest.mark.parametrize(
    ("x_m", "y_m", "yaw_rad"),
    [
        (2.1, 2.0, 1.03),  # looks right at the mirror, but along its wall: it shows other things
        (0.6, 1.0, 0.0),  # beside it
        (0.0, 1.0, pi),  # turned away
        (0.0, 1.0, 1.0),  # turned aside
        (0.0, -1.5, 0.0),  # too far to see much
        (0.0, 3.5, 0.0),  # behind it
    ],
)
def test_who_does_not_stand_before_the_glass_does_not(x_m: float, y_m: float, yaw_rad: float) -> None:
    assert not mirror_ahead(before_a_mirror(x_m, y_m, yaw_rad))
