"""Kit pieces with boards: shelves on the wall, bookcases, a clothes rail, pegs. Metres, front towards -Y."""



import numpy as np

from assets.studio.facing import FRONT, facing
from assets.studio.homeware_palette import ASH, CHALK, OAT
from assets.studio.kit import box, grid, moved, tube
from assets.studio.palette import BRASS, OAK, TERRA, WALNUT, Colour
from assets.studio.piece_bag import PieceBag
from assets.studio.piece_model import PieceModel
from assets.studio.turning import curve


def wall_shelf(b: PieceBag) -> None:
    """A board on two brass brackets."""
    w, d = 0.9, 0.24
    with b.painted("wood"):
        b.add(box(w, d, 0.032, 0.011), OAK, 0.45, jitter=0, y=-d / 2, z=-0.032)
        b.add(box(w - 0.1, 0.02, 0.06, 0.006), OAK * 0.92, 0.4, jitter=0, y=-0.01, z=-0.092)
    with b.painted("metal"):
        for sx in (-1, 1):
            x = sx * (w / 2 - 0.14)
            b.add(tube([(x, -0.008, -0.2), (x, -0.008, -0.04)], 0.008, 7), BRASS, 0.7)
            b.add(tube(curve([(x, -0.01, -0.19), (x, -0.1, -0.12), (x, -d + 0.04, -0.036)], 4), 0.007, 7), BRASS, 0.7)
    b.surface(w - 0.03, d - 0.03, y=-d / 2)


def picture_ledge(b: PieceBag) -> None:
    """A narrow ledge with a lip for pictures and cards."""
    w, d = 1.2, 0.12
    with b.painted("wood"):
        b.add(box(w, d, 0.022, 0.008), ASH, 0.4, jitter=0, y=-d / 2)
        b.add(box(w, 0.018, 0.075, 0.006), ASH, 0.4, jitter=0, y=-0.009, z=-0.02)
        b.add(box(w, 0.014, 0.032, 0.005), ASH, 0.4, jitter=0, y=-d + 0.007, z=0.008)
        for sx in (-1, 1):
            b.add(box(0.016, d - 0.02, 0.032, 0.005), ASH, 0.4, jitter=0, x=sx * (w / 2 - 0.008), y=-d / 2, z=0.008)
        for sx in (-1, 0, 1):
            b.add(box(0.02, 0.06, 0.05, 0.008), ASH * 0.95, 0.4, jitter=0, x=sx * 0.45, y=-0.045, z=-0.046)
    b.surface(w - 0.05, d - 0.04, y=-d / 2, z=0.022)


def back(b: PieceBag, w: float, z0: float, z1: float, y: float, colour: Colour) -> None:
    """The back of a case, seen from both sides, cut small so that what is dark behind a board stays there."""
    zs, xs = np.linspace(z0, z1, round((z1 - z0) / 0.07) + 1), np.linspace(-w / 2, w / 2, round(w / 0.1) + 1)
    front = grid(np.stack(np.broadcast_arrays(xs[None], y, zs[:, None]), -1), wrap=False)
    for shape in (facing(front, FRONT), moved(facing(front, (0.0, 1.0, 0.0)), y=0.008)):
        b.add(shape, colour, 0.1, jitter=0)


def bookcase(b: PieceBag) -> None:
    """A tall bookcase with five boards and a cornice."""
    w, d, h = 0.9, 0.32, 1.95
    with b.painted("paint"):
        for sx in (-1, 1):
            b.add(box(0.03, d, h - 0.05, 0.008), CHALK, 0.25, jitter=0, x=sx * (w / 2 - 0.015))
        b.add(box(w + 0.07, d + 0.05, 0.05, 0.018), CHALK, 0.25, jitter=0, z=h - 0.05)
        b.add(box(w - 0.06, d - 0.02, 0.1, 0.006), CHALK * 0.95, 0.25, jitter=0, y=0.01)
    with b.painted("back"):
        back(b, w - 0.06, 0.11, h - 0.05, d / 2 - 0.01, TERRA * 0.75)
    with b.painted("wood"):
        for z in (0.1, 0.5, 0.88, 1.22, 1.56):
            b.add(box(w - 0.06, d - 0.03, 0.026, 0.008), OAK, 0.4, jitter=0.03, y=-0.006, z=z)
            free = {0.1: 0.37, 0.5: 0.35, 0.88: 0.31, 1.22: 0.31, 1.56: 0.31}[z]
            b.surface(w - 0.1, d - 0.07, y=-0.01, z=z + 0.026, free_m=free)
    b.surface(w, d - 0.04, z=h)


def cube_shelf(b: PieceBag) -> None:
    """Six open cubes in two rows."""
    w, d, h, t = 1.14, 0.34, 0.78, 0.024
    with b.painted("paint"):
        for z in (0, h / 2 - t / 2, h - t):
            b.add(box(w, d, t, 0.007), ASH, 0.35, jitter=0.02, z=z)
        for k in range(4):
            b.add(box(t, d - 0.006, h - 0.01, 0.006), ASH * 0.97, 0.35, jitter=0.02, x=(k / 3 - 0.5) * (w - t), z=0.005)
    with b.painted("back"):
        back(b, w - 0.03, 0.015, h - 0.015, d / 2 - 0.01, OAT)
    for k in range(3):
        x = (k - 1) * (w - t) / 3
        for z in (t, h / 2 + t / 2):
            b.surface(0.33, d - 0.06, x=x, y=-0.01, z=z, free_m=h / 2 - 1.6 * t)
    b.surface(w - 0.04, d - 0.04, z=h)


