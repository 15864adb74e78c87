"""Work that loaders do piece by piece: a generator does one, yields its name, and goes on when it is asked to."""

import time
from collections.abc import Generator, Iterator
from typing import TypeVar

T = TypeVar("T")

WAITS = "mixing light"  # another thread does the next piece; a frame must not spin for it
SENT = "sent"  # the next frame brings something to the graphics card, and that is enough for a frame


def finish(pieces: Iterator[str]) -> None:
    """Do all pieces of some work now, and wait for those that are done beside the game."""
    for piece in pieces:
        if piece == WAITS:
            time.sleep(0.0005)


def result(pieces: Generator[str, None, T]) -> T:
    """What some work comes to, done in one go."""
    while True:
        try:
            next(pieces)
        except StopIteration as over:
            made: T = over.value
            return made
