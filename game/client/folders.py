"""Folders as the system has them: its drives, and its file manager."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from string import ascii_uppercase

OPENERS = {"darwin": ("open",), "win32": ("explorer",)}


def show_folder(folder: Path) -> bool:
    """Open a folder for the player to see; False where the system has nothing to open it with."""
    command = shutil.which(OPENERS.get(sys.platform, ("xdg-open",))[0])
    if command is None:
        return False
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.Popen(
            [command, str(folder)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        return False
    return True


def drives() -> list[Path]:
    """The roots of a system that has several, as Windows has; none elsewhere."""
    if sys.platform != "win32":
        return []
    there = ctypes.windll.kernel32.GetLogicalDrives()
    return [Path(f"{letter}:\\") for number, letter in enumerate(ascii_uppercase) if there >> number & 1]
