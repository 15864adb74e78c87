"""What pictures are made of: frames, sheets and cut shapes. x from the middle, z from the foot, front towards -Y."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

from itertools import pairwise

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Points, Shape, bent, box, fan, grid, join
from assets.studio.palette import Colour, rgb

GILT = rgb("b3823f")
KRAFT = rgb("a5845c")
LINEN = rgb("efe6d3")
NIGHT = rgb("1f2742")
PLAIN_PROFILE = ((0.0, 0.0), (0.0, -1.0), (0.12, -1.08), (0.88, -1.08), (1.0, -1.0), (1.0, -0.4))
MOULDED_PROFILE = (
    (0.0, 0.0), (0.0, -0.55), (0.06, -0.72), (0.2, -0.98), (0.32, -1.0), (0.42, -0.86), (0.6, -0.55), (0.78, -0.45),
    (0.82, -0.6), (0.94, -0.6), (1.0, -0.42),
)  # fmt: skip


def framed(
    b: Bag, w: float, h: float, *, width: float, depth: float, colour: Colour, gloss: float = 0.45,
    profile: tuple = PLAIN_PROFILE, board: bool = True,
) -> None:  # fmt: skip
    """A mitred frame, w by h outside, closed behind with brown board.

    `profile` runs from its outer back edge to its inner one, in widths and depths.
    """
    rows = []
    for inset, y in profile:
        x, z0, z1 = w / 2 - inset * width, inset * width, h - inset * width
        rows.append([(-x, y * depth, z0), (x, y * depth, z0), (x, y * depth, z1), (-x, y * depth, z1)])
    p = np.array(rows)
    for k in range(4):
        b.add(grid(p[:, [k, (k + 1) % 4]], wrap=False), colour, gloss, jitter=0.02)
    if board:
        b.add(box(w - 0.004, 0.006, h - 0.004, 0), KRAFT, 0.05, y=0.006, z=0.002, jitter=0)


def ringed(
    b: Bag, rx: float, rz: float, *, width: float, depth: float, colour: Colour, gloss: float = 0.45, n: int = 40,
    profile: tuple = PLAIN_PROFILE,
) -> None:  # fmt: skip
    """An oval frame with half axes rx, rz outside, its middle on the origin."""
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    rows = [
        np.c_[(rx - inset * width) * np.cos(t), np.full(n, y * depth), (rz - inset * width) * np.sin(t)]
        for inset, y in profile
    ]
    b.add(grid(np.array(rows)), colour, gloss, jitter=0)
    rim = np.c_[(rx - 0.002) * np.cos(t), np.full(n, 0.005), (rz - 0.002) * np.sin(t)]
    b.add(fan(rim[::-1], (0, 1.0, 0)), KRAFT, 0.05, jitter=0)


def triangles(outline: np.ndarray) -> np.ndarray:
    """Ear clipping: triangles (m, 3) of a simple outline (n, 2) that runs counter-clockwise.

    Raises ValueError when the outline crosses itself.
    """
    left, out = list(range(len(outline))), []

    def turn(a: int, b: int, c: int) -> float:
        (ax, az), (bx, bz), (cx, cz) = outline[a], outline[b], outline[c]
        return (bx - ax) * (cz - az) - (bz - az) * (cx - ax)

    while len(left) > 3:
        for k in range(len(left)):
            a, b, c = left[k - 1], left[k], left[(k + 1) % len(left)]
            if turn(a, b, c) <= 1e-12:
                continue
            if any(
                min(turn(a, b, q), turn(b, c, q), turn(c, a, q)) > -1e-12 for q in left if q not in (a, b, c)
            ):
                continue
            out.append((a, b, c))
            del left[k]
            break
        else:
            thin = [k for k in range(len(left)) if abs(turn(left[k - 1], left[k], left[(k + 1) % len(left)])) <= 1e-12]
            if not thin:
                raise ValueError("the outline crosses itself")
            del left[thin[0]]
    filled = np.array([*out, tuple(left)])
    if any(turn(*face) < -1e-9 for face in filled):
        raise ValueError("the outline crosses itself")
    return filled


def cut(b: Bag, outline: Points, colour: Colour, y: float, thick: float = 0.0, gloss: float = 0.05) -> None:
    """A piece of card, any simple outline in x and z, its face at y; `thick` gives it sides that reach back."""
    o = np.asarray(outline, float)
    turn = np.roll(o, -1, 0)
    if (o[:, 0] * turn[:, 1] - turn[:, 0] * o[:, 1]).sum() < 0:
        o = o[::-1]
    front = np.c_[o[:, 0], np.full(len(o), y), o[:, 1]]
    face = Shape(front, np.tile([0, -1.0, 0], (len(o), 1)), triangles(o))
    if thick:
        closed = np.r_[front, front[:1]]
        sides = [grid(np.stack([pair + (0, thick, 0), pair]), wrap=False) for pair in map(np.array, pairwise(closed))]
        face = join(face, *sides)
    b.add(face, colour, gloss, jitter=0)


def shaded(b: Bag, xs: Points, lo: Points, hi: Points, foot: Colour, top: Colour, y: float) -> None:
    """A band between two edges over xs whose colour runs from `foot` to `top`; edges are heights, or one for all."""
    x = np.asarray(xs, float)
    low, high = (np.c_[x, np.full(len(x), y), np.broadcast_to(np.asarray(z, float), len(x))] for z in (lo, hi))
    steps = np.linspace(0, 1, 5)
    rows = np.stack([high * s + low * (1 - s) for s in steps])
    colours = np.concatenate([np.tile(top * s + foot * (1 - s), (len(x), 1)) for s in steps])
    v, _, f = grid(rows, wrap=False)
    b.add(Shape(v, np.tile([0, -1.0, 0], (len(v), 1)), f), colours, 0.05, jitter=0)


def disc(x: float, z: float, r: float, n: int = 20, squash: float = 1.0) -> np.ndarray:
    """A round outline."""
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    return np.c_[x + r * np.cos(t), z + r * squash * np.sin(t)]


def blade(x: float, z: float, length: float, width: float, turn_deg: float, n: int = 6) -> np.ndarray:
    """A pointed leaf's outline from (x, z)."""
    u = np.linspace(0, 1, n)
    half = width / 2 * np.sin(np.pi * u) ** 0.85
    p = np.r_[np.c_[u * length, -half], np.c_[u[-2:0:-1] * length, half[-2:0:-1]]]
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    return p @ np.array([[c, s], [-s, c]]) + (x, z)


