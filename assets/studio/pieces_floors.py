"""Kit pieces that lie on the floor: rugs, boards, tiles, grass. Metres; nothing here is bumped into."""



from itertools import pairwise

import numpy as np

from assets.studio.homeware_palette import CLAY, FERN, OAT, OCHRE
from assets.studio.kit import Shape, box, join, lathe
from assets.studio.palette import BLUSH, IVORY, MUSTARD, NAVY, OAK, SAGE, TEAL, TERRA, rgb
from assets.studio.piece_bag import PieceBag
from assets.studio.piece_model import PieceModel

THICK = 0.014
UP = (0.0, 0.0, 1.0)


def ring_of(r0: float, r1: float, z: float, n: int = 44) -> Shape:
    """A flat ring that faces up."""
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    c = np.c_[np.cos(t), np.sin(t), np.zeros(n)]
    k = np.arange(n)
    j = (k + 1) % n
    v = np.r_[c * r1, c * max(r0, 1e-4)] + (0, 0, z)
    return Shape(v, np.tile(UP, (len(v), 1)), np.r_[np.c_[k, j, j + n], np.c_[k, j + n, k + n]])


def quads(rects: list[tuple[float, float, float, float]], z: float) -> Shape:
    """Flat rectangles x0, y0, x1, y1 that face up."""
    shapes = []
    for x0, y0, x1, y1 in rects:
        v = np.array([(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)])
        shapes.append(Shape(v, np.tile(UP, (4, 1)), np.array([(0, 1, 2), (0, 2, 3)])))
    return join(*shapes)


def rug_round(b: PieceBag) -> None:
    """A round rug in rings, its border in blocks."""
    r = 1.0
    edge = lathe([(r + 0.004, 0), (r + 0.006, 0.006), (r, THICK)], 44, crease_deg=99)
    with b.painted("border"):
        b.add(edge, TERRA * 0.85, 0, jitter=0)
        b.add(ring_of(0.9, r, THICK), TERRA * 0.85, 0, jitter=0)
    with b.painted("field"):
        b.add(ring_of(0.62, 0.9, THICK), IVORY * 0.8, 0, jitter=0)
        b.add(ring_of(0.0, 0.34, THICK), IVORY * 0.8, 0, jitter=0)
    with b.painted("accent"):
        b.add(ring_of(0.34, 0.62, THICK), BLUSH * 0.8, 0, jitter=0)
        for k in range(22):
            with b.at(rz=k * 360 / 22):
                b.add(quads([(0.7, -0.06, 0.82, 0.06)], THICK + 0.0015), NAVY, 0, jitter=0.02)


def rug_long(b: PieceBag) -> None:
    """A striped runner with fringes."""
    w, d = 2.2, 0.8
    b_z = THICK
    with b.painted("field"):
        b.add(box(w, d, THICK, 0.005), OAT * 0.85, 0, jitter=0)
    with b.painted("accent"):
        stripes = [(-w / 2 + 0.1 + 0.2 * k, -d / 2 + 0.04, -w / 2 + 0.16 + 0.2 * k, d / 2 - 0.04) for k in range(11)]
        b.add(quads(stripes, b_z + 0.0015), FERN * 1.1, 0, jitter=0)
    with b.painted("border"):
        thin = [(-w / 2 + 0.185 + 0.2 * k, -d / 2 + 0.04, -w / 2 + 0.2 + 0.2 * k, d / 2 - 0.04) for k in range(10)]
        b.add(quads(thin, b_z + 0.0015), OCHRE, 0, jitter=0)
    for sx in (-1, 1):
        for k in range(20):
            y = -d / 2 + 0.04 * (k + 0.5)
            b.add(box(0.06, 0.008, 0.006, 0), OAT, 0, jitter=0.1, x=sx * (w / 2 + 0.028), y=y)


