"""Kit pieces that carry goods: plinths, tables, busts, cases, a counter. Metres, front towards -Y."""



import numpy as np

from assets.studio.homeware_palette import ASH, CHALK, FERN, OAT
from assets.studio.kit import box, dome, grid, lathe, tube
from assets.studio.palette import BLUSH, BRASS, CREAM, IVORY, OAK, SAGE, TEAL, WALNUT, rgb
from assets.studio.piece_bag import PieceBag
from assets.studio.piece_model import PieceModel
from assets.studio.turning import curve


def plinth_low(b: PieceBag) -> None:
    """A low drum with a shadow gap at its foot."""
    r, h = 0.34, 0.42
    with b.painted("paint"):
        side = [
            (r - 0.025, 0),
            (r - 0.025, 0.03),
            (r, 0.032),
            (r, h * 0.5),
            (r, h - 0.014),
            (r - 0.004, h - 0.004),
            (r - 0.014, h),
            (0, h),
        ]
        b.add(lathe(side, 40), BLUSH * 0.9, 0.15, jitter=0)
    b.surface(0.5, 0.5, z=h)


def plinth_high(b: PieceBag) -> None:
    """A tall square plinth with a thin cap."""
    w, h = 0.34, 1.05
    with b.painted("paint"):
        b.add(box(w - 0.03, w - 0.03, 0.05, 0.004), CHALK * 0.8, 0.15, jitter=0)
        b.add(box(w, w, h - 0.075, 0.008), CHALK, 0.15, jitter=0, z=0.035)
        b.add(box(w + 0.03, w + 0.03, 0.04, 0.01), CHALK, 0.2, jitter=0, z=h - 0.04)
        for turn in range(4):
            with b.at(rz=90 * turn):
                b.add(box(w - 0.09, 0.012, h - 0.28, 0.004), CHALK * 0.95, 0.15, jitter=0, y=-w / 2, z=0.14)
    b.surface(w, w, z=h)


def plinth_fluted(b: PieceBag) -> None:
    """A fluted half column."""
    n, rows = 64, (0.06, 0.12, 0.4, 0.62, 0.7)
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    r = 0.2 - 0.014 * (0.5 + 0.5 * np.cos(t * 16)) ** 0.5
    with b.painted("paint"):
        b.add(lathe([(0.235, 0), (0.24, 0.012), (0.24, 0.04), (0.215, 0.06), (0.2, 0.062)], 28), IVORY, 0.2, jitter=0)
        b.add(grid(np.array([np.c_[r * np.cos(t), r * np.sin(t), np.full(n, z)] for z in rows])), IVORY, 0.2, jitter=0)
        top = [(0.2, 0.69), (0.225, 0.705), (0.24, 0.72), (0.24, 0.75), (0.234, 0.756), (0, 0.756)]
        b.add(lathe(top, 28), IVORY, 0.2, jitter=0)
    b.surface(0.36, 0.36, z=0.756)


def round_table(b: PieceBag) -> None:
    """A round pedestal table in two woods."""
    r, h = 0.5, 0.74
    with b.painted("leg"):
        foot = [
            (0.25, 0),
            (0.25, 0.02),
            (0.19, 0.045),
            (0.07, 0.08),
            (0.048, 0.18),
            (0.072, 0.34),
            (0.046, 0.5),
            (0.06, 0.6),
            (0.17, h - 0.05),
        ]
        b.add(lathe(foot, 20), WALNUT, 0.4)
    with b.painted("top"):
        b.add(
            lathe(
                [
                    (0, h - 0.046),
                    (r - 0.04, h - 0.046),
                    (r - 0.004, h - 0.03),
                    (r, h - 0.016),
                    (r - 0.004, h - 0.004),
                    (r - 0.016, h),
                    (0, h),
                ],
                36,
                crease_deg=60,
            ),
            OAK,
            0.55,
            jitter=0,
        )
    b.surface(0.76, 0.76, z=h)


