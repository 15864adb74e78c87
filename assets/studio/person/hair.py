"""Hair, white so that it can be coloured; what a hat covers (above HAT_LINE) is a mesh of its own."""

import numpy as np

from .body import skull
from .parts import Part
from .shapes import Array, Shape, ball, blend, mirrored, raised, smax, smin, smoothstep, torus, tube, vec

HAT_LINE = 1.529
BOX = ((-0.19, -0.19, 1.24), (0.19, 0.21, 1.70))


def locks(p: Array, depth: float, n: int) -> Array:
    """Waves around the head that read as locks of hair."""
    return depth * np.cos(n * np.arctan2(p[:, 0], -(p[:, 1] - 0.03)) + 26 * (p[:, 2] - 1.4))


def cap_of_hair(p: Array, thick: float, line: tuple[float, float, float], drop: float) -> Array:
    """A cap of hair with an oval cut out for the face."""
    q = mirrored(p)
    d = smax(skull(q) - thick - locks(p, 0.0022, 17), -ball(q, vec(0, -0.165, drop), line), 0.006)
    return smax(d, -skull(q) - 0.012, 0.004)


def bob(p: Array) -> Array:
    """Chin-long, with a fringe swept to one side."""
    q = mirrored(p)
    cheeks = ball(q, vec(0.055, 0.035, 1.405), (0.082, 0.094, 0.092))
    full = blend(0.05, skull(q) - 0.021, cheeks) - locks(p, 0.0032, 13)
    fringe = mirrored(raised(p, 0.16 * p[:, 0] + 0.0045 * np.cos(95 * p[:, 0])))
    crown = full - 0.007 * smoothstep(1.49, 1.54, p[:, 2])
    d = smax(crown, -ball(fringe, vec(0, -0.170, 1.402), (0.102, 0.172, 0.124)), 0.005)
    d = smax(d, 1.318 + 0.10 * np.maximum(-q[:, 1], -0.06) - p[:, 2], 0.02)
    return smax(d, -(skull(q) + 0.012), 0.004)


def short(p: Array) -> Array:
    """Short, with a quiff."""
    q = mirrored(p)
    cap = cap_of_hair(p, 0.019, (0.103, 0.15, 0.126), 1.400)
    d = smax(cap, -ball(q, vec(0.125, 0.0, 1.425), (0.05, 0.048, 0.055)), 0.012)
    d = smax(d, 1.385 - 0.25 * np.clip(-p[:, 1] - 0.02, -0.05, 0.1) - p[:, 2], 0.02)
    for x, z in ((-0.07, 1.545), (-0.036, 1.562), (0.0, 1.572), (0.036, 1.570), (0.068, 1.556)):
        root = vec(x - 0.015, -0.070, z - 0.022)
        mid, tip = vec(x, -0.112 + abs(x) * 0.25, z - 0.004), vec(x * 1.05 + 0.026, -0.108 + abs(x) * 0.3, z + 0.030)
        d = smin(d, tube(p, (root, mid, tip), (0.024, 0.026, 0.011)), 0.016)
    return d


def bun(p: Array) -> Array:
    """Swept back into a bun."""
    q, c = mirrored(p), vec(0, 0.085, 1.612)
    cap = cap_of_hair(p, 0.018, (0.100, 0.15, 0.128), 1.402)
    d = smax(cap, -ball(q, vec(0.128, -0.005, 1.425), (0.045, 0.042, 0.052)), 0.012)
    swept = smax(d, 1.350 + 0.3 * np.clip(-p[:, 1], -0.03, 0.05) - p[:, 2], 0.02)
    turns = 5 * np.arctan2(p[:, 0], p[:, 2] - c[2]) + 40 * np.linalg.norm(p - c, axis=1)
    knot = ball(p, c, (0.062, 0.056, 0.058)) - 0.0035 * np.cos(turns)
    return np.minimum(swept, smin(knot, torus(p, vec(0, 0.068, 1.575), 0.030, 0.010), 0.01))


def _part(shape: Shape) -> Part:
    return Part(
        colour="#ffffff", shape=shape, box=BOX, triangles=2200, gloss=0.12, cuts=((vec(0, 0, HAT_LINE), vec(0, 0, 1)),)
    )


HAIRS = {"bob": _part(bob), "short": _part(short), "bun": _part(bun)}
