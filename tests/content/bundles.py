"""Bundles for the tests: rooms with players' goods, a street good, pictures and offers."""

import random
from hashlib import sha256

import msgspec
import numpy as np

from game.content.bundle import Bundle, BundledGood
from game.content.manifest import canonical, made_manifest
from game.core.goods import Good
from game.core.ids import HOME, GoodId, ItemId, OfferHash, PieceId, PlaceId, RoomToken, TemplateId
from game.core.paints import LAMPLIGHT, MATERIALS, joined
from game.core.rooms import MAKERS_OFFER, Item, Room
from tests.content.made import OFFER, good, png, solid_box

TOKEN = RoomToken(0xA5 << 200)
FEDORA = canonical({"id": "fedora", "version": 1})


def bundled(name: str = "Mug", *, worn: bool = False, offers: tuple[bytes, ...] = (OFFER,)) -> BundledGood:
    """A player's good with its models."""
    files = {"model": solid_box()} | ({"worn": solid_box()} if worn else {})
    manifest = made_manifest(good(name, worn=worn), files)
    made: Good = msgspec.structs.replace(good(name, worn=worn), id=_id(manifest))
    return BundledGood(
        id=made.id, manifest=manifest, good=made, model=files["model"], worn=files.get("worn", b""), thumb=png(),
        offers=offers,
    )  # fmt: skip


def _id(manifest: bytes) -> GoodId:
    from game.content.manifest import made_id

    return made_id(manifest)


def room_of(*items: Item, name: str = "Mei's room", room_id: PlaceId = HOME) -> Room:
    """A room of these items."""
    return Room(
        id=room_id, name=name, template=TemplateId("studio"), items=items, paint={"wall": "#f4e9d8"},
        next_item=1 + len(items),
    )  # fmt: skip


def small() -> Bundle:
    """A room with a table, a mug on it, a hat, a street's hat and a picture."""
    mug, hat, picture = bundled(), bundled("Hat", worn=True, offers=()), png(8, 6)
    name = sha256(picture).hexdigest()
    items = (
        Item(id=ItemId("i1"), piece=PieceId("oak_table"), at_m=(0.0, 1.0, 0.0), paint={"top": "#aabbcc"}),
        Item(id=ItemId("i2"), good=mug.id, at_m=(0.0, 1.0, 0.75), on=ItemId("i1"), offer=MAKERS_OFFER),
        Item(id=ItemId("i3"), good=hat.id, at_m=(0.25, 1.0, 0.75), on=ItemId("i1"), group="a"),
        Item(id=ItemId("i4"), good=GoodId("fedora"), at_m=(1.0, 1.5, 0.0), offer=OfferHash("0x" + "1f" * 32)),
        Item(id=ItemId("i5"), piece=PieceId("picture_frame"), at_m=(0.0, 2.0, 1.2), picture=name),
        Item(id=ItemId("i6"), piece=PieceId("sign"), at_m=(1.0, 2.0, 1.2), words="Welcome\n欢迎", yaw_deg=-12.5),
    )
    goods = (mug, hat, BundledGood(id=GoodId("fedora"), manifest=FEDORA, offers=(OFFER, OFFER)))
    return Bundle(
        room=room_of(*items), goods=tuple(sorted(goods, key=lambda each: each.id)), pictures={name: picture},
        token=TOKEN,
    )  # fmt: skip


def any_paint(rng: random.Random, slot: str) -> str:
    """A random paint for a slot."""
    colour = f"#{rng.randrange(2**24):06x}"
    return colour if slot == LAMPLIGHT else joined(rng.choice([colour, ""]), rng.choice(MATERIALS))


def any_bundle(seed: int) -> Bundle:
    """A random sound bundle."""
    rng = random.Random(seed)
    made = [bundled(f"Good {n}", worn=rng.random() < 0.3, offers=(OFFER,) * rng.randrange(3)) for n in
            range(rng.randrange(5))]  # fmt: skip
    pictures = [png(rng.randrange(1, 900), rng.randrange(1, 900)) for _ in range(rng.randrange(3))]
    items: list[Item] = []
    for number in range(1, rng.randrange(1, 30)):
        what = {"good": rng.choice(made).id} if made and rng.random() < 0.5 else {"piece": rng.choice(["a", "b_2"])}
        picture = rng.choice(pictures) if pictures and "piece" in what and rng.random() < 0.3 else b""
        items.append(
            Item(
                id=ItemId(f"i{number}"),
                at_m=tuple(rng.choice([0.0, -0.0, 1e-7, rng.uniform(-9, 9)]) for _ in range(3)),
                yaw_deg=rng.choice([0.0, 15.0, rng.uniform(-180, 180)]),
                on=rng.choice(items).id if items and rng.random() < 0.2 and not items[-1].on else ItemId(""),
                paint={slot: any_paint(rng, slot) for slot in rng.sample(["a", "b", LAMPLIGHT], rng.randrange(4))},
                words=rng.choice(["", "Hello", "你好\n“世界”"]),
                picture=sha256(picture).hexdigest() if picture else "",
                glow=rng.random(),
                **what,
            )
        )
    shown = {item.good for item in items}
    hung = {item.picture for item in items}
    return Bundle(
        room=room_of(*items, name=rng.choice(["Home", "我的房间"])),
        goods=tuple(sorted((each for each in made if each.id in shown), key=lambda each: each.id)),
        pictures={name: p for p in pictures if (name := sha256(p).hexdigest()) in hung},
        token=rng.choice([None, RoomToken(rng.getrandbits(256))]),
    )


def many(count: int) -> Bundle:
    """A room of `count` goods, each another."""
    box = solid_box()
    goods = []
    for number in range(count):
        manifest = made_manifest(good(f"Good {number}"), {"model": box})
        goods.append(
            BundledGood(id=_id(manifest), manifest=manifest, good=msgspec.structs.replace(
                good(f"Good {number}"), id=_id(manifest)), model=box, offers=(OFFER,))
        )  # fmt: skip
    places = np.random.default_rng(5).uniform(-3, 3, (count, 3)).round(3)
    items = tuple(
        Item(id=ItemId(f"i{n + 1}"), good=each.id, at_m=tuple(map(float, places[n])), offer=MAKERS_OFFER)
        for n, each in enumerate(goods)
    )
    return Bundle(room=room_of(*items), goods=tuple(sorted(goods, key=lambda each: each.id)), token=TOKEN)


