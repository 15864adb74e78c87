"""One season follows another: where a plot's has ended and its grower offers the like anew, that is planted there."""

from msgspec.structs import replace

from game.core.events import Event
from game.core.orchard import Orchard
from game.core.places import Grove
from game.core.rules.admit import replace_place
from game.core.world import World


def replant(world: World) -> list[Event]:
    """Let the trees of each grove be those of the season that is on. Nothing changes while one is, or none follows."""
    out: list[Event] = []
    for place in list(world.places.values()):
        groves = tuple(_with_season(world.orchard, grove) for grove in place.groves)
        if groves != place.groves:
            if place.id == world.place_id:
                world.orchard.grasped = world.orchard.aim = None  # it may hang no more
            out += replace_place(world, replace(place, groves=groves))
    return out


def _with_season(known: Orchard, grove: Grove) -> Grove:
    plot = known.plots.get(grove.plot)
    if plot is None or known.now_secs <= plot.redeem_by_secs:
        return grove
    kind = plot.grower, plot.variety, plot.trees
    following = (
        each.plot for each in known.plots.values()
        if (each.grower, each.variety, each.trees) == kind and known.now_secs <= each.redeem_by_secs
    )  # fmt: skip
    return replace(grove, plot=max(following, default=grove.plot))
