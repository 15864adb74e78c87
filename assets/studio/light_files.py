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


def encode(light: np.ndarray) -> np.ndarray:
    """Bytes of linear light 0..RANGE, square-root coded; brighter light is clipped."""
    return np.round(np.sqrt(np.clip(light, 0, RANGE) / RANGE) * 255).astype(np.uint8)


def decode(code: np.ndarray) -> np.ndarray:
    """Linear light of square-root coded bytes, float32."""
    return (code.astype(np.float32) / 255) ** 2 * RANGE


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
    for layer in LAYERS:
        for name, light in (("light", baked.atlas[layer]), ("vertex", vertex_picture(baked.vertex[layer]))):
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
