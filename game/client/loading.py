"""What the first frame did not need is loaded in the spare time of those that follow."""

import time
from collections.abc import Iterator

from game.client.pieces import SENT, WAITS, finish
from game.client.street import Street

# Seconds of the processor that a frame gives to loading, and three times as long where the loader has to wait.
BUDGET_SECS = 0.003  # for places and people that are not needed yet
SOON_SECS = 0.005  # for a place behind a door that the player is close to
LATE_SECS = 0.004  # by so much more than most a frame has taken, and nothing is loaded in it
HURRIED_SECS = 0.012  # while the screen is veiled until a place is there


class Loading:
    """Goes through loaders piece by piece: first what the street says is urgent, then what was begun last."""

    def __init__(self, street: Street) -> None:
        self._street = street
        self._later: Iterator[str] | None = None
        self.hurried = False
        self._usual_secs = 0.0

    @property
    def busy(self) -> bool:
        """Whether something is left to load."""
        return self._later is not None

    def begin(self, pieces: Iterator[str]) -> None:
        """Load these, instead of what is left."""
        self._later = pieces

    def go_on(self, spent_secs: float) -> None:
        """Load for as long as a frame can spare, which has taken `spent_secs` of the processor until now."""
        late = spent_secs > self._usual_secs + LATE_SECS
        self._usual_secs += (spent_secs - self._usual_secs) / 8
        if late and not self.hurried:
            return
        budget_secs = SOON_SECS if self._street.urgent else BUDGET_SECS
        spare_secs = HURRIED_SECS if self.hurried else budget_secs
        until, latest = time.thread_time() + spare_secs, time.perf_counter() + 3 * spare_secs
        for pieces in (self._street.load_urgent(), self._later or ()):
            for piece in pieces:
                if piece in (WAITS, SENT) or time.thread_time() > until or time.perf_counter() > latest:
                    return
        self._later = None

    def finish(self) -> None:
        """Load all that is left now."""
        finish(self._later or iter(()))
        self._later = None
