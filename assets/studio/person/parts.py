"""What a thing is made of: one-colour parts given as distances or ready meshes, and the vertex arrays they become."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .decimate import decimated
from .shapes import Array, Shape, gradient, unit
from .surface import onto_surface, surface_net

Box = tuple[tuple[float, float, float], tuple[float, float, float]]
Faces = NDArray[np.int64]
Plane = tuple[Array, Array]  # point, normal


def srgb(text: str) -> Array:
    """Linear rgb of a colour such as "#c8503f"."""
    c = np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of one colour, or of two when `paint` tells which faces take the second.

    `step` is the grid's step in metres, `triangles` the budget before cuts, `gloss` 0 matt .. 1 mirror. `cuts` are
    planes along which faces are split so that `paint` (face centres -> bool) has clean edges. `joint` fixes the part
    to one joint; otherwise a skinned good weights it by its place.
    """

    colour: str
    shape: Shape | None = None
    mesh: tuple[Array, list[tuple[int, ...]], Array] | None = None  # points, faces, normals
    box: Box = ((-0.2, -0.2, 1.2), (0.2, 0.2, 1.7))
    step: float = 0.005
    triangles: int = 900
    gloss: float = 0.04
    colours: Array | None = None  # linear rgb a point, for meshes
    eye: int = 0  # +1 left, -1 right: moves as one eye
    cuts: tuple[Plane, ...] = ()
    paint: Callable[[Array], NDArray[np.bool_]] | None = None
    second: str = "#ffffff"
    joint: str = ""


@dataclass
class Arrays:
    """Vertices of one mesh: points, triangles, normals, linear rgb, gloss, occlusion, and whose eye each belongs to."""

    points: Array
    faces: Faces
    normals: Array
    rgb: Array
    gloss: Array
    ao: Array
    eye: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    joint: NDArray[np.str_] = field(default_factory=lambda: np.zeros(0, "U24"))

    def rows(self, faces: NDArray[np.bool_]) -> "Arrays":
        """The mesh of the chosen faces alone."""
        used, new = np.unique(self.faces[faces], return_inverse=True)
        columns = (self.normals, self.rgb, self.gloss, self.ao, self.eye, self.joint)
        n, rgb, gloss, ao, eye, joint = (c[used] for c in columns)
        return Arrays(self.points[used], new.reshape(-1, 3), n, rgb, gloss, ao, eye, joint)


def merged(pieces: list[Arrays]) -> Arrays:
    """Several meshes as one."""
    first = np.cumsum([0] + [len(a.points) for a in pieces])
    faces = np.concatenate([a.faces + k for a, k in zip(pieces, first, strict=False)])
    names = ("points", "normals", "rgb", "gloss", "ao", "eye", "joint")
    cols = {name: np.concatenate([getattr(a, name) for a in pieces]) for name in names}
    return Arrays(faces=faces, **cols)


def part_arrays(part: Part, share: float = 1.0) -> Arrays:
    """The mesh of a part, without occlusion; `share` scales its budget of triangles."""
    if part.mesh:
        v, f, n, c = _ready(part)
    else:
        assert part.shape is not None
        v, q = surface_net(part.shape, *part.box, part.step)
        if not len(q):
            raise ValueError(f"a part of colour {part.colour} has no surface inside its box {part.box}")
        cuts = [(at, normal, None) for at, normal in part.cuts]
        v, f = decimated(onto_surface(part.shape, v), q, int(part.triangles * share), cuts)
        v = onto_surface(part.shape, v)
        n = unit(gradient(part.shape, v, 1.2e-3))
        c = np.tile(srgb(part.colour), (len(v), 1))
    if part.paint:  # faces of the second colour get vertices of their own, so that the edge is sharp
        second = part.paint(v[f].mean(1))
        used, faces = np.unique(f[second], return_inverse=True)
        f = f.copy()
        f[second] = faces.reshape(-1, 3) + len(v)
        v, n = np.concatenate([v, v[used]]), np.concatenate([n, n[used]])
        c = np.concatenate([c, np.tile(srgb(part.second), (len(used), 1))])
    k = len(v)
    return Arrays(
        v, f, n, c, np.full(k, part.gloss), np.ones(k), np.full(k, part.eye), np.full(k, part.joint, dtype="U24")
    )


def _ready(part: Part) -> tuple[Array, Faces, Array, Array]:
    """A ready mesh with its quads split and its triangles turned towards their normals."""
    assert part.mesh is not None
    v, faces, n = part.mesh
    tris = [t for q in faces for t in ([q] if len(q) == 3 else [(q[0], q[1], q[2]), (q[0], q[2], q[3])])]
    f = np.array(tris, np.int64)
    wrong = (np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]]) * n[f[:, 0]]).sum(1) < 0
    f[wrong] = f[wrong][:, ::-1]
    c = part.colours if part.colours is not None else np.tile(srgb(part.colour), (len(v), 1))
    return v, f, n, c
