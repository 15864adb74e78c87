"""Getting a room's file: from where the player says and from nowhere else, never more than a room may be."""

import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from game.content import fetch as fetching
from game.content.bundle import BUNDLE_BYTES_MAX, BundleError, pack, unpack
from game.content.bundle_store import BundleStore, Visit
from game.content.cid import cid_of
from game.content.fetch import Target, fetch, find, read_sources, read_target, target_of
from tests.content.bundles import small
from tests.content.served import served, whole

ROOM = b"bytes of a room"
DIGEST = sha256(ROOM).digest()
CID = cid_of(DIGEST)


def refused(reason: str) -> "pytest.RaisesExc[BundleError]":
    return pytest.RaisesExc(BundleError, check=lambda error: error.reason == reason)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("room.loquat", Target(path="room.loquat")),
        (' "C:\\rooms\\my room.loquat" ', Target(path="C:\\rooms\\my room.loquat")),
        ("file:///tmp/a%20b.loquat", Target(path="/tmp/a b.loquat")),
        ("https://example.org/a.loquat", Target(url="https://example.org/a.loquat")),
        (f"ipfs://{CID}", Target(digest=DIGEST)),
        (f"ipfs://{CID}/", Target(digest=DIGEST)),
        (CID, Target(digest=DIGEST)),
        ("17", Target(token=17)),
        ("0x" + "Ff" * 32, Target(token=2**256 - 1)),
    ],
)
def test_a_text_is_a_file_an_address_a_hash_or_a_room(text: str, target: Target) -> None:
    assert target_of(text) == target


@pytest.mark.parametrize(
    "text", ["", "  ", "ftp://x/y", "javascript://x", "http://", "ipfs://nothing", "9" * 78, "x" * 3000]
)
def test_a_text_that_is_none_of_these_is_refused(text: str) -> None:
    with pytest.raises(Exception, match=r"\w") as error:
        target_of(text)
    assert error.type.__name__ in ("BundleError", "GameError")


def test_a_file_an_address_and_a_hash_are_read(tmp_path: Path) -> None:
    (tmp_path / f"{CID}.loquat").write_bytes(ROOM)
    assert read_target(Target(path=str(tmp_path / f"{CID}.loquat")), ()) == ROOM
    assert read_target(Target(digest=DIGEST), ("/nowhere", str(tmp_path))) == ROOM
    with served({"/r": whole(ROOM)}) as base:
        assert read_target(Target(url=f"{base}/r"), ()) == ROOM
    with refused("visit_no_file"):
        read_target(Target(path=str(tmp_path / "none")), ())
    with refused("visit_no_file"):
        read_target(Target(path="a\0b"), ())


def test_a_known_room_is_taken_only_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / f"{CID}.loquat").write_bytes(b"another")
    asked: list[str] = []
    answers = {f"/{CID}.loquat": whole(b"another"), f"/ipfs/{CID}": whole(ROOM), f"/x?{CID}": whole(ROOM)}
    with served(answers, asked) as base:
        with refused("visit_not_found"):
            find(DIGEST, (str(tmp_path), base))
        assert find(DIGEST, (str(tmp_path), base, f"{base}/ipfs/")) == ROOM
        assert find(DIGEST, (f"{base}/x?{{cid}}",)) == ROOM
    assert asked[0] == f"/{CID}.loquat"
    with refused("visit_not_found"):
        find(DIGEST, ())


def test_redirects_are_followed_on_the_same_host_alone() -> None:
    asked: list[str] = []
    answers = {"/r": whole(ROOM), "/here": whole(b"", 302, Location="/r"), "/round": whole(b"", 302, Location="/round"),
               "/file": whole(b"", 302, Location="file:///etc/passwd")}  # fmt: skip
    with served(answers, asked) as base:
        answers["/there"] = whole(b"", 301, Location=base.replace("127.0.0.1", "localhost") + "/r")
        assert fetch(f"{base}/here") == ROOM
        asked.clear()
        with refused("visit_elsewhere"):
            fetch(f"{base}/there")
        assert asked == ["/there"]
        with pytest.raises(BundleError):
            fetch(f"{base}/file")
        asked.clear()
        with refused("visit_refused"):
            fetch(f"{base}/round")
        assert len(asked) <= 5


