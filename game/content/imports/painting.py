"""What a good is painted with: the colours of its materials at its points, and one picture where colours won't do.

Many models are painted from a picture that is a mere palette: each triangle lies on one colour. Those need no picture.
All other pictures that are used are laid side by side into one.
"""

from dataclasses import dataclass, replace

import numpy as np

from game.content.goods_model import Floats, Ints, Picture
from game.content.imports import limits
from game.content.imports.images import encoded, linear, resized
from game.content.imports.source import Part, Pixels, Source

MOST_TILES = 4  # a picture that repeats more often is told by its colour at each point
EDGE_PX = 3  # repeated round each picture, so that none runs into its neighbour
WHITE_PX = 12
PLAIN = 0.035  # triangles whose picture varies less than this are of one colour
PLAIN_PART = 0.985  # of the surface


@dataclass(frozen=True, slots=True)
class Painted:
    """All parts as one mesh: points, normals or None, triangles, rgba (n, 4), uv (n, 2) and the picture or None."""

    points: Floats
    normals: Floats | None
    triangles: Ints
    rgba: Floats
    uv: Floats | None
    picture: Picture | None


def painted(source: Source) -> Painted:
    """The parts of a source as one mesh with one picture at most."""
    parts = [_plain(part, source) for part in source.parts if len(part.triangles)]
    parts = [both for part in parts for both in _sides(part)]
    used = sorted({part.material.image for part in parts if part.material.image is not None})
    sheet: Pixels | None = None
    places: dict[int, tuple[Floats, Floats]] = {}
    white = (0.5, 0.5)
    if used:
        tiles = {image: _tiles([part for part in parts if part.material.image == image]) for image in used}
        sheet, places, white = _sheet({image: _pixels(source, image) for image in used}, tiles)
    uvs, colours = [], []
    for part in parts:
        rgb = np.array(part.material.colour)[None] * (1.0 if part.colours is None else part.colours)
        colours.append(
            np.concatenate([np.broadcast_to(rgb, (len(part.points), 3)),
                            np.full((len(part.points), 1), part.material.gloss)], 1)
        )  # fmt: skip
        uvs.append(_placed(part, places, white))
    starts = np.cumsum([0, *(len(part.points) for part in parts)])
    have_normals = all(part.normals is not None for part in parts)
    return Painted(
        points=np.concatenate([part.points for part in parts]),
        normals=np.concatenate([part.normals for part in parts if part.normals is not None]) if have_normals else None,
        triangles=np.concatenate([part.triangles + at for part, at in zip(parts, starts, strict=False)]),
        rgba=np.concatenate(colours),
        uv=np.concatenate(uvs) if sheet is not None else None,
        picture=Picture(*encoded(sheet)) if sheet is not None else None,
    )


def _pixels(source: Source, image: int) -> Pixels:
    found = source.images[image]
    assert found is not None
    return found


def _sides(part: Part) -> list[Part]:
    """A part, and its back where it is to be seen from both sides and is open."""
    if not part.material.two_sided or not _open(part):
        return [part]
    back = replace(
        part, triangles=part.triangles[:, ::-1], normals=None if part.normals is None else -part.normals
    )  # fmt: skip
    return [part, back]


def _open(part: Part) -> bool:
    """Whether more than a few of a mesh's edges have one side only."""
    _, at = np.unique(np.round(part.points, 6), axis=0, return_inverse=True)
    t = at.reshape(-1)[part.triangles]
    edges = np.sort(np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]]), axis=1)
    _, times = np.unique(edges[:, 0] * (len(at) + 1) + edges[:, 1], return_counts=True)
    return bool((times == 1).mean() > 0.02)


def sampled(pixels: Pixels, uv: Floats) -> Floats:
    """Linear colours (n, 3) of a picture that repeats without end."""
    high, wide = pixels.shape[:2]
    x = np.floor((uv[:, 0] % 1.0) * wide).astype(np.int64).clip(0, wide - 1)
    y = np.floor((uv[:, 1] % 1.0) * high).astype(np.int64).clip(0, high - 1)
    return linear(pixels[y, x])


