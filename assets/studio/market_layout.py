"""The market's place file: walls, stalls and things as colliders, the gate, and a stand for every facing."""

from collections import Counter

from assets.studio import market_plan as plan
from assets.studio.layout import Layout
from assets.studio.market_houses import GATE_H, GATE_W

HEAD = """
# The fruit market in the yard behind the square: five stalls, Old Wu's cart, and Auntie Fang's scale.
id = "market"
kind = "shop"
name = { en = "The Fruit Market", zh = "水果集市" }
keeper = "auntie_fang"
mood = "day"
open_air = true
floor = "stone"

[spawn]
at_m = [4.7, 1.0, 0.0]
yaw_deg = 90.0

[counter]
at_m = [3.4, -1.3, 0.0]
yaw_deg = 180.0
"""
TALL = 4.0
ON_TOP = 0.003


def layout(sizes: dict[str, tuple[float, float, float]]) -> Layout:
    """The whole file; `sizes` of the goods, metres, space them out along their shelves."""
    out = Layout(HEAD)
    _walls(out)
    for stall in plan.STALLS.values():
        _stall(out, stall)
    _things(out)
    seen: Counter[str] = Counter()
    for good, at, yaw_deg in _shown(sizes):
        seen[good] += 1
        out.stands.append((f"{good}_{seen[good]}", good, at, yaw_deg))
    for at in plan.BRAIDS:
        seen["garlic_braid"] += 1
        stand = f"garlic_braid_{seen['garlic_braid']}"
        out.stands.append((stand, "garlic_braid", at, 0.0))
        out.hung.append(stand)
    return out


def _walls(out: Layout) -> None:
    wide, deep = plan.EAST - plan.WEST, plan.NORTH - plan.SOUTH
    out.solid("north houses", (0, plan.NORTH + 0.3, 0), (wide + 1.2, 0.6, TALL))
    out.solid("west houses and low wall", (plan.WEST - 0.3, 0, 0), (0.6, deep, TALL))
    out.solid("garden wall", (0, plan.SOUTH - 0.3, 0), (wide + 1.2, 0.6, TALL))
    face, half = plan.EAST - plan.GATE_THICK, GATE_W / 2
    for what, y0, y1 in (("south", plan.SOUTH, plan.GATE_Y - half), ("north", plan.GATE_Y + half, plan.NORTH)):
        out.solid(f"east house, {what} of the gate", ((face + 6.6) / 2, (y0 + y1) / 2, 0), (6.6 - face, y1 - y0, TALL))
    out.solid("beyond the gate", (plan.EAST + 1.0, plan.GATE_Y, 0), (0.2, GATE_W, TALL))
    out.doors.append(
        {
            "id": "street_gate", "at_m": (plan.EAST, plan.GATE_Y, 0.0), "yaw_deg": -90.0, "width_m": GATE_W,
            "height_m": GATE_H, "to_place": "street", "to_door": "market_gate", "leaf": "",
        }
    )  # fmt: skip


def _stall(out: Layout, stall: plan.Stall) -> None:
    """One box a shelf, so that every good is carried; the rack before them; the booth's back; the scale's table."""
    turn = stall.turn_deg
    if stall.rack:
        out.solid("rack of crates", (*stall.point(0, 0.25), 0), (stall.w, 0.52, 0.62), turn)
    for tier in stall.tiers:
        middle = stall.point(0, tier.y + tier.deep / 2)
        out.solid("shelf", (*middle, 0), (stall.w, tier.deep, tier.top), turn)
    if stall is plan.STALLS["honey"]:
        out.solid("booth", (*stall.point(0, 0.82), 0), (stall.w + 0.1, 0.72, 2.2), turn)
    if stall is plan.STALLS["scale"]:
        out.solid("scale table", (*stall.point(0, plan.COUNTER_D / 2), 0), (stall.w + 0.3, plan.COUNTER_D, 1.2), turn)
    if stall is plan.STALLS["cart"]:
        out.solid("cart", (*stall.point(0, 1.17), 0), (1.5, 0.6, 0.8), turn)
        for side in (-1, 1):
            out.solid("wheel", (*stall.point(side * 0.98, 0.53), 0), (0.14, 0.84, 0.8), turn)


def _things(out: Layout) -> None:
    x, y = plan.TREE_AT
    for turn in (0.0, 45.0):
        out.solid("seat round the tree", (x, y, 0), (1.72, 1.72, plan.SEAT[2]), turn)
    out.solid("plane tree", (x, y, 0), (0.56, 0.56, 3.0))
    for post_x in plan.POSTS_X:
        out.solid("post", (post_x, plan.POSTS_Y, 0), (0.22, 0.22, 2.7))
    out.solid("pump", (plan.PUMP_AT[0] + 0.12, plan.PUMP_AT[1], 0), (0.84, 1.3, 1.0))
    out.solid("barrel", (*plan.BARREL_AT, 0), (0.6, 0.6, 1.0))
    out.solid("barrow", (*plan.BARROW_AT, 0), (0.5, 0.6, 1.1))
    for at in plan.POLES:
        out.solid("pole", (*at, 0), (0.24, 0.24, 3.4))
    for px, py, count in plan.CRATES:
        out.solid("crates", (px, py, 0), (0.6, 0.5, 0.26 * count))
    for px, py, r, *_ in plan.POTS:
        out.solid("pot", (px, py, 0), (2.2 * r, 2.2 * r, 0.7))
    for at in plan.SACKS:
        out.solid("sack", (*at, 0), (0.48, 0.48, 0.5))
    steps = plan.STALLS["flowers"]
    for side in (-1, 1):
        out.solid("buckets", (*steps.point(side * 1.36, 0.45), 0), (0.38, 0.9, 0.5), steps.turn_deg)
        out.solid("bucket", (*steps.point(side * 0.79, -0.21), 0), (0.3, 0.3, 0.5), steps.turn_deg)


def _shown(sizes: dict[str, tuple[float, float, float]]) -> list[tuple[str, tuple[float, float, float], float]]:
    """Goods spread over their shelves with even gaps, each with its spot and its turn towards the customer."""
    out = []
    for row in plan.SHOWN:
        stall = plan.STALLS[row.stall]
        tier = stall.tiers[row.tier]
        widths = [sizes[good][0] for good in row.goods]
        gap = (stall.w - 0.08 - sum(widths)) / len(widths)
        x = -stall.w / 2 + 0.04 + gap / 2
        for good, width in zip(row.goods, widths, strict=True):
            at = stall.point(x + width / 2, tier.y + tier.deep / 2 + 0.005)
            out.append((good, (*at, tier.top + ON_TOP), stall.turn_deg))
            x += width + gap
    return out
