"""Eyes, irises, mouth, brows and lines of age: domed discs and brush strokes projected on the face."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from .body import EYE, MOUTH_Z, face_point, head
from .parts import Part, srgb
from .shapes import Array, gradient, mirrored, smoothstep, unit


def eye_surface(side: int) -> tuple[Callable[[Array, Array], Array], Array]:
    """The dome that all parts of an eye lie on, (x, z) -> y, and the plane fitted behind it."""
    a = np.linspace(0, 2 * np.pi, 16)
    p = face_point(EYE[0] * side + 0.022 * np.cos(a), EYE[2] + 0.026 * np.sin(a))
    fit = np.linalg.lstsq(np.column_stack([np.ones(16), p[:, 0], p[:, 2]]), p[:, 1], rcond=None)[0]

    def surface(x: Array, z: Array) -> Array:
        dome = 1 - ((x - EYE[0] * side) / 0.0235) ** 2 - ((z - EYE[2]) / 0.028) ** 2
        return fit[0] + fit[1] * x + fit[2] * z - 0.0055 * np.clip(dome, -0.3, 1)

    return surface, fit


def disc(
    at: tuple[float, float], radii: tuple[float, float], lift: float, inner: str, outer: str, side: int,
    *, rings: int = 3, n: int = 20, gloss: float = 0.5,
) -> Part:  # fmt: skip
    """Oval on an eye's dome; its colour runs from inner to outer."""
    (x, z), (rx, rz) = at, radii
    surface, fit = eye_surface(side)
    a, r = np.linspace(0, 2 * np.pi, n, endpoint=False), np.linspace(0, 1, rings + 1)[1:]
    u = np.concatenate([[[0, 0]], np.stack([np.outer(r, np.cos(a)).ravel(), np.outer(r, np.sin(a)).ravel()], 1)])
    px, pz = x + u[:, 0] * rx, z + u[:, 1] * rz
    p = np.column_stack([px, surface(px, pz) - lift, pz])
    fan: list[tuple[int, ...]] = [(0, 1 + i, 1 + (i + 1) % n) for i in range(n)]
    for k in range(rings - 1):
        for i in range(n):
            s, t = 1 + k * n + i, 1 + k * n + (i + 1) % n
            fan += [(s, s + n, t + n), (s, t + n, t)]
    tilt = (px - EYE[0] * side) * 14 + fit[1], -np.ones(len(u)), (pz - EYE[2]) * 12 + fit[2]
    t = smoothstep(0.15, 1, np.sqrt((u**2).sum(1)))[:, None]
    colours = srgb(inner) * (1 - t) + srgb(outer) * t
    return Part(
        colour="#ffffff", mesh=(p, fan, unit(np.column_stack(tilt))), colours=colours, eye=side, gloss=gloss
    )


def stroke(
    points_xz: ArrayLike, widths: Sequence[float] | Array, lift: float, colour: str, side: int = 0, n: int = 6
) -> Part:
    """Soft brush stroke along the face; widths in metres a point."""
    pts, w = np.asarray(points_xz, float), np.asarray(widths, float)
    c = face_point(pts[:, 0], pts[:, 1], lift)
    normal = unit(gradient(lambda p: head(mirrored(p)), c))
    across = unit(np.cross(unit(np.gradient(c, axis=0)), normal))
    a = np.linspace(0, 2 * np.pi, n, endpoint=False)
    ring = np.cos(a)[None, :, None] * across[:, None] + np.sin(a)[None, :, None] * normal[:, None] * 0.6
    v = (c[:, None] + ring * w[:, None, None]).reshape(-1, 3)
    rows = [(i, j) for i in range(len(c) - 1) for j in range(n)]
    f = [(i * n + j, i * n + (j + 1) % n, (i + 1) * n + (j + 1) % n, (i + 1) * n + j) for i, j in rows]
    return Part(colour=colour, mesh=(v, f, unit(ring.reshape(-1, 3))), eye=side, gloss=0.15)


def eye_parts() -> list[Part]:
    """White, iris, pupil, two lights and lash of both eyes."""
    out, s = [], np.linspace(-1, 1, 17)
    for e in (1, -1):
        x, z = EYE[0] * e, EYE[2]
        iris = (x - 0.001 * e, z + 0.001)
        out += [
            disc((x, z), (0.0225, 0.0270), 0.0004, "#fbf7f0", "#e6dccf", e),
            disc(iris, (0.0102, 0.0140), 0.0020, "#120b0a", "#1d100c", e, rings=2, n=16),
            disc((x + 0.0058, z + 0.0092), (0.0056, 0.0064), 0.0028, "#ffffff", "#ffffff", e, rings=1, n=12),
            disc((x - 0.0062, z - 0.0088), (0.0027, 0.0031), 0.0028, "#e8d6c4", "#e8d6c4", e, rings=1, n=8),
        ]
        t = np.radians(90 - e * 76 * s)
        lash = np.column_stack([x + 0.0232 * np.cos(t), z + 0.0276 * np.sin(t)])
        out.append(stroke(lash, 0.0010 + 0.0026 * (1 - s * s) ** 0.5 + 0.0008 * (s > 0), 0.0030, "#2a1713", e))
    return out


def iris_parts() -> list[Part]:
    """Irises, white to grey: they take the eyes' colour."""
    at = [(EYE[0] * e - 0.001 * e, EYE[2] + 0.001) for e in (1, -1)]
    return [disc(xz, (0.0172, 0.0226), 0.0012, "#ffffff", "#6f6a66", e) for xz, e in zip(at, (1, -1), strict=True)]


LINES_SUNK_M = 0.0026  # below the skin; `age` raises them


def age_parts() -> list[Part]:
    """Lines of laughter, of the brow and beside the eyes, under the skin."""
    s, out = np.linspace(-1, 1, 11), []
    thin = 0.0004 + 0.0017 * (1 - s * s) ** 0.5
    for e in (1, -1):
        fold = np.column_stack([e * (0.041 + 0.009 * s - 0.003 * s * s), 1.389 - 0.019 * s])
        out.append(stroke(fold, thin, -LINES_SUNK_M, "#dcb6ac"))
        for dz, tilt in ((0.004, 0.006), (-0.010, -0.006)):
            crow = np.column_stack([e * (0.0815 + 0.007 * s), EYE[2] + dz + tilt * s])
            out.append(stroke(crow, thin * 0.8, -LINES_SUNK_M, "#dcb6ac"))
    for z, wide in ((1.517, 0.034), (1.530, 0.028)):
        brow = np.column_stack([wide * s, z - 0.003 * s * s])
        out.append(stroke(brow, thin * 0.85, -LINES_SUNK_M, "#dcb6ac"))
    return out


def mouth_parts() -> list[Part]:
    """A smile."""
    s = np.linspace(-1, 1, 17)
    line = np.column_stack([0.034 * s, MOUTH_Z - 0.0115 * (1 - np.abs(s) ** 2.2) + 0.003])
    return [stroke(line, 0.0010 + 0.0025 * (1 - s**4), 0.0005, "#8c3b33")]


def brow_parts() -> list[Part]:
    """Brows, white: they take the hair's colour."""
    s, out = np.linspace(-1, 1, 9), []
    for e in (1, -1):
        line = np.column_stack([e * (0.047 + 0.0235 * s), EYE[2] + 0.0455 + 0.0055 * (1 - s * s) - 0.003 * s])
        out.append(stroke(line, 0.0022 + 0.0030 * (1 - s**2) ** 0.6 - 0.0006 * s, 0.0014, "#ffffff"))
    return out
