"""Hats, rigid on the head; all sit on one crown that clears the hair below HAT_LINE."""

import numpy as np

from .goods import HEAD_BOX, Wearable
from .parts import Part
from .shapes import Array, Shape, angle, ball, hollow, raised, smax, smin, smoothstep, union, vec

CENTRE = vec(0, 0.014, 1.478)
RADII = vec(0.145, 0.152, 0.150)


def crown(p: Array, t: float) -> Array:
    """The egg that every hat fits, t metres larger."""
    return ball(p, CENTRE, RADII + t)


def radius(p: Array) -> Array:
    """Distance from the hat's axis, measured so that the crown's ellipse is a circle."""
    return np.hypot(p[:, 0] * (RADII[1] / RADII[0]), p[:, 1] - CENTRE[1])


def brim(p: Array, height: Array | float, outer: float, thick: float = 0.006) -> Array:
    """A sheet at a height (metres, may vary) from the crown to the outer radius."""
    sheet = smax((np.abs(p[:, 2] - height) - thick) * 0.9, radius(p) - outer, 0.006)
    return smax(sheet, -crown(p, -0.004), 0.004)


def sun_dome(p: Array) -> Array:
    """Straw crown with a flattened top."""
    tall = ball(p, CENTRE + vec(0, 0, 0.018), RADII + 0.007)
    d = smax(tall, p[:, 2] - 1.643, 0.03)
    return hollow(d, crown(p, -0.005), (1.522 - p[:, 2], 0.2))


def sun_band(p: Array) -> Array:
    """Its ribbon."""
    tall = ball(p, CENTRE + vec(0, 0, 0.018), RADII + 0.007)
    return hollow(tall - 0.005, tall + 0.004, (np.abs(p[:, 2] - 1.560) - 0.0175, 0.1))


def sun_brim(p: Array) -> Array:
    """A wide brim that waves."""
    r = radius(p)
    wave = 1.530 - 0.040 * smoothstep(0.14, 0.29, r) + 0.010 * np.cos(3 * angle(p) + 1) * smoothstep(0.15, 0.28, r)
    return brim(p, wave, 0.268)


def baker_dome(p: Array) -> Array:
    """Eight soft panels, fuller than the head."""
    puff = ball(raised(p, 0.10 * p[:, 1]), vec(0, 0.008, 1.588), (0.182, 0.186, 0.074))
    seams = 0.0035 * np.abs(np.cos(4 * angle(p))) ** 14 * smoothstep(0.03, 0.10, radius(p))
    d = smin(puff, smax(crown(p, 0.006), p[:, 2] - 1.60, 0.02), 0.03) + seams
    return hollow(d, crown(p, -0.006), (1.523 - p[:, 2] - 0.02 * p[:, 1], 0.2))


def baker_peak(p: Array) -> Array:
    """A short stiff peak that follows the forehead."""
    w = raised(p, 1.3 * p[:, 0] ** 2 - 0.22 * (p[:, 1] + 0.13))
    d = smax(ball(w, vec(0, -0.105, 1.542), (0.116, 0.122, 0.5)), np.abs(w[:, 2] - 1.542) - 0.0065, 0.006)
    return smax(d, -crown(p, -0.004), 0.004)


def baker_button(p: Array) -> Array:
    """The button on top."""
    return ball(p, vec(0, 0.010, 1.660), (0.017, 0.017, 0.010))


def bowler_shape(p: Array) -> Array:
    """The outside of its crown, higher than the head."""
    return ball(p, CENTRE + vec(0, 0, 0.030), RADII + vec(0.004, 0.004, 0.020))


def bowler_band(p: Array) -> Array:
    """Its ribbon."""
    return hollow(bowler_shape(p) - 0.006, bowler_shape(p) + 0.004, (np.abs(p[:, 2] - 1.561) - 0.0145, 0.1))


