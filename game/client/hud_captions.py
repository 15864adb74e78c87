"""Lines of text for what happens: refusals, arrivals, and sounds that carry meaning."""

from game.client import theme
from game.client.hud_credits import credit_name
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.core import events
from game.core.events import Event
from game.core.ids import GoodId

MARKS = {"good": ("✓", theme.TEAL), "bad": ("!", theme.BERRY), "notice": ("•", theme.LOQUAT_DEEP)}


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
            return ("notice", view.texts.of(there.name)) if there else None
        case events.MoodChanged(place=place, mood=mood) if place == view.world.place_id:
            return "notice", view.t(f"mood_{mood}")
        case events.DoorMoved(opens=True) if view.settings.values.captions:
            return "notice", view.t("sound_door")
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

    def where(self, view: View) -> str:
        if view.open_panel == "start":  # whose card is on the left
            return "bottom_right"
        if view.open_panel == "build":  # whose tray takes the whole of the lower edge
            return "top"
        return "bottom_left" if view.open_panel else self.anchor

    def key(self, view: View) -> object:
        lines = tuple((kind, text) for kind, text, _ in self.lines(view))
        return (bool(view.open_panel), lines) if lines else None

    def draw(self, paper: Paper, view: View) -> None:
        most = min(340.0 if view.open_panel else 620.0, view.wide - 60)
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
                y += theme.BODY * theme.LINE_HEIGHT
            y += 8
        paper.sheet(wide, y + 7, radius=18)
