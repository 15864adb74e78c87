"""Keys, mouse and gamepad to commands. Bindings are data (see settings); what a panel takes never reaches the world."""

from collections.abc import Mapping
from math import copysign
from typing import TYPE_CHECKING

from game.client.clipboard import pasted
from game.client.photo import Flight
from game.client.settings import GOODS_ACTIONS, KEYS, PANEL_ACTIONS, Settings
from game.core.commands import (
    AddToBasket,
    Checkout,
    Command,
    DropGhost,
    Gesture,
    Look,
    Move,
    MoveGhost,
    PickUp,
    PutBack,
    SetMood,
    ShowScale,
    Sit,
    SwitchView,
    TakeOff,
    TryOn,
    Turn,
    Wish,
)
from game.core.ids import GoodId
from game.core.places import MOODS
from game.core.rules.display import at_hand, last_tried
from game.core.world import World

if TYPE_CHECKING:  # made after the first frame
    from game.client.hud import Hud

LOOK_RAD_PER_HEIGHT = 1.5  # the mouse moved by the height of the window
KEY_LOOK_RAD_PER_SEC = 1.9
PAD_LOOK_RAD_PER_SEC = 2.6
TURN_RAD_PER_HEIGHT = 4.0  # of the good in the hand
TYPED, COMPOSED, ERASE_ON = "typed:", "composed:", "erase on"  # among the keys that were pressed
CONTROL = {"control", "left control", "right control"}
STICK_DEAD = 0.18
STICK_STEERS = 0.5  # how far the stick is pushed to move through a panel
STEERING = ("go_up", "go_down", "go_left", "go_right")
REPEAT_AFTER_SECS, REPEAT_SECS = 0.45, 0.09
TRIGGERS, SQUEEZED, LET_GO = ("gamepad left trigger", "gamepad right trigger"), 0.5, 0.3
ZOOM_STEP = 0.15
GHOST_STEP_M = 0.15
HANDLING = ("take", "grab", "try_on", "basket_add")  # what is done to the good under the crosshair
MOST_DT_SECS = 0.1  # a stall must not spin the head round


