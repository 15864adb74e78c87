"""Whatever can be pressed on any panel can be brought about with the keyboard alone, and with a gamepad alone."""

from collections import deque
from dataclasses import dataclass

import pytest
from panda3d.core import NodePath

from game.client.hud import Hud
from game.client.hud_field import Field
from game.client.hud_layout import Shown
from game.client.hud_paper import Paper
from game.client.hud_pictures import PictureRow
from game.client.hud_rows import GoodRows
from game.client.input import Input
from game.client.settings import KEYS, PANEL_ACTIONS, Settings, Values
from game.client.texts import load_texts
from game.core.world import World
from tests.client.panels import PEOPLE, STATES, join_modes, market_day
from tests.client.trays import TRAY_STATES
from tests.client.workbench import Bench

SIZE_PX = (1280, 720)
PLAIN = (int, float, str, tuple, frozenset, type(None))
USED = (*PANEL_ACTIONS, "checkout")


def keys_of(device: str, state: str = "") -> list[str]:
    """One key of the device for each action that panels know, and in build mode for its own."""
    found = []
    for action in (*USED, *(("build_undo", "build_redo", "build_snap") if state in TRAY_STATES else ())):
        on_it = [key for key in KEYS[action] if key.startswith("gamepad") == (device == "pad")
                 and "mouse" not in key and "scroll" not in key]  # fmt: skip
        found += on_it[:1]
    return list(dict.fromkeys(found))


FINDING = "what was found"
LIGHTS = {"room_warmth": "[SetRoom(name=None, mood=None, warmth_k=", "warmth": "[SetLight(ids=(), warmth_k=",
          "glow": "[SetLight(ids=(), warmth_k=None, glow="}  # fmt: skip
PARTS = (GoodRows, Field, PictureRow)


def remembered(piece: object) -> dict[str, object]:
    """The plain values and lists of a piece, and those of its parts."""
    out: dict[str, object] = {}
    for key, value in piece.__dict__.items():
        if isinstance(value, PLAIN):
            out[key] = value
        elif isinstance(value, list):
            out[key] = list(value)
        elif isinstance(value, PARTS):
            out[key] = remembered(value)
    return out


def remember(piece: object, state: dict[str, object]) -> None:
    """Put back what `remembered` gave."""
    for key, value in state.items():
        now = piece.__dict__[key]
        if isinstance(value, dict):
            if now is None:  # a line that was closed meanwhile
                now = piece.__dict__[key] = Field()
            remember(now, value)
        else:
            piece.__dict__[key] = list(value) if isinstance(value, list) else value


@dataclass
class Effect:
    """What a press brought about, but for where the focus is."""

    commands: str
    panel: str
    pieces: dict[str, dict[str, object]]
    changed: frozenset[str]
    wishes: tuple[str, ...]
    leaving: bool
    letters: tuple[object, ...]  # on the screen, and which
    shaped: bool  # whether a good in the making is another than before

    def like(self, other: "Effect", *, slides: bool) -> bool:
        """Whether it is the same; a slider's value, or a look, may be another, as long as the same one moved."""
        if "SetLooks(" in self.commands:
            mine, others = (each.pieces.get("looks", {}) for each in (self, other))
            same_row = (mine.get("page"), mine.get("at")) == (others.get("page"), others.get("at"))
            return "SetLooks(" in other.commands and same_row
        if slides:
            return bool(other.changed) and self.changed == other.changed
        return self == other


