"""What the windows of a home show: sky, hills with orchards, roofs, a garden; lit by nothing, as bright as the hour."""

import numpy as np

from assets.studio.bag import NIGHT_WINDOW, OUTDOOR, Bag
from assets.studio.kit import Shape, ball, box, dome, grid, lathe
from assets.studio.palette import Colour, rgb

LOW, MID, HIGH = np.array([1.0, 0.95, 0.82]), np.array([0.58, 0.80, 0.95]), np.array([0.30, 0.58, 0.90])
CROWN = [(0, -0.7), (0.42, -0.6), (0.7, -0.3), *dome(0.75, 0.7, 0, 2)]
SUNWARD = np.array([-0.35, -0.45, 0.82])


def lit(shape: Shape, colour: Colour, *, dark: float = 0.72) -> np.ndarray:
    """Colours (n, 3) of a thing in the sun."""
    return np.asarray(colour, float) * (dark + (1.06 - dark) * np.clip(0.5 + 0.5 * shape.n @ SUNWARD, 0, 1)[:, None])


def put(b: Bag, shape: Shape, colour: Colour, follows: float = OUTDOOR, **place: float) -> None:
    """A flat-coloured thing out of doors."""
    b.glow(shape, lit(shape, colour), follows, **place)


def sky(b: Bag, far_m: float, *, from_deg: float = 0, to_deg: float = 360, low_deg: float = -6) -> None:
    """A dome of sky about the origin, seen from inside, between two bearings (0 along +X, counter-clockwise)."""
    whole = to_deg - from_deg >= 360
    n = 28 if whole else 14
    around = np.radians(np.linspace(from_deg, to_deg, n + (not whole), endpoint=not whole))
    up = np.radians(np.linspace(low_deg, 90, 10))
    rows = [
        np.c_[np.cos(e) * np.cos(around), np.cos(e) * np.sin(around), np.full(len(around), np.sin(e))] * far_m
        for e in up
    ]
    shape = grid(np.array(rows), wrap=whole)
    inside = (shape.n * shape.v).sum() < 0
    shape = shape if inside else Shape(shape.v, -shape.n, shape.f[:, ::-1])
    height = np.clip(shape.v[:, 2:] / far_m, 0, 1) ** 0.6
    tone = np.where(height < 0.4, LOW + (MID - LOW) * height / 0.4, MID + (HIGH - MID) * (height - 0.4) / 0.6)
    b.glow(shape, tone, OUTDOOR)


def cloud(b: Bag, at: tuple[float, float, float], size: float) -> None:
    """A flat-bottomed cloud of three puffs."""
    puff = lathe([(0, -0.12), (1.0, 0.0), *dome(0.96, 0.5, 0.02, 2)], 10, crease_deg=99)
    shade = np.clip(0.5 + 0.5 * puff.n @ SUNWARD, 0, 1)[:, None]
    tone = np.array([0.88, 0.90, 0.95]) * (1 - shade) + np.array([1.15, 1.10, 1.0]) * shade
    side = np.array([-at[1], at[0]]) / np.hypot(at[0], at[1])
    for k in (-1, 0, 1):
        x, y = np.array(at[:2]) + side * k * size * 0.9
        b.glow(puff, tone, OUTDOOR, x=x, y=y, z=at[2] + 0.2 * size * (k == 0), scale=size * (1.0 if k == 0 else 0.7))


def ridge(
    b: Bag,
    far_m: float,
    foot: float,
    tall: float,
    colour: Colour,
    *,
    from_deg: float,
    to_deg: float,
    phase: float = 0.0,
    trees: int = 0,
) -> None:
    """A hill between two bearings, `far_m` away, with round trees on it."""
    a = np.radians(np.linspace(from_deg, to_deg, 26))
    crest = foot + tall * (0.55 * np.sin(a * 3 + phase) + 0.3 * np.sin(a * 7 + 2 * phase) + 0.15)
    steps = [
        np.c_[(far_m - 7 * (1 - q)) * np.cos(a), (far_m - 7 * (1 - q)) * np.sin(a), -5 + (crest + 5) * q]
        for q in (0.0, 0.45, 0.75, 0.92, 1.0)
    ]
    hill = grid(np.array(steps), wrap=False)
    inward = (hill.n * hill.v)[:, :2].sum() < 0
    hill = hill if inward else Shape(hill.v, -hill.n, hill.f[:, ::-1])
    b.glow(hill, lit(hill, colour, dark=0.8), OUTDOOR)
    crown = lathe([(0.4, -0.5), *dome(0.62, 0.7, 0, 2)], 6, crease_deg=99)
    for _ in range(trees):
        q, drop = b.rng.uniform(0.02, 0.98), b.rng.uniform(0.05, 0.5)
        t, top = (float(np.interp(q * (len(a) - 1), range(len(a)), p)) for p in (a, crest))
        r, z = far_m - 7 * drop - 0.3, -5 + (top + 5) * (1 - drop)
        tone = np.asarray(colour) * b.rng.uniform(0.62, 0.86)
        b.glow(
            crown, lit(crown, tone), OUTDOOR, x=r * np.cos(t), y=r * np.sin(t), z=z + 0.2, scale=b.rng.uniform(0.5, 1.1)
        )


