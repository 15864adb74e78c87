"""Lines of text for what happens: refusals, arrivals, and sounds that carry meaning."""

from game.client import theme
from game.client.hud_credits import credit_name
from game.client.hud_panel import PASSING, Piece, View
from game.client.hud_paper import Paper, advance
from game.core import events
from game.core.events import Event
from game.core.ids import GoodId

MARKS = {"good": ("✓", theme.TEAL), "bad": ("!", theme.BERRY), "notice": ("•", theme.LOQUAT_DEEP)}
MARKS[PASSING] = MARKS["notice"]
WIDE, ACROSS, ASIDE = 620.0, 900.0, 340.0  # of a line at most: alone, over or under a panel, beside one
NARROW, LEAST = 200.0, 120.0  # at least, where there is a choice and where there is none
LINE = theme.BODY * theme.LINE_HEIGHT


def caption(event: Event, view: View) -> tuple[str, str] | None:
    """Kind and text of the line that an event deserves; None for none."""
    match event:
        case events.Declined(reason=reason, detail=detail):
            why = view.texts.reason(reason)
            if reason in ("market_down", "market_opening"):
                return "bad", view.t("with_more", text=why, more=view.t("basket_kept"))
            known = GoodId(detail) in view.world.goods
            return "bad", view.t("with_good", text=why, good=view.name(GoodId(detail))) if known else why
        case events.GoodsArrived(good=good, quantity=quantity, restored=False):
            return "good", view.texts.count("arrived", quantity, good=view.name(good))
        case events.GoodsLeft(good=good, quantity=quantity):
            return "notice", view.texts.count("left_you", quantity, good=view.name(good))
        case events.BasketChanged(good=good, added=True, restored=False):
            return "good", view.t("in_basket", good=view.name(good))
        case events.Wished(good=good, wished=wished, restored=False):
            return "good" if wished else "notice", view.t("wished" if wished else "unwished", good=view.name(good))
        case events.OfferOpened(listed=listed, restored=False):
            price = view.texts.coins(listed.unit_price_wei)
            return "good", view.t("offer_opened", good=view.name(listed.good_id), price=price)
        case events.OfferClosed(delisted=delisted):
            return "notice", view.t("offer_closed", good=view.name(delisted.good_id))
        case events.Earned(credit=credit):
            return "good", view.t("earned_now", coins=view.texts.coins(credit.wei), good=credit_name(view, credit))
        case events.ShownAtHome(good=good):
            return "good", view.t("shown_at_home", good=view.name(good))
        case events.CreditsWithdrawn(withdrawn=withdrawn):
            return "good", view.t("withdrawn_now", coins=view.texts.coins(withdrawn.wei))
        case events.OfferReady(signed=signed, restored=False):
            price = view.texts.coins(signed.price_wei)
            return "good", view.t("offer_signed", good=view.name(signed.good_id), price=price)
        case events.OffersVoided():
            return "notice", view.t("offers_voided")
        case events.HomeOpened():
            return "good", view.t("home_opened")
        case events.EnteredPlace(place=place):
            there = view.world.places.get(place)
            return (PASSING, view.texts.of(there.name)) if there else None
        case events.MoodChanged(place=place, mood=mood) if place == view.world.place_id:
            return PASSING, view.t(f"mood_{mood}")
        case events.DoorMoved(opens=True) if view.settings.values.captions:
            return PASSING, view.t("sound_door")
        case events.MarketChanged(state="open"):
            return "good", view.t("market_opened")
        case events.MarketChanged(state="down", step=reason):
            why = view.texts.reason(reason, "reason_market_down")
            return "bad", view.t("with_more", text=why, more=view.t("keeps_trying_short"))
    return None


class Captions(Piece):
    """The last few lines, newest at the bottom."""

    name = "captions"
    on_top = True
    anchor = "bottom"

    def lines(self, view: View) -> list[tuple[str, str, float]]:
        """What is shown: beside an open panel there is room for the newest line only."""
        return view.toasts[-1:] if view.open_panel else view.toasts

    def room(self, view: View) -> tuple[str, float]:
        """Where nothing of the open panel is, and how wide a line may be there; 0 where it takes the whole screen."""
        if not view.open_panel:
            return self.anchor, min(WIDE, view.wide - 60)
        most = min(ACROSS, view.wide - 60)
        sides = [(each.anchor, min(each.wide * view.high, ASIDE)) for each in view.beside if "_" in each.anchor]
        high = 25.0 + LINE * sum(1 + int(_wide(text) / (most - 64)) for _, text, _ in self.lines(view))
        levels = [each.anchor for each in view.beside if "_" not in each.anchor and each.high * view.high >= high]
        for where, wide in sides:
            if wide >= NARROW:
                return where, wide
        if levels:
            return levels[0], most
        return next((each for each in sides if each[1] >= LEAST), (self.anchor, 0.0))

    def where(self, view: View) -> str:
        return self.room(view)[0]

    def key(self, view: View) -> object:
        lines, room = tuple((kind, text) for kind, text, _ in self.lines(view)), self.room(view)
        return (room, lines) if lines and room[1] else None

    def draw(self, paper: Paper, view: View) -> None:
        _, most = self.room(view)
        rows = [(kind, paper.wrap(text, theme.BODY, most - 60)) for kind, text, _ in self.lines(view)]
        wide = max(paper.width_of(line, theme.BODY) for _, lines in rows for line in lines) + 60
        y = 10.0
        for number, (kind, lines) in enumerate(rows):
            mark, colour = MARKS[kind]
            if number:
                paper.line(20, y - 1, wide - 40)
            paper.text(26, y + 3, mark, theme.BODY, bold=True, colour=colour, align="centre")
            for line in lines:
                paper.text(40, y + 3, line, theme.BODY)
                y += LINE
            y += 8
        paper.sheet(wide, y + 7, radius=18)


def _wide(text: str) -> float:
    """About how wide a line is, in design pixels."""
    return advance(text, round(theme.BODY), False) * round(theme.BODY)
