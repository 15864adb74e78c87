"""A stoneware mug: a glaze, an inside, a band of bare clay at its foot, and something printed on its front."""

from collections.abc import Mapping

import numpy as np

from game.content.diy.bench_model import Growing, colour
from game.content.diy.print import printed, rgb
from game.content.diy.recipe import COLOUR, PICTURE, SIZE, WORDS, Knob, Made, Recipe, Value
from game.content.goods_model import Floats
from game.content.imports.source import Pixels
from game.content.shapes import Shape, curve, grid, lathe, tube
from game.core.goods import Text

SIDES, WALL_M, FLOOR_M, HALF_DEG = 32, 0.0045, 0.011, 58.0
PRINT_PX = 512  # the height of what is printed


def build(values: Mapping[str, Value], picture: Pixels | None) -> Made:
    """The mug of these values."""
    high, wide = float(values["height"]), float(values["width"])
    glaze, inside, clay = (colour(str(values[name])) for name in ("glaze", "inside", "foot"))
    r, foot = wide / 2, high * 0.16
    side = curve([(r * 0.86, 0), (r * 0.97, high * 0.055), (r, high * 0.3), (r * 0.995, high * 0.7), (r * 0.965, high)])
    growing = Growing()
    low = np.array([p for p in side if p[1] < foot - 0.001] + [(np.interp(foot, side[:, 1], side[:, 0]), foot)])
    above = np.array([low[-1]] + [p for p in side if p[1] > foot + 0.001])
    growing.add(lathe(low, SIDES, crease_deg=80), clay, 0.12)
    growing.add(lathe(above, SIDES, crease_deg=80), glaze, 0.55)
    top_r, top = above[-1]
    lip = [(top_r, top), (top_r - WALL_M * 0.25, top + WALL_M * 0.45), (top_r - WALL_M * 0.75, top + WALL_M * 0.45),
           (top_r - WALL_M, top)]  # fmt: skip
    growing.add(lathe(lip, SIDES, crease_deg=140), glaze, 0.55)
    down = [(top_r - WALL_M, top), (r - WALL_M, high * 0.5), (r * 0.93, FLOOR_M + 0.012), (r * 0.82, FLOOR_M + 0.002),
            (r * 0.6, FLOOR_M), (0, FLOOR_M)]  # fmt: skip
    growing.add(lathe(down, SIDES, crease_deg=70), inside, 0.5)
    growing.add(lathe([(0, 0.0006), (r * 0.8, 0.0004), (r * 0.86, 0)], SIDES), clay * 0.8, 0.05)
    growing.add(_handle(r, high), glaze, 0.55)
    words = str(values["words"])
    if not words.strip() and picture is None:
        return Made(model=growing.model())
    low_z, high_z = high * 0.24, high * 0.93
    label, uv, part = _label(side, low_z, high_z)
    wide_px = int(PRINT_PX * part)
    sheet = np.full((PRINT_PX, wide_px, 3), rgb(str(values["glaze"])), np.uint8)
    edge = PRINT_PX // 12
    sheet = printed(sheet, (edge, edge, wide_px - edge, PRINT_PX - edge), str(values["ink"]), words, picture)
    growing.add(label, np.ones(3), 0.5, uv=uv)
    return Made(model=growing.model(sheet))


def _handle(r: float, high: float) -> Shape:
    reach = r + 0.030
    path = curve(
        [(r * 0.93, 0, high * 0.80), (r + 0.014, 0, high * 0.845), (reach, 0, high * 0.70),
         (reach + 0.002, 0, high * 0.46), (r + 0.017, 0, high * 0.29), (r * 0.95, 0, high * 0.27)], 4,
    )  # fmt: skip
    t = np.linspace(0, 1, len(path))
    radii = np.interp(t, [0, 0.15, 0.5, 0.85, 1], [0.0072, 0.0058, 0.0054, 0.0058, 0.0072])
    return tube(path, radii.tolist(), 9, 1.35)


def _label(side: Floats, low_z: float, high_z: float) -> tuple[Shape, Floats, float]:
    """The front of the wall a hair above it, its texture coordinates, and how many times as wide as high it is."""
    columns, z = 14, np.linspace(low_z, high_z, 7)
    radii = np.interp(z, side[:, 1], side[:, 0]) + 0.0004
    angles = np.radians(np.linspace(-90 - HALF_DEG, -90 + HALF_DEG, columns + 1))
    points = np.stack([radii[:, None] * np.cos(angles), radii[:, None] * np.sin(angles),
                       np.broadcast_to(z[:, None], (len(z), columns + 1))], -1)  # fmt: skip
    u, v = np.meshgrid(np.linspace(0, 1, columns + 1), np.linspace(1, 0, len(z)))
    part = float(2 * np.radians(HALF_DEG) * radii.mean() / (high_z - low_z))
    shape = grid(points, wrap=False)
    away = shape.v * (1, 1, 0)
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    return Shape(shape.v, away, shape.f), np.c_[u.ravel(), v.ravel()], part


RECIPE = Recipe(
    id="mug", kind="cup", name=Text(en="Mug", zh="马克杯"), build=build,
    knobs=(
        Knob(name="height", kind=SIZE, usual=0.098, least=0.07, most=0.14),
        Knob(name="width", kind=SIZE, usual=0.084, least=0.065, most=0.11),
        Knob(name="glaze", kind=COLOUR, usual="#f1e9da"),
        Knob(name="inside", kind=COLOUR, usual="#d9a441"),
        Knob(name="foot", kind=COLOUR, usual="#c77f5c"),
        Knob(name="ink", kind=COLOUR, usual="#34466a"),
        Knob(name="words", kind=WORDS, usual="Good morning"),
        Knob(name="picture", kind=PICTURE),
    ),
)  # fmt: skip
