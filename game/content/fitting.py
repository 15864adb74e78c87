"""Puts a model on a person: where things of a slot sit, and for what bends the skin of the clothes that are worn there.

A model is first placed by its slot alone; its maker moves and scales it from there by hand.
"""

from dataclasses import dataclass, replace

import numpy as np
from msgspec import Struct

from game.content.diy.clothes import Pattern, pattern
from game.content.goods_model import Floats, Ints, Model, Skin
from game.core.errors import GameError
from game.core.goods import Vec3, Wear

AT_ONCE = 2_000  # points whose nearest ones are looked for
MOVE_MOST_M, SCALE_LEAST, SCALE_MOST = 0.5, 0.25, 4.0
REACH_M = 3.5  # from the wearer's soles: nobody wears what is farther


class Fit(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the maker changed of how a model sits: moved in metres, scaled, turned about the vertical."""

    move_m: Vec3 = (0.0, 0.0, 0.0)
    scale: float = 1.0
    turn_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where things of a slot sit: a point of the person, and which part (0..1) of the model's box comes there.

    `span` is how long the model is along `axis` there, least and most; outside of it the model is scaled to the middle.
    """

    wear: Wear
    at_m: Vec3
    part: Vec3
    axis: int
    span: tuple[float, float]
    cut_by: str = ""  # the studio's garment whose skin it takes; "": it is rigid


SEATS: dict[str, _Seat] = {
    "head": _Seat(Wear(slot="head", joint="head", hides=("hair_top",)), (0.0, 0.012, 1.497), (0.5, 0.5, 0.0), 0,
                  (0.37, 0.65)),
    "face": _Seat(Wear(slot="face", joint="head"), (0.0, -0.162, 1.435), (0.5, 0.0, 0.5), 0, (0.30, 0.34)),
    "neck": _Seat(Wear(slot="neck", joint="neck"), (0.0, -0.015, 1.175), (0.5, 0.5, 0.5), 0, (0.20, 0.32)),
    "back": _Seat(Wear(slot="back", joint="chest"), (0.0, 0.118, 0.855), (0.5, 0.0, 0.0), 2, (0.25, 0.5)),
    "hand": _Seat(Wear(slot="hand", joint="leftHand"), (0.463, -0.016, 0.774), (0.5, 0.5, 1.0), 2, (0.05, 0.6)),
    "torso": _Seat(Wear(slot="torso", hides=("torso",)), (0.0, 0.008, 1.222), (0.5, 0.5, 1.0), 2, (0.40, 0.47),
                   "avatar/plain_tee.glb"),
    "legs": _Seat(Wear(slot="legs", hides=("hips",)), (0.0, 0.010, 0.880), (0.5, 0.5, 1.0), 2, (0.25, 0.80),
                  "avatar/plain_trousers.glb"),
    "feet": _Seat(Wear(slot="feet", hides=("feet",), lift_m=0.016), (0.0, -0.047, -0.016), (0.5, 0.5, 0.0), 0,
                  (0.30, 0.34), "avatar/plain_shoes.glb"),
}  # fmt: skip
"""Measured on what the street sells for each slot."""


def fitted(model: Model, slot: str, fit: Fit | None = None) -> tuple[Model, Wear]:
    """A model as it is worn, and what the game must know of it. Raises GameError for a slot that is not known."""
    seat = SEATS.get(slot)
    if seat is None:
        raise GameError(f"{slot!r} is no slot; write one of {', '.join(SEATS)}")
    fit = fit or Fit()
    scale = min(max(fit.scale, SCALE_LEAST), SCALE_MOST) * _usual_scale(model, seat)
    turn = _turn(fit.turn_deg)
    points = model.points @ turn.T * scale
    low, high = points.min(0), points.max(0)
    move = np.clip(np.array(fit.move_m, float), -MOVE_MOST_M, MOVE_MOST_M)
    points = points - (low + (high - low) * np.array(seat.part)) + np.array(seat.at_m) + move
    worn = replace(model, points=np.clip(points, -REACH_M, REACH_M), normals=model.normals @ turn.T, skin=None)
    if seat.cut_by:
        worn = replace(worn, skin=_skin(worn.points, pattern(seat.cut_by)))
    return worn, seat.wear


def refitted(worn: Model, fit: Fit) -> Model:
    """What sits on a person already, moved, and scaled and turned about its middle; its skin bends it as before."""
    turn = _turn(fit.turn_deg)
    scale = min(max(fit.scale, SCALE_LEAST), SCALE_MOST)
    middle = (worn.points.min(0) + worn.points.max(0)) / 2
    move = np.clip(np.array(fit.move_m, float), -MOVE_MOST_M, MOVE_MOST_M)
    points = np.clip((worn.points - middle) @ turn.T * scale + middle + move, -REACH_M, REACH_M)
    skin = worn.skin
    if skin is not None:
        skin = replace(skin, morphs={name: moved @ turn.T * scale for name, moved in skin.morphs.items()})
    return replace(worn, points=points, normals=worn.normals @ turn.T, skin=skin)


def _turn(deg: float) -> Floats:
    """The matrix of a turn about the vertical."""
    angle = np.radians(deg)
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])


def within(fit: Fit) -> Fit:
    """A fit with all that is too much brought back to the most that there is, and its turn into half a turn."""
    x, y, z = (min(max(float(by), -MOVE_MOST_M), MOVE_MOST_M) for by in fit.move_m)
    turn_deg = fit.turn_deg if abs(fit.turn_deg) <= 180.0 else (fit.turn_deg + 180.0) % 360.0 - 180.0
    return Fit(move_m=(x, y, z), scale=min(max(fit.scale, SCALE_LEAST), SCALE_MOST), turn_deg=turn_deg)


def _usual_scale(model: Model, seat: _Seat) -> float:
    span = float(np.ptp(model.points[:, seat.axis]))
    least, most = seat.span
    return 1.0 if least <= span <= most else float((least * most) ** 0.5 / max(span, 1e-9))


def _skin(points: Floats, cut_by: Pattern) -> Skin:
    """The skin of a garment carried over to the points nearest to it."""
    skin = cut_by.skin
    assert skin is not None
    near = nearest(points, cut_by.points)
    return Skin(
        joints=skin.joints[near], weights=skin.weights[near], names=skin.names, parents=skin.parents, rest=skin.rest,
        morphs={name: moved[near] for name, moved in skin.morphs.items()},
    )  # fmt: skip


def nearest(points: Floats, among: Floats) -> Ints:
    """For each of the points (n, 3) the number of the nearest of others (k, 3)."""
    out = np.empty(len(points), np.int64)
    lengths = (among**2).sum(1)
    for first in range(0, len(points), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        out[some] = (lengths - 2 * points[some] @ among.T).argmin(1)
    return out
