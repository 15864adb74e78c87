"""What the pieces of the HUD share: what they may see, and how one is drawn and pressed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from panda3d.core import Texture

from game.client import glyphs, theme
from game.client.finding import Finding
from game.client.hud_paper import Paper
from game.client.left import Left
from game.client.settings import Settings
from game.client.texts import Texts
from game.core.commands import Command
from game.core.goods import Good
from game.core.ids import GoodId, PlaceId
from game.core.rules.on_offer import ONLY_SHOWN, offer_here, price_wei, resale
from game.core.world import World

TOAST_SECS = 4.0
PASSING = "passing"  # the kind of line that tells what goes on around the player: gone once a panel lies over it
MOST_TOASTS = 3
FUNCTION_KEY = re.compile(r"f\d\d?")


@dataclass(frozen=True, slots=True)
class Strip:
    """Room between the open panel and the edges of the screen, as a part of its height; `anchor`: where pieces go."""

    anchor: str
    wide: float
    high: float


@dataclass(slots=True)
class View:
    """All that a piece draws from. Sizes are design pixels of the screen at the player's UI scale."""

    world: World
    texts: Texts
    settings: Settings
    finding: Finding
    wide: float = 1280.0
    high: float = 720.0
    device: str = "keys"  # or "pad": which key caps to show
    pad: str = "xbox"  # or playstation, nintendo: whose marks the pad in hand bears
    now_secs: float = 0.0
    open_panel: str = ""
    beside: tuple[Strip, ...] = ()  # what is left of the screen around the open panel
    writing: bool = False  # there are letters on the screen
    shows_self: bool = False  # the camera looks back at the player: what is under the crosshair can't be seen
    portrait: Callable[[GoodId], Texture] | None = None  # pictures of goods, where there are any
    soon: Callable[[GoodId], Texture | None] | None = None  # the same, None while a picture has not been taken yet
    pictures: int = 0  # how many of those that were asked for soon have been taken
    toasts: list[tuple[str, str, float]] = field(default_factory=list)  # kind, text, when it goes
    panels: frozenset[str] = frozenset()  # names of all that can be opened
    left_off: Left | None = None  # where the player left last time
    paused: bool = False  # the window has lost the focus, and the world waits
    asks: list[Command] = field(default_factory=list)  # what a panel wants of the world without a press
    travel_to: PlaceId | None = None  # where the player wants to be brought
    wishes: list[str] = field(default_factory=list)  # what the app shall do: see App.grant
    commands: list[Command] = field(default_factory=list)  # what dragging wants of the world

    def t(self, key: str, **values: object) -> str:
        """A text in the player's language."""
        return self.texts.t(key, **values)

    def rows_of(self, first: int, most: int, count: int) -> str:
        """Which rows of a list are in sight, at most `most` from number `first`, counted from 0."""
        return self.t("rows_of", first=first + 1, last=min(first + most, count), all=count)

    def say(self, kind: str, text: str) -> None:
        """Show a line of text for a few seconds; kind is notice, passing, good or bad."""
        self.toasts = [toast for toast in self.toasts if toast[1] != text]
        self.toasts.append((kind, text, self.now_secs + TOAST_SECS))
        del self.toasts[:-MOST_TOASTS]

    def age_lines(self, dt_secs: float, *, read: bool) -> None:
        """Drop lines of text whose time is over; it stands still while there is no room for them to be read in."""
        later = [(kind, text, until + (0.0 if read else dt_secs)) for kind, text, until in self.toasts]
        self.toasts = [line for line in later if line[2] > self.now_secs]

    def drop_lines(self, kind: str) -> None:
        """Show no more lines of a kind."""
        self.toasts = [line for line in self.toasts if line[0] != kind]

    def key(self, action: str) -> str:
        """Label of the key of an action on the device in use, "" when it has none there."""
        for name in self.settings.keys_of(action):
            if name.startswith("gamepad") == (self.device == "pad"):
                return key_label(self.texts, name, self.pad)
        return ""

    def go_key(self, *, on_line: bool) -> str:
        """Label of the key that goes on from a panel: on a pad none while a line is chosen, where it brings letters."""
        return "" if on_line and self.device == "pad" else self.key("confirm")

    def stick(self, which: str) -> str:
        """Mark of a stick that is pushed: move is the left one, look the right one."""
        return glyphs.glyph(self.pad, which)

    def arrows(self, ways: str = "↑ ↓ ← →") -> str:
        """Labels of the keys that choose in panels: as they are, or of the pad's cross."""
        if self.device != "pad":
            return ways
        names = {"↑": "dpad up", "↓": "dpad down", "←": "dpad left", "→": "dpad right"}
        return " ".join(glyphs.glyph(self.pad, names[way]) for way in ways.split())

    def hint(self, action: str, text: str = "") -> tuple[str, str]:
        """Key label and text of an action, for `Paper.hints`."""
        return self.key(action), self.t(text or f"do_{action}")

    def picture(self, good_id: GoodId) -> Texture | None:
        """The picture of a good if it has been taken; it is taken soon if not."""
        if self.soon is not None:
            return self.soon(good_id)
        return self.portrait(good_id) if self.portrait is not None else None

    def good(self, good_id: GoodId) -> Good:
        """A good of the catalogue."""
        return self.world.goods[good_id]

    def name(self, good_id: GoodId) -> str:
        """A good's display name."""
        known = self.world.goods.get(good_id)
        return self.texts.of(known.name) if known else self.t("some_good")

    def price_wei(self, good_id: GoodId) -> int:
        """What one unit costs now, on the offer that it stands before the player with or lies in the basket with."""
        return price_wei(self.world, good_id)

    def left(self, good_id: GoodId) -> str:
        """How many units are left, in words."""
        stock, edition = self.world.stock.get(good_id), self.good(good_id).terms.edition
        offer = resale(self.world, good_id)
        if offer is not None:
            return self.t("resale_left", left=offer.left) if offer.left else self.t("sold_out")
        if stock is None:
            return self.t("edition_of", edition=edition)
        if stock.state == "not_offered":
            return self.t("not_for_sale")
        if offer_here(self.world, good_id) == ONLY_SHOWN:
            return self.t("only_shown")
        return self.t("left_of", left=stock.left, edition=edition) if stock.left else self.t("sold_out")

    def basket_wei(self) -> int:
        """What the basket costs in all."""
        return sum(self.price_wei(good) * quantity for good, quantity in self.world.basket.items())


