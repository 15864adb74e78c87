"""The old plane tree in the middle of the market: dappled bark, five limbs, a crown that moves in the wind."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio import sway
from assets.studio.bag import Bag
from assets.studio.kit import Shape, dome, grid, lathe, tube
from assets.studio.market_colours import CROWN, CROWN_SUN, PLANK, TIMBER_DARK
from assets.studio.palette import rgb

BARK, BARK_PALE = rgb("7f6f58"), rgb("d4c8a6")
SUNWARD = np.array([0.26, -0.56, 0.79])


def plane_tree(b: Bag, fork_m: float = 2.75, reach: float = 2.0, leaves: int = 860) -> None:
    """A plane tree standing on the origin; its lowest leaves hang at about 2.9 m."""
    fork = np.array([0.1, 0.06, fork_m])
    _limb(b, np.array([(0, 0, -0.05), (0.0, 0, 0.3), (0.07, 0.02, 1.2), fork]), (0.44, 0.3, 0.25, 0.27), 12)
    blobs: list[tuple[np.ndarray, float]] = []
    for k in range(5):
        a = k * 2 * np.pi / 5 + 0.5
        out = reach * (0.62 + 0.1 * (k % 3))
        end = np.array([np.cos(a) * out, np.sin(a) * out, fork_m + 1.45 + 0.3 * (k % 2)])
        mid = fork * 0.55 + end * 0.45 + np.array([0, 0, 0.22])
        _limb(b, np.array([fork - (0, 0, 0.12), mid, end]), (0.17, 0.11, 0.05), 7)
        side = np.array([-np.sin(a), np.cos(a), 0.35]) * 0.62
        _limb(b, np.array([mid, mid + side * 0.6 + (0, 0, 0.3), mid + side + (0, 0, 0.75)]), (0.08, 0.05, 0.03), 5)
        blobs += [(end + (0, 0, 0.1), 0.92 + 0.1 * (k % 2)), (mid + side + (0, 0, 0.9), 0.82)]
    top = fork + np.array([0.05, 0, 2.0])
    _limb(b, np.array([fork, fork + (0.1, 0.05, 0.9), top]), (0.15, 0.09, 0.04), 7)
    blobs += [(top + (0, 0, 0.1), 1.1), (fork + (0, 0, 1.35), 0.8)]
    for middle, r in blobs:
        core = lathe([(0, -0.5), (0.55, -0.42), (0.9, -0.1), *dome(0.92, 0.72, 0.05, 3)], 8, crease_deg=99)
        shade = 0.5 + 0.5 * np.clip(core.n @ SUNWARD, 0, 1)[:, None]
        sway.leafy(b, core, CROWN * 1.0 * shade, 0.3, x=middle[0], y=middle[1], z=middle[2], scale=r * 0.74)
    for k in range(leaves):
        middle, r = blobs[k % len(blobs)]
        a, up = b.rng.uniform(0, 2 * np.pi), np.arcsin(b.rng.uniform(-0.62, 1.0))
        way = np.array([np.cos(a) * np.cos(up), np.sin(a) * np.cos(up), np.sin(up) * 0.8])
        at = middle + way * r * b.rng.uniform(0.66, 0.95)
        sunny = np.clip(way @ SUNWARD, 0, 1) ** 0.7
        tone = (CROWN * 1.25 * (1 - sunny) + CROWN_SUN * sunny) * b.rng.uniform(0.74, 1.16)
        tilt = 42 - np.degrees(up) * 0.5 + b.rng.uniform(-24, 24)
        with b.at(*at, rz=np.degrees(a) + b.rng.uniform(-30, 30), ry=tilt):
            sway.leafy(b, _maple(b.rng.uniform(0.3, 0.46)), tone, np.array([0.4, 0.6, 0.6, 0.9] * 2), jitter=0.03)


def _limb(b: Bag, path: np.ndarray, radii: tuple[float, ...], n: int) -> None:
    """A limb with the pale patches that plane trees have where their bark has peeled."""
    u = np.linspace(0, 1, 2 * len(path) - 1)
    fine = np.stack([np.interp(u, np.linspace(0, 1, len(path)), path[:, i]) for i in range(3)], -1)
    shape = tube(fine, np.interp(u, np.linspace(0, 1, len(radii)), radii), n)
    patch = b.rng.uniform(0, 1, (len(shape.v), 1)) > 0.6
    b.add(shape, np.where(patch, BARK_PALE, BARK) * b.rng.uniform(0.9, 1.08, (len(shape.v), 1)), 0.05)


def _maple(length: float) -> Shape:
    """A broad leaf along +X of four triangles, bent along its middle, seen from both sides."""
    v = np.array([(0, 0, 0), (0.5, -0.4, 0.12), (0.5, 0.4, 0.12), (1.0, 0, -0.04)]) * length
    n = np.array([(-0.2, 0, 1), (0.1, -0.35, 0.93), (0.1, 0.35, 0.93), (0.4, 0, 0.92)])
    n /= np.linalg.norm(n, axis=1, keepdims=True)
    f = np.array([(0, 1, 3), (0, 3, 2)])
    return Shape(np.r_[v, v - (0, 0, 0.004)], np.r_[n, -n], np.r_[f, f[:, ::-1] + 4])


def ring_seat(b: Bag, r0: float, r1: float, h: float) -> None:
    """A slatted seat round the trunk on iron feet."""
    n = 32
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    for k in range(3):
        a, c = r0 + (r1 - r0) * (k + 0.06) / 3, r0 + (r1 - r0) * (k + 0.94) / 3
        rows = [(a, h - 0.03), (a, h), (c, h), (c, h - 0.03)]
        ring = grid(np.array([np.c_[r * np.cos(t), r * np.sin(t), np.full(n, z)] for r, z in rows])[::-1])
        ring = ring if (ring.n[n : 3 * n, 2]).mean() > 0 else Shape(ring.v, -ring.n, ring.f[:, ::-1])
        flat = np.tile([0, 0, 1.0], (len(ring.v), 1))
        normals = np.where(np.abs(ring.n[:, 2:]) > 0.3, flat, ring.n)
        planks = 0.86 + 0.2 * ((np.arange(n) // 4 * 7) % 5) / 4
        b.add(Shape(ring.v, normals, ring.f), PLANK * np.tile(planks, 4)[:, None], 0.25)
    for k in range(8):
        a = k * np.pi / 4 + 0.2
        x0, x1 = (np.array([np.cos(a), np.sin(a)]) * r for r in (r0 + 0.04, r1 - 0.06))
        b.add(tube([(*x0, 0), (*x0, h * 0.5), (*x0, h - 0.03)], 0.018, 5), TIMBER_DARK * 0.6, 0.3)
        b.add(tube([(*x1, 0), (*x1, h * 0.5), (*x1, h - 0.03)], 0.018, 5), TIMBER_DARK * 0.6, 0.3)
    bed = lathe([(r0 - 0.02, 0.05), (r0 * 0.7, 0.09), (0, 0.1)], 20, crease_deg=99)
    b.add(bed, rgb("6a543c"), 0.03)
    b.add(lathe([(r0 + 0.02, 0), (r0 + 0.02, 0.07), (r0 - 0.05, 0.07), (r0 - 0.05, 0.02)], 20), rgb("a59c8c"), 0.08)
