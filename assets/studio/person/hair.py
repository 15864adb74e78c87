"""Hair and beards, white so that they can be coloured; what a hat covers (above HAT_LINE) is a mesh of its own."""

from dataclasses import dataclass

import numpy as np

from .body import MOUTH_Z, face_point, skull
from .goods import coat
from .shapes import Array, Shape, ball, blend, mirrored, raised, smax, smin, smoothstep, torus, tube, vec

HAT_LINE = 1.529
BOX = ((-0.22, -0.21, 1.02), (0.22, 0.29, 1.72))


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
    d = smax(d, -ball(q, vec(0.100, -0.092, 1.448), 0.040), 0.010)
    d = smax(d, 1.385 + 0.6 * np.clip(-p[:, 1], -0.05, 0.08) - p[:, 2], 0.02)
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


def curls(p: Array) -> Array:
    """A round head of tight curls."""
    q = mirrored(p)
    cloud = blend(0.06, ball(q, vec(0, 0.035, 1.515), (0.168, 0.165, 0.150)), skull(q) - 0.040)
    lumps = 0.0075 * (np.cos(11 * np.arctan2(p[:, 0], -(p[:, 1] - 0.03))) * np.cos(62 * (p[:, 2] - 1.5)))
    d = smax(cloud - lumps, -ball(q, vec(0, -0.190, 1.392), (0.104, 0.160, 0.138)), 0.014)
    d = smax(d, 1.372 + 0.40 * np.clip(-p[:, 1], -0.12, 0.05) - p[:, 2], 0.03)
    return smax(d, -(skull(q) + 0.012), 0.004)


def curls_under(p: Array) -> Array:
    """The same pressed down by a hat."""
    pressed = radius_at_hat(p) - 0.180 + 0.052 * smoothstep(1.475, HAT_LINE - 0.004, p[:, 2])
    return smax(smax(curls(p), pressed, 0.02), p[:, 2] - HAT_LINE - 0.004, 0.006)


def radius_at_hat(p: Array) -> Array:
    """Distance from the axis of the head."""
    return np.hypot(p[:, 0], (p[:, 1] - 0.014) * 0.96)


def swept(p: Array) -> Array:
    """Hair combed back, ears free."""
    q = mirrored(p)
    cap = cap_of_hair(p, 0.017, (0.100, 0.15, 0.128), 1.402)
    d = smax(cap, -ball(q, vec(0.128, -0.005, 1.425), (0.045, 0.042, 0.052)), 0.012)
    return smax(d, 1.352 + 0.3 * np.clip(-q[:, 1], -0.03, 0.05) - p[:, 2], 0.02)


def tail(p: Array, top: float) -> Array:
    """A tied tail of hair from the back of the head down."""
    path = [vec(0, 0.118, top), vec(0, 0.178, top - 0.006), vec(0, 0.215, top - 0.085), vec(0, 0.205, top - 0.185),
            vec(0, 0.180, top - 0.265)]  # fmt: skip
    strands = 0.0030 * np.cos(9 * np.arctan2(p[:, 0], p[:, 1] - 0.19) + 30 * (p[:, 2] - top))
    tied = torus_at(p, vec(0, 0.150, top - 0.002))
    return smin(tube(p, path, (0.026, 0.036, 0.046, 0.040, 0.008)) - strands, tied, 0.004)


def torus_at(p: Array, c: Array) -> Array:
    """The band round a tail, which runs backwards there."""
    q = p - c
    return np.hypot(np.hypot(q[:, 0], q[:, 2]) - 0.030, q[:, 1]) - 0.009