def tree(b: Bag, x: float, y: float, stem_m: float, green: Colour, *, z: float = 0.0, size: float = 1.0) -> None:
    """A round-headed tree."""
    put(b, lathe([(0.1 * size, 0), (0.06 * size, stem_m)], 8), rgb("7a6350"), x=x, y=y, z=z)
    for k in range(5):
        tone = green * (0.9 + 0.07 * k)
        with b.at(
            x=x + b.rng.normal() * 0.3 * size,
            y=y + b.rng.normal() * 0.3 * size,
            z=z + stem_m - 0.1 + 0.24 * k * size,
            scale=size * (0.85 - 0.1 * k),
        ):
            put(b, lathe(CROWN, 10, crease_deg=99), tone)


def cypress(b: Bag, x: float, y: float, h: float, *, z: float = 0.0) -> None:
    """A dark upright tree."""
    shape = lathe([(0.1 * h, 0), (0.16 * h, 0.2 * h), (0.11 * h, 0.68 * h), (0, h)], 9, crease_deg=99)
    put(b, shape, rgb("557a4c") * 0.9, x=x, y=y, z=z)


def house(
    b: Bag,
    x: float,
    y: float,
    w: float,
    d: float,
    h: float,
    colour: Colour,
    *,
    turn: float = 0.0,
    z: float = 0.0,
    roof: Colour | None = None,
) -> None:
    """A house with a hipped roof and windows, some of them lit at night."""
    tile = rgb("c9714f") if roof is None else roof
    with b.at(x=x, y=y, z=z, rz=turn):
        put(b, box(w, d, h, 0), colour * 0.55 + 0.38)
        put(b, _hipped(w, d, h * 0.36), tile * 0.75 + 0.16, z=h)
        pane = box(0.5, 0.04, 0.8, 0)
        for side, long, out in ((0, w, d), (90, d, w)):
            for s in (0, 180):
                with b.at(rz=side + s):
                    for zz in np.arange(0.7, h - 0.9, 1.5):
                        for q in np.arange(-long / 2 + 0.7, long / 2 - 0.4, 1.25):
                            follows = NIGHT_WINDOW if b.rng.random() < 0.5 else OUTDOOR
                            b.glow(pane, colour * 0.25 + 0.2, follows, x=q, y=-out / 2 - 0.02, z=zz)


def _hipped(w: float, d: float, h: float) -> Shape:
    """A hipped roof over w by d: four slopes to a point."""
    e = 0.25
    c = np.array(
        [(-w / 2 - e, -d / 2 - e, 0), (w / 2 + e, -d / 2 - e, 0), (w / 2 + e, d / 2 + e, 0), (-w / 2 - e, d / 2 + e, 0)]
    )
    tip = np.array([0, 0, h])
    v, n, f = [], [], []
    for k in range(4):
        tri = np.array([c[k], c[(k + 1) % 4], tip])
        m = np.cross(tri[1] - tri[0], tri[2] - tri[0])
        v += list(tri)
        n += [m / np.linalg.norm(m)] * 3
        f.append((3 * k, 3 * k + 1, 3 * k + 2))
    return Shape(np.array(v), np.array(n), np.array(f))


def hedge(b: Bag, x: float, y: float, w: float, d: float, h: float, *, z: float = 0.0) -> None:
    """A clipped hedge with round shoulders."""
    put(b, box(w, d, h, min(w, d, h) * 0.25), rgb("6d9150"), x=x, y=y, z=z)


def pot(b: Bag, x: float, y: float, colour: Colour, *, z: float = 0.0) -> None:
    """A pot with a round bush."""
    put(b, lathe([(0.16, 0), (0.22, 0.3), (0.25, 0.34), (0.25, 0.4), (0, 0.41)], 12), colour * 0.7 + 0.2, x=x, y=y, z=z)
    put(b, ball(0.34, 11, 3), rgb("76a052"), x=x, y=y, z=z + 0.36)
