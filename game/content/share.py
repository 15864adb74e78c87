"""`main.py share`: serves the rooms' files of this home by their hash, so that another machine can visit them.

Nothing but `<cid>.loquat` and `ipfs/<cid>` is answered, and nothing is taken in. It listens to this machine alone
unless it is told to listen to others.
"""

from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from game.content.bundle_store import ENDING, BundleStore
from game.content.cid import digest_of
from game.core.errors import GameError

HOST, PORT = "127.0.0.1", 8177
SILENCE_SECS = 20.0


class _Shelf(BaseHTTPRequestHandler):
    """Answers one visitor."""

    server_version = "Loquat"
    sys_version = ""
    timeout = SILENCE_SECS

    def __init__(self, store: BundleStore, *rest: object) -> None:
        self.store = store
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer(whole=True)

    def do_HEAD(self) -> None:
        self._answer(whole=False)

    def _answer(self, *, whole: bool) -> None:
        name = self.path.partition("?")[0].removeprefix("/")
        cid = name.removeprefix("ipfs/") if name.startswith("ipfs/") else name.removesuffix(ENDING)
        try:
            digest = digest_of(cid)
        except GameError:
            digest = b""
        content = self.store.get(digest) if digest and name in (f"ipfs/{cid}", cid + ENDING) else None
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")  # a hash never means anything else
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if whole:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Who visits is nobody's business."""


def open_shelf(home: Path, host: str = HOST, port: int = PORT) -> ThreadingHTTPServer:
    """A server that is ready to serve this home's rooms. Raises GameError where it cannot listen there."""
    try:
        server = ThreadingHTTPServer((host, port), partial(_Shelf, BundleStore(home)))
    except (OSError, OverflowError) as error:
        raise GameError(f"{host}:{port} cannot be listened on ({error}); choose others with --host, --port") from None
    server.daemon_threads = True
    return server


def serve(home: Path, host: str, port: int) -> int:
    """Serve until it is interrupted."""
    with open_shelf(home, host, port) as server:
        rooms = sorted(path.name for path in BundleStore(home).folder.glob(f"*{ENDING}"))
        print(f"Serving {len(rooms)} room{'' if len(rooms) == 1 else 's'}; stop with Ctrl+C. Others visit with")
        print(f"  main.py visit ROOM --bundles http://{host}:{server.server_address[1]}", flush=True)
        server.serve_forever()
    return 0
