"""Another chain than the dev one: the market opens where its contracts stand, and nobody's public key signs there."""

import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from coincurve import PrivateKey

from chain import embedded_chain, embedded_rpc
from chain.deploy import (
    CREATE2_PROXY,
    NoMarketError,
    Plan,
    WrongCodeError,
    deploy,
    is_code_of,
    plan_deployment,
)
from chain.embedded import EmbeddedServer
from chain.envelope import sign_call
from chain.fills import Fill, purchase_data
from chain.goods_id import terms_of, token_id
from chain.journal import Call
from chain.keys import DEV_CHAIN_ID, address_of_key, dev_address, dev_key
from chain.market import ChainMarket
from chain.node_process import find_anvil
from chain.offers import Offer, domain_separator, sign_offer
from chain.rpc import Rpc
from chain.wallet import open_wallet
from chain.words import call_data, create2_address, encode
from game.core.ids import Address, Wei
from game.core.ports import (
    Cancel,
    Confirm,
    Delisted,
    Down,
    Line,
    Listed,
    OrderUpdate,
    Quoted,
    Ready,
    Refused,
    Sell,
    Update,
)
from game.core.room_ports import HOME, HomeOpened, OpenHome, Published, PublishRoom
from tests.chain.bazaar import CATALOGUE, COIN_WEI, HAT, SHOP, Player, new_id
from tests.chain.conftest import NODE_KINDS

CHAIN = 424242
SOMEBODY = PrivateKey(b"\7" * 32)
ETHER = 10**18


