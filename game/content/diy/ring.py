"""A ring with a faceted stone; worn on the ring finger of the left hand."""

from collections.abc import Mapping

import numpy as np

from game.content.diy.bench_model import Growing, colour
from game.content.diy.recipe import COLOUR, COUNT, SIZE, Knob, Made, Recipe, Value
from game.content.goods_model import Floats, Model
from game.content.imports.source import Pixels
from game.content.shapes import Shape, ball, lathe
from game.core.goods import Text, Wear

INNER_M = 0.0128  # a finger's half width, and some air
FINGER_M = np.array([0.4832, -0.0031, 0.7791])  # where the ring is on the person at rest
SIDES = 44


def build(values: Mapping[str, Value], picture: Pixels | None) -> Made:
    """The ring of these values."""
    wide, thick, stone_m = (float(values[name]) for name in ("width", "thickness", "stone"))
    metal, gem = colour(str(values["metal"])), colour(str(values["gem"]))
    growing = Growing()
    outer, half = INNER_M + thick, wide / 2
    band = [(INNER_M, -half * 0.7), (INNER_M + thick * 0.35, -half), (outer - thick * 0.12, -half * 0.55), (outer, 0),
            (outer - thick * 0.12, half * 0.55), (INNER_M + thick * 0.35, half), (INNER_M, half * 0.7),
            (INNER_M, -half * 0.7)]  # fmt: skip
    upright = (90.0, 0.0, 0.0)
    growing.add(lathe(band, SIDES, crease_deg=100), metal, 0.88, turn_deg=upright)
    top = outer - 0.0006
    cup = np.array([(0.30, -0.10), (0.50, 0.12), (0.54, 0.22), (0.46, 0.24)]) * stone_m
    growing.add(lathe(cup, 20, crease_deg=70), metal, 0.88, at=(0, 0, top))
    growing.add(_cut(stone_m, int(float(values["facets"]))), gem, 0.8, at=(0, 0, top + 0.17 * stone_m))
    for angle in np.radians((45, 135, 225, 315)):
        out = stone_m * 0.46
        claw = ball(0.07 * stone_m, 8, 2)
        growing.add(claw, metal, 0.88, at=(out * np.cos(angle), out * np.sin(angle), top + 0.2 * stone_m))
    model = growing.model()
    return Made(model=model, worn=_worn(model))


def _cut(size: float, facets: int) -> Shape:
    """A stone with flat facets: each triangle has points of its own."""
    angle = np.linspace(0, 2 * np.pi, facets, endpoint=False)
    turned = angle + np.pi / facets

    def ring(radius: float, z: float, at: Floats) -> Floats:
        return np.stack([radius * np.cos(at), radius * np.sin(at), np.full(facets, z)], 1)

    girdle, crown = ring(size / 2, 0.0, angle), ring(size * 0.38, size * 0.17, turned)
    table = ring(size * 0.26, size * 0.25, angle)
    nose, top = np.array([0, 0, -size * 0.16]), np.array([0, 0, size * 0.25])
    triangles = []
    for k in range(facets):
        n = (k + 1) % facets
        triangles += [
            (girdle[k], girdle[n], crown[k]), (crown[k], girdle[n], crown[n]), (crown[k], crown[n], table[n]),
            (table[k], crown[k], table[n]), (table[k], table[n], top), (girdle[n], girdle[k], nose),
        ]  # fmt: skip
    points = np.array(triangles).reshape(-1, 3)
    face = np.cross(points[1::3] - points[0::3], points[2::3] - points[0::3])
    normals = np.repeat(face / np.maximum(np.linalg.norm(face, axis=1, keepdims=True), 1e-12), 3, axis=0)
    return Shape(points, normals, np.arange(len(points)).reshape(-1, 3))


def _worn(model: Model) -> Model:
    """The ring round the finger, its stone on the back of the hand."""
    along = np.array([0.021, -0.004, -0.023])  # down the finger
    along /= np.linalg.norm(along)
    back = np.cross(along, (0.0, 1.0, 0.0))
    back *= np.sign(back[0] + back[2])  # away from the body
    back /= np.linalg.norm(back)
    side = np.cross(back, along)
    # The ring stands on its band with the hole along y: y goes down the finger, z to the back of the hand.
    frame = np.stack([side, along, back], 1)
    low = float(model.points[:, 2].min())
    band_middle = np.array([0, 0, low + (INNER_M + (np.ptp(model.points[:, 0]) - 2 * INNER_M) / 2)])
    points = (model.points - band_middle) @ frame.T + FINGER_M
    return Model(
        points=points, normals=model.normals @ frame.T, rgba=model.rgba, light=model.light, triangles=model.triangles
    )  # fmt: skip


RECIPE = Recipe(
    id="ring", kind="ring", name=Text(en="Ring", zh="戒指"), build=build,
    wear=Wear(slot="hand", joint="leftMiddleProximal"),
    knobs=(
        Knob(name="width", kind=SIZE, usual=0.0042, least=0.002, most=0.009),
        Knob(name="thickness", kind=SIZE, usual=0.0021, least=0.0012, most=0.004),
        Knob(name="stone", kind=SIZE, usual=0.0095, least=0.006, most=0.016),
        Knob(name="facets", kind=COUNT, usual=8.0, least=4.0, most=14.0),
        Knob(name="metal", kind=COLOUR, usual="#d8ab52"),
        Knob(name="gem", kind=COLOUR, usual="#3f8087"),
    ),
)  # fmt: skip
