"""The embedded node: a small JSON-RPC server on 127.0.0.1 for machines without anvil.

It answers local programs only: it binds the loopback interface, and refuses requests whose Host or Origin is not a
loopback name, so that a web page can't reach it by pointing its own name at 127.0.0.1.
"""

import http
import json
import logging
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chain.embedded_chain import EmbeddedChain
from chain.embedded_pool import Refusal
from chain.embedded_rpc import answer
from chain.embedded_store import Store

BODY_BYTES = 8 * 1024 * 1024  # largest request
BATCH_CALLS = 5000
_IDLE_SECS = 600.0
_STACK_BYTES = 128 * 1024 * 1024  # py-evm lets Python recurse deeper than a thread's usual stack can hold
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_log = logging.getLogger(__name__)


class EmbeddedServer(ThreadingHTTPServer):
    """Serves one chain. `url` is where."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, home: Path, *, port: int = 0) -> None:
        """Opens (or makes) the chain under `home`/chain and binds 127.0.0.1:`port` (0: a free one).

        Raises ChainError when the chain on disk can't be read, OSError when the port is taken.
        """
        self.store = Store(home / "chain" / "embedded.sqlite")
        self.chain = EmbeddedChain(self.store)
        threading.stack_size(_STACK_BYTES)
        super().__init__(("127.0.0.1", port), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def server_close(self) -> None:
        super().server_close()
        with self.chain.lock:  # let a block in the making be finished
            self.store.close()


class _Handler(BaseHTTPRequestHandler):
    server: EmbeddedServer
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECS
    wbufsize = -1  # one packet for headers and body

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_POST(self) -> None:
        if not self._from_here():
            self._close(http.HTTPStatus.FORBIDDEN, "this node answers programs on this machine only")
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()):
            self._close(http.HTTPStatus.LENGTH_REQUIRED, "send a Content-Length")
        elif len(length) > 9 or int(length) > BODY_BYTES:
            self._close(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {BODY_BYTES} bytes a request")
        else:
            reply = respond(self.server.chain, self.rfile.read(int(length)))
            self._reply(http.HTTPStatus.OK, b"" if reply is None else json.dumps(reply).encode())

    def do_GET(self) -> None:
        self._close(http.HTTPStatus.METHOD_NOT_ALLOWED, "send JSON-RPC by POST")

    do_OPTIONS = do_PUT = do_DELETE = do_HEAD = do_GET  # noqa: N815

    def _from_here(self) -> bool:
        origin = self.headers.get("Origin")
        try:
            host = urlsplit(f"//{self.headers.get('Host', '')}").hostname
            return host in _LOOPBACK and (origin is None or urlsplit(origin).hostname in _LOOPBACK)
        except ValueError:  # brackets that hold no address
            return False

    def _close(self, status: http.HTTPStatus, reason: str) -> None:
        """Refuse without having read the body: the connection can't be used any more."""
        self.close_connection = True
        self._reply(status, reason.encode(), kind="text/plain")

    def _reply(self, status: http.HTTPStatus, body: bytes, *, kind: str = "application/json") -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


def respond(chain: EmbeddedChain, body: bytes) -> Any:
    """The JSON-RPC answer to a request body, single or batch; None when it holds only notifications."""
    try:
        request = json.loads(body)
    except (ValueError, RecursionError):
        return _error(None, -32700, "Parse error")
    if not isinstance(request, list):
        return _respond_one(chain, request)
    if not request or len(request) > BATCH_CALLS:
        return _error(None, -32600, f"Invalid request: a batch has 1 to {BATCH_CALLS} calls")
    replies = [reply for call in request if (reply := _respond_one(chain, call)) is not None]
    return replies or None


def _respond_one(chain: EmbeddedChain, request: Any) -> dict[str, Any] | None:
    if not isinstance(request, dict):
        return _error(None, -32600, "Invalid request")
    call_id = request.get("id")
    method, params = request.get("method"), request.get("params", [])
    if request.get("jsonrpc") != "2.0" or not isinstance(method, str):
        return _error(call_id, -32600, "Invalid request")
    if not isinstance(params, list):
        return _error(call_id, -32602, "parameters are a list")
    try:
        reply = {"jsonrpc": "2.0", "id": call_id, "result": answer(chain, method, params)}
    except Refusal as refusal:
        reply = _error(call_id, refusal.code, refusal.message, refusal.data)
    except Exception as error:  # noqa: BLE001 (one bad call must not take the connection's other calls with it)
        _log.exception("%s failed", method)
        reply = _error(call_id, -32603, f"internal error: {type(error).__name__}")
    return reply if "id" in request else None


def _error(call_id: Any, code: int, message: str, data: str | None = None) -> dict[str, Any]:
    error: dict[str, Any] = {"code": code, "message": message}
    if data is not None:
        error["data"] = data
    return {"jsonrpc": "2.0", "id": call_id, "error": error}
