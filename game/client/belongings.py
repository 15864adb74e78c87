"""What a home keeps and the catalogue has not: it is let into the world before anything happens there."""

from typing import TYPE_CHECKING

from game.content.goods_store import GoodsStore
from game.core.commands import Admit, Command
from game.core.step import step
from game.core.world import World

if TYPE_CHECKING:
    from game.core.replay import Recorder


def belongings(store: GoodsStore) -> list[Command]:
    """The players' goods that are known here."""
    goods = tuple(kept.good for kept in store.all())
    return [Admit(goods=goods)] if goods else []


def admit(world: World, kept: list[Command], recorder: "Recorder | None") -> None:
    """Let what a home keeps into the world, before the player is there."""
    if kept:
        if recorder is not None:
            recorder.record(kept, [])
        step(world, kept)