def long(p: Array) -> Array:
    """Parted in the middle, over the shoulders and down the back."""
    q = mirrored(p)
    sides = ball(q, vec(0.058, 0.030, 1.400), (0.080, 0.092, 0.110))
    back = ball(q, vec(0, 0.098, 1.270), (0.128, 0.056, 0.195))
    path = (vec(0.105, -0.005, 1.390), vec(0.112, 0.000, 1.300), vec(0.108, 0.030, 1.215))
    lock = tube(q, path, (0.040, 0.034, 0.022))
    full = blend(0.05, skull(q) - 0.020, sides, back, lock) - locks(p, 0.0034, 15)
    part = 0.005 * smoothstep(0.016, 0.0, q[:, 0]) * smoothstep(1.50, 1.56, p[:, 2])
    face = ball(q, vec(0, -0.172, 1.400), (0.088, 0.170, 0.140))
    d = smax(full + part, -face, 0.008)
    d = smax(d, -(coat(q, 0.020)), 0.010)
    return smax(d, -(skull(q) + 0.012), 0.004)


def crop(p: Array) -> Array:
    """Cut close to the head."""
    q = mirrored(p)
    temples = ball(q, vec(0.098, -0.085, 1.452), 0.042)
    hairline = blend(0.03, ball(q, vec(0, -0.165, 1.405), (0.100, 0.150, 0.124)), temples)
    d = smax(skull(q) - 0.0075, -hairline, 0.006)
    d = smax(d, -ball(q, vec(0.125, -0.004, 1.425), (0.045, 0.046, 0.052)), 0.010)
    d = smax(d, 1.385 + 0.9 * np.clip(-p[:, 1], -0.05, 0.08) - p[:, 2], 0.02)
    return smax(d, -skull(q) - 0.008, 0.003)


# ---- beards ------------------------------------------------------------------------------------------------------
def lip_line(q: Array) -> Array:
    """The room that a beard leaves for the mouth."""
    return ball(q, vec(0, -0.120, MOUTH_Z - 0.003), (0.044, 0.050, 0.0150))


def moustache(p: Array) -> Array:
    """Combed to both sides."""
    q = mirrored(p)
    x = np.array([0.004, 0.018, 0.034, 0.047])
    z = np.array([1.3905, 1.3895, 1.3835, 1.3750])
    return tube(q, tuple(face_point(x, z, 0.001)), (0.0085, 0.0098, 0.0080, 0.0035)) - 0.0008 * np.cos(300 * q[:, 0])


def full_beard(p: Array) -> Array:
    """Chin, jaw and whiskers to the ears, with a moustache."""
    q = mirrored(p)
    top = 1.349 + 0.070 * smoothstep(0.062, 0.114, q[:, 0])
    thick = 0.0115 + 0.008 * smoothstep(1.36, 1.315, p[:, 2])
    d = smax(head_alone(q) - thick + locks(p, 0.0012, 31), p[:, 2] - top, 0.010)
    d = smax(d, q[:, 1] + 0.006 - 0.45 * (1.42 - p[:, 2]), 0.012)
    d = smax(d, 1.300 - p[:, 2], 0.020)
    d = smax(d, -lip_line(q), 0.006)
    return np.minimum(smax(d, -(head_alone(q) + 0.010), 0.004), moustache(p))


def head_alone(q: Array) -> Array:
    """The head with its lower lip, which a beard follows."""
    return smin(skull(q), ball(q, vec(0, -0.103, MOUTH_Z - 0.019), (0.026, 0.012, 0.010)), 0.02)


@dataclass(frozen=True, kw_only=True)
class Hair:
    """A style. `cut` is split at HAT_LINE, so that a hat covers its top; `free` shows without a hat alone, `under`
    with one."""

    cut: Shape | None = None
    free: Shape | None = None
    under: Shape | None = None
    triangles: int = 2200


HAIRS = {
    "short": Hair(cut=short),
    "bob": Hair(cut=bob),
    "bun": Hair(cut=bun),
    "curls": Hair(free=curls, under=curls_under, triangles=2600),
    "ponytail": Hair(
        cut=swept, free=lambda p: tail(p, 1.600), under=lambda p: tail(p, 1.470), triangles=1700,
    ),
    "long": Hair(cut=long, triangles=2600),
    "crop": Hair(cut=crop, triangles=1700),
}
BEARDS: dict[str, tuple[Shape, int]] = {"moustache": (moustache, 520), "full": (full_beard, 1500)}  # triangles
BEARD_BOX = ((-0.15, -0.19, 1.27), (0.15, 0.08, 1.45))
