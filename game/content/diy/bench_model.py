"""A good that grows: shapes in their colours, some of them painted with one picture, to one shaded model."""

from collections.abc import Sequence

import numpy as np

from game.content.goods_model import Floats, Model, Picture
from game.content.imports.images import encoded
from game.content.imports.source import Pixels
from game.content.shading import light_reaching
from game.content.shapes import Points, Shape, rotation

WHITE_PX = 12
EDGE_PX = 3


def colour(hex_srgb: str) -> Floats:
    """Linear RGB (3,) of "#rrggbb"."""
    c = np.array([int(hex_srgb[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.asarray(np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4))


class Growing:
    """Collects shapes; `model` makes one of them. With a picture, shapes are white on it unless they have a `uv`."""

    def __init__(self) -> None:
        self._shapes: list[Shape] = []
        self._rgba: list[Floats] = []
        self._uv: list[Floats | None] = []

    def add(
        self, shape: Shape, paint: Floats, gloss: float = 0.15, *, uv: Floats | None = None,
        at: Sequence[float] = (0.0, 0.0, 0.0), turn_deg: Sequence[float] = (0.0, 0.0, 0.0),
    ) -> None:  # fmt: skip
        """Add a shape in one colour or one a point; `uv` (n, 2) is where on the picture each point is."""
        turn = rotation(*turn_deg)
        self._shapes.append(Shape(shape.v @ turn.T + np.asarray(at, float), shape.n @ turn.T, shape.f))
        rgb = np.broadcast_to(paint, (len(shape.v), 3))
        self._rgba.append(np.concatenate([np.clip(rgb, 0, 1), np.full((len(shape.v), 1), gloss)], 1))
        self._uv.append(uv)

    def model(self, pixels: Pixels | None = None, *, shade_floor: bool = False) -> Model:
        """All of it, bottom centre on the origin."""
        starts = np.cumsum([0, *(len(shape.v) for shape in self._shapes)])
        points = np.concatenate([shape.v for shape in self._shapes])
        normals = np.concatenate([shape.n for shape in self._shapes])
        triangles = np.concatenate([shape.f + at for shape, at in zip(self._shapes, starts, strict=False)])
        low, high = points.min(0), points.max(0)
        points = points - np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
        points = np.round(points, 6)
        light = light_reaching(points, normals, triangles.astype(np.int64))
        uv = picture = None
        if pixels is not None and any(uv is not None for uv in self._uv):
            sheet, corner, scale, white = with_white(pixels)
            picture = Picture(*encoded(sheet))
            uv = np.concatenate(
                [np.tile(np.array(white), (len(shape.v), 1)) if own is None else corner + own * scale
                 for shape, own in zip(self._shapes, self._uv, strict=True)]
            )  # fmt: skip
        return Model(
            points=points, normals=normals, rgba=np.concatenate(self._rgba), light=light,
            triangles=triangles.astype(np.int64), uv=uv, picture=picture,
        )  # fmt: skip


def with_white(pixels: Pixels) -> tuple[Pixels, Floats, Floats, tuple[float, float]]:
    """A picture with a white strip below it for what is not painted: corner and size of the picture, a white spot."""
    high, wide = pixels.shape[:2]
    framed = np.pad(pixels, ((EDGE_PX, EDGE_PX), (EDGE_PX, EDGE_PX), (0, 0)), mode="edge")
    white = np.full((WHITE_PX, framed.shape[1], 3), 255, np.uint8)
    sheet = np.concatenate([framed, white])
    whole = np.array([sheet.shape[1], sheet.shape[0]], float)
    spot = (0.5, (sheet.shape[0] - WHITE_PX / 2) / sheet.shape[0])
    return sheet, np.array([EDGE_PX, EDGE_PX]) / whole, np.array([wide, high]) / whole, spot


def frame(wide: float, high: float, bar: float, deep: float) -> Shape:
    """A picture frame round an opening of `wide` by `high`, its bars `bar` wide, mitred, rounded, front to -Y.

    The opening's centre is on x = 0, z = 0; the back is on y = 0.
    """
    profile = np.array(  # how far out of the opening, how far to the front
        [(0.0, 0.35), (0.0, 0.72), (0.10, 0.86), (0.30, 0.97), (0.52, 1.0), (0.74, 0.95), (0.90, 0.82), (1.0, 0.62),
         (1.0, 0.0)]
    )  # fmt: skip
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float)
    rings = []
    for out, front in profile:
        half = np.array([wide / 2 + bar * out, high / 2 + bar * out])
        ring = corners * half
        rings.append(np.c_[ring[:, 0], np.full(4, -deep * front), ring[:, 1]])
    points, normals, faces = [], [], []
    slope = np.gradient(profile, axis=0)
    for side in range(4):  # each bar has normals of its own, so that the mitre is seen
        a, b = side, (side + 1) % 4
        along = corners[b] - corners[a]
        out = np.array([along[1], -along[0]]) / 2
        for k in range(len(profile)):
            to, ahead = -deep * slope[k, 1], bar * slope[k, 0]
            n = np.array([out[0] * to, -ahead, out[1] * to])
            n /= max(float(np.linalg.norm(n)), 1e-12)
            points += [rings[k][a], rings[k][b]]
            normals += [n, n]
        at = len(points) - 2 * len(profile)
        for k in range(len(profile) - 1):
            p, q, r, s = at + 2 * k, at + 2 * k + 1, at + 2 * k + 3, at + 2 * k + 2
            faces += [(p, q, r), (p, r, s)]
    return _outward(Shape(np.array(points), np.array(normals), np.array(faces)))


def _outward(shape: Shape) -> Shape:
    """Triangles turned so that they agree with the normals of their points."""
    face = np.cross(shape.v[shape.f[:, 1]] - shape.v[shape.f[:, 0]], shape.v[shape.f[:, 2]] - shape.v[shape.f[:, 0]])
    turned = (face * shape.n[shape.f].sum(1)).sum(1) < 0
    f = shape.f.copy()
    f[turned] = f[turned][:, ::-1]
    return Shape(shape.v, shape.n, f)


def panel(wide: float, high: float, *, columns: int = 6, rows: int = 6) -> tuple[Shape, Floats]:
    """A flat face in the xz plane towards -Y round its centre, and its texture coordinates."""
    x, z = np.meshgrid(np.linspace(0, 1, columns + 1), np.linspace(0, 1, rows + 1))
    points = np.c_[(x.ravel() - 0.5) * wide, np.zeros(x.size), (z.ravel() - 0.5) * high]
    i, j = (q.ravel() for q in np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij"))
    a = i * (columns + 1) + j
    f = np.concatenate([np.stack([a, a + 1, a + columns + 2], 1), np.stack([a, a + columns + 2, a + columns + 1], 1)])
    uv = np.stack([x.ravel(), 1 - z.ravel()], 1)
    return Shape(points, np.tile((0.0, -1.0, 0.0), (len(points), 1)), f), uv


def outline(points: Points) -> Floats:
    """Points as an array."""
    return np.asarray(points, float)
