"""The good in the hand: it flies in from its stand, is turned and brought closer, and flies home; a ruler beside it."""

from __future__ import annotations

from math import pi, radians, tan

import numpy as np
from panda3d.core import LMatrix4f, LPoint3f, NodePath

from game.client import shaders
from game.client.flight import PICK_SECS, PUT_SECS, Pose, between, ease_out, pose_of
from game.client.light import set_cube
from game.client.ruler import ruler
from game.client.scenery import Scenery
from game.client.shaders import Variant
from game.client.shelves import Models
from game.client.spaces import turned
from game.client.stage import Stage, show_to_hand_alone
from game.core.goods import Good
from game.core.ids import GoodId, StandId
from game.core.world import DT_SECS, World

FILL = 0.44  # of the picture's height that a held good takes at arm's length
FILL_CLOSE = 0.86
NEAREST_M = 0.30
FARTHEST_M = 0.85
TILT_RAD = 0.16  # seen a little from above, as one holds things
DROP = 0.03  # of the distance, below the middle: the crosshair's place belongs to the good


class HandView:
    """Draws `world.hand` and the goods that are on their way home."""

    def __init__(self, stage: Stage, models: Models) -> None:
        self.stage, self.models = stage, models
        self.node: NodePath | None = None
        self._good: GoodId | None = None
        self._stand: StandId | None = None
        self._since_tick = -1
        self._from: Pose | None = None
        self._ruler: NodePath | None = None
        self.held_part = 0.0  # 0 nothing held .. 1 held up to the eyes
        self._sway = [0.0, 0.0]
        self._last_gaze: tuple[float, float] | None = None
        self._homing: list[tuple[NodePath, StandId, Pose, Pose, float]] = []

    @property
    def away(self) -> frozenset[StandId]:
        """The stands whose goods are still flying home."""
        return frozenset(stand for _, stand, _, _, _ in self._homing)

    def draw(
        self, world: World, here: Scenery, camera: LMatrix4f, gaze: tuple[float, float], alpha: float, dt_secs: float,
        *, calm: bool,
    ) -> None:  # fmt: skip
        """Bring the hand up to date; `camera` is the eye's matrix, `alpha` the part of a tick since the last one."""
        self._fly_home(dt_secs)
        hand = world.hand
        if hand is None:
            self._let_go(world, here, home=True)
        elif (hand.good, hand.stand, hand.since_tick) != (self._good, self._stand, self._since_tick):
            self._let_go(world, here, home=self._stand != hand.stand)
            self._take(world, here)
        if hand is None:
            self.held_part = 0.0 if calm else max(0.0, self.held_part - dt_secs / PUT_SECS)
        self.stage.hand_view.set_active(self.node is not None or bool(self._homing))
        if hand is None or self.node is None:
            return
        self._sway_with(gaze, dt_secs, calm=calm)
        good = world.goods[hand.good]
        rest = self.rest_pose(good, hand.yaw_rad, hand.pitch_rad, hand.zoom)
        rest_world = pose_of(rest.matrix() * camera)
        secs = (world.tick - hand.since_tick + alpha) * DT_SECS
        part = 1.0 if calm else ease_out(secs / PICK_SECS)
        assert self._from is not None
        self.held_part = max(self.held_part, part)
        pose = between(self._from, rest_world, part)
        self.node.set_mat(pose.matrix())
        self._light(self.node, here, pose.pos_m)
        self.node.set_shader_input("tone", here.tone())
        self._show_ruler(good, hand.ruler and part >= 1.0)

    def rest_pose(self, good: Good, yaw_rad: float, pitch_rad: float, zoom: float) -> Pose:
        """Where a good rests in the camera's space (+Y ahead), its middle before the eyes, at true relative size."""
        width, depth, height = good.size_m
        across_m = max(width, height, depth * 0.8, 0.02)
        fill = FILL + (FILL_CLOSE - FILL) * zoom
        half = tan(radians(self.stage.fov_deg) / 2)
        wanted_m = across_m / (2 * half * fill) + depth / 2
        distance_m = min(max(wanted_m, NEAREST_M), FARTHEST_M)
        scale = min(1.0, distance_m / wanted_m)
        turn = turned((0, 0, 0), yaw_rad) * turned((0, 0, 0), 0.0, TILT_RAD + pitch_rad)
        middle = turn.xform_vec((0, 0, height / 2)) * scale
        at = LPoint3f(self._sway[0], distance_m, -DROP * distance_m + self._sway[1]) - middle
        return Pose(LPoint3f(at), pose_of(turn).turn, scale)

    def _take(self, world: World, here: Scenery) -> None:
        hand = world.hand
        assert hand is not None
        self._good, self._stand, self._since_tick = hand.good, hand.stand, hand.since_tick
        self.node = here.root.attach_new_node("in hand")
        self.node.attach_new_node(self.models.of(hand.good))
        shaders.dress(self.node, Variant.PROBE)
        show_to_hand_alone(self.node)
        self._from = self._home_pose(here, hand.stand) or pose_of(turned(world.body.pos_m))

    def _home_pose(self, here: Scenery, stand_id: StandId) -> Pose | None:
        for stand in here.place.stands:
            if stand.id == stand_id and here.shelves is not None:
                return pose_of(here.shelves.home(stand))
        return None

    def _let_go(self, world: World, here: Scenery, *, home: bool) -> None:
        """The hand is empty: what was in it flies home, unless it is worn or stands as a ghost now."""
        if self.node is None:
            return
        node, stand = self.node, self._stand
        self._drop_ruler()
        self.node, self._good, self._stand, self._since_tick = None, None, None, -1
        taken = {worn.stand for worn in world.worn.values() if worn.tried}
        if world.ghost is not None:
            taken.add(world.ghost.stand)
        target = self._home_pose(here, stand) if stand is not None else None
        if not home or target is None or stand in taken or node.get_parent() != here.root:
            node.remove_node()
            return
        assert stand is not None
        self._homing.append((node, stand, pose_of(node.get_mat()), target, 0.0))

    def _fly_home(self, dt_secs: float) -> None:
        still = []
        for node, stand, start, end, secs in self._homing:
            flown_secs = secs + dt_secs
            if flown_secs >= PUT_SECS:
                node.remove_node()
                continue
            node.set_mat(between(start, end, ease_out(flown_secs / PUT_SECS)).matrix())
            still.append((node, stand, start, end, flown_secs))
        self._homing = still

    def _sway_with(self, gaze: tuple[float, float], dt_secs: float, *, calm: bool) -> None:
        """The good lags a little behind the head."""
        if self._last_gaze is not None and dt_secs > 0 and not calm:
            turn = (gaze[0] - self._last_gaze[0] + pi) % (2 * pi) - pi
            self._sway[0] += max(min(turn, 0.2), -0.2) * 0.10
            self._sway[1] -= max(min(gaze[1] - self._last_gaze[1], 0.2), -0.2) * 0.10
        fade = 0.0 if calm else 0.5 ** (dt_secs / 0.06)
        self._sway = [max(min(value * fade, 0.04), -0.04) for value in self._sway]
        self._last_gaze = gaze

    @staticmethod
    def _light(node: NodePath, here: Scenery, pos_m: LPoint3f) -> None:
        assert here.light is not None
        cube = here.light.probes.at(np.array([[pos_m.x, pos_m.y, pos_m.z]]))[0]
        # The face of a thing held up is turned from most lamps: a little of all the light reaches it.
        set_cube(node, cube * 0.8 + cube.mean(0) * 0.35)

    def _show_ruler(self, good: Good, shown: bool) -> None:
        if shown and self._ruler is None and self.node is not None:
            self._ruler = ruler(good.size_m)
            self._ruler.reparent_to(self.node)
        elif not shown:
            self._drop_ruler()

    def _drop_ruler(self) -> None:
        if self._ruler is not None:
            self._ruler.remove_node()
            self._ruler = None

    def forget(self) -> None:
        """Drop everything at once: the player is suddenly elsewhere."""
        self._drop_ruler()
        for node, *_ in self._homing:
            node.remove_node()
        self._homing = []
        if self.node is not None:
            self.node.remove_node()
        self.node, self._good, self._stand, self._since_tick = None, None, None, -1
