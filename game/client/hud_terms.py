"""What a draft is called and on which terms it is sold; signing makes it a good and costs no gas."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_field import pen, pen_wide
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.content.check_credits import LICENCES
from game.content.check_goods import NAME_MAX, STORY_MAX, TAGS_MAX
from game.content.problems import Problem
from game.content.workshop import Asking, Draft
from game.core.commands import Command
from game.core.goods import Text
from game.core.ids import GoodId
from game.core.rooms import MAKERS_OFFER
from game.core.trade import ShowInRoom

if TYPE_CHECKING:
    from game.client.making import Making

WIDE, ROW, LABEL, LONG = 660.0, 40.0, 168.0, 24
Change = Callable[[Draft, str, View], Draft]


def _text(old: Text, words: str, view: View) -> Text:
    """Words in the player's language; the other language takes them over until it has words of its own."""
    if view.texts.language == "zh":
        return Text(en=words if old.en in ("", old.zh) else old.en, zh=words)
    return Text(en=words, zh=words if old.zh in ("", old.en) else old.zh)


def _asking(draft: Draft, **changes: object) -> Draft:
    return msgspec.structs.replace(draft, asking=msgspec.structs.replace(draft.asking, **changes))


def _whole(words: str, most: int) -> int:
    digits = "".join(letter for letter in words if letter.isascii() and letter.isdigit())[:10]
    return min(int(digits or 0), most)


