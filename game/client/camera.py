"""Where the player sees from: the eyes, a boom behind the back, or from the front to see what was put on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import atan, cos, exp, hypot, pi, radians, sin, tan

import numpy as np
from panda3d.core import LMatrix4f, LVector2f, LVector3f

from game.client.doorway import threshold_ahead
from game.client.spaces import forward, turned, yaw_pitch
from game.core import collide, events
from game.core.commands import Command, Look
from game.core.events import Event
from game.core.goods import Vec3
from game.core.rules.movement import doors_ajar
from game.core.rules.reach import eye_m, standing_eye_m
from game.core.world import Body, World

BOOM_M = 2.3
SHOULDER_M = 0.28
PIVOT_DOWN_M = 0.12
WALL_GAP_M = 0.22
SHOWCASE_SECS = 3.0
SHOWCASE_M = 2.1
MIRROR_NEAR_M = 3.6
FACES_MIRROR = 0.85  # cosine of the widest angle at which one's own image is well in the picture
SIDES_RAD = (0.5, -0.5, 0.2, -0.2, 0.95, -0.95, 1.5, -1.5)  # from where the player is looked at, best first
BOB_M = 0.011
DRIFT_RAD, DRIFT_M = 0.13, 0.12  # how far the gaze wanders while the start menu is open
SIT_PER_SEC = 7.0
PORTRAIT_PER_SEC = 6.0
PORTRAIT_FOV_DEG = 40.0  # down the picture: a face seen from near by a wide lens looks odd
PORTRAITS = {"face": (0.13, 0.60), "body": (0.68, 2.05)}  # how far below the eyes the middle is, how much is seen
STRIDE_M = 0.72
CLIMB_MPS = 0.8  # down a ladder twice as fast


@dataclass(frozen=True, slots=True)
class Gaze:
    """Where the camera is and looks, in the space of the current place; `inside` is True where the avatar's head is.

    `fov_deg` is the angle of view down the picture, None that of the player's own eyes.
    """

    eye_m: Vec3
    yaw_rad: float
    pitch_rad: float
    inside: bool
    fov_deg: float | None = None

    def matrix(self) -> LMatrix4f:
        return turned(self.eye_m, self.yaw_rad, self.pitch_rad)

    def away_rad(self, from_m: Vec3) -> float:
        """The yaw of someone there who faces the camera."""
        return yaw_pitch((self.eye_m[0] - from_m[0], self.eye_m[1] - from_m[1], 0.0))[0]


class ViewCamera:
    """Follows the player between ticks; all easing is of the picture only and changes nothing in the world."""

    def __init__(self) -> None:
        self._boom_m = 0.0
        self._bob = 0.0
        self._walked_m = 0.0
        self._eye_z: float | None = None
        self.climbed_m = 0.0  # above the ground, on a ladder
        self._showcase_secs = 0.0
        self._side_rad: float | None = None
        self._drift = self._drift_secs = 0.0
        self._shift = LVector3f(0.0)  # from the eyes of who stands to those of who sits
        self._portrait = ""
        self._framing = LVector2f(0.0)  # how far below the eyes, how far away
        self._aspect, self._beside = 1.0, 0.0
        self.turned_rad: float | None = None  # how the player stands to the camera that portrays them

    def jump(self) -> None:
        """Forget all easing: the player is suddenly elsewhere."""
        self._eye_z = None
        self._bob = 0.0
        self._shift = LVector3f(0.0)
        self.look_ahead()

    def look_ahead(self) -> None:
        """Look ahead again, if the player was being looked at."""
        self._showcase_secs = 0.0

    def see(self, happened: Iterable[Event], world: World) -> None:
        """Look at the player from the front for a moment, when they put on what they could not see otherwise."""
        tried = any(isinstance(event, events.TriedOn) for event in happened)
        if tried and not world.third_person and not mirror_ahead(world):
            self._showcase_secs = SHOWCASE_SECS
            self._side_rad = None

    def drift(self, gaze: Gaze, dt_secs: float, *, on: bool) -> Gaze:
        """Let the gaze wander slowly about where it looks, while `on`; coming and going it takes a second."""
        self._drift_secs += dt_secs
        self._drift += ((1.0 if on else 0.0) - self._drift) * (1 - exp(-3.0 * dt_secs))
        if self._drift < 1e-3:
            self._drift_secs = 0.0
            return gaze
        part, secs = self._drift, self._drift_secs
        yaw_rad = gaze.yaw_rad + part * DRIFT_RAD * sin(2 * pi * secs / 47)
        pitch_rad = gaze.pitch_rad + part * (0.015 + 0.022 * sin(2 * pi * secs / 31))
        aside = forward(gaze.yaw_rad - pi / 2) * (part * DRIFT_M * sin(2 * pi * secs / 37))
        x, y, z = gaze.eye_m
        eye_m = (x + aside.x, y + aside.y, z + part * 0.03 * sin(2 * pi * secs / 23))
        return replace(gaze, eye_m=eye_m, yaw_rad=yaw_rad, pitch_rad=pitch_rad)

    @property
    def showing_off(self) -> bool:
        return self._showcase_secs > 0

    def portray(self, zone: str, aspect: float, beside: float, turned_rad: float) -> None:
        """Look at the player's "face" or "body" from the front, until `look_away`.

        `aspect` is the picture's width to its height; `beside` is where in it the player stands, -1 at its left edge,
        0 in the middle; they are turned by `turned_rad` from the camera.
        """
        if not self._portrait:
            self._side_rad = None
        self._portrait, self._aspect, self._beside, self.turned_rad = zone, aspect, beside, turned_rad

    def look_away(self) -> None:
        """Look ahead again, if the player was being portrayed."""
        self._portrait, self.turned_rad = "", None

    def follow(
        self, world: World, sole_m: Vec3, yaw_rad: float, pitch_rad: float, dt_secs: float, *, calm: bool
    ) -> Gaze:
        """The gaze for a body whose sole is drawn at `sole_m`; `calm` leaves out the bob of the head."""
        eye = standing_eye_m(world)
        shift = LVector3f(*eye_m(world)) - LVector3f(*eye)
        below_m = self._climb(world, dt_secs, calm=calm)
        eye = (sole_m[0], sole_m[1], sole_m[2] + eye[2] - world.body.pos_m[2] - below_m)
        eye = self._ease_steps(eye, dt_secs)
        self._shift += (shift - self._shift) * (1 - exp(-SIT_PER_SEC * dt_secs))
        eye = (eye[0] + self._shift[0], eye[1] + self._shift[1], eye[2] + self._shift[2])
        speed_mps = hypot(*world.body.vel_mps[:2])
        if self._portrait:
            return self._portrayed(world, eye, yaw_rad, dt_secs, calm=calm)
        self._framing = LVector2f(0.0)
        if self._showcase_secs > 0:
            self._showcase_secs -= dt_secs
            if speed_mps > 0.4:
                self._showcase_secs = 0.0
        if self._showcase_secs > 0:
            return self._from_front(world, eye, yaw_rad)
        self._ease_boom(world.third_person, dt_secs)
        if self._boom_m < 0.05:
            up_m = 0.0 if calm else self._bobbing(speed_mps, world.body.on_ground, dt_secs)
            return Gaze((eye[0], eye[1], eye[2] + up_m), yaw_rad, pitch_rad, inside=True)
        return self._behind(world, eye, yaw_rad, pitch_rad)

    def _climb(self, world: World, dt_secs: float, *, calm: bool) -> float:
        """Go up a ladder or down from it; returns how far below it one is still."""
        rules = world.orchard_rules
        wanted_m = rules.picking.reach.ladder_m if rules is not None and world.orchard.ladder_tick is not None else 0.0
        way_m = CLIMB_MPS * dt_secs if not calm else abs(wanted_m - self.climbed_m)
        self.climbed_m += min(max(wanted_m - self.climbed_m, -2 * way_m), way_m)
        return wanted_m - self.climbed_m

    def _ease_steps(self, eye: Vec3, dt_secs: float) -> Vec3:
        """A step up or down is seen as a slope."""
        if self._eye_z is None or abs(eye[2] - self._eye_z) > 0.5:
            self._eye_z = eye[2]
        self._eye_z += (eye[2] - self._eye_z) * (1 - exp(-18 * dt_secs))
        return eye[0], eye[1], self._eye_z

    def _bobbing(self, speed_mps: float, on_ground: bool, dt_secs: float) -> float:
        wanted = min(speed_mps / 2.0, 1.4) if on_ground else 0.0
        self._bob += (wanted - self._bob) * (1 - exp(-8 * dt_secs))
        self._walked_m += speed_mps * dt_secs
        return BOB_M * self._bob * sin(2 * pi * self._walked_m / STRIDE_M)

    def _ease_boom(self, out: bool, dt_secs: float) -> None:
        wanted = BOOM_M if out else 0.0
        self._boom_m += (wanted - self._boom_m) * (1 - exp(-9 * dt_secs))
        if abs(wanted - self._boom_m) < 0.01:
            self._boom_m = wanted

    def _behind(self, world: World, eye: Vec3, yaw_rad: float, pitch_rad: float) -> Gaze:
        part = self._boom_m / BOOM_M
        aside = SHOULDER_M * part
        pivot = (
            eye[0] + cos(yaw_rad) * aside,
            eye[1] + sin(yaw_rad) * aside,
            eye[2] - PIVOT_DOWN_M * part,
        )
        pitch_rad = max(min(pitch_rad, 0.9), -1.1)
        back = -forward(yaw_rad, pitch_rad)
        at = self._reach(world, eye, pivot, (back.x, back.y, back.z), self._boom_m)
        near = sum((a - b) ** 2 for a, b in zip(at, eye, strict=True)) < 0.36**2
        return Gaze(at, yaw_rad, pitch_rad, inside=near)

    def _from_front(self, world: World, eye: Vec3, yaw_rad: float) -> Gaze:
        """From where, before the player, most of them can be seen; a slow swing gives it depth."""
        middle = (eye[0], eye[1], eye[2] - 0.58)
        if self._side_rad is None:
            self._side_rad = max(SIDES_RAD, key=lambda side: self._room_m(world, eye, middle, yaw_rad + side))
        drift = 0.22 * (self._showcase_secs / SHOWCASE_SECS - 0.5)
        ahead = forward(yaw_rad + self._side_rad + drift)
        at = self._reach(world, eye, middle, (ahead.x, ahead.y, 0.14), SHOWCASE_M)
        yaw, pitch = yaw_pitch([m - a for m, a in zip(middle, at, strict=True)])
        return Gaze(at, yaw, pitch, inside=False)

    def _portrayed(self, world: World, eye: Vec3, yaw_rad: float, dt_secs: float, *, calm: bool) -> Gaze:
        """From the front, so near that the face or the body fills the picture's height, at its place beside a panel."""
        scale = world.looks.scale
        down_m, tall_m = PORTRAITS[self._portrait]
        high = 2 * tan(radians(PORTRAIT_FOV_DEG) / 2)  # of what is seen at a distance of 1
        wanted = LVector2f(down_m, tall_m / high) * scale
        at_once = calm or self._framing == LVector2f(0.0)
        self._framing += (wanted - self._framing) * (1.0 if at_once else 1 - exp(-PORTRAIT_PER_SEC * dt_secs))
        middle = (eye[0], eye[1], eye[2] - self._framing.x)
        if self._side_rad is None:
            self._side_rad = max(SIDES_RAD, key=lambda side: self._room_m(world, eye, middle, yaw_rad + side))
        ahead = forward(yaw_rad + self._side_rad)
        at = self._reach(world, eye, middle, (ahead.x, ahead.y, 0.04), self._framing.y)
        yaw, pitch = yaw_pitch([m - a for m, a in zip(middle, at, strict=True)])
        aside_rad = atan(self._beside * high * self._aspect / 2)
        return Gaze(at, yaw + aside_rad, pitch, inside=False, fov_deg=PORTRAIT_FOV_DEG)

    def _room_m(self, world: World, eye: Vec3, middle: Vec3, yaw_rad: float) -> float:
        """How far back a camera could go there and still see the player's feet, in steps of 10 cm."""
        ahead = forward(yaw_rad)
        way = (ahead.x, ahead.y, 0.14)
        reaches = []
        for height_m in (0.0, -0.45):
            start = (eye[0], eye[1], eye[2] + height_m)
            at = self._reach(world, start, (middle[0], middle[1], middle[2] + height_m), way, SHOWCASE_M)
            reaches.append(hypot(at[0] - eye[0], at[1] - eye[1]))
        return round(min(reaches), 1)

    @staticmethod
    def _reach(world: World, eye: Vec3, start: Vec3, way: Vec3, length_m: float) -> Vec3:
        """As far from the eye by way of `start` along `way` as nothing solid is in between."""
        end = tuple(s + w * length_m for s, w in zip(start, way, strict=True))
        line = np.subtract(end, eye)
        distance_m = float(np.linalg.norm(line))
        if distance_m < 1e-6:
            return eye
        unit = line / distance_m
        solids = collide.solids_of(world.place)
        if solids.all:
            hits_m = collide.ray(solids.columns, eye, (float(unit[0]), float(unit[1]), float(unit[2])), grow_m=0.08)
            for door in doors_ajar(world):
                hits_m[solids.door_at[door]] = np.inf
            distance_m = min(distance_m, max(float(hits_m[hits_m > 0.0].min(initial=np.inf)) - WALL_GAP_M, 0.12))
        way_out = (float(unit[0]), float(unit[1]), float(unit[2]))
        distance_m = min(distance_m, max(threshold_ahead(world.place.doors, eye, way_out) - WALL_GAP_M, 0.12))
        point = np.add(eye, unit * distance_m)
        lowest_m = solids.ground.height_m(float(point[0]), float(point[1])) + 0.15
        return float(point[0]), float(point[1]), max(float(point[2]), lowest_m)


