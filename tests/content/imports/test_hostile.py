"""Files made to do harm are refused in words, in bounded time and memory."""

import io
import json
import struct
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image

from game.content.imports import limits
from game.content.imports.importer import import_bytes
from game.content.imports.notes import ImportRefusedError
from tests.content.imports import files

SOON_SECS = 8.0  # of work


def changed(change: Callable[[dict[str, Any]], None], *, picture: bytes = b"") -> bytes:
    document, blob = files.document(picture=picture)
    change(document)
    return files.packed(document, blob)


def refused(raw: bytes, ending: str = ".glb") -> str:
    begun = time.process_time()
    with pytest.raises(ImportRefusedError) as caught:
        import_bytes(raw, ending)
    assert time.process_time() - begun < SOON_SECS
    return caught.value.note.key


def bomb() -> bytes:
    """A PNG of 30,000 x 30,000 pixels in some kilobytes."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("extension", ["KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_texture_basisu"])
def test_compressed_files_are_refused_by_the_name_of_the_compression(extension: str) -> None:
    with pytest.raises(ImportRefusedError) as caught:
        import_bytes(changed(lambda d: d.update(extensionsRequired=[extension], extensionsUsed=[extension])), ".glb")
    assert caught.value.note.key == "extension_compressed"
    assert caught.value.note.values["extension"] == extension


def test_an_unknown_extension_is_refused_only_where_it_is_required() -> None:
    assert refused(changed(lambda d: d.update(extensionsRequired=["EXT_magic"]))) == "extension_unknown"
    import_bytes(changed(lambda d: d.update(extensionsUsed=["EXT_magic"])), ".glb")
    import_bytes(changed(lambda d: d.update(extensionsRequired=["KHR_mesh_quantization"])), ".glb")


def cycle(document: dict[str, Any]) -> None:
    document["nodes"] = [{"children": [1]}, {"children": [0], "mesh": 0}]


def diamond(document: dict[str, Any]) -> None:
    """Each node has the next one twice: 2 ** 40 visits for who follows all ways."""
    document["nodes"] = [{"children": [k + 1, k + 1]} for k in range(40)] + [{"mesh": 0}]


def deep(document: dict[str, Any]) -> None:
    document["nodes"] = [{"children": [k + 1]} for k in range(500)] + [{"mesh": 0}]


def many_shown(document: dict[str, Any]) -> None:
    document["nodes"] = [{"mesh": 0} for _ in range(9_000)]
    document["scenes"] = [{"nodes": list(range(9_000))}]
    document["meshes"][0]["primitives"] *= 500


def huge_count(document: dict[str, Any]) -> None:
    document["accessors"][0]["count"] = 2**31 - 1


def empty_but_huge(document: dict[str, Any]) -> None:
    """No data at all: zeros, as the specification has it."""
    document["accessors"].append({"componentType": 5126, "count": 5_999_999, "type": "VEC3"})
    document["meshes"][0]["primitives"][0]["attributes"] = {"POSITION": 4}
    document["nodes"] = [{"mesh": 0} for _ in range(200)]
    document["scenes"] = [{"nodes": list(range(200))}]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (cycle, "glb_loop"),
        (diamond, "glb_loop"),
        (deep, "glb_deep"),
        (many_shown, "glb_many"),
        (huge_count, "too_many_points"),
        (empty_but_huge, "too_many_points"),
        (lambda d: d["accessors"][0].update(byteOffset=2**30), "glb_overrun"),
        (lambda d: d["accessors"][2].update(componentType=5126), "glb_overrun"),
        (lambda d: d["bufferViews"][0].update(byteOffset=2**31), "glb_overrun"),
        (lambda d: d["bufferViews"][0].update(byteStride=4), "glb_overrun"),
        (lambda d: d["accessors"][0].update(type="VEC2"), "glb_type"),
        (lambda d: d["accessors"][0].update(componentType=9), "glb_type"),
        (lambda d: d["accessors"][0].update(count=-1), "glb_json"),
        (lambda d: d["accessors"][0].update(count="many"), "glb_json"),
        (lambda d: d["nodes"][0].update(mesh=7), "glb_missing"),
        (lambda d: d["meshes"][0]["primitives"][0].update(material=7), "glb_missing"),
        (lambda d: d["meshes"][0]["primitives"][0]["attributes"].update(NORMAL=2), "glb_type"),
        (lambda d: d["nodes"][0].update(scale=[1e300, 1e300, 1e300]), "not_finite"),
        (lambda d: d["nodes"][0].update(translation=[1e30, 0, 0]), "too_far_out"),
        (lambda d: d["nodes"][0].update(scale=[0, 0, 0]), "nothing_there"),
        (lambda d: d["buffers"][0].update(uri="../../../etc/passwd"), "outside_buffer"),
        (lambda d: d["buffers"][0].update(uri="data:application/octet-stream;base64,AAAA"), "outside_buffer"),
        (lambda d: d.update(scenes=[{"nodes": []}]), "nothing_there"),
        (lambda d: d.update(meshes=[{"primitives": []}]), "nothing_there"),
    ],
)
def test_a_glb_made_to_do_harm_is_refused_in_words(change: Callable[[dict[str, Any]], None], key: str) -> None:
    assert refused(changed(change)) == key


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda d: d["images"][0].update(uri="https://example.org/track.png"), "outside_image"),
        (lambda d: d["images"].__setitem__(0, {"uri": "file:///etc/passwd"}), "outside_image"),
        (lambda d: d["images"].__setitem__(0, {"uri": "data:image/png;base64,AAAA"}), "outside_image"),
        (lambda d: d["bufferViews"][4].update(byteLength=20), "image_damaged"),
        (lambda d: d["bufferViews"][4].update(byteOffset=0), "image_format"),
        (lambda d: d["textures"][0].update(source=4), "glb_missing"),
    ],
)
def test_pictures_outside_or_damaged_are_refused_by_name(change: Callable[[dict[str, Any]], None], key: str) -> None:
    assert refused(changed(change, picture=files.png())) == key


def test_a_picture_that_unfolds_without_end_is_refused_before_it_does() -> None:
    assert len(bomb()) < 20_000
    assert refused(changed(lambda d: None, picture=bomb())) == "image_pixels"
    assert refused(bomb(), ".png") == "image_pixels"


def test_only_png_and_jpeg_are_unfolded_whatever_the_name_says() -> None:
    gif = io.BytesIO()
    Image.new("P", (4, 4)).save(gif, "GIF")
    assert refused(gif.getvalue(), ".png") == "image_format"
    assert refused(b"<svg onload='x()'/>", ".png") == "image_format"


@pytest.fixture
def _usual_depth() -> Iterator[None]:
    """Python's own limit, as the game runs with it: what ran before may have raised it."""
    raised = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000)
    yield
    sys.setrecursionlimit(raised)


