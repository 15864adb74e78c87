from math import radians

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import building as b
from game.core import commands as c
from game.core import replay
from game.core.budget import Weight
from game.core.changes import change_of, done, taken_back
from game.core.events import BuildingChanged, Built, Declined, PlaceChanged
from game.core.ids import HOME, GoodId, ItemId, OfferHash, PieceId, TemplateId
from game.core.paints import LAMPLIGHT, joined, parted
from game.core.ports import Holdings
from game.core.rooms import MAKERS_OFFER, Item, Room, new_room
from game.core.rules.carrying import freedom
from game.core.rules.display import empty_stands
from game.core.step import step
from game.core.world import World, new_world
from tests.core.small import GOODS, HAT, PRINT, STREET, VASE, street
from tests.core.small_rooms import (
    BENCH,
    FRAME,
    KIT,
    LAMP,
    PENDANT,
    SCREEN,
    SHELF,
    SIGN,
    TABLE,
    TEMPLATES,
    item,
    studio,
)


def home_world(*items: Item, owned: dict[GoodId, int] | None = None, build: bool = True) -> World:
    world = new_world({STREET: street()}, dict(GOODS), start=STREET, seed=1, kit=KIT, templates=TEMPLATES)
    room = new_room(studio(), name="Mine")
    room = msgspec.structs.replace(room, items=items, next_item=1 + max((int(i.id[1:]) for i in items), default=0))
    step(world, [c.Admit(room=room), c.Travel(place=HOME)])
    units = {VASE: 3, HAT: 2, PRINT: 1} if owned is None else owned
    step(world, [], [Holdings(goods=units, balance_wei=10**18, block=5)])  # type: ignore[arg-type]
    if build:
        step(world, [b.StartBuilding()])
    return world


def home(world: World) -> Room:
    assert world.home is not None
    return world.home


def the(world: World, item_id: str) -> Item:
    return next(thing for thing in home(world).items if thing.id == item_id)


def do(world: World, *commands: c.Command) -> list[str]:
    """Step once for each; the reasons for which any was declined."""
    out = []
    for command in commands:
        out += [event.reason for event in step(world, [command]) if isinstance(event, Declined)]
    return out


def test_building_begins_at_home_alone_and_ends_with_leaving_it() -> None:
    world = home_world(build=False)
    assert do(world, b.PlaceItem(piece=TABLE, at_m=(0.0, 0.0, 0.0))) == ["not_building"]
    assert BuildingChanged(on=True) in step(world, [b.StartBuilding()])
    assert BuildingChanged(on=False) in step(world, [c.Travel(place=STREET)])
    assert do(world, b.StartBuilding()) == ["not_your_room"]


def test_a_thing_is_placed_and_the_place_has_it_at_once() -> None:
    world = home_world()
    happened = step(world, [b.PlaceItem(piece=TABLE, at_m=(-1.0, 1.0, 0.3))])
    built = next(event for event in happened if isinstance(event, Built))
    assert (built.stroke, len(built.before.items), len(built.room.items)) == ("PlaceItem", 0, 1)
    assert the(world, "i1").at_m == (-1.0, 1.0, 0.0)
    assert any(box.at_m == (-1.0, 1.0, 0.0) for box in world.place.colliders)
    assert world.building is not None
    assert world.building.selected == ("i1",)


