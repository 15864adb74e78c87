"""Files dropped on the window are brought into the workshop, as if they had been chosen there."""

from typing import TYPE_CHECKING

from game.client.hud_make import ImportPanel
from game.client.making import Making
from game.client.part import Frame, Part
from game.content.dropped import files_of

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud
    from game.client.xdnd import Drops


class Dropping(Part):
    """Listens where the window can be dropped on, and opens the panel that tells what has become of the files."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self._drops: Drops | None = None
        self._looked = False

    def draw(self, frame: Frame) -> None:
        if not self._looked:
            self._listen()
        for uri_list in self._drops.poll() if self._drops is not None else ():
            self.take(uri_list)

    def _listen(self) -> None:
        """Begin to listen, some milliseconds of the second frame."""
        self._looked = True
        if self.app.options.offscreen:
            return
        from game.client.xdnd import Drops

        self._drops = Drops.of(self.app.stage.win)
        self.app.part(Making).takes_drops = self._drops is not None

    def take(self, uri_list: bytes) -> None:
        """Take in what was dropped, and open the panel that tells of it over whatever is open."""
        self.hud.open_over("import")
        panel = self.hud.panels["import"]
        assert isinstance(panel, ImportPanel)
        self.app.part(Making).bring(files_of(uri_list), panel.wanted)

    def close(self) -> None:
        if self._drops is not None:
            self._drops.close()
