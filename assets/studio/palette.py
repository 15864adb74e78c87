"""The sixteen colours of the street, as linear RGB; every model mixes its own from these."""

import numpy as np

Colour = np.ndarray  # (3,) linear RGB, or (n, 3), one a vertex


def rgb(hex_srgb: str) -> Colour:
    """Linear RGB of six sRGB hex digits, e.g. "c0614a"; shape (3,), 0..1."""
    c = np.array([int(hex_srgb[i : i + 2], 16) for i in (0, 2, 4)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


CREAM = rgb("f3ead9")
SAGE = rgb("8aa595")
OAK = rgb("b58c62")
WALNUT = rgb("7a5439")
BRASS = rgb("c9974a")
IVORY = rgb("f2eadb")
BLUSH = rgb("e0a596")
TERRA = rgb("c0614a")
MUSTARD = rgb("d9a441")
NAVY = rgb("34466a")
TEAL = rgb("3f8087")
PLUM = rgb("7d4a63")
LEAF = rgb("5c8c4c")
STRAW = rgb("dcbd83")
SKY = rgb("a9c4d4")
INK = rgb("3b383d")
LOQUAT = rgb("f0a030")

CLOTH = (TERRA, MUSTARD, NAVY, TEAL, PLUM, BLUSH, IVORY, SKY, SAGE)
