"""Build mode's tray: drawers of kit pieces and of what one owns, and what can be done with what is selected."""

from collections.abc import Callable
from math import cos, pi, radians, sin

from panda3d.core import Texture

from game.client import theme
from game.client.hud_basket import PAD
from game.client.hud_build_rows import can_be_offered, chosen_rows, key_row, room_rows
from game.client.hud_controls import tabs
from game.client.hud_field import Field
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.hud_pictures import PictureRow
from game.core import building as b
from game.core.budget import ROOM_MAX
from game.core.building import FITS, GRIDS_M, Building
from game.core.commands import Command, Withdraw
from game.core.finishes import GLOW_MAX, WARMTH_MAX_K, WARMTH_MIN_K
from game.core.goods import Good
from game.core.ids import HOME, GoodId, ItemId, PieceId
from game.core.paints import joined, parted, slots_of
from game.core.rooms import GROUPS, Item, Room
from game.core.rooms import Piece as KitPiece
from game.core.rules.building import units_placed

WIDE, TILE, TILES = 1120.0, 92.0, 10
DRAWERS = ("mine", *GROUPS, "room")
WARMTH_STEP_K, GLOW_STEP = 250, 0.1


class BuildPanel(Piece):
    """What is chosen in the tray is carried until it is set down; what is selected is moved, painted, written on."""

    name = "build"
    anchor = "bottom"
    modal = True
    wide = WIDE

    def __init__(self, picture: Callable[[PieceId], Texture | None], row: PictureRow | None = None) -> None:
        self.piece_picture = picture
        self.row, self.hangs = row, False  # the pictures that can be hung, and whether one is being chosen
        self.drawer, self.page = DRAWERS.index("shelves"), 0
        self.slot = 0  # which of the paints is being chosen
        self.aligns = False  # the ways of aligning are shown
        self.words: Field | None = None  # while words are typed
        self.pointed = ItemId("")  # what lies under the pointer or the crosshair
        self.handle = ""  # which handle of what is selected lies under the pointer
        self.covered = False  # the pointer is over the tray
        self.adds = False  # the next pick is added to what is selected
        self.pictures = 0  # how many pictures of pieces were taken
        self._wished: Command | None = None  # what the slider that is dragged will have changed

    # --- what there is ---------------------------------------------------------------------------------------------

    @property
    def types(self) -> bool:  # type: ignore[override]
        """Whether letters are words for a sign."""
        return self.words is not None

    @property
    def at_rest(self) -> bool:
        """Whether nothing is chosen or written in the tray just now."""
        return self.words is None and not self.hangs

    def can_open(self, view: View) -> bool:
        """One builds at home."""
        return view.world.place_id == HOME and view.world.home is not None

    def opened(self, view: View) -> None:
        if view.world.building is not None:  # back from a card or a panel that was opened from here
            if self.hangs and self.row is not None:
                self.row.opened()
            return
        self.page, self.slot, self.aligns, self.words, self.hangs = 0, 0, False, None, False
        view.asks.append(b.StartBuilding())

    def things(self, view: View) -> list[KitPiece | Good]:
        """What is in the open drawer."""
        world, drawer = view.world, DRAWERS[self.drawer]
        if drawer == "mine":
            return [world.goods[good] for good, units in world.owned.items() if units and good in world.goods]
        return [piece for piece in world.kit.values() if piece.group == drawer]

    def selected(self, view: View) -> list[Item]:
        """The selected items that are in the room."""
        building, room = view.world.building, view.world.home
        ids = set(building.selected) if building is not None else set()
        return [item for item in room.items if item.id in ids] if room is not None else []

    def paints(self, view: View) -> tuple[str, ...]:
        """The slots that can be painted: of what is selected, or of the room in its drawer."""
        world = view.world
        chosen = self.selected(view)
        if not chosen:
            in_drawer = DRAWERS[self.drawer] == "room" and world.home is not None
            if not in_drawer or world.home is None:
                return ()
            return slots_of(world.templates[world.home.template].paints, shines=True)
        found: dict[str, None] = {}
        for item in chosen:
            piece = world.kit.get(item.piece)
            found.update(dict.fromkeys(slots_of(piece.paints, shines=piece.lamp is not None) if piece else ()))
        return tuple(found)

    def paint(self, view: View, slot: str) -> tuple[str, str]:
        """The colour and the material that a slot has now: of what is selected on the first that is painted there."""
        chosen, room = self.selected(view), view.world.home
        painted: Item | Room | None = next((item for item in chosen if slot in item.paint), None) if chosen else room
        return parted(painted.paint.get(slot, "")) if painted is not None else ("", "")

    # --- drawing ---------------------------------------------------------------------------------------------------

    def key(self, view: View) -> object:
        world = view.world
        building = world.building
        if building is None or world.home is None:
            return self.name
        carried = building.carried
        return (
            self.drawer, self.page, self.slot, self.aligns, self.words and (self.words.text, self.words.composing),
            building.selected, building.snap, carried and (carried.fit, carried.taken_up, len(carried.items)),
            building.weight, len(world.strokes.done), len(world.strokes.undone), world.home.paint,
            tuple(self.selected(view)), tuple(world.owned.items()), view.pictures, self.pictures, view.device,
            self.hangs and self.row and self.row.key(), tuple(world.trade.stands.values()), tuple(world.offers),
            tuple(world.trade.offers.get(item.offer) for item in self.selected(view)), world.purse.block > 0,
        )  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        building, room = view.world.building, view.world.home
        y = 12.0
        if building is None or room is None:
            paper.text(WIDE / 2, y, view.t("build_mode"), theme.BODY, bold=True, align="centre")
            paper.sheet(WIDE, y + 40)
            return
        if building.carried is None:  # else there is more of the room to see
            labels = [(view.t(f"drawer_{name}"), f"drawer:{number}") for number, name in enumerate(DRAWERS)]
            y += tabs(paper, PAD, y, WIDE - 2 * PAD, labels, self.drawer) + 10
        chosen = self.selected(view)
        if building.carried is not None:
            y = self._carrying(paper, view, building, y)
        elif self.words is not None:
            prompt = view.t("words_prompt_pad" if view.device == "pad" else "words_prompt")
            y += self.words.draw(paper, view, PAD, y, WIDE - 2 * PAD, prompt, active=True) + 10
        elif chosen and self.hangs and self.row is not None:
            y = self.row.draw(paper, view, WIDE, y)
        elif chosen:
            y = chosen_rows(self, paper, view, chosen, y)
        elif DRAWERS[self.drawer] == "room":
            y = room_rows(self, paper, view, room, y)
        else:
            y = self._tiles(paper, view, room, y)
        y = self._status(paper, view, building, y)
        paper.sheet(WIDE, y, radius=18)

    def _tiles(self, paper: Paper, view: View, room: Room, y: float) -> float:
        things = self.things(view)
        if not things:
            paper.text(WIDE / 2, y + 30, view.t("drawer_empty"), theme.BODY, align="centre", colour=theme.INK_SOFT)
            return y + TILE + 24
        pages = -(-len(things) // TILES)
        self.page = min(self.page, pages - 1)
        pitch = (WIDE - 2 * PAD - 60) / TILES
        for way, left in ((-1, PAD), (1, WIDE - PAD - 26)):
            if 0 <= self.page + way < pages:
                paper.button(left, y + 24, 26, "‹" if way < 0 else "›", f"page:{way}", high=44)
        for at, thing in enumerate(things[self.page * TILES : (self.page + 1) * TILES]):
            x = PAD + 30 + at * pitch + (pitch - TILE) / 2
            paper.box(x, y, TILE, TILE, theme.PAPER_DEEP, radius=12)
            good = thing if isinstance(thing, Good) else None
            texture = view.picture(good.id) if good else self.piece_picture(PieceId(thing.id))
            if texture is not None:
                paper.picture(x + 4, y + 4, TILE - 8, texture)
            name = paper.shorten(view.texts.of(thing.name), 11.5, pitch - 6)
            paper.text(x + TILE / 2, y + TILE + 2, name, 11.5, align="centre")
            if good:
                left = view.world.owned.get(good.id, 0) - units_placed(room, good.id)
                pill_text = view.t("units_left", n=left)
                paper.text(x + TILE - 5, y + 3, pill_text, 11, bold=True, align="right", colour=theme.INK_SOFT)
            paper.pressable(x, y, TILE, TILE, f"take:{thing.id}", radius=12)
        return y + TILE + 24

    def _carrying(self, paper: Paper, view: View, building: Building, y: float) -> float:
        carried = building.carried
        assert carried is not None
        fits = carried.fit.kind == FITS
        words = view.t("build_fits") if fits else view.t(f"reason_{carried.fit.kind}")
        mark, colour = ("✓", theme.TEAL) if fits else ("×", theme.BERRY)
        paper.text(WIDE / 2, y, f"{mark}  {words}", theme.LEAD, bold=True, align="centre", colour=colour)
        y += theme.LEAD * theme.LINE_HEIGHT + 8
        pairs = [
            (view.key("confirm"), view.t("build_set_down")), (view.key("tab_left"), view.t("build_turn_left")),
            (view.key("tab_right"), view.t("build_turn_right")), (view.arrows(), view.t("build_nudge")),
            (view.key("build_snap"), self._snap_words(view)), (view.key("back"), view.t("build_put_away")),
        ]  # fmt: skip
        return y + paper.hints(PAD, y, WIDE - 2 * PAD, [pair for pair in pairs if pair[0]])

    def _status(self, paper: Paper, view: View, building: Building, y: float) -> float:
        """Keys to the left, the budget to the right: how much of each limit the room takes."""
        paper.line(PAD, y, WIDE - 2 * PAD)
        y += 8
        strokes = view.world.strokes
        free = building.carried is None  # else Enter sets down, and nothing here may take it
        hints = [
            (view.key(f"build_{act}"), view.t(f"build_{act}", n=len(done)), f"build_{act}" if free else "")
            for act, done in (("undo", strokes.done), ("redo", strokes.undone))
        ]
        if free:  # else the keys of carrying stand above
            hints.insert(0, (view.key("build_pick"), view.t("build_pick"), ""))
            hints.append((view.key("build_snap"), self._snap_words(view), "build_snap"))
            hints.append((view.key("back"), view.t("do_close"), ""))
        high = key_row(paper, PAD, y, hints)
        weight, x = building.weight, WIDE - PAD - 3 * 118
        for label, value, most, said in (
            ("triangles", weight.triangles, ROOM_MAX.triangles, f"{weight.triangles:,}"),
            ("textures", weight.texture_bytes, ROOM_MAX.texture_bytes, f"{weight.texture_bytes / 1e6:.0f} MB"),
            ("files", weight.file_bytes, ROOM_MAX.file_bytes, f"{weight.file_bytes / 1e6:.1f} MB"),
        ):
            part = min(value / most, 1.0)
            paper.text(x, y, f"{view.t(f'budget_{label}')}  {said}", 11, colour=theme.INK_SOFT)
            paper.box(x, y + 18, 108, 7, theme.LINE, radius=3.5)
            if part > 0.02:
                paper.box(x, y + 18, 108 * part, 7, theme.BERRY if part > 0.9 else theme.TEAL, radius=3.5)
            x += 118
        return y + max(high, 30) + 6

    def _snap_words(self, view: View) -> str:
        building = view.world.building
        grid_m = building.snap.grid_m if building is not None else 0.0
        return view.t("build_snap_off") if not grid_m else view.t("build_snap_cm", cm=round(grid_m * 100))

    # --- pressing --------------------------------------------------------------------------------------------------

    def press(self, action: str, view: View) -> list[Command] | None:
        building = view.world.building
        if building is None:
            return None
        if self.words is not None:
            return self._write(action)
        if building.carried is not None and (steered := self._steer(action, building, view)) is not None:
            return steered
        kind, _, what = action.partition(":")
        match kind:
            case "drawer" if what:
                self.drawer, self.page = int(what) % len(DRAWERS), 0
                return [b.SelectItems()]
            case "tab_left" | "tab_right":
                self.drawer = (self.drawer + (1 if kind == "tab_right" else -1)) % len(DRAWERS)
                self.page = 0
                return [b.SelectItems()]
            case "page":
                self.page += int(what)
                return []
            case "take" if what:
                is_good = GoodId(what) in view.world.owned and DRAWERS[self.drawer] == "mine"
                return [b.TakeNew(good=GoodId(what)) if is_good else b.TakeNew(piece=PieceId(what))]
            case "template":
                return [b.SetTemplate(template=view.world.templates[what].id)]  # type: ignore[index]
            case "act":
                return self._act(what, view)
            case "align":
                return [b.AlignItems(how=what)]
            case "slot":
                self.slot = int(what)
                return []
            case "picture" if self.hangs and self.row is not None:
                if what == "done":
                    self.hangs = False
                    return []
                return self.row.press(what, building.selected)
            case "back" if self.hangs:
                self.hangs = False
                return []
            case "paint" | "material":
                slots = self.paints(view)
                if not slots:
                    return []
                slot = slots[self.slot]
                colour, material = self.paint(view, slot)
                paint = joined(what, material) if kind == "paint" else joined(colour, what)
                return [b.PaintItems(slot=slot, colour=paint, of_room=not self.selected(view))]
            case "build_pick":
                return self.pick(view)
            case "build_undo":
                return [b.Undo()]
            case "build_redo":
                return [b.Redo()]
            case "build_copy":
                return [b.DuplicateItems()] if building.selected else []
            case "build_snap":
                grid_m = GRIDS_M[(GRIDS_M.index(building.snap.grid_m) + 1) % len(GRIDS_M)]
                return [b.SetSnap(grid_m=grid_m, turn_deg=15.0 if grid_m else 0.0)]
            case "remove":
                return [b.RemoveItems()] if building.selected else []
            case "back" if building.selected:
                return [b.SelectItems()]
        return None

    def pick(self, view: View) -> list[Command]:
        """Select what is pointed at; what is selected already is taken up."""
        building = view.world.building
        if building is None or not self.pointed:
            return [b.SelectItems()]
        if self.pointed in building.selected and not self.adds:
            return [b.TakeUp()]
        self.slot, self.aligns, self.hangs = 0, False, False
        return [b.SelectItems(ids=(self.pointed,), add=self.adds)]

    def beside(self, view: View) -> list[Command]:
        """A press beside the tray, into the room."""
        building = view.world.building
        if building is None or self.words is not None or self.covered or self.handle:
            return []
        return [b.Drop(again=self.adds)] if building.carried is not None else self.pick(view)

    def _steer(self, action: str, building: Building, view: View) -> list[Command] | None:
        """What is pressed while something is carried."""
        step_m = building.snap.grid_m or 0.01
        match action:
            case "confirm" | "build_pick":
                return [b.Drop(again=self.adds)]
            case "back" | "remove":
                return [b.PutAway()]
            case "tab_left" | "tab_right":
                deg = building.snap.turn_deg or 3.0
                return [b.TurnCarried(deg=deg if action == "tab_left" else -deg)]
            case "go_left" | "go_right" | "go_up" | "go_down":
                return [b.NudgeCarried(by_m=_by(action, step_m, view.world.body.yaw_rad))]
        return None

    def _act(self, act: str, view: View) -> list[Command]:
        match act:
            case "move":
                return [b.TakeUp()]
            case "copy":
                return [b.DuplicateItems()]
            case "remove":
                return [b.RemoveItems()]
            case "group":
                return [b.GroupItems()]
            case "ungroup":
                return [b.UngroupItems()]
            case "align":
                self.aligns = not self.aligns
                return []
            case "picture" if self.row is not None:
                self.hangs = True
                self.row.opened()
                return []
            case "offer":
                if can_be_offered(view, self.selected(view)):
                    view.wishes.append("open:offer")
                return []
            case "withdraw":
                return [Withdraw(offer=item.offer) for item in self.selected(view)]
            case "words":
                self.words = Field(120)
                self.words.text = next((item.words for item in self.selected(view) if item.words), "")
                return []
        return [b.SelectItems()]

    def _write(self, action: str) -> list[Command]:
        assert self.words is not None
        if action in ("confirm", "written"):
            words, self.words = self.words.text, None
            return [b.SetWords(words=words)]
        if action == "back":
            self.words = None
        return []

    def type(self, text: str, view: View) -> None:
        if self.words is not None:
            self.words.type(text)

    def compose(self, text: str, view: View) -> None:
        if self.words is not None:
            self.words.compose(text)

    def erase(self, view: View, *, word: bool = False) -> None:
        if self.words is not None:
            self.words.erase(word=word)

    def drag(self, action: str, part: float, view: View) -> None:
        """A slider was moved; the stroke is made when it is let go."""
        least, most = (0.0, GLOW_MAX) if action == "glow" else (WARMTH_MIN_K, WARMTH_MAX_K)
        self._wished = _light(action, least + part * (most - least))

    def nudge(self, action: str, way: int, view: View) -> list[Command] | None:
        kit = view.world.kit
        lamps = [item for item in self.selected(view) if item.piece in kit and kit[item.piece].lamp is not None]
        if action == "room_warmth" and view.world.home is not None:
            return [_light(action, view.world.home.warmth_k + way * WARMTH_STEP_K)]
        if action == "warmth" and lamps:
            return [_light(action, lamps[0].warmth_k + way * WARMTH_STEP_K)]
        return [_light(action, lamps[0].glow + way * GLOW_STEP)] if lamps else None

    def drop(self, view: View) -> None:
        if self._wished is not None:
            view.commands.append(self._wished)
            self._wished = None

    def veil_key(self, view: View) -> object:
        return self.name

    def veil(self, paper: Paper, wide: float, high: float) -> None:
        """The room is not veiled."""

def _light(slider: str, value: float) -> Command:
    """What a slider of light wishes at a value of its own, in its steps; the rules keep it within its ends."""
    if slider == "glow":
        return b.SetLight(glow=round(round(value / GLOW_STEP) * GLOW_STEP, 3))
    warmth_k = round(value / WARMTH_STEP_K) * WARMTH_STEP_K
    return b.SetRoom(warmth_k=warmth_k) if slider == "room_warmth" else b.SetLight(warmth_k=warmth_k)


def _by(action: str, step_m: float, yaw_rad: float) -> tuple[float, float, float]:
    """A step along the room's own axes, the way that is nearest to where the player looks; up and down are ahead and
    back."""
    ahead = round(yaw_rad / (pi / 2)) * 90.0
    turn = radians(ahead + {"go_up": 0.0, "go_left": 90.0, "go_down": 180.0, "go_right": -90.0}[action])
    return (round(-sin(turn) * step_m, 4), round(cos(turn) * step_m, 4), 0.0)
