"""One short hint at a time for someone new; each is gone for good once it was used."""

from math import hypot

from game.client import theme
from game.client.hud_good import good_looked_at, try_words
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.settings import Settings
from game.core.ids import PlaceId
from game.core.world import World

HINTS = ("walk", "look", "take", "try_on", "basket_add", "checkout")


def hint_now(view: View) -> str:
    """The first hint that fits what the player sees and was not used yet, "" for none."""
    world, done = view.world, view.settings.values.hints_done
    fits = {
        "walk": True,
        "look": "walk" in done,
        "take": good_looked_at(view) is not None,
        "try_on": world.hand is not None,
        "basket_add": world.hand is not None or world.ghost is not None or any(w.tried for w in world.worn.values()),
        "checkout": bool(world.basket),
    }
    return next((hint for hint in HINTS if fits[hint] and hint not in done), "")


class Moving:
    """Walking and looking round: a metre or a radian of it, however it was brought about, and its hint is done with."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._was_at: tuple[PlaceId, float, float, float] | None = None
        self._progress: dict[str, float] = {}

    def notice(self, world: World) -> None:
        """Note how far the player has come since the last time."""
        x, y, _ = world.body.pos_m
        now = (world.place_id, x, y, world.body.yaw_rad)
        before, self._was_at = self._was_at, now
        if before is not None and before[0] == now[0]:
            self.used("walk", hypot(x - before[1], y - before[2]))
            self.used("look", abs(now[3] - before[3]))

    def used(self, hint: str, amount: float) -> None:
        """Note so many metres or radians."""
        self._progress[hint] = self._progress.get(hint, 0.0) + amount
        if self._progress[hint] >= 1.0:
            self._settings.done_hint(hint)


class Hints(Piece):
    """The hint of the moment, over the captions."""

    name = "hints"
    anchor = "bottom"

    def key(self, view: View) -> object:
        hint = "" if view.open_panel or view.toasts else hint_now(view)
        return (hint, self._words(hint, view)) if hint else None

    def _words(self, hint: str, view: View) -> tuple[tuple[str, ...], str]:
        if hint == "walk":
            keys = ("move_ahead", "move_left", "move_back", "move_right")
            caps = (view.stick("move"),) if view.device == "pad" else tuple(view.key(key) for key in keys)
            return caps, view.t("hint_walk")
        if hint == "look":
            return (view.stick("look") if view.device == "pad" else view.t("key_mouse"),), view.t("hint_look")
        key = f"hint_{hint}"
        hand = view.world.hand
        if hint == "try_on" and hand is not None and try_words(view, hand.good) == "do_see_it_here":
            key = "hint_see_it_here"
        return (view.key(hint),), view.t(key)

    def draw(self, paper: Paper, view: View) -> None:
        caps, words = self._words(hint_now(view), view)
        x = 20.0
        for cap in caps:
            x += paper.keycap(x, 13, cap) + 5
        x += 6
        paper.text(x, 11, words, theme.BODY, bold=True)
        paper.sheet(x + paper.width_of(words, theme.BODY, bold=True) + 22, 45, radius=22)
