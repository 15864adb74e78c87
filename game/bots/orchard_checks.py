"""What must be true of a season in the orchard: facts of the world; of money and fruit, the contracts' own words."""

from hashlib import sha256
from typing import Any

from game.bots.tour import Act, require
from game.client.boxes import Boxes
from game.content.letter_box import outbox
from game.core.errors import GameError
from game.core.ids import PlaceId, Wei
from game.core.orchard_fruit import growth_of
from game.core.orchard_witness import OrchardWitness, WitnessedBox
from game.core.tree_life import life_rows

Chain = OrchardWitness

MOST_FRAMES = 1_200


def nothing_ripe(tree: int, tried: int) -> GameError:
    """For a tree of which nothing could be looked at."""
    return GameError(f"none of {tried} ripe fruits of the tree {tree} can be reached and looked at")


def is_mine(act: Act, tree: int) -> bool:
    fact = act.person.world.orchard.trees.get(tree)
    return fact is not None and fact.adopter == act.person.world.purse.account


def left(act: Act, tree: int) -> int:
    fact = act.person.world.orchard.tree(tree)
    return fact.waterings_left if fact is not None else -1


def variety(act: Act, tree: int) -> str:
    fact = act.person.world.orchard.tree(tree)
    return fact.variety if fact is not None else ""


def held(act: Act, plot: int) -> int:
    return sum(fruit.quantity for fruit in act.person.world.orchard.fruit if fruit.plot == plot)


def is_in_orchard(act: Act, chain: Chain, place: PlaceId) -> str:
    world = act.person.world
    require(world.place_id == place, f"the player is in {world.place_id}")
    require(len(world.orchard.plots) == chain.plots(), f"{len(world.orchard.plots)} plots, the chain {chain.plots()}")
    stages = {number: growth_of(world, number << 16) for number in world.orchard.plots}
    for number, grown in stages.items():
        told = chain.tree(number << 16).stage
        require(grown is not None and grown.stage == told, f"plot {number} is {grown}, the chain says {told}")
    shown = [grown.stage for grown in stages.values() if grown is not None]
    require("blossom" in shown and "ripe" in shown, f"no plot blossoms, or none is ripe: {shown}")
    return ", ".join(f"{world.orchard.plots[n].variety} {grown.stage}" for n, grown in stages.items() if grown)


def is_adopted(act: Act, chain: Chain, tree: int, held_wei: Wei) -> str:
    world = act.person.world
    told, price_wei = chain.tree(tree), world.orchard.plots[tree >> 16].adoption_price_wei
    require(told.adopter == world.purse.account, f"the chain says that {told.adopter} adopted it")
    lies = chain.held_wei(tree >> 16)
    require(lies == held_wei + price_wei, f"{lies} wei lie for the plot; before it were {held_wei}")
    return f"{price_wei} wei for the tree {tree & 0xFFFF}, {told.waterings_left} waterings to harvest"


def is_watered(act: Act, chain: Chain, tree: int, need: int) -> str:
    told, can = chain.tree(tree), act.person.world.orchard.can
    require(told.waterings_left == 0 == left(act, tree), f"{told.waterings_left} waterings are left")
    require(can is not None and can.drops >= 0, f"the can is {can}")
    assert can is not None
    return f"{need} waterings of {need}; {can.drops} drops are left in the can; it bears {told.yield_fruits}"


def life(act: Act, tree: int) -> list[str]:
    """What was done to a tree, in the rows that the player reads."""
    world = act.person.world
    told = world.orchard.lives.get(tree, ())
    return [row.what for row in life_rows(told, world.orchard.plots.get(tree >> 16))]


def is_grafted(act: Act, chain: Chain, tree: int, scion: str) -> str:
    plot, told = act.person.world.orchard.plots[tree >> 16], chain.tree(tree)
    [graft] = [each for each in plot.grafts if each.with_variety == scion]
    require(told.grafted, "nobody looked at what came of the graft")
    require(told.variety in (plot.variety, graft.result), f"it became {told.variety}")
    require(variety(act, tree) == told.variety, f"the game says {variety(act, tree)}, the chain {told.variety}")
    return f"{plot.variety} with {scion} at {graft.odds_bps / 100:g} %: {told.variety}"


def is_in_stage(act: Act, chain: Chain, tree: int, stage: str) -> str:
    grown, told = growth_of(act.person.world, tree), chain.tree(tree)
    require(told.stage == stage, f"the chain says that it is {told.stage}")
    require(grown is not None and grown.stage == stage, f"the game says {grown}")
    return f"tree {tree & 0xFFFF} of plot {tree >> 16}: {stage}"


