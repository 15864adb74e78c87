"""At a tree: the fruit that is aimed at and what its knock and tug told, the stroke in the hand, the day's play."""

from math import radians

from game.client import theme
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.core import orchard as o
from game.core.commands import Command
from game.core.day_orders import DayOrder, orders_of
from game.core.orchard_fruit import variety_of
from game.core.orchard_rules import OrchardRules, Variety
from game.core.picking import combo_pct
from game.core.rules.display import last_tried
from game.core.rules.orchard_aim import rules_here
from game.core.world import DT_SECS, World

PAD = 18.0
WIDE = 292.0
GAUGE = 330.0
BAR = 12.0
FELT_SECS = 5.0  # so long a card says what a knock or a tug told
TICKS = 50  # a bar moves in so many steps


def gives_little(give: float) -> str:
    """Text key of what a tug told."""
    return "fruit_gives_none" if give == 0.0 else "fruit_gives_little" if give < 0.7 else "fruit_gives"


def rings(ring: float, rules: OrchardRules) -> str:
    """Text key of how a knock sounded."""
    return "fruit_dull" if ring <= 1.0 - rules.picking.stroke.ripe_from else "fruit_rings"


def wish(action: str, world: World) -> list[Command] | None:
    """What an action means at a tree; None when it means nothing there."""
    if rules_here(world) is None or world.hand is not None or world.ghost is not None:
        return None
    known = world.orchard
    match action:
        case "take" | "grab" if known.grasped is not None:
            return []
        case "take" | "grab" if known.aim is not None and world.looked_at is None:
            return [o.Grasp()]
        case "put_back" if known.grasped is not None:
            return [o.LetGo()]
        case "knock" if known.aim is not None:
            return [o.Knock()]
        case "tug" if known.aim is not None:
            return [o.Tug()]
        case "ladder":
            return [o.UseLadder()]
        case "pole":
            return [o.TakeTool(tool="hand" if known.tool == "pole" else "pole")]
        case "checkout" if known.basket:
            take = known.contest is not None or known.weighed is not None
            return [o.TakeFruit() if take else o.WeighBasket()]
    return None


class FruitCard(Piece):
    """The fruit under the crosshair, and what can be done to it."""

    name = "fruit"
    anchor = "beside"

    def __init__(self) -> None:
        self.felt: tuple[int, int, str, float] | None = None  # tree, index, text key, when it goes

    def key(self, view: View) -> object:
        aim, known = view.world.orchard.aim, view.world.orchard
        if aim is None or view.open_panel or known.grasped is not None or view.shows_self:
            return None
        return aim, known.tool, known.ladder_tick is None, self._felt(view)

    def _felt(self, view: View) -> str:
        aim = view.world.orchard.aim
        if self.felt is None or aim is None or self.felt[3] < view.now_secs:
            return ""
        return self.felt[2] if self.felt[:2] == (aim.tree, aim.index) else ""

    def draw(self, paper: Paper, view: View) -> None:
        aim, wide = view.world.orchard.aim, WIDE - 2 * PAD
        assert aim is not None
        variety = variety_of(view.world, aim.tree)
        name = view.texts.of(variety.name) if variety is not None else view.t("some_good")
        y = 14 + paper.text(PAD, 14, name, 20, bold=True, wide=wide, lines=2)
        felt = self._felt(view)
        if aim.why_not:
            y += paper.text(PAD, y, view.texts.reason(aim.why_not), theme.BODY, wide=wide, colour=theme.BERRY)
        elif felt:
            y += paper.text(PAD, y, view.t(felt), theme.BODY, wide=wide, colour=theme.TEAL)
        else:
            y += paper.text(PAD, y, view.t("fruit_tell"), theme.BODY, wide=wide, colour=theme.INK_SOFT)
        y += 8
        paper.line(PAD, y, wide)
        pairs = [
            (view.key("take"), view.t("do_hold_pick")), view.hint("knock"), view.hint("tug"),
            view.hint("ladder", "do_climb_down" if view.world.orchard.ladder_tick is not None else "do_ladder"),
            view.hint("pole", "do_bare_hand" if view.world.orchard.tool == "pole" else "do_pole"),
        ]  # fmt: skip
        y += 13 + paper.hints(PAD, y + 13, wide, pairs)
        paper.sheet(WIDE, y + 5)

    def press(self, action: str, view: View) -> list[Command] | None:
        return None if view.open_panel else wish(action, view.world)


