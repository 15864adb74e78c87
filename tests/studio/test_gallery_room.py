"""The gallery's floor: its blocks fill the room, and their seams follow their edges."""

import numpy as np
import pytest

from assets.studio.gallery_room import blocks, clipped, outwards

SQUARE = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], float)


def area(p: np.ndarray) -> float:
    x, y = p.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def test_the_blocks_fill_the_room_and_none_reaches_out_of_it() -> None:
    outlines = list(blocks(-1.3, 1.4, -0.9, 1.1))
    assert sum(map(area, outlines)) == pytest.approx(2.7 * 2.0, rel=0.003)
    assert all(area(p) > 0 for p in outlines)
    every = np.concatenate(outlines)
    assert np.allclose([every.min(0), every.max(0)], [(-1.3, -0.9), (1.4, 1.1)])


def test_no_point_of_the_room_lies_in_two_blocks() -> None:
    outlines = list(blocks(-1.3, 1.4, -0.9, 1.1))
    points = np.random.default_rng(3).uniform((-1.3, -0.9), (1.4, 1.1), (400, 2))
    hits = np.zeros(400, int)
    for p in outlines:
        edge, to = np.roll(p, -1, 0) - p, points[:, None] - p
        hits += (edge[:, 0] * to[..., 1] - edge[:, 1] * to[..., 0] >= 0).all(1)
    assert hits.max() == 1
    assert (hits == 1).mean() > 0.99


def test_what_lies_inside_is_not_clipped_and_what_lies_outside_is_gone() -> None:
    assert np.allclose(clipped(SQUARE, -1, 2, -1, 2), SQUARE)
    assert len(clipped(SQUARE, 5, 6, 5, 6)) == 0
    assert area(clipped(SQUARE, 0.5, 2, -1, 2)) == pytest.approx(0.5)


def test_all_edges_of_a_long_block_move_equally_far() -> None:
    long = SQUARE * (6, 1)
    assert np.allclose(long + 0.1 * outwards(long), [(-0.1, -0.1), (6.1, -0.1), (6.1, 1.1), (-0.1, 1.1)])
