"""Players' goods on disk: what is put comes back, and nothing else does."""

import json
import os
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from game.content import goods_store
from game.content.goods_store import GoodsStore
from game.content.manifest import good_manifest, is_made, made_id, made_manifest, read_made
from game.content.model_files import ModelFiles
from game.core.errors import GameError
from game.core.ids import GoodId
from tests.content.made import ACCOUNT, OFFER, box, good, png
from tests.content.small import write_world


def test_a_good_comes_back_with_all_that_was_put_with_it(tmp_path: Path) -> None:
    kept = GoodsStore(tmp_path).put(good(worn=True), box(), worn=box((0.2, 0.2, 0.2)), thumb=png(), offers=(OFFER,))
    assert is_made(kept.id)
    store = GoodsStore(tmp_path)
    found = store.get(kept.id)
    assert found is not None
    assert found.good == kept
    assert found.offers == (OFFER,)
    assert found.thumb is not None
    assert found.thumb.read_bytes() == png()
    assert store.model(kept.id) == box()
    assert store.model(kept.id, worn=True) == box((0.2, 0.2, 0.2))
    assert [each.good.id for each in store.all()] == [kept.id]
    assert store.set_aside == []


def test_a_good_without_picture_or_offers_has_none(tmp_path: Path) -> None:
    store = GoodsStore(tmp_path)
    kept = store.put(good(), box())
    found = store.get(kept.id)
    assert found is not None
    assert (found.thumb, found.offers) == (None, ())
    assert store.model_path(kept.id, worn=True) is None


def test_the_id_follows_from_what_a_good_is_and_not_from_its_price(tmp_path: Path) -> None:
    store = GoodsStore(tmp_path)
    one, dearer, other = (store.put(good(*name, price_coins=coins), box()) for name, coins in
                          (((), "3.5"), ((), "4"), (("Cup",), "3.5")))  # fmt: skip
    assert one.id == dearer.id != other.id
    found = store.get(one.id)
    assert found is not None
    assert found.good.terms.price_coins == "4"
    assert made_id(found.manifest) == one.id
    assert b'"id"' not in found.manifest
    assert ACCOUNT.encode() in found.manifest


def test_an_id_of_a_player_s_good_is_no_id_of_the_street(tmp_path: Path) -> None:
    assert not is_made("fedora")
    assert not is_made("g" * 26)
    assert not is_made("g" + "A" * 26)
    assert not is_made("../" + "g" * 27)
    assert GoodsStore(tmp_path).get(GoodId("../../etc")) is None


def test_a_manifest_is_taken_in_its_one_form_only() -> None:
    manifest = made_manifest(good(), {"model": box()})
    assert read_made(manifest).maker == ACCOUNT
    for wrong in (
        manifest + b" ",
        manifest.replace(b":", b": ", 1),
        manifest.replace(b'"version":1', b'"version":2'),
        manifest.replace(b'"role":"model"', b'"role":"worn"'),
        manifest.replace(b'"hangs":false', b'"hangs":false,"id":"fedora"'),
        json.dumps(json.loads(manifest)).encode(),
        b"[" * 100_000,
        b'"\xff"',
        b"",
    ):
        with pytest.raises(GameError):
            read_made(wrong)


def test_a_street_good_s_manifest_is_no_player_s(tmp_path: Path) -> None:
    from game.content.load import load_catalogue

    root = write_world(tmp_path)
    hat = load_catalogue(root).goods[GoodId("hat")]
    with pytest.raises(GameError):
        read_made(good_manifest(hat, root))


@pytest.mark.parametrize("name", ["model.glb", "manifest.json", "good.json", "offers.json"])
def test_a_damaged_good_is_set_aside_with_a_sentence(tmp_path: Path, name: str) -> None:
    kept = GoodsStore(tmp_path).put(good(), box(), offers=(OFFER,))
    other = GoodsStore(tmp_path).put(good("Cup"), box())
    path = tmp_path / "goods" / kept.id / name
    path.write_bytes(path.read_bytes()[:-9] + b"!")
    store = GoodsStore(tmp_path)
    assert store.model_path(kept.id) is None
    assert [each.good_id for each in store.set_aside] == [kept.id]
    aside = store.set_aside[0]
    assert name.partition(".")[0] in aside.why or "model" in aside.why
    assert (aside.folder / name).is_file()
    assert [each.good.id for each in store.all()] == [other.id]
    assert [each.good.id for each in GoodsStore(tmp_path).all()] == [other.id]


def test_a_good_under_another_s_id_is_set_aside(tmp_path: Path) -> None:
    store = GoodsStore(tmp_path)
    one, other = store.put(good(), box()), store.put(good("Cup"), box())
    (store.folder / one.id).rename(tmp_path / "away")
    (store.folder / other.id).rename(store.folder / one.id)
    fresh = GoodsStore(tmp_path)
    assert fresh.get(one.id) is None
    assert fresh.all() == ()
    assert len(fresh.set_aside) == 1


