"""Unit, upper axis and origin of a foreign model, found and corrected, and what is said about it."""

from dataclasses import dataclass

import numpy as np

from game.content.goods_model import Floats, Ints
from game.content.imports.notes import Note
from game.content.shading import face_normals

UNITS = {"m": 1.0, "cm": 0.01, "mm": 0.001, "inch": 0.0254}
PLAUSIBLE_M = (0.02, 2.4)  # the longest side of a good of which nothing is known
LONGEST_M: dict[str, tuple[float, float]] = {
    "hat": (0.15, 0.6), "glasses": (0.1, 0.22), "scarf": (0.2, 2.0), "bag": (0.15, 0.7), "shoes": (0.18, 0.5),
    "top": (0.35, 1.3), "bottom": (0.3, 1.3), "ring": (0.014, 0.05), "lamp": (0.12, 2.0), "chair": (0.35, 1.6),
    "vase": (0.06, 0.9), "picture": (0.1, 2.2), "fruit": (0.02, 0.4), "cup": (0.05, 0.25), "teapot": (0.1, 0.4),
    "bowl": (0.06, 0.6), "cushion": (0.2, 1.2), "rug": (0.4, 4.0), "clock": (0.05, 1.2), "candle": (0.03, 0.6),
    "plant": (0.08, 2.4), "basket": (0.1, 0.9), "sculpture": (0.05, 2.2), "toy": (0.03, 1.2), "book": (0.08, 0.45),
    "jar": (0.05, 0.4), "vegetable": (0.03, 0.6), "flower": (0.08, 1.2), "shelf": (0.2, 2.4),
}  # fmt: skip
"""How long the longest side of a good may be, by kind."""
UPS = ("y", "z", "x", "-y", "-z", "-x")
_TURN = {  # rows: the game's x, y, z (up) of a file's axes
    "y": ((1, 0, 0), (0, 0, -1), (0, 1, 0)),
    "z": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "x": ((0, -1, 0), (0, 0, -1), (1, 0, 0)),
    "-y": ((1, 0, 0), (0, 0, 1), (0, -1, 0)),
    "-z": ((1, 0, 0), (0, -1, 0), (0, 0, -1)),
    "-x": ((0, 1, 0), (0, 0, -1), (-1, 0, 0)),
}
STANDS, LIES = 0.30, 0.06  # parts of its outline on which a thing surely stands, surely does not
SLAB = 0.12  # thinner than this part of its length: a picture or a rug, which may stand or lie
LEVELS_M = ((0.03, "fingertip"), (0.10, "palm"), (0.20, "hand"), (0.34, "shin"), (0.55, "knee"), (0.92, "hip"),
            (1.25, "chest"), (1.62, "head"), (2.1, "reach"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pose:
    """How a model was put right: metres a unit, which of the file's axes is up, and how far the origin was off."""

    unit_m: float
    up: str
    turn_deg: float = 0.0


def rotation(up: str, turn_deg: float) -> Floats:
    """(3, 3) that turns the file's axes into the game's, and then about the vertical, counter-clockwise from above."""
    angle = np.radians(turn_deg)
    c, s = np.round(np.cos(angle), 15), np.round(np.sin(angle), 15)
    return np.asarray(np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]]) @ np.array(_TURN[up], float))


def found_up(points: Floats, triangles: Ints, custom: str) -> tuple[str, Note | None]:
    """The file's upper axis: that of the format, unless the thing plainly lies there and stands another way."""
    sizes = np.ptp(points, axis=0)
    if sizes.min() < SLAB * sizes.max():
        return custom, None
    other = "z" if custom == "y" else "y"
    scores = {up: _support(points, triangles, up) for up in (custom, other, f"-{other}")}
    best = max((other, f"-{other}"), key=lambda up: scores[up])
    if scores[custom] < LIES and scores[best] > STANDS:
        return best, Note("up_found", {"up": best.upper(), "custom": custom.upper()})
    return custom, None


def _support(points: Floats, triangles: Ints, up: str) -> float:
    """On how much of its outline's rectangle a thing rests that stands this way."""
    turned = points @ rotation(up, 0).T
    area = face_normals(turned, triangles) / 2
    low, size = turned[:, 2].min(), np.ptp(turned, axis=0)
    rests = (turned[triangles][:, :, 2].max(1) < low + 0.02 * size[2]) & (area[:, 2] < 0)
    return float(-area[rests, 2].sum() / max(size[0] * size[1], 1e-30))


def found_unit(
    longest: float, *, said_m: float | None, custom_m: float, kind: str | None
) -> tuple[float, list[Note]]:
    """Metres a unit for a model whose longest side is so many units, and what is to be said about it."""
    least, most = LONGEST_M.get(kind or "", PLAUSIBLE_M)

    def fits(unit_m: float) -> bool:
        return least <= longest * unit_m <= most

    if said_m is not None and fits(said_m):
        return said_m, [Note("unit_said", {"unit": unit_name(said_m)})]
    if fits(custom_m):
        return custom_m, [Note("unit_custom", {"unit": unit_name(custom_m)})]
    for unit_m in UNITS.values():
        if fits(unit_m):
            values: dict[str, str | int | float] = {"unit": unit_name(unit_m), "custom": unit_name(custom_m)}
            return unit_m, [Note("unit_found", values)]
    wanted = (least * most) ** 0.5
    return wanted / longest, [Note("unit_scaled", {"cm": round(wanted * 100, 1)})]


def unit_name(unit_m: float) -> str:
    """What people call a unit."""
    return next((name for name, of_m in UNITS.items() if abs(of_m - unit_m) < 1e-9), f"{unit_m:g} m")


def beside_person(size_m: tuple[float, float, float]) -> Note:
    """How large a thing is, told by a person's own measures."""
    tall = size_m[2] if size_m[2] >= 0.25 * max(size_m) else max(size_m)
    level = next((name for most_m, name in LEVELS_M if tall <= most_m), "tower")
    wide, deep, high = (round(100 * side, 1) for side in size_m)
    return Note(f"beside_{level}", {"wide": wide, "deep": deep, "high": high})
