"""Small meshes made here: contact shadows, footprints, rulers, stand-ins. Metres, core space."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from panda3d.core import GeomNode

from game.client.models import mesh
from game.core.goods import Vec3

_QUAD = ((-1.0, -1.0, 0.0), (1.0, -1.0, 0.0), (1.0, 1.0, 0.0), (-1.0, 1.0, 0.0))
_QUAD_UV = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
_CORNERS = tuple((x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0.0, 1.0))
_FACES = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (1, 5, 7, 3), (0, 2, 6, 4))
_FACE_NORMALS = ((-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 1, 0), (0, 0, 1), (0, 0, -1))


def quads(
    name: str, centres: Sequence[Vec3], halves: Sequence[tuple[float, float]], yaws_rad: Sequence[float],
    colours: Sequence[Sequence[float]],
) -> GeomNode:  # fmt: skip
    """Flat rectangles that face up, as one mesh: centre, half width and depth, yaw and colour of each."""
    count = len(centres)
    points = np.tile(np.array(_QUAD, np.float32), (count, 1, 1))
    if count:
        points[:, :, :2] *= np.array(halves, np.float32)[:, None, :]
        c, s = np.cos(yaws_rad)[:, None], np.sin(yaws_rad)[:, None]
        x, y = points[:, :, 0].copy(), points[:, :, 1].copy()
        points[:, :, 0], points[:, :, 1] = c * x - s * y, s * x + c * y
        points += np.array(centres, np.float32)[:, None, :]
    tints = np.repeat(np.array(colours, np.float32).reshape(count, 4), 4, axis=0)
    uv = np.tile(np.array(_QUAD_UV, np.float32), (count, 1))
    return mesh(name, points.reshape(-1, 3), _of_quads(count), colours=tints, uv=uv)


def _of_quads(count: int) -> np.ndarray:
    """The triangles (2 count, 3) of quads with four corners each, in order."""
    two = np.array(((0, 1, 2), (0, 2, 3)), np.uint32)
    return (two[None] + 4 * np.arange(count, dtype=np.uint32)[:, None, None]).reshape(-1, 3)


def upright(name: str, width_m: float, height_m: float, colour: Sequence[float] = (1, 1, 1, 1)) -> GeomNode:
    """A rectangle that stands on its bottom middle and faces +Y."""
    x = width_m / 2
    points = np.array([[x, 0, 0], [-x, 0, 0], [-x, 0, height_m], [x, 0, height_m]], np.float32)
    normals = np.tile(np.array([0, 1, 0], np.float32), (4, 1))
    return mesh(name, points, _of_quads(1), normals=normals, colours=colour, uv=np.array(_QUAD_UV, np.float32))


def bars(name: str, boxes: Iterable[tuple[Vec3, Vec3, Sequence[float]]]) -> GeomNode:
    """Boxes (bottom centre, size, colour) as one mesh with flat faces; frames, ticks and rulers are made of them."""
    points, normals, colours = [], [], []
    unit = np.array(_CORNERS, np.float32)
    for at, size, colour in boxes:
        corners = unit * np.array(size, np.float32) + np.array(at, np.float32)
        for face, normal in zip(_FACES, _FACE_NORMALS, strict=True):
            points.append(corners[list(face)])
            normals.append(np.tile(np.array(normal, np.float32), (4, 1)))
            colours.append(np.tile(np.array(colour, np.float32), (4, 1)))
    return mesh(
        name, np.concatenate(points), _of_quads(len(points)), normals=np.concatenate(normals),
        colours=np.concatenate(colours),
    )  # fmt: skip


def lit_boxes(name: str, boxes: Sequence[tuple[Vec3, Vec3, float]], colour: Sequence[float]) -> GeomNode:
    """Boxes (bottom centre, size, yaw in radians) as one mesh for the probe shader: nothing of it occludes itself."""
    at, size = (np.array([box[k] for box in boxes], np.float32).reshape(-1, 1, 3) for k in (0, 1))
    yaw = np.array([box[2] for box in boxes], np.float32)[:, None]
    points = np.array(_CORNERS, np.float32)[np.array(_FACES)].reshape(1, 24, 3) * size
    normals = np.repeat(_FACE_NORMALS, 4, axis=0)[None]
    cos, sin = np.cos(yaw), np.sin(yaw)

    def turned(a: np.ndarray) -> np.ndarray:
        return np.stack([cos * a[..., 0] - sin * a[..., 1], sin * a[..., 0] + cos * a[..., 1],
                         np.broadcast_to(a[..., 2], (len(boxes), 24))], -1)  # fmt: skip

    return _unoccluded(
        mesh(
            name, (turned(points) + at).reshape(-1, 3), _of_quads(6 * len(boxes)),
            normals=turned(normals).reshape(-1, 3), colours=colour,
        )
    )  # fmt: skip


def striped_box(name: str, size_m: Vec3, stripes: int = 6) -> GeomNode:
    """A box in orange and cream stripes: plainly a stand-in, of the right size."""
    w, d, h = size_m
    step = h / stripes
    colours = ((0.75, 0.25, 0.05, 0.1), (0.80, 0.72, 0.55, 0.1))
    return _unoccluded(bars(name, [((0, 0, i * step), (w, d, step), colours[i % 2]) for i in range(stripes)]))


def _unoccluded(node: GeomNode) -> GeomNode:
    for geom in node.modify_geoms():
        raw = memoryview(geom.modify_vertex_data().modify_array(0)).cast("B")
        np.frombuffer(raw, np.float32).reshape(-1, 12)[:, 10] = 1.0
    return node


def frame(width_m: float, depth_m: float, thick_m: float, colour: Sequence[float]) -> GeomNode:
    """The outline of a rectangle on the floor, centred on the origin."""
    w, d, t = width_m / 2, depth_m / 2, thick_m
    return bars(
        "frame",
        [
            ((0, -d, 0), (2 * w + t, t, 0.002), colour),
            ((0, d, 0), (2 * w + t, t, 0.002), colour),
            ((-w, 0, 0), (t, 2 * d - t, 0.002), colour),
            ((w, 0, 0), (t, 2 * d - t, 0.002), colour),
        ],
    )


def forbidden(radius_m: float, colour: Sequence[float], segments: int = 40) -> GeomNode:
    """A ring crossed by a bar, upright, facing -Y: "not here" in any language."""
    angles = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    rim = np.stack([np.cos(angles), np.zeros(segments), np.sin(angles)], 1)
    points = np.concatenate([rim * radius_m, rim * radius_m * 0.76]).astype(np.float32)
    i = np.arange(segments, dtype=np.uint32)
    j = (i + 1) % segments
    ring = np.stack([np.stack([i, j, j + segments], 1), np.stack([i, j + segments, i + segments], 1)], 1).reshape(-1, 3)
    along, across = np.array([0.6, 0, -0.6]) * radius_m, np.array([0.085, 0, 0.085]) * radius_m
    bar = np.stack([-along - across, along - across, along + across, -along + across]).astype(np.float32)
    triangles = np.concatenate([ring, _of_quads(1) + 2 * segments])
    return mesh("forbidden", np.concatenate([points, bar]), triangles, colours=colour)


def disc_shadow(name: str, radius_m: float, dark: float = 0.55, rings: int = 5, segments: int = 20) -> GeomNode:
    """A round darkness that fades outwards, just above the floor."""
    angles = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles), np.zeros(segments)], 1)
    parts = np.linspace(0.0, 1.0, rings + 1)
    points = np.concatenate([circle * radius_m * part for part in parts])
    points[:, 2] = 0.004
    tints = np.zeros((len(points), 4), np.float32)
    tints[:, :3] = (0.05, 0.03, 0.02)
    tints[:, 3] = np.repeat(dark * (1 - parts) ** 1.3, segments)
    i = np.arange(segments, dtype=np.uint32)
    j = (i + 1) % segments
    band = np.concatenate([np.stack([i, i + segments, j + segments], 1), np.stack([i, j + segments, j], 1)])
    triangles = np.concatenate([band + ring * segments for ring in range(rings)])
    return mesh(name, points.astype(np.float32), triangles, colours=tints)


def diamond(
    name: str, radius_m: float, height_m: float, light: Sequence[float], shade: Sequence[float]
) -> GeomNode:
    """A stone of eight faces on its tip, its faces painted light and dark in turn."""
    middle = height_m * 0.62
    rim = [(radius_m, 0, middle), (0, radius_m, middle), (-radius_m, 0, middle), (0, -radius_m, middle)]
    points, colours = [], []
    for number in range(4):
        a, b = rim[number], rim[(number + 1) % 4]
        for tip, order, dark in (((0, 0, height_m), (a, b), number % 2), ((0, 0, 0), (b, a), 1 - number % 2)):
            points += [tip, *order]
            colours += [shade if dark else light] * 3
    triangles = np.arange(len(points), dtype=np.uint32).reshape(-1, 3)
    return mesh(name, np.array(points, np.float32), triangles, colours=np.array(colours, np.float32))
