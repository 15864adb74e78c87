"""The panes of small houses far off: grey by day; at night somebody is at home behind most of them."""

import numpy as np

from assets.studio.bag import NIGHT_WINDOW, OUTDOOR, Bag
from assets.studio.kit import Shape
from assets.studio.palette import rgb

LIT, DARK = rgb("c9b98f"), rgb("6f8f98") * 0.8


def panes(b: Bag, w: float, d: float, h: float, number: int, **place: float) -> None:
    """Two panes in the front (local -y) of a house w x d x h, one in each gable; `number` says which are lit."""
    off = 0.012 * w
    faces = (
        ((-0.24 * w, -d / 2 - off), (1.0, 0.0)), ((0.24 * w, -d / 2 - off), (1.0, 0.0)),
        ((-w / 2 - off, 0.05 * d), (0.0, -1.0)), ((w / 2 + off, -0.05 * d), (0.0, 1.0)),
    )  # fmt: skip
    for k, (middle, along) in enumerate(faces):
        lit = (number + k) % 3 != 1
        pane = _pane(np.array(middle), np.array(along), 0.16 * w, 0.42 * h, 0.74 * h)
        tone = np.tile(LIT if lit else DARK, (len(pane.v), 1))
        b.glow(pane, tone, NIGHT_WINDOW if lit else OUTDOOR, **place)


def _pane(middle: np.ndarray, along: np.ndarray, wide: float, z0: float, z1: float) -> Shape:
    left, right = middle - along * wide / 2, middle + along * wide / 2
    v = np.array([(*left, z0), (*right, z0), (*right, z1), (*left, z1)])
    n = np.tile([along[1], -along[0], 0.0], (4, 1))
    return Shape(v, n, np.array([(0, 1, 2), (0, 2, 3)]))
