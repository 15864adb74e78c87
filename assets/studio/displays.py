"""Things that only decorate a window or a wall: a dress form, a few plain hats, a bag. They are not goods."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, arc, bent, box, dome, grid, lathe, tube
from assets.studio.palette import BRASS, IVORY, STRAW, WALNUT, Colour


def dress_form(b: Bag, colour: Colour, belt: Colour) -> None:
    """A tailor's form in a belted dress."""
    b.add(lathe([(0.17, 0), (0.17, 0.02), (0.03, 0.04), (0.016, 0.07), (0.016, 0.8)], 16), WALNUT, 0.4)
    n = 40
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    profile = (
        (0.5, 0.3, 0.22, 1),
        (0.7, 0.235, 0.18, 0.8),
        (0.9, 0.165, 0.125, 0.3),
        (1.02, 0.125, 0.095, 0),
        (1.15, 0.145, 0.11, 0),
        (1.26, 0.165, 0.12, 0),
        (1.36, 0.15, 0.09, 0),
        (1.41, 0.09, 0.06, 0),
        (1.43, 0.05, 0.045, 0),
    )
    fold = [1 + 0.09 * w * np.cos(9 * t) for *_, w in profile]
    rows = [
        np.c_[rx * np.cos(t) * q, ry * np.sin(t) * q, np.full(n, z)]
        for (z, rx, ry, _), q in zip(profile, fold, strict=True)
    ]
    b.add(grid(np.array(rows)), colour, 0.05)
    b.add(lathe([(0.13, 1.0), (0.137, 1.01), (0.137, 1.04), (0.128, 1.05)], 20, ey=0.78), belt)
    b.add(lathe([(0.048, 1.42), (0.04, 1.5), (0.03, 1.53), (0, 1.535)], 14), IVORY)


def brim(inner: float, outer: float, z: float = 0.0, wave: float = 0.0, lift: float = 0.0) -> Shape:
    """A hat's brim, a thin ring that may wave or turn up at the sides."""
    t = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    rows = []
    for k, u in enumerate((0, 0.35, 0.7, 1, 1, 0.7, 0.35, 0)):
        r = inner + (outer - inner) * u
        curl = lift * u * u * (np.abs(np.sin(t)) ** 1.5) + wave * u * np.cos(2 * t)
        rows.append(np.c_[r * np.cos(t) * 0.88, r * np.sin(t), z + curl - (0.008 if k > 3 else 0)])
    return grid(np.array(rows[::-1]))


def hat_band(r: float, z: float, h: float = 0.035) -> Shape:
    """The ribbon round a hat's crown."""
    return lathe([(r, z), (r + 0.006, z + 0.004), (r + 0.005, z + h), (r - 0.004, z + h + 0.004)], 24, ex=0.88)


def felt_hat(b: Bag, colour: Colour, ribbon: Colour) -> None:
    """A pinched felt hat."""

    def pinch(v: np.ndarray) -> np.ndarray:
        top = np.clip((v[:, 2] - 0.07) / 0.06, 0, 1)
        v[:, 2] -= top * 0.035 * np.exp(-((v[:, 0] / 0.03) ** 2))
        v[:, 0] *= 1 - 0.22 * top * (v[:, 1] < 0) * np.clip(-v[:, 1] / 0.05, 0, 1)
        return v

    crown = [
        (0.1, 0),
        (0.1, 0.05),
        (0.094, 0.1),
        (0.082, 0.128),
        (0.05, 0.135),
        (0.025, 0.132),
        (0.01, 0.13),
        (0, 0.13),
    ]
    b.add(bent(lathe(crown, 26, ex=0.88, crease_deg=99), pinch), colour)
    b.add(brim(0.095, 0.165, 0.004, wave=-0.012), colour)
    b.add(hat_band(0.1, 0.004), ribbon)


def wide_hat(b: Bag, colour: Colour, ribbon: Colour) -> None:
    """A wide straw hat."""
    tone = colour * 0.6 + STRAW * 0.4
    b.add(lathe([(0.1, 0), *dome(0.1, 0.105, 0.01, 6, 0.6)], 26, ex=0.9, crease_deg=99), tone)
    b.add(brim(0.097, 0.235, 0.012, wave=0.016, lift=-0.02), tone)
    b.add(hat_band(0.1, 0.008, 0.03), ribbon)


def hand_bag(b: Bag, colour: Colour, strap: Colour, w: float = 0.28, h: float = 0.22, d: float = 0.11) -> None:
    """A small flap bag with a round handle."""
    hull, flap = box(w, d, h, 0.03), box(w * 0.9, d * 0.88, h * 0.5, 0.025)
    hull.v[:, 0] *= 1 - 0.18 * hull.v[:, 2] / h
    hull.v[:, 1] *= 1 - 0.3 * hull.v[:, 2] / h
    flap.v[:, 1] *= 1 - 0.1 * flap.v[:, 2] / h
    b.add(hull, colour, 0.4)
    b.add(flap, colour * 0.85, 0.4, z=h * 0.53, y=-0.008)
    b.add(box(0.03, 0.02, 0.025, 0.006), BRASS, 0.8, y=-d * 0.47, z=h * 0.5)
    b.add(tube(arc(w * 0.24, 0, 180, 10, cz=h * 0.96, ez=1.2), 0.009, 6), strap, 0.4)
