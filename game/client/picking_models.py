"""What a picker uses, as meshes for the probe shader: a wicker basket, a pole with a bag, a ladder. Metres.

A fruit is made as its tree makes it, so that what lies in the basket is what hung there.
"""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin, sqrt

import numpy as np
from panda3d.core import GeomNode

from game.client.models import mesh
from game.core.growing.dress import Dressed
from game.core.growing.fruit_mesh import HERO, fruit_mesh
from game.core.growing.hanging import hang
from game.core.growing.species import Species
from game.core.orchard_fruit import Hanging

AROUND = 22
BASKET_WIDE_M, BASKET_HIGH_M = 0.165, 0.17  # radius of the rim, height
FLOOR_WIDE_M, FLOOR_M = 0.125, 0.014
WICKER, WICKER_DARK, RIM = (0.46, 0.27, 0.10), (0.30, 0.16, 0.055), (0.36, 0.19, 0.065)
INSIDE, INSIDE_DARK = (0.27, 0.15, 0.055), (0.17, 0.09, 0.03)
WOOD, WOOD_DARK, CLOTH, IRON = (0.50, 0.32, 0.15), (0.36, 0.22, 0.10), (0.52, 0.44, 0.28), (0.12, 0.12, 0.13)
POLE_WIDE_M, BAG_WIDE_M = 0.014, 0.075
RUNG_M = 0.30
LADDER_WIDE_M, LADDER_FOOT_M, LADDER_TOP_M = 0.36, 0.42, 0.92  # half its width; behind and above where one stands
MOST_IN_BASKET = 40  # fruits that are drawn: what lies below them is not seen
GOLDEN_RAD = 2.399963


def basket() -> GeomNode:
    """A round basket that stands on the origin, two ears at its rim."""
    rows = 6
    height = np.linspace(0.0, BASKET_HIGH_M, rows + 1)
    radius = FLOOR_WIDE_M + (BASKET_WIDE_M - FLOOR_WIDE_M) * (height / BASKET_HIGH_M) ** 0.7
    parts = [_weave(height, radius, (WICKER, WICKER_DARK)), _disc(FLOOR_WIDE_M, FLOOR_M, INSIDE_DARK)]
    parts.append(_weave(height[::-1], radius[::-1] - 0.008, (INSIDE, INSIDE_DARK)))
    angle = np.linspace(0.0, 2 * pi, AROUND + 1)
    rim = np.stack([np.cos(angle), np.sin(angle), np.ones_like(angle)], 1)
    rim *= (BASKET_WIDE_M, BASKET_WIDE_M, BASKET_HIGH_M)
    parts.append(_stick(rim, 0.011, 5, RIM))
    for side in (-1.0, 1.0):
        bow = np.linspace(-0.42, 0.42, 9)
        ear = np.stack([side * np.cos(bow) * BASKET_WIDE_M * 1.04, np.sin(bow) * BASKET_WIDE_M,
                        BASKET_HIGH_M + 0.055 * np.cos(bow / 0.42 * pi / 2)], 1)  # fmt: skip
        parts.append(_stick(ear, 0.009, 5, RIM))
    return _joined("basket", parts)


def pole_shaft() -> GeomNode:
    """A stick one metre long from the origin along +Y, to be made as long as it is needed."""
    return _joined("pole", [_stick(np.array([(0.0, 0.0, 0.0), (0.0, 1.0, 0.0)]), POLE_WIDE_M, 6, WOOD)])


def pole_head() -> GeomNode:
    """A hoop about the origin that lies flat, with a bag below it."""
    angle = np.linspace(0.0, 2 * pi, AROUND + 1)
    hoop = np.stack([np.cos(angle) * BAG_WIDE_M, np.sin(angle) * BAG_WIDE_M, np.zeros_like(angle)], 1)
    height = np.array([0.0, -0.05, -0.10, -0.13])
    radius = np.array([1.0, 0.98, 0.75, 0.2]) * BAG_WIDE_M
    return _joined("pole head", [
        _stick(hoop, 0.006, 5, IRON), _weave(height[::-1], radius[::-1], (CLOTH, CLOTH)),
        _weave(height, radius - 0.004, (CLOTH, CLOTH)),
    ])  # fmt: skip