def test_a_price_that_is_none_is_set_aside(tmp_path: Path) -> None:
    kept = GoodsStore(tmp_path).put(good(), box())
    path = tmp_path / "goods" / kept.id / "good.json"
    path.write_bytes(path.read_bytes().replace(b'"3.5"', b'"1e999999999"'))
    assert GoodsStore(tmp_path).all() == ()


def test_putting_a_good_again_mends_its_files(tmp_path: Path) -> None:
    kept = GoodsStore(tmp_path).put(good(), box(), thumb=png(), offers=(OFFER,))
    (tmp_path / "goods" / kept.id / "model.glb").write_bytes(b"broken")
    store = GoodsStore(tmp_path)
    store.put(good(), box())
    found = store.get(kept.id)
    assert found is not None
    assert found.offers == (OFFER,)
    assert found.thumb is not None
    assert store.model(kept.id) == box()


def test_what_breaks_a_rule_is_not_kept(tmp_path: Path) -> None:
    store = GoodsStore(tmp_path)
    for wrong in (
        good("Mug\u202e"), good("Mug\n"), good(""), good("M" * 41), good(maker="ada"),
        good(price_coins="0"), msgspec.structs.replace(good(), kind="bomb"),
        msgspec.structs.replace(good(), tags=("a",) * 13),
    ):  # fmt: skip
        with pytest.raises(GameError):
            store.put(wrong, box())
    for thumb in (b"", b"GIF89a", png(4096, 4), png(0, 4), png()[:20], b"\xff\xd8\xff\xe0\0\x04\0\0\xff\xc0"):
        with pytest.raises(GameError):
            store.put(good(), box(), thumb=thumb)
    for offers in ((b"[1]",), (b"nonsense",), (OFFER,) * 33, (b"{}],[{}",), (b'{"a":"' + b"x" * 70_000 + b'"}',)):
        with pytest.raises(GameError):
            store.put(good(), box(), offers=offers)
    with pytest.raises(GameError):
        store.put(good(worn=True), box())
    with pytest.raises(GameError):
        store.put(good(), box(), worn=box())
    assert store.all() == ()
    assert not store.folder.exists()


def test_offers_are_kept_as_they_were_signed(tmp_path: Path) -> None:
    store = GoodsStore(tmp_path)
    kept = store.put(good(), box())
    odd = b'{"b": 1e3,  "a":"\\u4e2d"}'
    store.set_offers(kept.id, (odd, OFFER))
    found = GoodsStore(tmp_path).get(kept.id)
    assert found is not None
    assert found.offers == (odd, OFFER)
    with pytest.raises(GameError):
        store.set_offers(GoodId("g" + "a" * 26), ())


def test_a_crash_while_a_good_is_written_leaves_no_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(path: Path, data: bytes) -> None:
        if path.name == "model.glb":
            raise OSError("no space left")
        path.write_bytes(data)

    monkeypatch.setattr(goods_store, "write_new", fall)
    with pytest.raises(OSError, match="no space"):
        GoodsStore(tmp_path).put(good(), box())
    assert list((tmp_path / "goods").iterdir()) == []


def test_old_drafts_are_swept_and_fresh_ones_are_left(tmp_path: Path) -> None:
    old, fresh = (tmp_path / "goods" / f".draft-{name}" for name in ("old", "fresh"))
    old.mkdir(parents=True)
    fresh.mkdir()
    os.utime(old, (1, 1))
    assert GoodsStore(tmp_path).all() == ()
    assert not old.exists()
    assert fresh.exists()


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    kept = GoodsStore(tmp_path).put(good(), box())
    manifest = tmp_path / "goods" / kept.id / "manifest.json"
    manifest.rename(tmp_path / "elsewhere.json")
    try:
        manifest.symlink_to(tmp_path / "elsewhere.json")
    except OSError:
        pytest.skip("no links here")
    assert GoodsStore(tmp_path).get(kept.id) is None


def test_one_function_finds_the_model_of_any_good(tmp_path: Path) -> None:
    store = GoodsStore(tmp_path / "home")
    kept = store.put(good(), box())
    files = ModelFiles(tmp_path / "assets", store)
    assert files.of(GoodId("hat")) == tmp_path / "assets/models/goods/hat.glb"
    assert files.of(GoodId("hat"), worn=True) == tmp_path / "assets/models/worn/hat.glb"
    assert sha256(files.of(kept.id).read_bytes()).digest() == sha256(box()).digest()
    assert not files.of(kept.id, worn=True).exists()
    assert not files.of(GoodId("g" + "a" * 26)).exists()
    assert not ModelFiles(tmp_path / "assets").of(kept.id).exists()
