"""What a bake needs and yields, as plain values: sun, probe grid, effort, baked layers."""

from dataclasses import dataclass, field

import numpy as np

LAYERS = ("sun", "sky", "lamp")


@dataclass(frozen=True, slots=True)
class Effort:
    """Samples of a bake: atlas, vertices, probes."""

    atlas: int = 48
    vertex: int = 96
    probe: int = 512


@dataclass(frozen=True, slots=True)
class Sun:
    """The one sun: the way its light travels, its strength and colour; `angle_rad` softens its shadow's edge."""

    direction: tuple[float, float, float]
    strength: float
    colour: tuple[float, float, float] = (1.0, 0.90, 0.74)
    angle_rad: float = 0.012


@dataclass(frozen=True, slots=True)
class ProbeGrid:
    """Where the light for movable things is sampled: nx by ny points between lo and hi, at each height of zs."""

    lo: tuple[float, float]
    hi: tuple[float, float]
    nx: int
    ny: int
    zs: tuple[float, ...]

    def points(self) -> np.ndarray:
        """Points (nx, ny, nz, 3)."""
        xs, ys = np.linspace(self.lo[0], self.hi[0], self.nx), np.linspace(self.lo[1], self.hi[1], self.ny)
        return np.stack(np.meshgrid(xs, ys, self.zs, indexing="ij"), -1)


@dataclass(slots=True)
class Baked:
    """Baked light by layer: atlas (side, side, 3), vertex (n, 3), probe (nx, ny, nz, 6, 3)."""

    atlas: dict[str, np.ndarray] = field(default_factory=dict)
    vertex: dict[str, np.ndarray] = field(default_factory=dict)
    probe: dict[str, np.ndarray] = field(default_factory=dict)
