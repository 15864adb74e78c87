"""The orchard's place file: terrain, groves, the square's buildings and things as colliders, the gate, the scale."""

from assets.studio import orchard_plan as plan
from assets.studio.layout import Layout, number

HEAD = """
# The orchard on the hill behind the street: six groves on rolling ground, a stream, the square with scale and desk.
id = "orchard"
kind = "orchard"
name = { en = "The Orchard", zh = "果园" }
keeper = "old_wu"
mood = "day"
open_air = true
floor = "earth"

[spawn]
at_m = [0.0, -9.6, 0.0]
yaw_deg = 0.0

[counter]
at_m = [-1.9, 1.5, 0.0]
yaw_deg = 0.0

[desk]
at_m = [5.7, -4.9, 0.0]
yaw_deg = -90.0
"""


class OrchardLayout(Layout):
    """A layout with terrain and groves."""

    __slots__ = ()

    def text(self) -> str:
        """The TOML of the whole file."""
        cm = plan.heights_cm()
        lines = ["[terrain]", f"at_m = [{plan.WEST - 3}, {plan.SOUTH - 3}]", f"cell_m = {plan.CELL_M}"]
        lines.append("heights_cm = [")
        lines += ["  [" + ", ".join(map(str, row)) + "]," for row in cm.tolist()]
        lines += ["]", ""]
        for grove in plan.GROVES:
            rows = ", ".join(f"[{number(x)}, {number(y)}, {n}]" for x, y, n in grove.rows)
            lines += ["[[groves]]", f"plot = {grove.plot}", f'species = "{grove.species}"', f"step_m = {grove.step_m}",
                      f"rows = [{rows}]", *(["hedge = true"] if grove.hedge else []), ""]  # fmt: skip
        return super().text() + "\n" + "\n".join(lines)


def layout(sizes: dict[str, tuple[float, float, float]]) -> Layout:
    """The whole file; no goods stand here, so `sizes` is not asked."""
    out = OrchardLayout(HEAD)
    _fence(out)
    x, y = plan.BARN_AT
    wide, deep, high = plan.BARN
    out.solid("barn", (x, y, 0), (wide, deep, high))
    y0, y1 = plan.PACKING_Y[0], plan.PACKING_Y[-1]
    out.solid("back wall of the packing shed", (plan.PACKING_X + 0.15, (y0 + y1) / 2, 0), (0.3, y1 - y0 + 0.4, 3.0))
    for post in plan.PACKING_Y:
        out.solid("post", (plan.PACKING_X - plan.PACKING_DEEP, post, 0), (0.24, 0.24, 2.7))
    out.solid("delivery desk", (*plan.DESK_AT, 0), (0.8, 2.2, 1.0))
    out.solid("crates", (8.1, -7.2, 0), (0.6, 1.3, 1.0))
    out.solid("crates", (8.1, -2.7, 0), (0.6, 1.2, 0.8))
    out.solid("scale table", (plan.SCALE_AT[0], plan.SCALE_AT[1] + 0.35, 0), (1.9, 0.7, 1.2))
    out.solid("well", (*plan.WELL_AT, 0), (1.0, 1.3, 1.0))
    for at in plan.LAMPS:
        out.solid("lamp post", (*at, 0), (0.26, 0.26, 3.2))
    for x, y, turn in plan.BENCHES:
        out.solid("bench", (x, y, 0), (1.5, 0.55, 0.9), turn)
        out.seats.append(((x, y, 0.44), turn - 180.0 if turn > 0 else turn + 180.0))
    out.solid("sacks", (-4.75, -3.0, 0), (0.6, 1.2, 0.5))
    out.solid("barrow", (-4.6, -7.0, 0), (0.6, 0.8, 1.0))
    for bridge in plan.BRIDGES:
        out.solid("bridge", (bridge.x, bridge.y, bridge.z - 0.8), (bridge.long, bridge.wide, 0.8))
        for side in (-1, 1):
            at = (bridge.x, bridge.y + side * (bridge.wide / 2 + 0.05), bridge.z - 0.8)
            out.solid("railing", at, (bridge.long, 0.1, 1.75))
    out.doors.append(
        {
            "id": "street_gate", "at_m": (0.0, plan.SOUTH, 0.0), "yaw_deg": 180.0, "width_m": plan.GATE_W,
            "height_m": plan.GATE_H, "to_place": "street", "to_door": "orchard_gate", "leaf": "",
        }
    )  # fmt: skip
    return out


def _fence(out: Layout) -> None:
    """All around, from below the ground to above the highest hill's feet."""
    low, tall = -3.0, 16.0
    wide, deep = plan.EAST - plan.WEST, plan.NORTH - plan.SOUTH
    mid_x, mid_y = (plan.EAST + plan.WEST) / 2, (plan.NORTH + plan.SOUTH) / 2
    half = plan.GATE_W / 2
    out.solid("north fence", (mid_x, plan.NORTH + 0.1, low), (wide + 0.4, 0.2, tall))
    out.solid("west fence", (plan.WEST - 0.1, mid_y, low), (0.2, deep, tall))
    out.solid("east fence", (plan.EAST + 0.1, mid_y, low), (0.2, deep, tall))
    for x0, x1 in ((plan.WEST, -half), (half, plan.EAST)):
        out.solid("south fence", ((x0 + x1) / 2, plan.SOUTH - 0.1, low), (x1 - x0, 0.2, tall))
    out.solid("beyond the gate", (0.0, plan.SOUTH - 1.0, 0), (plan.GATE_W, 0.2, 4.0))
