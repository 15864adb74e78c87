"""Being brought to another place: the picture fades to paper, the place is loaded behind it, and the paper fades away.

The same veil covers a place that was entered before it could be loaded.
"""

from panda3d.core import NodePath

from game.client import theme
from game.client.hud_paper import Paper
from game.client.street import Street
from game.core.ids import PlaceId

CLOSE_SECS, OPEN_SECS = 0.16, 0.28


class Trip:
    """One veil over the whole screen, under `layer`."""

    def __init__(self, layer: NodePath) -> None:
        self._layer = layer
        self._to: PlaceId | None = None
        self._part = 0.0  # 0 clear .. 1 nothing is seen
        self._paper: Paper | None = None
        self._size = (0, 0)

    @property
    def hides(self) -> bool:
        """Whether nothing of the world can be seen."""
        return self._part >= 1.0

    def go(
        self, wanted: PlaceId | None, street: Street, size_px: tuple[int, int], dt_secs: float
    ) -> PlaceId | None:
        """Begin a trip where one is wanted, and go on with it. Returns the place once it's time to be there."""
        if wanted is not None and wanted in street.sceneries:
            self._to = wanted
            street.want(wanted)
        arrived: PlaceId | None = None
        if self._to is not None:
            self._part = min(1.0, self._part + dt_secs / CLOSE_SECS)
            if self.hides and street.sceneries[self._to].built:
                arrived, self._to = self._to, None
        elif not street.here.built:
            self._part = 1.0
        else:
            self._part = max(0.0, self._part - dt_secs / OPEN_SECS)
        self._show(size_px)
        return arrived

    def _show(self, size_px: tuple[int, int]) -> None:
        if self._part <= 0.0:
            if self._paper is not None:
                self._paper.remove()
                self._paper = None
            return
        if self._paper is None or self._size != size_px:
            if self._paper is not None:
                self._paper.remove()
            self._size = size_px
            self._paper = Paper(self._layer, 1.0)
            self._paper.box(0, 0, *size_px, theme.PAPER_DEEP, radius=0)
        self._paper.root.set_alpha_scale(self._part**0.8)
