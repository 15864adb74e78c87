"""The places that are loaded: the one where the player is, and its neighbours, seen through open doors.

All of them stay loaded, so crossing a threshold loads nothing; what is not seen is taken out of the scene graph.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import dist
from pathlib import Path

from game.client.doorway import Doorways, only_beyond, show_beyond_too
from game.client.halo import Halos
from game.client.life import Life
from game.client.mirror import MirrorView
from game.client.reflection import take_picture
from game.client.scenery import Scenery, door_between
from game.client.shelves import Models
from game.client.spaces import IDENTITY, through_door
from game.client.stage import Stage
from game.client.weather import Weather
from game.core.goods import Vec3
from game.core.ids import PlaceId
from game.core.places import Door
from game.core.world import World

AWAITED_WITHIN_M = 5.0
SEE_THROUGH_M = 9.0  # from this distance to its door on, a neighbour is drawn


class Street:
    """All sceneries of the world, by place."""

    def __init__(
        self, stage: Stage, world: World, assets: Path, models: Models, mirror: MirrorView, cache: Path
    ) -> None:
        self.stage, self.world, self.mirror = stage, world, mirror
        self.sceneries = {
            place.id: Scenery(
                place, world.goods, assets, models, stage.root, cache, mood=partial(world.mood_of, place.id)
            )
            for place in world.places.values()
        }
        self.here_id = world.place_id
        self.doorways = Doorways(stage)
        self.alive = {
            place: (Weather(scenery), Life(scenery), Halos(scenery, stage)) for place, scenery in self.sceneries.items()
        }
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="light")
        self._building: dict[PlaceId, Iterator[str]] = {}

    @property
    def here(self) -> Scenery:
        """Where the player is."""
        return self.sceneries[self.here_id]

    def load_now(self, place: PlaceId) -> None:
        """Load a place to the end and stand in it."""
        for _ in self._pieces(place):
            pass
        self.enter(place)

    def _pieces(self, place: PlaceId) -> Iterator[str]:
        """The rest of a place's loading, whoever began it."""
        scenery = self.sceneries[place]
        if scenery.built:
            return
        if place not in self._building:
            self._building[place] = scenery.build()
        # Not `yield from`: a loader that is dropped half-way would close the building with itself.
        for piece in self._building[place]:  # noqa: UP028
            yield piece
        del self._building[place]
        self.mirror.hang(scenery)

    def load_later(self) -> Iterator[str]:
        """Load the neighbours piece by piece, nearest first, and take the pictures that shiny things reflect."""
        for piece in self.here.follow_mood(self._aside):
            self.stage.base.set_background_color(*self.here.backdrop())
            yield piece
        yield from self._reflect(self.here)
        order = [door.to_place for door in self.here.place.doors]
        for place in [*order, *self.sceneries]:
            if place in self.sceneries:
                yield from self._pieces(place)
                yield from self.sceneries[place].follow_mood(self._aside)
                yield from self._reflect(self.sceneries[place])
        for scenery in self.sceneries.values():
            if scenery.shelves is not None:
                yield from scenery.shelves.refine()

    def is_awaited(self, pos_m: Vec3) -> bool:
        """Whether the player is close to a door behind which a place is not loaded yet."""
        return any(
            dist(pos_m, door.at_m) <= AWAITED_WITHIN_M
            for door in self.here.place.doors
            if door.to_place in self.sceneries and not self.sceneries[door.to_place].built
        )

    def dim(self, bright: float) -> None:
        """Darken the place a little behind what is held up to the eyes; 1 is its own light."""
        self.here.root.set_shader_input("tone", self.here.tone(bright=bright))

    def _reflect(self, scenery: Scenery) -> Iterator[str]:
        if self.stage.lean:  # nothing reflects
            return
        if not scenery.has_reflection and (scenery is self.here or not scenery.shown):
            yield "before reflection"
            yield from take_picture(self.stage, scenery)

    def enter(self, place: PlaceId) -> None:
        """Make a place the world's own space."""
        if not self.sceneries[place].built:
            for _ in self._pieces(place):
                pass
        self.here_id = place
        self.here.put(IDENTITY)
        only_beyond(self.here.root, False)
        self.here.show_leaves()
        self.stage.base.set_background_color(*self.here.backdrop())
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
        for place, all_of_it in self.alive.items():
            for each in all_of_it:
                each.draw(here=place == self.here_id)
        for scenery in self.sceneries.values():
            if scenery in seen:
                scenery.see_from(eye_m, wind)
                scenery.look(self.stage.camera.get_mat(), self.stage.fov_deg, self.stage.size)
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
