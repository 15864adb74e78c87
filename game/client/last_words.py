"""What the window says when the game had to stop: one card over the last picture, until a key is pressed."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from panda3d.core import NodePath

from game.client import theme
from game.client.hud_paper import Paper
from game.client.input import Input
from game.client.settings import as_toml
from game.client.stage import Stage
from game.client.texts import Texts, load_texts

if TYPE_CHECKING:
    from game.client.app import App

WIDE, PAD = 560.0, 30.0
READ_SECS = 1.0  # a key that was down already does not close it
MOST_SECS = 120.0


def draw_card(parent: NodePath, size_px: tuple[int, int], texts: Texts, sentence: str) -> Paper:
    """The card with the sentence, in the middle of a window of `size_px`, under Ursina's `camera.ui`."""
    root = parent.attach_new_node("last words")
    root.set_depth_test(False)
    root.set_depth_write(False)
    root.set_light_off()
    root.set_two_sided(True)
    root.set_bin("unsorted", 0)
    root.set_scale(1.0 / size_px[1])
    root.set_pos(-0.5 * size_px[0] / size_px[1], 0.5, 0.0)
    veil = Paper(root, 1.0)
    veil.box(0, 0, size_px[0], size_px[1], theme.VEIL, radius=0)
    paper = Paper(root, min(size_px[1] / theme.DESIGN_HEIGHT_PX, size_px[0] / (WIDE + 2 * PAD)))
    y = 26 + paper.text(PAD, 26, texts.t("fell_title"), theme.TITLE, bold=True) + 12
    y += paper.text(PAD, y, sentence, theme.BODY, wide=WIDE - 2 * PAD) + 16
    y += paper.text(PAD, y, texts.t("fell_key"), theme.SMALL, colour=theme.INK_SOFT)
    paper.sheet(WIDE, y + 24, radius=22)
    left, top = (size_px[0] - WIDE * paper.scale) / 2, (size_px[1] - paper.high * paper.scale) / 2
    paper.root.set_pos(round(left), -round(top), 0.0)
    return paper


def show_card(stage: Stage, keys: Input, texts: Texts, sentence: str) -> None:
    """Show the sentence until a key is pressed or the window is closed. Offscreen nobody reads it."""
    if stage.offscreen or stage.closed():
        return
    from ursina import camera

    for child in camera.ui.get_children():
        child.hide()
    draw_card(camera.ui, stage.size, texts, sentence)
    since = time.monotonic()
    while not stage.closed() and (secs := time.monotonic() - since) < MOST_SECS:
        if secs < READ_SECS:
            keys.pressed.clear()
        elif keys.pressed:
            return
        stage.draw()
        time.sleep(0.02)


class Farewell:
    """What a game that falls has to say of itself; see game.crash."""

    def __init__(self, app: "App") -> None:
        self.app = app

    def facts(self) -> dict[str, str]:
        """For the report: graphics, window, level, place and settings."""
        app = self.app
        return {
            "graphics": app.stage.driver(),
            "window": "{} x {}".format(*app.stage.size),
            "quality": app.quality.name,
            "place": app.world.place_id,
            "tick": str(app.world.tick),
            "settings": as_toml(app.settings.values).strip().replace("\n", "; "),
        }

    def sentence(self, path: Path | None) -> str:
        """For the player, in their language; `path` is the report's."""
        texts = load_texts(self.app.settings.language)
        return texts.t("fell_text", path=path) if path else texts.t("fell_text_no_log")

    def show(self, sentence: str) -> None:
        """Show the sentence in the window until a key is pressed."""
        self.app.devices.catch(False)
        show_card(self.app.stage, self.app.input, load_texts(self.app.settings.language), sentence)
