"""The game's side of the market: starts the worker process, hands requests over, collects its updates.

Loads no chain library. Whatever happens to the worker, a request stays in `_unanswered` until an update answers it,
and is handed to the next worker when one dies: the worker's journal makes that harmless.
"""

import logging
import subprocess
import sys
from collections import deque
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import IO, get_args

import msgspec

from chain.messages import Opening, decode_for_game, encode, request_key, standing_key
from game.core.orchard_ports import LifeTold, OrchardRequest, OrchardTold, ReadLife
from game.core.ports import (
    Cancel,
    Catalogue,
    Confirm,
    Delisted,
    Discard,
    Down,
    History,
    Listed,
    OrderUpdate,
    Ping,
    Pong,
    Quote,
    Quoted,
    Ready,
    Recall,
    Refused,
    Request,
    Sell,
    Update,
)
from game.core.room_ports import (
    AdmitRoom,
    AllCancelled,
    CancelAll,
    Credits,
    HomeOpened,
    MakersDesk,
    OfferSigned,
    OpenHome,
    Published,
    PublishRoom,
    ReadDesk,
    ReadPurse,
    ReadVersions,
    Reprice,
    RoomAdmitted,
    SignOffer,
    UnpublishRoom,
    Versions,
    WithdrawCredits,
    Withdrawn,
)

FIRST_BACK_OFF_SECS = 0.25
LONGEST_BACK_OFF_SECS = 8.0
CLOSING_SECS = 20.0  # a worker that has not ended so long after its stdin closed is terminated
LOG_LIMIT_BYTES = 1_000_000

_ANSWERED_BY: dict[type[Update], tuple[type[Request], ...]] = {
    Listed: (Sell,),
    Delisted: (Cancel,),
    HomeOpened: (OpenHome,),
    OfferSigned: (SignOffer, Reprice),
    Published: (PublishRoom, UnpublishRoom),
    RoomAdmitted: (AdmitRoom,),
    Withdrawn: (WithdrawCredits,),
    AllCancelled: (CancelAll,),
    OrchardTold: tuple(kind for kind in get_args(OrchardRequest) if kind is not ReadLife),
    LifeTold: (ReadLife,),
}
"""The requests that each update answers by its `request_id`."""

log = logging.getLogger(__name__)


