"""What a buyer brings to the market: fills of signed offers, as call data.

eth-abi is the coder that web3 uses; by itself it loads in a fraction of the time, so the first quote doesn't wait.
"""

import json
from functools import cache
from typing import Any

from eth_hash.auto import keccak
from msgspec import Struct

from chain.errors import ARTIFACTS, ChainError
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
    from eth_abi.abi import encode
    from eth_abi.exceptions import EncodingError

    selector, kinds = _functions()[function]
    try:
        return selector + encode(kinds, arguments)
    except EncodingError as error:
        raise ChainError(f"{function}: a value doesn't fit the contract: {error}") from None


def load_coder() -> None:
    """Load the ABI coder ahead of the first quote: a third of a second that a thread has while the node starts."""
    import eth_abi.abi  # noqa: F401

    _functions()


@cache
def _functions() -> dict[str, tuple[bytes, list[str]]]:
    """Selector and argument types of the market's functions, by name (none of those used here is overloaded)."""
    found: dict[str, tuple[bytes, list[str]]] = {}
    for entry in json.loads((ARTIFACTS / "Market.json").read_text("utf-8"))["abi"]:
        if entry["type"] == "function":
            kinds = [_kind(each) for each in entry["inputs"]]
            found[entry["name"]] = keccak(f"{entry['name']}({','.join(kinds)})".encode())[:4], kinds
    return found


def _kind(value: dict[str, Any]) -> str:
    """The canonical type of an argument: tuple[] of components (a, b) is (a,b)[]."""
    kind: str = value["type"]
    if not kind.startswith("tuple"):
        return kind
    return f"({','.join(_kind(each) for each in value['components'])}){kind.removeprefix('tuple')}"
