"""The harvest board of a home: the best contests, and what was played today. One small file."""

import logging
import os
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.disk import write_whole
from game.core.orchard import ContestResult, DayPlay

log = logging.getLogger(__name__)

FILE = "harvests.json"


class Board(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The best contest of each day, the most points first, and the day that was played last."""

    rows: tuple[ContestResult, ...] = ()
    today: DayPlay | None = None


def placed(board: Board, result: ContestResult, most_rows: int) -> tuple[Board, int]:
    """The board with one more result, and the row that it took, from 1; 0 where it took none.

    A day has one row, its best; children's contests have no clock, so they are not compared.
    """
    if result.child or result.points == 0:
        return board, 0
    before = next((row for row in board.rows if row.day == result.day), None)
    if before is not None and before.points >= result.points:
        return board, 0
    others = [row for row in board.rows if row is not before]
    rows = sorted([*others, result], key=lambda row: (-row.points, row.day))[:most_rows]
    place = next((number for number, row in enumerate(rows, start=1) if row is result), 0)
    return msgspec.structs.replace(board, rows=tuple(rows)), place


def read_board(home: Path) -> Board:
    """The board as it was left. A damaged file is kept aside, and the board begins anew."""
    path = home / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Board)
    except FileNotFoundError:
        return Board()
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        log.warning("%s: cannot be read, and is kept as .old: %s", path, error)
        try:
            os.replace(path, path.with_suffix(".json.old"))
        except OSError as trouble:
            log.warning("%s: cannot be moved: %s", path, trouble)
        return Board()


def write_board(home: Path, board: Board) -> bool:
    """Keep the board; False where the home can't be written."""
    try:
        write_whole(home / FILE, msgspec.json.encode(board))
    except OSError as error:
        log.warning("%s: cannot be written: %s", home / FILE, error)
        return False
    return True
