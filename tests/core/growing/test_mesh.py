"""Trees as triangles: within budget, lit softly, the same at any growth, and cheap enough to dress."""

import numpy as np
import pytest

from game.core.growing.dress import Dressed, dress, linear
from game.core.growing.growth import growth
from game.core.growing.mesh import BLOSSOM, CLUMP, DETAILS, FAR, HERO, LEAF, MID, NEAR, WOOD, green, hull_m, tree_mesh
from tests.core.growing.trees import SPECIES

SUNWARD = (-0.42, -0.55, 0.72)
MOST = {"hero": 26_000, "near": 8_000, "mid": 2_000, "far": 420}


@pytest.mark.parametrize("name", sorted(SPECIES))
@pytest.mark.parametrize("detail", DETAILS, ids=lambda detail: detail.name)
def test_a_tree_keeps_to_its_budget_and_its_hull(name: str, detail: object) -> None:
    species = SPECIES[name]
    mesh = tree_mesh(species, 2, 0, detail, SUNWARD)  # type: ignore[arg-type]
    for now in (1_100, 2_000):  # in blossom and ripe: leaves and flowers are never all out at once
        drawn = dress(mesh, species, growth(species, 0, 1_000, 2_000, now), 0.0).triangles
        assert len(drawn) <= MOST[detail.name]  # type: ignore[attr-defined]
    assert mesh.triangles.max() < len(mesh.at_m)
    assert np.isfinite(mesh.at_m).all()
    assert np.allclose(np.linalg.norm(mesh.normal, axis=1), 1.0)
    low, high = hull_m(species, 2)
    assert (mesh.at_m >= low - 0.75).all()
    assert (mesh.at_m <= high + 0.75).all()
    for light in (mesh.sky, mesh.sun, mesh.free, mesh.rank):
        assert light.min() >= 0.0
        assert light.max() <= 1.0


@pytest.mark.parametrize("name", ["apple", "pear"])
@pytest.mark.parametrize("detail", [HERO, NEAR, MID], ids=lambda detail: detail.name)
def test_in_full_blossom_flowers_make_the_crown_and_no_bare_clump_shows(name: str, detail: object) -> None:
    species = SPECIES[name]
    mesh = tree_mesh(species, 1, 0, detail, SUNWARD)  # type: ignore[arg-type]
    dressed = dress(mesh, species, growth(species, 0, 1_000, 2_000, 1_100), 0.0)
    kinds = mesh.kind[dressed.triangles[:, 0]]
    assert not (kinds == CLUMP).any()
    assert area_m2(dressed, kinds == BLOSSOM) > 4 * area_m2(dressed, kinds == LEAF)
    petals = np.unique(dressed.triangles[kinds == BLOSSOM])
    lit = dressed.light[petals].sum(1)
    assert np.quantile(lit, 0.9) > 1.5 * np.quantile(lit, 0.1)  # light and shade, not one white


def test_an_evergreen_and_a_vine_stay_green_in_blossom() -> None:
    for name in ("orange", "loquat", "grape", "persimmon"):
        species = SPECIES[name]
        mesh = tree_mesh(species, 1, 0, NEAR, SUNWARD)
        dressed = dress(mesh, species, growth(species, 0, 1_000, 2_000, 1_100), 0.0)
        kinds = mesh.kind[dressed.triangles[:, 0]]
        assert area_m2(dressed, kinds == BLOSSOM) > 0.0
        red, green, _ = dressed.rgba[mesh.kind == CLUMP, :3].mean(0)
        assert green > 1.3 * red


