"""Shapes are closed where they say so, face outwards, and stand where they say they stand."""

import numpy as np
import pytest

from assets.studio.bag import GLOW, SHELL, Bag
from assets.studio.kit import Shape, ball, box, grid, join, lathe, moved, prism, rotation, sheet, tube
from assets.studio.palette import rgb


def volume(shape: Shape) -> float:
    a, b, c = (shape.v[shape.f[:, k]] for k in range(3))
    return float((np.cross(a, b) * c).sum() / 6)


@pytest.mark.parametrize(
    ("shape", "cubic_m"),
    [
        (box(1, 2, 3, 0), 6.0),
        (box(1, 1, 1, 0.05), 1.0),
        (ball(0.5, 32, 12), np.pi / 6),
        (tube([(0, 0, 0), (0, 0, 1), (0, 0, 2)], 0.1, 32), np.pi * 0.02),
        (prism(np.array([(0, 0), (2, 0), (2, 1), (0, 1)]), 0.5), 1.0),
    ],
    ids=["box", "bevelled box", "ball", "tube", "prism"],
)
def test_a_solid_encloses_its_volume_with_its_faces_outwards(shape: Shape, cubic_m: float) -> None:
    assert volume(shape) == pytest.approx(cubic_m, rel=0.04)


def test_a_shape_turned_inside_out_has_a_negative_volume() -> None:
    s = box(1, 1, 1, 0)
    assert volume(Shape(s.v, s.n, s.f[:, ::-1])) == pytest.approx(-1.0)


@pytest.mark.parametrize(
    "shape",
    [
        box(1, 1, 1),
        ball(1),
        lathe([(0, 0), (1, 0), (1, 1), (0, 1)]),
        sheet(np.mgrid[0:3, 0:3, 0:1].reshape(3, 3, 3).astype(float)),
    ],
)
def test_normals_have_unit_length_and_indices_fit(shape: Shape) -> None:
    used = np.unique(shape.f)
    assert np.allclose(np.linalg.norm(shape.n[used], axis=1), 1, atol=1e-6)
    assert used.max() < len(shape.v)


def test_a_box_stands_on_the_ground() -> None:
    assert box(1, 1, 2).v[:, 2].min() == pytest.approx(0)
    assert moved(box(1, 1, 2), z=0.5).v[:, 2].min() == pytest.approx(0.5)


def test_a_sharp_bend_is_a_hard_edge_and_a_soft_one_is_not() -> None:
    profile = [(1, 0), (1, 1), (0, 1)]
    assert len(lathe(profile, 8).v) > len(lathe(profile, 8, crease_deg=120).v)


def test_rotations_turn_counter_clockwise() -> None:
    assert np.allclose(rotation(rz_deg=90) @ (1, 0, 0), (0, 1, 0))
    assert not np.allclose(rotation(rz_deg=-90) @ (1, 0, 0), (0, 1, 0))


def test_joining_keeps_every_triangle() -> None:
    both = join(box(1, 1, 1, 0), moved(box(1, 1, 1, 0), x=3))
    assert len(both.f) == 24
    assert volume(both) == pytest.approx(2)


def test_a_grid_without_wrap_leaves_a_seam() -> None:
    points = np.stack([np.c_[np.cos(t), np.sin(t), np.full(8, z)] for z in (0, 1) for t in [np.arange(8) * np.pi / 4]])
    assert len(grid(points).f) == 16
    assert len(grid(points, wrap=False).f) == 14


def test_places_nest_and_end() -> None:
    b = Bag()
    with b.at(x=1, rz=90), b.at(x=2):
        b.add(box(0.1, 0.1, 0.1, 0), rgb("ffffff"))
    b.add(box(0.1, 0.1, 0.1, 0), rgb("ffffff"))
    first, second = (p.shape.v.mean(0) for p in b.of("props"))
    assert np.allclose(first, (1, 2, 0.05))
    assert np.allclose(second, (0, 0, 0.05))


def test_the_same_seed_makes_the_same_colours_and_another_does_not() -> None:
    def colour(seed: int) -> np.ndarray:
        b = Bag(seed)
        b.shell(box(1, 1, 1), rgb("808080"))
        return b.mesh(SHELL).rgba[0]

    assert np.array_equal(colour(3), colour(3))
    assert not np.array_equal(colour(3), colour(4))


def test_what_shines_may_be_brighter_than_white_but_a_thing_may_not() -> None:
    b = Bag()
    b.glow(box(1, 1, 1), np.array([3.0, 2, 1]))
    b.add(box(1, 1, 1), np.array([3.0, 2, 1]))
    assert b.mesh(GLOW).rgba[:, 0].max() == pytest.approx(3)
    assert b.mesh("props").rgba.max() <= 1
