"""Call data is what web3 makes of the same values."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web3 import Web3

from chain.errors import ARTIFACTS, ChainError
from chain.fills import Fill, cancel_data, purchase_data, quote_data
from chain.goods_id import Terms
from chain.offers import Offer, SignedOffer
from game.core.ids import Address, GoodId, OfferHash, TokenId, Wei
from game.core.ports import Line

ROOT = Path(__file__).resolve().parents[2]
MARKET: Any = Web3().eth.contract(abi=json.loads((ARTIFACTS / "Market.json").read_text("utf-8"))["abi"])
HAT = GoodId("hat")

addresses = st.binary(min_size=20, max_size=20).map(lambda octets: Address(Web3.to_checksum_address(octets)))
words = st.binary(min_size=32, max_size=32)
offers = st.builds(
    Offer,
    seller=addresses,
    good=st.integers(0, 2**256 - 1).map(TokenId),
    start_price_wei=st.integers(0, 2**128 - 1).map(Wei),
    end_price_wei=st.integers(0, 2**128 - 1).map(Wei),
    quantity=st.integers(0, 2**32 - 1),
    room_share_bps=st.integers(0, 2**16 - 1),
    primary=st.booleans(),
    serial=st.integers(0, 2**64 - 1),
)
terms = st.builds(
    Terms,
    maker=addresses,
    creator=addresses,
    manifest_sha256=words,
    cap=st.integers(0, 2**32 - 1),
    royalty_bps=st.integers(0, 2**16 - 1),
    flags=st.integers(0, 2**16 - 1),
)
signed_offers = st.builds(
    SignedOffer, offer=offers, signature=st.binary(min_size=65, max_size=65), hash=st.just(OfferHash("0x"))
)
fills = st.builds(
    Fill,
    line=st.builds(Line, good_id=st.just(HAT), quantity=st.integers(0, 2**32 - 1)),
    good_id=st.just(HAT),
    signed=signed_offers,
    terms=st.none() | terms,
    room=st.integers(0, 2**256 - 1),
    proof=st.lists(words, max_size=5).map(tuple),
)


def by_web3(function: str, *arguments: Any) -> bytes:
    return bytes.fromhex(MARKET.encode_abi(function, args=list(arguments))[2:])


@settings(max_examples=30, deadline=None)
@given(st.lists(fills, min_size=1, max_size=4), st.integers(0, 2**128), st.integers(0, 2**40 - 1), st.booleans())
def test_purchases_and_quotes_are_encoded_as_by_web3(basket: list[Fill], most: int, deadline: int, best: bool) -> None:
    ours = purchase_data(basket, most_wei=most, deadline_secs=deadline, best_effort=best)
    if len(basket) == 1:
        assert ours == by_web3("buy", basket[0].words(), most, deadline)
    else:
        assert ours == by_web3("checkout", [fill.words() for fill in basket], most, deadline, best)
    assert quote_data(basket[0]) == by_web3("quote", basket[0].words())


@settings(max_examples=30, deadline=None)
@given(signed_offers)
def test_a_withdrawal_is_encoded_as_by_web3(signed: SignedOffer) -> None:
    fields = signed.offer.words()
    assert cancel_data(signed) == by_web3("cancel", (*fields[:6], bool(fields[6]), *fields[7:]))


def test_a_value_that_does_not_fit_the_contract_is_refused_by_name() -> None:
    offer = Offer(
        seller=Address("0x" + "11" * 20), good=TokenId(1), start_price_wei=Wei(2**128), end_price_wei=Wei(0),
        quantity=1, room_share_bps=0, primary=True,
    )  # fmt: skip
    with pytest.raises(ChainError, match="cancel: a value doesn't fit"):
        cancel_data(SignedOffer(offer=offer, signature=bytes(65), hash=OfferHash("0x")))


def test_the_worker_loads_no_web3() -> None:
    """It would take a second that the first quote has to wait for."""
    script = (
        "import sys, chain.worker; from chain.fills import load_coder; load_coder()\n"
        "print([name for name in ('web3', 'eth_account', 'eth_abi') if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert loaded.stdout.strip() == "['eth_abi']"
