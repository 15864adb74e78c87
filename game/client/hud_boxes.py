"""The player's fruit and boxes: what can be sent home, what is on its way, and the form for the address."""

import time
from collections.abc import Callable, Mapping

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_field import pen, pen_wide
from game.client.hud_orchard import known_variety_words
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Box, Paper, Spot
from game.client.hud_reason import ReasonPanel
from game.content.letters import LONGEST, LetterError, PostalAddress
from game.core import orchard as o
from game.core.commands import Command
from game.core.orchard_ports import ENDED, Delivery, FruitHeld, FruitLine
from game.core.rules.orchard_delivery import acts_of

WIDE, GAP = 820.0, 30.0
MOST_PLOTS, MOST_BOXES = 4, 3
FIELDS = ("name", "street", "more", "postcode", "town", "country", "phone")
SEND_AT = len(FIELDS)  # the row of the button
OF_LETTER = {"street": "lines", "more": "lines"}  # both are lines of the address
ROW = 46.0

Write = Callable[[PostalAddress, bytes], bytes]


def by_plot(view: View) -> dict[int, list[FruitHeld]]:
    """The player's fruit, by plot."""
    found: dict[int, list[FruitHeld]] = {}
    for fruit in view.world.orchard.fruit:
        found.setdefault(fruit.plot, []).append(fruit)
    return found


def all_of(fruits: list[FruitHeld]) -> tuple[FruitLine, ...]:
    """Every piece of some fruit."""
    return tuple(FruitLine(good_id=fruit.good_id, quantity=fruit.quantity) for fruit in fruits)


def day(at_secs: int) -> str:
    """A date as it is written everywhere."""
    return time.strftime("%Y-%m-%d", time.gmtime(at_secs))


