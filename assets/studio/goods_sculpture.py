"""Sculptures: a bronze hare, a marble knot, pebbles, a ceramic bird, two walnut figures, a mobile."""



import numpy as np

from assets.studio.bag import Bag
from assets.studio.clay import Field, above, blend, egg, limb, modelled
from assets.studio.kit import Shape, box, grid, lathe, smooth_normals, tube
from assets.studio.palette import BRASS, INK, IVORY, MUSTARD, NAVY, TERRA, WALNUT, Colour, rgb
from assets.studio.picture_parts import blade, cut, disc

MARBLE = rgb("e8e2d8")
SLATE = rgb("4a4a52")


def toned(shape: Shape, low: Colour, high: Colour, amount: np.ndarray) -> Colour:
    """A colour for every vertex: `amount` (n,) 0..1 from low to high."""
    q = np.clip(amount, 0, 1)[:, None]
    return low * (1 - q) + high * q


def plinth_block(b: Bag, w: float, d: float, h: float, colour: Colour, gloss: float = 0.5) -> None:
    """The small base that a sculpture is sold with."""
    b.add(box(w, d, h, 0.006), colour, gloss, jitter=0)


def bronze_hare(b: Bag) -> None:
    """A hare that has heard you, up on its haunches."""
    plinth_block(b, 0.2, 0.26, 0.035, rgb("2f2a2c"))
    parts: list[Field] = [
        egg((0, 0.035, 0.085), (0.072, 0.095, 0.078)),
        egg((0, -0.005, 0.175), (0.058, 0.062, 0.105)),
        egg((0, -0.03, 0.25), (0.045, 0.046, 0.055)),
        egg((0, -0.052, 0.315), (0.036, 0.052, 0.04)),
        egg((0, -0.092, 0.304), (0.022, 0.026, 0.023)),
        egg((0, 0.135, 0.07), (0.024, 0.026, 0.026)),
    ]
    for s in (-1, 1):
        parts += [
            egg((s * 0.055, 0.045, 0.065), (0.034, 0.068, 0.056)),
            limb((s * 0.055, 0.05, 0.018), (s * 0.055, -0.085, 0.016), 0.022, 0.018),
            limb((s * 0.035, -0.05, 0.205), (s * 0.034, -0.092, 0.125), 0.021, 0.016),
            limb((s * 0.034, -0.092, 0.125), (s * 0.03, -0.112, 0.085), 0.016, 0.014),
            limb((s * 0.018, -0.03, 0.345), (s * 0.036, 0.012, 0.44), 0.013, 0.019),
            limb((s * 0.036, 0.012, 0.44), (s * 0.042, 0.03, 0.495), 0.019, 0.007),
        ]
    hare = modelled(above(0, blend(parts, 0.012)), (-0.11, -0.14, 0), (0.11, 0.17, 0.51), 0.0177)
    worn = 0.5 + 0.35 * hare.n[:, 2] + 0.25 * np.sin(hare.v[:, 2] * 40) * hare.n[:, 0]
    b.add(hare, toned(hare, rgb("2f2a28"), rgb("7a5636"), worn), 0.6, z=0.034, jitter=0)
    for s in (-1, 1):
        b.add(egg_shape(0.0055, 8), rgb("1c1410"), 0.8, x=s * 0.0325, y=-0.074, z=0.357)


def egg_shape(r: float, n: int) -> Shape:
    """A small sphere about the origin."""
    t = np.linspace(-np.pi / 2, np.pi / 2, 5)
    return lathe(np.c_[r * np.cos(t).round(9), r * np.sin(t)], n, crease_deg=179)


def marble_knot(b: Bag) -> None:
    """A knot with no beginning, in veined marble on slate."""
    n, ring = 110, 10
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    r = 0.105 + 0.045 * np.cos(3 * t)
    p = np.c_[r * np.cos(2 * t), 0.062 * np.sin(3 * t), r * np.sin(2 * t)]
    d = np.roll(p, -1, 0) - np.roll(p, 1, 0)
    d /= np.linalg.norm(d, axis=1, keepdims=True)
    side = np.cross(d, p * (1, 0.2, 1))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(d, side)
    a = np.linspace(0, 2 * np.pi, ring, endpoint=False)
    loop = p[:, None] + 0.03 * (side[:, None] * np.cos(a)[:, None] + up[:, None] * np.sin(a)[:, None])
    closed = np.concatenate([loop, loop[:1]])
    shape = grid(closed)
    n2 = shape.n.copy()
    n2[:ring] += shape.n[-ring:]
    n2[-ring:] = n2[:ring]
    n2 /= np.linalg.norm(n2, axis=1, keepdims=True)
    if (n2[: n * ring] * (shape.v[: n * ring] - np.repeat(p, ring, 0))).sum() < 0:
        shape = Shape(shape.v, -n2, shape.f[:, ::-1])
    else:
        shape = Shape(shape.v, n2, shape.f)
    vein = np.sin(shape.v @ np.array([31.0, 17.0, 23.0]) + 2.2 * np.sin(shape.v @ np.array([14.0, -29.0, 19.0])))
    colour = toned(shape, rgb("a8a3a0"), MARBLE, 1 - np.clip(np.abs(vein) * -6 + 1.0, 0, 1))
    plinth_block(b, 0.17, 0.13, 0.045, SLATE)
    with b.at(z=0.044 + 0.175, ry=30):
        b.add(shape, colour, 0.55, jitter=0)
    b.add(lathe([(0.022, 0.04), (0.012, 0.055), (0.01, 0.085)], 10), BRASS, 0.75)


