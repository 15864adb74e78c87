"""Books: one that stands open on a paper wood, one shut with a ribbon, one that folds out like a fan."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, box, grid, join, lathe, tube
from assets.studio.palette import BRASS, INK, IVORY, LEAF, MUSTARD, NAVY, PLUM, SAGE, TEAL, TERRA, rgb
from assets.studio.picture_parts import blade, cut, disc, rect, shaded, stroke

PAPER = rgb("f4ecdb")


def leaves(half_w: float, depth: float, thick: float, way: int) -> Shape:
    """Half an open book's block of pages, arched up from the spine at x = 0."""
    u = np.linspace(0, 1, 11)
    x = way * half_w * u
    z = thick * (0.35 + 0.65 * np.sin(np.pi * np.clip(u * 0.62 + 0.12, 0, 1)))
    top = [np.c_[x, np.full(11, y), z] for y in (-depth / 2, depth / 2)]
    foot = [np.c_[x, np.full(11, y), np.full(11, 0.004)] for y in (-depth / 2, depth / 2)]
    pairs = ((top[0], top[1]), (foot[0], top[0]), (top[1], foot[1]))
    sheets = [grid(np.stack(pair[::way]), wrap=False) for pair in pairs]
    edge = np.array([[top[0][-1], top[1][-1]], [foot[0][-1], foot[1][-1]]])
    sheets.append(grid(edge if way < 0 else edge[:, ::-1], wrap=False))
    return join(*sheets)


def paper_wood(b: Bag) -> None:
    """An artist's book: opened, a wood of cut paper stands up in it, with a fox who would rather not be seen."""
    half_w, depth, thick = 0.17, 0.24, 0.026
    for way in (-1, 1):
        b.add(box(half_w + 0.006, depth + 0.012, 0.005, 0.002), PLUM, 0.3, x=way * (half_w / 2 + 0.004), jitter=0)
        b.add(leaves(half_w, depth, thick, way), PAPER, 0.05, jitter=0)
    b.add(box(0.02, depth + 0.012, 0.006, 0.002), PLUM * 0.8, 0.3, jitter=0)
    rows = ((0.075, rgb("9db8b8"), 0.15, 0.0), (0.03, rgb("5f9184"), 0.125, 0.3), (-0.015, rgb("3d6f5c"), 0.1, 0.1),
            (-0.062, rgb("2b4f45"), 0.062, 0.55))  # fmt: skip
    for k, (y, green, tall, shift) in enumerate(rows):
        xs = np.linspace(-0.15 + 0.01 * k, 0.15 - 0.01 * k, 25)
        hill = 0.024 + 0.01 * np.cos(xs * 14 + shift * 9) + 0.008
        with b.at(y=y):
            cut(b, [(xs[0], 0.012), (xs[-1], 0.012), *np.c_[xs, hill][::-1].tolist()], green, 0.0, 0.0015)
            with b.at(rz=180, y=0.0016):
                cut(b, [(-xs[0], 0.012), (-xs[-1], 0.012), *np.c_[-xs, hill][::-1].tolist()], green * 0.85, 0.0)
            for j in range(6):
                x = -0.125 + 0.05 * j + 0.02 * np.sin(j * 2.4 + k)
                h = tall * (0.75 + 0.25 * np.cos(j * 1.9 + k))
                if k == 3 and j in (2, 3):
                    continue
                for s in (1, -1):
                    with b.at(rz=0 if s > 0 else 180, y=-0.0015 if s > 0 else 0.003):
                        if (j + k) % 2:
                            fir = [(x * s - h * 0.2, 0.034), (x * s + h * 0.2, 0.034),
                                (x * s + h * 0.1, h * 0.5 + 0.02),
                                   (x * s + h * 0.14, h * 0.5 + 0.02), (x * s, h + 0.034), (x * s - h * 0.14,
                                       h * 0.5 + 0.02),
                                   (x * s - h * 0.1, h * 0.5 + 0.02)]  # fmt: skip
                            cut(b, fir, green * 1.08, 0.0)
                        else:
                            cut(b, rect(x * s - 0.0025, 0.02, x * s + 0.0025, 0.03 + h * 0.6), rgb("7d6a56"), 0.0)
                            cut(b, disc(x * s, 0.03 + h * 0.62, h * 0.24, 12, 1.2), green * 1.2, -0.0004)
    cut(b, disc(0.085, 0.155, 0.026, 18), MUSTARD * 1.1, 0.08)
    with b.at(rz=180):
        cut(b, disc(-0.085, 0.155, 0.026, 18), MUSTARD, -0.0805)
    b.add(tube([(0.085, 0.0805, 0.03), (0.085, 0.0805, 0.08), (0.085, 0.0805, 0.135)], 0.001, 4), INK, 0.2)
    fox = [(-0.035, 0.03), (-0.028, 0.056), (-0.012, 0.062), (0.014, 0.06), (0.024, 0.076), (0.028, 0.068),
        (0.038, 0.066),
           (0.034, 0.056), (0.024, 0.05), (0.022, 0.03), (0.015, 0.03), (0.012, 0.046),
           (-0.016, 0.046), (-0.02, 0.03)]  # fmt: skip
    for s in (1, -1):
        with b.at(y=-0.07, rz=0 if s > 0 else 180):
            cut(b, np.array(fox) * (s, 1), TERRA * 1.1, -0.0006)
            cut(b, np.array([(-0.03, 0.05), (-0.06, 0.05), (-0.066, 0.062), (-0.045, 0.066)]) * (s, 1), TERRA, -0.0006)
            cut(b, np.array([(-0.066, 0.062), (-0.06, 0.05), (-0.072, 0.054)]) * (s, 1), IVORY, -0.0008)


