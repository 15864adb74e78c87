"""The player as maker and host: own offers, rooms that are published or visited, credits and their withdrawal."""

from game.core import events, room_ports, trade
from game.core.events import Event
from game.core.ids import HOME, GoodId, OfferHash, Wei
from game.core.room_ports import RoomRequest, RoomUpdate
from game.core.rules import showing
from game.core.rules.admit import furnished, replace_place
from game.core.rules.asking import new_id
from game.core.rules.on_offer import rooms_naming
from game.core.rules.orders import market_closed
from game.core.trade import TradeCommand
from game.core.world import World


def settle(world: World) -> list[Event]:
    """Open the player's home on the chain when they first stand in it and the market is open, where that is free."""
    known = world.trade
    if not world.purse.play_money or world.place_id != HOME or known.home_asked:
        return []
    if known.home is not None or market_closed(world) is not None:
        return []
    known.home_asked = True
    return [_ask(world, room_ports.OpenHome(request_id=new_id(world, "home")))]


def grant(world: World, command: TradeCommand) -> list[Event]:
    """Ask the market for what the player wants; what is read or checked waits for a market that is still closed."""
    match command:
        case trade.ShowInRoom():
            return showing.show(world, command)
        case trade.OfferOnStand():
            return showing.offer_on_stand(world, command)
        case trade.ReadPurse():
            return [events.Asked(request=room_ports.ReadPurse())]
        case trade.ReadDesk():
            return [events.Asked(request=room_ports.ReadDesk())]
        case trade.ReadVersions(room=room):
            return [events.Asked(request=room_ports.ReadVersions(room=room))]
        case trade.AdmitRoom():
            admit = room_ports.AdmitRoom(
                request_id=new_id(world, "admit"), place_id=command.place, room=command.room,
                bundle_sha256=command.bundle_sha256, displays=command.displays,
            )  # fmt: skip
            return [_ask(world, admit)]
        case _:
            refused = market_closed(world)
            return [refused] if refused is not None else _send(world, command)


_Costly = (
    trade.SignOffer | trade.Reprice | trade.PublishRoom | trade.UnpublishRoom | trade.WithdrawCredits | trade.CancelAll
)


def _send(world: World, command: _Costly) -> list[Event]:
    """What may cost a fee: once at a time of each kind, so that a second press does nothing twice."""
    known = world.trade
    match command:
        case trade.SignOffer(terms=terms):
            if terms.price_wei <= 0:
                return [events.Declined(reason="price_zero", detail=terms.good_id)]
            if _is_being_signed(world, terms.good_id):
                return [events.Declined(reason="still_under_way", detail=terms.good_id)]
            sign = room_ports.SignOffer(
                request_id=new_id(world, "sign"), terms=terms, quantity=command.quantity,
                end_price_wei=command.end_price_wei, start_secs=command.start_secs, expiry_secs=command.expiry_secs,
            )  # fmt: skip
            return [_ask(world, sign)]
        case trade.Reprice(good=good, price_wei=price_wei):
            if price_wei <= 0:
                return [events.Declined(reason="price_zero", detail=good)]
            if _is_being_signed(world, good):
                return [events.Declined(reason="still_under_way", detail=good)]
            request_id = new_id(world, "sign")
            return [_ask(world, room_ports.Reprice(request_id=request_id, good_id=good, price_wei=price_wei))]
        case trade.PublishRoom(place=place) | trade.UnpublishRoom(place=place):
            if known.publish_next or known.waits_for(room_ports.PublishRoom, room_ports.UnpublishRoom):
                return [events.Declined(reason="still_under_way")]
            request_id = new_id(world, "publish")
            if isinstance(command, trade.UnpublishRoom):
                return [_ask(world, room_ports.UnpublishRoom(request_id=request_id, place_id=place))]
            publish = room_ports.PublishRoom(
                request_id=request_id, place_id=place, bundle_sha256=command.bundle_sha256, displays=command.displays
            )
            if known.home is None and place == HOME and not world.purse.play_money:
                known.publish_next = publish
                return [_ask(world, room_ports.OpenHome(request_id=new_id(world, "home"), may_pay=True))]
            return [_ask(world, publish)]
        case trade.WithdrawCredits():
            if known.waits_for(room_ports.WithdrawCredits):
                return [events.Declined(reason="still_under_way")]
            if known.withdrawable_wei <= 0:
                return [events.Declined(reason="nothing_to_withdraw")]
            return [_ask(world, room_ports.WithdrawCredits(request_id=new_id(world, "withdraw")))]
        case trade.CancelAll():
            if known.waits_for(room_ports.CancelAll):
                return [events.Declined(reason="still_under_way")]
            return [_ask(world, room_ports.CancelAll(request_id=new_id(world, "cancel")))]


