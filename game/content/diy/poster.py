"""A poster in a frame: a sheet of one colour with words, a picture, or both."""

from collections.abc import Mapping

import numpy as np

from game.content.diy.bench_model import colour
from game.content.diy.print import printed, rgb
from game.content.diy.recipe import COLOUR, PICTURE, SIZE, WORDS, Knob, Made, Recipe, Value
from game.content.imports.picture import framed
from game.content.imports.source import Pixels
from game.core.goods import Text

LONGER_PX = 900


def build(values: Mapping[str, Value], picture: Pixels | None) -> Made:
    """The poster of these values."""
    wide, high = float(values["width"]), float(values["height"])
    scale = LONGER_PX / max(wide, high)
    wide_px, high_px = round(wide * scale), round(high * scale)
    sheet = np.full((high_px, wide_px, 3), rgb(str(values["paper"])), np.uint8)
    edge = round(min(wide_px, high_px) * (0.0 if picture is not None and not str(values["words"]).strip() else 0.1))
    box = (edge, edge, wide_px - edge, high_px - edge)
    sheet = printed(sheet, box, str(values["ink"]), str(values["words"]), picture)
    model = framed(
        sheet, max(wide, high), wood=colour(str(values["frame"])), mount=colour("#f4ede0"),
        mount_part=float(values["mount"]) / max(wide, high),
    )  # fmt: skip
    return Made(model=model)


RECIPE = Recipe(
    id="poster", kind="picture", name=Text(en="Poster", zh="海报"), build=build, hangs=True,
    knobs=(
        Knob(name="width", kind=SIZE, usual=0.42, least=0.2, most=1.2),
        Knob(name="height", kind=SIZE, usual=0.6, least=0.2, most=1.2),
        Knob(name="mount", kind=SIZE, usual=0.03, least=0.0, most=0.05),
        Knob(name="frame", kind=COLOUR, usual="#a97c4f"),
        Knob(name="paper", kind=COLOUR, usual="#f0a030"),
        Knob(name="ink", kind=COLOUR, usual="#fff7e8"),
        Knob(name="words", kind=WORDS, usual="Stay curious"),
        Knob(name="picture", kind=PICTURE),
    ),
)  # fmt: skip
