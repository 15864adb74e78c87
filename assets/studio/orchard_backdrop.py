"""What lies beyond the orchard's fence: sky, clouds, and rings of hills with groves and farms, lit by nothing."""

import numpy as np

from assets.studio.bag import OUTDOOR, Bag
from assets.studio.hill_houses import panes
from assets.studio.kit import Shape, box, dome, grid, lathe
from assets.studio.market_colours import TILE, WHITEWASH
from assets.studio.palette import rgb

DOME_M, MIDDLE = 150.0, (1.0, 29.0)
SUNWARD = np.array([-0.70, -0.26, 0.665])
RIDGES = (  # distance, foot of the crest, its swing, waves a metre, colour
    (96.0, 5.0, 4.0, 0.062, rgb("7f9f52")),
    (110.0, 10.5, 5.5, 0.048, rgb("86a878")),
    (124.0, 16.5, 6.5, 0.037, rgb("93b5a6")),
    (138.0, 22.5, 7.0, 0.029, rgb("a9c6cb")),
)


CLOUDS = ((20, 52, 9), (64, 44, 7.5), (98, 62, 10), (140, 46, 8.5), (196, 55, 9), (250, 48, 8), (318, 58, 9))
FARMS = (((70, 0.3), (118, 0.22), (162, 0.36), (222, 0.25), (300, 0.3)), ((95, 0.25), (20, 0.3)))  # turn, how low


def backdrop(b: Bag) -> None:
    """Sky, clouds and hills around the middle of the orchard."""
    with b.at(*MIDDLE):
        _sky(b)
        for k, (far, base, swing, rate, colour) in enumerate(RIDGES):
            _ridge(b, k, far, base, swing, rate, colour)


def _sky(b: Bag) -> None:
    up, around = np.linspace(-0.12, np.pi / 2, 12), np.linspace(0, 2 * np.pi, 37)[:-1]
    ring = np.array([np.c_[np.cos(e) * np.cos(around), np.cos(e) * np.sin(around), np.full(36, np.sin(e))] for e in up])
    shape = grid(ring * DOME_M)
    high = np.clip(shape.v[:, 2:] / DOME_M, 0, 1) ** 0.55
    low, mid, top = np.array([1.08, 0.98, 0.80]), np.array([0.47, 0.75, 0.92]), np.array([0.15, 0.42, 0.79])
    tone = np.where(high < 0.4, low + (mid - low) * high / 0.4, mid + (top - mid) * (high - 0.4) / 0.6)
    sunny = np.clip(shape.v / DOME_M @ (SUNWARD * (1, 1, 0.4)), 0, 1)[:, None] ** 3
    b.glow(Shape(shape.v, -shape.n, shape.f[:, ::-1]), tone + sunny * np.array([0.4, 0.26, 0.05]), OUTDOOR)
    puff = lathe([(0, -0.12), (1.0, 0.0), *dome(0.96, 0.5, 0.02, 2)], 9, crease_deg=99)
    shade = np.clip(0.5 + 0.5 * puff.n @ SUNWARD, 0, 1)[:, None]
    cloud = np.array([0.84, 0.87, 0.93]) * (1 - shade) + np.array([1.20, 1.12, 0.98]) * shade
    for turn, z, s in CLOUDS:
        a = np.radians(turn)
        for k in range(4):
            aside = (k - 1.5) * s * 0.62
            x, y = 128 * np.cos(a) - aside * np.sin(a), 128 * np.sin(a) + aside * np.cos(a)
            b.glow(puff, cloud, OUTDOOR, scale=s * (0.7 + 0.22 * (k % 3)), x=x, y=y, z=z + 0.25 * s * (k % 2))


def _ridge(b: Bag, k: int, far: float, base: float, swing: float, rate: float, colour: np.ndarray) -> None:
    """A ring of hill, lower in the south where the street is, with groves and farms on the two nearest."""
    a = np.radians(np.linspace(0, 360, 61))
    waves = max(2, round(rate * far))  # whole ones, so that the ring closes
    crest = base + swing * (0.6 * np.sin(a * waves + 1.9 * k) + 0.3 * np.sin(a * (2 * waves + 1) + k))
    crest = crest * (0.55 + 0.45 * np.clip(0.5 + 0.9 * np.sin(a), 0, 1))
    steps = []
    for q in (0.0, 0.45, 0.72, 0.9, 1.0):
        r = far - 14 * (1 - q)
        steps.append(np.c_[r * np.cos(a), r * np.sin(a), -6 + (crest + 6) * q])
    hill = grid(np.array(steps), wrap=False)
    if (hill.n * hill.v)[:, :2].sum() > 0:
        hill = Shape(hill.v, -hill.n, hill.f[:, ::-1])
    light = 0.66 + 0.46 * np.clip(hill.n @ SUNWARD, 0, 1)[:, None]
    b.glow(hill, colour * light, OUTDOOR)
    if k > 1:
        return
    crown = lathe([(0.4, -0.5), *dome(0.62, 0.7, 0, 2)], 5, crease_deg=99)
    shade = 0.70 + 0.44 * np.clip(crown.n @ SUNWARD, 0, 1)[:, None]
    for _ in range(110 - 40 * k):
        spot = b.rng.uniform(0, 2 * np.pi)
        drop = b.rng.uniform(0.04, 0.5)
        r, z = far - 14 * drop, -6 + (np.interp(spot, a, crest) + 6) * (1 - drop)
        tone = (rgb("557f3a") * (1 - 0.15 * k) + rgb("8fb3ae") * 0.16 * k) * b.rng.uniform(0.8, 1.2)
        size = b.rng.uniform(1.2, 2.2)
        b.glow(crown, tone * shade, OUTDOOR, x=r * np.cos(spot), y=r * np.sin(spot), z=z + 0.3, scale=size)
    house, roof = box(2.6, 1.9, 1.9, 0), lathe([(2.0, 0), (0, 1.2)], 4)
    lit = 0.66 + 0.4 * np.clip(house.n @ SUNWARD, 0, 1)[:, None]
    for number, (degrees, drop) in enumerate(FARMS[k]):
        t = np.radians(degrees)
        r, z = far - 14 * drop - 1.0, -6 + (np.interp(t, a, crest) + 6) * (1 - drop)
        where = {"x": r * np.cos(t), "y": r * np.sin(t), "z": z - 0.2}
        b.glow(house, WHITEWASH * lit, OUTDOOR, rz=degrees + 90, **where)
        panes(b, 2.6, 1.9, 1.9, number, rz=degrees + 90, **where)
        b.glow(roof, TILE * 1.1 * np.ones((len(roof.v), 1)), OUTDOOR, rz=degrees + 135, **(where | {"z": z + 1.6}))
