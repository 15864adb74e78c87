"""What the first frame did not need is loaded in the spare time of those that follow."""

import time
from collections.abc import Iterator

from game.client.scenery import WAITS
from game.client.street import Street, finish

BUDGET_SECS = 0.004  # a frame, for places and people that are not needed yet
SOON_SECS = 0.009  # for a place behind a door that the player is close to
HURRIED_SECS = 0.012  # while the screen is veiled until a place is there


class Loading:
    """Goes through loaders piece by piece: first what the street says is urgent, then what was begun last."""

    def __init__(self, street: Street) -> None:
        self._street = street
        self._later: Iterator[str] | None = None
        self.hurried = False

    @property
    def busy(self) -> bool:
        """Whether something is left to load."""
        return self._later is not None

    def begin(self, pieces: Iterator[str]) -> None:
        """Load these, instead of what is left."""
        self._later = pieces

    def go_on(self) -> None:
        """Load for as long as a frame can spare."""
        budget_secs = SOON_SECS if self._street.urgent else BUDGET_SECS
        until = time.perf_counter() + (HURRIED_SECS if self.hurried else budget_secs)
        for pieces in (self._street.load_urgent(), self._later or ()):
            for piece in pieces:
                if piece == WAITS or time.perf_counter() > until:
                    return
        self._later = None

    def finish(self) -> None:
        """Load all that is left now."""
        finish(self._later or iter(()))
        self._later = None
