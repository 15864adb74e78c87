"""Light charts: every part's flat sides laid out in one square picture, so that light can be baked into it."""

from dataclasses import dataclass

import numpy as np

from assets.studio.bag import Mesh, Part


@dataclass(slots=True)
class Atlas:
    """A mesh with light coordinates, the denoiser's guide picture (side, side, 4), and how fine it came out."""

    mesh: Mesh
    guide: np.ndarray
    texels_per_m: float
    charts: int


def pack_charts(parts: list[Part], side: int, *, pad: int = 4, least: int = 10) -> Atlas:
    """One planar chart for each part and main direction, shelf-packed into a square of `side` texels.

    `least` texels a chart side keep small faces from blotching; `pad` texels between charts take the bake's margin.
    """
    charts, rects = [], []
    for part in parts:
        v, f = part.local, part.shape.f
        g = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
        g /= np.linalg.norm(g, axis=1, keepdims=True) + 1e-12
        g[:, 2] *= 1.05  # a tie between up and sideways goes up
        axis = np.abs(g).argmax(1)
        facing = axis * 2 + (g[np.arange(len(g)), axis] > 0)
        for d in np.unique(facing):
            if part.keep is not None and "xXyYzZ"[d] not in part.keep:
                continue
            used, local = np.unique(f[facing == d], return_inverse=True)
            uv = np.delete(v[used], d // 2, 1)
            uv = uv - uv.min(0)
            if uv[:, 1].max() > uv[:, 0].max():
                uv = uv[:, ::-1]
            charts.append((part, used, local.reshape(-1, 3), uv))
            rects.append(uv.max(0) * part.density)
    sizes = np.array(rects)
    order = np.argsort(-sizes[:, 1], kind="stable")
    lo, hi = 5.0, 400.0
    for _ in range(18):  # texels a metre: the most that still fits
        mid = (lo + hi) / 2
        fits = shelf_pack(np.maximum(sizes * mid, least) + pad, order, side) is not None
        lo, hi = (mid, hi) if fits else (lo, mid)
    texels = np.maximum(sizes * lo, least)
    places = shelf_pack(texels + pad, order, side)
    if places is None:
        raise ValueError(f"{len(charts)} charts do not fit into {side} texels at any density; use a larger atlas")
    return _laid_out(charts, places, texels, side, pad, lo)


def _laid_out(charts: list, places: np.ndarray, texels: np.ndarray, side: int, pad: int, density: float) -> Atlas:
    guide = np.zeros((side, side, 4), np.float32)
    dice = np.random.default_rng(5)
    v, n, rgba, faces, uvs, start = [], [], [], [], [], 0
    for (part, used, f, uv), corner, size in zip(charts, places, texels, strict=True):
        (x, y), (x2, y2) = corner.astype(int), np.ceil(corner + size + pad).astype(int)
        guide[y:y2, x:x2] = np.r_[dice.uniform(0.05, 1, 3), 1]  # a flat colour a chart keeps the denoiser inside it
        v.append(part.shape.v[used])
        n.append(part.shape.n[used])
        rgba.append(part.rgba[used])
        faces.append(f + start)
        uvs.append((uv / np.maximum(uv.max(0), 1e-9) * size + corner + pad / 2) / side)
        start += len(used)
    mesh = Mesh(*(np.concatenate(a) for a in (v, n, rgba, faces, uvs)))
    return Atlas(mesh, guide, density, len(charts))


def shelf_pack(sizes: np.ndarray, order: np.ndarray, side: int) -> np.ndarray | None:
    """Corners (n, 2) of rectangles set on shelves in the given order, or None when they overflow the square."""
    corners, x, y, row = np.zeros((len(sizes), 2)), 0.0, 0.0, 0.0
    for i in order:
        w, h = np.ceil(sizes[i])
        if x + w > side:
            x, y, row = 0.0, y + row, 0.0
        if w > side or y + h > side:
            return None
        corners[i] = x, y
        x, row = x + w, max(row, h)
    return corners