def pebble_stack(b: Bag) -> None:
    """Five pebbles that agreed to stand still."""
    stones = (
        (0.115, 0.05, "6f6e70", 0.0), (0.088, 0.041, "a59a8c", 0.4), (0.07, 0.046, "57565c", -0.5),
        (0.055, 0.03, "c9bfae", 0.3), (0.034, 0.03, "8a4f3d", -0.2),
    )  # fmt: skip
    z = 0.0
    for k, (r, half, tone, lean) in enumerate(stones):
        t = np.linspace(-np.pi / 2, np.pi / 2, 9)
        profile = np.c_[(r * np.cos(t) ** 0.8).round(9), half * np.sin(t)]
        v = lathe(profile, 18, crease_deg=179)
        x, y, h = v.v.T
        worn = np.c_[x * (1 + 0.09 * np.sin(y / r * 1.7 + k)), y * (0.84 + 0.1 * np.sin(x / r + 2 * k)),
                     h * (1 + 0.12 * np.sin(x / r * 2 + k))]  # fmt: skip
        stone = Shape(worn, smooth_normals(worn, v.f), v.f)
        colour = toned(stone, rgb(tone) * 0.9, rgb(tone) * 1.08, 0.5 + 0.5 * np.sin(stone.v[:, 0] * 60 + k))
        if k in (0, 2):  # a vein of quartz, one ring of the stone
            ring = np.repeat(np.arange(9) == 5, 18)
            colour = np.where(ring[:, None], rgb("e4ddd0"), colour)
        z += half * 0.97
        b.add(stone, colour, 0.22, x=lean * 0.03, y=lean * 0.012, z=z, rz=37 * k, rx=lean * 5, jitter=0)
        z += half * 0.93


def ceramic_bird(b: Bag) -> None:
    """A round bird, dipped once in blue, on two wire legs."""
    field = blend(
        [
            egg((0, 0.0, 0.13), (0.062, 0.078, 0.06)),
            egg((0, -0.052, 0.19), (0.041, 0.043, 0.04)),
            limb((0, 0.06, 0.135), (0, 0.15, 0.165), 0.03, 0.011),
            egg((0.048, 0.025, 0.137), (0.024, 0.062, 0.035)),
            egg((-0.048, 0.025, 0.137), (0.024, 0.062, 0.035)),
        ],
        0.011,
    )
    bird = modelled(field, (-0.08, -0.1, 0.06), (0.08, 0.17, 0.24), 0.0113)
    dip = (bird.v[:, 2] - 0.1 + 0.42 * (bird.v[:, 1] + 0.03) + 0.8 * np.maximum(np.abs(bird.v[:, 0]) - 0.035, 0)) / 0.06
    face = np.clip((0.16 - bird.v[:, 2]) * 60, 0, 1) * np.clip((-0.01 - bird.v[:, 1]) * 90, 0, 1)
    colour = toned(bird, rgb("efe6d6"), rgb("2f5f8a"), np.clip(dip * 2 - 0.55, 0, 1) - face)
    b.add(bird, colour, 0.6, jitter=0)
    with b.at(y=-0.088, z=0.188, rx=98):
        b.add(lathe([(0.011, 0), (0.007, 0.014), (0, 0.03)], 8, crease_deg=99), MUSTARD, 0.4)
    for s in (-1, 1):
        b.add(egg_shape(0.0052, 8), INK * 0.4, 0.8, x=s * 0.033, y=-0.074, z=0.201)
        leg = [(s * 0.022, 0.0, 0.08), (s * 0.024, 0.004, 0.04), (s * 0.024, 0.0, 0.006)]
        b.add(tube(leg, 0.0032, 6), INK, 0.6)
        for turn in (-35, 0, 35, 180):
            way = np.radians(turn - 90)
            toe = [(s * 0.024, 0, 0.004), (s * 0.024 + 0.016 * np.cos(way), 0.016 * np.sin(way), 0.003),
                   (s * 0.024 + 0.032 * np.cos(way), 0.032 * np.sin(way), 0.003)]  # fmt: skip
            b.add(tube(toe, 0.003, 5), INK, 0.6)


