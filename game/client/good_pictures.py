"""The pictures of goods on the panels, taken one a frame as they are asked for."""

from typing import TYPE_CHECKING

from game.client.part import Frame, Part
from game.client.portraits import Portraits, of_goods

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud


class GoodPictures(Part):
    """Gives the panels their pictures."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self._portraits = Portraits(app.stage.win, of_goods(app.models))
        hud.view.portrait, hud.view.soon = self._portraits.of, self._portraits.soon

    def draw(self, frame: Frame) -> None:
        """Take a picture that is waited for."""
        if self._portraits.work():
            self.hud.view.pictures += 1

    def close(self) -> None:
        self._portraits.close()
