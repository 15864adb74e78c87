"""Kit pieces to sit on. Metres, the front towards -Y."""



import numpy as np

from assets.studio.goods_seats import cushion_block, cushion_outline
from assets.studio.homeware_palette import ASH
from assets.studio.kit import box, lathe, tube
from assets.studio.palette import BLUSH, OAK, PLUM, SAGE, WALNUT
from assets.studio.piece_bag import PieceBag
from assets.studio.piece_model import PieceModel
from assets.studio.turning import curve


def cushion(b: PieceBag, w: float, d: float, h: float, colour: np.ndarray, n: int = 20) -> None:
    """A box cushion with a piped seam, standing on the bag's place."""
    b.add(cushion_block(w, d, h, n), colour, 0.04, jitter=0)
    edge = cushion_outline(w * 1.003, d * 1.003, h * 0.9, n)
    b.add(tube(np.r_[edge, edge[:1]], 0.006, 3), colour * 0.8, 0.04, jitter=0)


def stool(b: PieceBag) -> None:
    """A three-legged stool with a dished seat."""
    with b.painted("seat"):
        top = [(0, 0.418), (0.15, 0.418), (0.172, 0.428), (0.176, 0.442), (0.166, 0.452), (0.12, 0.447), (0, 0.442)]
        b.add(lathe(top, 28, crease_deg=70), OAK, 0.45, jitter=0)
    with b.painted("leg"):
        for k in range(3):
            a = np.radians(90 + 120 * k)
            way = np.array([np.cos(a), np.sin(a), 0])
            leg = [way * 0.2, way * 0.165 + (0, 0, 0.2), way * 0.11 + (0, 0, 0.42)]
            b.add(tube(curve(leg, 2), [0.013, 0.017, 0.02, 0.02, 0.018], 8), WALNUT, 0.4)
        ring = [(0.166 * np.cos(a), 0.166 * np.sin(a), 0.19) for a in np.linspace(0, 2 * np.pi, 19)]
        b.add(tube(ring, 0.008, 5), WALNUT, 0.4)
    b.seat(z=0.445)


def armchair(b: PieceBag) -> None:
    """A low armchair: a shell of cloth on turned feet."""
    w, d = 0.74, 0.72
    with b.painted("cloth"):
        with b.at(z=0.16):
            b.add(cushion_block(w - 0.04, d - 0.06, 0.16, 20), SAGE * 0.85, 0.04, jitter=0)
        for sx in (-1, 1):
            with b.at(x=sx * (w / 2 - 0.055), y=0.0, z=0.16):
                b.add(cushion_block(0.12, d, 0.42, 14), SAGE * 0.9, 0.04, jitter=0)
        with b.at(y=d / 2 - 0.08, z=0.16, rx=9):
            b.add(cushion_block(w, 0.16, 0.68, 16), SAGE * 0.9, 0.04, jitter=0)
    with b.painted("cushion"):
        with b.at(y=-0.06, z=0.315):
            cushion(b, w - 0.24, d - 0.2, 0.12, SAGE * 1.1)
        with b.at(y=d / 2 - 0.2, z=0.45, rx=14):
            b.add(cushion_block(w - 0.28, 0.13, 0.38, 16), BLUSH * 0.95, 0.04, jitter=0)
    with b.painted("leg"):
        for sx in (-1, 1):
            for y in (-0.28, 0.28):
                b.add(lathe([(0.012, 0), (0.02, 0.1), (0.026, 0.18)], 10), WALNUT, 0.4, x=sx * 0.28, y=y)
    b.seat(y=-0.06, z=0.43)


