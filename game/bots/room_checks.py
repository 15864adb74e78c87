"""What must be true of rooms that are built, published, visited and paid for, by the world or, of money, the chain."""

from game.bots.tour import Act, record_of, require
from game.client.making import Making
from game.client.publishing import Publishing
from game.content.bundle_store import BundleStore
from game.content.fetch import find
from game.core import building, events
from game.core.goods import coins_to_wei
from game.core.ids import HOME, Address, GoodId, PlaceId, RoomToken, StandId, Wei
from game.core.ports import Witnessed
from game.core.rooms import MAKERS_OFFER
from game.core.world import Order

CARRIED = "plinth_fluted"
MUG_WORDS = "hello, loquat"
MUG_COINS, MUG_EDITION, MUG_ROYALTY_PERCENT, MUG_SHARE_PERCENT = "12.50", 40, 5, 20
MUG_WEI = coins_to_wei(MUG_COINS, where="the tour's mug")
ROOM_WEI = Wei(MUG_WEI * MUG_SHARE_PERCENT // 100)
RESALE_WEI, RESALE_SHARE_PERCENT = coins_to_wei("16", where="the tour's resale"), 10


def stand_of(act: Act, good: GoodId) -> StandId:
    stands = [stand.id for stand in act.person.world.place.stands if stand.good == good]
    require(bool(stands), f"{good} stands nowhere in {act.person.world.place_id}")
    return stands[0]


def shows_at_home(act: Act, good: GoodId) -> bool:
    home = act.person.world.home
    return home is not None and any(item.good == good and item.offer == MAKERS_OFFER for item in home.items)


def is_at_home(act: Act) -> str:
    world = act.person.world
    require(world.place_id == HOME and world.home is not None, f"the player is in {world.place_id}")
    room = RoomToken(world.trade.home or 0)
    owner = act.witness.room_owner(room)
    require(owner == world.purse.account, f"the chain says that the home is {owner}'s")
    return f"{len(world.home.items) if world.home else 0} things; room {room:#x} is {owner}'s"


def sets_down(act: Act) -> str:
    """What is carried fits; set down it is in the room, taken back it is not."""
    world, build = act.person.world, act.person.world.building
    require(build is not None and build.carried is not None, "nothing is carried")
    assert build is not None
    assert build.carried is not None
    require(build.carried.fit.kind == building.FITS, f"it does not fit: {build.carried.fit.kind}")
    before = world.home
    act.press("confirm")
    after = world.home
    require(before is not None and after is not None and len(after.items) == len(before.items) + 1, "it is not there")
    act.press("build_undo")
    require(world.home == before, "taken back, the room is not as it was")
    act.press("build_redo")
    require(world.home == after, "done again, the room is not as it was")
    return f"{CARRIED} fits; {build.weight.triangles:,} triangles in the room"


def is_imported(act: Act, bench: Making) -> str:
    draft = bench.made_draft
    require(draft is not None, f"the file was refused: {bench.refused}")
    assert draft is not None
    said = {note.key: note.values for note in draft.notes}
    require(said.get("unit_found", {}).get("unit") == "cm", f"its unit is not found: {sorted(said)}")
    require(0.3 < draft.size_m[2] < 0.45, f"it is {draft.size_m[2]} m high")
    return f"{draft.size_m[2] * 100:.0f} cm high; {', '.join(said)}"


def is_shaped(act: Act, bench: Making) -> str:
    draft = bench.made_draft
    require(draft is not None and draft.recipe == "mug", "no mug was kept")
    assert draft is not None
    require(draft.values["words"] == MUG_WORDS, f"it says {draft.values['words']!r}")
    require(bench.workshop.model_path(draft.id).exists(), "its model is not on the disk")
    return f"a mug that says {draft.values['words']!r}"


def is_signed(act: Act, good: GoodId, before: Wei) -> str:
    world, files = act.person.world, act.screen.files
    signed, kept = world.trade.signed[good], files.store.get(good)
    require(kept is not None and signed.signed in kept.offers, "the offer is not kept with the good")
    asked = (signed.price_wei, signed.room_share_bps, signed.quantity)
    require(asked == (MUG_WEI, MUG_SHARE_PERCENT * 100, MUG_EDITION), f"it was signed as {signed}")
    after = act.witness.balance_wei(world.purse.account)
    require(after == before, f"signing cost {before - after} wei")
    return f"{signed.quantity} at {signed.price_wei} wei, {signed.room_share_bps / 100:g} % to rooms, no gas"


def is_published(act: Act, part: Publishing) -> str:
    world, packed = act.person.world, part.packed
    require(not part.failed[0], f"it was not published: {part.failed}")
    require(packed is not None, "nothing is packed")
    assert packed is not None
    digest = act.witness.published(RoomToken(world.trade.home or 0))
    require(digest == packed.digest, f"the chain says {digest.hex()}, packed is {packed.digest.hex()}")
    found = find(digest, [str(packed.path.parent)])
    require(len(found) == packed.size, "the file is not where others look for it")
    require(not packed.missing and not packed.blank, f"{packed.missing} and {packed.blank} pictures are left out")
    return f"{packed.cid}, {packed.size / 1e6:.1f} MB, {len(packed.displays)} goods on display"


def is_in_hosts_room(act: Act, place: PlaceId, mug: GoodId) -> str:
    world = act.person.world
    admitted = world.trade.rooms[place]
    require(world.place_id == place, f"the visitor is in {world.place_id}")
    require(admitted.owner == act.told("host_account"), f"the room is {admitted.owner}'s")
    require((admitted.state, admitted.pays_room) == ("current", True), f"the room is {admitted.state}")
    require(not admitted.rejected, f"left out are {admitted.rejected}")
    digest = act.witness.published(RoomToken(int(act.told("host"), 16)))
    options = act.screen.options
    require(all(source.startswith("http://") for source in options.bundles), f"looked for in {options.bundles}")
    came = BundleStore(options.home).get(digest)  # read back by its hash, or not at all
    require(came is not None, "the file that came is not the one that the chain names")
    require(world.looked_at is not None and stand_of(act, mug) == world.looked_at, f"looked at is {world.looked_at}")
    require(world.goods[mug].maker == act.told("maker_account"), "the mug is not the maker's")
    size = f"{len(came or b'') / 1e6:.1f} MB by HTTP"
    shown, left = len(world.place.stands), world.stock[mug].left
    return f"{world.rooms[place].name}, {size}: {shown} goods of others, {left} mugs left"


def was_paid(act: Act, order: Order, mug: GoodId) -> str:
    """To the wei: what the visitor has, and what stands to the credit of maker and host."""
    world, witness = act.person.world, act.witness
    maker, host = act.told("maker_account"), act.told("host_account")
    sale = only_sale(act, order, mug)
    shares = {share.to: share.wei for share in sale.shares}
    require(shares == {maker: MUG_WEI - ROOM_WEI, host: ROOM_WEI}, f"the log shares {shares}")
    require(witness.owned(world.purse.account, mug) == 1, "the chain does not know of the visitor's mug")
    for who, wei in ((maker, MUG_WEI - ROOM_WEI), (host, ROOM_WEI)):
        held = witness.credit_wei(Address(who))
        require(held == wei, f"the till holds {held} wei for {who}, not {wei}")
    return f"{ROOM_WEI} wei to the host, {MUG_WEI - ROOM_WEI} to the maker"


def only_sale(act: Act, order: Order, good: GoodId) -> Witnessed:
    """What the chain's receipt of an order of one unit says; it is noted in the report."""
    world = act.person.world
    require(order.state == "final", f"the order is {order.state}: {order.reason} {order.detail}")
    sales = act.witness.sales(order.tx_hash)
    require(len(sales) == 1, f"{len(sales)} sales are in the receipt")
    sale = sales[0]
    act.report.orders.append(record_of(order, sale))
    require((sale.good_id, sale.quantity) == (good, 1), f"sold were {sale.quantity} {sale.good_id}")
    require(sale.buyer == world.purse.account, f"{sale.buyer} bought, not {world.purse.account}")
    return sale


def has_earned(act: Act, mug: GoodId) -> str:
    world = act.person.world
    credits = world.trade.credits
    assert credits is not None
    held = act.witness.credit_wei(world.purse.account)
    require(held == ROOM_WEI, f"the till holds {held} wei")
    require(credits.withdrawable_wei == held, f"the purse shows {credits.withdrawable_wei} wei, the till holds {held}")
    told = [(credit.role, credit.wei, credit.good_id, credit.place_id) for credit in credits.credits]
    require(told == [("room", held, mug, HOME)], f"the purse shows {told}")
    return f"{held} wei as the room's share"


def withdrawals(act: Act) -> list[events.CreditsWithdrawn]:
    return [event for event in act.person.seen if isinstance(event, events.CreditsWithdrawn)]


def was_withdrawn(act: Act, before: Wei, waits: Wei) -> str:
    world = act.person.world
    [done] = withdrawals(act)
    require(done.withdrawn.wei == waits > 0, f"withdrawn were {done.withdrawn.wei} of {waits} wei")
    after = act.witness.balance_wei(world.purse.account)
    require(after == before + waits - done.withdrawn.gas_wei, f"the balance went from {before} to {after} wei")
    require(act.witness.credit_wei(world.purse.account) == 0, "the till still holds something")
    require(world.purse.balance_wei == after, f"the purse shows {world.purse.balance_wei} wei, the chain {after}")
    return f"{waits} wei in the purse, {done.withdrawn.gas_wei} wei of fee"


def is_shown(act: Act, clay: GoodId) -> str:
    world = act.person.world
    require(world.place_id == HOME, f"the player is in {world.place_id}")
    require(shows_at_home(act, clay), "the home does not show it")
    require(world.owned.get(clay, 0) == 0, "the visitor owns it")
    packed = act.screen.part(Publishing).packed
    shown = {display.terms.good_id for display in packed.displays} if packed is not None else set()
    require(clay in shown, f"published were {shown}")
    digest = act.witness.published(RoomToken(world.trade.home or 0))
    require(packed is not None and digest == packed.digest, "the chain knows another room")
    return "its maker sells it here"


def was_resold(act: Act, order: Order, mug: GoodId, place: PlaceId, stand: StandId) -> str:
    world, witness = act.person.world, act.witness
    seller, buyer = Address(act.told("visitor_account")), world.purse.account
    sale = only_sale(act, order, mug)
    royalty_wei = RESALE_WEI * MUG_ROYALTY_PERCENT // 100
    room_wei = RESALE_WEI * RESALE_SHARE_PERCENT // 100  # of the visitor's own room
    wanted = {"seller": (seller, RESALE_WEI - royalty_wei - room_wei), "creator": (buyer, royalty_wei)}
    shares = {share.role: (share.to, share.wei) for share in sale.shares}
    require(shares == {**wanted, "room": (seller, room_wei)}, f"the log shares {shares}")
    require((witness.owned(seller, mug), witness.owned(buyer, mug)) == (0, 1), "the mug is not where it should be")
    require(witness.credit_wei(seller) == RESALE_WEI - royalty_wei, "the till holds something else for the visitor")
    offer = next(item.offer for item in world.rooms[place].items if str(item.id) == str(stand))
    require(world.trade.offers[offer].state == "sold_out", f"the offer is {world.trade.offers[offer].state}")
    require(all(each.id != stand for each in world.place.stands), "the mug still stands there")
    return f"{RESALE_WEI - royalty_wei} wei to the visitor, {royalty_wei} to the maker; its stand is empty"
