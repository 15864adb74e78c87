"""How a person looks, as plain data: colours, hair, and measures that each have a range; and people drawn by lot.

A measure of 0 leaves the person as modelled, -1 and 1 are as far as is still pleasant. `height_m` is in metres.
"""

from dataclasses import dataclass
from math import isfinite
from random import Random
from types import MappingProxyType

from msgspec import Struct, structs

MODEL_HEIGHT_M = 1.63  # of the person as modelled

SKINS = (
    "#f3cdb0", "#e8b48f", "#d6996f", "#c4895f", "#a87556", "#8a5f46", "#704c39", "#573b2d", "#412d25",
)  # fmt: skip
HAIR_COLOURS = (
    "#1d1a1c", "#2b1a14", "#4a2a1c", "#5a3020", "#7a4a28", "#a8662f", "#b5602c", "#d2a25a", "#e6cf98",
    "#8f8a86", "#d9d6d0", "#2f6f73", "#b2557a",
)  # fmt: skip
EYE_COLOURS = ("#94592f", "#5a3a20", "#b07a3c", "#8a9a4c", "#4f9a78", "#4f8fc4", "#8494a8", "#463a34")
HAIRS = ("short", "bob", "bun", "curls", "ponytail", "long", "crop", "none")
BEARDS = ("none", "moustache", "full")


@dataclass(frozen=True, slots=True)
class Measure:
    """Least and greatest value; the unit is m, or of_range where 1 is as far as is pleasant."""

    least: float = -1.0
    most: float = 1.0
    unit: str = "of_range"


MEASURES = MappingProxyType({
    "face_width": Measure(), "jaw": Measure(), "chin": Measure(), "cheeks": Measure(), "age": Measure(least=0.0),
    "eye_size": Measure(), "eye_distance": Measure(), "eye_tilt": Measure(), "brow_height": Measure(),
    "brow_tilt": Measure(), "brow_size": Measure(),
    "nose_length": Measure(), "nose_width": Measure(), "mouth_width": Measure(), "lips": Measure(), "smile": Measure(),
    "height_m": Measure(least=1.42, most=1.84, unit="m"), "head_size": Measure(), "shoulders": Measure(),
    "chest": Measure(), "belly": Measure(least=-0.5), "hips": Measure(), "limbs": Measure(least=-0.6),
})  # fmt: skip
EDITS = tuple(name for name in MEASURES if name != "height_m")  # what the model carries as displacements


class Looks(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A person. Colours are sRGB "#rrggbb"; `hair` is one of HAIRS, `beard` of BEARDS, each measure within MEASURES."""

    skin: str = "#d6996f"
    hair: str = "bob"
    hair_colour: str = "#5a3020"
    beard: str = "none"
    eye_colour: str = "#94592f"
    face_width: float = 0.0
    jaw: float = 0.0
    chin: float = 0.0
    cheeks: float = 0.0
    age: float = 0.0
    eye_size: float = 0.2
    eye_distance: float = 0.0
    eye_tilt: float = 0.0
    brow_height: float = 0.0
    brow_tilt: float = 0.0
    brow_size: float = 0.0
    nose_length: float = 0.0
    nose_width: float = 0.0
    mouth_width: float = 0.0
    lips: float = 0.0
    smile: float = 0.5
    height_m: float = MODEL_HEIGHT_M
    head_size: float = 0.0
    shoulders: float = 0.0
    chest: float = 0.0
    belly: float = 0.0
    hips: float = 0.0
    limbs: float = 0.0

    @property
    def scale(self) -> float:
        """How tall against the person as modelled."""
        return self.height_m / MODEL_HEIGHT_M

    @property
    def edits(self) -> dict[str, float]:
        """The strength of every displacement."""
        return {name: float(getattr(self, name)) for name in EDITS}


DEFAULT_LOOKS = Looks()


def wrong_in(looks: Looks) -> str:
    """The first field of `looks` that is no colour, unknown, no number or out of its range; "" when all are right."""
    for name in ("skin", "hair_colour", "eye_colour"):
        if not is_colour(getattr(looks, name)):
            return name
    if looks.hair not in HAIRS:
        return "hair"
    if looks.beard not in BEARDS:
        return "beard"
    for name, measure in MEASURES.items():
        value = getattr(looks, name)
        if not isfinite(value) or not measure.least <= value <= measure.most:
            return name
    return ""


def is_colour(text: str) -> bool:
    """Whether a text is "#" and six lower-case hexadecimal digits."""
    return len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdef" for c in text[1:])


def changed(looks: Looks, name: str, value: float) -> Looks:
    """`looks` with one measure brought within its range and rounded to a thousandth."""
    measure = MEASURES[name]
    return structs.replace(looks, **{name: round(min(max(value, measure.least), measure.most), 3)})


MOST_BY_LOT = 0.75  # of its range, how far a lot moves a measure from the middle
GREYS_FROM = 0.45  # of age
GREYS = HAIR_COLOURS[9:11]
NATURAL = HAIR_COLOURS[:9]
DYED = HAIR_COLOURS[11:]
DARK_SKINS = SKINS[5:]
CALM = {  # what would soon look odd or cross is drawn from less of its range
    "eye_distance": 0.5, "eye_tilt": 0.5, "brow_tilt": 0.5, "brow_height": 0.5, "head_size": 0.5, "chin": 0.6,
    "nose_length": 0.6, "nose_width": 0.6,
}  # fmt: skip


def looks_by_lot(rng: Random) -> Looks:
    """A pleasant person: every measure rather near the middle, always a smile, hair that goes with age and skin."""
    values: dict[str, float] = {}
    for name, measure in MEASURES.items():
        middle = (measure.least + measure.most) / 2
        half = (measure.most - measure.least) / 2 * MOST_BY_LOT * CALM.get(name, 1.0)
        values[name] = round(rng.triangular(middle - half, middle + half, middle), 3)
    values["age"] = round(max(0.0, rng.triangular(-0.6, 1.0, 0.0)), 3)
    values["smile"] = round(rng.uniform(0.25, 0.9), 3)
    values["eye_size"] = round(rng.uniform(-0.3, 0.6), 3)
    skin = rng.choice(SKINS)
    dark = skin in DARK_SKINS
    colours = GREYS if values["age"] > GREYS_FROM else NATURAL[:4] if dark else NATURAL
    hair_colour = rng.choice(DYED) if values["age"] <= GREYS_FROM and rng.random() < 0.08 else rng.choice(colours)
    bearded = values["jaw"] > 0.0 and rng.random() < 0.45
    return Looks(
        skin=skin,
        hair=rng.choice(("short", "crop", "curls", "none") if bearded else HAIRS[:-1]),
        hair_colour=hair_colour,
        beard=rng.choice(BEARDS[1:]) if bearded else "none",
        eye_colour=rng.choice(EYE_COLOURS[:2] + EYE_COLOURS[-1:] if dark else EYE_COLOURS),
        **values,
    )