class Input:
    """Remembers what is held down and what was pressed since the last frame.

    `axes` gives the positions of sticks and triggers, -1..1, by names like "gamepad left stick x".
    """

    def __init__(self, settings: Settings, axes: Mapping[str, float] | None = None) -> None:
        self.settings = settings
        self.axes: Mapping[str, float] = {} if axes is None else axes
        self.held: set[str] = set()
        self.pressed: list[str] = []
        self.device = "keys"
        self.pad = "xbox"  # whose marks the pad in hand bears, see pads.py
        self._steered: tuple[str, float] = ("", 0.0)  # the way that panels are steered, and until it is repeated

    def handle(self, key: str, pressed: bool) -> None:
        """Take in a key's press or release, by Ursina's name for it ("w", "left mouse down", "gamepad a" ...).

        Ursina's own "... up" names may be passed with either value of `pressed`; auto-repeat ("... hold") is ignored.
        """
        if key == "backspace hold":
            self.pressed.append(ERASE_ON)
        if key.endswith(" hold"):
            return
        if key.endswith(" mouse up"):
            key, pressed = key.removesuffix(" up") + " down", False
        elif key.endswith(" up") and key not in ("page up", "scroll up", "gamepad dpad up"):
            key, pressed = key.removesuffix(" up"), False
        if not pressed:
            self.held.discard(key)
            return
        if key in self.held and not key.startswith("scroll"):
            return
        self.device = "pad" if key.startswith("gamepad") else "keys"
        self.pressed.append(key)
        if not key.startswith("scroll"):  # the wheel is never released
            self.held.add(key)

    def type(self, text: str) -> None:
        """Take in letters that were typed, in the order of the keys."""
        self.pressed.append(TYPED + text)

    def compose(self, text: str) -> None:
        """Take in what an input method is composing; "" when it has settled."""
        self.pressed.append(COMPOSED + text)

    def release_all(self) -> None:
        """Forget everything that is held: the window lost the focus."""
        self.held.clear()
        self.pressed.clear()

    def commands(self, world: World, hud: "Hud", mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        """The commands of one frame: what was pressed, then at most one Look, Turn or MoveGhost and one Move.

        Mouse movement is in heights of the window, right and up positive. When a frame spans several ticks, give all
        of them the Move, and only the first the rest.
        """
        dt_secs = min(dt_secs, MOST_DT_SECS)
        if self._sticks() != (0.0, 0.0, 0.0, 0.0):
            self.device = "pad"
        self._squeeze()
        hud.device = hud.view.device = self.device
        hud.view.pad, hud.pointing.holding = self.pad, self._is_held("click")
        out: list[Command] = []
        pressed, self.pressed = self.pressed, []
        typing = hud.wants_text  # the letter of the key that opens a line is not typed into it
        for key in pressed:
            if key.startswith((TYPED, COMPOSED)) or key == ERASE_ON:
                self._type(key, hud, typing=typing)
            elif not (hud.wants_text and typing and self._edit(key, hud)):
                out += self._press(key, world, hud)
        if hud.wants_mouse:
            hud.turn(self._sticks()[2] * PAD_LOOK_RAD_PER_SEC * dt_secs)
            return out + self._steer(hud, dt_secs) + hud.take_commands()
        self._steered = ("", 0.0)
        out += self._turn(world, mouse_dx, mouse_dy, dt_secs)
        out += self._walk()
        return out

    def _type(self, key: str, hud: "Hud", *, typing: bool) -> None:
        if not (typing and hud.wants_text):
            return
        if key == ERASE_ON:
            hud.erase_text()
        elif key.startswith(TYPED):
            hud.type_text(key.removeprefix(TYPED))
        else:
            hud.compose_text(key.removeprefix(COMPOSED))

    def _edit(self, key: str, hud: "Hud") -> bool:
        """Keys that belong to the line that is typed in: letters come by themselves, the rest means what it always
        does."""
        if key in ("backspace", "delete"):
            hud.erase_text(word=key == "delete" or bool(self.held & CONTROL))
            return True
        if key == "v" and self.held & CONTROL:
            hud.type_text(pasted() or "")
        return len(key) == 1 or key == "space"

    def _press(self, key: str, world: World, hud: "Hud") -> list[Command]:
        if hud.wants_key:
            hud.take_key(key)
            return []
        panel_open = hud.wants_mouse
        handy = not panel_open and world.sitting is None and at_hand(world) is not None
        actions = [action for action in KEYS if key in self.settings.keys_of(action)]
        actions.sort(key=lambda action: (action in GOODS_ACTIONS) is not handy)
        for action in sorted(actions, key=lambda action: action not in PANEL_ACTIONS):
            taken = hud.press(action)
            if taken is not None:
                return taken
        if hud.view.shows_self and not panel_open and any(action in HANDLING for action in actions):
            return self._handle_self(actions, world, hud)
        for action in actions:
            wished = None if panel_open else wish(action, world)
            if wished is not None:
                return wished
        return []

    def _handle_self(self, actions: list[str], world: World, hud: "Hud") -> list[Command]:
        """While the player is looked at, the basket is for what was put on; anything else waits until one sees it."""
        slot = last_tried(world)
        if "basket_add" in actions and slot is not None:
            return [AddToBasket(good=world.worn[slot].good)]
        hud.view.shows_self = False
        return []

    def _steer(self, hud: "Hud", dt_secs: float) -> list[Command]:
        """Move through an open panel by the left stick, and again and again while a way is held."""
        left_x, left_y, _, _ = self._sticks()
        erases = hud.letters.open and self.device == "pad"  # a keyboard's own keys say when they repeat
        held = (*STEERING, "details") if erases else STEERING
        way = next((action for action in held if self._is_held(action)), "")
        pushed = ""
        if max(abs(left_x), abs(left_y)) > STICK_STEERS:
            pushed = ("go_right" if left_x > 0 else "go_left") if abs(left_x) > abs(left_y) else (
                "go_up" if left_y > 0 else "go_down")  # fmt: skip
        way = way or pushed
        before, wait_secs = self._steered
        if hud.wants_key or not way:
            self._steered = ("", 0.0)
            return []
        if way != before:
            self._steered = (way, REPEAT_AFTER_SECS)
            return (hud.press(way) or []) if way == pushed else []  # a key was pressed already
        wait_secs -= dt_secs
        self._steered = (way, wait_secs if wait_secs > 0 else REPEAT_SECS)
        return (hud.press(way) or []) if wait_secs <= 0 else []

    def _squeeze(self) -> None:
        """A trigger is squeezed more or less, and never pressed: half-way counts."""
        for key in TRIGGERS:
            squeezed = self.axes.get(key, 0.0)
            if squeezed > SQUEEZED:
                self.handle(key, True)
            elif squeezed < LET_GO:
                self.held.discard(key)

    def flight(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> Flight:
        """What is wanted of a free camera in this frame; mouse movement is in heights of the window."""
        dt_secs = min(dt_secs, MOST_DT_SECS)
        move_x, move_y, look_x, look_y = self._sticks()
        speed, up = self.settings.values.look_speed, -1.0 if self.settings.values.invert_look else 1.0
        keys = self._is_held
        yaw = (keys("look_right") - keys("look_left")) * KEY_LOOK_RAD_PER_SEC + look_x * PAD_LOOK_RAD_PER_SEC
        pitch = (keys("look_up") - keys("look_down")) * KEY_LOOK_RAD_PER_SEC + look_y * PAD_LOOK_RAD_PER_SEC
        return Flight(
            ahead=self._first_held("move_ahead") - self._first_held("move_back") + move_y,
            aside=self._first_held("move_right") - self._first_held("move_left") + move_x,
            up=keys("rise") - keys("sink"),
            fast=self.device == "keys" and keys("run"),
            yaw_rad=-(mouse_dx * LOOK_RAD_PER_HEIGHT + yaw * dt_secs) * speed,
            pitch_rad=up * (mouse_dy * LOOK_RAD_PER_HEIGHT + pitch * dt_secs) * speed,
        )

    def _first_held(self, action: str) -> bool:
        """Whether the first key of an action is held; its arrow key may choose something meanwhile."""
        return self.settings.keys_of(action)[:1] != () and self.settings.keys_of(action)[0] in self.held

    def holds(self, action: str) -> bool:
        """Whether a key of an action is held."""
        return self._is_held(action)

    def _is_held(self, action: str) -> bool:
        return any(key in self.held for key in self.settings.keys_of(action))

    def _sticks(self) -> tuple[float, float, float, float]:
        values = (float(self.axes.get(f"gamepad {name}", 0.0)) for name in
                  ("left stick x", "left stick y", "right stick x", "right stick y"))  # fmt: skip
        left_x, left_y, right_x, right_y = (
            copysign((abs(value) - STICK_DEAD) / (1 - STICK_DEAD), value) if abs(value) > STICK_DEAD else 0.0
            for value in values
        )
        return left_x, left_y, right_x, right_y

    def _turn(self, world: World, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        speed, pad_speed = self.settings.values.look_speed, self.settings.values.pad_speed
        up = -1.0 if self.settings.values.invert_look else 1.0
        _, _, stick_x, stick_y = self._sticks()
        key_x = self._is_held("look_right") - self._is_held("look_left")
        key_y = self._is_held("look_up") - self._is_held("look_down")
        dragging = self._is_held("grab")
        steady_x = key_x * KEY_LOOK_RAD_PER_SEC * speed + stick_x * PAD_LOOK_RAD_PER_SEC * pad_speed
        steady_y = key_y * KEY_LOOK_RAD_PER_SEC * speed + stick_y * PAD_LOOK_RAD_PER_SEC * pad_speed
        out: list[Command] = []
        if world.hand or world.ghost:
            # What one holds turns with its front to the right when dragged to the right.
            yaw = steady_x * dt_secs + (mouse_dx * TURN_RAD_PER_HEIGHT if dragging else 0.0)
            pitch = steady_y * dt_secs + (mouse_dy * TURN_RAD_PER_HEIGHT if dragging else 0.0)
            if world.ghost and yaw:
                out.append(MoveGhost(yaw_rad=yaw))
            elif not world.ghost and (yaw or pitch):
                out.append(Turn(yaw_rad=yaw, pitch_rad=-pitch))
            if dragging:
                return out
            steady_x = steady_y = 0.0
        yaw = -(mouse_dx * LOOK_RAD_PER_HEIGHT * speed + steady_x * dt_secs)
        pitch = up * (mouse_dy * LOOK_RAD_PER_HEIGHT * speed + steady_y * dt_secs)
        if yaw or pitch:
            out.append(Look(yaw_rad=yaw, pitch_rad=pitch))
        return out

    def _walk(self) -> list[Command]:
        stick_x, stick_y, _, _ = self._sticks()
        ahead = self._is_held("move_ahead") - self._is_held("move_back") + stick_y
        aside = self._is_held("move_right") - self._is_held("move_left") + stick_x
        if not ahead and not aside:
            return []
        run = self._is_held("run")
        return [Move(ahead=max(-1.0, min(1.0, ahead)), aside=max(-1.0, min(1.0, aside)), run=run)]


def wish(action: str, world: World) -> list[Command] | None:
    """What an action means in the world as it is now; None when it means nothing there."""
    in_hand = world.hand is not None
    match action:
        case "take" | "grab" if world.ghost:
            return [DropGhost()] if action == "take" else []
        case "take" if in_hand:
            return [PutBack()]
        case "take":
            return [PickUp()]
        case "grab":
            return [] if in_hand or world.looked_at is None else [PickUp()]
        case "put_back" if in_hand or world.ghost:
            return [PutBack()]
        case "put_back":
            slot = last_tried(world)
            return [TakeOff(slot=slot)] if slot else None
        case "try_on":
            return _try_on(world)
        case "basket_add":
            return [AddToBasket()]
        case "checkout":
            return [Checkout()]
        case "mood":
            return [SetMood(mood=MOODS[(MOODS.index(world.mood_of(world.place_id)) + 1) % len(MOODS)])]
        case "view":
            return [SwitchView()]
        case "wish":
            return [Wish()]
        case "wave":
            return [Gesture(kind="wave")]
        case "sit":
            return [Sit()]
        case "ruler" if in_hand:
            return [ShowScale()]
        case "zoom_in" | "zoom_out":
            way = 1.0 if action == "zoom_in" else -1.0
            if world.ghost:
                return [MoveGhost(away_m=GHOST_STEP_M * way)]
            return [Turn(zoom=ZOOM_STEP * way)] if in_hand else None
    return None


def _try_on(world: World) -> list[Command]:
    if world.ghost:
        return [DropGhost()]
    good = world.hand.good if world.hand else _good_looked_at(world)
    for slot, worn in world.worn.items():
        if good is not None and worn.good == good and worn.tried:
            return [TakeOff(slot=slot)]
    return [TryOn(good=good)]


def _good_looked_at(world: World) -> GoodId | None:
    return next((stand.good for stand in world.place.stands if stand.id == world.looked_at), None)
