"""Clay: a field becomes a closed surface that lies where the field says, seen from outside."""

import numpy as np
import pytest

from assets.studio.clay import above, blend, egg, limb, modelled
from assets.studio.kit import Shape
from assets.studio.picture_parts import triangles


def edge_counts(shape: Shape) -> dict[tuple[int, int], int]:
    counts: dict[tuple[int, int], int] = {}
    for a, b, c in shape.f:
        for edge in ((a, b), (b, c), (c, a)):
            counts[edge] = counts.get(edge, 0) + 1
    return counts


def volume(shape: Shape) -> float:
    a, b, c = (shape.v[shape.f[:, k]] for k in range(3))
    return float((np.cross(a, b) * c).sum() / 6)


def test_a_ball_of_clay_is_closed_round_and_turned_outwards() -> None:
    ball = modelled(egg((0, 0, 0), (0.1, 0.1, 0.1)), (-0.1,) * 3, (0.1,) * 3, 0.02)
    assert np.allclose(np.linalg.norm(ball.v, axis=1), 0.1, atol=0.004)
    assert volume(ball) == pytest.approx(4 / 3 * np.pi * 0.1**3, rel=0.06)
    counts = edge_counts(ball)
    assert all(n == 1 and counts.get((b, a)) == 1 for (a, b), n in counts.items())
    assert ((ball.n * ball.v).sum(1) > 0.099 * 0.95).all()


def test_parts_blend_into_one_body_and_far_ones_stay_two() -> None:
    near = modelled(blend([limb((0, 0, 0), (0.1, 0, 0), 0.03, 0.03), egg((0.13, 0, 0), (0.03, 0.03, 0.03))], 0.01),
                    (-0.05, -0.05, -0.05), (0.2, 0.05, 0.05), 0.012)  # fmt: skip
    far = modelled(blend([egg((0, 0, 0), (0.03, 0.03, 0.03)), egg((0.15, 0, 0), (0.03, 0.03, 0.03))], 0.01),
                   (-0.05, -0.05, -0.05), (0.2, 0.05, 0.05), 0.012)  # fmt: skip
    assert len(near.v) - len(near.f) / 2 == 2, "Euler: one closed body"
    assert len(far.v) - len(far.f) / 2 == 4, "Euler: two closed bodies"


def test_a_cut_body_stands_flat() -> None:
    dome = modelled(above(0.0, egg((0, 0, 0), (0.1, 0.1, 0.1))), (-0.1, -0.1, 0), (0.1,) * 3, 0.02)
    assert dome.v[:, 2].min() == pytest.approx(0, abs=0.003)
    assert volume(dome) == pytest.approx(2 / 3 * np.pi * 0.1**3, rel=0.13)


def area(outline: np.ndarray, faces: np.ndarray) -> float:
    a, b, c = (outline[faces[:, k]] for k in range(3))
    ab, ac = b - a, c - a
    return float(np.abs(ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]).sum() / 2)


def test_a_hollow_outline_is_filled_exactly() -> None:
    arrow = np.array([(0, 0), (2, 0), (2, 2), (1, 0.5), (0, 2)], float)
    assert area(arrow, triangles(arrow)) == pytest.approx(4 - 1.5)


def test_an_outline_that_crosses_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="crosses itself"):
        triangles(np.array([(0, 0), (1, 1), (1, 0), (0, 1)], float))