def side_table(b: PieceBag) -> None:
    """A little table on three splayed legs."""
    r, h = 0.24, 0.5
    with b.painted("top"):
        b.add(
            lathe(
                [
                    (0, h - 0.03),
                    (r - 0.02, h - 0.03),
                    (r, h - 0.018),
                    (r, h + 0.004),
                    (r - 0.006, h + 0.008),
                    (r - 0.014, h),
                    (0, h),
                ],
                30,
                crease_deg=50,
            ),
            ASH,
            0.5,
            jitter=0,
        )
    with b.painted("leg"):
        for k in range(3):
            a = np.radians(90 + 120 * k)
            way = np.array([np.cos(a), np.sin(a), 0])
            leg = [way * 0.23, way * 0.18 + (0, 0, h * 0.5), way * 0.13 + (0, 0, h - 0.026)]
            b.add(tube(curve(leg, 2), [0.012, 0.015, 0.019, 0.019, 0.018], 8), ASH * 0.92, 0.4)
        ring = [(0.17 * np.cos(a), 0.17 * np.sin(a), 0.2) for a in np.linspace(0, 2 * np.pi, 19)]
        b.add(tube(ring, 0.007, 5), ASH * 0.92, 0.4)
    b.surface(0.32, 0.32, z=h)


def long_table(b: PieceBag) -> None:
    """A plank table on turned legs, room for a dozen things."""
    w, d, h = 1.6, 0.72, 0.75
    with b.painted("top"):
        for k in range(4):
            b.add(box(w, d / 4 - 0.003, 0.04, 0.01), OAK, 0.5, jitter=0.06, y=(k - 1.5) * d / 4, z=h - 0.04)
    with b.painted("leg"):
        for sx in (-1, 1):
            b.add(box(0.04, d - 0.16, 0.08, 0.008), WALNUT, 0.3, jitter=0.02, x=sx * (w / 2 - 0.13), z=h - 0.12)
            for sy in (-1, 1):
                leg = [
                    (0.022, 0),
                    (0.028, 0.03),
                    (0.02, 0.08),
                    (0.03, 0.3),
                    (0.036, 0.5),
                    (0.024, 0.56),
                    (0.036, 0.6),
                    (0.036, h - 0.04),
                ]
                b.add(lathe(leg, 12), WALNUT, 0.4, x=sx * (w / 2 - 0.13), y=sy * (d / 2 - 0.1))
        b.add(box(w - 0.3, 0.03, 0.07, 0.008), WALNUT, 0.3, jitter=0.02, y=-d / 2 + 0.1, z=h - 0.11)
        b.add(box(w - 0.3, 0.03, 0.07, 0.008), WALNUT, 0.3, jitter=0.02, y=d / 2 - 0.1, z=h - 0.11)
    b.surface(w - 0.06, d - 0.06, z=h)


def counter(b: PieceBag) -> None:
    """A counter to pay at: panelled front, oak top, a shelf behind."""
    w, d, h = 1.5, 0.6, 0.96
    with b.painted("paint"):
        b.add(box(w, d, h - 0.05, 0.02), SAGE * 0.75, 0.3, jitter=0)
        for k in range(3):
            x = -w / 2 + w / 3 * (k + 0.5)
            b.add(box(w / 3 - 0.08, 0.03, h - 0.36, 0.012), SAGE * 0.82, 0.3, jitter=0.01, x=x, y=-d / 2 - 0.004, z=0.2)
        for sx in (-1, 1):
            b.add(box(0.03, d - 0.14, h - 0.36, 0.012), SAGE * 0.82, 0.3, jitter=0, x=sx * (w / 2 + 0.004), z=0.2)
    with b.painted("top"):
        b.add(box(w + 0.05, d + 0.05, 0.12, 0.018), WALNUT, 0.3, jitter=0)
        b.add(box(w + 0.12, d + 0.12, 0.05, 0.022), OAK, 0.6, jitter=0, z=h - 0.05)
    for k in range(4):
        b.add(box(0.34, 0.02, 0.16, 0.006), WALNUT * 1.1, 0.3, x=-0.54 + 0.36 * k, y=d / 2 + 0.002, z=0.66)
        b.add(
            tube([(-0.6 + 0.36 * k, d / 2 + 0.025, 0.75), (-0.48 + 0.36 * k, d / 2 + 0.025, 0.75)], 0.008, 5),
            BRASS,
            0.7,
        )
    b.surface(w, d, z=h)


