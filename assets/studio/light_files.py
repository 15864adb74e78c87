"""Baked light as small files that load fast: 8-bit pictures with a square-root code, half-float probes, place.json.

A place's folder holds
- shell.glb (lit by light_*.png), props.glb (lit by vertex_*.png; a swinging door leaf is a node of its own), glow.glb;
- light_{sun,sky,lamp}.png: the shell's atlas; sun may be twice as fine as the others; texel = (byte / 255)^2 * RANGE;
- vertex_{sun,sky,lamp}.png: one texel a vertex of props.glb, found at TEXCOORD_0, same code;
- probes.npz: lo (2), hi (2), zs (nz), and sun, sky, lamp (nx, ny, nz, 6, 3) float16, cube sides +x -x +y -y +z -z;
- place.json: what the picture needs besides (see `place_document`).
Pictures stand as they are seen: their bottom row is v = 0.
"""

import json
from pathlib import Path

import numpy as np
from PIL import Image

from assets.studio.lighting import LAYERS, Baked, ProbeGrid, Sun

RANGE = 4.0
VERTEX_SIDE = 256
BURIED = 0.02  # sky and lamp light together, below which a texel of the atlas counts as inside something


def encode(light: np.ndarray) -> np.ndarray:
    """Bytes of linear light 0..RANGE, square-root coded; brighter light is clipped."""
    return np.round(np.sqrt(np.clip(light, 0, RANGE) / RANGE) * 255).astype(np.uint8)


def decode(code: np.ndarray) -> np.ndarray:
    """Linear light of square-root coded bytes, float32."""
    return (code.astype(np.float32) / 255) ** 2 * RANGE


def heal(atlas: dict[str, np.ndarray], *, reach: int = 3) -> dict[str, np.ndarray]:
    """Fill the rims of what is buried in other things with the light beside them.

    Texels inside a counter or under a rug see neither sky nor lamp and bake black; filtering would draw them as a dark
    seam along every joint. Those within `reach` texels of lit ones take the mean of their lit neighbours.
    """
    soft = atlas["sky"].max(axis=2) + atlas["lamp"].max(axis=2)
    buried = _grown(soft < BURIED)
    out = {}
    for layer, light in atlas.items():
        times = light.shape[0] // soft.shape[0]
        out[layer] = _filled(light, np.kron(buried, np.ones((times, times), bool)), reach * times)
    return out


def _grown(mask: np.ndarray) -> np.ndarray:
    """The mask and its four neighbours: the denoiser has smeared black into the nearest lit texel."""
    out = mask.copy()
    out[1:] |= mask[:-1]
    out[:-1] |= mask[1:]
    out[:, 1:] |= mask[:, :-1]
    out[:, :-1] |= mask[:, 1:]
    return out


def _filled(light: np.ndarray, hole: np.ndarray, steps: int) -> np.ndarray:
    """Light with its holes grown shut from their rims, one texel a step."""
    out, lit = light.astype(np.float32).copy(), ~hole
    for _ in range(steps):
        total, count = np.zeros_like(out), np.zeros(lit.shape, np.float32)
        known = np.where(lit[..., None], out, 0)
        for axis, way in ((0, 1), (0, -1), (1, 1), (1, -1)):
            total += np.roll(known, way, axis)
            count += np.roll(lit, way, axis)
        fresh = ~lit & (count > 0)
        out[fresh] = total[fresh] / count[fresh][:, None]
        lit |= fresh
    return out


def vertex_uv(count: int) -> np.ndarray:
    """Texel centres (count, 2) of `count` vertices in a picture VERTEX_SIDE wide."""
    i = np.arange(count)
    rows = -(-count // VERTEX_SIDE)
    return np.c_[(i % VERTEX_SIDE + 0.5) / VERTEX_SIDE, (i // VERTEX_SIDE + 0.5) / rows]


def vertex_picture(light: np.ndarray) -> np.ndarray:
    """Vertex light (n, 3) as rows of VERTEX_SIDE texels, the last row filled with black."""
    rows = -(-len(light) // VERTEX_SIDE)
    out = np.zeros((rows * VERTEX_SIDE, 3), np.float32)
    out[: len(light)] = light
    return out.reshape(rows, VERTEX_SIDE, 3)


def write_light(folder: Path, baked: Baked, grid: ProbeGrid) -> None:
    """Write the light pictures and the probes of one place."""
    folder.mkdir(parents=True, exist_ok=True)
    atlas = heal(baked.atlas)
    for layer in LAYERS:
        for name, light in (("light", atlas[layer]), ("vertex", vertex_picture(baked.vertex[layer]))):
            Image.fromarray(encode(light)[::-1]).save(folder / f"{name}_{layer}.png", optimize=True)
    cubes = {layer: baked.probe[layer].astype(np.float16) for layer in LAYERS}
    np.savez_compressed(
        folder / "probes.npz", lo=np.float32(grid.lo), hi=np.float32(grid.hi), zs=np.float32(grid.zs), **cubes
    )


def place_document(
    *,
    sun: Sun,
    room_lo: tuple,
    room_hi: tuple,
    eye: tuple,
    leaves: dict[str, dict],
    moods: dict[str, dict],
    far_m: float,
) -> dict:
    """What place.json says: sun travel direction, box and centre of the reflection probe, door leaves, moods."""
    return {
        "version": 1,
        "models": {"shell": "shell.glb", "props": "props.glb", "glow": "glow.glb"},
        "light_range": RANGE,
        "vertex_side": VERTEX_SIDE,
        "sun_direction": list(sun.direction),
        "reflection": {"lo": list(room_lo), "hi": list(room_hi), "eye": list(eye)},
        "leaves": leaves,
        "far_m": far_m,
        "moods": moods,
    }


def write_place_document(folder: Path, document: dict) -> None:
    """Write place.json, readable and stable."""
    (folder / "place.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
