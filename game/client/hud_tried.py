"""What the player has on and has not paid for, and how to be rid of it."""

from game.client import theme
from game.client.hud_good import good_looked_at
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.core.rules.display import last_tried

PAD = 16.0
WIDE = 250.0
MOST = 4


class TriedCard(Piece):
    """The goods that are being tried on, the last of them first."""

    name = "tried"
    anchor = "left"

    def key(self, view: View) -> object:
        world = view.world
        if view.open_panel or world.hand or world.ghost or last_tried(world) is None:
            return None
        tried = tuple(worn.good for worn in world.worn.values() if worn.tried)
        return tried, tuple(world.basket), good_looked_at(view) is None, tuple(view.price_wei(good) for good in tried)

    def draw(self, paper: Paper, view: View) -> None:
        world, inner = view.world, WIDE - 2 * PAD
        tried = [worn.good for worn in reversed(list(world.worn.values())) if worn.tried]
        y = 12 + paper.text(PAD, 12, view.t("trying_on"), theme.SMALL, colour=theme.TEAL) + 2
        for good in tried[:MOST]:
            price = view.texts.number(view.price_wei(good))
            room = inner - paper.width_of(price, theme.SMALL) - 10
            name = paper.shorten(view.name(good), theme.BODY, room, bold=True)
            paper.text(PAD, y, name, theme.BODY, bold=True)
            paper.text(PAD + inner, y + 2, price, theme.SMALL, align="right", colour=theme.INK_SOFT)
            y += 26
        y += 4
        paper.line(PAD, y, inner)
        pairs = [view.hint("put_back")]
        if good_looked_at(view) is None and any(good not in world.basket for good in tried):
            pairs.append(view.hint("basket_add"))
        y += 13 + paper.hints(PAD, y + 13, inner, pairs)
        paper.sheet(WIDE, y + 4, radius=16)
