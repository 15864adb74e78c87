"""Shopkeepers: someone stands behind every counter, looks at who comes near, waves and greets.

They are a view of the world and no part of it: nothing that they do is recorded, paid or bumped into.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import atan2, cos, exp, hypot, pi, radians, sin
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from panda3d.core import NodePath

from game.client import shapes
from game.client.contact import as_shadow
from game.client.light import set_cube
from game.client.scenery import Scenery
from game.client.spaces import turned
from game.core import collide
from game.core.errors import GameError
from game.core.goods import Good, Vec3
from game.core.ids import MakerId, PlaceId
from game.core.looks import Looks, looks_by_lot
from game.core.places import Place
from game.core.rules.movement import forward
from game.core.world import DT_SECS, World

if TYPE_CHECKING:  # made after the first frame
    from game.client.avatar import Avatar

log = logging.getLogger(__name__)

SEEN_M, LOOKS_M, GREETS_M = 12.0, 4.0, 3.0
BEHIND_M = (0.9, 2.4)  # how far from the customer a keeper may stand
ROOM_M = 0.12  # kept from the counter, where there is so much
ASIDE_M = 0.8  # a keeper makes way for someone who comes closer
TOO_CLOSE_M = 0.4  # and is not drawn where there is no way to make
FAR_SECS = 1 / 31  # between two movements of someone who is not near
QUIET_SECS = 60.0  # between two greetings of one keeper
MOST_HEAD_RAD, MOST_BODY_RAD = radians(70), radians(100)
HEAD_PER_SEC, BODY_PER_SEC, STEP_PER_SEC = 5.0, 1.1, 3.0
VARIANTS = 2  # of the greeting of each mood
CHEST_M, FACE_M = 1.05, 1.45
BY_LOT = "street-2293"  # with a keeper's id it makes who they are


@dataclass
class Keeper:
    """One keeper: where they stand, and where they are in looking round."""

    who: MakerId
    at_m: Vec3
    yaw_rad: float  # towards the customer
    avatar: Avatar | None = None
    home: NodePath = field(default_factory=lambda: NodePath("keeper"))
    pos_m: np.ndarray = field(default_factory=lambda: np.zeros(2))
    body_rad: float = 0.0  # against `yaw_rad`
    head_rad: float = 0.0  # against the body
    pitch_rad: float = 0.0
    owed_secs: float = 0.0  # not yet moved on by
    waved: bool = False  # in this visit
    spoke_tick: int | None = None
    greetings: int = 0

    def __post_init__(self) -> None:
        self.pos_m = np.array(self.at_m[:2])


class Keepers:
    """The keepers of all places; the one where the player is, is drawn. They are made by `load`, one by one."""

    def __init__(self, assets: Path) -> None:
        self.models = assets / "models"
        self._keepers: dict[PlaceId, Keeper] = {}  # dressed and ready
        self._making: dict[PlaceId, Iterator[str]] = {}
        self._none: set[PlaceId] = set()  # places that are known to have no keeper
        self._here: PlaceId | None = None

    def load(self, world: World) -> Iterator[str]:
        """Make the keeper of this place and those behind its doors, piece by piece."""
        for place_id in (world.place_id, *(door.to_place for door in world.place.doors)):
            place = world.places.get(place_id)
            if place is None or place_id in self._keepers or place_id in self._none:
                continue
            if place_id not in self._making:
                self._making[place_id] = self._make(place, world)
            # Not `yield from`: a loader that is dropped half-way would close the making with itself.
            for piece in self._making[place_id]:  # noqa: UP028
                yield piece
            del self._making[place_id]

    def _make(self, place: Place, world: World) -> Iterator[str]:
        spot = keeper_spot(place)
        if spot is None or place.counter is None:
            self._none.add(place.id)
            return
        keeper = Keeper(place.keeper, spot, radians(place.counter.yaw_deg) + pi)
        yield from self._dress(keeper, world)
        if keeper.avatar is None:
            self._none.add(place.id)
        else:
            self._keepers[place.id] = keeper

    def _dress(self, keeper: Keeper, world: World) -> Iterator[str]:
        from game.client.avatar import Avatar

        try:
            keeper.avatar = Avatar(keeper.home, keeper_looks(keeper.who), self.models)
        except GameError as error:
            log.warning("%s; %s has no figure", error, keeper.who)
            return
        shadow = keeper.home.attach_new_node(shapes.disc_shadow("keeper's shadow", 0.34))
        as_shadow(shadow)
        yield "keeper"
        for good in keeper_clothes(keeper.who, list(world.goods.values())):
            assert good.wear is not None
            try:
                keeper.avatar.wear(good.wear.slot, good.id, good.wear)
            except GameError as error:
                log.warning("%s", error)
            yield "keeper's clothes"

    def keeper(self, place: PlaceId) -> Keeper | None:
        """The keeper of a place, once made."""
        return self._keepers.get(place)

    def draw(
        self, world: World, here: Scenery, sole_m: Vec3, dt_secs: float, *, listens: bool = True, calm: bool = False
    ) -> str:
        """Bring the keeper up to date; returns the key of the greeting that they say now, else "".

        They wait with greeting while the player does not listen; `calm`: they do not blink.
        """
        self._enter(world.place_id)
        keeper = self._keepers.get(world.place_id)
        if keeper is None or keeper.avatar is None or here.light is None:
            return ""
        x, y = (float(c) for c in keeper.pos_m)
        away_m = hypot(sole_m[0] - x, sole_m[1] - y)
        if not TOO_CLOSE_M <= away_m <= SEEN_M:
            keeper.home.detach_node()
            self._make_way(keeper, world.place, sole_m, dt_secs)
            return ""
        if keeper.home.get_parent() != here.root:
            keeper.home.reparent_to(here.root)
        keeper.avatar.calm = calm
        self._look(keeper, sole_m, world, dt_secs)
        speed, aside = self._make_way(keeper, world.place, sole_m, dt_secs)
        keeper.home.set_mat(turned((*keeper.pos_m, keeper.at_m[2]), keeper.yaw_rad + keeper.body_rad))
        set_cube(keeper.home, here.light.probes.at(np.array([[x, y, keeper.at_m[2] + CHEST_M]]))[0])
        keeper.owed_secs += dt_secs
        if away_m <= LOOKS_M or keeper.owed_secs >= FAR_SECS:
            keeper.avatar.animate(speed, keeper.owed_secs, aside_mps=aside)
            keeper.owed_secs = 0.0
        return self._greet(keeper, world, away_m) if listens else ""

    def _enter(self, place: PlaceId) -> None:
        """A visit begins: whoever was greeted in the last one is greeted anew."""
        if place == self._here:
            return
        left = self._keepers.get(self._here) if self._here is not None else None
        if left is not None:
            left.home.detach_node()
        come = self._keepers.get(place)
        if come is not None:
            come.waved = False
        self._here = place

    def _look(self, keeper: Keeper, sole_m: Vec3, world: World, dt_secs: float) -> None:
        """Turn to who is near, the head first; look straight ahead again when nobody is."""
        dx, dy = sole_m[0] - float(keeper.pos_m[0]), sole_m[1] - float(keeper.pos_m[1])
        away_m = hypot(dx, dy)
        to_rad = pitch_rad = 0.0
        if away_m <= LOOKS_M:
            to_rad = wrapped(atan2(-dx, dy) - keeper.yaw_rad)
            assert keeper.avatar is not None
            up_m = world.looks.scale - keeper.avatar.looks.scale
            pitch_rad = atan2(up_m * FACE_M, away_m)
        body_rad = max(-MOST_BODY_RAD, min(MOST_BODY_RAD, to_rad))
        keeper.body_rad += (body_rad - keeper.body_rad) * (1 - exp(-BODY_PER_SEC * dt_secs))
        head_rad = max(-MOST_HEAD_RAD, min(MOST_HEAD_RAD, to_rad - keeper.body_rad))
        part = 1 - exp(-HEAD_PER_SEC * dt_secs)
        keeper.head_rad += (head_rad - keeper.head_rad) * part
        keeper.pitch_rad += (pitch_rad - keeper.pitch_rad) * part
        assert keeper.avatar is not None
        keeper.avatar.motion.look(keeper.head_rad, keeper.pitch_rad, dt_secs)

    def _make_way(self, keeper: Keeper, place: Place, sole_m: Vec3, dt_secs: float) -> tuple[float, float]:
        """Step aside for who comes behind the counter, and back; the speed ahead and to the right."""
        hx, hy, z = keeper.at_m
        dx, dy = hx - sole_m[0], hy - sole_m[1]
        away_m = hypot(dx, dy)
        if away_m < ASIDE_M:
            ux, uy = (dx / away_m, dy / away_m) if away_m > 1e-6 else forward(keeper.yaw_rad)
            near = collide.near(collide.solids_of(place), hx, hy, within_m=3.0)
            hx, hy, _ = collide.slide_out(near, sole_m[0] + ux * ASIDE_M, sole_m[1] + uy * ASIDE_M, z, rounds=16)
            if not collide.is_free(near, hx, hy, z):
                hx, hy, _ = keeper.at_m
        step = (np.array((hx, hy)) - keeper.pos_m) * (1 - exp(-STEP_PER_SEC * dt_secs))
        keeper.pos_m = keeper.pos_m + step
        if dt_secs <= 0:
            return 0.0, 0.0
        vx, vy = (float(v) / dt_secs for v in step)
        faces_rad = keeper.yaw_rad + keeper.body_rad
        ahead_x, ahead_y = forward(faces_rad)
        return vx * ahead_x + vy * ahead_y, vx * cos(faces_rad) + vy * sin(faces_rad)

    def _greet(self, keeper: Keeper, world: World, away_m: float) -> str:
        if keeper.waved or away_m > GREETS_M:
            return ""
        keeper.waved = True
        assert keeper.avatar is not None
        keeper.avatar.wave()
        if keeper.spoke_tick is not None and (world.tick - keeper.spoke_tick) * DT_SECS < QUIET_SECS:
            return ""
        keeper.spoke_tick = world.tick
        keeper.greetings += 1
        return f"greet_{world.mood_of(world.place_id)}_{1 + (keeper.greetings - 1) % VARIANTS}"

    def close(self) -> None:
        """Free all figures."""
        for keeper in self._keepers.values():
            if keeper.avatar is not None:
                keeper.avatar.remove()
            keeper.home.remove_node()
        self._keepers.clear()


def keeper_spot(place: Place) -> Vec3 | None:
    """Where a keeper stands: straight across the counter from the customer, else a little to a side; None: nowhere."""
    if place.counter is None or place.kind == "room":  # a room is kept by its player
        return None
    x, y, z = place.counter.at_m
    ahead_x, ahead_y = forward(radians(place.counter.yaw_deg))
    near = collide.near(collide.solids_of(place), x, y, within_m=4.0)

    def at(far_m: float, aside_m: float) -> Vec3:
        return x + ahead_x * far_m + ahead_y * aside_m, y + ahead_y * far_m - ahead_x * aside_m, z

    def free(far_m: float, aside_m: float) -> bool:
        return collide.is_free(near, *at(far_m, aside_m))

    for aside_m in (0.0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6):
        crossed = False
        for step in range(round(BEHIND_M[1] / 0.02)):
            far_m = 0.02 * step
            if not free(far_m, aside_m):
                crossed = True
            elif crossed and far_m >= BEHIND_M[0]:
                if free(far_m + ROOM_M, aside_m):
                    far_m += ROOM_M
                return at(far_m, aside_m)
    return None


def keeper_looks(who: MakerId) -> Looks:
    """Who a keeper is: always the same person for one id."""
    return looks_by_lot(Random(f"{BY_LOT}:{who}"))


def keeper_clothes(who: MakerId, goods: list[Good]) -> list[Good]:
    """What a keeper wears of the street's goods: a top, something for legs and feet, and one or two things more."""
    rng = Random(f"{BY_LOT}:{who}:clothes")
    slots = ("torso", "legs", "feet", *rng.sample(("head", "face", "neck"), rng.choice((1, 2))))
    chosen = []
    for slot in slots:
        # The favourite of all, by a lot for each: a new good in the street changes few people's clothes.
        fitting = [good for good in goods if good.wear is not None and good.wear.slot == slot]
        chosen += sorted(fitting, key=lambda good: Random(f"{BY_LOT}:{who}:{good.id}").random())[:1]
    return chosen


def wrapped(rad: float) -> float:
    """An angle within -pi..pi."""
    return (rad + pi) % (2 * pi) - pi
