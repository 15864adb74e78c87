"""Shopkeepers: behind every counter and nowhere else; they look round, wave, and greet once a visit."""

from math import cos, degrees, hypot, radians, sin
from pathlib import Path

import msgspec
import pytest

from game.client.keepers import (
    ASIDE_M,
    GREETS_M,
    QUIET_SECS,
    VARIANTS,
    Keepers,
    keeper_clothes,
    keeper_looks,
    keeper_spot,
)  # fmt: skip
from game.client.spaces import IDENTITY
from game.client.texts import load_texts
from game.client.townsfolk import Townsfolk
from game.content.load import load_catalogue
from game.core import collide
from game.core.goods import Vec3
from game.core.ids import MakerId, PlaceId, TemplateId
from game.core.looks import wrong_in
from game.core.places import MOODS, Place
from game.core.rooms import new_room, place_of
from game.core.rules.movement import forward
from game.core.world import DT_SECS, World, new_world
from tests.client.drawn import make_app, make_world

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue(ROOT)
SHOPS = [place for place in CATALOGUE.places.values() if place.counter is not None]
BOUTIQUE = PlaceId("boutique")


class Here:
    """As much of a scenery as a keeper needs."""

    def __init__(self) -> None:
        from panda3d.core import NodePath

        from game.client.light import PlaceLight

        self.root = NodePath("here")
        self.light = PlaceLight(Path(), None)
        self.world_from_place = IDENTITY


