"""The street: every shop by day, night and rain, one's own look, pictures, search, comparison, another language."""

import json
from collections.abc import Callable
from math import cos, radians, sin
from pathlib import Path

from game.bots.chapters.walk import CHAIN_SECS, SHOP_VIEW
from game.bots.tour import Act, require
from game.core.commands import SetMood
from game.core.goods import Vec3
from game.core.ids import PlaceId
from game.core.search import Filters
from game.core.world import EYE_HEIGHT_M

STREET = PlaceId("street")
SHOPS = tuple(PlaceId(name) for name in ("boutique", "homeware", "gallery", "market"))
VIEWS: dict[PlaceId, tuple[tuple[float, float], Vec3]] = {  # where to stand and what to look at; else as one enters
    PlaceId("boutique"): SHOP_VIEW,
}
BEATS = {"market": "fruit_market"}
ASKED = "red under 60"
COMPARED = 3


def street(act: Act) -> None:
    """Walk from door to door, see day turn to night and rain, and use what the street has for its visitors."""
    person, world = act.person, act.person.world
    person.until(lambda: world.purse.state == "open", within_secs=CHAIN_SECS, what="the market to open")
    for shop in SHOPS:
        _visit(act, shop)
    _in_mood(act, "night", (-2.9, -7.4), (1.6, 2.0, 1.6))
    _in_mood(act, "rain", (-1.2, -6.0), (2.2, 3.0, 1.4))
    person.do(SetMood(mood="day"))
    act.screen.finish_loading()
    _edit_looks(act)
    _take_picture(act)
    _search(act)
    _compare(act)
    _in_chinese(act)


# --- beats --------------------------------------------------------------------------------------------------------


def _visit(act: Act, shop: PlaceId) -> None:
    """In at the shop's door, look round, and out to the street again."""
    person, world = act.person, act.person.world
    person.go_through(next(door for door in world.place.doors if door.to_place == shop).id)
    act.screen.finish_loading()
    spawn = world.place.spawn
    yaw = radians(spawn.yaw_deg)
    ahead = (spawn.at_m[0] - 3 * sin(yaw), spawn.at_m[1] + 3 * cos(yaw), EYE_HEIGHT_M - 0.1)
    spot, point = VIEWS.get(shop, (spawn.at_m[:2], ahead))
    person.go_to(*spot)
    person.face(point)
    person.frames(6)
    act.beat(BEATS.get(shop, shop), lambda: _shows(act, shop))
    person.go_through(next(door for door in world.place.doors if door.to_place == STREET).id)


def _in_mood(act: Act, mood: str, spot: tuple[float, float], point: Vec3) -> None:
    act.person.do(SetMood(mood=mood))
    act.screen.finish_loading()
    act.person.go_to(*spot)
    act.person.face(point)
    act.person.frames(90)
    act.beat(mood, lambda: _is_drawn(act, mood))


def _edit_looks(act: Act) -> None:
    """Change oneself, and see it saved."""
    before = act.person.world.looks
    act.press("looks")
    for _ in range(4):
        act.press("go_right")
    act.person.frames(60)
    act.beat("avatar_editor", lambda: _looks_changed(act, before))
    act.press("back")


def _take_picture(act: Act) -> None:
    """In the market, from a step aside, at a longer lens."""
    person, screen = act.person, act.screen
    person.go_through(next(door for door in person.world.place.doors if door.to_place == "market").id)
    screen.finish_loading()
    person.go_to(*person.world.place.spawn.at_m[:2])
    person.face((-1.0, 1.4, 1.2))
    act.press("photo")
    screen.input.handle(screen.settings.keys_of("move_ahead")[0], True)
    person.frames(70)
    screen.input.release_all()
    act.press("go_up")
    act.press("photo_frame")
    person.frames(20, draw=True)
    act.press("confirm")
    act.person.frames(30, draw=True)
    act.beat("photo", lambda: _picture_taken(act))
    act.press("back")


def _search(act: Act) -> None:
    """Ask for something red, and be shown the way to it."""
    screen = act.screen
    act.press("search")
    for letter in ASKED:
        screen.input.type(letter)
    act.person.frames(30, draw=True)
    act.beat("search", lambda: _found(act))
    act.press("back")


def _compare(act: Act) -> None:
    finding = act.screen.hud.view.finding
    for found in finding.find("chair", Filters())[:COMPARED]:
        finding.compare(found.good)
    act.screen.hud.open_panel("compare")
    act.person.frames(30, draw=True)
    act.beat("compare", lambda: _compared(act))
    act.press("back")


def _in_chinese(act: Act) -> None:
    settings = act.screen.settings
    before = settings.language
    act.screen.hud.open_panel("settings")
    settings.change(language="zh")
    act.person.frames(30, draw=True)
    act.beat("settings_zh", lambda: _speaks(act, "zh"))
    act.press("back")
    settings.change(language=before)


# --- checks ---------------------------------------------------------------------------------------------------------


def _shows(act: Act, shop: PlaceId) -> str:
    world = act.person.world
    require(world.place_id == shop, f"the player is in {world.place_id}")
    kinds = {world.goods[stand.good].kind for stand in world.place.stands}
    require(len(kinds) >= 3, f"only {len(kinds)} kinds stand here")
    goods = {stand.good for stand in world.place.stands}
    return f"{len(goods)} goods of {len(kinds)} kinds on {len(world.place.stands)} stands"


def _is_drawn(act: Act, mood: str) -> str:
    drawn = act.screen.street.here.drawn_mood
    require(act.person.world.mood_of(STREET) == mood == drawn, f"drawn is {drawn}")
    return f"it is {mood}"


def _looks_changed(act: Act, before: object) -> str:
    require(act.screen.hud.view.open_panel == "looks", "the editor is not open")
    require(act.person.world.looks != before, "nothing about the person has changed")
    return f"skin {act.person.world.looks.skin}, {act.person.world.looks.hair} hair"


def _picture_taken(act: Act) -> str:
    photo = act.screen.hud.panels["photo"]
    require(bool(photo.path), "no picture was taken")
    document = json.loads(Path(photo.path).with_suffix(".json").read_text(encoding="utf-8"))
    require(bool(document["goods"]), "the picture knows no good that is in it")
    require(Path(photo.path).stat().st_size > 10_000, "the picture is empty")
    return f"{len(document['goods'])} goods in it, in {document['place']}"


def _found(act: Act) -> str:
    panel = act.screen.hud.panels["search"]
    world = act.person.world
    found = [each.good for each in panel.rows.found]
    require(bool(found), f"nothing was found for {ASKED!r}")
    prices = [act.screen.hud.view.price_wei(good) for good in found]
    require(max(prices) < 60 * 10**15, "something dearer was found")
    return ", ".join(world.goods[good].name.en for good in found[:4])


def _compared(act: Act) -> str:
    view = act.screen.hud.view
    require(view.open_panel == "compare", "nothing is compared")
    require(len(view.finding.compared) == COMPARED, f"{len(view.finding.compared)} goods are compared")
    return ", ".join(view.finding.compared)


def _speaks(act: Act, language: str) -> str:
    hud = act.screen.hud
    written = [each.text for _, _, paper in hud.boxes() for each in paper.written]
    require(any("\u4e00" <= letter <= "\u9fff" for text in written for letter in text), "no word is Chinese")
    require(hud.view.texts.language == language, f"the texts are in {hud.view.texts.language}")
    return f"{len(written)} texts"


ACTS: tuple[Callable[[Act], None], ...] = (street,)
