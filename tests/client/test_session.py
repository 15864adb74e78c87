"""The start menu, where the player left, and a window that loses the focus."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.client import folders, left
from game.client.app import App, Options
from game.client.left import Keeper, Wardrobe, left_of, load_left
from game.client.settings import Settings, Values
from game.core.commands import Resume, Wear
from game.core.ids import GoodId, OrderId, PlaceId
from game.core.ports import Line
from game.core.world import Order, World, Worn
from tests.client.drawn import SIZE, Silent, make_assets, make_world
from tests.client.panels import SHOP, market_day

DT_SECS = 1 / 60
HAT = GoodId("straw_hat")


def dressed() -> World:
    world = market_day()
    world.body.pos_m, world.body.yaw_rad = (1.25, -2.5, 0.0), 0.75
    world.basket[HAT] = 2
    world.found_in[HAT] = SHOP
    world.owned[GoodId("felt_hat")] = 1
    world.worn["head"] = Worn(good=GoodId("felt_hat"), tried=False)
    world.worn["feet"] = Worn(good=GoodId("garden_shoes"), tried=True)
    return world


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    world = dressed()
    Keeper(tmp_path / "home").write(world)
    found, notice = load_left(tmp_path / "home", world)
    assert notice == ""
    assert found == left_of(world)
    assert found is not None
    assert (found.place, found.pos_m, found.yaw_rad) == (SHOP, (1.25, -2.5, 0.0), 0.75)
    assert found.basket == (Line(good_id=HAT, quantity=2, place_id=SHOP),)
    assert found.wears == (GoodId("felt_hat"),), "what was only tried is not the player's"


def test_a_fresh_home_has_nothing_to_go_on_with(tmp_path: Path) -> None:
    assert load_left(tmp_path, market_day()) == (None, "")


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"\xff\x00", b'{"place": 4}', b'{"version": 0, "place": "boutique", "pos_m": [0,0,0], "yaw_rad": 0, '
     b'"pitch_rad": 0}', b"[]"],
)  # fmt: skip
def test_a_damaged_or_outdated_file_is_set_aside_and_told_of(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / left.FILE).write_bytes(damage)
    assert load_left(tmp_path, market_day()) == (None, "left_damaged")
    assert (tmp_path / f"{left.FILE}.old").read_bytes() == damage
    assert load_left(tmp_path, market_day()) == (None, "")


def test_a_place_that_is_gone_leaves_the_basket_and_goods_that_are_gone_leave_it(tmp_path: Path) -> None:
    world = dressed()
    world.basket[GoodId("dream")] = 1
    Keeper(tmp_path).write(world)
    later = market_day()
    later.places = {PlaceId("yard"): later.place}
    later.place_id = PlaceId("yard")
    found, notice = load_left(tmp_path, later)
    assert notice == "left_place_gone"
    assert found is not None
    assert found.place == "yard"
    assert [line.good_id for line in found.basket] == [HAT]


def test_what_is_being_paid_for_is_not_asked_for_again() -> None:
    world = dressed()
    world.basket[GoodId("market_bag")] = 1
    lines = (Line(good_id=HAT, quantity=2, place_id=SHOP),)
    world.orders[OrderId("o")] = Order(order_id=OrderId("o"), state="sent", lines=lines, from_basket=True)
    assert [line.good_id for line in left_of(world).basket] == ["market_bag"]
    world.orders[OrderId("o")].state = "reverted"
    assert [line.good_id for line in left_of(world).basket] == [HAT, "market_bag"]


def test_the_file_is_written_every_few_seconds_and_only_when_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(left.time, "monotonic", lambda: now[0])
    keeper, world = Keeper(tmp_path), dressed()
    keeper.note(world)
    assert not (tmp_path / left.FILE).exists()
    now[0] += left.EVERY_SECS
    keeper.note(world)
    first = (tmp_path / left.FILE).stat().st_ino
    now[0] += left.EVERY_SECS
    keeper.note(world)
    assert (tmp_path / left.FILE).stat().st_ino == first
    world.body.yaw_rad = 1.0
    keeper.note(world)
    assert (tmp_path / left.FILE).stat().st_ino == first
    now[0] += left.EVERY_SECS
    keeper.note(world)
    assert (tmp_path / left.FILE).stat().st_ino != first


def test_a_disk_that_refuses_loses_the_spot_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    Keeper(tmp_path / "file").write(dressed())
    assert [path.read_text() for path in tmp_path.iterdir()] == ["not a folder"]


def test_clothes_are_put_on_as_the_chain_tells_that_they_are_owned() -> None:
    world = market_day()
    wardrobe = Wardrobe((GoodId("felt_hat"), GoodId("market_bag")))
    assert wardrobe.ready(world) == []
    assert left_of(world, wardrobe.waiting).wears == ("felt_hat", "market_bag"), "a kill before that forgets nothing"
    world.owned[GoodId("felt_hat")] = 1
    assert wardrobe.ready(world) == [Wear(good=GoodId("felt_hat"))]
    assert wardrobe.ready(world) == []
    assert wardrobe.waiting == ("market_bag",)


def test_clothes_do_not_replace_what_was_put_on_meanwhile() -> None:
    world = market_day()
    world.owned[GoodId("felt_hat")] = 1
    world.worn["head"] = Worn(good=HAT, tried=True)
    assert Wardrobe((GoodId("felt_hat"),)).ready(world) == []


# --- in the game ---------------------------------------------------------------------------------------------------


def open_app(tmp_path: Path, *, menu: bool = True) -> App:
    options = Options(
        home=tmp_path / "home", assets=make_assets(tmp_path / "assets"), offscreen=True, size=SIZE, msaa=0,
        remember=True, start_menu=menu,
    )  # fmt: skip
    app = App(make_world(), Silent(), options, settings=Settings(None, Values()))
    app.frame(DT_SECS)
    return app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = open_app(tmp_path)
    yield made
    made.close()


def test_the_first_frame_is_on_the_screen_before_the_menu_is_made(tmp_path: Path) -> None:
    options = Options(home=tmp_path, assets=make_assets(tmp_path / "a"), offscreen=True, size=SIZE, msaa=0,
                      start_menu=True)  # fmt: skip
    app = App(make_world(), Silent(), options, settings=Settings(None, Values()))
    seen = []
    draw = app.stage.draw
    app.stage.draw = lambda: seen.append(app.hud) or draw()  # type: ignore[method-assign,func-returns-value]
    app.frame(DT_SECS)
    assert seen == [None]
    assert app.hud is not None
    assert app.hud.view.open_panel == "start"
    app.close()


def test_play_begins_and_the_world_lives_behind_the_menu(app: App) -> None:
    assert app.hud is not None
    tick = app.world.tick
    app.frame(DT_SECS)
    assert app.world.tick == tick + 1
    assert app.hud.veil.find_all_matches("**/+GeomNode").get_num_paths() == 0, "the street is not dimmed"
    app.key("escape")
    app.frame(DT_SECS)
    assert app.hud.view.open_panel == "start", "there is nothing behind it"
    app.key("enter")
    app.frame(DT_SECS)
    assert not app.hud.wants_mouse


def test_settings_and_keys_come_back_to_the_menu(app: App) -> None:
    assert app.hud is not None
    hud = app.hud
    for action in ("open:settings", "open:help"):
        hud.press(action)
        assert hud.view.open_panel == action.removeprefix("open:")
        if action == "open:help":
            hud.press("confirm")
            assert hud.view.open_panel == "keys"
            hud.press("back")
            assert hud.view.open_panel == "help"
        hud.press("back")
        assert hud.view.open_panel == "start"
    hud.press("leave")
    assert hud.wants_to_leave


def test_the_camera_drifts_behind_the_menu_and_not_for_who_wants_it_calm(app: App) -> None:
    def views(count: int) -> list[tuple[float, ...]]:
        out = []
        for _ in range(count):
            app.frame(DT_SECS, draw=False)
            out.append(tuple(app.stage.camera.get_mat().get_row(1)))
        return out

    views(60)
    drifting = views(30)
    assert len(set(drifting)) == 30
    assert app.world.body.yaw_rad == make_world().body.yaw_rad, "the world knows nothing of it"
    app.settings.change(reduced_motion=True)
    views(240)
    assert len(set(views(5))) == 1


def test_one_goes_on_where_one_left_with_the_basket(tmp_path: Path) -> None:
    first = open_app(tmp_path, menu=False)
    first.world.body.pos_m = (1.0, -1.0, 0.0)
    first.world.body.yaw_rad = 0.5
    first.world.basket[GoodId("cube")] = 1
    first.close()
    again = open_app(tmp_path)
    assert again.hud is not None
    assert again.hud.view.left_off is not None
    again.hud.press("wish:continue")
    for _ in range(3):
        again.frame(DT_SECS)
    assert again.world.body.pos_m[:2] == pytest.approx((1.0, -1.0), abs=0.01)
    assert again.world.body.yaw_rad == pytest.approx(0.5)
    assert again.world.basket == {GoodId("cube"): 1}
    again.close()


def test_play_begins_afresh_and_keeps_the_basket(tmp_path: Path) -> None:
    first = open_app(tmp_path, menu=False)
    first.world.body.pos_m = (1.0, -1.0, 0.0)
    first.world.basket[GoodId("cube")] = 1
    first.close()
    again = open_app(tmp_path)
    again.key("enter")
    for _ in range(3):
        again.frame(DT_SECS)
    assert again.world.body.pos_m[:2] == pytest.approx((0.0, 0.0), abs=0.01)
    assert again.world.basket == {GoodId("cube"): 1}
    again.close()


def test_who_never_leaves_the_menu_leaves_where_they_did_before(tmp_path: Path) -> None:
    first = open_app(tmp_path, menu=False)
    first.world.body.pos_m = (1.0, -1.0, 0.0)
    first.close()
    before = (tmp_path / "home" / left.FILE).read_bytes()
    open_app(tmp_path).close()
    assert (tmp_path / "home" / left.FILE).read_bytes() == before


def test_nothing_moves_while_another_window_has_the_keys(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.hud is not None
    app.key("enter")
    app.frame(DT_SECS)
    app.input.handle("w", True)
    app.frame(DT_SECS)
    monkeypatch.setattr(type(app.devices), "focused", property(lambda _: False))
    tick, at = app.world.tick, app.world.body.pos_m
    for _ in range(3):
        assert app.frame() == []
    assert (app.world.tick, app.world.body.pos_m) == (tick, at)
    assert app.hud.view.paused
    assert app.input.held == set()
    assert any(name == "paused" for name, _, _ in app.hud.boxes())
    app.input.handle("s", True)  # in the very frame that saw the focus come and go
    monkeypatch.undo()
    for _ in range(5):
        app.frame(DT_SECS)
    assert app.input.held == set()
    assert app.world.tick > tick
    assert not app.hud.view.paused
    assert not any(name == "paused" for name, _, _ in app.hud.boxes())


def test_a_pad_that_is_pulled_out_while_it_plays_pauses_and_one_that_comes_is_told_of(app: App) -> None:
    assert app.hud is not None
    assert app.session is not None
    app.key("enter")
    app.frame(DT_SECS)
    app.session.tell_of_pads([("joined", "Xbox pad")], app.hud, app.input)
    assert "Xbox pad" in app.hud.view.toasts[-1][1]
    app.session.tell_of_pads([("left", "Xbox pad")], app.hud, app.input)
    assert not app.hud.wants_mouse, "it was not in use"
    app.input.device = "pad"
    app.session.tell_of_pads([("left", "Xbox pad")], app.hud, app.input)
    assert app.hud.view.open_panel == "pause"
    assert app.input.device == "keys"


def test_the_log_folder_is_opened_or_its_path_is_told(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app.hud is not None
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    app.hud.press("wish:logs")
    app.frame(DT_SECS)
    assert str(tmp_path / "home" / "logs") in app.hud.view.toasts[-1][1]
    opener = tmp_path / "bin" / folders.OPENERS.get(os.name, ("xdg-open",))[0]
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n', encoding="utf-8")
    opener.chmod(opener.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{opener.parent}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    assert folders.show_folder(tmp_path / "home" / "logs")
    for _ in range(100):
        if (tmp_path / "opened").exists() and (tmp_path / "opened").read_text():
            break
        left.time.sleep(0.05)
    assert (tmp_path / "opened").read_text().strip() == str(tmp_path / "home" / "logs")


def test_a_resume_is_recorded_as_a_command() -> None:
    world = dressed()
    wish = left_of(world).resume(there=True)
    assert isinstance(wish, Resume)
    assert wish.place == SHOP
    assert isinstance(left_of(world).resume(there=False), Resume)
    assert left_of(world).resume(there=False).place is None  # type: ignore[union-attr]
