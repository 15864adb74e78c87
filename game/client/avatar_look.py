"""How a person looks: a frozen choice of skin, hair, height and edits, and a few people ready-made."""

from types import MappingProxyType

from msgspec import Struct

from game.core.errors import GameError

HAIRS = ("bob", "short", "bun")
EDITS = (
    "face_width", "jaw", "cheeks", "nose_length", "eye_size", "eye_distance", "mouth_width", "smile", "brow_height",
    "belly", "hips", "shoulders",
)  # fmt: skip
HEIGHTS = (0.85, 1.15)


class Look(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Skin and hair as sRGB "#rrggbb", hair by name, height against 1.63 m, edits by name in about -1..1."""

    skin: str = "#d6946c"
    hair: str = "bob"
    hair_colour: str = "#5a3020"
    height: float = 1.0
    edits: dict[str, float] = {}

    def __post_init__(self) -> None:
        if self.hair not in HAIRS:
            raise GameError(f"hair {self.hair!r} is unknown; choose one of {', '.join(HAIRS)}")
        unknown = sorted(set(self.edits) - set(EDITS))
        if unknown:
            raise GameError(f"edits {', '.join(unknown)} are unknown; choose from {', '.join(EDITS)}")
        if not HEIGHTS[0] <= self.height <= HEIGHTS[1]:
            raise GameError(f"height {self.height} is outside {HEIGHTS[0]}..{HEIGHTS[1]}")
        for name in ("skin", "hair_colour"):
            linear(getattr(self, name))


def linear(colour: str) -> tuple[float, float, float, float]:
    """Linear rgb and 1 of an sRGB colour "#rrggbb".

    Raises GameError when it is none.
    """
    try:
        if len(colour) != 7 or colour[0] != "#":
            raise ValueError
        c = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    except ValueError:
        raise GameError(f"colour {colour!r} is not of the form #rrggbb") from None
    r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in c)
    return r, g, b, 1.0


DEFAULT_LOOK = Look(edits={"smile": 0.5, "eye_size": 0.2})
LOOKS = MappingProxyType({
    "mia": DEFAULT_LOOK,
    "tariq": Look(
        skin="#8a5438", hair="short", hair_colour="#241812", height=1.08,
        edits={"jaw": 0.9, "face_width": 0.2, "shoulders": 1.0, "nose_length": 0.7, "eye_size": -0.3,
               "brow_height": -0.5, "mouth_width": 0.5, "belly": 0.15},
    ),
    "rosa": Look(
        skin="#e8ae88", hair="bun", hair_colour="#b5602c", height=0.95,
        edits={"face_width": 0.7, "cheeks": 1.2, "eye_distance": 0.5, "nose_length": -0.6, "belly": 0.9, "hips": 1.0,
               "smile": 1.0, "shoulders": -0.5},
    ),
    "jun": Look(
        skin="#c98a5e", hair="short", hair_colour="#1d1a1c", height=1.02,
        edits={"jaw": 0.3, "eye_distance": 0.3, "smile": 0.3, "shoulders": 0.4},
    ),
    "ada": Look(
        skin="#5f3826", hair="bun", hair_colour="#2b1a14", height=1.0,
        edits={"cheeks": 0.5, "eye_size": 0.4, "mouth_width": 0.4, "smile": 0.6, "hips": 0.5},
    ),
})  # fmt: skip
