"""Visiting a room: from what is typed to commands of the world, without a window."""

import time
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from game.client.hud_visit import VisitPanel
from game.client.part import Frame
from game.client.visiting import Visiting
from game.content.bundle import pack
from game.content.bundle_store import BundleStore, Visit
from game.content.cid import cid_of
from game.content.goods_store import GoodsStore
from game.content.load import read_catalogue, world_of
from game.content.model_files import ModelFiles
from game.core import events, trade
from game.core.commands import Admit, Command
from game.core.ids import HOME, Address, PlaceId, RoomToken
from game.core.room_ports import RejectedOffer, RoomAdmitted, Version, Versions
from game.core.step import step
from tests.content.bundles import TOKEN, small
from tests.content.made import OFFER
from tests.content.served import served, whole
from tests.content.small import write_world

ROOM = pack(small())
DIGEST = sha256(ROOM).digest()


class Words:
    """A HUD that keeps what is said."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.open_panel = "visit"
        self.travel_to: PlaceId | None = None
        self.wishes: list[str] = []
        self.panel: VisitPanel | None = None
        self.view = self
        self.texts = self

    def join(self, panel: VisitPanel) -> None:
        self.panel = panel

    def say(self, kind: str, text: str) -> None:
        self.said.append((kind, text))

    def t(self, key: str, **values: object) -> str:
        return key

    def count(self, key: str, number: int, **values: object) -> str:
        return f"{key} {number}"

    def close_panel(self) -> None:
        self.open_panel = ""


class Game:
    """A home, a world and the part, without anything that is drawn."""

    def __init__(self, folder: Path, **options: Any) -> None:
        root = write_world(folder / "game")
        (root / "scenes/templates").mkdir(parents=True)
        studio = Path(__file__).resolve().parents[2] / "scenes/templates/studio.toml"
        (root / "scenes/templates/studio.toml").write_bytes(studio.read_bytes())
        found, _ = read_catalogue(root)
        self.home = folder / "home"
        self.world = world_of(found, start=PlaceId("street"), seed=1)
        self.world.purse.state = "open"
        self.hud = Words()
        self.files = ModelFiles(root / "assets", GoodsStore(self.home))
        options = {"home": self.home, "assets": root / "assets", "visit": "", "bundles": ()} | options
        app: Any = SimpleNamespace(
            world=self.world, options=SimpleNamespace(**options), files=self.files,
            session=SimpleNamespace(in_menu=False),
        )  # fmt: skip
        hud: Any = self.hud
        self.part = Visiting(app, hud)
        self.commands: list[Command] = []

    def frame(self, *updates: Any) -> list[events.Event]:
        commands = self.part.prepare(0.0, 0.0, 0.02)
        self.commands += commands
        happened = step(self.world, commands, updates)
        self.part.draw(Frame(happened, 0.02, (0.0, 0.0, 0.0)))
        return happened

    def go_on(self, *, secs: float = 20.0) -> None:
        """Frames until nothing is under way."""
        until = time.monotonic() + secs
        while self.part.state[0] and time.monotonic() < until:
            self.frame()
            time.sleep(0.005)
        assert not self.part.state[0]


@pytest.fixture
def game(tmp_path: Path) -> Game:
    return Game(tmp_path)


def test_a_file_is_let_in_and_walked_into(game: Game, tmp_path: Path) -> None:
    path = tmp_path / "mei.loquat"
    path.write_bytes(ROOM)
    game.part.begin(f'"{path}"')
    assert game.part.state[0] in ("visit_fetching", "visit_checking")
    game.go_on()
    place = PlaceId("r" + f"{TOKEN:064x}"[:20])
    assert game.part.failed == ("", "")
    assert game.hud.travel_to == place
    assert game.hud.open_panel == ""
    assert game.world.rooms[place].name == "Mei's room"
    assert {stand.good for stand in game.world.places[place].stands} == {g.id for g in small().goods if g.good}
    assert ("notice", "visit_unknown 1") in game.hud.said  # the street here has no fedora
    admit = next(command for command in game.commands if isinstance(command, trade.AdmitRoom))
    assert (admit.place, admit.room, admit.bundle_sha256) == (place, TOKEN, DIGEST)
    assert [each.offers for each in admit.displays] == [(OFFER,)]
    store = BundleStore(game.home)
    assert store.get(DIGEST) == ROOM
    assert [(each.cid, each.name, each.token) for each in store.visited()] == [
        (cid_of(DIGEST), "Mei's room", f"{TOKEN:#x}")
    ]
    mug = next(each for each in small().goods if each.good is not None and each.good.kind == "cup")
    assert game.files.of(mug.id).read_bytes() == mug.model


def test_an_address_is_fetched_and_a_wrong_one_is_told(game: Game) -> None:
    with served({"/mei.loquat": whole(ROOM), "/other": whole(b"<html>")}) as base:
        game.part.begin(f"{base}/other")
        game.go_on()
        assert game.part.failed[0] == "bundle_not_one"
        assert not any(isinstance(command, Admit) for command in game.commands)
        game.part.begin(f"{base}/nowhere")
        game.go_on()
        assert game.part.failed[0] == "visit_refused"
        game.part.begin(f"{base}/mei.loquat")
        game.go_on()
    assert game.part.failed == ("", "")
    assert len(game.world.rooms) == 1


def versions(*digests: bytes, room: RoomToken = TOKEN) -> Versions:
    return Versions(
        room=room,
        versions=tuple(
            Version(version=len(digests) - n, bundle_sha256=digest, block=9 - n, tx_hash="0x1")
            for n, digest in enumerate(digests)
        ),
    )


def test_a_number_is_asked_for_on_the_chain_and_found_in_the_folders(tmp_path: Path) -> None:
    game = Game(tmp_path, bundles=(str(tmp_path / "shelf"),))
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / f"{cid_of(DIGEST)}.loquat").write_bytes(ROOM)
    game.part.begin(f"{TOKEN:#x}")
    game.frame()
    assert game.part.state[0] == "visit_asking"
    assert trade.ReadVersions(room=TOKEN) in game.commands
    game.frame(versions(b"", room=RoomToken(5)))
    assert game.part.state[0] == "visit_asking"
    game.frame(versions(DIGEST, sha256(b"older").digest()))
    game.go_on()
    assert game.part.failed == ("", "")
    assert len(game.world.rooms) == 1


@pytest.mark.parametrize(
    ("told", "reason"),
    [((), "visit_no_room"), ((b"", DIGEST), "visit_unpublished"), ((sha256(b"x").digest(),), "visit_not_found")],
)
def test_a_number_that_leads_nowhere_is_told(game: Game, told: tuple[bytes, ...], reason: str) -> None:
    game.part.begin(str(int(TOKEN)))
    game.frame()
    game.frame(versions(*told))
    game.go_on()
    assert game.part.failed[0] == reason
    assert game.world.rooms == {}


def test_a_number_waits_for_the_market_and_fails_when_it_is_down(game: Game) -> None:
    game.world.purse.state = "opening"
    game.part.begin("17")
    game.frame()
    assert game.part.state[0] == "visit_opening"
    game.world.purse.state = "down"
    game.frame()
    assert game.part.failed[0] == "visit_no_chain"


def test_a_copy_under_another_number_is_of_the_room_that_was_asked_for(game: Game) -> None:
    BundleStore(game.home).put(ROOM)
    other = RoomToken(77)
    game.part.begin("77")
    game.frame()
    game.frame(versions(DIGEST, room=other))
    game.go_on()
    admit = next(command for command in game.commands if isinstance(command, trade.AdmitRoom))
    assert admit.room == other


def test_the_rooms_that_were_visited_can_be_visited_again(game: Game) -> None:
    cid = BundleStore(game.home).put(ROOM)
    game.part.again(Visit(cid=cid, name="Mei's room"))
    game.go_on()
    assert game.part.failed == ("", "")
    game.part.again(Visit(cid=cid, name="Mei's room", token=f"{TOKEN:#x}"))
    assert game.part.state[0] == "visit_asking"
    game.part.stop()
    assert game.part.state[0] == ""


def test_offers_are_kept_once_the_chain_has_not_rejected_them(game: Game) -> None:
    mug = next(each for each in small().goods if each.good is not None and each.good.kind == "cup")
    BundleStore(game.home).put(ROOM)
    game.part.begin(cid_of(DIGEST))
    game.go_on()
    place = next(iter(game.world.rooms))
    kept = GoodsStore(game.home).get(mug.id)
    assert kept is not None
    assert kept.offers == ()
    told = RoomAdmitted(place_id=place, room=TOKEN, state="current", owner=Address("0x1"), pays_room=True)
    bad = RoomAdmitted(
        place_id=place, room=TOKEN, state="outdated", owner=Address("0x1"), pays_room=False,
        rejected=(RejectedOffer(good_id=mug.id, detail="forged"),),
    )  # fmt: skip
    game.frame(bad)
    assert game.hud.said[-1] == ("notice", "room_outdated")
    assert GoodsStore(game.home).get(mug.id).offers == ()  # type: ignore[union-attr]
    game.frame(told)
    assert game.hud.said[-1] == ("good", "room_pays")
    assert GoodsStore(game.home).get(mug.id).offers == (OFFER,)  # type: ignore[union-attr]


def test_a_room_of_a_template_that_is_not_here_is_told(game: Game) -> None:
    game.world.templates.clear()
    BundleStore(game.home).put(ROOM)
    game.part.begin(cid_of(DIGEST))
    game.go_on()
    assert game.part.failed[0] == "visit_newer_street"
    assert game.hud.travel_to is None


def test_what_the_command_line_asks_for_is_visited_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mei.loquat"
    path.write_bytes(ROOM)
    game = Game(tmp_path, visit=str(path))
    game.go_on()
    assert game.hud.travel_to is not None


def test_nonsense_is_refused_at_once(game: Game) -> None:
    for text, reason in (("", "visit_nothing"), ("ftp://x", "visit_no_address"), ("ipfs://x", "visit_no_address")):
        game.part.begin(text)
        assert game.part.failed[0] == reason
        assert game.part.state[0] == ""


def test_who_asked_for_home_is_brought_there_and_nothing_is_looked_for(tmp_path: Path) -> None:
    game = Game(tmp_path, visit=HOME)
    assert game.hud.travel_to == HOME
    assert game.part.state[0] == ""
    assert game.part.failed == ("", "")
