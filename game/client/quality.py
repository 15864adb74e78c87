"""How much work a frame may be: three levels, and the choice between them by measuring a few frames.

The window's samples a pixel are chosen when it opens, so what was measured is kept in the home folder for next time.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from game.client.settings import Settings

log = logging.getLogger(__name__)

SETTLE_FRAMES, MEASURED_FRAMES = 20, 40
SLOW_SECS, FAST_SECS = 1 / 28, 1 / 55


@dataclass(frozen=True, slots=True)
class Quality:
    """`mirror_scale` is the height of a mirror's picture to the window's; `most_msaa` samples a pixel at most.

    `lean`: light is finished once a vertex, and nothing reflects; software and small GPUs draw it twice as fast.
    """

    name: str
    mirror_scale: float
    most_msaa: int
    lean: bool = False
    bloom: bool = True


LEVELS = {
    "low": Quality("low", mirror_scale=0.5, most_msaa=0, lean=True, bloom=False),
    "medium": Quality("medium", mirror_scale=1.0, most_msaa=4),
    "high": Quality("high", mirror_scale=1.5, most_msaa=8),
}


def quality_of(name: str, kept_in: Path) -> Quality:
    """A level by name; `auto` is what was measured last time, or the middle."""
    if name == "auto":
        name = measured(kept_in) or "medium"
    return LEVELS.get(name, LEVELS["medium"])


def measured(kept_in: Path) -> str | None:
    """The level that was measured on this machine, None before the first time."""
    try:
        name = (kept_in / "quality").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return name if name in LEVELS else None


class Gauge:
    """Measures frames until it knows which level this machine can carry."""

    def __init__(self) -> None:
        self._secs: list[float] = []
        self._skipped = 0

    def add(self, frame_secs: float) -> Quality | None:
        """Note how long a frame took; the level once enough are known, and None before and ever after."""
        if self._skipped < SETTLE_FRAMES:
            self._skipped += 1
            return None
        if len(self._secs) >= MEASURED_FRAMES:
            return None
        self._secs.append(frame_secs)
        if len(self._secs) < MEASURED_FRAMES:
            return None
        middle = sorted(self._secs)[MEASURED_FRAMES // 2]
        return LEVELS["low" if middle > SLOW_SECS else "high" if middle < FAST_SECS else "medium"]


class Level:
    """The level to draw at: as `asked` on the way in unless that is `auto`, else as the player's settings say.

    Where both say `auto` and nothing is known of this machine it is measured, if `measures`; `kept_in` remembers it.
    """

    def __init__(self, asked: str, settings: Settings, kept_in: Path, *, measures: bool) -> None:
        self._asked, self._settings, self._kept_in, self._measures = asked, settings, kept_in, measures
        self._used = settings.values.quality
        self.now = quality_of(self._wanted, kept_in)
        self._gauge = self._new_gauge()

    @property
    def _wanted(self) -> str:
        return self._asked if self._asked != "auto" else self._used

    def _new_gauge(self) -> Gauge | None:
        """A lean frame would say little about a full one: what is known is not measured again."""
        unknown = self._wanted == "auto" and measured(self._kept_in) is None
        return Gauge() if unknown and self._measures else None

    def add(self, frame_secs: float) -> bool:
        """Note how long a frame took; whether that has settled the level, for now and for the next start."""
        found = self._gauge.add(frame_secs) if self._gauge is not None else None
        if found is None:
            return False
        self.now = found
        keep(found, self._kept_in)
        return True

    def follow(self) -> bool:
        """Take up what the player changed; whether there is another level to draw at."""
        before, self._used = self._used, self._settings.values.quality
        if self._used == before:
            return False
        if self._used == "auto":
            forget(self._kept_in)
        self.now = quality_of(self._wanted, self._kept_in)
        self._gauge = self._new_gauge()
        return True


def forget(kept_in: Path) -> None:
    """Measure anew: the player asked for it."""
    try:
        (kept_in / "quality").unlink(missing_ok=True)
    except OSError as error:
        log.info("the measured quality stays: %s", error)


def keep(quality: Quality, folder: Path) -> None:
    """Remember a measured level for the next start; a read-only home is no error."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "quality").write_text(quality.name + "\n", encoding="utf-8")
    except OSError as error:
        log.info("the measured quality is not kept: %s", error)
