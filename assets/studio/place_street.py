"""The street with its square, as the studio builds it."""

from assets.studio import street, street_moods, street_plan
from assets.studio.place_model import PlaceModel

PLACE = PlaceModel(
    build=street.build, sun=street.SUN, probes=street.PROBES, room_lo=street.LO, room_hi=street.HI, eye=street.EYE,
    leaves=street_plan.LEAVES, moods=street_moods.MOODS, sky_dome=street.SKY_DOME, far_m=140.0, atlas_side=888,
)  # fmt: skip
