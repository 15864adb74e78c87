"""The code on a box: the number of its delivery, and a check against boxes of other chains and slips of the finger.

`LQ42-9F3C21`: the number, then the first 24 bits of the delivery's commitment. Letters and figures of QR's small
alphabet only, so that the printed code is coarse and any scanner types it right.
"""

import re

from game.core.orchard_ports import Delivery

CODE = re.compile(r"LQ([1-9][0-9]{0,18})-([0-9A-F]{6})")
LONGEST = 28
TRACKING = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{3,38})[A-Z0-9]")


def code_of(delivery: Delivery) -> str:
    """What is printed on the box of a delivery."""
    return f"LQ{delivery.delivery}-{delivery.commit[:3].hex().upper()}"


def read_code(text: str) -> tuple[int, str] | None:
    """The delivery's number and the whole code in what a scanner or a person typed; None for anything else."""
    code = text.strip().upper() if len(text) <= 2 * LONGEST else ""
    found = CODE.fullmatch(code)
    return (int(found[1]), code) if found else None


def read_tracking(text: str) -> str | None:
    """A carrier's tracking number in its one form, 5 to 40 of A-Z, 0-9 and "-"; None for what is none."""
    number = re.sub(r"\s", "", text).upper() if len(text) <= 80 else ""
    return number if TRACKING.fullmatch(number) and read_code(number) is None else None
