"""Pictures of things and people: a still life, a neighbour, cut paper, a pressed fern, and a window at rest."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import ball, lathe, tube
from assets.studio.palette import (
    BLUSH,
    BRASS,
    INK,
    IVORY,
    LEAF,
    MUSTARD,
    NAVY,
    PLUM,
    SAGE,
    TEAL,
    TERRA,
    WALNUT,
    rgb,
)
from assets.studio.picture_parts import (
    GILT,
    LINEN,
    MOULDED_PROFILE,
    arc_path,
    backed,
    blade,
    cut,
    disc,
    framed,
    low_relief,
    rect,
    ringed,
    shaded,
    stroke,
)


def lemon_still_life(b: Bag) -> None:
    """Lemons, a blue bowl and a jug on a dark table, in a moulded gilt frame."""
    w, h, frame = 0.62, 0.52, 0.075
    framed(b, w, h, width=frame, depth=0.05, colour=GILT, gloss=0.72, profile=MOULDED_PROFILE)
    iw, ih = w - 2 * frame + 0.012, h - 2 * frame + 0.012
    xs = np.linspace(-iw / 2, iw / 2, 9)
    with b.at(z=frame - 0.006, y=-0.004):
        backed(b, iw, ih, rgb("2d3b39"))
        shaded(b, xs, 0.1, ih, rgb("51604f"), rgb("26302f"), -0.001)
        shaded(b, xs, 0.0, 0.12, rgb("6b4230"), rgb("8f5c3d"), -0.0015)
        cloth = [(-0.235, 0.0), (0.06, 0.0), (0.1, 0.078), (-0.02, 0.1), (-0.235, 0.094)]
        cut(b, cloth, rgb("e6dcc8"), -0.003)
        for x in (-0.17, -0.1, -0.03):
            cut(b, [(x, 0.0), (x + 0.016, 0.0), (x + 0.03, 0.094)], rgb("cfc4b2"), -0.0036)
        for x, z, half in ((-0.12, 0.062, 0.085), (0.1, 0.057, 0.06), (0.185, 0.05, 0.036), (0.02, 0.03, 0.04)):
            cut(b, disc(x, z, half, 18, 0.18), rgb("43291f"), -0.0042)
        jug = [(0.03, 0), (0.052, 0.02), (0.066, 0.06), (0.06, 0.105), (0.038, 0.15), (0.032, 0.18), (0.042, 0.205)]
        b.add(low_relief(lathe(jug, 16, crease_deg=99), 0.3), rgb("b9c2b4"), 0.35, x=0.1, y=-0.006, z=0.056, jitter=0)
        b.add(low_relief(lathe([(0.058, 0.075), (0.06, 0.085), (0.059, 0.098)], 16, crease_deg=99), 0.31), NAVY, 0.3,
            x=0.1, y=-0.0066, z=0.058)  # fmt: skip
        handle = np.array([(0.138, -0.008, 0.24), (0.182, -0.008, 0.23), (0.185, -0.008, 0.17), (0.16, -0.008, 0.13)])
        b.add(tube(handle, 0.006, 6), rgb("a9b3a6"), 0.3)
        bowl = [(0.034, 0), (0.04, 0.008), (0.08, 0.04), (0.096, 0.075), (0.093, 0.078)]
        b.add(low_relief(lathe(bowl, 20, crease_deg=99), 0.3), rgb("3f6ea3"), 0.4, x=-0.12, y=-0.012, z=0.062, jitter=0)
        b.add(low_relief(lathe([(0.094, 0.068), (0.0965, 0.077), (0.09, 0.079)], 20, crease_deg=99), 0.31), IVORY,
            0.3, x=-0.12, y=-0.0125, z=0.062)  # fmt: skip
        lemon = [(0.0, 0.0), (0.006, 0.004), (0.022, 0.012), (0.033, 0.03), (0.033, 0.046), (0.021, 0.064),
            (0.007, 0.073), (0, 0.08)]  # fmt: skip
        spots = ((-0.175, 0.135, 65, 1.0, -0.008), (-0.115, 0.142, -50, 1.05, -0.01), (-0.068, 0.13, 20, 0.9, -0.006),
                 (-0.13, 0.175, 88, 0.92, -0.006))  # fmt: skip
        for x, z, turn, s, y in (*spots, (0.03, 0.026, -72, 1.0, -0.026)):
            with b.at(x=x, y=y, z=z, ry=turn, scale=s):
                fruit = low_relief(lathe(np.array(lemon) - (0, 0.04), 12, crease_deg=99), 0.42)
                b.add(fruit, rgb("f0c53c"), 0.3, jitter=0.06)
        for x, z, turn in ((-0.2, 0.16, 150), (-0.085, 0.17, 35), (-0.145, 0.2, 100), (0.062, 0.04, 30)):
            cut(b, blade(x, z, 0.06, 0.022, turn), LEAF * 0.6, -0.02)
        half_cut = np.array((0.185, 0.072))
        cut(b, disc(*half_cut, 0.036, 22), rgb("efc53e"), -0.012, 0.008)
        cut(b, disc(*half_cut, 0.032, 22), rgb("fbf0cf"), -0.0126)
        for k in range(8):
            turn = 45 * k + 10
            at = half_cut + 0.006 * np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
            cut(b, blade(at[0], at[1], 0.023, 0.017, turn), rgb("f6d767"), -0.0132)
        peel = arc_path(0.2, 0.02, 0.03, 100, 330, 10)
        stroke(b, peel, 0.01, rgb("f3cd4d"), -0.02, 0.4)


def neighbour_portrait(b: Bag) -> None:
    """The neighbour in her yellow coat, in an oval frame."""
    rx, rz = 0.24, 0.31
    with b.at(z=rz):
        ringed(b, rx, rz, width=0.042, depth=0.045, colour=rgb("6a3f2a"), gloss=0.55, profile=MOULDED_PROFILE, n=44)
        ringed(b, rx - 0.04, rz - 0.04, width=0.01, depth=0.026, colour=GILT, gloss=0.75, n=44)
        cut(b, disc(0, 0, rx - 0.045, 44, (rz - 0.045) / (rx - 0.045)), rgb("8fb0a3"), 0.002)
        cut(b, disc(0.02, 0.05, 0.15, 32, 1.2), rgb("a8c4b4"), 0.001)
        inner_x, inner_z = rx - 0.047, rz - 0.047

        def within(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
            out = []
            for x, z in points:
                far = np.hypot(x / inner_x, z / inner_z)
                out.append((x / max(far, 1), z / max(far, 1)))
            return out

        hair = rgb("3a2430")
        cut(b, disc(0.0, 0.07, 0.098, 30, 1.18), hair, -0.002, 0.002)
        cut(b, disc(0.055, 0.18, 0.046, 20), hair, -0.003, 0.002)
        stroke(b, arc_path(0.055, 0.18, 0.03, 40, 300, 12), 0.005, hair * 1.8, -0.0036, 0.5)
        coat = [(-0.19, -0.155), (-0.16, -0.2), (-0.1, -0.245), (0.0, -0.263), (0.1, -0.245), (0.16, -0.2),
            (0.19, -0.155),
                (0.15, -0.112), (0.065, -0.075), (0, -0.1), (-0.065, -0.075), (-0.15, -0.112)]  # fmt: skip
        cut(b, within(coat), MUSTARD * 1.08, -0.005, 0.002)
        neck = [(-0.034, -0.03), (-0.04, -0.1), (0, -0.135), (0.04, -0.1), (0.034, -0.03)]
        cut(b, neck, rgb("c08a68"), -0.0065)
        for way in (-1, 1):
            lapel = [(way * 0.045, -0.07), (way * 0.098, -0.078), (way * 0.09, -0.135), (way * 0.012, -0.215),
                (0, -0.17)]
            cut(b, within(lapel), MUSTARD * 0.82, -0.0072, 0.001)
        cut(b, [(-0.03, -0.118), (0.03, -0.118), (0.012, -0.168), (-0.012, -0.168)], TERRA, -0.0068)
        for z in (-0.2, -0.232):
            cut(b, disc(0.022, z, 0.008, 10), WALNUT, -0.0078)
        with b.at(y=-0.003, z=-0.052):
            face = low_relief(lathe([(0, 0), (0.03, 0.004), (0.06, 0.032), (0.074, 0.085), (0.07, 0.125),
                (0.045, 0.158), (0, 0.17)], 20, crease_deg=99), 0.14)  # fmt: skip
            b.add(face, rgb("dba680"), 0.1, jitter=0)
        y = -0.0145
        fringe = [(-0.08, 0.05), (-0.066, 0.098), (-0.03, 0.124), (0.03, 0.11), (0.066, 0.07), (0.08, 0.05),
            (0.083, 0.1),
                  (0.05, 0.148), (0, 0.162), (-0.05, 0.148), (-0.083, 0.1)]  # fmt: skip
        cut(b, fringe, hair, y, 0.004)
        stroke(b, [(-0.05, 0.142), (-0.01, 0.136), (0.04, 0.118)], 0.004, hair * 1.9, y - 0.0006, 0.4)
        for way in (-1, 1):
            x = way * 0.029
            cut(b, blade(x - 0.016, 0.042, 0.032, 0.013, 0), IVORY, y)
            cut(b, disc(x + 0.002, 0.042, 0.0062, 10), rgb("4b3a2c"), y - 0.0005)
            stroke(b, arc_path(x, 0.026, 0.025, 140, 40, 7), 0.0035, INK, y - 0.0008)
            stroke(b, arc_path(x, 0.03, 0.038, 128, 58, 7), 0.0055, hair, y - 0.0008, 0.5)
            cut(b, disc(way * 0.043, 0.006, 0.014, 14, 0.8), rgb("d98d78"), -0.0128)
        cut(b, [(0.0, 0.04), (0.0135, 0.004), (0.0, 0.001), (-0.004, 0.004)], rgb("c48b68"), y)
        cut(b, [(-0.021, -0.021), (-0.006, -0.015), (0, -0.017), (0.006, -0.015), (0.021, -0.021), (0, -0.033)],
            rgb("b2463f"), y)  # fmt: skip
        stroke(b, [(-0.02, -0.021), (0, -0.023), (0.02, -0.021)], 0.002, rgb("7b2c2c"), y - 0.0005)
        for way in (-1, 1):
            b.add(low_relief(ball(0.0105, 10, 3), 0.6), TEAL, 0.6, x=way * 0.077, y=-0.011, z=-0.012)
            stroke(b, [(way * 0.076, 0.026), (way * 0.077, 0.006)], 0.002, GILT, -0.0115)


def paper_shadows(b: Bag) -> None:
    """Cut paper in nine layers: arcs, a wave and a sun, each lifted so that it casts its own small shade."""
    side, frame = 0.7, 0.022
    framed(b, side, side, width=frame, depth=0.04, colour=INK * 0.7)
    inner = side - 2 * frame + 0.006
    with b.at(z=frame - 0.003):
        backed(b, inner, inner, rgb("f1ece0"))
        mat, edge = 0.07, inner / 2
        bevel = ((0.0, -1.0), (0.96, -1.0), (1.0, -0.9), (1.0, 0.0))
        framed(b, inner, inner, width=mat, depth=0.03, colour=LINEN * 1.02, gloss=0.05, profile=bevel, board=False)
        lo, hi = mat, inner - mat
        half = edge - mat
        cut(b, rect(-half, lo, half, hi), rgb("e9d9bd"), -0.001)
        corner = (-half, lo)
        for k, (r, colour) in enumerate(
            ((0.42, TERRA), (0.36, IVORY), (0.3, NAVY), (0.235, BLUSH), (0.17, MUSTARD), (0.1, PLUM))
        ):
            quarter = np.r_[[corner], arc_path(*corner, r, 0, 90, 18)]
            cut(b, quarter, colour, -0.004 - 0.0035 * k, 0.0035)
        for k, (r, colour) in enumerate(((0.2, TEAL), (0.145, SAGE), (0.085, rgb("1d3b49")))):
            half_disc = arc_path(half, hi - 0.17, r, 90, 270, 20)
            cut(b, half_disc, colour, -0.005 - 0.0045 * k, 0.0045)
        xs = np.linspace(-0.02, half, 15)
        for k, colour in enumerate((rgb("d96f4f"), rgb("efb34a"))):
            top = lo + 0.12 - 0.045 * k + 0.022 * np.sin(xs * 22 + k * 1.4)
            cut(b, [(xs[0] + 0.01, lo), (half, lo), *np.c_[xs, top][::-1].tolist()], colour, -0.013 - 0.006 * k, 0.006)
        cut(b, disc(-0.1, hi - 0.1, 0.058, 28), rgb("e2543a"), -0.012, 0.01)
        stroke(b, arc_path(-0.1, hi - 0.1, 0.085, 200, 20, 16), 0.008, INK, -0.004, 1.0)
        for k in range(3):
            cut(b, blade(0.06 + 0.05 * k, lo + 0.19, 0.12, 0.034, 96 - 14 * k), (INK, TEAL, TERRA)[k], -0.02, 0.006)


def pressed_fern(b: Bag) -> None:
    """A fern pressed in the wet spring, taped to its sheet and labelled, in thin brass."""
    w, h, frame = 0.36, 0.86, 0.011
    framed(b, w, h, width=frame, depth=0.022, colour=BRASS, gloss=0.8)
    iw, ih = w - 2 * frame + 0.004, h - 2 * frame + 0.004
    with b.at(z=frame - 0.002):
        backed(b, iw, ih, rgb("f4eddc"))
        u = np.linspace(0, 1, 16)
        stem = np.c_[0.03 - 0.06 * u + 0.035 * np.sin(u * 3.2), 0.13 + 0.66 * u]
        stroke(b, stem, 0.007, rgb("5d5a2c"), -0.003, 0.2)
        for k in range(15):
            q = 0.12 + 0.86 * k / 15
            x, z = (float(np.interp(q, u, stem[:, i])) for i in (0, 1))
            length = 0.135 * np.sin(np.pi * min(1, 0.16 + 0.86 * (1 - q) ** 0.75)) ** 0.9 + 0.012
            for way in (-1, 1):
                turn = np.radians(90 - way * (62 - 16 * q))
                green = (rgb("6f8f4a"), rgb("5d7f44"), rgb("7f9a55"))[(k + way) % 3]
                d = np.array([np.cos(turn), np.sin(turn)])
                stroke(b, np.array([(x, z), (x, z) + d * length]), 0.003, green * 0.7, -0.002, 0.4)
                for j in range(7):
                    at = np.array([x, z]) + d * length * (j + 0.7) / 7
                    size = length * 0.2 * (1 - 0.1 * j)
                    for s in (-1, 1):
                        tip = at + size * np.array([np.cos(turn + s * 1.0), np.sin(turn + s * 1.0)])
                        cut(b, [at - d * size * 0.34, tip, at + d * size * 0.42], green, -0.0028 - 0.0002 * (j % 2))
        for q, turn in ((0.03, 8), (0.5, -6)):
            x, z = (float(np.interp(q, u, stem[:, i])) for i in (0, 1))
            with b.at(x=x, z=z, ry=turn):
                cut(b, rect(-0.024, -0.006, 0.024, 0.006), rgb("e3d2a4"), -0.0042)
        cut(b, rect(0.03, 0.035, 0.15, 0.1), rgb("fbf7ec"), -0.002)
        for k, length in enumerate((0.085, 0.1, 0.06)):
            cut(b, rect(0.04, 0.082 - 0.016 * k, 0.04 + length, 0.086 - 0.016 * k), rgb("7a6a5a"), -0.0026)
        cut(b, disc(-0.115, 0.068, 0.021, 16), rgb("b4503f"), -0.002)
        cut(b, disc(-0.115, 0.068, 0.014, 16), rgb("f4eddc"), -0.0024)
        cut(b, blade(-0.115, 0.057, 0.022, 0.009, 90), rgb("b4503f"), -0.0028)


def blue_window(b: Bag) -> None:
    """A window at rest: shutters open on the sea, a chair, a cat that will not move."""
    w, h, frame = 0.5, 0.64, 0.03
    framed(b, w, h, width=frame, depth=0.034, colour=IVORY * 0.95)
    iw, ih = w - 2 * frame + 0.006, h - 2 * frame + 0.006
    xs = np.linspace(-iw / 2, iw / 2, 7)
    with b.at(z=frame - 0.003):
        backed(b, iw, ih, rgb("e2a58b"))
        shaded(b, xs, 0.13, ih, rgb("e8b296"), rgb("d98f78"), -0.001)
        shaded(b, xs, 0.0, 0.13, rgb("b98a5e"), rgb("d0a273"), -0.0012)
        cut(b, rect(-iw / 2, 0.125, iw / 2, 0.137), IVORY, -0.002)
        light = [(-0.17, 0.0), (0.05, 0.0), (0.09, 0.105), (-0.08, 0.105)]
        cut(b, light, rgb("f3cf8e"), -0.002)
        cut(b, rect(-0.11, 0.24, 0.1, 0.52), IVORY, -0.003, 0.002)
        cut(b, rect(-0.1, 0.25, 0.09, 0.51), rgb("a9d3e2"), -0.0036)
        cut(b, rect(-0.1, 0.25, 0.09, 0.365), rgb("2f7fa5"), -0.004)
        for x, z, half in ((-0.04, 0.345, 0.03), (0.03, 0.325, 0.04), (-0.05, 0.3, 0.035), (0.04, 0.28, 0.03)):
            cut(b, rect(x - half, z, x + half, z + 0.003), rgb("d5ecee"), -0.0044)
        cut(b, [(0.03, 0.368), (0.06, 0.368), (0.045, 0.42)], IVORY, -0.0046)
        for x, z, half in ((-0.05, 0.46, 0.03), (-0.03, 0.468, 0.022), (0.04, 0.44, 0.02)):
            cut(b, disc(x, z, half, 14, 0.4), IVORY, -0.0044 - 0.0001 * int(z * 1000 % 7))
        cut(b, rect(-0.009, 0.25, -0.001, 0.51), IVORY, -0.0052)
        for way in (-1, 1):
            x0 = -0.005 + way * 0.113
            shutter = [(x0, 0.235), (x0 + way * 0.072, 0.222), (x0 + way * 0.072, 0.54), (x0, 0.525)]
            cut(b, shutter, rgb("2f5f93"), -0.008, 0.004)
            for k in range(11):
                z = 0.25 + 0.024 * k
                cut(b, rect(min(x0 + way * 0.012, x0 + way * 0.06), z, max(x0 + way * 0.012, x0 + way * 0.06),
                    z + 0.008), rgb("4f83b5"), -0.0086)  # fmt: skip
        cut(b, rect(-0.125, 0.222, 0.115, 0.24), IVORY * 0.9, -0.009, 0.006)
        seat = rgb("c5563c")
        for x in (0.105, 0.19):
            stroke(b, [(x, 0.03), (x + 0.004, 0.13)], 0.009, WALNUT, -0.0075)
        for x in (0.125, 0.185):
            stroke(b, [(x, 0.13), (x + 0.012, 0.24)], 0.008, WALNUT, -0.0075)
        for z in (0.19, 0.225):
            stroke(b, [(0.128 + (z - 0.13) * 0.1, z), (0.19 + (z - 0.13) * 0.1, z)], 0.012, WALNUT, -0.0078)
        cut(b, [(0.088, 0.122), (0.2, 0.122), (0.207, 0.142), (0.1, 0.142)], seat, -0.0095, 0.003)
        cat = INK * 0.8
        body = [(-0.095, 0.24), (-0.02, 0.24), (-0.018, 0.262), (-0.035, 0.284), (-0.065, 0.288), (-0.09, 0.27)]
        cut(b, body, cat, -0.011, 0.004)
        cut(b, disc(-0.03, 0.292, 0.02, 14, 0.9), cat, -0.012, 0.004)
        for x in (-0.044, -0.024):
            cut(b, [(x - 0.006, 0.303), (x + 0.01, 0.303), (x + 0.002, 0.321)], cat, -0.0125)
            cut(b, disc(x + 0.008, 0.294, 0.0028, 6), MUSTARD, -0.0126)
        stroke(b, arc_path(-0.1, 0.222, 0.026, 60, 250, 10), 0.009, cat, -0.012, 0.5)
        cut(b, [(0.045, 0.24), (0.085, 0.24), (0.092, 0.272), (0.038, 0.272)], TERRA, -0.011, 0.004)
        for k, turn in enumerate((50, 75, 95, 118, 140)):
            cut(b, blade(0.065, 0.268, 0.055 - 0.004 * (k % 2), 0.016, turn), (LEAF, SAGE * 0.8)[k % 2],
                -0.0118 - 0.0002 * k)


GOODS = {
    "lemon_still_life": lemon_still_life,
    "neighbour_portrait": neighbour_portrait,
    "paper_shadows": paper_shadows,
    "pressed_fern": pressed_fern,
    "blue_window": blue_window,
}
