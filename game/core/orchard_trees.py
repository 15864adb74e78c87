"""Where the trees stand that can be picked from: those of the groves of each place, by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from game.core.goods import Vec3
from game.core.groves import spots_of
from game.core.ids import PlaceId
from game.core.places import Place

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Ints: TypeAlias = "npt.NDArray[np.int64]"

MOST_KEPT = 8


@dataclass(slots=True, frozen=True)
class Spot:
    """Where one tree stands, and of which species its grove is."""

    place: PlaceId
    at_m: Vec3
    species: str


@dataclass(slots=True, frozen=True)
class Standing:
    """The trees (n) of a place: each by its id, and ids (n,) and feet (n, 3) in metres."""

    spots: dict[int, Spot]
    trees: Ints
    at_m: Floats


_kept: list[tuple[Place, Standing]] = []


def standing_in(place: Place) -> Standing | None:
    """The trees of a place; None where no trees grow. Worked out once for each place."""
    if not place.groves:
        return None
    for known, found in _kept:
        if known is place:
            return found
    found = _of(place)
    _kept.insert(0, (place, found))
    del _kept[MOST_KEPT:]
    return found


def spot_in(places: Mapping[PlaceId, Place], tree: int) -> Spot | None:
    """Where a tree stands; None for nowhere."""
    for place in places.values():
        standing = standing_in(place)
        spot = standing.spots.get(tree) if standing is not None else None
        if spot is not None:
            return spot
    return None


def _of(place: Place) -> Standing:
    found = spots_of(place)
    spots: dict[int, Spot] = {}
    for tree, grove, (x, y, z) in zip(found.tree.tolist(), found.grove.tolist(), found.at_m.tolist(), strict=True):
        spots[tree] = Spot(place=place.id, at_m=(x, y, z), species=place.groves[grove].species)
    return Standing(spots=spots, trees=found.tree, at_m=found.at_m)
