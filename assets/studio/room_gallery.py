"""The gallery: a tall quiet hall of warm grey plaster over stone, with a lantern of sky and high eastern windows."""

from assets.studio import room_outside as out
from assets.studio.bag import OUTDOOR
from assets.studio.kit import box, lathe
from assets.studio.lighting import ProbeGrid, Sun
from assets.studio.palette import INK, WALNUT, rgb
from assets.studio.room_bag import RoomBag
from assets.studio.room_shell import Look, Window, ceiling, stone_tiles, wall

W, D, H, DOOR_Y = 9.0, 7.0, 4.0, -2.3
SUN = Sun(direction=(-0.58, 0.16, -0.80), strength=10)
PROBES = ProbeGrid(lo=(-4.1, -3.1), hi=(4.1, 3.1), nx=8, ny=7, zs=(0.3, 1.0, 1.7, 3.0))
LOOK = Look(wall=rgb("c9bcaa"), trim=rgb("6d5a4c"), ceiling=rgb("e3dacb"), frame=rgb("54483f"), sill=WALNUT)
TRACK_M = 3.55


def build() -> RoomBag:
    """The empty gallery and what its windows show."""
    b = RoomBag(23)
    stone_tiles(b, W, D, rgb("a8977f"), side=0.9)
    with b.at(y=D / 2):
        wall(b, W, H, LOOK, skirting_m=0.07, cornice=False)
    with b.at(y=-D / 2, rz=180):
        wall(b, W, H, LOOK, skirting_m=0.07, cornice=False)
    with b.at(x=-W / 2, rz=90):
        wall(b, D, H, LOOK, door_x=DOOR_Y, skirting_m=0.07, cornice=False)
    with b.at(x=W / 2, rz=-90):
        panes = (
            Window(-2.2, 1.0, 0.04, 3.3, 2, 4, light_w=46),
            Window(0.0, 1.0, 0.04, 3.3, 2, 4, light_w=46),
            Window(2.2, 1.0, 0.04, 3.3, 2, 4, light_w=46),
        )
        wall(b, D, H, LOOK, panes, skirting_m=0.07, cornice=False)
    ceiling(b, W, D, H, LOOK, skylight=(-2.6, 1.2, -1.1, 1.1), light_w=125, well_m=0.6)
    for y in (-2.35, 2.35):
        with b.at(y=y):
            _track(b, 1.0 if y > 0 else -1.0)
    _view(b)
    return b


def _track(b: RoomBag, way: float) -> None:
    """A rail of spots along X that wash the wall on the side `way` of Y."""
    with b.painted("trim"):
        b.add(box(7.0, 0.04, 0.035, 0), INK, 0.3, jitter=0, z=TRACK_M)
        for x in (-3.0, 0.0, 3.0):
            b.add(box(0.012, 0.012, H - TRACK_M, 0), INK, 0.3, jitter=0, x=x, z=TRACK_M)
    for x in (-2.9, -1.45, 0.0, 1.45, 2.9):
        with b.at(x=x, z=TRACK_M - 0.02, rx=way * 32):
            b.add(lathe([(0.055, -0.16), (0.055, -0.03), (0.03, 0.0), (0, 0.0)], 14), INK, 0.35, jitter=0)
            b.glow(lathe([(0, -0.15), (0.05, -0.15)], 12), rgb("ffe0b0"))
        b.light("AREA", 16, (x, 0, TRACK_M - 0.2), colour=(1, 0.84, 0.62), aim=(0, way * 0.62, -1), size_m=(0.12, 0.12))


def _view(b: RoomBag) -> None:
    """A walled sculpture garden with cypresses and a pale hill."""
    out.sky(b, 50, from_deg=-75, to_deg=75, low_deg=-4)
    out.cloud(b, (36, 10, 15), 2.6)
    out.cloud(b, (38, -12, 19), 3.2)
    out.ridge(b, 40, 5.5, 3.5, rgb("a9c3b4"), phase=0.9, from_deg=-65, to_deg=65)
    out.ridge(b, 28, 3.0, 2.0, rgb("93b07c"), phase=2.2, from_deg=-65, to_deg=65, trees=30)
    b.glow(box(10, 22, 0.05, 0), rgb("a9b97e"), OUTDOOR, x=10.0, z=-0.12)
    b.glow(box(3.4, 22, 0.05, 0), rgb("e2d6c0"), OUTDOOR, x=6.4, z=-0.1)
    out.put(b, box(0.4, 22, 2.0, 0), rgb("e3c7a4"), x=14.6)
    out.put(b, box(0.6, 22, 0.12, 0.02), rgb("c39a78"), x=14.6, z=2.0)
    for y, h in ((-6.8, 4.2), (-5.4, 3.6), (5.6, 4.4), (7.0, 3.7), (1.4, 3.9)):
        out.cypress(b, 13.4, y, h)
    for y in (-3.2, 3.4):
        out.hedge(b, 12.6, y, 1.0, 3.0, 0.8)
    out.put(b, box(0.9, 0.9, 0.8, 0.02), rgb("d9cfc0"), x=10.4, y=-0.2)
    stone = [(0.3, 0), (0.36, 0.3), (0.2, 0.7), (0.32, 1.05), (0.2, 1.4), (0, 1.5)]
    out.put(b, lathe(stone, 16, crease_deg=99), rgb("cfc4b6"), x=10.4, y=-0.2, z=0.8)
