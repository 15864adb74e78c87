"""The desk as the page gets it: plain JSON, money as people write it, orders in their batches."""

from collections.abc import Mapping
from typing import Any

import msgspec

from game.client.texts import Texts
from game.core.goods import Text
from game.grower.desk import DeskView, Order, batches

TABS = {
    "pack": ("pack", "late"),
    "ship": ("ship",),
    "way": ("wait",),
    "turn": ("answer", "claim", "split"),
    "done": ("done",),
}
"""The page's lists, and which orders are in each, by what they wait for."""

DONE_SHOWN = 200


def shown(view: DeskView, texts: Texts, names: Mapping[str, Text]) -> dict[str, Any]:
    """All that the page shows of the desk."""
    money = view.money
    return {
        "version": 1,
        "now_secs": view.now_secs,
        "grower": view.grower,
        "tabs": {tab: _tab(view, tab, texts) for tab in TABS},
        "counts": {tab: sum(order.to_do in waits for order in view.orders) for tab, waits in TABS.items()},
        "names": {plot.variety: {"en": name_of(plot.variety, names).en, "zh": name_of(plot.variety, names).zh}
                  for plot in view.plots},
        "plots": [
            {"plot": plot.plot, "variety": plot.variety, "ripe_at_secs": plot.ripe_at_secs, "trees": plot.trees,
             "redeem_by_secs": plot.redeem_by_secs, "grams_per_fruit": plot.grams_per_fruit,
             **next((msgspec.to_builtins(each) for each in view.tallies if each.plot == plot.plot), {})}
            for plot in view.plots
        ],
        "money": {"earned": texts.number(money.earned_wei), "escrow": texts.number(money.escrow_wei),
                  "refunded": texts.number(money.refunded_wei), "credit": texts.number(money.credit_wei)},
    }  # fmt: skip


def shown_order(order: Order, texts: Texts) -> dict[str, Any]:
    """One order for the page."""
    fields: dict[str, Any] = msgspec.to_builtins(order)
    del fields["value_wei"]
    return fields | {"value": texts.number(order.value_wei)}


def name_of(variety: str, names: Mapping[str, Text]) -> Text:
    """What a variety is called; its id in words where nobody has named it."""
    plain = variety.replace("_", " ").capitalize()
    return names.get(variety, Text(en=plain, zh=plain))


def _tab(view: DeskView, tab: str, texts: Texts) -> list[dict[str, Any]]:
    orders = [order for order in view.orders if order.to_do in TABS[tab]]
    if tab == "done":  # the last first, in one batch
        return [{"day": "", "route": "", "orders": [shown_order(each, texts) for each in orders[:DONE_SHOWN]]}]
    return [
        {"day": day, "route": route, "orders": [shown_order(each, texts) for each in some]}
        for day, route, some in batches(orders)
    ]
