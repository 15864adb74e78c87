"""The one function that changes the world."""

from collections.abc import Sequence

from game.core import commands as c
from game.core.building import BuildCommand
from game.core.commands import Command
from game.core.events import Event
from game.core.orchard import OrchardCommand
from game.core.ports import Update
from game.core.rules import (
    admit,
    basket,
    building,
    doors,
    gestures,
    hands,
    market,
    moods,
    movement,
    orchard,
    orders,
    placing,
    reach,
    resume,
    trade,
    try_on,
    wishes,
)  # fmt: skip
from game.core.trade import TradeCommand
from game.core.world import World


def step(world: World, commands: Sequence[Command], updates: Sequence[Update] = ()) -> list[Event]:
    """Advance the world by one tick of DT_SECS: what the market tells first, then what the player wants, then time.

    Deterministic: the same world, commands and updates give the same world and events.
    """
    out: list[Event] = []
    for update in updates:
        out += market.follow(world, update)

    move: c.Move | None = None
    turned_rad = 0.0
    for command in commands:
        match command:
            case c.Move() | c.Look() if world.orchard.grasped is not None:
                pass  # who has a fruit in the hand stands and looks still
            case c.Move():
                move = command
            case c.Look():
                turned_rad += movement.look(world.body, command)
            case _:
                out += _grant(world, command)

    out += doors.swing(world)
    before_m = world.body.pos_m
    turned_rad += gestures.settle(world)
    out += gestures.stand_up_to(world, move)
    out += orchard.before_walking(world, move)
    if world.sitting is None:
        out += movement.walk(world, move)
    door = doors.crossed(world, before_m)
    if door is not None:
        out += doors.cross(world, door)
    placing.settle_ghost(world, turned_rad)
    out += building.settle(world)
    out += reach.look_at(world)
    out += trade.settle(world)
    out += orchard.settle(world, out)
    world.tick += 1
    return out


def _grant(world: World, command: Command) -> list[Event]:
    """Do what a command wants, or say why not."""
    if isinstance(command, BuildCommand):
        return building.grant(world, command)
    if isinstance(command, TradeCommand):
        return trade.grant(world, command)
    if isinstance(command, OrchardCommand):
        return orchard.grant(world, command)
    match command:
        case c.PickUp():
            return hands.pick_up(world, command)
        case c.PutBack():
            return hands.put_back(world)
        case c.Turn():
            return hands.turn(world, command)
        case c.ShowScale():
            return hands.show_scale(world)
        case c.TryOn():
            return try_on.try_on(world, command)
        case c.TakeOff():
            return try_on.take_off(world, command)
        case c.Wear():
            return try_on.wear(world, command)
        case c.MoveGhost():
            return placing.move_ghost(world, command)
        case c.DropGhost():
            return placing.drop_ghost(world)
        case c.AddToBasket():
            return basket.add(world, command)
        case c.RemoveFromBasket():
            return basket.remove(world, command)
        case c.Checkout():
            return orders.checkout(world, command)
        case c.Confirm():
            return orders.confirm(world, command)
        case c.Decline():
            return orders.decline(world, command)
        case c.OfferForSale():
            return market.sell(world, command)
        case c.Withdraw():
            return market.withdraw(world, command)
        case c.Wish():
            return wishes.wish(world, command)
        case c.ReadHistory():
            return orders.recall()
        case c.PingMarket():
            return market.ping(world)
        case c.SetMood():
            return moods.set_mood(world, command)
        case c.SwitchView():
            world.third_person = not world.third_person
            return []
        case c.SetLooks():
            return gestures.set_looks(world, command)
        case c.Gesture():
            return gestures.gesture(world, command)
        case c.Sit():
            return gestures.sit(world)
        case c.Resume():
            return resume.resume(world, command)
        case c.Travel():
            return doors.travel(world, command.place)
        case c.Admit():
            return admit.admit(world, command)
        case c.Move() | c.Look():
            return []
