"""A bench that makes nothing, and every state in which the panels of the workshop can be seen."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from panda3d.core import Texture

from game.client.fitting_room import Marks
from game.client.hud import Hud
from game.client.hud_diy import DiyPanel
from game.client.hud_fit import FitPanel
from game.client.hud_make import ImportPanel, WorkshopPanel
from game.client.hud_terms import TermsPanel
from game.client.making import Told, recipe_of
from game.content.diy.recipe import WORDS, Value
from game.content.fitting import SEATS, Fit, within
from game.content.imports.notes import Note
from game.content.problems import Problem
from game.content.workshop import Asking, Draft
from game.core.commands import Command
from game.core.goods import Text
from game.core.world import World

Arrange = Callable[[World, Hud], None]

STOOL = Draft(
    id="d00000000000a", kind="chair", size_m=(0.42, 0.42, 0.46), source="oak stool (final) 2.glb",
    name=Text(en="An oak stool for two cats", zh="两只猫的橡木凳"),
    asking=Asking(price_coins="12.50", edition=24, royalty_bps=500, room_share_bps=1000),
)  # fmt: skip
MUG = Draft(id="d00000000000b", kind="cup", size_m=(0.09, 0.12, 0.1), recipe="mug", good="g1")


HAT = Draft(
    id="d00000000000c", kind="hat", size_m=(0.4, 0.4, 0.15), source="hat.glb", name=Text(en="Hat", zh="帽子"),
    wear=SEATS["head"].wear,
)  # fmt: skip
MARKS = Marks(middle=(0.02, 0.1), corner=(0.3, 0.25), knob=(0.15, 0.03), ring=((0.3, 0.1, True), (-0.3, 0.1, False)))


class Mirror:
    """Fits a bench's draft as far as its panel can tell."""

    def __init__(self, bench: "Bench") -> None:
        self.bench = bench
        self.picture = SimpleNamespace(texture=Texture("fitting room"), turn=lambda rad: None)
        self.trouble = ""

    @property
    def slot(self) -> str:
        return self.bench.slot

    @property
    def fit(self) -> Fit:
        return self.bench.fit

    @property
    def key(self) -> object:
        return self.slot, self.fit

    def marks(self) -> Marks | None:
        return MARKS if self.slot else None

    def set(self, fit: Fit | None = None, slot: str | None = None) -> None:
        self.bench.fit = within(fit if fit is not None else self.fit)
        self.bench.slot = slot if slot is not None else self.slot

    def drag(self, name: str, at: tuple[float, float]) -> None:
        self.bench.asked = f"drag {name}"

    def holds(self, name: str) -> bool:
        return False

    def let_go(self) -> None:
        self.bench.asked = "let go"

    def finish(self) -> None:
        pass


class Bench:
    """Answers the workshop's panels and keeps what they ask."""

    def __init__(self, *drafts: Draft) -> None:
        self.drafts, self.chosen = drafts, drafts[0] if drafts else None
        self.refused: Note | None = None
        self.made_draft: Draft | None = None
        self.trouble, self.turns, self.busy, self.signing = "", 0, False, False
        self.recipe, self.values = recipe_of("mug"), recipe_of("mug").usual()
        self.table = SimpleNamespace(texture=Texture("turntable"))
        self.workshop = SimpleNamespace(thumb_path=lambda _: None)
        self.asked = ""
        self.told: tuple[Told, ...] = ()
        self.takes_drops = True
        self.slot, self.fit, self.fitter = "head", Fit(), Mirror(self)

    @property
    def shaped(self) -> object:
        """Everything by which a good in the making is another."""
        return self.values, self.slot, self.fit

    def begin_fit(self) -> None:
        self.asked = "fit"

    def refresh(self) -> None:
        self.asked = "refresh"

    def pictures(self) -> tuple[Path, ...]:
        return ()

    def begin_recipe(self, recipe_id: str) -> None:
        self.recipe, self.values = recipe_of(recipe_id), recipe_of(recipe_id).usual()

    def shape(self, recipe: str, values: Mapping[str, Value]) -> None:
        self.asked = f"shape {recipe} {sorted(values.items())}"

    def forget_told(self) -> None:
        self.refused, self.made_draft, self.told, self.trouble = None, None, (), ""

    def take_in(self, path: Path, wanted: object) -> None:
        self.asked = f"take in {path.name} {wanted}"

    def keep(self, recipe: str, values: Mapping[str, Value], former: Draft | None) -> None:
        self.asked = f"keep {recipe}"

    def change(self, draft: Draft) -> None:
        self.chosen = draft

    def throw_away(self, draft: Draft) -> None:
        self.drafts = tuple(each for each in self.drafts if each.id != draft.id)

    def problems(self, draft: Draft) -> list[Problem]:
        return []

    def sign(self, draft: Draft) -> list[Command]:
        self.asked = f"sign {draft.id}"
        return []


