"""Build mode at home: placing, moving, grouping, finishing, templates, and the goods that stand there."""

import msgspec
import pytest

from game.core import building as b
from game.core import commands as c
from game.core.events import BuildingChanged, Built, PlaceChanged
from game.core.ids import HOME, GoodId, ItemId, OfferHash, PieceId, TemplateId
from game.core.paints import LAMPLIGHT, joined, parted
from game.core.ports import Holdings
from game.core.rooms import MAKERS_OFFER, new_room
from game.core.step import step
from tests.core.small import STREET, VASE
from tests.core.small_home import do, home, home_world, the
from tests.core.small_rooms import BENCH, FRAME, LAMP, PENDANT, SCREEN, SHELF, SIGN, TABLE, item, studio


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
