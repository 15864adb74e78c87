"""How the things of a room look and what they say: paint, words, pictures, light, offers, and the room's own finish."""

import re
from collections.abc import Iterable

import msgspec

from game.core.ids import ItemId, OfferHash
from game.core.layout import Makings
from game.core.paints import is_paint, slots_of
from game.core.places import MOODS
from game.core.rooms import MAKERS_OFFER, Item, Room
from game.core.strokes import Refused, grouped, with_items

NAME_MAX = 40
WORDS_MAX = 400
WARMTH_MIN_K, WARMTH_MAX_K = 1500, 9000
GLOW_MAX = 2.0

SHA256 = re.compile(r"[0-9a-f]{64}")
OFFER = re.compile(r"0x[0-9a-f]{64}")


def cleaned(words: str) -> str:
    """Words without what nobody sees: controls, formats, and other spaces than the plain one."""
    lines = words.replace("\r\n", "\n").split("\n")
    return "\n".join("".join(" " if ch.isspace() else ch for ch in line if ch.isspace() or ch.isprintable()).rstrip()
                     for line in lines).strip()  # fmt: skip


def _chosen(room: Room, ids: Iterable[ItemId]) -> list[Item]:
    wanted = set(grouped(room, ids))
    chosen = [item for item in room.items if item.id in wanted]
    if not chosen:
        raise Refused("nothing_selected")
    return chosen


def paint(room: Room, ids: Iterable[ItemId], slot: str, colour: str, makings: Makings) -> Room:
    """Items with a paint on one of their slots, "" for the model's own; others keep theirs. Raises Refused."""
    if colour and not is_paint(colour, slot):
        raise Refused("no_colour")
    pieces = ((item, makings.kit.get(item.piece)) for item in _chosen(room, ids))
    able = [i for i, of in pieces if of is not None and slot in slots_of(of.paints, shines=of.lamp is not None)]
    if not able:
        raise Refused("no_such_paint")
    return with_items(room, [msgspec.structs.replace(i, paint=_painted(i.paint, slot, colour)) for i in able])


def paint_room(room: Room, slot: str, colour: str, makings: Makings) -> Room:
    """The room with a paint on its walls or its floor, or a colour of its light. Raises Refused."""
    if colour and not is_paint(colour, slot):
        raise Refused("no_colour")
    if slot not in slots_of(makings.template.paints, shines=True):
        raise Refused("no_such_paint")
    return msgspec.structs.replace(room, paint=_painted(room.paint, slot, colour))


def _painted(before: dict[str, str], slot: str, colour: str) -> dict[str, str]:
    """Sorted by slot, so that the same paints are the same however one came by them."""
    paints = {**before, slot: colour}
    return {name: paints[name] for name in sorted(paints) if paints[name]}


def set_words(room: Room, ids: Iterable[ItemId], words: str, makings: Makings) -> Room:
    """What signs and letters say. Raises Refused."""
    words = cleaned(words)
    if len(words) > WORDS_MAX:
        raise Refused("too_many_words")
    able = [i for i in _chosen(room, ids) if i.piece in makings.kit and makings.kit[i.piece].words]
    if not able:
        raise Refused("takes_no_words")
    return with_items(room, [msgspec.structs.replace(i, words=words) for i in able])


def set_picture(room: Room, ids: Iterable[ItemId], picture: str, makings: Makings) -> Room:
    """What frames show, by the hash of the image, "" for nothing. Raises Refused."""
    able = [i for i in _chosen(room, ids) if i.piece in makings.kit and makings.kit[i.piece].picture]
    if not able or (picture and not SHA256.fullmatch(picture)):
        raise Refused("takes_no_picture")
    return with_items(room, [msgspec.structs.replace(i, picture=picture) for i in able])


def set_light(
    room: Room, ids: Iterable[ItemId], warmth_k: int | None, glow: float | None, makings: Makings
) -> Room:
    """Colour and brightness of lamps; None leaves one as it is. Raises Refused."""
    able = [i for i in _chosen(room, ids) if i.piece in makings.kit and makings.kit[i.piece].lamp is not None]
    if not able:
        raise Refused("gives_no_light")
    return with_items(room, [
        msgspec.structs.replace(
            i, warmth_k=i.warmth_k if warmth_k is None else _kelvin(warmth_k),
            glow=i.glow if glow is None else round(_within(glow, 0.0, GLOW_MAX), 3),
        )
        for i in able
    ])  # fmt: skip


def set_offer(room: Room, ids: Iterable[ItemId], offer: OfferHash) -> Room:
    """By which offer goods can be bought here, "" for none. Raises Refused."""
    able = [i for i in _chosen(room, ids) if i.good]
    if not able or (offer and offer != MAKERS_OFFER and not OFFER.fullmatch(offer)):
        raise Refused("not_for_sale")
    return with_items(room, [msgspec.structs.replace(i, offer=offer) for i in able])


def set_room(room: Room, name: str | None, mood: str | None, warmth_k: int | None) -> Room:
    """The room's name, time of day and light; None leaves one as it is. Raises Refused."""
    if name is not None:
        name = cleaned(name).replace("\n", " ")
        if not 0 < len(name) <= NAME_MAX:
            raise Refused("no_name")
    if mood is not None and mood not in MOODS:
        raise Refused("mood_unknown")
    return msgspec.structs.replace(
        room, name=room.name if name is None else name, mood=room.mood if mood is None else mood,
        warmth_k=room.warmth_k if warmth_k is None else _kelvin(warmth_k),
    )  # fmt: skip


def _kelvin(warmth_k: int) -> int:
    return min(max(warmth_k, WARMTH_MIN_K), WARMTH_MAX_K)


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high) if value == value else low
