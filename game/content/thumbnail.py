"""A small picture of a model without a window: triangles drawn into an array, lit as the panels' portraits are."""

import io

import numpy as np
from PIL import Image

from game.content.goods_model import DARKEST, Floats, Model
from game.content.imports.images import linear
from game.content.imports.source import Pixels

SIDE_PX, FINER = 192, 2  # drawn larger and reduced
FROM = (0.42, -1.0, 0.42)  # whence it is looked at, as the portraits are
FILL = 0.93
# Light from +X, -X, +Y, -Y, above and below.
LIGHT = np.array([(0.62, 0.58, 0.54), (0.98, 0.96, 0.92), (0.6, 0.6, 0.6), (0.86, 0.84, 0.8), (1.25, 1.2, 1.12),
                  (0.5, 0.44, 0.38)])  # fmt: skip


def thumbnail(model: Model) -> bytes:
    """A PNG of a model from its front, a little from the right and above; transparent where it is not."""
    side = SIDE_PX * FINER
    ahead = -np.array(FROM) / np.linalg.norm(FROM)
    right = np.cross(ahead, (0, 0, 1.0))
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(right, ahead), ahead], 1)
    seen = (model.points - (model.points.min(0) + model.points.max(0)) / 2) @ axes
    low, high = seen[:, :2].min(0), seen[:, :2].max(0)
    scale = FILL * side / max(float((high - low).max()), 1e-9)
    at = (seen[:, :2] - (low + high) / 2) * (scale, -scale) + side / 2
    rgb, alpha = _drawn(model, at, seen[:, 2], side, axes[:, 2])
    image = Image.fromarray(np.concatenate([rgb, alpha[..., None]], -1)).resize(
        (SIDE_PX, SIDE_PX), Image.Resampling.BOX, reducing_gap=None
    )
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawn(model: Model, at: Floats, depth: Floats, side: int, ahead: Floats) -> tuple[Pixels, Pixels]:
    """Colours and coverage of every pixel, by a depth buffer; pixels of all triangles of one size at once."""
    texture = _texture(model)
    lit = _lit(model)
    corners = model.triangles
    face = np.cross(model.points[corners[:, 1]] - model.points[corners[:, 0]],
                    model.points[corners[:, 2]] - model.points[corners[:, 0]])  # fmt: skip
    corners = corners[face @ ahead < 0]
    triangle = at[corners]
    first = np.floor(triangle.min(1)).astype(np.int64).clip(0, side - 1)
    span = (np.ceil(triangle.max(1)).astype(np.int64).clip(0, side) - first).max(1).clip(1)
    nearest = np.full(side * side, np.inf)
    colour = np.zeros((side * side, 3))
    size = 2 ** np.ceil(np.log2(span)).astype(np.int64)
    for edge in np.unique(size):
        rows = np.flatnonzero(size == edge)
        step = max(1, 400_000 // int(edge) ** 2)
        for begin in range(0, len(rows), step):
            some = rows[begin : begin + step]
            _fill(model, corners[some], at, depth, first[some], int(edge), side, nearest, colour, lit, texture)
    covered = np.isfinite(nearest).reshape(side, side)
    return _finished(colour).reshape(side, side, 3), (covered * 255).astype(np.uint8)


def _fill(
    model: Model, corners: np.ndarray, at: Floats, depth: Floats, first: np.ndarray, edge: int, side: int,
    nearest: Floats, colour: Floats, lit: Floats, texture: Floats | None,
) -> None:  # fmt: skip
    """Draw triangles whose boxes are at most `edge` pixels wide."""
    x, y = (q.reshape(-1) for q in np.meshgrid(np.arange(edge), np.arange(edge)))
    px, py = first[:, :1] + x, first[:, 1:] + y
    a, b, c = (at[corners[:, k]] for k in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
    area = np.where(np.abs(area) < 1e-9, np.inf, area)[:, None]
    cx, cy = px + 0.5, py + 0.5
    v = ((cx - a[:, :1]) * (c[:, 1:] - a[:, 1:]) - (c[:, :1] - a[:, :1]) * (cy - a[:, 1:])) / area
    w = ((b[:, :1] - a[:, :1]) * (cy - a[:, 1:]) - (cx - a[:, :1]) * (b[:, 1:] - a[:, 1:])) / area
    u = 1 - v - w
    inside = (u >= -1e-6) & (v >= -1e-6) & (w >= -1e-6) & (px < side) & (py < side) & np.isfinite(area)
    t, p = np.nonzero(inside)
    if not len(t):
        return
    weights = np.stack([u[t, p], v[t, p], w[t, p]], 1)
    far = (depth[corners[t]] * weights).sum(1)
    spot = py[t, p] * side + px[t, p]
    order = np.lexsort((-far, spot))  # the nearest of a pixel comes last and stays
    t, weights, far, spot = t[order], weights[order], far[order], spot[order]
    last = np.append(spot[1:] != spot[:-1], True)
    t, weights, far, spot = t[last], weights[last], far[last], spot[last]
    closer = far < nearest[spot]
    t, weights, far, spot = t[closer], weights[closer], far[closer], spot[closer]
    nearest[spot] = far
    shown = (lit[corners[t]] * weights[:, :, None]).sum(1)
    if texture is not None and model.uv is not None:
        uv = (model.uv[corners[t]] * weights[:, :, None]).sum(1)
        high, wide = texture.shape[:2]
        ix = (uv[:, 0] * wide).astype(np.int64).clip(0, wide - 1)
        iy = (uv[:, 1] * high).astype(np.int64).clip(0, high - 1)
        shown = shown * texture[iy, ix]
    colour[spot] = shown


def _texture(model: Model) -> Floats | None:
    if model.picture is None:
        return None
    with Image.open(io.BytesIO(model.picture.raw), formats=("PNG", "JPEG")) as image:
        return np.asarray(linear(np.asarray(image.convert("RGB"), np.uint8)))


def _lit(model: Model) -> Floats:
    """Colours (n, 3) of the points in the light of the portraits."""
    n = model.normals
    w = n * n
    light = sum(
        w[:, k : k + 1] * np.where(n[:, k : k + 1] > 0, LIGHT[2 * k], LIGHT[2 * k + 1]) for k in range(3)
    )
    return np.asarray(model.rgba[:, :3] * light * (DARKEST + (1 - DARKEST) * model.light)[:, None])


def _finished(c: Floats) -> Pixels:
    """As the game's shader finishes its light: ACES, grade, gamma."""
    c = np.clip(c * (2.51 * c + 0.03) / (c * (2.43 * c + 0.59) + 0.14), 0, 1)
    grey = c @ np.array([0.21, 0.72, 0.07])
    t = np.clip((grey - 0.05) / 0.65, 0, 1)
    warm = (t * t * (3 - 2 * t))[:, None]
    c = (grey[:, None] + (c - grey[:, None]) * 1.10) * (
        np.array([0.97, 0.99, 1.04]) * (1 - warm) + np.array([1.02, 1.0, 0.97]) * warm
    )
    return np.asarray(np.round(255 * np.clip(c, 0, 1) ** (1 / 2.2)), np.uint8)
