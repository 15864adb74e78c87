"""The gallery's own colours: warm grey plaster, one wall of plum, a cabinet of ink blue, smoked oak, ochre velvet."""

from assets.studio.palette import rgb

PLASTER = rgb("d3c8bb")
VAULT = rgb("e7dfd3")
CHALK = rgb("ece4d7")
PLUM_WALL = rgb("64384f")
CABINET = rgb("3b647b")
AUBERGINE = rgb("3a2a33")
SMOKED = rgb("a37a55")
OCHRE = rgb("bd8a45")
STEEL = rgb("35343a")
TRAVERTINE = rgb("d8c6a8")
COURT_WALL = rgb("d58e5c")
COURT_STONE = rgb("c9b79c")
TREE_BARK = rgb("6b5242")
TREE_LEAF = rgb("5f8a3f")