def bench(b: PieceBag) -> None:
    """A slatted bench for two."""
    w, d, h = 1.2, 0.38, 0.44
    with b.painted("seat"):
        for k in range(4):
            b.add(box(w, d / 4 - 0.008, 0.03, 0.009), OAK, 0.4, jitter=0.05, y=(k - 1.5) * d / 4, z=h - 0.03)
    with b.painted("leg"):
        for sx in (-1, 1):
            for sy in (-1, 1):
                b.add(
                    lathe([(0.016, 0), (0.022, 0.12), (0.026, h - 0.03)], 10),
                    WALNUT,
                    0.4,
                    x=sx * (w / 2 - 0.1),
                    y=sy * (d / 2 - 0.06),
                )
            b.add(box(0.035, d - 0.06, 0.05, 0.008), WALNUT, 0.35, jitter=0, x=sx * (w / 2 - 0.1), z=h - 0.08)
        b.add(box(w - 0.2, 0.03, 0.035, 0.008), WALNUT, 0.35, jitter=0, z=0.14)
    b.surface(w, d, z=h)
    for sx in (-1, 1):
        b.seat(x=sx * 0.3, z=h)


def pouf(b: PieceBag) -> None:
    """A soft round pouf with a piped seam."""
    with b.painted("cloth"):
        side = [
            (0.2, 0),
            (0.24, 0.015),
            (0.27, 0.06),
            (0.278, 0.13),
            (0.278, 0.22),
            (0.275, 0.27),
            (0.27, 0.3),
            (0.25, 0.36),
            (0.12, 0.392),
            (0.02, 0.38),
            (0, 0.38),
        ]
        b.add(lathe(side, 30, crease_deg=99), PLUM, 0.05, jitter=0)
    with b.painted("seam"):
        b.add(lathe([(0.27, 0.302), (0.283, 0.313), (0.266, 0.325)], 30, crease_deg=99), PLUM * 0.75, 0.05, jitter=0)
        b.add(lathe([(0.02, 0.374), (0.022, 0.384), (0.01, 0.392), (0, 0.392)], 10), PLUM * 0.75, 0.05, jitter=0)
    b.seat(z=0.38)


def dining_chair(b: PieceBag) -> None:
    """A plain chair with a curved back rail."""
    with b.painted("wood"):
        for sx in (-1, 1):
            b.add(
                tube(
                    [(sx * 0.19, -0.2, 0), (sx * 0.18, -0.18, 0.25), (sx * 0.17, -0.165, 0.44)],
                    [0.013, 0.016, 0.018],
                    8,
                ),
                ASH,
                0.4,
            )
            back = curve([(sx * 0.19, 0.22, 0), (sx * 0.18, 0.18, 0.42), (sx * 0.185, 0.22, 0.78)], 3)
            b.add(tube(back, [0.013, 0.015, 0.017, 0.018, 0.017, 0.016, 0.014], 8), ASH, 0.4)
            b.add(tube([(sx * 0.178, -0.18, 0.2), (sx * 0.178, 0.18, 0.2)], 0.009, 6), ASH, 0.4)
        b.add(box(0.4, 0.4, 0.028, 0.012), ASH, 0.45, jitter=0, z=0.425)
        for z, h in ((0.66, 0.12), (0.55, 0.05)):
            u = np.linspace(-1, 1, 9)
            rail = np.c_[u * 0.185, 0.2 + 0.05 * (1 - u**2), np.full(9, z)]
            b.add(tube(rail, h / 2, 8, 0.22), ASH, 0.45, jitter=0)
    with b.painted("seat"), b.at(z=0.45):
        cushion(b, 0.36, 0.36, 0.035, SAGE * 0.8)
    b.seat(y=-0.02, z=0.47)


PIECES = {
    "stool": PieceModel(stool, "seats", "Stool", "凳子"),
    "armchair": PieceModel(armchair, "seats", "Armchair", "扶手椅"),
    "bench": PieceModel(bench, "seats", "Bench", "长凳"),
    "pouf": PieceModel(pouf, "seats", "Pouf", "圆墩"),
    "dining_chair": PieceModel(dining_chair, "seats", "Chair", "椅子"),
}
