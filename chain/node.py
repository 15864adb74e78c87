"""The local dev node: find it, start it, share it, stop it. No web3 here, so that a game's start doesn't wait for it.

A home folder has at most one node. It runs in a process of its own (`chain.node_process`) that holds `chain/node.lock`
for as long as it lives, and says in `chain/node.json` where it answers. Every game that uses it holds a lease file;
the last one to leave stops the node, unless a person started it (`main.py node`). When a game is killed, its node
goes on, and is found again at the next start.
"""

import argparse
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chain.errors import ChainError
from chain.files import Lock, locked, read_json
from chain.processes import is_running, kill
from chain.rpc import Rpc, RpcError, quantity

DEV_CHAIN_ID = 31337
KINDS = ("auto", "anvil", "embedded")
START_SECS = 60.0
STOP_SECS = 15.0
HEALTH_SECS = 5.0
EXIT_LOCKED = 3  # another node runs for this home


@dataclass(frozen=True, slots=True)
class Node:
    """A node that answers at `url`. `pid` is its process, 0 for one that is not ours."""

    kind: str  # anvil, embedded or rpc
    url: str
    chain_id: int
    pid: int
    home: Path | None = field(default=None, compare=False)
    owner: str = field(default="", compare=False)  # game: ends with its last client; person: ends when told
    lease: Lock | None = field(default=None, compare=False, repr=False)


def chosen_kind(option: str | None) -> str:
    """The kind of node asked for by `option`, else by LOQUAT_NODE, else auto. Raises ChainError for an unknown one."""
    kind = option or os.environ.get("LOQUAT_NODE") or "auto"
    if kind not in KINDS:
        raise ChainError(f"{kind!r} is no kind of node; choose one of {', '.join(KINDS)} (--node or LOQUAT_NODE)")
    return kind


def ensure_node(
    home: Path, prefer: str = "auto", rpc: str | None = None, *, go_on: Callable[[], None] = lambda: None
) -> Node:
    """A healthy node for `home`: the one that runs, else a new one, else (with `rpc`) the one at that address.

    Two games that start at once get the same node. Give it back with `release_node`. `go_on` is called while a new
    one starts; what it raises ends the start.
    Raises ChainError when none can be had.
    """
    if rpc:
        return _foreign_node(rpc)
    home = home.resolve()
    prefer = chosen_kind(None if prefer == "auto" else prefer)
    with locked(_folder(home) / "start.lock", timeout_secs=START_SECS + STOP_SECS):
        found = _healthy_node(home)
        if found is not None and prefer not in ("auto", found.kind):
            if found.owner != "game" or live_leases(home):
                raise ChainError(
                    f"{home} is in use by its {found.kind} node at {found.url}; close that first, "
                    f"or leave out --node {prefer}"
                )
            _stop(home)
            found = None
        node = found or _start(home, prefer, go_on)
        return Node(node.kind, node.url, node.chain_id, node.pid, home, node.owner, _take_lease(home))


def running_node(home: Path) -> Node | None:
    """The node that runs for `home`, whether it answers or not; None when none runs."""
    home = home.resolve()
    entry = _entry(home)
    if entry is None:
        return None
    lock = Lock(_folder(home) / "node.lock")
    if lock.try_acquire():  # its holder is dead
        lock.release()
        return None
    if not is_running(entry["pid"], entry["pid_mark"]):
        return None  # another node of this home is just starting
    return Node(entry["kind"], entry["url"], entry["chain_id"], entry["pid"], home, entry["owner"])


def release_node(node: Node) -> None:
    """Say that this client no longer needs the node; the last client of a game's node stops it."""
    if node.lease is None or node.home is None:
        return
    with locked(_folder(node.home) / "start.lock", timeout_secs=START_SECS):
        node.lease.release()
        node.lease.path.unlink(missing_ok=True)
        current = running_node(node.home)
        if current is not None and current.owner == "game" and not live_leases(node.home):
            _stop(node.home)


@contextmanager
def lent_node(home: Path, prefer: str = "auto", rpc: str | None = None) -> Iterator[Node]:
    """A healthy node for `home` that stays for as long as it is needed, as `ensure_node` finds it."""
    node = ensure_node(home, prefer, rpc)
    try:
        yield node
    finally:
        release_node(node)


def stop_node(home: Path) -> bool:
    """Stop the node of `home` whoever uses it; False when none runs."""
    home = home.resolve()
    with locked(_folder(home) / "start.lock", timeout_secs=START_SECS):
        return _stop(home)


def checkpoint(node: Node) -> None:
    """Have the node's chain on disk before going on.

    The embedded node writes each block before it answers; anvil's state is otherwise saved within about 0.2 s of a
    change, which a kill can cut short. A chain that is not ours looks after itself.
    """
    if node.kind == "anvil" and node.home is not None:
        from chain.node_process import save_anvil_state

        rpc = Rpc(node.url)
        try:
            save_anvil_state(rpc, node.home)
        finally:
            rpc.close()


def live_leases(home: Path) -> int:
    """How many clients of `home`'s node are alive; call it with the start lock held."""
    count = 0
    for path in (_folder(home) / "clients").glob("*.lease"):
        lock = Lock(path)
        if lock.try_acquire():
            lock.release()
            path.unlink(missing_ok=True)
        else:
            count += 1
    return count


