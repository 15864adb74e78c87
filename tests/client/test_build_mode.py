"""Build mode in the drawn room: handles that the pointer drags, misfits that say so, pictures, copies of the room."""

import time
from collections.abc import Iterator
from functools import partial
from math import atan2, cos, sin

import msgspec
import numpy as np
import pytest

from game.client.app import App, Options
from game.client.build_mode import BuildMode
from game.client.handles import LONG, RING
from game.client.settings import Settings, Values
from game.content.load import load_catalogue, world_of
from game.content.room_copy import write_copy
from game.core import building as b
from game.core.commands import Admit, Travel
from game.core.ids import HOME, ItemId, PieceId, PlaceId, TemplateId, Wei
from game.core.room_ports import OfferStock
from game.core.rooms import Item, new_room
from tests.client.drawn import REPO, SIZE, Silent
from tests.content.imports.files import damaged_jpegs, png

STOOL, TABLE, FRAME = ItemId("i1"), ItemId("i2"), ItemId("i3")
ITEMS = (
    Item(id=STOOL, piece=PieceId("stool"), at_m=(0.0, 1.0, 0.0)),
    Item(id=TABLE, piece=PieceId("side_table"), at_m=(1.0, 1.0, 0.0)),
    Item(id=FRAME, piece=PieceId("frame_large"), at_m=(-0.55, 2.981, 1.3)),
)


class Builder:
    """An app in a studio with three things, its tray open, and a pointer that goes where it is told."""

    def __init__(self, folder) -> None:
        found = load_catalogue(REPO)
        self.world = world_of(found, start=PlaceId("street"), seed=1)
        room = msgspec.structs.replace(new_room(found.templates[TemplateId("studio")], name="Home"), items=ITEMS)
        options = Options(
            home=folder, assets=REPO / "assets", offscreen=True, size=SIZE, msaa=0, hud=False, quality="low"
        )  # fmt: skip
        settings = Settings(None, Values(language="en", reduced_motion=True))
        self.app = App(self.world, Silent(), options, settings=settings)
        self.app._queue += [Admit(room=room, next_item=4), Travel(place=HOME)]
        self.frames(2)
        self.app.finish_loading()
        self.mode = self.app.part(BuildMode)
        self.app.devices.pointer = lambda: self.at
        self.at = None
        self.room = room

    def frames(self, count=1):
        for _ in range(count):
            self.app.frame(1 / 60)

    def begin(self, item=STOOL):
        """The room as it was, this item selected, looked at from the south."""
        self.app.input.handle("left mouse down", False)
        self.at = None
        self.app._queue += [b.StopBuilding(), Admit(room=self.room, next_item=4)]
        self.app.hud.close_panel()
        self.frames(2)
        self.world.body.pos_m, self.world.body.yaw_rad, self.world.body.pitch_rad = (0.0, -1.2, 0.0), 0.0, -0.55
        self.app.hud.open_panel("build")
        self.frames(3)
        self.app._queue.append(b.SelectItems(ids=(item,)))
        self.frames(2)
        assert self.world.building.selected == (item,)

    def the(self, item):
        return next(each for each in self.world.home.items if each.id == item)

    def spot(self, name, side=1.0):
        """A point of the picture on a handle."""
        handles, sight = self.mode._handles, self.mode._sight
        if name == "turn":
            yaw = sight.gaze.yaw_rad
            way = np.array((cos(yaw), sin(yaw), 0.0)) * RING
        else:
            way = np.array(handles._axis(name)) * LONG * side
        (seen,) = sight.seen((np.array(handles._middle_m) + way * handles._scale)[None])
        return float(seen[0]), float(seen[1])

    def drag(self, name, by, *, holds=False):
        x, y = self.spot(name)
        self.point((x, y))
        assert self.mode.panel.handle == name
        self.app.input.handle("left mouse down", True)
        self.frames(2)
        for part in (0.5, 1.0):
            self.point((x + by[0] * part, y + by[1] * part))
        if not holds:
            self.app.input.handle("left mouse down", False)
            self.frames(2)

    def point(self, at):
        self.at = at
        self.frames(2)


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    made = Builder(tmp_path_factory.mktemp("home"))
    yield made
    made.app.close()


