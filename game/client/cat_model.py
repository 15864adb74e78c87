"""A ginger cat made of a few lofted tubes on a skeleton, and how it holds itself. Metres; it faces +Y on its paws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np

from game.client.avatar_glb import Mesh, Skeleton

AROUND = 10  # points round a tube
GINGER, STRIPE, WHITE = (0.54, 0.20, 0.045), (0.27, 0.082, 0.018), (0.88, 0.80, 0.68)
EYE, PUPIL, PINK = (0.42, 0.50, 0.06), (0.012, 0.012, 0.014), (0.62, 0.20, 0.18)
FUR_GLOSS, EYE_GLOSS = 0.02, 0.55
HEAD_AT, HEAD_SCALE, HEAD_PARTS = np.array((0.0, 0.205, 0.292)), 1.2, 9  # rather large, as people's are
STRIDE_M = 0.40  # a full step of all four legs
JOINTS: dict[str, tuple[str, tuple[float, float, float]]] = {  # parent, place at rest
    "hips": ("", (0.0, -0.14, 0.205)),
    "chest": ("hips", (0.0, 0.08, 0.215)),
    "head": ("chest", (0.0, 0.185, 0.275)),
    "tail1": ("hips", (0.0, -0.195, 0.235)),
    "tail2": ("tail1", (0.0, -0.28, 0.248)),
    "tail3": ("tail2", (0.0, -0.36, 0.268)),
    **{f"fore{side}": ("chest", (x, 0.115, 0.185)) for side, x in (("L", -0.042), ("R", 0.042))},
    **{f"shin{side}": (f"fore{side}", (x, 0.112, 0.095)) for side, x in (("L", -0.042), ("R", 0.042))},
    **{f"thigh{side}": ("hips", (x, -0.135, 0.19)) for side, x in (("L", -0.046), ("R", 0.046))},
    **{f"hock{side}": (f"thigh{side}", (x, -0.165, 0.095)) for side, x in (("L", -0.046), ("R", 0.046))},
}
NAMES = tuple(JOINTS)
STEPS = (("thighL", "hockL", 0.0), ("foreL", "shinL", 0.25), ("thighR", "hockR", 0.5), ("foreR", "shinR", 0.75))

# Rings of tubes: y, z, half width, half height; or for legs z, y, half width, half depth.
BODY = (
    (-0.212, 0.226, 0.004, 0.004), (-0.204, 0.225, 0.032, 0.034), (-0.185, 0.221, 0.052, 0.057),
    (-0.15, 0.214, 0.065, 0.071), (-0.11, 0.210, 0.067, 0.073), (-0.07, 0.209, 0.064, 0.069),
    (-0.03, 0.208, 0.063, 0.068), (0.01, 0.208, 0.063, 0.069), (0.05, 0.211, 0.063, 0.072),
    (0.09, 0.217, 0.061, 0.074), (0.125, 0.226, 0.055, 0.070), (0.155, 0.241, 0.046, 0.060),
    (0.18, 0.262, 0.040, 0.048), (0.205, 0.285, 0.036, 0.038), (0.22, 0.295, 0.004, 0.004),
)  # fmt: skip
TAIL = (
    (-0.175, 0.232, 0.012, 0.012), (-0.20, 0.237, 0.023, 0.023), (-0.24, 0.242, 0.021, 0.021),
    (-0.28, 0.247, 0.020, 0.020), (-0.32, 0.256, 0.020, 0.020), (-0.36, 0.267, 0.020, 0.020),
    (-0.40, 0.282, 0.019, 0.019), (-0.432, 0.298, 0.016, 0.016), (-0.45, 0.309, 0.009, 0.009),
    (-0.456, 0.313, 0.002, 0.002),
)  # fmt: skip
FORELEG = (
    (0.235, 0.10, 0.008, 0.01), (0.225, 0.105, 0.028, 0.036), (0.18, 0.112, 0.029, 0.035),
    (0.13, 0.114, 0.023, 0.026), (0.09, 0.113, 0.019, 0.021), (0.05, 0.114, 0.017, 0.018), (0.028, 0.119, 0.020, 0.024),
    (0.010, 0.126, 0.022, 0.030),
    (0.001, 0.126, 0.017, 0.024), (0.0, 0.126, 0.002, 0.002),
)  # fmt: skip
HINDLEG = (
    (0.25, -0.13, 0.01, 0.014), (0.235, -0.13, 0.030, 0.048), (0.19, -0.13, 0.036, 0.060),
    (0.145, -0.138, 0.031, 0.047),
    (0.105, -0.158, 0.021, 0.027), (0.07, -0.170, 0.017, 0.019), (0.035, -0.166, 0.018, 0.022),
    (0.012, -0.152, 0.022, 0.034),
    (0.001, -0.150, 0.018, 0.028), (0.0, -0.150, 0.002, 0.002),
)  # fmt: skip


@dataclass(frozen=True)
class Stance:
    """How a cat holds itself: every part from 0 to 1, angles in radians."""

    phase: float = 0.0  # of its steps, 0..1
    going: float = 0.0  # from standing to walking with full steps
    running: float = 0.0
    sits: float = 0.0
    washes: float = 0.0
    secs: float = 0.0  # for what moves by itself: tail, breath, tongue
    look_rad: tuple[float, float] = (0.0, 0.0)  # of the head: to the left, up


def skeleton() -> Skeleton:
    """The cat's joints."""
    parents = tuple(NAMES.index(parent) if parent else -1 for parent, _ in JOINTS.values())
    return Skeleton(NAMES, parents, np.array([place for _, place in JOINTS.values()]))


