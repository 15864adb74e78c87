"""A small JSON-RPC client: one kept-alive connection, batches, no dependency but the standard library.

Loading web3 takes over a second, so whatever only has to ask a node a question goes through here.
"""

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from chain.errors import ChainError

ANSWER_BYTES = 512 * 1024 * 1024  # the longest that is read
ANSWER_SECS = 60.0  # so much longer than the time-out of its parts may a whole answer take
PIECE_BYTES = 4 * 1024 * 1024
BATCH_CALLS = 500  # per HTTP request; nodes refuse bodies beyond a few MiB
_QUICKACK: int | None = getattr(socket, "TCP_QUICKACK", None)


class NodeUnreachableError(ChainError):
    """No answer came from the node; whether the request arrived is unknown."""


class RpcError(ChainError):
    """The node answered with an error. `data` holds the revert data where the call reverted."""

    def __init__(self, method: str, code: int, message: str, data: Any = None) -> None:
        super().__init__(f"{method}: {message} ({code})")
        self.method = method
        self.code = code
        self.message = message
        self.data = data


class Rpc:
    """A connection to a JSON-RPC node over HTTP. Safe to share between threads; one request at a time."""

    def __init__(self, url: str, *, timeout_secs: float = 30.0) -> None:
        """`url` is http(s)://host[:port][/path]. Connects at the first call."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ChainError(f"{url!r} is no node address; write one such as http://127.0.0.1:8545")
        self.url = url
        self.place = f"{parts.scheme}://{parts.hostname}"  # without path and query, which may hold someone's key
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        try:
            port = parts.port
        except ValueError:
            raise ChainError(f"{url!r} has no valid port; write one such as http://127.0.0.1:8545") from None
        self.place += f":{port}" if port else ""
        self._timeout_secs = timeout_secs
        self._connection = kind(parts.hostname, port, timeout=timeout_secs)
        self._lock = threading.Lock()
        self._abandoned = False
        self._next_id = 0

    def call(self, method: str, *params: Any) -> Any:
        """The result of one call.

        Raises RpcError when the node says no, NodeUnreachableError when it says nothing.
        """
        with self._lock:
            self._next_id += 1
            body = {"jsonrpc": "2.0", "id": self._next_id, "method": method, "params": params}
            answer = self._exchange(json.dumps(body, separators=(",", ":")).encode(), repeatable=_repeatable(method))
        result = _unwrap(method, answer)
        if isinstance(result, RpcError):
            raise result
        return result

    def round_trip_secs(self) -> float:
        """How long a small question takes, there and back. Raises as `call` does."""
        began = time.perf_counter()
        self.call("eth_blockNumber")
        return time.perf_counter() - began

    def call_raw(self, method: str, *params: Any) -> bytes:
        """The body of the answer to one call, unparsed: for answers of many megabytes.

        Raises NodeUnreachableError when the node says nothing.
        """
        with self._lock:
            body = {"jsonrpc": "2.0", "id": 0, "method": method, "params": params}
            text = json.dumps(body, separators=(",", ":")).encode()
            answer = self._exchange(text, repeatable=_repeatable(method), parse=bytes)
        return bytes(answer)

    def batch(self, calls: list[tuple[str, list[Any]]]) -> list[Any]:
        """The results of many calls in their order; an RpcError stands where a call failed.

        Raises NodeUnreachableError when the node says nothing.
        """
        results: list[Any] = []
        for first in range(0, len(calls), BATCH_CALLS):
            results += self._batch(calls[first : first + BATCH_CALLS])
        return results

    def _batch(self, calls: list[tuple[str, list[Any]]]) -> list[Any]:
        with self._lock:
            body = [
                {"jsonrpc": "2.0", "id": index, "method": method, "params": params}
                for index, (method, params) in enumerate(calls)
            ]
            repeatable = all(_repeatable(method) for method, _ in calls)
            answers = self._exchange(json.dumps(body, separators=(",", ":")).encode(), repeatable=repeatable)
        if not isinstance(answers, list):
            _unwrap_or_raise("batch", answers)
            raise NodeUnreachableError(f"{self.place} answered a batch with a single value; it is no JSON-RPC node")
        by_id = {answer["id"]: answer for answer in answers
                 if isinstance(answer, dict) and isinstance(answer.get("id"), int)}  # fmt: skip
        return [_unwrap(method, by_id.get(index)) for index, (method, _) in enumerate(calls)]

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def abandon(self) -> None:
        """Make the call in flight and all later ones raise NodeUnreachableError, at once; any thread may do it."""
        self._abandoned = True
        sock = self._connection.sock
        if isinstance(sock, socket.socket):
            with contextlib.suppress(OSError):  # the other side was faster
                sock.shutdown(socket.SHUT_RDWR)

    def _exchange(self, body: bytes, *, repeatable: bool, parse: Callable[[bytes], Any] = json.loads) -> Any:
        if self._abandoned:
            raise NodeUnreachableError(f"{self.place} is not asked any more")
        reused = self._connection.sock is not None
        try:
            return self._post(body, parse)
        except (http.client.HTTPException, OSError) as error:
            self._connection.close()
            stale = reused and isinstance(error, ConnectionError | http.client.RemoteDisconnected)
            if self._abandoned or not (stale and repeatable):
                raise NodeUnreachableError(f"no answer from {self.place}: {error or type(error).__name__}") from error
        try:  # the node had closed an idle connection: once more on a fresh one
            return self._post(body, parse)
        except (http.client.HTTPException, OSError) as error:
            self._connection.close()
            raise NodeUnreachableError(f"no answer from {self.place}: {error or type(error).__name__}") from error

    def _post(self, body: bytes, parse: Callable[[bytes], Any]) -> Any:
        connection = self._connection
        connection.request("POST", self._path, body, {"Content-Type": "application/json"})
        # Linux forgets the option after some reads, and a delayed acknowledgement costs 40 ms.
        if _QUICKACK is not None and isinstance(connection.sock, socket.socket):
            connection.sock.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)
        response = connection.getresponse()
        text = self._read(response)
        try:
            return parse(text)
        except (ValueError, RecursionError):
            raise NodeUnreachableError(
                f"{self.place} answered {response.status} and no JSON; it is no JSON-RPC node"
            ) from None


    def _read(self, response: http.client.HTTPResponse) -> bytes:
        """The whole body. Raises OSError when it's too long, or comes too slowly to be waited for."""
        deadline = time.monotonic() + ANSWER_SECS + self._timeout_secs
        if (length := response.length) is not None and length <= PIECE_BYTES:
            return response.read()
        pieces: list[bytes] = []
        size = 0
        while piece := response.read(PIECE_BYTES):
            pieces.append(piece)
            size += len(piece)
            if size > ANSWER_BYTES:
                raise OSError(f"its answer has more than {ANSWER_BYTES} bytes")
            if time.monotonic() > deadline:
                raise TimeoutError("its answer comes too slowly")
        return b"".join(pieces)


def _repeatable(method: str) -> bool:
    """Whether asking twice does no harm. A raw transaction is one: its nonce lets it count only once."""
    return method.startswith(("eth_", "net_", "web3_"))


def quantity(value: Any, what: str) -> int:
    """A number that a node told as 0x…; `what` names it in errors. Raises ChainError when it is none."""
    try:
        return int(value, 16)
    except (TypeError, ValueError):
        raise ChainError(f"the node's {what} is no number: {str(value)[:80]!r}; is it an Ethereum node?") from None


def _unwrap(method: str, answer: Any) -> Any:
    if not isinstance(answer, dict):
        return RpcError(method, -32603, f"the node's answer is no JSON-RPC: {str(answer)[:80]}")
    error = answer.get("error")
    if error is None and "result" in answer:
        return answer["result"]
    if not isinstance(error, dict):
        return RpcError(method, -32603, f"the node's answer is no JSON-RPC: {str(answer)[:80]}")
    code = error.get("code")
    return RpcError(method, code if isinstance(code, int) else 0, str(error.get("message", "")), error.get("data"))


def _unwrap_or_raise(method: str, answer: Any) -> None:
    result = _unwrap(method, answer)
    if isinstance(result, RpcError):
        raise result
