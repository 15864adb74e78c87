"""From the orchard to the door: fruit is sent for, boxes are received or disputed, and what a season left is given up.

Whose turn it is follows the deliveries' contract; it decides, this spares the player what it would refuse.
"""

from game.core import events
from game.core import orchard as o
from game.core import orchard_ports as ports
from game.core.events import Event
from game.core.ids import Address
from game.core.orchard_ports import DELIVERY_ACTS, ENDED, Delivery, FruitHeld, FruitLine
from game.core.rules.asking import ask_orchard, new_id
from game.core.rules.orders import market_closed
from game.core.world import World

DeliveryCommand = o.SendHome | o.GiveUpFruit | o.TakeBackTree | o.ActOnDelivery

COMMIT_BYTES = 32
SELLERS_TURN = ("opened", "accepted", "disputed")  # and when the seller lets it pass, the buyer is repaid


def grant(world: World, command: DeliveryCommand) -> list[Event]:
    """Ask the chain for what the player wants, or say why not."""
    closed = market_closed(world)
    if closed is not None:
        return [closed]
    match command:
        case o.SendHome():
            return _send(world, command)
        case o.GiveUpFruit():
            return _give_up(world, command)
        case o.TakeBackTree():
            return _take_back(world, command.tree)
        case o.ActOnDelivery():
            return _act(world, command)


def acts_of(delivery: Delivery, account: Address, now_secs: int) -> tuple[str, ...]:
    """What an account may do to a delivery at a time of the chain's, in the order of DELIVERY_ACTS."""
    state, in_time = delivery.state, now_secs <= delivery.act_by_secs
    if state in ENDED:
        return ()
    may: dict[str, bool] = {}
    if account == delivery.buyer:
        may["confirm"] = True
        may["dispute"] = state == "shipped" and in_time
        may["refund"] = state in SELLERS_TURN and not in_time
        may["split"] = state == "answered" and not in_time
    if account == delivery.seller:
        may["accept"] = state == "opened" and in_time
        may["ship"] = state == "accepted" and in_time
        may["claim"] = state == "shipped" and not in_time
        may["answer"] = state == "disputed" and in_time
        may["refund"] = True
        may["split"] = state == "answered" and not in_time
    return tuple(act for act in DELIVERY_ACTS if may.get(act, False))


def _held(world: World, lines: tuple[FruitLine, ...]) -> tuple[list[FruitHeld], str]:
    """The fruit that lines name, or why they can't be meant."""
    by_id = {fruit.good_id: fruit for fruit in world.orchard.fruit}
    found: list[FruitHeld] = []
    for line in lines:
        fruit = by_id.get(line.good_id)
        if fruit is None or not 0 < line.quantity <= fruit.quantity:
            return [], "not_owned"
        found.append(fruit)
    if not found or len({line.good_id for line in lines}) < len(lines):
        return [], "bad_quantity"
    return found, "" if len({fruit.plot for fruit in found}) == 1 else "fruit_of_two_plots"


def _send(world: World, command: o.SendHome) -> list[Event]:
    found, wrong = _held(world, command.lines)
    if wrong:
        return [events.Declined(reason=wrong)]
    if len(command.commit) != COMMIT_BYTES or not any(command.commit):
        return [events.Declined(reason="bad_commit")]
    plot = world.orchard.plots.get(found[0].plot)
    if plot is not None and world.orchard.now_secs > plot.redeem_by_secs:
        return [events.Declined(reason="season_over")]
    if world.orchard.waits_for(ports.Redeem, ports.LapseFruit):
        return [events.Declined(reason="fruit_under_way")]
    request_id = new_id(world, "redeem")
    return [ask_orchard(world, ports.Redeem(request_id=request_id, lines=command.lines, commit=command.commit))]


def _give_up(world: World, command: o.GiveUpFruit) -> list[Event]:
    found, wrong = _held(world, command.lines)
    if wrong:
        return [events.Declined(reason=wrong)]
    if not _season_over(world, found[0].plot):
        return [events.Declined(reason="season_is_on")]
    if world.orchard.waits_for(ports.Redeem, ports.LapseFruit):
        return [events.Declined(reason="fruit_under_way")]
    return [ask_orchard(world, ports.LapseFruit(request_id=new_id(world, "lapse"), lines=command.lines))]


def _take_back(world: World, tree: int) -> list[Event]:
    fact = world.orchard.tree(tree)
    if fact is None:
        return [events.Declined(reason="tree_unknown")]
    if fact.adopter != world.purse.account:
        return [events.Declined(reason="not_your_tree")]
    if not _season_over(world, tree >> 16):
        return [events.Declined(reason="season_is_on")]
    if world.orchard.waits_for(ports.TakeBack, tree=tree):
        return [events.Declined(reason="still_under_way")]
    return [ask_orchard(world, ports.TakeBack(request_id=new_id(world, "take_back"), tree=tree))]


def _act(world: World, command: o.ActOnDelivery) -> list[Event]:
    known = world.orchard
    delivery = known.deliveries.get(command.delivery)
    if delivery is None:
        return [events.Declined(reason="delivery_unknown")]
    if command.act not in acts_of(delivery, world.purse.account, known.now_secs):
        return [events.Declined(reason="not_your_turn")]
    if any(isinstance(request, ports.ActOnDelivery) and request.delivery == command.delivery
           for request in known.under_way.values()):  # fmt: skip
        return [events.Declined(reason="still_under_way")]
    act = ports.ActOnDelivery(
        request_id=new_id(world, "deliver"), delivery=command.delivery, act=command.act,
        note_sha256=command.note_sha256,
    )  # fmt: skip
    return [ask_orchard(world, act)]


def _season_over(world: World, plot: int) -> bool:
    known = world.orchard.plots.get(plot)
    return known is not None and world.orchard.now_secs > known.redeem_by_secs
