"""What is dropped on the window: files of this machine alone are taken, also of a text/uri-list (RFC 2483)."""

import os
import socket
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from game.content.imports.notes import Note, told

FILES_MOST = 20
LIST_BYTES_MOST = 256 * 1024


def files_of(uri_list: bytes) -> tuple[Path | Note, ...]:
    """The files of a list in its order, and in the place of what is no local file the sentence that says so.

    Whether a file is there is found when it is read.
    """
    lines = [line.strip() for line in uri_list[:LIST_BYTES_MOST].decode("utf-8", "replace").splitlines()]
    uris = [line for line in lines if line and not line.startswith("#")]
    return first_of([_file_of(uri) for uri in uris[: FILES_MOST + 1]])


def first_of(found: Sequence[Path | Note]) -> tuple[Path | Note, ...]:
    """As many as are taken at once; a sentence says that there are more, or none."""
    if not found:
        return (Note("drop_nothing"),)
    if len(found) > FILES_MOST:
        return (*found[:FILES_MOST], Note("drop_most", {"n": FILES_MOST}))
    return tuple(found)


def _file_of(uri: str) -> Path | Note:
    refused = Note("drop_not_local", {"file": told(uri)})
    try:
        parts = urlsplit(uri)
    except ValueError:
        return refused
    local = parts.netloc in ("", "localhost", socket.gethostname())
    raw = unquote_to_bytes(parts.path)
    if parts.scheme != "file" or not local or not raw.startswith(b"/") or b"\0" in raw:
        return refused
    return Path(os.fsdecode(raw))