def pose(stance: Stance) -> tuple[np.ndarray, np.ndarray]:
    """Rotations (joints, 4) as (w, x, y, z) and how far the hips are from their rest (3,)."""
    pitch, yaw = dict.fromkeys(NAMES, 0.0), dict.fromkeys(NAMES, 0.0)
    sits, stands, t = stance.sits, 1 - stance.sits, stance.secs
    for upper, lower, offset in STEPS:
        a = 2 * pi * (stance.phase + offset)
        swing = stance.going * (0.40 + 0.25 * stance.running) * stands
        pitch[upper] += swing * sin(a)
        pitch[lower] += -swing * 1.3 * max(0.0, cos(a))  # folded while it is carried forwards
    gallop = sin(2 * pi * stance.phase) * stance.running * stance.going
    pitch["hips"] = 0.46 * sits + 0.10 * gallop
    pitch["chest"] = 0.38 * sits - 0.16 * gallop
    for side in "LR":
        pitch[f"fore{side}"] -= 0.80 * sits
        pitch[f"thigh{side}"] += 0.80 * sits
        pitch[f"hock{side}"] += 0.22 * sits
    wash = stance.washes * sits
    lick = sin(t * 5.5)
    pitch["foreR"] += wash * (1.45 + 0.10 * lick)
    pitch["shinR"] += wash * (1.25 + 0.18 * lick)
    yaw["head"] = stance.look_rad[0] * (1 - wash) - 0.30 * wash
    pitch["head"] = stance.look_rad[1] * (1 - wash) - 0.62 * sits - wash * (0.25 - 0.12 * lick)
    sway = 0.22 + 0.20 * sits
    for k, name in enumerate(("tail1", "tail2", "tail3")):
        yaw[name] = sway * sin(t * 1.7 - 0.9 * k) + 0.62 * sits
        pitch[name] = -(0.42, 0.34, 0.30)[k] * stands * (1 - 0.7 * stance.running) * (1 - 0.25 * sin(t * 0.9))
    pitch["tail1"] += 0.10 * sits  # along the ground
    out = np.zeros((len(NAMES), 4))
    for j, name in enumerate(NAMES):
        p, y = pitch[name] / 2, yaw[name] / 2
        out[j] = cos(y) * cos(p), cos(y) * sin(p), sin(y) * sin(p), sin(y) * cos(p)  # pitched, then turned
    bob = 0.006 * stance.going * sin(4 * pi * stance.phase) + 0.0015 * sin(t * 2.2)
    return out, np.array([0.0, -0.02 * sits, bob * stands - 0.125 * sits])


