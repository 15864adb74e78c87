"""Light charts do not overlap, light pictures keep their values, probes mend what is buried."""

import numpy as np
import pytest

from assets.studio.bag import SHELL, Bag
from assets.studio.charts import pack_charts, shelf_pack
from assets.studio.kit import box
from assets.studio.light_files import RANGE, decode, encode, heal, vertex_picture, vertex_uv
from assets.studio.lighting import ProbeGrid
from assets.studio.palette import OAK


def crate_bag(n: int) -> Bag:
    b = Bag()
    for k in range(n):
        b.shell(box(1 + k % 3, 0.5, 0.25), OAK, x=3 * k)
    return b


def test_no_two_charts_share_a_texel() -> None:
    atlas = pack_charts(crate_bag(9).of(SHELL), 256)
    owner = np.zeros((256, 256), int)
    mesh = atlas.mesh
    island = np.arange(len(mesh.v))
    for _ in range(40):  # spread the smallest vertex number over each chart
        for a, b in ((0, 1), (1, 2), (2, 0)):
            low = np.minimum(island[mesh.f[:, a]], island[mesh.f[:, b]])
            np.minimum.at(island, mesh.f[:, a], low)
            np.minimum.at(island, mesh.f[:, b], low)
    for name in np.unique(island):
        uv = mesh.uv[island == name] * 256
        (x0, y0), (x1, y1) = np.floor(uv.min(0)).astype(int), np.ceil(uv.max(0)).astype(int)
        assert not owner[y0:y1, x0:x1].any(), "a chart lies on another"
        owner[y0:y1, x0:x1] = name + 1


def test_sides_that_cannot_be_seen_get_no_chart() -> None:
    b = Bag()
    b.shell(box(1, 1, 1, 0), OAK, keep="Z")
    assert pack_charts(b.of(SHELL), 64).charts == 1
    assert pack_charts(crate_bag(1).of(SHELL), 64).charts == 6


def test_lower_case_names_the_side_that_faces_down_an_axis() -> None:
    b = Bag()
    b.shell(box(1, 1, 1, 0), OAK, keep="y")
    assert np.allclose(pack_charts(b.of(SHELL), 64).mesh.n, (0, -1, 0))


def test_too_many_charts_for_the_picture_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        pack_charts(crate_bag(40).of(SHELL), 32)


def test_a_shelf_that_overflows_is_no_packing() -> None:
    sizes = np.array([(10, 10)] * 5)
    assert shelf_pack(sizes, np.arange(5), 20) is None
    assert shelf_pack(sizes[:4], np.arange(4), 20) is not None


def test_light_survives_its_code_to_within_a_step() -> None:
    light = np.linspace(0, RANGE, 4000)
    step = 2 * np.sqrt(light / RANGE) * RANGE / 255 + RANGE / 255**2
    assert (np.abs(decode(encode(light)) - light) <= step).all()
    assert np.array_equal(encode(decode(np.arange(256, dtype=np.uint8))), np.arange(256))


def test_light_brighter_than_the_range_is_clipped() -> None:
    assert decode(encode(np.array([2 * RANGE])))[0] == pytest.approx(RANGE)


@pytest.mark.parametrize("count", [1, 255, 256, 257, 5000])
def test_every_vertex_finds_its_own_texel(count: int) -> None:
    light = np.arange(count, dtype=float)[:, None].repeat(3, 1)
    picture = vertex_picture(light)
    rows, side = picture.shape[:2]
    x, y = (vertex_uv(count) * (side, rows)).astype(int).T
    assert np.array_equal(picture[y, x, 0], light[:, 0])


def test_probe_points_fill_their_box() -> None:
    grid = ProbeGrid((0, 0), (4, 2), 5, 3, (0.5, 1.5))
    points = grid.points()
    assert points.shape == (5, 3, 2, 3)
    assert np.allclose(points[-1, -1, -1], (4, 2, 1.5))


def test_the_rim_of_a_buried_patch_takes_the_light_beside_it() -> None:
    lit = np.full((16, 16, 3), 0.5, np.float32)
    lit[:, 8:] = 0.0  # under a rug
    healed = heal({"sun": np.kron(lit, np.ones((2, 2, 1), np.float32)), "sky": lit, "lamp": lit}, reach=3)
    assert np.allclose(healed["sky"][:, 8], 0.5)
    assert np.allclose(healed["sun"][:, 17], 0.5)
    assert np.all(healed["sky"][2:-2, 12] == 0.0), "far from the light it stays dark"


def test_shade_is_not_taken_for_buried() -> None:
    shade = np.full((8, 8, 3), 0.05, np.float32)
    atlas = {"sun": np.zeros_like(shade), "sky": shade, "lamp": shade}
    healed = heal(atlas)
    assert all(np.array_equal(healed[layer], atlas[layer]) for layer in atlas)
