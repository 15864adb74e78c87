"""The homeware store, as the studio builds it."""

from assets.studio import homeware, homeware_moods
from assets.studio.place_model import PlaceModel

PLACE = PlaceModel(
    build=homeware.build, sun=homeware.SUN, probes=homeware.PROBES, room_lo=homeware.ROOM_LO, room_hi=homeware.ROOM_HI,
    eye=homeware.EYE, leaves=homeware.LEAVES, moods=homeware_moods.HOMEWARE, atlas_side=1280, most_triangles=65_000,
)  # fmt: skip
