"""The street with its square, as the studio builds it."""

from assets.studio import moods, street, street_plan
from assets.studio.place_model import PlaceModel

PLACE = PlaceModel(
    build=street.build, sun=street.SUN, probes=street.PROBES, room_lo=street.LO, room_hi=street.HI, eye=street.EYE,
    leaves=street_plan.LEAVES, moods=moods.STREET, sky_dome=street.SKY_DOME, far_m=140.0, atlas_side=1024,
)  # fmt: skip
