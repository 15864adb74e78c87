"""What the wind moves: cloth and leaves go into nodes of their own in props.glb, each vertex knowing how free it is.

The nodes are called CLOTH and LEAVES. Their light is found by TEXCOORD_0 like that of every prop. The alpha of
COLOR_0, gloss elsewhere, is here SOFT times how far the wind moves the vertex, from 0 (fixed) to 1 (a free hem). SOFT
is so little gloss that no shader draws a reflection for it: the nodes look right where nothing moves them.
"""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape
from assets.studio.palette import Colour

CLOTH, LEAVES = "sway_cloth", "sway_leaf"
NODES = (CLOTH, LEAVES)
SOFT = 0.08


def cloth(b: Bag, shape: Shape, colour: Colour, free: float | np.ndarray = 1.0, **place: float) -> None:
    """Add something woven or hung; `free` 0..1 is one for all or one a vertex."""
    b.add(shape, colour, SOFT * np.clip(free, 0, 1), to=CLOTH, **place)


def leafy(b: Bag, shape: Shape, colour: Colour, free: float | np.ndarray = 0.5, **place: float) -> None:
    """Add a leaf, a blossom or a crown of them."""
    b.add(shape, colour, SOFT * np.clip(free, 0, 1), to=LEAVES, **place)


def below(shape: Shape, top_m: float, length_m: float) -> np.ndarray:
    """How free each vertex of a thing is that hangs from the height `top_m` and is `length_m` long, (n,) 0..1."""
    return np.clip((top_m - shape.v[:, 2]) / length_m, 0, 1)