class Desk:
    """A player before an open panel, who can be put back to where they were."""

    def __init__(self, state: str, device: str) -> None:
        self.world: World = market_day()
        self.settings = Settings(None, Values(hints_done=("walk", "look")))
        self.keys = Input(self.settings)
        self.hud = Hud(self.world, load_texts("en", PEOPLE), self.settings, NodePath("ui"), SIZE_PX)
        join_modes(self.hud)
        self.keys.device = device
        STATES[state](self.world, self.hud)
        self.hud.take_wishes()
        self.look()

    def look(self, pointer: tuple[float, float] | None = None) -> None:
        self.hud.update(self.world, [], 0.3, pointer)

    @property
    def bench(self) -> Bench:
        """Where goods are made; what is on it is no part of the panels."""
        bench = self.hud.panels["diy"].__dict__["bench"]
        assert isinstance(bench, Bench)
        return bench

    def snapshot(self) -> tuple[object, ...]:
        hud = self.hud
        on_bench = dict(self.bench.__dict__)
        return (hud.view.open_panel, hud.pointing.focus, self.pieces(), self.settings.values, tuple(hud.behind),
                on_bench, (self.letters, hud.letters.pointing.focus, hud.letters.column))  # fmt: skip

    @property
    def letters(self) -> tuple[object, ...]:
        """Which letters are on the screen, if any."""
        letters = self.hud.letters
        return (letters.page, letters.capitals) if letters.open else ()

    def pieces(self) -> dict[str, dict[str, object]]:
        """What every panel remembers, as far as it is plain, and what was found."""
        found = {name: remembered(piece) for name, piece in self.hud.panels.items()}
        return {**found, FINDING: remembered(self.hud.view.finding)}

    def restore(self, kept: tuple[object, ...]) -> None:
        if self.hud.panel is not None:  # a slider that was clicked is held until it is let go
            self.hud.pointing.let_go(self.hud.panel, self.hud.view)
            self.hud.take_commands()
        if self.snapshot() == kept and not self.hud.view.wishes and not self.hud.leaving:
            return
        name, focus, pieces, values, behind, on_bench, (which, key, column) = kept  # type: ignore[misc]
        self.bench.__dict__.update(on_bench)  # type: ignore[call-overload]
        self.settings.values = values  # type: ignore[assignment]
        self.keys.release_all()
        if self.hud.view.open_panel != name:
            self.hud.open_panel(str(name))
        for piece_name, state in pieces.items():  # type: ignore[attr-defined]
            piece = self.hud.view.finding if piece_name == FINDING else self.hud.panels[piece_name]
            remember(piece, state)
        self.hud.pointing.focus = focus  # type: ignore[assignment]
        self.hud.behind, self.hud.leaving = list(behind), False  # type: ignore[call-overload]
        self.hud.take_wishes()
        letters = self.hud.letters
        letters.end(self.hud.view)
        if which:
            assert self.hud.panel is not None
            letters.begin(self.hud.panel.piece, self.hud.view)
            letters.page, letters.capitals = which
            letters.pointing.focus, letters.column = key, column
        self.look()

    def press(self, key: str, before: Values) -> Effect:
        before_panel, shaped = self.hud.view.open_panel, self.bench.shaped
        self.keys.handle(key, True)
        self.keys.handle(key, False)
        commands = self.keys.commands(self.world, self.hud, 0.0, 0.0, 1 / 60)
        self.look()
        now = self.settings.values
        changed = frozenset(f for f in now.__struct_fields__ if getattr(now, f) != getattr(before, f))
        panel = self.hud.view.open_panel
        stays = panel == before_panel  # another one opens as the device in use wants it
        pieces, letters = (self.pieces(), self.letters) if stays else ({}, ())
        return Effect(repr(commands), panel, pieces, changed,
                      tuple(self.hud.take_wishes()), self.hud.leaving, letters,
                      self.bench.shaped != shaped)  # fmt: skip

    @property
    def swept(self) -> Shown:
        """What is looked for what is out of reach: the letters, and without them the panel."""
        shown = self.hud.letters.shown if self.hud.letters.open else self.hud.panel
        assert shown is not None
        return shown

    def pointer_at(self, number: int) -> tuple[float, float]:
        shown = self.swept
        assert shown.paper is not None
        box, scale = shown.paper.spots[number].box, shown.paper.scale
        x_px, y_px = shown.left + (box.x + box.wide / 2) * scale, shown.top + (box.y + box.high / 2) * scale
        return (x_px - SIZE_PX[0] / 2) / SIZE_PX[1], 0.5 - y_px / SIZE_PX[1]