class BoxesPanel(Piece):
    """Fruit on the left, boxes on the right."""

    name = "boxes"
    modal = True

    def __init__(self, tracking: Mapping[int, str], address: "AddressPanel", reason: ReasonPanel) -> None:
        self.tracking, self.address, self.reason = tracking, address, reason

    def key(self, view: View) -> object:
        known = view.world.orchard
        return (known.fruit, tuple(known.deliveries.values()), tuple(known.under_way), known.now_secs,
                tuple(self.tracking.items()))  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        top = title(paper, view, view.t("boxes"), WIDE)
        column = (WIDE - 2 * PAD - GAP) / 2
        left = self._fruit(paper, view, PAD, top, column)
        right = self._boxes(paper, view, PAD + column + GAP, top, column)
        paper.sheet(WIDE, max(left, right) + 22, radius=22)

    def _fruit(self, paper: Paper, view: View, x: float, y: float, wide: float) -> float:
        known = view.world.orchard
        y += paper.text(x, y, view.t("boxes_fruit"), theme.SMALL, bold=True, colour=theme.TEAL) + 6
        plots = by_plot(view)
        if not plots:
            return y + paper.text(x, y, view.t("boxes_no_fruit"), theme.BODY, wide=wide, colour=theme.INK_SOFT)
        for number, fruits in list(plots.items())[:MOST_PLOTS]:
            plot = known.plots.get(number)
            over = plot is not None and known.now_secs > plot.redeem_by_secs
            pieces = sum(fruit.quantity for fruit in fruits)
            clean = sum(fruit.quantity for fruit in fruits if fruit.grade == "A")
            y += paper.text(x, y, known_variety_words(fruits[0].variety, view), theme.LEAD, bold=True, wide=wide)
            words = view.t("boxes_pieces", n=pieces, clean=clean)
            y += paper.text(x, y, words, theme.SMALL, wide=wide, colour=theme.INK_SOFT)
            if plot is not None:
                until = view.t("boxes_over" if over else "boxes_until", day=day(plot.redeem_by_secs))
                y += paper.text(x, y, until, theme.SMALL, wide=wide, colour=theme.INK_SOFT)
            y += 6
            act, kind = ("give_up", "plain") if over else ("send", "main")
            y += paper.button(x, y, wide, view.t(f"do_{act}"), f"{act}:{number}", kind=kind) + 14
        return y

    def _boxes(self, paper: Paper, view: View, x: float, y: float, wide: float) -> float:
        known, me = view.world.orchard, view.world.purse.account
        y += paper.text(x, y, view.t("boxes_under_way"), theme.SMALL, bold=True, colour=theme.TEAL) + 6
        mine = [delivery for delivery in known.deliveries.values() if delivery.buyer == me]
        if not mine:
            return y + paper.text(x, y, view.t("boxes_none"), theme.BODY, wide=wide, colour=theme.INK_SOFT)
        for delivery in sorted(mine, key=lambda box: (box.state in ENDED, -box.delivery))[:MOST_BOXES]:
            y = self._box(paper, view, x, y, wide, delivery) + 12
        return y

    def _box(self, paper: Paper, view: View, x: float, y: float, wide: float, delivery: Delivery) -> float:
        known, me = view.world.orchard, view.world.purse.account
        words = view.t("box_state", n=delivery.delivery, state=view.t(f"delivery_{delivery.state}"))
        y += paper.text(x, y, words, theme.BODY, bold=True, wide=wide, lines=2)
        if delivery.state not in ENDED:
            more = view.t(f"delivery_next_{delivery.state}", day=day(delivery.act_by_secs))
            y += paper.text(x, y, more, theme.SMALL, wide=wide, lines=3, colour=theme.INK_SOFT)
        tracking = self.tracking.get(delivery.delivery, "")
        if tracking:
            y += paper.text(x, y, view.t("box_tracking", text=tracking), theme.SMALL, wide=wide, lines=2)
        y += 6
        acts = acts_of(delivery, me, known.now_secs)
        half = (wide - 10) / 2
        for number, act in enumerate(acts):
            wanted = act == "refund" or (act == "confirm" and delivery.state == "shipped")
            kind = "main" if wanted else "plain"
            paper.button(x + number % 2 * (half + 10), y, half, view.t(f"do_box_{act}"),
                         f"act:{delivery.delivery}:{act}", kind=kind)  # fmt: skip
            y += 52 if number % 2 or number == len(acts) - 1 else 0
        return y

    def press(self, action: str, view: View) -> list[Command] | None:
        name, _, rest = action.partition(":")
        match name:
            case "send":
                self.address.plot = int(rest)
                view.wishes.append("open:address")
                return []
            case "give_up":
                return [o.GiveUpFruit(lines=all_of(by_plot(view).get(int(rest), [])))]
            case "act":
                number, _, act = rest.partition(":")
                if act == "dispute":
                    self.reason.delivery = int(number)
                    view.wishes.append("open:reason")
                    return []
                return [o.ActOnDelivery(delivery=int(number), act=act)]
        return None