class Visit:
    """A shop with its keeper and a player who is put where the test wants."""

    def __init__(self) -> None:
        self.world: World = new_world(CATALOGUE.places, CATALOGUE.goods, start=BOUTIQUE, seed=1)
        self.keepers = Keepers(ROOT / "assets")
        self.pieces = list(self.keepers.load(self.world))
        self.here = Here()
        keeper = self.keepers.keeper(BOUTIQUE)
        assert keeper is not None
        self.keeper = keeper

    def at(self, far_m: float, aside_deg: float = 0.0, secs: float = DT_SECS, **how: bool) -> list[str]:
        """Stay so far before the keeper, so much to the left; what is said meanwhile."""
        x, y, z = self.keeper.at_m
        ahead_x, ahead_y = forward(self.keeper.yaw_rad + radians(aside_deg))
        said = []
        for _ in range(round(secs / DT_SECS)):
            self.world.tick += 1
            said.append(self.draw((x + far_m * ahead_x, y + far_m * ahead_y, z), **how))
        return [key for key in said if key]

    def draw(self, sole_m: Vec3, **how: bool) -> str:
        return self.keepers.draw(self.world, self.here, sole_m, DT_SECS, **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made():
    visit = Visit()
    yield visit
    visit.keepers.close()


@pytest.fixture
def visit(made: Visit) -> Visit:
    """A new visit after a quiet minute."""
    made.world.place_id = BOUTIQUE
    made.world.tick += round(QUIET_SECS / DT_SECS) + 1
    made.keepers._here = None
    return made


@pytest.mark.parametrize("place", SHOPS, ids=lambda place: place.id)
def test_in_every_shop_a_keeper_has_free_ground_across_the_counter(place: Place) -> None:
    spot = keeper_spot(place)
    assert spot is not None
    assert place.counter is not None
    solids = collide.solids_of(place).all
    assert collide.is_free(solids, *spot)
    x, y, _ = place.counter.at_m
    ahead_x, ahead_y = forward(radians(place.counter.yaw_deg))
    dx, dy = spot[0] - x, spot[1] - y
    assert dx * ahead_x + dy * ahead_y >= 0.9, "in front of the counter"
    assert any(not collide.is_free(solids, x + dx * k / 20, y + dy * k / 20, 0.0) for k in range(21)), "no counter"


def test_where_nobody_pays_nobody_stands() -> None:
    world = make_world()
    assert [keeper_spot(place) for place in world.places.values()] == [None, None]
    keepers = Keepers(ROOT / "assets")
    assert list(keepers.load(world)) == []
    assert keepers.draw(world, Here(), (0.0, 0.0, 0.0), DT_SECS) == ""  # type: ignore[arg-type]


def test_in_a_players_room_no_stranger_stands_behind_the_counter() -> None:
    template = CATALOGUE.templates[TemplateId("shop")]
    room = place_of(new_room(template, name="Home"), template, CATALOGUE.kit, CATALOGUE.goods)
    assert room.counter is not None
    assert keeper_spot(room) is None
    assert keeper_spot(msgspec.structs.replace(room, kind="shop")) is not None


def test_a_place_without_counter_draws_as_without_keepers(tmp_path: Path) -> None:
    app = make_app(tmp_path, make_world())
    try:
        assert app.part(Townsfolk).keepers.keeper(app.world.place_id) is None
        assert app.stage.root.find("**/keeper").is_empty()
    finally:
        app.close()


def test_keepers_are_always_the_same_people_and_not_all_alike() -> None:
    looks = {place.keeper: keeper_looks(place.keeper) for place in SHOPS}
    assert all(wrong_in(each) == "" for each in looks.values())
    assert looks == {who: keeper_looks(who) for who in looks}
    assert len(set(looks.values())) == len(looks)


def test_they_wear_goods_of_the_street_one_a_slot() -> None:
    goods = list(CATALOGUE.goods.values())
    for place in SHOPS:
        slots = [good.wear.slot for good in keeper_clothes(place.keeper, goods) if good.wear is not None]
        assert {"torso", "legs", "feet"} < set(slots)
        assert len(slots) == len(set(slots))
    assert keeper_clothes(MakerId("anyone"), []) == []


def test_they_are_made_piece_by_piece(visit: Visit) -> None:
    assert visit.pieces[0] == "keeper"
    assert visit.pieces.count("keeper's clothes") >= 4
    assert list(visit.keepers.load(visit.world)) == []


def test_a_loader_that_is_dropped_is_taken_up_again() -> None:
    world = new_world(CATALOGUE.places, CATALOGUE.goods, start=BOUTIQUE, seed=1)
    keepers = Keepers(ROOT / "assets")
    assert next(iter(keepers.load(world))) == "keeper"
    assert keepers.keeper(BOUTIQUE) is None, "shown half dressed"
    assert set(keepers.load(world)) == {"keeper's clothes"}
    assert keepers.keeper(BOUTIQUE) is not None
    keepers.close()


def test_one_is_greeted_once_a_visit_and_again_in_the_next(visit: Visit) -> None:
    assert visit.at(GREETS_M + 0.3, secs=1.0) == []
    first = visit.at(GREETS_M - 0.3, secs=1.0)
    assert len(first) == 1
    assert visit.at(GREETS_M + 0.3, secs=0.2) + visit.at(1.5, secs=1.0) == []
    visit.world.tick += round(QUIET_SECS / DT_SECS)
    assert visit.at(1.5, secs=1.0) == [], "a visit that lasts"
    visit.keepers._enter(PlaceId("street"))
    second = visit.at(1.5, secs=0.2)
    assert len(second) == 1
    assert second != first


def test_not_twice_within_a_minute_but_they_wave(visit: Visit) -> None:
    assert len(visit.at(2.0)) == 1
    visit.at(2.0, secs=4.0)
    assert visit.keeper.avatar is not None
    assert visit.keeper.avatar.motion.gesture == ""
    visit.keepers._enter(PlaceId("street"))
    assert visit.at(2.0) == []
    assert visit.keeper.avatar.motion.gesture == "wave"


def test_they_wait_while_a_panel_is_open(visit: Visit) -> None:
    assert visit.at(2.0, secs=0.5, listens=False) == []
    assert len(visit.at(2.0)) == 1


@pytest.mark.parametrize("aside_deg", [-60.0, 60.0])
def test_head_and_body_turn_to_who_is_near_the_head_first(visit: Visit, aside_deg: float) -> None:
    visit.at(3.0, secs=2.5)
    assert abs(degrees(visit.keeper.head_rad + visit.keeper.body_rad)) < 3
    visit.at(3.0, aside_deg, secs=0.4)
    early = degrees(visit.keeper.head_rad), degrees(visit.keeper.body_rad)
    assert abs(early[0]) > abs(early[1]) > 1
    visit.at(3.0, aside_deg, secs=2.5)
    assert degrees(visit.keeper.head_rad + visit.keeper.body_rad) == pytest.approx(aside_deg, abs=4)
    visit.at(4.5, aside_deg, secs=2.5)
    assert abs(degrees(visit.keeper.head_rad + visit.keeper.body_rad)) < 4, "stares at who is far"


def test_a_head_turns_no_further_than_a_neck_can(visit: Visit) -> None:
    visit.at(2.0, secs=3.0)
    for _ in range(60):
        visit.at(2.0, 175.0)
        assert abs(degrees(visit.keeper.head_rad)) <= 70.01


def test_they_make_way_for_who_comes_behind_the_counter(visit: Visit) -> None:
    visit.at(3.0, secs=2.0)
    x, y, z = visit.keeper.at_m
    who = (x + 0.3 * cos(0.5), y + 0.3 * sin(0.5), z)
    for _ in range(180):
        visit.draw(who)
    kx, ky = (float(c) for c in visit.keeper.pos_m)
    assert hypot(kx - who[0], ky - who[1]) > 0.8 * ASIDE_M
    assert collide.is_free(collide.solids_of(visit.world.place).all, kx, ky, z)
    visit.at(3.0, secs=3.0)
    assert hypot(*(visit.keeper.pos_m - (x, y))) < 0.02


def test_far_away_they_are_not_drawn(visit: Visit) -> None:
    visit.at(3.0)
    assert visit.keeper.home.has_parent()
    visit.at(12.5)
    assert not visit.keeper.home.has_parent()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_mood_has_its_greetings(language: str) -> None:
    texts = load_texts(language)
    for mood in MOODS:
        lines = [texts.t(f"greet_{mood}_{n + 1}") for n in range(VARIANTS)]
        assert len(set(lines)) == VARIANTS
        assert all(texts.t("says", who="Hana", line=line).startswith("Hana") for line in lines)


def test_who_is_far_costs_half_the_movements(visit: Visit) -> None:
    assert visit.keeper.avatar is not None
    animate, times = visit.keeper.avatar.animate, []
    visit.keeper.avatar.animate = lambda *args, **how: times.append(args[1])  # type: ignore[method-assign]
    try:
        visit.at(5.0, secs=1.0)
        far = list(times)
        times.clear()
        visit.at(3.5, secs=1.0)
        near = list(times)
    finally:
        visit.keeper.avatar.animate = animate  # type: ignore[method-assign]
    assert len(far) == pytest.approx(len(near) / 2, abs=1)
    assert sum(far) == pytest.approx(1.0, abs=0.05), "slower instead of coarser"