def slid_looks(spot: str, effect: Effect) -> bool:
    """Whether a slider of the looks was moved, which asks for them and changes no setting."""
    row = int(spot.rpartition(":")[2])
    return "SetLooks(" in effect.commands and effect.pieces["looks"]["at"] == row


def slid_knob(spot: str, effect: Effect) -> bool:
    """Whether the same knob of a good in the making was turned, no matter how far."""
    row = int(spot.rpartition(":")[2])
    return effect.shaped and effect.pieces.get(effect.panel, {}).get("at") == row


def slid(spot: str, effect: Effect) -> bool:
    """Whether what a slider stands for was moved by another way than a drag, no matter how far."""
    action = spot.partition(" ")[2]
    if action in LIGHTS:
        said = effect.commands.removeprefix(LIGHTS[action])
        return said != effect.commands and said[0].isdigit()
    return slid_looks(spot, effect) or slid_knob(spot, effect)


def filters(desk: Desk) -> list[object]:
    """The filters of the search."""
    search = desk.hud.panels["search"]
    return [getattr(search, name) for name in ("kind", "colour", "place", "price")]


def unreached(state: str, device: str, keys: list[str]) -> list[str]:
    """The spots of a panel whose effect no sequence of the keys brings about."""
    desk = Desk(state, device)
    if desk.hud.panel is None:
        return []
    start, opened, asked = desk.snapshot(), desk.hud.view.open_panel, filters(desk)
    values = desk.settings.values
    wanted: dict[str, tuple[Effect, bool]] = {}
    assert desk.swept.paper is not None
    for number, spot in enumerate(list(desk.swept.paper.spots)):
        desk.restore(start)
        desk.look(desk.pointer_at(number))
        wanted[f"{number} {spot.action}"] = (desk.press("left mouse down", values), spot.slides)
    desk.hud.pointing.at_px = desk.hud.letters.pointing.at_px = None
    queue, seen = deque([start]), {repr((start[:3], start[4], start[6]))}
    letters = start[6][0]  # type: ignore[index]
    while queue and wanted:
        here = queue.popleft()
        for key in keys:
            if not wanted:
                break
            desk.restore(here)
            effect = desk.press(key, values)
            wanted = {name: (goal, slides) for name, (goal, slides) in wanted.items()
                      if not goal.like(effect, slides=slides)
                      and not (slides and slid(name, effect))}  # fmt: skip
            idle = effect.commands == "[]" and not effect.changed and not effect.wishes and not effect.leaving
            idle = idle and not effect.shaped
            idle = idle and not desk.hud.wants_key  # the next key would be taken as the new one of an action
            idle = idle and filters(desk) == asked  # the spots are there with every filter, and filters are many
            there = desk.snapshot()
            idle = idle and effect.letters == letters  # other letters have a state of their own
            idle = idle and not (letters and there[2] != start[2])  # and what was typed leads nowhere else
            mark = repr((there[:3], there[4], there[6]))
            if idle and effect.panel == opened and mark not in seen:
                assert len(seen) < 400, "a panel has fewer states than that"
                seen.add(mark)
                queue.append(there)
    return sorted(wanted)


@pytest.fixture(autouse=True)
def _unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked at here, so nothing is drawn; where everything stands is worked out as ever."""
    for name in ("_write", "_patch", "picture"):
        monkeypatch.setattr(Paper, name, lambda *_args, **_more: None)


@pytest.mark.parametrize("device", ["keys", "pad"])
@pytest.mark.parametrize("state", list(STATES))
def test_every_spot_of_every_panel_is_within_reach(state: str, device: str) -> None:
    assert unreached(state, device, keys_of(device, state)) == []


def test_the_search_notices_what_cannot_be_reached() -> None:
    assert unreached("pause", "keys", ["down arrow", "up arrow"]) != []
