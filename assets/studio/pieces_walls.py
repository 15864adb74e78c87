"""Kit pieces that part a room: walls, a window, an arch, a folding screen, doors. Metres, along X, front towards -Y."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.kit import Shape, arc, ball, box, grid, join, moved, strips, tube
from assets.studio.palette import BRASS, CREAM, IVORY, OAK, SAGE, TERRA, rgb
from assets.studio.piece_bag import PieceBag
from assets.studio.piece_model import PieceModel
from assets.studio.street_shapes import pierced, reveal, sides
from assets.studio.turning import curve

T, H = 0.1, 2.6  # thickness and height of a whole wall
PLASTER, TRIM = rgb("efe3cf"), rgb("f7f0e2")


def foot(b: PieceBag, w: float, x: float = 0.0) -> None:
    """A skirting on both sides."""
    with b.painted("trim"):
        b.add(box(w, T + 0.03, 0.11, 0.01), TRIM, 0.2, jitter=0, x=x)


def slab(b: PieceBag, w: float, h: float, *holes: tuple[float, float, float, float]) -> None:
    """A plastered wall cut into small fields: a corner that lies in a skirting must not darken all of it."""
    n = round(h / 0.25)
    cuts = [(x, x, z, z) for x, z in zip(np.linspace(-w / 2, w / 2, n + 1), np.linspace(0, h, n + 1), strict=True)]
    front = pierced(w, 0.0, h, [*holes, *cuts])
    with b.painted("wall"):
        for turn in (0, 180):
            with b.at(rz=turn):
                b.add(moved(front, y=-T / 2), PLASTER, 0.05, jitter=0)
        for hole in holes:
            b.add(moved(reveal(hole, T), y=-T / 2), PLASTER, 0.05, jitter=0)
        b.add(sides(w, T, h, "xX"), PLASTER, 0.05, jitter=0)


def wall_full(b: PieceBag) -> None:
    """A whole wall, two metres wide."""
    slab(b, 2.0, H - 0.06)
    foot(b, 2.0)
    with b.painted("trim"):
        b.add(box(2.0, T + 0.05, 0.07, 0.018), TRIM, 0.2, jitter=0, z=H - 0.07)
        for y in (-1, 1):
            for x in (-0.5, 0.5):
                for z, h in ((0.28, 0.62), (1.06, 1.3)):
                    _moulding(b, x, y * (T / 2 + 0.004), z, 0.84, h)
    for yaw in (180.0, 0.0):
        b.wall(2.0, H - 0.2, y=(-1 if yaw else 1) * (T / 2 + 0.013), z=0.12, yaw_deg=yaw)


def _moulding(b: PieceBag, x: float, y: float, z: float, w: float, h: float) -> None:
    for sx in (-1, 1):
        b.add(box(0.02, 0.016, h, 0), TRIM, 0.15, jitter=0, x=x + sx * w / 2, y=y, z=z)
    for dz in (0.0, h - 0.02):
        b.add(box(w, 0.016, 0.02, 0), TRIM, 0.15, jitter=0, x=x, y=y, z=z + dz)


def wall_half(b: PieceBag) -> None:
    """A low wall with an oak cap that things may stand on."""
    h = 1.1
    slab(b, 2.0, h - 0.03)
    foot(b, 2.0)
    with b.painted("wood"):
        b.add(box(2.04, 0.2, 0.035, 0.012), OAK, 0.45, jitter=0, z=h - 0.035)
        for y in (-1, 1):
            for k in range(8):
                b.add(
                    box(0.2, 0.014, 0.86, 0.006),
                    OAK * 1.04,
                    0.3,
                    jitter=0.05,
                    x=-0.861 + 0.246 * k,
                    y=y * (T / 2 + 0.005),
                    z=0.15,
                )
    b.surface(2.0, 0.18, z=h)


def wall_window(b: PieceBag) -> None:
    """A wall with a window of six lights and a sill."""
    w, sill, head, half = 2.0, 0.92, 2.16, 0.62
    slab(b, w, H - 0.06, (-half, half, sill, head))
    foot(b, w)
    with b.painted("trim"):
        b.add(box(w, T + 0.05, 0.07, 0.018), TRIM, 0.2, jitter=0, z=H - 0.07)
        for sx in (-1, 1):
            b.add(
                box(0.09, T + 0.03, head - sill + 0.1, 0.01), TRIM, 0.25, jitter=0, x=sx * (half + 0.02), z=sill - 0.02
            )
        b.add(box(2 * half + 0.17, T + 0.03, 0.09, 0.01), TRIM, 0.25, jitter=0, z=head - 0.03)
        b.add(box(2 * half + 0.24, T + 0.16, 0.045, 0.014), TRIM, 0.3, jitter=0, z=sill - 0.04)
        b.add(box(0.035, 0.045, head - sill, 0.006), TRIM, 0.25, jitter=0, z=sill)
        for z in (sill + 0.42, sill + 0.84):
            b.add(box(2 * half, 0.04, 0.03, 0.006), TRIM, 0.25, jitter=0, z=z)
    b.surface(1.2, 0.1, y=-0.07, z=sill + 0.005)


def wall_arch(b: PieceBag) -> None:
    """A wall with a round-headed opening to walk through."""
    w, r, spring = 2.0, 0.62, 1.5
    top = H - 0.06
    half = np.array([0, T / 2, 0])
    with b.painted("wall"):
        for sx in (-1, 1):
            b.add(box(w / 2 - r, T, spring, 0.002), PLASTER, 0.05, jitter=0, x=sx * (w / 2 + r) / 2)
        under = arc(r, 180, 0, 20, cz=spring)
        outer = np.r_[
            [(-w / 2, 0, spring)], [(x, 0, top) for x in np.linspace(-w / 2, w / 2, 19)], [(w / 2, 0, spring)]
        ]
        b.add(join(strips(under - half, outer - half), strips(outer + half, under + half)), PLASTER, 0.05, jitter=0)
        b.add(strips(under + half, under - half), PLASTER * 0.97, 0.05, jitter=0)
        for sx in (-1, 1):
            side = np.array([(sx * w / 2, -T / 2, spring), (sx * w / 2, T / 2, spring)])
            up = side + (0, 0, top - spring)
            b.add(strips(*((side, up) if sx > 0 else (up, side))), PLASTER, 0.05, jitter=0)
    with b.painted("trim"):
        rim = arc(r + 0.035, 180, 0, 24, cz=spring)
        path = np.r_[
            [(-r - 0.035, 0, 0.0)], [(-r - 0.035, 0, 0.75)], rim, [(r + 0.035, 0, 0.75)], [(r + 0.035, 0, 0.0)]
        ]
        for y in (-T / 2, T / 2):
            b.add(tube(path + (0, y, 0), 0.035, 6, 0.7), TRIM, 0.25, jitter=0)
        b.add(box(w, T + 0.05, 0.07, 0.018), TRIM, 0.2, jitter=0, z=H - 0.07)
        for sx in (-1, 1):
            b.add(box(w / 2 - r - 0.07, T + 0.03, 0.11, 0.01), TRIM, 0.2, jitter=0, x=sx * (w / 2 + r + 0.07) / 2)
            b.solid(w / 2 - r, T, H, x=sx * (w / 2 + r) / 2)


def folding_screen(b: PieceBag) -> None:
    """Three panels of woven cane in oak frames, folded like a fan."""
    w, h = 0.56, 1.72
    x = -0.78
    for turn in (22, -22, 22):
        a = np.radians(turn)
        mid = (x + w / 2 * np.cos(a), 0.0)
        x += w * np.cos(a)
        with b.at(x=mid[0], y=mid[1], rz=turn):
            with b.painted("wood"):
                for sx in (-1, 1):
                    b.add(box(0.04, 0.03, h, 0.01), OAK, 0.4, jitter=0.03, x=sx * (w / 2 - 0.02))
                for z in (0.14, 0.62, h - 0.05):
                    b.add(box(w - 0.08, 0.026, 0.04, 0.008), OAK, 0.4, jitter=0.03, z=z)
            with b.painted("panel"):
                b.add(box(w - 0.08, 0.01, h - 0.83, 0.002), rgb("d9bf8f"), 0.05, jitter=0.02, z=0.66)
                b.add(box(w - 0.08, 0.01, 0.42, 0.002), rgb("d9bf8f"), 0.05, jitter=0.02, z=0.19)
            for sy in (-1, 1):
                for i in range(7):
                    b.add(
                        box(0.006, 0.006, h - 0.83, 0),
                        rgb("b2915c"),
                        0.05,
                        jitter=0,
                        x=-0.2 + 0.0667 * i,
                        y=sy * 0.006,
                        z=0.66,
                    )


def _frame(b: PieceBag, w: float, h: float) -> None:
    with b.painted("trim"):
        for sx in (-1, 1):
            b.add(box(0.09, 0.16, h + 0.08, 0.012), IVORY, 0.25, jitter=0, x=sx * (w / 2 + 0.045))
        b.add(box(w + 0.22, 0.18, 0.1, 0.014), IVORY, 0.25, jitter=0, z=h)


def door_panel(b: PieceBag) -> None:
    """An inner door with four panels and a brass knob, in its frame."""
    w, h = 0.88, 2.08
    _frame(b, w, h)
    with b.painted("door"):
        b.add(box(w - 0.01, 0.045, h - 0.01, 0.006), SAGE * 0.8, 0.3, jitter=0, z=0.005)
        for sy in (-1, 1):
            for sx in (-1, 1):
                for z, ph in ((0.2, 0.62), (1.02, 0.86)):
                    b.add(box(0.3, 0.02, ph, 0.01), SAGE * 0.86, 0.3, jitter=0.01, x=sx * 0.2, y=sy * 0.024, z=z)
    for sy in (-1, 1):
        b.add(ball(0.03, 10, 2), BRASS, 0.8, x=0.36, y=sy * 0.07, z=0.97)
        b.add(tube([(0.36, sy * 0.02, 1.0), (0.36, sy * 0.05, 1.0)], 0.012, 6), BRASS, 0.8)


def door_arched(b: PieceBag) -> None:
    """A round-headed plank door with iron straps: a way to somewhere that one can imagine."""
    r, spring = 0.46, 1.6
    planks = 6
    with b.painted("door"):
        for k in range(planks):
            x0, x1 = -r + 2 * r * k / planks + 0.003, -r + 2 * r * (k + 1) / planks - 0.003
            xs = np.linspace(x0, x1, 4)
            top = np.c_[xs, np.full(4, -0.03), spring + np.sqrt(np.maximum(r**2 - xs**2, 0))]
            low = top * (1, 1, 0) + (0, 0, 0.0)
            slab = join(
                strips(low, top), strips(top, top + (0, 0.06, 0)), strips(top + (0, 0.06, 0), low + (0, 0.06, 0))
            )
            b.add(_outside(slab), TERRA * 0.75, 0.25, jitter=0.1)
    b.add(box(2 * r, 0.03, spring, 0), TERRA * 0.25, 0.1, jitter=0)
    with b.painted("trim"):
        rim = arc(r + 0.05, 180, 0, 22, cz=spring)
        path = np.r_[[(-r - 0.05, 0, 0.0)], [(-r - 0.05, 0, 0.8)], rim, [(r + 0.05, 0, 0.8)], [(r + 0.05, 0, 0.0)]]
        b.add(tube(path, 0.06, 6, 1.2), CREAM, 0.15, jitter=0)
    iron = rgb("3a3838")
    for sy in (-1, 1):
        for z in (0.4, 1.45):
            b.add(box(0.62, 0.012, 0.05, 0.004), iron, 0.45, x=-0.13, y=sy * 0.036, z=z)
        ring = curve(
            [
                (0.3, sy * 0.05, 1.06),
                (0.34, sy * 0.055, 1.0),
                (0.3, sy * 0.06, 0.94),
                (0.26, sy * 0.055, 1.0),
                (0.3, sy * 0.05, 1.06),
            ],
            3,
        )
        b.add(tube(ring, 0.009, 5), BRASS, 0.7)


def _outside(shape: Shape) -> Shape:
    """Faces turned away from the shape's middle."""
    v, f = shape.v, shape.f
    mid = (v.min(0) + v.max(0)) / 2
    g = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
    back = (g * (v[f].mean(1) - mid)).sum(1) < 0
    f = np.where(back[:, None], f[:, ::-1], f)
    n = np.zeros_like(v)
    for k in range(3):
        np.add.at(n, f[:, k], np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]]))
    return Shape(v, n / (np.linalg.norm(n, axis=1, keepdims=True) + 1e-12), f)


