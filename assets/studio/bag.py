"""A growing model: parts placed under nested transforms, sorted into layers that hold their light differently."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from assets.studio.kit import Shape, rotation
from assets.studio.palette import Colour

SHELL = "shell"  # flat things: baked light in an atlas
PROPS = "props"  # curved or small things: one light texel a vertex
GLOW = "glow"  # gives its own light: lamps, panes, sky
LEAF = "leaf"  # the door leaf: as props, but a node of its own that swings

OUTDOOR, NIGHT_WINDOW, LAMP = 0.0, 0.5, 1.0  # alpha of a GLOW part: what its brightness follows


@dataclass(slots=True)
class Part:
    """One placed shape with its colour and gloss; `local` keeps its true lengths for a light chart."""

    layer: str
    local: np.ndarray
    shape: Shape
    rgba: np.ndarray  # (n, 4) linear albedo and gloss
    density: float  # light texels relative to others
    keep: str | None  # of "xXyYzZ" (negative and positive local axes), the sides that can be seen


class Light(NamedTuple):
    """A lamp for the bake: `layer` sun, sky or lamp; `kind` AREA or POINT; power in watts."""

    layer: str
    kind: str
    at: np.ndarray
    power_w: float
    colour: tuple[float, float, float]
    aim: np.ndarray
    size_m: tuple[float, ...]


@dataclass(slots=True)
class Mesh:
    """Merged parts of one layer: v (n, 3), n (n, 3), rgba (n, 4), f (m, 3), uv (n, 2)."""

    v: np.ndarray
    n: np.ndarray
    rgba: np.ndarray
    f: np.ndarray
    uv: np.ndarray


class Bag:
    """Collects parts and lamps; `with bag.at(...)` places what is added inside it. `rng` makes one model repeatable."""

    def __init__(self, seed: int = 7) -> None:
        self.rng = np.random.default_rng(seed)
        self.parts: list[Part] = []
        self.lights: list[Light] = []
        self._stack: list[tuple[np.ndarray, np.ndarray]] = [(np.eye(3), np.zeros(3))]

    @contextmanager
    def at(
        self, x: float = 0, y: float = 0, z: float = 0, *, rx: float = 0, ry: float = 0, rz: float = 0, scale: float = 1
    ) -> Iterator["Bag"]:
        """Place what follows: metres, degrees, and a uniform scale."""
        m, t = self._stack[-1]
        self._stack.append((m @ rotation(rx, ry, rz) * scale, t + m @ np.array([x, y, z], float)))
        yield self
        self._stack.pop()

    def add(
        self,
        shape: Shape,
        colour: Colour,
        gloss: float = 0.15,
        *,
        to: str = PROPS,
        jitter: float = 0.05,
        density: float = 1.0,
        keep: str | None = None,
        **place: float,
    ) -> None:
        """Add a shape; one colour is jittered a little so that no two parts are quite alike."""
        with self.at(**place):
            m, t = self._stack[-1]
        c = np.asarray(colour, float)
        if c.ndim == 1:
            c = c[:3] * (1 + jitter * self.rng.uniform(-1, 1)) * (1 + jitter * 0.4 * self.rng.uniform(-1, 1, 3))
            c = np.tile(c, (len(shape.v), 1))
        n = shape.n @ m.T
        n /= np.linalg.norm(n, axis=1, keepdims=True) + 1e-12
        top = 1e3 if to == GLOW else 1.0
        rgba = np.c_[np.clip(c, 0, top), np.full(len(shape.v), gloss)]
        placed = Shape(shape.v @ m.T + t, n, shape.f)
        self.parts.append(Part(to, shape.v * np.linalg.norm(m[0]), placed, rgba, density, keep))

    def shell(self, shape: Shape, colour: Colour, gloss: float = 0.15, **kw: float) -> None:
        """Add something flat, lit by the atlas."""
        self.add(shape, colour, gloss, to=SHELL, **kw)

    def glow(self, shape: Shape, colour: Colour, follows: float = LAMP, **place: float) -> None:
        """Add something that shines: `follows` LAMP, NIGHT_WINDOW (lit at night) or OUTDOOR (the daylight)."""
        self.add(shape, colour, follows, to=GLOW, jitter=0, **place)

    def light(
        self,
        kind: str,
        power_w: float,
        at: tuple[float, float, float],
        *,
        colour: tuple[float, float, float] = (1, 0.74, 0.48),
        aim: tuple[float, float, float] = (0, 0, -1),
        size_m: tuple[float, ...] = (0.05,),
        layer: str = "lamp",
    ) -> None:
        """Add a lamp for the bake, placed like a part."""
        m, t = self._stack[-1]
        scaled = m @ np.array(aim, float)
        self.lights.append(Light(layer, kind, m @ np.array(at, float) + t, power_w, colour, scaled, size_m))

    def pick(self, *colours: Colour) -> Colour:
        """One of the colours by the bag's own dice."""
        return colours[int(self.rng.integers(len(colours)))]

    def of(self, layer: str) -> list[Part]:
        """The parts of one layer in the order in which they were added."""
        return [p for p in self.parts if p.layer == layer]

    def mesh(self, layer: str) -> Mesh:
        """All parts of a layer as one mesh, its uv zero."""
        parts = self.of(layer)
        starts = np.cumsum([0, *(len(p.shape.v) for p in parts)])
        v, n, rgba = (
            np.concatenate(arrays)
            for arrays in (
                [p.shape.v for p in parts],
                [p.shape.n for p in parts],
                [p.rgba for p in parts],
            )
        )
        f = np.concatenate([p.shape.f + o for p, o in zip(parts, starts, strict=False)])
        return Mesh(v, n, rgba, f, np.zeros((len(v), 2)))
