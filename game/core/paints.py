"""What a paint is: "#rrggbb", a material over the model's own colour ("wood"), or both ("#rrggbb wood")."""

import re

MATERIALS = ("wood", "stone", "tile", "fabric", "metal")
LAMPLIGHT = "lamplight"
"""The slot of every lamp, and of every room, that holds the colour of its light."""
COLOUR_ONLY = (LAMPLIGHT, "words")

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def parted(paint: str) -> tuple[str, str]:
    """The colour and the material of a paint, "" for what it leaves as the model has it."""
    colour, _, material = paint.rpartition(" ")
    return (colour, material) if colour else ("", material) if material in MATERIALS else (material, "")


def joined(colour: str, material: str) -> str:
    """The paint of a colour and a material, of which each may be ""."""
    return f"{colour} {material}".strip()


def is_paint(paint: str, slot: str) -> bool:
    """Whether this is a paint, and one for such a slot: light and letters have no material."""
    colour, material = parted(paint)
    known = not material or (material in MATERIALS and slot not in COLOUR_ONLY)
    return known and bool(_COLOUR.fullmatch(colour) if colour else material) and joined(colour, material) == paint


def slots_of(paints: tuple[str, ...], *, shines: bool) -> tuple[str, ...]:
    """What can be painted of what has these slots, and of what shines its light as well."""
    return (*paints, LAMPLIGHT) if shines else paints
