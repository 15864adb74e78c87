"""A room of a thousand goods, each with a model of its own: packed and published, taken and verified.

`publish_1k` is all that happens on this machine between the press of the button and the transaction: the file, its hash
and the root of what is on display. Beside it a ZIP file of the same bytes without compression, and its hash.
`verify_bundle` is all that is checked of a stranger's file. Beside it the SHA-256 of the same bytes. Processor time.
"""

import io
import json
import struct
import time
import zipfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from statistics import median

import msgspec

from chain.merkle import MerkleTree
from game.content.bundle import Bundle, BundledGood, pack, unpack
from game.content.check_models import read_model
from game.content.glb import read_glb
from game.content.manifest import made_id, made_manifest
from game.core.goods import Good
from game.core.ids import ItemId
from game.core.rooms import MAKERS_OFFER, Item
from tests.bench.harness import Figure, Result
from tests.content.bundles import room_of
from tests.content.made import OFFER, good

MODELS = Path(__file__).resolve().parents[2] / "assets" / "models" / "goods"
GOODS, KINDS = 1_000, 20
ROUNDS = 5
PUBLISH_SECS = 2.0
TIMES_SHA256 = 30.0


@cache
def thousand() -> Bundle:
    """A room of a thousand goods whose models are the street's lightest, each told apart by a number."""
    files = sorted(MODELS.glob("*.glb"), key=lambda path: read_glb(path).triangles)[:KINDS]
    goods = [_bundled(files[number % KINDS].read_bytes(), number) for number in range(GOODS)]
    items = tuple(
        Item(id=ItemId(f"i{n + 1}"), good=each.id, at_m=(n % 40 * 0.25, n // 40 * 0.25, 0.0), offer=MAKERS_OFFER)
        for n, each in enumerate(goods)
    )
    return Bundle(room=room_of(*items), goods=tuple(sorted(goods, key=lambda each: each.id)))


def _bundled(model: bytes, number: int) -> BundledGood:
    (length,) = struct.unpack_from("<I", model, 12)
    chart = json.loads(model[20 : 20 + length])
    chart["asset"]["generator"] = f"loquat {number}"
    text = json.dumps(chart, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    body = struct.pack("<I4s", len(text), b"JSON") + text + model[20 + length :]
    model = struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body
    facts = read_model(model)
    size_m = tuple(high - low for low, high in zip(facts.low_m, facts.high_m, strict=True))
    plain: Good = msgspec.structs.replace(good(f"Good {number}"), size_m=size_m)
    manifest = made_manifest(plain, {"model": model})
    made_good = msgspec.structs.replace(plain, id=made_id(manifest))
    return BundledGood(id=made_good.id, manifest=manifest, good=made_good, model=model, offers=(OFFER,))


def publish() -> str:
    """Pack the room; its hash and the root of what it displays."""
    content = pack(thousand())
    tree = MerkleTree(int.from_bytes(sha256(each.manifest).digest(), "big") for each in thousand().goods)
    return sha256(content).hexdigest() + tree.root.hex()


def zipped() -> str:
    """The same bytes as a ZIP file, and its hash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for each in thousand().goods:
            archive.writestr(f"{each.id}.json", each.manifest)
            archive.writestr(f"{each.id}.glb", each.model)
            archive.writestr(f"{each.id}.offers", each.offers[0])
        archive.writestr("room.json", msgspec.json.encode(thousand().room))
    return sha256(out.getvalue()).hexdigest()


def paired(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor time of both, the medians of several rounds by turns."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        for what, took in ((one, ours), (other, theirs)):
            begun = time.process_time()
            what()
            took.append(time.process_time() - begun)
    return median(ours), median(theirs)


def publish_1k() -> Result:
    """Seconds from the room to what the transaction says."""
    thousand()
    ours, theirs = paired(publish, zipped)
    return Result(
        name="publish_1k", value=ours, unit="s", baseline=Figure(name="zipfile", value=theirs), ratio=ours / theirs,
        target=f"<= {PUBLISH_SECS:.0f} s", met=ours <= PUBLISH_SECS,
        note=f"{len(pack(thousand())) / 1e6:.1f} MB; all of it is checked as a visitor checks it",
    )  # fmt: skip


def verify_bundle() -> Result:
    """Milliseconds to take a stranger's file apart and check every part of it."""
    content = pack(thousand())
    ours, theirs = paired(lambda: unpack(content), lambda: sha256(content).digest())
    return Result(
        name="verify_bundle", value=ours * 1000, unit="ms", baseline=Figure(name="sha256", value=theirs * 1000),
        ratio=ours / theirs, target=f"<= {TIMES_SHA256:.0f} x the hash", met=ours <= TIMES_SHA256 * theirs,
        note=f"{len(content) / 1e6:.1f} MB, {GOODS:,} goods, {ours / GOODS * 1000:.2f} ms each",
    )  # fmt: skip


BENCHMARKS = {"publish_1k": publish_1k, "verify_bundle": verify_bundle}