def stroke(b: Bag, path: Points, width: float, colour: Colour, y: float, end: float = 1.0) -> None:
    """A painted line along a path (n, 2) in x and z, its width running to `end` times what it began with."""
    p = np.asarray(path, float)
    d = np.gradient(p, axis=0)
    d /= np.linalg.norm(d, axis=1, keepdims=True)
    side = np.c_[-d[:, 1], d[:, 0]] * width * np.linspace(1, end, len(p))[:, None] / 2
    left, right = (np.c_[q[:, 0], np.full(len(q), y), q[:, 1]] for q in (p + side, p - side))
    v, _, f = grid(np.stack([left, right]), wrap=False)
    b.add(Shape(v, np.tile([0, -1.0, 0], (len(v), 1)), f[:, ::-1]), colour, 0.05, jitter=0)


def arc_path(x: float, z: float, r: float, a0_deg: float, a1_deg: float, n: int = 12) -> np.ndarray:
    """Points along an arc."""
    t = np.radians(np.linspace(a0_deg, a1_deg, n))
    return np.c_[x + r * np.cos(t), z + r * np.sin(t)]


def rect(x0: float, z0: float, x1: float, z1: float) -> np.ndarray:
    """A rectangle's outline."""
    return np.array([(x0, z0), (x1, z0), (x1, z1), (x0, z1)])


def low_relief(shape: Shape, depth: float) -> Shape:
    """A round thing pressed flat towards the sheet: `depth` times as deep, its light still that of a round thing."""
    flat = bent(shape, lambda v: v * (1, depth, 1))
    return Shape(flat.v, shape.n, flat.f)


def backed(b: Bag, w: float, h: float, colour: Colour, y: float = 0.0, thick: float = 0.006) -> None:
    """A sheet on its board, its face at y, its foot on z = 0."""
    b.add(box(w, thick, h, 0), colour, 0.05, y=y + thick / 2, jitter=0)
