"""The boutique, as the studio builds it."""

from assets.studio import boutique, moods
from assets.studio.place_model import PlaceModel

PLACE = PlaceModel(
    build=boutique.build, sun=boutique.SUN, probes=boutique.PROBES, room_lo=boutique.ROOM_LO, room_hi=boutique.ROOM_HI,
    eye=boutique.EYE, leaves=boutique.LEAVES, moods=moods.BOUTIQUE, atlas_side=1280,
)  # fmt: skip
