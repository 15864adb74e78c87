"""The boutique's light in software: as the game draws it at each quality, in flat colours, and by panda3d-simplepbr.

All draw the same meshes from the same spot at 1280 x 720 with one sample a pixel; simplepbr has one sun with a
1024 x 1024 shadow map and ambient light. Flat
colours and simplepbr have nothing of the game's light around them, no bloom either. Each look runs in processes of its
own, in turn, and waits for the driver.
"""

import subprocess
import sys
import tempfile
import time
from math import radians
from pathlib import Path
from statistics import median
from typing import Any

from game.client.quality import LEVELS
from tests.bench.harness import Figure, Result

ROOT = Path(__file__).resolve().parents[2]
LOOKS = ("low", "medium", "high", "unlit", "pbr")
ROUNDS, FRAMES, WARM_UP = 3, 12, 3
EYE_M, YAW_DEG = (0.0, -2.6, 0.0), 0.0  # from the door into the shop


def light() -> Result:
    """Median milliseconds a frame of the boutique on Low; the others, and Medium and High, beside it."""
    found: dict[str, list[float]] = {look: [] for look in LOOKS}
    with tempfile.TemporaryDirectory() as home:
        for _ in range(ROUNDS):
            for look in LOOKS:
                found[look].append(_in_process(look, home))
    low, medium, high, unlit, pbr = (median(found[look]) for look in LOOKS)
    return Result(
        name="light", value=low, unit="ms", baseline=Figure(name="unlit", value=unlit),
        limit=Figure(name="panda3d-simplepbr", value=pbr), ratio=low / unlit, target="<= 1.3 x unlit on Low",
        met=low <= 1.3 * unlit,
        note=f"Medium {medium:.0f} ms, {medium / unlit:.2f} x unlit; High {high:.0f} ms, {high / unlit:.2f} x; "
        f"simplepbr with one shadowed sun {pbr:.0f} ms, {pbr / unlit:.2f} x",
    )  # fmt: skip


def _in_process(look: str, home: str) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.light", look, home], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return float(done.stdout.split()[-1])


def frame_ms(look: str, home: Path) -> float:
    """Milliseconds of a frame in one look, the median of some."""
    app = _boutique(home, look if look in LEVELS else "low")
    app.mirror.scale = 0.0  # a second picture of the shop says nothing about its light
    app.frame(0.0)
    if look == "unlit":
        _unlit(app)
    elif look == "pbr":
        _pbr(app)
    took = []
    for _ in range(WARM_UP + FRAMES):
        begun = time.perf_counter()
        app.stage.draw()
        took.append((time.perf_counter() - begun) * 1000)
    return median(took[WARM_UP:])


def _boutique(home: Path, quality: str) -> Any:
    from game.client.app import App, Options
    from game.client.late_market import LateMarket
    from game.content.load import load_catalogue
    from game.core.world import new_world

    found = load_catalogue(ROOT)
    world = new_world(found.places, found.goods, start="boutique", seed=1, session="bench")
    world.body.pos_m, world.body.yaw_rad = EYE_M, radians(YAW_DEG)
    options = Options(home=home, assets=ROOT / "assets", offscreen=True, quality=quality, msaa=0, hud=False)
    app = App(world, LateMarket(_NoMarket), options)
    app.frame(0.0)
    app.finish_loading()
    app.frame(0.0)
    return app


class _NoMarket:
    """Sells nothing and says nothing."""

    def submit(self, request: object) -> None: ...

    def poll(self) -> list[Any]:
        return []

    def close(self) -> None: ...


def _unlit(app: Any) -> None:
    from game.client import flat_shaders

    _strip(app)
    app.stage.root.set_shader(flat_shaders.flat(), 1)
    app.stage.root.set_shader_input("tint", (1, 1, 1, 1))


def _pbr(app: Any) -> None:
    import simplepbr
    from panda3d.core import AmbientLight, DirectionalLight, Material, NodePath

    _strip(app)
    _index_shadows_by_constant()
    base, root = app.stage.base, app.stage.root
    simplepbr.init(
        render_node=root, window=base.win, camera_node=base.cam, msaa_samples=0, max_lights=1, enable_shadows=True
    )
    material = Material()
    material.set_base_color((1, 1, 1, 1))
    material.set_roughness(0.6)
    material.set_metallic(0)
    root.set_material(material, 1)
    sun = DirectionalLight("sun")
    sun.set_color((4, 3.6, 3, 1))
    sun.set_shadow_caster(True, 1024, 1024)
    sun.get_lens().set_film_size(14, 12)
    sun.get_lens().set_near_far(1, 30)
    lamp: NodePath = root.attach_new_node(sun)
    lamp.set_pos(-8, -2.7, 5)
    lamp.look_at(0, 0, 0)
    ambient = AmbientLight("ambient")
    ambient.set_color((0.3, 0.33, 0.4, 1))
    root.set_light(lamp)
    root.set_light(root.attach_new_node(ambient))


def _strip(app: Any) -> None:
    """Take the game's own light off every mesh; what only looks like light goes with it."""
    from panda3d.core import GeomNode, RenderState, ShaderAttrib

    for name in ("mirror glass", "contact shadows"):
        for node in app.street.here.root.find_all_matches(f"**/{name}"):
            node.remove_node()
    for path in app.stage.root.find_all_matches("**"):
        path.clear_attrib(ShaderAttrib)
        path.clear_tag("variant")
        if isinstance(path.node(), GeomNode):
            for index in range(path.node().get_num_geoms()):
                path.node().set_geom_state(index, RenderState.make_empty())


def _index_shadows_by_constant() -> None:
    """Software OpenGL crashes where simplepbr finds a shadow map by a loop's variable."""
    from simplepbr import shaders

    name, call = "simplepbr.frag", "shadow_caster_contrib(p3d_LightSource[i].shadowMap, v_shadow_pos[i])"
    source = shaders.shaders[name]
    if call not in source:
        raise RuntimeError(f"{name} of this panda3d-simplepbr is not the one that this benchmark knows how to run")
    shaders.shaders[name] = source.replace(call, call.replace("[i]", "[0]"))


BENCHMARKS = {"light": light}

if __name__ == "__main__":
    print(frame_ms(sys.argv[1], Path(sys.argv[2])))
