"""A table lamp: a turned foot, a stem, and a pleated shade that glows a little by itself."""

from collections.abc import Mapping

import numpy as np

from game.content.diy.bench_model import Growing, colour
from game.content.diy.recipe import COLOUR, COUNT, SIZE, Knob, Made, Recipe, Value
from game.content.imports.source import Pixels
from game.content.shapes import Shape, curve, grid, lathe
from game.core.goods import Text

WARM = np.array([1.0, 0.82, 0.55])
PER_PLEAT = 4


def build(values: Mapping[str, Value], picture: Pixels | None) -> Made:
    """The lamp of these values."""
    high, shade_wide = float(values["height"]), float(values["shade"])
    body, brass, cloth = (colour(str(values[name])) for name in ("body", "metal", "cloth"))
    shade_high = high * 0.44
    foot_r, stem = min(shade_wide * 0.30, 0.12), high - shade_high
    profile = curve(
        [(foot_r * 0.9, 0), (foot_r, stem * 0.03), (foot_r * 0.95, stem * 0.10), (foot_r * 1.02, stem * 0.28),
         (foot_r * 0.86, stem * 0.46), (foot_r * 0.42, stem * 0.64), (foot_r * 0.22, stem * 0.74)], 2,
    )  # fmt: skip
    growing = Growing()
    growing.add(lathe(profile, 26, crease_deg=70), body, 0.6)
    growing.add(lathe([(0, 0.0008), (foot_r * 0.9, 0)], 32), body * 0.7, 0.1)
    neck = foot_r * 0.22
    growing.add(
        lathe([(neck, stem * 0.735), (neck * 1.25, stem * 0.75), (neck * 1.25, stem * 0.775), (neck * 0.7, stem * 0.79),
               (0.0055, stem * 0.82), (0.0055, high - 0.01)], 20, crease_deg=60), brass, 0.8,
    )  # fmt: skip
    pleats = int(float(values["pleats"]))
    low, top = shade_wide / 2, shade_wide / 2 * float(values["taper"]) / 0.1
    growing.add(_shade(low, top, stem, high, pleats, out=True), np.clip(cloth * 1.05 + WARM * 0.06, 0, 1), 0.02)
    lit = np.clip(cloth * 0.7 + WARM * 0.3, 0, 1)
    growing.add(_shade(low - 0.003, top - 0.003, stem, high, pleats, out=False), lit, 0.02)
    for r, z in ((low, stem), (top, high)):
        rim = [(r - 0.006, z - 0.003), (r + 0.0035, z - 0.003), (r + 0.0035, z + 0.004), (r - 0.006, z + 0.004),
               (r - 0.006, z - 0.003)]  # fmt: skip
        growing.add(lathe(rim, 26, crease_deg=60), cloth * 0.82, 0.05)
    bulb = [(0, high - 0.06), (0.02, high - 0.055), (0.026, high - 0.035), (0.02, high - 0.016), (0, high - 0.012)]
    growing.add(lathe(bulb, 14), np.array([1.0, 0.93, 0.74]), 0.3)
    knob = [(0.0055, high - 0.012), (0.010, high - 0.006), (0.010, high + 0.006), (0, high + 0.012)]
    growing.add(lathe(knob, 14), brass, 0.8)
    return Made(model=growing.model())


def _shade(low: float, top: float, z0: float, z1: float, pleats: int, *, out: bool) -> Shape:
    """A cone of cloth in folds, seen from outside or from inside."""
    columns = pleats * PER_PLEAT
    angle = np.linspace(0, 2 * np.pi, columns, endpoint=False)
    fold = 1 + 0.018 * np.cos(pleats * angle)
    rows = [np.stack([r * fold * np.cos(angle), r * fold * np.sin(angle), np.full(columns, z)], -1)
            for r, z in ((low, z0), (top, z1))]  # fmt: skip
    shape = grid(np.array(rows))
    outside = float((shape.n * shape.v * (1, 1, 0)).sum()) > 0
    return shape if outside is out else Shape(shape.v, -shape.n, shape.f[:, ::-1])


RECIPE = Recipe(
    id="lamp", kind="lamp", name=Text(en="Table lamp", zh="台灯"), build=build,
    knobs=(
        Knob(name="height", kind=SIZE, usual=0.44, least=0.25, most=0.7),
        Knob(name="shade", kind=SIZE, usual=0.30, least=0.16, most=0.5),
        Knob(name="taper", kind=SIZE, usual=0.068, least=0.04, most=0.1),
        Knob(name="pleats", kind=COUNT, usual=24.0, least=6.0, most=36.0),
        Knob(name="body", kind=COLOUR, usual="#3f8087"),
        Knob(name="metal", kind=COLOUR, usual="#c9974a"),
        Knob(name="cloth", kind=COLOUR, usual="#f3e3c3"),
    ),
)  # fmt: skip
