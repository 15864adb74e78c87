"""A player for tests of keys and sticks: a world, its HUD, and hands."""

from panda3d.core import NodePath

from game.client.hud import Hud
from game.client.input import Input
from game.client.settings import Settings, Values
from game.client.texts import load_texts
from game.core.commands import Command
from game.core.ids import GoodId, StandId
from game.core.world import Hand, World
from tests.client.panels import PEOPLE, market_day

DT_SECS = 1 / 60
HAT, HAT_STAND = GoodId("straw_hat"), StandId("stand_straw_hat")


class Player:
    """A world, a HUD and hands on the keys."""

    def __init__(self, **values: object) -> None:
        self.world: World = market_day()
        settings = Settings(None, Values(**values))  # type: ignore[arg-type]
        self.axes: dict[str, float] = {}
        self.keys = Input(settings, self.axes)
        self.hud = Hud(self.world, load_texts("en", PEOPLE), settings, NodePath("ui"), (1280, 720))

    def frame(self, *, dx: float = 0.0, dy: float = 0.0, dt_secs: float = DT_SECS) -> list[Command]:
        return self.keys.commands(self.world, self.hud, dx, dy, dt_secs)

    def press(self, key: str) -> list[Command]:
        self.keys.handle(key, True)
        self.keys.handle(f"{key} up" if not key.endswith("mouse down") else key.replace("down", "up"), True)
        return self.frame()

    def hold_hat(self) -> None:
        self.world.hand = Hand(good=HAT, stand=HAT_STAND, since_tick=0)
