"""Where the way on the ground leads, and how far it still is."""

from game.client import theme
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.hud_tiles import portrait


class WayChip(Piece):
    """The name of the good that is led to; hidden while there is no way."""

    name = "way"
    anchor = "top_left"
    reads = False

    def shift(self, view: View) -> tuple[float, float]:
        return 0.0, 54.0  # under the purse

    def key(self, view: View) -> object:
        finding = view.finding
        if finding.goal is None or view.open_panel:
            return None
        return finding.goal.good, self._how_far(view), view.pictures

    def _how_far(self, view: View) -> str:
        finding = view.finding
        if finding.no_way:
            return view.t("way_none")
        return view.t("way_seek") if finding.way_m is None else view.t("way_metres", n=max(1, round(finding.way_m)))

    def draw(self, paper: Paper, view: View) -> None:
        goal = view.finding.goal
        assert goal is not None
        left = 18.0 + portrait(paper, view, goal.good, 8, 6, 44)
        room = min(250.0, view.wide * 0.4)
        name = paper.shorten(view.t("way_to", good=view.name(goal.good)), theme.BODY, room, bold=True)
        paper.text(left, 7, name, theme.BODY, bold=True)
        far = self._how_far(view)
        paper.text(left, 30, far, theme.SMALL, colour=theme.INK_SOFT)
        x = left + paper.width_of(far, theme.SMALL) + 14
        x += paper.hint(x, 30, *view.hint("put_back", "do_end_way"))
        paper.sheet(max(x, left + paper.width_of(name, theme.BODY, bold=True)) + 18, 56, radius=22)
