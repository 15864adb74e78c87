"""A card of figures about the game's speed, for who wants to know; it is shown and hidden by a key."""

from dataclasses import dataclass

from game.client import theme
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.core.commands import Command
from game.core.goods import Vec3
from game.core.ids import PlaceId

ROW, WIDE, PAD = 19.0, 262.0, 14.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What the card says. Times are the mean and the worst of the last second, in milliseconds.

    `round_trip_ms` is None while the chain has not been asked, or can't be.
    """

    step_ms: tuple[float, float]
    draw_ms: tuple[float, float]
    nodes: int
    triangles: int
    goods: int
    stands: int
    pending: int
    round_trip_ms: float | None
    quality: str
    size_px: tuple[int, int]
    place: PlaceId
    pos_m: Vec3


class SpeedCard(Piece):
    """`shown` says whether it is wanted; `figures` None: there are none yet."""

    name = "speed"
    anchor = "left"
    on_top = True
    reads = False

    def __init__(self) -> None:
        self.shown = False
        self.figures: Figures | None = None

    def key(self, view: View) -> object:
        return self.figures if self.shown else None

    def press(self, action: str, view: View) -> list[Command] | None:
        if action != self.name:
            return None
        self.shown = not self.shown
        return []

    def draw(self, paper: Paper, view: View) -> None:
        figures = self.figures
        assert figures is not None
        y = 10.0
        paper.text(PAD, y, view.t("speed_times"), theme.SMALL, colour=theme.TEAL)
        y += ROW
        for label, value in rows(figures, view):
            paper.text(PAD, y, view.t(label), theme.SMALL, colour=theme.INK_SOFT)
            paper.text(WIDE - PAD, y, value, theme.SMALL, align="right")
            y += ROW
        paper.sheet(WIDE, y + 10, radius=12)


def rows(figures: Figures, view: View) -> list[tuple[str, str]]:
    """Text keys of what is measured, each with its figure."""
    trip = figures.round_trip_ms
    return [
        ("speed_step", "{:.2f} · {:.2f} ms".format(*figures.step_ms)),
        ("speed_draw", "{:.1f} · {:.1f} ms".format(*figures.draw_ms)),
        ("speed_triangles", f"{figures.triangles:,}"),
        ("speed_nodes", f"{figures.nodes:,}"),
        ("speed_goods", view.t("speed_on_stands", goods=figures.goods, stands=figures.stands)),
        ("speed_pending", str(figures.pending)),
        ("speed_chain", "–" if trip is None else f"{trip:.1f} ms"),
        ("set_quality", view.t(f"quality_{figures.quality}")),
        ("speed_size", "{} × {}".format(*figures.size_px)),
        ("speed_place", view.texts.of(view.world.places[figures.place].name)),
        ("speed_position", "{:.2f}  {:.2f}  {:.2f} m".format(*figures.pos_m)),
    ]
