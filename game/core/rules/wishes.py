"""The wishlist: goods to come back to."""

from game.core import events
from game.core.commands import Wish
from game.core.events import Event
from game.core.rules.display import at_hand
from game.core.world import World


def wish(world: World, command: Wish) -> list[Event]:
    """Put a good on the wishlist, or take it off; what is so already stays so without an event."""
    good = command.good if command.good is not None else at_hand(world)
    if good is None:
        return [events.Declined(reason="nothing_there")]
    if good not in world.goods:
        return [events.Declined(reason="good_unknown", detail=good)]
    wished = good not in world.wishes if command.wished is None else command.wished
    if wished == (good in world.wishes):
        return []
    world.wishes = (*world.wishes, good) if wished else tuple(other for other in world.wishes if other != good)
    return [events.Wished(good=good, wished=wished, restored=command.restored)]
