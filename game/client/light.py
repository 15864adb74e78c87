"""The light of one place: baked layers mixed into a mood, ambient cubes for what moves, the room's reflection.

Light is linear, so a mood is three colours that weigh the sun, sky and lamp layers. They are mixed here, on the CPU,
only when the mood changes, and the result is kept in the home folder, because mixing takes longer than reading it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from panda3d.core import Filename, NodePath, Texture

from game.client.shaders import light_texture
from game.core.errors import GameError

log = logging.getLogger(__name__)

LAYERS = ("sun", "sky", "lamp")
RANGE = 4.0  # byte 255 of a light picture is this much light; the code is the square root
SIZE = struct.Struct("<II")  # before the pixels of a kept picture
END = b"loquat light 1\n"  # a kept file that does not end so was cut off
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Mood:
    """A time of day as numbers: weights of the three layers, what shines outside, in lamps and in windows."""

    sun: Colour = (1.0, 1.0, 1.0)
    sky: Colour = (1.0, 1.0, 1.0)
    lamp: Colour = (0.22, 0.22, 0.22)
    outdoor: Colour = (1.5, 1.5, 1.5)
    lamp_glow: Colour = (3.0, 3.0, 3.0)
    night_window: Colour = (0.0, 0.0, 0.0)
    exposure: float = 0.72
    fog_density: float = 0.007
    overcast: float = 0.0  # how grey the sky and what lies far off are, 0..1
    fog: Colour | None = None  # None: the mean of the probes


DAY = Mood()
MOODS = {
    "day": DAY,
    "dusk": Mood(
        sun=(0.55, 0.30, 0.16), sky=(0.42, 0.36, 0.50), lamp=(0.7, 0.66, 0.6), outdoor=(0.85, 0.55, 0.42),
        lamp_glow=(4, 4, 4), night_window=(0.6, 0.42, 0.2), exposure=0.95,
    ),
    "rain": Mood(
        sun=(0, 0, 0), sky=(0.40, 0.47, 0.54), lamp=(0.8, 0.8, 0.8), outdoor=(0.32, 0.38, 0.43),
        lamp_glow=(4, 4, 4), night_window=(0.5, 0.36, 0.2), exposure=1.0, overcast=0.8,
    ),
    "night": Mood(
        sun=(0, 0, 0), sky=(0.02, 0.035, 0.08), lamp=(1, 1, 1), outdoor=(0.03, 0.045, 0.10),
        lamp_glow=(5, 5, 5), night_window=(0.9, 0.62, 0.3), exposure=1.2,
    ),
}  # fmt: skip


def mood_of(name: str, document: dict[str, Any]) -> Mood:
    """A mood by name, as the place's own document has it or as it comes; an unknown name is an ordinary day."""
    base = MOODS.get(name, DAY)
    own: dict[str, Any] = document.get("moods", {}).get(name, {})
    known: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in own.items() if key in Mood.__slots__
    }
    return replace(base, **known)


class Probes:
    """A grid of ambient cubes (nx, ny, nz, 6, 3) of linear light: sides +x -x +y -y +z -z."""

    def __init__(self, lo: np.ndarray, hi: np.ndarray, zs: np.ndarray, cubes: np.ndarray) -> None:
        self.lo, self.hi, self.zs, self.cubes = lo, hi, zs, cubes

    def at(self, points_m: np.ndarray) -> np.ndarray:
        """Ambient cubes (n, 6, 3) at points (n, 3), interpolated; points outside take the nearest light."""
        points = np.asarray(points_m, float).reshape(-1, 3)
        counts = np.array(self.cubes.shape[:3])
        cell = np.empty_like(points)
        cell[:, :2] = (points[:, :2] - self.lo) / (self.hi - self.lo) * (counts[:2] - 1)
        cell[:, 2] = np.interp(points[:, 2], self.zs, np.arange(len(self.zs)))
        cell = np.clip(cell, 0, np.maximum(counts - 1.0001, 0))
        low = cell.astype(int)
        part = cell - low
        out = np.zeros((len(points), 6, 3))
        for corner in np.ndindex(2, 2, 2):
            weight = np.prod(np.where(corner, part, 1 - part), axis=1)
            index = np.minimum(low + corner, counts - 1)
            out += weight[:, None, None] * self.cubes[index[:, 0], index[:, 1], index[:, 2]]
        return out

    def mean(self) -> Colour:
        """The colour of the air: the mean of all cubes."""
        r, g, b = self.cubes.mean((0, 1, 2, 3))
        return float(r), float(g), float(b)


