"""The panels about trees and plots as a part of the game: a tree's life, the player's own trees, a grower's offer."""

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from game.client.hud_life import LifePanel, Photo
from game.client.hud_plot import PlotPanel
from game.client.hud_trees import TreesPanel
from game.client.part import Frame, Part
from game.client.tree_words import graft_words, life_card
from game.content.disk import free_path, write_whole
from game.core import events
from game.core.orchard_ports import OrchardTold
from game.core.tree_life import LifeRow

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud
    from game.client.life_card import Card

log = logging.getLogger(__name__)


class Trees(Part):
    """Owns the panels, which are opened from the orchard's book, and makes cards of lives beside the game."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.life = LifePanel(self._photos, self._save)
        for panel in (self.life, TreesPanel(self.life), PlotPanel()):
            hud.join(panel)
        self._aside: ThreadPoolExecutor | None = None
        self._saving: Future[Path] | None = None

    def draw(self, frame: Frame) -> None:
        view = self.hud.view
        for event in frame.happened:
            if isinstance(event, events.GraftTold):
                view.say("good" if event.taken else "notice", graft_words(view, event.tree))
        if self._saving is not None and self._saving.done():
            self._saved(self._saving)
            self._saving = None
        if view.open_panel != self.life.name:
            return
        heard = (event.told for event in frame.happened if isinstance(event, events.OrchardHeard))
        facts = (fact for told in heard if isinstance(told, OrchardTold) for fact in told.trees)
        if any(fact.tree == self.life.tree for fact in facts):
            self.life.ask(view)  # there is a line more

    def _photos(self, tree: int) -> Sequence[Photo]:
        from game.client.tree_photos import photos_of  # orchards need NumPy, and the first frame does not

        return photos_of(self.app.options.home / "photos", tree)

    def _save(self, tree: int, rows: Sequence[LifeRow], photos: Sequence[Photo]) -> None:
        if self._saving is not None:
            return
        card = life_card(self.hud.view, tree, rows, len(photos))
        self._aside = self._aside or ThreadPoolExecutor(max_workers=1, thread_name_prefix="card")
        photo = photos[0].path if photos else None
        self._saving = self._aside.submit(write_card, self.app.options.home / "exports", card, photo)

    def _saved(self, job: Future[Path]) -> None:
        view = self.hud.view
        try:
            self.life.saved = str(job.result())
        except OSError as error:
            log.warning("a card can't be saved: %s", error)
            view.say("bad", view.t("life_not_saved"))
        else:
            view.say("good", view.t("life_saved_short"))

    def close(self) -> None:
        if self._aside is not None:
            self._aside.shutdown()


def write_card(folder: Path, card: "Card", photo: Path | None) -> Path:
    """Write a card into a folder under the tree's name; where. Raises OSError."""
    from game.client.life_card import card_png

    path = free_path(folder, f"{card.heading} {card.under}", ".png")
    write_whole(path, card_png(card, photo))
    return path
