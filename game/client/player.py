"""The player's own figure: seen in mirrors and in third person, dressed in what the world says is worn."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from math import cos, exp, pi, sin
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from panda3d.core import BitMask32, LMatrix4f, LPoint3f, LVector3f, NodePath

from game.client import shapes
from game.client.contact import as_shadow
from game.client.light import set_cube
from game.client.scenery import Scenery
from game.client.spaces import turned
from game.client.stage import HAND, MAIN
from game.content.model_files import ModelFiles
from game.core import events
from game.core.errors import GameError
from game.core.events import Event
from game.core.goods import Vec3
from game.core.ids import GoodId
from game.core.rules.movement import forward
from game.core.world import World

if TYPE_CHECKING:  # made after the first frame
    from game.client.arm import Reach
    from game.client.avatar import Avatar

log = logging.getLogger(__name__)

CHEST_M = 1.05
SIT_PER_SEC = 7.0
BACK_M = 0.10  # in first person the trunk is a little behind the eyes, or it fills the view when looking down


class PlayerView:
    """Draws the player. The figure is made by `load`, after the first frame."""

    def __init__(self, assets: Path, files: ModelFiles | None = None) -> None:
        self.models, self.files = assets / "models", files
        self.avatar: Avatar | None = None
        self._shadow: NodePath | None = None
        self._home = NodePath("player")
        self._inside: bool | None = None
        self._broken: set[GoodId] = set()
        self._moved_m = LVector3f(0.0)  # from where the player stands to where they sit
        self._yaw_rad = 0.0
        self.hands: dict[str, Reach] = {}  # what "left" and "right" reach for, in the space of the place
        self.step_m: Vec3 = (0.0, 0.0, 0.0)  # from where the player stands: a step aside, or up a ladder

    def load(self, world: World) -> Iterator[str]:
        """Make the figure, then everything wearable that stands in the place, piece by piece."""
        if self.avatar is None:
            from game.client.avatar import Avatar

            try:
                self.avatar = Avatar(self._home, world.looks, self.models, self.files)
            except GameError as error:
                log.warning("%s; the player has no figure", error)
                return
            self._shadow = self._home.attach_new_node(shapes.disc_shadow("player's shadow", 0.34))
            as_shadow(self._shadow)
            self._inside = None
            yield "player"
        wearable = {stand.good: world.goods[stand.good].wear for stand in world.place.stands}
        self.avatar.preload([(good, wear) for good, wear in wearable.items() if wear is not None])
        while self.avatar.load_next():
            yield "wearable"

    def follow(self, happened: list[Event]) -> None:
        """Gestures for what has happened."""
        if self.avatar is None:
            return
        for event in happened:
            if isinstance(event, events.PickedUp | events.PutBackOn):
                self.avatar.reach()
            elif isinstance(event, events.Gestured):
                self.avatar.play(event.kind)

    def draw(
        self, world: World, here: Scenery, sole_m: Vec3, yaw_rad: float, dt_secs: float, *, inside: bool,
        calm: bool = False, shown_to_rad: float | None = None,
    ) -> None:  # fmt: skip
        """Bring the figure up to date; `inside`: the camera is where its head is; `calm`: it does not blink.

        `shown_to_rad` turns it to be looked at from there, wherever the player faces.
        """
        if self.avatar is None or here.light is None:
            return
        if self._home.get_parent() != here.root:
            self._home.reparent_to(here.root)
        self.avatar.calm = calm
        if self.avatar.looks != world.looks:
            self.avatar.set_looks(world.looks)
        self._dress(world)
        if inside != self._inside:
            self._inside = inside
            self.avatar.hide_head(BitMask32(MAIN | HAND) if inside else None)
        faces_rad = self._settle(world, yaw_rad, dt_secs) if shown_to_rad is None else shown_to_rad
        ahead_x, ahead_y = forward(faces_rad)
        back = BACK_M if inside else 0.0
        x, y, z = (a + b + c for a, b, c in zip(sole_m, self._moved_m, self.step_m, strict=True))
        if self._shadow is not None:
            self._shadow.set_mat(turned((0.0, 0.0, -self.step_m[2])))
        self._home.set_mat(turned((x - ahead_x * back, y - ahead_y * back, z), faces_rad))
        set_cube(self._home, here.light.probes.at(np.array([[x, y, z + CHEST_M]]))[0])
        pitch_rad = world.body.pitch_rad if shown_to_rad is None else 0.0
        aside_rad = (yaw_rad - faces_rad + pi) % (2 * pi) - pi if shown_to_rad is None else 0.0
        self.avatar.motion.look(aside_rad, pitch_rad, dt_secs)
        self.avatar.reaches = self._reaches(here)
        vx, vy, _ = world.body.vel_mps
        aside_mps = vx * cos(faces_rad) + vy * sin(faces_rad)
        self.avatar.animate(vx * ahead_x + vy * ahead_y, dt_secs, aside_mps=aside_mps)

    def _reaches(self, here: Scenery) -> dict[str, Reach]:
        """What the hands reach for, in the space of the figure."""
        if not self.hands or self.avatar is None:
            return {}
        own = LMatrix4f(self.avatar.figure.get_mat(here.root))
        own.invert_in_place()

        def turn(way: np.ndarray) -> np.ndarray:
            moved = own.xform_vec(LVector3f(*way))
            moved.normalize()
            return np.array(moved)

        return {
            side: replace(reach, at_m=np.array(own.xform_point(LPoint3f(*reach.at_m))), along=turn(reach.along),
                          palm=turn(reach.palm))
            for side, reach in self.hands.items()
        }  # fmt: skip

    def _settle(self, world: World, yaw_rad: float, dt_secs: float) -> float:
        """Carry the figure to where it sits, or back on its feet; returns where it faces."""
        assert self.avatar is not None
        sitting, sole_m = world.sitting, world.body.pos_m
        part = 1 - exp(-SIT_PER_SEC * dt_secs)
        if sitting is None:
            self.avatar.sit(None)
            wanted_m = (0.0, 0.0, 0.0)
            self._yaw_rad = yaw_rad
        else:
            seat_m = sitting.at_m[2] - sole_m[2]
            self.avatar.sit(seat_m)
            wanted_m = (sitting.at_m[0] - sole_m[0], sitting.at_m[1] - sole_m[1], 0.0)
            self._yaw_rad = yaw_rad if sitting.turn_rad else sitting.yaw_rad
        self._moved_m += (LVector3f(*wanted_m) - self._moved_m) * part
        return self._yaw_rad

    def _dress(self, world: World) -> None:
        """Wear what the world says; a good whose model is broken is worn unseen, and the log says so."""
        assert self.avatar is not None
        worn = self.avatar.worn
        wanted = {slot: item.good for slot, item in world.worn.items() if item.good not in self._broken}
        for slot in worn:
            if slot not in wanted:
                self.avatar.take_off(slot)
        for slot, good in wanted.items():
            wear = world.goods[good].wear
            if worn.get(slot) == good or wear is None:
                continue
            try:
                self.avatar.wear(slot, good, wear)
            except GameError as error:
                log.warning("%s", error)
                self._broken.add(good)

    def close(self) -> None:
        """Free the figure."""
        if self.avatar is not None:
            self.avatar.remove()
        self._home.remove_node()