def bowler_dome(p: Array) -> Array:
    """A hard round crown."""
    return hollow(bowler_shape(p), crown(p, -0.005), (1.526 - p[:, 2], 0.2))


def bowler_brim(p: Array) -> Array:
    """A narrow brim, rolled up at the sides."""
    r = radius(p)
    side = np.abs(np.sin(angle(p))) ** 1.4
    height = 1.530 + (0.034 * side - 0.010 * (1 - side)) * smoothstep(0.150, 0.212, r) ** 1.3
    roll = 0.0035 * smoothstep(0.195, 0.212, r)
    return brim(p, height, 0.208, 0.006) - roll


def beanie_dome(p: Array) -> Array:
    """Ribbed knit, a little long on top."""
    tall = ball(p, CENTRE + vec(0, 0.006, 0.020), RADII + vec(0.007, 0.007, 0.014))
    rib = 0.0026 * np.cos(18 * angle(p)) * smoothstep(0.02, 0.09, radius(p))
    return hollow(tall - rib, crown(p, -0.006), (1.512 - p[:, 2], 0.2))


def beanie_cuff(p: Array) -> Array:
    """The turned-up edge."""
    rib = 0.0034 * np.cos(18 * angle(p))
    outer = ball(p, CENTRE + vec(0, 0, 0.020), RADII + 0.020) - rib
    return hollow(outer, crown(p, -0.004), (np.abs(p[:, 2] - 1.535 - 0.05 * (p[:, 1] - 0.014)) - 0.030, 0.2))


def bobble(p: Array) -> Array:
    """A ball of wool."""
    c = vec(0, 0.022, 1.688)
    q = p - c
    fluff = 0.0030 * np.sin(95 * q[:, 0] + 2) * np.sin(95 * q[:, 1] + 1) * np.sin(95 * q[:, 2])
    return (ball(p, c, 0.048) - fluff) * 0.8


def cloche_bell(p: Array) -> Array:
    """A felt bell whose edge turns out; higher over the brow than at the nape."""
    z = p[:, 2] + 0.14 * (p[:, 1] - 0.014)
    flare = 0.034 * smoothstep(1.535, 1.478, z) ** 1.5
    outer = ball(p, CENTRE + vec(0, 0, 0.018), RADII + vec(0.008, 0.008, 0.010))
    wall = smax(radius(p) - 0.158 - flare, p[:, 2] - 1.57, 0.06) * 0.92
    inner = np.minimum(crown(p, -0.003), np.maximum(radius(p) - 0.145 - flare, p[:, 2] - 1.53))
    return hollow(smin(outer, wall, 0.02), inner, (1.492 - z, 0.2))


def cloche_band(p: Array) -> Array:
    """A ribbon low on the bell."""
    z = p[:, 2] + 0.14 * (p[:, 1] - 0.014)
    return hollow(cloche_bell(p) - 0.005, radius(p) - 0.150, (np.abs(z - 1.545) - 0.016, 0.2))


def cloche_flower(p: Array) -> Array:
    """Six felt petals at the wearer's left."""
    a = 0.85
    out = vec(np.sin(a), -np.cos(a), 0)
    c = vec(0, 0.014, 1.546) + 0.168 * out
    along, up = np.cross(vec(0, 0, 1), out), vec(0, 0, 1)
    petals = [
        ball(p, c + 0.022 * (np.cos(k) * along + np.sin(k) * up), (0.017, 0.017, 0.014))
        for k in np.linspace(0, 2 * np.pi, 6, endpoint=False)
    ]
    return np.minimum.reduce(petals)


def cloche_heart(p: Array) -> Array:
    """The flower's middle."""
    a = 0.85
    return ball(p, vec(0, 0.014, 1.546) + 0.179 * vec(np.sin(a), -np.cos(a), 0), 0.012)


