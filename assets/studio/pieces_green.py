"""Kit pieces that grow: in pots, in boxes, hung from the ceiling. Metres, front towards -Y."""

import numpy as np

from assets.studio.homeware_green import fig, pot, vine
from assets.studio.homeware_palette import CHALK, CLAY, MOSS, OCHRE, ROSE_CLAY
from assets.studio.kit import ball, box, lathe, tube
from assets.studio.palette import IVORY, LEAF, OAK, SAGE, TERRA, Colour, rgb
from assets.studio.piece_bag import PieceBag
from assets.studio.piece_model import PieceModel
from assets.studio.plants import leaf, split_leaf, sprig, sword
from assets.studio.turning import curve

SOIL = rgb("4a382c")
OLIVE = rgb("8b9a6b")


def vessel(b: PieceBag, r: float, h: float, colour: Colour, gloss: float = 0.3) -> None:
    """A pot with a rounded lip and earth in it, paintable."""
    side = curve([(r * 0.72, 0), (r * 0.8, h * 0.08), (r * 0.97, h * 0.7), (r, h * 0.94)], 2)
    with b.painted("pot"):
        b.add(
            lathe(
                [*side, (r * 1.03, h * 0.96), (r * 1.03, h), (r * 0.97, h + 0.004), (r * 0.9, h - 0.02)],
                24,
                crease_deg=60,
            ),
            colour,
            gloss,
            jitter=0,
        )
    b.add(lathe([(r * 0.91, h - 0.025), (0, h - 0.015)], 14), SOIL, 0.02)
    b.solid(2 * r, 2 * r, h + 0.3)


def plant_fig(b: PieceBag) -> None:
    """A tall fiddle-leaf fig."""
    fig(b, 1.75, 2)
    b.solid(0.42, 0.42, 0.8)


def plant_monstera(b: PieceBag) -> None:
    """A monstera with split leaves on long stalks."""
    vessel(b, 0.19, 0.3, CLAY)
    for k in range(10):
        q = k / 9
        a, rise = 137.5 * k + 20, 0.28 + 0.5 * (1 - q) ** 0.8
        reach = 0.16 + 0.3 * q
        with b.at(z=0.28, rz=a):
            path = curve([(0.02, 0, 0), (reach * 0.45, 0, rise * 0.75), (reach, 0, rise)], 3)
            b.add(tube(path, 0.006, 4), LEAF * 0.75, 0.15)
            with b.at(x=reach, z=rise, ry=18 + 26 * q):
                split_leaf(b, 0.26 + 0.07 * q, LEAF * b.rng.uniform(0.72, 1.0))


def plant_snake(b: PieceBag) -> None:
    """Upright sword leaves with pale edges."""
    vessel(b, 0.14, 0.22, CHALK, 0.5)
    for k in range(11):
        q = k / 10
        with b.at(x=0.06 * np.cos(2.4 * k) * q, y=0.06 * np.sin(2.4 * k) * q, z=0.2, rz=137.5 * k):
            sword(b, 0.62 - 0.3 * q, 0.034, rgb("4f7350"), rgb("c9c98a"), lean=0.12 + 0.25 * q, twist=0.3 + 0.4 * q)


def plant_olive(b: PieceBag) -> None:
    """A small olive tree in a tall pot."""
    vessel(b, 0.2, 0.36, ROSE_CLAY)
    trunk = curve([(0, 0, 0.33), (0.03, 0.01, 0.65), (-0.02, -0.01, 0.95), (0.01, 0, 1.15)], 3)
    b.add(tube(trunk, np.linspace(0.024, 0.014, len(trunk)), 7), rgb("7d6a55"), 0.1)
    for k in range(13):
        q = k / 12
        a, up = 137.5 * k, 0.2 + 1.1 * q
        with b.at(z=1.0 + 0.14 * q, rz=a):
            length = 0.42 - 0.12 * q
            ends = (length * np.cos(up), 0, length * np.sin(up) * 1.15)
            mid = (ends[0] * 0.5, 0.02, ends[2] * 0.55 + 0.03)
            sprig(b, [(0, 0, 0), mid, ends], OLIVE * b.rng.uniform(0.8, 1.2), rgb("7d6a55"), 4, 0.16)


def plant_trailing(b: PieceBag) -> None:
    """Ivy that spills over the rim of its pot all round; none of it hangs lower than the pot stands."""
    with b.painted("pot"):
        pot(b, 0.085, 0.135, OCHRE)
    for k in range(11):
        with b.at(z=0.135, rz=137.5 * k):
            vine(b, 0.05, MOSS * 1.15, 0.105 if k % 3 else 0.07)


