"""Every refusal of the contracts reaches the player in plain words."""

import json

import pytest
from eth_abi.abi import encode
from eth_hash.auto import keccak

from chain.errors import (
    _PLAIN,
    ARTIFACTS,
    RefusalError,
    _custom_errors,
    coins_text,
    decode_revert,
)
from chain.quote import refusal_of
from chain.rpc import RpcError
from game.core.ports import REASONS

SAMPLES = {"uint": 3, "addr": "0x" + "11" * 20, "byte": b"\1" * 32, "stri": "a text", "bool": True}


def selector(signature: str) -> bytes:
    return keccak(signature.encode())[:4]


def sample(kind: str) -> object:
    return b"\1\2\3\4" if kind == "bytes4" else SAMPLES[kind[:4]]


@pytest.mark.parametrize("error", sorted(_custom_errors().values()), ids=lambda error: error[0])
def test_every_error_of_the_contracts_has_a_reason_and_words(error: tuple[str, tuple[tuple[str, str], ...]]) -> None:
    name, inputs = error
    kinds = [kind for _, kind in inputs]
    data = selector(f"{name}({','.join(kinds)})") + encode(kinds, [sample(kind) for kind in kinds])
    revert = decode_revert(data)
    assert revert.error == name
    assert revert.reason in REASONS
    assert revert.words
    assert "{" not in revert.words


def test_the_plain_words_are_all_of_errors_that_exist() -> None:
    assert set(_PLAIN) <= {name for name, _ in _custom_errors().values()}


def test_words_carry_the_figures() -> None:
    data = selector("SoldOut(bytes32,uint256,uint256)") + encode(["bytes32", "uint256", "uint256"], [b"\1" * 32, 5, 2])
    assert decode_revert("0x" + data.hex()) == decode_revert(data)
    assert (decode_revert(data).reason, decode_revert(data).words) == ("sold_out", "2 left, 5 asked for")
    price = selector("PriceTooHigh(uint256,uint256)") + encode(["uint256", "uint256"], [13 * 10**15, 125 * 10**14])
    assert decode_revert(price).words == "the price is now 13 coins, above the 12.5 coins agreed"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the contract gave no reason"),
        (b"\xde\xad\xbe\xef", "an unknown error 0xdeadbeef"),
        (selector("SoldOut(bytes32,uint256,uint256)") + b"\1", "a garbled SoldOut"),
        (selector("Error(string)") + encode(["string"], ["too late"]), "too late"),
        (selector("Panic(uint256)") + encode(["uint256"], [0x12]), "a division by zero"),
    ],
)
def test_what_is_no_custom_error_still_has_words(data: bytes, words: str) -> None:
    assert (decode_revert(data).reason, decode_revert(data).words) == ("chain_refused", words)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("insufficient funds for gas * price + value", "not_enough_money"),
        ("nonce too low", "transaction_replaced"),
        ("max fee per gas less than block base fee", "network_fee_rose"),
        ("intrinsic gas too low", "ran_out_of_gas"),
        ("the moon is full", "chain_refused"),
    ],
)
def test_what_nodes_say_becomes_a_reason(message: str, reason: str) -> None:
    assert refusal_of(RpcError("eth_sendRawTransaction", -32000, message)).reason == reason


def test_a_reason_that_nobody_knows_is_refused() -> None:
    with pytest.raises(AssertionError):
        RefusalError("because")


def test_coins_are_exact() -> None:
    assert coins_text(10**15) == "1 coins"
    assert coins_text(1) == "0.000000000000001 coins"
    assert coins_text(0) == "0 coins"


def test_the_artifacts_are_there() -> None:
    assert json.loads((ARTIFACTS / "Market.json").read_text("utf-8"))["abi"]
