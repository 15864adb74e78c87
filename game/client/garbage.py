"""When Python looks for garbage: going through all that there is takes three frames, so it waits for a pause."""

import gc

NEVER = 2**31 - 1


class Garbage:
    """While one plays only what is young is gone through, which takes a millisecond; all of it once in a pause."""

    def __init__(self) -> None:
        self._as_before = gc.get_threshold()
        self._rested = False
        young, middle, _ = self._as_before
        gc.set_threshold(young, middle, NEVER)

    def follow(self, *, pause: bool) -> None:
        """Told each frame whether the game pauses, in which case nobody sees that a frame is late."""
        if pause and not self._rested:
            gc.collect()
        self._rested = pause

    def close(self) -> None:
        """Let Python look for garbage as it did before."""
        gc.set_threshold(*self._as_before)