def _foreign_node(url: str) -> Node:
    rpc = Rpc(url, timeout_secs=10.0)
    try:
        chain_id = quantity(rpc.call("eth_chainId"), "chain id")
    except RpcError as error:
        raise ChainError(f"{rpc.place} does not tell its chain id ({error}); is it an Ethereum node?") from None
    finally:
        rpc.close()
    return Node("rpc", url, chain_id, 0)


def _folder(home: Path) -> Path:
    return home / "chain"


def _entry(home: Path) -> dict[str, Any] | None:
    try:
        entry = read_json(_folder(home) / "node.json")
    except ChainError:
        return None  # only a note of where the node is; without it a new one is started
    needed = {"kind": str, "url": str, "chain_id": int, "pid": int, "pid_mark": str, "owner": str}
    if not isinstance(entry, dict) or any(not isinstance(entry.get(name), kind) for name, kind in needed.items()):
        return None
    return entry


def _healthy_node(home: Path) -> Node | None:
    """The running node if it answers for its chain; one that hangs is ended."""
    node = running_node(home)
    if node is None:
        return None
    rpc = Rpc(node.url, timeout_secs=HEALTH_SECS)
    try:
        if quantity(rpc.call("eth_chainId"), "chain id") == node.chain_id:
            return node
    except ChainError:
        pass  # what doesn't answer is ended below
    finally:
        rpc.close()
    _stop(home)
    return None


def _take_lease(home: Path) -> Lock:
    lease = Lock(_folder(home) / "clients" / f"{os.getpid()}-{secrets.token_hex(4)}.lease")
    lease.acquire(timeout_secs=HEALTH_SECS)
    return lease


def _start(home: Path, prefer: str, go_on: Callable[[], None]) -> Node:
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "chain.node", "--home", str(home), "--node", prefer, "--owner", "game"]
    inherited = os.environ.get("PYTHONPATH")
    environment = {**os.environ, "PYTHONPATH": str(root) + (os.pathsep + inherited if inherited else "")}
    log_path = _folder(home) / "node.log"
    deadline = time.monotonic() + START_SECS
    process: subprocess.Popen[bytes] | None = None
    try:
        while time.monotonic() < deadline:
            node = running_node(home)
            if node is not None:
                process = None
                return node
            status = EXIT_LOCKED if process is None else process.poll()
            if status == EXIT_LOCKED:  # the first try, or the node before this one was still closing
                with log_path.open("wb") as log:
                    process = subprocess.Popen(
                        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment,
                        start_new_session=True,  # Ctrl+C in the game's terminal is not for the node
                    )  # fmt: skip
            elif status is not None:
                break
            go_on()
            time.sleep(0.02)
    finally:
        if process is not None:  # nobody will use it
            process.kill()
    lines = log_path.read_text("utf-8", "replace").strip().splitlines()
    raise ChainError(f"the dev node did not start: {lines[-1] if lines else 'it said nothing'} (see {log_path})")


def _stop(home: Path) -> bool:
    entry = _entry(home)
    node = running_node(home)
    if node is None or entry is None:
        return False
    (_folder(home) / "stop").touch()  # Windows can't ask a process to end
    if sys.platform != "win32":
        kill(node.pid, entry["pid_mark"])
    lock = Lock(_folder(home) / "node.lock")
    deadline = time.monotonic() + STOP_SECS
    while not lock.try_acquire():
        if time.monotonic() > deadline:
            kill(node.pid, entry["pid_mark"], hard=True)
            lock.acquire(timeout_secs=STOP_SECS)
            break
        time.sleep(0.02)
    lock.release()
    return True


def run_foreground(home: Path, prefer: str = "auto", *, as_json: bool = False) -> int:
    """Run the node of `home` in this process until it is told to stop; prints its URL and chain id.

    Returns the exit code: 3 when another node runs for this home.
    """
    return _serve(home, prefer, port=0, exit_with=0, owner="person", as_json=as_json)


def _serve(
    home: Path, prefer: str, *, port: int, exit_with: int, owner: str, as_json: bool = False
) -> int:
    from chain.node_process import serve

    try:
        kind = chosen_kind(None if prefer == "auto" else prefer)
        return serve(home.resolve(), kind, port=port, exit_with=exit_with, owner=owner, as_json=as_json)
    except ChainError as error:
        print(f"loquat: {error}", file=sys.stderr)
        return 1


def main(arguments: list[str] | None = None) -> int:
    """Run a node in the foreground until it is told to stop; prints its URL and chain id."""
    parser = argparse.ArgumentParser(prog="python -m chain.node", description=main.__doc__)
    parser.add_argument("--home", type=Path, required=True, help="folder that keeps the chain")
    parser.add_argument("--node", choices=KINDS, default="auto", help="which node (default: LOQUAT_NODE, else auto)")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--exit-with", type=int, default=0, metavar="PID", help="end when this process has ended")
    parser.add_argument("--owner", choices=("game", "person"), default="person", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    return _serve(
        options.home, options.node, port=options.port, exit_with=options.exit_with, owner=options.owner
    )


if __name__ == "__main__":
    sys.exit(main())