class EvenProbes(Probes):
    """Soft daylight everywhere, for places without baked probes."""

    SIDES = ((0.9, 0.85, 0.8), (0.6, 0.65, 0.75), (0.7, 0.72, 0.75), (0.9, 0.85, 0.78), (1.1, 1.1, 1.1),
             (0.35, 0.32, 0.3))  # fmt: skip

    def __init__(self) -> None: ...

    def at(self, points_m: np.ndarray) -> np.ndarray:
        return np.tile(np.array(self.SIDES), (np.asarray(points_m).size // 3, 1, 1))

    def mean(self) -> Colour:
        r, g, b = (sum(channel) / len(self.SIDES) for channel in zip(*self.SIDES, strict=True))
        return r, g, b


EVEN = EvenProbes()


class FileProbes(Probes):
    """The probes of a file in a mood, read when light is first asked of them; their mean is known before."""

    def __init__(self, path: Path, mood: Mood, mean: Colour) -> None:
        self.path, self.mood, self._mean = path, mood, mean
        self._is_read = False

    def read(self) -> None:
        """Have them at hand."""
        if not self._is_read:
            found = read_probes(self.path, self.mood)
            super().__init__(found.lo, found.hi, found.zs, found.cubes)
            self._is_read = True

    def at(self, points_m: np.ndarray) -> np.ndarray:
        self.read()
        return super().at(points_m)

    def mean(self) -> Colour:
        return self._mean


def read_probes(path: Path, mood: Mood) -> Probes:
    """The probes of a file with its layers weighed for a mood."""
    with np.load(path) as data:
        cubes = sum(data[layer].astype(np.float32) * getattr(mood, layer) for layer in LAYERS)
        return Probes(data["lo"], data["hi"], data["zs"], np.asarray(cubes))


@dataclass(frozen=True, slots=True)
class Picture:
    """Light as the graphics card takes it: BGR bytes, bottom row first."""

    width: int
    height: int
    pixels: bytes | memoryview


@dataclass(frozen=True, slots=True)
class MoodLight:
    """A place's light in one mood: pictures by kind, "light" for the atlas and "vertex"; probes."""

    mood: Mood
    pictures: dict[str, Picture]
    probes: Probes


class PlaceLight:
    """Baked light of the place whose files lie in `folder`; `cache` keeps mixed moods.

    Raises GameError at construction when place.json is unreadable.
    """

    def __init__(self, folder: Path, cache: Path | None) -> None:
        self.folder, self.cache = folder, cache
        self.document = read_document(folder)
        self.textures: dict[str, Texture] = {}  # "light" (atlas) and "vertex"
        self.probes: Probes = EVEN
        self.mood = DAY

    def set_mood(self, name: str) -> None:
        """Mix the layers for a mood: fills `textures` in place and renews `probes`."""
        self.use(self.mixed(name))

    def mixed(
        self, name: str, *, lamp_tint: Colour = (1.0, 1.0, 1.0), probes_later: bool = False
    ) -> MoodLight:
        """The light of a mood, read and mixed; touches nothing that is drawn, so a thread of its own may do it.

        `lamp_tint` is by what the light of the place's own lamps is multiplied. `probes_later`: nothing needs the
        probes at once; they are read when something does.
        """
        mood = mood_of(name, self.document)
        mood = replace(mood, lamp=_times(mood.lamp, lamp_tint), lamp_glow=_times(mood.lamp_glow, lamp_tint))
        pictures = {
            kind: self._mixed(kind, mood)
            for kind in ("light", "vertex")
            if all((self.folder / f"{kind}_{layer}.png").is_file() for layer in LAYERS)
        }
        probes: Probes = EVEN
        path = self.folder / "probes.npz"
        if path.is_file():
            packed = self._kept("air", [path], mood, lambda: struct.pack("<3f", *read_probes(path, mood).mean()))
            r, g, b = struct.unpack("<3f", packed)
            probes = in_file = FileProbes(path, mood, (r, g, b))
            if not probes_later:
                in_file.read()
        return MoodLight(mood, pictures, probes)

    def use(self, found: MoodLight) -> None:
        """Draw with this light from now on."""
        self.mood, self.probes = found.mood, found.probes
        for kind, picture in found.pictures.items():
            if kind not in self.textures:
                self.textures[kind] = light_texture(kind, picture.width, picture.height, smooth=kind == "light")
            self.textures[kind].set_ram_image(picture.pixels)

    def fog(self) -> tuple[float, float, float, float]:
        """Colour and density of the air."""
        if self.mood.fog is not None:
            return (*self.mood.fog, self.mood.fog_density)
        r, g, b = self.probes.mean()
        return (r * 0.8, g * 0.8, b * 0.8, self.mood.fog_density)

    def _mixed(self, kind: str, mood: Mood) -> Picture:
        files = [self.folder / f"{kind}_{layer}.png" for layer in LAYERS]

        def make() -> bytes:
            pixels = mix([_pixels(path) for path in files], [getattr(mood, layer) for layer in LAYERS])
            height, width = pixels.shape[:2]
            return SIZE.pack(width, height) + pixels.tobytes()

        packed = self._kept(kind, files, mood, make)
        width, height = SIZE.unpack_from(packed)
        return Picture(width, height, memoryview(packed)[SIZE.size :])

    def _kept(self, kind: str, files: list[Path], mood: Mood, make: Callable[[], bytes]) -> bytes:
        """What is mixed of some files for a mood, as an earlier start kept it, or made now."""
        if self.cache is None:
            return make()
        stamps = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
        weights = [getattr(mood, layer) for layer in LAYERS]
        key = hashlib.blake2b(repr((str(self.folder), stamps, weights)).encode(), digest_size=12).hexdigest()
        kept = self.cache / f"{self.folder.name}-{kind}-{key}.light"
        try:
            packed = kept.read_bytes()
            if packed[-len(END) :] == END:
                return packed[: -len(END)]
        except OSError:
            pass
        packed = make()
        _keep(kept, packed)
        return packed


def _times(a: Colour, b: Colour) -> Colour:
    return a[0] * b[0], a[1] * b[1], a[2] * b[2]


def read_document(folder: Path) -> dict[str, Any]:
    """The place.json of a folder, empty when there is none. Raises GameError when it is unreadable."""
    path = folder / "place.json"
    if not path.is_file():
        return {}
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GameError(f"{path}: unreadable ({error}); build the place again") from None
    if not isinstance(document, dict):
        raise GameError(f"{path}: holds {type(document).__name__}, not a table; build the place again")
    return document


def mix(layers: list[np.ndarray], weights: list[Colour]) -> np.ndarray:
    """Weigh square-root coded BGR pictures with RGB weights and add them; smaller ones are enlarged first."""
    height = max(len(layer) for layer in layers)
    total: np.ndarray | None = None
    codes = (np.arange(256, dtype=np.float32) / 255) ** 2 * RANGE
    for layer, weight in zip(layers, weights, strict=True):
        if not any(weight):
            continue
        light = np.empty(layer.shape, np.float32)
        for channel in range(3):
            np.take(codes * np.float32(weight[2 - channel]), layer[..., channel], out=light[..., channel])
        while len(light) < height:
            light = doubled(light)
        total = light if total is None else np.add(total, light, out=total)
    if total is None:
        return np.zeros((height, layers[0].shape[1] * height // len(layers[0]), 3), np.uint8)
    np.sqrt(total * (255.0 * 255.0 / RANGE), out=total)
    return np.minimum(total + 0.5, 255).astype(np.uint8)


def doubled(a: np.ndarray) -> np.ndarray:
    """A picture at twice its size, bilinear."""
    for axis in (0, 1):
        size = a.shape[axis]
        padded = np.pad(a, [(1, 1) if i == axis else (0, 0) for i in range(3)], mode="edge")
        before, after = padded.take(range(size), axis), padded.take(range(2, size + 2), axis)
        out = np.empty([n * 2 if i == axis else n for i, n in enumerate(a.shape)], np.float32)
        even, odd = (tuple(slice(k, None, 2) if i == axis else slice(None) for i in range(3)) for k in (0, 1))
        out[even], out[odd] = 0.75 * a + 0.25 * before, 0.75 * a + 0.25 * after
        a = out
    return a


def _pixels(path: Path) -> np.ndarray:
    """Bytes (h, w, 3) of a picture, BGR, bottom row first."""
    texture = Texture()
    if not texture.read(Filename.from_os_specific(str(path))):
        raise GameError(f"{path}: the picture cannot be read; build the place again")
    raw = np.frombuffer(texture.get_ram_image_as("BGR"), np.uint8)
    return raw.reshape(texture.get_y_size(), texture.get_x_size(), 3)


def _keep(path: Path, packed: bytes) -> None:
    """Keep mixed light for the next start, and of its kind one for each mood; a read-only home is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(packed + END)
        part.replace(path)
        same_kind = path.parent.glob(path.name.rpartition("-")[0] + "-*.light")
        for old in sorted(same_kind, key=lambda kept: kept.stat().st_mtime_ns)[: -len(MOODS)]:
            old.unlink()
    except OSError as error:
        log.info("mixed light is not kept: %s", error)


def dampened(found: MoodLight, damp: np.ndarray) -> MoodLight:
    """The same light with its chart darkened: by a byte a texel (side, side), bottom row first, 255 for not at all."""
    dry = found.pictures["light"]
    pixels = np.frombuffer(dry.pixels, np.uint8).reshape(dry.height, dry.width, 3)
    wet = ((pixels.astype(np.uint16) * damp[..., None] + 127) // 255).astype(np.uint8)
    return replace(found, pictures=found.pictures | {"light": Picture(dry.width, dry.height, wet.tobytes())})


def blank_cube() -> Texture:
    """A black room for surfaces that reflect before the room's picture is taken."""
    texture = Texture("blank room")
    texture.setup_cube_map(1, Texture.T_unsigned_byte, Texture.F_rgb)
    texture.set_ram_image(bytes(18))
    return texture


def set_cube(node: NodePath, cube: np.ndarray) -> None:
    """Give a node its ambient cube (6, 3)."""
    node.set_shader_input("cube", [tuple(map(float, side)) for side in cube])
