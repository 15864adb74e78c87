"""What the studio needs to know of a place: who models it, how it is lit, how large it may be."""

from collections.abc import Callable
from dataclasses import dataclass

from assets.studio.bag import Bag
from assets.studio.lighting import ProbeGrid, Sun


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceModel:
    """One place: its builder and all that place.json needs."""

    build: Callable[[], Bag]
    sun: Sun
    probes: ProbeGrid
    room_lo: tuple[float, float, float]
    room_hi: tuple[float, float, float]
    eye: tuple[float, float, float]
    leaves: dict[str, dict]
    moods: dict[str, dict]
    atlas_side: int = 1536
    most_triangles: int = 90_000
    far_m: float = 60.0
    sky_dome: tuple[float, float, float] | None = None
