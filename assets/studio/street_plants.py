"""What grows in the street: the loquat tree, mounds of leaves and flowers, pots, boxes and clipped trees."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, ball, box, grid, join, lathe, moved, tube
from assets.studio.palette import CREAM, IVORY, LEAF, LOQUAT, WALNUT, Colour, rgb
from assets.studio.street_shapes import sides
from assets.studio.sway import leafy

BARK = rgb("6d5646")
BLOOMS = (rgb("d8584c"), IVORY, rgb("e8b23a"), rgb("a4557e"), rgb("e58f9d"))


def blade(length: float, wide: float = 0.24, droop: float = 0.1) -> Shape:
    """A leaf along +X from the origin, seen from above only: four vertices, bent along its middle."""
    v = np.array([(0, 0, 0), (0.5, -wide, 0.1), (1.0, 0, -droop), (0.5, wide, 0.1)]) * length
    n = np.array([(-0.2, 0, 0.98), (0.1, -0.45, 0.9), (0.3, 0, 0.95), (0.1, 0.45, 0.9)])
    return Shape(v, n, np.array([(0, 1, 2), (0, 2, 3)]))


def two_sided(s: Shape) -> Shape:
    """The same with its back, a hair beneath."""
    return join(s, Shape(s.v - (0, 0, 0.003), -s.n, s.f[:, ::-1]))


def mound(b: Bag, w: float, d: float, h: float, z: float, *, leaves: int, blooms: tuple[Colour, ...] = (),
          free: float = 0.35) -> None:  # fmt: skip
    """A low mound of leaves on (0, 0, z), w by d, with flat blossoms looking up and out."""
    n, t = 8, np.linspace(0, 2 * np.pi, 8, endpoint=False)
    long = w > 1.6 * d  # long mounds are rounded boxes, not ellipses
    c, s = (np.sign(q) * np.abs(q) ** (0.55 if long else 1.0) for q in (np.cos(t), np.sin(t)))
    rows = [np.c_[c * w / 2 * r, s * d / 2 * r, np.full(n, z + h * q)] for r, q in ((0.9, 0), (0.66, 0.4))]
    rows.append(np.tile((0, 0, z + h * 0.72), (n, 1)))
    leafy(b, grid(np.array(rows)), LEAF * b.rng.uniform(0.4, 0.48), 0.1)
    for k in range(leaves):
        x, y, far, out = _on_mound(b, k, leaves, w, d)
        lean = 60 * far**2 + b.rng.uniform(-22, 4)  # the outer ones look outwards, not up
        with b.at(x=x * 0.6, y=y * 0.6, z=z + h * (0.86 - 0.5 * far**2), rz=out + b.rng.normal() * 16, ry=lean):
            leafy(b, blade(min(d, h * 1.6) * b.rng.uniform(0.46, 0.62), 0.34), LEAF * b.rng.uniform(0.75, 1.35), free)
    count = leaves // 2 + 2 if blooms else 0
    for k in range(count):
        x, y, far, out = _on_mound(b, k + 0.5, count, w, d)
        with b.at(x=x * 0.96, y=y * 0.96, z=z + h * (1.05 - 0.5 * far**2), rz=out, ry=58 * far + b.rng.uniform(-8, 8)):
            leafy(b, _blossom(min(0.06, d * 0.25)), blooms[k % len(blooms)] * b.rng.uniform(0.9, 1.1), free)


def bunch(b: Bag, r: float, z: float, bloom: Colour, count: int = 12) -> None:
    """A dome of cut flowers of one kind, their leaves under it; its middle on (0, 0, z)."""
    for k in range(5):
        with b.at(z=z, rz=k * 72 + b.rng.uniform(0, 30), ry=-22):
            leafy(b, blade(r * 1.25, 0.3, 0.3), LEAF * b.rng.uniform(0.7, 1.1), 0.4)
    for k in range(count):
        far, a = np.sqrt((k + 0.5) / count), k * 2.39996
        at = {"x": r * far * np.cos(a), "y": r * far * np.sin(a), "z": z + r * (1.15 - 0.75 * far**2)}
        with b.at(**at, rz=np.degrees(a), ry=62 * far):
            leafy(b, _blossom(r * 0.36), bloom * b.rng.uniform(0.85, 1.15), 0.5)


def _on_mound(b: Bag, k: float, count: int, w: float, d: float) -> tuple[float, float, float, float]:
    """A spot on a mound for the k-th of so many: x, y, how far out 0..1, the way outwards in degrees."""
    if w > 1.6 * d:
        side = (-1.0, 0.25, -0.55, 0.95)[int(k) % 4]
        x, y = ((k + 0.5) / count - 0.5) * w * 0.92, d / 2 * side
        return x, y, abs(side), float(np.degrees(np.arctan2(y, 0.25 * d * b.rng.normal())))
    a, far = k * 2.39996, np.sqrt(min(0.97, (k + 0.6) / count))
    return w / 2 * far * np.cos(a), d / 2 * far * np.sin(a), far, float(np.degrees(a))


def _blossom(r: float) -> Shape:
    """A five-sided open flower looking up."""
    t = np.linspace(0, 2 * np.pi, 5, endpoint=False)
    v = np.c_[r * np.cos(t), r * np.sin(t), 0.15 * r * np.cos(2 * t)]
    return Shape(v, np.tile([0, 0, 1.0], (5, 1)), np.array([(0, 1, 2), (0, 2, 3), (0, 3, 4)]))


def bush(b: Bag, r: float, pot: Colour, blooms: tuple[Colour, ...] = (), leaves: int = 11) -> None:
    """A round pot plant."""
    b.add(lathe([(r * 0.72, 0), (r, r * 1.3), (r * 1.1, r * 1.3), (r * 1.1, r * 1.5)], 8), pot, 0.15)
    mound(b, r * 2.7, r * 2.7, r * 1.5, r * 1.4, leaves=leaves, blooms=blooms)


def tall_plant(b: Bag, r: float, h: float, pot: Colour, leaves: int = 16) -> None:
    """A pot with long leaves that rise and hang over."""
    b.add(
        lathe([(r * 0.75, 0), (r, r * 1.6), (r * 1.08, r * 1.6), (r * 1.08, r * 1.8), (r * 0.9, r * 1.8)], 9), pot, 0.2
    )
    for k in range(leaves):
        up = 0.35 + 0.65 * (k % 4) / 3
        with b.at(z=r * 1.6 + (h - r * 2) * 0.25 * up, rz=k * 137.5, ry=-62 * up + b.rng.uniform(-8, 8)):
            leafy(b, two_sided(blade(h * b.rng.uniform(0.5, 0.66), 0.13, 0.22)), LEAF * b.rng.uniform(0.7, 1.25), 0.5)


def flower_box(b: Bag, w: float, blooms: tuple[Colour, ...] = BLOOMS) -> None:
    """A window box in bloom, its back on y = 0.1."""
    b.add(sides(w, 0.2, 0.16, "yxXz"), WALNUT, 0.15)
    mound(b, w * 0.98, 0.26, 0.24, 0.12, leaves=round(w * 13), blooms=blooms)


def planter(b: Bag, w: float, colour: Colour, *, tall: bool = False, blooms: tuple[Colour, ...] = BLOOMS) -> None:
    """A painted box of flowers, or of a clipped tree above them."""
    d, h = 0.42, 0.46
    b.shell(box(w, d, h, 0.02), colour, 0.25, density=0.7, keep="yYxX")
    b.add(sides(w + 0.05, d + 0.05, 0.06, "yYxXZ"), colour * 0.8, 0.25, z=h - 0.03)
    b.add(sides(w + 0.04, d + 0.04, 0.07, "yYxXZ"), colour * 0.7, 0.25)
    if tall:
        b.add(tube([(0, 0, h - 0.05), (0.01, 0, h + 0.3), (0, 0, h + 0.62)], 0.025, 5), BARK)
        ball_tree(b, 0.34, h + 0.56)
    mound(b, w * 0.96, d * 0.9, 0.2, h - 0.02, leaves=round(6 + w * 11), blooms=blooms)


def ball_tree(b: Bag, r: float, z: float, leaves: int = 80) -> None:
    """A clipped ball of small leaves, its foot at z."""
    leafy(b, ball(r * 0.84, 9, 3), LEAF * 0.34, 0.3, z=z + r * 0.16)
    for k in range(leaves):
        a, up = k * 2.39996, np.arcsin(1 - 2 * (k + 0.5) / leaves)
        d = np.array([np.cos(a) * np.cos(up), np.sin(a) * np.cos(up), np.sin(up)]) * r * 0.84
        tilt = 55 - np.degrees(up) * 0.75 + b.rng.uniform(-10, 10)
        with b.at(x=d[0], y=d[1], z=z + r + d[2], rz=np.degrees(a) + b.rng.normal() * 18, ry=tilt):
            leafy(b, blade(r * b.rng.uniform(0.4, 0.54), 0.32), LEAF * b.rng.uniform(0.7, 1.3) * (1, 1, 0.85), 0.4)


def loquat_tree(b: Bag, height: float = 5.0, reach: float = 2.5, whorls: int = 88) -> None:
    """A loquat tree in fruit: a leaning trunk, limbs, whorls of long leaves about the twigs, clusters of fruit."""
    fork = np.array([0.14, -0.05, height * 0.34])
    trunk = [(0, 0, 0), (0.02, 0, 0.25), (0.09, -0.02, height * 0.18), fork]
    b.add(tube(trunk, [0.28, 0.18, 0.145, 0.13], 9), BARK, 0.05)
    blobs = [(*(fork + (0, 0, height * 0.46)), 1.0)]
    for k in range(6):
        a = k * np.pi / 3 + 0.3
        out = reach * (0.54 + 0.1 * (k % 3))
        end = np.array([np.cos(a) * out, np.sin(a) * out, height * (0.6 + 0.07 * (k % 2))])
        mid = fork * 0.5 + end * 0.5 + (0, 0, 0.15)
        b.add(tube([fork - (0, 0, 0.1), mid, end], [0.11, 0.07, 0.03], 6), BARK, 0.05)
        blobs += [(*(end + (0, 0, 0.1)), 0.82 + 0.12 * (k % 2)), (*(mid + (0, 0, 0.75)), 0.86)]
    b.add(tube([fork, fork + (0, 0, height * 0.2), fork + (0, 0, height * 0.45)], [0.11, 0.06, 0.03], 6), BARK, 0.05)
    for k in range(whorls):
        x, y, z, r = blobs[k % len(blobs)]
        a, up = k * 2.39996, np.arcsin(b.rng.uniform(-0.75, 1.0))
        way = np.array([np.cos(a) * np.cos(up), np.sin(a) * np.cos(up), np.sin(up)])
        deep = k % 3 == 0  # a third sit inside, dark, and close the crown
        at = np.array([x, y, z]) + way * r * (0.22 if deep else b.rng.uniform(0.5, 0.66)) * (1, 1, 0.8)
        out, lift = np.degrees(np.arctan2(way[1], way[0])), np.degrees(up)
        with b.at(*at, rz=out, ry=90 - lift):  # local z now points outwards
            _whorl(b, 6, shade=0.5 if deep else 1.0, fruit=k % 3 == 1)


FRUIT = lathe([(0, -0.085), (0.078, 0), (0, 0.075)], 5, crease_deg=99)


def _whorl(b: Bag, leaves: int, *, shade: float, fruit: bool) -> None:
    tone = LEAF * b.rng.uniform(0.8, 1.2) * shade
    turn = b.rng.uniform(0, 360)
    for q in range(leaves):
        with b.at(rz=turn + q * 360 / leaves + b.rng.normal() * 8, ry=b.rng.uniform(-42, -8)):
            warm = b.rng.uniform(0.8, 1.25)
            leafy(b, two_sided(blade(b.rng.uniform(0.5, 0.7), 0.19, 0.2)), tone * (warm, warm, 0.75 * warm), 0.8)
    if fruit:
        for _ in range(3):
            o = b.rng.normal(size=3) * (0.07, 0.07, 0.03)
            tint = LOQUAT * (1, b.rng.uniform(0.88, 1.1), 0.7)
            leafy(b, FRUIT, tint, 0.8, x=o[0], y=o[1], z=0.1 + o[2])


def ring_bench(b: Bag, r0: float, r1: float, h: float) -> None:
    """A round stone bench about a tree bed full of flowers."""
    top = [
        (r1 - 0.04, h - 0.1),
        (r1, h - 0.08),
        (r1, h - 0.02),
        (r1 - 0.02, h),
        (r0 + 0.02, h),
        (r0, h - 0.03),
        (r0, h - 0.25),
    ]
    b.add(lathe([(r1 - 0.1, 0), (r1 - 0.1, h * 0.4), (r1 - 0.1, h - 0.1)], 32), CREAM * 0.82, 0.06)
    b.add(lathe(top, 32, crease_deg=60), CREAM * 0.98, 0.12)
    b.add(lathe([(r0, h - 0.18), (r0 * 0.6, h - 0.13), (0, h - 0.12)], 16, crease_deg=99), WALNUT * 0.45, 0.02)
    for k in range(10):
        a = k * np.pi / 5 + 0.2
        with b.at(x=0.72 * r0 * np.cos(a), y=0.72 * r0 * np.sin(a)):
            mound(b, 0.36, 0.36, 0.22, h - 0.17, leaves=7, blooms=(BLOOMS[k % 5], BLOOMS[(k + 1) % 5]))


def ivy(b: Bag, path: list[tuple[float, float]], leaves: int, y: float = -0.03) -> None:
    """Leaves that climb a wall along (x, z) points, facing -Y."""
    p = np.array(path, float)
    far = np.r_[0, np.cumsum(np.linalg.norm(np.diff(p, axis=0), axis=1))]
    for k in range(leaves):
        q = far[-1] * (k + b.rng.uniform(0, 1)) / leaves
        x, z = (np.interp(q, far, p[:, i]) for i in range(2))
        spread = 0.09 + 0.1 * b.rng.uniform()
        x, z = x + spread * b.rng.normal(), z + spread * b.rng.normal()
        leaf = moved(blade(b.rng.uniform(0.13, 0.2), 0.42), rx=90)  # its upper side looks towards -Y
        with b.at(x=x, y=y - b.rng.uniform(0, 0.05), z=z, ry=b.rng.uniform(20, 160)):
            leafy(b, leaf, LEAF * b.rng.uniform(0.65, 1.3), 0.2)
