"""The places that are loaded: the one where the player is, and its neighbours, seen through open doors.

All of them stay loaded, so crossing a threshold loads nothing; what is not seen is taken out of the scene graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import hypot, inf
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from game.client import shaders
from game.client.doorway import Doorways, only_beyond, show_beyond_too
from game.client.mirror import MirrorView
from game.client.pieces import finish
from game.client.reflection import take_picture
from game.client.scenery import Scenery, door_between
from game.client.shaders import Pass
from game.client.shelves import Models
from game.client.spaces import IDENTITY, through_door
from game.client.stage import Stage
from game.core.goods import Vec3
from game.core.ids import PlaceId
from game.core.places import Door
from game.core.world import World

if TYPE_CHECKING:
    from game.client.kit_models import KitModels

NEAR_DOOR_M = 4.0  # a place behind a door so near is loaded before anything else
SEE_THROUGH_M = 9.0  # from this distance to its door on, a neighbour is drawn


class Alive(Protocol):
    """What moves in a place by itself."""

    def draw(self, *, here: bool, beyond: bool = False) -> None:
        """Show it or not; `here`: the player is in that place; `beyond`: looks into it through a door."""
        ...


class Street:
    """All sceneries of the world, by place."""

    def __init__(
        self, stage: Stage, world: World, assets: Path, models: Models, mirror: MirrorView, cache: Path,
        pictures: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:  # fmt: skip
        self.stage, self.world, self.mirror = stage, world, mirror
        self.assets, self.models, self.cache, self.pictures = assets, models, cache, pictures
        self._kit_models: KitModels | None = None
        # an orchard needs NumPy, and the first frame does not: it comes with what is seen later
        self.sceneries = {
            place: self._scenery(place)
            for place in world.places
            if place == world.place_id or world.places[place].kind != "orchard"
        }
        self.here_id = world.place_id
        self.doorways = Doorways(stage)
        self._alive: dict[PlaceId, tuple[Alive, ...]] = {}
        self._life_of: Callable[[Scenery], tuple[Alive, ...]] = lambda _: ()
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="light")
        self._building: dict[PlaceId, Iterator[str]] = {}
        self._warm: set[tuple[Pass, bool]] = set()  # for which passes, lean or not, the shaders are compiled
        self._wanted: PlaceId | None = None  # someone is about to be there

    def _scenery(self, place: PlaceId) -> Scenery:
        world, mood = self.world, partial(self.world.mood_of, place)
        room = world.rooms.get(place)
        if room is None and world.places[place].kind == "orchard":
            return self._orchard(place)
        if room is None:
            return Scenery(
                world.places[place], world.goods, self.assets, self.models, self.stage.root, self.cache, mood=mood
            )
        from game.client.kit_models import KitModels  # the first frame is of a place without pieces
        from game.client.room_scenery import RoomScenery

        if self._kit_models is None:
            self._kit_models = KitModels(self.assets)
        return RoomScenery(
            world.places[place], room, world.kit, world.goods, self.assets, self.models, self._kit_models,
            self.pictures, self.stage.root, self.cache, mood=mood,
        )  # fmt: skip

    def _orchard(self, place: PlaceId) -> Scenery:
        from game.client.orchard_scenery import OrchardScenery  # few places are one
        from game.content.species import load_species

        rules = self.world.orchard_rules
        species = rules.species if rules is not None else load_species(self.assets.parent)
        return OrchardScenery(
            self.world.places[place], species, self.world.goods, self.assets, self.models, self.stage.root,
            self.cache, mood=partial(self.world.mood_of, place), world=self.world,
        )  # fmt: skip

    def changed(self, place: PlaceId) -> None:
        """A place came into the world, or a room is another than before: draw it so, touching what is another alone."""
        from game.client.room_scenery import RoomScenery

        scenery, room = self.sceneries.get(place), self.world.rooms.get(place)
        now = self.world.places[place]
        if isinstance(scenery, RoomScenery) and room is not None and scenery.room.template == room.template:
            mirrors = scenery.place.mirrors
            scenery.renew(room, now)
            if scenery.built and mirrors != now.mirrors:
                self.mirror.take_down(scenery)
                self.mirror.hang(scenery)
            return
        if scenery is not None and scenery.built and scenery.replanted(now):
            return
        if scenery is not None:
            self._forget(scenery)
        self.sceneries[place] = self._scenery(place)
        if self._alive:
            self._alive[place] = self._life_of(self.sceneries[place])
        if place == self.here_id:
            self.load_now(place)

    def _forget(self, scenery: Scenery) -> None:
        self._building.pop(scenery.place.id, None)
        self.mirror.take_down(scenery)
        scenery.destroy()

    @property
    def here(self) -> Scenery:
        """Where the player is."""
        return self.sceneries[self.here_id]

    def enliven(self) -> None:
        """Let weather, leaves, birds and the halos of lamps be seen from now on; the first frame does without."""
        from game.client.halo import Halos
        from game.client.life import Life
        from game.client.sky import Sky
        from game.client.weather import Weather

        self._life_of = lambda scenery: (
            Weather(scenery, self.stage), Life(scenery), Halos(scenery, self.stage), Sky(scenery)
        )  # fmt: skip
        for place in self.world.places:
            if place not in self.sceneries:
                self.sceneries[place] = self._scenery(place)
        for scenery in self.sceneries.values():
            scenery.bare = False
            if scenery.built:
                scenery.set_up_fixtures()
        self._alive = {place: self._life_of(scenery) for place, scenery in self.sceneries.items()}

    def load_now(self, place: PlaceId) -> None:
        """Load a place to the end and stand in it."""
        finish(self._pieces(place))
        self.enter(place)

    def _pieces(self, place: PlaceId) -> Iterator[str]:
        """The rest of a place's loading, whoever began it."""
        scenery = self.sceneries[place]
        if scenery.built:
            return
        if place not in self._building:
            # What is needed for the first frame is drawn whole, which parting takes longer than it saves.
            scenery.bare = not self._alive
            whole = self.stage.lean or scenery.bare
            onto = None if scenery.bare else self.stage.win.get_gsg()
            self._building[place] = scenery.build(self._aside, whole=whole, onto=onto, lean=self.stage.lean)
        # Not `yield from`: a loader that is dropped half-way would close the building with itself.
        for piece in self._building[place]:  # noqa: UP028
            yield piece
        del self._building[place]
        self.mirror.hang(scenery)
        if place == self.here_id:  # it was entered before its light was known
            self.stage.set_backdrop(*scenery.backdrop())

    def want(self, place: PlaceId) -> None:
        """Load a place before any other: the player is about to be there."""
        self._wanted = place

    @property
    def urgent(self) -> bool:
        """Whether the player is in a place that is not loaded, is about to be there, or stands before its door."""
        place = self._next()
        if place is None:
            return False
        return place in (self._wanted, self.here_id) or self._door_away_m(place) <= NEAR_DOOR_M

    def load_urgent(self) -> Iterator[str]:
        """Load what is needed first, piece by piece, for as long as it is urgent."""
        if self.urgent:
            yield from self._warm_up(Pass.BEYOND, Pass.MAIN)
        while self.urgent and (place := self._next()) is not None:
            for piece in self._pieces(place):
                yield piece
                if self._next() != place:
                    break

    def _warm_up(self, *passes: Pass) -> Iterator[str]:
        for seen_by in passes:
            if (seen_by, self.stage.lean) not in self._warm:
                yield from shaders.warm_up(self.stage.win.get_gsg(), seen_by, lean=self.stage.lean)
                self._warm.add((seen_by, self.stage.lean))

    def load_later(self) -> Iterator[str]:
        """Load all places piece by piece, nearest first, and take the pictures that shiny things reflect."""
        yield from self._warm_up(*Pass)
        for piece in self.here.follow_mood(self._aside):
            self.stage.set_backdrop(*self.here.backdrop())
            yield piece
        yield from self._reflect(self.here)
        while (place := self._next()) is not None:
            for piece in self._pieces(place):
                yield piece
                if self._next() != place:
                    break
            else:
                yield from self._reflect(self.sceneries[place])
        for scenery in self.sceneries.values():
            yield from scenery.follow_mood(self._aside)
            yield from self._reflect(scenery)
            if scenery.shelves is not None:
                yield from scenery.shelves.refine()

    def _next(self) -> PlaceId | None:
        """The place to load first; None when all are loaded."""
        behind_doors = sorted({door.to_place for door in self.here.place.doors}, key=self._door_away_m)
        for place in (self._wanted, self.here_id, *behind_doors, *self.sceneries):
            if place in self.sceneries and not self.sceneries[place].built:
                return place
        return None

    def _door_away_m(self, place: PlaceId) -> float:
        """How far the player is from the nearest door to a place."""
        x, y, _ = self.world.body.pos_m
        doors = [door for door in self.here.place.doors if door.to_place == place]
        return min((hypot(door.at_m[0] - x, door.at_m[1] - y) for door in doors), default=inf)

    def dim(self, bright: float) -> None:
        """Darken the place a little behind what is held up to the eyes; 1 is its own light."""
        self.here.root.set_shader_input("tone", self.here.tone(bright=bright))

    def _reflect(self, scenery: Scenery) -> Iterator[str]:
        if self.stage.lean:  # nothing reflects
            return
        scenery.part()
        if not scenery.has_reflection and (scenery is self.here or not scenery.shown):
            yield "before reflection"
            if scenery.shelves is not None:
                yield from scenery.shelves.prepare(self.stage.win.get_gsg(), Pass.RAW, Pass.MIRRORED, lean=False)
            yield from take_picture(self.stage, scenery)

    def enter(self, place: PlaceId) -> None:
        """Make a place the world's own space."""
        self.here_id = place
        if self._wanted == place:
            self._wanted = None
        self.here.prepare()  # where it is not built yet, it goes on being built around the player
        self.here.put(IDENTITY)
        only_beyond(self.here.root, False)
        self.here.show_leaves()
        self.stage.set_backdrop(*self.here.backdrop())
        for door in self.here.place.doors:
            self.here.swing(door.id, 0.0)

    def draw(self, world: World, eye_m: Vec3, wind: tuple[float, float]) -> None:
        """Swing doors, show what is seen through them, tell the shaders where the eye is and how the wind blows."""
        here = self.here
        through: tuple[float, Door, Door, Scenery] | None = None
        for door in here.place.doors:
            open_part = world.door_open.get(door.id, 0.0)
            here.swing(door.id, _ease(open_part))
            there = self.sceneries.get(door.to_place)
            link = door_between(here.place, there.place) if there is not None and there.built else None
            if there is None or link is None or there is here or (door.leaf and open_part <= 0.0):
                continue
            distance_m = sum((a - b) ** 2 for a, b in zip(eye_m, door.at_m, strict=True)) ** 0.5
            if distance_m <= SEE_THROUGH_M and (through is None or distance_m < through[0]):
                through = (distance_m, door, link[1], there)
        seen = [here]
        if through is not None:
            _, door, other, there = through
            there.put(through_door(door.at_m, door.yaw_deg, other.at_m, other.yaw_deg))
            there.hide_leaf(other.id)  # one leaf hangs between the two: the one here
            show_beyond_too(here.leaf(door.id))
            only_beyond(there.root, True)
            seen.append(there)
        sky = through[3].backdrop() if through is not None else (0.0, 0.0, 0.0)
        self.doorways.show(through[1] if through is not None else None, eye_m, sky)
        for place, all_of_it in self._alive.items():
            beyond = through is not None and through[3] is self.sceneries[place]
            for each in all_of_it:
                each.draw(here=place == self.here_id, beyond=beyond)
        for scenery in self.sceneries.values():
            if scenery in seen:
                scenery.see_from(eye_m, wind)
                scenery.look(self.stage.camera.get_mat(), self.stage.fov_deg, self.stage.size, lean=self.stage.lean)
            elif scenery.shown:
                scenery.put_away()

    def close(self) -> None:
        """Free all places."""
        self._aside.shutdown(cancel_futures=True)
        self.doorways.close()
        for scenery in self.sceneries.values():
            scenery.destroy()


def _ease(part: float) -> float:
    return part * part * (3 - 2 * part)
