"""The room template garden, as the studio builds it."""

from assets.studio import room_garden as room
from assets.studio.place_model import PlaceModel
from assets.studio.room_moods import GARDEN

PLACE = PlaceModel(
    build=room.build, sun=room.SUN, probes=room.PROBES, room_lo=(-room.W / 2, -room.D / 2, 0.0),
    room_hi=(room.W / 2, room.D / 2, room.H), eye=(0.0, 0.0, 1.55),
    leaves={"door_leaf": {"hinge_m": [-room.W / 2 - 0.1, room.DOOR_Y - 0.45, 0.0], "open_deg": 95.0}},
    moods=GARDEN, atlas_side=736, most_triangles=45000, sky_dome=room.SKY_DOME, far_m=140.0,
)
