"""The panels about trees and plots as a part of the game: a tree's life, the player's own trees, a grower's offer."""

from typing import TYPE_CHECKING

from game.client.hud_life import LifePanel
from game.client.hud_plot import PlotPanel
from game.client.hud_trees import TreesPanel
from game.client.part import Frame, Part
from game.core import events
from game.core.orchard_ports import OrchardTold

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud


class Trees(Part):
    """Owns the panels; they are opened from the orchard's book."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.life = LifePanel()
        for panel in (self.life, TreesPanel(self.life), PlotPanel()):
            hud.join(panel)

    def draw(self, frame: Frame) -> None:
        view = self.hud.view
        if view.open_panel != self.life.name:
            return
        heard = (event.told for event in frame.happened if isinstance(event, events.OrchardHeard))
        facts = (fact for told in heard if isinstance(told, OrchardTold) for fact in told.trees)
        if any(fact.tree == self.life.tree for fact in facts):
            self.life.ask(view)  # there is a line more
