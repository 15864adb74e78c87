"""The grower's desk as a web page on this machine, and the box where buyers' letters come in.

It listens to 127.0.0.1 alone. Whoever asks for anything but the page's own still files must have the key that the
terminal shows: it comes in the address's fragment, which browsers send nowhere, and goes with each request in a header,
which no other site can set. `Host` must be this machine's, so that no name can be bound to it anew. What the page shows
comes from here: its policy lets nothing in from elsewhere. Letters alone are taken from anybody, since each proves
itself against the chain.
"""

import hmac
import json
import logging
import secrets
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from game.client.texts import Texts
from game.content.letters import SEALED_BYTES
from game.core.errors import GameError
from game.core.goods import Text
from game.grower.carriers import MOST_BYTES, ship_all
from game.grower.desk import ACTS, Desk
from game.grower.papers import Papers, Printer
from game.grower.shown import name_of, shown

log = logging.getLogger(__name__)

HOST, PORT = "127.0.0.1", 8178
KEY_HEADER = "X-Loquat-Key"
SILENCE_SECS = 20.0
MOST_JSON_BYTES = 64 * 1024
MOST_AT_ONCE = 500  # orders in one request
PAPER_SECS, MOST_PAPERS = 300.0, 8
ASSETS = Path(__file__).resolve().parents[2] / "assets"
FILES = {
    "/": ("grower/desk.html", "text/html; charset=utf-8"),
    "/desk.css": ("grower/desk.css", "text/css; charset=utf-8"),
    "/desk.js": ("grower/desk.js", "text/javascript; charset=utf-8"),
    "/rows.js": ("grower/rows.js", "text/javascript; charset=utf-8"),
    "/mark.svg": ("grower/mark.svg", "image/svg+xml"),
    "/regular.otf": ("fonts/loquat_sans.otf", "font/otf"),
    "/bold.otf": ("fonts/loquat_sans_bold.otf", "font/otf"),
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class _Act(Struct, forbid_unknown_fields=True):
    what: str
    deliveries: list[int]


class _Ship(Struct, forbid_unknown_fields=True):
    code: str
    tracking: str


class _Print(Struct, forbid_unknown_fields=True):
    kind: str  # slips or labels
    deliveries: list[int]
    language: str


class Page:
    """What the page asks, answered; one for all its threads."""

    def __init__(
        self, desk: Desk, texts: Mapping[str, Texts], names: Mapping[str, Text], sender: tuple[str, ...] = ()
    ) -> None:
        self.desk = desk
        self.texts = texts
        self.names = names
        self.key = secrets.token_urlsafe(24)
        self._printers = {
            language: Printer(some, partial(name_in, some, names), sender) for language, some in texts.items()
        }
        self._papers: dict[str, tuple[float, bytes]] = {}
        self._lock = threading.Lock()

    def look(self) -> dict[str, Any]:
        """The desk as it is now."""
        return shown(self.desk.view(), self.texts["en"], self.names)

    def act(self, body: bytes) -> dict[str, Any]:
        """Do one thing for some orders."""
        asked = msgspec.json.decode(body, type=_Act)
        if asked.what not in ACTS or not 0 < len(asked.deliveries) <= MOST_AT_ONCE:
            raise msgspec.ValidationError("no such act")
        failed = self.desk.act(asked.what, asked.deliveries)
        return {"failed": [{"delivery": number, "message": why} for number, why in failed.items()]}

    def ship(self, body: bytes) -> dict[str, Any]:
        """Mark a box as shipped."""
        asked = msgspec.json.decode(body, type=_Ship)
        order = self.desk.ship(asked.code, asked.tracking)
        return {"delivery": order.delivery, "code": order.code, "tracking": order.tracking}

    def csv(self, body: bytes) -> dict[str, Any]:
        """Mark all boxes of a carrier's file."""
        answer: dict[str, Any] = msgspec.to_builtins(ship_all(self.desk, body))
        return answer

    def print(self, body: bytes) -> dict[str, Any]:
        """Make papers; they lie ready under an address that nobody can guess, for some minutes."""
        asked = msgspec.json.decode(body, type=_Print)
        printer, wanted = self._printers.get(asked.language), set(asked.deliveries)
        if printer is None or asked.kind not in ("slips", "labels") or not 0 < len(wanted) <= MOST_AT_ONCE:
            raise msgspec.ValidationError("no such papers")
        orders = [order for order in self.desk.view().orders if order.delivery in wanted]
        papers: Papers = (printer.slips if asked.kind == "slips" else printer.labels)(orders)
        name = f"/print/{secrets.token_urlsafe(24)}.pdf"
        with self._lock:
            self._forget_old()
            while len(self._papers) >= MOST_PAPERS:
                del self._papers[next(iter(self._papers))]
            self._papers[name] = (time.monotonic(), papers.pdf)
        return {"url": name, "lacking": papers.lacking}

    def paper(self, name: str) -> bytes | None:
        """Papers that were made a while ago; None for others."""
        with self._lock:
            self._forget_old()
            return self._papers.get(name, (0.0, None))[1]

    def words(self, language: str) -> bytes:
        """The page's texts in one language."""
        catalogue = self.texts[language].catalogues[language]
        ours = {key.removeprefix("grower_"): text for key, text in catalogue.items() if key.startswith("grower_")}
        return json.dumps(ours | {"coins": catalogue["coins"]}, ensure_ascii=False).encode()

    def _forget_old(self) -> None:
        oldest = time.monotonic() - PAPER_SECS
        self._papers = {name: paper for name, paper in self._papers.items() if paper[0] >= oldest}


def name_in(texts: Texts, names: Mapping[str, Text], variety: str) -> str:
    """What a variety is called in the language of some texts."""
    return texts.of(name_of(variety, names))


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server_version = "Loquat"
    sys_version = ""
    timeout = SILENCE_SECS

    def __init__(self, page: Page, *rest: object) -> None:
        self.page = page
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not self._from_here():
            return
        if path in FILES:
            name, kind = FILES[path]
            self._answer((ASSETS / name).read_bytes(), kind)
        elif path.startswith("/words/"):
            language = path.removeprefix("/words/").removesuffix(".json")
            if language in self.page.texts:
                self._answer(self.page.words(language), "application/json")
            else:
                self._refuse(HTTPStatus.NOT_FOUND, "not_found")
        elif path.startswith("/print/"):
            pdf = self.page.paper(path)
            if pdf is None:
                self._refuse(HTTPStatus.NOT_FOUND, "not_found")
            else:
                self._answer(pdf, "application/pdf")
        elif path == "/api/desk":
            self._do(lambda body: self.page.look())
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "not_found")

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        for kind, take in (("/letters/", self.page.desk.take_letter), ("/reasons/", self.page.desk.take_reason)):
            if path.startswith(kind):
                self._take_letter(path.removeprefix(kind), take)
                return
        does: dict[str, tuple[Callable[[bytes], dict[str, Any]], int]] = {
            "/api/act": (self.page.act, MOST_JSON_BYTES),
            "/api/ship": (self.page.ship, MOST_JSON_BYTES),
            "/api/print": (self.page.print, MOST_JSON_BYTES),
            "/api/csv": (self.page.csv, MOST_BYTES),
        }
        if not self._from_here():
            return
        if path not in does:
            self._refuse(HTTPStatus.NOT_FOUND, "not_found")
            return
        self._do(*does[path])

    def _from_here(self) -> bool:
        """Whether a browser that shows this very page asks, or no browser at all; else it is refused."""
        port = self.server.server_address[1]  # type: ignore[index]
        hosts = {f"{host}:{port}" for host in (HOST, "localhost")}
        origin = self.headers.get("Origin")
        if self.headers.get("Host") in hosts and (origin is None or origin in {f"http://{host}" for host in hosts}):
            return True
        self._refuse(HTTPStatus.FORBIDDEN, "foreign")
        return False

    def _do(self, does: Callable[[bytes], dict[str, Any]], most_bytes: int = 0) -> None:
        """Answer one who has the key."""
        if not hmac.compare_digest(self.headers.get(KEY_HEADER, "").encode(), self.page.key.encode()):
            self._refuse(HTTPStatus.UNAUTHORIZED, "key")
            return
        body = self._body(most_bytes)
        if body is None:
            return
        try:
            answer = does(body)
        except msgspec.MsgspecError:
            self._refuse(HTTPStatus.BAD_REQUEST, "request")
        except GameError as error:
            self._refuse(HTTPStatus.CONFLICT, getattr(error, "reason", "other"), str(error))
        except OSError as error:
            log.warning("the grower's desk: %s", error)
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, "disk", str(error))
        else:
            self._answer(json.dumps(answer, ensure_ascii=False).encode(), "application/json")

    def _take_letter(self, number: str, take: Callable[[int, bytes], str]) -> None:
        """Keep a buyer's letter or reason; from programs alone, since no page has a reason to send one."""
        if self.headers.get("Origin") is not None:
            self._refuse(HTTPStatus.FORBIDDEN, "foreign")
            return
        if not (number.isascii() and number.isdigit() and len(number) < 20):
            self._refuse(HTTPStatus.NOT_FOUND, "not_found")
            return
        sealed = self._body(SEALED_BYTES)
        if sealed is None:
            return
        try:
            tracking = take(int(number), sealed)
        except GameError as error:
            self._refuse(HTTPStatus.CONFLICT, getattr(error, "reason", "other"), str(error))
        except OSError as error:
            log.warning("the grower's letters: %s", error)
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, "disk")
        else:
            self._answer(tracking.encode(), "text/plain; charset=us-ascii")

    def _body(self, most_bytes: int) -> bytes | None:
        """What was sent along; None, and refused, where its size is not told or too large."""
        told = self.headers.get("Content-Length", "0")
        if not (told.isascii() and told.isdigit()) or self.headers.get("Transfer-Encoding"):
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "length")
            return None
        if int(told) > most_bytes:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "large")
            return None
        return self.rfile.read(int(told))

    def _refuse(self, status: HTTPStatus, reason: str, message: str = "") -> None:
        self.close_connection = True  # a body that was not read must not be taken for the next request
        self._answer(json.dumps({"reason": reason, "message": message}).encode(), "application/json", status)

    def _answer(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Which order is looked at is nobody's business."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hung up is no error; anything else is logged, without what was asked."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            log.warning("the grower's page: a request failed", exc_info=True)


def open_page(page: Page, port: int = PORT) -> ThreadingHTTPServer:
    """A server that is ready to show the page. Raises GameError where it cannot listen there."""
    try:
        return _Server((HOST, port), partial(_Handler, page))
    except (OSError, OverflowError) as error:
        raise GameError(f"{HOST}:{port} cannot be listened on ({error}); choose another with --port") from None


def address_of(server: ThreadingHTTPServer, page: Page) -> str:
    """Where to open the page, its key included."""
    return f"http://{HOST}:{server.server_address[1]}/#{page.key}"
