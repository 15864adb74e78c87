"""Boxes from the orchard as a part of the game: their panels, their letters, and word when one goes on."""

from typing import TYPE_CHECKING

from game.client.hud_boxes import AddressPanel, BoxesPanel
from game.client.hud_reason import ReasonPanel
from game.client.letters_out import LettersOut
from game.client.part import Frame, Part
from game.core import events
from game.core.orchard_ports import OrchardTold

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud


class Boxes(Part):
    """Owns the panels and carries the letters."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.letters = LettersOut(app.options.home)
        address, reason = AddressPanel(self.letters.write), ReasonPanel(self.letters.complain)
        hud.join(BoxesPanel(self.letters.tracking, address, reason))
        hud.join(address)
        hud.join(reason)
        self._states: dict[int, str] = {}

    def draw(self, frame: Frame) -> None:
        view = self.hud.view
        for event in frame.happened:
            if isinstance(event, events.OrchardHeard) and isinstance(event.told, OrchardTold):
                self._heard(event.told)
        self.letters.pass_time(frame.dt_secs)
        if self.letters.notice:
            view.say("bad", view.t(self.letters.notice))
            self.letters.notice = ""

    def _heard(self, told: OrchardTold) -> None:
        world, view = self.app.world, self.hud.view
        if not told.deliveries:
            return
        self.letters.follow(world.orchard.deliveries)
        first = not self._states
        for delivery in told.deliveries:
            before = self._states.get(delivery.delivery)
            self._states[delivery.delivery] = delivery.state
            if delivery.buyer == world.purse.account and before != delivery.state and (before or not first):
                state = view.t(f"delivery_{delivery.state}")
                view.say("notice", view.t("box_state", n=delivery.delivery, state=state))
