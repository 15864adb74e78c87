"""The player's own figure: seen in mirrors and in third person, dressed in what the world says is worn."""

import logging
from collections.abc import Iterator
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from panda3d.core import BitMask32, NodePath

from game.client import shapes
from game.client.avatar_look import DEFAULT_LOOK, Look
from game.client.contact import as_shadow
from game.client.light import set_cube
from game.client.scenery import Scenery
from game.client.spaces import turned
from game.client.stage import HAND, MAIN
from game.core import events
from game.core.errors import GameError
from game.core.events import Event
from game.core.goods import Vec3
from game.core.ids import GoodId
from game.core.world import World

if TYPE_CHECKING:  # made after the first frame
    from game.client.avatar import Avatar

log = logging.getLogger(__name__)

CHEST_M = 1.05
BACK_M = 0.10  # in first person the trunk is a little behind the eyes, or it fills the view when looking down


class PlayerView:
    """Draws the player. The figure is made by `load`, after the first frame."""

    def __init__(self, assets: Path, look: Look = DEFAULT_LOOK) -> None:
        self.models, self.look = assets / "models", look
        self.avatar: Avatar | None = None
        self._shadow: NodePath | None = None
        self._home = NodePath("player")
        self._inside: bool | None = None
        self._broken: set[GoodId] = set()

    def load(self, world: World) -> Iterator[str]:
        """Make the figure, then everything wearable that stands in the place, piece by piece."""
        if self.avatar is None:
            from game.client.avatar import Avatar

            try:
                self.avatar = Avatar(self._home, self.look, self.models)
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

    def draw(
        self, world: World, here: Scenery, sole_m: Vec3, yaw_rad: float, dt_secs: float, *, inside: bool
    ) -> None:  # fmt: skip
        """Bring the figure up to date; `inside`: the camera is where its head is."""
        if self.avatar is None or here.light is None:
            return
        if self._home.get_parent() != here.root:
            self._home.reparent_to(here.root)
        self._dress(world)
        if inside != self._inside:
            self._inside = inside
            self.avatar.hide_head(BitMask32(MAIN | HAND) if inside else None)
        back = BACK_M if inside else 0.0
        x, y, z = sole_m
        behind = turned((0, 0, 0), yaw_rad).xform_vec((0, -back, 0))
        self._home.set_mat(turned((x + behind.x, y + behind.y, z), yaw_rad))
        set_cube(self._home, here.light.probes.at(np.array([[x, y, z + CHEST_M]]))[0])
        self.avatar.animate(hypot(*world.body.vel_mps[:2]), dt_secs)

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
