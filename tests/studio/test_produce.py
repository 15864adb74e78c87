"""The shapes that fruit, leaves and cloths of the market are made of."""

import numpy as np
import pytest

from assets.studio.produce import both_sides, checked, lobed, round_fruit, turned


def test_a_fruit_stands_on_the_ground_and_sinks_in_at_its_stalk() -> None:
    fruit = round_fruit(0.04, 0.9, dimple=0.3)
    stalk = fruit.v[np.hypot(fruit.v[:, 0], fruit.v[:, 1]) < 1e-6]
    assert fruit.v[:, 2].min() == pytest.approx(0)
    assert stalk[:, 2].max() < fruit.v[:, 2].max() - 0.002
    whole = round_fruit(0.04, 0.9, dimple=0.0, foot=0.0)
    assert whole.v[:, 2].max() == pytest.approx(2 * 0.9 * 0.04)


def test_ribs_are_pressed_in_and_never_out() -> None:
    body = turned([(0, 0), (0.1, 0.05), (0, 0.1)], 40)
    ribbed = lobed(body, 10, 0.2)
    radius = np.hypot(ribbed.v[:, 0], ribbed.v[:, 1])
    assert radius.max() <= 0.1 + 1e-9
    assert radius[np.abs(ribbed.v[:, 2] - 0.05) < 1e-9].min() == pytest.approx(0.08, abs=0.002)


def test_each_cell_of_a_checked_cloth_has_one_colour() -> None:
    x, y = np.meshgrid(np.arange(4.0), np.arange(3.0))
    tones = np.random.default_rng(1).uniform(size=(2, 3, 3))
    cloth, colours = checked(np.stack([x, y, 0 * x], -1), tones, wrap=False)
    assert len(cloth.f) == 12
    for f in cloth.f:
        assert np.ptp(colours[f], axis=0).max() == 0
    assert {tuple(c) for c in colours} == {tuple(c) for c in tones.reshape(-1, 3)}


def test_a_leaf_can_be_seen_from_below_too() -> None:
    face = turned([(0.05, 0), (0, 0.01)], 6)
    leaf = both_sides(face)
    assert len(leaf.f) == 2 * len(face.f)
    assert np.allclose(leaf.n[: len(face.n)], -leaf.n[len(face.n) :])
