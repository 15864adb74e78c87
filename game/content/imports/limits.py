"""How much of a foreign file is read: every count is checked against these before anything is made of it."""

FILE_BYTES = 64 * 2**20
JSON_BYTES = 8 * 2**20
TEXT_BYTES = 48 * 2**20  # of formats that are lines of text
SIDE_FILE_BYTES = 16 * 2**20  # of a texture or a material library
NODES = 10_000
PARTS = 3_000
ROWS = 24_000_000  # of numbers that are unpacked, those that parts share as often as they are
DEPTH = 64  # of nodes in nodes
POINTS = 2_000_000  # of all meshes where they are placed
TRIANGLES = 2_000_000
CORNERS_A_FACE = 1_000
IMAGES = 32
MATERIALS = 1_000
PIXELS = 4096 * 4096  # of one image as it unfolds
NAME_LETTERS = 40  # of a name that is told
FARTHEST_M = 1e6  # from the origin, in whatever unit the file is

KEPT_TRIANGLES = 20_000  # more are simplified: a room holds many goods
MOST_TRIANGLES = 100_000  # that a maker may ask to keep; `check` allows no more
TEXTURE_PX = 1024  # the longer side of what a good is painted with
