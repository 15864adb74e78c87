"""Files dropped on the real window, by another program that speaks the X server's protocol for it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.imports import files
from tests.e2e.dragging import PLAIN, URI_LIST, Dragger
from tests.e2e.hands import PATIENCE_SECS, Hands, can_see

pytestmark = [pytest.mark.window, pytest.mark.skipif(not can_see(), reason="needs Xvfb and xdotool")]


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    game = Hands(tmp_path / "home", place="boutique")
    yield game
    game.close()


@pytest.fixture
def dragger(hands: Hands) -> Iterator[Dragger]:
    hands.until(lambda world: world.tick > 10, "the first steps")
    window = int(hands.do("search", "--sync", "--name", "^Loquat$").split()[0])
    made = Dragger(hands.display, window)
    yield made
    made.close()


def wait_for_drafts(hands: Hands, count: int) -> None:
    end = time.monotonic() + PATIENCE_SECS
    while len(list((hands.home / "workshop").glob("d*/draft.json"))) != count:
        assert hands.game.poll() is None, "the game ended"
        assert time.monotonic() < end, "what was dropped is among the drafts"
        time.sleep(0.1)


def test_a_model_dropped_on_the_window_is_among_the_drafts(hands: Hands, dragger: Dragger, tmp_path: Path) -> None:
    model = tmp_path / "an oak stool.glb"
    model.write_bytes(files.glb())
    (tmp_path / "folder").mkdir()
    assert dragger.drop(f"{model.as_uri()}\r\n".encode()) == (3, 1)
    wait_for_drafts(hands, 1)

    status, _ = dragger.drop(b"no file", PLAIN)
    assert status == 0, "words alone are not taken"
    dragger.enter(URI_LIST)
    dragger.vanish()
    nothing = ("http://127.0.0.1/stool.glb", (tmp_path / "folder").as_uri(), (tmp_path / "gone.glb").as_uri())
    assert dragger.drop("\r\n".join(nothing).encode()) == (3, 1)
    many = (PLAIN, b"text/html", b"UTF8_STRING", b"STRING", URI_LIST)
    assert dragger.drop(f"# one more\r\n{model.as_uri()}\r\n".encode(), *many) == (3, 1)
    wait_for_drafts(hands, 2)


def test_a_compositor_sends_past_the_proxy_and_the_window_hears_it_too(
    hands: Hands, dragger: Dragger, tmp_path: Path
) -> None:
    model = tmp_path / "stool.glb"
    model.write_bytes(files.glb())
    dropped = f"{model.as_uri()}\r\n".encode()
    compositor = Dragger(hands.display, dragger.target, proxies=False)
    assert compositor.drop(dropped) == (3, 1)
    wait_for_drafts(hands, 1)
    status, _ = compositor.drop(b"no file", PLAIN)
    assert status == 0
    compositor.close()
    assert dragger.drop(dropped) == (3, 1), "who knows proxies goes on as before"
    wait_for_drafts(hands, 2)
    hands.press_close_button()
    hands.game.wait(PATIENCE_SECS)
    assert hands.game.returncode == 0, "the engine's connection is left as it was"
