"""How memory that the game no longer uses goes back to the system: the C library would keep most of it.

glibc takes large blocks from the system one by one, but each one that is freed raises the size from which it does so,
up to 32 MB. After the first place pictures and meshes lie among everything else in one heap, and where one is freed it
leaves a hole: more with every door, a seventh of all memory after half an hour. Other libraries do as they do.
"""

import ctypes
import sys
from typing import Any

from game.core.ids import PlaceId

LARGE_BYTES = 1 << 20  # what a frame makes and throws away is smaller
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of malloc.h


class Heap:
    """The heap of this process from now on; what became free is handed back in a quiet frame after each door."""

    def __init__(self) -> None:
        self._library = _library()
        if self._library is not None:
            # Twice as much, as the library itself has it: at less it would trim away what it took for a block of just
            # below that size, and say that there is no memory.
            self._library.mallopt(M_TRIM_THRESHOLD, 2 * LARGE_BYTES)
            self._library.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        self._tidy_in: PlaceId | None = None

    def follow(self, place: PlaceId, *, busy: bool) -> None:
        """Told each frame where the player is and whether something is being loaded."""
        if place != self._tidy_in and not busy:
            self._tidy_in = place
            if self._library is not None:
                self._library.malloc_trim(0)


def _library() -> Any:
    """The C library if it is glibc, else None."""
    library = ctypes.CDLL(None) if sys.platform.startswith("linux") else None
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None
