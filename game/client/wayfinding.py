"""Finding as a part of the game: the lists are kept, the way is on the ground, and a trip brings one there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from game.client.finding import Finding
from game.client.guide import Guide
from game.client.keepsakes import Keepsakes
from game.client.part import Frame, Part
from game.client.texts import Texts
from game.client.trip import Trip
from game.core.commands import Command, Travel

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud


def make_finding(app: "App", texts: Texts) -> Finding:
    """What the panels for finding share, with the lists and files of the player's home."""
    home = app.options.home
    return Finding(app.world, texts, keepsakes=Keepsakes(home), files=app.files, cache=home / "cache", home=home)


class Wayfinding(Part):
    """Follows `hud.view.finding` and `hud.view.travel_to`."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.finding = hud.view.finding
        self.guide = Guide(self.finding, app.street)
        self.trip = Trip(hud.on_top)
        self._wants: list[Command] = [*self.finding.keepsakes.restore(app.world)]

    def load(self) -> Iterator[str]:
        yield from self.finding.load()
        yield from self.guide.load(self.app.world)

    def prepare(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        wants, self._wants = self._wants, []
        return wants

    def draw(self, frame: Frame) -> None:
        app, view, finding = self.app, self.hud.view, self.finding
        finding.keepsakes.follow(app.world, frame.happened, frame.dt_secs)
        if finding.keepsakes.notice:
            view.say("notice", view.t(finding.keepsakes.notice))
            finding.keepsakes.notice = ""
        goal = finding.goal
        if self.guide.draw(app.world, frame.dt_secs, app.stage.size[1], calm=app.calm) and goal:
            view.say("good", view.t("way_there", good=view.name(goal.good)))
        wanted, view.travel_to = view.travel_to, None
        arrived = self.trip.go(wanted, app.street, app.stage.size, frame.dt_secs)
        if arrived is not None:
            self._wants.append(Travel(place=arrived))
        app.loading.hurried = self.trip.hides  # nothing is seen that could stutter

    def close(self) -> None:
        self.finding.keepsakes.save()
        self.guide.forget()
