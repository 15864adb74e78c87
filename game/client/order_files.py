"""Every order as files for a spreadsheet or a program: CSV and JSON, money as exact decimals and in wei."""

import csv
import io
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from game.client.texts import Texts
from game.content.disk import write_whole
from game.core.ids import WEI_PER_COIN, PlaceId
from game.core.ports import PastOrder, Share
from game.core.world import World

FOLDER = "exports"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = (
    "order_id", "kind", "date_utc", "state", "places", "goods", "price_coins", "price_wei", "fee_coins", "fee_wei",
    "shares", "money_moved", "reason", "chain_id", "block", "tx_hash",
)  # fmt: skip


def exact_coins(wei: int) -> str:
    """Wei as a decimal number of coins, exact, with two decimals or as many more as it needs."""
    whole, rest = divmod(wei, WEI_PER_COIN)
    decimals = f"{rest:015d}".rstrip("0").ljust(2, "0")
    return f"{whole}.{decimals}"


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: where it would begin one, an apostrophe stands before it."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.lstrip(" ").startswith(FORMULA) else text


def as_rows(orders: Sequence[PastOrder], world: World, texts: Texts) -> list[dict[str, Any]]:
    """Each order as plain values, as they stand in the JSON file; names are in the player's language."""
    return [_row(order, world, texts) for order in orders]


def _row(order: PastOrder, world: World, texts: Texts) -> dict[str, Any]:
    lines = [
        {
            "good_id": line.good_id,
            "good": texts.of(world.goods[line.good_id].name) if line.good_id in world.goods else line.good_id,
            "quantity": line.quantity,
            "place": place_name(line.place_id, world, texts),
            "offer": line.offer,
        }
        for line in order.lines
    ]
    ordered = order.orchard
    if ordered is not None:
        name = texts.t(f"ordered_{ordered.what}", variety=variety_name(ordered.variety, world, texts))
        lines = [{"good_id": "", "good": name, "quantity": ordered.quantity, "offer": None,
                  "place": texts.t("plot_number", n=ordered.plot)}]  # fmt: skip
    return {
        "order_id": order.order_id,
        "kind": "goods" if ordered is None else ordered.what,
        "date_utc": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(order.at_secs)),
        "state": order.state,
        "lines": lines,
        "price_coins": exact_coins(order.price_wei),
        "price_wei": str(order.price_wei),  # a string: many readers of JSON know no whole numbers that large
        "fee_coins": exact_coins(order.gas_wei),
        "fee_wei": str(order.gas_wei),
        "shares": [
            {"role": s.role, "to": s.to, "name": payee(s, texts), "coins": exact_coins(s.wei), "wei": str(s.wei)}
            for s in order.shares
        ],
        "money_moved": order.money_moved,
        "reason": order.reason,
        "chain_id": order.chain_id,
        "block": order.block,
        "tx_hash": order.tx_hash,
    }


def variety_name(variety: str, world: World, texts: Texts) -> str:
    """What a variety is called; its id where the orchard's rules don't name it."""
    rules = world.orchard_rules
    known = rules.varieties.get(variety) if rules is not None else None
    return texts.of(known.name) if known is not None else variety


def place_name(place: PlaceId | None, world: World, texts: Texts) -> str:
    """A place's name; "" for none, its id where the street has it no more."""
    if place is None:
        return ""
    return texts.of(world.places[place].name) if place in world.places else place


def payee(share: Share, texts: Texts) -> str:
    """Whose account a share went to, as far as the market knows."""
    return texts.person(share.who) if share.who else ""


def as_csv(orders: Sequence[PastOrder], world: World, texts: Texts) -> str:
    """One line an order."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in as_rows(orders, world, texts):
        places = list(dict.fromkeys(line["place"] for line in row["lines"] if line["place"]))
        flat = {
            **row,
            "places": "; ".join(places),
            "goods": "; ".join(f"{line['quantity']} x {line['good']}" for line in row["lines"]),
            "shares": "; ".join(f"{s['role']} {s['name'] or s['to']} {s['coins']}" for s in row["shares"]),
            "money_moved": {True: "yes", False: "no", None: "unknown"}[row["money_moved"]],
        }
        writer.writerow([safe_cell(str(flat[column])) for column in COLUMNS])
    return out.getvalue()


def as_json(orders: Sequence[PastOrder], world: World, texts: Texts) -> str:
    """All orders as one document."""
    return json.dumps({"version": 1, "orders": as_rows(orders, world, texts)}, ensure_ascii=False, indent=2) + "\n"


def write_orders(home: Path, orders: Sequence[PastOrder], world: World, texts: Texts) -> tuple[Path, Path]:
    """Write both files into the home folder, under names that no earlier export has. Raises OSError."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    stem, number = time.strftime("orders-%Y%m%d-%H%M%S"), 1
    while (folder / f"{stem}.csv").exists() or (folder / f"{stem}.json").exists():
        number += 1
        stem = f"{stem.rsplit('_', 1)[0]}_{number}"
    paths = folder / f"{stem}.csv", folder / f"{stem}.json"
    # The mark of byte order tells spreadsheets that these are not the letters of some old code page.
    texts_of = "\ufeff" + as_csv(orders, world, texts), as_json(orders, world, texts)
    for path, text in zip(paths, texts_of, strict=True):
        write_whole(path, text.encode())
    return paths
