"""Keeps a model as the engine itself reads it, so that the next start parses nothing while the file has not changed."""

import logging
import struct
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

from panda3d.core import NodePath

from game.client.models import load_model

log = logging.getLogger(__name__)

VERSION = 1  # of what is kept; another one is made anew
CHECK = struct.Struct("<I")  # at the end of a kept file


def load_kept_model(path: Path, cache: Path | None) -> NodePath:
    """A GLB file's scene as `load_model` makes it, from the `models` folder of `cache` while the file is the same.

    Raises GameError as `load_model` does.
    """
    kept = _file(path, cache)
    if kept is not None:
        try:
            found = _read(kept)
        except OSError:
            found = None
        if found is not None:
            return found
    made = load_model(path)
    if kept is not None:
        _keep(kept, made)
    return made


def _file(path: Path, cache: Path | None) -> Path | None:
    if cache is None:
        return None
    try:
        stat = path.stat()
    except OSError:
        return None
    key = blake2b(repr((VERSION, str(path), stat.st_mtime_ns, stat.st_size)).encode(), digest_size=10).hexdigest()
    return cache / "models" / f"{path.parent.name}-{path.stem}-{key}.bam"


def _read(kept: Path) -> NodePath | None:
    packed = kept.read_bytes()
    stream = packed[: -CHECK.size]
    # The engine never returns from a stream that was cut off.
    if len(packed) < CHECK.size or CHECK.unpack(packed[-CHECK.size :])[0] != crc32(stream):
        return None
    found = NodePath.decode_from_bam_stream(stream)
    return None if found.is_empty() else found


def _keep(kept: Path, made: NodePath) -> None:
    stream = made.encode_to_bam_stream()
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_bytes(stream + CHECK.pack(crc32(stream)))
        for older in kept.parent.glob(f"{kept.stem.rpartition('-')[0]}-*.bam"):
            older.unlink(missing_ok=True)
        part.replace(kept)
    except OSError as error:
        log.info("%s is not kept: %s", kept.name, error)
