"""A T-shirt of any two colours with a print on its chest; worn, it bends with the body as the shop's tee does.

The whole cloth is painted from one sheet: what is seen from in front, and a narrow strip for the rest.
"""

from collections.abc import Mapping

import numpy as np

from game.content.diy.bench_model import colour
from game.content.diy.clothes import Pattern, pattern
from game.content.diy.print import printed, rgb
from game.content.diy.recipe import COLOUR, COUNT, PICTURE, SIZE, WORDS, Knob, Made, Recipe, Value
from game.content.goods_model import Floats, Ints, Model, Picture, Skin
from game.content.imports.images import encoded
from game.content.imports.source import Pixels
from game.core.goods import Text, Wear

STRIPES_M = (0.905, 0.930, 0.955, 0.980, 1.005, 1.030, 1.055, 1.080)  # where the pattern is cut for them
LOW_M, HIGH_M, HALF_M = 0.785, 1.225, 0.29  # what the sheet shows of the front
CHEST_M = 1.02  # the print's middle
HIGH_PX, STRIP_PX, WHITE_PX = 704, 24, 12
FRONT_PX = round(HIGH_PX * 2 * HALF_M / (HIGH_M - LOW_M))
CREAM = 0.35  # red of the pattern's cloth and the hanger's metal is above, of its trim below


def build(values: Mapping[str, Value], picture: Pixels | None) -> Made:
    """The T-shirt of these values."""
    worn, stood = pattern("worn/sailor_tee.glb"), pattern("goods/sailor_tee.glb")
    cloth = len(worn.points)
    sheet = Picture(*encoded(_sheet(values, picture)))
    split, triangles, uv = _laid(worn)
    trim = colour(str(values["trim"]))
    collar = _collar(worn)
    rgba = np.concatenate([np.where(collar[:, None], trim, 1.0), worn.rgba[:, 3:]], 1)
    assert worn.skin is not None
    skin = Skin(
        joints=worn.skin.joints[split], weights=worn.skin.weights[split], names=worn.skin.names,
        parents=worn.skin.parents, rest=worn.skin.rest,
        morphs={name: moved[split] for name, moved in worn.skin.morphs.items()},
    )  # fmt: skip
    on = Model(
        points=worn.points[split], normals=worn.normals[split], rgba=rgba[split], light=worn.light[split],
        triangles=triangles, uv=uv, picture=sheet, skin=skin,
    )  # fmt: skip
    # On its hanger the same cloth hangs, and the hanger comes after it.
    rest = np.arange(cloth, len(stood.points))
    of = np.concatenate([split, rest])
    hanger = stood.triangles[(stood.triangles >= cloth).all(1)] - cloth + len(split)
    white = np.tile(_white(), (len(rest), 1))
    off = Model(
        points=stood.points[of], normals=stood.normals[of],
        rgba=np.concatenate([rgba, stood.rgba[cloth:]])[of], light=stood.light[of],
        triangles=np.concatenate([triangles, hanger]), uv=np.concatenate([uv, white]), picture=sheet,
    )  # fmt: skip
    return Made(model=off, worn=on)


def _collar(worn: Pattern) -> np.ndarray:
    """Points of the ribbed edge of the collar."""
    return np.asarray((worn.rgba[:, 0] < CREAM) & (worn.points[:, 2] > STRIPES_M[-1] + 0.012))


def _white() -> Floats:
    wide, high = FRONT_PX + STRIP_PX, HIGH_PX + WHITE_PX
    return np.array([0.5 * FRONT_PX / wide, (HIGH_PX + WHITE_PX * 0.75) / high])


def _laid(worn: Pattern) -> tuple[Ints, Ints, Floats]:
    """Which point each new point is, the triangles over the new ones, and where these are on the sheet."""
    wide, high = FRONT_PX + STRIP_PX, HIGH_PX + WHITE_PX
    p, f = worn.points, worn.triangles
    trim = _collar(worn)[f].all(1)
    face = np.cross(p[f[:, 1]] - p[f[:, 0]], p[f[:, 2]] - p[f[:, 0]])
    outer = worn.normals[f].sum(1)[:, 1] < 0
    front = (face[:, 1] < 0) & outer & (p[f][:, :, 1].mean(1) < 0.03) & ~trim
    zone = np.where(trim, 2, np.where(front, 1, 0))
    key = f.reshape(-1) * 3 + np.repeat(zone, 3)
    unique, inverse = np.unique(key, return_inverse=True)
    split, where = unique // 3, unique % 3
    at = p[split]
    v = (HIGH_M - at[:, 2]) / (HIGH_M - LOW_M) * HIGH_PX / high
    u = (at[:, 0] + HALF_M) / (2 * HALF_M) * FRONT_PX / wide
    strip = (FRONT_PX + STRIP_PX / 2) / wide
    uv = np.stack([np.where(where == 1, u, strip), np.clip(v, 0, HIGH_PX / high)], 1)
    uv[where == 2] = _white()
    return split, inverse.reshape(-1, 3).astype(np.int64), uv


def _sheet(values: Mapping[str, Value], picture: Pixels | None) -> Pixels:
    """The cloth as it is printed: its colour, its stripes, the print on the chest, and a white edge below."""
    cloth, trim = str(values["cloth"]), str(values["trim"])
    sheet = np.full((HIGH_PX, FRONT_PX + STRIP_PX, 3), rgb(cloth), np.uint8)
    per_m = HIGH_PX / (HIGH_M - LOW_M)
    for number in range(int(float(values["stripes"]))):
        low, high = STRIPES_M[2 * number], STRIPES_M[2 * number + 1]
        sheet[round((HIGH_M - high) * per_m) : round((HIGH_M - low) * per_m)] = rgb(trim)
    half = float(values["print"]) / 2 * per_m
    middle, chest = FRONT_PX / 2, (HIGH_M - CHEST_M) * per_m
    tall = half if picture is not None else half * 0.62
    box = (round(middle - half), round(chest - tall), round(middle + half), round(chest + tall))
    sheet = printed(sheet, box, str(values["ink"]), str(values["words"]), picture)
    white = np.full((WHITE_PX, sheet.shape[1], 3), 255, np.uint8)
    return np.concatenate([sheet, white])


RECIPE = Recipe(
    id="tshirt", kind="top", name=Text(en="T-shirt", zh="T恤"), build=build,
    wear=Wear(slot="torso", hides=("torso",)),
    knobs=(
        Knob(name="print", kind=SIZE, usual=0.17, least=0.08, most=0.22),
        Knob(name="stripes", kind=COUNT, usual=0.0, least=0.0, most=4.0),
        Knob(name="cloth", kind=COLOUR, usual="#34466a"),
        Knob(name="trim", kind=COLOUR, usual="#f0a030"),
        Knob(name="ink", kind=COLOUR, usual="#fff4dd"),
        Knob(name="words", kind=WORDS, usual="hello street"),
        Knob(name="picture", kind=PICTURE),
    ),
)  # fmt: skip
