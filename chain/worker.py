"""The process behind `chain.market`: opens the chain, serves the game's requests, ends when the game does.

JSON lines on stdin (first `Opening`, then requests) and stdout (updates); what goes wrong is logged on stderr. It ends
when stdin closes, so it never outlives a game that was killed.
"""

import argparse
import logging
import os
import signal
import sqlite3
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

import msgspec

from chain.deploy import NoMarketError, WrongCodeError, deploy
from chain.desk import Desk
from chain.errors import ChainError
from chain.fills import load_coder
from chain.keys import DEV_CHAIN_ID
from chain.messages import Opening, decode_for_worker, encode, standing_key
from chain.node import Node, checkpoint, ensure_node, release_node
from chain.rpc import NodeUnreachableError, Rpc, quantity
from chain.seed import Street, seed, street_only
from chain.wallet import grant_starter_purse, open_wallet
from game.core.ids import Wei
from game.core.ports import Down, Progress, Ready, Request, Update

IDLE_SECS = 0.25  # between looks for a new block
BUSY_SECS = 0.03  # while an order is in flight, after
FIRST_BUSY_SECS = 0.001  # and then twice as long each time: a dev node mines a moment after it answers
FIRST_BACK_OFF_SECS = 0.5
LONGEST_BACK_OFF_SECS = 10.0
NICE = 10  # the game's frames go before its market, and before the node that it starts
CRASH_STATES = ("draft", "signed", "broadcast", "sent", "included", "final")  # of an order that goes through

Inbox = SimpleQueue[Request | None]  # None: the game has gone

log = logging.getLogger("chain.worker")


class _GameGoneError(Exception):
    """Nobody is left for whom the market would be opened."""


