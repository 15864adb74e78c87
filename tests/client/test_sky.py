"""The sky without its sun: darker the higher one looks, the same stars every time, and none by day."""

from types import SimpleNamespace

import numpy as np
import pytest
from panda3d.core import BitMask32, GeomNode, NodePath

from game.client.sky import HOURS, Sky, air, dome, stars
from game.client.stage import BEYOND, MAIN

TURNS = np.radians(np.arange(0, 360, 15))


def rows(node: GeomNode) -> np.ndarray:
    data = node.get_geom(0).get_vertex_data().get_array(0)
    return np.frombuffer(memoryview(data).cast("B"), np.float32).reshape(-1, 12)


@pytest.mark.parametrize("hour", HOURS)
def test_it_grows_darker_upwards_all_round(hour: str) -> None:
    heights = np.radians([2, 8, 16, 30, 50, 80])
    seen = np.array([air(HOURS[hour], TURNS, np.full(TURNS.shape, up)).mean(-1) for up in heights])
    assert (np.diff(seen, axis=0) < 0).all()
    assert (seen[0] > 1.5 * seen[-1]).all()


def test_the_horizon_glows_in_one_direction_more() -> None:
    glow = air(HOURS["night"], TURNS, np.zeros(TURNS.shape)).sum(-1)
    assert np.isclose(TURNS[glow.argmax()], HOURS["night"].glow[2])
    assert glow.max() > 1.1 * glow.min()


def test_stars_lie_on_the_dome_and_are_the_same_every_night() -> None:
    first, again = (rows(stars(50.0, 900, np.random.default_rng(11))) for _ in range(2))
    assert np.array_equal(first, again)
    assert np.allclose(np.linalg.norm(first[:, :3], axis=1), 50.0, rtol=1e-3)
    assert (first[first[:, 2] < -0.05 * 50, 6:9] == 0).all(), "none shines below the horizon"
    few = rows(stars(50.0, 45, np.random.default_rng(11)))
    assert len(few) == 45 * 4


def test_the_dome_leaves_no_hole_overhead_and_faces_inwards() -> None:
    node = dome(10.0, HOURS["night"])
    found = rows(node)
    assert np.isclose(found[:, 2].max(), 10.0)
    assert found[:, 2].min() < -0.5
    assert np.isfinite(found).all()


def test_through_a_door_it_is_the_same_sky_and_seen_there_alone() -> None:
    root = NodePath("street")
    root.attach_new_node("glow").attach_new_node(dome(50.0, HOURS["dusk"]))
    scenery = SimpleNamespace(root=root, built=True, place=SimpleNamespace(open_air=True), drawn_mood="night")
    sky = Sky(scenery)  # type: ignore[arg-type]

    def seen_by(mask: int) -> bool:
        found = root.find("sky")
        return bool(found) and not (found.node().get_draw_show_mask() & BitMask32(mask)).is_zero()

    sky.draw(here=False)
    assert (seen_by(MAIN), seen_by(BEYOND)) == (False, False)
    sky.draw(here=False, beyond=True)
    assert (seen_by(MAIN), seen_by(BEYOND)) == (False, True)
    sky.draw(here=True)
    assert (seen_by(MAIN), seen_by(BEYOND)) == (True, False)
    scenery.drawn_mood = "day"
    sky.draw(here=False, beyond=True)
    assert (seen_by(MAIN), seen_by(BEYOND)) == (False, False)
