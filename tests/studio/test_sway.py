"""What a place's props are sorted into: swinging leaves by name, and what the wind moves."""

from dataclasses import replace

import numpy as np
import pytest

from assets.studio import sway
from assets.studio.bag import LEAF, Bag
from assets.studio.build import props_mesh
from assets.studio.kit import box
from assets.studio.palette import IVORY
from assets.studio.places import PLACES


def place(*leaves: str):
    return replace(PLACES["boutique"], leaves={name: {} for name in leaves})


def bag() -> Bag:
    b = Bag()
    b.add(box(1, 1, 1, 0), IVORY)
    return b


def test_each_leaf_has_the_parts_of_its_own_layer() -> None:
    b = bag()
    b.add(box(1, 1, 1, 0), IVORY, to="front_leaf")
    b.add(box(1, 1, 1, 0.1), IVORY, to="back_leaf")
    props, apart = props_mesh(b, place("front_leaf", "back_leaf"))
    assert [len(m.f) for m in (props, apart["front_leaf"], apart["back_leaf"])] == [12, 12, 44]


def test_a_single_leaf_may_lie_in_the_common_layer() -> None:
    b = bag()
    b.add(box(1, 1, 1, 0.1), IVORY, to=LEAF)
    assert len(props_mesh(b, place("door_leaf"))[1]["door_leaf"].f) == 44


def test_only_what_the_wind_moves_makes_nodes_for_it() -> None:
    assert set(props_mesh(bag(), place())[1]) == set()
    b = bag()
    sway.cloth(b, box(1, 1, 1, 0), IVORY)
    sway.leafy(b, box(1, 1, 1, 0), IVORY)
    assert set(props_mesh(b, place())[1]) == {sway.CLOTH, sway.LEAVES}


def test_a_hem_is_free_and_its_upper_edge_is_not() -> None:
    b, flag = bag(), box(1, 0.1, 2, 0)
    sway.cloth(b, flag, IVORY, sway.below(flag, top_m=2, length_m=2))
    alpha = props_mesh(b, place())[1][sway.CLOTH].rgba[:, 3]
    assert alpha == pytest.approx(np.where(flag.v[:, 2] > 1, 0, sway.SOFT))
    assert sway.SOFT <= 0.08, "the shaders draw reflections above this gloss"
