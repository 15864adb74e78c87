"""What is dropped on the window: a text/uri-list (RFC 2483), of which files on this machine alone are taken."""

import os
import socket
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
    if not uris:
        return (Note("drop_nothing"),)
    found = tuple(_file_of(uri) for uri in uris[:FILES_MOST])
    return (*found, Note("drop_most", {"n": FILES_MOST})) if len(uris) > FILES_MOST else found


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