def ladder(high_m: float) -> GeomNode:
    """A ladder to stand on so high: its rungs are before the origin (+Y), one stands over the origin, facing +Y."""
    top = high_m + LADDER_TOP_M
    slope = LADDER_FOOT_M / high_m  # one's feet are on its front at `high_m`
    parts = []
    for side in (-1.0, 1.0):
        foot = np.array([side * LADDER_WIDE_M, -LADDER_FOOT_M, 0.0])
        head = np.array([side * LADDER_WIDE_M * 0.45, (top - high_m) * slope, top])
        parts.append(_stick(np.stack([foot, head]), 0.028, 6, WOOD))
    prop = np.array([(0.0, top * slope + 0.55, 0.0), (0.0, (top - high_m) * slope, top)])
    parts.append(_stick(prop, 0.026, 6, WOOD_DARK))
    for number in range(1, int(top / RUNG_M) + 1):
        z = number * RUNG_M
        wide, y = LADDER_WIDE_M * (1.0 - 0.55 * z / top), (z - high_m) * slope
        parts.append(_stick(np.array([(-wide, y, z), (wide, y, z)]), 0.019, 6, WOOD_DARK))
    return _joined("ladder", parts)


def lone_fruit(
    tree: int, index: int, hung: Hanging, species: Species, sunward: tuple[float, float, float]
) -> tuple[Dressed, np.ndarray]:
    """A fruit as its tree bears it, its middle at the origin, and where that hangs round the tree's foot."""
    made = hang(
        tree, species, len(hung.there), hung.grown, fruit_mesh(species, HERO), sunward, np.array([index]), hung.ripeness
    )
    low, high = made.at_m.min(0), made.at_m.max(0)
    middle = (low + high) / 2
    middle[2] = low[2] + min(float(high[2] - low[2]), species.fruit.size_m) / 2  # its stalk stands above
    return replace(made, at_m=made.at_m - middle), middle


def piled(fruit: list[tuple[Dressed, int]], most_grams: int) -> list[Dressed]:
    """Fruits and what each weighs, laid into the basket one after the other: the heavier all are, the fuller it is."""
    grams, out = 0, []
    for number, (each, heavy) in enumerate(fruit):
        grams += heavy
        if number >= len(fruit) - MOST_IN_BASKET:
            moved = each.at_m @ _tumbled(number).T + np.array(lies_at(number, grams / most_grams))
            light = np.tile([0.95, 0.8], (len(moved), 1))
            out.append(replace(each, at_m=moved, normal=each.normal @ _tumbled(number).T, light=light))
    return out


def lies_at(number: int, full: float) -> tuple[float, float, float]:
    """Where the middle of a basket's n-th fruit is when with it the basket is so `full`, 0..1: heaped at the end."""
    full = min(full, 1.0)
    z = FLOOR_M + 0.045 + (BASKET_HIGH_M - 0.05) * full
    out = 0.70 * sqrt((number * 0.618034 + 0.31) % 1.0)
    wide = FLOOR_WIDE_M + (BASKET_WIDE_M - FLOOR_WIDE_M) * min(z / BASKET_HIGH_M, 1.0)
    z += 0.05 * full * (1.0 - out)
    return out * wide * cos(number * GOLDEN_RAD), out * wide * sin(number * GOLDEN_RAD), z


def _tumbled(number: int) -> np.ndarray:
    """How the n-th fruit in a basket lies, (3, 3)."""
    lean, turn = 0.9 * sin(number * 1.7), number * GOLDEN_RAD
    c, s, cl, sl = cos(turn), sin(turn), cos(lean), sin(lean)
    turned: np.ndarray = np.array([(c, -s, 0), (s, c, 0), (0, 0, 1)]) @ np.array([(1, 0, 0), (0, cl, -sl), (0, sl, cl)])
    return turned