class StrokeGauge(Piece):
    """While a fruit is in the hand: how far it is twisted, how hard it is pulled, and what its skin bears."""

    name = "stroke"
    anchor = "beside"  # the arm is below

    def key(self, view: View) -> object:
        grasped = view.world.orchard.grasped
        if grasped is None or view.open_panel:
            return None
        twist, pull, skin = self._parts(view)
        return grasped.tree, grasped.index, round(twist * TICKS), round(pull * TICKS), skin, self._fast(view)

    def _parts(self, view: View) -> tuple[float, float, float]:
        """Twist, pull and what the skin bears, each 0..1."""
        world, rules = view.world, view.world.orchard_rules
        grasped = world.orchard.grasped
        assert grasped is not None
        variety = variety_of(world, grasped.tree)
        if variety is None or rules is None:
            return 0.0, 0.0, 1.0
        skin = variety.skin * (rules.picking.stroke.pole_skin if world.orchard.tool == "pole" else 1.0)
        return min(grasped.held.twist_rad / radians(variety.twist_deg), 1.0), grasped.held.pull, skin

    def _fast(self, view: View) -> bool:
        grasped, rules = view.world.orchard.grasped, view.world.orchard_rules
        if grasped is None or rules is None:
            return False
        return grasped.held.fastest_rad_s > rules.picking.stroke.fastest_twist_rad_s

    def draw(self, paper: Paper, view: View) -> None:
        twist, pull, skin = self._parts(view)
        wide, y = GAUGE - 2 * PAD, 12.0
        hard, fast, child = pull > skin, self._fast(view), view.world.orchard.child
        promise, bad = ("stroke_bruises", True) if (hard or fast) and not child else ("stroke_clean", False)
        paper.text(PAD, y, view.t(promise), theme.BODY, bold=True, colour=theme.BERRY if bad else theme.TEAL)
        y += theme.BODY * theme.LINE_HEIGHT + 6
        for words, part, bad, mark in (
            ("stroke_twist_fast" if fast else "stroke_twist", twist, fast, None),
            ("stroke_pull_hard" if hard else "stroke_pull", pull, hard, skin),
        ):
            paper.text(PAD, y, view.t(words), theme.SMALL, bold=True, colour=theme.BERRY if bad else theme.INK)
            y += theme.SMALL * theme.LINE_HEIGHT + 3
            paper.box(PAD, y, wide, BAR, theme.PAPER_DEEP, radius=BAR / 2)
            if part > 0.0:
                paper.box(PAD, y, max(wide * part, BAR), BAR, theme.BERRY if bad else theme.TEAL, radius=BAR / 2)
            if mark is not None:
                paper.box(PAD + wide * mark - 1.5, y - 4, 3, BAR + 8, theme.INK, radius=1)
            y += BAR + 9
        y += 2 + paper.hints(PAD, y + 2, wide, stroke_keys(view))
        paper.sheet(GAUGE, y + 4)


def stroke_keys(view: View) -> list[tuple[str, str]]:
    """What twists and pulls on the device in use."""
    if view.device == "pad":
        return [(view.stick("move"), view.t("do_twist_pull"))]
    twists = f"{view.key('move_left')} {view.key('move_right')}"
    return [
        (view.t("key_mouse"), view.t("do_twist_pull")), (twists, view.t("do_twist")),
        (view.key("move_back"), view.t("do_pull")),
    ]  # fmt: skip


def order_words(order: DayOrder, view: View) -> str:
    """What an order of the day asks for."""
    need = f"{order.need / 1000:g}" if order.kind == "weight" else str(order.need)
    species = view.t(f"species_{order.species}") if order.species else ""
    return view.t(f"day_order_{order.kind}", n=need, species=species)


def order_state(order: DayOrder, view: View) -> str:
    """How far it is."""
    today = view.world.orchard.today
    if order.id in today.done:
        return "✓"
    done = today.progress.get(order.id, 0)
    return f"{done / 1000:.1f} / {order.need / 1000:g}" if order.kind == "weight" else f"{done} / {order.need}"


