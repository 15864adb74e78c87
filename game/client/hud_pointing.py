"""What is chosen in the open panel: by keys, by the pointer, or dragged with it."""

from collections.abc import Sequence
from math import hypot

from game.client.hud_layout import Shown, Size
from game.client.hud_panel import View
from game.client.hud_paper import Spot

TURN_RAD_PER_HEIGHT = 5.0  # of what a panel shows, by dragging beside it


class Pointing:
    """The focus is a number among the spots of the panel's paper. Places are screen pixels from the top left corner."""

    def __init__(self) -> None:
        self.focus: int | None = None
        self.at_px: tuple[float, float] | None = None
        self.holding = False  # the key of clicking is held down
        self._dragged: int | None = None  # number of the spot that is being dragged
        self._turned_at_px: float | None = None  # where the pointer is that turns what the panel shows

    def point(self, shown: Shown | None, pointer: tuple[float, float], size_px: Size) -> None:
        """The mouse is at `pointer`, in the units of Ursina's `camera.ui`; moving chooses what it moves over."""
        px = pointer[0] * size_px[1] + size_px[0] / 2, (0.5 - pointer[1]) * size_px[1]
        moved, self.at_px = px != self.at_px, px
        if moved and (spot := self._spot(shown)) is not None:
            self.focus = spot[0]

    def over(self, shown: Shown | None) -> bool:
        """Whether the pointer is over the panel's sheet."""
        if shown is None or shown.paper is None or self.at_px is None:
            return False
        x, y = self.at_px[0] - shown.left, self.at_px[1] - shown.top
        return 0 <= x <= shown.paper.wide * shown.paper.scale and 0 <= y <= shown.paper.high * shown.paper.scale

    def click(self, shown: Shown, view: View) -> str:
        """Press what is under the pointer: its action, "" where that is nothing or it is dragged from now on."""
        spot = self._spot(shown)
        if spot is None:
            self._turned_at_px = self.at_px[0] if self.at_px else None
            return ""
        self.focus, action = spot
        spot_there = _spots(shown)[self.focus]
        if spot_there.slides or spot_there.free:
            self._dragged = self.focus
            self._drag_to_pointer(shown, view)
            return ""
        return action

    def chosen(self, shown: Shown) -> str:
        """The action of the spot in focus, "" where none is."""
        spots = _spots(shown)
        return spots[self.focus].action if self.focus is not None and self.focus < len(spots) else ""

    def on_line(self, shown: Shown) -> bool:
        """Whether the line that is written in is what is chosen."""
        caret = shown.paper.caret_at if shown.paper is not None else None
        if caret is None:
            return False
        spots = _spots(shown)
        return self.focus is None or self.focus >= len(spots) or spots[self.focus].box.holds(caret.x, caret.y)

    def choose(self, shown: Shown, action: str) -> bool:
        """Move the focus to the spot of an action; False where there is none."""
        found = next((number for number, spot in enumerate(_spots(shown)) if spot.action == action), None)
        self.focus = self.focus if found is None else found
        return found is not None

    def move(self, shown: Shown, across: int, down: int) -> None:
        """Move the focus to the nearest spot in a direction."""
        spots = _spots(shown)
        if not spots:
            return
        if self.focus is None or self.focus >= len(spots):
            self.focus = 0
            return
        here = spots[self.focus].box
        best: tuple[float, int] | None = None
        for number, spot in enumerate(spots):
            dx = spot.box.x + spot.box.wide / 2 - here.x - here.wide / 2
            dy = spot.box.y + spot.box.high / 2 - here.y - here.high / 2
            along, off = dx * across + dy * down, abs(dx * down) + abs(dy * across)
            if along > 1 and (best is None or hypot(along, 2 * off) < best[0]):
                best = (hypot(along, 2 * off), number)
        if best is not None:
            self.focus = best[1]

    def slider(self, shown: Shown) -> str:
        """The action of the spot that has the focus where it slides, else ""."""
        spots = _spots(shown)
        slides = self.focus is not None and self.focus < len(spots) and spots[self.focus].slides
        return spots[self.focus].action if slides and self.focus is not None else ""

    def drag(self, shown: Shown | None, view: View, size_px: Size) -> None:
        """Move what is being dragged to where the pointer is, or let it go."""
        if shown is None or self.at_px is None or not self.holding:
            self._turned_at_px = None
        elif self._turned_at_px is not None:
            shown.piece.turn((self.at_px[0] - self._turned_at_px) / size_px[1] * TURN_RAD_PER_HEIGHT)
            self._turned_at_px = self.at_px[0]
        if self._dragged is None or shown is None:
            return
        if self.holding:
            self._drag_to_pointer(shown, view)
        else:
            self.let_go(shown, view)

    def let_go(self, shown: Shown, view: View) -> None:
        """Let go of what is being dragged, if anything is."""
        if self._dragged is not None:
            self._dragged = None
            shown.piece.drop(view)

    def _drag_to_pointer(self, shown: Shown, view: View) -> None:
        spots = _spots(shown)
        if self._dragged is None or shown.paper is None or self.at_px is None or self._dragged >= len(spots):
            return
        spot = spots[self._dragged]
        x, y = (self.at_px[0] - shown.left) / shown.paper.scale, (self.at_px[1] - shown.top) / shown.paper.scale
        if spot.free:
            shown.piece.pull(spot.action, x, y, view)
            return
        shown.piece.drag(spot.action, min(max((x - spot.box.x) / spot.box.wide, 0.0), 1.0), view)

    def _spot(self, shown: Shown | None) -> tuple[int, str] | None:
        """Number and action of the spot under the pointer."""
        if shown is None or shown.paper is None or self.at_px is None:
            return None
        x, y = (self.at_px[0] - shown.left) / shown.paper.scale, (self.at_px[1] - shown.top) / shown.paper.scale
        return next(((n, spot.action) for n, spot in enumerate(shown.paper.spots) if spot.box.holds(x, y)), None)


def _spots(shown: Shown) -> Sequence[Spot]:
    return shown.paper.spots if shown.paper is not None else ()