_Part = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # points, normals, rgb, triangles


def _weave(height: np.ndarray, radius: np.ndarray, tones: tuple[tuple[float, ...], tuple[float, ...]]) -> _Part:
    """A turned wall of flat squares in two tones, the first row at its lower end; reversed, it faces inwards."""
    rows, inwards = len(height) - 1, -1.0 if height[0] > height[-1] else 1.0
    angle = np.arange(AROUND + 1) * (2 * pi / AROUND)
    at = np.stack([np.cos(angle)[None] * radius[:, None], np.sin(angle)[None] * radius[:, None],
                   np.broadcast_to(height[:, None], (rows + 1, AROUND + 1))], -1)  # fmt: skip
    corners = np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], 2).reshape(-1, 3)
    middle = (np.arange(AROUND) + 0.5) * (2 * pi / AROUND)
    flat = np.stack([np.cos(middle), np.sin(middle), np.full(AROUND, -0.18)], 1) * inwards
    flat /= np.linalg.norm(flat, axis=1)[:, None]
    normals = np.tile(flat[:, None], (rows, 4, 1)).reshape(-1, 3)
    odd = (np.arange(rows)[:, None] + np.arange(AROUND)[None]) % 2
    rgb = np.array(tones)[odd.reshape(-1)].repeat(4, axis=0)
    return corners, normals, rgb, _squares(rows * AROUND)


def _disc(radius: float, z: float, rgb: tuple[float, ...]) -> _Part:
    angle = np.arange(AROUND) * (2 * pi / AROUND)
    ring = np.stack([np.cos(angle) * radius, np.sin(angle) * radius, np.full(AROUND, z)], 1)
    at = np.concatenate([[(0.0, 0.0, z)], ring])
    k = np.arange(AROUND)
    faces = np.stack([np.zeros(AROUND, int), 1 + k, 1 + (k + 1) % AROUND], 1)
    return at, np.tile([0.0, 0.0, 1.0], (len(at), 1)), np.tile(rgb, (len(at), 1)), faces


def _stick(path: np.ndarray, radius: float, sides: int, rgb: tuple[float, ...]) -> _Part:
    """A round stick along points (n, 3), open at its ends."""
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None]
    aside = np.cross(along, np.array([0.29, 0.13, 0.95]))
    aside /= np.linalg.norm(aside, axis=1)[:, None]
    over = np.cross(along, aside)
    angle = np.arange(sides) * (2 * pi / sides)
    ring = np.cos(angle)[None, :, None] * aside[:, None] + np.sin(angle)[None, :, None] * over[:, None]
    at = (path[:, None] + ring * radius).reshape(-1, 3)
    steps, k = np.arange(len(path) - 1)[:, None] * sides, np.arange(sides)
    a, b = steps + k, steps + (k + 1) % sides
    faces = np.concatenate(
        [np.stack([a, b, b + sides], -1).reshape(-1, 3), np.stack([a, b + sides, a + sides], -1).reshape(-1, 3)]
    )
    return at, ring.reshape(-1, 3), np.tile(rgb, (len(at), 1)), faces


def _squares(count: int) -> np.ndarray:
    return (np.array([(0, 1, 2), (0, 2, 3)])[None] + 4 * np.arange(count)[:, None, None]).reshape(-1, 3)


def _joined(name: str, parts: list[_Part]) -> GeomNode:
    """One mesh, nothing of it glossy or hidden from the light by itself."""
    starts = np.cumsum([0, *(len(part[0]) for part in parts)])
    at, normals, rgb = (np.concatenate([part[k] for part in parts]) for k in range(3))
    faces = np.concatenate([part[3] + start for part, start in zip(parts, starts, strict=False)])
    colours = np.concatenate([rgb, np.zeros((len(rgb), 1))], 1)
    return mesh(name, at, faces, normals=normals, colours=colours, uv=np.tile([1.0, 0.0], (len(at), 1)))
