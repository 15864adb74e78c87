"""What every format is read into: placed parts in the file's own axes and unit, and what they are painted with."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from game.content.imports import limits
from game.content.imports.notes import ImportRefusedError, Note, told

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Pixels = npt.NDArray[np.uint8]  # (height, width, 3), sRGB, rows from the top


@dataclass(frozen=True, slots=True)
class Material:
    """How a part is painted: linear RGB, gloss 0..1, and the number of an image among the source's, or None."""

    colour: tuple[float, float, float] = (0.8, 0.8, 0.8)
    gloss: float = 0.15
    image: int | None = None
    two_sided: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A mesh: points (n, 3), triangles (m, 3); normals (n, 3), colours (n, 3) linear, uv (n, 2) from the top left."""

    name: str
    points: Floats
    triangles: Ints
    normals: Floats | None = None
    colours: Floats | None = None
    uv: Floats | None = None
    material: Material = Material()


@dataclass(slots=True)
class Source:
    """All that was read of a file. `unit_m` is what its unit is if the file says so, `up` its upper axis by custom."""

    parts: list[Part] = field(default_factory=list)
    images: list[Pixels | None] = field(default_factory=list)
    up: str = "y"
    unit_m: float | None = None  # said by the file itself
    custom_m: float = 1.0  # what the unit is by custom of the format
    notes: list[Note] = field(default_factory=list)
    points: int = 0
    triangles: int = 0

    def add(self, part: Part) -> None:
        """Take a part in. Raises ImportRefusedError where it is not sound, or where there are too many points."""
        self.parts.append(_sound(part))
        self.points += len(part.points)
        self.triangles += len(part.triangles)
        if self.points > limits.POINTS:
            raise ImportRefusedError("too_many_points", n=self.points, most=limits.POINTS)
        if self.triangles > limits.TRIANGLES:
            raise ImportRefusedError("too_many_triangles", n=self.triangles, most=limits.TRIANGLES)

    def note(self, key: str, **values: str | int | float) -> None:
        """Say something once."""
        said = Note(key, values)
        if said not in self.notes:
            self.notes.append(said)


def _sound(part: Part) -> Part:
    name = told(part.name)
    for numbers in (part.points, part.normals, part.colours, part.uv):
        if numbers is not None and not np.isfinite(numbers).all():
            raise ImportRefusedError("not_finite", mesh=name)
    if len(part.points) and np.abs(part.points).max() > limits.FARTHEST_M:
        raise ImportRefusedError("too_far_out", mesh=name)
    if len(part.triangles) and (part.triangles.min() < 0 or part.triangles.max() >= len(part.points)):
        raise ImportRefusedError("index_beyond", mesh=name, n=len(part.points))
    return part
