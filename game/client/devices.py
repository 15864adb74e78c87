"""The window's keys and mouse: keys by Ursina's dispatch, the mouse by its raw relative movement while it is caught."""

import sys
from typing import Any

from panda3d.core import WindowProperties

from game.client.input import Input
from game.client.pads import Pads, plugged_in, take_over
from game.client.stage import Stage

# An X server has no relative mode without an extension that few still have; there the pointer is brought back instead.
CAUGHT = WindowProperties.M_confined if sys.platform.startswith("linux") else WindowProperties.M_relative
MOST_JUMP = 0.5  # of the window's height in one frame; more is the pointer being moved, not a hand


class Devices:
    """Feeds `Input`, once it listens. Offscreen there is no mouse; keys may still be pressed through `base.input`."""

    def __init__(self, stage: Stage, keys: Input) -> None:
        self.stage, self.keys = stage, keys
        self.caught = False
        self._at: tuple[float, float] | None = None
        self._listener: Any = None
        self._typing: Any = None
        self.pads = Pads(keys, plugged_in)

    def listen(self) -> None:
        """Take keys, letters and pads from now on; this is what makes Ursina."""
        base = self.stage.base
        from direct.showbase.DirectObject import DirectObject
        from ursina import Entity, mouse

        mouse.traverse_target = None  # Ursina would cast a ray through the world each frame
        mouse.enabled = False
        self._listener = Entity(eternal=True, ignore_paused=True, name="keys")
        self._listener.input = lambda key: self.keys.handle(key, True)
        self._typing = DirectObject()
        for thrower in base.buttonThrowers or ():  # none offscreen
            thrower.node().set_candidate_event("candidate")  # what an input method is composing
        self._typing.accept("keystroke", self.keys.type)
        self._typing.accept("candidate", lambda text, *_highlight: self.keys.compose(text))
        take_over(base)

    @property
    def focused(self) -> bool:
        """Whether keys reach this window."""
        return self.stage.offscreen or self.stage.win.get_properties().get_foreground()

    def catch(self, wanted: bool) -> None:
        """Hide and hold the mouse while the player looks round; let it go when a panel is open or focus is lost."""
        wanted = wanted and self.focused
        if not self.focused:
            self.keys.release_all()
        if wanted == self.caught or self.stage.offscreen:
            return
        self.caught, self._at = wanted, None
        properties = WindowProperties()
        properties.set_cursor_hidden(wanted)
        properties.set_mouse_mode(CAUGHT if wanted else WindowProperties.M_absolute)
        self.stage.win.request_properties(properties)

    def moved(self) -> tuple[float, float]:
        """How far the mouse went since the last frame, in heights of the window, right and up positive."""
        if not self.caught:
            return 0.0, 0.0
        pointer = self.stage.win.get_pointer(0)
        at, before = (pointer.get_x(), pointer.get_y()), self._at
        self._at = at
        width, height = self.stage.size
        relative = self.stage.win.get_properties().get_mouse_mode() == WindowProperties.M_relative
        if not relative and self.stage.win.move_pointer(0, width // 2, height // 2):
            self._at = (width // 2, height // 2)
        if before is None:
            return 0.0, 0.0
        dx, dy = (at[0] - before[0]) / height, (before[1] - at[1]) / height
        return (dx, dy) if abs(dx) < MOST_JUMP and abs(dy) < MOST_JUMP else (0.0, 0.0)

    def pointer(self) -> tuple[float, float] | None:
        """Where the pointer is while it is free, in the units of `camera.ui`: height 1, the middle is (0, 0)."""
        if self.caught or self.stage.offscreen or not self.stage.base.mouseWatcherNode.has_mouse():
            return None
        at = self.stage.base.mouseWatcherNode.get_mouse()
        return at.x * self.stage.aspect / 2, at.y / 2

    def close(self) -> None:
        """Stop listening."""
        if self._listener is None:
            return
        from ursina import destroy

        self.catch(False)
        self._typing.ignore_all()
        destroy(self._listener)
