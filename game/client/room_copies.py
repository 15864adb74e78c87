"""Copies of the room as files: saved into the home's folder, taken in from there or from anywhere."""

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from game.client.hud_copies import CopiesPanel
from game.client.part import Frame, Part
from game.content.budget import weigh_picture
from game.content.pictures_store import PicturesStore
from game.content.room_copy import SUFFIX, RoomCopyError, read_copy, write_copy
from game.core import building as b
from game.core.budget import Weight
from game.core.commands import Admit, Command
from game.core.events import Built
from game.core.rooms import Room

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

log = logging.getLogger(__name__)

FOLDER = "copies"
MOST = 200


class RoomCopies(Part):
    """Owns the panel."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.folder = app.options.home / FOLDER
        self.files: tuple[Path, ...] = ()
        self.failed: tuple[str, str] = ("", "")  # a text key and plain words
        self.done: tuple[str, dict[str, object]] = ("", {})  # a text key and its values
        self._taken: Room | None = None
        hud.join(CopiesPanel(self))

    def look(self) -> None:
        """See what there is now."""
        self.failed, self.done, self._taken = ("", ""), ("", {}), None
        try:
            found = [entry for entry in os.scandir(self.folder) if entry.name.endswith(SUFFIX)]
            found.sort(key=lambda entry: (-entry.stat().st_mtime, entry.name))
        except OSError:
            found = []
        self.files = tuple(Path(entry.path) for entry in found[:MOST])

    def save(self) -> None:
        """Save the room as it is now."""
        room = self.app.world.home
        if room is None:
            return
        try:
            path = write_copy(self.folder, room)
        except OSError as error:
            log.warning("%s", error)
            self.failed = ("copy_not_kept", str(error))
            return
        self.look()
        self.done = ("copy_saved", {"file": str(path)})

    def take(self, path: Path) -> list[Command]:
        """Furnish the room as a copy is."""
        self.failed, self.done = ("", ""), ("", {})
        try:
            self._taken = read_copy(path.expanduser())
        except RoomCopyError as error:
            self.failed = (error.reason, str(error))
            return []
        return [Admit(weights=self._weights(self._taken)), b.Furnish(room=self._taken)]

    def _weights(self, room: Room) -> dict[str, Weight]:
        """What the pictures cost that the copy hangs and this home has."""
        store, known = PicturesStore(self.app.options.home), self.app.world.weights
        found: dict[str, Weight] = {}
        for name in sorted({item.picture for item in room.items if item.picture}):
            content = None if name in known else store.content(name)
            if content is not None:
                found[name] = weigh_picture(content)
        return found

    def draw(self, frame: Frame) -> None:
        for event in frame.happened:
            if isinstance(event, Built) and event.stroke == "Furnish" and self._taken is not None:
                left_out = len(self._taken.items) - len(event.room.items)
                self.done = ("copy_taken_but" if left_out else "copy_taken", {"n": left_out} if left_out else {})
                self._taken = None