def fedora_dome(p: Array) -> Array:
    """A felt crown with a crease along it and pinched in front."""
    tall = ball(p, CENTRE + vec(0, 0.004, 0.060), RADII + vec(-0.002, 0.000, 0.020))
    top = smoothstep(1.58, 1.66, p[:, 2])
    crease = 0.052 * np.exp(-((p[:, 0] / 0.034) ** 2)) * top
    pinch = 0.026 * np.exp(-(((np.abs(p[:, 0]) - 0.085) / 0.05) ** 2)) * smoothstep(0.02, -0.12, p[:, 1]) * top
    flat = p[:, 2] - 1.672 + 0.18 * (p[:, 1] - 0.014) ** 2 * 8
    d = smax(smin(tall, smax(crown(p, 0.004), p[:, 2] - 1.56, 0.02), 0.02), flat, 0.03) + crease + pinch
    return hollow(d * 0.85, crown(p, -0.006), (1.526 - p[:, 2], 0.2))


def fedora_brim(p: Array) -> Array:
    """Snapped down in front, up behind."""
    r, ahead = radius(p), np.cos(angle(p))
    snap = np.where(ahead > 0, -0.024 * np.abs(ahead) ** 1.5, -0.022 * ahead) + 0.012 * np.abs(np.sin(angle(p)))
    return brim(p, 1.531 + snap * smoothstep(0.15, 0.235, r), 0.228, 0.0052)


def fedora_band(p: Array) -> Array:
    """A ribbon above the brim."""
    return hollow(
        union(crown(p, 0.0105), ball(p, CENTRE + vec(0, 0.004, 0.060), RADII + vec(0.004, 0.006, 0.020))),
        crown(p, -0.004), (np.abs(p[:, 2] - 1.560) - 0.0165, 0.1),
    )  # fmt: skip


def fedora_bow(p: Array) -> Array:
    """The ribbon's flat bow at the left."""
    c = vec(0.157, 0.014, 1.560)
    return smin(ball(p, c, (0.010, 0.008, 0.020)), ball(p, c + vec(-0.001, 0.026, 0), (0.009, 0.026, 0.015)), 0.006)


def _hat(*parts: Part) -> Wearable:
    return Wearable(slot="head", parts=parts, joint="head", hides=("hair_top",))


def _part(colour: str, shape: Shape, triangles: int, gloss: float = 0.04) -> Part:
    return Part(colour=colour, shape=shape, triangles=triangles, box=HEAD_BOX, step=0.004, gloss=gloss)


HATS = {
    "straw_sun_hat": _hat(
        _part("#e9cf95", sun_dome, 700, gloss=0.12), _part("#e3c684", sun_brim, 1200, gloss=0.12),
        _part("#c8503f", sun_band, 380, gloss=0.2),
    ),
    "baker_cap": _hat(
        _part("#b9814a", baker_dome, 1250), _part("#9a6738", baker_peak, 360), _part("#9a6738", baker_button, 80)
    ),
    "bowler_hat": _hat(
        _part("#3b3742", bowler_dome, 760, gloss=0.3), _part("#3b3742", bowler_brim, 760, gloss=0.3),
        _part("#8f4f6b", bowler_band, 340, gloss=0.25),
    ),
    "bobble_beanie": _hat(
        _part("#b8433c", beanie_dome, 860, gloss=0.0), _part("#f1e4cc", beanie_cuff, 1040, gloss=0.0),
        _part("#f1e4cc", bobble, 560, gloss=0.0),
    ),
    "felt_cloche": _hat(
        _part("#7d4a63", cloche_bell, 1050), _part("#e0a596", cloche_band, 480, gloss=0.25),
        _part("#f1d9c4", cloche_flower, 320), _part("#d9a441", cloche_heart, 60),
    ),
    "fedora": _hat(
        _part("#d9a441", fedora_dome, 900), _part("#d9a441", fedora_brim, 760),
        _part("#34466a", fedora_band, 360, gloss=0.2), _part("#34466a", fedora_bow, 120, gloss=0.2),
    ),
}  # fmt: skip