@pytest.fixture(params=NODE_KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A real node of another chain, without our contracts."""
    if request.param == "anvil":
        yield from _anvil()
        return
    monkeypatch.setattr(embedded_chain, "CHAIN_ID", CHAIN)
    monkeypatch.setattr(embedded_rpc, "CHAIN_ID", CHAIN)
    server = EmbeddedServer(tmp_path / "node")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server.url
    server.shutdown()
    server.server_close()


def _anvil() -> Iterator[str]:
    binary = find_anvil()
    if binary is None:
        pytest.skip("anvil is neither on PATH nor in node_modules")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(binary), "--port", str(port), "--chain-id", str(CHAIN), "--hardfork", "prague", "--silent"]
    node = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                Rpc(url).call("eth_chainId")
                break
            except Exception:  # noqa: BLE001 (it is still starting)
                time.sleep(0.05)
        yield url
    finally:
        node.kill()
        node.wait()


@pytest.fixture
def rpc(url: str) -> Iterator[Rpc]:
    connection = Rpc(url)
    assert int(connection.call("eth_chainId"), 16) == CHAIN
    connection.call("anvil_setBalance", address_of_key(SOMEBODY), hex(100 * ETHER))
    yield connection
    connection.close()


def send(rpc: Rpc, to: str, data: bytes, *, key: PrivateKey = SOMEBODY, wei: int = 0) -> dict[str, Any]:
    """A transaction of somebody's on that chain; its receipt."""
    nonce = int(rpc.call("eth_getTransactionCount", address_of_key(key), "pending"), 16)
    call = Call(
        to=Address(to), data=data, value_wei=Wei(wei), gas_limit=12_000_000, max_fee_wei=10**11, max_tip_wei=10**9
    )
    raw, tx_hash = sign_call(call, nonce=nonce, chain_id=CHAIN, key=key)
    rpc.call("eth_sendRawTransaction", "0x" + raw.hex())
    for _ in range(2000):
        receipt = rpc.call("eth_getTransactionReceipt", tx_hash)
        if receipt is not None:
            assert int(receipt["status"], 16) == 1, receipt
            return dict(receipt)
        time.sleep(0.005)
    raise AssertionError(f"{tx_hash} is in no block")


def put_contracts(rpc: Rpc, salt: int = 0) -> Plan:
    """Deploy the market as anybody can, through the proxy; where it stands, without an orchard.

    Another salt: at addresses of its own.
    """
    plan = plan_deployment()
    rooms = create2_address(CREATE2_PROXY, encode(salt), plan.code["rooms"])
    market_code = plan.code["market"][:-32] + encode(rooms)
    market = create2_address(CREATE2_PROXY, encode(salt), market_code)
    for code in (plan.code["rooms"], market_code):
        send(rpc, CREATE2_PROXY, encode(salt) + code)
    goods = rpc.call("eth_call", {"to": market, "data": "0x" + call_data("goods()").hex()}, "latest")
    return msgspec.structs.replace(
        plan, rooms=rooms, market=market, goods=Address("0x" + goods[-40:]), campaign=None, orchard=None
    )


@pytest.fixture
def opened(url: str) -> Iterator[Callable[[Path], Player]]:
    markets: list[ChainMarket] = []

    def open_home(home: Path) -> Player:
        market = ChainMarket(home, CATALOGUE, rpc=url)
        markets.append(market)
        market.start()
        return Player(market)

    yield open_home
    for market in markets:
        market.close()


def give_hat(rpc: Rpc, home: Path) -> None:
    """Let a home's player own a hat there: its maker's dev key is anybody's, so a test may sign with it."""
    good = next(good for good in CATALOGUE.goods if good.good_id == HAT)
    terms = terms_of(good, dev_address(good.maker))
    offer = Offer(
        seller=terms.maker, good=token_id(terms), start_price_wei=Wei(1), end_price_wei=Wei(1), quantity=20,
        room_share_bps=0, primary=True,
    )  # fmt: skip
    market = plan_deployment().market
    signed = sign_offer(
        offer, domain=domain_separator(CHAIN, market), key=dev_key(good.maker, chain_id=DEV_CHAIN_ID)
    )
    fill = Fill(line=Line(good_id=HAT, quantity=1), good_id=HAT, signed=signed, terms=terms)
    wallet = open_wallet(home)
    rpc.call("anvil_setBalance", wallet.address, hex(3 * ETHER))
    data = purchase_data([fill], most_wei=1, deadline_secs=2**40 - 1, best_effort=False)
    send(rpc, market, data, key=wallet.key, wei=1)


def test_a_chain_with_the_contracts_opens_an_empty_street(
    rpc: Rpc, tmp_path: Path, opened: Callable[[Path], Player]
) -> None:
    put_contracts(rpc)
    home = tmp_path / "home"
    rpc.call("anvil_setBalance", open_wallet(home).address, hex(2 * ETHER))
    before = int(rpc.call("eth_blockNumber"), 16)
    player = opened(home).open()
    ready = player.ready
    assert isinstance(ready, Ready)
    assert (ready.chain_id, ready.node_kind, ready.play_money) == (CHAIN, "rpc", False)
    assert ready.balance_wei == 2 * ETHER, "what is there is there: no starter purse"
    player.wait("all stock", lambda: len(player.stock) == len(CATALOGUE.goods))
    assert {(stock.state, stock.left) for stock in player.stock.values()} == {("not_offered", 0)}
    assert player.holdings is not None
    assert player.holdings.goods == {}
    assert int(rpc.call("eth_blockNumber"), 16) == before, "nothing was sent in anybody's name"
    assert not (home / "offers" / f"{CHAIN}.json").exists()
    refused = player.quote(Line(good_id=HAT, quantity=1))
    assert isinstance(refused, OrderUpdate)
    assert (refused.state, refused.reason, refused.money_moved) == ("refused", "offer_unknown", False)
    shown = player.quote(Line(good_id=HAT, quantity=1, place_id=SHOP))
    assert isinstance(shown, OrderUpdate)
    assert shown.reason == "not_on_display"


def test_what_is_owned_there_can_be_sold_bought_and_withdrawn(
    rpc: Rpc, tmp_path: Path, opened: Callable[[Path], Player]
) -> None:
    put_contracts(rpc)
    one, two = tmp_path / "one", tmp_path / "two"
    give_hat(rpc, one)
    rpc.call("anvil_setBalance", open_wallet(two).address, hex(2 * ETHER))
    seller = opened(one).open()
    assert seller.owned(HAT) == 1
    listed = seller.answer(
        Sell(request_id=new_id("sell"), good_id=HAT, quantity=1, unit_price_wei=Wei(9 * COIN_WEI)), Listed
    )
    assert isinstance(listed, Listed)
    name = f"{listed.offer[2:]}.json"
    folder = two / "offers" / "resale" / str(CHAIN)
    folder.mkdir(parents=True)
    shutil.copy(one / "offers" / "resale" / str(CHAIN) / name, folder / name)
    buyer = opened(two).open()
    quoted = buyer.quote(Line(good_id=HAT, quantity=1))
    assert isinstance(quoted, Quoted)
    assert quoted.price_wei == 9 * COIN_WEI
    assert [share.who for share in quoted.shares if share.role == "creator"] == ["mei_lin"]
    start = len(buyer.heard)
    buyer.market.submit(Confirm(order_id=quoted.order_id))
    buyer.wait("the hat", lambda: buyer.owned(HAT) == 1)
    states = [update.state for update in buyer.moves(quoted.order_id, start)]
    assert states[:3] == ["signed", "sent", "included"]
    rpc.call("anvil_mine", "0x20")  # on a chain of others it takes some blocks until all is final
    buyer.wait("the end", lambda: any(move.state == "final" for move in buyer.moves(quoted.order_id, start)))
    seller.wait("the hat's leaving", lambda: seller.owned(HAT) == 0)
    again = buyer.answer(
        Sell(request_id=new_id("sell"), good_id=HAT, quantity=1, unit_price_wei=Wei(COIN_WEI)), Listed
    )
    assert isinstance(again, Listed)
    buyer.market.submit(Cancel(request_id=new_id("cancel"), offer=again.offer))

    def withdrawn() -> bool:
        rpc.call("anvil_mine", "0x4")
        return any(isinstance(update, Delisted) and update.offer == again.offer for update in buyer.heard)

    buyer.wait("the end of the offer", withdrawn)


def test_a_home_there_is_opened_and_published_at_its_players_own_cost(
    rpc: Rpc, tmp_path: Path, opened: Callable[[Path], Player]
) -> None:
    put_contracts(rpc)
    home = tmp_path / "home"
    rpc.call("anvil_setBalance", open_wallet(home).address, hex(2 * ETHER))
    player = opened(home).open()
    free = player.answer(OpenHome(request_id=new_id("home")), (HomeOpened, Refused))
    assert isinstance(free, Refused)
    assert free.reason == "room_unknown"
    publish = PublishRoom(request_id=new_id("publish"), place_id=HOME, bundle_sha256=b"\1" * 32, displays=())
    early = player.answer(publish, (Published, Refused))
    assert isinstance(early, Refused)

    def final(request: OpenHome | PublishRoom) -> Update:
        start = len(player.heard)
        player.market.submit(request)

        def answers() -> list[Update]:
            rpc.call("anvil_mine", "0x4")  # on a chain of others it takes some blocks until all is final
            return [
                update for update in player.heard[start:]
                if isinstance(update, HomeOpened | Published | Refused) and update.request_id == request.request_id
            ]  # fmt: skip

        player.wait("an answer", lambda: bool(answers()))
        return answers()[0]

    opening = final(OpenHome(request_id=new_id("home"), may_pay=True))
    assert isinstance(opening, HomeOpened)
    assert opening.owner == open_wallet(home).address
    done = final(msgspec.structs.replace(publish, request_id=new_id("publish")))
    assert isinstance(done, Published)
    assert (done.version, done.room) == (1, opening.room)
    assert done.gas_wei > 0
    assert int(rpc.call("eth_getTransactionCount", opening.owner, "latest"), 16) == 2


def test_a_chain_without_the_contracts_says_so_and_opens_once_they_are_there(
    rpc: Rpc, tmp_path: Path, opened: Callable[[Path], Player]
) -> None:
    player = opened(tmp_path / "home")
    player.wait("bad news", lambda: player.count(Down) >= 1)
    down = next(update for update in player.heard if isinstance(update, Down))
    assert down.reason == "no_market_there"
    assert f"chain {CHAIN} " in down.detail
    assert "leave out --rpc" in down.detail
    assert player.ready is None
    put_contracts(rpc)
    player.open()
    assert player.ready is not None


def test_contracts_that_stand_elsewhere_are_found_by_the_home_s_note(rpc: Rpc, tmp_path: Path) -> None:
    elsewhere = put_contracts(rpc, salt=5)
    home = tmp_path / "home"
    with pytest.raises(NoMarketError, match="write in"):
        deploy(rpc, home)
    note = {
        "deployment": {
            "chain_id": CHAIN, "genesis": rpc.call("eth_getBlockByNumber", "0x0", False)["hash"], "block": 0,
            **elsewhere.addresses(),
        }
    }  # fmt: skip
    path = home / "deployments" / f"{CHAIN}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(note))
    found = deploy(rpc, home)
    assert found.market == elsewhere.market != plan_deployment().market
    note["deployment"]["genesis"] = "0x" + "00" * 32
    path.write_text(json.dumps(note))
    with pytest.raises(NoMarketError):
        deploy(rpc, home)


def test_an_orchard_is_found_where_there_is_one_and_missed_where_there_is_none(rpc: Rpc, tmp_path: Path) -> None:
    put_contracts(rpc)
    plan = plan_deployment()
    without = deploy(rpc, tmp_path)
    assert (without.market, without.campaign, without.orchard) == (plan.market, None, None)
    assert deploy(rpc, tmp_path) == without
    for name in ("campaign", "orchard"):
        send(rpc, CREATE2_PROXY, encode(0) + plan.code[name])
    found = deploy(rpc, tmp_path)
    assert (found.campaign, found.orchard) == (plan.campaign, plan.orchard)
    assert deploy(rpc, tmp_path) == found


@pytest.mark.parametrize("name", ["rooms", "market", "goods"])
def test_other_code_at_the_contracts_addresses_is_refused(rpc: Rpc, tmp_path: Path, name: str) -> None:
    plan = put_contracts(rpc)
    deploy(rpc, tmp_path / "sound")
    address = plan.addresses()[name]
    code = bytearray.fromhex(rpc.call("eth_getCode", address, "latest")[2:])
    code[len(code) // 2] ^= 1
    rpc.call("anvil_setCode", address, "0x" + code.hex())
    with pytest.raises(WrongCodeError, match=f"code of {name}"):
        deploy(rpc, tmp_path / "fresh")


def test_code_is_compared_but_for_its_immutable_values() -> None:
    head, tail = b"a body of some more than twenty-four bytes", b"end"
    creation = head[:30] + b"\1\2\3" + head + b"\x7f" + bytes(32) + tail + b"\4"
    for value in (bytes(32), b"\xaa" * 32):
        assert is_code_of(head + b"\x7f" + value + tail, creation)
    assert not is_code_of(head + b"\x7e" + bytes(32) + tail, creation)
    assert not is_code_of(head + b"\x7f" + bytes(32) + b"eno", creation)
    assert not is_code_of(head.replace(b"some", b"much") + b"\x7f" + bytes(32) + tail, creation)
    assert not is_code_of(b"", creation)