DROPPED = (
    Told("oak stool.glb"), Told("海边的房子.png"), Told("older", Note("folder", {"file": "older"})),
    Told("gone.glb", Note("no_file", {"file": "gone.glb"})),
    Told("", Note("drop_not_local", {"file": "http://127.0.0.1/chair.glb"})), Told("", Note("drop_most", {"n": 20})),
)  # fmt: skip


def join_workbench(hud: Hud, *drafts: Draft) -> Bench:
    """Give the HUD the panels of the workshop, with a bench of their own."""
    bench = Bench(*drafts)
    hud.join(WorkshopPanel(bench), opened_by="workshop")  # type: ignore[arg-type]
    for panel in (ImportPanel(bench), DiyPanel(bench), TermsPanel(bench), FitPanel(bench)):  # type: ignore[arg-type]
        hud.join(panel)
    return bench


def _opened(name: str, *then: str, drafts: tuple[Draft, ...] = (STOOL, MUG), **more: object) -> Arrange:
    def arrange(world: World, hud: Hud) -> None:
        bench = join_workbench(hud, *drafts)
        panel = hud.panels["import"]
        assert isinstance(panel, ImportPanel)
        panel.folder = _folder()
        hud.open_panel(name)
        for key, value in more.items():
            setattr(bench, key, value)
        for action in then:
            hud.update(world, [], 0.02)
            hud.press(action)

    return arrange


WORDS_AT = [knob.kind for knob in recipe_of("mug").knobs].index(WORDS)
_tried = (TemporaryDirectory(prefix="workbench") for _ in count())
_kept = next(each for each in _tried if "_" not in each.name)  # the panel shows it, and nothing shown looks like an id


@cache
def _folder() -> Path:
    """A folder to choose from, the same in every run but for its place; it goes with the process."""
    folder = Path(_kept.name) / "things"
    (folder / "older").mkdir(parents=True)
    for name in ("oak stool (final) 2.glb", "海边的房子.png", "lamp.obj"):
        (folder / name).write_bytes(b"")
    return folder


WORKSHOP_STATES: dict[str, Arrange] = {
    "workshop": _opened("workshop", "go_down", "go_down"),
    "workshop_empty": _opened("workshop", drafts=()),
    "workshop_sure": _opened("workshop", "go_down", "go_down", "remove"),
    "import": _opened("import", "go_down"),
    "import_refused": _opened("import", refused=Note("glb_json", {"why": "byte 12 is no JSON"})),
    "import_done": _opened("import", made_draft=STOOL),
    "import_dropped": _opened("import", told=DROPPED),
    "diy": _opened("diy", "go_down"),
    "diy_words": _opened("diy", *["go_down"] * WORDS_AT),
    "terms": _opened("terms", "go_down", "go_down"),
    "terms_made": _opened("terms", "go_down", drafts=(MUG,)),
    "fit": _opened("fit", "go_down", "go_down", drafts=(HAT,)),
    "fit_nowhere": _opened("fit", drafts=(STOOL,), slot=""),
}
