"""Rooms as files: the same room is the same bytes, and no bytes do harm."""

import base64
import os
import random
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from game.content import bundle as bundles
from game.content.bundle import BUNDLE_BYTES_MAX, MAGIC, Bundle, BundleError, pack, read_file, unpack
from game.content.cid import cid_of, digest_of
from game.content.manifest import canonical
from game.core.budget import ITEMS_MAX, Weight
from game.core.errors import GameError
from game.core.ids import GoodId, ItemId, OfferHash, PieceId, PlaceId
from game.core.rooms import Item
from tests.content.bundles import any_bundle, bundled, many, room_of, small
from tests.content.made import OFFER, good, png, solid_box, whole_glb

MUTATIONS = int(10_000 * float(os.environ.get("LOQUAT_FUZZ", "0.2")))  # see imports/test_mutated.py


def test_a_room_comes_back_with_all_that_was_packed() -> None:
    before = small()
    after = unpack(pack(before))
    assert after.room == before.room
    assert after.goods == before.goods
    assert after.pictures == before.pictures
    assert after.token == before.token
    mug = next(each for each in after.goods if each.good is not None and each.good.kind == "cup")
    assert after.weights[mug.id] == Weight(triangles=12, file_bytes=len(mug.model))
    assert "fedora" not in after.weights


def test_bundle_to_load_to_bundle_is_identical() -> None:
    for seed in range(150):
        packed = pack(any_bundle(seed))
        assert pack(unpack(packed)) == packed, f"seed {seed}"


def test_the_order_in_which_things_are_given_changes_no_byte() -> None:
    one = small()
    other = Bundle(
        room=msgspec.structs.replace(one.room, id=PlaceId("r0123")),
        goods=one.goods[::-1],
        pictures=dict(reversed(one.pictures.items())),
        token=one.token,
    )
    assert pack(other) == pack(one)


def test_another_room_has_another_name() -> None:
    one = small()
    moved = msgspec.structs.replace(one, room=msgspec.structs.replace(one.room, name="Mei's other room"))
    assert sha256(pack(one)).digest() != sha256(pack(moved)).digest()


def test_a_cid_is_what_any_other_maker_of_cids_makes_of_a_raw_block() -> None:
    digest = sha256(b"beep boop").digest()  # the example of the crate `cid`
    cid = cid_of(digest)
    assert cid == "bafkreieq5jui4j25lacwomsqgjeswwl3y5zcdrresptwgmfylxo2depppq"
    assert digest_of(cid) == digest
    assert base64.b32decode(cid[1:].upper() + "======")[:4] == b"\x01\x55\x12\x20"


def test_a_cid_is_what_the_contract_makes() -> None:
    # As chain/foundry/test/Rooms.t.sol has it.
    assert cid_of(sha256(b"loquat").digest()) == "bafkreidl6el4fyzrvxbgi2ilvismoiwfct5pp7s2geb7kwgubcvvaavciy"


@pytest.mark.parametrize("wrong", ["", "bafkrei", "b" + "a" * 58, "z" * 59, "B" + "A" * 58, "../" + "a" * 56])
def test_what_is_no_cid_is_refused(wrong: str) -> None:
    with pytest.raises(GameError):
        digest_of(wrong)


# --- rules ---------------------------------------------------------------------------------------------------------


@dataclass
class Parts:
    """A file taken apart, to be put together in another way."""

    index: dict[str, Any]
    blobs: dict[str, bytes]

    def swap(self, old: bytes, new: bytes) -> None:
        """Put another blob in the place of one, and mend its name everywhere."""
        was, name = sha256(old).hexdigest(), sha256(new).hexdigest()
        del self.blobs[was]
        self.blobs[name] = new
        self.index = msgspec.json.decode(msgspec.json.encode(self.index).replace(was.encode(), name.encode()))

    def packed(self) -> bytes:
        names = sorted(self.blobs)
        self.index["blobs"] = [{"sha256": name, "bytes": len(self.blobs[name])} for name in names]
        text = canonical(self.index)
        return struct.pack("<16sI", MAGIC, len(text)) + text + b"".join(self.blobs[name] for name in names)


