"""A part of the game, which joins the App: a mode with a panel and a camera of its own, or something that lives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.client.camera import Gaze
from game.core.commands import Command
from game.core.events import Event
from game.core.goods import Vec3

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame as it is drawn: what has happened in its steps, where the player's sole is, and how long it took."""

    happened: Sequence[Event]
    dt_secs: float
    sole_m: Vec3


class Part:
    """Joins by a line in parts.py. It is made after the first frame; whatever it leaves out does nothing.

    A panel of its own is given to `hud.join`; while that is open, it has the keys.
    """

    def __init__(self, app: "App", hud: "Hud") -> None:
        self.app, self.hud = app, hud

    @property
    def catches_mouse(self) -> bool:
        """Whether the mouse steers something in the world although a panel is open."""
        return False

    def prepare(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        """Take up what is held and pushed on the devices, before the world moves; returns what it wants of the world.

        Mouse movement is in heights of the window, right and up positive.
        """
        return []

    def aim(self, gaze: Gaze, dt_secs: float) -> Gaze:
        """The camera of this frame: the one given, or another in its place."""
        return gaze

    def draw(self, frame: Frame) -> None:
        """Bring its picture up to date, act on what has happened."""

    def drawn(self) -> None:
        """The picture is on the screen."""

    def load(self) -> Iterator[str]:
        """Make what the first frame did not need, a little at a time; asked for again in every place."""
        yield from ()

    def close(self) -> None:
        """Save and free what is its own."""
