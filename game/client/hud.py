"""The HUD: what the player reads over the world, and the panels that take mouse and keys while they are open."""

from collections.abc import Sequence

from panda3d.core import NodePath

from game.client import hud_layout as layout
from game.client.finding import Finding
from game.client.hud_captions import Captions, caption
from game.client.hud_hints import Moving
from game.client.hud_keys import KeysPanel
from game.client.hud_layout import Shown
from game.client.hud_letters import WAYS, Letters
from game.client.hud_order import OrderPanel
from game.client.hud_panel import PASSING, Piece, View
from game.client.hud_paper import Box, Paper
from game.client.hud_pieces import panels, pieces
from game.client.hud_pointing import Pointing
from game.client.settings import Settings
from game.client.texts import Texts
from game.core import events
from game.core.commands import Command, ReadHistory
from game.core.events import Event
from game.core.world import World

OPENERS = {name: name for name in ("basket", "inventory", "purse", "help", "pause", "search", "map", "wishlist")}
OPENERS |= {"show_in_room": "show", "orders": "history"}


class Hud:
    """Draws under `ui_parent` (Ursina's `camera.ui`: the screen's height is 1) for a window of `size_px`."""

    def __init__(
        self,
        world: World,
        texts: Texts,
        settings: Settings,
        ui_parent: NodePath,
        size_px: tuple[int, int],
        *,
        finding: Finding | None = None,
    ) -> None:
        self.view = View(world, texts, settings, finding or Finding(world, texts))
        self.device = "keys"
        self.root = ui_parent.attach_new_node("hud")
        self.root.set_depth_test(False)
        self.root.set_depth_write(False)
        self.root.set_light_off()
        self.root.set_two_sided(True)
        self.root.set_bin("unsorted", 0)
        self.over_world, self.veil, self.over_veil, self.on_top = (
            self.root.attach_new_node(name) for name in ("over_world", "veil", "over_veil", "on_top")
        )
        self.order_panel, self.keys_panel = OrderPanel(), KeysPanel()
        self.pieces: list[Shown] = []
        for piece in pieces(self.order_panel):
            self.lay(piece)
        [self.captions] = [shown for shown in self.pieces if isinstance(shown.piece, Captions)]
        self.panels: dict[str, Piece] = {}
        self.openers = dict(OPENERS)
        for panel in panels(self.order_panel, self.keys_panel):
            self.join(panel)
        self.panel: Shown | None = None
        self.pointing = Pointing()
        self.letters = Letters(self.on_top)
        self.behind: list[str] = []  # the panels to go back to from the open one
        self.leaving = False
        self.moving = Moving(settings)
        self.said_notice = ""
        self.size_px = size_px
        self.drawn_for: object = None
        self.resize(*size_px)

    # --- for the app ---------------------------------------------------------------------------------------------

    def lay(self, piece: Piece) -> None:
        """Take in a piece that lies over the world; it is asked about every press before anything else."""
        self.pieces.append(Shown(piece, self.on_top if piece.on_top else self.over_world))

    def join(self, panel: Piece, *, opened_by: str = "") -> None:
        """Take in a panel, and the action that opens it, if one does."""
        self.panels[panel.name] = panel
        self.view.panels = frozenset(self.panels)
        if opened_by:
            self.openers[opened_by] = panel.name

    @property
    def wants_mouse(self) -> bool:
        """Whether a panel is open: show the pointer, and leave walking and looking alone."""
        return self.panel is not None

    @property
    def covered_part(self) -> float:
        """How much of the picture's width an open panel at its side covers."""
        shown = self.panel
        if shown is None or shown.paper is None or "right" not in shown.piece.anchor:
            return 0.0
        return 1.0 - shown.left / self.size_px[0]

    @property
    def wants_to_leave(self) -> bool:
        """Whether the player chose to leave the game."""
        return self.leaving

    def resize(self, width_px: int, height_px: int) -> None:
        """Lay everything out for another window size."""
        self.size_px = (max(1, width_px), max(1, height_px))
        self.root.set_scale(1.0 / self.size_px[1])
        self.root.set_pos(-0.5 * self.size_px[0] / self.size_px[1], 0.5, 0.0)

    def show(self) -> None:
        """Show the HUD."""
        self.root.show()

    def hide(self) -> None:
        """Hide the HUD, for a picture without it."""
        self.root.hide()

    def update(
        self,
        world: World,
        happened: Sequence[Event],
        dt_secs: float,
        pointer: tuple[float, float] | None = None,
    ) -> None:
        """Bring the screen up to date. `pointer` is the mouse in the units of `ui_parent`, while there is one."""
        view = self.view
        view.world, view.device = world, self.device
        view.now_secs += dt_secs
        self.moving.notice(world)
        view.texts.language = view.settings.language
        if view.settings.notice != self.said_notice:
            self.said_notice = view.settings.notice
            if self.said_notice:
                self.say("notice", view.t(self.said_notice))
        for event in happened:
            self._follow(event)
        view.age_lines(dt_secs, read=self.panel is None or self.captions.paper is not None)
        self._lay_out()
        if pointer is not None:
            self.letters.pointing.point(self.letters.shown, pointer, self.size_px)
            covered = self.letters.pointing.over(self.letters.shown)
            self.pointing.point(None if covered else self.panel, pointer, self.size_px)
        self.pointing.drag(self.panel, view, self.size_px)

    def turn(self, rad: float) -> None:
        """Turn what the open panel shows, as the pad's stick is pushed."""
        if self.panel is not None and rad:
            self.panel.piece.turn(rad)

    def take_commands(self) -> list[Command]:
        """What dragging has wanted of the world since the last call."""
        commands, self.view.commands = self.view.commands, []
        return commands

    def take_wishes(self) -> list[str]:
        """What the player wished of the app since the last call."""
        wishes, self.view.wishes = self.view.wishes, []
        return wishes

    def press(self, action: str) -> list[Command] | None:
        """Offer an action to the HUD first: the commands it causes, or None when it is for the world."""
        if self.letters.open and not (action := self.letters.take(action, self.view)):
            return []
        for shown in self.pieces:
            if (taken := shown.piece.press(action, self.view)) is not None:
                return taken
        if self.panel is not None:
            return self._press_panel(action)
        if action in self.openers and self.panels[self.openers[action]].can_open(self.view):
            under_way = action == "basket" and self.order_panel.waiting(self.view)
            self.open_panel("order" if under_way else self.openers[action])
            return []
        if action == "put_back" and self.view.finding.goal is not None and not _busy(self.view.world):
            self.view.finding.goal = None
            return []
        return None

    @property
    def wants_text(self) -> bool:
        """Whether letters are typed into the open panel instead of meaning something by themselves."""
        return self.panel is not None and self.panel.piece.types

    def type_text(self, text: str) -> None:
        """Take in what was typed."""
        assert self.panel is not None
        self.pointing.focus = None
        self.letters.end(self.view)
        self.panel.piece.type(text, self.view)

    def compose_text(self, text: str) -> None:
        """Show what an input method is composing."""
        assert self.panel is not None
        self.panel.piece.compose(text, self.view)

    def erase_text(self, *, word: bool = False) -> None:
        """Take away the last letter or word that was typed."""
        assert self.panel is not None
        self.pointing.focus = None
        self.panel.piece.erase(self.view, word=word)

    @property
    def wants_key(self) -> bool:
        """Whether the next key that is pressed, whichever it is, goes to `take_key`."""
        return self.view.open_panel == self.keys_panel.name and self.keys_panel.waits

    def take_key(self, key: str) -> None:
        """Take a key as the new one of an action."""
        self.keys_panel.take_key(key, self.view)

    def open_panel(self, name: str) -> None:
        """Open a panel by its name, in the place of the one that is open."""
        self.close_panel()
        self._open(name)

    def open_over(self, name: str) -> None:
        """Open a panel, and come back from it to the one that is open now."""
        if self.panel is None or self.panel.piece.name == name:
            self.open_panel(name)
        else:
            self._go_on(self.panel.piece.name, name)

    def _open(self, name: str) -> None:
        panel = self.panels[name]
        panel.opened(self.view)
        self.panel = Shown(panel, self.over_veil)
        self.pointing.focus = None
        self.view.open_panel = name
        self.view.drop_lines(PASSING)
        self._lay_out()
        if self.view.device == "pad" and panel.writes_first and self.pointing.on_line(self.panel):
            self.letters.begin(panel, self.view)

    def close_panel(self) -> None:
        """Close the open panel, if there is one."""
        self.letters.end(self.view)
        if self.panel is not None and self.panel.paper is not None:
            self.panel.paper.remove()
        if self.panel is not None:
            self.pointing.let_go(self.panel, self.view)
        self.panel, self.behind = None, []
        self.view.open_panel = ""

    def say(self, kind: str, text: str) -> None:
        """Show a line of text for a few seconds; kind is notice, passing, good or bad."""
        self.view.say(kind, text)

    # --- inside --------------------------------------------------------------------------------------------------

    def _follow(self, event: Event) -> None:
        said = caption(event, self.view)
        if said is not None:
            self.say(*said)
        match event:
            case events.PickedUp():
                self.view.settings.done_hint("take")
            case events.TriedOn() | events.GhostShown():
                self.view.settings.done_hint("try_on")
            case events.BasketChanged(added=True, restored=False):
                self.view.settings.done_hint("basket_add")
            case events.OrderMoved(order_id=order_id, state=state):
                if self.order_panel.moved(order_id, state, self.view):
                    self.view.settings.done_hint("checkout")
                    if self.view.open_panel != "order":
                        self.open_panel("order")
                elif state == "declined" and self.view.open_panel == "order":
                    self.close_panel()
                if self.view.world.history is not None:  # what was told of all orders is out of date
                    self.view.asks.append(ReadHistory())

    def _press_panel(self, action: str) -> list[Command] | None:
        assert self.panel is not None
        piece = self.panel.piece
        if action == "click":
            action = self.pointing.click(self.panel, self.view)
            if not action:
                return piece.beside(self.view)
        elif action == "confirm":
            writes = self.view.device == "pad" and self.pointing.on_line(self.panel)
            action = "letters" if writes else self.pointing.chosen(self.panel) or action
        if action == "letters":
            self.letters.begin(piece, self.view)
            return []
        on_line = action == "go_right" and self.pointing.on_line(self.panel)  # where the caret can go no farther
        if on_line and self.pointing.choose(self.panel, "letters"):
            return []
        taken = piece.press(action, self.view)
        if taken is None and action.startswith("wish:"):
            self.view.wishes.append(action.removeprefix("wish:"))
            return []
        if taken is None and action == "written":
            return []
        if taken is None and action == "leave":
            self.leaving = True
            return []
        if taken is None and action.startswith("open:"):
            self._go_on(piece.name, action.removeprefix("open:"))
            return []
        if taken is not None and action in WAYS:
            self.pointing.focus = None  # the panel has a choice of its own
        slider = self.pointing.slider(self.panel) if taken is None and action in ("go_left", "go_right") else ""
        if slider:
            taken = piece.nudge(slider, WAYS[action][0], self.view)
        if taken is None and action in WAYS:
            self.pointing.move(self.panel, *WAYS[action])
            return []
        closes = action in ("back", "close", "pause", piece.name) or self.openers.get(action) == piece.name
        if taken is None and closes:
            self._go_back()
            return []
        opens = action in self.openers and self.panels[self.openers[action]].can_open(self.view)
        if taken is None and opens and action != "pause":
            self.open_panel(self.openers[action])
            return []
        if self.view.wishes and self.view.wishes[-1].startswith("open:"):
            self._go_on(piece.name, self.view.wishes.pop().removeprefix("open:"))
        elif taken is not None and self.view.open_panel != piece.name:
            if self.view.open_panel:
                self.open_panel(self.view.open_panel)
            else:
                self._go_back()
        return taken

    def _go_on(self, former: str, name: str) -> None:
        """Open a panel from another one, to which one comes back from it."""
        behind = [*self.behind, former]
        self.open_panel(name)
        self.behind = behind

    def _go_back(self) -> None:
        """Close the open panel; the one that it was opened from is there again."""
        *behind, former = self.behind or [""]
        if not former:
            self.close_panel()
            return
        self.open_panel(former)
        self.behind = behind

    def _lay_out(self) -> None:
        view, values = self.view, self.view.settings.values
        view.writing = self.letters.open
        same = (self.size_px, values.ui_scale, values.text_size, values.language, values.palette, view.device, view.pad,
                values.keys, view.writing)  # fmt: skip
        view.beside = ()
        letters, focus = self.letters.shown, self.letters.pointing.focus
        scale = layout.scale_for(self.letters, view, self.size_px)
        self._draw(letters, scale, focus, (same, focus, self.letters.key(view)))
        floor_px = letters.rest.y if letters.paper is not None else float(self.size_px[1])
        if self.panel is not None:
            scale, focus = layout.scale_for(self.panel.piece, view, self.size_px), self.pointing.focus
            self._draw(self.panel, scale, focus, (same, focus, self.panel.piece.key(view)), floor_px)
            covered = layout.around([self.panel.rest, letters.rest if letters.paper is not None else self.panel.rest])
            view.beside = layout.strips(covered, layout.margin_px(view, self.size_px), self.size_px)
            if self.panel.paper is not None and self.panel.paper.caret_at is None:
                self.letters.end(self.view)  # no line is chosen any more
        for shown in self.pieces:
            scale = layout.scale_for(shown.piece, view, self.size_px)
            self._draw(shown, scale, None, (same, shown.piece.key(view)))
        self._draw_veil()

    def _draw(
        self, shown: Shown, scale: float, focus: int | None, key: tuple[object, ...], floor_px: float | None = None
    ) -> None:
        if key[-1] is None:
            if shown.paper is not None:
                shown.paper.remove()
            shown.paper, shown.key = None, None
            return
        if shown.paper is None or key != shown.key:
            if shown.paper is None:
                shown.since_secs = self.view.now_secs
            shown.key = key
            shown.paper = layout.draw(shown, self.view, self.size_px, scale, focus)
        cards = [each.left for each in self.pieces if each.paper is not None and each.piece.anchor == "right"]
        free_px = min([float(self.size_px[0]), *cards])
        layout.place(shown, self.view, self.size_px, free_px, floor_px or float(self.size_px[1]))

    def _draw_veil(self) -> None:
        """Dim the world behind an open panel."""
        piece = self.panel.piece if self.panel is not None else None
        wanted = (self.size_px, piece and (piece.name, piece.veil_key(self.view)))
        if wanted == self.drawn_for:
            return
        self.drawn_for = wanted
        self.veil.get_children().detach()
        if piece is not None:
            piece.veil(Paper(self.veil, 1.0), *self.size_px)

    def boxes(self) -> list[tuple[str, Box, Paper]]:
        """Name, place on the screen in pixels, and paper of everything shown; for checks."""
        shown = [*self.pieces, *([self.panel] if self.panel else []), self.letters.shown]
        return [
            (each.piece.name, Box(each.left, each.top, each.paper.wide * each.paper.scale,
                                  each.paper.high * each.paper.scale), each.paper)
            for each in shown if each.paper is not None
        ]  # fmt: skip


def _busy(world: World) -> bool:
    """Whether something is held, shown or tried on, which putting back is for."""
    return world.hand is not None or world.ghost is not None or any(worn.tried for worn in world.worn.values())
