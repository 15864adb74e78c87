"""The player's looks as a part of the game: worn again at the start, seen from the front while edited, saved."""

from typing import TYPE_CHECKING

from game.client.avatar_files import AvatarFiles
from game.client.hud_looks import LooksPanel
from game.client.part import Frame, Part
from game.core import events
from game.core.commands import Command, SetLooks

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud


class LooksMode(Part):
    """Owns the editor and the files that it reads and writes."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.files = AvatarFiles(app.options.home)
        self.panel = LooksPanel(self.files)
        hud.join(self.panel, opened_by="looks")
        self._saved = self.files.load()

    def prepare(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        camera, panel = self.app.camera, self.panel
        if self.hud.view.open_panel == panel.name:
            turned_rad = panel.turned_rad(self.hud.view)
            camera.portray(panel.zone, self.app.stage.aspect, -self.hud.covered_part, turned_rad)
        else:
            camera.look_away()
        saved, self._saved = self._saved, None
        return [SetLooks(looks=saved)] if saved is not None else []

    def draw(self, frame: Frame) -> None:
        """Save looks that have changed, and say it when that is not possible."""
        for event in frame.happened:
            if isinstance(event, events.LooksChanged):
                self.files.keep(event.looks)
        self.files.pass_time(frame.dt_secs)
        if self.files.notice:
            self.hud.say("notice", self.hud.view.t(self.files.notice))
            self.files.notice = ""

    def close(self) -> None:
        self.files.save()
