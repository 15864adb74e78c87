"""The fitting room: the player's own person in a picture, standing still, wearing what is being fitted to them."""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, pi, radians, sin, tan
from operator import add, sub
from pathlib import Path

import numpy as np
from msgspec import structs
from panda3d.core import (
    Camera,
    FrameBufferProperties,
    GraphicsOutput,
    LMatrix4f,
    LPoint3f,
    LVector3f,
    NodePath,
    SamplerState,
    Texture,
)

from game.client import shaders, theme
from game.client.avatar import Avatar
from game.client.avatar_glb import Figure
from game.client.camera import Gaze
from game.client.handles import Point, Sight
from game.client.portraits import light_evenly
from game.client.shaders import Variant
from game.client.spaces import lens, turned
from game.content.fitting import SEATS, Fit, within
from game.core.goods import Vec3, Wear
from game.core.looks import Looks

SIDE_PX = 896
ANGLE_DEG, DOWN_RAD = 16.0, radians(11)
DRAFT = "draft"
BESIDE = 0.5  # of how far from the middle a slot is where arms are held out: they hang here
EDGE = 0.46  # heights of the picture from its middle: no handle is farther out
SEEN, AWAY_MOST = 0.43, 4.0  # heights of the picture from its middle that what is worn reaches at most
LEAST_HALF = 0.085  # of the box that the handles are on, heights of the picture
RING_POINTS, RING_WIDE = 40, 1.1
MOVE, SCALE, TURN = "move", "scale", "turn"
# The height that is looked at, how much of it is seen, in metres, and how the person stands to the camera, radians.
ZONES: dict[str, tuple[float, float, float]] = {
    "": (0.86, 1.95, 0.4), "head": (1.50, 0.78, 0.4), "face": (1.45, 0.56, 0.4), "neck": (1.25, 0.80, 0.3),
    "back": (1.08, 1.20, pi - 0.5), "hand": (0.78, 1.00, 0.3), "torso": (1.08, 1.20, 0.4), "legs": (0.58, 1.35, 0.4),
    "feet": (0.14, 0.66, 0.5),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the handles are in the picture: heights of it from its middle, right and up. Of a ring's point in front
    of the wearer `near` is True."""

    middle: Point
    corner: Point
    knob: Point
    ring: tuple[tuple[float, float, bool], ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """A handle that is held, and how all was when it was taken: points in the picture and in the scene."""

    name: str
    at: Point
    fit: Fit
    middle_m: Vec3  # of the ring
    pivot_m: Vec3  # what it is scaled about


class FittingRoom:
    """Draws with a buffer of the window `win`, only when something has changed."""

    def __init__(self, win: GraphicsOutput, looks: Looks, models: Path) -> None:
        self.texture = Texture("fitting room")
        self.texture.set_minfilter(SamplerState.FT_linear_mipmap_linear)
        self.texture.set_wrap_u(SamplerState.WM_clamp)
        self.texture.set_wrap_v(SamplerState.WM_clamp)
        wanted = FrameBufferProperties()
        wanted.set_rgba_bits(8, 8, 8, 8)
        wanted.set_depth_bits(24)
        self.buffer = win.make_texture_buffer("fitting room", SIDE_PX, SIDE_PX, self.texture, False, wanted)
        self.buffer.set_clear_color((*theme.PAPER_DEEP[:3], 0.0))
        self.buffer.set_active(False)
        self.scene = NodePath("fitting room")
        shaders.dress(self.scene, Variant.PROBE)
        self.person = Avatar(self.scene, looks, models)
        self.person.calm = True
        self.camera = NodePath(Camera("fitting room", lens(ANGLE_DEG, 1.0, 0.2, 60.0)))
        self.camera.node().set_scene(self.scene)
        self.camera.reparent_to(self.scene)
        self.buffer.make_display_region().set_camera(self.camera)
        self.slot, self.turn_rad, self._away = "", 0.0, 1.0
        self.changes = 0  # how often the picture has become another
        self._piece: NodePath | None = None
        self._made_worn = False  # it sits where its recipe put it, and turns about its own middle
        self._points = np.zeros((0, 3))  # of what is worn
        self._due = 0
        self.enter("")

    # --- what is seen ----------------------------------------------------------------------------------------------

    def enter(self, slot: str) -> None:
        """Look where things of a slot are worn; "": at the whole person."""
        self.slot, self._away = slot, 1.0
        self.turn_rad = ZONES[slot][2]
        self._look()

    def turn(self, rad: float) -> None:
        """Turn the person, counter-clockwise seen from above."""
        self.turn_rad = (self.turn_rad + rad + pi) % (2 * pi) - pi
        self._look()

    def set_looks(self, looks: Looks) -> None:
        """Show another person."""
        if looks != self.person.looks:
            self.person.set_looks(looks)
            self._look()

    def put_on(self, figure: Figure | None, wear: Wear | None, *, made_worn: bool = False) -> None:
        """Wear what is being fitted in place of how it was; None: nothing is. Raises GameError for a misfit."""
        self._made_worn = made_worn
        if figure is None or wear is None:
            for slot in list(self.person.worn):
                self.person.take_off(slot)
            self._piece, self._points = None, np.zeros((0, 3))
        else:
            self._piece = self.person.wear_made(wear.slot, DRAFT, wear, figure)
            edits = self.person.looks.edits
            self._points = np.concatenate([mesh.edited(edits)[0] for mesh in figure.meshes])
        self._look()

    def step_back(self) -> None:
        """Look from so far away that all that is worn is seen, and no farther."""
        if self._piece is None:
            return
        before, self._away = self._away, 1.0
        self._aim()
        seen = float(np.nanmax(np.abs(self.sight.seen(self._worn_points()))))
        self._away = min(max(seen / SEEN, 1.0), AWAY_MOST)
        self._aim()
        if self._away != before:
            self._look()

    def draw(self) -> None:
        """Let the picture be drawn where it has changed, two times: what is new comes on the card with the first."""
        self.buffer.set_active(self._due > 0)
        self._due = max(self._due - 1, 0)

    def close(self) -> None:
        """Free the buffer and the person."""
        self.buffer.get_engine().remove_window(self.buffer)
        self.person.remove()
        self.scene.remove_node()

    def _look(self) -> None:
        self.person.node.set_mat(turned((0.0, 0.0, 0.0), pi + self.turn_rad))
        self.person.animate(0.0, 0.0)
        self._aim()
        self.camera.set_mat(self.sight.gaze.matrix())
        light_evenly(self.scene, self.sight.gaze.eye_m)
        self._due = 2
        self.changes += 1

    def _aim(self) -> None:
        size, (middle_m, high_m, _) = self.person.looks.scale, ZONES[self.slot]
        high_m *= self._away
        away_m = high_m * size / 2 / tan(radians(ANGLE_DEG) / 2)
        x, y = (BESIDE * part for part in SEATS[self.slot].at_m[:2]) if self.slot else (0.0, 0.0)
        c, s = cos(self.turn_rad), sin(self.turn_rad)
        eye: Vec3 = (
            (x * c - y * s) * size, (x * s + y * c) * size - away_m * cos(DOWN_RAD),
            middle_m * size + away_m * sin(DOWN_RAD),
        )  # fmt: skip
        self.sight = Sight(Gaze(eye, 0.0, -DOWN_RAD, inside=False), 2 * tan(radians(ANGLE_DEG) / 2))

    # --- the handles -----------------------------------------------------------------------------------------------

    def marks(self, fit: Fit) -> Marks | None:
        """Where the handles are on what is worn, fitted so; None while nothing is worn."""
        if self._piece is None:
            return None
        points = self._worn_points()
        seen = self.sight.seen(points)
        left_low, right_high = np.nanmin(seen, 0), np.nanmax(seen, 0)
        corner = (left_low + right_high) / 2 + np.maximum((right_high - left_low) / 2, LEAST_HALF)
        x, y, z = self._ring_middle(points)
        wide_m = max(float(np.hypot(points[:, 0] - x, points[:, 1] - y).max()) * RING_WIDE, self._least_m)
        knob_rad = self.turn_rad - pi / 2 + radians(fit.turn_deg)  # in front of the wearer, and turned with it
        bearings = [*(number * 2 * pi / RING_POINTS for number in range(RING_POINTS)), knob_rad]
        around = self.sight.seen(np.array([(x + wide_m * cos(a), y + wide_m * sin(a), z) for a in bearings]))
        *ring, knob = (_in_picture(*at) for at in around)
        return Marks(
            middle=_in_picture(*(left_low + right_high) / 2), corner=_in_picture(*corner), knob=knob,
            ring=tuple((*at, sin(a) < 0.0) for at, a in zip(ring, bearings, strict=False)),
        )  # fmt: skip

    def hold(self, name: str, at: Point, fit: Fit) -> Hold | None:
        """Take hold of a handle where the pointer is; None while nothing is worn."""
        if self._piece is None:
            return None
        x, y, z = self._ring_middle(self._worn_points())
        low, high = self._points.min(0), self._points.max(0)
        about = (low + high) / 2 if self._made_worn else tuple(map(add, SEATS[self.slot].at_m, fit.move_m))
        pivot = self._from_worn().xform_point(LPoint3f(*map(float, about)))
        return Hold(name, at, fit, (x, y, z), (pivot[0], pivot[1], pivot[2]))

    def dragged(self, held: Hold, at: Point) -> Fit:
        """How what is worn sits when the handle that is held has come to a point of the picture."""
        fit = held.fit
        began, now = self.sight.ray(held.at), self.sight.ray(at)
        if held.name == MOVE:  # on the upright plane that the pivot is on
            way = map(sub, _on_plane(now, 1, held.pivot_m[1]), _on_plane(began, 1, held.pivot_m[1]))
            back = self._from_worn()
            back.invert_in_place()
            x, y, z = map(add, fit.move_m, back.xform_vec(LVector3f(*way)))
            return within(structs.replace(fit, move_m=(x, y, z)))
        if held.name == SCALE:
            pivot = self.sight.seen(np.array([held.pivot_m]))[0]
            was, far = (max(hypot(p[0] - pivot[0], p[1] - pivot[1]), 1e-3) for p in (held.at, at))
            return within(structs.replace(fit, scale=fit.scale * far / was))
        spots = (_on_plane(ray, 2, held.middle_m[2]) for ray in (began, now))
        was_rad, now_rad = (atan2(y - held.middle_m[1], x - held.middle_m[0]) for x, y, _ in spots)
        return within(structs.replace(fit, turn_deg=fit.turn_deg + degrees(now_rad - was_rad)))

    def _from_worn(self) -> LMatrix4f:
        """From the space of what is worn to that of the scene."""
        assert self._piece is not None
        return LMatrix4f(self._piece.get_mat(self.scene))

    @property
    def _least_m(self) -> float:
        """Half of the least box that the handles are on."""
        return LEAST_HALF * ZONES[self.slot][1] * self._away * self.person.looks.scale

    def _ring_middle(self, points: np.ndarray) -> Vec3:
        """The ring lies at the foot of what is worn, clear of the handle in its middle."""
        low, high = points.min(0), points.max(0)
        x, y, z = (low + high) / 2
        return float(x), float(y), float(min(low[2], z - self._least_m))

    def _worn_points(self) -> np.ndarray:
        rows = np.array(self._from_worn()).reshape(4, 4)
        worn: np.ndarray = self._points @ rows[:3, :3] + rows[3, :3]
        return worn


def _in_picture(x: float, y: float) -> Point:
    return min(max(float(x), -EDGE), EDGE), min(max(float(y), -EDGE), EDGE)


def _on_plane(ray: tuple[Vec3, Vec3], axis: int, at_m: float) -> Vec3:
    """Where a ray meets the plane on which a coordinate is `at_m`; it is never along that plane here."""
    begin, way = ray
    part = (at_m - begin[axis]) / way[axis]
    return begin[0] + part * way[0], begin[1] + part * way[1], begin[2] + part * way[2]
