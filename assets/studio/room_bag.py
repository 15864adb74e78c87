"""The bag of a room that players paint: a fifth column of its parts' colours numbers their paint."""

import numpy as np

from assets.studio.bag import Mesh
from assets.studio.kit import Shape
from assets.studio.palette import Colour
from assets.studio.piece_bag import PaintBag


class RoomBag(PaintBag):
    """A bag for a place whose walls, floor and trim can be repainted; `names` numbers the paints, 0 is none."""

    def __init__(self, seed: int = 7) -> None:
        super().__init__(seed)
        self.names = [""]

    def add(self, shape: Shape, colour: Colour, gloss: float = 0.15, **kw: object) -> None:
        """As in any bag; the colours get their fifth column."""
        super().add(shape, colour, gloss, **kw)
        slot = self.slots[-1]
        if slot not in self.names:
            self.names.append(slot)
        part = self.parts[-1]
        part.rgba = np.c_[part.rgba, np.full(len(part.rgba), self.names.index(slot))]


def parted(mesh: Mesh, names: list[str], base: str) -> dict[str, Mesh]:
    """The mesh by paint: `base` for what has none, else paint_<name>; a mesh of four columns stays whole."""
    if mesh.rgba.shape[1] < 5:
        return {base: mesh}
    number = mesh.rgba[:, 4].round().astype(int)
    out = {}
    for k, name in enumerate(names):
        faces = mesh.f[number[mesh.f[:, 0]] == k]
        if len(faces):
            used, f = np.unique(faces, return_inverse=True)
            part = Mesh(mesh.v[used], mesh.n[used], mesh.rgba[used, :4], f.reshape(-1, 3), mesh.uv[used])
            out[f"paint_{name}" if name else base] = part
    return out


def unpainted(mesh: Mesh) -> Mesh:
    """The same mesh with the four columns of colour and gloss alone."""
    return Mesh(mesh.v, mesh.n, mesh.rgba[:, :4], mesh.f, mesh.uv)
