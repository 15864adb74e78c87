"""Kit pieces that give light: on the floor, on a table, on the wall, from the ceiling. Metres, front towards -Y."""



import numpy as np

from assets.studio.homeware_palette import CHALK, RATTAN
from assets.studio.kit import ball, box, grid, lathe, tube
from assets.studio.palette import BRASS, INK, IVORY, MUSTARD, SAGE, TERRA, WALNUT, rgb
from assets.studio.piece_bag import PieceBag
from assets.studio.piece_model import PieceModel
from assets.studio.turning import curve

BULB = np.array([1.0, 0.86, 0.64])
PAPER = np.array([0.98, 0.80, 0.55]) * 0.42


def lamp_floor(b: PieceBag) -> None:
    """A slim brass arc over a dome shade."""
    with b.painted("metal"):
        b.add(lathe([(0.15, 0), (0.155, 0.01), (0.15, 0.022), (0.03, 0.03), (0.012, 0.045)], 24), BRASS, 0.7)
        path = curve(
            [(0, 0.0, 0.03), (0, 0.02, 0.7), (0, 0.0, 1.35), (0, -0.12, 1.62), (0, -0.3, 1.66), (0, -0.42, 1.56)], 4
        )
        b.add(tube(path, 0.0095, 8), BRASS, 0.7)
        b.add(lathe([(0.012, 0), (0.02, -0.03), (0.02, -0.05)], 10), BRASS, 0.7, y=-0.42, z=1.56)
    with b.painted("shade"):
        out = [(0.17, 0), (0.166, 0.03), (0.14, 0.085), (0.09, 0.125), (0.03, 0.14), (0, 0.14)]
        b.add(lathe(out, 26), MUSTARD, 0.5, jitter=0, y=-0.42, z=1.375)
    inside = [(0.02, 0.128), (0.085, 0.115), (0.135, 0.078), (0.161, 0.026), (0.17, 0)]
    b.add(lathe(inside, 26, crease_deg=99), IVORY, 0.1, jitter=0, y=-0.42, z=1.375)
    b.glow(ball(0.045, 12, 3), BULB, y=-0.42, z=1.39)
    b.lamp(1.0, 3.2, y=-0.42, z=1.33)


def lamp_tripod(b: PieceBag) -> None:
    """A drum shade on three walnut legs."""
    with b.painted("wood"):
        for k in range(3):
            a = np.radians(90 + 120 * k)
            way = np.array([np.cos(a), np.sin(a), 0])
            b.add(
                tube([way * 0.27, way * 0.15 + (0, 0, 0.6), way * 0.03 + (0, 0, 1.16)], [0.012, 0.017, 0.015], 8),
                WALNUT,
                0.4,
            )
        b.add(lathe([(0, 1.1), (0.05, 1.12), (0.05, 1.16), (0.02, 1.19), (0.012, 1.26)], 14), WALNUT, 0.4)
    with b.painted("shade"):
        b.add(
            lathe(
                [(0.2, 1.24), (0.165, 1.52), (0.162, 1.522), (0.16, 1.52), (0.195, 1.24), (0.2, 1.24)],
                30,
                crease_deg=99,
            ),
            IVORY,
            0.05,
            jitter=0,
        )
    b.glow(lathe([(0.194, 1.246), (0.159, 1.515)][::-1], 24), PAPER)
    b.glow(lathe([(0, 1.43), (0.04, 1.41), (0.05, 1.36), (0.035, 1.3), (0, 1.29)][::-1], 12, crease_deg=99), BULB)
    b.lamp(0.9, 3.0, z=1.36)


def lamp_table(b: PieceBag) -> None:
    """A round ceramic foot under a pleated shade."""
    with b.painted("pot"):
        foot = [
            (0.055, 0),
            (0.06, 0.006),
            (0.075, 0.03),
            (0.09, 0.075),
            (0.082, 0.125),
            (0.05, 0.165),
            (0.024, 0.185),
            (0.018, 0.2),
        ]
        b.add(lathe(foot, 24, crease_deg=99), SAGE, 0.65, jitter=0)
    b.add(lathe([(0.012, 0.2), (0.012, 0.24)], 8), BRASS, 0.7)
    n = 48
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    ripple = 1 + 0.018 * np.cos(24 * t)
    rows = [
        np.c_[r * ripple * np.cos(t), r * ripple * np.sin(t), np.full(n, z)] for r, z in ((0.155, 0.215), (0.09, 0.375))
    ]
    with b.painted("shade"):
        b.add(grid(np.array(rows)), IVORY * 0.98, 0.03, jitter=0)
        for r, z in ((0.155, 0.215), (0.09, 0.375)):
            b.add(
                lathe([(r, z - 0.004), (r + 0.004, z), (r, z + 0.004)], 26, crease_deg=99), IVORY * 0.85, 0.05, jitter=0
            )
    b.glow(grid(np.array([row * (0.97, 0.97, 1) for row in rows[::-1]])), PAPER)
    b.glow(ball(0.034, 10, 3), BULB, z=0.25)
    b.lamp(0.6, 2.2, z=0.3)