def parts_of(content: bytes) -> Parts:
    (length,) = struct.unpack_from("<I", content, 16)
    index = msgspec.json.decode(content[20 : 20 + length])
    at, blobs = 20 + length, {}
    for entry in index["blobs"]:
        blobs[entry["sha256"]] = content[at : at + entry["bytes"]]
        at += entry["bytes"]
    return Parts(index, blobs)


def item(number: int, **fields: Any) -> Item:
    return Item(**{"id": ItemId(f"i{number}"), "piece": PieceId("sign"), "at_m": (0.0, 0.0, 0.0)} | fields)


@pytest.mark.parametrize(
    "items",
    [
        (item(1), item(1)),
        (item(9),),
        (item(1, id="i01"),),
        (item(1, id="mug"),),
        (item(1, piece=""),),
        (item(1, good="fedora"),),
        (item(1, piece="../etc"),),
        (item(1, on="i2"),),
        (item(1, on="i1"),),
        (item(1, on="i2"), item(2, on="i1")),
        (item(1, at_m=(0.0, 1e9, 0.0)),),
        (item(1, yaw_deg=1e9),),
        (item(1, paint={"top": "red"}),),
        (item(1, paint={"top": "#aabbcc velvet"}),),
        (item(1, paint={"lamplight": "#aabbcc wood"}),),
        (item(1, paint={f"s{n}": "#112233" for n in range(17)}),),
        (item(1, words="x" * 401),),
        (item(1, words="\x01red\x02"),),
        (item(1, words="\u202etxt.exe"),),
        (item(1, picture="x"),),
        (item(1, picture="ab" * 32),),
        (item(1, glow=9.0),),
        (item(1, warmth_k=0),),
        (item(1, offer=OfferHash("maker")),),
        (item(1, piece="", good="g" + "a" * 26),),
        tuple(item(n + 1) for n in range(ITEMS_MAX + 1)),
    ],
)
def test_a_room_that_breaks_a_rule_is_refused(items: tuple[Item, ...]) -> None:
    with pytest.raises(BundleError):
        pack(Bundle(room=room_of(*items)))


def test_a_tower_of_things_is_no_loop() -> None:
    tower = tuple(item(n + 1, on=f"i{n}" if n else "") for n in range(33))
    assert unpack(pack(Bundle(room=room_of(*tower)))).room.items == tower
    with pytest.raises(BundleError):
        pack(Bundle(room=room_of(*tower, item(34, on="i33"))))


def test_goods_and_pictures_are_exactly_those_that_the_room_shows() -> None:
    one = small()
    with pytest.raises(BundleError):
        pack(msgspec.structs.replace(one, goods=one.goods[1:]))
    with pytest.raises(BundleError):
        pack(msgspec.structs.replace(one, goods=(*one.goods, bundled("Bowl"))))
    with pytest.raises(BundleError):
        pack(msgspec.structs.replace(one, pictures={}))
    with pytest.raises(BundleError):
        pack(msgspec.structs.replace(one, pictures={**one.pictures, "x": png(3, 3)}))


def wrong_model() -> bytes:
    return solid_box((1.0, 1.0, 1.0))


def looping_model() -> bytes:
    content = solid_box()
    return content.replace(b'"name": "body"', b'"children":[0]')


@pytest.mark.parametrize("model", [b"", b"glTF", wrong_model(), looping_model(), solid_box()[:-4]])
def test_a_model_that_is_none_or_not_of_its_good_is_refused(model: bytes) -> None:
    one = small()
    made = next(each for each in one.goods if each.good is not None and each.good.kind == "cup")
    from game.content.manifest import made_id, made_manifest

    manifest = made_manifest(good(), {"model": model})
    new_id = made_id(manifest)
    other = msgspec.structs.replace(made, id=new_id, manifest=manifest, model=model)
    room = room_of(item(1, piece="", good=new_id))
    with pytest.raises(BundleError):
        pack(Bundle(room=room, goods=(other,)))