def bust(b: PieceBag) -> None:
    """A tailor's bust in linen on a turned foot, for scarves and tops."""
    n = 32
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    with b.painted("wood"):
        b.add(
            lathe([(0.15, 0), (0.155, 0.012), (0.14, 0.025), (0.03, 0.04), (0.018, 0.08), (0.018, 0.8)], 20),
            WALNUT,
            0.4,
        )
        b.add(
            lathe([(0.05, 1.405), (0.052, 1.42), (0.03, 1.435), (0.018, 1.45), (0.02, 1.475), (0, 1.482)], 14),
            WALNUT,
            0.4,
        )
    profile = ((0.78, 0.05, 0.04), (0.785, 0.13, 0.1), (0.84, 0.168, 0.125), (0.92, 0.155, 0.115), (1.02, 0.128, 0.098),
               (1.12, 0.148, 0.12), (1.22, 0.17, 0.128), (1.3, 0.168, 0.1), (1.345, 0.13, 0.075), (1.37, 0.07, 0.058),
               (1.405, 0.05, 0.05))  # fmt: skip
    rows = [np.c_[rx * np.cos(t), ry * np.sin(t) - 0.012 * (1.1 < z < 1.25), np.full(n, z)] for z, rx, ry in profile]
    with b.painted("cloth"):
        b.add(grid(np.array(rows)), OAT, 0.04, jitter=0)
        seam = [
            (0.0, -np.interp(z, [p[0] for p in profile], [p[2] for p in profile]) - 0.002 - 0.012 * (1.1 < z < 1.25), z)
            for z in np.linspace(0.8, 1.34, 12)
        ]
        b.add(tube(seam, 0.0025, 4), OAT * 0.7, 0.04, jitter=0)


def easel(b: PieceBag) -> None:
    """A painter's easel with a ledge for a picture."""
    with b.painted("wood"):
        for sx in (-1, 1):
            b.add(
                tube([(sx * 0.3, -0.2, 0), (sx * 0.16, -0.06, 0.85), (sx * 0.03, 0.06, 1.66)], [0.02, 0.018, 0.015], 6),
                OAK,
                0.4,
            )
        b.add(tube([(0, 0.42, 0), (0, 0.24, 0.8), (0, 0.07, 1.6)], [0.018, 0.016, 0.014], 6), OAK, 0.4)
        with b.at(y=-0.132, z=0.66, rx=-8):
            b.add(box(0.62, 0.07, 0.03, 0.008), OAK, 0.4, jitter=0.02, y=-0.01)
            b.add(box(0.62, 0.014, 0.05, 0.005), OAK, 0.4, jitter=0.02, y=-0.045)
        b.add(box(0.3, 0.03, 0.04, 0.008), OAK, 0.4, jitter=0.02, y=-0.02, z=1.12)
        b.add(box(0.05, 0.035, 0.5, 0.008), OAK, 0.4, jitter=0.02, y=0.045, z=1.28)
        b.add(box(0.1, 0.08, 0.05, 0.01), OAK * 0.9, 0.4, jitter=0.02, y=0.01, z=1.58)
    for z, x in ((1.14, 0.0), (0.7, 0.0)):
        b.add(
            lathe([(0.022, 0), (0.022, 0.012), (0, 0.014)], 12), BRASS, 0.7, x=x, y=-0.036 - 0.06 * (z < 1), z=z, rx=90
        )
    b.surface(0.6, 0.05, y=-0.135, z=0.7)


