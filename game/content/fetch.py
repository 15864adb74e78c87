"""Getting a room's file from where the player says: a file, a web address, or by its hash from folders and gateways.

Nothing is contacted that the player did not name: a redirect may only lead elsewhere on the same host, three times at
most and never from https to http. What arrives is counted while it arrives, and is never more than a room may be.
"""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from hashlib import sha256
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from game.content.bundle import BUNDLE_BYTES_MAX, BundleError, read_file
from game.content.bundle_store import ENDING
from game.content.cid import cid_of, digest_of
from game.core.errors import GameError
from game.core.ids import RoomToken

SILENCE_SECS = 10.0  # without a byte
WHOLE_SECS = 120.0
REDIRECTS_MAX = 3
CHUNK_BYTES = 64 * 1024
SOURCES_MAX = 16
SOURCES_FILE = "sources.txt"
TARGET_MAX = 2_000

_TOKEN = re.compile(r"0x[0-9a-fA-F]{1,64}|[0-9]{1,78}")

Progress = Callable[[int, int], bool]
"""Told of the bytes that came and of all there are (0: unknown); False stops."""


class Target(Struct, frozen=True, kw_only=True):
    """What a player wants to visit; exactly one is given."""

    path: str = ""
    url: str = ""
    digest: bytes = b""
    token: RoomToken | None = None


def target_of(text: str) -> Target:
    """What a player means by a text: FILE, http(s) address, `ipfs://` or CID, or ROOM (a token, decimal or 0x...).

    Raises GameError where it is none of these.
    """
    text = text.strip().strip("\"'")
    if not text or len(text) > TARGET_MAX:
        raise BundleError("visit_nothing", "write a file, a web address or a room's number")
    if _TOKEN.fullmatch(text):
        token = int(text, 16 if text.startswith("0x") else 10)
        if token >= 2**256:
            raise BundleError("visit_no_room", f"{text} is no room's number; it is above 2**256")
        return Target(token=RoomToken(token))
    scheme = text.partition("://")[0].lower() if "://" in text else ""
    if scheme in ("http", "https"):
        if not urlsplit(text).hostname:
            raise BundleError("visit_no_address", f"{text} names no host")
        return Target(url=text)
    if scheme == "ipfs":
        return Target(digest=digest_of(text[len("ipfs://") :].strip("/")))
    if scheme == "file":
        return Target(path=urllib.request.url2pathname(urlsplit(text).path))
    if scheme:
        raise BundleError("visit_no_address", f"{scheme}:// is not fetched; use http, https, ipfs or a file")
    try:
        return Target(digest=digest_of(text))
    except GameError:
        return Target(path=text)


def read_target(target: Target, sources: Sequence[str], progress: Progress | None = None) -> bytes:
    """The file of a target that is not a token. Raises BundleError in plain words, for whatever reason."""
    if target.path:
        return read_path(Path(target.path).expanduser())
    if target.url:
        return fetch(target.url, progress)
    return find(target.digest, sources, progress)


def read_path(path: Path) -> bytes:
    """A file on disk. Raises BundleError."""
    try:
        return read_file(path)
    except BundleError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BundleError("visit_no_file", f"{path}: {why}") from None


def find(digest: bytes, sources: Sequence[str], progress: Progress | None = None) -> bytes:
    """The file with a SHA-256 from the first of the sources that has it. Raises BundleError where none has.

    A source is a folder that holds `<cid>.loquat`, the address of one that is served, the address of an IPFS gateway
    (`https://host/ipfs`), or any address with `{cid}` in it.
    """
    missed: list[str] = []
    for source in sources[:SOURCES_MAX]:
        try:
            content = _from(source, cid_of(digest), progress)
        except BundleError as error:
            missed.append(str(error))
            continue
        if sha256(content).digest() == digest:
            return content
        missed.append(f"{source} has another file under that name")
    told = "; ".join(missed) if missed else "no folder and no address was given to look in"
    raise BundleError("visit_not_found", f"{cid_of(digest)} was not found: {told}")


def _from(source: str, cid: str, progress: Progress | None) -> bytes:
    if not source.lower().startswith(("http://", "https://")):
        return read_path(Path(source).expanduser() / f"{cid}{ENDING}")
    if "{cid}" in source:
        return fetch(source.replace("{cid}", cid), progress)
    base = source.rstrip("/")
    return fetch(f"{base}/{cid}" if base.endswith("/ipfs") else f"{base}/{cid}{ENDING}", progress)


def read_sources(folder: Path) -> tuple[str, ...]:
    """The folders and addresses in `sources.txt` there, one a line; lines that begin with # are left out."""
    try:
        lines = (folder / SOURCES_FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))[:SOURCES_MAX]


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects on the host that was asked for, and nowhere else."""

    max_redirections = REDIRECTS_MAX

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(urljoin(req.full_url, newurl))
        if new.scheme not in ("http", "https") or (old.scheme == "https" and new.scheme != "https"):
            raise BundleError("visit_elsewhere", f"{old.hostname} sends on to {new.scheme}://, which is not followed")
        if new.hostname != old.hostname:
            raise BundleError("visit_elsewhere", f"{old.hostname} sends on to {new.hostname}, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, progress: Progress | None = None) -> bytes:
    """What is at a web address, at most as much as a room may be. Raises BundleError in plain words."""
    # Only these handlers: the usual ones would open file:// and ftp:// too.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), urllib.request.HTTPSHandler(), _SameHost(),
        urllib.request.HTTPErrorProcessor(), urllib.request.HTTPDefaultErrorHandler(),
    ):  # fmt: skip
        opener.add_handler(handler)
    host = urlsplit(url).hostname or url
    until_secs = time.monotonic() + WHOLE_SECS
    try:
        request = urllib.request.Request(url, headers={"User-Agent": "Loquat", "Accept": "*/*"})
        with opener.open(request, timeout=SILENCE_SECS) as answer:
            return _counted(answer, host, until_secs, progress)
    except BundleError:
        raise
    except urllib.error.HTTPError as error:
        error.close()
        raise BundleError("visit_refused", f"{host} answers {error.code} for {url}") from None
    except TimeoutError:
        raise BundleError("visit_silent", f"{host} does not answer") from None
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        raise BundleError("visit_unreachable", f"{host} cannot be reached ({_why(error)})") from None


def _counted(answer: Any, host: str, until_secs: float, progress: Progress | None) -> bytes:
    told = answer.headers.get("Content-Length", "")
    total = int(told) if told.isascii() and told.isdigit() and len(told) < 20 else 0
    if total > BUNDLE_BYTES_MAX:
        raise BundleError("bundle_too_large", f"the file at {host} has {total:,} bytes, more than a room may have")
    parts: list[bytes] = []
    size = 0
    while chunk := answer.read1(CHUNK_BYTES):
        size += len(chunk)
        if size > BUNDLE_BYTES_MAX:
            raise BundleError("bundle_too_large", f"the file at {host} is larger than a room may be")
        if time.monotonic() > until_secs:
            raise BundleError("visit_silent", f"{host} is too slow: {size:,} bytes in {WHOLE_SECS:.0f} s")
        if progress is not None and not progress(size, total):
            raise BundleError("visit_stopped", "stopped")
        parts.append(chunk)
    if total and size != total:
        raise BundleError("visit_cut_off", f"{host} sent {size:,} of {total:,} bytes")
    return b"".join(parts)


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", None) or reason)[:120]
