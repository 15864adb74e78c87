"""Rooms as they are drawn: pieces come and go alone, paint, words and pictures show, lamps light what is near."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np
import pytest
from panda3d.core import NodePath, PNMImage, StringStream

from game.client import shaders
from game.client.app import App, Options
from game.client.avatar import linear
from game.client.kit_models import KitModels, mean_colour, read, rows_of
from game.client.lamplight import LampProbes, Shining, cubes_of, lamps_of, shone, texels_of, with_lamps
from game.client.light import EVEN, MoodLight, Picture, mood_of
from game.client.room_scenery import CLAD, RoomScenery
from game.client.room_view import RoomView, factor
from game.client.settings import Settings, Values
from game.client.warmth import GLARE, coloured, light_of, tint_of
from game.client.written import texture_of
from game.content.load import Catalogue, load_catalogue, world_of
from game.core.commands import Admit, Command, SetMood
from game.core.ids import DoorId, ItemId, PieceId, PlaceId, TemplateId
from game.core.paints import MATERIALS
from game.core.rooms import HOME, Item, Room, new_room
from game.core.step import step
from game.core.world import World
from tests.client.drawn import REPO, SIZE, Silent, pixels
from tests.content.imports.files import damaged_jpegs

ASSETS = REPO / "assets"
LAMP = Shining((0.0, 0.0, 1.0), (1.0, 0.5, 0.25), 2.0)


@pytest.fixture(scope="module")
def found() -> Catalogue:
    return load_catalogue(REPO)


def item(name: str, piece: str, x: float = 0.0, y: float = 0.0, z: float = 0.0, **more: object) -> Item:
    return Item(id=ItemId(name), piece=PieceId(piece), at_m=(x, y, z), **more)  # type: ignore[arg-type]


def png(width: int, height: int, colour: tuple[float, float, float]) -> bytes:
    image = PNMImage(width, height)
    image.fill(*colour)
    stream = StringStream()
    assert image.write(stream, "a.png")
    return bytes(stream.get_data())


class TestView:
    @pytest.fixture
    def view(self, found: Catalogue) -> RoomView:
        return RoomView(KitModels(ASSETS), found.kit, self.pictures.get, NodePath("room"))

    pictures: dict[str, bytes] = {"red": png(8, 4, (1, 0, 0)), "broken": b"\x89PNG and no more"}  # noqa: RUF012

    def test_a_change_of_one_item_touches_its_node_alone(self, view: RoomView) -> None:
        items = tuple(item(f"i{k}", "stool", k) for k in range(5))
        view.show(items, EVEN)
        before = {each: view.node(each) for each in view.shown}
        cubes = {each.id: view.node(each.id).get_shader_input("cube") for each in items}  # type: ignore[union-attr]
        view.show((*items[:4], msgspec.structs.replace(items[4], paint={"seat": "#ff0000"})), EVEN)
        after = {each: view.node(each) for each in view.shown}
        assert [each for each in before if before[each] != after[each]] == ["i4"]
        for each in items[:4]:
            assert view.node(each.id).get_shader_input("cube") == cubes[each.id]  # type: ignore[union-attr]

    def test_what_only_moves_keeps_its_node(self, view: RoomView) -> None:
        view.show((item("i1", "stool"),), EVEN)
        node = view.node(ItemId("i1"))
        view.show((item("i1", "stool", 1.0, 2.0, yaw_deg=90.0),), EVEN)
        assert view.node(ItemId("i1")) == node
        assert node is not None
        assert tuple(node.get_pos()) == pytest.approx((1, 2, 0))

    def test_what_is_removed_goes_and_goods_are_not_drawn_here(self, view: RoomView) -> None:
        good = Item(id=ItemId("i2"), good="beret", at_m=(0, 0, 0))  # type: ignore[arg-type]
        view.show((item("i1", "stool"), good), EVEN)
        assert list(view.shown) == ["i1"]
        view.show((good,), EVEN)
        assert not view.shown
        assert view.root.get_num_children() == 0

    def test_two_of_a_kind_share_their_vertices(self, view: RoomView) -> None:
        view.show((item("i1", "stool"), item("i2", "stool", 1, paint={"seat": "#102030"})), EVEN)
        geoms = [self.geoms(view, name) for name in ("i1", "i2")]
        assert geoms[0] == geoms[1]

    def geoms(self, view: RoomView, name: str) -> set[int]:
        node = view.node(ItemId(name))
        assert node is not None
        return {hash(path.node()) for path in node.find_all_matches("**/+GeomNode")}

    def test_a_paint_becomes_the_mean_colour_of_what_is_painted(self, view: RoomView) -> None:
        view.show((item("i1", "wall_full", paint={"wall": "#3366cc"}),), EVEN)
        model = view.shown[ItemId("i1")].model
        painted = view.root.find("**/paint wall")
        scaled = np.array(painted.get_color_scale())[:3] * mean_colour(model.painted["wall"])
        assert scaled == pytest.approx(linear("#3366cc")[:3], rel=0.02)
        assert view.root.find("**/paint trim").is_empty(), "what is not painted has no node of its own"

    @pytest.mark.parametrize("text", ["Hi", "欢迎 Welcome", "A rather long sentence here", "花园里有一棵枇杷树"])
    def test_words_fill_their_board_and_stay_on_it(self, view: RoomView, text: str) -> None:
        view.show((item("i1", "banner", words=text),), EVEN)
        shown = view.shown[ItemId("i1")]
        where = shown.model.words[0]
        lo, hi = shown.written[0][0].get_tight_bounds(shown.node)
        middle = where.piece_from_own.get_row3(3)
        assert hi.x - lo.x <= where.width_m + 0.02
        assert hi.z - lo.z <= where.height_m + 0.02
        assert max((hi.x - lo.x) / where.width_m, (hi.z - lo.z) / where.height_m) > 0.6
        assert abs((hi.x + lo.x) / 2 - middle.x) < 0.03
        assert abs((hi.z + lo.z) / 2 - middle.z) < 0.05

    def test_a_sign_that_is_read_from_both_sides_is_written_on_twice(self, view: RoomView) -> None:
        view.show((item("i1", "sign_board", words="Open"), item("i2", "sign_board")), EVEN)
        assert len(view.shown[ItemId("i1")].written) == 2
        assert view.shown[ItemId("i2")].written == []

    def test_a_picture_takes_the_place_of_the_landscape_and_broken_bytes_do_not(self, view: RoomView) -> None:
        frames = [item(f"i{k}", "frame_large", picture=name) for k, name in enumerate(("", "red", "broken", "unknown"))]
        view.show(tuple(frames), EVEN)
        drawn = [
            (not view.node(each.id).find("**/picture").is_empty(), len(view.node(each.id).find_all_matches("**/art")))  # type: ignore[union-attr]
            for each in frames
        ]
        assert drawn == [(False, 1), (True, 0), (False, 1), (False, 1)]

    def test_only_a_lit_lamp_has_a_halo(self, view: RoomView) -> None:
        view.show((item("i1", "lamp_floor", 2.0, 1.0), item("i2", "lamp_floor", glow=0.0), item("i3", "stool")), EVEN)
        halos = view.halos()
        assert len(halos) == 1
        assert abs(halos[0, 0] - 2.0) < 0.6

    def test_only_what_stands_on_something_casts_a_contact_shadow(self, view: RoomView) -> None:
        items = (item("i1", "stool"), item("i2", "stool", 1, 0, 1.4), item("i3", "stool", 0, 0, 0.45, on="i1"))
        view.show(items, EVEN)
        hidden = {name: each.node.find("shadow").is_hidden() for name, each in view.shown.items()}
        assert hidden == {"i1": False, "i2": True, "i3": False}


def test_a_broken_model_becomes_a_striped_box(tmp_path: Path) -> None:
    (tmp_path / "stool.glb").write_bytes(b"no glb")
    model = read(tmp_path / "stool.glb", (0.4, 0.4, 0.45))
    assert len(model.fixed) == 1
    assert rows_of(model.fixed[0])[:, 2].max() == pytest.approx(0.45)


def test_only_pictures_become_textures() -> None:
    texture = texture_of(png(6, 3, (0, 1, 0)))
    assert texture is not None
    assert (texture.get_x_size(), texture.get_y_size()) == (6, 3)
    nothing = (b"", b"GIF89a...", b"\x89PNG\r\n\x1a\n and nothing", b"\xff\xd8\xff")
    for content in (*nothing, *damaged_jpegs().values()):
        assert texture_of(content) is None


class TestLamps:
    def test_light_falls_with_the_distance_and_ends_at_its_reach(self) -> None:
        points = np.array([[0.0, 0.0, z] for z in (0.9, 0.5, 0.0, -0.5, -0.99, -1.01, -5)])
        light = shone((LAMP,), points, np.tile([0.0, 0.0, 1.0], (len(points), 1)))
        assert (np.diff(light[:5, 0]) < 0).all()
        assert light[4, 0] < 0.01 * light[0, 0]
        assert not light[5:].any()
        assert light[0] / light[0, 0] == pytest.approx([1.0, 0.5, 0.25])

    def test_what_faces_away_gets_only_what_is_scattered(self) -> None:
        ways = np.array([[0, 0, 1.0], [1, 0, 0], [0, 0, -1]])
        up, side, down = shone((LAMP,), np.zeros((3, 3)), ways)[:, 0]
        assert up > 3 * side
        assert side == pytest.approx(down)
        assert down > 0

    def test_cubes_are_brightest_towards_the_lamp_and_lamps_add_up(self) -> None:
        one = cubes_of((LAMP,), np.zeros((1, 3)))[0]
        assert one[:, 0].argmax() == 4
        assert cubes_of((LAMP, LAMP), np.zeros((1, 3)))[0] == pytest.approx(2 * one)
        assert not cubes_of((), np.zeros((1, 3))).any()
        assert LampProbes(EVEN, (LAMP,), 0.5).at(np.zeros((1, 3))) == pytest.approx(
            EVEN.at(np.zeros((1, 3))) + 0.5 * one
        )

    def test_a_room_shines_with_the_lamps_that_are_lit(self, found: Catalogue) -> None:
        room = Room(id=HOME, name="x", template=TemplateId("studio"), items=(
            item("i1", "lamp_table", 1, 2, 0.5), item("i2", "lamp_table", glow=0), item("i3", "stool"),
            item("i4", "lamp_table", glow=2.0, warmth_k=6500)))  # fmt: skip
        lamps = lamps_of(room, found.kit)
        assert len(lamps) == 2
        assert lamps[0].at_m[:2] == pytest.approx((1, 2), abs=0.05)
        assert lamps[0].at_m[2] > 0.5
        assert lamps[1].colour[2] > 2 * lamps[0].colour[2]
        assert lamps[0].colour[0] > lamps[0].colour[2]

    def test_a_lamp_of_a_colour_is_as_bright_but_never_glares(self) -> None:
        r, g, b = coloured(2700, "#6fb7c9")
        assert b > r
        assert 0.21 * r + 0.72 * g + 0.07 * b == pytest.approx(1.0, abs=0.04)
        for colour in ("#0000ff", "#ff0000", "#000000"):
            assert max(coloured(2700, colour)) <= GLARE + 1e-9
        assert coloured(4000, "") == light_of(4000)
        assert tint_of(2700, "#ffffff") == pytest.approx((1, 1, 1), abs=0.01)

    def test_warmth_goes_from_amber_to_blue_at_one_brightness(self) -> None:
        for kelvin in (1000, 1800, 2400, 2700, 4000, 6500, 20_000):
            r, g, b = light_of(kelvin)
            assert 0.21 * r + 0.72 * g + 0.07 * b == pytest.approx(1.0, abs=0.04)
        blues = [light_of(kelvin)[2] for kelvin in range(1800, 9001, 300)]
        assert blues == sorted(blues)
        assert tint_of(2700) == pytest.approx((1, 1, 1))

    def test_every_texel_of_a_shell_lies_on_it(self) -> None:
        texels = texels_of(ASSETS / "models" / "places" / "room_studio" / "shell.glb", 176, 176)
        assert len(texels.number) > 0.6 * 176 * 176
        assert len(np.unique(texels.number)) == len(texels.number)
        assert np.abs(texels.at_m[:, :2]).max() < 5
        floor = (np.abs(texels.at_m[:, 2]) < 0.01) & (texels.normal[:, 2] > 0.9)
        assert floor.sum() > 3000

    def test_lamps_brighten_the_texels_near_them_and_no_others(self) -> None:
        texels = texels_of(ASSETS / "models" / "places" / "room_studio" / "shell.glb", 88, 88)
        dark = Picture(176, 176, bytes([40]) * (176 * 176 * 3))
        found = MoodLight(mood_of("night", {}), {"light": dark}, EVEN)
        lit = with_lamps(found, {"light": texels}, (Shining((0.0, 0.0, 0.8), (0.5, 0.5, 0.5), 1.5),))
        pixels = np.frombuffer(lit.pictures["light"].pixels, np.uint8).reshape(176, 176, 3)
        assert 0.01 < (pixels > 40).any(2).mean() < 0.4
        assert (pixels >= 40).all()
        assert with_lamps(found, {"light": texels}, ()).pictures["light"] == dark


def test_a_paint_that_is_none_is_refused() -> None:
    assert factor("#ffffff", (0.5, 0.25, 1.0)) == pytest.approx((2, 4, 1))
    with pytest.raises(ValueError, match="invalid literal"):
        factor("#zzzzzz", (1, 1, 1))


class Walk:
    """An app in the player's home, with commands that go in by the next step."""

    def __init__(self, folder: Path, found: Catalogue) -> None:
        self.world: World = world_of(found, start=PlaceId("street"), seed=1)
        self.room = msgspec.structs.replace(new_room(found.templates[TemplateId("wardrobe")], name="Home"), items=())
        step(self.world, [Admit(room=self.room)], [])
        self.world.place_id, self.world.door_open = HOME, {DoorId("street_front"): 0.0}
        self.world.body.pos_m, self.world.body.yaw_rad = (-2.0, 0.9, 0.0), -1.57
        self.wishes: list[Command] = []
        options = Options(home=folder, assets=ASSETS, offscreen=True, size=SIZE, msaa=0, hud=False, quality="low")
        settings = Settings(None, Values(language="en", reduced_motion=True))
        self.app = App(self.world, Silent(), options, extra_commands=self.asked, settings=settings)  # type: ignore[arg-type]
        self.app.frame(1 / 60)
        self.app.finish_loading()

    def asked(self, _: World) -> list[Command]:
        asked, self.wishes = self.wishes, []
        return asked

    def become(self, **changes: object) -> None:
        self.room = msgspec.structs.replace(self.room, **changes)
        self.wishes.append(Admit(room=self.room))
        self.app.frame(1 / 60)
        self.app.finish_loading()

    def seen(self) -> np.ndarray:
        return pixels(self.app).astype(float)


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory, found: Catalogue) -> Iterator[Walk]:
    made = Walk(tmp_path_factory.mktemp("home"), found)
    yield made
    made.app.close()