def area_m2(dressed: Dressed, those: np.ndarray) -> float:
    a, b, c = (dressed.at_m[dressed.triangles[those, corner]] for corner in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_coarser_forms_are_a_third_and_a_tenth_and_fill_the_same_room() -> None:
    for species in SPECIES.values():
        near, mid, far = (tree_mesh(species, 1, 0, detail, SUNWARD) for detail in (NEAR, MID, FAR))
        assert len(mid.triangles) < len(near.triangles) / 2
        assert len(far.triangles) < len(near.triangles) / 8
        for coarse in (mid, far):
            assert np.abs(coarse.at_m.max(0) - near.at_m.max(0)).max() < 0.6


def test_the_inside_of_a_crown_is_darker_than_its_outside() -> None:
    mesh = tree_mesh(SPECIES["apple"], 1, 0, NEAR, SUNWARD)
    leaves = mesh.kind == LEAF
    middle = mesh.at_m[mesh.kind == CLUMP].mean(0)
    away = np.linalg.norm(mesh.at_m - middle, axis=1)
    inner, outer = leaves & (away < np.quantile(away[leaves], 0.2)), leaves & (away > np.quantile(away[leaves], 0.8))
    assert mesh.sky[inner].mean() < 0.8 * mesh.sky[outer].mean()
    sunny = (mesh.at_m - middle) @ np.array(SUNWARD)
    assert mesh.sun[leaves & (sunny > 0.6)].mean() > 2 * mesh.sun[leaves & (sunny < -0.6)].mean()


def test_turned_trees_are_lit_by_the_same_sun() -> None:
    for side in range(8):
        mesh = tree_mesh(SPECIES["orange"], 1, side, MID, SUNWARD)
        toward = mesh.at_m @ np.array(SUNWARD)
        leaves = mesh.kind == LEAF
        lit = mesh.sun[leaves & (toward > np.quantile(toward, 0.8))].mean()
        assert lit > 2 * mesh.sun[leaves & (toward < np.quantile(toward, 0.2))].mean()


def test_leaves_blossom_and_bare_wood_show_in_their_seasons() -> None:
    apple = SPECIES["apple"]
    mesh = tree_mesh(apple, 1, 0, NEAR, SUNWARD)

    def kinds(now: int) -> set[int]:
        dressed = dress(mesh, apple, growth(apple, 0, 1_000, 2_000, now), 0.0)
        return set(np.unique(mesh.kind[dressed.triangles]).tolist())

    assert kinds(0) == {WOOD}
    assert kinds(600) == {WOOD, CLUMP, LEAF}
    assert BLOSSOM in kinds(1_080)
    assert BLOSSOM not in kinds(1_600)


def test_from_near_by_leaves_alone_make_a_crown_and_each_has_a_midrib_that_is_lighter() -> None:
    mesh = tree_mesh(SPECIES["apple"], 1, 0, HERO, SUNWARD)
    assert set(np.unique(mesh.kind).tolist()) == {WOOD, LEAF, BLOSSOM}
    leaves = np.flatnonzero(mesh.kind == LEAF).reshape(-1, 7)
    left, midrib, right = (mesh.shade[leaves[:, corner]] for corner in (1, 3, 2))
    assert (midrib > left).all()
    assert (midrib > right).all()
    lean = (mesh.normal[leaves[:, 1]] * mesh.normal[leaves[:, 2]]).sum(1)
    assert lean.max() < 0.95  # its halves are lit differently: it is folded


def test_all_of_a_leaf_is_in_one_light() -> None:
    mesh = tree_mesh(SPECIES["pear"], 1, 3, NEAR, SUNWARD)
    leaves = np.flatnonzero(mesh.kind == LEAF).reshape(-1, 4)
    for light in (mesh.sky, mesh.sun):
        assert (np.ptp(light[leaves], axis=1) == 0.0).all()
        assert np.ptp(light[leaves]) > 0.5  # but not all leaves


def test_leaves_turn_from_green_to_their_autumn_colour() -> None:
    persimmon = SPECIES["persimmon"]
    mesh = tree_mesh(persimmon, 1, 0, NEAR, SUNWARD)
    leaves = mesh.kind == LEAF
    summer, autumn = (
        dress(mesh, persimmon, growth(persimmon, 0, 1_000, 2_000, now), 0.0).rgba[leaves, :3].mean(0)
        for now in (1_900, 2_300)
    )
    assert summer[1] > summer[0]
    assert autumn[0] > 1.5 * autumn[1]


def test_a_tree_that_is_not_in_blossom_looks_the_same_without_its_flowers() -> None:
    apple = SPECIES["apple"]
    ripe = growth(apple, 0, 1_000, 2_000, 2_000)
    full, spare = (dress(tree_mesh(apple, 1, 0, detail, SUNWARD), apple, ripe, 0.0) for detail in (NEAR, green(NEAR)))
    assert len(spare.at_m) < 0.8 * len(full.at_m)
    assert np.array_equal(full.at_m[full.triangles], spare.at_m[spare.triangles])
    assert np.array_equal(full.rgba[full.triangles], spare.rgba[spare.triangles])


def test_hues_tell_neighbours_apart() -> None:
    apple = SPECIES["apple"]
    mesh = tree_mesh(apple, 1, 0, FAR, SUNWARD)
    ripe = growth(apple, 0, 1_000, 2_000, 2_000)
    warm, cool = (dress(mesh, apple, ripe, hue).rgba[mesh.kind == CLUMP, 0].mean() for hue in (1.0, -1.0))
    assert warm > 1.1 * cool


def test_colours_are_linear_light() -> None:
    assert np.allclose(linear("#ffffff"), 1.0)
    assert np.allclose(linear("#000000"), 0.0)
    assert abs(linear("#808080")[0] - 0.2158) < 1e-3
