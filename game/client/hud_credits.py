"""What the player has earned, for the purse: a chart by day, and a row for every credit and every withdrawal."""

import time
from dataclasses import dataclass

from game.client import theme
from game.client.hud_orchard import known_variety_words
from game.client.hud_panel import View
from game.client.hud_paper import Box, Paper, Spot
from game.core.ids import HOME, PlaceId
from game.core.room_ports import ORCHARD_ROLES, Credit, Credits, Payout

DAYS = 14
DAY_SECS = 86_400
ROW = 54.0


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the chart, in the player's own time zone."""

    label: str
    wei: int
    today: bool = False


def days_of(credits: Credits, today_secs: float) -> list[Day]:
    """What was earned on each of DAYS days. The last one is today, or the newest credit's day where that is later: a
    dev chain's clock can be far ahead of this machine's."""
    today = time.strftime("%Y-%m-%d", time.localtime(today_secs))
    last_secs = max([today_secs, *(credit.at_secs for credit in credits.credits)])
    earned: dict[str, int] = {}
    for credit in credits.credits:
        day = time.strftime("%Y-%m-%d", time.localtime(credit.at_secs))
        earned[day] = earned.get(day, 0) + credit.wei
    noon = time.mktime((*time.localtime(last_secs)[:3], 12, 0, 0, 0, 0, -1))  # so that no clock change skips a day
    found: list[Day] = []
    for back in range(DAYS - 1, -1, -1):
        name = time.strftime("%Y-%m-%d", time.localtime(noon - back * DAY_SECS))
        found.append(Day(name[5:], earned.get(name, 0), name == today))
    return found


def chart(paper: Paper, view: View, x: float, y: float, wide: float, high: float, days: list[Day]) -> None:
    """Bars of what each day earned, with the best day's sum and the first and last day's dates."""
    most = max(day.wei for day in days)
    paper.text(x, y, view.t("earned_by_day"), theme.SMALL, colour=theme.INK_SOFT)
    if most:
        best = view.t("best_day", coins=view.texts.coins(most))
        paper.text(x + wide, y, best, theme.SMALL, align="right", colour=theme.INK_SOFT)
    top, foot = y + 28, y + high - 22
    pitch = wide / len(days)
    for number, day in enumerate(days):
        bar = max(3.0, (foot - top) * day.wei / most) if day.wei else 2.0
        colour = theme.LOQUAT_DEEP if day.today and day.wei else theme.LOQUAT if day.wei else theme.LINE
        paper.box(x + number * pitch + 2, foot - bar, pitch - 4, bar, colour, radius=min(4.0, bar / 2))
    paper.text(x, foot + 4, days[0].label, theme.SMALL, colour=theme.INK_SOFT)
    last = view.t("today") if days[-1].today else days[-1].label
    paper.text(x + wide, foot + 4, last, theme.SMALL, align="right", colour=theme.INK_SOFT)


def rows_of(credits: Credits) -> list[Credit | Payout]:
    """Credits and withdrawals in one list, newest first."""
    rows: list[Credit | Payout] = [*credits.credits, *credits.payouts]
    return sorted(rows, key=lambda row: -row.block)


