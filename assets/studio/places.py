"""The places that the studio builds: what each is made by, how it is lit, how large it may be."""

from collections.abc import Callable
from dataclasses import dataclass

from assets.studio import boutique, moods, street
from assets.studio.bag import Bag
from assets.studio.lighting import ProbeGrid, Sun


@dataclass(frozen=True, slots=True)
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


PLACES = {
    "boutique": PlaceModel(
        build=boutique.build, sun=boutique.SUN, probes=boutique.PROBES, room_lo=boutique.ROOM_LO,
        room_hi=boutique.ROOM_HI, eye=boutique.EYE, leaves=boutique.LEAVES, moods=moods.BOUTIQUE, atlas_side=1280,
    ),
    "street": PlaceModel(
        build=street.build, sun=street.SUN, probes=street.PROBES, room_lo=street.LO, room_hi=street.HI, eye=street.EYE,
        leaves=street.LEAVES, moods=moods.STREET, sky_dome=street.SKY_DOME, far_m=140.0,
    ),
}  # fmt: skip
