"""The gallery, as the studio builds it."""

from assets.studio import gallery
from assets.studio.gallery_moods import GALLERY
from assets.studio.place_model import PlaceModel

PLACE = PlaceModel(
    build=gallery.build, sun=gallery.SUN, probes=gallery.PROBES, room_lo=gallery.ROOM_LO, room_hi=gallery.ROOM_HI,
    eye=gallery.EYE, leaves=gallery.LEAVES, moods=GALLERY, atlas_side=1152, most_triangles=55_000,
)  # fmt: skip
