"""Publishing one's room: what others will see, one button, the file and its hash, and what was published before."""

import time
from typing import Protocol

from game.client import theme
from game.client.clipboard import copied
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.publish_job import Packed
from game.core.commands import Command
from game.core.room_ports import Version

WIDE = 640.0
ROW = 25.0
MOST_VERSIONS = 5


class Press(Protocol):
    """Who packs and publishes."""

    @property
    def packed(self) -> Packed | None:
        """The room's file as it would be published now; None before it is packed, or when it cannot be."""
        ...

    @property
    def doing(self) -> str:
        """A text key of what is being done, "" for nothing."""
        ...

    @property
    def failed(self) -> tuple[str, str]:
        """Text key and plain words of what went wrong last; "" for nothing."""
        ...

    @property
    def hindered(self) -> str:
        """A text key of why nothing can be published now, "" where it can."""
        ...

    @property
    def versions(self) -> tuple[Version, ...]:
        """What was published of the room, newest first."""
        ...

    @property
    def number(self) -> str:
        """The room's number, by which others visit it; "" before it has one."""
        ...

    @property
    def exported(self) -> str:
        """The file that was written last."""
        ...

    def opened(self) -> None:
        """The panel was opened: see how the room stands."""
        ...

    def publish(self) -> list[Command]:
        """Let others see the room as it is now."""
        ...

    def unpublish(self) -> list[Command]:
        """Let nobody see it any more."""
        ...

    def export(self) -> None:
        """Write the room's file where the player finds it."""
        ...


