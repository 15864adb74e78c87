"""How dark a good makes what it stands on."""

import numpy as np
from panda3d.core import GeomNode

from game.client.contact import DARK, FLAT_M, patch_of
from game.client.models import mesh


def slab(bottom_m: float, top_m: float) -> GeomNode:
    """A square of 40 cm, its underside and its top."""
    square = np.array([(-0.2, -0.2), (0.2, -0.2), (0.2, 0.2), (-0.2, 0.2)])
    points = np.concatenate([np.c_[square, np.full(4, z)] for z in (bottom_m, top_m)]).astype(np.float32)
    half = np.array([(0, 1, 2), (0, 2, 3)], np.uint32)
    return mesh("slab", points, np.concatenate([half, half + 4]))


def test_a_box_darkens_what_it_stands_on() -> None:
    assert 0.1 < patch_of(slab(0.0, 0.3)).dark.max() <= DARK


def test_what_is_held_high_above_darkens_nothing() -> None:
    assert patch_of(slab(0.4, 0.5)).dark.max() == 0.0


def test_a_rug_is_not_darkened_by_itself() -> None:
    assert patch_of(slab(0.0, FLAT_M / 2)).dark.max() == 0.0
