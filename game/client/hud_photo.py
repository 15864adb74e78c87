"""Photo mode's bar: lens, frame, pose, what was in view; and the dark margins of the chosen frame."""

from game.client import theme
from game.client.hud_basket import PAD
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.photo import PhotoCamera, crop
from game.core.commands import Command, Gesture, SetMood, Sit
from game.core.places import MOODS

POSES: dict[str, tuple[Command, ...]] = {"stand": (), "wave": (Gesture(kind="wave"),), "sit": (Sit(),)}
WIDE = 860.0
MARGIN = (0.0, 0.0, 0.0, 0.62)
MOST_TAGS = 6


class PhotoPanel(Piece):
    """Steers the photo camera; `wants_picture` is True from the press until the app has taken it."""

    name = "photo"
    anchor = "bottom"
    modal = True

    def __init__(self) -> None:
        self.camera = PhotoCamera()
        self.wants_picture = False
        self.bare = False  # the bar is hidden
        self.pose = "stand"
        self.tags: tuple[str, ...] = ()  # names of the goods in the last picture
        self.path = ""

    def opened(self, view: View) -> None:
        self.camera.leave()
        self.wants_picture = self.bare = False
        self.tags, self.path = (), ""

    def key(self, view: View) -> object:
        return self.bare, self.camera.focal, self.camera.frame, self.pose, self.tags, self.path, view.device

    def draw(self, paper: Paper, view: View) -> None:
        if self.bare:
            paper.wide = paper.high = 1.0
            return
        y = 14.0
        frame = view.t("frame_free") if self.camera.frame == "free" else view.t(f"frame_{self.camera.frame}")
        said = f"{self.camera.focal_mm} mm   ·   {frame}   ·   {view.t(f'pose_{self.pose}')}"
        paper.text(WIDE / 2, y, said, theme.BODY, bold=True, align="centre")
        y += theme.BODY * theme.LINE_HEIGHT + 8
        pad = view.device == "pad"
        fly = view.t("key_left_stick") if pad else view.key("move_ahead")
        pairs = [
            (view.key("confirm"), view.t("do_shoot")), (view.key("go_up"), view.t("do_lens")),
            (view.key("photo_frame"), view.t("do_frame")), (view.key("tab_right"), view.t("do_pose")),
            (view.key("mood"), view.t("help_mood")), (fly, view.t("do_fly")), (view.key("rise"), view.t("do_rise")),
            (view.key("photo_bare"), view.t("do_hide")), (view.key("back"), view.t("do_close")),
        ]  # fmt: skip
        y += paper.hints(PAD, y, WIDE - 2 * PAD, [pair for pair in pairs if pair[0]])
        if self.path:
            names = view.t("list_comma").join(self.tags[:MOST_TAGS]) or view.t("photo_no_goods")
            y += 4
            y += paper.text(PAD, y, view.t("photo_shows", goods=names), theme.SMALL, wide=WIDE - 2 * PAD, lines=2)
            y += paper.text(PAD, y, view.t("photo_saved", path=self.path), theme.SMALL, wide=WIDE - 2 * PAD,
                            colour=theme.INK_SOFT, lines=2)  # fmt: skip
        paper.sheet(WIDE, y + 12, radius=18)

    def veil_key(self, view: View) -> object:
        return self.camera.frame

    def veil(self, paper: Paper, wide: float, high: float) -> None:
        """Darken what the chosen frame leaves out."""
        left, top, _, _ = crop(round(wide), round(high), self.camera.frame)
        for x, y, across, down in ((0, 0, left, high), (wide - left, 0, left, high), (0, 0, wide, top),
                                   (0, high - top, wide, top)):  # fmt: skip
            if across >= 1 and down >= 1:
                paper.box(x, y, across, down, MARGIN, radius=0)

    def press(self, action: str, view: View) -> list[Command] | None:
        match action:
            case "confirm" | "click":
                self.wants_picture = True
            case "go_up" | "go_down":
                self.camera.zoom(1 if action == "go_up" else -1)
            case "photo_frame":
                self.camera.next_frame()
            case "photo_bare":
                self.bare = not self.bare
            case "tab_left" | "tab_right":
                return self._next_pose(1 if action == "tab_right" else -1, view)
            case "mood":
                now = view.world.mood_of(view.world.place_id)
                return [SetMood(mood=MOODS[(MOODS.index(now) + 1) % len(MOODS)])]
            case "go_left" | "go_right":
                pass
            case _:
                return None
        return []

    def _next_pose(self, way: int, view: View) -> list[Command]:
        names = list(POSES)
        was = self.pose
        self.pose = names[(names.index(was) + way) % len(names)]
        stand_up = [Sit()] if view.world.sitting is not None else []
        return [*stand_up, *POSES[self.pose]]

