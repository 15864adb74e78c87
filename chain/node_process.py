"""Inside the node's own process: runs anvil or the embedded chain, keeps it on disk, ends when it should."""

import gzip
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path
from typing import Protocol

from chain.errors import ChainError
from chain.files import Lock, locked, write_json, write_whole
from chain.node import DEV_CHAIN_ID, EXIT_LOCKED, live_leases, running_node
from chain.processes import die_with_parent, is_running, kill, start_mark
from chain.rpc import NodeUnreachableError, Rpc, RpcError, quantity

LINGER_SECS = 600.0  # how long a game's node outlives its last client
TICK_SECS = 0.1
ANVIL_START_SECS = 30.0
_LEASE_CHECK_SECS = 5.0
_LOCK_SECS = 0.3  # whoever asks whether a node runs holds the lock for a moment


class _Service(Protocol):
    kind: str
    url: str
    child_pid: int

    def tick(self) -> bool:
        """Keep house; False when the chain has gone."""
        ...

    def close(self) -> None: ...


def serve(home: Path, prefer: str, *, port: int, exit_with: int, owner: str, as_json: bool = False) -> int:
    """Run the node of `home` until told to stop; returns the exit code. Raises ChainError when it can't be run."""
    folder = home / "chain"
    lock = Lock(folder / "node.lock")
    try:
        lock.acquire(timeout_secs=_LOCK_SECS)
    except ChainError:
        node = running_node(home)
        where = node.url if node else "an address that it has yet to say"
        print(f"a node for {home} already runs at {where}", file=sys.stderr)
        return EXIT_LOCKED
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _end_leftover(home)
    (folder / "stop").unlink(missing_ok=True)
    service = _open(home, prefer, port)
    try:
        entry = {
            "kind": service.kind, "url": service.url, "chain_id": DEV_CHAIN_ID, "owner": owner,
            "pid": os.getpid(), "pid_mark": start_mark(os.getpid()) or "",
            "child_pid": service.child_pid, "child_mark": start_mark(service.child_pid) or "",
        }  # fmt: skip
        write_json(folder / "node.json", entry, mode=0o600)
        told = {"kind": service.kind, "url": service.url, "chain_id": DEV_CHAIN_ID}
        print(json.dumps(told) if as_json else "{kind} node at {url}, chain id {chain_id}".format(**told), flush=True)
        _keep(home, service, stop, exit_with=exit_with, owner=owner)
    finally:
        (folder / "node.json").unlink(missing_ok=True)
        service.close()
        lock.release()
    return 0


def _keep(home: Path, service: _Service, stop: threading.Event, *, exit_with: int, owner: str) -> None:
    guard_mark = start_mark(exit_with) if exit_with else None
    if exit_with and guard_mark is None:
        return
    last_client = next_check = time.monotonic()
    while not stop.wait(TICK_SECS):
        if not service.tick():
            print(f"the {service.kind} node ended by itself", file=sys.stderr)
            return
        if (home / "chain" / "stop").exists():
            return
        if guard_mark is not None and not is_running(exit_with, guard_mark):
            return
        now = time.monotonic()
        if owner == "game" and now >= next_check:
            next_check = now + _LEASE_CHECK_SECS
            if _leave_alone(home, now - last_client):
                return
            if _has_clients(home):
                last_client = now


def _has_clients(home: Path) -> bool:
    lock = Lock(home / "chain" / "start.lock")
    if not lock.try_acquire():
        return True  # someone is just coming or going
    try:
        return live_leases(home) > 0
    finally:
        lock.release()


def _leave_alone(home: Path, idle_secs: float) -> bool:
    """Whether nobody has used the node for long; then its note is gone before anyone can take it up again."""
    if idle_secs < LINGER_SECS:
        return False
    lock = Lock(home / "chain" / "start.lock")
    if not lock.try_acquire():
        return False
    try:
        if live_leases(home):
            return False
        (home / "chain" / "node.json").unlink(missing_ok=True)
        return True
    finally:
        lock.release()


def _open(home: Path, prefer: str, port: int) -> _Service:
    """The node that is asked for; `auto` stays with the chain that the home has, else takes anvil where it is found."""
    folder = home / "chain"
    binary = find_anvil()
    kind = prefer
    if prefer == "auto":
        only_embedded = (folder / "embedded.sqlite").exists() and not _anvil_state(home).exists()
        kind = "embedded" if only_embedded or binary is None else "anvil"
        if binary is None and _anvil_state(home).exists():
            print(f"anvil is gone: {_anvil_state(home)} rests until it is back", file=sys.stderr)
    if kind == "embedded":
        return _Embedded(home, port)
    if binary is None:
        raise ChainError(
            "anvil is neither on PATH nor in node_modules; install it with `npm install @foundry-rs/anvil`, "
            "or use --node embedded"
        )
    return _Anvil(home, binary, port)


