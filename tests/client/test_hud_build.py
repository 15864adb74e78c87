"""The tray of build mode: its keys carry, turn, set down, select and take back in the real rules."""

import pytest
from panda3d.core import NodePath, Texture

from game.client.finding import Finding
from game.client.hud_build import DRAWERS, BuildPanel
from game.client.hud_build_rows import acts_of, stand_words
from game.client.hud_offer import OfferPanel
from game.client.hud_panel import View
from game.client.hud_paper import Paper
from game.client.settings import Settings, Values
from game.client.texts import load_texts
from game.content.load import load_catalogue
from game.core import building as b
from game.core import ports
from game.core.building import StartBuilding
from game.core.commands import Admit, Travel, Withdraw
from game.core.ids import HOME, ItemId, OfferHash, PlaceId, Wei
from game.core.paints import LAMPLIGHT, MATERIALS
from game.core.rooms import new_room
from game.core.step import step
from game.core.trade import OfferOnStand
from game.core.world import World, new_world
from tests.client.drawn import REPO
from tests.core.small import GOODS, STREET, VASE, ready, street
from tests.core.small_rooms import FRAME, KIT, LAMP, SHELF, TABLE, TEMPLATES, item, studio


@pytest.fixture
def world() -> World:
    made = new_world({STREET: street()}, dict(GOODS), start=STREET, seed=1, kit=KIT, templates=TEMPLATES)
    step(made, [Admit(room=new_room(studio(), name="Mine"))])
    step(made, [Travel(place=HOME)])
    step(made, [StartBuilding()])
    assert made.building is not None
    return made


@pytest.fixture
def view(world: World) -> View:
    texts = load_texts("en")
    return View(world, texts, Settings(values=Values(language="en")), Finding(world, texts))


def no_picture(_: object) -> Texture | None:
    return None


def press(panel: BuildPanel, view: View, *actions: str) -> None:
    for action in actions:
        wished = panel.press(action, view)
        assert wished is not None, f"the tray takes {action}"
        step(view.world, wished)


def test_a_thing_of_the_tray_is_carried_turned_and_set_down(view: View) -> None:
    panel, world = BuildPanel(no_picture), view.world
    before = len(world.home.items)
    press(panel, view, f"take:{SHELF}")
    assert world.building.carried is not None
    yaw_deg = world.building.carried.items[0].yaw_deg
    press(panel, view, "tab_left")
    assert (world.building.carried.items[0].yaw_deg - yaw_deg) % 360 == 15.0
    world.body.pitch_rad = -0.6
    step(world, [])
    assert world.building.carried.fit.kind == "fits"
    press(panel, view, "confirm")
    assert world.building.carried is None
    assert len(world.home.items) == before + 1
    press(panel, view, "build_undo")
    assert len(world.home.items) == before


def test_what_is_put_away_leaves_the_room_as_it_was(view: View) -> None:
    panel, room = BuildPanel(no_picture), view.world.home
    press(panel, view, f"take:{SHELF}", "back")
    assert view.world.building.carried is None
    assert view.world.home == room


def test_what_is_pointed_at_is_selected_then_taken_up(view: View) -> None:
    panel, world = BuildPanel(no_picture), view.world
    press(panel, view, f"take:{SHELF}")
    world.body.pitch_rad = -0.6
    step(world, [])
    press(panel, view, "confirm", "back")
    assert not world.building.selected
    panel.pointed = world.home.items[-1].id
    press(panel, view, "build_pick")
    assert panel.pointed in world.building.selected
    press(panel, view, "build_pick")
    assert world.building.carried is not None
    assert world.building.carried.taken_up


def test_the_grid_goes_round_and_drawers_follow_each_other(view: View) -> None:
    panel = BuildPanel(no_picture)
    grids = [view.world.building.snap.grid_m]
    for _ in range(3):
        press(panel, view, "build_snap")
        grids.append(view.world.building.snap.grid_m)
    assert sorted(grids[:3]) == [0.0, 0.05, 0.25]
    assert grids[0] == grids[3]
    was = panel.drawer
    press(panel, view, "tab_right", "tab_left")
    assert panel.drawer == was
    assert DRAWERS[panel.drawer] == "shelves"


def test_the_tray_opens_at_home_alone(view: View) -> None:
    panel = BuildPanel(no_picture)
    assert panel.can_open(view)
    view.world.place_id = PlaceId(STREET)
    assert not panel.can_open(view)


def test_while_words_are_typed_keys_are_letters(view: View) -> None:
    panel = BuildPanel(no_picture)
    panel.press("act:words", view)
    panel.type("bread", view)
    assert panel.types
    assert panel.press("build_undo", view) == []
    panel.press("back", view)
    assert not panel.types