def glass_case(b: PieceBag) -> None:
    """A small show case: a velvet floor between slim brass bars under a lid."""
    w, d, h, foot = 0.7, 0.42, 1.12, 0.72
    with b.painted("wood"):
        b.add(box(w, d, 0.09, 0.014), WALNUT, 0.45, jitter=0, z=foot - 0.09)
        for sx in (-1, 1):
            for sy in (-1, 1):
                b.add(
                    lathe([(0.013, 0), (0.018, 0.3), (0.022, foot - 0.09)], 10),
                    WALNUT,
                    0.4,
                    x=sx * (w / 2 - 0.05),
                    y=sy * (d / 2 - 0.05),
                )
    with b.painted("cloth"):
        b.add(box(w - 0.05, d - 0.05, 0.012, 0.004), FERN * 1.1, 0.03, jitter=0, z=foot)
    with b.painted("metal"):
        for sx in (-1, 1):
            for sy in (-1, 1):
                b.add(
                    box(0.014, 0.014, h - foot, 0.003),
                    BRASS,
                    0.75,
                    jitter=0,
                    x=sx * (w / 2 - 0.012),
                    y=sy * (d / 2 - 0.012),
                    z=foot,
                )
            b.add(box(0.016, d, 0.016, 0.003), BRASS, 0.75, jitter=0, x=sx * (w / 2 - 0.012), z=h - 0.016)
            b.add(box(w, 0.016, 0.016, 0.003), BRASS, 0.75, jitter=0, y=sx * (d / 2 - 0.012), z=h - 0.016)
            b.add(box(0.016, d, 0.016, 0.003), BRASS, 0.75, jitter=0, x=sx * (w / 2 - 0.012), z=foot)
            b.add(box(w, 0.016, 0.016, 0.003), BRASS, 0.75, jitter=0, y=sx * (d / 2 - 0.012), z=foot)
    b.surface(w - 0.08, d - 0.08, z=foot + 0.012, free_m=h - foot - 0.04)


def hat_stand(b: PieceBag) -> None:
    """A turned stand for a hat; its head rises into the crown."""
    h = 0.3
    with b.painted("wood"):
        profile = [
            (0.085, 0),
            (0.088, 0.006),
            (0.085, 0.013),
            (0.03, 0.022),
            (0.014, 0.04),
            (0.012, h * 0.45),
            (0.02, h * 0.5),
            (0.012, h * 0.56),
            (0.012, h - 0.03),
            (0.05, h - 0.01),
        ]
        b.add(lathe([*profile, *dome(0.075, 0.06, h, 5)], 20), WALNUT, 0.4)
    b.surface(0.03, 0.03, z=h)


def shoe_step(b: PieceBag) -> None:
    """A flight of three low steps for shoes and small things."""
    w = 0.8
    with b.painted("paint"):
        for k in range(3):
            y, z = 0.24 - 0.24 * k, 0.45 - 0.15 * k
            b.add(box(w, 0.235, z - 0.022, 0.005), CREAM, 0.2, jitter=0, y=y)
    with b.painted("top"):
        for k in range(3):
            y, z = 0.24 - 0.24 * k, 0.45 - 0.15 * k
            b.add(box(w + 0.02, 0.25, 0.024, 0.01), OAK, 0.5, jitter=0.05, y=y, z=z - 0.024)
            b.surface(w - 0.02, 0.23, y=y, z=z)
        for sx in (-1, 1):
            b.add(box(0.02, 0.72, 0.05, 0.006), OAK * 0.9, 0.4, jitter=0.02, x=sx * (w / 2 + 0.0))