def test_a_handle_slides_what_is_selected_along_one_side_of_the_room_in_steps_of_the_grid(builder):
    builder.begin()
    builder.drag("along_0", (-0.2, 0.1))
    x, y, z = builder.the(STOOL).at_m
    assert (x < -0.2, y, z) == (True, 1.0, 0.0)
    assert x / 0.05 == pytest.approx(round(x / 0.05))
    assert builder.world.building.carried is None
    assert len(builder.world.strokes.done) == 1, "the whole drag is one stroke"


def test_the_ring_turns_in_steps_of_15_degrees(builder):
    builder.begin()
    builder.drag("turn", (-0.05, 0.05))
    stool = builder.the(STOOL)
    assert stool.at_m == (0.0, 1.0, 0.0)
    assert stool.yaw_deg % 15 == 0
    assert stool.yaw_deg != 0


def test_what_hangs_has_handles_along_its_wall_and_up_and_none_to_turn(builder):
    builder.begin(FRAME)
    builder.world.body.pitch_rad = 0.0
    builder.frames(2)
    assert builder.mode._handles._names() == ("along_0", "lift")
    builder.drag("lift", (0.0, -0.08))
    x, y, z = builder.the(FRAME).at_m
    assert (x, y) == pytest.approx((-0.55, 2.981), abs=0.005)
    assert z < 1.3


def test_what_would_not_fit_goes_back_and_says_why(builder):
    builder.begin()
    builder.drag("along_0", (0.45, 0.0), holds=True)
    carried = builder.world.building.carried
    assert carried.fit.kind == "overlaps"
    root = builder.app.street.here.root
    assert not root.find("**/why").is_empty()
    assert not root.find("**/outline").is_empty()
    builder.app.input.handle("left mouse down", False)
    builder.frames(2)
    assert builder.world.building.carried is None
    assert builder.world.home.items == ITEMS
    assert builder.app.hud.view.toasts[-1][:2] == ("bad", builder.app.hud.view.t("reason_overlaps"))
    assert root.find("**/why").is_empty()
    assert root.find("**/outline").is_empty()


def test_what_fits_is_carried_without_words_and_rims(builder):
    builder.begin()
    builder.app._queue += [b.TakeUp(stay=True), b.BringCarried(at_m=(-1.0, 1.0, 0.0))]
    builder.frames(2)
    root = builder.app.street.here.root
    assert builder.world.building.carried.fit.kind == "fits"
    assert root.find("**/why").is_empty()
    assert root.find("**/outline").is_empty()


def test_a_press_beside_the_handles_is_no_drag_of_them(builder):
    builder.begin()
    x, y = builder.spot("along_0")
    builder.point((x, y + 0.2))
    assert builder.mode.panel.handle == ""
    builder.app.input.handle("left mouse down", True)
    builder.frames(2)
    assert builder.world.building.carried is None
    assert builder.mode._grip is None


def test_a_press_on_the_bare_tray_selects_nothing_behind_it(builder):
    builder.begin()
    builder.point((0.0, -0.43))
    assert builder.mode.panel.covered
    builder.app.input.handle("left mouse down", True)
    builder.frames(2)
    assert builder.world.building.selected == (STOOL,)


def test_who_steers_by_pad_sees_no_handles(builder):
    builder.begin()
    assert builder.mode._handles._node is not None
    builder.app.input.handle("gamepad dpad up", True)
    builder.app.input.handle("gamepad dpad up", False)
    builder.frames(2)
    assert builder.mode._handles._node is None
    builder.app.input.device = "keys"


