"""Goods for the home: lamps, chairs, vases. Metres, bottom centre on the origin, front towards -Y."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, ball, bent, box, dome, fan, grid, join, lathe, tube
from assets.studio.palette import BRASS, INK, IVORY, MUSTARD, OAK, PLUM, SAGE, TEAL, TERRA, WALNUT, Colour, rgb

GLOWING = np.array([1.0, 0.86, 0.62])
CELADON = rgb("a8c3a6")


def paper_lantern_lamp(b: Bag) -> None:
    """A ribbed paper globe on a little walnut foot."""
    b.add(
        lathe([(0.085, 0), (0.088, 0.006), (0.086, 0.016), (0.02, 0.024), (0.014, 0.03), (0.014, 0.1)], 20),
        WALNUT,
        0.45,
    )
    t = np.linspace(-1.22, 1.22, 23)
    ribs = 1 + 0.018 * np.where(np.arange(23) % 2, 1, -1)
    globe = np.c_[0.135 * np.cos(t) * ribs, 0.245 + 0.145 * np.sin(t)]
    b.add(lathe(globe, 24, crease_deg=99), GLOWING, 0.03, jitter=0.01)
    for z, s in ((globe[0, 1], -1), (globe[-1, 1], 1)):
        b.add(lathe([(0.051, -0.006), (0.055, 0), (0.051, 0.006)], 20, crease_deg=99), WALNUT, 0.35, z=z + s * 0.001)
    b.add(lathe([(0.05, 0), (0, 0.003)], 16), WALNUT * 0.5, 0.1, z=globe[-1, 1] - 0.003)
    b.add(tube([(0, 0, globe[-1, 1]), (0, 0, globe[-1, 1] + 0.014)], 0.008, 6), BRASS, 0.7)


def brass_desk_lamp(b: Bag) -> None:
    """A jointed arm with a green enamel hood that leans over the page."""
    b.add(lathe([(0.085, 0), (0.088, 0.008), (0.08, 0.02), (0.03, 0.028), (0.016, 0.036), (0, 0.038)], 24), BRASS, 0.75)
    elbow, neck = np.array([0, 0.06, 0.23]), np.array([0, -0.02, 0.385])
    b.add(tube([(0, 0.0, 0.03), (0, 0.03, 0.13), elbow], 0.0075, 8), BRASS, 0.75)
    b.add(tube([elbow, (elbow + neck) / 2, neck], 0.0075, 8), BRASS, 0.75)
    for p in (elbow, neck):
        b.add(ball(0.015, 10), BRASS, 0.8, x=p[0], y=p[1], z=p[2] - 0.015)
    with b.at(x=0, y=neck[1], z=neck[2], rx=28):
        hood = [
            (0.098, -0.085),
            (0.095, -0.06),
            (0.075, -0.025),
            (0.04, -0.002),
            (0.02, 0.006),
            (0.016, 0.03),
            (0, 0.031),
        ]
        b.add(lathe(hood, 26, crease_deg=70), TEAL * 0.55 + SAGE * 0.1, 0.6)
        b.add(
            lathe(
                [(0.018, -0.004), (0.038, -0.01), (0.072, -0.032), (0.092, -0.063), (0.098, -0.085)], 26, crease_deg=99
            ),
            IVORY,
            0.2,
        )
        b.add(lathe([(0.0, -0.068), (0.02, -0.06), (0.026, -0.04), (0.012, -0.01)], 12, crease_deg=99), GLOWING, 0.1)
    b.add(lathe([(0.008, 0), (0.008, 0.01), (0, 0.012)], 8), INK, 0.4, x=0.045, z=0.022)


def mushroom_lamp(b: Bag) -> None:
    """A fat little lamp with a glazed cap."""
    stem = [(0.075, 0), (0.08, 0.01), (0.076, 0.03), (0.052, 0.075), (0.044, 0.13), (0.05, 0.18), (0.058, 0.2)]
    b.add(lathe(stem, 24, crease_deg=60), IVORY, 0.35)
    under = [(0.0, 0.192), (0.05, 0.19), (0.115, 0.178), (0.138, 0.172)]
    b.add(lathe([(r, z) for r, z in under[::-1]], 28, crease_deg=99), GLOWING * 0.95, 0.1)
    cap = bent(
        lathe(
            [(0.138, 0.172), (0.146, 0.182), (0.142, 0.205), (0.122, 0.25), (0.088, 0.288), (0.045, 0.31), (0, 0.317)],
            28,
            crease_deg=99,
        ),
        lambda v: v,
    )
    b.add(cap, TERRA, 0.65)
    for k in range(9):
        a, up = k * 2.4, 0.45 + 0.1 * (k % 4)
        r = 0.137 * np.cos(up) + 0.004
        x, y, z = r * np.cos(a), r * np.sin(a), 0.176 + 0.14 * np.sin(up)
        spot = lathe([(0.015 - 0.002 * (k % 3), 0), *dome(0.013 - 0.002 * (k % 3), 0.004, 0.0, 2)], 10, crease_deg=99)
        with b.at(x=x, y=y, z=z, rz=np.degrees(a)), b.at(ry=88 - np.degrees(up) * 0.95):
            b.add(spot, IVORY, 0.6)


def bentwood_chair(b: Bag) -> None:
    """A café chair: hoops of steamed beech and a cane seat."""
    wood = WALNUT * 0.95 + TERRA * 0.08
    seat_z = 0.46
    b.add(
        lathe(
            [
                (0.2, seat_z - 0.028),
                (0.212, seat_z - 0.014),
                (0.206, seat_z),
                (0.186, seat_z + 0.004),
                (0.18, seat_z - 0.002),
            ],
            30,
            crease_deg=99,
        ),
        wood,
        0.5,
    )
    b.add(
        lathe(
            [(0.183, seat_z - 0.012), (0.183, seat_z - 0.003), (0.1, seat_z - 0.008), (0, seat_z - 0.01)],
            24,
            crease_deg=30,
        ),
        OAK * 1.15,
        0.1,
    )
    b.add(lathe([(0, seat_z - 0.02), (0.19, seat_z - 0.02)], 24), OAK * 0.8, 0.1)
    for sx in (-1, 1):
        b.add(
            tube(
                [(sx * 0.17, -0.185, 0), (sx * 0.155, -0.165, 0.2), (sx * 0.135, -0.14, seat_z - 0.01)],
                [0.014, 0.015, 0.018],
                8,
            ),
            wood,
            0.5,
        )
    back = []
    for u in np.linspace(0, 1, 25):
        a = np.pi * u
        x, z = 0.205 * np.cos(a), 0.52 + 0.345 * np.sin(a) ** 0.8
        lean = 0.165 + 0.1 * (z - seat_z)
        back.append((x if 0.1 < u < 0.9 else x * 0.97, lean, z))
    legs = [[(s * 0.175, 0.215, 0), (s * 0.178, 0.19, 0.22), (s * 0.19, 0.165, seat_z)] for s in (1, -1)]
    b.add(tube([*legs[0], *back, *legs[1][::-1]], 0.0145, 8), wood, 0.5)
    inner = [
        (
            0.12 * np.cos(np.pi * u),
            0.168 + 0.1 * (0.27 * np.sin(np.pi * u) ** 0.8 + 0.02),
            seat_z + 0.01 + 0.27 * np.sin(np.pi * u) ** 0.8,
        )
        for u in np.linspace(0, 1, 19)
    ]
    b.add(tube(inner, 0.011, 7), wood, 0.5)
    ring = [(0.15 * np.cos(a), 0.15 * np.sin(a) + 0.005, 0.2) for a in np.linspace(0, 2 * np.pi, 25)]
    b.add(tube(ring, 0.009, 6), wood, 0.5)


def oak_stool(b: Bag) -> None:
    """A three-legged stool with a dished seat."""
    top = [(0.16, 0.415), (0.176, 0.425), (0.178, 0.44), (0.168, 0.452), (0.12, 0.447), (0.05, 0.443), (0, 0.442)]
    b.add(lathe(top, 30, crease_deg=70), OAK, 0.45)
    b.add(lathe([(0, 0.415), (0.16, 0.415)], 24), OAK * 0.7, 0.1)
    for k in range(3):
        a = np.radians(90 + 120 * k)
        foot, head = (
            np.array([0.172 * np.cos(a), 0.172 * np.sin(a), 0]),
            np.array([0.09 * np.cos(a), 0.09 * np.sin(a), 0.42]),
        )
        path = [foot + (head - foot) * q for q in (0, 0.25, 0.5, 0.8, 1)]
        b.add(tube(path, [0.014, 0.018, 0.021, 0.018, 0.018], 9), OAK * 0.95, 0.4)
    for k in range(3):
        a0, a1 = (np.radians(90 + 120 * q) for q in (k, k + 1))
        z = 0.15 + 0.02 * k
        r = 0.172 - 0.082 * z / 0.42
        ends = [(r * np.cos(a), r * np.sin(a), z) for a in (a0, a1)]
        b.add(tube([ends[0], tuple(np.mean(ends, 0)), ends[1]], 0.0095, 7), OAK * 0.85, 0.4)


def velvet_armchair(b: Bag) -> None:
    """A tub chair in teal velvet on brass-tipped legs."""
    velvet, dark = TEAL * 0.92, TEAL * 0.78
    n, rows = 28, []
    sweep = np.radians(np.linspace(-28, 208, n))
    height = 0.60 + 0.16 * np.clip(np.sin(sweep), 0, 1) ** 1.5
    for ring, (r, z_of) in enumerate(
        (
            (0.26, lambda h: np.full(n, 0.2)),
            (0.265, lambda h: h * 0.6),
            (0.268, lambda h: h - 0.03),
            (0.29, lambda h: h - 0.004),
            (0.315, lambda h: h),
            (0.34, lambda h: h - 0.008),
            (0.358, lambda h: h - 0.035),
            (0.355, lambda h: h * 0.6),
            (0.335, lambda h: np.full(n, 0.14)),
            (0.27, lambda h: np.full(n, 0.135)),
        )
    ):
        pleat = 1 + (0.012 * np.cos(np.arange(n) * np.pi) if ring in (1,) else 0)
        rows.append(np.c_[r * 1.02 * np.cos(sweep) * pleat, r * np.sin(sweep) * pleat + 0.01, z_of(height)])
    shell = np.array(rows).transpose(1, 0, 2)
    b.add(grid(shell[::-1]), velvet, 0.1)
    for k in (0, -1):
        end = shell[k] if k else shell[k][::-1]
        centre = end.mean(0)
        outward = np.cross(end[3] - centre, end[4] - centre)
        b.add(fan(end, outward / np.linalg.norm(outward)), velvet, 0.1)
    cushion = [
        (0.0, 0.3),
        (0.2, 0.3),
        (0.248, 0.315),
        (0.255, 0.35),
        (0.245, 0.39),
        (0.2, 0.41),
        (0.1, 0.418),
        (0, 0.42),
    ]
    seat = bent(
        lathe(cushion, 28, crease_deg=99),
        lambda v: np.c_[v[:, 0], np.where(v[:, 1] < 0, v[:, 1] * 1.16, v[:, 1]) - 0.01, v[:, 2]],
    )
    b.add(seat, velvet * 1.06, 0.08)
    base = bent(
        lathe([(0, 0.13), (0.24, 0.13), (0.262, 0.15), (0.262, 0.3), (0, 0.305)], 28),
        lambda v: np.c_[v[:, 0], np.where(v[:, 1] < 0, v[:, 1] * 1.1, v[:, 1]), v[:, 2]],
    )
    b.add(base, dark, 0.08)
    for sx in (-1, 1):
        for y in (-0.2, 0.22):
            b.add(tube([(sx * 0.23, y * 1.08, 0.035), (sx * 0.2, y, 0.15)], [0.013, 0.022], 8), WALNUT, 0.4)
            b.add(tube([(sx * 0.239, y * 1.11, 0), (sx * 0.2295, y * 1.08, 0.037)], [0.0115, 0.0145], 8), BRASS, 0.8)
    with b.at(y=0.12, z=0.42, rx=-14, rz=6):
        pillow = box(0.34, 0.1, 0.26, 0.045)
        b.add(
            bent(
                pillow, lambda v: np.c_[v[:, 0] * (1 - 0.25 * np.abs(v[:, 2] / 0.13 - 1) ** 2 * 0.3), v[:, 1], v[:, 2]]
            ),
            MUSTARD,
            0.03,
        )


def _glazed(
    b: Bag, profile: list, colour: Colour, rim: Colour, n: int = 28, gloss: float = 0.6, inside: float = 0.45
) -> None:
    """A pot from its outside profile, foot to lip, with a lip and a dark inside."""
    r, z = profile[-1]
    b.add(lathe(profile, n, crease_deg=75), colour, gloss)
    b.add(
        lathe([(r, z), (r - 0.003, z + 0.004), (r - 0.009, z + 0.001), (r - 0.012, z - 0.02)], n, crease_deg=120),
        rim,
        gloss,
    )
    b.add(
        lathe([(r - 0.012, z - 0.02), (max(r - 0.03, 0.004), z - 0.07), (0, z - 0.075)], n, crease_deg=120),
        colour * inside,
        0.1,
    )


def celadon_vase(b: Bag) -> None:
    """A meiping shoulder in grey-green glaze, crackled gold at the foot."""
    profile = [
        (0.056, 0),
        (0.06, 0.012),
        (0.062, 0.05),
        (0.074, 0.11),
        (0.094, 0.18),
        (0.107, 0.235),
        (0.104, 0.275),
        (0.08, 0.308),
        (0.048, 0.325),
        (0.034, 0.338),
        (0.032, 0.352),
        (0.042, 0.366),
    ]
    b.add(lathe([(0.0565, 0.001), (0.061, 0.008), (0.0625, 0.03), (0.0615, 0.034)], 28, crease_deg=99), BRASS, 0.7)
    _glazed(b, profile, CELADON, CELADON * 0.8, 30, 0.72)
    for k in range(3):
        z = 0.246 + 0.013 * k
        r = np.interp(z, [q[1] for q in profile], [q[0] for q in profile])
        b.add(
            lathe([(r - 0.002, z), (r + 0.0015, z + 0.002), (r - 0.002, z + 0.004)], 30, crease_deg=99),
            CELADON * 0.72,
            0.6,
        )


def ribbed_vase(b: Bag) -> None:
    """A fluted terracotta cylinder dipped in cream slip."""
    n = 48
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    profile = [
        (0.075, 0),
        (0.086, 0.012),
        (0.093, 0.06),
        (0.095, 0.13),
        (0.09, 0.2),
        (0.074, 0.25),
        (0.068, 0.27),
        (0.078, 0.288),
    ]

    def fluted(rows: list, fade: float) -> Shape:
        return grid(
            np.array(
                [
                    np.c_[
                        r * (1 + 0.03 * fade * np.cos(16 * t)) * np.cos(t),
                        r * (1 + 0.03 * fade * np.cos(16 * t)) * np.sin(t),
                        np.full(n, z),
                    ]
                    for r, z in rows
                ]
            )
        )

    b.add(fluted(profile[:5], 1.0), TERRA * 1.05, 0.15)
    b.add(fluted(profile[4:7], 1.0), IVORY, 0.55)
    _glazed(b, [(0.068, 0.27), (0.078, 0.288)], IVORY, IVORY, 32, 0.55)


def bud_vase(b: Bag) -> None:
    """A plum bulb for a single loquat sprig."""
    profile = [
        (0.03, 0),
        (0.042, 0.008),
        (0.058, 0.035),
        (0.056, 0.062),
        (0.036, 0.088),
        (0.019, 0.11),
        (0.015, 0.145),
        (0.02, 0.162),
    ]
    _glazed(b, profile, PLUM, PLUM * 1.3, 24, 0.68)
    sprig = [(0, 0, 0.12), (0.004, -0.002, 0.17), (0.016, -0.006, 0.215), (0.034, -0.01, 0.25)]
    b.add(tube(sprig, 0.0028, 5), WALNUT, 0.1)
    for k, (x, z, turn, lean) in enumerate(
        ((0.006, 0.185, 150, 30), (0.018, 0.215, -20, 40), (0.03, 0.24, 200, 65), (0.034, 0.248, 10, 20))
    ):
        with b.at(x=x, y=-0.006, z=z, rz=turn, ry=-lean):
            leaf(b, 0.085 - 0.008 * k)
    for x, y, z in ((0.03, -0.018, 0.222), (0.044, -0.004, 0.228), (0.028, 0.004, 0.232)):
        b.add(ball(0.0125, 9, 3, 1.1), rgb("f0a030"), 0.35, x=x, y=y, z=z)


def leaf(b: Bag, length: float, colour: Colour | None = None) -> None:
    """One loquat leaf along +X from the origin, arched, visible from both sides."""
    u = np.linspace(0, 1, 5)
    half = length * 0.19 * np.sin(np.pi * np.clip(0.06 + 0.94 * u, 0, 1)) ** 0.8
    z = length * 0.22 * np.sin(u * 2.4)
    p = np.stack([np.c_[u * length, -half, z], np.c_[u * length, 0 * u, z - half * 0.3], np.c_[u * length, half, z]], 1)
    face = grid(p, wrap=False)
    green = rgb("54793f") if colour is None else colour
    up = face.n[:, 2].mean() > 0
    v, n, f = face
    f = f if up else f[:, ::-1]
    n = n if up else -n
    both = join(Shape(v + n * 0.0006, n, f), Shape(v - n * 0.0006, -n, f[:, ::-1]))
    b.add(both, green, 0.35, jitter=0.12)


GOODS = {
    "paper_lantern_lamp": paper_lantern_lamp,
    "brass_desk_lamp": brass_desk_lamp,
    "mushroom_lamp": mushroom_lamp,
    "bentwood_chair": bentwood_chair,
    "oak_stool": oak_stool,
    "velvet_armchair": velvet_armchair,
    "celadon_vase": celadon_vase,
    "ribbed_vase": ribbed_vase,
    "bud_vase": bud_vase,
}
