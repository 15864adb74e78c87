"""Photo mode: a free camera with a focal length, frames to crop to, and pictures that know which goods are in them."""

import json
import time
from dataclasses import dataclass
from math import atan, cos, degrees, dist, hypot, radians, sin, tan
from pathlib import Path

from panda3d.core import Filename, PNMImage

from game.client.camera import Gaze
from game.client.in_view import goods_in_view
from game.client.scenery import Scenery
from game.client.stage import Stage
from game.core.goods import Good, Vec3
from game.core.ids import GoodId
from game.core.places import Box
from game.core.rules.display import empty_stands
from game.core.world import World

FRAMES = {"free": 0.0, "16_9": 16 / 9, "3_2": 3 / 2, "1_1": 1.0, "4_5": 4 / 5, "9_16": 9 / 16, "cinema": 2.39}
"""Width to height; 0 is the window's own."""
FOCAL_MM = (14, 18, 24, 28, 35, 50, 70, 85, 105, 135)
FILM_HIGH_MM = 24.0  # the focal lengths are those of a 36 x 24 mm film
SPEED_MPS, FAST = 1.6, 3.0
FAR_M = 12.0  # from the player: the camera is on a long arm, not a bird
LOW_M, HIGH_M = 0.08, 2.9
WALL_M = 1.9  # what is as high keeps the camera out, so that it never sees a place from behind
LENS_M = 0.12
HEAD_M = 0.45  # nearer to the player's eyes than this their head is not drawn


@dataclass(frozen=True, slots=True)
class Flight:
    """What the devices want of a free camera in one frame: -1..1 ahead, aside and up; turns in radians."""

    ahead: float = 0.0
    aside: float = 0.0
    up: float = 0.0
    fast: bool = False
    yaw_rad: float = 0.0
    pitch_rad: float = 0.0


class PhotoCamera:
    """The free camera; it begins where the player's eye is when photo mode is opened."""

    def __init__(self) -> None:
        self.gaze: Gaze | None = None
        self.focal = FOCAL_MM.index(28)
        self.frame = "free"

    @property
    def focal_mm(self) -> int:
        return FOCAL_MM[self.focal]

    @property
    def angle_deg(self) -> float:
        """The vertical angle of view."""
        return degrees(2 * atan(FILM_HIGH_MM / 2 / self.focal_mm))

    def zoom(self, way: int) -> None:
        """Take the next longer (1) or shorter (-1) lens."""
        self.focal = min(max(self.focal + way, 0), len(FOCAL_MM) - 1)

    def next_frame(self) -> None:
        """Take the next frame."""
        names = list(FRAMES)
        self.frame = names[(names.index(self.frame) + 1) % len(names)]

    def fly(self, eye: Gaze, flight: Flight, dt_secs: float, world: World) -> Gaze:
        """Where the camera is a frame later; `eye` is the player's own. It stays near the player and out of walls."""
        if self.gaze is None:
            self.gaze = eye
        was = self.gaze
        slow = self.focal_mm / 28  # a long lens is steered as finely as it sees
        yaw = was.yaw_rad + flight.yaw_rad / slow
        pitch = max(-1.5, min(1.5, was.pitch_rad + flight.pitch_rad / slow))
        step = SPEED_MPS * (FAST if flight.fast else 1.0) * dt_secs
        dx = (-sin(yaw) * flight.ahead + cos(yaw) * flight.aside) * step
        dy = (cos(yaw) * flight.ahead + sin(yaw) * flight.aside) * step
        x, y, z = was.eye_m
        z = min(max(z + flight.up * step, LOW_M), HIGH_M)
        if _is_free(world, (x + dx, y, z)):  # each way by itself, so that it slides along a wall
            x += dx
        if _is_free(world, (x, y + dy, z)):
            y += dy
        in_head = dist((x, y, z), eye.eye_m) < HEAD_M
        self.gaze = Gaze((x, y, z), yaw, pitch, inside=in_head)
        return self.gaze

    def leave(self) -> None:
        """Photo mode is over."""
        self.gaze = None


def _is_free(world: World, at_m: Vec3) -> bool:
    """Whether the camera may be there: on the player's side of the walls, and not too far from them."""
    body = world.body.pos_m
    if hypot(at_m[0] - body[0], at_m[1] - body[1]) > FAR_M:
        return False
    return not any(_holds(box, at_m) for box in world.place.colliders if box.size_m[2] >= WALL_M)


def _holds(box: Box, at_m: Vec3) -> bool:
    yaw = radians(box.yaw_deg)
    dx, dy = at_m[0] - box.at_m[0], at_m[1] - box.at_m[1]
    across, along = dx * cos(yaw) + dy * sin(yaw), dy * cos(yaw) - dx * sin(yaw)
    return abs(across) < box.size_m[0] / 2 + LENS_M and abs(along) < box.size_m[1] / 2 + LENS_M


def crop(width: int, height: int, frame: str) -> tuple[int, int, int, int]:
    """Left, top, width and height in pixels of the largest such frame in the middle of a picture."""
    ratio = FRAMES[frame] or width / height
    wide, high = min(width, round(height * ratio)), min(height, round(width / ratio))
    return (width - wide) // 2, (height - high) // 2, wide, high


def take(stage: Stage, here: Scenery, world: World, frame: str, folder: Path) -> tuple[Path, list[GoodId]]:
    """Write what the window shows, cropped to a frame, as PNG, and beside it which goods and trees are in it as JSON.

    The interface must be hidden. Returns the picture's path and its goods, the largest in it first.
    Raises OSError when the picture cannot be written.
    """
    from game.client.tree_photos import trees_in_view  # trees need NumPy, and the first frame does not

    folder.mkdir(parents=True, exist_ok=True)
    name = time.strftime("%Y-%m-%d_%H-%M-%S")
    path = next(p for n in range(1, 1000) if not (p := folder / f"{name}_{n}.png").exists())
    for _ in range(2):
        stage.engine.render_frame()
    whole = PNMImage()
    if not stage.win.get_screenshot(whole):
        raise OSError(f"{path}: the window gave no picture")
    left, top, wide, high = crop(whole.get_x_size(), whole.get_y_size(), frame)
    part = PNMImage(wide, high, 3)
    part.copy_sub_image(whole, 0, 0, left, top, wide, high)
    if not part.write(Filename.from_os_specific(str(path))):
        raise OSError(f"{path}: the picture could not be written")
    seen = goods_in_view(stage, here, (left, top, wide, high), empty_stands(world))
    document = {
        "version": 1, "picture": path.name, "place": world.place_id, "mood": world.mood_of(world.place_id),
        "goods": [_tag(world.goods[good], part) for good, part in seen.items()],
        "trees": trees_in_view(stage, here, (left, top, wide, high)),
    }  # fmt: skip
    path.with_suffix(".json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path, list(seen)


def _tag(good: Good, part: float) -> dict[str, object]:
    """A good in a picture, and how much of the picture it is."""
    name = {"en": good.name.en, "zh": good.name.zh}
    return {"id": good.id, "name": name, "maker": good.maker, "part": round(part, 5)}


def field_for(frame: str, angle_deg: float, aspect: float) -> float:
    """The window's vertical angle of view for which a frame in it sees `angle_deg` upright."""
    ratio = FRAMES[frame]
    if not ratio or ratio <= aspect:
        return angle_deg
    return degrees(2 * atan(tan(radians(angle_deg) / 2) * ratio / aspect))

