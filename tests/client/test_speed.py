"""The card of figures: it tells what is drawn, asked and waited for, and costs nothing while it is not shown."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from panda3d.core import NodePath

from game.client import speed
from game.client.app import App
from game.client.hud_panel import View
from game.client.hud_speed import Figures, rows
from game.client.models import mesh
from game.client.settings import KEYS
from game.client.speed import Speed, triangles_drawn
from game.client.stage import MIRROR
from game.core import ports
from game.core.ids import Address, OrderId, Wei
from game.core.world import DT_SECS
from tests.client.drawn import make_app, make_world


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setattr(speed, "SHOWN_SECS", 0.0)
    monkeypatch.setattr(speed, "SHOWN_FRAMES", 0)
    made = make_app(tmp_path, make_world())
    yield made
    made.close()


def told(app: App) -> Figures:
    app.frame(DT_SECS)
    app.frame(DT_SECS)
    figures = app.part(Speed).card.figures
    assert figures is not None
    return figures


def show(app: App) -> None:
    app.key(KEYS["speed"][0])
    app.frame(DT_SECS)


def tell(app: App, *updates: ports.Update) -> None:
    app.market.told += updates  # type: ignore[attr-defined]
    app.frame(DT_SECS)


def ready() -> ports.Ready:
    return ports.Ready(
        node_kind="embedded", chain_id=31337, account=Address("0xa"), balance_wei=Wei(1), play_money=True
    )


def test_it_is_hidden_until_its_key_is_pressed_and_after_the_next_press(app: App) -> None:
    card = app.part(Speed).card
    app.frame(DT_SECS)
    assert card.figures is None
    show(app)
    assert told(app).place == "room"
    assert any(name == "speed" for name, _, _ in app.hud.boxes())  # type: ignore[union-attr]
    show(app)
    app.frame(DT_SECS)
    assert card.figures is None
    assert not any(name == "speed" for name, _, _ in app.hud.boxes())  # type: ignore[union-attr]


def test_it_is_shown_and_hidden_over_an_open_panel_too(app: App) -> None:
    assert app.hud is not None
    app.key(KEYS["help"][0])
    show(app)
    assert app.part(Speed).card.shown
    assert app.hud.view.open_panel == "help"


def fan(app: App, ahead_m: float, triangles: int) -> NodePath:
    """So many triangles on the player's way, seen by the window's camera alone."""
    rim = np.linspace(0.0, np.pi, triangles + 1)
    points = np.stack([0.1 * np.cos(rim), np.full_like(rim, ahead_m), 1.5 + 0.1 * np.sin(rim)], 1).astype(np.float32)
    middle = np.array([[0.0, ahead_m, 1.5]], np.float32)
    corner = np.arange(triangles, dtype=np.uint32)
    faces = np.stack([np.full_like(corner, triangles + 1), corner, corner + 1], 1)
    path = app.street.here.root.attach_new_node(mesh("fan", np.concatenate([points, middle]), faces))
    path.set_two_sided(True)
    path.hide(MIRROR)
    return path


@pytest.mark.parametrize(("ahead_m", "seen"), [(1.2, True), (-1.2, False)])
def test_triangles_before_the_camera_are_counted_and_those_behind_it_are_not(
    app: App, ahead_m: float, seen: bool
) -> None:
    app.stage.draw()
    before = triangles_drawn()
    path = fan(app, ahead_m, 37)
    app.stage.draw()
    assert triangles_drawn() - before == (37 if seen else 0)
    path.hide()
    app.stage.draw()
    assert triangles_drawn() == before


def test_the_card_tells_the_same_triangles(app: App) -> None:
    show(app)
    told(app)
    fan(app, 1.2, 2000)
    before = told(app).triangles  # of the frame before
    assert told(app).triangles == before
    app.street.here.root.find("**/fan").hide()
    told(app)
    assert before - 2000 - 500 < told(app).triangles < before - 2000 + 500, "but for letters on the card itself"


def test_nodes_come_and_go(app: App) -> None:
    show(app)
    before = told(app).nodes
    for _ in range(7):
        app.stage.root.attach_new_node("more")
    assert told(app).nodes == before + 7


def test_only_an_order_that_the_chain_has_to_answer_is_pending(app: App) -> None:
    show(app)
    tell(app, ready())
    assert told(app).pending == 0
    for state, pending in (("draft", 0), ("signed", 1), ("sent", 1), ("included", 1), ("final", 0)):
        tell(app, ports.OrderUpdate(order_id=OrderId("order_1"), state=state))
        assert told(app).pending == pending, state


def test_the_chain_is_asked_only_while_the_card_is_shown_and_the_market_open(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "PING_SECS", 0.0)
    asked = app.market.asked  # type: ignore[attr-defined]
    tell(app, ready())
    for _ in range(5):
        app.frame(DT_SECS)
    assert asked == [], "hidden"
    show(app)
    app.frame(DT_SECS)
    assert set(map(type, asked)) == {ports.Ping}
    assert told(app).round_trip_ms is None, "no answer yet"
    tell(app, ports.Pong(round_trip_ms=3.25))
    assert told(app).round_trip_ms == 3.25
    tell(app, ports.Down(reason="node_unreachable"))
    asked.clear()
    assert told(app).round_trip_ms is None, "what was measured before says nothing now"
    assert asked == []


def test_times_are_the_mean_and_the_worst_of_the_last_second(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(speed.time, "perf_counter", lambda: now[0])
    show(app)
    part = app.part(Speed)
    for step_secs, draw_secs, at in ((0.009, 0.5, 200.0), (0.001, 0.004, 201.5), (0.003, 0.006, 202.0)):
        now[0] = at
        app.spent_secs = step_secs, draw_secs
        part.draw(frame=None)  # type: ignore[arg-type]
    figures = part.card.figures
    assert figures is not None
    assert figures.step_ms == pytest.approx((2.0, 3.0))
    assert figures.draw_ms == pytest.approx((5.0, 6.0))


def test_the_times_are_those_of_real_frames(app: App) -> None:
    show(app)
    figures = told(app)
    assert 0.0 < figures.step_ms[0] <= figures.step_ms[1] < 1000
    assert figures.step_ms[1] < figures.draw_ms[1] < 10_000


@pytest.mark.parametrize("least", ["SHOWN_SECS", "SHOWN_FRAMES"])
def test_figures_are_looked_at_only_now_and_then(app: App, monkeypatch: pytest.MonkeyPatch, least: str) -> None:
    monkeypatch.setattr(speed, least, 3600)
    show(app)
    first = told(app)
    app.stage.root.attach_new_node("more")
    assert told(app) is first


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_figure_has_its_words(app: App, language: str) -> None:
    show(app)
    figures = told(app)
    view: View = app.hud.view  # type: ignore[union-attr]
    view.texts.language = language
    said = {view.t(label): value for label, value in rows(figures, view)}
    assert len(said) == 11
    assert "{} × {}".format(*app.stage.size) in said.values()
    assert view.texts.of(app.world.place.name) in said.values()
