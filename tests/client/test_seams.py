"""Where a floor meets a wall nothing of the daylight outside is seen."""

from pathlib import Path

import numpy as np
import pytest

from game.client.halo import rows_of
from game.client.matte import triangles_of
from game.client.models import load_model
from tests.client.drawn import REPO

PLACES = ("boutique", "gallery", "room_gallery", "room_shop", "room_studio", "room_wardrobe")
BELOW_M = -0.0006  # between the edge of the floor, which dips, and the foot of a wall
INWARDS_M, EYE_M, BEHIND_M = 1.0, 0.28, 0.05  # so steep that one looks under the skirting and over the edge


def triangles(path: Path) -> np.ndarray:
    """The triangles (n, 3, 3) of a model."""
    found = []
    for node in load_model(path).find_all_matches("**/+GeomNode"):
        rows, start = rows_of(node.node())[:, :3], 0
        for geom in node.node().get_geoms():
            found.append(rows[triangles_of(geom) + start])
            start += geom.get_vertex_data().get_num_rows()
    return np.concatenate(found)


def feet(shell: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Places at the foot of the walls along the bounds of a floor, and the ways out there."""
    floor = shell[(shell[..., 2] < 0.001).all(1) & (shell[..., 2] > -0.004).all(1)].reshape(-1, 3)[:, :2]
    lo, hi = floor.min(0), floor.max(0)
    found = []
    for axis in (0, 1):
        for side, out in ((lo, -1.0), (hi, 1.0)):
            edge = np.sort(floor[np.abs(floor[:, axis] - side[axis]) < 0.004, 1 - axis])
            for along in np.linspace(edge[0] + 0.3, edge[-1] - 0.3, 17):
                at, way = np.empty(2), np.zeros(2)
                at[axis], at[1 - axis], way[axis] = side[axis], along, out
                found.append((at, way))
    return found


def seen(eye: np.ndarray, way: np.ndarray, mesh: np.ndarray) -> float:
    """How far along a way the first triangle is hit (Möller and Trumbore 1997); infinite where none is."""
    a, e1, e2 = mesh[:, 0], mesh[:, 1] - mesh[:, 0], mesh[:, 2] - mesh[:, 0]
    p = np.cross(way, e2)
    det = (e1 * p).sum(1)
    with np.errstate(divide="ignore", invalid="ignore"):
        s = (eye - a) / det[:, None]
        u = (s * p).sum(1)
        q = np.cross(s, e1)
        v, far = q @ way, (q * e2).sum(1)
        hit = (np.abs(det) > 1e-12) & (u >= 0) & (v >= 0) & (u + v <= 1) & (far > 0)
    return float(far[hit].min()) if hit.any() else float("inf")


def leaks(place: str, *parts: str) -> int:
    """Through how many of the places at the feet of its walls one sees out."""
    folder = REPO / "assets" / "models" / "places" / place
    mesh = np.concatenate([triangles(folder / f"{part}.glb") for part in parts])
    count = 0
    for at, out in feet(triangles(folder / "shell.glb")):
        target, eye = np.array([*at, BELOW_M]), np.array([*(at - out * INWARDS_M), EYE_M])
        count += seen(eye, target - eye, mesh) > 1 + BEHIND_M / INWARDS_M
    return count


@pytest.mark.parametrize("place", PLACES)
def test_no_daylight_is_seen_under_a_wall(place: str) -> None:
    assert leaks(place, "shell", "props", "glow") == 0


def test_it_would_be_seen_without_what_the_studio_lays_there() -> None:
    assert leaks("room_studio", "shell", "props") > 5