def _is_being_signed(world: World, good: GoodId) -> bool:
    return any(
        (isinstance(asked, room_ports.SignOffer) and asked.terms.good_id == good)
        or (isinstance(asked, room_ports.Reprice) and asked.good_id == good)
        for asked in world.trade.under_way.values()
    )


def refused(world: World, request_id: str) -> None:
    """A request was refused: it is no longer under way."""
    asked = world.trade.under_way.pop(request_id, None)
    world.trade.stands.pop(request_id, None)
    if isinstance(asked, room_ports.OpenHome):
        world.trade.publish_next = None


def follow(world: World, update: RoomUpdate) -> list[Event]:
    """Take one update of the market about offers, rooms and credits into the world."""
    known = world.trade
    asked = known.under_way.pop(getattr(update, "request_id", ""), None)
    match update:
        case room_ports.HomeOpened(room=room):
            known.home = room
            publish, known.publish_next = known.publish_next, None
            out: list[Event] = [events.HomeOpened()] if asked is not None else []
            return out if publish is None else [*out, _ask(world, publish)]
        case room_ports.OfferSigned():
            known.signed[update.good_id] = update
            return [events.OfferReady(signed=update, restored=asked is None)]
        case room_ports.Published():
            known.published[update.place_id] = update
            return [events.RoomPublished(published=update)]
        case room_ports.RoomAdmitted():
            known.rooms[update.place_id] = update
            return [events.RoomChecked(admitted=update)]
        case room_ports.OfferStock():
            if known.offers.get(update.offer) == update:
                return []
            return _offer_changed(world, update)
        case room_ports.Credits():
            known.credits, known.withdrawable_wei = update, update.withdrawable_wei
            return [events.TradeRead(kind="credits")]
        case room_ports.Earned():
            known.withdrawable_wei = update.withdrawable_wei
            return [events.Earned(credit=credit) for credit in update.credits]
        case room_ports.Withdrawn():
            known.withdrawable_wei = Wei(max(known.withdrawable_wei - update.wei, 0))
            return [events.CreditsWithdrawn(withdrawn=update)]
        case room_ports.MakersDesk():
            known.desk = update
            return [events.TradeRead(kind="desk")]
        case room_ports.AllCancelled():
            for offer in update.offers:
                offer_closed(world, offer)
            return [events.OffersVoided(cancelled=update)]
        case room_ports.Versions():
            known.versions = update
            return [events.TradeRead(kind="versions")]


def _offer_changed(world: World, update: room_ports.OfferStock) -> list[Event]:
    """Note how an offer stands; a good leaves its stand in every room when the offer that it stood with is closed."""
    before = world.trade.offers.get(update.offer)
    world.trade.offers[update.offer] = update
    out: list[Event] = [events.OfferChanged(stock=update)]
    if (before is None or before.state == "open") != (update.state == "open"):
        for room in rooms_naming(world, update.offer):
            out += replace_place(world, furnished(world, room))
    return out


def offer_closed(world: World, offer: OfferHash) -> None:
    """An offer of the player's as maker no longer stands."""
    for good, signed in list(world.trade.signed.items()):
        if signed.offer == offer:
            del world.trade.signed[good]


def _ask(world: World, request: RoomRequest) -> events.Asked:
    request_id = getattr(request, "request_id", "")
    world.trade.under_way[request_id] = request
    return events.Asked(request=request)

