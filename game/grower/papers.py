"""Packing slips (A5) and address labels (100 x 150 mm, for label printers) as PDF, each with its box's QR code.

Papers are made in memory and handed over as bytes: an address is written to a file by the grower's own wish alone.
"""

import io
import threading
from collections.abc import Callable, Sequence

import segno
from msgspec import Struct
from reportlab.lib.colors import HexColor, black, white
from reportlab.pdfgen.canvas import Canvas

from game.client.texts import Texts
from game.content.letters import PostalAddress
from game.core.errors import GameError
from game.grower.desk import Order, OrderLine, zone_of
from game.grower.typeface import Typeface

MM = 72 / 25.4
A5, LABEL = (148 * MM, 210 * MM), (100 * MM, 150 * MM)
INK, SOFT, LINE, ACCENT, PALE = map(HexColor, ("#3b2a1e", "#6b5745", "#eadbc0", "#d97f12", "#fff4df"))
ROWS_A_PAGE = 15
QUIET_MODULES = 4  # white around a QR code, by its standard

_pen = threading.Lock()  # the PDF writer's fonts are the process's own


class Papers(Struct, frozen=True, kw_only=True):
    """A PDF, and the characters of it that the typeface lacks and "□" stands for."""

    pdf: bytes
    lacking: str


