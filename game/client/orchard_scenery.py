"""An orchard as it is drawn: what the studio built, the ground beneath, and the trees of its groves."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import Executor
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from panda3d.core import LMatrix4f, NodePath

from game.client.ground_paint import Crowns, Painting, paint
from game.client.ground_view import GroundView
from game.client.grove_view import GroveView
from game.client.light import MoodLight, PlaceLight
from game.client.orchard_looks import TreeLooks
from game.client.petals import Petals
from game.client.pieces import WAITS
from game.client.scenery import Scenery
from game.client.shelves import Models
from game.core.goods import Good
from game.core.ground import ground_of
from game.core.groves import spots_of
from game.core.growing.mesh import hull_m
from game.core.growing.skeleton import stature
from game.core.growing.species import Species
from game.core.ids import GoodId
from game.core.places import Place
from game.core.world import World

SWAY = (0.05, 1.9)  # of a free leaf: metres, radians a second
LAMP_LIGHT = np.array([1.0, 0.72, 0.44])
GROUND_LIGHT = np.array([0.30, 0.34, 0.17])  # of the sky's light, what grass throws back


class OrchardScenery(Scenery):
    """The picture of an orchard, its trees as the world knows them."""

    def __init__(
        self, place: Place, species: Mapping[str, Species], goods: dict[GoodId, Good], assets: Path, models: Models,
        parent: NodePath, cache: Path | None, mood: Callable[[], str], world: World,
    ) -> None:  # fmt: skip
        super().__init__(place, goods, assets, models, parent, cache, mood)
        self.species = species
        self.spots = spots_of(place)
        self.world = world
        self.looks = TreeLooks(world, place, self.spots)
        self.ground: GroundView | None = None
        self.trees: GroveView | None = None
        self.petals: Petals | None = None
        self._painting: Painting | None = None
        self._painted_as: tuple[Hashable, ...] = ()

    def lighting(self) -> tuple[Hashable, ...]:
        """The mood, and how far each grove has grown: its trees throw other shadows then."""
        firsts = dict(zip(self.spots.grove.tolist(), self.spots.tree.tolist(), strict=True))
        grown = (self.looks(tree).growth for tree in firsts.values())
        return self.mood(), *((each.stage, round(each.leaf * 2)) for each in grown)

    def mixed(self, light: PlaceLight, lighting: tuple[Hashable, ...]) -> MoodLight:
        """The light of this place; the ground is painted with it, which takes a while."""
        found = super().mixed(light, lighting)
        if self._painting is None or self._painted_as != lighting[1:]:
            self._painting, self._painted_as = self._painted(light), lighting[1:]
        facts = light.document.get("ground", {})
        sun, sky = np.array(facts.get("sun", (2.2, 1.9, 1.5))), np.array(facts.get("sky", (0.5, 0.6, 0.8)))
        self._lit = self._painting.lit(sun * found.mood.sun, sky * found.mood.sky, LAMP_LIGHT * found.mood.lamp)
        return found

    def _sunward(self, light: PlaceLight) -> np.ndarray:
        way = -np.array(light.document.get("sun_direction", (0.7, 0.26, -0.665)), float)
        sunward: np.ndarray = way / np.linalg.norm(way)
        return sunward

    def _painted(self, light: PlaceLight) -> Painting:
        return paint(
            ground_of(self.place), light.document.get("ground", {}), self._crowns(), self.place.colliders,
            self._sunward(light),
        )  # fmt: skip

    def _crowns(self) -> Crowns:
        radius, middle = [], []
        for tree in self.spots.tree.tolist():
            look = self.looks(tree)
            species = self.species[look.species]
            stands = stature(species, tree)
            low, high = hull_m(species, stands.variant)
            size = stands.scale * look.growth.size
            full = max(look.growth.leaf, look.growth.blossom) ** 0.5
            radius.append((high[0] - low[0] + high[1] - low[1]) / 4 * 0.92 * size * full)
            middle.append((species.crown.trunk_m + species.crown.height_m) / 2 * size)
        return Crowns(self.spots.at_m, np.array(radius), np.array(middle))

    def furnish(self) -> Iterator[str]:
        """Lay the ground and plant the trees."""
        assert self.light is not None
        assert self._painting is not None
        facts = self.light.document.get("ground", {})
        self.ground = GroundView(ground_of(self.place), self._painting, facts, self.root)
        self.ground.light(self._lit)
        yield "ground"
        x, y, z = (float(side) for side in self._sunward(self.light))
        self.trees = GroveView(self.spots, self.species, self.looks, (x, y, z), self.root)
        self.petals = Petals(self.spots, self.species, self.looks, ground_of(self.place), self.root)
        self._set_light_inputs()
        yield from self.trees.build()

    def replanted(self, place: Place) -> bool:
        """Plant another season's trees where those of the last stand, which are seen until these are made."""
        rows = [grove.rows for grove in place.groves] == [grove.rows for grove in self.place.groves]
        alike = rows and replace(place, groves=self.place.groves) == self.place
        if self.trees is None or self.petals is None or not alike:
            return False
        self.place, self.spots = place, spots_of(place)
        self.looks.follow(place, self.spots)
        self.trees.replant(self.spots)
        self.petals.spots = self.spots
        return True

    def _set_light_inputs(self) -> None:
        super()._set_light_inputs()
        assert self.light is not None
        facts, mood = self.light.document.get("ground", {}), self.light.mood
        sun = np.array(facts.get("sun", (2.2, 1.9, 1.5))) * mood.sun
        sky = np.array(facts.get("sky", (0.5, 0.6, 0.8))) * mood.sky
        thrown = GROUND_LIGHT * (sky * 0.6 + sun * 0.22)
        sunward = self._sunward(self.light)
        self.root.set_shader_inputs(
            sunward=tuple(map(float, sunward)), sunlight=tuple(map(float, sun)), skylight=tuple(map(float, sky)),
            groundlight=tuple(map(float, thrown)), sway=SWAY,
        )  # fmt: skip

    def follow_mood(self, aside: Executor) -> Iterator[str]:
        """As every place does, with the ground in the new light."""
        for piece in super().follow_mood(aside):
            if piece != WAITS and self.ground is not None:
                self.ground.light(self._lit)
            yield piece

    def look(self, camera_world: LMatrix4f, fov_deg: float, size_px: tuple[int, int], *, lean: bool) -> None:
        """Draw of goods and trees what a camera needs."""
        super().look(camera_world, fov_deg, size_px, lean=lean)
        if self.trees is not None:
            eye = self.place_from_world.xform_point(camera_world.get_row3(3))
            aim = self.world.orchard.aim
            anew, picked = self.looks.changed(aim.tree if aim is not None else None)
            for tree in picked:
                self.trees.picked(tree)
            if anew:
                self.trees.changed(anew)
            self.trees.look(np.array([eye.x, eye.y, eye.z]))
        if self.petals is not None and self.built:
            self.petals.look(np.array([eye.x, eye.y, eye.z]))

    def destroy(self) -> None:
        """Free everything of this place."""
        if self.trees is not None:
            self.trees.destroy()
        super().destroy()
