"""Coarser forms: fewer triangles over the same vertices, about the same shape and colours, kept for the next start."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from game.client.forms import FINE, LEVELS, KeptForms, mesh_of, whole
from game.client.models import load_mesh, mesh
from game.content.coarser import FEWEST, NEARLY_ALL, PARTS, _from_triangles, coarser

GOODS = Path(__file__).resolve().parents[2] / "assets" / "models" / "goods"


def forms_of(vertices, triangles):
    return [form for form in coarser(vertices, triangles) if form is not None]


def ball(bands=24):
    """A ball of a metre's radius, its northern half red, its southern blue, with a seam of doubled vertices between."""
    points, colours, triangles = [], [], []
    for north in (0, 1):
        start = len(points)
        for i, j in product(range(bands // 2 + 1), range(2 * bands)):
            tilt = (i / bands + (0.0 if north else 0.5)) * np.pi
            turn = j / bands * np.pi
            points.append((np.sin(tilt) * np.cos(turn), np.sin(tilt) * np.sin(turn), np.cos(tilt)))
            colours.append((1, 0, 0, 0) if north else (0, 0, 1, 0))
        for i, j in product(range(bands // 2), range(2 * bands)):
            a, b = start + i * 2 * bands + j, start + i * 2 * bands + (j + 1) % (2 * bands)
            c, d = a + 2 * bands, b + 2 * bands
            triangles += [(a, c, d), (a, d, b)]
    node = mesh("ball", np.array(points), np.array(triangles), normals=np.array(points), colours=np.array(colours))
    return mesh_of(node)


def test_a_ball_stays_a_ball_of_two_colours():
    vertices, triangles = ball()
    forms = forms_of(vertices, triangles)
    assert len(forms) == len(PARTS)
    for form, part in zip(forms, PARTS, strict=True):
        assert len(form.triangles) <= max(part * len(triangles), FEWEST)
        corners = vertices[form.triangles]
        middles = corners[:, :, :3].mean(1)
        assert np.abs(np.linalg.norm(middles, axis=1) - 1).max() <= max(1.5 * form.error_m, 0.02)
        # Whole triangles keep one colour, and the right one on each side, away from the border.
        away = np.abs(middles[:, 2]) > max(form.error_m, 0.1)
        assert (corners[away][:, :, 6] == (middles[away, 2] > 0)[:, None]).mean() > 0.9
        outward = np.cross(corners[:, 1, :3] - corners[:, 0, :3], corners[:, 2, :3] - corners[:, 0, :3])
        assert ((outward * middles).sum(1) > -1e-9).all(), "no triangle is turned over"
    errors = [form.error_m for form in forms]
    assert errors == sorted(errors)


@pytest.mark.parametrize("name", ["fedora", "celadon_vase", "bentwood_chair"])
def test_goods_keep_their_bounds_within_what_is_said(name):
    vertices, triangles = mesh_of(load_mesh(GOODS / f"{name}.glb"))
    size = np.ptp(vertices[:, :3], axis=0)
    forms = forms_of(vertices, triangles)
    for form in forms[:4]:
        off = np.abs(np.ptp(vertices[form.triangles.reshape(-1), :3], axis=0) - size)
        assert off.max() <= 2.5 * form.error_m
    assert forms[0].error_m < 0.03 * size.max()


@pytest.mark.parametrize("name", ["fedora", "celadon_vase", "bentwood_chair"])
def test_nearly_all_of_the_whole_is_as_near_as_is_said(name):
    vertices, triangles = mesh_of(load_mesh(GOODS / f"{name}.glb"))
    points = np.unique(np.round(vertices[:, :3].astype(float), 5), axis=0)
    said = []
    for form in forms_of(vertices, triangles):
        corners = vertices[form.triangles, :3].astype(float)
        off = np.array([_from_triangles(np.broadcast_to(p, (len(corners), 3)), *corners.swapaxes(0, 1)).min()
                        for p in points])  # fmt: skip
        assert (off <= form.error_m + 1e-5).mean() >= NEARLY_ALL - 0.002
        said.append(form.error_m / np.quantile(off, NEARLY_ALL))
    assert np.median(said) < 1.3, "and not much nearer"


def test_a_stalk_that_folds_up_is_gone_for_all_of_its_length():
    vertices, triangles = mesh_of(load_mesh(GOODS / "bentwood_chair.glb"))
    folded = forms_of(vertices, triangles)[-1]
    assert folded.error_m > 0.5 * np.ptp(vertices[:, :3], axis=0).max() / 2


def test_how_far_points_are_from_triangles():
    a, b, c = (np.array([corner] * 5, float) for corner in ((0, 0, 0), (2, 0, 0), (0, 2, 0)))
    points = np.array([(0.5, 0.5, 3), (-1, 1, 0), (3, 0, 0), (2, 2, 1), (0.2, 0.2, 0)])
    assert _from_triangles(points, a, b, c) == pytest.approx([3, 1, 1, 3**0.5, 0])
    assert _from_triangles(points, a, a, a) == pytest.approx(np.linalg.norm(points, axis=1)), "flat ones are points"


@pytest.mark.parametrize("triangles", [np.zeros((0, 3), int), np.array([[0, 1, 2]]), np.array([[0, 0, 1]])])
def test_what_cannot_be_coarser_is_left(triangles):
    vertices = np.zeros((3, 12), np.float32)
    vertices[1, 0] = vertices[2, 1] = 1
    for form in forms_of(vertices, triangles):
        assert len(form.triangles) <= len(triangles)


def test_forms_are_kept_for_this_very_file(tmp_path):
    path = tmp_path / "thing.glb"
    path.write_bytes((GOODS / "bud_vase.glb").read_bytes())
    kept = KeptForms(tmp_path / "cache")
    assert kept.kept(path) is None
    made = [form for form in kept.make(path, load_mesh(path)) if form is not None][-1]
    assert len(made.levels) == LEVELS
    again = kept.kept(path)
    assert np.array_equal(again.vertices, made.vertices)
    assert again.reach == made.reach
    for a, b in zip(again.levels, made.levels, strict=True):
        assert np.array_equal(a.matte, b.matte)
        assert np.array_equal(a.shining, b.shining)
        assert a.error_m == pytest.approx(b.error_m)
    assert again.shadow.dark == pytest.approx(made.shadow.dark, abs=1e-6)
    path.write_bytes((GOODS / "ribbed_vase.glb").read_bytes())
    assert kept.kept(path) is None
    assert KeptForms(None).kept(path) is None


def test_a_broken_file_of_forms_is_made_anew(tmp_path):
    path = tmp_path / "thing.glb"
    path.write_bytes((GOODS / "bud_vase.glb").read_bytes())
    kept = KeptForms(tmp_path)
    list(kept.make(path, load_mesh(path)))
    file = next((tmp_path / "forms").glob("*.forms"))
    for broken in (b"", b"\x07" * 400, file.read_bytes()[:-4], b"\xff" * file.stat().st_size):
        file.write_bytes(broken)
        assert kept.kept(path) is None


def test_vertices_of_coarse_levels_come_first():
    node = load_mesh(GOODS / "bud_vase.glb")
    assert len(whole(node).levels) == 1
    forms = [form for form in KeptForms(None).make(Path("none"), node) if form is not None][-1]
    for level in forms.levels[FINE:]:
        for indices in (level.matte, level.shining):
            assert indices.max(initial=0) < forms.reach
    assert forms.reach < len(forms.vertices) * 0.6
