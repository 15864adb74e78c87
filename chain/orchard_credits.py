"""What the orchard paid into the till for: a box, fruit that was given up, water, or what a plot had left.

The till's log of a credit names who paid it in; why stands in the log before it, in the same transaction.
"""

from msgspec import Struct

from chain.fruit import name_text
from chain.ledger import Ledger
from chain.logs import PLACE_BITS
from chain.orchard_book import INDEX_BITS, LogRow, rows_of
from game.core.ids import Address
from game.core.orchard_ports import DELIVERY_STATES

_ROLE_OF = {"paid": "box", "refunded": "refund", "split": "split"}
_TOLD_BY = ("delivery_moves", "lapsed", "drops", "collected")


class Reason(Struct, frozen=True, kw_only=True):
    """Why a credit came to be: a role of `game.core.room_ports.ORCHARD_ROLES`, and what it was about."""

    role: str
    plot: int
    delivery: int = 0
    variety: str = ""
    quantity: int = 0  # pieces of fruit, or drops
    other: Address | None = None  # the other party, where there is one


def reason_of(ledger: Ledger, credit: LogRow, account: Address) -> Reason | None:
    """Why a credit was paid in to an account; None where the orchard and its boxes have nothing to do with it."""
    block = credit.block << PLACE_BITS
    before = [
        (row, table)
        for table in _TOLD_BY
        for row in rows_of(ledger, table, "key BETWEEN ? AND ?", block, credit.key)
        if row.tx_hash == credit.tx_hash
    ]
    if not before:
        return None
    row, table = max(before, key=lambda each: each[0].key)
    match table:
        case "delivery_moves":
            return _of_box(ledger, row, account)
        case "lapsed":
            rows = [each for each, name in before if name == "lapsed"]
            return Reason(
                role="lapse", plot=row.number("tree") >> INDEX_BITS, variety=_variety_of(ledger, row.number("tree")),
                quantity=sum(each.number("quantity") for each in rows), other=row.address("by"),
            )  # fmt: skip
        case "drops":
            return Reason(
                role="water", plot=row.number("plot"), quantity=row.number("drops"), other=row.address("account")
            )
        case _:
            return Reason(role="plot", plot=row.number("plot"))


def _of_box(ledger: Ledger, move: LogRow, account: Address) -> Reason | None:
    number, state = move.number("delivery"), DELIVERY_STATES[move.number("state") - 1]
    fruits = list(rows_of(ledger, "redeemed", "delivery = ?", number))
    if not fruits or state not in _ROLE_OF:
        return None  # a delivery that somebody opened beside every orchard
    [opened] = rows_of(ledger, "deliveries", "delivery = ?", number)
    buyer, seller = opened.address("buyer"), opened.address("seller")
    tree = fruits[0].number("tree")
    return Reason(
        role=_ROLE_OF[state], plot=tree >> INDEX_BITS, delivery=number, variety=_variety_of(ledger, tree),
        quantity=sum(row.number("quantity") for row in fruits), other=seller if account == buyer else buyer,
    )  # fmt: skip


def _variety_of(ledger: Ledger, tree: int) -> str:
    """What hung on a tree when it was picked last; what its plot says where it never was."""
    rows = [*rows_of(ledger, "plots", "plot = ?", tree >> INDEX_BITS), *rows_of(ledger, "picked", "tree = ?", tree)]
    return name_text(rows[-1].raw("variety"))