def plant_hanging(b: PieceBag) -> None:
    """A pot in a knotted sling with trailing shoots."""
    r, drop = 0.125, 0.62
    with b.at(z=-drop):
        with b.painted("pot"):
            pot(b, r, r * 1.3, TERRA)
        for k in range(4):
            a = np.pi / 2 * k + 0.4
            x, y = np.cos(a), np.sin(a)
            line = [
                (0, 0, -0.03),
                (x * r * 0.9, y * r * 0.9, r * 0.4),
                (x * r * 1.05, y * r * 1.05, r * 1.3),
                (0.01 * x, 0.01 * y, drop * 0.6),
                (0, 0, drop),
            ]
            with b.painted("cord"):
                b.add(tube(curve(line, 2), 0.004, 3), IVORY * 0.85, 0.05)
        b.add(ball(0.02, 8, 2, 1.4), IVORY * 0.85, 0.05, z=-0.055)
        for k in range(8):
            with b.at(z=r * 1.3, rz=137.5 * k + 20):
                vine(b, 0.6 * b.rng.uniform(0.5, 1.0), rgb("6c9152"), r * b.rng.uniform(0.9, 1.1))


def planter_box(b: PieceBag) -> None:
    """A long box of herbs: rosemary, basil, chives."""
    w, d, h = 0.8, 0.24, 0.26
    with b.painted("wood"):
        for sy in (-1, 1):
            for k in range(2):
                b.add(box(w, 0.02, h / 2 - 0.004, 0.005), OAK, 0.3, jitter=0.06, y=sy * (d / 2 - 0.01), z=k * h / 2)
        for sx in (-1, 1):
            b.add(box(0.02, d - 0.04, h, 0.005), OAK, 0.3, jitter=0.04, x=sx * (w / 2 - 0.01))
    b.add(box(w - 0.04, d - 0.04, 0.02, 0), SOIL, 0.02, z=h - 0.05)
    for x, kind in ((-0.3, "r"), (-0.1, "b"), (0.12, "c"), (0.3, "b")):
        for k in range({"r": 12, "b": 12, "c": 22}[kind]):
            a = 137.5 * k
            with b.at(x=x + 0.05 * np.cos(a), y=0.045 * np.sin(a), z=h - 0.04, rz=a):
                if kind == "c":
                    tip = (0.05 + 0.04 * b.rng.random(), 0, 0.2 + 0.1 * b.rng.random())
                    b.add(
                        tube([(0, 0, 0), (tip[0] * 0.3, 0, tip[2] * 0.6), tip], [0.004, 0.0035, 0.001], 3),
                        rgb("6fa04e") * b.rng.uniform(0.8, 1.2),
                        0.2,
                    )
                elif kind == "r":
                    with b.at(ry=-80 + 22 * b.rng.random()):
                        leaf(b, 0.16 + 0.06 * b.rng.random(), 0.02, SAGE * 0.6, rows=2)
                else:
                    with b.at(z=0.05 + 0.012 * k, ry=-35 + 40 * b.rng.random()):
                        leaf(b, 0.1, 0.032, rgb("5c9a44"), rows=2)


def plant_palm(b: PieceBag) -> None:
    """A parlour palm with arching fronds."""
    vessel(b, 0.17, 0.26, IVORY, 0.4)
    for k in range(7):
        q = k / 6
        with b.at(z=0.24, rz=137.5 * k):
            reach, rise = 0.22 + 0.4 * q, 0.98 - 0.42 * q
            path = curve(
                [(0.01, 0, 0), (reach * 0.3, 0, rise * 0.7), (reach * 0.8, 0, rise), (reach * 1.25, 0, rise * 0.9)], 3
            )
            b.add(tube(path, 0.005, 3), LEAF * 0.7, 0.15)
            for i in range(4, len(path)):
                for side in (-1, 1):
                    with b.at(*path[i], rz=side * (58 - 3 * i), ry=20 + 14 * q):
                        leaf(b, 0.25 - 0.012 * i, 0.028, LEAF * b.rng.uniform(0.8, 1.1), rows=2)


PIECES = {
    "plant_fig": PieceModel(plant_fig, "plants", "Fiddle-leaf fig", "琴叶榕"),
    "plant_monstera": PieceModel(plant_monstera, "plants", "Monstera", "龟背竹"),
    "plant_snake": PieceModel(plant_snake, "plants", "Snake plant", "虎尾兰", "surface"),
    "plant_olive": PieceModel(plant_olive, "plants", "Olive tree", "橄榄树"),
    "plant_palm": PieceModel(plant_palm, "plants", "Parlour palm", "袖珍椰子"),
    "plant_trailing": PieceModel(plant_trailing, "plants", "Trailing ivy", "常春藤", "surface", solid=False),
    "plant_hanging": PieceModel(plant_hanging, "plants", "Hanging plant", "吊篮", "ceiling", solid=False),
    "planter_box": PieceModel(planter_box, "plants", "Herb box", "香草箱", "surface"),
}
