"""The one function that changes the world."""

from collections.abc import Sequence

from game.core.commands import Command
from game.core.events import Event
from game.core.ports import Update
from game.core.world import World


def step(world: World, commands: Sequence[Command], updates: Sequence[Update] = ()) -> list[Event]:
    """Advance the world by one tick of DT_SECS: what the market tells first, then what the player wants, then time.

    Deterministic: the same world, commands and updates give the same world and events.
    """
    raise NotImplementedError
