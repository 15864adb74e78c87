"""The fruit market, as the studio builds it."""

from assets.studio import market, market_moods
from assets.studio import market_plan as plan
from assets.studio.place_model import PlaceModel

PLACE = PlaceModel(
    build=market.build, sun=plan.SUN, probes=plan.PROBES, room_lo=plan.LO, room_hi=plan.HI, eye=plan.EYE,
    leaves={}, moods=market_moods.MARKET, sky_dome=plan.SKY_DOME, atlas_side=1024, most_triangles=60_000, far_m=140.0,
)  # fmt: skip