class Printer:
    """Writes papers in one language. `name_of` names a variety, `sender` are the lines of the grower's own address."""

    def __init__(self, texts: Texts, name_of: Callable[[str], str], sender: Sequence[str] = ()) -> None:
        self.texts = texts
        self.name_of = name_of
        self.sender = tuple(sender)

    def slips(self, orders: Sequence[Order]) -> Papers:
        """A packing slip for each order, one or more pages each. Raises GameError where there is none."""
        return self._print(orders, A5, "grower_slips", self._slip)

    def labels(self, orders: Sequence[Order]) -> Papers:
        """An address label for each order. Raises GameError for an order whose letter has not come."""
        for order in orders:
            if order.address is None:
                raise GameError(self.texts.t("grower_why_no_letter", code=order.code))
        return self._print(orders, LABEL, "grower_labels", self._label)

    def _print(
        self, orders: Sequence[Order], size: tuple[float, float], title: str,
        draw: Callable[[Canvas, Typeface, Order], None],
    ) -> Papers:  # fmt: skip
        if not orders:
            raise GameError(self.texts.t("grower_nothing_to_print"))
        with _pen:
            face = Typeface(self._all_texts(orders))
            file = io.BytesIO()
            canvas = Canvas(file, pagesize=size, invariant=True, pageCompression=True)
            canvas.setTitle(self.texts.t(title))  # names nobody
            canvas.setCreator("Loquat")
            for order in orders:
                draw(canvas, face, order)
            canvas.save()
        return Papers(pdf=file.getvalue(), lacking="".join(sorted(face.lacking)))

    def _all_texts(self, orders: Sequence[Order]) -> list[str]:
        ascii_and_ours = ["".join(map(chr, range(32, 127))), self.texts.t("list_comma"), *self.sender]
        for key in self.texts.catalogues[self.texts.language]:
            if key.startswith("grower_paper_"):
                ascii_and_ours.append(self.texts.catalogues[self.texts.language][key])
        for order in orders:
            ascii_and_ours += [self.name_of(order.variety), *(written(order.address) if order.address else ())]
            ascii_and_ours += [order.address.note, zone_of(order.address)] if order.address else []
        return ascii_and_ours

    def _kg(self, grams: int) -> str:
        return self.texts.t("grower_paper_kg", kg=f"{grams / 1000:.2f}")

    # --- the slip ------------------------------------------------------------------------------------------------

    def _slip(self, canvas: Canvas, face: Typeface, order: Order) -> None:
        pages = [order.lines[at : at + ROWS_A_PAGE] for at in range(0, len(order.lines), ROWS_A_PAGE)] or [()]
        for number, lines in enumerate(pages, start=1):
            self._slip_page(canvas, face, order, lines, number, len(pages))
            canvas.showPage()

    def _slip_page(
        self, canvas: Canvas, face: Typeface, order: Order, lines: Sequence[OrderLine], number: int, pages: int
    ) -> None:
        say, (wide, high), left = self.texts.t, A5, 13 * MM
        right = wide - left
        canvas.setFillColor(ACCENT)
        canvas.rect(0, high - 3 * MM, wide, 3 * MM, stroke=0, fill=1)
        canvas.setFillColor(INK)
        face.draw(canvas, left, high - 19 * MM, say("grower_paper_slip"), 22, bold=True)
        face.draw(canvas, left, high - 26 * MM, face.fitted(self.name_of(order.variety), 12, 78 * MM), 12)
        canvas.setFillColor(SOFT)
        face.draw(canvas, left, high - 32 * MM, say("grower_paper_pack_by", day=order.day or "-"), 10)
        _qr(canvas, order.code, right - 30 * MM, high - 39 * MM, 30 * MM)
        canvas.setFillColor(INK)
        face.draw(canvas, right - 30 * MM + (30 * MM - face.width(order.code, 9, bold=True)) / 2, high - 41.5 * MM,
                  order.code, 9, bold=True)  # fmt: skip
        y = high - 50 * MM
        y = self._recipient(canvas, face, order.address, left, y, right - left)
        columns = (left + 3 * MM, left + 72 * MM, left + 90 * MM, right - 9 * MM)
        canvas.setFillColor(PALE)
        canvas.roundRect(left, y - 2.4 * MM, right - left, 7.6 * MM, 1.5 * MM, stroke=0, fill=1)
        canvas.setFillColor(SOFT)
        for x, key in zip(columns, ("variety", "tree", "pieces", "weight"), strict=True):
            self._cell(canvas, face, x, y, say(f"grower_paper_{key}"), 9, key)
        for line in lines:
            y -= 7 * MM
            canvas.setFillColor(INK)
            name = face.fitted(self.name_of(order.variety), 10.5, 55 * MM)
            cells = (name, str(line.tree), str(line.quantity), self._kg(line.grams))
            for x, key, text in zip(columns, ("variety", "tree", "pieces", "weight"), cells, strict=True):
                self._cell(canvas, face, x, y, text, 10.5, key)
            canvas.setStrokeColor(SOFT)
            canvas.roundRect(right - 5 * MM, y - 0.9 * MM, 3.6 * MM, 3.6 * MM, 0.6 * MM, stroke=1, fill=0)
            canvas.setStrokeColor(LINE)
            canvas.line(left, y - 2.6 * MM, right, y - 2.6 * MM)
        if number == pages:
            y -= 8 * MM
            canvas.setFillColor(INK)
            total = (say("grower_paper_total"), "", str(order.quantity), self._kg(order.grams))
            for x, key, text in zip(columns, ("variety", "tree", "pieces", "weight"), total, strict=True):
                self._cell(canvas, face, x, y, text, 11.5, key, bold=True)
        canvas.setFillColor(SOFT)
        foot = 12 * MM
        face.draw(canvas, left, foot + 12 * MM, say("grower_paper_thanks"), 10)
        face.draw(canvas, left, foot, say("grower_paper_packed_by"), 9)
        start = left + face.width(say("grower_paper_packed_by"), 9) + 3 * MM
        canvas.setStrokeColor(SOFT)
        canvas.line(start, foot - 0.5 * MM, start + 48 * MM, foot - 0.5 * MM)
        if pages > 1:
            text = f"{number} / {pages}"
            face.draw(canvas, right - face.width(text, 9), foot, text, 9)

    @staticmethod
    def _cell(
        canvas: Canvas, face: Typeface, x: float, y: float, text: str, size: float, column: str, *, bold: bool = False
    ) -> None:
        """A name begins there, a figure ends there."""
        face.draw(canvas, x if column == "variety" else x - face.width(text, size, bold=bold), y, text, size, bold=bold)

    def _recipient(
        self, canvas: Canvas, face: Typeface, address: PostalAddress | None, left: float, y: float, wide: float
    ) -> float:
        """Who gets it, and what they ask for; the height that comes next."""
        say = self.texts.t
        canvas.setFillColor(SOFT)
        face.draw(canvas, left, y, say("grower_paper_to"), 9)
        y -= 5.5 * MM
        canvas.setFillColor(INK)
        if address is None:
            face.draw(canvas, left, y, say("grower_paper_no_letter"), 11)
            return y - 12 * MM
        face.draw(canvas, left, y, face.fitted(address.name, 13, wide, bold=True), 13, bold=True)
        y -= 5.5 * MM
        town = f"{address.town}{say('list_comma')}{address.country}"
        face.draw(canvas, left, y, face.fitted(town, 10.5, wide), 10.5)
        if address.note:
            note = face.wrapped(say("grower_paper_note", note=address.note), 10, wide - 8 * MM)
            high = (len(note) * 4.6 + 4) * MM
            y -= 4 * MM
            canvas.setStrokeColor(ACCENT)
            canvas.roundRect(left, y - high, wide, high, 2 * MM, stroke=1, fill=0)
            for line in note:
                y -= 4.6 * MM
                face.draw(canvas, left + 4 * MM, y - 0.7 * MM, line, 10)
            y -= 4 * MM
        return y - 12 * MM

    # --- the label -----------------------------------------------------------------------------------------------

    def _label(self, canvas: Canvas, face: Typeface, order: Order) -> None:
        say, (wide, high), left = self.texts.t, LABEL, 6 * MM
        right, address = wide - left, order.address
        assert address is not None
        canvas.setFillColor(black)
        canvas.rect(0, high - 19 * MM, wide, 19 * MM, stroke=0, fill=1)
        canvas.setFillColor(white)
        weight = self._kg(order.grams)
        zone = zone_of(address) or address.country
        room = right - left - face.width(weight, 15, bold=True) - 5 * MM
        face.draw(canvas, left, high - 10.5 * MM, face.fitted(zone, 24, room, bold=True), 24, bold=True)
        face.draw(canvas, right - face.width(weight, 15, bold=True), high - 10.3 * MM, weight, 15, bold=True)
        fresh = f"{address.country}  ·  {say('grower_paper_fresh')}"
        face.draw(canvas, left, high - 16.2 * MM, face.fitted(fresh, 8.5, right - left), 8.5)
        canvas.setFillColor(black)
        y = high - 26 * MM
        face.draw(canvas, left, y, say("grower_paper_to"), 8.5)
        for lines, size, bold in self._sized(face, address, right - left, 50 * MM):
            for line in lines:
                y -= size * 1.32
                face.draw(canvas, left, y, line, size, bold=bold)
        canvas.setLineWidth(0.8)
        if address.note:
            y = 58 * MM
            note = face.wrapped(address.note, 8.5, right - left)[:4]
            canvas.setDash(2, 2)
            canvas.line(left, y + 5 * MM, right, y + 5 * MM)
            canvas.setDash()
            for line in note:
                face.draw(canvas, left, y, line, 8.5)
                y -= 11
        canvas.line(left, 40 * MM, right, 40 * MM)
        _qr(canvas, order.code, left - 4.4 * MM, 3 * MM, 36 * MM)
        beside, y = left + 34 * MM, 33.5 * MM
        face.draw(canvas, beside, y, order.code, 13, bold=True)
        text = say("grower_paper_content", variety=self.name_of(order.variety), n=order.quantity)
        for line in face.wrapped(text, 9, right - beside)[:2]:
            y -= 12
            face.draw(canvas, beside, y, line, 9)
        y -= 15
        for line in (say("grower_paper_from"), *self.sender)[: 7 if self.sender else 0]:
            face.draw(canvas, beside, y, face.fitted(line, 7.5, right - beside), 7.5)
            y -= 9
        canvas.showPage()

    @staticmethod
    def _sized(
        face: Typeface, address: PostalAddress, wide: float, high: float
    ) -> list[tuple[list[str], float, bool]]:
        """The address in lines, as large as it fits: (lines, size, bold)."""
        name, *rest = written(address)
        for size in (13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0):
            blocks = [(face.wrapped(name, size + 4, wide, bold=True), size + 4, True)]
            blocks += [(face.wrapped(line, size, wide), size, False) for line in rest]
            if sum(len(lines) * each * 1.32 for lines, each, _ in blocks) <= high:
                break
        return blocks


def written(address: PostalAddress) -> list[str]:
    """An address as it is written on a box, a name first, a line each."""
    town = f"{address.postcode} {address.town}".strip()
    return [each for each in (address.name, *address.lines, town, address.country, address.phone) if each]


def _qr(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    """A QR code in a white square with its lower left corner there."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    module = side / (len(rows) + 2 * QUIET_MODULES)
    canvas.setFillColor(white)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    canvas.setFillColor(black)
    path = canvas.beginPath()
    for down, row in enumerate(rows):
        at = 0
        while at < len(row):
            if not row[at]:
                at += 1
                continue
            end = at
            while end < len(row) and row[end]:
                end += 1
            path.rect(x + (QUIET_MODULES + at) * module, y + side - (QUIET_MODULES + down + 1) * module,
                      (end - at) * module, module)  # fmt: skip
            at = end
    canvas.drawPath(path, stroke=0, fill=1)
