"""What lies beyond the market's walls: morning sky, clouds, orchard hills to the west and south, lit by nothing."""

import numpy as np

from assets.studio.bag import NIGHT_WINDOW, OUTDOOR, Bag
from assets.studio.hill_houses import panes
from assets.studio.kit import Shape, box, dome, grid, lathe
from assets.studio.market_colours import SETT_WARM, TILE, WHITEWASH
from assets.studio.palette import rgb

DOME_M = 56.0
SUNWARD = np.array([0.26, -0.56, 0.79])
RIDGES = (  # distance, foot of the crest, its swing, waves a metre, colour
    (22.0, 1.0, 2.4, 0.20, rgb("86a35c")),
    (31.0, 3.6, 3.4, 0.15, rgb("83a67f")),
    (41.0, 7.0, 4.0, 0.11, rgb("8fb3ae")),
    (50.0, 10.5, 4.0, 0.08, rgb("a9c6cf")),
)


def backdrop(b: Bag) -> None:
    """Sky, clouds and hills."""
    _sky(b)
    for k, (far, base, tall, rate, colour) in enumerate(RIDGES):
        _ridge(b, k, far, base, tall, rate, colour)
    _grove(b)
    _beyond_the_gate(b)
    b.glow(
        box(13.0, 11.0, 0.02, 0), SETT_WARM * 0.4, OUTDOOR, z=-0.08
    )  # nothing shines through a crack at a wall's foot


def _sky(b: Bag) -> None:
    up, around = np.linspace(-0.08, np.pi / 2, 10), np.linspace(0, 2 * np.pi, 29)[:-1]
    ring = np.array([np.c_[np.cos(e) * np.cos(around), np.cos(e) * np.sin(around), np.full(28, np.sin(e))] for e in up])
    shape = grid(ring * DOME_M)
    height = np.clip(shape.v[:, 2:] / DOME_M, 0, 1) ** 0.55
    low, mid, high = np.array([1.05, 0.98, 0.80]), np.array([0.46, 0.76, 0.92]), np.array([0.16, 0.44, 0.80])
    tone = np.where(height < 0.4, low + (mid - low) * height / 0.4, mid + (high - mid) * (height - 0.4) / 0.6)
    sunny = np.clip(shape.v / DOME_M @ (SUNWARD * (1, 1, 0.3)), 0, 1)[:, None] ** 3
    b.glow(Shape(shape.v, -shape.n, shape.f[:, ::-1]), tone + sunny * np.array([0.35, 0.24, 0.06]), OUTDOOR)
    puff = lathe([(0, -0.12), (1.0, 0.0), *dome(0.96, 0.5, 0.02, 2)], 9, crease_deg=99)
    shade = np.clip(0.5 + 0.5 * puff.n @ SUNWARD, 0, 1)[:, None]
    cloud = np.array([0.86, 0.88, 0.93]) * (1 - shade) + np.array([1.18, 1.12, 1.0]) * shade
    for x, y, z, s in ((-44, 12, 20, 3.6), (-40, -18, 24, 4.2), (-6, 46, 26, 3.8), (20, -42, 20, 3.6), (40, 22, 24, 4)):
        for k in range(3):
            at = {"x": x + (k - 1) * s * 0.7, "y": y + (k - 1) * s * 0.7, "z": z + 0.25 * s * (k % 2)}
            b.glow(puff, cloud, OUTDOOR, scale=s * (0.75 + 0.25 * (k % 3)), **at)


def _ridge(b: Bag, k: int, far: float, base: float, tall: float, rate: float, colour: np.ndarray) -> None:
    """A ring of hill that sinks towards the houses in the north and east, with groves on the two nearest."""
    a = np.radians(np.linspace(105, 375, 42))
    along = a * far
    crest = base + tall * (0.6 * np.sin(along * rate + 1.9 * k) + 0.3 * np.sin(along * rate * 2.6 + k))
    steps = []
    for q in (0.0, 0.45, 0.72, 0.9, 1.0):
        r = far - 8 * (1 - q)
        steps.append(np.c_[r * np.cos(a), r * np.sin(a), -4 + (crest + 4) * q])
    hill = grid(np.array(steps), wrap=False)
    inward = -(hill.n * hill.v)[:, :2].sum() > 0
    hill = hill if inward else Shape(hill.v, -hill.n, hill.f[:, ::-1])
    light = 0.70 + 0.42 * np.clip(hill.n @ SUNWARD, 0, 1)[:, None]
    b.glow(hill, colour * light, OUTDOOR)
    if k > 1:
        return
    crown = lathe([(0.4, -0.5), *dome(0.62, 0.7, 0, 2)], 5, crease_deg=99)
    shade = 0.72 + 0.4 * np.clip(crown.n @ SUNWARD, 0, 1)[:, None]
    for _ in range(56 - 20 * k):
        q, drop = b.rng.uniform(0, 1), b.rng.uniform(0.04, 0.42)
        spot = np.array([np.interp(q * (len(a) - 1), range(len(a)), p) for p in (a, crest)])
        r, z = far - 8 * drop, -4 + (spot[1] + 4) * (1 - drop)
        tone = (rgb("5c8a3f") * (1 - 0.18 * k) + rgb("8fb3ae") * 0.2 * k) * b.rng.uniform(0.82, 1.2)
        size = b.rng.uniform(0.5, 0.95)
        b.glow(crown, tone * shade, OUTDOOR, x=r * np.cos(spot[0]), y=r * np.sin(spot[0]), z=z + 0.2, scale=size)
    house, top = box(1.2, 0.9, 0.9, 0), lathe([(0.95, 0), (0, 0.55)], 4)
    lit = 0.70 + 0.36 * np.clip(house.n @ SUNWARD, 0, 1)[:, None]
    for number, (degrees, drop) in enumerate(
        ((168, 0.16), (186, 0.3), (214, 0.2), (236, 0.26), (262, 0.2)) if k == 0 else ((178, 0.2), (228, 0.25))
    ):
        t = np.radians(degrees)
        r, z = far - 8 * drop - 0.6, -4 + (np.interp(t, a, crest) + 4) * (1 - drop)
        where = {"x": r * np.cos(t), "y": r * np.sin(t), "z": z - 0.1}
        b.glow(house, WHITEWASH * lit, OUTDOOR, rz=degrees + 90, **where)
        panes(b, 1.2, 0.9, 0.9, number, rz=degrees + 90, **where)
        b.glow(top, TILE * 1.1 * np.ones((len(top.v), 1)), OUTDOOR, rz=degrees + 135, **(where | {"z": z + 0.78}))


