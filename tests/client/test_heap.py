"""Memory that the game no longer uses goes back to the system, and none is missing for that."""

import subprocess
import sys
from pathlib import Path

import pytest

from game.client.heap import Heap
from game.core.ids import PlaceId

ROOT = Path(__file__).resolve().parents[2]
STREET, SHOP = PlaceId("street"), PlaceId("shop")
HOLES = """
import os
from pathlib import Path
{heap}
def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
bytearray(30 << 20)  # as a place's largest picture does, it raises the size from which blocks are taken one by one
before, large, small = resident(), [], []
for _ in range(100):
    large.append(bytearray(b".") * (2 << 20))
    small.append(bytearray(b".") * 50_000)
used = resident() - before
del large
print(used, resident() - before)
"""
JUST_BELOW = """
import ctypes
from game.client import heap
{change}
heap.Heap()
kept = []
for _ in range(200):
    ctypes.CDLL(None).sbrk(4096)  # as other libraries take memory, so that the heap has gaps
    kept.append(bytearray(960_000))
print("enough")
"""


def has_glibc() -> bool:
    return Heap()._library is not None


def told(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, text=True)


@pytest.mark.skipif(not has_glibc(), reason="another C library does as it does")
def test_where_large_blocks_were_freed_no_holes_stay() -> None:
    """In megabytes: 200 were used, and a hundred small blocks between them are all that is left."""
    used, left = map(int, told(HOLES.format(heap="from game.client.heap import Heap; Heap()")).stdout.split())
    assert used > 190
    assert left < 20
    used, left = map(int, told(HOLES.format(heap="")).stdout.split())
    assert left > 190, "the library by itself would keep them"


@pytest.mark.skipif(not has_glibc(), reason="another C library does as it does")
def test_for_blocks_just_below_the_large_ones_there_is_memory_in_a_heap_with_gaps() -> None:
    assert told(JUST_BELOW.format(change="")).stdout.split() == ["enough"]
    assert "MemoryError" in told(JUST_BELOW.format(change="heap.M_TRIM_THRESHOLD = -99")).stderr, "the trap is there"


class Library:
    def __init__(self) -> None:
        self.trimmed = 0

    def malloc_trim(self, _pad: int) -> None:
        self.trimmed += 1


def test_what_became_free_is_handed_back_once_after_each_door_when_nothing_is_loaded() -> None:
    heap, library = Heap(), Library()
    heap._library = library
    for place, busy in ((STREET, True), (STREET, False), (STREET, False), (SHOP, True), (SHOP, True)):
        heap.follow(place, busy=busy)
    assert library.trimmed == 1
    heap.follow(SHOP, busy=False)
    heap.follow(SHOP, busy=False)
    assert library.trimmed == 2
    heap.follow(STREET, busy=False)
    assert library.trimmed == 3


def test_with_another_library_nothing_happens() -> None:
    heap = Heap()
    heap._library = None
    heap.follow(STREET, busy=False)