def lamp_wall(b: PieceBag) -> None:
    """A brass arm that holds an opal globe."""
    with b.painted("metal"):
        b.add(lathe([(0.06, 0), (0.062, 0.006), (0.055, 0.014), (0.018, 0.02)], 20), BRASS, 0.7, rx=90)
        b.add(
            tube(curve([(0, -0.015, 0), (0, -0.08, -0.02), (0, -0.15, 0.0), (0, -0.16, 0.05)], 4), 0.009, 8), BRASS, 0.7
        )
        b.add(lathe([(0.012, 0), (0.05, 0.016), (0.052, 0.026), (0.04, 0.03)], 18), BRASS, 0.7, y=-0.16, z=0.045)
    b.glow(ball(0.085, 18, 5), BULB * 0.62, y=-0.16, z=0.065)
    b.lamp(0.7, 2.4, y=-0.17, z=0.15)


def lamp_pendant(b: PieceBag) -> None:
    """An enamel dome on a cord."""
    b.add(lathe([(0, 0), (0.05, 0), (0.05, -0.012), (0.02, -0.03), (0, -0.03)][::-1], 16), INK, 0.3)
    b.add(tube([(0, 0, -0.02), (0, 0, -0.4), (0, 0, -0.75)], 0.005, 5), INK, 0.1)
    with b.painted("shade"):
        hood = [
            (0.21, -1.02),
            (0.205, -0.985),
            (0.165, -0.89),
            (0.08, -0.83),
            (0.032, -0.815),
            (0.03, -0.75),
            (0, -0.745),
        ]
        b.add(lathe(hood, 30, crease_deg=70), TERRA, 0.55, jitter=0)
    inside = [(0.03, -0.828), (0.078, -0.842), (0.158, -0.9), (0.197, -0.985), (0.21, -1.02)]
    b.add(lathe(inside, 30, crease_deg=99), IVORY, 0.1, jitter=0)
    b.glow(ball(0.05, 14, 4), BULB, z=-1.0)
    b.lamp(1.1, 3.4, z=-1.06)


def lamp_paper(b: PieceBag) -> None:
    """A round paper lantern."""
    b.add(tube([(0, 0, 0), (0, 0, -0.3), (0, 0, -0.52)], 0.004, 5), INK, 0.1)
    t = np.linspace(-1.35, 1.35, 25)
    ribs = 1 + 0.014 * np.where(np.arange(25) % 2, 1, -1)
    b.glow(lathe(np.c_[0.21 * np.cos(t) * ribs, -0.72 + 0.2 * np.sin(t)], 26, crease_deg=99), PAPER * 1.25)
    with b.painted("metal"):
        for s in (-1, 1):
            ring = [(0.047, -0.006), (0.052, 0), (0.047, 0.006)]
            b.add(lathe(ring, 18, crease_deg=99), BRASS, 0.6, z=-0.72 + s * 0.196)
    b.lamp(0.9, 3.2, z=-0.74)


def lamp_rattan(b: PieceBag) -> None:
    """A basket of rattan round a warm bulb."""
    b.add(tube([(0, 0, 0), (0, 0, -0.3), (0, 0, -0.66)], 0.004, 5), INK, 0.1)
    with b.painted("shade"):
        n = 18
        for k in range(n):
            a = 2 * np.pi * k / n
            rib = [(0.04, -0.66), (0.15, -0.7), (0.235, -0.79), (0.27, -0.9)]
            path = curve([(r * np.cos(a), r * np.sin(a), z) for r, z in rib], 2)
            b.add(tube(path, 0.006, 3), RATTAN, 0.2, jitter=0.08)
        for r, z in ((0.16, -0.705), (0.236, -0.79), (0.27, -0.9)):
            ring = [(r * np.cos(q), r * np.sin(q), z) for q in np.linspace(0, 2 * np.pi, 25)]
            b.add(tube(ring, 0.007, 4), RATTAN, 0.25)
        b.add(lathe([(0.045, -0.665), (0.045, -0.645), (0.01, -0.63)], 14), RATTAN * 0.8, 0.2)
    b.glow(ball(0.05, 12, 3), BULB, z=-0.84)
    b.lamp(1.0, 3.2, z=-0.9)


