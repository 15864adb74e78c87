"""Green things: stems, blades, split leaves, sprigs; for goods and for furniture alike. Leaves show both sides."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Points, Shape, grid, join, tube
from assets.studio.palette import Colour
from assets.studio.turning import curve

SKIN_M = 0.0006  # half the thickness of a leaf


def two_sided(face: Shape) -> Shape:
    """A thin face seen from both sides."""
    v, n, f = face
    return join(Shape(v + n * SKIN_M, n, f), Shape(v - n * SKIN_M, -n, f[:, ::-1]))


def stem(b: Bag, points: Points, colour: Colour, r: float = 0.0022, *, turn: float = 0.0, leaves: int = 2) -> None:
    """A thin stalk through points (n, 3) with a few small leaves."""
    path = curve(points, 3)
    b.add(tube(path, r, 5), colour * 0.85, 0.1)
    for k in range(leaves):
        at = path[int(len(path) * (0.45 + 0.25 * k)) - 1]
        with b.at(*at, rz=turn + 150 * k, ry=-30):
            leaf(b, 0.055 - 0.01 * k, 0.012, colour)


def leaf(
    b: Bag, length: float, half: float, colour: Colour, *, droop: float = 0.25, rows: int = 4, gloss: float = 0.3
) -> None:
    """A pointed leaf along +X, `half` its half width, folded along its midrib and drooping at its end."""
    u = np.linspace(0, 1, rows + 1)
    w = half * np.sin(np.pi * np.clip(0.05 + 0.95 * u, 0, 1)) ** 0.8
    z = length * droop * (u - 1.6 * u * u)
    mid = np.c_[u * length, 0 * u, z - w * 0.35]
    side = np.c_[0 * u, w, w * 0.35]
    p = np.stack([mid - side * (1, 1, -1), mid, mid + side], 1)
    b.add(two_sided(grid(p, wrap=False)), colour, gloss, jitter=0.14)


def sword(
    b: Bag, length: float, half: float, colour: Colour, edge: Colour, *, lean: float = 0.1, twist: float = 0.4
) -> None:
    """An upright sword-shaped leaf with a pale edge and cloudy bands across."""
    u = np.linspace(0, 1, 9)
    w = half * np.minimum(1, 0.55 + 1.2 * u) * np.sqrt(np.clip(1.02 - u**3.2, 0, 1))
    a = twist * u
    x = length * lean * u * u
    across = np.c_[np.cos(a), np.sin(a), 0 * a]
    mid = np.c_[x, 0 * u, length * u]
    cup = np.c_[-np.sin(a), np.cos(a), 0 * a] * 0.28
    p = np.stack([mid + (across * s - cup * abs(s)) * w[:, None] for s in (-1, -0.8, 0, 0.8, 1)], 1)
    face = grid(p, wrap=False)
    tone = np.tile(colour, (len(face.v), 1)) * (1 + 0.22 * np.sin(face.v[:, 2:] * 95 + 7 * face.v[:, :1] / half))
    tone.reshape(len(u), 5, 3)[:, [0, 4]] = edge
    b.add(two_sided(face), np.r_[tone, tone], 0.35, jitter=0)


def split_leaf(b: Bag, size: float, colour: Colour, *, droop: float = 0.35) -> None:
    """A heart-shaped leaf along +X, cut into ribs on both sides like a monstera's."""
    ribs = 6
    u = np.linspace(0, 1, ribs + 1)
    outline = np.array([0.0, 0.44, 0.56, 0.56, 0.48, 0.33, 0.0])
    parts = []
    for s in (-1, 1):
        for k in range(ribs):
            a, c = u[k], u[k + 1]
            wa, wc = outline[k] if k else 0.2, outline[k + 1]
            gap = 0.42 if 0 < k < ribs - 1 else 0.04
            tip_a = (a - 0.12 if k == 0 else a + gap * (c - a), wa)
            tip_c = (c + 0.16 * (c - a), max(wc, 0.02))
            root_a, root_c = (a, 0.0), (c, 0.0)
            notch_a = (a, wa * 0.5)
            pts = [[root_a, root_c], [notch_a, (c, wc * 0.5)], [tip_a, tip_c]]
            p = np.array([[(x, s * y, 0.0) for x, y in row] for row in pts])
            p[..., 2] = -droop * p[..., 0] ** 2 + 0.30 * np.abs(p[..., 1]) - 0.42 * p[..., 1] ** 2
            face = grid(p[:, ::-1] if s > 0 else p, wrap=False)
            if face.n[:, 2].mean() < 0:
                face = Shape(face.v, -face.n, face.f[:, ::-1])
            parts.append(face)
    whole = join(*parts)
    whole = Shape(whole.v * size, whole.n, whole.f)
    b.add(two_sided(whole), colour, 0.4, jitter=0.12)


def sprig(b: Bag, points: Points, colour: Colour, bark: Colour, pairs: int, length: float) -> None:
    """A twig through points (n, 3) with pairs of narrow leaves, as of an olive."""
    path = curve(points, 4)
    b.add(tube(path, np.linspace(0.004, 0.0012, len(path)) * length / 0.06, 4), bark, 0.1)
    for k in range(pairs):
        at = path[min(len(path) - 1, round((0.25 + 0.75 * k / max(1, pairs - 1)) * (len(path) - 1)))]
        for side in (0, 180):
            with b.at(*at, rz=side + 62 * k + b.rng.uniform(-25, 25), ry=b.rng.uniform(-60, -5)):
                q, half = length * b.rng.uniform(0.8, 1.15), length * 0.17
                blade = np.array([[(0, 0, 0), (q * 0.5, half, 0.1 * q)], [(q * 0.5, -half, 0.1 * q), (q, 0, 0)]])
                b.add(two_sided(grid(blade, wrap=False)), colour, 0.3, jitter=0.18)
