"""The shop: pale blue panelling under cream, oak herringbone, two arched windows beside the door on the street."""

from assets.studio import room_outside as out
from assets.studio.bag import NIGHT_WINDOW, OUTDOOR
from assets.studio.furniture import pendant
from assets.studio.kit import box
from assets.studio.lighting import ProbeGrid, Sun
from assets.studio.palette import BRASS, OAK, WALNUT, rgb
from assets.studio.room_bag import RoomBag
from assets.studio.room_shell import Look, Window, ceiling, herringbone, wainscot, wall

W, D, H, DOOR_Y = 8.0, 6.0, 3.4, -2.0
SUN = Sun(direction=(0.62, 0.28, -0.73), strength=11)
PROBES = ProbeGrid(lo=(-3.6, -2.6), hi=(3.6, 2.6), nx=8, ny=6, zs=(0.3, 1.0, 1.7, 2.6))
LOOK = Look(wall=rgb("f2e6d0"), trim=rgb("9db9c0"), ceiling=rgb("f5ecdc"), frame=rgb("f3ead9"), sill=OAK)


def build() -> RoomBag:
    """The empty shop and what its windows show."""
    b = RoomBag(22)
    herringbone(b, W, D, OAK * 0.72 + WALNUT * 0.2)
    with b.at(y=D / 2):
        wall(b, W, H, LOOK)
        wainscot(b, -W / 2, W / 2, LOOK)
    with b.at(y=-D / 2, rz=180):
        wall(b, W, H, LOOK)
        wainscot(b, -W / 2, W / 2, LOOK)
    with b.at(x=W / 2, rz=-90):
        wall(b, D, H, LOOK)
        wainscot(b, -D / 2, D / 2, LOOK)
    with b.at(x=-W / 2, rz=90):
        panes = (
            Window(-0.2, 1.5, 0.55, 1.95, 2, 2, arched=True, light_w=95),
            Window(1.75, 1.5, 0.55, 1.95, 2, 2, arched=True, light_w=95),
        )
        wall(b, D, H, LOOK, panes, door_x=DOOR_Y)
    ceiling(
        b,
        W,
        D,
        H,
        LOOK,
        skylight=(0.6, 2.6, -0.8, 0.8),
        beams_x=(-3.1, -2.0, -0.9, 0.3, 2.9),
        beam=OAK * 0.85,
        light_w=120,
    )
    for x, y in ((-1.5, 1.1), (-1.5, -0.9), (3.25, 0.1)):
        with b.at(x=x, y=y):
            pendant(b, 2.3, BRASS * 0.9, 0.22, H, power_w=32)
    _view(b)
    return b


def _view(b: RoomBag) -> None:
    """The houses across the street, a lamp post and two trees."""
    out.sky(b, 40, from_deg=110, to_deg=250, low_deg=-4)
    b.glow(box(12, 34, 0.05, 0), rgb("e6d8c2"), OUTDOOR, x=-10.1, z=-0.2)
    tones = ("e9b9a4", "f0ddb4", "c3d2c4", "e7cfa6", "d8c3cf", "f1e4cb", "d9a98c")
    for k, tone in enumerate(tones):
        y, h = -10.5 + 3.4 * k, 4.4 + (k * 5 % 4) * 0.6
        colour = rgb(tone) * 0.6 + 0.32
        out.put(b, box(0.6, 3.3, h, 0), colour, x=-14, y=y)
        out.put(b, box(0.9, 3.5, 0.16, 0.03), colour * 0.8, x=-13.9, y=y, z=h)
        for z in (0.2, 2.5):
            for d in (-1.0, 0, 1.0):
                lit = NIGHT_WINDOW if b.rng.random() < 0.5 else OUTDOOR
                out.put(b, box(0.1, 0.6, 1.9 if z < 1 else 1.3, 0), colour * 0.55, lit, x=-13.66, y=y + d, z=z)
                if z > 1:
                    out.put(b, box(0.12, 0.2, 1.3, 0), rgb(tones[(k + 3) % 7]) * 0.7, x=-13.65, y=y + d + 0.42, z=z)
        out.put(b, box(0.9, 2.9, 0.1, 0.03), rgb(tones[(k + 2) % 7]) * 0.8 + 0.1, x=-13.3, y=y, z=2.15, ry=-18)
    for y in (-3.4, 2.4, 6.4):
        out.tree(b, -10.6, y, 2.0, rgb("86a860"))
    for y in (-0.6, 4.5):
        out.pot(b, -8.4, y, rgb("c0614a"), z=-0.15)
