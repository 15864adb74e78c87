"""The wardrobe: a small warm dressing room in rose and plum, with a round-headed window on a garden."""

from assets.studio import room_outside as out
from assets.studio.bag import OUTDOOR
from assets.studio.kit import box
from assets.studio.lighting import ProbeGrid, Sun
from assets.studio.palette import WALNUT, rgb
from assets.studio.room_bag import RoomBag
from assets.studio.room_shell import Look, Window, ceiling, globe_lamp, herringbone, wainscot, wall

W, D, H, DOOR_Y = 6.0, 5.0, 3.1, -1.4
SUN = Sun(direction=(-0.70, -0.24, -0.66), strength=11, colour=(1.0, 0.86, 0.68))
PROBES = ProbeGrid(lo=(-2.7, -2.2), hi=(2.7, 2.2), nx=7, ny=6, zs=(0.3, 1.0, 1.7, 2.5))
LOOK = Look(wall=rgb("e6c2b0"), trim=rgb("9c6b78"), ceiling=rgb("f5e6d8"), frame=rgb("f1e2d3"), sill=WALNUT)


def build() -> RoomBag:
    """The empty wardrobe and what its windows show."""
    b = RoomBag(24)
    herringbone(b, W, D, WALNUT * 0.95 + rgb("b58c62") * 0.14)
    for y, turn in ((D / 2, 0), (-D / 2, 180)):
        with b.at(y=y, rz=turn):
            wall(b, W, H, LOOK)
            wainscot(b, -W / 2, W / 2, LOOK, 0.86)
    with b.at(x=-W / 2, rz=90):
        wall(b, D, H, LOOK, door_x=DOOR_Y)
        wainscot(b, DOOR_Y + 0.64, D / 2, LOOK, 0.86)
    with b.at(x=W / 2, rz=-90):
        panes = (Window(0.0, 1.7, 0.04, 1.75, 4, 3, arched=True, light_w=120),)
        wall(b, D, H, LOOK, panes)
        for x0, x1 in ((-D / 2, -0.96), (0.96, D / 2)):
            wainscot(b, x0, x1, LOOK, 0.86)
    ceiling(b, W, D, H, LOOK, skylight=(-1.5, 0.1, -0.55, 0.55), light_w=70)
    for x, y in ((1.25, 0.0), (-2.2, 1.3), (-2.2, -1.0)):
        with b.at(x=x, y=y):
            globe_lamp(b, 2.45, H, r=0.15 if x > 0 else 0.11, power_w=30 if x > 0 else 18)
    _view(b)
    return b


def _view(b: RoomBag) -> None:
    """A balcony's rail, clipped garden beds and the evening side of the hills."""
    out.sky(b, 50, from_deg=-75, to_deg=75, low_deg=-5)
    out.cloud(b, (38, 6, 14), 2.8)
    out.ridge(b, 42, 6.0, 3.6, rgb("b4bfc4"), phase=2.6, from_deg=-65, to_deg=65)
    out.ridge(b, 32, 3.2, 2.4, rgb("a7b98c"), phase=0.2, from_deg=-65, to_deg=65, trees=34)
    b.glow(box(22, 24, 0.05, 0), rgb("a3b77a"), OUTDOOR, x=14.6, z=-0.5)
    b.glow(box(1.3, 3.6, 0.05, 0), rgb("e4d4c0"), OUTDOOR, x=3.95, z=-0.1)
    for k in range(19):
        out.put(b, box(0.02, 0.02, 0.86, 0), rgb("5c4450"), x=4.5, y=-1.8 + 0.2 * k, z=-0.08)
    out.put(b, box(0.05, 3.7, 0.05, 0.01), rgb("5c4450"), x=4.5, z=0.78)
    for x, y, w, d in ((8.4, -2.6, 2.2, 1.6), (8.4, 2.6, 2.2, 1.6), (12.4, -2.6, 2.6, 1.6), (12.4, 2.6, 2.6, 1.6)):
        out.hedge(b, x, y, w, d, 0.6, z=-0.5)
    for x, y in ((8.4, -2.6), (12.4, 2.6)):
        out.put(b, box(1.2, 0.8, 0.2, 0.08), rgb("e2949c"), x=x, y=y, z=0.06)
    for y in (-5.2, 5.2, -7.0):
        out.cypress(b, 13.0, y, 4.0, z=-0.5)
    out.tree(b, 15.5, 0.4, 2.0, rgb("93b06a"), z=-0.5, size=1.3)
    out.tree(b, 10.5, 6.6, 1.7, rgb("86a860"), z=-0.5)
