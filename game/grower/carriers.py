"""A carrier's CSV: which box went under which tracking number. Read strictly and as a whole, or not at all.

The first line names the columns; one of each of COLUMNS must be there, others are passed over. Either every line is
right and all boxes are marked, or no box is; a file may be given twice, and does its work once.
"""

import csv
from collections.abc import Iterable, Sequence

from msgspec import Struct

from game.core.errors import GameError
from game.grower.codes import read_code, read_tracking
from game.grower.desk import Desk, DeskError, Order

COLUMNS = {
    "order": frozenset({"order", "reference", "box", "订单", "订单号", "箱号"}),
    "tracking": frozenset({"tracking", "tracking number", "tracking_number", "waybill", "运单", "运单号", "快递单号"}),
}
"""Names that a column may have, in lower case."""

MOST_BYTES, MOST_LINES = 1024 * 1024, 5000
VERDICTS = (
    "ship", "already", "shipped", "failed", "bad_code", "bad_tracking", "unknown_code", "twice_order",
    "twice_tracking", "not_to_ship", "no_letter", "columns",
)  # fmt: skip
"""What a line can come to: to be shipped, shipped under that number before, or why not."""

GOOD = frozenset({"ship", "already", "shipped"})


class CarrierLine(Struct, frozen=True, kw_only=True):
    """One line of the file; its number counts from 1, the names of the columns included."""

    line: int
    code: str
    tracking: str
    verdict: str  # one of VERDICTS
    detail: str = ""


class CarrierReport(Struct, frozen=True, kw_only=True):
    """What became of a file, line by line; `ok` when every line is right."""

    ok: bool
    lines: tuple[CarrierLine, ...]


def decoded(content: bytes) -> str:
    """The text of a CSV as spreadsheets write it: UTF-8, or GB 18030. Raises GameError for what is none."""
    if len(content) > MOST_BYTES:
        raise DeskError("csv_big", f"the file has {len(content)} bytes; {MOST_BYTES} at most")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DeskError("csv_text", "the file is no text in UTF-8 or GB 18030; save it as CSV")


def read(text: str, orders: Iterable[Order]) -> CarrierReport:
    """Judge every line by the orders as they are now; marks nothing. Raises GameError for what is no such table."""
    try:
        rows = [(number, row) for number, row in _rows(text) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise DeskError("csv_form", f"the file is no CSV ({error})") from None
    if not rows:
        raise DeskError("csv_empty", "the file is empty")
    if len(rows) > MOST_LINES:
        raise DeskError("csv_big", f"the file has {len(rows)} lines; {MOST_LINES} at most")
    header = [cell.strip().lower() for cell in rows[0][1]]
    at = {}
    for column, names in COLUMNS.items():
        found = [index for index, name in enumerate(header) if name in names]
        if len(found) != 1:
            raise DeskError("csv_columns", f"the first line must name one column {column!r}; it names {len(found)}")
        at[column] = found[0]
    if len(rows) == 1:
        raise DeskError("csv_empty", "the file names its columns, and has no line below them")
    known = {order.code: order for order in orders}
    lines: list[CarrierLine] = []
    codes, numbers = set[str](), set[str]()
    for number, row in rows[1:]:
        if len(row) != len(header):
            lines.append(CarrierLine(line=number, code="", tracking="", verdict="columns"))
            continue
        line = _judge(number, row[at["order"]], row[at["tracking"]], known, codes, numbers)
        codes.add(line.code)
        numbers.add(line.tracking)
        lines.append(line)
    return CarrierReport(ok=all(line.verdict in GOOD for line in lines), lines=tuple(lines))


def ship_all(desk: Desk, content: bytes) -> CarrierReport:
    """Mark every box in a carrier's CSV as shipped, or none where a line is wrong; the report says what became of each.

    Where the chain fails half-way the lines after it are "failed" too; give the same file again to go on.
    """
    report = read(decoded(content), desk.view().orders)
    if not report.ok:
        return report
    done: list[CarrierLine] = []
    failed = ""
    for line in report.lines:
        if line.verdict == "ship" and not failed:
            try:
                desk.ship(line.code, line.tracking)
            except (GameError, OSError) as error:
                failed = str(error)
        verdict = line.verdict if line.verdict != "ship" else "failed" if failed else "shipped"
        detail = failed if verdict == "failed" else ""
        done.append(
            CarrierLine(line=line.line, code=line.code, tracking=line.tracking, verdict=verdict, detail=detail)
        )
    return CarrierReport(ok=not failed, lines=tuple(done))


def _rows(text: str) -> Iterable[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    for row in reader:
        yield reader.line_num, row


def _judge(
    number: int, code: str, tracking: str, known: dict[str, Order], codes: set[str], numbers: set[str]
) -> CarrierLine:
    read = read_code(code)
    right = read_tracking(tracking)
    code, tracking = read[1] if read else code[:80], right or tracking[:80]

    def verdict() -> str:
        if read is None:
            return "bad_code"
        if right is None:
            return "bad_tracking"
        if code in codes:
            return "twice_order"
        if right in numbers:
            return "twice_tracking"
        order = known.get(code)
        if order is None:
            return "unknown_code"
        if order.state == "shipped" and order.tracking == right:
            return "already"
        if order.to_do not in ("pack", "ship"):
            return "not_to_ship"
        return "ship" if order.address is not None else "no_letter"

    return CarrierLine(line=number, code=code, tracking=tracking, verdict=verdict())


def summary(lines: Sequence[CarrierLine]) -> dict[str, int]:
    """How many lines came to each verdict."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.verdict] = counts.get(line.verdict, 0) + 1
    return counts
