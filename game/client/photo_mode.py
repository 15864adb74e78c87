"""Photo mode: while its bar is open a free camera flies, and the picture that is asked for is written."""

from dataclasses import replace
from typing import TYPE_CHECKING

from game.client.camera import Gaze
from game.client.hud_photo import PhotoPanel
from game.client.part import Part
from game.client.photo import Flight, field_for, take
from game.core.commands import Command

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud


class PhotoMode(Part):
    """Owns the bar and its camera; the pictures lie in the home's `photos` folder."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.panel = PhotoPanel()
        self._flight = Flight()
        hud.join(self.panel, opened_by="photo")

    @property
    def catches_mouse(self) -> bool:
        return self.hud.view.open_panel == self.panel.name

    def prepare(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        if self.catches_mouse:
            self._flight = self.app.input.flight(mouse_dx, mouse_dy, dt_secs)
        return []

    def aim(self, gaze: Gaze, dt_secs: float) -> Gaze:
        if not self.catches_mouse:
            return gaze
        camera = self.panel.camera
        flight, self._flight = self._flight, Flight()
        flown = camera.fly(gaze, flight, dt_secs, self.app.world)
        return replace(flown, fov_deg=field_for(camera.frame, camera.angle_deg, self.app.stage.aspect))

    def drawn(self) -> None:
        """Write the picture that was asked for, and say where it is and what it shows."""
        panel, app, view = self.panel, self.app, self.hud.view
        if not panel.wants_picture:
            return
        panel.wants_picture = False
        hidden = self.hud.root.is_hidden()
        self.hud.hide()
        try:
            folder = app.options.home / "photos"
            path, goods = take(app.stage, app.street.here, app.world, panel.camera.frame, folder)
            panel.path, panel.tags = str(path), tuple(view.name(good) for good in goods)
        except OSError as error:
            self.hud.say("bad", view.t("photo_failed", why=str(error)))
        finally:
            if not hidden:
                self.hud.show()
