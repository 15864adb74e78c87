"""Old Wu's cart: two wheels, two steps of display, an arched canopy on hoops; 1.8 by 0.9, front towards -Y."""

import numpy as np

from assets.studio import sway
from assets.studio.bag import Bag
from assets.studio.kit import Shape, box, grid, join, lathe, tube
from assets.studio.market_colours import BLUE_CLOTH, IRON, LINEN, PLANK, TIMBER, TIMBER_DARK, TOMATO_CLOTH
from assets.studio.market_stalls import TIER_T, Tier


def cart(b: Bag, w: float, tiers: tuple[Tier, ...]) -> None:
    """The cart with its shelves; the canopy spans from wheel to wheel."""
    back = tiers[-1].y + tiers[-1].deep
    b.shell(box(w, back, 0.07, 0.012), TIMBER, 0.2, y=back / 2, z=0.56, density=0.8)
    for t in tiers:
        top = box(w - 0.04, t.deep, TIER_T, 0.006)
        b.shell(top, PLANK, 0.2, y=t.y + t.deep / 2, z=t.top - TIER_T, density=1.1)
        riser = box(w - 0.06, 0.016, 0.16, 0)
        b.shell(riser, TOMATO_CLOTH, 0.2, keep="y", y=t.y + 0.012, z=t.top - TIER_T - 0.16, density=0.8)
    b.shell(box(w + 0.02, 0.03, 0.16, 0.01), TOMATO_CLOTH, 0.25, y=0.0, z=0.53, density=0.9, jitter=0.02)
    for sx in (-1, 1):
        x = sx * (w / 2 + 0.05)
        with b.at(x=x, y=back * 0.62, z=0.4):
            _wheel(b, 0.4)
        b.add(tube([(sx * 0.7, 0.06, 0), (sx * 0.7, 0.06, 0.3), (sx * 0.7, 0.06, 0.58)], 0.028, 6), TIMBER, 0.2)
        b.add(
            tube([(sx * 0.6, back - 0.05, 0.6), (sx * 0.6, back + 0.3, 0.72), (sx * 0.6, back + 0.62, 0.78)], 0.024, 6),
            TIMBER,
            0.2,
        )
        for y in (0.02, back - 0.02):
            b.add(
                tube(
                    [(sx * (w / 2 - 0.03), y, 0.55), (sx * (w / 2 - 0.03), y, 1.2), (sx * (w / 2 - 0.03), y, 1.75)],
                    0.018,
                    5,
                ),
                TIMBER,
                0.2,
            )
    _canopy(b, w, back)


def _wheel(b: Bag, r: float) -> None:
    """A spoked wheel in the local yz plane about the origin."""
    t = np.linspace(0, 2 * np.pi + 0.3, 22)
    b.add(tube(np.c_[0 * t, 0.94 * r * np.cos(t), 0.94 * r * np.sin(t)], 0.026, 5), TIMBER_DARK, 0.25)
    b.add(lathe([(0, -0.06), (0.06, -0.05), (0.06, 0.05), (0, 0.06)], 8), IRON, 0.3, ry=90)
    for k in range(8):
        a = k * np.pi / 4
        b.add(
            tube(
                [
                    (0, 0.04 * np.cos(a), 0.04 * np.sin(a)),
                    (0, 0.5 * r * np.cos(a), 0.5 * r * np.sin(a)),
                    (0, 0.92 * r * np.cos(a), 0.92 * r * np.sin(a)),
                ],
                0.015,
                4,
            ),
            TIMBER,
            0.2,
        )


def _canopy(b: Bag, w: float, deep: float) -> None:
    """A barrel of striped cloth over hoops, its hem hanging at both sides."""
    t = np.linspace(np.pi, 0, 9)
    stripes = 7
    x, z = (w / 2 + 0.02) * np.cos(t), 1.75 + 0.42 * np.sin(t)
    for y in (0.0, deep):
        b.add(tube(np.c_[x, np.full(9, y), z], 0.016, 5), TIMBER, 0.2)
    y0, y1 = -0.28, deep + 0.16
    for k in range(stripes):
        ya, yc = (y0 + (y1 - y0) * q / stripes for q in (k, k + 1))
        over = [np.c_[x * 1.02, np.full(9, y), z + 0.02] for y in (ya, yc)]
        face = grid(np.stack(over, 1), wrap=False)
        face = face if face.n[:, 2].mean() > 0 else Shape(face.v, -face.n, face.f[:, ::-1])
        tone = (BLUE_CLOTH, LINEN)[k % 2]
        sway.cloth(b, join(face, Shape(face.v - face.n * 0.008, -face.n, face.f[:, ::-1])), tone, 0.1, jitter=0.02)
        for sx in (-1, 1):
            edge = sx * (w / 2 + 0.03)
            rows = np.array(
                [
                    [(edge, ya, 1.77), (edge, (ya + yc) / 2, 1.77), (edge, yc, 1.77)],
                    [(edge, ya, 1.63), (edge, (ya + yc) / 2, 1.57), (edge, yc, 1.63)],
                ]
            )
            flap = grid(rows, wrap=False)
            flap = flap if flap.n[:, 0].mean() * sx > 0 else Shape(flap.v, -flap.n, flap.f[:, ::-1])
            free = np.tile(np.repeat([0.0, 1.0], 3), 2)
            both = join(flap, Shape(flap.v - np.array([sx * 0.006, 0, 0]), -flap.n, flap.f[:, ::-1]))
            sway.cloth(b, both, tone * 0.95, free, jitter=0.02)