def rug_square(b: PieceBag) -> None:
    """A square rug with a lozenge pattern."""
    w = 1.8
    with b.painted("border"):
        b.add(box(w, w, THICK, 0.005), CLAY * 0.9, 0, jitter=0)
    with b.painted("field"):
        b.add(quads([(-w / 2 + 0.1, -w / 2 + 0.1, w / 2 - 0.1, w / 2 - 0.1)], THICK + 0.001), OAT * 0.9, 0, jitter=0)
    step = 0.4
    with b.painted("accent"):
        for i in range(4):
            for j in range(4):
                x, y = (i - 1.5) * step, (j - 1.5) * step
                for s, tone, z in ((0.19, TEAL * 0.75, 0.002), (0.12, IVORY * 0.85, 0.003), (0.06, MUSTARD, 0.004)):
                    v = np.array(
                        [(x - s, y, THICK + z), (x, y - s, THICK + z), (x + s, y, THICK + z), (x, y + s, THICK + z)]
                    )
                    b.add(Shape(v, np.tile(UP, (4, 1)), np.array([(0, 1, 2), (0, 2, 3)])), tone, 0, jitter=0.02)


def tiles(b: PieceBag) -> None:
    """Four square metres of chequered tiles."""
    n, size = 8, 0.25
    gap = 0.003
    b.add(box(2.0, 2.0, 0.008, 0), rgb("8a7d70"), 0.1, jitter=0)
    for slot, odd, tone in (("light", 0, IVORY * 0.95), ("dark", 1, SAGE * 0.7)):
        with b.painted(slot):
            for i in range(n):
                for j in range(n):
                    if (i + j) % 2 == odd:
                        x, y = -1 + size * i, -1 + size * j
                        b.add(
                            quads([(x + gap, y + gap, x + size - gap, y + size - gap)], 0.0095), tone, 0.45, jitter=0.05
                        )


def boards(b: PieceBag) -> None:
    """Four square metres of oak boards."""
    with b.painted("wood"):
        for k in range(12):
            y = -1 + k / 6
            cut = (-1.0, *sorted({round(float(q), 2) for q in b.rng.uniform(-0.7, 0.7, 1 + k % 2)}), 1.0)
            for x0, x1 in pairwise(cut):
                tone = OAK * b.rng.uniform(0.86, 1.08)
                b.add(
                    box(x1 - x0 - 0.003, 1 / 6 - 0.003, 0.012, 0.003),
                    tone,
                    0.4,
                    jitter=0.02,
                    x=(x0 + x1) / 2,
                    y=y + 1 / 12,
                )


def grass(b: PieceBag) -> None:
    """A round patch of lawn with tufts and daisies."""
    r = 0.9
    with b.painted("grass"):
        b.add(
            lathe([(r, 0), (r - 0.02, 0.014), (r * 0.6, 0.02), (0, 0.022)], 26, crease_deg=99),
            rgb("7fa356"),
            0,
            jitter=0,
        )
        for k in range(120):
            q, a = np.sqrt((k + 0.5) / 120) * r * 0.94, k * 2.39996
            h = 0.04 + 0.035 * b.rng.random()
            lean, turn = 0.03 * b.rng.normal(), b.rng.uniform(0, 6.28)
            c, s = np.cos(turn) * 0.012, np.sin(turn) * 0.012
            at = np.array([q * np.cos(a), q * np.sin(a), 0.015])
            v = np.array([(-c, -s, 0), (c, s, 0), (lean, lean, h)]) + at
            both = Shape(np.r_[v, v], np.tile([0, 0, 1.0], (6, 1)), np.array([(0, 1, 2), (5, 4, 3)]))
            b.add(both, rgb("8db45c") * b.rng.uniform(0.8, 1.2), 0, jitter=0.05)
    for k in range(14):
        a, q = k * 2.1, r * (0.25 + 0.65 * b.rng.random())
        with b.at(x=q * np.cos(a), y=q * np.sin(a), z=0.05):
            b.add(lathe([(0.016, 0), (0, 0.004)], 6), IVORY, 0, jitter=0)
            b.add(lathe([(0.006, 0.003), (0, 0.008)], 5), MUSTARD, 0, jitter=0)


PIECES = {
    "rug_round": PieceModel(rug_round, "floors", "Round rug", "圆地毯", solid=False),
    "rug_long": PieceModel(rug_long, "floors", "Runner", "长地毯", solid=False),
    "rug_square": PieceModel(rug_square, "floors", "Square rug", "方地毯", solid=False),
    "tiles": PieceModel(tiles, "floors", "Chequered tiles", "棋盘砖", solid=False),
    "boards": PieceModel(boards, "floors", "Oak boards", "橡木地板", solid=False),
    "grass": PieceModel(grass, "floors", "Patch of lawn", "草坪", solid=False),
}