def _bps(words: str) -> int:
    """Hundredths of a percent of a whole percentage."""
    return _whole(words, 100) * 100


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form: how it reads, how it is changed, and which key of a problem belongs to it."""

    name: str
    read: Callable[[Draft, View], str]
    change: Change
    key: str
    most: int = LONG


FIELDS = (
    Field("name", lambda d, v: v.texts.of(d.name),
          lambda d, w, v: msgspec.structs.replace(d, name=_text(d.name, w, v)), "name", NAME_MAX),
    Field("story", lambda d, v: v.texts.of(d.story),
          lambda d, w, v: msgspec.structs.replace(d, story=_text(d.story, w, v)), "story", STORY_MAX),
    Field("tags", lambda d, v: " ".join(d.tags),
          lambda d, w, v: msgspec.structs.replace(d, tags=tuple(w.split(" "))[:TAGS_MAX] if w.strip() else ()),
          "tags", 200),
    Field("price", lambda d, v: d.asking.price_coins, lambda d, w, v: _asking(d, price_coins=w),
          "terms.price_coins"),
    Field("end_price", lambda d, v: d.asking.end_coins, lambda d, w, v: _asking(d, end_coins=w), "asking.end_coins"),
    Field("end_date", lambda d, v: d.asking.end_date, lambda d, w, v: _asking(d, end_date=w), "asking.end_date"),
    Field("edition", lambda d, v: str(d.asking.edition or ""),
          lambda d, w, v: _asking(d, edition=_whole(w, 2**32 - 1)), "terms.edition"),
    Field("royalty", lambda d, v: str(d.asking.royalty_bps // 100 or ""),
          lambda d, w, v: _asking(d, royalty_bps=_bps(w)), "terms.royalty_bps"),
    Field("room_share", lambda d, v: str(d.asking.room_share_bps // 100 or ""),
          lambda d, w, v: _asking(d, room_share_bps=_bps(w)), "terms.room_share_bps"),
)  # fmt: skip
LICENCE_AT, FIT_AT, SIGN_AT = len(FIELDS), len(FIELDS) + 1, len(FIELDS) + 2


class TermsPanel(Piece):
    """A form with a line for each term, what is wrong with it beside it, and the button that signs and then shows."""

    name = "terms"
    modal = True

    def __init__(self, bench: "Making") -> None:
        self.bench = bench
        self.at = 0
        self.composing = ""
        self.wrong: tuple[Problem, ...] = ()
        self.asked = False  # to be signed: what is wrong is told from then on

    def opened(self, view: View) -> None:
        self.at, self.composing, self.asked = 0, "", False
        self.bench.trouble = ""
        self.bench.fitter.finish()  # where one comes back from the fitting
        self._look()

    @property
    def draft(self) -> Draft:
        """What is written of."""
        return self.bench.chosen or Draft(id="d000000000000", kind="toy", size_m=(0.1, 0.1, 0.1), asking=Asking())

    @property
    def types(self) -> bool:  # type: ignore[override]
        """Letters are typed while a line of the form is chosen."""
        return self.at < len(FIELDS) and not self.draft.good

    def key(self, view: View) -> object:
        bench = self.bench
        return (self.at, self.composing, self.draft, self.wrong, self.asked, bench.trouble, bench.signing,
                view.world.trade.signed.get(GoodId(self.draft.good)), self._next_step(view))  # fmt: skip

    # --- drawing ---------------------------------------------------------------------------------------------------

    def draw(self, paper: Paper, view: View) -> None:
        inner, draft = WIDE - 2 * PAD, self.draft
        y = title(paper, view, view.t("terms_title"), WIDE) - 6
        for number, field in enumerate(FIELDS):
            self._line(paper, view, y, number, field)
            y += ROW
        if self.at == LICENCE_AT:
            paper.box(PAD - 10, y, inner + 20, ROW - 4, theme.LOQUAT_PALE, radius=12)
        paper.text(PAD, y + 9, view.t("terms_licence"), theme.BODY)
        left, wide = PAD + LABEL, inner - LABEL
        paper.text(left + wide / 2, y + 9, draft.licence, theme.BODY, bold=True, align="centre")
        for sign, x, act in (("‹", left, "less"), ("›", left + wide - 28, "more")):
            paper.dot(x, y + 4, 28, theme.WHITE)
            paper.text(x + 14, y + 5, sign, theme.LEAD, bold=True, align="centre", colour=theme.TEAL)
            paper.pressable(x, y + 4, 28, 28, act, radius=14)
        y += ROW
        if self.fits:
            self._worn(paper, view, y)
            y += ROW
        y += 6
        y += paper.text(PAD, y, self._note(view), theme.SMALL, wide=inner, colour=self._tint(), lines=2) + 10
        if self.at == SIGN_AT:
            paper.box(PAD - 6, y - 5, inner + 12, 52, theme.LOQUAT_PALE, radius=17)
        step = self._next_step(view)
        y += paper.button(PAD, y, inner, view.t(f"terms_{step}"), step, kind="main") + 6
        keys = [(view.arrows("↑ ↓"), "do_choose"), (view.go_key(on_line=self.types), "do_confirm_next")]
        y += paper.hints(PAD, y + 8, inner, [(key, view.t(words)) for key, words in keys if key])
        paper.sheet(WIDE, y + 14, radius=22)

    def _next_step(self, view: View) -> str:
        """What the button does: sign, then show what was signed in the player's room, then publish that room."""
        good, home = self.draft.good, view.world.home
        if not good or good not in view.world.trade.signed or home is None:
            return "sign"
        shown = any(item.good == good and item.offer == MAKERS_OFFER for item in home.items)
        return "publish" if shown else "show"

    def _line(self, paper: Paper, view: View, y: float, number: int, field: Field) -> None:
        inner = WIDE - 2 * PAD
        if number == self.at:
            paper.box(PAD - 10, y, inner + 20, ROW - 4, theme.LOQUAT_PALE, radius=12)
        paper.text(PAD, y + 9, paper.shorten(view.t(f"terms_{field.name}"), theme.BODY, LABEL - 10), theme.BODY)
        left, wide = PAD + LABEL, inner - LABEL
        bad = self.asked and any(problem.key.startswith(field.key) for problem in self.wrong)
        edge = theme.BERRY if bad else theme.TEAL if number == self.at else theme.LINE
        paper.box(left, y + 3, wide, 30, theme.WHITE, radius=9)
        paper.box(left, y + 3, wide, 30, edge, radius=9, thick=2 if bad else 1)
        words = field.read(self.draft, view) + (self.composing if number == self.at else "")
        shown = "".join(letter if theme.has_glyph(letter, False) else "·" for letter in words)
        hint = view.t(f"terms_hint_{field.name}") if not shown and view.texts.has(f"terms_hint_{field.name}") else ""
        room = wide - (pen_wide(view) if number == self.at and self.types else 0)
        while shown and paper.width_of(shown, theme.BODY) > room - 24:
            shown = shown[1:]
        paper.text(left + 10, y + 8, shown or paper.shorten(hint, theme.BODY, room - 24), theme.BODY,
                   colour=theme.INK if shown else theme.INK_SOFT)  # fmt: skip
        if number == self.at and self.types:
            across = paper.width_of(shown, theme.BODY) if shown else 0.0
            paper.caret(left + 12 + across, y + 9, 18)
        paper.pressable(left, y + 3, room, 30, f"row:{number}", radius=9)
        if room < wide:
            pen(paper, view, left + wide, y + 3, 30)

    @property
    def fits(self) -> bool:
        """Whether it can be fitted to the wearer: what is worn, and any other thing until it is signed."""
        return self.draft.wear is not None or not self.draft.good

    def _worn(self, paper: Paper, view: View, y: float) -> None:
        """Where it is worn, and the way to fit it."""
        inner = WIDE - 2 * PAD
        if self.at == FIT_AT:
            paper.box(PAD - 10, y, inner + 20, ROW - 4, theme.LOQUAT_PALE, radius=12)
        paper.text(PAD, y + 9, view.t("fit_slot"), theme.BODY)
        slot = self.draft.wear.slot if self.draft.wear is not None else "none"
        paper.text(PAD + LABEL + 10, y + 9, view.t(f"fit_at_{slot}"), theme.BODY, bold=True)
        words = view.t("fit_anew" if self.draft.good else "fit_open")
        paper.button(PAD + inner - 130, y + 2, 130, words, "fit", high=33.0, size=theme.SMALL)

    def _note(self, view: View) -> str:
        bench, draft = self.bench, self.draft
        if bench.trouble:
            return view.t(bench.trouble)
        if bench.signing:
            return view.t("terms_signing")
        if draft.good and draft.good in view.world.trade.signed:
            return view.t("terms_signed")
        if self.asked and self.wrong:
            problem = self.wrong[0]
            field = next((field for field in FIELDS if problem.key.startswith(field.key)), None)
            name = view.t(f"terms_{field.name}") if field else problem.key
            return view.t("terms_wrong", field=name)
        return view.t("terms_no_gas")

    def _tint(self) -> theme.Colour:
        return theme.BERRY if self.bench.trouble or (self.asked and self.wrong) else theme.INK_SOFT

    # --- changing --------------------------------------------------------------------------------------------------

    def press(self, action: str, view: View) -> list[Command] | None:
        act, _, number = action.partition(":")
        match act:
            case "row":
                self.at = int(number)
            case "go_up" | "go_down":
                way = 1 if act == "go_down" else -1
                self.at = (self.at + way) % (SIGN_AT + 1)
                self.at += way if self.at == FIT_AT and not self.fits else 0
            case "go_left" | "go_right" | "less" | "more" if self.at == LICENCE_AT or act in ("less", "more"):
                self.at = LICENCE_AT
                at = LICENCES.index(self.draft.licence) if self.draft.licence in LICENCES else 0
                way = 1 if act in ("go_right", "more") else -1
                self._become(msgspec.structs.replace(self.draft, licence=LICENCES[(at + way) % len(LICENCES)]))
            case "sign" | "show" | "publish":
                return self._go_on(act, view)
            case "confirm" if self.at == SIGN_AT:
                return self._go_on(self._next_step(view), view)
            case "fit" | "confirm" if self.fits and (act == "fit" or self.at == FIT_AT):
                view.wishes.append("open:fit")
            case "confirm" | "written":
                self.at += 2 if self.at == LICENCE_AT and not self.fits else 1
            case _:
                return None
        return []

    def _go_on(self, step: str, view: View) -> list[Command]:
        if step == "show":
            return [ShowInRoom(good=GoodId(self.draft.good))]
        if step == "publish":
            view.wishes.append("open:publish")
            return []
        return self._sign()

    def type(self, text: str, view: View) -> None:
        self.composing = ""
        field = FIELDS[self.at]
        fits = "".join(letter for letter in text if letter.isprintable() and theme.has_glyph(letter, False))
        self._become(field.change(self.draft, (field.read(self.draft, view) + fits)[: field.most], view))

    def compose(self, text: str, view: View) -> None:
        self.composing = "".join(letter for letter in text if theme.has_glyph(letter, False))

    def erase(self, view: View, *, word: bool = False) -> None:
        field = FIELDS[self.at]
        words = field.read(self.draft, view)
        shorter = " ".join(words.rstrip().split(" ")[:-1]) if word else words[:-1]
        self._become(field.change(self.draft, shorter, view))

    def _become(self, draft: Draft) -> None:
        if draft == self.draft or self.draft.good:
            return
        self.bench.chosen = draft
        self.bench.trouble = ""
        self.bench.change(draft)
        self._look()

    def _look(self) -> None:
        self.wrong = tuple(self.bench.problems(self.draft))

    def _sign(self) -> list[Command]:
        self.asked = True
        self._look()
        if any(problem.key == "maker" for problem in self.wrong):
            self.bench.trouble = "workshop_no_market"
        if self.wrong or self.bench.signing:
            return []
        return self.bench.sign(self.draft)
