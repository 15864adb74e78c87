"""A hundred kinds of goods for the hall: the catalogue's models and variations of them, 500 to 2,000 triangles each."""

from pathlib import Path
from random import Random

import msgspec
import numpy as np

from assets.studio.bag import Mesh
from assets.studio.glb import Node, write_glb
from game.client.forms import mesh_of
from game.client.models import load_mesh
from game.core.goods import Good
from game.core.ids import GoodId
from tests.bench.hall import KINDS, hall_goods

ASSETS = Path(__file__).resolve().parents[2] / "assets"
FEWEST, MOST = 500, 2_000
GOODS = "goods.msgpack"
WIDEST_M, HIGHEST_M = 0.36, 0.34


def make_models(folder: Path) -> dict[GoodId, Good]:
    """Write the models into an assets folder, with the game's people beside them, and give their goods."""
    models = folder / "models"
    models.mkdir(parents=True, exist_ok=True)
    for name in ("avatar", "worn"):
        (models / name).symlink_to(ASSETS / "models" / name)
    whole = [mesh_of(load_mesh(path)) for path in sorted((ASSETS / "models" / "goods").glob("*.glb"))]
    whole = [pair for pair in whole if FEWEST <= len(pair[1]) <= MOST]
    sizes_m: dict[str, tuple[float, float, float]] = {}
    rng = Random(11)
    for kind in range(KINDS):
        vertices, triangles = whole[kind % len(whole)]
        varied = _varied(vertices, rng)
        name = f"kind_{kind}"
        mesh = Mesh(v=varied[:, :3], n=varied[:, 3:6], rgba=varied[:, 6:10], uv=varied[:, 10:12], f=triangles)
        write_glb(models / "goods" / f"{name}.glb", [Node(name, mesh)])
        width, depth, height = np.ptp(varied[:, :3], axis=0).tolist()
        sizes_m[name] = (width, depth, height)
    goods = hall_goods(sizes_m)
    (folder / GOODS).write_bytes(msgspec.msgpack.encode(goods))
    return goods


def read_goods(folder: Path) -> dict[GoodId, Good]:
    """The goods whose models `make_models` wrote."""
    return msgspec.msgpack.decode((folder / GOODS).read_bytes(), type=dict[GoodId, Good])


def _varied(vertices: np.ndarray, rng: Random) -> np.ndarray:
    """Another size, other proportions, other colours."""
    out = vertices.astype(np.float64)
    at = out[:, :3]
    at -= [(at[:, 0].min() + at[:, 0].max()) / 2, (at[:, 1].min() + at[:, 1].max()) / 2, at[:, 2].min()]
    scale = np.array([rng.uniform(0.8, 1.2) for _ in range(3)])
    size = np.ptp(at, axis=0) * scale
    scale *= min(WIDEST_M / max(size[0], size[1]), HIGHEST_M / size[2])
    at *= scale
    out[:, 3:6] /= scale
    out[:, 3:6] /= np.maximum(np.linalg.norm(out[:, 3:6], axis=1), 1e-9)[:, None]
    order = rng.sample(range(3), 3)
    out[:, 6:9] = np.clip(out[:, [6 + k for k in order]] * rng.uniform(0.8, 1.2), 0, 1)
    return out
