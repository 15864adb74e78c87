"""The goods that the studio itself models, and how one becomes a file."""

from collections.abc import Callable

from assets.studio import goods_art, goods_home
from assets.studio.bag import PROPS, Bag, Mesh

GOODS: dict[str, Callable[[Bag], None]] = {
    "paper_lantern_lamp": goods_home.paper_lantern_lamp,
    "brass_desk_lamp": goods_home.brass_desk_lamp,
    "mushroom_lamp": goods_home.mushroom_lamp,
    "bentwood_chair": goods_home.bentwood_chair,
    "oak_stool": goods_home.oak_stool,
    "velvet_armchair": goods_home.velvet_armchair,
    "celadon_vase": goods_home.celadon_vase,
    "ribbed_vase": goods_home.ribbed_vase,
    "bud_vase": goods_home.bud_vase,
    "loquat_print": goods_art.loquat_print,
    "tide_print": goods_art.tide_print,
    "hill_print": goods_art.hill_print,
    "loquat_punnet": goods_art.loquat_punnet,
    "pear_pair": goods_art.pear_pair,
    "orange_bag": goods_art.orange_bag,
}
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
