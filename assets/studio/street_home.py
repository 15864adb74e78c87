"""The house on the street whose door leads home: a yellow door with a lantern, a nameplate and two pots of flowers."""

from assets.studio.bag import Bag
from assets.studio.kit import ball, box, lathe, tube
from assets.studio.lettering import lettering
from assets.studio.palette import BRASS, CREAM, INK, IVORY, SKY, TERRA, Colour, rgb
from assets.studio.street_facades import House, window
from assets.studio.street_plants import BLOOMS, bush, flower_box
from assets.studio.street_props import wall_lantern
from assets.studio.street_shapes import reveal, sides, stile
from assets.studio.street_shops import DOOR_H, DOOR_HOLE, REVEAL, glimpse
from assets.studio.street_signs import han

PAINT = rgb("d99a35")
HOLE = (-DOOR_HOLE, DOOR_HOLE, 0.0, DOOR_H + 0.1)
SIGN_INK = rgb("f7e7c0")


def leaf(b: Bag, paint: Colour, to: str) -> None:
    """The panelled leaf, its hinge at x = -0.45, its threshold at the origin, seen from both sides."""
    tone = paint * 1.05
    for x in (-0.384, 0.384):
        b.add(stile(0.116, 0.05, DOOR_H - 0.03, 4), tone, 0.4, to=to, jitter=0, x=x, z=0.025)
    for z, h in ((0.025, 0.16), (0.86, 0.12), (1.72, 0.1), (2.12, 0.135)):
        b.add(sides(0.652, 0.05, h, "yYzZ"), tone, 0.4, to=to, jitter=0, z=z)
    for z, h in ((0.185, 0.675), (0.98, 0.74)):
        b.add(sides(0.652, 0.024, h, "yY"), tone * 0.9, 0.4, to=to, jitter=0, z=z)
        for s in (-1, 1):
            for x in (-0.165, 0.165):
                panel = sides(0.25, 0.014, h - 0.1, "yxXzZ" if s < 0 else "YxXzZ")
                b.add(panel, tone * 1.06, 0.4, to=to, jitter=0, x=x, y=0.019 * s, z=z + 0.05)
    b.add(sides(0.652, 0.016, 0.3, "yY"), rgb("f3d9a0"), 0.6, to=to, jitter=0, z=1.82)
    for x in (-0.11, 0.11):
        b.add(stile(0.022, 0.03, 0.3, 2), tone, 0.4, to=to, jitter=0, x=x, z=1.82)
    for s in (-1, 1):
        b.add(ball(0.034, 8, 2), BRASS, 0.85, to=to, jitter=0, x=0.375, y=0.075 * s, z=0.98)
        b.add(tube([(0.375, 0.02 * s, 1.014), (0.375, 0.06 * s, 1.014)], 0.012, 5), BRASS, 0.85, to=to, jitter=0)


def frame(b: Bag, paint: Colour) -> None:
    """Jambs, lintel and threshold of the door; the threshold is level with the street."""
    b.shell(sides(1.04, 0.44, 0.02, "yZ"), CREAM * 0.7, 0.3, y=-0.06, density=0.7)
    for x in (-0.49, 0.49):
        b.add(stile(0.08, 0.2, DOOR_H + 0.1, 5), paint * 0.9, 0.4, x=x, jitter=0)
    b.add(sides(0.9, 0.2, 0.09, "yYz"), paint * 0.9, 0.4, z=DOOR_H + 0.01, jitter=0)


def home_front(b: Bag, f: House) -> None:
    """The ground floor of the player's own house."""
    for sx in (-1, 1):
        w = f.width / 2 - DOOR_HOLE - 0.12
        foot = sides(w, 0.06, 0.5, "yZxX")
        b.shell(foot, f.trim * 0.8, 0.06, density=0.7, x=sx * (DOOR_HOLE + 0.12 + w / 2), y=-0.03)
    b.shell(reveal(HOLE, REVEAL, "xXZ"), IVORY * 0.9, 0.1, jitter=0, density=0.6)
    with b.at(y=0.1):
        frame(b, PAINT)
        leaf(b, PAINT, "home_leaf")
    glimpse(b, 0.0, rgb("f1d9b5"))
    for sx in (-1, 1):
        b.add(sides(0.13, 0.12, DOOR_H + 0.16, "yxX"), IVORY, 0.1, x=sx * (DOOR_HOLE + 0.055), y=-0.06)
    b.add(sides(1.44, 0.2, 0.12, "yxXzZ"), IVORY, 0.1, y=-0.1, z=DOOR_H + 0.16)
    _sign(b)
    with b.at(x=0.98, y=-0.02, z=2.72):
        wall_lantern(b)
    b.light("POINT", 16, (0.98, -0.45, 2.1), colour=(1, 0.76, 0.46), size_m=(0.08,))
    b.add(box(0.9, 0.42, 0.012, 0.004), rgb("9a6a45"), 0.02, y=-0.3)
    for sx in (-1, 1):
        with b.at(x=sx * 1.385, z=0.95):
            window(b, 0.6, 1.3, f.shutter, f.trim)
            if sx > 0:
                with b.at(y=-0.17, z=-0.2):
                    flower_box(b, 0.8, (BLOOMS[4], BLOOMS[2]))
        with b.at(x=sx * 0.9, y=-0.3):
            bush(b, 0.19, (TERRA, SKY * 0.8)[sx > 0], (BLOOMS[2], BLOOMS[1]) if sx > 0 else (BLOOMS[4], BLOOMS[0]))


def _sign(b: Bag) -> None:
    """A small painted board over the lintel: home, in both scripts, with a loquat between them."""
    w, h = 1.3, 0.34
    with b.at(y=-0.02, z=DOOR_H + 0.34):
        b.shell(sides(w, 0.07, h, "yxXzZ"), rgb("5d4a37"), 0.25, y=-0.035, jitter=0)
        b.add(sides(w + 0.08, 0.12, 0.05, "yxXzZ"), PAINT * 0.95, 0.3, y=-0.06, z=h, jitter=0)
        b.add(lettering("HOME", 0.15), SIGN_INK, 0.3, x=-0.26, y=-0.073, z=0.095, jitter=0)
        b.add(han("家", 0.22), SIGN_INK, 0.3, x=0.42, y=-0.073, z=0.06, jitter=0)
        fruit = [(0.0, -0.05), (0.036, -0.036), (0.05, 0), (0.036, 0.034), (0.0, 0.046)]
        b.add(lathe(fruit, 9, crease_deg=99), rgb("f0a030"), 0.4, x=0.19, y=-0.085, z=0.165, jitter=0)
        b.add(box(0.012, 0.012, 0.04, 0), INK, 0.2, x=0.19, y=-0.085, z=0.21)


