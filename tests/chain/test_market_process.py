"""The market's process: never in the game's way, replaced when it dies, gone when the game is."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pytest

from chain import messages
from chain.envelope import sign_call
from chain.journal import Call
from chain.market import ChainMarket
from chain.node import ensure_node, release_node, running_node
from chain.rpc import Rpc
from chain.wallet import open_wallet
from game.core.ids import Address, GoodId, OfferHash, OrderId, RoomToken, TokenId, Wei
from game.core.orchard_ports import Adopt, LifeTold, OrchardTold, ReadLife, TakeBack
from game.core.ports import (
    FINAL_STATES,
    Catalogue,
    Confirm,
    Down,
    Holdings,
    Line,
    Listed,
    Market,
    OrderUpdate,
    Progress,
    Quote,
    Quoted,
    Ready,
    Refused,
    Sell,
    Stock,
)
from game.core.room_ports import Display, PublishRoom, ReadVersions, RoomAdmitted
from tests.chain.bazaar import CATALOGUE, HAT, SHOP, ChainBazaar, Player, new_id
from tests.fakes.chain import FakeChain
from tests.fakes.market import FakeMarket

ROOT = Path(__file__).resolve().parent.parent.parent


def hat() -> Line:
    return Line(good_id=HAT, quantity=1, place_id=SHOP)


def test_the_games_side_loads_no_chain_library() -> None:
    forbidden = "('web3', 'eth_account', 'eth_abi', 'eth', 'coincurve', 'numpy')"
    code = f"import chain.market, sys; sys.exit(any(m in sys.modules for m in {forbidden}))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
    loads = "import web3, sys; sys.exit('web3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loads], cwd=ROOT, check=False).returncode == 1


def test_both_markets_are_markets(tmp_path: Path) -> None:
    markets: list[Market] = [ChainMarket(tmp_path, CATALOGUE), FakeMarket(FakeChain(CATALOGUE))]
    for market in markets:
        assert market.poll() == []
        market.close()


def test_nothing_runs_before_the_start(tmp_path: Path) -> None:
    market = ChainMarket(tmp_path, CATALOGUE)
    market.submit(Quote(order_id=OrderId("one"), lines=(hat(),)))
    assert market.worker_pid is None
    assert market.poll() == []
    market.close()
    assert not list(tmp_path.iterdir())


def test_messages_cross_the_pipe_unchanged() -> None:
    huge = Stock(good_id=HAT, token_id=TokenId(2**256 - 1), left=3, unit_price_wei=Wei(10**30))
    holdings = Holdings(goods={GoodId("a"): 2}, balance_wei=Wei(2**80), block=9)
    admitted = RoomAdmitted(
        place_id=SHOP, room=RoomToken(2**255 + 1), state="current", owner=Address("0x0"), pays_room=True
    )
    for update in (huge, holdings, OrderUpdate(order_id=OrderId("x"), state="unknown", money_moved=None), admitted):
        line = messages.encode(update)
        assert line.count(b"\n") == 1
        assert messages.decode_for_game(line) == update
    opening = messages.Opening(home="/h", node="auto", rpc=None, catalogue=CATALOGUE)
    assert messages.decode_for_worker(messages.encode(opening)) == opening
    display = Display(terms=CATALOGUE.goods[0], offers=(b"{}", b"\0"))
    publish = PublishRoom(request_id="one", place_id=SHOP, bundle_sha256=bytes(32), displays=(display,))
    assert messages.decode_for_worker(messages.encode(publish)) == publish
    with pytest.raises(msgspec.ValidationError):
        messages.decode_for_worker(messages.encode(huge))


def test_reading_the_versions_of_two_rooms_is_two_requests() -> None:
    first, second = ReadVersions(room=RoomToken(1)), ReadVersions(room=RoomToken(2))
    assert messages.request_key(first) != messages.request_key(second)
    assert messages.request_key(first) == messages.request_key(ReadVersions(room=RoomToken(1)))


def test_what_the_orchard_answered_is_not_asked_of_the_next_worker(tmp_path: Path) -> None:
    market = ChainMarket(tmp_path, CATALOGUE)
    for request in (Adopt(request_id="a", tree=1), ReadLife(request_id="b", tree=1), TakeBack(request_id="c", tree=2)):
        market.submit(request)
    for update in (OrchardTold(now_secs=1), OrchardTold(now_secs=2, request_id="a")):
        market._take(messages.encode(update))
    assert list(market._unanswered) == ["ReadLife:b", "TakeBack:c"]
    market._take(messages.encode(LifeTold(request_id="b", tree=1, events=())))
    market._take(messages.encode(Refused(request_id="c", reason="too_early", detail="")))
    assert not market._unanswered


@pytest.fixture
def bazaar(tmp_path: Path) -> ChainBazaar:
    return ChainBazaar(tmp_path, "embedded")


@pytest.mark.skipif(os.name == "nt", reason="processes have no niceness there")
def test_the_market_and_its_node_yield_to_the_game(bazaar: ChainBazaar) -> None:
    market = bazaar.first.market
    assert isinstance(market, ChainMarket)
    assert market.worker_pid is not None
    assert os.getpriority(os.PRIO_PROCESS, market.worker_pid) >= min(os.getpriority(os.PRIO_PROCESS, 0) + 10, 19)
    bazaar.close()


@pytest.mark.skipif(os.name == "nt", reason="stops a process with a signal")
def test_requests_outlive_a_worker_that_is_killed(bazaar: ChainBazaar) -> None:
    player = bazaar.first
    market = player.market
    assert isinstance(market, ChainMarket)
    pid = market.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # it hears nothing any more
    order_id = OrderId(new_id())
    began = time.perf_counter()
    for number in range(2000):
        market.submit(Quote(order_id=OrderId(f"{order_id}_{number % 3}"), lines=(hat(),) * 20))
    market.submit(Quote(order_id=order_id, lines=(hat(),)))
    assert time.perf_counter() - began < 5.0, "submit waited for a worker that doesn't read"
    os.kill(pid, signal.SIGKILL)
    player.wait("the quote", lambda: any(isinstance(u, Quoted) and u.order_id == order_id for u in player.heard))
    downs = [update for update in player.heard if isinstance(update, Down)]
    assert [down.reason for down in downs] == ["worker_stopped"], downs
    assert sum(isinstance(update, Ready) for update in player.heard) == 2
    assert market.worker_pid not in (None, pid)
    assert player.confirm(order_id).state == "final"
    bazaar.close()


def test_a_market_whose_node_dies_says_so_and_opens_again(tmp_path: Path) -> None:
    market = ChainMarket(tmp_path, CATALOGUE, node="embedded")
    market.start()
    player = Player(market).open()
    assert player.buy(hat()).state == "final"
    player.wait("the hat", lambda: player.owned(HAT) == 1)
    pid = int(json.loads((tmp_path / "chain" / "node.json").read_text())["pid"])
    os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    player.wait("bad news", lambda: player.count(Down) >= 1)
    assert next(u for u in player.heard if isinstance(u, Down)).reason == "node_unreachable"
    player.wait("good news", lambda: sum(isinstance(update, Ready) for update in player.heard) == 2)
    assert player.buy(hat()).state == "final"
    player.wait("both hats", lambda: player.owned(HAT) == 2)
    market.close()


@pytest.mark.parametrize("step", ["starting_node", "deploying"])
def test_a_market_that_is_closed_while_it_opens_leaves_nothing_running(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, step: str
) -> None:
    market = ChainMarket(tmp_path, CATALOGUE, node="embedded")
    market.start()
    player = Player(market)
    player.wait(step, lambda: any(isinstance(update, Progress) and update.step == step for update in player.heard))
    market.close()
    assert market.worker_pid is None
    assert running_node(tmp_path) is None
    assert "did not end by itself" not in caplog.text


def test_the_worker_ends_with_a_game_that_is_killed(tmp_path: Path) -> None:
    held = ensure_node(tmp_path, "embedded")
    code = (
        "import sys, time; from pathlib import Path; from chain.market import ChainMarket;"
        "from tests.chain.bazaar import CATALOGUE, Player;"
        f"market = ChainMarket(Path({str(tmp_path)!r}), CATALOGUE, node='embedded'); market.start();"
        "Player(market).open(); print(market.worker_pid, flush=True); time.sleep(60)"
    )
    game = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert game.stdout is not None
    pid = int(game.stdout.readline())
    os.kill(pid, 0)
    game.kill()
    game.wait()
    game.stdout.close()
    deadline = time.monotonic() + 30
    while _runs(pid):
        assert time.monotonic() < deadline, "the worker outlived its game"
        time.sleep(0.05)
    release_node(held)


class _Mainnet(BaseHTTPRequestHandler):
    """Answers as a chain with id 1 on which nobody has deployed a market."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answers = [self._answer(each) for each in (asked if isinstance(asked, list) else [asked])]
        body = json.dumps(answers if isinstance(asked, list) else answers[0]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, call: dict[str, Any]) -> dict[str, Any]:
        known = {"eth_chainId": "0x1", "eth_getCode": "0x", "eth_getBlockByNumber": {"hash": "0x" + "ab" * 32}}
        return {"jsonrpc": "2.0", "id": call["id"], "result": known[call["method"]]}

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def mainnet_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Mainnet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_chain_without_a_market_is_refused_saying_why_and_what_to_do(tmp_path: Path, mainnet_url: str) -> None:
    market = ChainMarket(tmp_path, CATALOGUE, rpc=mainnet_url)
    market.start()
    player = Player(market)
    player.wait("bad news", lambda: player.count(Down) >= 1)
    down = next(update for update in player.heard if isinstance(update, Down))
    assert down.reason == "no_market_there"
    assert "chain 1 " in down.detail
    assert "leave out --rpc" in down.detail
    assert player.ready is None
    market.close()


