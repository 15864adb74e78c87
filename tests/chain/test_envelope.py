"""Signed transactions are byte for byte what eth-account makes of them."""

import pytest
from coincurve import PrivateKey
from eth_account import Account
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chain.envelope import rlp, sign_call
from chain.journal import Call
from game.core.ids import Address, Wei

KEYS = st.integers(min_value=1, max_value=2**256 - 2**129)
AMOUNTS = st.integers(min_value=0, max_value=2**128)
GAS = st.integers(21_000, 2**40)


@settings(deadline=None)
@given(key=KEYS, nonce=st.integers(0, 2**63), value=AMOUNTS, gas=GAS, data=st.binary(max_size=300))
@example(key=1, nonce=0, value=0, gas=21_000, data=b"")
@example(key=7, nonce=127, value=128, gas=2**32, data=b"\0" * 55)
@example(key=9, nonce=128, value=2**64, gas=30_000_000, data=b"\x7f" * 56)
def test_signing_equals_eth_account(key: int, nonce: int, value: int, gas: int, data: bytes) -> None:
    secret = key.to_bytes(32, "big")
    to = Address("0x4e59b44847b379578588920cA78FbF26c0B4956C")
    call = Call(to=to, data=data, value_wei=Wei(value), gas_limit=gas, max_fee_wei=3 * 10**9, max_tip_wei=10**9)
    raw, tx_hash = sign_call(call, nonce=nonce, chain_id=31337, key=PrivateKey(secret))
    theirs = Account.from_key(secret).sign_transaction(
        {
            "type": 2, "chainId": 31337, "nonce": nonce, "maxPriorityFeePerGas": 10**9, "maxFeePerGas": 3 * 10**9,
            "gas": gas, "to": to, "value": value, "data": data,
        }
    )  # fmt: skip
    assert raw == bytes(theirs.raw_transaction)
    assert tx_hash == "0x" + bytes(theirs.hash).hex()


def test_another_key_or_chain_gives_other_bytes() -> None:
    to = Address("0x4e59b44847b379578588920cA78FbF26c0B4956C")
    call = Call(to=to, data=b"", value_wei=Wei(1), gas_limit=21_000, max_fee_wei=1, max_tip_wei=1)
    first = sign_call(call, nonce=0, chain_id=31337, key=PrivateKey(b"\1" * 32))
    assert first != sign_call(call, nonce=0, chain_id=31337, key=PrivateKey(b"\2" * 32))
    assert first != sign_call(call, nonce=0, chain_id=1, key=PrivateKey(b"\1" * 32))


@pytest.mark.parametrize(
    ("item", "coded"),
    [(b"", "80"), (b"\0", "00"), (b"\x7f", "7f"), (b"\x80", "8180"), (b"dog", "83646f67"), ([], "c0"),
     ([b"cat", [b"dog"]], "c983636174c483646f67"), (b"a" * 56, "b838" + "61" * 56)],
)  # fmt: skip
def test_rlp_of_known_items(item: object, coded: str) -> None:
    assert rlp(item).hex() == coded