class PublishPanel(Piece):
    """The room as others see it, and the way to change that."""

    name = "publish"
    modal = True

    def __init__(self, press: Press) -> None:
        self.by = press
        self.details = False

    def opened(self, view: View) -> None:
        self.details = False
        self.by.opened()

    def key(self, view: View) -> object:
        by = self.by
        return by.packed, by.doing, by.failed, by.hindered, by.versions, by.exported, by.number, self.details

    @property
    def shown(self) -> bool:
        """Whether others see the room, in whatever state."""
        return bool(self.by.versions and self.by.versions[0].bundle_sha256)

    @property
    def up_to_date(self) -> bool:
        """Whether others see the room as it is now."""
        packed = self.by.packed
        return self.shown and packed is not None and self.by.versions[0].bundle_sha256 == packed.digest

    def draw(self, paper: Paper, view: View) -> None:
        by, inner = self.by, WIDE - 2 * PAD
        y = title(paper, view, view.t("publish"), WIDE)
        y += paper.text(PAD, y, self._state(view), theme.BODY, wide=inner) + 14
        if by.packed is not None:
            y = self._facts(paper, view, y, by.packed)
        reason, why = by.failed
        if reason:
            y += paper.text(PAD, y, view.t(reason), theme.BODY, wide=inner, bold=True, colour=theme.BERRY) + 2
            if why:
                y += paper.text(PAD, y, why, theme.SMALL, wide=inner, colour=theme.INK_SOFT) + 2
            y += 10
        if by.exported:
            y += paper.text(PAD, y, view.t("publish_exported", file=by.exported), theme.SMALL, wide=inner) + 12
        y = self._buttons(paper, view, y)
        if by.versions:
            y = self._history(paper, view, y)
        paper.sheet(WIDE, y + 20, radius=22)

    def _state(self, view: View) -> str:
        by = self.by
        if by.doing:
            return view.t(by.doing)
        if by.hindered:
            return view.t(by.hindered)
        if not self.shown:
            return view.t("publish_never" if not by.versions else "publish_hidden")
        return view.t("publish_current" if self.up_to_date else "publish_changed", n=by.versions[0].version)

    def _facts(self, paper: Paper, view: View, y: float, packed: Packed) -> float:
        by, texts, inner, top = self.by, view.texts, WIDE - 2 * PAD, y
        things = texts.count("publish_things", len(packed.room.items))
        goods = texts.count("publish_goods", len(packed.displays))
        rows = [(packed.room.name, view.t("list_comma").join((things, goods, f"{packed.size / 1e6:.1f} MB")))]
        if self.details:
            rows += [(view.t("publish_number"), by.number)] if by.number else []
            rows += [(view.t("publish_cid"), packed.cid), (view.t("publish_folder"), str(packed.path.parent))]
        y += 12
        for number, (words, value) in enumerate(rows):
            bold = number == 0
            label = paper.shorten(words, theme.SMALL, inner - 12, bold=bold)
            paper.text(PAD + 4, y, label, theme.SMALL, bold=bold, colour=theme.INK if bold else theme.INK_SOFT)
            if paper.width_of(label, theme.SMALL, bold=bold) + paper.width_of(value, theme.SMALL) > inner - 30:
                y += 20
                y += paper.text(PAD + 4, y, value, theme.SMALL, wide=inner - 8) - 20
            else:
                paper.text(PAD + inner - 4, y, value, theme.SMALL, align="right")
            y += ROW
        for words in self._left_out(view, packed):
            y += paper.text(PAD + 4, y, words, theme.SMALL, wide=inner - 8, colour=theme.BERRY) + 4
        paper.box(PAD - 10, top, inner + 20, y - top + 6, theme.PAPER_DEEP, radius=14)
        return y + 20

    def _left_out(self, view: View, packed: Packed) -> list[str]:
        out = []
        if packed.missing:
            out.append(view.texts.count("publish_missing", len(packed.missing)))
        if packed.blank:
            out.append(view.texts.count("publish_blank", packed.blank))
        return out

    def _buttons(self, paper: Paper, view: View, y: float) -> float:
        by, inner = self.by, WIDE - 2 * PAD
        half = (inner - 12) / 2
        ready = by.packed is not None and not by.doing
        if ready and not by.hindered and not self.up_to_date:
            label = view.t("publish_anew" if self.shown else "publish_now")
            y += paper.button(PAD, y, inner, label, "publish", key=view.key("confirm"), kind="main", high=50) + 12
        small = []
        if ready:
            small.append((view.t("publish_export"), "export", ""))
            small.append((view.t("do_hide_details" if self.details else "do_details"), "details", view.key("details")))
        if ready and self.shown and not by.hindered:
            small.append((view.t("publish_copy"), "copy", ""))
            small.append((view.t("publish_undo"), "unpublish", ""))
        for number, (label, action, key) in enumerate(small):
            last = number == len(small) - 1 and number % 2 == 0
            paper.button(PAD + number % 2 * (half + 12), y, inner if last else half, label, action, key=key)
            y += 54 if number % 2 or last else 0
        return y

    def _history(self, paper: Paper, view: View, y: float) -> float:
        """What was published before, newest first."""
        inner = WIDE - 2 * PAD
        y += 4
        paper.line(PAD, y, inner)
        y += 10
        y += paper.text(PAD, y, view.t("publish_versions"), theme.BODY, bold=True) + 6
        for version in self.by.versions[:MOST_VERSIONS]:
            what = view.t("publish_version" if version.bundle_sha256 else "publish_taken_back", n=version.version)
            when = time.strftime("%Y-%m-%d %H:%M", time.localtime(version.at_secs)) if version.at_secs else ""
            paper.text(PAD, y, what, theme.SMALL)
            if self.details:
                when = f"{version.tx_hash[:10]}…  {when}"
            paper.text(PAD + inner, y, when, theme.SMALL, align="right", colour=theme.INK_SOFT)
            y += ROW
        return y

    def press(self, action: str, view: View) -> list[Command] | None:
        by = self.by
        ready = by.packed is not None and not by.doing
        match action:
            case "publish" | "confirm":
                return by.publish() if ready and not by.hindered and not self.up_to_date else []
            case "unpublish":
                return by.unpublish() if ready and self.shown and not by.hindered else []
            case "export":
                if ready:
                    by.export()
                return []
            case "copy":
                done = bool(by.number) and copied(by.number)
                view.say("good" if done else "notice", view.t("publish_copied" if done else "publish_not_copied"))
                self.details |= not done  # where it can be read
                return []
            case "details":
                self.details = not self.details
                return []
        return None
