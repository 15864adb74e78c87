"""Kit pieces to read: books that stand in a row, the last leaning on them, and some that lie. Metres, front -Y."""

import numpy as np

from assets.studio.kit import box
from assets.studio.palette import INK, IVORY, MUSTARD, NAVY, PLUM, SAGE, TEAL, TERRA, Colour
from assets.studio.piece_bag import PieceBag
from assets.studio.piece_model import PieceModel

PAPER = IVORY * 0.92
BOARD = 0.0035  # how thick a cover is


def book(b: PieceBag, wide: float, deep: float, tall: float, cloth: Colour, slot: str) -> None:
    """A book that stands on the origin with its spine to the front: two boards, the spine, a band on it, the pages."""
    with b.painted(slot):
        for sx in (-1, 1):
            b.add(box(BOARD, deep, tall, 0), cloth, 0.12, jitter=0, x=sx * (wide - BOARD) / 2)
        b.add(box(wide, 0.006, tall, 0.0025), cloth, 0.12, jitter=0, y=-deep / 2 + 0.001)
    b.add(box(wide * 0.72, 0.002, tall * 0.05, 0), MUSTARD, 0.4, jitter=0, y=-deep / 2 - 0.0022, z=tall * 0.78)
    pages = box(wide - 2 * BOARD, deep - 0.008, tall - 0.01, 0)
    b.add(pages, PAPER, 0.05, jitter=0, y=0.001, z=0.005)


def row(b: PieceBag) -> None:
    """Nine books side by side, and a tenth that leans."""
    x = 0.0
    books = (
        (0.030, 0.17, 0.235, TERRA, "paint"), (0.022, 0.15, 0.205, NAVY, "accent"), (0.036, 0.18, 0.245, SAGE, ""),
        (0.020, 0.14, 0.190, MUSTARD, ""), (0.028, 0.16, 0.220, NAVY, "accent"), (0.024, 0.16, 0.212, TERRA, "paint"),
        (0.032, 0.17, 0.238, PLUM, ""), (0.018, 0.14, 0.186, IVORY * 0.9, ""), (0.026, 0.16, 0.225, TEAL, ""),
    )  # fmt: skip
    for wide, deep, tall, cloth, slot in books:
        with b.at(x=x + wide / 2, y=deep / 2 - 0.09):
            book(b, wide, deep, tall, cloth, slot)
        x += wide + 0.0012
    lean_deg, wide, tall = 14.0, 0.024, 0.215
    a = np.radians(lean_deg)
    with b.at(x=x + np.sin(a) * tall + np.cos(a) * wide / 2, y=-0.0125, z=np.sin(a) * wide / 2, ry=-lean_deg):
        book(b, wide, 0.155, tall, INK * 1.4, "")


def pile(b: PieceBag) -> None:
    """Four books that lie on one another, each turned a little, a small one on top."""
    z = 0.0
    books = (
        (0.034, 0.20, 0.27, TEAL, "paint", 3), (0.026, 0.185, 0.25, MUSTARD, "", -6), (0.030, 0.17, 0.235, PLUM, "", 5),
        (0.020, 0.14, 0.19, TERRA, "accent", -14),
    )  # fmt: skip
    for thick, deep, tall, cloth, slot, turn_deg in books:
        with b.at(z=z + thick / 2, rz=turn_deg), b.at(ry=90, x=-tall / 2):
            book(b, thick, deep, tall, cloth, slot)
        z += thick + 0.0008
    b.surface(0.12, 0.12, z=z)


PIECES = {
    "book_row": PieceModel(row, "shelves", "Row of books", "一排书", "surface"),
    "book_pile": PieceModel(pile, "shelves", "A few books", "几本书", "surface"),
}
