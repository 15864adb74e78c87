"""How rules ask the market for something: every request has an id of its own."""

from game.core import events
from game.core.orchard_ports import OrchardRequest
from game.core.world import World


def new_id(world: World, kind: str) -> str:
    """An id that no other request of this world has."""
    return f"{kind}_{world.rng.getrandbits(64):016x}"


def ask_orchard(world: World, request: OrchardRequest) -> events.Asked:
    """Ask the orchard's contracts for something, and remember it until it is answered."""
    world.orchard.under_way[request.request_id] = request
    return events.Asked(request=request)