def test_things_stand_on_surfaces_and_hang_on_walls_and_ceilings() -> None:
    world = home_world(item(1, TABLE, (-1.0, 1.0)))
    assert do(world, b.PlaceItem(piece=LAMP, at_m=(-1.0, 1.0, 1.0))) == []
    assert (the(world, "i2").at_m, the(world, "i2").on) == ((-1.0, 1.0, 0.7), "i1")
    assert do(world, b.PlaceItem(piece=FRAME, at_m=(0.0, 2.98, 1.2))) == []
    assert do(world, b.PlaceItem(piece=FRAME, at_m=(0.0, 0.0, 1.2))) == ["no_support"]
    assert do(world, b.PlaceItem(piece=PENDANT, at_m=(1.0, 1.0, 0.0))) == []
    assert the(world, "i4").at_m == (1.0, 1.0, 2.4)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (b.PlaceItem(piece=TABLE, at_m=(-1.2, 1.0, 0.0)), "overlaps"),
        (b.PlaceItem(piece=TABLE, at_m=(9.0, 0.0, 0.0)), "no_support"),
        (b.PlaceItem(piece=SHELF, at_m=(2.9, -1.5, 0.0), yaw_deg=90.0), "unreachable"),
        (b.PlaceItem(piece=TABLE, at_m=(-1.0, 1.0, 1.0)), "overlaps"),
        (b.PlaceItem(piece=PieceId("throne"), at_m=(0.0, 0.0, 0.0)), "good_unknown"),
        (b.PlaceItem(good=GoodId("chair"), at_m=(0.0, 0.0, 0.0)), "not_owned"),
        (b.MoveItems(ids=(ItemId("i1"),), by_m=(8.0, 0.0, 0.0)), "no_support"),
        (b.MoveItems(ids=(ItemId("i9"),)), "nothing_selected"),
        (b.GroupItems(ids=(ItemId("i1"),)), "too_few"),
        (b.UngroupItems(ids=(ItemId("i1"),)), "no_group"),
        (b.AlignItems(ids=(ItemId("i1"),), how="left"), "too_few"),
        (b.PaintItems(ids=(ItemId("i1"),), slot="wood", colour="#ffffff"), "no_such_paint"),
        (b.PaintItems(ids=(ItemId("i1"),), slot="wood", colour="red"), "no_colour"),
        (b.PaintItems(slot="roof", colour="#ffffff", of_room=True), "no_such_paint"),
        (b.SetWords(ids=(ItemId("i1"),), words="hello"), "takes_no_words"),
        (b.SetPicture(ids=(ItemId("i1"),), picture="a" * 64), "takes_no_picture"),
        (b.SetLight(ids=(ItemId("i1"),), glow=1.0), "gives_no_light"),
        (b.SetOffer(ids=(ItemId("i1"),), offer=MAKERS_OFFER), "not_for_sale"),
        (b.SetRoom(name=" "), "no_name"),
        (b.SetRoom(mood="doom"), "mood_unknown"),
        (b.SetTemplate(template=TemplateId("castle")), "template_unknown"),
        (b.Drop(), "nothing_carried"),
        (b.Undo(), "nothing_to_undo"),
        (b.Redo(), "nothing_to_redo"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(command: c.Command, reason: str) -> None:
    world = home_world(item(1, TABLE, (-1.0, 1.0)))
    before = home(world)
    assert do(world, command) == [reason]
    assert home(world) is before
    assert world.strokes.done == []


def test_what_rests_on_a_table_moves_and_turns_with_it() -> None:
    world = home_world(item(1, TABLE, (-1.0, 1.0)), item(2, LAMP, (-0.6, 1.0, 0.7), on="i1"))
    assert do(world, b.MoveItems(ids=(ItemId("i1"),), by_m=(0.5, -1.0, 0.0), turn_deg=90.0)) == []
    assert the(world, "i1").at_m == (-0.5, 0.0, 0.0)
    assert the(world, "i2").at_m == (-0.5, 0.4, 0.7)
    assert (the(world, "i2").yaw_deg, the(world, "i2").on) == (90.0, "i1")


def test_what_rested_on_a_removed_table_falls_or_goes_along() -> None:
    things = (item(1, TABLE, (-1.0, 1.0)), item(2, LAMP, (-0.6, 1.0, 0.7), on="i1"))
    world = home_world(*things)
    do(world, b.RemoveItems(ids=(ItemId("i1"),)))
    assert [(thing.id, thing.at_m, thing.on) for thing in home(world).items] == [("i2", (-0.6, 1.0, 0.0), "")]
    do(world, b.Undo())
    assert home(world).items == things
    do(world, b.RemoveItems(ids=(ItemId("i1"),), along=True))
    assert home(world).items == ()


def test_a_removed_screen_drops_the_sign_that_hung_on_it() -> None:
    world = home_world(item(1, SCREEN, (0.0, 0.5)))
    assert do(world, b.PlaceItem(piece=SIGN, at_m=(0.0, 0.44, 1.5))) == []
    assert the(world, "i2").on == "i1"
    do(world, b.RemoveItems(ids=(ItemId("i1"),)))
    assert (the(world, "i2").on, the(world, "i2").at_m[2]) == ("", 0.0)


def test_copies_have_their_own_ids_and_groups_and_cost_units_of_goods() -> None:
    pair = [item(n, BENCH, (x, 2.0), group="g1") for n, x in ((1, -2.0), (2, 0.0))]
    world = home_world(*pair, item(3, VASE, (-2.0, 2.0, 0.0)))
    assert do(world, b.DuplicateItems(ids=(ItemId("i1"),), by_m=(0.0, -1.0, 0.0))) == []
    copies = home(world).items[-2:]
    assert [copy.id for copy in copies] == ["i4", "i5"]
    assert {copy.group for copy in copies} == {"g4"}
    many = home_world(*(item(n, VASE, (n * 0.5 - 2, 2.0)) for n in (1, 2, 3)))
    assert do(many, b.DuplicateItems(ids=(ItemId("i1"),), by_m=(0.0, -1.0, 0.0))) == ["all_placed"]
    assert do(many, b.PlaceItem(good=VASE, at_m=(2.0, 2.0, 0.0))) == ["all_placed"]
    assert do(many, b.PlaceItem(good=VASE, at_m=(2.0, 2.0, 0.0), offer=MAKERS_OFFER)) == []


def test_groups_are_taken_together_until_they_are_dissolved() -> None:
    world = home_world(item(1, TABLE, (-1.0, 1.0)), item(2, BENCH, (1.0, 1.0)))
    do(world, b.GroupItems(ids=(ItemId("i1"), ItemId("i2"))), b.SelectItems(ids=(ItemId("i2"),)))
    assert world.building is not None
    assert world.building.selected == ("i1", "i2")
    do(world, b.UngroupItems(), b.SelectItems(ids=(ItemId("i2"),)))
    assert world.building.selected == ("i2",)
    do(world, b.SelectItems(ids=(ItemId("i1"),), add=True))
    assert world.building.selected == ("i1", "i2")
    do(world, b.SelectItems(ids=(ItemId("i1"),), add=True))
    assert world.building.selected == ("i2",)


@pytest.mark.parametrize(
    ("how", "axis", "want"),
    [
        ("left", 0, [-2.6, -2.6, -2.1]),
        ("centre", 0, [-0.5, -0.5, -0.5]),
        ("right", 0, [1.6, 1.6, 1.1]),
        ("front", 1, [0.2, 0.2, 0.4]),
        ("back", 1, [1.8, 1.8, 1.6]),
        ("spread", 0, [-2.5, -0.4, 1.2]),
    ],
)
def test_alignment_goes_by_bounding_boxes(how: str, axis: int, want: list[float]) -> None:
    world = home_world(item(1, LAMP, (-2.6, 0.2)), item(2, LAMP, (0.1, 1.0)), item(3, TABLE, (1.1, 1.6)))
    assert do(world, b.AlignItems(ids=tuple(i.id for i in home(world).items), how=how)) == []
    if how == "spread":  # the outermost stay, the gaps are even
        (a, _, _), (m, _, _), (z, _, _) = (thing.at_m for thing in home(world).items)
        assert (a, z) == (-2.6, 1.1)
        assert m - 0.1 - (a + 0.1) == pytest.approx(z - 0.6 - (m + 0.1), abs=1e-3)
    else:
        assert [thing.at_m[axis] for thing in home(world).items] == pytest.approx(
            {
                "left": [-2.6, -2.6, -2.1],
                "centre": [-0.5, -0.5, -0.5],
                "right": [1.6, 1.6, 1.1],
                "front": [0.2, 0.2, 0.5],
                "back": [1.9, 1.9, 1.6],
            }[how]
        )


def test_aligning_what_would_end_up_in_one_another_is_refused() -> None:
    world = home_world(item(1, TABLE, (-1.0, 1.0)), item(2, TABLE, (1.0, 1.0)))
    assert do(world, b.AlignItems(ids=(ItemId("i1"), ItemId("i2")), how="left")) == ["overlaps"]


def test_finishes_are_set_and_bounded() -> None:
    world = home_world(item(1, SHELF, (-1.0, 1.0)), item(2, LAMP, (1.0, 1.0)), item(3, SIGN, (2.0, 2.0)))
    do(
        world,
        b.PaintItems(ids=(ItemId("i1"),), slot="wood", colour="#336699"),
        b.SetLight(ids=(ItemId("i2"),), warmth_k=99_000, glow=float("nan")),
        b.SetWords(ids=(ItemId("i3"),), words=" Open\u202e daily \r\nfrom 9\x00 "),
        b.PaintItems(slot="wall", colour="#ffeedd", of_room=True),
        b.SetRoom(name="Ada's", mood="night", warmth_k=4000),
    )
    assert the(world, "i1").paint == {"wood": "#336699"}
    assert (the(world, "i2").warmth_k, the(world, "i2").glow) == (9000, 0.0)
    assert the(world, "i3").words == "Open daily\nfrom 9"
    room = home(world)
    assert (room.name, room.mood, room.warmth_k, room.paint) == ("Ada's", "night", 4000, {"wall": "#ffeedd"})
    assert world.mood_of(HOME) == "night"
    do(world, b.PaintItems(ids=(ItemId("i1"),), slot="wood", colour=""))
    assert the(world, "i1").paint == {}


def test_a_paint_is_a_colour_or_a_material_or_both() -> None:
    world = home_world(item(1, SHELF, (-1.0, 1.0)), item(2, LAMP, (1.0, 1.0)))
    for paint in ("#336699 stone", "fabric", "#336699"):
        assert do(world, b.PaintItems(ids=(ItemId("i1"),), slot="wood", colour=paint)) == []
        assert the(world, "i1").paint == {"wood": paint}
        assert joined(*parted(paint)) == paint
    for wrong in ("velvet", "#336699 velvet", "#336699  stone", "stone #336699", " stone", "#33669", "#336699 "):
        assert do(world, b.PaintItems(ids=(ItemId("i1"),), slot="wood", colour=wrong)) == ["no_colour"]


def test_the_light_of_lamps_and_of_the_room_has_a_colour_and_no_material() -> None:
    world = home_world(item(1, SHELF, (-1.0, 1.0)), item(2, LAMP, (1.0, 1.0)))
    blue = b.PaintItems(ids=(ItemId("i2"),), slot=LAMPLIGHT, colour="#6fb7c9")
    assert do(world, blue, msgspec.structs.replace(blue, of_room=True)) == []
    assert the(world, "i2").paint == home(world).paint == {LAMPLIGHT: "#6fb7c9"}
    assert do(world, msgspec.structs.replace(blue, colour="wood")) == ["no_colour"]
    assert do(world, msgspec.structs.replace(blue, ids=(ItemId("i1"),))) == ["no_such_paint"]


def test_another_template_keeps_what_fits_and_undo_brings_all_back() -> None:
    world = home_world(item(1, TABLE, (3.0, 2.0)), item(2, BENCH, (0.0, 1.0)), item(3, LAMP, (3.0, 2.0, 0.7), on="i1"))
    before = home(world)
    happened = step(world, [b.SetTemplate(template=TemplateId("hut"))])
    assert PlaceChanged(place=HOME) in happened
    assert [thing.id for thing in home(world).items] == ["i2"]
    do(world, b.Undo())
    assert home(world) == before
    do(world, b.SetTemplate(template=TemplateId("hut"), keep=False))
    assert [(thing.id, thing.piece) for thing in home(world).items] == [("i4", TABLE)]


def test_a_room_can_be_furnished_as_another_with_what_one_owns() -> None:
    other = new_room(studio(), name="Theirs")
    other = msgspec.structs.replace(
        other, next_item=9, mood="dusk",
        items=(item(4, TABLE, (0.0, 1.0)), item(5, VASE, (0.0, 1.0, 0.7), on="i4"), item(6, "chair", (2.0, 2.0)),
               item(8, LAMP, (2.0, 2.0, 0.9), on="i6")),
    )  # fmt: skip
    world = home_world(item(1, BENCH, (-2.0, 2.0)), owned={VASE: 1})
    assert do(world, b.Furnish(room=other)) == []
    assert [(i.id, i.piece or i.good, i.on) for i in home(world).items] == [
        ("i2", TABLE, ""), ("i3", VASE, "i2"), ("i4", LAMP, "")
    ]  # fmt: skip
    assert (home(world).name, home(world).mood) == ("Mine", "dusk")
    assert the(world, "i4").at_m[2] == 0.0


# --- carrying ------------------------------------------------------------------------------------------------------


def carried(world: World) -> b.Carried:
    assert world.building is not None
    assert world.building.carried is not None
    return world.building.carried


DOWN = (0.0, 0.0, -1.0)


def test_what_is_carried_follows_a_ray_snaps_and_is_set_down() -> None:
    world = home_world()
    do(world, b.SetSnap(grid_m=0.25), b.TakeNew(piece=TABLE), b.CarryTo(origin_m=(-1.1, 0.9, 2.0), ray=DOWN))
    assert carried(world).items[0].at_m == (-1.0, 1.0, 0.0)
    assert carried(world).fit == b.YES
    assert do(world, b.Drop()) == []
    assert the(world, "i1").at_m == (-1.0, 1.0, 0.0)
    assert world.building is not None
    assert world.building.carried is None


def test_a_ray_onto_a_table_a_shelf_board_or_a_wall_puts_it_there() -> None:
    world = home_world(item(1, TABLE, (-1.0, 1.0)), item(2, SHELF, (1.0, 2.75)))
    do(world, b.SetSnap(grid_m=0.0), b.TakeNew(piece=LAMP), b.CarryTo(origin_m=(-1.2, 1.1, 2.0), ray=DOWN))
    assert (carried(world).items[0].at_m, carried(world).items[0].on) == ((-1.2, 1.1, 0.7), "i1")
    do(world, b.CarryTo(origin_m=(1.0, 0.0, 1.3), ray=(0.0, 2.7, -0.6)))
    assert (carried(world).items[0].at_m[2], carried(world).items[0].on) == (0.65, "i2")
    do(world, b.PutAway(), b.TakeNew(good=PRINT), b.CarryTo(origin_m=(-1.0, 0.0, 1.5), ray=(0.0, 1.0, 0.0)))
    hung = carried(world).items[0]
    assert (hung.at_m, hung.yaw_deg) == ((-1.0, 2.985, 1.3), 0.0)
    assert carried(world).fit == b.YES
    do(world, b.CarryTo(origin_m=(-1.0, 0.0, 1.5), ray=DOWN))
    assert carried(world).fit.kind == "no_support"
    assert do(world, b.Drop()) == ["no_support"]


def test_a_hat_hangs_from_a_rail() -> None:
    from game.core.rooms import Surface

    rail = msgspec.structs.replace(
        KIT[TABLE], id=PieceId("rail"),
        surfaces=(Surface(at_m=(0.0, 0.0, 0.6), size_m=(1.0, 0.02), hung=True),),
    )  # fmt: skip
    world = home_world()
    world.kit[rail.id] = rail
    do(world, b.PlaceItem(piece=rail.id, at_m=(-1.0, 1.0, 0.0)), b.PlaceItem(good=HAT, at_m=(-0.8, 1.0, 0.5)))
    assert (the(world, "i2").at_m, the(world, "i2").on) == ((-0.8, 1.0, 0.4), "i1")


def test_what_is_taken_up_stays_in_the_room_until_it_is_set_down() -> None:
    things = (item(1, TABLE, (-1.0, 1.0)), item(2, LAMP, (-0.6, 1.0, 0.7), on="i1"))
    world = home_world(*things)
    do(world, b.TakeUp(ids=(ItemId("i1"),)), b.CarryTo(origin_m=(0.5, 1.0, 2.0), ray=DOWN))
    assert [thing.at_m for thing in carried(world).items] == [(0.5, 1.0, 0.0), (0.9, 1.0, 0.7)]
    assert home(world).items == things
    do(world, b.PutAway())
    assert home(world).items == things
    do(world, b.TakeUp(ids=(ItemId("i1"),)), b.CarryTo(origin_m=(0.5, 1.0, 2.0), ray=DOWN), b.Drop())
    assert the(world, "i2").at_m == (0.9, 1.0, 0.7)
    do(world, b.Undo())
    assert home(world).items == things


def test_by_keyboard_alone_a_thing_is_turned_nudged_and_lifted_onto_a_table() -> None:
    world = home_world(item(1, TABLE, (-1.0, 1.0)))
    world.body.pos_m, world.body.yaw_rad, world.body.pitch_rad = (-1.0, -1.0, 0.0), 0.0, -0.9
    do(world, b.TakeNew(piece=LAMP))
    x, y, z = carried(world).items[0].at_m
    assert z == 0.0
    do(world, b.TurnCarried(deg=20.0), b.NudgeCarried(by_m=(0.0, 1.0 - y, 0.0)))
    assert carried(world).items[0].yaw_deg == 15.0
    assert carried(world).items[0].at_m == (x, 1.0, 0.0)
    assert carried(world).fit.kind == "overlaps"
    do(world, b.NudgeCarried(by_m=(0.0, 0.0, 0.05)))
    assert (carried(world).items[0].at_m[2], carried(world).fit) == (0.7, b.YES)
    step(world, [c.Look(yaw_rad=1.0)])
    assert carried(world).items[0].at_m[1] == 1.0, "what was nudged keeps its place"
    do(world, b.CarryTo())
    assert carried(world).items[0].at_m[1] != 1.0


def test_what_is_taken_up_to_stay_is_brought_to_spots_as_high_as_it_may_stand() -> None:
    things = (item(1, TABLE, (-1.0, 1.0)), item(2, LAMP, (0.5, 1.0)))
    world = home_world(*things)
    do(world, b.TakeUp(ids=(ItemId("i2"),), stay=True))
    step(world, [c.Look(yaw_rad=1.0)])
    assert carried(world).items == (things[1],), "no gaze moves it"
    assert carried(world).fit == b.YES
    for at_m, rests_m, kind in (
        ((-1.0, 1.0, 0.0), (-1.0, 1.0, 0.0), "overlaps"),
        ((-1.0, 1.0, 0.69), (-1.0, 1.0, 0.7), "fits"),
        ((-1.0, 1.0, 2.0), (-1.0, 1.0, 0.7), "fits"),
        ((0.2, 1.0, 0.7), (0.2, 1.0, 0.0), "fits"),
        ((40.0, 1.0, 0.7), (0.2, 1.0, 0.0), "fits"),
    ):
        do(world, b.BringCarried(at_m=at_m))
        assert (carried(world).items[0].at_m, carried(world).fit.kind) == (rests_m, kind)
    do(world, b.BringCarried(at_m=(0.2, 1.0, 0.0), yaw_deg=37.0), b.Drop())
    assert (the(world, "i2").at_m, the(world, "i2").yaw_deg) == ((0.2, 1.0, 0.0), 37.0)
    do(world, b.Undo())
    assert home(world).items == things


def test_what_hangs_is_brought_along_its_wall_and_never_off_it() -> None:
    world = home_world(item(1, FRAME, (0.0, 2.98, 1.0)))
    do(world, b.TakeUp(ids=(ItemId("i1"),), stay=True), b.BringCarried(at_m=(1.0, 0.0, 1.4), yaw_deg=90.0))
    assert (carried(world).items[0].at_m, carried(world).items[0].yaw_deg) == ((1.0, 2.98, 1.4), 0.0)
    do(world, b.BringCarried(at_m=(1.0, 2.98, 99.0)))
    assert carried(world).items[0].at_m[2] == 2.2, "not through the ceiling"


def test_each_thing_is_as_free_as_what_holds_it_lets_it_be() -> None:
    hanging, hung = item(3, FRAME, (-3.48, 0.0, 1.0), yaw_deg=90.0), item(4, PENDANT, (0.0, 0.0, 2.4))
    world = home_world(item(1, TABLE, (-1.0, 1.0)), item(2, LAMP, (0.5, 1.0)), hanging, hung)
    found = [freedom(world, home(world), (thing,)) for thing in home(world).items]
    assert [(len(each.along), each.lifts, each.turns) for each in found] == [
        (2, False, True), (2, True, True), (1, True, False), (2, False, True),
    ]  # fmt: skip
    assert [abs(part) for part in found[2].along[0]] == pytest.approx([0.0, 1.0, 0.0])


def test_a_good_that_is_carried_is_not_on_its_stand() -> None:
    world = home_world(item(1, VASE, (0.5, 1.0)))
    do(world, b.TakeUp(ids=(ItemId("i1"),)))
    assert empty_stands(world) == ("i1",)
    do(world, b.PutAway())
    assert empty_stands(world) == ()


def test_one_more_is_carried_after_a_drop_as_long_as_one_has_it() -> None:
    world = home_world(owned={VASE: 2})
    do(world, b.TakeNew(good=VASE))
    for x in (-1.0, 0.0):
        do(world, b.CarryTo(origin_m=(x, 1.0, 2.0), ray=DOWN), b.Drop(again=True))
    assert [thing.good for thing in home(world).items] == [VASE, VASE]
    assert world.building is not None
    assert world.building.carried is None


def test_a_room_that_would_become_too_heavy_is_refused_what_makes_it_so() -> None:
    world = home_world()
    world.weights[TABLE] = Weight(triangles=600_000)
    assert do(world, b.PlaceItem(piece=TABLE, at_m=(-2.0, 1.0, 0.0))) == []
    assert world.building is not None
    assert world.building.weight.triangles == 600_000
    assert do(world, b.PlaceItem(piece=TABLE, at_m=(1.0, 1.0, 0.0))) == ["over_budget"]


def test_a_picture_that_would_make_the_room_too_heavy_is_not_hung() -> None:
    world = home_world(item(1, FRAME, (0.0, 2.98, 1.0)))
    world.weights["ab" * 32], world.weights["cd" * 32] = Weight(texture_bytes=10**9), Weight(texture_bytes=10**6)
    frame = (ItemId("i1"),)
    assert do(world, b.SetPicture(ids=frame, picture="ab" * 32)) == ["over_budget"]
    assert do(world, b.SetPicture(ids=frame, picture="cd" * 32)) == []
    assert world.building is not None
    assert world.building.weight.texture_bytes == 10**6


# --- goods in the home ---------------------------------------------------------------------------------------------


def test_goods_that_were_sold_leave_their_stands_and_come_back_with_new_units() -> None:
    world = home_world(item(1, VASE, (-1.0, 2.0)), item(2, VASE, (1.0, 2.0)), item(3, VASE, (2.0, 2.0)), build=False)
    assert len(world.place.stands) == 3
    gone = Holdings(goods={VASE: 1}, balance_wei=1, block=6)  # type: ignore[arg-type]
    assert PlaceChanged(place=HOME) in step(world, [], [gone])
    assert [stand.id for stand in world.place.stands] == ["i1"]
    assert len(home(world).items) == 3
    step(world, [], [msgspec.structs.replace(gone, goods={VASE: 3}, block=7)])
    assert len(world.place.stands) == 3


def test_ones_own_goods_are_picked_up_but_sold_only_with_an_offer() -> None:
    world = home_world(item(1, VASE, (-1.0, 2.0)), build=False)
    do(world, c.PickUp(stand="i1"))  # type: ignore[arg-type]
    assert world.hand is not None
    assert do(world, c.AddToBasket()) == ["not_for_sale"]
    do(world, c.PutBack(), b.StartBuilding(), b.SetOffer(ids=(ItemId("i1"),), offer=MAKERS_OFFER), b.StopBuilding())
    do(world, c.PickUp(stand="i1"))  # type: ignore[arg-type]
    assert do(world, c.AddToBasket()) == []
    assert world.found_in[VASE] == HOME


def test_an_offer_is_a_hash_or_the_makers() -> None:
    world = home_world(item(1, VASE, (-1.0, 2.0)))
    assert do(world, b.SetOffer(ids=(ItemId("i1"),), offer=OfferHash("0x" + "ab" * 32))) == []
    assert do(world, b.SetOffer(ids=(ItemId("i1"),), offer=OfferHash("drop table"))) == ["not_for_sale"]


# --- laws ----------------------------------------------------------------------------------------------------------

metres = st.floats(-4.5, 4.5) | st.sampled_from([0.0, 1e9, float("nan"), float("inf")])
spots = st.tuples(metres, metres, st.floats(-0.5, 3.5))
ids = st.lists(st.integers(1, 12).map(lambda n: ItemId(f"i{n}")), max_size=4).map(tuple)
pieces = st.sampled_from(sorted(KIT))
whats = st.fixed_dictionaries({"piece": pieces}) | st.fixed_dictionaries({"good": st.sampled_from(sorted(GOODS))})
turns = st.sampled_from([0.0, 15.0, 90.0, -37.5, 360.0, float("nan")])
builds = st.one_of(
    st.builds(lambda what, at, yaw: b.PlaceItem(**what, at_m=at, yaw_deg=yaw), whats, spots, turns),
    st.builds(b.MoveItems, ids=ids, by_m=spots, turn_deg=turns),
    st.builds(b.DuplicateItems, ids=ids, by_m=st.none() | spots),
    st.builds(b.RemoveItems, ids=ids, along=st.booleans()),
    st.builds(b.GroupItems, ids=ids),
    st.builds(b.UngroupItems, ids=ids),
    st.builds(b.AlignItems, ids=ids, how=st.sampled_from(["left", "middle", "top", "spread", "round"])),
    st.builds(b.PaintItems, ids=ids, slot=st.sampled_from(["wood", "wall", LAMPLIGHT, ""]),
              colour=st.sampled_from(["#aabbcc", "#aabbcc tile", "wood", "", "x"]), of_room=st.booleans()),
    st.builds(b.SetWords, ids=ids, words=st.text(max_size=20)),
    st.builds(b.SetPicture, ids=ids, picture=st.sampled_from(["", "ab" * 32, "no"])),
    st.builds(b.SetLight, ids=ids, warmth_k=st.none() | st.integers(-5, 99_999), glow=st.none() | st.floats()),
    st.builds(b.SetRoom, name=st.none() | st.text(max_size=50), mood=st.sampled_from([None, "night", "fog"])),
    st.builds(b.SetTemplate, template=st.sampled_from(sorted(TEMPLATES)), keep=st.booleans()),
    st.builds(b.SelectItems, ids=ids, add=st.booleans()),
    st.builds(b.SetSnap, grid_m=st.sampled_from([0.0, 0.05, 0.25, 7.0]), turn_deg=turns),
    st.builds(lambda what: b.TakeNew(**what), whats),
    st.builds(b.TakeUp, ids=ids, stay=st.booleans()),
    st.builds(b.CarryTo, origin_m=spots, ray=st.none() | spots),
    st.builds(b.TurnCarried, deg=turns),
    st.builds(b.NudgeCarried, by_m=spots),
    st.builds(b.BringCarried, at_m=spots, yaw_deg=st.none() | turns),
    st.builds(b.Drop, again=st.booleans()),
    st.just(b.PutAway()),
)  # fmt: skip
back_and_forth = builds | st.sampled_from([b.Undo(), b.Redo()])
START = (
    item(1, TABLE, (-1.0, 1.0)), item(2, LAMP, (-0.6, 1.0, 0.7), on="i1"), item(3, SHELF, (1.0, 2.75)),
    item(4, VASE, (1.0, 2.75, 0.65), on="i3"), item(5, BENCH, (1.5, 0.5)),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(builds, max_size=12))
def test_undone_one_by_one_any_building_gives_the_identical_room_and_redone_it_is_back(wishes: list) -> None:
    world = home_world(*START)
    rooms = [home(world)]
    for wish in wishes:
        step(world, [wish])
        if home(world) != rooms[-1]:
            rooms.append(home(world))
    built = msgspec.json.encode(home(world))
    for room in reversed(rooms[:-1]):
        assert do(world, b.Undo()) == []
        assert home(world) == room
    assert do(world, b.Undo()) == ["nothing_to_undo"]
    for room in rooms[1:]:
        assert do(world, b.Redo()) == []
        assert home(world) == room
    assert msgspec.json.encode(home(world)) == built


@settings(max_examples=150, deadline=None)
@given(st.lists(back_and_forth, max_size=20))
def test_no_id_is_given_twice_and_everything_rests_on_what_is_there(wishes: list) -> None:
    world = home_world(*START)
    given_to: dict[str, str] = {thing.id: thing.piece or thing.good for thing in START}
    for wish in wishes:
        step(world, [wish])
        room = home(world)
        here = {thing.id for thing in room.items}
        assert len(here) == len(room.items)
        for thing in room.items:
            assert given_to.setdefault(thing.id, thing.piece or thing.good) == (thing.piece or thing.good)
            assert thing.on == "" or thing.on in here
            assert int(thing.id[1:]) < world.strokes.next_item
            assert all(abs(value) < 200 for value in thing.at_m)


def can_be_written_down(wish: c.Command) -> bool:
    """JSON has no NaN and no infinity; no device gives any."""
    try:
        return bool(msgspec.json.decode(msgspec.json.encode(wish), type=c.Command) == wish)
    except msgspec.ValidationError:
        return False


@settings(max_examples=40, deadline=None)
@given(st.lists(back_and_forth.filter(can_be_written_down), max_size=12))
def test_building_plays_back_to_the_same_digest(tmp_path_factory: pytest.TempPathFactory, wishes: list) -> None:
    path = tmp_path_factory.mktemp("replay") / "s.jsonl"
    world = new_world({STREET: street()}, dict(GOODS), start=STREET, seed=1, kit=KIT, templates=TEMPLATES)
    room = msgspec.structs.replace(new_room(studio(), name="Mine"), items=START, next_item=6)
    held = Holdings(goods={VASE: 3, HAT: 2}, balance_wei=1, block=5)  # type: ignore[arg-type]
    with replay.Recorder(path, world, seed=1) as recorder:
        for commands in ([c.Admit(room=room), c.Travel(place=HOME)], [b.StartBuilding()], *([wish] for wish in wishes)):
            recorder.record(commands, [held])
            step(world, commands, [held])
        recorder.close(world)
    again = replay.play(path, {STREET: street()}, dict(GOODS), kit=KIT, templates=TEMPLATES)
    assert replay.digest(again) == replay.digest(world)


@given(st.lists(st.integers(1, 8), unique=True), st.lists(st.integers(1, 8), unique=True), st.booleans())
def test_a_change_leads_there_and_back_whatever_the_order(before: list[int], after: list[int], painted: bool) -> None:
    room = new_room(studio(), name="Mine")
    a = msgspec.structs.replace(room, items=tuple(item(n, TABLE, (0.0, 0.0)) for n in before))
    z = msgspec.structs.replace(
        room, name="Other", items=tuple(item(n, TABLE, (float(painted and n > 4), 0.0)) for n in after)
    )
    change = change_of(a, z, "any")
    assert done(a, change) == z
    assert taken_back(z, change) == a
    again = msgspec.json.decode(msgspec.json.encode(change), type=type(change))
    assert done(a, again) == z


def test_a_change_of_another_room_is_refused() -> None:
    room = new_room(studio(), name="Mine")
    with_table = msgspec.structs.replace(room, items=(item(1, TABLE, (0.0, 0.0)),))
    with pytest.raises(ValueError, match="not the one"):
        done(room, change_of(with_table, room, "RemoveItems"))


def test_facing_turns_a_new_thing_to_the_player() -> None:
    world = home_world()
    world.body.yaw_rad = radians(90.0)
    do(world, b.TakeNew(piece=TABLE))
    assert carried(world).items[0].yaw_deg == 90.0