def ladder_shelf(b: PieceBag) -> None:
    """A leaning ladder with four boards that grow towards the floor."""
    w, h = 0.66, 1.7
    with b.painted("wood"):
        for sx in (-1, 1):
            b.add(
                tube([(sx * w / 2, -0.24, 0), (sx * w / 2, 0.0, h * 0.5), (sx * w / 2, 0.22, h)], 0.018, 7), WALNUT, 0.4
            )
            b.add(
                tube([(sx * w / 2, 0.235, 0), (sx * w / 2, 0.235, h * 0.5), (sx * w / 2, 0.235, h)], 0.014, 7),
                WALNUT,
                0.4,
            )
        for z, d in ((0.24, 0.4), (0.66, 0.31), (1.06, 0.22), (1.44, 0.15)):
            b.add(box(w - 0.03, d, 0.024, 0.008), OAK, 0.45, jitter=0.04, y=0.235 - d / 2, z=z - 0.024)
            b.surface(w - 0.08, d - 0.03, y=0.235 - d / 2, z=z, free_m=0.36 if z < 1.2 else 0)


def clothes_rail(b: PieceBag) -> None:
    """A brass rail on two feet with a board for shoes."""
    w, h = 1.3, 1.58
    with b.painted("metal"):
        for sx in (-1, 1):
            b.add(tube([(sx * w / 2, 0, 0.03), (sx * w / 2, 0, h * 0.5), (sx * w / 2, 0, h)], 0.016, 9), BRASS, 0.7)
        b.add(tube([(x, 0, h) for x in np.linspace(-w / 2 - 0.04, w / 2 + 0.04, 5)], 0.014, 9), BRASS, 0.7)
        for sx in (-1, 1):
            b.add(
                tube(
                    curve(
                        [(sx * w / 2, 0, h - 0.2), (sx * (w / 2 - 0.06), 0, h - 0.06), (sx * (w / 2 - 0.2), 0, h)], 3
                    ),
                    0.008,
                    6,
                ),
                BRASS,
                0.7,
            )
    with b.painted("wood"):
        for sx in (-1, 1):
            b.add(box(0.05, 0.44, 0.03, 0.01), WALNUT, 0.3, jitter=0, x=sx * w / 2)
        for k in range(3):
            b.add(box(w - 0.04, 0.09, 0.022, 0.007), OAK, 0.4, jitter=0.05, y=(k - 1) * 0.1, z=0.17)
    b.surface(w - 0.1, 0.28, z=0.192, free_m=0.35)
    b.surface(w - 0.1, 0.02, z=h - 0.016, hung=True)


def counter_riser(b: PieceBag) -> None:
    """A little two-stepped shelf that stands on a counter or a table."""
    w = 0.6
    with b.painted("wood"):
        for sx in (-1, 1):
            for y, h in ((0.06, 0.24), (-0.07, 0.12)):
                b.add(box(0.018, 0.12, h - 0.014, 0.005), ASH * 0.95, 0.4, jitter=0.02, x=sx * (w / 2 - 0.03), y=y)
        for y, h in ((0.06, 0.24), (-0.07, 0.12)):
            b.add(box(w, 0.13, 0.018, 0.007), ASH, 0.45, jitter=0.03, y=y, z=h - 0.018)
            b.surface(w - 0.03, 0.11, y=y, z=h)


def peg_rail(b: PieceBag) -> None:
    """A board with five turned pegs for hats, bags and scarves."""
    w = 1.1
    with b.painted("wood"):
        b.add(box(w, 0.024, 0.09, 0.008), ASH, 0.4, jitter=0, y=-0.012, z=-0.045)
        for x in np.linspace(-w / 2 + 0.11, w / 2 - 0.11, 5):
            b.add(
                tube(
                    [(x, -0.02, 0), (x, -0.06, 0.006), (x, -0.085, 0.012), (x, -0.1, 0.018)],
                    [0.012, 0.009, 0.012, 0.016],
                    9,
                ),
                ASH * 0.9,
                0.4,
            )
            b.surface(0.02, 0.06, x=x, y=-0.07, z=-0.01, hung=True)
        b.add(box(w + 0.02, 0.11, 0.02, 0.008), ASH, 0.45, jitter=0, y=-0.055, z=0.1)
        b.add(box(w, 0.018, 0.06, 0.005), ASH * 0.96, 0.4, jitter=0, y=-0.009, z=0.042)
    b.surface(w, 0.09, y=-0.055, z=0.12)


PIECES = {
    "wall_shelf": PieceModel(wall_shelf, "shelves", "Wall shelf", "壁架", "wall"),
    "picture_ledge": PieceModel(picture_ledge, "shelves", "Picture ledge", "画架板", "wall"),
    "bookcase": PieceModel(bookcase, "shelves", "Bookcase", "书柜"),
    "cube_shelf": PieceModel(cube_shelf, "shelves", "Cube shelf", "格子柜"),
    "ladder_shelf": PieceModel(ladder_shelf, "shelves", "Ladder shelf", "梯形架"),
    "clothes_rail": PieceModel(clothes_rail, "shelves", "Clothes rail", "衣架"),
    "counter_riser": PieceModel(counter_riser, "shelves", "Counter shelf", "台面架", "surface"),
    "peg_rail": PieceModel(peg_rail, "shelves", "Peg rail", "挂衣板", "wall"),
}
