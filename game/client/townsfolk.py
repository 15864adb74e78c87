"""Who lives here: the shopkeepers, who look at the player and greet, and the cat."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from game.client.hud_panel import PASSING
from game.client.keepers import Keepers
from game.client.part import Frame, Part

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.cat import CatView
    from game.client.hud import Hud


class Townsfolk(Part):
    """Draws them, and lets their words be read."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.keepers = Keepers(app.options.assets)
        self.cat: CatView | None = None

    def load(self) -> Iterator[str]:
        yield from self.keepers.load(self.app.world)
        if self.cat is None:
            from game.client.cat import CatView

            self.cat = CatView()
            yield "cat"
        yield from self.cat.load(self.app.world)

    def draw(self, frame: Frame) -> None:
        world, here, view = self.app.world, self.app.street.here, self.hud.view
        listens = not self.hud.wants_mouse
        said = self.keepers.draw(world, here, frame.sole_m, frame.dt_secs, listens=listens, calm=self.app.calm)
        if said:
            who = view.texts.person(world.place.keeper)
            view.say(PASSING, view.t("says", who=who, line=view.t(said)))
        if self.cat is not None:
            self.cat.draw(world, here, frame.sole_m)

    def close(self) -> None:
        if self.cat is not None:
            self.cat.close()
        self.keepers.close()