def test_a_catalogue_without_goods_opens_too(tmp_path: Path) -> None:
    market = ChainMarket(tmp_path, Catalogue(goods=(), rooms=()), node="embedded")
    market.start()
    player = Player(market).open()
    assert player.stock == {}
    assert player.count(Progress) > 0
    market.submit(Confirm(order_id=OrderId("nothing")))
    player.wait("a refusal", lambda: bool(player.moves(OrderId("nothing"))))
    assert player.moves(OrderId("nothing"))[0].reason == "order_unknown"
    market.close()


def test_a_home_that_cannot_be_used_is_told_by_name_until_it_can(tmp_path: Path) -> None:
    held = ensure_node(tmp_path / "node", "embedded")
    home = tmp_path / "home"
    (home / "journal.sqlite").mkdir(parents=True)
    market = ChainMarket(home, CATALOGUE, rpc=held.url)
    market.start()
    player = Player(market)
    player.wait("bad news", lambda: player.count(Down) >= 1)
    down = next(update for update in player.heard if isinstance(update, Down))
    assert down.reason == "opening_failed"
    assert str(home) in down.detail
    (home / "journal.sqlite").rmdir()
    player.open()
    assert player.buy(hat()).state == "final"
    market.close()
    release_node(held)


def test_a_wiped_chain_ends_what_was_in_flight_and_sells_again(tmp_path: Path) -> None:
    first = ensure_node(tmp_path / "a", "embedded")
    market = ChainMarket(tmp_path / "home", CATALOGUE, rpc=first.url)
    market.start()
    player = Player(market).open()
    rpc = Rpc(first.url)
    rpc.call("evm_setAutomine", False)
    quoted = player.quote(hat())
    market.submit(Confirm(order_id=quoted.order_id))
    player.wait("sent", lambda: any(update.state == "sent" for update in player.moves(quoted.order_id)))
    market.close()
    rpc.close()
    release_node(first)
    second = ensure_node(tmp_path / "b", "embedded")
    again = ChainMarket(tmp_path / "home", CATALOGUE, rpc=second.url)
    again.start()
    later = Player(again).open()
    dropped = later.moves(quoted.order_id)
    assert [(each.state, each.reason, each.money_moved) for each in dropped] == [
        ("dropped", "transaction_dropped", False)
    ]
    assert later.buy(hat()).state == "final"
    again.close()
    release_node(second)