class TestDrawn:
    def test_a_painted_wall_is_of_another_colour_and_its_own_again(self, walk: Walk) -> None:
        scenery = walk.app.street.here
        assert isinstance(scenery, RoomScenery)
        before = walk.seen()
        walk.become(paint={"wall": "#2244aa"})
        blue = walk.seen()
        assert walk.app.street.here is scenery, "the room is not loaded anew"
        assert (blue[..., 2] - blue[..., 0]).mean() > (before[..., 2] - before[..., 0]).mean() + 20
        walk.become(paint={})
        assert np.abs(walk.seen() - before).mean() < 1.0

    def test_each_material_has_its_pattern_and_the_wall_is_its_own_again(self, walk: Walk) -> None:
        before = walk.seen()
        seen = [before]
        for material in MATERIALS:
            walk.become(paint={"wall": f"#c0b0a0 {material}"})
            seen.append(walk.seen())
        assert all(np.abs(one - other).mean() > 0.5 for one, other in combinations(seen, 2))
        walk.become(paint={})
        assert np.abs(walk.seen() - before).mean() < 1.0

    def test_only_a_room_with_a_material_needs_the_shaders_of_materials(self, walk: Walk) -> None:
        scenery = walk.app.street.here
        assert isinstance(scenery, RoomScenery)
        walk.become(paint={"wall": "#c0b0a0", "lamplight": "#3060ff"})
        assert scenery.rare_variants() == ()
        walk.become(paint={"floor": "wood"})
        assert set(scenery.rare_variants()) == {each for each in shaders.Variant if "CLAD" in each.value}
        walk.become(paint={})
        gsg = walk.app.stage.win.get_gsg()
        common = list(shaders.warm_up(gsg, shaders.Pass.MAIN, lean=True))
        rare = list(shaders.warm_up(gsg, shaders.Pass.MAIN, lean=True, variants=CLAD))
        assert len(rare) == 3
        assert not {*common} & {*rare}

    def test_the_rooms_own_light_has_a_colour(self, walk: Walk) -> None:
        walk.wishes.append(SetMood(mood="night"))
        walk.become(items=())
        before = walk.seen()
        walk.become(paint={"lamplight": "#3060ff"})
        blue = walk.seen()
        assert (blue[..., 2] - blue[..., 0]).mean() > (before[..., 2] - before[..., 0]).mean() + 10
        walk.become(paint={})
        assert np.abs(walk.seen() - before).mean() < 1.0

    def test_a_lamp_lights_the_floor_around_it_at_night(self, walk: Walk) -> None:
        walk.wishes.append(SetMood(mood="night"))
        walk.become(items=())
        dark = walk.seen()
        walk.become(items=(item("i1", "lamp_floor", 1.2, 0.9),))
        lit = walk.seen()
        assert lit[240:].mean() > dark[240:].mean() + 3, "the floor in the lower third of the picture"
        walk.become(items=(item("i1", "lamp_floor", 1.2, 0.9, glow=0.0),))
        assert walk.seen()[240:].mean() < lit[240:].mean() - 3

    def test_a_piece_comes_and_goes_and_so_does_its_mirror(self, walk: Walk) -> None:
        walk.become(items=())
        before = walk.seen()
        walk.become(items=(item("i1", "mirror_tall", 0.0, 2.46, 0.2), item("i2", "armchair", 0.5, 0.9)))
        assert np.abs(walk.seen() - before).mean() > 2
        assert len(walk.world.places[HOME].mirrors) == 1
        assert not walk.app.street.here.root.find("**/mirror glass").is_empty()
        walk.become(items=())
        assert walk.app.street.here.root.find("**/mirror glass").is_empty()
        assert np.abs(walk.seen() - before).mean() < 0.5

    def test_goods_stand_where_their_items_are(self, walk: Walk) -> None:
        good = Item(id=ItemId("i9"), good="oak_stool", at_m=(0.5, 0.9, 0.0))  # type: ignore[arg-type]
        walk.become(items=(good,))
        assert walk.app.street.here.shelves is not None
        node = walk.app.street.here.shelves.node("i9")  # type: ignore[arg-type]
        assert node is not None
        walk.become(items=(msgspec.structs.replace(good, at_m=(1.0, 0.2, 0.0)),))
        assert tuple(node.get_pos()) == pytest.approx((1.0, 0.2, 0.0))
        walk.become(items=())
        assert walk.app.street.here.shelves.node("i9") is None  # type: ignore[arg-type]

    def test_another_template_is_another_shell(self, walk: Walk) -> None:
        before = walk.app.street.here
        walk.become(template=TemplateId("studio"))
        assert walk.app.street.here is not before
        assert walk.app.street.here.folder.name == "room_studio"
        assert walk.app.street.here.built
        walk.become(template=TemplateId("wardrobe"))

