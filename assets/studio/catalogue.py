"""The goods that the studio itself models, found by scan: the GOODS of each module goods_<subject>.py."""

import importlib
from collections.abc import Callable
from pathlib import Path

from assets.studio.bag import PROPS, Bag, Mesh

MODULES = {
    path.stem: importlib.import_module(f"assets.studio.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("goods_*.py"))
}
GOODS: dict[str, Callable[[Bag], None]] = {
    name: make for module in MODULES.values() for name, make in module.GOODS.items()
}
MODULE_OF: dict[str, str] = {name: stem for stem, module in MODULES.items() for name in module.GOODS}
MOST_TRIANGLES = 2500


def model(name: str) -> Mesh:
    """One good as a mesh, its box standing bottom-centred on the origin.

    Raises ValueError when it has more than MOST_TRIANGLES.
    """
    b = Bag(sum(name.encode()))
    GOODS[name](b)
    mesh = b.mesh(PROPS)
    lo, hi = mesh.v.min(0), mesh.v.max(0)
    mesh.v -= ((lo[0] + hi[0]) / 2, (lo[1] + hi[1]) / 2, lo[2])
    if len(mesh.f) > MOST_TRIANGLES:
        raise ValueError(f"{name}: {len(mesh.f)} triangles; a good has at most {MOST_TRIANGLES}")
    return mesh