def tiered_stand(b: PieceBag) -> None:
    """Three round trays on one stem, for small goods on a table."""
    with b.painted("metal"):
        b.add(lathe([(0.06, 0), (0.062, 0.008), (0.012, 0.02), (0.007, 0.03), (0.007, 0.44)], 16), BRASS, 0.7)
        ring = [(0.024 * np.cos(a), 0, 0.462 + 0.024 * np.sin(a)) for a in np.linspace(-np.pi / 2, 1.5 * np.pi, 15)]
        b.add(tube(ring, 0.005, 5), BRASS, 0.7)
    with b.painted("tray"):
        for z, r in ((0.06, 0.2), (0.22, 0.15), (0.36, 0.1)):
            tray = [
                (0, z - 0.008),
                (r - 0.01, z - 0.006),
                (r, z + 0.006),
                (r + 0.002, z + 0.016),
                (r - 0.006, z + 0.015),
                (r - 0.012, z),
                (0, z),
            ]
            b.add(lathe(tray, 28, crease_deg=60), rgb("f3e3d3"), 0.5, jitter=0)
            b.surface(r * 1.3, r * 1.3, z=z, free_m=0.14 if z < 0.3 else 0)


def desk(b: PieceBag) -> None:
    """A writing desk with two drawers on tapered legs."""
    w, d, h = 1.2, 0.56, 0.75
    with b.painted("top"):
        b.add(box(w, d, 0.03, 0.01), OAK, 0.5, jitter=0, z=h - 0.03)
        b.add(box(w - 0.02, 0.02, 0.07, 0.006), OAK, 0.5, jitter=0, y=d / 2 - 0.012, z=h)
    with b.painted("paint"):
        b.add(box(w - 0.06, d - 0.06, 0.13, 0.006), TEAL * 0.7, 0.3, jitter=0, z=h - 0.16)
        for sx in (-1, 1):
            b.add(
                box(w / 2 - 0.07, 0.02, 0.1, 0.006),
                TEAL * 0.78,
                0.3,
                jitter=0,
                x=sx * (w / 4 - 0.015),
                y=-d / 2 + 0.024,
                z=h - 0.145,
            )
    for sx in (-1, 1):
        b.add(
            lathe([(0.006, 0), (0.006, 0.012), (0.015, 0.02), (0.011, 0.03), (0, 0.032)], 10),
            BRASS,
            0.7,
            x=sx * (w / 4 - 0.015),
            y=-d / 2 + 0.016,
            z=h - 0.095,
            rx=90,
        )
    with b.painted("leg"):
        for sx in (-1, 1):
            for sy in (-1, 1):
                b.add(
                    lathe([(0.014, 0), (0.018, 0.1), (0.028, h - 0.03)], 10),
                    WALNUT,
                    0.4,
                    x=sx * (w / 2 - 0.07),
                    y=sy * (d / 2 - 0.07),
                )
    b.surface(w - 0.06, d - 0.1, y=-0.02, z=h)


PIECES = {
    "plinth_low": PieceModel(plinth_low, "stands", "Low plinth", "矮展台"),
    "plinth_high": PieceModel(plinth_high, "stands", "Tall plinth", "高展台"),
    "plinth_fluted": PieceModel(plinth_fluted, "stands", "Fluted column", "凹槽柱"),
    "round_table": PieceModel(round_table, "stands", "Round table", "圆桌"),
    "side_table": PieceModel(side_table, "stands", "Side table", "边几"),
    "long_table": PieceModel(long_table, "stands", "Long table", "长桌"),
    "desk": PieceModel(desk, "stands", "Writing desk", "书桌"),
    "counter": PieceModel(counter, "stands", "Counter", "柜台"),
    "bust": PieceModel(bust, "stands", "Tailor's bust", "半身人台"),
    "easel": PieceModel(easel, "stands", "Easel", "画架"),
    "glass_case": PieceModel(glass_case, "stands", "Show case", "展示柜"),
    "hat_stand": PieceModel(hat_stand, "stands", "Hat stand", "帽架", "surface"),
    "tiered_stand": PieceModel(tiered_stand, "stands", "Tiered stand", "三层托盘", "surface"),
    "shoe_step": PieceModel(shoe_step, "stands", "Shoe steps", "鞋阶"),
}
