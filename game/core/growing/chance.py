"""Random numbers by counting: number k of a stream is a hash of both, so any can be asked for without those before it.

Integer arithmetic alone (SplitMix64, Steele, Lea and Flood 2014), so that every machine has the same numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Ints: TypeAlias = "npt.NDArray[np.int64]"

_GAMMA, _A, _B = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_MASK = 0xFFFFFFFFFFFFFFFF


def mixed(value: int) -> int:
    """A 64-bit hash of an integer."""
    z = (value * _GAMMA + _GAMMA) & _MASK
    z = ((z ^ (z >> 30)) * _A) & _MASK
    z = ((z ^ (z >> 27)) * _B) & _MASK
    return z ^ (z >> 31)


def seed_of(*parts: int) -> int:
    """One 64-bit seed of several integers; their order counts."""
    seed = 0
    for part in parts:
        seed = mixed(seed ^ (part & _MASK))
    return seed


def uniform(seed: int, count: int) -> Floats:
    """The first `count` numbers of the stream `seed`, in 0 <= x < 1, multiples of 2 ** -24."""
    z = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_GAMMA) + np.uint64(seed & _MASK)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(_A)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(_B)
    z = z ^ (z >> np.uint64(31))
    return np.asarray((z >> np.uint64(40)).astype(np.float64) / 16_777_216.0)


def directions(seed: int, count: int) -> Floats:
    """Unit vectors (count, 3) that favour no side: points of a ball, made as long as its radius."""
    points = uniform(seed, count * 12).reshape(count, 4, 3) * 2.0 - 1.0  # four tries each; the last is taken anyway
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    inside = x * x + y * y + z * z <= 1.0
    inside[:, 3] = True
    found = points[np.arange(count), inside.argmax(1)]
    return unit(found)


def length(vectors: Floats) -> Floats:
    """Lengths of vectors (..., 3), by correctly rounded operations in one order."""
    x, y, z = vectors[..., 0], vectors[..., 1], vectors[..., 2]
    return np.asarray(np.sqrt(x * x + y * y + z * z))


def unit(vectors: Floats) -> Floats:
    """Vectors (..., 3) made one long; what has no length stays as it is."""
    long = length(vectors)
    return np.asarray(vectors / np.where(long > 1e-12, long, 1.0)[..., None])
