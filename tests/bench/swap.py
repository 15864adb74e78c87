"""Changing one worn piece in front of the mirror, beside reading that piece through panda3d-gltf.

The player stands before the boutique's mirror and changes top, hat and trousers in turn. The value is by how much the
frame of a change is longer than the frame before it: the step of the world, dressing, skinning, culling and drawing
calls of both pictures; what the graphics card does is left out (`GALLIUM_NOOP`).
"""

import json
import os
import struct
import subprocess
import sys
import tempfile
import time
from math import radians
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from tests.bench.harness import Figure, Result

ROOT = Path(__file__).resolve().parents[2]
WORN = ROOT / "assets" / "models" / "worn"
PIECES = ("yellow_hoodie", "fedora", "blue_jeans", "sailor_tee", "bowler_hat", "rose_skirt")
ROUNDS = 20
AT_M, YAW_DEG = (-1.37, 1.5, 0.0), 0.0  # before the glass, facing it
TARGET_MS = 16.0


class Found(msgspec.Struct):
    """Milliseconds of frames with a change and without, of the first change to each piece, and of panda3d-gltf."""

    swap_ms: list[float]
    still_ms: list[float]
    first_ms: list[float]
    gltf_ms: list[float]


def swap() -> Result:
    """What a change adds to its frame, beside panda3d-gltf reading the same pieces."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.swap", home], cwd=ROOT, check=True, stdout=subprocess.PIPE,
            env={**os.environ, "GALLIUM_NOOP": "1"},
        )  # fmt: skip
    found = msgspec.json.decode(done.stdout.splitlines()[-1], type=Found)
    pieces = len(found.first_ms)
    more = [swap - still for swap, still in zip(found.swap_ms, found.still_ms[pieces:], strict=True)]
    first = [swap - still for swap, still in zip(found.first_ms, found.still_ms[:pieces], strict=True)]
    value, baseline = max(median(more), 0.0), median(found.gltf_ms)
    return Result(
        name="swap", value=value, unit="ms", baseline=Figure(name="read by panda3d-gltf", value=baseline),
        ratio=value / baseline, target="< 16 ms, <= 0.2 x", met=value < TARGET_MS and value <= 0.2 * baseline,
        note=f"{median(first):.1f} ms for the first change to a piece, {max(first):.1f} ms at most; the whole frame "
        f"{median(found.swap_ms):.1f} ms beside {median(found.still_ms):.1f} ms without a change",
    )  # fmt: skip


def measure(home: Path) -> Found:
    """Change pieces in a game of its own; to be run in a process of its own."""
    import gltf

    from game.core.commands import Wear
    from game.core.ids import GoodId

    app = _before_the_mirror(home)
    plain = [_without_morphs(WORN / f"{name}.glb", home / f"{name}.glb") for name in PIECES]
    for path in plain:
        gltf.load_model(str(path))  # its own warm-up
    found = Found([], [], [], [])
    try:
        for turn in range(ROUNDS):
            for name, path in zip(PIECES, plain, strict=True):
                app.frame(1 / 60)
                found.still_ms.append(_ms(lambda: app.frame(1 / 60)))
                app.extra_commands = lambda world, name=name: [Wear(good=GoodId(name))]
                took = _ms(lambda: app.frame(1 / 60))
                app.extra_commands = None
                (found.first_ms if turn == 0 else found.swap_ms).append(took)
                found.gltf_ms.append(_ms(lambda path=path: gltf.load_model(str(path))))
        worn = {item.good for item in app.world.worn.values()}
        if worn != set(PIECES[3:]):
            raise RuntimeError(f"the pieces were not put on: {worn}")
    finally:
        app.close()
    return found


def _ms(do: Any) -> float:
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def _before_the_mirror(home: Path) -> Any:
    from game.client.app import App, Options
    from game.content.load import load_catalogue
    from game.core.ids import GoodId
    from game.core.world import new_world

    found = load_catalogue(ROOT)
    world = new_world(found.places, found.goods, start="boutique", seed=1, session="bench")
    world.owned = {GoodId(name): 1 for name in PIECES}
    world.body.pos_m, world.body.yaw_rad = AT_M, radians(YAW_DEG)
    app = App(world, _NoMarket(), Options(home=home, assets=ROOT / "assets", offscreen=True, msaa=0, hud=False))
    app.frame(0.0)
    app.finish_loading()
    for _ in range(10):
        app.frame(1 / 60)
    return app


class _NoMarket:
    """Sells nothing and says nothing."""

    def submit(self, request: object) -> None: ...

    def poll(self) -> list[Any]:
        return []

    def close(self) -> None: ...


def _without_morphs(path: Path, out: Path) -> Path:
    """A copy without its displacements: panda3d-gltf does not read sparse ones."""
    raw = path.read_bytes()
    (length,) = struct.unpack_from("<I", raw, 12)
    document = json.loads(raw[20 : 20 + length])
    for mesh in document["meshes"]:
        mesh.pop("weights", None)
        for primitive in mesh["primitives"]:
            primitive.pop("targets", None)
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    rest = raw[20 + length :]
    out.write_bytes(struct.pack("<4sIIII", b"glTF", 2, 20 + len(text) + len(rest), len(text), 0x4E4F534A) + text + rest)
    return out


BENCHMARKS = {"swap": swap}

if __name__ == "__main__":
    print(msgspec.json.encode(measure(Path(sys.argv[1]))).decode())
