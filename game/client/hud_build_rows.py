"""Rows of build mode's tray for what is selected and for the room itself: what can be done, paints, light."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.client import theme
from game.client.hud_basket import PAD
from game.client.hud_controls import slider
from game.client.hud_panel import View
from game.client.hud_paper import Paper
from game.client.hud_tiles import pill
from game.core.finishes import GLOW_MAX, WARMTH_MAX_K, WARMTH_MIN_K
from game.core.paints import COLOUR_ONLY, MATERIALS
from game.core.room_ports import OfferStock
from game.core.rooms import MAKERS_OFFER, Item, Room
from game.core.rules.admit import parted_with
from game.core.strokes import ALIGNMENTS

if TYPE_CHECKING:
    from game.client.hud_build import BuildPanel

ROW, DOT = 44.0, 32.0  # heights of a row, and from colour to colour
PAINTS = (
    "#fffaf0", "#eddcb8", "#d9a066", "#8a5a33", "#4a2f1d", "#d5382c", "#ef8a24", "#f5cf3a", "#9bbf6b", "#3f7d4e",
    "#1b635b", "#6fb7c9", "#3564b4", "#83479f", "#ef9db4", "#24211f",
)  # fmt: skip


def chosen_rows(panel: "BuildPanel", paper: Paper, view: View, chosen: Sequence[Item], y: float) -> float:
    """What can be done with what is selected. Returns the y below."""
    x = PAD
    for act in (*acts_of(view, chosen), "done"):
        x += button(paper, x, y, view.t(f"build_{act}"), f"act:{act}") + 8
    words, tint = stand_words(view, chosen)
    if words:
        room = panel.wide - PAD - x - 12
        words = paper.shorten(words, theme.BODY, room, bold=True)
        paper.text(panel.wide - PAD, y + 6, words, theme.BODY, bold=True, align="right", colour=tint)
    y += ROW
    if panel.aligns:
        x = PAD
        for how in ALIGNMENTS:
            x += button(paper, x, y, view.t(f"align_{how}"), f"align:{how}") + 8
        y += ROW
    y = paint_row(panel, paper, view, y)
    lamps = [item for item in chosen if item.piece in view.world.kit and view.world.kit[item.piece].lamp is not None]
    return _light_row(paper, view, lamps[0], y) if lamps else y


def acts_of(view: View, chosen: Sequence[Item]) -> list[str]:
    """What can be done with these items."""
    kit = view.world.kit
    pieces = [kit[item.piece] for item in chosen if item.piece in kit]
    acts = ["move", "copy", "remove"]
    acts += ["ungroup"] if any(item.group for item in chosen) else ["group"] if len(chosen) > 1 else []
    acts += ["align"] if len(chosen) > 1 else []
    acts += ["words"] if any(piece.words for piece in pieces) else []
    acts += ["picture"] if any(piece.picture for piece in pieces) else []
    acts += ["offer"] if can_be_offered(view, chosen) else []
    acts += ["withdraw"] if len(chosen) == 1 and chosen[0].offer in view.world.offers else []
    return acts


def can_be_offered(view: View, chosen: Sequence[Item]) -> bool:
    """Whether this is one own good that stands here and is not for sale yet."""
    world = view.world
    if len(chosen) != 1 or not chosen[0].good or chosen[0].offer or world.home is None:
        return False
    good = chosen[0].good
    listed = sum(offer.quantity for offer in world.offers.values() if offer.good_id == good)
    under_way = sum(selling == good for selling in world.selling.values())
    return world.owned.get(good, 0) > listed + under_way and chosen[0].id not in parted_with(world, world.home)


def stand_words(view: View, chosen: Sequence[Item]) -> tuple[str, theme.Colour]:
    """How the one good that is selected stands: its price, or that it is gone; "" for anything else."""
    world = view.world
    if len(chosen) != 1 or not chosen[0].good or world.home is None:
        return "", theme.INK
    item = chosen[0]
    if item.id in world.trade.stands.values():
        return view.t("stand_signing"), theme.TEAL
    stock: OfferStock | None = world.trade.offers.get(item.offer)
    if stock is not None and stock.state != "open":
        return view.t("stand_sold" if stock.state == "sold_out" else "stand_closed"), theme.BERRY
    if stock is not None:
        return view.t("stand_price", price=view.texts.coins(stock.unit_price_wei)), theme.TEAL
    if item.offer == MAKERS_OFFER:
        return view.t("stand_makers"), theme.INK_SOFT
    if item.id in parted_with(world, world.home):
        return view.t("stand_gone"), theme.BERRY
    return view.t("stand_shown"), theme.INK_SOFT


def room_rows(panel: "BuildPanel", paper: Paper, view: View, room: Room, y: float) -> float:
    """What the room itself is: its template, its paints, the warmth of its light. Returns the y below."""
    x = PAD
    for template in view.world.templates.values():
        here = template.id == room.template
        x += button(paper, x, y, view.texts.of(template.name), f"template:{template.id}", lit=here) + 8
    copies = view.t("room_copies")
    across = paper.width_of(copies, theme.SMALL, bold=True) + 26
    button(paper, panel.wide - PAD - across, y, copies, "open:copies")
    y = paint_row(panel, paper, view, y + ROW)
    label = view.t("build_warmth")
    paper.text(PAD, y + 4, label, theme.SMALL, bold=True)
    slider(paper, PAD + 130, y, 300, part_of(room.warmth_k), "room_warmth")
    paper.text(PAD + 445, y + 4, f"{room.warmth_k} K", theme.SMALL, colour=theme.INK_SOFT)
    return y + 40


def paint_row(panel: "BuildPanel", paper: Paper, view: View, y: float) -> float:
    """The slots that can be painted, and colours and materials for the one that is chosen. Returns the y below."""
    slots = panel.paints(view)
    if not slots:
        return y
    panel.slot = min(panel.slot, len(slots) - 1)
    x = PAD
    for number, slot in enumerate(slots):
        name = view.t(f"slot_{slot}") if view.texts.has(f"slot_{slot}") else slot
        x += button(paper, x, y, name, f"slot:{number}", lit=number == panel.slot) + 6
    own = view.t("build_own_colour")
    x += 10
    if x + len(PAINTS) * DOT + paper.width_of(own, theme.SMALL, bold=True) + 26 > panel.wide - PAD:
        x, y = PAD, y + ROW
    for colour in PAINTS:
        paper.dot(x, y + 4, 26, theme.hex_colour(colour[1:]))
        paper.box(x, y + 4, 26, 26, theme.LINE, radius=13, thick=1)
        paper.pressable(x, y + 4, 26, 26, f"paint:{colour}", radius=13)
        x += DOT
    button(paper, x, y, own, "paint:")
    y += ROW
    slot = slots[panel.slot]
    if slot in COLOUR_ONLY:
        return y
    label = view.t("build_material")
    paper.text(PAD, y + 6, label, theme.SMALL, bold=True)
    x = PAD + paper.width_of(label, theme.SMALL, bold=True) + 14
    _, now = panel.paint(view, slot)
    for material in ("", *MATERIALS):
        name = view.t(f"material_{material or 'own'}")
        x += button(paper, x, y, name, f"material:{material}", lit=material == now) + 6
    return y + ROW


def _light_row(paper: Paper, view: View, lamp: Item, y: float) -> float:
    paper.text(PAD, y + 4, view.t("build_warmth"), theme.SMALL, bold=True)
    slider(paper, PAD + 130, y, 280, part_of(lamp.warmth_k), "warmth")
    paper.text(PAD + 424, y + 4, f"{lamp.warmth_k} K", theme.SMALL, colour=theme.INK_SOFT)
    paper.text(PAD + 520, y + 4, view.t("build_glow"), theme.SMALL, bold=True)
    slider(paper, PAD + 650, y, 280, lamp.glow / GLOW_MAX, "glow")
    paper.text(PAD + 944, y + 4, f"{lamp.glow * 100:.0f} %", theme.SMALL, colour=theme.INK_SOFT)
    return y + 40


def key_row(paper: Paper, x: float, y: float, hints: Sequence[tuple[str, str, str]]) -> float:
    """Key labels with words, each of which can be pressed where it has an action. Returns the height."""
    high = theme.SMALL * theme.LINE_HEIGHT
    for label, words, action in hints:
        across = paper.hint(x, y, label, words)
        if action:
            paper.pressable(x - 5, y - 4, across + 10, high + 10, action, radius=10)
        x += across + 18
    return high + 12


def button(paper: Paper, x: float, y: float, words: str, action: str, *, lit: bool = False) -> float:
    """A pill that can be pressed. Returns its width."""
    wide = pill(paper, x, y, words, lit=lit or paper.focus == len(paper.spots), ground=theme.PAPER_DEEP)
    paper.pressable(x, y, wide, 34, action, radius=17)
    return wide


def part_of(warmth_k: int) -> float:
    """Where a warmth is on its slider."""
    return min(max((warmth_k - WARMTH_MIN_K) / (WARMTH_MAX_K - WARMTH_MIN_K), 0.0), 1.0)
