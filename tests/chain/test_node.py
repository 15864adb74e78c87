"""Starting, sharing, killing and stopping the dev node, in real processes."""

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chain.errors import ChainError
from chain.files import Lock
from chain.node import (
    Node,
    checkpoint,
    chosen_kind,
    ensure_node,
    lent_node,
    release_node,
    running_node,
    stop_node,
)
from chain.processes import start_mark
from chain.rpc import Rpc
from tests.chain.accounts import Person

ROOT = Path(__file__).resolve().parents[2]
STRANGER = "0x" + "12" * 20


@pytest.fixture(autouse=True)
def _nothing_is_left_running(home: Path) -> Iterator[None]:
    yield
    if (home / "chain").exists():
        stop_node(home)


def wait_until(true: Callable[[], bool], *, secs: float = 20.0) -> None:
    deadline = time.monotonic() + secs
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


def kill_hard(node: Node) -> None:
    os.kill(node.pid, signal.SIGKILL)
    wait_until(lambda: start_mark(node.pid) is None)


def test_a_node_starts_answers_and_stops_with_its_last_client(home: Path, node_kind: str) -> None:
    first = ensure_node(home, node_kind)
    second = ensure_node(home)
    assert first == second
    assert (first.kind, first.chain_id, first.url.split(":")[1]) == (node_kind, 31337, "//127.0.0.1")
    release_node(first)
    rpc = Rpc(second.url)
    assert int(rpc.call("eth_chainId"), 16) == 31337
    rpc.close()
    release_node(second)
    assert running_node(home) is None
    wait_until(lambda: start_mark(first.pid) is None)


def test_a_kill_loses_nothing_that_was_checkpointed(home: Path, node_kind: str) -> None:
    node = ensure_node(home, node_kind)
    rpc = Rpc(node.url)
    person = Person(rpc)
    genesis = rpc.call("eth_getBlockByNumber", "0x0", False)["hash"]
    receipts = [person.send(to=STRANGER, value=number) for number in (1, 2, 3)]
    checkpoint(node)
    kill_hard(node)
    rpc.close()
    again = ensure_node(home)
    assert again.kind == node_kind
    assert again.pid != node.pid
    rpc = Rpc(again.url)
    assert rpc.call("eth_getBlockByNumber", "0x0", False)["hash"] == genesis
    for receipt in receipts:
        kept = rpc.call("eth_getTransactionReceipt", receipt["transactionHash"])
        assert kept["blockHash"] == receipt["blockHash"]
    assert int(rpc.call("eth_getBalance", STRANGER, "latest"), 16) == 6
    logs = {"fromBlock": "0x0", "toBlock": "latest", "address": STRANGER}
    assert rpc.call("eth_getLogs", logs) == []
    person.rpc = rpc
    assert int(person.send(to=STRANGER, value=4)["blockNumber"], 16) == int(receipts[-1]["blockNumber"], 16) + 1
    rpc.close()
    release_node(again)
    release_node(node)


def test_a_kill_between_requests_leaves_a_chain_that_goes_on(home: Path, node_kind: str) -> None:
    """The node dies at some moment of a stream of transactions; what the embedded one answered for is all there."""
    node = ensure_node(home, node_kind)
    rpc = Rpc(node.url)
    person = Person(rpc)
    checkpoint(node)
    answered: list[str] = []

    def stream() -> None:
        for nonce in range(400):
            try:
                answered.append(rpc.call("eth_sendRawTransaction", person.sign(to=STRANGER, value=1, nonce=nonce)))
            except ChainError:
                return

    sender = threading.Thread(target=stream)
    sender.start()
    wait_until(lambda: len(answered) >= 20)
    kill_hard(node)
    sender.join()
    rpc.close()
    again = ensure_node(home, node_kind)
    rpc = Rpc(again.url)
    moved = int(rpc.call("eth_getBalance", STRANGER, "latest"), 16)
    assert moved == int(rpc.call("eth_getTransactionCount", person.address, "latest"), 16)
    if node_kind == "embedded":
        assert moved >= len(answered)
        assert all(rpc.call("eth_getTransactionReceipt", tx_hash) for tx_hash in answered)
    person.rpc = rpc
    assert int(person.send(to=STRANGER, value=1, nonce=moved)["status"], 16) == 1
    rpc.close()
    release_node(again)
    release_node(node)


@pytest.mark.anvil
def test_anvil_is_on_disk_soon_after_a_block_without_being_asked(home: Path) -> None:
    node = ensure_node(home, "anvil")
    rpc = Rpc(node.url)
    Person(rpc).send(to=STRANGER, value=8)
    state = home / "chain" / "anvil.json.gz"
    wait_until(lambda: state.exists() and json.loads(gzip.decompress(state.read_bytes()))["block"]["number"] == "0x1")
    kill_hard(node)
    rpc.close()
    again = ensure_node(home)
    rpc = Rpc(again.url)
    assert int(rpc.call("eth_getBalance", STRANGER, "latest"), 16) == 8
    rpc.close()
    release_node(again)
    release_node(node)


