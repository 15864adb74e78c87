"""Files dropped on the window are brought into the workshop, as if they had been chosen there."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.client.hud_make import ImportPanel
from game.client.making import Making
from game.client.part import Frame, Part
from game.content.imports.notes import Note

if TYPE_CHECKING:
    from game.client import win_drops, xdnd
    from game.client.app import App
    from game.client.hud import Hud


class Dropping(Part):
    """Listens where the window can be dropped on, and opens the panel that tells what has become of the files."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self._drops: xdnd.Drops | win_drops.Drops | None = None
        self._looked = False

    def draw(self, frame: Frame) -> None:
        if not self._looked:
            self._listen()
        for files in self._drops.poll() if self._drops is not None else ():
            self.take(files)

    def _listen(self) -> None:
        """Begin to listen, some milliseconds of the second frame."""
        self._looked = True
        if self.app.options.offscreen:
            return
        if sys.platform == "win32":
            from game.client.win_drops import Drops
        else:
            from game.client.xdnd import Drops
        self._drops = Drops.of(self.app.stage.win)
        self.app.part(Making).takes_drops = self._drops is not None

    def take(self, files: Sequence[Path | Note]) -> None:
        """Take in what was dropped, and open the panel that tells of it over whatever is open."""
        self.hud.open_over("import")
        panel = self.hud.panels["import"]
        assert isinstance(panel, ImportPanel)
        self.app.part(Making).bring(files, panel.wanted)

    def close(self) -> None:
        if self._drops is not None:
            self._drops.close()