def sketch_book(b: Bag) -> None:
    """A year of small drawings, shut, with a ribbon, a pencil and a painted pebble to hold it down."""
    w, d, h = 0.17, 0.23, 0.032
    b.add(box(w, d, 0.004, 0.0015), NAVY, 0.25, jitter=0)
    b.add(box(w - 0.008, d - 0.012, h - 0.008, 0.001), PAPER, 0.05, x=-0.003, z=0.004, jitter=0)
    for k in range(5):
        b.add(box(w - 0.0074, d - 0.0114, 0.0006, 0), PAPER * 0.72, 0.05, x=-0.003, z=0.0075 + 0.0042 * k, jitter=0)
    b.add(box(w, d, 0.004, 0.0015), NAVY, 0.25, z=h - 0.004, jitter=0)
    spine = [(w / 2 - 0.004, -d / 2), (w / 2 - 0.004, d / 2)]
    t = np.linspace(-np.pi / 2, np.pi / 2, 7)
    rows = [np.c_[spine[0][0] + 0.009 * np.cos(t), np.full(7, y), h / 2 + h / 2 * np.sin(t)] for _, y in spine]
    b.add(grid(np.stack(rows), wrap=False), NAVY * 0.85, 0.25, jitter=0)
    with b.at(x=-0.004, y=-d / 2 + 0.03, z=h, rx=-90):
        cut(b, rect(-0.045, 0.095, 0.045, 0.155), PAPER, -0.0006)
        cut(b, rect(-0.041, 0.099, 0.041, 0.151), rgb("dfc9a0"), -0.0008)
        cut(b, [(-0.036, 0.102), (0.036, 0.102), (0.036, 0.116), (0.01, 0.136), (-0.012, 0.118), (-0.036, 0.126)],
            SAGE, -0.001)
        cut(b, disc(0.02, 0.141, 0.0065, 14), TERRA, -0.0011)
        for k, width in enumerate((0.06, 0.04)):
            cut(b, rect(-width / 2, 0.07 - 0.014 * k, width / 2, 0.075 - 0.014 * k), BRASS, -0.0007, 0.0, 0.6)
    band = [(-0.06, -d / 2 - 0.0008, 0.002), (-0.06, -d / 2 - 0.0008, h), (-0.06, 0, h + 0.0012),
        (-0.06, d / 2 + 0.0008, h), (-0.06, d / 2 + 0.0008, 0.002)]
    p = np.array(band)
    b.add(grid(np.stack([p - (0.004, 0, 0), p + (0.004, 0, 0)]), wrap=False), TERRA, 0.15, jitter=0)
    ribbon = np.array([(0.02, -d / 2 + 0.004, 0.012), (0.02, -d / 2 - 0.014, 0.01), (0.023, -d / 2 - 0.03, 0.002),
        (0.02, -d / 2 - 0.045, 0.0015)])
    for up in (1, -1):
        pair = [ribbon - (0.004, 0, 0), ribbon + (0.004, 0, 0)]
        b.add(grid(np.stack(pair[::up]), wrap=False), MUSTARD, 0.2, jitter=0)
    with b.at(x=0.05, y=0.01, z=h + 0.0035, rz=12, rx=-90):
        b.add(lathe([(0, -0.07), (0.0035, -0.07), (0.0035, 0.05), (0.0008, 0.062), (0, 0.063)], 6), MUSTARD, 0.35)
        b.add(lathe([(0.0037, -0.07), (0.0037, -0.058)], 6), BRASS, 0.7)
    stone = lathe([(0, 0), (0.012, 0.001), (0.018, 0.006), (0.014, 0.011), (0, 0.013)], 14, crease_deg=99, ey=0.75)
    b.add(stone, TEAL, 0.4, x=0.0, y=-0.06, z=h, rz=30)
    with b.at(x=0.0, y=-0.06, z=h + 0.0134, rx=-90, rz=0):
        cut(b, blade(-0.008, 0.0, 0.016, 0.007, 0), IVORY, 0.0)


