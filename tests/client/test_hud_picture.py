"""The HUD and the portraits of goods as the graphics card draws them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from panda3d.core import Texture

from game.client import theme
from game.client.hud import Hud
from game.client.portraits import Portraits, of_goods
from game.client.settings import Settings, Values
from game.client.shelves import Models
from game.client.stage import Stage
from game.client.texts import load_texts
from game.content.load import load_catalogue
from game.content.model_files import ModelFiles
from game.core.ids import GoodId
from tests.client.panels import PEOPLE, STATES, market_day

ROOT = Path(__file__).resolve().parents[2]
SIZE_PX = (640, 360)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    opened = Stage(size=SIZE_PX, offscreen=True, msaa=0, vsync=False, lean=False, cache=tmp_path, title="Loquat")
    yield opened
    opened.close()


def pixels(texture: Texture) -> np.ndarray:
    """Rows from the top, RGBA, 0..255."""
    image = np.frombuffer(bytes(texture.get_ram_image_as("RGBA")), np.uint8)
    return image.reshape(texture.get_y_size(), texture.get_x_size(), 4)[::-1]


def screen(stage: Stage) -> np.ndarray:
    for _ in range(2):
        stage.base.graphics_engine.render_frame()
    return pixels(stage.win.get_screenshot())


def near(colour: np.ndarray, wanted: theme.Colour) -> bool:
    return bool(np.all(np.abs(colour[:3].astype(int) - np.array(wanted[:3]) * 255) <= 3))


def test_a_panel_is_paper_with_ink_on_it_where_it_says_it_is(stage: Stage) -> None:
    from ursina import camera

    world = market_day()
    width, height = stage.size
    hud = Hud(world, load_texts("en", PEOPLE), Settings(None, Values()), camera.ui, (width, height))
    try:
        STATES["purse_down"](world, hud)
        for _ in range(3):
            hud.update(world, [], 0.3)
        image = screen(stage)
        box = next(box for name, box, _ in hud.boxes() if name == "purse")
        card = image[int(box.y) : int(box.y + box.high), int(box.x) : int(box.x + box.wide)]
        assert near(card[len(card) // 2, 6], theme.PAPER)
        assert (card[10:-10, 14:-14, 0] < 160).sum() > 50  # ink, thin at this size
        assert not near(image[4, 4], theme.PAPER)
        hud.hide()
        assert not near(screen(stage)[int(box.y + box.high / 2), int(box.x) + 6], theme.PAPER)
    finally:
        hud.root.remove_node()


def test_a_portrait_shows_the_good_on_nothing_and_is_taken_once(stage: Stage) -> None:
    goods = load_catalogue(ROOT).goods
    name = next(iter(goods))
    portraits = Portraits(stage.win, of_goods(Models(ModelFiles(ROOT / "assets"), goods)))
    taken = portraits.of(name)
    for _ in range(2):
        stage.base.graphics_engine.render_frame()
    assert stage.base.graphics_engine.extract_texture_data(taken, stage.win.get_gsg())
    image = pixels(taken)
    size = len(image)
    middle = image[size // 3 : 2 * size // 3, size // 3 : 2 * size // 3, 3]
    assert (middle > 200).mean() > 0.3
    assert image[2, 2, 3] == 0
    assert image[-3, -3, 3] == 0
    assert portraits.of(name) is taken
    portraits.close()


def test_a_good_without_a_model_still_has_a_portrait(stage: Stage, tmp_path: Path) -> None:
    goods = load_catalogue(ROOT).goods
    portraits = Portraits(stage.win, of_goods(Models(ModelFiles(tmp_path), goods)))
    taken = portraits.of(GoodId(next(iter(goods))))
    for _ in range(2):
        stage.base.graphics_engine.render_frame()
    assert stage.base.graphics_engine.extract_texture_data(taken, stage.win.get_gsg())
    assert (pixels(taken)[..., 3] > 200).mean() > 0.1
    portraits.close()


def test_a_letter_stands_in_the_middle_of_its_key_cap(stage: Stage) -> None:
    from ursina import camera

    world = market_day()
    hud = Hud(world, load_texts("en", PEOPLE), Settings(None, Values(ui_scale=2.0)), camera.ui, stage.size)
    try:
        for _ in range(3):
            hud.update(world, [], 0.3)
        box, paper = next((box, paper) for name, box, paper in hud.boxes() if name == "purse_chip")
        letter = paper.written[-1]
        assert letter.text == "P"
        cap = paper.cap_width(letter.text) * paper.scale
        middle_x = box.x + (letter.box.x + letter.box.wide / 2) * paper.scale
        middle_y = box.y + (letter.box.y + letter.box.high / 2) * paper.scale
        half = int(cap / 2) - 3
        image = screen(stage)
        part = image[int(middle_y) - half : int(middle_y) + half, int(middle_x) - half : int(middle_x) + half, 0]
        rows, columns = np.nonzero(part < 120)
        assert abs((columns.min() + columns.max() + 1) / 2 - half) <= 1.5
        assert abs((rows.min() + rows.max() + 1) / 2 - half) <= 1.5
    finally:
        hud.root.remove_node()
