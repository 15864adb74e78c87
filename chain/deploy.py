"""Put the contracts on a dev chain, or find them on any chain.

Everything is created by CREATE2 through the usual deterministic proxy, so an address is a hash of the code and its
arguments, and is the same everywhere. The market itself creates the goods, since each must know the other. On another
chain than the dev one they may stand elsewhere too, where `deployments/<chain id>.json` of the home says so. Wherever
they stand, their code is compared to the artifacts before it is trusted. The orchard and its campaign may be missing on
another chain: the market opens without them.
"""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from eth_hash.auto import keccak
from msgspec import Struct

from chain.dev_sender import DevSender
from chain.errors import ChainError
from chain.files import locked, read_json, write_json
from chain.keys import DEPLOYER, DEV_CHAIN_ID, dev_key
from chain.rpc import Rpc, RpcError, quantity
from chain.words import address_bytes, call_data, create2_address, encode
from game.core.ids import Address

CREATE2_PROXY = Address("0x4e59b44847b379578588920cA78FbF26c0B4956C")
ARTIFACTS = Path(__file__).resolve().parent / "artifacts"
_SALT = bytes(32)
_IMMUTABLE = b"\x7f" + bytes(32)  # PUSH32 of nothing yet: the compiler leaves no other
_STEPS = (
    ("rooms", "rooms", "Rooms"), ("market", "goods", "Market and Goods"), ("campaign", "campaign", "Campaign"),
    ("orchard", "orchard", "Orchard"),
)  # fmt: skip
_ORCHARD = ("campaign", "orchard")  # what a market can do without
_HEAD = 24  # bytes of code by which its place in the creation code is looked for


class NoMarketError(ChainError):
    """The contracts are not on this chain, and can't be put there."""


class WrongCodeError(ChainError):
    """What stands at the contracts' addresses is something else."""


class Deployment(Struct, frozen=True, kw_only=True):
    """Where the contracts stand on one chain. `block` is the first one that can hold their logs."""

    chain_id: int
    genesis: str  # hash of block 0: tells one dev chain from the next
    market: Address
    goods: Address
    rooms: Address
    block: int
    campaign: Address | None = None  # None, as the next: there is no orchard on this chain
    orchard: Address | None = None

    def contracts(self) -> tuple[Address, ...]:
        """All whose logs tell of the market."""
        found = (self.market, self.goods, self.rooms, self.campaign, self.orchard)
        return tuple(address for address in found if address is not None)

    def ledger_name(self) -> str:
        """File of the ledger under the home's `ledger/`: one an orchard, for logs of one that came later lie behind."""
        parts = (self.genesis, self.market, self.orchard)
        return "-".join([str(self.chain_id), *(part[2:10] for part in parts if part is not None)]) + ".sqlite"


class _Note(Struct, frozen=True, kw_only=True):
    """What the home folder remembers: the deployment, and the hash of the code that was found at each address.

    A note that a person wrote has no hashes.
    """

    deployment: Deployment
    code: dict[str, str] = {}


class Plan(Struct, frozen=True, kw_only=True):
    """The contracts' creation code, arguments included, and the addresses that follow from it."""

    rooms: Address
    market: Address
    goods: Address
    campaign: Address | None
    orchard: Address | None
    code: dict[str, bytes]  # by the names above

    def addresses(self) -> dict[str, Address]:
        """Where each contract stands; those of the orchard are left out where there is none."""
        return _addresses(self)


def plan_deployment(artifacts: Path = ARTIFACTS) -> Plan:
    """Addresses and creation code from the artifacts. Raises ChainError when an artifact is missing or damaged."""
    rooms_code = creation_code("Rooms", artifacts)
    rooms = create2_address(CREATE2_PROXY, _SALT, rooms_code)
    market_code = creation_code("Market", artifacts) + encode(rooms)
    market = create2_address(CREATE2_PROXY, _SALT, market_code)
    goods_code = creation_code("Goods", artifacts) + encode(market)
    goods = create2_address(market, _SALT, goods_code)
    campaign_code = creation_code("Campaign", artifacts) + encode(market)
    campaign = create2_address(CREATE2_PROXY, _SALT, campaign_code)
    orchard_code = creation_code("Orchard", artifacts) + encode(market, goods, campaign)
    orchard = create2_address(CREATE2_PROXY, _SALT, orchard_code)
    return Plan(
        rooms=rooms, market=market, goods=goods, campaign=campaign, orchard=orchard,
        code={
            "rooms": rooms_code, "market": market_code, "goods": goods_code, "campaign": campaign_code,
            "orchard": orchard_code,
        },
    )  # fmt: skip