def facing(body: Body, waiting: Iterable[Command]) -> tuple[float, float]:
    """Yaw and pitch where the player looks now: looking is shown at once, before the step that it belongs to."""
    yaw_rad, pitch_rad = body.yaw_rad, body.pitch_rad
    for command in waiting:
        if isinstance(command, Look):
            yaw_rad += command.yaw_rad
            pitch_rad += command.pitch_rad
    return yaw_rad, max(-1.5, min(1.5, pitch_rad))


def mirror_ahead(world: World) -> bool:
    """Whether the player sees themselves in a mirror: they stand before its glass, near enough, and face it.

    A plane mirror shows a viewer their own image where the line from them meets it squarely, and nowhere else.
    """
    x, y, _ = world.body.pos_m
    gaze = forward(world.body.yaw_rad, world.body.pitch_rad)
    for mirror in world.place.mirrors:
        dx, dy = mirror.at_m[0] - x, mirror.at_m[1] - y
        out = forward(mirror.yaw_deg * pi / 180)
        before_m = -(dx * out.x + dy * out.y)
        aside_m = abs(dx * out.y - dy * out.x)
        faces_it = -(gaze.x * out.x + gaze.y * out.y) > FACES_MIRROR
        if 0.2 < before_m < MIRROR_NEAR_M and aside_m < mirror.width_m / 2 and faces_it:
            return True
    return False
