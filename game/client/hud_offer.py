"""A price for one of the player's own goods where it stands in their room."""

from typing import TYPE_CHECKING

from game.client.hud_panel import View
from game.client.hud_price import ResaleCard
from game.core.commands import Command
from game.core.ids import GoodId, ItemId, Wei
from game.core.trade import OfferOnStand

if TYPE_CHECKING:
    from game.client.hud_build import BuildPanel


class OfferPanel(ResaleCard):
    """Offer what stands on the selected stand: it leaves it when somebody buys it, anywhere the room is shown."""

    name = "offer"
    heading, comes_from, note = "offer_here", "build", "offer_here_text"

    def __init__(self, tray: "BuildPanel") -> None:
        super().__init__()
        self.tray = tray
        self.item = ItemId("")
        self._good: GoodId | None = None

    def opened(self, view: View) -> None:
        chosen = self.tray.selected(view)
        self.item, self._good = (chosen[0].id, chosen[0].good) if len(chosen) == 1 else (ItemId(""), None)
        super().opened(view)

    def good(self) -> GoodId | None:
        return self._good or None

    def signed(self, good: GoodId) -> list[Command]:
        return [OfferOnStand(item=self.item, unit_price_wei=Wei(self.price_wei), room_share_bps=self.share_bps)]