class _Embedded:
    kind = "embedded"
    child_pid = 0

    def __init__(self, home: Path, port: int) -> None:
        from chain.embedded import EmbeddedServer

        try:
            self._server = EmbeddedServer(home, port=port)
        except OSError as error:
            raise ChainError(f"port {port} on 127.0.0.1 can't be had ({error}); leave out --port") from None
        self.url = self._server.url
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def tick(self) -> bool:
        return self._thread.is_alive()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Anvil:
    """anvil, with its state saved after each change: by itself it keeps nothing when it is killed."""

    kind = "anvil"

    def __init__(self, home: Path, binary: Path, port: int) -> None:
        self._home = home
        port = port or _free_port()
        self.url = f"http://127.0.0.1:{port}"
        state = _anvil_state(home)
        command = [
            str(binary), "--host", "127.0.0.1", "--port", str(port), "--chain-id", str(DEV_CHAIN_ID),
            "--hardfork", "prague", "--accounts", "0", "--silent", "--no-cors",
        ]  # fmt: skip
        if state.exists():
            command += ["--load-state", str(_unpacked(state))]
        tie = None if sys.platform == "win32" else die_with_parent  # no thread runs yet, so it may
        self._process = subprocess.Popen(  # in a session of its own: Ctrl-C is for us, who save its state first
            command, stdin=subprocess.DEVNULL, preexec_fn=tie, start_new_session=True  # noqa: PLW1509
        )
        self.child_pid = self._process.pid
        self._rpc = Rpc(self.url, timeout_secs=10.0)
        self._saved = ""
        self._not_before = 0.0
        self._await_start()

    def _await_start(self) -> None:
        deadline = time.monotonic() + ANVIL_START_SECS
        while True:
            try:
                if quantity(self._rpc.call("eth_chainId"), "chain id") == DEV_CHAIN_ID:
                    self._saved = "" if not _anvil_state(self._home).exists() else self._newest()
                    return
            except ChainError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self._process.kill()
                    raise ChainError(
                        f"anvil did not start (exit code {self._process.poll()}); is {_anvil_state(self._home)} whole?"
                    ) from None
            time.sleep(0.02)

    def _newest(self) -> str:
        return str(self._rpc.call("eth_getBlockByNumber", "latest", False)["hash"])

    def tick(self) -> bool:
        if self._process.poll() is not None:
            return False
        if time.monotonic() < self._not_before:
            return True
        try:
            newest = self._newest()
            if newest != self._saved:
                start = time.monotonic()
                save_anvil_state(self._rpc, self._home)
                self._saved = newest
                # a long chain takes long to save: spend at most a fifth of the time on it
                self._not_before = time.monotonic() + 4 * (time.monotonic() - start)
        except (NodeUnreachableError, RpcError) as error:
            print(f"anvil's state could not be saved: {error}", file=sys.stderr)
        return True

    def close(self) -> None:
        if self._process.poll() is None:
            try:
                save_anvil_state(self._rpc, self._home)
            except (NodeUnreachableError, RpcError) as error:
                print(f"anvil's state could not be saved: {error}", file=sys.stderr)
            self._process.terminate()
            try:
                self._process.wait(10.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._rpc.close()


def save_anvil_state(rpc: Rpc, home: Path) -> None:
    """Write anvil's whole state to disk; of several writers at once, the last one wrote the newest state.

    Raises RpcError or NodeUnreachableError when anvil doesn't give it.
    """
    with locked(home / "chain" / "anvil.lock"):
        dump = rpc.call("anvil_dumpState")
        write_whole(_anvil_state(home), bytes.fromhex(dump[2:]))


def find_anvil() -> Path | None:
    """anvil's executable, from PATH or from node_modules of the working directory or of the project.

    npm puts a script in front that passes no signals on, so the program behind it is looked for.
    """
    root = Path(__file__).resolve().parent.parent
    folders = [Path.cwd() / "node_modules", root / "node_modules"]
    on_path = shutil.which("anvil")
    if on_path is not None:
        program = Path(on_path).resolve()
        if program.suffix not in (".mjs", ".cmd"):
            return program
        folders.insert(0, program.parents[2])
    for folder in folders:
        for program in sorted(folder.glob("@foundry-rs/anvil-*/bin/anvil*")):
            if program.is_file() and os.access(program, os.X_OK):
                return program
    return None


def _anvil_state(home: Path) -> Path:
    return home / "chain" / "anvil.json.gz"


def _unpacked(state: Path) -> Path:
    """The state as anvil reads it at its start. Raises ChainError when the file is damaged."""
    target = state.with_suffix("")
    try:
        target.write_bytes(gzip.decompress(state.read_bytes()))
    except (OSError, EOFError, zlib.error) as error:
        raise ChainError(f"{state} can't be read ({error}); move it away to begin a new chain") from None
    return target


def _end_leftover(home: Path) -> None:
    """End an anvil whose keeper was killed, where the system didn't; what it knows is saved first."""
    from chain.node import _entry

    entry = _entry(home)
    if entry is None or not is_running(int(entry.get("child_pid", 0)), str(entry.get("child_mark", ""))):
        return
    rpc = Rpc(entry["url"], timeout_secs=5.0)
    try:
        save_anvil_state(rpc, home)
    except (NodeUnreachableError, RpcError) as error:
        print(f"the state of a leftover anvil is lost: {error}", file=sys.stderr)
    finally:
        rpc.close()
    kill(entry["child_pid"], entry["child_mark"])
    (home / "chain" / "node.json").unlink(missing_ok=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