class Piece:
    """A part of the HUD. It is drawn anew only when its `key` changes; None hides it."""

    name = ""
    anchor = "centre"  # or top_left, top_right, bottom, bottom_left, right, beside
    modal = False  # takes the mouse and all keys while it is open
    on_top = False  # of open panels and their veil
    types = False  # letters are typed into it while it is open
    writes_first = False  # a line is the first thing in it: who comes with a pad gets letters at once
    reads = True  # its text is for reading: the size of text counts as well as that of the interface

    def key(self, view: View) -> object:
        """Everything that the drawing depends on, comparable with ==."""
        raise NotImplementedError

    def draw(self, paper: Paper, view: View) -> None:
        """Draw on the paper, `paper.sheet` included."""
        raise NotImplementedError

    def where(self, view: View) -> str:
        """The anchor for now."""
        return self.anchor

    def shift(self, view: View) -> tuple[float, float]:
        """How far it stands from its anchor, in design pixels to the right and down."""
        return 0.0, 0.0

    def veil_key(self, view: View) -> object:
        """What the veil depends on, comparable with ==."""
        return True

    def veil(self, paper: Paper, wide: float, high: float) -> None:
        """Draw what lies over the world while this panel is open, in screen pixels."""
        paper.box(0, 0, wide, high, theme.VEIL, radius=0)

    def press(self, action: str, view: View) -> list[Command] | None:
        """Act on a press; None when it means nothing here. `written`: letters on the screen are done with."""
        return None

    def drag(self, action: str, part: float, view: View) -> None:
        """A spot that slides is dragged to a part, 0..1, of its length."""

    def nudge(self, action: str, way: int, view: View) -> list[Command] | None:
        """A spot that slides is chosen, and moved a step to the left (-1) or right; None where it has no steps."""
        return None

    def pull(self, action: str, x: float, y: float, view: View) -> None:
        """A spot that is free is taken, or dragged on, at a point of the sheet, in design pixels."""

    def turn(self, rad: float) -> None:
        """The mouse was dragged beside the panel, or the look keys' stick was pushed: turn what it shows."""

    def drop(self, view: View) -> None:
        """The spot that was dragged is let go."""

    def type(self, text: str, view: View) -> None:
        """Take in what was typed."""

    def compose(self, text: str, view: View) -> None:
        """Show what an input method is composing; "" once it has settled."""

    def erase(self, view: View, *, word: bool = False) -> None:
        """Take away the last letter that was typed, or the last word."""

    def can_open(self, view: View) -> bool:
        """Whether its key opens it now; if not, the key may mean something else."""
        return True

    def opened(self, view: View) -> None:
        """Called when a panel is opened, to begin afresh."""

    def beside(self, view: View) -> list[Command]:
        """A press of the pointer where nothing of the panel is."""
        return []


def key_label(texts: Texts, name: str, pad: str = "xbox") -> str:
    """What stands on a key: the letter, or its name in the player's language; the mark of a button of a `pad`."""
    if name.startswith("gamepad ") and (mark := glyphs.glyph(pad, name.removeprefix("gamepad "))):
        return mark
    if len(name) == 1 or FUNCTION_KEY.fullmatch(name):
        return name.upper()
    key = f"key_{name.replace(' ', '_')}"
    return texts.t(key if texts.has(key) else "key_other")