@pytest.mark.parametrize("by_m", [(0.0, 2.0, 0.0), (0.7, 2.0, -0.4), (-1.1, 0.9, 0.5)])
def test_what_is_seen_at_a_point_lies_on_the_ray_through_it(builder, by_m):
    sight = builder.mode._sight
    point_m = np.array(sight.gaze.eye_m) + by_m
    (seen,) = sight.seen(point_m[None])
    eye_m, way = sight.ray((float(seen[0]), float(seen[1])))
    assert np.cross(point_m - eye_m, way) == pytest.approx(np.zeros(3), abs=1e-5)


def test_what_is_behind_is_seen_nowhere(builder):
    sight = builder.mode._sight
    assert np.isnan(sight.seen((np.array(sight.gaze.eye_m) - (0.0, 2.0, 0.0))[None])).all()


# --- pictures and copies -------------------------------------------------------------------------------------------


def press(builder, *actions):
    for action in actions:
        builder.app._queue += builder.app.hud.press(action) or []
        builder.frames(2)


def hang(builder, number):
    press(builder, f"picture:{number}")
    begun = time.monotonic()
    while builder.mode._rack.busy:
        assert time.monotonic() - begun < 60
        time.sleep(0.01)
        builder.frames()
    builder.frames(2)


def test_a_picture_of_the_players_is_hung_weighed_and_taken_down(builder):
    folder = builder.app.options.home / "pictures"
    folder.mkdir(exist_ok=True)
    (folder / "a broken one.jpg").write_bytes(damaged_jpegs()["codes"])
    (folder / "sea.png").write_bytes(png(64, 48))
    builder.begin(FRAME)
    press(builder, "act:picture")
    assert [picture.name.en for picture in builder.mode._rack.pictures] == ["a broken one", "sea"]
    hang(builder, 0)
    assert builder.mode._rack.trouble == "picture_not_hung"
    assert builder.the(FRAME).picture == ""
    hang(builder, 1)
    assert builder.mode._rack.trouble == ""
    assert builder.the(FRAME).picture in builder.world.weights
    assert builder.world.building.weight.texture_bytes > 0
    assert not builder.app.street.here.view.node(FRAME).find("**/picture").is_empty()
    press(builder, "picture:")
    assert builder.the(FRAME).picture == ""
    press(builder, "back")
    assert builder.mode.panel.at_rest
    assert builder.app.hud.view.open_panel == "build"


@pytest.mark.parametrize("device", ["mouse", "keys", "pad"])
def test_several_things_are_selected_by_mouse_keys_and_pad(builder, device, monkeypatch):
    builder.begin()
    builder.frames()
    middle_m = np.array([[1.0, 1.0, 0.3]])
    if device == "mouse":
        press, x, y = builder.app.stage.base.input, *builder.mode._sight.seen(middle_m)[0]
        builder.point((float(x), float(y)))
        names = ("left shift", "shift-mouse1")  # as the engine tells of a click with Shift
    else:
        builder.world.body.yaw_rad = -atan2(1.0, 2.2)
        press = partial(builder.app.input.handle, pressed=True)
        names = ("left shift", "space") if device == "keys" else ("gamepad x",)
        if device == "pad":
            monkeypatch.setattr(builder.app.input, "axes", {"gamepad left trigger": 1.0})
    builder.frames(2)
    for name in names:
        press(name)
        builder.frames(2)
    builder.app.input.release_all()
    builder.frames(2)
    assert builder.mode.panel.pointed == TABLE
    assert set(builder.world.building.selected) == {STOOL, TABLE}
    builder.app.input.device = "keys"


def test_a_picture_that_is_brought_meanwhile_can_be_hung_at_once(builder):
    builder.begin(FRAME)
    press(builder, "act:picture", "open:import")
    assert builder.app.hud.view.open_panel == "import"
    (builder.app.options.home / "pictures").mkdir(exist_ok=True)
    (builder.app.options.home / "pictures" / "new.png").write_bytes(png())
    press(builder, "back")
    assert builder.app.hud.view.open_panel == "build"
    assert "new" in [picture.name.en for picture in builder.mode._rack.pictures]
    assert builder.world.building.selected == (FRAME,)