def test_an_order_waits_for_its_block_and_is_delivered_then(bazaar: ChainBazaar) -> None:
    player = bazaar.first
    bazaar.rpc.call("evm_setAutomine", False)
    quoted = player.quote(hat())
    assert isinstance(quoted, Quoted)
    player.market.submit(Confirm(order_id=quoted.order_id))
    player.wait("sent", lambda: any(update.state == "sent" for update in player.moves(quoted.order_id)))
    for _ in range(20):
        player.listen()
        time.sleep(0.02)
    assert player.moves(quoted.order_id)[-1].state == "sent"
    assert player.moves(quoted.order_id)[-1].money_moved is None
    assert player.owned(HAT) == 0
    bazaar.rpc.call("evm_mine")
    player.wait("the end", lambda: player.moves(quoted.order_id)[-1].state == "final")
    player.wait("the hat", lambda: player.owned(HAT) == 1)
    bazaar.rpc.call("evm_setAutomine", True)
    bazaar.close()


VASE = GoodId("tall_vase")  # of which there is one


def test_a_purchase_that_somebody_else_was_faster_with_is_refused_and_costs_nothing(bazaar: ChainBazaar) -> None:
    first, second = bazaar.first, bazaar.second
    quotes = [player.quote(Line(good_id=VASE, quantity=1)) for player in (first, second)]
    assert all(isinstance(quote, Quoted) for quote in quotes)
    assert second.ready is not None
    before = bazaar.rpc.call("eth_getBalance", second.ready.account, "latest")
    assert first.confirm(quotes[0].order_id).state == "final"
    lost = second.confirm(quotes[1].order_id)
    assert (lost.state, lost.reason, lost.money_moved) == ("refused", "sold_out", False)
    assert (lost.tx_hash, lost.gas_wei, lost.shares) == ("", 0, ())
    assert bazaar.rpc.call("eth_getBalance", second.ready.account, "latest") == before
    assert bazaar.owned_on_chain(second.ready.account, VASE) == 0
    bazaar.close()