def test_a_good_under_another_s_id_is_refused() -> None:
    parts = parts_of(pack(small()))
    entry = next(entry for entry in parts.index["goods"] if entry["id"] != "fedora")
    old, entry["id"] = entry["id"], "g" + "a" * 26
    room = parts.blobs[parts.index["room"]]
    parts.swap(room, room.replace(old.encode(), entry["id"].encode()))
    parts.index["goods"].sort(key=lambda entry: entry["id"])
    with pytest.raises(BundleError, match="another good"):
        unpack(parts.packed())


def test_a_street_good_comes_with_nothing_of_a_player_s() -> None:
    parts = parts_of(pack(small()))
    next(entry for entry in parts.index["goods"] if entry["id"] == "fedora")["price_coins"] = "1"
    with pytest.raises(BundleError):
        unpack(parts.packed())


def test_offers_are_a_list_of_objects_and_stay_as_they_were_signed() -> None:
    odd = b'{"b": 1e3,  "a":"\\u4e2d"}'
    mug = bundled(offers=(odd, OFFER))
    room = room_of(item(1, piece="", good=mug.id))
    packed = pack(Bundle(room=room, goods=(mug,)))
    assert unpack(packed).goods[0].offers == (odd, OFFER)
    parts = parts_of(packed)
    raw = parts.blobs[parts.index["goods"][0]["offers"]]
    for wrong in (b"[]\n", b"{}", raw + b" ", b"[" * 60_000, b"[1]\n", b"\xff"):
        broken = parts_of(packed)
        broken.swap(raw, wrong)
        with pytest.raises(BundleError):
            unpack(broken.packed())


def test_a_room_is_held_to_its_budget_as_a_whole() -> None:
    one = small()
    known = {"oak_table": Weight(triangles=900_000)}
    assert unpack(pack(one), known).room == one.room
    with pytest.raises(BundleError) as refused:
        unpack(pack(one), {"oak_table": Weight(triangles=1_000_000)})
    assert refused.value.reason == "bundle_too_heavy"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "bundle_not_one"),
        (b'{"loquat":"avatar"}', "bundle_not_one"),
        (MAGIC, "bundle_not_one"),
        (MAGIC.replace(b"1", b"2") + b"\0" * 40, "bundle_newer"),
        (MAGIC + b"\xff\xff\xff\xff" + b"{}", "bundle_damaged"),
        (MAGIC + b"\x02\0\0\0{}", "bundle_damaged"),
        (struct.pack("<16sI", MAGIC, 100_000) + b"[" * 100_000, "bundle_damaged"),
    ],
)
def test_a_file_that_is_no_bundle_is_refused_by_name(content: bytes, reason: str) -> None:
    with pytest.raises(BundleError) as refused:
        unpack(content)
    assert refused.value.reason == reason


def test_sizes_are_checked_before_anything_is_made_of_them(tmp_path: Path) -> None:
    path = tmp_path / "huge.loquat"
    with path.open("wb") as file:
        file.truncate(BUNDLE_BYTES_MAX + 1)
    with pytest.raises(BundleError) as refused:
        read_file(path)
    assert refused.value.reason == "bundle_too_large"
    index = {"version": 1, "room": "0" * 64, "token": "", "goods": [], "blobs":
             [{"sha256": "0" * 64, "bytes": BUNDLE_BYTES_MAX}]}  # fmt: skip
    text = canonical(index)
    with pytest.raises(BundleError, match="longer or shorter"):
        unpack(struct.pack("<16sI", MAGIC, len(text)) + text)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    os.mkfifo(tmp_path / "pipe.loquat")
    with pytest.raises(BundleError):
        read_file(tmp_path / "pipe.loquat")
    with pytest.raises((BundleError, OSError)):
        read_file(tmp_path)


