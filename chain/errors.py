"""What goes wrong on the chain's side, in words that a player can act on."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from game.core.errors import GameError
from game.core.ports import REASONS

ARTIFACTS = Path(__file__).resolve().parent / "artifacts"
WEI_PER_COIN = 10**15


class ChainError(GameError):
    """Something on the chain's side failed. The message names what, where, and the remedy."""


class RefusalError(ChainError):
    """A request that can't be granted, for a reason of `game.core.ports.REASONS`. No money moved."""

    def __init__(self, reason: str, detail: str = "") -> None:
        assert reason in REASONS, reason
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class Revert(Struct, frozen=True):
    """Why a contract undid a transaction: a reason of REASONS and plain words."""

    reason: str
    words: str
    error: str  # the contract's own name for it


_PLAIN: dict[str, tuple[str, str]] = {
    # name of the custom error: reason, words with the error's arguments
    "NotStarted": ("offer_not_open_yet", "the offer can't be filled before its time"),
    "Expired": ("offer_expired", "the offer's time is over"),
    "Outdated": ("offer_cancelled", "the seller has withdrawn all offers signed so far"),
    "Cancelled": ("offer_cancelled", "the seller has withdrawn the offer"),
    "SoldOut": ("sold_out", "{left} left, {quantity} asked for"),
    "CapReached": ("sold_out", "{minted} of {cap} exist already, {quantity} more asked for"),
    "NothingFilled": ("sold_out", "nothing in the basket can be had any more"),
    "NoQuantity": ("bad_quantity", "a quantity of zero"),
    "ZeroQuantity": ("bad_quantity", "a quantity of zero"),
    "NotDisplayed": ("not_on_display", "the room no longer shows this good"),
    "PriceTooHigh": ("price_changed", "the price is now {price:coins}, above the {maxPrice:coins} agreed"),
    "Underpaid": ("price_changed", "the price is {price:coins}, {value:coins} were sent"),
    "DeadlinePassed": ("quote_outdated", "the price was good until a moment that has passed"),
    "ERC1155InsufficientBalance": ("sold_out", "the seller holds {balance}, {needed} asked for"),
    "ERC1155InvalidReceiver": ("chain_refused", "the buyer's account can't receive goods"),
    "WrongSignature": ("chain_refused", "the offer wasn't signed by its seller"),
    "WrongTerms": ("chain_refused", "the terms are not those of the good"),
    "NotMaker": ("chain_refused", "only its maker can sell new units of a good"),
    "SharesTooHigh": ("chain_refused", "royalty and room share together exceed the price"),
    "WrongLineCount": ("bad_quantity", "{lines} lines, at most {maxLines} in one basket"),
    "OnlySeller": ("offer_unknown", "only its seller can withdraw an offer"),
    "Taken": ("tree_taken", "the tree can't be had any more"),
    "NoPlayTree": ("no_play_tree", "no tree of this plot is left that this account could have by play"),
    "NoSuchTree": ("no_such_tree", "there is no such tree"),
    "OnlyAdopter": ("not_your_tree", "only who adopted the tree can do this"),
    "CanTooEmpty": ("can_empty", "the can holds {drops}, {times} are needed"),
    "NoVisit": ("visited_already", "one visit a day, to a tree that somebody else adopted"),
    "WrongStage": ("wrong_stage", "a tree is given each of these once, in its stage"),
    "NoSuchGraft": ("wrong_stage", "the plot offers no such graft"),
    "SeasonOver": ("season_over", "the plot's season has ended"),
    "SeasonNotOver": ("wrong_stage", "its time has not come"),
    "NotRipe": ("not_ripe", "it needs {wateringsLeft} more waterings, and its time"),
    "TooFewHang": ("sold_out", "{hanging} hang there, {quantity} asked for"),
    "WrongLines": ("bad_quantity", "all of one plot, at most 32 lines"),
    "NothingToDo": ("nothing_left_to_do", "nothing is left to be done here"),
    "WrongValue": ("price_changed", "it costs {wanted:coins}, {value:coins} were sent"),
    "PlotInvalid": ("terms_out_of_range", "something about the plot is out of range: {what}"),
    "BadName": ("terms_out_of_range", "a name has 1 to 32 characters of a-z, 0-9 and _"),
    "NotFruit": ("not_owned", "only fruit of this orchard can be sent there"),
    "AllCollected": ("season_over", "the grower has collected what was left"),
    "OnlyGrower": ("not_your_tree", "only the plot's grower can do this"),
    "NotParty": ("not_your_turn", "this is the other party's to do"),
    "WrongState": ("not_your_turn", "the delivery is past this, or not there yet"),
    "TooEarly": ("not_your_turn", "the other party still has time"),
    "TooLate": ("not_your_turn", "the time to do this is over"),
    "ReentrancyGuardReentrantCall": ("chain_refused", "the contract was called from within itself"),
}

_PANICS = {0x01: "a broken assertion", 0x11: "a number out of range", 0x12: "a division by zero", 0x32: "a bad index"}


def coins_text(wei: int) -> str:
    """An exact amount of money for a message."""
    whole, rest = divmod(int(wei), WEI_PER_COIN)
    return f"{whole}.{rest:015d}".rstrip("0").rstrip(".") + " coins"


class _Coins(int):
    """Wei that a format string may ask for in coins."""

    def __format__(self, spec: str) -> str:
        if spec != "coins":
            return str(int(self))
        return coins_text(self)


def decode_revert(data: str | bytes | None) -> Revert:
    """The plain words for a revert's data: a custom error of our contracts, Error(string) or Panic."""
    raw = bytes.fromhex(data.removeprefix("0x")) if isinstance(data, str) else (data or b"")
    if not raw:
        return Revert("chain_refused", "the contract gave no reason", "")
    from eth_abi.abi import decode
    from eth_abi.exceptions import DecodingError

    name, inputs = _custom_errors().get(raw[:4], ("", ()))
    if not name:
        return Revert("chain_refused", f"an unknown error 0x{raw[:4].hex()}", "")
    try:
        values = decode([kind for _, kind in inputs], raw[4:])
    except DecodingError:
        return Revert("chain_refused", f"a garbled {name}", name)
    named: dict[str, Any] = {
        key: _Coins(value) if isinstance(value, int) else value for (key, _), value in zip(inputs, values, strict=True)
    }
    if name == "Error":
        return Revert("chain_refused", str(named["message"]), name)
    if name == "Panic":
        return Revert("chain_refused", _PANICS.get(named["code"], f"panic {named['code']}"), name)
    reason, words = _PLAIN.get(name, ("chain_refused", f"the contract says {name}"))
    return Revert(reason, words.format(**named), name)


@cache
def _custom_errors() -> dict[bytes, tuple[str, tuple[tuple[str, str], ...]]]:
    """Name and arguments of every error of our contracts, by selector."""
    from eth_hash.auto import keccak

    known: dict[str, tuple[tuple[str, str], ...]] = {
        "Error": (("message", "string"),),
        "Panic": (("code", "uint256"),),
    }
    for path in sorted(ARTIFACTS.glob("*.json")):
        for item in json.loads(path.read_text("utf-8"))["abi"]:
            if item["type"] == "error":
                known[item["name"]] = tuple((each["name"], each["type"]) for each in item["inputs"])
    return {
        keccak(f"{name}({','.join(kind for _, kind in inputs)})".encode())[:4]: (name, inputs)
        for name, inputs in known.items()
    }