@pytest.mark.usefixtures("_usual_depth")
def test_nested_json_and_numbers_without_end_are_refused() -> None:
    assert refused(files.packed(b"[" * 100_000)) == "glb_json"
    assert refused(files.packed(b'{"extras":' * 50_000 + b"1" + b"}" * 50_000)) == "glb_json"
    assert refused(files.packed(b'{"nodes":[{"scale":[1e999,1,1]}]}')) == "glb_json"
    assert refused(files.packed(b'{"nodes":[{"scale":[NaN,1,1]}]}')) == "glb_json"
    assert refused(files.packed(b"\xff\xfe{}")) == "glb_json"


def test_points_that_are_no_numbers_are_refused() -> None:
    document, blob = files.document()
    bad = bytearray(blob)
    struct.pack_into("<f", bad, 8, float("nan"))
    assert refused(files.packed(document, bytes(bad))) == "not_finite"
    struct.pack_into("<f", bad, 8, float("inf"))
    assert refused(files.packed(document, bytes(bad))) == "not_finite"


def test_an_index_beyond_the_points_is_refused() -> None:
    document, blob = files.document()
    at = document["bufferViews"][2]["byteOffset"]
    bad = bytearray(blob)
    struct.pack_into("<H", bad, at, 60_000)
    assert refused(files.packed(document, bytes(bad))) == "index_beyond"


@pytest.mark.parametrize(
    ("raw", "ending", "key"),
    [
        (b"", ".glb", "file_empty"),
        (b"glTF" + b"\1\0\0\0" + b"\0" * 40, ".glb", "glb_version"),
        (b"hello, I am a model" * 3, ".glb", "glb_no_glb"),
        (files.glb()[:700], ".glb", "glb_cut_off"),
        (b"solid x\nvertex nan nan nan\nvertex 1 1 1\nvertex 1 0 0", ".stl", "not_finite"),
        (b"solid x\nvertex a b c\nvertex 1 1 1\nvertex 1 0 0", ".stl", "text_damaged"),
        (b"\0" * 80 + b"\xff\xff\xff\xff" + b"\0" * 50, ".stl", "stl_no_stl"),
        (b"v 1 1 1\nf 1 2 3\n", ".obj", "index_beyond"),
        (b"v 1 1 1\nf -9 1 1\n", ".obj", "index_beyond"),
        (b"v 1 1 one\n", ".obj", "text_number"),
        (b"f " + b"1 " * 5_000, ".obj", "face_corners"),
        (b"v 1 1\n" * 3 + b"f 1 2 3", ".obj", "text_damaged"),
        (b"v 1e400 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3", ".obj", "not_finite"),
        (b"ply\nformat ascii 1.0\nelement vertex 4000000000\n", ".ply", "ply_no_ply"),
        (b"ply\nformat ascii 1.0\nelement vertex 999999999\nproperty float x\nend_header\n", ".ply", "too_many_points"),
        (b"ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nend_header\n1\n", ".ply", "ply_short"),
        (b"ply\nformat ascii 1.0\nelement vertex 1\nproperty tensor x\nend_header\n1\n", ".ply", "ply_head"),
        (b"ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\n"
         b"end_header\n1 1 1\n", ".ply", "ply_cloud"),
    ],
)  # fmt: skip
def test_other_formats_are_refused_in_words_too(raw: bytes, ending: str, key: str) -> None:
    assert refused(raw, ending) == key


def test_a_point_that_every_triangle_shares_takes_no_time() -> None:
    count = 60_000
    rows = [b"v 0 0 0"] + [b"v %d %d 1" % (k % 250, k // 250) for k in range(count)]
    rows += [b"f 1 %d %d" % (k + 2, k + 3) for k in range(count - 2)]
    begun = time.process_time()
    import_bytes(b"\n".join(rows), ".obj")
    assert time.process_time() - begun < 90


def test_a_document_of_json_that_is_longer_than_any_good_is_not_read() -> None:
    text = json.dumps({"asset": {"version": "2.0"}, "extras": "x" * limits.JSON_BYTES}).encode()
    assert refused(files.packed(text)) == "glb_json_long"
