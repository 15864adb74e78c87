"""What the player owns: a grid of goods to wear or sell on, and the price of an offer."""

from math import ceil

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Box, Paper, Spot
from game.client.hud_price import ResaleCard
from game.core.commands import Command, OfferForSale, TakeOff, Wear, Withdraw
from game.core.ids import GoodId, OfferHash, Wei

COLUMNS, ROWS = 3, 3
TILE_WIDE, TILE_HIGH, GAP = 206.0, 146.0, 12.0
PICTURE, PICTURE_BELOW = 92.0, 72.0  # beside a name of one line, below one of two
WIDE = 2 * PAD + COLUMNS * TILE_WIDE + (COLUMNS - 1) * GAP


def worn_slot(view: View, good_id: GoodId) -> str:
    """The slot in which the player wears a good of their own, "" when they do not."""
    return next((slot for slot, worn in view.world.worn.items() if worn.good == good_id and not worn.tried), "")


def unlisted(view: View, good_id: GoodId) -> int:
    """Units that are owned and not offered for sale."""
    listed = sum(offer.quantity for offer in view.world.offers.values() if offer.good_id == good_id)
    return view.world.owned.get(good_id, 0) - listed


class InventoryPanel(Piece):
    """Everything the player owns, and their open offers."""

    name = "inventory"
    modal = True

    def __init__(self) -> None:
        self.at = 0
        self.picked: GoodId | None = None  # what SellPanel is to sell

    def opened(self, view: View) -> None:
        self.at = min(self.at, max(0, len(self.tiles(view)) - 1))

    def tiles(self, view: View) -> list[tuple[str, str]]:
        """What can be chosen: goods first, then open offers, as (kind, id)."""
        goods = [("good", str(good)) for good in view.world.owned if good in view.world.goods]
        return goods + [("offer", str(offer)) for offer in view.world.offers]

    def key(self, view: View) -> object:
        world = view.world
        worn = tuple((slot, worn.good, worn.tried) for slot, worn in world.worn.items())
        compared = tuple(view.finding.compared)
        return tuple(world.owned.items()), tuple(world.offers), worn, self.at, world.purse.state, compared

    def draw(self, paper: Paper, view: View) -> None:
        tiles = self.tiles(view)
        self.at = min(self.at, max(0, len(tiles) - 1))
        y = title(paper, view, view.t("inventory"), WIDE)
        if not tiles:
            words = "inventory_empty" if view.world.purse.block else "inventory_reading"
            y += paper.text(PAD, y, view.t(words), theme.BODY, wide=WIDE - 2 * PAD, colour=theme.INK_SOFT)
            paper.sheet(WIDE, y + 30, radius=22)
            return
        first_row = min(max(0, self.at // COLUMNS - ROWS + 1), max(0, ceil(len(tiles) / COLUMNS) - ROWS))
        first = first_row * COLUMNS
        shown = tiles[first : first + COLUMNS * ROWS]
        for place, (kind, name) in enumerate(shown):
            x, top = PAD + place % COLUMNS * (TILE_WIDE + GAP), y + place // COLUMNS * (TILE_HIGH + GAP)
            self._tile(paper, view, x, top, kind, name, first + place)
        y += ceil(len(shown) / COLUMNS) * (TILE_HIGH + GAP)
        if len(tiles) > len(shown):
            words = view.rows_of(first, len(shown), len(tiles))
            y += paper.text(PAD, y, words, theme.SMALL, colour=theme.INK_SOFT) + 4
        y += 6
        paper.line(PAD, y, WIDE - 2 * PAD)
        y += 16
        y += paper.hints(PAD, y, WIDE - 2 * PAD, self._keys(view, *tiles[self.at]))
        paper.sheet(WIDE, y + 10, radius=22)

    def _keys(self, view: View, kind: str, name: str) -> list[tuple[str, str]]:
        keys = [(view.arrows("↑ ↓ ← →"), view.t("do_choose"))]
        if kind == "offer":
            return [*keys, (view.key("confirm"), view.t("do_withdraw"))]
        good_id = GoodId(name)
        if view.good(good_id).wear:
            keys.append((view.key("confirm"), view.t("do_take_off" if worn_slot(view, good_id) else "do_wear")))
        if unlisted(view, good_id) > 0:
            keys.append(view.hint("sell"))
        compared = good_id in view.finding.compared
        return [*keys, view.hint("details", "do_uncompare" if compared else "do_compare")]

    def _tile(self, paper: Paper, view: View, x: float, y: float, kind: str, name: str, number: int) -> None:
        chosen = number == self.at
        paper.box(x, y, TILE_WIDE, TILE_HIGH, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=14)
        if chosen:
            paper.box(x, y, TILE_WIDE, TILE_HIGH, theme.LOQUAT, radius=14, thick=2)
        paper.spots.append(Spot(Box(x, y, TILE_WIDE, TILE_HIGH), f"tile:{number}"))
        offer = view.world.offers.get(OfferHash(name)) if kind == "offer" else None
        good_id = offer.good_id if offer else GoodId(name)
        known = view.world.goods.get(good_id)
        over = view.t("on_offer") if offer else view.t(f"kind_{known.kind}") if known else ""
        paper.text(x + 14, y + 10, over, theme.SMALL, colour=theme.BERRY if offer else theme.TEAL)
        quantity = offer.quantity if offer else view.world.owned.get(good_id, 0)
        if quantity > 1:
            paper.text(x + TILE_WIDE - 14, y + 10, f"× {quantity}", theme.SMALL, bold=True, align="right")
        name = view.name(good_id)
        rows = len(paper.wrap(name, theme.BODY, TILE_WIDE - 28, bold=True))
        paper.text(x + 14, y + 31, name, theme.BODY, bold=True, wide=TILE_WIDE - 28, lines=2)
        if view.portrait is not None and known:
            size = PICTURE if rows == 1 else PICTURE_BELOW
            paper.picture(x + TILE_WIDE - size - 8, y + TILE_HIGH - size - 2, size, view.portrait(good_id))
        foot = ""
        if offer:
            foot = view.texts.coins(offer.unit_price_wei)
        elif worn_slot(view, good_id):
            foot = view.t("wearing")
        elif unlisted(view, good_id) <= 0:
            foot = view.t("all_on_offer")
        if foot:
            across = paper.width_of(foot, theme.SMALL) + 20
            paper.box(x + 14, y + TILE_HIGH - 33, across, 23, theme.TEAL_PALE, radius=11.5)
            paper.text(x + 14 + across / 2, y + TILE_HIGH - 30, foot, theme.SMALL, align="centre", colour=theme.TEAL)

    def press(self, action: str, view: View) -> list[Command] | None:
        tiles = self.tiles(view)
        if not tiles:
            return None
        act, _, number = action.partition(":")
        steps = {"go_left": -1, "go_right": 1, "go_up": -COLUMNS, "go_down": COLUMNS}
        if act in steps:
            if 0 <= self.at + steps[act] < len(tiles):
                self.at += steps[act]
            return []
        if act == "tile":
            again = self.at == int(number)
            self.at = int(number)
            if not again:
                return []
            act = "confirm"
        kind, name = tiles[min(self.at, len(tiles) - 1)]
        if act == "confirm" and kind == "offer":
            return [Withdraw(offer=OfferHash(name))]
        good_id = GoodId(name)
        if act in ("confirm", "take") and kind == "good":
            if view.good(good_id).wear is None:
                return []
            slot = worn_slot(view, good_id)
            return [TakeOff(slot=slot)] if slot else [Wear(good=good_id)]
        if act == "details" and kind == "good":
            if not view.finding.compare(good_id):
                view.say("bad", view.t("compare_full"))
            elif good_id in view.finding.compared:
                view.say("good", view.texts.count("compare_n", len(view.finding.compared)))
            return []
        if act == "sell" and kind == "good" and unlisted(view, good_id) > 0:
            self.picked = good_id
            view.open_panel = "sell"
            return []
        return None


class SellPanel(ResaleCard):
    """Offer one unit for sale: its price, the room's share, the royalty, and what the seller receives."""

    name = "sell"
    heading, comes_from, note = "sell_title", "inventory", "sell_text"

    def __init__(self, inventory: InventoryPanel) -> None:
        super().__init__()
        self.inventory = inventory

    def good(self) -> GoodId | None:
        return self.inventory.picked

    def signed(self, good: GoodId) -> list[Command]:
        return [OfferForSale(good=good, unit_price_wei=Wei(self.price_wei), room_share_bps=self.share_bps)]