def is_harvested(act: Act, chain: Chain, tree: int, pieces: int) -> str:
    world, told = act.person.world, chain.tree(tree)
    fruit = [each for each in world.orchard.fruit if each.tree == tree]
    units = sum(chain.units(world.purse.account, each) for each in fruit)
    require(units == pieces == told.picked, f"{units} units, {told.picked} picked by the chain, {pieces} by hand")
    require(not world.orchard.basket, f"{len(world.orchard.basket)} fruits are still in the basket")
    require(all(each.variety == told.variety for each in fruit), f"{fruit} of a {told.variety}")
    grades = ", ".join(f"{each.quantity} {each.grade}" for each in fruit)
    return f"{units} units of {told.variety} ({grades}), backed by {fruit[0].backing_wei} wei each"


def is_in_contest(act: Act, picked: int) -> str:
    contest = act.person.world.orchard.contest
    require(contest is not None, "the contest is over")
    assert contest is not None
    require(contest.clean + contest.bruised == picked, f"{contest.clean} clean and {contest.bruised} bruised")
    require(contest.points > 0, "it brought no points")
    return f"{contest.points} points: {contest.clean} clean, {contest.bruised} bruised"


def is_paid_at_scale(act: Act, chain: Chain, plot: int, pieces: int, before: Wei) -> str:
    world = act.person.world
    price_wei = world.orchard.plots[plot].fruit_price_wei
    fruit = [each for each in world.orchard.fruit if each.plot == plot]
    units = sum(chain.units(world.purse.account, each) for each in fruit)
    require(units == pieces, f"{units} units on the chain")
    lies = chain.held_wei(plot)
    require(lies == before + pieces * price_wei, f"{lies} wei lie for the plot; before it were {before}")
    require(all(each.backing_wei == price_wei for each in fruit), f"backed by {fruit}")
    return f"{units} fruits for {pieces * price_wei} wei, all of it their backing"


def is_opened(act: Act, chain: Chain, box: int, plot: int, pieces: int) -> str:
    world, told = act.person.world, chain.box(box)
    fact = world.orchard.deliveries[box]
    require(told.state == "opened" and told.buyer == world.purse.account, f"the chain says {told}")
    require(told.seller == world.orchard.plots[plot].grower, f"the seller is {told.seller}")
    require(sum(quantity for _, quantity in fact.fruits) == pieces, f"the box holds {fact.fruits}")
    require(told.value_wei == fact.value_wei > 0, f"{told.value_wei} wei in escrow, {fact.value_wei} told")
    require(held(act, plot) == 0, f"{held(act, plot)} fruits of the plot are still in hand")
    return f"box {box}: {pieces} fruits burnt, {told.value_wei} wei in escrow until {told.act_by_secs}"


def is_packed(chain: Chain, box: int, order: dict[str, Any], label: bytes, address: dict[str, str]) -> str:
    told = chain.box(box)
    require(told.state == "accepted", f"the chain says {told.state}")
    read = order["address"] or {}
    wanted = {"name": address["name"], "town": address["town"], "postcode": address["postcode"]}
    require({name: read.get(name) for name in wanted} == wanted, "the grower reads another address")
    require(label.startswith(b"%PDF"), "the label is no PDF")
    return f"{order['code']}: {order['quantity']} fruits, {order['grams']} g, a label of {len(label)} bytes"


def hear_of(act: Act, box: int) -> None:
    """Let time pass until the game has the tracking number, which comes the way of the letter."""
    letters = act.screen.part(Boxes).letters
    for _ in range(MOST_FRAMES):
        if letters.tracking.get(box):
            return
        act.person.frames(1, 5)
    raise GameError(f"nobody told the tracking number of box {box}")


def is_shipped(act: Act, chain: Chain, box: int, tracking: str) -> str:
    told, fact = chain.box(box), act.person.world.orchard.deliveries[box]
    require(told.state == "shipped", f"the chain says {told.state}")
    require(fact.tracking_sha256 == sha256(tracking.encode()).digest(), "the chain has another number's hash")
    heard = act.screen.part(Boxes).letters.tracking.get(box, "")
    require(heard == tracking, f"the buyer heard of {heard!r}")
    return f"box {box} is on its way under {tracking}; paid or disputed by {told.act_by_secs}"


def is_received(act: Act, chain: Chain, box: int, before: Wei, escrow: WitnessedBox) -> str:
    told = chain.box(box)
    require(told.state == "paid" and told.value_wei == 0, f"the chain says {told}")
    credit = act.witness.credit_wei(escrow.seller)
    require(credit == before + escrow.value_wei, f"the grower has {credit} wei in the till, before {before}")
    kept = outbox(act.screen.options.home).deliveries()
    require(box not in kept, "the address was not erased")
    return f"{escrow.value_wei} wei to the grower; the address is erased"


def was_repaid(act: Act, chain: Chain, box: int, before: Wei, value: Wei) -> str:
    told, account = chain.box(box), act.person.world.purse.account
    require(told.state == "refunded" and told.value_wei == 0, f"the chain says {told}")
    credit = act.witness.credit_wei(account)
    require(credit == before + value > before, f"{credit} wei in the till, before {before}, the box held {value}")
    return f"nobody packed box {box} in time: {value} wei wait for the buyer"
