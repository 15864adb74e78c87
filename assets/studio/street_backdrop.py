"""What lies beyond the street: sky, clouds, and the terraced hill with its orchards, all lit by nothing."""

import numpy as np

from assets.studio.bag import OUTDOOR, Bag
from assets.studio.hill_houses import panes
from assets.studio.kit import Shape, box, dome, grid, lathe
from assets.studio.palette import IVORY, LEAF, SKY, TERRA, rgb

TERRACES = (0, 0.4, 0.52, 0.62, 0.7, 0.78, 0.85, 0.92, 1)


def backdrop(b: Bag) -> None:
    """Sky, clouds, and the terraced hill with its orchards, all lit by nothing."""
    up, round_ = np.linspace(-0.08, np.pi / 2, 9), np.linspace(0, 2 * np.pi, 25)[:-1]
    p = (
        np.array([np.c_[np.cos(e) * np.cos(round_), np.cos(e) * np.sin(round_), np.full(24, np.sin(e))] for e in up])
        * 58
    )
    dome_shape = grid(p)
    e = np.clip(dome_shape.v[:, 2:] / 58, 0, 1) ** 0.55
    low, high = np.array([1.10, 0.93, 0.70]), np.array([0.13, 0.38, 0.82])
    mid = np.array([0.42, 0.68, 0.94])
    tone = np.where(e < 0.4, low + (mid - low) * e / 0.4, mid + (high - mid) * (e - 0.4) / 0.6)
    inside = Shape(dome_shape.v, -dome_shape.n, dome_shape.f[:, ::-1])
    b.glow(inside, tone, OUTDOOR)
    puff = lathe([(0, -0.12), (1.0, 0.0), *dome(0.96, 0.5, 0.02, 2)], 9, crease_deg=99)
    for x, y, z, s in (
        (-14, 48, 17, 4.2),
        (16, 44, 22, 3.4),
        (-30, 34, 20, 3.2),
        (4, 50, 13, 2.6),
        (34, 30, 17, 3.6),
        (-24, -34, 20, 4),
    ):
        for k in range(3):
            shade = 0.5 + 0.5 * puff.n[:, 2:]
            cloud = np.array([0.98, 0.86, 0.80]) * (1 - shade) + np.array([1.15, 1.10, 1.02]) * shade
            b.glow(
                puff,
                cloud,
                OUTDOOR,
                x=x + (k - 1) * s * 0.9,
                y=y,
                z=z + 0.25 * s * (k % 2),
                scale=s * (0.75 + 0.25 * (k % 3)),
            )
    ridges = (
        (28, 2.5, 4.0, 0.22, rgb("7f9a62")),
        (36, 5.0, 4.5, 0.15, rgb("86a286")),
        (45, 8.5, 5.0, 0.11, rgb("93b3b0")),
        (53, 12.0, 4.5, 0.09, rgb("a9c3cc")),
    )
    for k, (far, base, tall, rate, colour) in enumerate(ridges):
        xs = np.linspace(-46, 46, 29)
        y = np.sqrt(np.clip(56.5**2 - xs**2, 0, None)).clip(0, far)
        crest = base + tall * (0.6 * np.sin(xs * rate + 1.7 * k + 0.8) + 0.3 * np.sin(xs * rate * 2.7 + k))
        steps = [np.c_[xs, y - 9 * (1 - q), -4 + (crest + 4) * q] for q in TERRACES]
        hill = grid(np.array(steps), wrap=False)
        hill = hill if hill.n[:, 1].mean() < 0 else Shape(hill.v, -hill.n, hill.f[:, ::-1])
        light = 0.72 + 0.38 * np.clip(hill.n @ np.array([-0.55, -0.3, 0.78]), 0, 1)[:, None]
        bands = np.repeat(np.where(np.arange(len(TERRACES)) % 2, 1.06, 0.9), len(xs))[:, None] if k < 2 else 1.0
        b.glow(hill, colour * light * bands, OUTDOOR)
        if k < 2:
            _orchard(b, xs, y, crest, k)
    # last, a plane under all, so that no hill shines through a crack at the foot of a wall
    b.glow(box(13.6, 29.0, 0.02, 0), rgb("8d7d6e") * 0.6, OUTDOOR, x=-2.5, y=0.2, z=-0.06)


def _orchard(b: Bag, xs: np.ndarray, ys: np.ndarray, crest: np.ndarray, k: int) -> None:
    """Rows of round trees and a few white houses on a ridge."""
    crown = lathe([(0.45, -0.45), (0.66, 0.0), (0.45, 0.42), (0.0, 0.58)], 5, crease_deg=99)
    shade = 0.75 + 0.35 * np.clip(crown.n @ np.array([-0.55, -0.3, 0.78]), 0, 1)[:, None]
    for _ in range(52 - 14 * k):
        x = b.rng.uniform(-30, 30)
        drop = b.rng.uniform(0.02, 0.35)
        y, z = np.interp(x, xs, ys) - 9 * drop, -4 + (np.interp(x, xs, crest) + 4) * (1 - drop)
        tone = (LEAF * 0.75 + SKY * (0.1 + 0.12 * k)) * b.rng.uniform(0.85, 1.15)
        b.glow(crown, tone * shade, OUTDOOR, x=x, y=y - 0.3, z=z + 0.3, scale=b.rng.uniform(0.45, 0.85))
    house = box(1.0, 0.8, 0.8, 0)
    top = lathe([(0.8, 0), (0, 0.5)], 4)
    for number, (x, drop) in enumerate(
        ((-9.0, 0.2), (-5.5, 0.34), (3.5, 0.26), (10, 0.3), (-16, 0.3)) if k == 0 else ((-2, 0.2), (7, 0.24))
    ):
        y, z = np.interp(x, xs, ys) - 9 * drop - 0.6, -4 + (np.interp(x, xs, crest) + 4) * (1 - drop)
        lit = 0.72 + 0.34 * np.clip(house.n @ np.array([-0.55, -0.3, 0.78]), 0, 1)[:, None]
        b.glow(house, IVORY * lit, OUTDOOR, x=x, y=y, z=z - 0.1)
        panes(b, 1.0, 0.8, 0.8, number, x=x, y=y, z=z - 0.1)
        b.glow(top, TERRA * 1.15 * np.ones((len(top.v), 1)), OUTDOOR, x=x, y=y, z=z + 0.7, rz=45)