def curtain_wall(b: PieceBag) -> None:
    """Linen drapes on a brass pole between two posts."""
    w, h = 1.8, 2.3
    for sx in (-1, 1):
        with b.painted("metal"):
            b.add(tube([(sx * w / 2, 0, 0), (sx * w / 2, 0, h / 2), (sx * w / 2, 0, h)], 0.018, 8), BRASS, 0.7)
            b.add(ball(0.035, 10, 2), BRASS, 0.7, x=sx * (w / 2 + 0.04), z=h - 0.035)
        b.add(box(0.24, 0.36, 0.03, 0.01), rgb("7a5439"), 0.3, x=sx * w / 2)
        b.solid(0.6, 0.14, h, x=sx * (w / 2 - 0.28))
    with b.painted("metal"):
        b.add(tube([(-w / 2 - 0.04, 0, h), (0, 0, h), (w / 2 + 0.04, 0, h)], 0.014, 7), BRASS, 0.7)
    with b.painted("cloth"):
        for sx in (-1, 1):
            u, z = np.linspace(0, 1, 29), np.linspace(0.03, h - 0.02, 7)
            wide = 0.56 + 0.16 * np.abs(np.linspace(1, -0.3, 7))
            x = sx * (w / 2 - 0.03) - sx * wide[:, None] * u[None]
            y = 0.045 * np.sin(u * 2 * np.pi * 7)[None] * np.linspace(1.1, 0.75, 7)[:, None]
            p = np.stack([x, y, np.broadcast_to(z[:, None], x.shape)], -1)
            face = grid(p if sx < 0 else p[:, ::-1], wrap=False)
            front = face if face.n[:, 1].mean() < 0 else Shape(face.v, -face.n, face.f[:, ::-1])
            b.add(front, rgb("e9dcc4"), 0.02, jitter=0)
            b.add(Shape(front.v + (0, 0.004, 0), -front.n, front.f[:, ::-1]), rgb("e9dcc4"), 0.02, jitter=0)


PIECES = {
    "wall_full": PieceModel(wall_full, "walls", "Wall", "墙"),
    "wall_half": PieceModel(wall_half, "walls", "Low wall", "矮墙"),
    "wall_window": PieceModel(wall_window, "walls", "Wall with a window", "带窗的墙"),
    "wall_arch": PieceModel(wall_arch, "walls", "Wall with an arch", "拱门墙"),
    "folding_screen": PieceModel(folding_screen, "walls", "Folding screen", "屏风"),
    "curtain": PieceModel(curtain_wall, "walls", "Linen curtain", "亚麻帘"),
    "door_panel": PieceModel(door_panel, "doors", "Panel door", "镶板门"),
    "door_arched": PieceModel(door_arched, "doors", "Arched door", "拱形门"),
}
