"""Files dropped on a window of Windows, which the engine knows nothing of: the message WM_DROPFILES.

The window's messages pass a procedure of ours, in the engine's own loop; all but two go on untouched.
"""

import ctypes
import logging
from ctypes import c_int, c_size_t, c_ssize_t, c_uint, c_void_p, c_wchar_p
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panda3d.core import GraphicsOutput

from game.content.dropped import FILES_MOST, first_of
from game.content.imports.notes import Note

log = logging.getLogger(__name__)

WM_NCDESTROY, WM_DROPFILES = 0x82, 0x233
GWL_EXSTYLE, WS_EX_ACCEPTFILES = -20, 0x10
ALL = 0xFFFFFFFF  # DragQueryFileW: how many there are
NUMBER = 0x4C6F  # of our procedure among those of the window

# the window, message, its two words, NUMBER, and a word of ours that nobody reads
Procedure = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)(
    c_ssize_t, c_void_p, c_uint, c_size_t, c_ssize_t, c_size_t, c_size_t
)


@dataclass(frozen=True)
class Libraries:
    """The system's, or what stands in for them."""

    comctl32: ctypes.CDLL
    shell32: ctypes.CDLL
    user32: ctypes.CDLL


class Drops:
    """Listens for a window from the thread that opened it; what was dropped waits to be polled."""

    def __init__(self, libraries: Libraries, window: int) -> None:
        self._libraries, self._window = libraries, window
        self._dropped: list[tuple[Path | Note, ...]] = []
        self._procedure = Procedure(self._hear)  # held for as long as the window has its address

    @classmethod
    def of(cls, win: GraphicsOutput) -> "Drops | None":
        """Listen for this window; None where the system will not have it."""
        handle = getattr(win, "get_window_handle", lambda: None)()
        if handle is None:
            return None
        try:
            windows: Any = ctypes  # which has WinDLL there alone
            libraries = Libraries(*(windows.WinDLL(name) for name in ("comctl32", "shell32", "user32")))
            declare(libraries)
        except (OSError, AttributeError) as error:
            log.info("nothing can be dropped on the window: %s", error)
            return None
        drops = cls(libraries, handle.get_int_handle())
        return drops if drops.listen() else None

    def listen(self) -> bool:
        """Ask for what is dropped; False where the window takes none."""
        if not self._libraries.comctl32.SetWindowSubclass(self._window, self._procedure, NUMBER, 0):
            log.info("nothing can be dropped on the window: it takes no procedure of ours")
            return False
        self._libraries.shell32.DragAcceptFiles(self._window, 1)
        if self._libraries.user32.GetWindowLongW(self._window, GWL_EXSTYLE) & WS_EX_ACCEPTFILES:
            return True
        log.info("nothing can be dropped on the window: it does not say that it takes files")
        self.close()
        return False

    def poll(self) -> list[tuple[Path | Note, ...]]:
        """What was dropped since: of each drop its files."""
        dropped, self._dropped = self._dropped, []
        return dropped

    def close(self) -> None:
        """Listen no longer."""
        if self._window:
            self._libraries.shell32.DragAcceptFiles(self._window, 0)
            self._libraries.comctl32.RemoveWindowSubclass(self._window, self._procedure, NUMBER)
            self._window = 0

    def _hear(self, window: int, message: int, word: int, long: int, _number: int, _ours: int) -> int:
        if message == WM_DROPFILES:
            self._dropped.append(self._fetch(word))
            return 0
        if message == WM_NCDESTROY:  # the window's last
            self.close()
        return int(self._libraries.comctl32.DefSubclassProc(window, message, word, long))

    def _fetch(self, drop: int) -> tuple[Path | Note, ...]:
        """The files of a drop, which is freed."""
        shell32 = self._libraries.shell32
        paths = []
        for number in range(min(shell32.DragQueryFileW(drop, ALL, None, 0), FILES_MOST + 1)):
            room = ctypes.create_unicode_buffer(shell32.DragQueryFileW(drop, number, None, 0) + 1)
            if shell32.DragQueryFileW(drop, number, room, len(room)):
                paths.append(Path(room.value))
        shell32.DragFinish(drop)
        return first_of(paths)


def declare(libraries: Libraries) -> None:
    """Tell ctypes what the libraries' functions take and give: handles are as wide as addresses."""
    wanted: dict[ctypes.CDLL, dict[str, tuple[Any, list[Any]]]] = {
        libraries.comctl32: {
            "SetWindowSubclass": (c_int, [c_void_p, Procedure, c_size_t, c_size_t]),
            "RemoveWindowSubclass": (c_int, [c_void_p, Procedure, c_size_t]),
            "DefSubclassProc": (c_ssize_t, [c_void_p, c_uint, c_size_t, c_ssize_t]),
        },
        libraries.shell32: {
            "DragAcceptFiles": (None, [c_void_p, c_int]),
            "DragQueryFileW": (c_uint, [c_void_p, c_uint, c_wchar_p, c_uint]),
            "DragFinish": (None, [c_void_p]),
        },
        libraries.user32: {"GetWindowLongW": (c_int, [c_void_p, c_int])},
    }
    for library, functions in wanted.items():
        for name, (gives, takes) in functions.items():
            function = getattr(library, name)
            function.restype, function.argtypes = gives, takes
