"""A HUD in any state of its panels, and what is written on it."""

from panda3d.core import NodePath

from game.client.hud import Hud
from game.client.settings import Settings, Values
from game.client.texts import load_texts
from game.core.world import World
from tests.client import panels
from tests.client.panels import PEOPLE, STATES, market_day

SIZE_PX = (1280, 720)
DONE = ("walk", "look")


def hud_for(
    world: World, language: str = "en", scale: float = 1.0, size_px: tuple[int, int] = SIZE_PX, **values: object
) -> Hud:
    more = {"hints_done": DONE, **values}
    settings = Settings(None, Values(language=language, ui_scale=scale, **more))  # type: ignore[arg-type]
    hud = Hud(world, load_texts(language, PEOPLE), settings, NodePath("ui"), size_px)
    panels.join_modes(hud)
    return hud


def shown(
    state: str, language: str = "en", scale: float = 1.0, size_px: tuple[int, int] = SIZE_PX, device: str = "keys",
    **values: object,
) -> Hud:  # fmt: skip
    world = market_day()
    hud = hud_for(world, language, scale, size_px, **values)
    hud.device, hud.view.device = device, device
    STATES[state](world, hud)
    for _ in range(3):
        hud.update(world, [], 0.2)
    return hud


def words(hud: Hud) -> str:
    return "\n".join(written.text for _, _, paper in hud.boxes() for written in paper.written)
