"""Files that a crash leaves old or new, never half."""

import os
import re
import secrets
import sys
from pathlib import Path

_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*. ]+')  # in names of files, on any system
STEM_MOST = 40


def write_whole(path: Path, data: bytes) -> None:
    """Replace `path` by `data` in one move, flushed to the disk before and after. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        write_new(draft, data)
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def free_path(folder: Path, name: str, suffix: str) -> Path:
    """Where a file can be written under a name that anybody may have given, or the first free one of the kind."""
    stem, number = _UNFIT.sub(" ", name).strip()[:STEM_MOST] or "room", 1
    path = folder / f"{stem}{suffix}"
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}{suffix}"
    return path


def write_new(path: Path, data: bytes) -> None:
    """Write a file that was not there, flushed to the disk. Raises OSError, FileExistsError where there is one."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk; Windows has no handle for that."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
