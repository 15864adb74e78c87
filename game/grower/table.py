"""The desk in a terminal: columns that stand straight in any script."""

from collections.abc import Mapping, Sequence
from unicodedata import combining, east_asian_width

from game.client.texts import Texts
from game.core.goods import Text
from game.grower.carriers import CarrierReport
from game.grower.desk import DeskView, Order
from game.grower.shown import TABS, name_of

WIDEST = 28  # columns of the terminal that one column of the table may have


def told_view(view: DeskView, texts: Texts, names: Mapping[str, Text]) -> str:
    """The open orders, most urgent first, then income and fruit in a line each."""
    say = texts.t
    still = [order for order in view.orders if order.to_do != "done"]
    lines: list[str] = []
    if still:
        head = [say(f"grower_head_{each}") for each in ("code", "what", "by", "route", "name", "fruit")]
        lines += columns([head, *(_row(order, texts, names) for order in still)])
        lines += [say("grower_says", code=order.code, words=plain(order.reason)) for order in still if order.reason]
        lines.append("")
    counts = {tab: sum(order.to_do in waits for order in still) for tab, waits in TABS.items()}
    lines.append(say("grower_sum_open", n=len(still), pack=counts["pack"], ship=counts["ship"], turn=counts["turn"]))
    money = view.money
    lines.append(say("grower_sum_money", earned=texts.coins(money.earned_wei), escrow=texts.coins(money.escrow_wei),
                     credit=texts.coins(money.credit_wei)))  # fmt: skip
    varieties = {plot.plot: plot.variety for plot in view.plots}
    lines += [
        say("grower_sum_plot", name=texts.of(name_of(varieties[each.plot], names)), promised=each.promised,
            hanging=each.hanging, picked=each.picked, redeemed=each.redeemed)
        for each in view.tallies
    ]  # fmt: skip
    return "\n".join(lines)


def told_report(report: CarrierReport, texts: Texts) -> str:
    """What became of a carrier's file, line by line."""
    rows = [
        [texts.t("grower_line", n=line.line), line.code, line.tracking, texts.t(f"grower_csv_{line.verdict}")]
        for line in report.lines
    ]
    details = sorted({line.detail for line in report.lines if line.detail})
    half = any(line.verdict == "shipped" for line in report.lines)
    end = texts.t("grower_csv_done" if report.ok else "grower_csv_half" if half or details else "grower_csv_none")
    return "\n".join([*columns(rows), *details, end])


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of texts as lines whose columns stand below each other."""
    rows = [[cut(cell, WIDEST) for cell in row] for row in rows]
    widths = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def cut(text: str, most: int) -> str:
    """A text of at most so many columns, with "…" where it was longer; nothing in it moves the cursor."""
    text = plain(text)
    if width(text) <= most:
        return text
    while width(text) > most - 1:
        text = text[:-1]
    return text + "…"


def plain(text: str) -> str:
    """A text in which nothing moves the cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _row(order: Order, texts: Texts, names: Mapping[str, Text]) -> list[str]:
    name = order.address.name if order.address else texts.t(f"grower_letter_{order.letter}")
    fruit = texts.t("grower_paper_content", variety=texts.of(name_of(order.variety, names)), n=order.quantity)
    return [order.code, texts.t(f"grower_do_{order.to_do}"), order.day, order.route, name, fruit]