def creation_code(name: str, artifacts: Path = ARTIFACTS) -> bytes:
    """A contract's creation code without arguments. Raises ChainError when its artifact can't be read."""
    path = artifacts / f"{name}.json"
    try:
        return bytes.fromhex(json.loads(path.read_text("utf-8"))["bytecode"].removeprefix("0x"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ChainError(f"{path} can't be read ({error}); rebuild it with `python -m chain.build`") from None


def deploy(
    rpc: Rpc, home: Path, *, artifacts: Path = ARTIFACTS, progress: Callable[[], None] = lambda: None
) -> Deployment:
    """The contracts' addresses on the chain behind `rpc`, deployed first where the dev chain lacks them.

    A second call sends nothing. A dev chain that has the contracts of another version of the game gets these beside
    them, and what was done with those stays with those. `progress` is called before each contract that is deployed.
    Raises NoMarketError when another chain lacks the contracts, WrongCodeError when what stands there is not ours.
    """
    chain_id = quantity(rpc.call("eth_chainId"), "chain id")
    genesis = rpc.call("eth_getBlockByNumber", "0x0", False)
    if not isinstance(genesis, dict):
        raise ChainError(f"{rpc.place} does not know its own first block; use a full node of chain {chain_id}")
    plan = plan_deployment(artifacts)
    path = home / "deployments" / f"{chain_id}.json"
    with locked(path.with_suffix(".lock")):
        note = _note(path)
        if note is not None and note.deployment.genesis != genesis["hash"]:
            note = None
        if note is not None and chain_id != DEV_CHAIN_ID:
            elsewhere = _moved(plan, note.deployment)
            if all(_code_at(rpc, elsewhere).values()):
                plan = elsewhere
        code = _code_at(rpc, plan)
        if chain_id != DEV_CHAIN_ID and not all(code.get(name) for name in _ORCHARD):
            plan = msgspec.structs.replace(plan, campaign=None, orchard=None)
            code = {name: octets for name, octets in code.items() if name not in _ORCHARD}
        if not all(code.values()):
            if chain_id != DEV_CHAIN_ID:
                raise NoMarketError(
                    f"chain {chain_id} at {rpc.place} holds no Loquat market at {plan.market}, and this game deploys "
                    f"on its own dev chain {DEV_CHAIN_ID} only; leave out --rpc, name a node of a chain that has one, "
                    f"or write in {path} where it stands"
                )
            _create(rpc, plan, progress)
            code = _code_at(rpc, plan)
            note = None  # what was made just now has other blocks
        found = {name: "0x" + keccak(octets).hex() for name, octets in code.items()}
        if note is not None and _addresses(note.deployment) == plan.addresses():
            _compare(note.code, found, plan, rpc)
            if not note.code:
                _check_code(code, plan, rpc)
            _check_wiring(rpc, plan)
            return note.deployment
        _check_code(code, plan, rpc)
        _check_wiring(rpc, plan)
        deployment = Deployment(
            chain_id=chain_id, genesis=str(genesis["hash"]), block=_first_block(rpc, plan), **plan.addresses()
        )
        write_json(path, msgspec.to_builtins(_Note(deployment=deployment, code=found)))
        return deployment


def _code_at(rpc: Rpc, plan: Plan) -> dict[str, bytes]:
    names = plan.addresses()
    answers = rpc.batch([("eth_getCode", [address, "latest"]) for address in names.values()])
    for answer in answers:
        if isinstance(answer, RpcError):
            raise answer
    return {name: bytes.fromhex(answer[2:]) for name, answer in zip(names, answers, strict=True)}


def _create(rpc: Rpc, plan: Plan, progress: Callable[[], None]) -> None:
    if rpc.call("eth_getCode", CREATE2_PROXY, "latest") in ("0x", None):
        raise ChainError(
            f"the chain at {rpc.place} lacks the deterministic deployment proxy {CREATE2_PROXY}; use anvil or the "
            "embedded node, which have it"
        )
    sender = DevSender(rpc, dev_key(DEPLOYER, chain_id=DEV_CHAIN_ID))
    for name, creates, what in _STEPS:
        progress()
        sender.ensure(
            partial(_stands, rpc, plan, creates), CREATE2_PROXY, _SALT + plan.code[name], what=f"deploying {what}"
        )
    missing = [name for name, octets in _code_at(rpc, plan).items() if not octets]
    if missing:
        raise ChainError(f"the contracts were deployed, but {', '.join(missing)} is not where it should be")


def _stands(rpc: Rpc, plan: Plan, name: str) -> bool:
    return bool(_code_at(rpc, plan)[name])


def _note(path: Path) -> _Note | None:
    """What was remembered, or None; a damaged note only costs finding the contracts again."""
    try:
        return msgspec.convert(read_json(path), _Note)
    except (ChainError, msgspec.ValidationError):
        return None


def _addresses(where: Deployment | Plan) -> dict[str, Address]:
    found = {"rooms": where.rooms, "market": where.market, "goods": where.goods}
    if where.campaign is not None and where.orchard is not None:
        found |= {"campaign": where.campaign, "orchard": where.orchard}
    return found


def _moved(plan: Plan, where: Deployment) -> Plan:
    """The plan for contracts that stand elsewhere; a note without an orchard may be older than the orchard is."""
    same = (where.rooms, where.market, where.goods) == (plan.rooms, plan.market, plan.goods)
    orchard = {} if same and where.orchard is None else {"campaign": where.campaign, "orchard": where.orchard}
    return msgspec.structs.replace(plan, rooms=where.rooms, market=where.market, goods=where.goods, **orchard)


def _compare(remembered: dict[str, str], found: dict[str, str], plan: Plan, rpc: Rpc) -> None:
    for name, address in plan.addresses().items():
        if remembered and remembered.get(name) != found[name]:
            raise WrongCodeError(
                f"the code of {name} at {address} on {rpc.place} is not the one that was deployed; no money was moved. "
                "Begin a new chain: stop the node and move its folder away"
            )


def _check_code(code: dict[str, bytes], plan: Plan, rpc: Rpc) -> None:
    """Whoever put the contracts there, their code must be what our artifacts leave on a chain."""
    for name, address in plan.addresses().items():
        if not is_code_of(code[name], plan.code[name]):
            raise WrongCodeError(
                f"the code of {name} at {address} on {rpc.place} is not that of this game's contracts; "
                "no money was moved. Use the version of the game that this market was made for"
            )


def is_code_of(code: bytes, creation: bytes) -> bool:
    """Whether creation code leaves this code on a chain: it holds it, with zeros for each immutable value."""
    at = creation.find(code[:_HEAD]) if code else -1
    while at >= 0:
        template = creation[at : at + len(code)]
        if len(template) == len(code) and _without_values(code, template) == template:
            return True
        at = creation.find(code[:_HEAD], at + 1)
    return False


def _without_values(code: bytes, template: bytes) -> bytes:
    """Code with zeros where its template has the place of an immutable value."""
    out = bytearray(code)
    at = template.find(_IMMUTABLE)
    while at >= 0:
        out[at + 1 : at + len(_IMMUTABLE)] = bytes(32)
        at = template.find(_IMMUTABLE, at + len(_IMMUTABLE))
    return bytes(out)


def _check_wiring(rpc: Rpc, plan: Plan) -> None:
    """Each contract must know the others as we do."""
    wires = [("market", "rooms", plan.rooms), ("market", "goods", plan.goods)]
    if plan.orchard is not None and plan.campaign is not None:
        wires += [
            ("campaign", "till", plan.market), ("orchard", "till", plan.market), ("orchard", "goods", plan.goods),
            ("orchard", "campaign", plan.campaign),
        ]  # fmt: skip
    addresses = plan.addresses()
    for owner, name, address in wires:
        call: dict[str, Any] = {"to": addresses[owner], "data": "0x" + call_data(f"{name}()").hex()}
        where = f"the contract at {addresses[owner]} on {rpc.place}"
        try:
            answer = bytes.fromhex(rpc.call("eth_call", call, "latest")[2:])
        except RpcError as error:
            raise WrongCodeError(f"{where} is no Loquat {owner}: {error}") from None
        if answer[-20:] != address_bytes(address):
            raise WrongCodeError(f"{where} knows other {name} than {address}; it is no {owner} of this market")


def _first_block(rpc: Rpc, plan: Plan) -> int:
    """The block in which the goods' contract came into being: it logs ContractURIUpdated then, and never again."""
    topic = "0x" + keccak(b"ContractURIUpdated()").hex()
    query = {"address": plan.goods, "topics": [topic], "fromBlock": "0x0", "toBlock": "latest"}
    try:
        logs = rpc.call("eth_getLogs", query)
    except RpcError:
        return 0  # a node that refuses so long a range: start from the beginning, in small steps
    return int(logs[0]["blockNumber"], 16) if logs else 0