@pytest.mark.anvil
def test_a_damaged_state_of_anvil_is_told_and_kept(home: Path) -> None:
    state = home / "chain" / "anvil.json.gz"
    state.parent.mkdir(parents=True)
    state.write_bytes(b"half a fi")
    with pytest.raises(ChainError, match="move it away"):
        ensure_node(home, "anvil")
    assert state.read_bytes() == b"half a fi"


@pytest.mark.anvil
def test_an_anvil_that_dies_alone_is_replaced(home: Path) -> None:
    node = ensure_node(home, "anvil")
    child = json.loads((home / "chain" / "node.json").read_text())["child_pid"]
    os.kill(child, signal.SIGKILL)
    wait_until(lambda: running_node(home) is None)
    again = ensure_node(home, "anvil")
    assert again.pid != node.pid
    release_node(again)
    release_node(node)


@pytest.mark.anvil
def test_no_anvil_outlives_its_keeper(home: Path) -> None:
    node = ensure_node(home, "anvil")
    child = json.loads((home / "chain" / "node.json").read_text())["child_pid"]
    kill_hard(node)
    if sys.platform != "linux":
        release_node(ensure_node(home, "anvil"))  # elsewhere the next node ends it
    wait_until(lambda: start_mark(child) is None)
    release_node(node)


def test_two_games_at_once_share_one_node(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from chain.node import ensure_node, release_node\n"
        f"node = ensure_node(Path({str(home)!r}), 'embedded'); print(node.pid, node.url, flush=True)\n"
        "sys.stdin.readline(); release_node(node)"
    )
    games = [
        subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        for _ in range(3)
    ]
    said = {game.stdout.readline() for game in games if game.stdout}
    assert len(said) == 1
    games[0].communicate(b"\n")
    assert running_node(home) is not None
    games[1].kill()  # says no goodbye
    games[1].communicate()
    games[2].communicate(b"\n")
    assert running_node(home) is None


