"""Clothes on a hanger: arms fall, the empty cloth is flat, and a wooden hanger carries it.

The hook's bend is 2 cm under the top of the good: a rail there (of 3 cm or less) carries it.
"""

import numpy as np

from .body import NAMES, SHOULDER
from .parts import Part
from .shapes import Array, rotation, smoothstep, tube, unit, vec
from .weights import skin_weights

FLAT = 0.50  # depth of an empty garment against a worn one
HOOK_Z = 1.335
WOOD, WIRE = "#a9794a", "#c9ccd0"


def hung(p: Array, n: Array) -> tuple[Array, Array]:
    """Points and normals of a top as it hangs: sleeves down, flat."""
    w = skin_weights(p)
    out, turned = p.copy(), n.copy()
    for side, s in (("left", 1), ("right", -1)):
        arm = sum(w[:, i] for i, name in enumerate(NAMES) if name.startswith(side) and "Leg" not in name)
        arm = arm - w[:, NAMES.index(side + "Shoulder")]
        m, pivot = rotation((0, 1, 0), 22 * s), SHOULDER * (s, 1, 1)
        out += arm[:, None] * ((p - pivot) @ m.T + pivot - p)
        turned += arm[:, None] * (n @ m.T - n)
    drape = 0.006 * np.sin(out[:, 0] * 34) * smoothstep(1.05, 0.80, out[:, 2])
    out[:, 1] = (out[:, 1] - 0.01) * FLAT + drape
    return out, unit(turned * (1, 1 / FLAT, 1))


def shoulders(p: Array) -> Array:
    """The wooden bow."""
    path = [vec(x, 0, 1.178 - 0.75 * x * x - 0.07 * abs(x)) for x in np.linspace(-0.165, 0.165, 9)]
    return tube(p, path, 0.009)


def hook(p: Array) -> Array:
    """The wire hook, open to the left."""
    ring = [vec(0.024 * np.sin(a), 0, HOOK_Z - 0.0285 + 0.024 * -np.cos(a)) for a in np.linspace(0, 4.4, 14)]
    return tube(p, [vec(0, 0, 1.17), *ring], 0.0042)


def clip_bar(p: Array) -> Array:
    """A straight bar for things that hang from clips."""
    return tube(p, [vec(-0.150, 0, 1.19), vec(0.150, 0, 1.19)], 0.008)



_BOX = ((-0.21, -0.05, 1.10), (0.21, 0.05, 1.36))
HOOK = Part(colour=WIRE, shape=hook, box=_BOX, step=0.003, triangles=150, gloss=0.7)
HANGER = (Part(colour=WOOD, shape=shoulders, box=_BOX, step=0.004, triangles=160, gloss=0.35), HOOK)
CLIP_BAR = (Part(colour=WOOD, shape=clip_bar, box=_BOX, step=0.004, triangles=90, gloss=0.35), HOOK)
