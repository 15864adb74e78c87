"""Before the eyes: the crosshair, and the cards of the good that is looked at, held, or shown as a ghost."""

from game.client import theme
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.hud_tiles import heart
from game.core.ids import HOME, GoodId
from game.core.rules.on_offer import resale
from game.core.rules.showing import share_wei

CARD_WIDE = 304.0
PAD = 20.0


def good_looked_at(view: View) -> GoodId | None:
    """The good on the stand under the crosshair, if it is there."""
    world = view.world
    if world.looked_at is None or world.hand or world.ghost or view.shows_self:
        return None
    return next((stand.good for stand in world.place.stands if stand.id == world.looked_at), None)


def size_cm(view: View, good_id: GoodId) -> str:
    """Width, depth and height in centimetres, as people write them."""
    return " × ".join(f"{max(1, round(metres * 100))}" for metres in view.good(good_id).size_m) + " " + view.t("cm")


def heading(paper: Paper, view: View, good_id: GoodId, top: float, wide: float) -> float:
    """Kind and maker over the good's name. Returns the y below."""
    good = view.good(good_id)
    over = view.t("kind_by_maker", kind=view.t(f"kind_{good.kind}"), maker=view.texts.person(good.maker))
    wished = good_id in view.world.wishes
    if wished:
        heart(paper, PAD + wide - 16, top + 2, 16)
    over = paper.shorten(over, theme.SMALL, wide - 24 if wished else wide)
    top += paper.text(PAD, top, over, theme.SMALL, colour=theme.TEAL) + 2
    return top + paper.text(PAD, top, view.texts.of(good.name), 21, bold=True, wide=wide, lines=2)


def price_row(paper: Paper, view: View, good_id: GoodId, top: float, wide: float) -> float:
    """Price to the left, what is left of the edition to the right. Returns the y below."""
    price, left = view.texts.coins(view.price_wei(good_id)), view.left(good_id)
    stock = view.world.stock.get(good_id)
    gone = stock is not None and stock.left == 0
    paper.coin(PAD, top + 4, 17)
    paper.text(PAD + 24, top, price, theme.LEAD, bold=True)
    across = paper.width_of(left, theme.SMALL) + 18
    if 24 + paper.width_of(price, theme.LEAD, bold=True) + 12 + across > wide:
        top += theme.LEAD * theme.LINE_HEIGHT + 6
    paper.box(PAD + wide - across, top + 1, across, 23, theme.BERRY_PALE if gone else theme.TEAL_PALE, radius=11.5)
    paper.text(PAD + wide - across / 2, top + 4, left, theme.SMALL, align="centre",
               colour=theme.BERRY if gone else theme.TEAL)  # fmt: skip
    return top + theme.LEAD * theme.LINE_HEIGHT


class Crosshair(Piece):
    """A quiet dot that becomes a ring over a good."""

    name = "crosshair"
    reads = False

    def key(self, view: View) -> object:
        return None if view.open_panel or view.world.hand or view.shows_self else (good_looked_at(view) is not None,)

    def draw(self, paper: Paper, view: View) -> None:
        paper.wide = paper.high = 24.0
        if good_looked_at(view) is not None:
            paper.box(3, 3, 18, 18, theme.VEIL, radius=9, thick=5)
            paper.box(4, 4, 16, 16, theme.LOQUAT, radius=8, thick=3)
        else:
            paper.dot(7.5, 7.5, 9, theme.VEIL)
            paper.dot(9, 9, 6, theme.WHITE)


class GoodCard(Piece):
    """The card of the good under the crosshair."""

    name = "good"
    anchor = "beside"

    def key(self, view: View) -> object:
        good = None if view.open_panel else good_looked_at(view)
        if good is None:
            return None
        world, wished = view.world, good in view.world.wishes
        return good, world.stock.get(good), resale(world, good), world.owned.get(good, 0), wished

    def draw(self, paper: Paper, view: View) -> None:
        good_id = good_looked_at(view)
        assert good_id is not None
        wide = CARD_WIDE - 2 * PAD
        y = heading(paper, view, good_id, 17, wide) + 10
        y = price_row(paper, view, good_id, y, wide) + 6
        owned = view.world.owned.get(good_id, 0)
        if owned:
            y += paper.text(PAD, y, view.texts.count("you_own", owned), theme.SMALL, colour=theme.INK_SOFT)
        y += 9
        paper.line(PAD, y, wide)
        pairs = [
            view.hint("take", "do_pick_up"),
            view.hint("try_on", try_words(view, good_id)),
            view.hint("basket_add"),
            view.hint("wish", wish_words(view, good_id)),
        ]
        y += 14 + paper.hints(PAD, y + 14, wide, pairs)
        paper.sheet(CARD_WIDE, y + 6)


