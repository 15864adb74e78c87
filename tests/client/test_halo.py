"""Lamps are found among what glows, each once."""

import numpy as np

from game.client.halo import lamps


def vertex(x: float, y: float, z: float, kind: float) -> list[float]:
    return [x, y, z, 0, 0, 1, 0.9, 0.8, 0.6, kind, 0, 0]


def test_vertices_that_lie_together_are_one_lamp_and_windows_and_sky_are_none() -> None:
    rows = np.array(
        [vertex(1 + dx, 2, 3, 1.0) for dx in (-0.05, 0.0, 0.05)]
        + [vertex(5, 5, 2, 1.0), vertex(5, 5.1, 2, 1.0)]
        + [vertex(0, 0, 9, 0.1), vertex(2, 2, 2, 0.5)],
        np.float32,
    )
    centres, sizes, colours = lamps(rows)
    assert np.allclose(centres, [[1, 2, 3], [5, 5.05, 2]], atol=1e-5)
    assert np.allclose(sizes, [0.05, 0.05], atol=1e-5)
    assert np.allclose(colours, [[0.9, 0.8, 0.6]] * 2)


def test_a_place_without_lamps_has_no_halo() -> None:
    centres, sizes, colours = lamps(np.array([vertex(0, 0, 0, 0.2)], np.float32))
    assert centres.shape == colours.shape == (0, 3)
    assert sizes.shape == (0,)