def row(
    paper: Paper, view: View, box: Box, number: int, entry: Credit | Payout, *, chosen: bool, detailed: bool
) -> float:
    """One credit or withdrawal; the chosen one may tell its transaction. Returns the height."""
    lines = _details(view, entry) if chosen and detailed else []
    high = box.high + (24 * len(lines) + 8 if lines else 0)
    paper.box(box.x, box.y, box.wide, high, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=13)
    paper.spots.append(Spot(Box(box.x, box.y, box.wide, box.high), f"row:{number}"))
    left, right = box.x + 14, box.x + box.wide - 14
    good_id = entry.good_id if isinstance(entry, Credit) else None
    picture = view.picture(good_id) if good_id is not None and good_id in view.world.goods else None
    if picture is not None:
        paper.picture(left - 6, box.y + 6, 42, picture)
        left += 46
    out = isinstance(entry, Payout)
    money = ("−" if out else "+") + view.texts.coins(entry.wei)
    paper.text(right, box.y + 6, money, theme.BODY, bold=True, align="right",
               colour=theme.INK_SOFT if out else theme.TEAL)  # fmt: skip
    room = right - left - paper.width_of(money, theme.BODY, bold=True) - 14
    paper.text(left, box.y + 6, paper.shorten(_title(view, entry), theme.BODY, room, bold=True), theme.BODY, bold=True)
    under = paper.shorten(_under(view, entry), theme.SMALL, right - left)
    paper.text(left, box.y + 29, under, theme.SMALL, colour=theme.INK_SOFT)
    y = box.y + box.high
    for label, value in lines:
        paper.text(box.x + 14, y, label, theme.SMALL, colour=theme.INK_SOFT)
        across = box.wide - 44 - paper.width_of(label, theme.SMALL)
        paper.text(right, y, paper.shorten(value, theme.SMALL, across), theme.SMALL, align="right")
        y += 24
    return high


def _title(view: View, entry: Credit | Payout) -> str:
    if isinstance(entry, Payout):
        return view.t("withdrawn_row")
    return credit_name(view, entry) + (f" × {entry.quantity}" if entry.good_id and entry.quantity > 1 else "")


def credit_name(view: View, credit: Credit) -> str:
    """What a credit was for: the good that was sold, or the box, fruit, water or plot of the orchard."""
    if credit.role in (*ORCHARD_ROLES, "other"):
        return view.t(f"credit_{credit.role}", n=credit.delivery or credit.plot)
    return view.name(credit.good_id) if credit.good_id is not None else view.t("some_good")


def _of_orchard(view: View, credit: Credit) -> list[str]:
    """Fruit, plot and other party of a credit that the orchard paid in."""
    parts = [view.t("plot_number", n=credit.plot)] if credit.role != "plot" else []
    if credit.variety:
        parts.insert(0, f"{known_variety_words(credit.variety, view)} × {credit.quantity}")
    if credit.role in ("box", "water"):
        parts.append(view.t("bought_by", who=view.texts.person(credit.buyer)))
    return parts


def _under(view: View, entry: Credit | Payout) -> str:
    when = time.strftime("%m-%d %H:%M", time.localtime(entry.at_secs)) if entry.at_secs else ""
    if isinstance(entry, Payout):
        return when
    if entry.role in ORCHARD_ROLES:
        return " · ".join(part for part in [when, *_of_orchard(view, entry)] if part)
    if entry.role == "other":
        return " · ".join(part for part in [when, view.texts.person(entry.buyer)] if part)
    parts = [when, view.t(f"earned_as_{entry.role}"), room_name(view, entry.place_id)]
    return " · ".join(part for part in [*parts, view.t("bought_by", who=view.texts.person(entry.buyer))] if part)


def _details(view: View, entry: Credit | Payout) -> list[tuple[str, str]]:
    """Who bought it, and where the chain wrote it down."""
    of_buyer = isinstance(entry, Credit) and entry.role not in ("refund", "split", "plot", "other")
    lines = [(view.t("detail_buyer"), entry.buyer)] if isinstance(entry, Credit) and of_buyer else []
    return [
        *lines,
        (view.t("detail_tx"), f"{entry.tx_hash[:18]}…{entry.tx_hash[-10:]}"),
        (view.t("detail_block"), f"{entry.block:,}"),
    ]


def room_name(view: View, place: PlaceId | None) -> str:
    """What a room is called: "your home" for the player's own, "a room" for one that was never visited; "" for none."""
    if place is None:
        return ""
    if place == HOME:
        return view.t("your_home")
    known = view.world.places.get(place)
    return view.texts.of(known.name) if known is not None else view.t("some_room", number=place[1:7])
