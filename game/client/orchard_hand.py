"""Picking by mouse, keys or pad: what is held down becomes a twist and a pull, and what happened is told."""

import dataclasses
from math import atan, exp, radians, tan
from typing import TYPE_CHECKING

from msgspec.structs import replace

from game.client.camera import Gaze
from game.client.hud_orchard import FELT_SECS, DayCard, FruitCard, StrokeGauge, gives_little, rings
from game.client.hud_orchard_book import OrchardBook
from game.client.part import Frame, Part
from game.content.harvest_board import placed, read_board, write_board
from game.core import events
from game.core import orchard as o
from game.core.commands import Command
from game.core.events import Event

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

TWIST_RAD_PER_HEIGHT = 7.0  # the mouse moved aside by the height of the window
PULL_PER_HEIGHT = 2.2  # and down
KEY_TWIST_RAD_S = 4.5
KEY_PULL_A_SEC = 0.9
EASES_A_SEC = 1.6  # a pull that is not kept up
HOLDS = ("take", "grab")
STICK_DEAD = 0.18
ASIDE_PER_SEC = 6.0  # how soon the camera has turned for the book


class OrchardHand(Part):
    """Owns the cards at a tree, the orchard's book, and the board that a home keeps."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.card, self.book = FruitCard(), OrchardBook()
        for piece in (self.card, StrokeGauge(), DayCard()):
            hud.lay(piece)
        hud.join(self.book, opened_by="orchard_book")
        self.home = app.options.home
        self.book.board = read_board(self.home)
        self._pull = 0.0
        self._resumed = False
        self._aside_rad = 0.0

    def aim(self, gaze: Gaze, dt_secs: float) -> Gaze:
        """Beside the open book the camera turns a little, so that what was before the player stays in sight."""
        wanted_rad = 0.0
        if self.hud.view.open_panel == self.book.name:
            stage = self.app.stage
            wanted_rad = atan(self.hud.covered_part * stage.aspect * tan(radians(stage.fov_deg) / 2))
        eased = 1.0 if self.app.calm else 1.0 - exp(-ASIDE_PER_SEC * dt_secs)
        self._aside_rad += (wanted_rad - self._aside_rad) * eased
        return dataclasses.replace(gaze, yaw_rad=gaze.yaw_rad - self._aside_rad) if self._aside_rad > 1e-4 else gaze

    def prepare(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        """The stroke of this frame, while the fruit is held on to."""
        world = self.app.world
        if world.orchard.grasped is None:
            self._pull = 0.0
            return self._resume()
        held = self.app.input.holds
        if self.hud.wants_mouse or not any(held(action) for action in HOLDS):
            self._pull = 0.0
            return [o.LetGo()]
        return [self.stroke(mouse_dx, mouse_dy, dt_secs)]

    def stroke(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> o.TwistAndPull:
        """What the devices do to the fruit in the hand in one frame."""
        held, axes = self.app.input.holds, self.app.input.axes
        stick_x, stick_y = (_pushed(float(axes.get(f"gamepad left stick {axis}", 0.0))) for axis in "xy")
        turning = max(abs(stick_x), float(held("move_left") or held("move_right")))
        twist_rad = abs(mouse_dx) * TWIST_RAD_PER_HEIGHT + turning * KEY_TWIST_RAD_S * dt_secs
        pulling = max(-stick_y, float(held("move_back")))
        by_mouse = -mouse_dy * PULL_PER_HEIGHT
        eases = self.app.input.device == "pad" or held("move_left") or held("move_right")
        if pulling > 0.0:
            self._pull += pulling * KEY_PULL_A_SEC * dt_secs
        elif by_mouse == 0.0 and eases:
            self._pull -= EASES_A_SEC * dt_secs
        self._pull = min(max(self._pull + by_mouse, 0.0), 1.0)
        return o.TwistAndPull(twist_rad=twist_rad, pull=self._pull, secs=dt_secs)

    def _resume(self) -> list[Command]:
        """Go on with the day that this home played before, once the chain has told which day it is."""
        today, kept = self.app.world.orchard.today, self.book.board.today
        if self._resumed or kept is None or kept.day != today.day or self.app.world.orchard.contest is not None:
            return []
        self._resumed = True
        return [o.ResumeDay(played=kept)] if today == o.DayPlay(day=today.day) else []

    def draw(self, frame: Frame) -> None:
        for event in frame.happened:
            self._tell(event)

    def _tell(self, event: Event) -> None:
        view, rules = self.hud.view, self.app.world.orchard_rules
        match event:
            case events.Knocked(tree=tree, index=index, ring=ring) if rules is not None:
                self.card.felt = (tree, index, rings(ring, rules), view.now_secs + FELT_SECS)
            case events.Tugged(tree=tree, index=index, give=give):
                self.card.felt = (tree, index, gives_little(give), view.now_secs + FELT_SECS)
            case events.StalkHeld(tree=tree, index=index):
                self.card.felt = (tree, index, "fruit_gives_none", view.now_secs + FELT_SECS)
                view.say("bad", view.t("fruit_held"))
            case events.FruitPicked(fruit=fruit):
                clean = fruit.grade == "A"
                view.say("good" if clean else "notice", view.t("picked_clean" if clean else "picked_bruised",
                                                               n=fruit.points))  # fmt: skip
            case events.DayOrderDone(points=points):
                view.say("good", view.t("day_order_done", n=points))
                self._keep()
            case events.FruitTaken(pieces=pieces, village=village):
                view.say("good", view.texts.count("fruit_given" if village else "fruit_yours", pieces))
                self._keep()
            case events.FruitReturned(pieces=pieces):
                view.say("notice", view.texts.count("fruit_left", pieces))
                self._keep()
            case events.BasketWeighed(weighed=weighed):
                coins = view.texts.coins(weighed.price_wei)
                view.say("notice", view.t("weighed", kg=f"{weighed.grams / 1000:.2f}", coins=coins,
                                          press=view.key("checkout")))  # fmt: skip
            case events.ContestStarted(secs=secs):
                view.say("good", view.t("contest_begins" if secs else "contest_begins_child"))
            case events.ContestEnded(result=result):
                self._ended(result)
            case events.ChildModeChanged(on=on):
                view.say("notice", view.t("child_on" if on else "child_off"))

    def _ended(self, result: o.ContestResult) -> None:
        view, rules = self.hud.view, self.app.world.orchard_rules
        assert rules is not None
        self.book.board, place = placed(self.book.board, result, rules.contest.board_rows)
        medal = view.t(f"medal_{result.medal}") if result.medal else view.t("medal_none")
        view.say("good", view.t("contest_over", n=result.points, medal=medal))
        if place:
            view.say("good", view.t("board_place", n=place))
        self._keep()

    def _keep(self) -> None:
        """Keep board and day in the home."""
        self.book.board = replace(self.book.board, today=self.app.world.orchard.today)
        if not write_board(self.home, self.book.board):
            self.hud.say("bad", self.hud.view.t("board_not_kept"))

    def close(self) -> None:
        if self.app.world.orchard.today.clean + self.app.world.orchard.today.bruised:
            self._keep()


def _pushed(value: float) -> float:
    """How far a stick is pushed beyond its middle, -1..1."""
    if abs(value) <= STICK_DEAD:
        return 0.0
    return (abs(value) - STICK_DEAD) / (1.0 - STICK_DEAD) * (1.0 if value > 0.0 else -1.0)