def test_a_node_outlives_a_killed_game_and_is_found_again(home: Path) -> None:
    script = (
        "from pathlib import Path; from chain.node import ensure_node; import os, signal\n"
        f"print(ensure_node(Path({str(home)!r}), 'embedded').pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    game = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=ROOT, check=False)
    node = ensure_node(home, "embedded")
    assert node.pid == int(game.stdout)
    release_node(node)
    assert running_node(home) is None


def test_a_note_about_a_recycled_pid_is_not_trusted(home: Path) -> None:
    folder = home / "chain"
    folder.mkdir(parents=True)
    note = {
        "kind": "embedded", "url": "http://127.0.0.1:9", "chain_id": 31337, "owner": "game",
        "pid": os.getpid(), "pid_mark": "long ago",
    }  # fmt: skip
    (folder / "node.json").write_text(json.dumps(note))
    held = Lock(folder / "node.lock")
    assert held.try_acquire()
    assert running_node(home) is None  # the lock's holder is not the process of the note
    held.release()
    node = ensure_node(home, "embedded")
    assert node.pid != os.getpid()
    release_node(node)


def test_a_note_of_a_process_that_holds_no_lock_is_not_trusted(home: Path) -> None:
    note = {
        "kind": "embedded", "url": "http://127.0.0.1:9", "chain_id": 31337, "owner": "game",
        "pid": os.getpid(), "pid_mark": start_mark(os.getpid()),
    }  # fmt: skip
    (home / "chain").mkdir(parents=True)
    (home / "chain" / "node.json").write_text(json.dumps(note))
    assert running_node(home) is None


@pytest.mark.parametrize("note", ["", "{", "[]", "null", '{"kind": 5}'])
def test_a_damaged_note_only_costs_a_new_start(home: Path, note: str) -> None:
    (home / "chain").mkdir(parents=True)
    (home / "chain" / "node.json").write_text(note)
    assert running_node(home) is None


def test_a_node_that_hangs_is_replaced(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chain.node.HEALTH_SECS", 0.5)
    monkeypatch.setattr("chain.node.STOP_SECS", 0.5)
    node = ensure_node(home, "embedded")
    os.kill(node.pid, signal.SIGSTOP)
    again = ensure_node(home, "embedded")
    assert again.pid != node.pid
    release_node(again)
    release_node(node)


@pytest.mark.anvil
def test_another_kind_is_refused_while_a_game_plays_and_had_when_none_does(home: Path) -> None:
    playing = ensure_node(home, "embedded")
    with pytest.raises(ChainError, match="in use by its embedded node"):
        ensure_node(home, "anvil")
    assert playing.lease is not None
    playing.lease.release()  # as when the game is killed
    other = ensure_node(home, "anvil")
    assert other.kind == "anvil"
    release_node(other)


def test_auto_stays_with_the_chain_that_the_home_has(home: Path) -> None:
    release_node(ensure_node(home, "embedded"))
    again = ensure_node(home, "auto")
    assert again.kind == "embedded"
    release_node(again)


def test_any_other_chain_is_used_as_it_is(home: Path) -> None:
    own = ensure_node(home, "embedded")
    other = ensure_node(home / "second", rpc=own.url)
    assert (other.kind, other.url, other.chain_id, other.pid) == ("rpc", own.url, 31337, 0)
    release_node(other)
    assert running_node(home) is not None
    assert not (home / "second").exists()
    release_node(own)


def test_a_lent_node_stays_between_those_who_join_it_and_goes_with_who_lent_it(home: Path) -> None:
    with lent_node(home, "embedded") as node:
        for _ in range(2):
            joined = ensure_node(home / "player", rpc=node.url)
            assert joined.chain_id == node.chain_id
            release_node(joined)
            assert running_node(home) is not None
    assert running_node(home) is None


def test_an_address_where_nobody_answers_is_refused(home: Path) -> None:
    with pytest.raises(ChainError, match="no answer from"):
        ensure_node(home, rpc="http://127.0.0.1:9")


def test_a_choice_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOQUAT_NODE", "embedded")
    assert chosen_kind(None) == "embedded"
    assert chosen_kind("anvil") == "anvil"
    monkeypatch.setenv("LOQUAT_NODE", "geth")
    with pytest.raises(ChainError, match="geth"):
        chosen_kind(None)


def test_a_person_runs_it_in_the_foreground_and_games_leave_it_running(home: Path) -> None:
    command = [sys.executable, "-m", "chain.node", "--home", str(home), "--node", "embedded"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    line = process.stdout.readline()
    node = ensure_node(home)
    assert line == f"embedded node at {node.url}, chain id 31337\n"
    assert node.pid == process.pid
    second = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert second.returncode == 3
    assert node.url in second.stderr
    release_node(node)
    assert running_node(home) == node
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert process.communicate()[1] == ""
    assert running_node(home) is None


def test_ctrl_c_in_a_terminal_loses_nothing(home: Path, node_kind: str) -> None:
    command = [sys.executable, "-m", "chain.node", "--home", str(home), "--node", node_kind]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, cwd=ROOT, start_new_session=True)
    assert process.stdout is not None
    process.stdout.readline()
    node = ensure_node(home)
    Rpc(node.url).call("anvil_setBalance", STRANGER, hex(7))
    Rpc(node.url).call("evm_mine")
    os.killpg(process.pid, signal.SIGINT)  # a terminal tells the whole group
    assert process.wait(20) == 0
    assert process.communicate()[1] == b""
    again = ensure_node(home, node_kind)
    assert int(Rpc(again.url).call("eth_getBalance", STRANGER, "latest"), 16) == 7
    release_node(again)


def test_a_node_ends_with_the_process_that_it_was_tied_to(home: Path) -> None:
    guard = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    command = [sys.executable, "-m", "chain.node", "--home", str(home), "--node", "embedded"]
    process = subprocess.Popen(
        [*command, "--exit-with", str(guard.pid)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("embedded node at ")
    assert process.poll() is None
    guard.communicate(b"\n")
    assert process.wait(20) == 0
    process.communicate()


def test_a_port_that_is_taken_is_told(home: Path) -> None:
    node = ensure_node(home, "embedded")
    port = node.url.rpartition(":")[2]
    command = [sys.executable, "-m", "chain.node", "--home", str(home / "b"), "--node", "embedded", "--port", port]
    second = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert second.returncode == 1
    assert "leave out --port" in second.stderr
    release_node(node)


def test_starting_a_node_loads_no_web3() -> None:
    script = (
        "import sys, chain.node, chain.node_process, chain.wallet, chain.deploy, chain.seed\n"
        "print([name for name in ('web3', 'eth_account', 'eth_abi', 'eth') if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert loaded.stdout.strip() == "[]"


def test_a_games_node_ends_when_nobody_has_used_it_for_long_but_not_before(home: Path) -> None:
    script = (
        "import sys, chain.node_process as process; from pathlib import Path\n"
        "process.LINGER_SECS, process._LEASE_CHECK_SECS = 0.5, 0.05\n"
        f"sys.exit(process.serve(Path({str(home)!r}), 'embedded', port=0, exit_with=0, owner='game'))"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    process.stdout.readline()
    client = ensure_node(home)
    assert client.pid == process.pid
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1.0)
    assert client.lease is not None
    client.lease.release()  # as when the game is killed
    assert process.wait(20) == 0
    assert running_node(home) is None
    process.communicate()