class HandCard(Piece):
    """All about the good in the hand."""

    name = "hand"
    anchor = "right"

    def key(self, view: View) -> object:
        hand = view.world.hand
        if hand is None or view.open_panel:
            return None
        wished = hand.good in view.world.wishes
        world = view.world
        stock = world.stock.get(hand.good), resale(world, hand.good)
        return hand.good, hand.ruler, stock, world.owned.get(hand.good, 0), wished

    def draw(self, paper: Paper, view: View) -> None:
        hand = view.world.hand
        assert hand is not None
        good, wide = view.good(hand.good), CARD_WIDE + 8 - 2 * PAD
        y = heading(paper, view, good.id, 18, wide) + 8
        y += paper.text(PAD, y, view.texts.of(good.story), 14.5, wide=wide, lines=7, colour=theme.INK) + 12
        for label, value in (
            ("size", size_cm(view, good.id)),
            ("licence", good.licence),
            ("in_your_bag", str(view.world.owned.get(good.id, 0)) if view.world.owned.get(good.id) else ""),
        ):
            if value:
                y = fact(paper, view.t(label), value, y, wide)
        y = price_row(paper, view, good.id, y + 8, wide) + 14
        paper.line(PAD, y, wide)
        pairs = [
            view.hint("try_on", try_words(view, good.id)),
            view.hint("basket_add"),
            view.hint("wish", wish_words(view, good.id)),
            *show_hints(view, good.id),
            view.hint("ruler", "do_hide_ruler" if hand.ruler else "do_ruler"),
            (turning_keys(view), view.t("do_turn")),
            (view.key("zoom_in") if view.device == "pad" else view.t("key_wheel"), view.t("do_zoom")),
            view.hint("put_back"),
        ]
        y += 15 + paper.hints(PAD, y + 15, wide, pairs)
        paper.sheet(CARD_WIDE + 8, y + 7)


class GhostCard(Piece):
    """What stands life-size before the player: its footprint, and whether it fits."""

    name = "ghost"
    anchor = "right"

    def key(self, view: View) -> object:
        ghost = view.world.ghost
        if ghost is None or view.open_panel:
            return None
        return ghost.good, ghost.fits, view.world.stock.get(ghost.good), ghost.good in view.world.wishes

    def draw(self, paper: Paper, view: View) -> None:
        ghost = view.world.ghost
        assert ghost is not None
        good, wide = view.good(ghost.good), CARD_WIDE - 2 * PAD
        y = heading(paper, view, good.id, 18, wide) + 10
        width_cm, depth_cm, height_cm = (max(1, round(metres * 100)) for metres in good.size_m)
        if good.hangs:
            y = fact(paper, view.t("on_the_wall"), f"{width_cm} × {height_cm} {view.t('cm')}", y, wide)
        else:
            y = fact(paper, view.t("footprint"), f"{width_cm} × {depth_cm} {view.t('cm')}", y, wide)
            y = fact(paper, view.t("height"), f"{height_cm} {view.t('cm')}", y, wide)
        y += 6
        words = view.t("fits" if ghost.fits else "does_not_fit")
        tall = 20 + theme.BODY * theme.LINE_HEIGHT * len(paper.wrap(words, theme.BODY, wide - 48, bold=True))
        paper.box(PAD, y, wide, tall, theme.TEAL_PALE if ghost.fits else theme.BERRY_PALE, radius=12)
        ink = theme.TEAL if ghost.fits else theme.BERRY
        paper.text(PAD + 14, y + 10, "✓" if ghost.fits else "×", theme.BODY, bold=True, colour=ink)
        paper.text(PAD + 36, y + 10, words, theme.BODY, bold=True, colour=ink, wide=wide - 48)
        y = price_row(paper, view, good.id, y + tall + 14, wide) + 14
        paper.line(PAD, y, wide)
        pairs = [
            (turning_keys(view), view.t("do_turn")),
            (view.key("zoom_in") if view.device == "pad" else view.t("key_wheel"), view.t("do_nearer")),
            view.hint("basket_add"),
            view.hint("try_on", "do_back_to_hand"),
            view.hint("put_back"),
        ]
        y += 15 + paper.hints(PAD, y + 15, wide, pairs)
        paper.sheet(CARD_WIDE, y + 7)


def fact(paper: Paper, label: str, value: str, y: float, wide: float) -> float:
    """A row with a soft label to the left and its value to the right. Returns the y below."""
    paper.text(PAD, y, label, theme.SMALL, colour=theme.INK_SOFT)
    room = wide - paper.width_of(label, theme.SMALL) - 16
    paper.text(PAD + wide, y - 1, paper.shorten(value, 14, room), 14, align="right")
    return y + 24


def show_hints(view: View, good_id: GoodId) -> list[tuple[str, str]]:
    """The key that shows a good in the player's room, with the share of each sale that is then theirs; none at home."""
    key = view.key("show_in_room")
    if not key or view.world.place_id == HOME:
        return []
    bps, _ = share_wei(view.world, good_id)
    return [(key, view.t("do_show_short", percent=f"{bps / 100:g}"))]


def wish_words(view: View, good_id: GoodId) -> str:
    """Text key of what the key of wishes does to this good."""
    return "do_unwish" if good_id in view.world.wishes else "do_wish"


def try_words(view: View, good_id: GoodId) -> str:
    """Text key of what trying means for this good."""
    worn = any(worn.good == good_id for worn in view.world.worn.values())
    if worn:
        return "do_take_off"
    return "do_try_on" if view.good(good_id).wear else "do_see_it_here"


def turning_keys(view: View) -> str:
    """Label of what turns the good in the hand."""
    return view.stick("look") if view.device == "pad" else view.t("key_drag")
