"""The sounds as a part of the game; where they fail, captions tell instead."""

import logging
from typing import TYPE_CHECKING

from game.client.audio import Audio
from game.client.part import Frame, Part

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

log = logging.getLogger(__name__)


class Sound(Part):
    """Plays what happened and what lingers. Offscreen nobody hears it."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.audio: Audio | None = Audio(None if app.options.offscreen else app.stage.base, app.settings)

    def draw(self, frame: Frame) -> None:
        """Play what happened; sounds that fail are silent from then on."""
        if self.audio is None:
            return
        try:
            self.audio.play(frame.happened, self.app.world)
            self.audio.linger(self.app.world, frame.dt_secs)
        except Exception:
            log.exception("the sounds failed; the game goes on without them")
            self.audio = None

    def close(self) -> None:
        if self.audio is not None:
            self.audio.close()
