"""The workshop as a part of the game: importing and shaping beside the game, drafts on disk, a draft that turns."""

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.client.fitter import Fitter
from game.client.hud_diy import DiyPanel
from game.client.hud_fit import FitPanel
from game.client.hud_make import ImportPanel, WorkshopPanel
from game.client.hud_terms import TermsPanel
from game.client.part import Frame, Part
from game.client.turntable import Turntable
from game.content.diy.recipe import Made, Recipe, Value
from game.content.diy.workbench import made
from game.content.goods_model import Model
from game.content.imports.importer import PICTURES, Wanted
from game.content.imports.notes import ImportRefusedError, Note, told
from game.content.making import make_of_file, make_of_recipe, picture_of, recipe_of
from game.content.problems import ContentError, Problem
from game.content.workshop import Draft, Workshop, draft_problems
from game.core import events
from game.core.commands import Admit, Command
from game.core.errors import GameError
from game.core.ids import GoodId, MakerId
from game.core.room_ports import SignOffer

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.fitting_room import FittingRoom
    from game.client.hud import Hud

log = logging.getLogger(__name__)

PANELS = ("workshop", "import", "diy", "terms", "fit")
PICTURES_MOST = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What has become of a file: its name, and why it was refused; None: it is a draft."""

    name: str
    note: Note | None = None


class Making(Part):
    """Owns the panels of the workshop, and one worker that imports and shapes."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.workshop = Workshop(app.options.home)
        self.drafts: tuple[Draft, ...] = ()
        self.refused: Note | None = None
        self.trouble = ""  # a text key
        self.turns = 0  # how often another model was put on the table
        self.chosen: Draft | None = None  # whose words and terms are written
        self.recipe: Recipe = recipe_of("mug")
        self.values: dict[str, Value] = self.recipe.usual()
        self.made_draft: Draft | None = None  # what the last import or recipe has become
        self._table: Turntable | None = None
        self._pool = ThreadPoolExecutor(1, "workshop")
        self._room: FittingRoom | None = None
        self.fitter = Fitter(self.workshop, self._pool, self._fitting_room, self._fitted)
        self._job: Future[Any] | None = None
        self._then: Callable[[Any], None] = lambda _: None
        self._next: tuple[str, Mapping[str, Value], str] | None = None
        self.told: tuple[Told, ...] = ()  # of the files that were brought last
        self.takes_drops = False  # whether files can be dropped on the window
        self._files: deque[Path | Note] = deque()  # that wait to be read
        self._wanted = Wanted()
        self._file = ""  # the name of the one that is read
        hud.join(WorkshopPanel(self), opened_by="workshop")
        for panel in (ImportPanel(self), DiyPanel(self), TermsPanel(self), FitPanel(self)):
            hud.join(panel)

    # --- for the panels --------------------------------------------------------------------------------------------

    @property
    def table(self) -> Turntable:
        """The table on which a good turns; made when it is first looked at."""
        if self._table is None:
            self._table = Turntable(self.app.stage.win)
        return self._table

    @property
    def busy(self) -> bool:
        """Whether a file is being read or a draft is being kept."""
        return self._job is not None or bool(self._files)

    @property
    def maker(self) -> MakerId:
        """The player's account, "" before the market tells it."""
        return MakerId(self.app.world.purse.account)

    @property
    def signing(self) -> bool:
        """Whether an offer is being signed."""
        return self.app.world.trade.waits_for(SignOffer)

    def refresh(self) -> None:
        """Look at the drafts anew."""
        self.drafts = tuple(self.workshop.all())

    def pictures(self) -> tuple[Path, ...]:
        """Pictures that can be printed: what lies in the home's `pictures` folder."""
        try:
            found = sorted((self.app.options.home / "pictures").iterdir())
        except OSError:
            return ()
        return tuple(path for path in found if path.suffix.lower() in PICTURES)[:PICTURES_MOST]

    def begin_recipe(self, recipe_id: str) -> None:
        """Begin a good to be made by its knobs."""
        self.recipe = recipe_of(recipe_id)
        self.values = self.recipe.usual()

    def shape(self, recipe: str, values: Mapping[str, Value]) -> None:
        """Show a good by its knobs as soon as it is shaped; what was asked for meanwhile comes next."""
        self._next = (recipe, dict(values), str(values.get("picture", "")))

    def take_in(self, path: Path, wanted: Wanted) -> None:
        """Import a file into the workshop."""
        self.bring((path,), wanted)

    def bring(self, files: Sequence[Path | Note], wanted: Wanted) -> None:
        """Import files one after another; a sentence stands in the place of what is no file."""
        self.refused, self.made_draft, self.told, self.trouble = None, None, (), ""
        self._files, self._wanted = deque(files), wanted

    def forget_told(self) -> None:
        """What was said of the last files is read; those that still wait are taken in all the same."""
        self.refused, self.made_draft, self.told, self.trouble = None, None, (), ""

    def keep(self, recipe: str, values: Mapping[str, Value], former: Draft | None) -> None:
        """Keep what was made by its knobs as a draft."""
        self.refused, self.made_draft, self._file = None, None, ""
        picture = str(values.get("picture", ""))
        self._begin(
            lambda: make_of_recipe(self.workshop, recipe, values, self._pixels(picture), former=former), self._kept
        )

    def change(self, draft: Draft) -> None:
        """Keep a draft's words and terms."""
        try:
            self.workshop.change(draft)
        except (GameError, OSError) as error:
            log.warning("%s", error)
            self.trouble = "workshop_not_kept"
        self.refresh()

    def begin_fit(self) -> None:
        """Fit the chosen draft to the player's person; of one that is signed, a new one like it."""
        assert self.chosen is not None
        if self.chosen.good:
            try:
                self.chosen = self.workshop.copy(self.chosen)
            except (GameError, OSError) as error:
                log.warning("%s", error)
                self.trouble = "workshop_not_kept"
                return
            self.refresh()
        self._fitting_room().set_looks(self.app.world.looks)
        self.fitter.begin(self.chosen)

    def throw_away(self, draft: Draft) -> None:
        """Remove a draft for good."""
        try:
            self.workshop.remove(draft.id)
        except OSError as error:
            log.warning("%s", error)
            self.trouble = "workshop_not_kept"
        self.refresh()

    def problems(self, draft: Draft) -> list[Problem]:
        """What keeps a draft from being signed."""
        return draft_problems(draft, self.maker, datetime.now(UTC))

    def sign(self, draft: Draft) -> list[Command]:
        """Make the good of a draft and ask for its offer to be signed."""
        store = self.app.files.store
        self.trouble = ""
        if store is None or not self.maker:
            self.trouble = "workshop_no_market"
            return []
        try:
            good, wish = self.workshop.finish(draft, self.maker, store, datetime.now(UTC))
        except ContentError:
            self.trouble = "workshop_look_again"
            return []
        except (GameError, OSError) as error:
            log.warning("%s", error)
            self.trouble = "workshop_not_kept"
            return []
        self.refresh()
        self.chosen = self.workshop.get(draft.id) or draft
        return [Admit(goods=(good,)), wish]

    # --- a frame ---------------------------------------------------------------------------------------------------

    def draw(self, frame: Frame) -> None:
        open_now = self.hud.view.open_panel in PANELS
        for event in frame.happened:
            if isinstance(event, events.OfferReady):
                self._keep_offer(event)
        job = self._job
        if job is not None and job.done():
            self._job = None
            self._end(job)
        if self._job is None and self._files:
            self._read_next()
        if self._job is None and self._next is not None:
            (recipe, values, picture), self._next = self._next, None
            self._begin(lambda: made(recipe, values, self._pixels(picture)), self._show)
        if self.hud.view.open_panel != "fit":
            self.fitter.finish()
        self.fitter.draw(frame.dt_secs)
        if self._table is not None:
            if not open_now:
                self._table.show(None)
            self._table.draw(frame.dt_secs, calm=self.app.calm)

    def close(self) -> None:
        self.fitter.finish()
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._table is not None:
            self._table.close()
        if self._room is not None:
            self._room.close()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _begin(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        if self._job is None:
            self._job, self._then = self._pool.submit(work), then

    def _end(self, job: "Future[Any]") -> None:
        try:
            self._then(job.result())
        except ImportRefusedError as refusal:
            self._refuse(refusal.note)
        except (GameError, OSError) as error:
            log.warning("%s", error)
            self.trouble = "workshop_not_kept"

    def _kept(self, draft: Draft) -> None:
        self.made_draft = draft
        if self._file:
            self.told = (*self.told, Told(self._file))
        self.refresh()

    def _read_next(self) -> None:
        """Begin to read the first of the files that wait."""
        first, self._file = self._files.popleft(), ""
        if isinstance(first, Note):
            self._refuse(first)
            return
        self._file = told(first.name)
        self._begin(lambda: make_of_file(self.workshop, first, wanted=self._wanted), self._kept)

    def _refuse(self, note: Note) -> None:
        self.refused = note
        self.told = (*self.told, Told(self._file, note))

    def _fitting_room(self) -> "FittingRoom":
        if self._room is None:
            from game.client.fitting_room import FittingRoom

            self._room = FittingRoom(self.app.stage.win, self.app.world.looks, self.app.options.assets / "models")
        return self._room

    def _fitted(self, draft: Draft) -> None:
        if self.chosen is not None and self.chosen.id == draft.id:
            self.chosen = draft
        self.refresh()

    def _show(self, done: Made) -> None:
        self.put_on_table(done.model)

    def put_on_table(self, model: Model | None) -> None:
        """Turn a model on the table."""
        self.table.show(model)
        self.turns += 1

    def _pixels(self, name: str) -> Any:
        path = self.app.options.home / "pictures" / Path(name).name
        return picture_of(path) if name else None

    def _keep_offer(self, event: events.OfferReady) -> None:
        """A signed offer of a good that is at home here goes where rooms take it from."""
        store, good = self.app.files.store, GoodId(event.signed.good_id)
        if store is None or store.get(good) is None:
            return
        try:
            store.set_offers(good, (event.signed.signed,))
        except (GameError, OSError) as error:
            log.warning("the offer of %s is not kept: %s", good, error)
            self.trouble = "workshop_not_kept"