# --- goods on stands -------------------------------------------------------------------------------------------------

OFFER = OfferHash("0x" + "ab" * 32)


@pytest.fixture
def owner(view: View) -> View:
    """One who owns one vase, which stands in the room and is selected, by a table and a frame."""
    room = view.world.home
    things = (item(1, VASE, (0.5, 1.0)), item(2, TABLE, (-1.0, 1.0)), item(3, FRAME, (0.0, 2.98, 1.0)))
    room = type(room)(id=room.id, name=room.name, template=room.template, items=things, next_item=4)
    step(view.world, [Admit(room=room, next_item=4)], [ready(), holdings(1)])
    step(view.world, [b.SelectItems(ids=(ItemId("i1"),))])
    return view


def holdings(vases: int) -> ports.Holdings:
    return ports.Holdings(goods={VASE: vases} if vases else {}, balance_wei=Wei(10**18), block=5)


def said(view: View) -> str:
    panel = BuildPanel(no_picture)
    return stand_words(view, panel.selected(view))[0]


def test_an_own_good_is_offered_with_a_price_and_a_share_and_the_stand_tells_how_it_goes_on(owner: View) -> None:
    panel, world = BuildPanel(no_picture), owner.world
    card = OfferPanel(panel)
    assert "offer" in acts_of(owner, panel.selected(owner))
    assert said(owner) == owner.t("stand_shown")
    assert panel.press("act:offer", owner) == []
    assert owner.wishes.pop() == "open:offer"
    card.opened(owner)
    assert card.good() == VASE
    card.price_wei = 7 * 10**15
    (wish,) = card.press("sign", owner)
    assert wish == OfferOnStand(item=ItemId("i1"), unit_price_wei=Wei(7 * 10**15), room_share_bps=1000)
    assert owner.open_panel == "build"
    (asked,) = [event.request for event in step(world, [wish]) if hasattr(event, "request")]
    assert said(owner) == owner.t("stand_signing")
    assert "offer" not in acts_of(owner, panel.selected(owner))
    listed = ports.Listed(request_id=asked.request_id, offer=OFFER, good_id=VASE, quantity=1,
                          unit_price_wei=Wei(7 * 10**15), room_share_bps=1000)  # fmt: skip
    step(world, [], [listed])
    assert said(owner) == owner.t("stand_price", price=owner.texts.coins(7 * 10**15))
    assert panel.press("act:withdraw", owner) == [Withdraw(offer=OFFER)]
    step(world, [], [ports.Delisted(request_id=asked.request_id, offer=OFFER, good_id=VASE), holdings(0)])
    assert said(owner) == owner.t("stand_sold")
    assert acts_of(owner, panel.selected(owner)) == ["move", "copy", "remove"]


def test_what_was_taken_back_is_only_shown_and_can_be_offered_again(owner: View) -> None:
    panel, world = BuildPanel(no_picture), owner.world
    (asked,) = [event.request for event in step(world, [OfferOnStand(item=ItemId("i1"), unit_price_wei=Wei(7))])]
    listed = ports.Listed(request_id=asked.request_id, offer=OFFER, good_id=VASE, quantity=1, unit_price_wei=Wei(7))
    step(world, [], [listed])
    step(world, [], [ports.Delisted(request_id="cancel_1", offer=OFFER, good_id=VASE)])
    assert said(owner) == owner.t("stand_shown")
    assert "offer" in acts_of(owner, panel.selected(owner))


def test_what_is_not_owned_any_more_is_gone_and_kit_pieces_are_never_offered(owner: View) -> None:
    panel = BuildPanel(no_picture)
    step(owner.world, [], [holdings(0)])
    assert said(owner) == owner.t("stand_gone")
    assert "offer" not in acts_of(owner, panel.selected(owner))
    step(owner.world, [b.SelectItems(ids=(ItemId("i2"),))])
    assert said(owner) == ""
    assert "offer" not in acts_of(owner, panel.selected(owner))
    assert panel.press("act:offer", owner) == []
    assert owner.wishes == []


def test_frames_alone_take_pictures(owner: View) -> None:
    panel = BuildPanel(no_picture)
    for name, takes in (("i1", False), ("i2", False), ("i3", True)):
        step(owner.world, [b.SelectItems(ids=(ItemId(name),))])
        assert ("picture" in acts_of(owner, panel.selected(owner))) is takes


