"""What the chain tells of the orchard."""

from game.core import events
from game.core.events import Event
from game.core.orchard_ports import LifeTold, OrchardTold, OrchardUpdate
from game.core.world import World


def follow(world: World, update: OrchardUpdate) -> list[Event]:
    """Take facts of the orchard into the world; older ones than what is known change nothing back."""
    known = world.orchard
    known.under_way.pop(update.request_id, None)
    match update:
        case LifeTold():
            known.lives[update.tree] = update.events
        case OrchardTold():
            known.now_secs = max(known.now_secs, update.now_secs)
            known.plots.update((plot.plot, plot) for plot in update.plots)
            known.trees.update((tree.tree, tree) for tree in update.trees)
            known.deliveries.update((delivery.delivery, delivery) for delivery in update.deliveries)
            known.can = update.can if update.can is not None else known.can
            known.fruit = update.fruit if update.fruit is not None else known.fruit
    return [events.OrchardHeard(told=update)]


def refused(world: World, request_id: str) -> None:
    """A request was refused: it is no longer under way."""
    world.orchard.under_way.pop(request_id, None)