def river_scroll(b: Bag) -> None:
    """A concertina book of one long river, standing half unfolded so that it can be followed on foot."""
    h, fold, n = 0.19, 0.085, 8
    step = np.radians(32)
    corners = [np.zeros(2)]
    for k in range(n):
        a = step if k % 2 else -step
        corners.append(corners[-1] + fold * np.array([np.cos(a), np.sin(a)]))
    for k in range(n):
        (x0, y0), (x1, y1) = corners[k], corners[k + 1]
        turn = np.degrees(np.arctan2(y1 - y0, x1 - x0))
        with b.at(x=x0, y=y0, rz=turn):
            xs = np.linspace(0, fold, 5)
            along = xs + k * fold
            b.add(box(fold, 0.0016, h, 0), PAPER, 0.05, x=fold / 2, y=0.0008, jitter=0)
            shaded(b, xs, 0.09, h, rgb("f6dfb4"), rgb("8fbcc6"), -0.0006)
            ridge = 0.115 + 0.03 * np.sin(along * 15) + 0.012 * np.sin(along * 41)
            cut(b, [(0, 0.07), (fold, 0.07), *np.c_[xs, ridge][::-1].tolist()], rgb("8f93b0"), -0.0012)
            near = 0.082 + 0.016 * np.sin(along * 21 + 1.3)
            cut(b, [(0, 0.0), (fold, 0.0), *np.c_[xs, near][::-1].tolist()], LEAF * 0.9, -0.0018)
            bank = 0.045 + 0.014 * np.sin(along * 13 + 0.7)
            water = np.c_[xs, bank]
            stroke(b, water, 0.026, rgb("3f8fa8"), -0.0024)
            stroke(b, water + (0, 0.004), 0.003, rgb("d3ecec"), -0.003)
            if k % 3 == 1:
                cut(b, [(0.02, 0.078), (0.05, 0.078), (0.05, 0.098), (0.02, 0.098)], IVORY, -0.003)
                cut(b, [(0.014, 0.098), (0.056, 0.098), (0.035, 0.115)], TERRA, -0.0034)
            else:
                for x in (0.02, 0.055):
                    cut(b, disc(x, 0.098 + 0.006 * np.sin(k * 3 + x * 90), 0.013, 10, 1.3), rgb("3f6a4a"), -0.003)
            if k == 5:
                cut(b, [(0.025, 0.042), (0.06, 0.042), (0.053, 0.034), (0.032, 0.034)], WALNUT_BOAT, -0.0036)
                cut(b, [(0.042, 0.045), (0.042, 0.075), (0.06, 0.048)], IVORY, -0.0036)
    for k in (0, n):
        x, y = corners[k]
        with b.at(x=float(x), y=float(y), rz=np.degrees(step) * (1 if k else -1)):
            b.add(box(fold * 0.98, 0.005, h + 0.008, 0.002), TERRA, 0.3, x=fold / 2 * (1 if k == 0 else -1), y=0.005,
                jitter=0)


WALNUT_BOAT = rgb("6b4630")
GOODS = {"paper_wood": paper_wood, "sketch_book": sketch_book, "river_scroll": river_scroll}
