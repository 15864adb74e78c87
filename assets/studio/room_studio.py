"""The studio: a painter's loft with white walls, ash boards, a wall of steel-framed glass and a roof light."""

from assets.studio import room_outside as out
from assets.studio.furniture import pendant
from assets.studio.homeware_palette import ASH
from assets.studio.kit import box
from assets.studio.lighting import ProbeGrid, Sun
from assets.studio.palette import OAK, rgb
from assets.studio.room_bag import RoomBag
from assets.studio.room_shell import Look, Window, boards, ceiling, wall

W, D, H, DOOR_Y = 7.0, 6.0, 3.3, -1.6
SUN = Sun(direction=(-0.66, 0.22, -0.72), strength=10)
PROBES = ProbeGrid(lo=(-3.1, -2.6), hi=(3.1, 2.6), nx=7, ny=6, zs=(0.3, 1.0, 1.7, 2.6))
STEEL = rgb("41556a")
LOOK = Look(wall=rgb("eadfcc"), trim=rgb("b9c2c4"), ceiling=rgb("f4efe6"), frame=STEEL, sill=ASH)


def build() -> RoomBag:
    """The empty studio and what its windows show."""
    b = RoomBag(21)
    boards(b, W, D, ASH * 0.82 + OAK * 0.06, wide=0.17)
    with b.at(y=D / 2):
        wall(b, W, H, LOOK)
    with b.at(y=-D / 2, rz=180):
        wall(b, W, H, LOOK)
    with b.at(x=-W / 2, rz=90):
        wall(b, D, H, LOOK, door_x=DOOR_Y)
    with b.at(x=W / 2, rz=-90):
        panes = (Window(-0.75, 2.6, 0.5, 2.75, 4, 4, light_w=95), Window(1.75, 1.3, 0.5, 2.75, 2, 4, light_w=48))
        wall(b, D, H, LOOK, panes)
    ceiling(
        b,
        W,
        D,
        H,
        LOOK,
        skylight=(-1.9, 0.5, 0.3, 2.0),
        beams_x=(-2.9, -2.1, 0.7, 1.6, 2.5),
        beam=rgb("e6dccb"),
        light_w=95,
    )
    for y in (-1.3, 1.15):
        with b.at(x=1.15, y=y):
            pendant(b, 2.25, STEEL * 1.3, 0.24, H, power_w=34)
    with b.at(x=-2.5, y=-0.2):
        pendant(b, 2.35, rgb("e8ddca"), 0.2, H, power_w=24)
    _view(b)
    return b


def _view(b: RoomBag) -> None:
    """Roofs of the street and the orchard hill behind them."""
    with b.at(z=-3.4):
        out.sky(b, 60, from_deg=-75, to_deg=75, low_deg=-8)
        for x, y, z, s in ((44, -14, 20, 3.0), (46, 12, 24, 3.6), (40, 28, 17, 2.6)):
            out.cloud(b, (x, y, z), s)
        span = {"from_deg": -70, "to_deg": 70}
        out.ridge(b, 52, 9.0, 5.0, rgb("a9c8c0"), phase=0.4, **span)
        out.ridge(b, 40, 5.2, 3.4, rgb("95b892"), phase=1.7, trees=26, **span)
        out.ridge(b, 30, 2.4, 2.6, rgb("8fae66"), phase=3.0, trees=40, **span)
        tones = ("e8c9a8", "d9d8c4", "e3b49c", "f0dfb8", "c9d3cf", "ecd6b4")
        for k, (x, y, w, d, h) in enumerate(
            (
                (13, -7.5, 4, 4, 2.6),
                (15, -2.4, 4.4, 4, 3.1),
                (12.5, 2.8, 4, 3.6, 2.2),
                (16, 7.6, 5, 4, 3.4),
                (20, 1.6, 5, 4, 3.7),
                (21, -8.5, 5, 5, 4.0),
                (11.5, 9.6, 4, 4, 2.2),
            )
        ):
            out.house(b, x, y, w, d, h, rgb(tones[k % 6]), turn=7 * (k % 3) - 5)
        for x, y in ((9.6, -0.2), (10.2, 5.6), (9.9, -5.2)):
            out.tree(b, x, y, 2.5, rgb("86a860"))
    b.glow(box(17, 40, 0.05, 0), rgb("d8cbb6"), 0.0, x=12, z=-3.5)
