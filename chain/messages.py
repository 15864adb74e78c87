"""What the game and the market's worker say to each other: one JSON document a line, first `Opening`, then requests."""

from msgspec import Struct, json

from game.core.orchard_ports import FollowOrchard
from game.core.ports import Catalogue, Request, Update
from game.core.room_ports import AdmitRoom, ReadDesk, ReadPurse


class Opening(Struct, frozen=True, kw_only=True, tag=True):
    """First line of a conversation: where state lives, which node, what is for sale."""

    home: str
    node: str  # auto, embedded or anvil; without meaning when rpc is given
    rpc: str | None
    catalogue: Catalogue


_to_worker: json.Decoder[Opening | Request] = json.Decoder(Opening | Request)
_to_game: json.Decoder[Update] = json.Decoder(Update)
_encoder = json.Encoder()


def encode(message: Opening | Request | Update) -> bytes:
    """One message as a line of JSON, newline included."""
    return _encoder.encode(message) + b"\n"


def decode_for_worker(line: bytes) -> Opening | Request:
    """What the game said. Raises msgspec.DecodeError or ValidationError when it's no such message."""
    return _to_worker.decode(line)


def decode_for_game(line: bytes) -> Update:
    """What the worker said. Raises msgspec.DecodeError or ValidationError when it's no such message."""
    return _to_game.decode(line)


def request_key(request: Request) -> str:
    """Names a request so that sending it again replaces it: its kind, and its id or what it asks about."""
    ident = getattr(request, "order_id", None) or getattr(request, "request_id", None) or getattr(request, "room", "")
    return f"{type(request).__name__}:{ident}"


def standing_key(request: Request) -> str | None:
    """Names a request that holds on after its answer, so that a later one replaces it; None for all others.

    A room that was admitted stays so, and purse, desk and orchard go on being told: for every new worker too.
    """
    match request:
        case AdmitRoom(place_id=place_id):
            return f"{AdmitRoom.__name__}:{place_id}"
        case ReadPurse() | ReadDesk():
            return request_key(request)
        case FollowOrchard():
            return FollowOrchard.__name__
        case _:
            return None
