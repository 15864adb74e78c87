"""When an old offer may live on beside the one that takes its place; and what a bundle's offers must be."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain.errors import ChainError
from chain.keys import dev_address, dev_key
from chain.making import is_better
from chain.offers import FOR_EVER, Offer, domain_separator, pack_offer, sign_offer, unpack_offer
from chain.shop import unit_price_wei
from game.core.ids import Address, MakerId, TokenId, Wei

NOW = 1_000
MARKET = Address("0x" + "Ab" * 20)
DOMAIN = domain_separator(31337, MARKET)


def offer(**fields: Any) -> Offer:
    return Offer(**{
        "seller": dev_address(MakerId("mei_lin")), "good": TokenId(7), "start_price_wei": Wei(100),
        "end_price_wei": Wei(100), "quantity": 5, "room_share_bps": 1000, "primary": True, **fields,
    })  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {}, {"start_price_wei": Wei(90), "end_price_wei": Wei(90)}, {"room_share_bps": 2000},
        {"end_price_wei": Wei(10), "start": NOW, "expiry": FOR_EVER},
    ],
)  # fmt: skip
def test_an_offer_that_nobody_prefers_may_live_on(changes: dict[str, Any]) -> None:
    assert not is_better(offer(), offer(**changes), NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"start_price_wei": Wei(101), "end_price_wei": Wei(101)}, {"end_price_wei": Wei(101)},
        {"start_price_wei": Wei(101), "end_price_wei": Wei(1)}, {"room_share_bps": 999}, {"quantity": 4},
        {"quantity": 6}, {"start": NOW + 1}, {"expiry": FOR_EVER - 1},
    ],
)  # fmt: skip
def test_an_offer_that_somebody_may_prefer_is_closed_first(changes: dict[str, Any]) -> None:
    assert is_better(offer(), offer(**changes), NOW)


prices = st.integers(1, 1_000)
seconds = st.integers(0, 2_000)
offers = st.builds(
    lambda first, last, start, lasts, share: offer(
        start_price_wei=Wei(first), end_price_wei=Wei(last), start=start, expiry=start + lasts, room_share_bps=share
    ),
    prices, prices, seconds, seconds, st.sampled_from([500, 1000]),
)  # fmt: skip


@given(offers, offers, st.integers(0, 5_000))
def test_whatever_lives_on_is_never_the_better_buy(old: Offer, new: Offer, after_secs: int) -> None:
    time = NOW + after_secs
    if is_better(old, new, NOW) or not old.start <= time <= old.expiry:
        return
    assert new.start <= time <= new.expiry
    assert unit_price_wei(new, time) <= unit_price_wei(old, time)
    assert new.room_share_bps >= old.room_share_bps


def test_an_offer_in_a_bundle_comes_out_as_it_was_signed() -> None:
    signed = sign_offer(offer(), domain=DOMAIN, key=dev_key(MakerId("mei_lin"), chain_id=31337))
    data = pack_offer(signed, chain_id=31337, market=MARKET)
    assert unpack_offer(data, chain_id=31337, market=MARKET, domain=DOMAIN) == signed
    assert data == pack_offer(signed, chain_id=31337, market=MARKET)
    for wrong in ({"chain_id": 1}, {"market": Address("0x" + "cd" * 20)}):
        with pytest.raises(ChainError):
            unpack_offer(data, **{"chain_id": 31337, "market": MARKET, "domain": DOMAIN, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"start_price_wei": Wei(2**128)}, {"quantity": 2**32}, {"quantity": -1}, {"room_share_bps": 2**16},
        {"expiry": 2**40}, {"serial": 2**64}, {"good": TokenId(-1)}, {"seller": Address("moon")},
    ],
)  # fmt: skip
def test_an_offer_with_figures_that_no_contract_holds_is_refused(changes: dict[str, Any]) -> None:
    signed = sign_offer(offer(), domain=DOMAIN, key=dev_key(MakerId("mei_lin"), chain_id=31337))
    forged = msgspec.structs.replace(signed, offer=msgspec.structs.replace(signed.offer, **changes))
    with pytest.raises(ChainError):
        unpack_offer(pack_offer(forged, chain_id=31337, market=MARKET), chain_id=31337, market=MARKET, domain=DOMAIN)


@given(st.binary(max_size=300))
def test_bytes_that_are_no_offer_are_refused_in_plain_words(data: bytes) -> None:
    with pytest.raises(ChainError):
        unpack_offer(data, chain_id=31337, market=MARKET, domain=DOMAIN)
