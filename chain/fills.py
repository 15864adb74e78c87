"""What a buyer brings to the market: fills of signed offers, as call data by web3's ABI coder."""

import json
from functools import cache
from typing import Any

from msgspec import Struct

from chain.errors import ARTIFACTS, ChainError, translate
from chain.goods_id import Terms
from chain.offers import SignedOffer
from chain.words import ZERO_ADDRESS
from game.core.ids import GoodId, Wei
from game.core.ports import Line

_NO_TERMS = (ZERO_ADDRESS, ZERO_ADDRESS, bytes(32), 0, 0, 0)


class Fill(Struct, frozen=True, kw_only=True):
    """One line of a basket with all that the contract wants to see."""

    line: Line
    good_id: GoodId
    signed: SignedOffer
    terms: Terms | None  # primary offers only
    room: int = 0
    proof: tuple[bytes, ...] = ()

    def words(self) -> tuple[Any, ...]:
        """The contracts' `Fill`, as nested tuples."""
        offer = self.signed.offer
        terms = _NO_TERMS if self.terms is None else self.terms.words()
        words = (*offer.words()[:6], offer.primary, *offer.words()[7:])
        return words, self.signed.signature, terms, self.room, list(self.proof), self.line.quantity


class Split(Struct, frozen=True, kw_only=True):
    """How the chain divides the price of one fill; the seller gets the rest."""

    price_wei: Wei
    creator: bytes
    creator_wei: Wei
    room_owner: bytes
    room_wei: Wei


def purchase_data(fills: list[Fill], *, most_wei: int, deadline_secs: int, best_effort: bool) -> bytes:
    """Call data that buys: `buy` for one line, `checkout` for more."""
    if len(fills) == 1:
        return _encode("buy", [fills[0].words(), most_wei, deadline_secs])
    return _encode("checkout", [[fill.words() for fill in fills], most_wei, deadline_secs, best_effort])


def quote_data(fill: Fill) -> bytes:
    """Call data that asks how the price of a fill would be divided."""
    return _encode("quote", [fill.words()])


def cancel_data(signed: SignedOffer) -> bytes:
    """Call data that withdraws an offer."""
    words = signed.offer.words()
    return _encode("cancel", [(*words[:6], signed.offer.primary, *words[7:])])


def parse_split(answer: str) -> Split:
    """The answer to `quote_data`."""
    raw = bytes.fromhex(answer[2:])
    if len(raw) != 6 * 32:
        raise ChainError(f"the market's quote has {len(raw)} bytes, not 192; is it another contract?")
    price, creator, creator_wei, _room, owner, room_wei = (raw[i : i + 32] for i in range(0, len(raw), 32))
    return Split(
        price_wei=Wei(int.from_bytes(price, "big")),
        creator=creator[12:],
        creator_wei=Wei(int.from_bytes(creator_wei, "big")),
        room_owner=owner[12:],
        room_wei=Wei(int.from_bytes(room_wei, "big")),
    )


def _encode(function: str, arguments: list[Any]) -> bytes:
    try:
        return bytes.fromhex(_market().encode_abi(function, args=arguments)[2:])
    except Exception as error:
        raise translate(error) from error


def load_coder() -> None:
    """Load web3 ahead of the first quote; it takes a second, which a market that is just opening can't spare."""
    _market()


@cache
def _market() -> Any:
    from web3 import Web3

    abi = json.loads((ARTIFACTS / "Market.json").read_text("utf-8"))["abi"]
    return Web3().eth.contract(abi=abi)