def _plain(part: Part, source: Source) -> Part:
    """A part whose picture is a palette, or repeats too often, with colours of its own instead of the picture."""
    image = part.material.image
    if image is None or part.uv is None:
        return replace(part, material=replace(part.material, image=None), uv=None)
    pixels = _pixels(source, image)
    corners = part.uv[part.triangles]
    a, b, c = (corners[:, k] for k in range(3))
    middle = (a + b + c) / 3
    spots = np.stack([sampled(pixels, p) for p in
                      (middle, *((middle + 3 * q) / 4 for q in (a, b, c)), (a + b) / 2 * 0.9 + middle * 0.1,
                       (b + c) / 2 * 0.9 + middle * 0.1, (c + a) / 2 * 0.9 + middle * 0.1)])  # fmt: skip
    varies = np.ptp(np.sqrt(spots), axis=0).max(1)
    p, q, r = (part.points[part.triangles[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(q - p, r - p), axis=1)
    plain = area[varies < PLAIN].sum() > PLAIN_PART * area.sum()
    if not plain and _span(part.uv).max() <= MOST_TILES:
        return part
    if plain:
        at = part.triangles.reshape(-1)
        flat = np.repeat(np.median(spots, axis=0), 3, axis=0)
        # Corners that agree in place and colour are one again.
        key = np.concatenate([at[:, None], np.round(flat * 512).astype(np.int64)], 1)
        _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
        colours, triangles, keep = flat[first], inverse.reshape(-1, 3), at[first]
    else:
        source.note("texture_repeats", mesh=part.name)
        colours, triangles, keep = sampled(pixels, part.uv), part.triangles, np.arange(len(part.points))
    return Part(
        name=part.name, points=part.points[keep], triangles=triangles,
        normals=None if part.normals is None else part.normals[keep],
        colours=colours * (1.0 if part.colours is None else part.colours[keep]),
        material=replace(part.material, image=None),
    )  # fmt: skip


def _span(uv: Floats) -> Floats:
    """How many times a picture repeats across and down."""
    return np.asarray(np.maximum(np.ceil(uv.max(0) - 1e-4) - np.floor(uv.min(0) + 1e-4), 1.0))


def _tiles(parts: list[Part]) -> Floats:
    return np.asarray(np.maximum.reduce([_span(part.uv) for part in parts if part.uv is not None]))


def _placed(part: Part, places: dict[int, tuple[Floats, Floats]], white: tuple[float, float]) -> Floats:
    """Texture coordinates on the common sheet."""
    if part.material.image is None or part.uv is None:
        return np.tile(np.array(white), (len(part.points), 1))
    corner, scale = places[part.material.image]
    return np.asarray(corner + np.clip(part.uv - np.floor(part.uv.min(0) + 1e-4), 0, MOST_TILES) * scale)


def _sheet(
    images: dict[int, Pixels], tiles: dict[int, Floats]
) -> tuple[Pixels, dict[int, tuple[Floats, Floats]], tuple[float, float]]:
    """All pictures side by side in rows, where each is (its corner and the size of one tile), and where it is white."""
    sizes = {k: np.array([p.shape[1], p.shape[0]]) * tiles[k] for k, p in images.items()}
    shrink = 1.0
    for _ in range(60):
        spots, wide, high = _rows({k: np.maximum(np.round(size * shrink), 4).astype(int) for k, size in sizes.items()})
        if max(wide, high) <= limits.TEXTURE_PX:
            break
        shrink *= 0.92
    sheet = np.full((high, wide, 3), 255, np.uint8)
    whole = np.array([wide, high], float)
    places = {}
    for k, (x, y, w, h) in spots.items():
        across, down = (int(n) for n in tiles[k])
        tile = resized(images[k], round(w / across), round(h / down))
        picture = np.tile(tile, (down, across, 1))
        picture = picture if picture.shape[:2] == (h, w) else resized(picture, w, h)
        framed = np.pad(picture, ((EDGE_PX, EDGE_PX), (EDGE_PX, EDGE_PX), (0, 0)), mode="edge")
        sheet[y - EDGE_PX : y + h + EDGE_PX, x - EDGE_PX : x + w + EDGE_PX] = framed
        places[k] = (np.array([x, y]) / whole, np.array([w, h]) / whole / tiles[k])
    return sheet, places, ((wide - WHITE_PX / 2) / wide, (high - WHITE_PX / 2) / high)


def _rows(sizes: dict[int, np.ndarray]) -> tuple[dict[int, tuple[int, int, int, int]], int, int]:
    """Boxes in rows about as wide as they are high together; a white corner is left at the bottom right."""
    order = sorted(sizes, key=lambda k: (-sizes[k][1], k))
    area = sum(int(w + 2 * EDGE_PX) * int(h + 2 * EDGE_PX) for w, h in sizes.values())
    room = max(int(area**0.5), max(int(w) for w, _ in sizes.values()) + 2 * EDGE_PX)
    spots, x, y, row, wide = {}, 0, 0, 0, 0
    for k in order:
        w, h = (int(n) for n in sizes[k])
        if x and x + w + 2 * EDGE_PX > room:
            x, y, row = 0, y + row, 0
        spots[k] = (x + EDGE_PX, y + EDGE_PX, w, h)
        x += w + 2 * EDGE_PX
        row, wide = max(row, h + 2 * EDGE_PX), max(wide, x)
    return spots, wide + WHITE_PX, y + row + WHITE_PX
