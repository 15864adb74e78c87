"""The hand: taking a good from its stand, turning it, holding a ruler to it, putting it back."""

from math import pi

from game.core import events
from game.core.commands import PickUp, Turn
from game.core.events import Event
from game.core.rules.display import displayed
from game.core.rules.movement import bounded
from game.core.world import Hand, World


def pick_up(world: World, command: PickUp) -> list[Event]:
    """Take a good from its stand into the hand; what was held goes back first."""
    stand_id = command.stand if command.stand is not None else world.looked_at
    shown = displayed(world)
    if stand_id is None or stand_id not in shown:
        return [events.Declined(reason="nothing_there")]
    out = empty_hands(world)
    world.hand = Hand(good=shown[stand_id], stand=stand_id, since_tick=world.tick)
    world.looked_at = None if world.looked_at == stand_id else world.looked_at
    out.append(events.PickedUp(stand=stand_id, good=shown[stand_id]))
    return out


def put_back(world: World) -> list[Event]:
    """Return what is in the hand, or stands before the player as a ghost, to its stand."""
    return empty_hands(world) or [events.Declined(reason="hand_empty")]


def empty_hands(world: World) -> list[Event]:
    """Return hand and ghost to their stands; no events when there is neither."""
    out: list[Event] = []
    if world.ghost is not None:
        out.append(events.GhostGone(good=world.ghost.good))
        out.append(events.PutBackOn(stand=world.ghost.stand, good=world.ghost.good))
        world.ghost = None
    if world.hand is not None:
        out.append(events.PutBackOn(stand=world.hand.stand, good=world.hand.good))
        world.hand = None
    return out


def turn(world: World, command: Turn) -> list[Event]:
    """Turn what is in the hand and bring it closer."""
    hand = world.hand
    if hand is None:
        return [events.Declined(reason="hand_empty")]
    hand.yaw_rad += bounded(command.yaw_rad, 2 * pi)
    hand.pitch_rad = min(max(hand.pitch_rad + bounded(command.pitch_rad, pi), -pi / 2), pi / 2)
    hand.zoom = min(max(hand.zoom + bounded(command.zoom, 1.0), 0.0), 1.0)
    return []


def show_scale(world: World) -> list[Event]:
    """Show or hide the ruler."""
    if world.hand is None:
        return [events.Declined(reason="hand_empty")]
    world.hand.ruler = not world.hand.ruler
    return []
