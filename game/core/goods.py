"""A good as its maker describes it: what it is, how big, how it is worn, on which terms it is sold."""

from msgspec import Struct

from game.core.ids import GoodId, MakerId, Wei

Vec3 = tuple[float, float, float]

KINDS = (
    "hat", "glasses", "scarf", "bag", "shoes", "top", "bottom",
    "lamp", "chair", "vase", "picture", "fruit",
    "cup", "teapot", "bowl", "cushion", "rug", "clock", "candle", "plant", "basket",
    "sculpture", "toy", "book", "jar", "vegetable", "flower", "ring", "shelf",
)  # fmt: skip
WEI_MAX = 2**128  # prices are below; the chain has no room for more
PRICE_LETTERS_MAX = 60
SLOTS = ("head", "face", "neck", "torso", "legs", "feet", "back", "hand")


class Text(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Display text in the languages of the game."""

    en: str
    zh: str


class Wear(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a good sits on a person: slot, the joint it is rigid on (or "" when skinned) and what it covers."""

    slot: str
    joint: str = ""
    hides: tuple[str, ...] = ()  # body regions of the person model that it covers
    lift_m: float = 0.0  # how far it raises the wearer (soles)


class Terms(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Terms of sale. Edition and royalty are part of the good's identity; price and room share of its offer."""

    price_coins: str  # exact decimal, e.g. "12.50"; see `price_wei`
    edition: int  # how many units can ever exist, >= 1
    royalty_bps: int = 500  # of every resale, <= 1000
    room_share_bps: int = 1000  # of every sale, to the owner of the room that showed it


class Good(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One good of the catalogue; one TOML file under scenes/goods, its model beside it under assets/models/goods."""

    id: GoodId
    kind: str
    maker: MakerId
    name: Text
    story: Text
    size_m: Vec3  # width (x), depth (y), height (z) of its bounding box as it stands
    licence: str
    terms: Terms
    wear: Wear | None = None  # None: it is not worn but stood or hung somewhere
    hangs: bool = False  # pictures and the like: the ghost stands against a wall
    tags: tuple[str, ...] = ()


def price_wei(good: Good) -> Wei:
    """Exact price of one unit in wei.

    Raises GameError when `price_coins` is no decimal, negative, 2**128 wei or more, or finer than one wei.
    """
    return coins_to_wei(good.terms.price_coins, where=f"scenes/goods/{good.id}.toml: terms.price_coins")


def coins_to_wei(text: str, *, where: str) -> Wei:
    """Exact wei of a decimal number of coins, without passing through a float; `where` names the value in errors."""
    from decimal import Decimal, localcontext

    from game.core.errors import GameError
    from game.core.ids import WEI_PER_COIN

    if len(text) > PRICE_LETTERS_MAX:
        raise GameError(f"{where}: {len(text)} characters are no price; write coins such as \"12.50\"")
    try:
        with localcontext(prec=3 * PRICE_LETTERS_MAX):
            wei = Decimal(text) * WEI_PER_COIN
    except ArithmeticError:
        raise GameError(f"{where}: {text!r} is not a decimal number; write coins such as \"12.50\"") from None
    if not wei.is_finite() or not 0 <= wei < WEI_MAX or wei != wei.to_integral_value():
        rule = "negative, beyond reason or finer than one wei"
        raise GameError(f"{where}: {text!r} is {rule}; write coins such as \"12.50\"")
    return Wei(int(wei))