def _grove(b: Bag) -> None:
    """Round trees and cypresses just behind the garden wall."""
    round_ = lathe([(0.5, -0.5), *dome(0.9, 0.85, 0, 3)], 8, crease_deg=99)
    tall = lathe([(0.3, 0), (0.5, 0.6), (0.36, 2.2), (0, 3.4)], 7, crease_deg=99)
    spots = (
        (-8.6, -8.2, 1.5, 1), (-6.4, -9.0, 1.9, 1), (-4.2, -7.4, 1.3, 1), (-1.4, -9.2, 2.0, 1), (1.2, -8.0, 1.5, 1),
        (3.8, -8.8, 1.9, 1), (6.4, -7.8, 1.5, 1), (-9.5, -4.6, 1.3, 1), (-2.9, -8.4, 1.0, 0), (-2.2, -8.8, 1.2, 0),
        (2.6, -9.0, 1.2, 0), (-10.5, -6.8, 1.1, 0),
    )  # fmt: skip
    for x, y, s, is_round in spots:
        shape = round_ if is_round else tall
        shade = 0.42 + 0.55 * np.clip(0.5 + 0.5 * shape.n @ SUNWARD, 0, 1)[:, None] ** 1.5
        tone = (rgb("67874c") if is_round else rgb("41643f")) * b.rng.uniform(0.85, 1.15)
        b.glow(shape, tone * shade, OUTDOOR, x=x, y=y, z=0.9 if is_round else 0.0, scale=s)


def _beyond_the_gate(b: Bag) -> None:
    """A make-believe square behind the archway, for those who look from too far away to see the street itself."""
    floor = np.array([(6.05, -1.4, -0.02), (9.0, -1.4, -0.02), (9.0, 3.4, -0.02), (6.05, 3.4, -0.02)], float)
    two = np.array([(0, 1, 2), (0, 2, 3)])
    b.glow(Shape(floor, np.tile([0, 0, 1.0], (4, 1)), two), SETT_WARM * 0.55, OUTDOOR)
    shutter, cloth = rgb("5c8378"), (rgb("d9a441"), rgb("f2eadb"))
    stripes = [(1.3 + 0.2 * k, 1.5 + 0.2 * k, 2.1, 2.5, cloth[k % 2], 0.3) for k in range(7)]
    for y0, y1, z0, z1, tone, near in (
        (-1.4, 3.4, 0.0, 4.0, rgb("d9b896"), 0.0), (-1.4, 3.4, 0.0, 0.5, rgb("a89880"), 0.02),
        (-0.36, 0.36, 0.9, 2.1, rgb("6f8f98"), 0.03), (-0.75, -0.38, 0.9, 2.1, shutter, 0.04),
        (0.38, 0.75, 0.9, 2.1, shutter, 0.04), (-0.02, 0.02, 0.9, 2.1, rgb("f2eadb"), 0.05),
        (1.6, 2.4, 0.0, 2.05, rgb("6f5a4a"), 0.03), (1.72, 2.28, 1.0, 1.9, rgb("6f8f98"), 0.04), *stripes,
    ):  # fmt: skip
        x = 9.0 - near
        face = np.array([(x, y1, z0), (x, y0, z0), (x, y0, z1), (x, y1, z1)], float)
        glass = NIGHT_WINDOW if np.array_equal(tone, rgb("6f8f98")) else OUTDOOR
        shades = np.array([tone * 0.5, tone * 0.5, tone * 0.62, tone * 0.62])
        b.glow(Shape(face, np.tile([-1.0, 0, 0], (4, 1)), two), shades, glass)
