"""What sales have brought the player, as the ledger tells it: every credit, every withdrawal, who bought what where.

Nothing is kept beside the ledger. What is new is read on from the last tip; after a fork all is read anew.
"""

from msgspec import Struct

from chain.chain_source import parse_block
from chain.ledger import Ledger, Sale, sale_from
from chain.logs import PLACE_BITS, TABLES
from chain.orchard_book import LogRow
from chain.orchard_credits import Reason, reason_of
from chain.room_logs import place_of
from chain.rpc import Rpc, RpcError
from chain.shop import Shop
from game.core.ids import Address, GoodId, PlaceId, RoomToken, TokenId, Wei
from game.core.room_ports import Credit, Credits, Payout, SoldGood


class _Row(Struct, frozen=True):
    """A log that moved money of the player's: `sale` None for what was paid in beside sales, or paid out."""

    key: int
    block_hash: bytes
    tx_hash: str
    wei: int = 0
    who: Address = Address("")
    sale: Sale | None = None
    reason: Reason | None = None


class Earnings:
    """One account's credits."""

    def __init__(self, rpc: Rpc, ledger: Ledger, shop: Shop, *, account: Address, home: RoomToken) -> None:
        self._rpc = rpc
        self._ledger = ledger
        self._shop = shop
        self._account = account
        self._home = home
        self._tip: tuple[int, bytes] | None = None
        self._sales: list[_Row] = []
        self._paid_in: list[_Row] = []
        self._paid_out: list[_Row] = []

    def read_on(self) -> None:
        """Take in what the ledger has read since the last time."""
        tip = self._ledger.tip()
        if tip == self._tip:
            return
        after = 0
        if self._tip is not None and self._ledger.has_tip(self._tip):
            after = (self._tip[0] + 1) << PLACE_BITS
        else:
            self._sales, self._paid_in, self._paid_out = [], [], []
        who = bytes.fromhex(self._account[2:])
        payees = " OR ".join(f"{_part('sales', name)} = ?" for name in ("seller", "creator", "room_owner"))
        for key, block_hash, words in self._ledger.read(
            f"SELECT key, hash, words FROM sales_logs LEFT JOIN blocks ON number = key >> {PLACE_BITS}"
            f" WHERE key >= ? AND ({payees}) ORDER BY key",
            after, who, who, who,
        ):  # fmt: skip
            sale = sale_from(key, words)
            self._sales.append(_Row(key, block_hash, sale.tx_hash, sale=sale))
        for table, other, rows in (
            ("credited", "payer", self._paid_in), ("withdrawn", "receiver", self._paid_out),
        ):  # fmt: skip
            for key, block_hash, words in self._ledger.read(
                f"SELECT key, hash, words FROM {table}_logs LEFT JOIN blocks ON number = key >> {PLACE_BITS}"
                " WHERE key >= ? AND account = ? ORDER BY key",
                after, who,
            ):  # fmt: skip
                log = LogRow(table, key, block_hash, words)
                reason = reason_of(self._ledger, log, self._account) if table == "credited" else None
                rows.append(
                    _Row(key, block_hash, log.tx_hash, log.number("wei"), log.address(other), reason=reason)
                )
        self._tip = tip

    def withdrawable_wei(self) -> Wei:
        """What the till holds for the account."""
        earned = sum(wei for row in self._sales for _, wei in self._roles(row)) + sum(row.wei for row in self._paid_in)
        return Wei(earned - sum(row.wei for row in self._paid_out))

    def credits(self) -> Credits:
        """Every credit and every withdrawal, newest first. Asks the chain for the times of blocks not seen before."""
        rows = sorted([*self._sales, *self._paid_in], key=lambda row: row.key, reverse=True)
        times = self._times([*rows, *self._paid_out])
        return Credits(
            withdrawable_wei=self.withdrawable_wei(),
            credits=tuple(credit for row in rows for credit in self.credits_of(row, times.get(row.block_hash, 0))),
            payouts=tuple(
                Payout(
                    wei=Wei(row.wei), block=row.key >> PLACE_BITS, tx_hash=row.tx_hash,
                    at_secs=times.get(row.block_hash, 0),
                )
                for row in reversed(self._paid_out)
            ),
        )  # fmt: skip

    def newest(self, known: set[tuple[str, int]]) -> list[Credit]:
        """Credits of logs that are not among `known` (transaction and place in the block), which then holds them."""
        fresh = [row for row in [*self._sales, *self._paid_in] if _name(row) not in known]
        known.update(_name(row) for row in fresh)
        if not fresh:
            return []
        times = self._times(fresh)
        return [credit for row in fresh for credit in self.credits_of(row, times.get(row.block_hash, 0))]

    def credits_of(self, row: _Row, at_secs: int) -> list[Credit]:
        """The credits that one log made, a role each."""
        block, sale = row.key >> PLACE_BITS, row.sale
        if sale is None:
            reason = row.reason or Reason(role="other", plot=0)
            return [
                Credit(
                    role=reason.role, wei=Wei(row.wei), quantity=reason.quantity, buyer=reason.other or row.who,
                    block=block, tx_hash=row.tx_hash, token_id=TokenId(0), at_secs=at_secs, plot=reason.plot,
                    delivery=reason.delivery, variety=reason.variety,
                )
            ]  # fmt: skip
        return [
            Credit(
                role=role, wei=Wei(wei), quantity=sale.quantity, buyer=sale.buyer, block=block, tx_hash=row.tx_hash,
                token_id=sale.good, good_id=self._shop.good_id(sale.good), place_id=self.place(sale.room),
                at_secs=at_secs,
            )
            for role, wei in self._roles(row)
        ]  # fmt: skip

    def sold(self) -> list[SoldGood]:
        """What the account sold, or others resold of its own making, by good and by room; goods not known left out."""
        sums: dict[tuple[GoodId, PlaceId | None], tuple[int, int, int]] = {}
        for row in self._sales:
            sale = row.sale
            assert sale is not None
            good_id = self._shop.good_id(sale.good)
            earned = sum(wei for role, wei in self._roles(row) if role != "room")
            if good_id is None or self._account not in (sale.seller, sale.creator):
                continue
            key = (good_id, self.place(sale.room))
            units, turnover, before = sums.get(key, (0, 0, 0))
            sums[key] = (units + sale.quantity, turnover + sale.price_wei, before + earned)
        return [
            SoldGood(good_id=good, place_id=place, units=units, turnover_wei=Wei(turnover), earned_wei=Wei(earned))
            for (good, place), (units, turnover, earned) in sums.items()
        ]

    def rooms(self) -> dict[int, tuple[int, tuple[GoodId, ...]]]:
        """By room in which goods of the account's making were found: the units sold there, and which goods."""
        found: dict[int, tuple[int, tuple[GoodId, ...]]] = {}
        for row in self._sales:
            sale = row.sale
            good_id = None if sale is None else self._shop.good_id(sale.good)
            if sale is None or not sale.room or good_id is None or not self.made_here(good_id):
                continue
            units, goods = found.get(sale.room, (0, ()))
            found[sale.room] = (units + sale.quantity, goods if good_id in goods else (*goods, good_id))
        return found

    def made_here(self, good_id: GoodId) -> bool:
        """Whether a good is of the account's making."""
        return self._shop.goods[good_id].terms.maker == self._account

    def place(self, room: int) -> PlaceId | None:
        """What a room is called in the game; None for no room."""
        if not room:
            return None
        for place_id, shown in self._shop.rooms.items():
            if shown.room == room:
                return place_id
        return place_of(room, home=self._home)

    def _roles(self, row: _Row) -> list[tuple[str, int]]:
        sale = row.sale
        if sale is None:
            return []
        parts = (
            ("seller", sale.seller, sale.price_wei - sale.creator_wei - sale.room_wei),
            ("creator", sale.creator, sale.creator_wei),
            ("room", sale.room_owner, sale.room_wei),
        )
        return [(role, wei) for role, account, wei in parts if account == self._account and wei]

    def _times(self, rows: list[_Row]) -> dict[bytes, int]:
        return self.times_of({row.block_hash: row.key >> PLACE_BITS for row in rows})

    def times_of(self, wanted: dict[bytes, int]) -> dict[bytes, int]:
        """Unix seconds of blocks, given their numbers by hash; one that the node has no longer is left out."""
        times = self._ledger.times(wanted)
        missing = [(block_hash, number) for block_hash, number in wanted.items() if block_hash not in times]
        answers = self._rpc.batch([("eth_getBlockByNumber", [hex(number), False]) for _, number in missing])
        fresh: dict[bytes, int] = {}
        for (block_hash, _), answer in zip(missing, answers, strict=True):
            if answer is None or isinstance(answer, RpcError):
                continue
            block = parse_block(answer)
            if block.hash == block_hash:
                fresh[block_hash] = block.timestamp_secs
        self._ledger.note_times(fresh)
        return {**times, **fresh}


def _name(row: _Row) -> tuple[str, int]:
    return row.tx_hash, row.key & ((1 << PLACE_BITS) - 1)


def _part(table: str, name: str) -> str:
    start, length = TABLES[table].slices[name]
    return f"substr(words, {start + 1}, {length})"
