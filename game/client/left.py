"""Where the player left: written every few seconds while they walk, and offered at the next start.

A kill loses the last seconds at most. A damaged or outdated file is set aside, and the start menu says so.
"""

import os
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from game.core.commands import Command, Resume, Wear
from game.core.ids import GoodId, PlaceId
from game.core.ports import Line
from game.core.world import World

FILE = "left.json"
VERSION = 1
EVERY_SECS = 3.0
UNDER_WAY = ("confirming", "signed", "sent", "unknown", "included")  # such an order's goods are not asked for again


class Left(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the player left. `wears` are goods of their own; what was only tried went back to its stand."""

    version: int = VERSION
    place: PlaceId
    pos_m: tuple[float, float, float]
    yaw_rad: float
    pitch_rad: float
    third_person: bool = False
    basket: tuple[Line, ...] = ()
    wears: tuple[GoodId, ...] = ()

    def resume(self, *, there: bool) -> Command:
        """The command that brings it back: all of it, or with `there` False what was carried alone."""
        if not there:
            return Resume(basket=self.basket)
        return Resume(place=self.place, pos_m=self.pos_m, yaw_rad=self.yaw_rad, pitch_rad=self.pitch_rad,
                      third_person=self.third_person, basket=self.basket)  # fmt: skip


def left_of(world: World, waiting: tuple[GoodId, ...] = ()) -> Left:
    """How the player would leave now; what is `waiting` to be put on is worn as well."""
    body = world.body
    paying: dict[GoodId, int] = {}
    for order in world.orders.values():
        if order.from_basket and order.state in UNDER_WAY:
            for line in order.lines:
                paying[line.good_id] = paying.get(line.good_id, 0) + line.quantity
    basket = tuple(
        Line(good_id=good, quantity=rest, place_id=world.found_in.get(good), offer=world.found_offer.get(good))
        for good, quantity in world.basket.items()
        if (rest := quantity - paying.get(good, 0)) > 0
    )
    x, y, z = (round(value, 3) for value in body.pos_m)
    return Left(
        place=world.place_id, pos_m=(x, y, z), yaw_rad=round(body.yaw_rad, 4), pitch_rad=round(body.pitch_rad, 4),
        third_person=world.third_person, basket=basket,
        wears=(*(worn.good for worn in world.worn.values() if not worn.tried), *waiting),
    )  # fmt: skip


def load_left(home: Path, world: World) -> tuple[Left | None, str]:
    """What was left in a home, and the text key of a notice, "" for none.

    A file that cannot be read is set aside as left.json.old. A place that is gone leaves what was carried, at the
    place where everybody begins.
    """
    path = home / FILE
    try:
        left = msgspec.json.decode(path.read_bytes(), type=Left)
        if left.version != VERSION:
            raise ValueError(f"version {left.version} is not {VERSION}")
    except FileNotFoundError:
        return None, ""
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        try:
            os.replace(path, path.with_name(FILE + ".old"))
        except OSError:
            return None, "left_damaged"
        return None, "left_damaged"
    basket = tuple(line for line in left.basket if line.good_id in world.goods)
    left = msgspec.structs.replace(left, basket=basket, wears=tuple(g for g in left.wears if g in world.goods))
    if left.place not in world.places:
        spawn = world.place.spawn
        return msgspec.structs.replace(left, place=world.place_id, pos_m=spawn.at_m), "left_place_gone"
    return left, ""


class Keeper:
    """Writes how the player would leave, at most every few seconds and only when it changed."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE
        self._written: Left | None = None
        self._due_secs = time.monotonic() + EVERY_SECS

    def note(self, world: World, waiting: tuple[GoodId, ...] = ()) -> None:
        """Call it once a frame; see `left_of`."""
        now_secs = time.monotonic()
        if now_secs >= self._due_secs:
            self._due_secs = now_secs + EVERY_SECS
            self.write(world, waiting)

    def write(self, world: World, waiting: tuple[GoodId, ...] = ()) -> None:
        """Write the file in one move. A disk that refuses loses the spot and nothing else."""
        left = left_of(world, waiting)
        if left == self._written:
            return
        part = self.path.with_suffix(".part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(msgspec.json.encode(left))
            os.replace(part, self.path)
        except OSError:
            return
        self._written = left


class Wardrobe:
    """Puts on what was worn, piece by piece as the chain tells that it is the player's own."""

    def __init__(self, wears: tuple[GoodId, ...]) -> None:
        self._waiting = list(wears)

    @property
    def waiting(self) -> tuple[GoodId, ...]:
        """What the chain has not told of yet."""
        return tuple(self._waiting)

    def ready(self, world: World) -> list[Command]:
        """What can be put on now; each piece once."""
        out: list[Command] = []
        for good in [good for good in self._waiting if world.owned.get(good, 0) > 0]:
            self._waiting.remove(good)
            wear = world.goods[good].wear
            if wear is not None and wear.slot not in world.worn:
                out.append(Wear(good=good))
        return out