def test_unknown_fields_are_refused_so_that_nothing_travels_unseen() -> None:
    parts = parts_of(pack(small()))
    parts.index["note"] = "hidden"
    with pytest.raises(BundleError):
        unpack(parts.packed())
    parts = parts_of(pack(small()))
    parts.blobs[sha256(b"hidden").hexdigest()] = b"hidden"
    with pytest.raises(BundleError, match="belong to nothing"):
        unpack(parts.packed())


# --- mutations -----------------------------------------------------------------------------------------------------


def _flip(raw: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice([1, 1, 2, 8])):
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)


def _cut(raw: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(raw))
    del raw[at : at + rng.choice([1, 4, 64, len(raw)])]


def _repeat(raw: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(raw))
    raw[at:at] = raw[at : at + rng.choice([1, 4, 200])] * rng.choice([1, 3])


def _number(raw: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(raw))
    raw[at : at + 4] = rng.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"9999", b"-1e9", b"\xff\xff\xff\x7f"])


def _word(raw: bytearray, rng: random.Random) -> None:
    """Exchange a word that means something for another."""
    words = [b"0", b"1", b"{", b"[", b'"', b"null", b"true", b"bytes", b"model", b"i1", b"i2", b"5126", b"VEC3"]
    old = rng.choice(words)
    at = raw.find(old, rng.randrange(len(raw)))
    if at >= 0:
        new = rng.choice([*words, b"9" * 30, b"1e308", b"[" * 3000, b"../../x", b"\xf0\x9f", b"SCALAR", b"MAT4"])
        raw[at : at + len(old)] = new


MUTATE: tuple[Callable[[bytearray, random.Random], None], ...] = (_flip, _cut, _repeat, _number, _word)


def mutated(rng: random.Random, packed: list[bytes]) -> bytes:
    """A file that is wrong as a whole, or one whose blobs and index are wrong beneath hashes that are right."""
    content = rng.choice(packed)
    if rng.random() < 0.25:
        raw = bytearray(content)
        rng.choice(MUTATE)(raw, rng)
        return bytes(raw)
    parts = parts_of(content)
    if rng.random() < 0.3:
        text = bytearray(canonical(parts.index))
        rng.choice(MUTATE)(text, rng)
        _, _, blobs = content.partition(canonical(parts_of(content).index))
        return struct.pack("<16sI", MAGIC, len(text)) + bytes(text) + blobs
    old = parts.blobs[rng.choice(sorted(parts.blobs))]
    raw = bytearray(old)
    for _ in range(rng.choice([1, 1, 2])):
        if raw:
            rng.choice(MUTATE)(raw, rng)
    if raw:
        manifests = {entry["manifest"] for entry in parts.index["goods"]}
        model = old.startswith(b"glTF")
        parts.swap(old, bytes(raw))
        if model:  # a manifest names it, and an id follows from that: mend these as well
            _rename(parts, manifests, old, bytes(raw))
    return parts.packed()


def _rename(parts: Parts, manifests: set[str], old: bytes, new: bytes) -> None:
    from game.content.manifest import made_id

    was, now = sha256(old).hexdigest().encode(), sha256(new).hexdigest().encode()
    for name in sorted(manifests):
        manifest = parts.blobs[name]
        if was not in manifest:
            continue
        mended = manifest.replace(was, now).replace(b'"bytes":%d' % len(old), b'"bytes":%d' % len(new))
        parts.swap(manifest, mended)
        room = parts.blobs[parts.index["room"]]
        before, after = made_id(manifest), made_id(mended)
        parts.swap(room, room.replace(before.encode(), after.encode()))
        for entry in parts.index["goods"]:
            entry["id"] = after if entry["id"] == before else entry["id"]
    parts.index["goods"].sort(key=lambda entry: entry["id"])


