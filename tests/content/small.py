"""A small sound world on disk: two goods, a street and a shop, with models of plain boxes."""

import json
import struct
from pathlib import Path
from typing import Any

MAKERS = """
[ada]
name = { en = "Ada", zh = "艾达" }
craft = { en = "Hats", zh = "帽子" }
"""

HAT = """
kind = "hat"
maker = "ada"
name = { en = "Hat", zh = "帽子" }
story = { en = "Warm.", zh = "暖和。" }
size_m = [0.3, 0.3, 0.2]
licence = "CC-BY-4.0"

[terms]
price_coins = "12.50"
edition = 30

[wear]
slot = "head"
joint = "head"
"""

CHAIR = """
kind = "chair"
maker = "ada"
name = { en = "Chair", zh = "椅子" }
story = { en = "Firm.", zh = "结实。" }
size_m = [0.5, 0.5, 0.9]
licence = "CC-BY-4.0"

[terms]
price_coins = "40"
edition = 5
"""

STREET = """
kind = "street"
name = { en = "Street", zh = "街" }
keeper = "ada"
spawn = { at_m = [0.0, -3.0, 0.0] }

[[doors]]
id = "inwards"
at_m = [0.0, 0.0, 0.0]
yaw_deg = 0.0
to_place = "shop"
to_door = "outwards"
leaf = "leaf"
"""

SHOP = """
kind = "shop"
name = { en = "Shop", zh = "店" }
keeper = "ada"
spawn = { at_m = [0.0, -2.0, 0.0] }
counter = { at_m = [2.0, -2.0, 0.0] }

[[colliders]]
at_m = [0.0, 0.0, 0.0]
size_m = [2.0, 0.6, 1.0]

[[doors]]
id = "outwards"
at_m = [0.0, -4.0, 0.0]
yaw_deg = 180.0
to_place = "street"
to_door = "inwards"
leaf = "leaf"

[[stands]]
id = "hat_1"
good = "hat"
at_m = [0.0, 0.0, 1.0]

[[stands]]
id = "chair_1"
good = "chair"
at_m = [-2.0, 2.0, 0.0]
"""


# Walls all around, five metres from the middle; last in both files, so that they can be left out.
FENCE = "".join(
    f"\n[[colliders]]\nat_m = [{x}.0, {y}.0, 0.0]\nsize_m = [10.2, 0.2, 3.0]\nyaw_deg = {yaw}.0\n"
    for x, y, yaw in ((0, 5, 0), (0, -5, 0), (5, 0, 90), (-5, 0, 90))
)

CREDITS = """
[[credit]]
files = ["models/*"]
by = "Ada"
licence = "CC-BY-4.0"
"""


def document(size_m: tuple[float, float, float], *, nodes: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """A glTF document with one mesh of 12 triangles and the given width, depth and height, origin bottom-centre."""
    x, y, z = size_m
    return {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": list(range(1 + len(nodes)))}],
        "nodes": [{"mesh": 0, "name": "body"}, *({"name": name} for name in nodes)],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1}]}],
        "accessors": [
            {"componentType": 5126, "type": "VEC3", "count": 8, "min": [-x / 2, 0, -y / 2], "max": [x / 2, z, y / 2]},
            {"componentType": 5123, "type": "SCALAR", "count": 36},
        ],
        **more,
    }


def glb(content: dict[str, Any]) -> bytes:
    chunk = json.dumps(content).encode()
    chunk += b" " * (-len(chunk) % 4)
    return struct.pack("<IIIII", 0x46546C67, 2, 20 + len(chunk), len(chunk), 0x4E4F534A) + chunk


def write_glb(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(glb(content))


def write_world(root: Path) -> Path:
    files = {
        "scenes/makers.toml": MAKERS,
        "scenes/goods/hat.toml": HAT,
        "scenes/goods/chair.toml": CHAIR,
        "scenes/places/street.toml": STREET + FENCE,
        "scenes/places/shop.toml": SHOP + FENCE,
        "assets/CREDITS.toml": CREDITS,
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    write_glb(root / "assets/models/goods/hat.glb", document((0.3, 0.3, 0.2)))
    write_glb(root / "assets/models/worn/hat.glb", document((0.3, 0.3, 0.2)))
    write_glb(root / "assets/models/goods/chair.glb", document((0.5, 0.5, 0.9)))
    write_glb(root / "assets/models/places/street/shell.glb", document((20, 20, 5), nodes=("leaf",)))
    write_glb(root / "assets/models/places/shop/shell.glb", document((8, 8, 3), nodes=("leaf",)))
    return root


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