def cat_mesh() -> Mesh:
    """The cat at rest."""
    parts = [
        _tube([(0.0, y, z) for y, z, _, _ in BODY], [r[2:] for r in BODY], _coat, _by_spine, up=True),
        _tube([(0.0, y, z) for y, z, _, _ in TAIL], [r[2:] for r in TAIL], _tail, _by_tail, up=True, around=8),
    ]
    for side, x in (("L", -0.042), ("R", 0.042)):
        fore = FORELEG, x, _by_leg(f"fore{side}", f"shin{side}", 0.095)
        hind = HINDLEG, x * 1.1, _by_leg(f"thigh{side}", f"hock{side}", 0.10)
        for rings, at_x, weigh in (fore, hind):
            path = [(at_x, y, z) for z, y, _, _ in rings]
            parts.append(_tube(path, [r[2:] for r in rings], _leg, weigh, up=False, around=7))
    parts.append(_ball((0.0, 0.232, 0.312), (0.063, 0.058, 0.054), _face, (10, 8)))
    parts.append(_ball((0.0, 0.280, 0.296), (0.028, 0.022, 0.019), _plain(WHITE), (8, 6)))
    parts.append(_ball((0.0, 0.3005, 0.303), (0.0075, 0.005, 0.005), _plain(PINK), (5, 4)))
    for sign in (-1, 1):
        parts.append(_ear(sign))
        parts.append(_ball((sign * 0.0265, 0.2795, 0.322), (0.0135, 0.0085, 0.0145), _plain(EYE), (6, 5), EYE_GLOSS))
        parts.append(_ball((sign * 0.0268, 0.2868, 0.322), (0.0068, 0.0026, 0.0110), _plain(PUPIL), (5, 4), EYE_GLOSS))
    for part in parts[-HEAD_PARTS:]:
        part[0][:] = HEAD_AT + (part[0] - HEAD_AT) * HEAD_SCALE
    starts = np.cumsum([0, *(len(part[0]) for part in parts)])
    points, triangles, colours, joints, weights = (
        np.concatenate([part[k] + (starts[n] if k == 1 else 0) for n, part in enumerate(parts)]) for k in range(5)
    )
    normals = np.concatenate([_normals(part[0], part[1]) for part in parts])
    high = np.clip(points[:, 2] / 0.22, 0, 1)
    under = np.clip(-normals[:, 2], 0, 1)
    uv = np.stack([1 - 0.55 * under * (1 - 0.4 * high), np.zeros(len(points))], 1)  # dark beneath
    return Mesh(
        "cat", points.astype(np.float32), normals.astype(np.float32), colours.astype(np.float32),
        uv.astype(np.float32), triangles.astype(np.uint32), joints, weights, {},
    )  # fmt: skip


Point = tuple[float, float, float]
Colour = tuple[float, ...]
Paint = Callable[[np.ndarray], Colour]  # of the point at rest
Weigh = Callable[[np.ndarray], dict[str, float]]  # by joint; they sum to 1
Part = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # points, triangles, colours, joints, weights


def _tube(
    path: Sequence[Point], sizes: Sequence[Sequence[float]], paint: Paint, weigh: Weigh, *, up: bool,
    around: int = AROUND,
) -> Part:  # fmt: skip
    """Rings round a path: upright ones for what lies along y, level ones for legs."""
    angles = np.linspace(0, 2 * pi, around, endpoint=False)
    rings = []
    for (x, y, z), (wide, high) in zip(path, sizes, strict=True):
        a, b = wide * np.cos(angles), high * np.sin(angles)
        rings.append(np.stack([x + a, y + 0 * a, z + b] if up else [x + a, y + b, z + 0 * a], 1))
    points = np.concatenate(rings)
    inwards = path[0][1] < path[-1][1] if up else path[0][2] > path[-1][2]
    return _skin(points, _bands(len(rings), around, flip=inwards), paint, weigh)


def _ball(at: Point, radii: Point, paint: Paint, detail: tuple[int, int], gloss: float = FUR_GLOSS) -> Part:
    around, rows = detail
    tilts = np.linspace(-pi / 2 + 0.02, pi / 2 - 0.02, rows)
    angles = np.linspace(0, 2 * pi, around, endpoint=False)
    points = np.concatenate([
        np.stack([np.cos(t) * np.cos(angles), np.cos(t) * np.sin(angles), np.sin(t) + 0 * angles], 1) for t in tilts
    ]) * radii + at  # fmt: skip
    return _skin(points, _bands(rows, around), paint, _on_head, gloss)