class Worker:
    """One conversation with one game."""

    def __init__(self, opening: Opening, inbox: "Inbox", out: IO[bytes], *, crash_at: str) -> None:
        self._opening = opening
        self._home = Path(opening.home)
        self._inbox = inbox
        self._out = out
        self._crash_at = crash_at
        self._requests: deque[Request] = deque()
        self._standing: dict[str, Request] = {}  # what holds on: asked again of every new desk
        self._ended = False
        self._told = ""  # the step of opening
        self._opens_by: Rpc | None = None  # while the market is being opened
        self._busy_secs = FIRST_BUSY_SECS
        self._node: Node | None = None
        self._desk: Desk | None = None

    def run(self) -> None:
        """Serve until stdin closes."""
        back_off_secs = FIRST_BACK_OFF_SECS
        try:
            while not self._ended:
                try:
                    if self._desk is None:
                        self._open()
                        back_off_secs = FIRST_BACK_OFF_SECS
                    self._serve_once()
                except _GameGoneError:
                    log.info("the game left while the market was being opened")
                except NodeUnreachableError as error:
                    back_off_secs = self._go_down("node_unreachable", error, back_off_secs)
                except ChainError as error:
                    back_off_secs = self._go_down(self._reason(error), error, back_off_secs)
                except (sqlite3.Error, OSError) as error:
                    log.exception("the home folder fails")
                    wrong = ChainError(f"the files under {self._home} can't be used: {error}")
                    back_off_secs = self._go_down("opening_failed", wrong, back_off_secs)
                except (AttributeError, LookupError, TypeError, ValueError) as error:
                    log.exception("what the node answers makes no sense")  # or we are wrong: the log has the place
                    wrong = ChainError(f"the node's answer makes no sense: {error!r}; see {self._home}/logs/market.log")
                    back_off_secs = self._go_down("node_unreachable", wrong, back_off_secs)
        finally:
            self._close()

    def _open(self) -> None:
        opening, self._told = self._opening, ""
        self._go_on("starting_node")
        node = self._node = ensure_node(
            self._home, opening.node, opening.rpc, go_on=lambda: self._go_on("starting_node")
        )
        rpc = self._opens_by = Rpc(node.url)
        wallet = open_wallet(self._home)
        if node.chain_id == DEV_CHAIN_ID:
            self._go_on("funding_purse")
            grant_starter_purse(rpc, wallet.address)
        deployment = deploy(rpc, self._home, progress=lambda: self._go_on("deploying"))
        street = Street(goods={}, rooms={})  # elsewhere its makers' keys, which are public, sign nothing
        if node.chain_id == DEV_CHAIN_ID:
            street = seed(
                rpc, deployment, street_only(opening.catalogue), self._home, progress=lambda: self._go_on("seeding")
            )
        desk = Desk(
            rpc, deployment, opening.catalogue, street, wallet, home=self._home, say=self.say,
            keep=lambda: checkpoint(node), at=self._at,
        )  # fmt: skip
        self._desk = desk
        desk.read_ledger()
        balance = quantity(rpc.call("eth_getBalance", wallet.address, "latest"), "balance")
        desk.resume()
        self.say(
            Ready(
                node_kind=node.kind,
                chain_id=node.chain_id,
                account=wallet.address,
                balance_wei=Wei(balance),
                play_money=node.chain_id == DEV_CHAIN_ID,
            )
        )
        desk.tell_all()
        for request in self._standing.values():
            desk.serve(request)
        self._opens_by = None

    def leave(self) -> None:
        """The game has gone: nobody waits for the market to open. Another thread may say so."""
        self._inbox.put(None)
        if (rpc := self._opens_by) is not None:
            rpc.abandon()

    def _go_on(self, step: str) -> None:
        """Tell the next step of opening, unless the game has gone: the first opening of a home takes many seconds."""
        self._listen(0.0)
        if self._ended:
            raise _GameGoneError
        if step != self._told:
            self._told = step
            self.say(Progress(step=step))

    def _reason(self, error: ChainError) -> str:
        if isinstance(error, NoMarketError):
            return "no_market_there"
        foreign = self._node is not None and self._node.chain_id != DEV_CHAIN_ID
        return "wrong_chain" if foreign and isinstance(error, WrongCodeError) else "opening_failed"

    def _serve_once(self) -> None:
        """Wait for a request or for the time to look at the chain."""
        assert self._desk is not None
        busy = self._desk.tick()
        deadline = time.monotonic() + (self._busy_secs if busy else IDLE_SECS)
        self._busy_secs = min(2 * self._busy_secs, BUSY_SECS)
        while not self._ended:
            if not self._requests:
                self._listen(max(deadline - time.monotonic(), 0.0))
            if not self._requests:
                return
            self._desk.serve(self._requests[0])  # stays first until it's served: a lost node doesn't lose it
            served = self._requests.popleft()
            if (key := standing_key(served)) is not None:
                self._standing[key] = served
            if not self._requests:
                self._busy_secs = FIRST_BUSY_SECS
                return

    def _listen(self, secs: float) -> None:
        """Take what the game asks, waiting at most so long for the first of it."""
        try:
            request = self._inbox.get(timeout=secs)
            while True:
                if request is None:
                    self._ended = True
                    return
                self._requests.append(request)
                request = self._inbox.get_nowait()
        except Empty:
            return

    def _go_down(self, reason: str, error: ChainError, back_off_secs: float) -> float:
        log.warning("down: %s: %s", reason, error)
        self._close()
        self.say(Down(reason=reason, detail=str(error)))
        deadline = time.monotonic() + back_off_secs
        while not self._ended and time.monotonic() < deadline:
            self._listen(max(deadline - time.monotonic(), 0.0))
        return min(back_off_secs * 2, LONGEST_BACK_OFF_SECS)

    def _close(self) -> None:
        self._opens_by = None
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        if self._node is not None:
            release_node(self._node)
            self._node = None

    def say(self, update: Update) -> None:
        """Tell the game; when nobody listens any more, this process has no purpose."""
        try:
            self._out.write(encode(update))
            self._out.flush()
        except (BrokenPipeError, OSError):
            self._ended = True

    def _at(self, state: str) -> None:
        if state == self._crash_at:
            os._exit(137)


def main(arguments: list[str] | None = None) -> int:
    """Run the worker on stdin and stdout."""
    parser = argparse.ArgumentParser(prog="python -m chain.worker", description=__doc__)
    crash_states = (*CRASH_STATES, "refused")
    parser.add_argument("--crash-at", choices=crash_states, default="", help="for tests: die when an order is there")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    if sys.platform != "win32":
        os.nice(NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the game, which closes stdin
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library's print must not get between the updates
    first = sys.stdin.buffer.readline()
    if not first:
        return 0
    opening = decode_for_worker(first)
    if not isinstance(opening, Opening):
        log.error("the first line must be an Opening, not %s", type(opening).__name__)
        return 2
    inbox: Inbox = SimpleQueue()
    worker = Worker(opening, inbox, out, crash_at=options.crash_at)
    Thread(target=_read, args=(sys.stdin.buffer, inbox, worker.leave), name="stdin", daemon=True).start()
    Thread(target=load_coder, name="coder", daemon=True).start()  # while the node starts
    worker.run()
    return 0


def _read(lines: IO[bytes], inbox: Inbox, leave: Callable[[], None]) -> None:
    try:
        for line in lines:
            try:
                message = decode_for_worker(line)
            except msgspec.DecodeError:
                log.exception("the game said what is no request: %.200r", line)
                continue
            if not isinstance(message, Opening):
                inbox.put(message)
    finally:
        leave()


if __name__ == "__main__":
    sys.exit(main())