def two_who_wait(b: Bag) -> None:
    """Two figures under one coat, turned from a single walnut log."""
    field = blend(
        [
            limb((-0.03, 0, 0.04), (-0.022, 0, 0.25), 0.072, 0.046),
            limb((-0.022, 0, 0.25), (-0.014, 0, 0.33), 0.046, 0.02),
            limb((0.07, -0.012, 0.03), (0.058, -0.01, 0.16), 0.055, 0.035),
            limb((0.058, -0.01, 0.16), (0.052, -0.01, 0.215), 0.035, 0.016),
            limb((-0.05, -0.03, 0.26), (0.04, -0.05, 0.17), 0.018, 0.014),
        ],
        0.02,
    )
    body = modelled(above(0.0, field), (-0.12, -0.1, 0), (0.14, 0.09, 0.36), 0.016)
    heads = (
        egg_at((-0.008, -0.006, 0.375), (0.034, 0.036, 0.044)),
        egg_at((0.044, -0.014, 0.248), (0.027, 0.028, 0.034)),
    )
    plinth_block(b, 0.24, 0.17, 0.022, INK * 0.7)
    for shape in (body, *heads):
        grain = np.sin(np.hypot(shape.v[:, 0] + 0.16, shape.v[:, 1] + 0.1) * 190 + 2.0 * np.sin(shape.v[:, 2] * 16))
        b.add(shape, toned(shape, WALNUT * 0.72, rgb("a87448"), 0.5 + 0.4 * grain), 0.42, z=0.021, jitter=0)


def egg_at(at: tuple[float, float, float], radii: tuple[float, float, float]) -> Shape:
    """An ellipsoid about a point."""
    t = np.linspace(-np.pi / 2, np.pi / 2, 9)
    ball = lathe(np.c_[np.cos(t).round(9), np.sin(t)], 16, crease_deg=179)
    n = ball.v / np.array(radii)
    return Shape(ball.v * radii + at, n / np.linalg.norm(n, axis=1, keepdims=True), ball.f)


def leaf_mobile(b: Bag) -> None:
    """A table mobile: brass arms, painted leaves, and a sun that weighs as much as all of them."""
    b.add(lathe([(0.075, 0), (0.075, 0.012), (0.06, 0.02), (0.012, 0.026), (0.007, 0.04)], 24), INK, 0.5)
    mast = [(0, 0, 0.03), (0, 0, 0.2), (0.005, 0, 0.38), (0.03, 0, 0.5), (0.075, 0, 0.56), (0.13, 0, 0.565)]
    b.add(tube(mast, [0.006, 0.0055, 0.005, 0.0045, 0.004, 0.003], 8), INK, 0.5)

    def hook(x: float, z0: float, z1: float) -> None:
        b.add(tube([(x, 0, z0), (x, 0, (z0 + z1) / 2), (x, 0, z1)], 0.0012, 4), INK, 0.4)

    def arm(x: float, z: float, left: float, right: float, dip: float) -> None:
        path = [(x - left, 0, z - dip), (x - left * 0.5, 0, z - dip * 0.2), (x, 0, z),
            (x + right * 0.5, 0, z + dip * 0.1), (x + right, 0, z - dip * 0.3)]  # fmt: skip
        b.add(tube(path, 0.0022, 6), BRASS, 0.8)

    def plate(outline: np.ndarray, colour: Colour, x: float, z: float, turn: float) -> None:
        with b.at(x=x, z=z, rz=turn):
            cut(b, outline, colour, -0.0015, 0.003, 0.3)
            back = outline * (-1, 1)
            with b.at(rz=180):
                cut(b, back, colour * 0.9, -0.0015, 0.0, 0.3)

    hook(0.13, 0.565, 0.54)
    arm(0.13, 0.54, 0.19, 0.1, 0.03)
    hook(-0.06, 0.51, 0.47)
    plate(disc(0, -0.055, 0.055, 26), TERRA, -0.06, 0.47, 25)
    hook(0.23, 0.531, 0.49)
    arm(0.23, 0.49, 0.09, 0.12, 0.02)
    hook(0.14, 0.47, 0.43)
    plate(blade(0, 0, 0.1, 0.042, -90, 9), NAVY, 0.14, 0.43, -30)
    hook(0.35, 0.484, 0.43)
    arm(0.35, 0.43, 0.075, 0.08, 0.016)
    hook(0.275, 0.414, 0.38)
    plate(blade(0, 0, 0.085, 0.036, -90, 9), MUSTARD, 0.275, 0.38, 40)
    hook(0.43, 0.425, 0.36)
    plate(blade(0, 0, 0.075, 0.03, -90, 9), IVORY, 0.43, 0.36, -20)
    hook(0.35, 0.43, 0.33)
    plate(blade(0, 0, 0.095, 0.038, -90, 9), rgb("3f8087"), 0.35, 0.33, 10)


GOODS = {
    "bronze_hare": bronze_hare,
    "marble_knot": marble_knot,
    "pebble_stack": pebble_stack,
    "ceramic_bird": ceramic_bird,
    "two_who_wait": two_who_wait,
    "leaf_mobile": leaf_mobile,
}