def _ear(sign: int) -> Part:
    """A pointed, slightly hollow ear: ginger behind, pink within."""
    base = np.array([[-0.027, 0.002, -0.006], [0.027, 0.002, -0.006], [0.0, -0.020, 0.0]])
    tip = np.array([[sign * 0.010, -0.006, 0.050]])
    hollow = np.array([[sign * 0.002, -0.006, 0.012]])
    points = np.concatenate([base, tip, base, tip, hollow]) + np.array([sign * 0.036, 0.226, 0.352])
    triangles = np.array([[0, 2, 3], [2, 1, 3], [5, 4, 8], [4, 7, 8], [7, 5, 8]])
    part = _skin(points, triangles, _plain(GINGER), _on_head)
    part[2][8:, :3] = PINK
    return part


def _skin(points: np.ndarray, triangles: np.ndarray, paint: Paint, weigh: Weigh, gloss: float = FUR_GLOSS) -> Part:
    colours = np.array([(*paint(p), gloss) for p in points])
    joints, weights = np.zeros((len(points), 4), np.uint8), np.zeros((len(points), 4), np.float32)
    for i, p in enumerate(points):
        for k, (name, part) in enumerate(weigh(p).items()):
            joints[i, k], weights[i, k] = NAMES.index(name), part
    return points, triangles, colours, joints, weights


def _bands(rows: int, around: int, *, flip: bool = False) -> np.ndarray:
    i = np.arange(around)
    j = (i + 1) % around
    band = np.concatenate([np.stack([i, j, j + around], 1), np.stack([i, j + around, i + around], 1)])
    out = np.concatenate([band + row * around for row in range(rows - 1)])
    return out[:, ::-1] if flip else out


def _normals(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    a, b, c = (points[triangles[:, k]] for k in range(3))
    out = np.zeros_like(points)
    for k in range(3):
        np.add.at(out, triangles[:, k], np.cross(b - a, c - a))
    normals: np.ndarray = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)
    return normals


def _ramp(a: float, b: float, x: float) -> float:
    t = min(max((x - a) / (b - a), 0.0), 1.0)
    return t * t * (3 - 2 * t)


def _mixed(a: Colour, b: Colour, part: float) -> Colour:
    return tuple(p + (q - p) * part for p, q in zip(a, b, strict=True))


def _coat(p: np.ndarray) -> Colour:
    """Stripes over the back, a white belly and breast."""
    back = _ramp(0.19, 0.25, p[2])
    fur = _mixed(GINGER, STRIPE, back * (0.9 if sin(p[1] * 78.0) > 0.25 else 0.0))
    white = max(1 - _ramp(0.150, 0.178, p[2]), _ramp(0.13, 0.165, p[1]) * (1 - _ramp(0.245, 0.275, p[2])))
    return _mixed(fur, WHITE, white)


def _tail(p: np.ndarray) -> Colour:
    return WHITE if p[1] < -0.425 else STRIPE if sin(p[1] * 78.0) > 0.2 else GINGER


def _leg(p: np.ndarray) -> Colour:
    return _mixed(WHITE, GINGER, _ramp(0.035, 0.06, p[2]))


def _face(p: np.ndarray) -> Colour:
    """White round the mouth and under the chin, three stripes on the forehead."""
    brow = p[2] > 0.345 and abs(sin(p[0] * 150.0)) < 0.35
    fur = STRIPE if brow else GINGER
    return _mixed(fur, WHITE, (1 - _ramp(0.285, 0.305, p[2])) * _ramp(0.225, 0.25, p[1]))


def _plain(colour: Colour) -> Paint:
    return lambda p: colour


def _on_head(p: np.ndarray) -> dict[str, float]:
    return {"head": 1.0}


def _by_spine(p: np.ndarray) -> dict[str, float]:
    fore = _ramp(-0.09, 0.09, p[1])
    head = _ramp(0.175, 0.215, p[1])
    return {"hips": 1 - fore, "chest": fore * (1 - head), "head": fore * head}


def _by_tail(p: np.ndarray) -> dict[str, float]:
    first, second, third = _ramp(-0.18, -0.22, p[1]), _ramp(-0.25, -0.31, p[1]), _ramp(-0.33, -0.39, p[1])
    return {
        "hips": 1 - first, "tail1": first * (1 - second), "tail2": second * (1 - third), "tail3": second * third,
    }  # fmt: skip


def _by_leg(upper: str, lower: str, knee_m: float) -> Weigh:
    def weigh(p: np.ndarray) -> dict[str, float]:
        bent = 1 - _ramp(knee_m - 0.02, knee_m + 0.02, p[2])
        return {upper: 1 - bent, lower: bent}

    return weigh
