"""How the game is doing, in figures: times of steps and drawing, what is drawn, and how long the chain takes."""

import time
from collections import deque
from typing import TYPE_CHECKING

from panda3d.core import GraphicsEngine, NodePath

from game.client.hud_speed import Figures, SpeedCard
from game.client.part import Frame, Part
from game.core.commands import Command, PingMarket
from game.core.rules.orders import BEFORE_SENDING, CLOSED_STATES

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

SHOWN_SECS, SHOWN_FRAMES = 0.4, 12  # at least, from one look at the figures to the next
WINDOW_SECS = 1.0  # over which times are judged
PING_SECS = 1.0


class Speed(Part):
    """Measures while its card is shown, and does nothing else while it is not."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.card = SpeedCard()
        self._spent: deque[tuple[float, float, float]] = deque()  # when, and seconds of steps and of drawing
        self._shown_secs = self._pinged_secs = float("-inf")
        self._frames = 0  # since the last look
        hud.lay(self.card)

    def prepare(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        if not self.card.shown:
            if self.card.figures is not None:
                self.card.figures = None
                self._spent.clear()
            return []
        now = time.perf_counter()
        if now - self._pinged_secs < PING_SECS:
            return []
        self._pinged_secs = now
        return [PingMarket()]

    def draw(self, frame: Frame) -> None:
        """Note the times of the last frame, and bring the figures up to date now and then."""
        if not self.card.shown:
            return
        now = time.perf_counter()
        self._spent.append((now, *self.app.spent_secs))
        while now - self._spent[0][0] > WINDOW_SECS:
            self._spent.popleft()
        self._frames += 1
        due = now - self._shown_secs >= SHOWN_SECS and self._frames >= SHOWN_FRAMES
        if self.card.figures is None or due:
            self._shown_secs, self._frames = now, 0
            self.card.figures = self._figures()

    def _figures(self) -> Figures:
        app, world = self.app, self.app.world
        _, steps, draws = zip(*self._spent, strict=True)
        pending = sum(order.state not in (*BEFORE_SENDING, *CLOSED_STATES) for order in world.orders.values())
        return Figures(
            step_ms=(1000 * sum(steps) / len(steps), 1000 * max(steps)),
            draw_ms=(1000 * sum(draws) / len(draws), 1000 * max(draws)),
            nodes=len(app.stage.root.find_all_matches("**")),
            triangles=triangles_drawn(),
            goods=len({stand.good for stand in world.place.stands}),
            stands=len(world.place.stands),
            pending=pending,
            round_trip_ms=world.purse.round_trip_ms if world.purse.state == "open" else None,
            quality=app.quality.name,
            size_px=app.stage.size,
            place=world.place_id,
            pos_m=world.body.pos_m,
        )


def triangles_drawn() -> int:
    """The triangles of all pictures of the last frame: of the window's cameras, the mirror's and the interface's."""
    buffers = [buffer for buffer in GraphicsEngine.get_global_ptr().get_windows() if buffer.is_active()]
    drawn = [region.make_cull_result_graph() for buffer in buffers for region in buffer.get_active_display_regions()]
    return sum(_triangles(NodePath(each)) for each in drawn if each is not None)  # None: never drawn yet


def _triangles(culled: NodePath) -> int:
    """What was left for a region after culling, as the engine tells it."""
    return sum(
        geom.get_primitive(number).get_num_faces()
        for path in culled.find_all_matches("**/+GeomNode")
        for geom in path.node().get_geoms()
        for number in range(geom.get_num_primitives())
    )
