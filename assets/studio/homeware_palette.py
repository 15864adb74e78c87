"""The homeware store's own colours, linear RGB: clay, pale ash, deep green, ochre."""

from assets.studio.palette import rgb

FERN = rgb("3c5c4b")
MOSS = rgb("6f8a58")
OCHRE = rgb("c29048")
CLAY = rgb("c77f5c")
ROSE_CLAY = rgb("dba98c")
CHALK = rgb("f1e9da")
OAT = rgb("ddcdb0")
ASH = rgb("d9bf97")
RATTAN = rgb("bf9258")
CHARCOAL = rgb("3a3733")
BLUE_GLAZE = rgb("5b7f99")
MILK_BLUE = rgb("b9cdd3")
GILT = rgb("d0a04c")
WAX = rgb("efd9a4")
FLAME = rgb("ffd98a")