def test_what_is_too_large_is_not_read_to_its_end() -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(bytes(2**20))

    answers = {"/told": whole(ROOM, Content_Length=str(BUNDLE_BYTES_MAX + 1)), "/endless": endless}
    with served(answers) as base:
        with refused("bundle_too_large"):
            fetch(f"{base}/told")
        with refused("bundle_too_large"):
            fetch(f"{base}/endless")


def test_silence_and_cuts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(request: BaseHTTPRequestHandler) -> None:
        time.sleep(1.0)

    def slow(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(100):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.02)

    monkeypatch.setattr(fetching, "SILENCE_SECS", 0.2)
    monkeypatch.setattr(fetching, "WHOLE_SECS", 0.3)
    answers = {"/silent": silent, "/slow": slow, "/cut": whole(ROOM, Content_Length="99")}
    with served(answers) as base:
        with refused("visit_silent"):
            fetch(f"{base}/silent")
        with refused("visit_silent"):
            fetch(f"{base}/slow")
        for path in ("/cut", "/none"):
            with pytest.raises(BundleError):
                fetch(base + path)
    with refused("visit_unreachable"):
        fetch(f"{base}/gone")


def test_a_player_can_stop(tmp_path: Path) -> None:
    with served({"/r": whole(ROOM)}) as base:
        with refused("visit_stopped"):
            fetch(f"{base}/r", lambda size, total: False)
        told: list[tuple[int, int]] = []
        assert fetch(f"{base}/r", lambda size, total: not told.append((size, total))) == ROOM
    assert told[-1] == (len(ROOM), len(ROOM))


def test_sources_are_one_a_line(tmp_path: Path) -> None:
    assert read_sources(tmp_path) == ()
    (tmp_path / "sources.txt").write_text("# mine\n/rooms\n\n https://gateway.example/ipfs \n")
    assert read_sources(tmp_path) == ("/rooms", "https://gateway.example/ipfs")
    (tmp_path / "sources.txt").write_bytes(b"\xff\xfe")
    assert read_sources(tmp_path) == ()


# --- the store -----------------------------------------------------------------------------------------------------


def test_the_store_gives_back_what_its_name_says_and_nothing_else(tmp_path: Path) -> None:
    store = BundleStore(tmp_path)
    content = pack(small())
    digest = sha256(content).digest()
    assert store.get(digest) is None
    cid = store.put(content)
    assert (tmp_path / "bundles" / f"{cid}.loquat").read_bytes() == content
    found = BundleStore(tmp_path).get(digest)
    assert found is not None
    assert unpack(found).room == small().room
    store.path(digest).write_bytes(content[:-1] + b"!")
    assert store.get(digest) is None
    assert store.path(digest).with_name(f"{cid}.loquat.damaged").exists()
    store.put(content)
    assert store.get(digest) == content


def test_the_last_visit_of_a_room_is_listed_first_and_once(tmp_path: Path) -> None:
    store = BundleStore(tmp_path)
    assert store.visited() == ()
    for number, token in enumerate(["0x1", "", "0x1"]):
        store.remember(Visit(cid=f"c{number}", name=f"Room {number}", token=token, at_secs=number + 1))
    assert [each.cid for each in store.visited()] == ["c2", "c1"]
    store.remember(Visit(cid="c1", name="Room 1"))
    assert [each.cid for each in BundleStore(tmp_path).visited()] == ["c1", "c2"]
    assert store.visited()[0].at_secs > 10
    (tmp_path / "bundles" / "visited.json").write_bytes(b"[" * 50_000)
    assert store.visited() == ()