def test_undo_redo_and_grid_can_be_pressed_but_never_while_something_is_carried(view: View) -> None:
    panel = BuildPanel(no_picture)

    def pressed() -> set[str]:
        paper = Paper(NodePath("paper"), 1.0)
        panel.draw(paper, view)
        return {spot.action for spot in paper.spots} & {"build_undo", "build_redo", "build_snap"}

    assert pressed() == {"build_undo", "build_redo", "build_snap"}
    press(panel, view, f"take:{SHELF}")
    assert pressed() == set()


@pytest.mark.parametrize(("slider", "wished"), [
    ("warmth", b.SetLight(warmth_k=3250)), ("glow", b.SetLight(glow=1.1)),
])  # fmt: skip
def test_the_light_of_a_lamp_is_set_by_keys_in_steps(view: View, slider: str, wished: b.SetLight) -> None:
    world = view.world
    step(world, [b.PlaceItem(piece=LAMP, at_m=(1.0, 1.0, 0.0))])
    placed = next(each for each in world.home.items if each.piece == LAMP)
    step(world, [b.SelectItems(ids=(placed.id,)), b.SetLight(warmth_k=3000, glow=1.0)])
    panel = BuildPanel(no_picture)
    assert panel.nudge(slider, 1, view) == [wished]
    step(world, [b.SelectItems()])
    assert panel.nudge(slider, 1, view) is None, "nothing is selected"
    step(world, [b.SetRoom(warmth_k=3000)])
    assert panel.nudge("room_warmth", -1, view) == [b.SetRoom(warmth_k=2750)]


def test_a_colour_keeps_the_material_and_a_material_the_colour(view: View) -> None:
    panel, world = BuildPanel(no_picture), view.world
    step(world, [b.PlaceItem(piece=SHELF, at_m=(0.0, 1.0, 0.0))])
    placed = next(each for each in world.home.items if each.piece == SHELF)
    step(world, [b.SelectItems(ids=(placed.id,))])
    slot = panel.paints(view)[0]
    found = []
    for action in ("material:stone", "paint:#d5382c", "material:wood", "paint:", "material:"):
        press(panel, view, action)
        found.append("".join(panel.selected(view)[0].paint.get(slot, "")))
    assert found == ["stone", "#d5382c stone", "#d5382c wood", "wood", ""]


def test_what_is_selected_along_keeps_the_colour_of_a_slot_that_the_first_has_not(view: View) -> None:
    panel, world = BuildPanel(no_picture), view.world
    step(world, [b.PlaceItem(piece=LAMP, at_m=(1.0, 1.0, 0.0)), b.PlaceItem(piece=SHELF, at_m=(-1.0, 1.0, 0.0))])
    ids = {each.piece: each.id for each in world.home.items}
    step(world, [b.PaintItems(ids=(ids[SHELF],), slot="wood", colour="#336699")])
    step(world, [b.SelectItems(ids=(ids[LAMP], ids[SHELF]))])
    press(panel, view, f"slot:{panel.paints(view).index('wood')}", "material:stone")
    assert next(each.paint["wood"] for each in world.home.items if each.id == ids[SHELF]) == "#336699 stone"


def test_the_room_and_its_lamps_have_a_light_to_colour_but_no_material(view: View) -> None:
    panel, world = BuildPanel(no_picture), view.world

    def materials() -> int:
        paper = Paper(NodePath("paper"), 1.0)
        panel.draw(paper, view)
        return sum(spot.action.startswith("material:") for spot in paper.spots)

    panel.drawer = DRAWERS.index("room")
    assert panel.paints(view)[-1] == LAMPLIGHT
    assert materials() == len(MATERIALS) + 1
    press(panel, view, f"slot:{len(panel.paints(view)) - 1}", "paint:#6fb7c9")
    assert world.home.paint == {LAMPLIGHT: "#6fb7c9"}
    assert materials() == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_colours_of_every_room_are_within_the_tray(language: str) -> None:
    found = load_catalogue(REPO)
    texts = load_texts(language)
    for template in found.templates.values():
        world = new_world({STREET: street()}, {}, start=STREET, seed=1, kit=found.kit, templates=found.templates)
        step(world, [Admit(room=new_room(template, name="Mine"))])
        step(world, [Travel(place=HOME)])
        step(world, [StartBuilding()])
        panel, view = BuildPanel(no_picture), View(world, texts, Settings(values=Values()), Finding(world, texts))
        panel.drawer = DRAWERS.index("room")
        paper = Paper(NodePath("paper"), 1.0)
        panel.draw(paper, view)
        assert any(spot.action == "material:metal" for spot in paper.spots)
        assert all(spot.box.x >= 0 and spot.box.x + spot.box.wide <= panel.wide for spot in paper.spots)
