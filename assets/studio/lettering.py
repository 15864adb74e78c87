"""Painted letters for signs, as flat strokes on y = 0 facing -Y; capitals of one cap height, plain and rounded."""

import numpy as np

from assets.studio.kit import Shape, join, moved

WIDTH, STROKE = 0.62, 0.15  # of the cap height


def _arc(cx: float, cz: float, rx: float, rz: float, a0: float, a1: float, k: int = 8) -> list[tuple[float, float]]:
    t = np.radians(np.linspace(a0, a1, k + 1))
    return [(cx + rx * np.cos(a), cz + rz * np.sin(a)) for a in t]


_O = _arc(0.31, 0.5, 0.31, 0.5, 90, 450, 16)
LETTERS: dict[str, list[list[tuple[float, float]]]] = {
    "A": [[(0, 0), (0.31, 1), (0.62, 0)], [(0.22, 0.34), (0.4, 0.34)]],
    "B": [[(0, 0), (0, 1), (0.3, 1), *_arc(0.3, 0.76, 0.24, 0.24, 90, -90, 6), (0.14, 0.52)],
          [(0.36, 0.5), *_arc(0.34, 0.25, 0.26, 0.25, 70, -90, 6), (0.14, 0)]],
    "C": [_arc(0.34, 0.5, 0.34, 0.5, 45, 315, 12)],
    "D": [[(0, 0), (0, 1), (0.2, 1), *_arc(0.2, 0.5, 0.42, 0.5, 90, -90, 10), (0, 0)]],
    "E": [[(0.55, 1), (0, 1), (0, 0), (0.55, 0)], [(0.14, 0.52), (0.45, 0.52)]],
    "F": [[(0.55, 1), (0, 1), (0, 0)], [(0.14, 0.52), (0.45, 0.52)]],
    "G": [[*_arc(0.34, 0.5, 0.34, 0.5, 45, 360, 13), (0.4, 0.5)]],
    "H": [[(0, 0), (0, 1)], [(0.6, 0), (0.6, 1)], [(0.14, 0.52), (0.46, 0.52)]],
    "I": [[(0.06, 0), (0.06, 1)]],
    "K": [[(0, 0), (0, 1)], [(0.56, 1), (0.14, 0.52)], [(0.3, 0.5), (0.6, 0)]],
    "L": [[(0, 1), (0, 0), (0.52, 0)]],
    "M": [[(0, 0), (0.04, 1), (0.36, 0.3), (0.68, 1), (0.72, 0)]],
    "N": [[(0, 0), (0, 1), (0.58, 0), (0.58, 1)]],
    "O": [_O],
    "P": [[(0, 0), (0, 1), (0.3, 1), *_arc(0.3, 0.74, 0.27, 0.26, 90, -90, 6), (0.14, 0.48)]],
    "Q": [_O, [(0.46, 0.06), (0.64, -0.14)]],
    "R": [[(0, 0), (0, 1), (0.3, 1), *_arc(0.3, 0.74, 0.27, 0.26, 90, -90, 6), (0.14, 0.48)],
          [(0.34, 0.36), (0.58, 0)]],
    "S": [[*_arc(0.29, 0.75, 0.27, 0.25, 30, 270, 8), *_arc(0.29, 0.25, 0.29, 0.25, 90, -150, 8)]],
    "T": [[(0, 1), (0.6, 1)], [(0.3, 0.86), (0.3, 0)]],
    "U": [[(0, 1), (0, 0.3), *_arc(0.29, 0.3, 0.29, 0.3, 180, 360, 8), (0.58, 1)]],
    "W": [[(0, 1), (0.18, 0), (0.38, 0.7), (0.58, 0), (0.76, 1)]],
    "Y": [[(0, 1), (0.3, 0.48), (0.6, 1)], [(0.3, 0.34), (0.3, 0)]],
}  # fmt: skip
ADVANCE = {"I": 0.12, "M": 0.72, "W": 0.76, "L": 0.54, "E": 0.56, "F": 0.54, " ": 0.34}


def stroke(path: np.ndarray, width: float) -> Shape:
    """A flat ribbon along a path (n, 2) in x and z, facing -Y."""
    d = np.gradient(path, axis=0)
    d /= np.linalg.norm(d, axis=1, keepdims=True) + 1e-12
    steps = np.diff(path, axis=0)
    steps /= np.linalg.norm(steps, axis=1, keepdims=True) + 1e-12
    bend = np.ones(len(path))
    bend[1:-1] = 1 / np.sqrt(np.clip((1 + (steps[:-1] * steps[1:]).sum(1)) / 2, 0.3, 1))
    ends = path.copy()
    ends[0] -= d[0] * width * 0.3
    ends[-1] += d[-1] * width * 0.3
    side = np.c_[-d[:, 1], d[:, 0]] * (width / 2 * bend)[:, None]
    left, right = ends + side, ends - side
    v = np.r_[np.c_[left[:, 0], 0 * left[:, 0], left[:, 1]], np.c_[right[:, 0], 0 * right[:, 0], right[:, 1]]]
    n, k = len(path), np.arange(len(path) - 1)
    f = np.r_[np.c_[k, k + n, k + n + 1], np.c_[k, k + n + 1, k + 1]]
    return Shape(v, np.tile([0, -1.0, 0], (len(v), 1)), f)


def text_width(text: str, cap_m: float) -> float:
    """Width of a line in metres."""
    return sum(ADVANCE.get(c, WIDTH) + 0.24 for c in text) * cap_m - 0.24 * cap_m


def lettering(text: str, cap_m: float) -> Shape:
    """One line of capitals `cap_m` high, centred on x = 0, its foot on z = 0, facing -Y.

    Raises KeyError for a letter that is not drawn.
    """
    x, shapes = -text_width(text, cap_m) / 2, []
    for letter in text:
        if letter != " ":
            for path in LETTERS[letter]:
                ribbon = stroke(np.array(path) * cap_m, STROKE * cap_m)
                shapes.append(moved(ribbon, x))
        x += (ADVANCE.get(letter, WIDTH) + 0.24) * cap_m
    return join(*shapes)
