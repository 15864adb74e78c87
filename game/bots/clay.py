"""What the tour's maker brings along: a pair of loquats in clay, modelled in centimetres as many programs export."""

from dataclasses import replace

import numpy as np

from game.content.diy.bench_model import Growing, colour
from game.content.goods_model import Floats, written
from game.content.shapes import Shape, curve, grid, lathe, tube

SIDES = 40
CM = 100.0


def loquats() -> bytes:
    """A GLB of two loquats on a twig with three leaves, 34 cm high where a unit is a centimetre."""
    growing = Growing()
    skin, calyx, bark, leaf = (colour(each) for each in ("#f0a030", "#5a4024", "#7a5439", "#3f7d4e"))
    for x, y, size, lean_deg in ((-0.075, 0.0, 1.0, 9.0), (0.088, -0.02, 0.86, -14.0)):
        turn = (0.0, lean_deg, 0.0)
        growing.add(_fruit(size), skin, 0.42, at=(x, y, 0.0), turn_deg=turn)
        growing.add(_crown(size), calyx, 0.1, at=(x, y, 0.0), turn_deg=turn)
    twig = curve([(-0.055, 0.0, 0.185), (-0.02, 0.01, 0.235), (0.03, 0.01, 0.265), (0.10, 0.0, 0.30)], 5)
    growing.add(_twig(twig), bark, 0.1)
    fork = curve([(0.055, -0.02, 0.16), (0.045, -0.01, 0.21), (0.03, 0.01, 0.265)], 5)
    growing.add(_twig(fork), bark, 0.1)
    for x, z, yaw_deg, pitch_deg in ((0.03, 0.262, 155.0, -8.0), (0.06, 0.28, 20.0, 4.0), (0.09, 0.295, -40.0, -18.0)):
        growing.add(_leaf(), leaf, 0.3, at=(x, 0.01, z), turn_deg=(0.0, pitch_deg, yaw_deg))
    model = growing.model()
    return written(replace(model, points=model.points * CM))


def _fruit(size: float) -> Shape:
    profile = curve(
        [(0.0, 0.0), (0.045, 0.003), (0.083, 0.04), (0.09, 0.085), (0.072, 0.135), (0.04, 0.17), (0.012, 0.185),
         (0.0, 0.187)], 5,
    )  # fmt: skip
    return lathe((profile * size).tolist(), SIDES, crease_deg=80)


def _crown(size: float) -> Shape:
    """The dried flower at the foot, which shows as a dark ring."""
    ring = [(0.0, 0.004), (0.02, -0.001), (0.031, 0.003), (0.026, 0.007), (0.0, 0.008)]
    return lathe((np.array(ring) * size).tolist(), 16, crease_deg=70)


def _leaf() -> Shape:
    """A long leaf along +X from its stalk, folded along its middle, thick enough to be seen from both sides."""
    along = np.linspace(0.0, 1.0, 13)
    half = 0.036 * np.sin(np.pi * along**0.8) ** 0.9 + 0.0015
    rows = []
    for t, wide in zip(along, half, strict=True):
        x, lift = 0.20 * t, 0.035 * np.sin(np.pi * t * 0.9) - 0.03 * t
        rows.append([(x, -wide, lift + 0.3 * wide), (x, 0.0, lift), (x, wide, lift + 0.3 * wide),
                     (x, wide * 0.98, lift + 0.3 * wide - 0.004), (x, 0.0, lift - 0.004),
                     (x, -wide * 0.98, lift + 0.3 * wide - 0.004)])  # fmt: skip
    return grid(np.array(rows))


def _twig(path: Floats) -> Shape:
    return tube(path, np.linspace(0.0085, 0.006, len(path)).tolist(), 10)
