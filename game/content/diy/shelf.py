"""A shelf: two uprights, boards between them, a back if one likes."""

from collections.abc import Mapping

import numpy as np

from game.content.diy.bench_model import Growing, colour
from game.content.diy.recipe import COLOUR, COUNT, SIZE, Knob, Made, Recipe, Value
from game.content.goods_model import Floats
from game.content.imports.source import Pixels
from game.content.shapes import box
from game.core.goods import Text

BOARD_M, BEVEL_M, FOOT_M = 0.022, 0.004, 0.05


def build(values: Mapping[str, Value], picture: Pixels | None) -> Made:
    """The shelf of these values."""
    wide, deep, high = (float(values[name]) for name in ("width", "depth", "height"))
    boards, wood, back = int(float(values["boards"])), colour(str(values["wood"])), colour(str(values["back"]))
    growing = Growing()
    for number, x in enumerate((-1, 1)):
        side = box(BOARD_M, deep, high, BEVEL_M)
        growing.add(side, _grained(side.v, wood, number), 0.28, at=(x * (wide - BOARD_M) / 2, 0, 0))
    inner = wide - 2 * BOARD_M + 0.002
    rise = (high - FOOT_M - BOARD_M - 0.02) / max(boards - 1, 1)
    for number in range(boards):
        board = box(inner, deep - 0.014, BOARD_M, BEVEL_M)
        growing.add(board, _grained(board.v, wood, number + 2), 0.28, at=(0, -0.002, FOOT_M + number * rise))
    panel = box(inner, 0.008, high - FOOT_M - 0.02, 0.001)
    growing.add(panel, back, 0.12, at=(0, deep / 2 - 0.012, FOOT_M))
    plinth = box(inner, 0.016, FOOT_M, 0.002)
    growing.add(plinth, wood * 0.8, 0.2, at=(0, -deep / 2 + 0.03, 0))
    for x in (-1, 1):
        for number in range(boards):
            peg = box(0.012, 0.004, 0.012, 0.0015)
            at = (x * (wide - BOARD_M) / 2, -deep / 2 - 0.001, FOOT_M + number * rise + BOARD_M / 2 - 0.006)
            growing.add(peg, wood * 0.62, 0.3, at=at)
    return Made(model=growing.model())


def _grained(points: Floats, wood: Floats, number: int) -> Floats:
    """Boards of one wood are not quite alike, nor are their ends."""
    tint = 1 + 0.05 * np.sin(number * 2.4 + 0.7)
    drift = 1 + 0.03 * np.sin(points[:, 0] * 5 + points[:, 2] * 3 + number)
    return np.asarray(wood * tint * drift[:, None])


RECIPE = Recipe(
    id="shelf", kind="shelf", name=Text(en="Shelf", zh="架子"), build=build,
    knobs=(
        Knob(name="width", kind=SIZE, usual=0.8, least=0.3, most=1.6),
        Knob(name="height", kind=SIZE, usual=1.1, least=0.3, most=2.0),
        Knob(name="depth", kind=SIZE, usual=0.28, least=0.15, most=0.5),
        Knob(name="boards", kind=COUNT, usual=4.0, least=2.0, most=7.0),
        Knob(name="wood", kind=COLOUR, usual="#b58c62"),
        Knob(name="back", kind=COLOUR, usual="#e7dcc6"),
    ),
)  # fmt: skip
