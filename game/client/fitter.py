"""Fits a draft to the wearer: rebuilt as it is worn beside the game at every change, shown, and kept when it rests."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future

from game.client.avatar_glb import Figure, figure_of
from game.client.fitting_room import FittingRoom, Hold, Marks
from game.client.handles import Point
from game.content.check_models import read_model
from game.content.diy.workbench import recipes
from game.content.fitting import Fit, within
from game.content.goods_model import Model, kept
from game.content.making import worn_by
from game.content.workshop import Draft, Workshop
from game.core.errors import GameError

log = logging.getLogger(__name__)

REST_SECS = 0.25  # a handle that is being dragged is not written at every frame

Built = tuple[Model, Draft, bytes | None, Figure | None]


class Fitter:
    """Fits one draft at a time. `kept` is told of every draft as it has come to be on disk."""

    def __init__(
        self, workshop: Workshop, pool: Executor, room: Callable[[], FittingRoom], on_kept: Callable[[Draft], None]
    ) -> None:
        self.workshop, self._pool, self._room, self._on_kept = workshop, pool, room, on_kept
        self.draft: Draft | None = None  # as it is on disk
        self.slot, self.fit = "", Fit()
        self.trouble = ""  # a text key
        self._model: Model | None = None
        self._building: Future[Built] | None = None
        self._keeping: Future[Draft] | None = None
        self._stale = False
        self._unkept: tuple[Draft, bytes | None] | None = None
        self._rest_secs = 0.0
        self._hold: Hold | None = None

    # --- for the panel ---------------------------------------------------------------------------------------------

    def begin(self, draft: Draft) -> None:
        """Fit a draft."""
        self.finish()
        self.draft, self.slot, self.fit = draft, draft.wear.slot if draft.wear is not None else "", draft.fit
        self.trouble, self._model, self._hold, self._stale = "", None, None, True
        self._room().put_on(None, None)
        self._room().enter(self.slot)

    def set(self, fit: Fit | None = None, slot: str | None = None) -> None:
        """Change how it is worn, or where; as far as that goes."""
        fit, slot = within(fit if fit is not None else self.fit), slot if slot is not None else self.slot
        if (fit, slot) == (self.fit, self.slot):
            return
        if slot != self.slot:
            self._room().enter(slot)
        self.fit, self.slot, self._stale = fit, slot, True

    @property
    def picture(self) -> FittingRoom:
        """Where it is seen."""
        return self._room()

    @property
    def key(self) -> object:
        """What its picture and its handles depend on, comparable with ==."""
        return self.slot, self.fit, self._room().changes, self.trouble, self._hold

    def marks(self) -> Marks | None:
        """Where the handles are in the picture."""
        return self._room().marks(self.fit)

    def drag(self, name: str, at: Point) -> None:
        """Take hold of a handle, or drag the one that is held."""
        if self._hold is None or self._hold.name != name:
            self._hold = self._room().hold(name, at, self.fit)
        elif at != self._hold.at:
            self.set(self._room().dragged(self._hold, at))

    def holds(self, name: str) -> bool:
        """Whether a handle is held."""
        return self._hold is not None and self._hold.name == name

    def let_go(self) -> None:
        """Let go of what is held."""
        self._hold = None
        self._room().step_back()

    # --- a frame ---------------------------------------------------------------------------------------------------

    def draw(self, dt_secs: float) -> None:
        """Show what has been built, build what has changed, keep what rests."""
        if self.draft is None:
            return
        try:
            self._go_on(dt_secs)
        except (GameError, OSError) as error:
            log.warning("%s: %s", self.draft.id, error)
            self.trouble = "workshop_not_kept"
        self._room().draw()

    def finish(self) -> None:
        """Keep at once what is not kept yet, and let go of the draft."""
        draft, self._hold = self.draft, None
        if draft is None:
            return
        try:
            self._settle()
        except (GameError, OSError) as error:
            log.warning("%s: %s", draft.id, error)
            self.trouble = "workshop_not_kept"
        self.draft, self._model, self._unkept, self._stale = None, None, None, False

    def _go_on(self, dt_secs: float) -> None:
        assert self.draft is not None
        building, keeping = self._building, self._keeping
        if building is not None and building.done():
            self._building = None
            self._show(building.result())
        if keeping is not None and keeping.done():
            self._keeping = None
            self._kept(keeping.result())
        if self._building is not None or self._keeping is not None:
            return
        if self._stale:
            self._stale, self._rest_secs = False, REST_SECS
            self._building = self._pool.submit(self._build, self.draft, self._model, self.slot, self.fit)
            return
        self._rest_secs -= dt_secs
        if self._unkept is not None and self._hold is None and self._rest_secs <= 0.0:
            unkept, self._unkept = self._unkept, None
            self._keeping = self._pool.submit(self.workshop.change_worn, *unkept)

    def _settle(self) -> None:
        building, self._building = self._building, None
        keeping, self._keeping = self._keeping, None
        if keeping is not None:
            self._kept(keeping.result())
        if building is not None:
            self._show(building.result())
        if self._stale and self.draft is not None:
            self._show(self._build(self.draft, self._model, self.slot, self.fit))
        if self._unkept is not None:
            self._kept(self.workshop.change_worn(*self._unkept))

    def _show(self, built: Built) -> None:
        self._model, draft, worn, figure = built
        if draft.id != (self.draft.id if self.draft is not None else ""):
            return
        self._unkept = (draft, worn) if draft != self.draft else None
        recipe = recipes().get(draft.recipe)
        made_worn = recipe is not None and draft.wear is not None and draft.wear == recipe.wear
        self._room().put_on(figure, draft.wear, made_worn=made_worn)
        if self._hold is None:
            self._room().step_back()

    def _kept(self, draft: Draft) -> None:
        self.draft = draft
        self._on_kept(draft)

    def _build(self, draft: Draft, model: Model | None, slot: str, fit: Fit) -> Built:
        """What is worn of a draft; works beside the game."""
        if model is None:
            content = self.workshop.model_path(draft.id).read_bytes()
            read_model(content)
            model = kept(content)
        changed, worn = worn_by(draft, model, slot, fit)
        return model, changed, worn, None if worn is None else figure_of(worn, draft.id)