def clock(ticks: int) -> str:
    """Minutes and seconds."""
    secs = max(int(ticks * DT_SECS + 0.999), 0)
    return f"{secs // 60}:{secs % 60:02}"


class DayCard(Piece):
    """In an orchard: the clock of a contest or the day's orders, points, combo, and how heavy the basket is."""

    name = "day"
    anchor = "left"

    def key(self, view: View) -> object:
        world, known = view.world, view.world.orchard
        if view.open_panel or rules_here(world) is None or last_tried(world) is not None:
            return None
        contest = known.contest
        running = (clock((contest.end_tick or world.tick) - world.tick), contest.points) if contest else None
        return running, known.today, known.basket_grams, self._combo(view), known.child

    def _combo(self, view: View) -> int:
        world, rules = view.world, view.world.orchard_rules
        combo = world.orchard.combo
        if rules is None or combo.in_a_row < 2:
            return 0
        stale = (world.tick - combo.tick) * DT_SECS > rules.picking.points.combo_secs and not world.orchard.child
        return 0 if stale else combo.in_a_row

    def draw(self, paper: Paper, view: View) -> None:
        world, known, rules = view.world, view.world.orchard, view.world.orchard_rules
        assert rules is not None
        wide, contest = WIDE - 2 * PAD, known.contest
        points = contest.points if contest is not None else known.today.points
        heading = view.t("contest") if contest is not None else view.t("orders_of_day")
        paper.text(PAD, 13, heading, theme.SMALL, colour=theme.TEAL)
        if contest is not None and contest.end_tick is not None:
            paper.text(PAD + wide, 11, clock(contest.end_tick - world.tick), theme.LEAD, bold=True, align="right")
        y = 13 + theme.SMALL * theme.LINE_HEIGHT + 6
        if contest is None:
            for order in orders_of(rules.day_orders, known.today.day):
                state = order_state(order, view)
                room = wide - paper.width_of(state, theme.SMALL, bold=True) - 10
                paper.text(PAD, y, paper.shorten(order_words(order, view), theme.SMALL, room), theme.SMALL)
                paper.text(PAD + wide, y, state, theme.SMALL, bold=True, align="right",
                           colour=theme.TEAL if state == "✓" else theme.INK)  # fmt: skip
                y += theme.SMALL * theme.LINE_HEIGHT + 5
        paper.line(PAD, y + 2, wide)
        y += 10
        paper.text(PAD, y, view.t("points_n", n=points), theme.BODY, bold=True)
        combo = self._combo(view)
        if combo:
            more = view.t("combo_n", n=combo, pct=combo_pct(rules.picking.points, combo))
            paper.text(PAD + wide, y + 1, more, theme.SMALL, bold=True, align="right", colour=theme.LOQUAT_DEEP)
        y += theme.BODY * theme.LINE_HEIGHT + 6
        full = known.basket_grams / rules.picking.basket_grams
        paper.text(PAD, y, view.t("basket_kg", kg=f"{known.basket_grams / 1000:.1f}",
                                  most=f"{rules.picking.basket_grams / 1000:g}"), theme.SMALL)  # fmt: skip
        y += theme.SMALL * theme.LINE_HEIGHT + 3
        paper.box(PAD, y, wide, 8, theme.PAPER_DEEP, radius=4)
        if full > 0.0:
            paper.box(PAD, y, max(wide * min(full, 1.0), 8), 8, theme.LOQUAT if full < 0.9 else theme.BERRY, radius=4)
        y += 17
        pairs = [view.hint("orchard_book")]
        if known.basket:
            pairs.append(view.hint("checkout", "do_crate" if contest is not None else "do_weigh"))
        y += 2 + paper.hints(PAD, y + 2, wide, pairs)
        paper.sheet(WIDE, y + 3, radius=16)


def variety_words(variety: Variety | None, view: View) -> str:
    """Name of a variety, in the player's language."""
    return view.texts.of(variety.name) if variety is not None else view.t("some_good")


def known_variety_words(variety: str, view: View) -> str:
    """Name of a variety by its id."""
    rules = view.world.orchard_rules
    return variety_words(rules.varieties.get(variety) if rules is not None else None, view)
