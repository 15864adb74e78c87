"""Change any key: choose what it does, press Enter, press the new key."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.settings import KEYS
from game.core.commands import Command

CHANGEABLE = (
    "move_ahead", "move_back", "move_left", "move_right", "run", "look_left", "look_right", "look_up", "look_down",
    "take", "put_back", "try_on", "basket_add", "checkout", "view", "ruler", "basket", "inventory", "purse",
    "wave", "sit", "help",
)  # fmt: skip
ROWS = 11
WIDE = 720.0
ROW = 38.0


class KeysPanel(Piece):
    """Every action of the walking player and its key on the device in use."""

    name = "keys"
    modal = True

    def __init__(self) -> None:
        self.at = 0
        self.waits = False  # for the new key of the chosen action

    def opened(self, view: View) -> None:
        self.at, self.waits = 0, False

    def key(self, view: View) -> object:
        return self.at, self.waits, tuple(view.settings.keys_of(action) for action in CHANGEABLE)

    def draw(self, paper: Paper, view: View) -> None:
        y = title(paper, view, view.t("keys_title"), WIDE)
        column = (WIDE - 2 * PAD - 24) / 2
        for number, action in enumerate(CHANGEABLE):
            x, top = PAD + number // ROWS * (column + 24), y + number % ROWS * ROW
            chosen = number == self.at
            if chosen:
                paper.box(x - 10, top, column + 20, ROW - 4, theme.LOQUAT_PALE, radius=10)
            paper.pressable(x - 10, top, column + 20, ROW - 4, f"row:{number}")
            paper.text(x, top + 6, view.t(f"help_{action}"), theme.BODY)
            label = view.t("press_a_key") if chosen and self.waits else view.key(action) or view.t("no_key")
            if chosen and self.waits:
                paper.text(x + column, top + 6, label, theme.BODY, bold=True, align="right", colour=theme.TEAL)
            else:
                paper.keycap(x + column - paper.cap_width(label), top + 8, label)
        y += ROWS * ROW + 12
        keys = [("↑ ↓ ← →", view.t("do_choose")), (view.key("confirm"), view.t("do_change")),
                (view.key("remove"), view.t("do_reset"))]  # fmt: skip
        y += paper.hints(PAD, y, WIDE - 2 * PAD, keys)
        paper.sheet(WIDE, y + 8, radius=22)

    def press(self, action: str, view: View) -> list[Command] | None:
        act, _, number = action.partition(":")
        steps = {"go_up": -1, "go_down": 1, "go_left": -ROWS, "go_right": ROWS}
        if act in steps:
            if 0 <= self.at + steps[act] < len(CHANGEABLE):
                self.at += steps[act]
            return []
        if act == "row":
            self.waits = self.at == int(number)
            self.at = int(number)
            return []
        if act == "confirm":
            self.waits = True
            return []
        if act == "remove":
            chosen = CHANGEABLE[self.at]
            view.settings.change(keys={k: v for k, v in view.settings.values.keys.items() if k != chosen})
            return []
        return None

    def take_key(self, key: str, view: View) -> None:
        """Give the chosen action a key; whatever had it in the world gets the former one instead. Esc leaves it."""
        self.waits = False
        if key == "escape":
            return
        chosen = CHANGEABLE[self.at]
        former = same_device(view.settings.keys_of(chosen), key)
        changed = dict(view.settings.values.keys)
        for action in CHANGEABLE:
            keys = view.settings.keys_of(action)
            if action != chosen and key in keys:
                changed[action] = tuple(
                    other for each in keys if (other := former[0] if each == key and former else each)
                )
        others = tuple(name for name in view.settings.keys_of(chosen) if name not in former)
        changed[chosen] = (key, *others)
        view.settings.change(keys={action: keys for action, keys in changed.items() if keys != KEYS[action]})


def same_device(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Those of the keys that are on the device of `key`: the gamepad, or keyboard and mouse."""
    return tuple(name for name in keys if name.startswith("gamepad") == key.startswith("gamepad"))