def test_of_two_buyers_at_once_one_wins_and_the_other_pays_nothing(bazaar: ChainBazaar) -> None:
    players = [bazaar.first, bazaar.second]
    quotes = [player.quote(Line(good_id=VASE, quantity=1)) for player in players]
    bazaar.rpc.call("evm_setAutomine", False)
    for player, quoted in zip(players, quotes, strict=True):
        player.market.submit(Confirm(order_id=quoted.order_id))
    for player, quoted in zip(players, quotes, strict=True):
        player.wait("an answer", lambda player=player, quoted=quoted: any(
            update.state in ("sent", "refused") for update in player.moves(quoted.order_id)
        ))  # fmt: skip
    bazaar.rpc.call("evm_mine")
    bazaar.rpc.call("evm_setAutomine", True)
    ends = []
    for player, quoted in zip(players, quotes, strict=True):
        player.wait("the end", lambda player=player, quoted=quoted: (
            player.moves(quoted.order_id)[-1].state in FINAL_STATES
        ))  # fmt: skip
        ends.append((player.moves(quoted.order_id)[-1], player))
    (won, winner), (lost, loser) = sorted(ends, key=lambda end: end[0].state)
    assert (won.state, won.money_moved) == ("final", True)
    assert (lost.state, lost.reason, lost.money_moved, lost.shares) == ("refused", "sold_out", False, ())
    assert winner.ready is not None
    assert loser.ready is not None
    assert [bazaar.owned_on_chain(each.ready.account, VASE) for each in (winner, loser)] == [1, 0]
    assert lost.gas_wei == 0
    assert int(bazaar.rpc.call("eth_getBalance", loser.ready.account, "latest"), 16) == loser.ready.balance_wei
    assert loser.buy(hat()).state == "final"
    bazaar.close()