class AddressPanel(Piece):
    """The form for the address, sealed for the grower alone; nothing that is typed here is kept."""

    name = "address"
    modal = True
    writes_first = True

    def __init__(self, write: Write) -> None:
        self.plot, self.write = 0, write
        self.texts = dict.fromkeys(FIELDS, "")
        self.composing, self.row, self.wrong = "", 0, ""

    def opened(self, view: View) -> None:
        self.texts = dict.fromkeys(FIELDS, "")
        self.composing, self.row, self.wrong = "", 0, ""

    @property
    def types(self) -> bool:  # type: ignore[override]
        """Letters are typed while a line of the form is chosen."""
        return self.row < SEND_AT

    def key(self, view: View) -> object:
        return tuple(self.texts.values()), self.composing, self.row, self.wrong, len(by_plot(view).get(self.plot, []))

    def draw(self, paper: Paper, view: View) -> None:
        wide, inner = 620.0, 620.0 - 2 * PAD
        y = title(paper, view, view.t("address"), wide)
        y += paper.text(PAD, y, view.t("address_text"), theme.SMALL, wide=inner, lines=3, colour=theme.INK_SOFT) + 10
        for number, name in enumerate(FIELDS):
            self._line(paper, view, y, number, name, inner)
            y += ROW + 4
        if self.wrong:
            y += paper.text(PAD, y + 2, view.t(self.wrong), theme.BODY, bold=True, wide=inner, colour=theme.BERRY) + 6
        y += 8
        if not self.types:
            paper.box(PAD - 6, y - 5, inner + 12, 52, theme.LOQUAT_PALE, radius=17)
        key = view.go_key(on_line=self.types)
        y += paper.button(PAD, y, inner, view.t("do_seal_and_send"), "go", key=key, kind="main") + 12
        y += paper.hints(PAD, y, inner, [(view.arrows("↑ ↓"), view.t("do_choose"))])
        paper.sheet(wide, y + 14, radius=22)

    def _line(self, paper: Paper, view: View, y: float, number: int, name: str, wide: float) -> None:
        active, label = number == self.row, 150.0
        paper.text(PAD, y + 11, paper.shorten(view.t(f"address_{name}"), theme.BODY, label - 10), theme.BODY)
        x, room = PAD + label, wide - label
        paper.box(x, y, room, ROW - 4, theme.WHITE, radius=12)
        paper.box(x, y, room, ROW - 4, theme.TEAL if active else theme.LINE, radius=12, thick=2 if active else 1)
        end = pen_wide(view) if active else 0.0
        paper.spots.append(Spot(Box(PAD, y, wide - end, ROW - 4), f"row:{number}"))
        text = self.texts[name] + (self.composing if active else "")
        while text and paper.width_of(text, theme.BODY) > room - 30 - end:
            text = text[1:]
        if text:
            paper.text(x + 12, y + 10, text, theme.BODY)
        if active:
            at = x + 13 + (paper.width_of(text, theme.BODY) if text else 0.0)
            paper.caret(at, y + 9, ROW - 22)
            pen(paper, view, PAD + wide, y, ROW - 4)

    def type(self, text: str, view: View) -> None:
        name = FIELDS[self.row]
        printable = "".join(letter for letter in text if letter.isprintable() and theme.has_glyph(letter, False))
        self.texts[name] = (self.texts[name] + printable)[: LONGEST[OF_LETTER.get(name, name)]]
        self.composing, self.wrong = "", ""

    def compose(self, text: str, view: View) -> None:
        self.composing = "".join(letter for letter in text if theme.has_glyph(letter, False))

    def erase(self, view: View, *, word: bool = False) -> None:
        name = FIELDS[self.row]
        self.texts[name] = " ".join(self.texts[name].rstrip().split(" ")[:-1]) if word else self.texts[name][:-1]

    def press(self, action: str, view: View) -> list[Command] | None:
        act, _, number = action.partition(":")
        match act:
            case "row":
                self.row = int(number)
            case "go_up" | "go_down":
                self.row = (self.row + (1 if act == "go_down" else -1)) % (SEND_AT + 1)
            case "written":
                self.row += 1
            case "confirm" if self.row < SEND_AT - 1 and not self.texts[FIELDS[self.row + 1]]:
                self.row += 1
            case "go" | "confirm":
                return self._send(view)
            case _:
                return None
        return []

    def _send(self, view: View) -> list[Command]:
        plot = view.world.orchard.plots.get(self.plot)
        if plot is None:
            return []
        texts = self.texts
        address = PostalAddress(
            name=texts["name"], lines=(texts["street"], texts["more"]), postcode=texts["postcode"],
            town=texts["town"], country=texts["country"], phone=texts["phone"],
        )  # fmt: skip
        try:
            commit = self.write(address, plot.grower_key)
        except LetterError as error:
            self.wrong = f"address_wrong_{error.reason}" if error.reason.startswith("missing") else "address_wrong"
            return []
        except OSError:
            self.wrong = "letters_not_kept"
            return []
        self.texts = dict.fromkeys(FIELDS, "")
        view.open_panel = ""
        return [o.SendHome(lines=all_of(by_plot(view).get(self.plot, [])), commit=commit)]
