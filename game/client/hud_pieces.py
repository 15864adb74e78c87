"""What the HUD comes with; the parts of the game bring more along (`Hud.lay`, `Hud.join`)."""

from game.client.hud_basket import BasketChip, BasketPanel
from game.client.hud_captions import Captions
from game.client.hud_compare import ComparePanel, LookPanel
from game.client.hud_desk import DeskPanel, PricePanel
from game.client.hud_good import Crosshair, GhostCard, GoodCard, HandCard
from game.client.hud_hints import Hints
from game.client.hud_history import HistoryPanel
from game.client.hud_kept import KeptPanel
from game.client.hud_keys import KeysPanel
from game.client.hud_map import MapPanel
from game.client.hud_menu import HelpPanel, PausePanel
from game.client.hud_order import OrderChip, OrderPanel
from game.client.hud_owned import InventoryPanel, SellPanel
from game.client.hud_panel import Piece
from game.client.hud_purse import PurseChip, PursePanel
from game.client.hud_search import SearchPanel
from game.client.hud_settings import SettingsPanel
from game.client.hud_show import ShowPanel
from game.client.hud_start import PausedNote, StartPanel
from game.client.hud_tried import TriedCard
from game.client.hud_way import WayChip


def pieces(order: OrderPanel) -> tuple[Piece, ...]:
    """What lies over the world, in the order in which it is asked about presses."""
    return (
        Crosshair(), GoodCard(), HandCard(), GhostCard(), PurseChip(), BasketChip(), OrderChip(order), Hints(),
        TriedCard(), WayChip(), Captions(), PausedNote(),
    )  # fmt: skip


def panels(order: OrderPanel, keys: KeysPanel) -> tuple[Piece, ...]:
    """What is opened, one at a time."""
    inventory, desk = InventoryPanel(), DeskPanel()
    return (
        BasketPanel(), order, inventory, SellPanel(inventory), PursePanel(), PausePanel(), HelpPanel(), SettingsPanel(),
        keys, StartPanel(), SearchPanel(), KeptPanel("wishlist"), KeptPanel("seen"), LookPanel(), ComparePanel(),
        MapPanel(), HistoryPanel(), desk, PricePanel(desk), ShowPanel(),
    )  # fmt: skip