class ChainMarket:
    """`game.core.ports.Market` on a chain, through a process of its own.

    `home` keeps all state (journal, ledger, offers, keys, logs). `node` is auto, embedded or anvil; `rpc`, when given,
    is the URL of any other chain. Nothing is started before `start()`, which is to be called after the first frame.
    """

    def __init__(
        self,
        home: Path,
        catalogue: Catalogue,
        *,
        node: str = "auto",
        rpc: str | None = None,
        worker_args: tuple[str, ...] = (),
    ) -> None:
        self._home = home
        self._opening = Opening(home=str(home), node=node, rpc=rpc, catalogue=catalogue)
        self._worker_args = worker_args
        self._updates: deque[Update] = deque()
        self._lock = Lock()
        self._unanswered: dict[str, Request] = {}
        self._standing: dict[str, Request] = {}  # what holds on after its answer
        self._outbox: SimpleQueue[bytes | None] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._supervisor: Thread | None = None
        self._closing = Event()
        self._back_off_secs = FIRST_BACK_OFF_SECS

    def start(self) -> None:
        """Start the worker, without waiting for it; a second call does nothing."""
        if self._supervisor is None:
            self._supervisor = Thread(target=self._supervise, name="market", daemon=True)
            self._supervisor.start()

    def submit(self, request: Request) -> None:
        """Hand over a request; its outcome comes back through `poll`."""
        with self._lock:
            if not isinstance(request, Discard):
                self._unanswered[request_key(request)] = request
            if (key := standing_key(request)) is not None:
                self._standing[key] = request
            if self._outbox is not None:
                self._outbox.put(encode(request))

    def poll(self) -> list[Update]:
        """Everything that happened since the last call, oldest first."""
        arrived: list[Update] = []
        while self._updates:
            arrived.append(self._updates.popleft())
        return arrived

    def close(self) -> None:
        """Stop the worker and wait for it; orders in flight are resolved at the next start."""
        self._closing.set()
        with self._lock:
            process, outbox = self._process, self._outbox
        if outbox is not None:
            outbox.put(None)
        if process is not None:
            try:
                process.wait(CLOSING_SECS)
            except subprocess.TimeoutExpired:
                log.warning("the market's worker (process %d) did not end by itself; terminating it", process.pid)
                process.kill()
                process.wait()
        if self._supervisor is not None:
            self._supervisor.join(CLOSING_SECS)

    @property
    def worker_pid(self) -> int | None:
        """Process id of the worker, or None while there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    # --- the supervising thread ----------------------------------------------------------------------------------

    def _supervise(self) -> None:
        while not self._closing.is_set():
            try:
                process, writer = self._spawn()
            except OSError as error:
                self._updates.append(Down(reason="worker_stopped", detail=str(error)))
                self._wait_before_next()
                continue
            assert process.stdout is not None
            for line in process.stdout:
                self._take(line)
            code = process.wait()
            with self._lock:
                outbox, self._outbox, self._process = self._outbox, None, None
            if outbox is not None:
                outbox.put(None)
            writer.join()
            process.stdout.close()
            if not self._closing.is_set():
                log.warning("the market's worker ended with code %d; see %s", code, self._log_path())
                self._updates.append(Down(reason="worker_stopped", detail=f"exit code {code}"))
                self._wait_before_next()

    def _spawn(self) -> tuple["subprocess.Popen[bytes]", Thread]:
        path = self._log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.exists() and path.stat().st_size > LOG_LIMIT_BYTES
        with path.open("wb" if fresh else "ab") as log_file:
            process = subprocess.Popen(
                [sys.executable, "-m", "chain.worker", *self._worker_args],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log_file,
                cwd=Path(__file__).resolve().parent.parent,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        assert process.stdin is not None
        outbox: SimpleQueue[bytes | None] = SimpleQueue()
        with self._lock:
            outbox.put(encode(self._opening))
            again = {request_key(request): request for request in self._standing.values()}
            for request in {**again, **self._unanswered}.values():
                outbox.put(encode(request))
            self._outbox, self._process = outbox, process
            if self._closing.is_set():
                outbox.put(None)
        writer = Thread(target=_write, args=(process.stdin, outbox), name="market-writer", daemon=True)
        writer.start()
        return process, writer

    def _take(self, line: bytes) -> None:
        try:
            update = decode_for_game(line)
        except msgspec.DecodeError:
            log.exception("the market's worker said what is no update: %.200r", line)
            return
        if isinstance(update, Ready):
            self._back_off_secs = FIRST_BACK_OFF_SECS
        with self._lock:
            for key in _answers(update):
                self._unanswered.pop(key, None)
        self._updates.append(update)

    def _wait_before_next(self) -> None:
        self._closing.wait(self._back_off_secs)
        self._back_off_secs = min(self._back_off_secs * 2, LONGEST_BACK_OFF_SECS)

    def _log_path(self) -> Path:
        return self._home / "logs" / "market.log"


def _write(pipe: IO[bytes], outbox: "SimpleQueue[bytes | None]") -> None:
    """Write what comes, until None or until nobody reads; then close, which tells the worker to end."""
    try:
        while (line := outbox.get()) is not None:
            pipe.write(line)
            pipe.flush()
        pipe.close()
    except (BrokenPipeError, OSError) as error:
        log.info("the market's worker no longer listens: %s", error)


def _answers(update: Update) -> list[str]:
    """Keys of the requests that an update settles."""
    match update:
        case Quoted(order_id=order_id):
            return [f"{Quote.__name__}:{order_id}"]
        case OrderUpdate(order_id=order_id):
            return [f"{Quote.__name__}:{order_id}", f"{Confirm.__name__}:{order_id}"]
        case History():
            return [f"{Recall.__name__}:"]
        case Pong():
            return [f"{Ping.__name__}:"]
        case Credits():
            return [f"{ReadPurse.__name__}:"]
        case MakersDesk():
            return [f"{ReadDesk.__name__}:"]
        case Versions(room=room):
            return [f"{ReadVersions.__name__}:{room}"]
        case Refused(request_id=request_id):
            return [f"{kind.__name__}:{request_id}" for kinds in _ANSWERED_BY.values() for kind in kinds]
        case _:
            kinds = _ANSWERED_BY.get(type(update), ())
            return [f"{kind.__name__}:{getattr(update, 'request_id', '')}" for kind in kinds]