def test_an_order_whose_nonce_another_transaction_took_is_replaced(bazaar: ChainBazaar, tmp_path: Path) -> None:
    player = bazaar.first
    bazaar.rpc.call("evm_setAutomine", False)
    quoted = player.quote(hat())
    assert isinstance(quoted, Quoted)
    player.market.submit(Confirm(order_id=quoted.order_id))
    player.wait("sent", lambda: any(update.state == "sent" for update in player.moves(quoted.order_id)))
    wallet = open_wallet(tmp_path / "first")
    other = Call(
        to=wallet.address, data=b"", value_wei=Wei(0), gas_limit=21_000, max_fee_wei=10**12, max_tip_wei=10**11
    )
    raw, _ = sign_call(other, nonce=0, chain_id=31337, key=wallet.key)
    bazaar.rpc.call("eth_sendRawTransaction", "0x" + raw.hex())
    bazaar.rpc.call("evm_mine")
    bazaar.rpc.call("evm_setAutomine", True)
    player.wait("the end", lambda: player.moves(quoted.order_id)[-1].state == "replaced")
    ended = player.moves(quoted.order_id)[-1]
    assert (ended.reason, ended.money_moved, ended.shares) == ("transaction_replaced", False, ())
    assert player.owned(HAT) == 0
    assert player.buy(hat()).state == "final"
    bazaar.close()


def test_two_games_on_one_home_never_get_in_each_others_way(tmp_path: Path) -> None:
    markets = [ChainMarket(tmp_path, CATALOGUE, node="embedded") for _ in range(2)]
    for market in markets:
        market.start()
    players = [Player(market).open() for market in markets]
    orders = []
    for player in players * 2:
        quoted = player.quote(hat())
        assert isinstance(quoted, Quoted)
        orders.append((player, quoted.order_id))
    for player, order_id in orders:
        player.market.submit(Confirm(order_id=order_id))
    for player, order_id in orders:
        player.wait("the end", lambda p=player, o=order_id: any(u.state == "final" for u in p.moves(o)))  # type: ignore[misc]
    for player in players:
        player.wait("all hats", lambda p=player: p.owned(HAT) == 4)  # type: ignore[misc]
    for market in markets:
        market.close()


def test_a_request_that_makes_no_sense_does_not_end_the_market(bazaar: ChainBazaar) -> None:
    player = bazaar.first
    market = player.market
    assert isinstance(market, ChainMarket)
    pid = market.worker_pid
    refused = player.quote(Line(good_id=HAT, quantity=2**300, place_id=SHOP))
    assert isinstance(refused, OrderUpdate)
    assert refused.state == "refused"
    garbled = player.quote(Line(good_id=HAT, quantity=1, offer=OfferHash("moon")))
    assert isinstance(garbled, OrderUpdate)
    assert garbled.reason == "offer_unknown"
    refusal = player.answer(
        Sell(request_id=new_id(), good_id=HAT, quantity=1, unit_price_wei=Wei(2**200)), (Listed, Refused)
    )
    assert isinstance(refusal, Refused)
    assert market.worker_pid == pid
    assert player.buy(hat()).state == "final"
    player.wait("the hat", lambda: player.owned(HAT) == 1)
    too_dear = player.answer(
        Sell(request_id=new_id(), good_id=HAT, quantity=1, unit_price_wei=Wei(2**200)), (Listed, Refused)
    )
    assert isinstance(too_dear, Refused)
    assert too_dear.reason == "bad_quantity"
    bazaar.close()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"