def test_mutated_files_are_refused_in_plain_words_or_taken_as_they_are() -> None:
    rng = random.Random(4)
    packed = [pack(small()), pack(any_bundle(7)), pack(any_bundle(11))]
    reasons: dict[str, int] = {}
    taken = plain = 0
    longest = 0.0
    began_secs = time.process_time()
    for number in range(MUTATIONS):
        content = mutated(rng, packed)
        start_secs = time.process_time()
        try:
            found = unpack(content)
        except BundleError as error:
            reasons[error.reason] = reasons.get(error.reason, 0) + 1
            plain += bool(str(error).strip())
        else:
            taken += 1
            assert pack(found) == content, number
        longest = max(longest, time.process_time() - start_secs)
    assert longest < 2.0
    assert plain == sum(reasons.values())
    assert set(reasons) >= {"bundle_not_one", "bundle_damaged", "bundle_against_rules"}
    assert taken > MUTATIONS / 200  # the mutations reach beneath the hashes
    assert reasons["bundle_against_rules"] > MUTATIONS / 20
    assert (time.process_time() - began_secs) / MUTATIONS < 0.012


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"count": 8', b'"count": 2000000000'),
        (b'"byteLength": 96', b'"byteLength": 99999999'),
        (b'"componentType": 5126', b'"componentType": 5125'),
        (b'"type": "VEC3"', b'"type": "SCALAR"'),
        (b'"mesh": 0', b'"mesh": 7'),
        (b'"mode"', b'"mode"'),
        (b'"nodes": [0]', b'"nodes": [0, 0]'),
        (b'"scene": 0', b'"scene": 5'),
        (b'"asset"', b'"images":[{"uri":"http://x/y.png"}],"asset"'),
        (b'"asset"', b'"buffers":[{"byteLength":1,"uri":"../../secret"}],"asset"'),
        (b'"asset"', b'"extensionsRequired":["KHR_draco_mesh_compression"],"asset"'),
        (b'"bufferViews": [', b'"bufferViews": [' + b'{"byteLength":1},' * 5000),
        (b'"accessors": [', b'"accessors": [' + b"[" * 3000),
    ],
)
def test_a_model_that_lies_is_refused(old: bytes, new: bytes) -> None:
    from game.content.check_models import read_model

    whole = solid_box()
    assert read_model(whole).triangles == 12
    (length,) = struct.unpack_from("<I", whole, 12)
    text, blob = whole[20 : 20 + length], whole[28 + length :]
    if old == new:  # lines instead of triangles
        text = text.replace(b'"indices": 1', b'"indices": 1, "mode": 1')
    else:
        assert old in text, old
        text = text.replace(old, new, 1)
    text += b" " * (-len(text) % 4)
    body = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(blob), b"BIN\0") + blob
    with pytest.raises(GameError):
        read_model(struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body)


def test_a_model_that_reads_its_bytes_over_and_over_is_refused_soon() -> None:
    from game.content.check_models import read_model
    from tests.content.small import document

    size = 4_000_000
    chart = document((0.1, 0.1, 0.12))
    chart["bufferViews"] = [{"buffer": 0, "byteLength": size}]
    chart["buffers"] = [{"byteLength": size}]
    one = {"bufferView": 0, "componentType": 5126, "type": "SCALAR", "count": size // 4}
    chart["accessors"] = [one] * 3000
    began_secs = time.process_time()
    with pytest.raises(GameError, match="over and over"):
        read_model(whole_glb(chart, bytes(size)))
    assert time.process_time() - began_secs < 2.0


def test_a_room_of_a_thousand_goods_is_packed_and_taken() -> None:
    packed = pack(many(1000))
    assert len(unpack(packed).goods) == 1000


def test_a_file_is_read_and_nothing_else_is_touched(tmp_path: Path) -> None:
    path = tmp_path / "room.loquat"
    path.write_bytes(pack(small()))
    assert unpack(read_file(path)).room.name == "Mei's room"
    assert [each.name for each in tmp_path.iterdir()] == ["room.loquat"]
    assert bundles.VERSION == 1
    assert GoodId("fedora") in {each.id for each in unpack(read_file(path)).goods}