def test_building_goes_on_behind_the_panels_that_the_tray_opens(builder):
    builder.begin()
    press(builder, "open:copies")
    assert builder.app.hud.view.open_panel == "copies"
    assert builder.world.building is not None
    press(builder, "back")
    assert builder.app.hud.view.open_panel == "build"
    assert builder.world.building.selected == (STOOL,)
    press(builder, "back", "back")
    assert builder.app.hud.view.open_panel == ""
    assert builder.world.building is None


def test_a_copy_is_saved_taken_in_undone_and_refused_where_it_is_damaged(builder):
    builder.begin()
    press(builder, "open:copies", "save")
    panel = builder.app.hud.panels["copies"]
    assert panel.by.done[0] == "copy_saved"
    (path,) = panel.by.files
    builder.app._queue += [b.SelectItems(), b.RemoveItems(ids=(STOOL,))]
    builder.frames(2)
    assert len(builder.world.home.items) == 2
    press(builder, "go_down", "take")
    assert panel.by.done == ("copy_taken", {})
    assert [(each.piece, each.at_m) for each in builder.world.home.items] == [(i.piece, i.at_m) for i in ITEMS]
    press(builder, "back", "build_undo")
    assert len(builder.world.home.items) == 2
    path.write_bytes(path.read_bytes()[:200])
    press(builder, "open:copies")
    builder.app.hud.type_text(f"  '{path}' ")
    press(builder, "take")
    assert panel.by.failed[0] == "copy_damaged"
    assert len(builder.world.home.items) == 2
    path.unlink()


def test_what_a_copy_has_and_the_player_has_not_is_left_out_and_told(builder):
    builder.begin()
    panel = builder.app.hud.panels["copies"]
    good = Item(id=ItemId("i9"), good=next(iter(builder.world.goods)), at_m=(-1.0, 0.5, 0.0))
    room = msgspec.structs.replace(builder.room, items=(*ITEMS, good), next_item=10)
    press(builder, "open:copies")
    builder.app._queue += panel.by.take(write_copy(builder.app.options.home / "elsewhere", room))
    builder.frames(2)
    assert panel.by.done == ("copy_taken_but", {"n": 1})
    assert len(builder.world.home.items) == 3


# --- tags ------------------------------------------------------------------------------------------------------------


def test_a_stand_bears_its_price_then_that_its_good_is_sold_and_none_while_it_is_carried(builder):
    offer, good = "0x" + "ab" * 32, next(g.id for g in builder.world.goods.values() if g.kind == "vase")
    stand = Item(id=ItemId("i9"), good=good, at_m=(-1.0, 0.5, 0.0), offer=offer)
    bare = Item(id=ItemId("i8"), good=good, at_m=(-1.6, 0.5, 0.0))
    builder.begin()
    root = builder.app.street.here.root
    assert root.find("**/tags").is_empty()
    room = msgspec.structs.replace(builder.room, items=(*ITEMS, bare, stand), next_item=10)
    builder.app._queue.append(Admit(room=room, next_item=10))
    stock = OfferStock(offer=offer, good_id=good, left=1, unit_price_wei=Wei(12 * 10**15 + 5 * 10**14))
    wide = []
    for state in ("open", "sold_out"):
        builder.app.market.told.append(msgspec.structs.replace(stock, state=state, left=int(state == "open")))
        builder.frames(2)
        (tag,) = root.find_all_matches("**/tags/tag")
        low, high = tag.get_tight_bounds(root)
        wide.append(max(high[0] - low[0], high[1] - low[1]))
    assert wide[0] > wide[1] * 1.5, "a price is longer than that it is gone"
    builder.app._queue.append(b.TakeUp(ids=(stand.id,)))
    builder.frames(2)
    assert root.find("**/tags").is_empty()
    builder.app._queue.append(b.PutAway())
    builder.frames(2)
    assert not root.find("**/tags").is_empty()
