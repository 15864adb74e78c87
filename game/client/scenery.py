"""One place as it is drawn: its shell, fixtures, lamps and sky, its doors, and the shelves in it.

Each place hangs under a root of its own in its own space. The place where the player is lies on the world's root
unmoved; a neighbour is moved as a whole, threshold to threshold, so crossing only changes which of them is moved.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Hashable, Iterator
from concurrent.futures import Executor
from math import radians
from pathlib import Path

import numpy as np
from panda3d.core import (
    CullBinManager,
    GraphicsStateGuardian,
    LMatrix4f,
    LVecBase3f,
    LVecBase4f,
    NodePath,
    PTA_LVecBase3f,
    PTA_LVecBase4f,
    Texture,
)

from game.client import shaders, shapes
from game.client.kept_models import load_kept_model
from game.client.light import MoodLight, PlaceLight, Probes, blank_cube, dampened, set_cube
from game.client.matte import part_matte
from game.client.pieces import SENT, WAITS
from game.client.shaders import Pass, Variant
from game.client.shelves import Display, Models, Shelves, View
from game.client.spaces import IDENTITY, turned
from game.core.errors import GameError
from game.core.goods import Good
from game.core.ids import DoorId, GoodId
from game.core.places import Door, Fixture, Place
from game.core.world import EYE_HEIGHT_M

log = logging.getLogger(__name__)

MANY = 200  # stands that are drawn as a hall; below, a node for each costs less
SWAYING = {"sway_cloth": (0.07, 1.7), "sway_leaf": (0.035, 2.6)}  # metres at the free end, radians a second
AFTER_GOODS = "after goods"  # a bin: what lies behind most things is drawn last, and lit where it is seen alone
CullBinManager.get_global_ptr().add_bin(AFTER_GOODS, CullBinManager.BT_state_sorted, 25)  # before what is transparent
PARTS = (("shell", Variant.ATLAS, "light"), ("props", Variant.VERTEX, "vertex"), ("glow", Variant.GLOW, None))


class Scenery:
    """The picture of one place. `build` yields between pieces of work, so that a loader can spread them over frames.

    `mood` says which time of day or weather it is there.
    """

    def __init__(
        self, place: Place, goods: dict[GoodId, Good], assets: Path, models: Models, parent: NodePath,
        cache: Path | None, mood: Callable[[], str],
    ) -> None:  # fmt: skip
        self.place, self.goods, self.models = place, goods, models
        self.folder = assets / "models" / "places" / place.id
        self.root = NodePath(f"place {place.id}")
        self.parent = parent
        self.cache = cache
        self.mood = mood
        self.drawn_mood = ""
        self.light: PlaceLight | None = None
        self.shelves: Display | None = None
        self.leaves: dict[DoorId, tuple[NodePath, LMatrix4f, float]] = {}
        self.built = self._leave_whole = False
        self.bare = False  # whether fixtures wait: their light needs NumPy, which the first frame does without
        self._lit_as: tuple[Hashable, ...] = ()
        self.damp: np.ndarray | None = None  # see `damp_of`, once it has rained here
        self._lit_wet = False
        self.added_lamps: np.ndarray | None = None  # centre, radius, colour (n, 7) of lamps not of the place's model
        self._fixtures: list[tuple[NodePath, Fixture]] = []
        self._whole: list[tuple[NodePath, Variant]] = []  # meshes whose matt parts still reflect
        self.world_from_place = self.place_from_world = IDENTITY
        self._reflection: Texture | None = None
        self._eye, self._wind = PTA_LVecBase3f([LVecBase3f(0, 0, 1.6)]), PTA_LVecBase4f([LVecBase4f(0)])

    def prepare(self) -> None:
        """Make the place something that one can be in, before anything of it has been read."""
        if self.light is None:
            self.light = PlaceLight(Path(), None)
            self._set_light_inputs()

    def build(
        self, aside: Executor, *, whole: bool, onto: GraphicsStateGuardian | None = None, lean: bool = False
    ) -> Iterator[str]:
        """Load everything; yields the name of each piece once it is done. Broken files leave a stand-in and a log.

        Baked light is read and mixed by `aside`. Where it is to be `whole`, what is matt stays in one piece with
        what shines until `part` is called: nothing reflects yet. What goes `onto` a graphics card is there, and its
        shaders, `lean` or not, are compiled, before the place counts as built.
        """
        self._leave_whole = whole
        try:
            light = PlaceLight(self.folder, self.cache)
            self.drawn_mood, self._lit_as = self.mood(), self.lighting()
            mixing = aside.submit(self.mixed, light, self._lit_as)  # the first time it takes most of a second
            while not mixing.done():
                yield WAITS
            light.use(mixing.result())
        except GameError as error:
            log.warning("%s", error)
            light = PlaceLight(Path(), None)
        self.light = light
        yield "light"
        self._set_light_inputs()
        if onto is not None:
            for picture in light.textures.values():
                picture.prepare(onto.get_prepared_objects())
        for name, variant, texture in PARTS:
            self._add_part(name, variant, texture)
            part = self.root.find(name)
            if onto is not None and part:
                part.prepare_scene(onto)
                part.get_bounds()  # the engine looks for them at the first sight otherwise
            yield SENT if onto is not None and part else name
        if self.root.find("shell").is_empty():
            self._stand_in().get_bounds()
            yield "colliders"
        if self.bare:
            self._find_leaves()
        else:
            self.set_up_fixtures()
        yield from self.furnish()
        self.shelves = yield from self._display(self.light.probes, self._from_a_door(lean=lean))
        yield from self.shelves.build()
        if onto is not None:
            yield from self.shelves.prepare(onto, Pass.BEYOND, Pass.MAIN, lean=lean)
            for seen_by in (Pass.BEYOND, Pass.MAIN) if (rare := self.rare_variants()) else ():
                yield from shaders.warm_up(onto, seen_by, lean=lean, variants=rare)
            self.shelves.look(self._from_a_door(lean=lean))
            yield SENT
        self.built = True

    def rare_variants(self) -> tuple[Variant, ...]:
        """What is drawn here by shaders that few places need."""
        return ()

    def _from_a_door(self, *, lean: bool) -> View:
        """What is seen on coming in."""
        door, turn_deg = (self.place.doors[0], 180.0) if self.place.doors else (self.place.spawn, 0.0)
        x, y, z = door.at_m
        return View(turned((x, y, z + EYE_HEIGHT_M), radians(door.yaw_deg + turn_deg)), 60.0, (1280, 720), lean=lean)

    def lighting(self) -> tuple[Hashable, ...]:
        """All that the light here depends on; another value, and the light is mixed anew. The mood comes first."""
        return (self.mood(),)

    def mixed(self, light: PlaceLight, lighting: tuple[Hashable, ...]) -> MoodLight:
        """The light of this place; touches nothing that is drawn."""
        # Where nothing stands nothing needs the probes at once.
        return light.mixed(str(lighting[0]), probes_later=not self.place.stands and not self.built)

    def replanted(self, place: Place) -> bool:
        """Draw a place where nothing is another than before but what grows there; False where it must be built anew."""
        return False

    @property
    def rained_on(self) -> bool:
        """Whether it is raining on ground of which is known what gets wet."""
        return self.damp is not None and self.mood() == "rain"

    def lit(self, light: PlaceLight, lighting: tuple[Hashable, ...], *, wet: bool) -> MoodLight:
        """The light of this place as it is drawn, dry or wet."""
        found = self.mixed(light, lighting)
        return dampened(found, self.damp) if wet and self.damp is not None else found

    def furnish(self) -> Iterator[str]:
        """Set in place what is no part of the place's own model; yields between pieces of work."""
        return iter(())

    def _display(self, probes: Probes, first: View) -> Generator[str, None, Display]:
        if len(self.place.stands) < MANY or not shaders.Driver.pulls:
            return Shelves(self.place, self.goods, self.models, probes, self.root)
        from game.client import hall, hidden  # few places are one

        shell = self.root.find("shell") or self.root.find("colliders")
        leaves = frozenset(door.leaf for door in self.place.doors if door.leaf)
        yield "modules"
        faces = yield from hidden.faces_of(shell, but=leaves)
        return hall.Hall(self.place, self.goods, self.models, probes, self.root, faces, first)

    def _add_part(self, name: str, variant: Variant, texture: str | None) -> None:
        assert self.light is not None
        path = self.folder / f"{name}.glb"
        if not path.is_file():
            return
        try:
            node = load_kept_model(path, self.cache)
        except GameError as error:
            log.warning("%s", error)
            return
        if texture is not None and texture not in self.light.textures:
            log.warning("%s: %s_*.png is missing beside it; drawn with even light", path, texture)
            variant = Variant.PROBE
        node.set_name(name)
        if name == "shell":
            node.set_bin(AFTER_GOODS, 0)
        shaders.dress(node, variant)
        self._let_sway(node, variant)
        if variant is not Variant.GLOW:
            self._whole.append((node, variant))
            if not self._leave_whole:
                self.part()
        if texture is not None and texture in self.light.textures:
            node.set_shader_input("light", self.light.textures[texture])
        if variant is Variant.PROBE:
            set_cube(node, self.light.probes.at(np.array([[0.0, 0.0, 1.5]]))[0])
        node.reparent_to(self.root)

    def set_up_fixtures(self) -> None:
        """Set up what has a model of its own; once."""
        self.bare = False
        if not self._fixtures:
            for fixture in self.place.fixtures:
                self._add_fixture(fixture)
        self._find_leaves()

    def _add_fixture(self, fixture: Fixture) -> None:
        """Set up what has a model of its own, in the light of where it is."""
        assert self.light is not None
        path = self.folder.parents[1] / "fixtures" / f"{fixture.model}.glb"
        try:
            node = load_kept_model(path, self.cache)
        except GameError as error:
            log.warning("%s", error)
            return
        node.set_name(f"fixture {fixture.model}")
        shaders.dress(node, Variant.PROBE)
        node.set_mat(turned(fixture.at_m, radians(fixture.yaw_deg)))
        self._fixtures.append((node, fixture))
        self._light_fixtures()
        self._whole.append((node, Variant.PROBE))
        if not self._leave_whole:
            self.part()
        node.reparent_to(self.root)

    def _light_fixtures(self) -> None:
        assert self.light is not None
        for node, fixture in self._fixtures:
            x, y, z = fixture.at_m
            set_cube(node, self.light.probes.at(np.array([[x, y, z + 1.3]]))[0])

    def part(self) -> None:
        """Part what is matt from what shines, where that has not been done."""
        for node, variant in self._whole:
            part_matte(node, variant)
        self._whole.clear()

    def _let_sway(self, part: NodePath, variant: Variant) -> None:
        """Dress what the wind moves, which the studio puts into nodes of its own."""
        for name, (far_m, per_sec) in SWAYING.items():
            for node in part.find_all_matches(f"**/{name}") if variant is Variant.VERTEX else ():
                shaders.dress(node, Variant.SWAY)
                node.set_shader_input("sway", (far_m, per_sec))

    def _stand_in(self) -> NodePath:
        """The colliders as plain boxes, where a place has no readable shell: one can still walk and buy."""
        assert self.light is not None
        log.warning("%s: no readable shell; the place is drawn from its colliders", self.folder)
        boxes = [(box.at_m, box.size_m, radians(box.yaw_deg)) for box in self.place.colliders]
        node = self.root.attach_new_node(shapes.lit_boxes("colliders", boxes, (0.55, 0.52, 0.48, 0.05)))
        shaders.dress(node, Variant.PROBE)
        part_matte(node, Variant.PROBE)
        set_cube(node, self.light.probes.at(np.array([self.place.spawn.at_m]))[0])
        return node

    def _find_leaves(self) -> None:
        assert self.light is not None
        facts = self.light.document.get("leaves", {})
        for door in self.place.doors:
            if not door.leaf or door.id in self.leaves:
                continue
            node = self.root.find(f"**/{door.leaf}")
            if node.is_empty() and self.bare:
                continue
            if node.is_empty():
                log.warning("%s: no node %r for door %r; it stays still", self.folder, door.leaf, door.id)
                continue
            swing = radians(float(facts.get(door.leaf, {}).get("open_deg", 100.0)))
            self.leaves[door.id] = (node, LMatrix4f(node.get_mat()), swing)

    def _set_light_inputs(self) -> None:
        assert self.light is not None
        mood, box = self.light.mood, self.light.document.get("reflection", {})
        self.room_eye = tuple(box.get("eye", (0.0, 0.0, 1.6)))
        self.root.set_shader_inputs(
            outdoor=(*mood.outdoor, mood.overcast),
            lampglow=mood.lamp_glow,
            nightwindow=mood.night_window,
            fog=self.light.fog(),
            room=self._reflection or blank_cube(),
            room_lo=tuple(box.get("lo", (-50.0, -50.0, -1.0))),
            room_hi=tuple(box.get("hi", (50.0, 50.0, 20.0))),
            room_mid=self.room_eye,
            tone=self.tone(),
            eye=self._eye,
            place_from_world=IDENTITY,
            tint=(1, 1, 1, 1),  # of flat things
            wind=self._wind,
        )

    @property
    def _wet(self) -> float:
        return float(self.place.open_air and self.drawn_mood == "rain")

    def tone(self, *, bright: float = 1.0) -> tuple[float, float, float, float]:
        """Exposure, strength of reflections, vignette and wetness for the shader."""
        assert self.light is not None
        return (self.light.mood.exposure * bright, 1.0 if self._reflection is not None else 0.0, 0.55,
                self._wet)

    def backdrop(self) -> tuple[float, float, float]:
        """What the screen shows where nothing is drawn: the light outside, as the shader would tone it."""
        assert self.light is not None
        mood = self.light.mood
        grey = sum(mood.outdoor) / 3
        outdoor = [side + (grey - side) * mood.overcast for side in mood.outdoor]
        r, g, b = (
            max(0.0, min(1.0, c * (2.51 * c + 0.03) / (c * (2.43 * c + 0.59) + 0.14))) ** (1 / 2.2)
            for c in (side * mood.exposure * 0.85 for side in outdoor)
        )
        return r, g, b

    def set_reflection(self, picture: Texture) -> None:
        """Give what shines the picture of the room around it."""
        self._reflection = picture
        self.root.set_shader_input("room", picture)
        self.root.set_shader_input("tone", self.tone())

    def follow_mood(self, aside: Executor) -> Iterator[str]:
        """Draw the mood that it now is, once its light is mixed by `aside`; the reflection is then out of date."""
        while self.built and (self._lit_as, self._lit_wet) != (now := (self.lighting(), self.rained_on)):
            (lighting, wet), light = now, self.light
            assert light is not None
            mixing = aside.submit(self.lit, light, lighting, wet=wet)
            while not mixing.done():
                yield WAITS
            light.use(mixing.result())
            if lighting[0] != self._lit_as[0]:  # a lamp more or less is not worth another picture of the room
                self._reflection = None
            self.drawn_mood, self._lit_as, self._lit_wet = str(lighting[0]), lighting, wet
            self._set_light_inputs()
            yield "light"
            yield from self.relight()

    def relight(self) -> Iterator[str]:
        """Give what stands here the light as it now is; yields between pieces of work."""
        assert self.light is not None
        assert self.shelves is not None
        self._light_fixtures()
        self.shelves.relight(self.light.probes)
        yield "goods in the light"

    def put(self, world_from_place: LMatrix4f) -> None:
        """Move the whole place in the world and show it."""
        self.world_from_place = world_from_place
        place_from_world = LMatrix4f(world_from_place)
        place_from_world.invert_in_place()
        self.place_from_world = place_from_world
        self.root.set_mat(world_from_place)
        self.root.set_shader_input("place_from_world", place_from_world)
        if self.root.get_parent() != self.parent:
            self.root.reparent_to(self.parent)

    def put_away(self) -> None:
        """Keep the place loaded but out of the picture, in its own space."""
        self.root.detach_node()
        self.root.set_mat(IDENTITY)
        self.root.set_shader_input("place_from_world", IDENTITY)

    @property
    def has_reflection(self) -> bool:
        """Whether what shines already mirrors this place."""
        return self._reflection is not None

    @property
    def shown(self) -> bool:
        return bool(self.root.has_parent())

    def see_from(self, eye_world: tuple[float, float, float], wind: tuple[float, float]) -> None:
        """Tell the shader where the camera is, in this place's space, and of the wind: seconds, strength 0..1."""
        # Written in place: another input would be another state of everything below, composed anew each frame.
        self._wind[0] = LVecBase4f(*wind, 0.0, 0.0)
        self._eye[0] = LVecBase3f(self.place_from_world.xform_point(eye_world))

    def look(self, camera_world: LMatrix4f, fov_deg: float, size_px: tuple[int, int], *, lean: bool) -> None:
        """Draw of the goods what a camera needs, whose matrix is given in the world."""
        if self.shelves is not None:
            camera = camera_world * self.place_from_world
            self.shelves.look(View(camera, fov_deg, size_px, all_round=bool(self.place.mirrors), lean=lean))

    def swing(self, door: DoorId, open_part: float) -> None:
        """Turn a door's leaf about its node's own origin; 0 shut .. 1 open."""
        found = self.leaves.get(door)
        if found is None:
            return
        node, shut, swing_rad = found
        node.set_mat(turned((0, 0, 0), swing_rad * open_part) * shut)

    def leaf(self, door: DoorId) -> NodePath | None:
        """The node of a door's leaf."""
        found = self.leaves.get(door)
        return found[0] if found is not None else None

    def hide_leaf(self, door: DoorId) -> None:
        """Take a door's leaf away while the other side's stands for both."""
        leaf = self.leaf(door)
        if leaf is not None and not leaf.is_stashed():
            leaf.stash()

    def show_leaves(self) -> None:
        """Hang all leaves again."""
        for leaf, _, _ in self.leaves.values():
            if leaf.is_stashed():
                leaf.unstash()

    def destroy(self) -> None:
        """Free everything of this place."""
        self.root.remove_node()


def door_between(here: Place, there: Place) -> tuple[Door, Door] | None:
    """A door of `here` and the door of `there` that it leads to; None when none does."""
    for door in here.doors:
        if door.to_place == there.id:
            for other in there.doors:
                if other.id == door.to_door:
                    return door, other
    return None
