"""Change any key or button: choose what it does and on which device, press Enter, press the new one."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_controls import tabs
from game.client.hud_panel import Piece, View, key_label
from game.client.hud_paper import Paper
from game.client.settings import (
    BUILD_ACTIONS,
    GOODS_ACTIONS,
    KEYS,
    ORCHARD_ACTIONS,
    PANEL_ACTIONS,
    PHOTO_ACTIONS,
    STAYS,
)
from game.core.commands import Command

ELSEWHERE = (*GOODS_ACTIONS, *PANEL_ACTIONS, *PHOTO_ACTIONS, *BUILD_ACTIONS, *ORCHARD_ACTIONS)
GROUPS = {
    "world": tuple(action for action in KEYS if action not in ELSEWHERE),
    "goods": GOODS_ACTIONS,
    "panels": tuple(action for action in PANEL_ACTIONS if action != "click"),
    "photo": PHOTO_ACTIONS,
    "build": BUILD_ACTIONS,
    "orchard": ORCHARD_ACTIONS,
}
"""Within one group no two actions share a key; the same key may mean something else in another."""
CHANGEABLE = tuple(action for group in GROUPS.values() for action in group)
DEVICES = ("keys", "pad")
ROWS = 9
WIDE, ROW, CELL = 740.0, 40.0, 170.0
ON_TABS = -1


class KeysPanel(Piece):
    """Every action with its key on the keyboard or mouse, and its button on the gamepad."""

    name = "keys"
    modal = True

    def __init__(self) -> None:
        self.group, self.row, self.column, self.first = 0, 0, 0, 0
        self.waits = False  # for the new key of the chosen cell
        self.note = ""  # what the last change meant for another action

    def opened(self, view: View) -> None:
        self.group, self.row, self.first, self.waits, self.note = 0, 0, 0, False, ""
        self.column = DEVICES.index(view.device)

    @property
    def actions(self) -> tuple[str, ...]:
        return tuple(GROUPS.values())[self.group]

    def key(self, view: View) -> object:
        return self.group, self.row, self.column, self.waits, self.note

    # --- drawing -------------------------------------------------------------------------------------------------

    def draw(self, paper: Paper, view: View) -> None:
        y = title(paper, view, view.t("keys_title"), WIDE)
        inner = WIDE - 2 * PAD
        labels = [(view.t(f"keys_{name}"), f"group:{number}") for number, name in enumerate(GROUPS)]
        if self.row == ON_TABS:
            paper.box(PAD - 5, y - 5, inner + 10, 46, theme.LOQUAT_PALE, radius=23)
        y += tabs(paper, PAD, y, inner, labels, self.group) + 10
        for column, device in enumerate(DEVICES):
            middle = self._cell_x(column) + CELL / 2
            paper.text(middle, y, view.t(f"keys_{device}"), theme.SMALL, align="centre", colour=theme.TEAL)
        y += 24
        for number, action in enumerate(self.actions[self.first : self.first + ROWS], start=self.first):
            self._row(paper, view, y + (number - self.first) * ROW, number, action)
        if len(self.actions) > ROWS:
            self._bar(paper, WIDE - PAD + 8, y, ROWS * ROW - 6)
        y += ROWS * ROW + 4
        if self.note:
            paper.text(PAD + 4, y, paper.shorten(self.note, theme.SMALL, inner - 8), theme.SMALL, colour=theme.TEAL)
        y += 28
        keys = [(view.arrows(), view.t("do_choose")), (view.key("confirm"), view.t("do_change")),
                (view.key("remove"), view.t("do_reset"))]  # fmt: skip
        paper.hints(PAD, y + 12, inner - 200, keys)
        if self.row == len(self.actions):
            paper.box(WIDE - PAD - 190, y - 4, 198, 50, theme.LOQUAT_PALE, radius=16)
        y += paper.button(WIDE - PAD - 186, y, 190, view.t("do_reset_all"), "all")
        paper.sheet(WIDE, y + 20, radius=22)

    @staticmethod
    def _cell_x(column: int) -> float:
        return WIDE - PAD - (2 - column) * (CELL + 6)

    def _bar(self, paper: Paper, x: float, y: float, high: float) -> None:
        part = ROWS / len(self.actions)
        paper.box(x, y, 5, high, theme.PAPER_DEEP, radius=2.5)
        paper.box(x, y + high * self.first / len(self.actions), 5, high * part, theme.LOQUAT, radius=2.5)

    def _row(self, paper: Paper, view: View, y: float, number: int, action: str) -> None:
        if number == self.row:
            paper.box(PAD - 10, y, WIDE - 2 * PAD + 12, ROW - 4, theme.LOQUAT_PALE, radius=10)
        room = self._cell_x(0) - PAD - 12
        paper.text(PAD + 4, y + 7, paper.shorten(view.t(f"help_{action}"), theme.BODY, room), theme.BODY)
        for column, device in enumerate(DEVICES):
            x, chosen = self._cell_x(column), number == self.row and column == self.column
            if chosen:
                paper.box(x, y + 2, CELL, ROW - 8, theme.WHITE, radius=9)
                paper.box(x, y + 2, CELL, ROW - 8, theme.LOQUAT, radius=9, thick=2)
            paper.pressable(x, y + 2, CELL, ROW - 8, f"cell:{number}:{column}", radius=9)
            if chosen and self.waits:
                words = view.t(f"press_{device}")
                paper.text(x + CELL / 2, y + 9, paper.shorten(words, theme.SMALL, CELL - 12, bold=True), theme.SMALL,
                           bold=True, align="centre", colour=theme.TEAL)  # fmt: skip
                continue
            keys = on_device(view.settings.keys_of(action), device)
            caps = list(dict.fromkeys(key_label(view.texts, name, view.pad) for name in keys))
            stick = action.partition("_")[0]
            if device == "pad" and not caps and stick in ("move", "look"):
                caps = [view.stick(stick)]  # a stick does it already
            self._caps(paper, view, x + CELL / 2, y + 8, caps)

    @staticmethod
    def _caps(paper: Paper, view: View, middle: float, y: float, caps: list[str]) -> None:
        if not caps:
            paper.text(middle, y + 1, view.t("no_key"), theme.SMALL, align="centre", colour=theme.INK_SOFT)
            return
        while len(caps) > 1 and sum(paper.cap_width(cap) + 5 for cap in caps) > CELL - 10:
            caps = caps[:-1]
        x = middle - (sum(paper.cap_width(cap) + 5 for cap in caps) - 5) / 2
        for cap in caps:
            x += paper.keycap(x, y, cap) + 5

    # --- choosing ------------------------------------------------------------------------------------------------

    def press(self, action: str, view: View) -> list[Command] | None:
        act, *numbers = action.split(":")
        match act:
            case "group":
                self._turn(int(numbers[0]))
                self.row = ON_TABS
            case "tab_left" | "tab_right":
                self._turn(self.group + (1 if act == "tab_right" else -1))
                self.row = 0
            case "go_up" | "go_down":
                self._move(1 if act == "go_down" else -1)
            case "go_left" | "go_right":
                if self.row == ON_TABS:
                    self._turn(self.group + (1 if act == "go_right" else -1))
                else:
                    self.column = 0 if act == "go_left" else 1
            case "cell":
                self.row, self.column = int(numbers[0]), int(numbers[1])
                self.waits, self.note = True, ""
            case "confirm" if self.row == ON_TABS:
                self._move(1)
            case "confirm" if self.row < len(self.actions):
                self.waits, self.note = True, ""
            case "remove" if 0 <= self.row < len(self.actions):
                self._reset(view, self.actions[self.row])
            case "all" | "confirm":
                view.settings.change(keys={})
                self.note = view.t("keys_all_reset")
            case "remove":
                pass
            case _:
                return None
        return []

    def _turn(self, group: int) -> None:
        self.group, self.first, self.note = group % len(GROUPS), 0, ""

    def _move(self, down: int) -> None:
        """Between the tabs, the rows and the button below them; what is chosen is scrolled to."""
        places = len(self.actions) + 2
        self.row = (self.row + 1 + down) % places - 1
        at = min(max(self.row, 0), len(self.actions) - 1)
        self.first = min(max(self.first, at - ROWS + 1), at)

    def _reset(self, view: View, chosen: str) -> None:
        """Give an action its own keys back; whoever has one of them now gives it up."""
        changed = {name: keys for name, keys in view.settings.values.keys.items() if name != chosen}
        for other in self._rivals(chosen):
            kept = tuple(key for key in view.settings.keys_of(other) if key not in KEYS[chosen])
            if kept != view.settings.keys_of(other):
                changed[other] = kept
        view.settings.change(keys={name: keys for name, keys in changed.items() if keys != KEYS[name]})
        self.note = ""

    def _rivals(self, chosen: str) -> list[str]:
        """The actions that must not share a key with this one."""
        return [name for name in self.actions if name != chosen]

    # --- the new key ---------------------------------------------------------------------------------------------

    def take_key(self, key: str, view: View) -> None:
        """Give the chosen action a key; whatever had it gets the former one instead, and the panel says so. Esc, or
        a key of the other device, leaves all as it was."""
        self.waits = False
        device, chosen = DEVICES[self.column], self.actions[self.row]
        if key in ("escape", "left mouse down") or on_device((key,), device) == ():
            return
        if any(key in keys for name, keys in STAYS.items() if name in self.actions and name != chosen):
            self.note = view.t("keys_stays", cap=plain_label(view, key))
            return
        former = on_device(view.settings.keys_of(chosen), device)
        changed = dict(view.settings.values.keys)
        self.note = ""
        for name in self._rivals(chosen):
            keys = view.settings.keys_of(name)
            if key in keys:
                gets = next((each for each in former if each not in STAYS.get(chosen, ()) and each not in keys), "")
                changed[name] = tuple(now for each in keys if (now := gets if each == key else each))
                loser = view.t(f"help_{name}")
                self.note = (view.t("keys_swapped", action=loser, cap=plain_label(view, gets)) if gets
                             else view.t("keys_lost", action=loser))  # fmt: skip
        others = tuple(name for name in view.settings.keys_of(chosen) if name not in former)
        changed[chosen] = (key, *others)
        view.settings.change(keys={action: keys for action, keys in changed.items() if keys != KEYS[action]})


def on_device(keys: tuple[str, ...], device: str) -> tuple[str, ...]:
    """Those of the keys that are on a device: `pad`, or `keys` for keyboard and mouse."""
    return tuple(name for name in keys if name.startswith("gamepad") == (device == "pad"))


def plain_label(view: View, key: str) -> str:
    """A key in words, for sentences."""
    if key.startswith("gamepad"):
        return view.t(f"key_{key.replace(' ', '_')}")
    return key_label(view.texts, key)