def lamp_string(b: PieceBag) -> None:
    """Three metres of little bulbs on a slack cord, hooked to the wall."""
    w, sag = 3.0, 0.26
    x = np.linspace(-w / 2, w / 2, 29)
    z = sag * (2 * x / w) ** 2 - sag
    cord = np.c_[x, np.full(29, -0.035), z]
    with b.painted("cord"):
        b.add(tube(cord, 0.0045, 4), INK, 0.1)
        for sx in (-1, 1):
            b.add(tube([(sx * w / 2, 0, 0), (sx * w / 2, -0.03, 0), (sx * w / 2, -0.04, 0.02)], 0.006, 5), BRASS, 0.6)
    for k in range(13):
        at = cord[2 * k + 2]
        b.add(lathe([(0.009, 0), (0.011, -0.022)][::-1], 7), INK, 0.2, x=at[0], y=at[1], z=at[2])
        b.glow(
            lathe([(0, -0.078), (0.016, -0.066), (0.023, -0.046), (0.01, -0.02)], 8, crease_deg=99),
            BULB,
            x=at[0],
            y=at[1],
            z=at[2],
        )
    b.lamp(0.6, 2.8, y=-0.3, z=-0.2)


def lantern_stand(b: PieceBag) -> None:
    """A garden lantern with a candle-coloured light, for floor or step."""
    w, h = 0.2, 0.36
    with b.painted("metal"):
        b.add(box(w, w, 0.025, 0.008), INK * 1.2, 0.35, jitter=0)
        for sx in (-1, 1):
            for sy in (-1, 1):
                b.add(
                    box(0.014, 0.014, h - 0.09, 0.003), INK * 1.2, 0.35, jitter=0, x=sx * 0.085, y=sy * 0.085, z=0.024
                )
        b.add(box(w, w, 0.02, 0.006), INK * 1.2, 0.35, jitter=0, z=h - 0.075)
        b.add(
            lathe([(0.14, 0), (0.06, 0.07), (0.03, 0.078), (0.03, 0.095), (0, 0.1)], 4),
            INK * 1.2,
            0.35,
            z=h - 0.056,
            rz=45,
        )
        ring = [(0.045 * np.cos(a), 0, 0.045 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 15)]
        b.add(tube(ring, 0.006, 5), INK * 1.2, 0.35, z=h + 0.085)
    b.add(lathe([(0.04, 0), (0.04, 0.1), (0.03, 0.104), (0, 0.1)], 16), CHALK, 0.2, z=0.026)
    b.glow(
        lathe([(0, 0), (0.013, 0.012), (0.015, 0.03), (0.006, 0.055), (0, 0.066)], 8, crease_deg=99),
        np.array([1.0, 0.74, 0.36]),
        z=0.13,
    )
    for turn in range(4):
        with b.at(rz=90 * turn):
            b.add(box(0.004, 0.004, h - 0.1, 0), rgb("3b383d"), 0.3, jitter=0, y=-0.09, z=0.026)
    b.lamp(0.45, 2.0, z=0.3)


PIECES = {
    "lamp_floor": PieceModel(lamp_floor, "lamps", "Arc lamp", "弧形落地灯"),
    "lamp_tripod": PieceModel(lamp_tripod, "lamps", "Tripod lamp", "三脚灯"),
    "lamp_table": PieceModel(lamp_table, "lamps", "Table lamp", "台灯", "surface"),
    "lamp_wall": PieceModel(lamp_wall, "lamps", "Wall lamp", "壁灯", "wall", solid=False),
    "lamp_pendant": PieceModel(lamp_pendant, "lamps", "Pendant lamp", "吊灯", "ceiling", solid=False),
    "lamp_paper": PieceModel(lamp_paper, "lamps", "Paper lantern", "纸灯笼", "ceiling", solid=False),
    "lamp_rattan": PieceModel(lamp_rattan, "lamps", "Rattan lamp", "藤编灯", "ceiling", solid=False),
    "lamp_string": PieceModel(lamp_string, "lamps", "String of lights", "串灯", "wall", solid=False),
    "lantern": PieceModel(lantern_stand, "lamps", "Garden lantern", "花园灯", "any"),
}
