"""A ruler with centimetre ticks along a good's width and height, and figures that say how much."""

from panda3d.core import NodePath

from game.client import flat_shaders, shapes
from game.client.labels import label
from game.core.goods import Vec3

_WOOD = (0.93, 0.80, 0.52, 1.0)
_INK = (0.25, 0.15, 0.08, 1.0)


def ruler(size_m: Vec3) -> NodePath:
    """Two rulers in the space of a good (bottom middle at the origin, front to -Y): below it and at its side."""
    width, depth, height = size_m
    root = NodePath("ruler")
    thick = max(max(width, height) * 0.06, 0.012)
    gap = thick * 0.5
    middle = 0.0  # as deep as the good is widest, so that ruler and outline agree to the eye
    low = -gap - 0.2 * depth  # seen from a little above, what bulges to the front hides what is close below
    boxes = [
        ((0, middle, low - thick), (width, 0.002, thick), _WOOD),
        ((-width / 2 - gap - thick / 2, middle, 0), (thick, 0.002, height), _WOOD),
    ]
    for x, long in _ticks(width):
        tick = thick * (0.62 if long else 0.34)
        boxes.append(((x - width / 2, middle - 0.0015, low - tick), (_line(width), 0.002, tick), _INK))
    for z, long in _ticks(height):
        tick = thick * (0.62 if long else 0.34)
        boxes.append(((-width / 2 - gap - tick / 2, middle - 0.0015, z), (tick, 0.002, _line(height)), _INK))
    bars = root.attach_new_node(shapes.bars("ruler", boxes))
    bars.set_shader(flat_shaders.flat(), 2)
    bars.set_shader_input("tint", (1, 1, 1, 1))
    text = thick * 1.5
    label(root, centimetres(width), text, (0, middle - 0.002, low - thick - text * 1.15))
    beside = -width / 2 - gap - thick - text * 1.6
    label(root, centimetres(height), text, (beside, middle - 0.002, height / 2 - text / 3))
    return root


def centimetres(length_m: float) -> str:
    """A length as people say it: whole centimetres, tenths below ten."""
    cm = length_m * 100
    return f"{cm:.1f} cm" if cm < 9.95 else f"{cm:.0f} cm"


def _ticks(length_m: float) -> list[tuple[float, bool]]:
    """Distances of the ticks, one a centimetre (five on long rulers), and whether each is a long one."""
    step = 1 if length_m <= 0.5 else 5
    return [(cm / 100, cm % (5 * step) == 0) for cm in range(0, int(length_m * 100 + 1e-6) + 1, step)]


def _line(length_m: float) -> float:
    return max(length_m * 0.004, 0.0008)
