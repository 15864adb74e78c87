"""Between two starts: the start menu, where the player left, and what they wish of the game itself."""

from collections.abc import Sequence
from pathlib import Path

from game.client.folders import show_folder
from game.client.hud import Hud
from game.client.input import Input
from game.client.left import Keeper, Wardrobe, load_left
from game.core.commands import Command
from game.core.world import World


class Session:
    """One sitting. `remember` keeps where the player leaves, `menu` begins with the start menu."""

    def __init__(self, home: Path, *, remember: bool, menu: bool) -> None:
        self.home = home
        self.in_menu = menu
        self._keeper = Keeper(home) if remember else None
        self._wardrobe = Wardrobe(())

    def open(self, hud: Hud, world: World) -> None:
        """Read where the player left, and open the start menu if there is to be one."""
        if self._keeper is not None:
            hud.view.left_off, notice = load_left(self.home, world)
            if notice:
                hud.say("notice", hud.view.t(notice))
        if self.in_menu:
            hud.open_panel("start")

    def follow(self, hud: Hud, world: World) -> list[Command]:
        """The commands that follow from what the player wished since the last frame and from what has arrived."""
        out: list[Command] = []
        for wish in hud.take_wishes():
            out += self._grant(wish, hud)
        if not self.in_menu:
            out += self._wardrobe.ready(world)
            if self._keeper is not None:
                self._keeper.note(world, self._wardrobe.waiting)
        return out

    @staticmethod
    def tell_of_pads(news: Sequence[tuple[str, str]], hud: Hud, keys: Input) -> None:
        """Say that a gamepad came or went; when the one that is played with is gone, there is time to find it."""
        for what, name in news:
            hud.say("good" if what == "joined" else "notice", hud.view.t(f"pad_{what}", name=name))
            if what == "left" and keys.device == "pad":
                keys.device = "keys"
                if not hud.wants_mouse:
                    hud.open_panel("pause")

    def _grant(self, wish: str, hud: Hud) -> list[Command]:
        """Play begins where everybody does, continue where one left; the basket and one's own clothes come along."""
        left = hud.view.left_off
        if wish in ("play", "continue"):
            self.in_menu = False
            hud.close_panel()
            if left is not None:
                self._wardrobe = Wardrobe(left.wears)
                return [left.resume(there=wish == "continue")]
        elif wish == "logs":
            folder = self.home / "logs"
            hud.say("notice", hud.view.t("logs_opened") if show_folder(folder) else hud.view.t("logs_at", path=folder))
        return []

    def close(self, world: World) -> None:
        """Write where the player leaves; one who never left the start menu leaves where they did before."""
        if self._keeper is not None and not self.in_menu:
            self._keeper.write(world, self._wardrobe.waiting)
