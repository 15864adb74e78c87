"""Which process is which: a pid alone is reused by the system, a pid with its start time is not."""

import os
import signal
import subprocess
import sys


def start_mark(pid: int) -> str | None:
    """A text that tells this run of `pid` from any later one, or None when no such process runs."""
    if pid <= 0:
        return None
    return _start_mark(pid)


def is_running(pid: int, mark: str) -> bool:
    """Whether the process that had `mark` when it was seen still runs under `pid`."""
    return bool(mark) and start_mark(pid) == mark


def kill(pid: int, mark: str, *, hard: bool = False) -> None:
    """Ask the process to end, or end it at once; nothing happens when it has gone or the pid is another's."""
    if is_running(pid, mark):
        try:
            os.kill(pid, signal.SIGKILL if hard and sys.platform != "win32" else signal.SIGTERM)
        except ProcessLookupError:
            return  # gone between the two lines


if sys.platform == "win32":

    def _start_mark(pid: int) -> str | None:
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return None
        try:
            times = [wintypes.FILETIME() for _ in range(4)]
            code = wintypes.DWORD()
            known = kernel.GetProcessTimes(handle, *(ctypes.byref(value) for value in times))
            alive = kernel.GetExitCodeProcess(handle, ctypes.byref(code)) and code.value == 259  # STILL_ACTIVE
            return f"{times[0].dwHighDateTime}:{times[0].dwLowDateTime}" if known and alive else None
        finally:
            kernel.CloseHandle(handle)

    def die_with_parent() -> None:
        """Windows ends no child with its parent."""

elif sys.platform == "linux":

    def _start_mark(pid: int) -> str | None:
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return None if fields[0] in "ZX" else fields[19]  # the dead that wait for their parent don't run

    def die_with_parent() -> None:
        """Have the kernel end this process when its parent ends; run it between fork and exec."""
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG

else:

    def _start_mark(pid: int) -> str | None:
        listing = subprocess.run(
            ["ps", "-o", "lstart=,stat=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        text = listing.stdout.strip()
        if not text or text.split()[-1].startswith("Z"):
            return None
        return text.rsplit(None, 1)[0]

    def die_with_parent() -> None:
        """macOS ends no child with its parent; the next node ends the leftover."""
