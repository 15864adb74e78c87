"""Moods and probes: numbers only."""

import numpy as np
import pytest

from game.client.light import DAY, EVEN, PlaceLight, Probes, mix, mood_of, read_document
from game.core.errors import GameError


def test_mixing_adds_light_and_not_its_code():
    layer = np.full((2, 2, 3), 128, np.uint8)
    light = (128 / 255) ** 2 * 4
    twice = mix([layer, layer], [(1, 1, 1), (1, 1, 1)])
    assert (twice / 255) ** 2 * 4 == pytest.approx(np.full((2, 2, 3), 2 * light), rel=0.02)


def test_weights_are_rgb_and_pictures_bgr():
    layer = np.full((2, 2, 3), 100, np.uint8)
    mixed = mix([layer], [(1, 0, 0)])
    assert mixed[0, 0].tolist() == [0, 0, 100]


def test_a_coarse_layer_is_enlarged_to_the_finest_and_keeps_its_light():
    fine, coarse = np.zeros((4, 4, 3), np.uint8), np.full((2, 2, 3), 90, np.uint8)
    assert mix([fine, coarse], [(1, 1, 1), (1, 1, 1)]).tolist() == np.full((4, 4, 3), 90).tolist()


def test_no_light_at_all_is_black():
    assert not mix([np.full((2, 2, 3), 255, np.uint8)], [(0, 0, 0)]).any()


def test_probes_are_met_exactly_and_blended_between():
    cubes = np.zeros((2, 2, 2, 6, 3))
    cubes[1] = 2.0
    probes = Probes(np.array([0.0, 0.0]), np.array([4.0, 4.0]), np.array([0.0, 2.0]), cubes)
    found = probes.at(np.array([[0.0, 0, 0], [4.0, 4, 2], [1.0, 3, 1], [99.0, 0, 0]]))
    assert found[:, 0, 0] == pytest.approx([0.0, 2.0, 0.5, 2.0], abs=1e-3)


def test_a_place_without_baked_light_has_even_light(tmp_path):
    light = PlaceLight(tmp_path, None)
    light.set_mood("day")
    assert light.probes is EVEN
    assert light.textures == {}


def test_moods_come_from_the_place_before_the_house():
    assert mood_of("day", {"moods": {"day": {"exposure": 0.5}}}).exposure == 0.5
    assert mood_of("no_such_mood", {}) == DAY


def test_an_unreadable_document_is_refused(tmp_path):
    (tmp_path / "place.json").write_text("{")
    with pytest.raises(GameError, match=r"place\.json"):
        read_document(tmp_path)
