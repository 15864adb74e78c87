"""What potters turn: lines through points, sharp glaze lines, pots that are hollow, surfaces that face outwards."""

import numpy as np
import pytest

from assets.studio.bag import PROPS, Bag
from assets.studio.facing import FRONT, UP, facing
from assets.studio.kit import Shape, ball, grid, lathe
from assets.studio.turning import EDGE_M, curve, outward, painted, patched, pot, ringed

RED, BLUE = np.array([0.8, 0.1, 0.1]), np.array([0.1, 0.1, 0.8])
BOWL = [(0.05, 0.0), (0.08, 0.03), (0.1, 0.08)]


def against(shape: Shape) -> int:
    """How many triangles face against their own normals."""
    a, b, c = (shape.v[shape.f[:, k]] for k in range(3))
    return int(((np.cross(b - a, c - a) * shape.n[shape.f].mean(1)).sum(1) < -1e-12).sum())


def test_a_curve_goes_through_its_points_and_bends_between_them() -> None:
    points = np.array([(0, 0), (1, 2), (3, 1), (4, 4.0)])
    line = curve(points, 5)
    assert np.allclose(line[::5], points)
    straight = points[0] + (points[1] - points[0]) * np.linspace(0, 1, 6)[:, None]
    assert not np.allclose(line[:6], straight)


def test_a_glaze_line_is_as_sharp_as_its_two_rings() -> None:
    profile = ringed(BOWL, [0.05])
    assert sorted(profile[:, 1])[2:4] == pytest.approx([0.05 - EDGE_M, 0.05 + EDGE_M])
    shape = lathe(profile, 8, crease_deg=99)
    tones = painted(shape, [(0, RED), (0.05, BLUE)])
    low = shape.v[:, 2] < 0.05
    assert (tones[low] == RED).all()
    assert (tones[~low] == BLUE).all()


def test_a_line_on_a_corner_of_the_profile_takes_its_place_and_one_outside_changes_nothing() -> None:
    assert len(ringed(BOWL, [0.03])) == 4
    assert np.array_equal(ringed(BOWL, [0.2]), BOWL)


def test_a_pot_is_hollow_down_to_its_floor_and_closed_below() -> None:
    b = Bag(1)
    pot(b, BOWL, [(0, RED)], inside=BLUE, floor_z=0.01, n=12)
    mesh = b.mesh(PROPS)
    shape = Shape(mesh.v, mesh.n, mesh.f)
    assert against(shape) == 0
    middle = shape.v[:, :2].round(9) == 0
    heights = sorted(shape.v[middle.all(1), 2])
    assert heights[0] == pytest.approx(0, abs=0.001), "open below"
    assert heights[-1] == pytest.approx(0.01), "filled up"
    assert mesh.v[:, 2].max() < 0.09


def test_patches_have_one_colour_each_and_lose_no_surface() -> None:
    t = np.linspace(0, 2 * np.pi, 6, endpoint=False)
    rows = np.array([np.c_[np.cos(t), np.sin(t), np.full(6, z)] for z in (0, 1, 2.0)])
    colours = np.random.default_rng(1).uniform(size=(2, 6, 3))
    shape, tones = patched(grid(rows), 3, 6, colours)
    assert len(shape.f) == 2 * 6 * 2
    assert against(shape) == 0
    assert np.array_equal(tones.reshape(12, 4, 3), np.repeat(colours.reshape(12, 1, 3), 4, axis=1))


def test_a_ball_turned_inside_out_is_turned_back_and_a_right_one_is_left_alone() -> None:
    good = ball(1.0)
    bad = Shape(good.v, -good.n, good.f[:, ::-1])
    assert outward(good, (0, 0, 1)) is good
    assert np.array_equal(outward(bad, (0, 0, 1)).n, good.n)


def test_an_open_sheet_faces_the_way_it_is_told() -> None:
    sheet = grid(np.array([[(0, 0, 0), (1, 0, 0)], [(0, 1, 0), (1, 1, 0.0)]]), wrap=False)
    assert facing(sheet, UP).n[0, 2] == pytest.approx(1)
    assert facing(facing(sheet, (0, 0, -1.0)), UP).n[0, 2] == pytest.approx(1)
    assert against(facing(sheet, (0, 0, -1.0))) == 0
    upright = grid(np.array([[(0, 0, 0), (1, 0, 0)], [(0, 0, 1), (1, 0, 1.0)]]), wrap=False)
    assert facing(upright, FRONT).n[0, 1] == pytest.approx(-1)
