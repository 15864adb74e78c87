"""Sharing: the rooms' files of a home by their hash, and nothing else."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import pytest

from game.content.bundle import pack, unpack
from game.content.bundle_store import BundleStore
from game.content.cid import cid_of
from game.content.fetch import find
from game.content.share import HOST, open_shelf
from game.core.errors import GameError
from tests.content.bundles import small

ROOM = pack(small())
DIGEST = sha256(ROOM).digest()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[str]:
    BundleStore(tmp_path).put(ROOM)
    (tmp_path / "secret").write_text("mine")
    (tmp_path / "bundles" / "visited.json").write_text("[]")
    server = open_shelf(tmp_path, port=0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"{HOST}:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_another_machine_finds_a_room_by_its_hash(shelf: str) -> None:
    assert unpack(find(DIGEST, (f"http://{shelf}",))).room.name == "Mei's room"
    assert find(DIGEST, (f"http://{shelf}/ipfs",)) == ROOM


@pytest.mark.parametrize(
    "path",
    ["/", "/visited.json", "/../secret", "/%2e%2e/secret", "/..%2fsecret", f"/{cid_of(sha256(b'x').digest())}.loquat",
     f"/{cid_of(DIGEST)}", f"/x/{cid_of(DIGEST)}.loquat", f"//{cid_of(DIGEST)}.loquat.loquat"],
)  # fmt: skip
def test_nothing_else_is_served(shelf: str, path: str) -> None:
    link = HTTPConnection(shelf, timeout=5)
    link.request("GET", path)
    assert link.getresponse().status == 404
    link.close()


def test_nothing_is_taken_in(shelf: str) -> None:
    for method in ("PUT", "POST", "DELETE"):
        request = urllib.request.Request(f"http://{shelf}/{cid_of(DIGEST)}.loquat", data=b"x", method=method)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=5)
        assert refused.value.code == 501
        refused.value.close()


def test_a_head_tells_the_size_alone(shelf: str) -> None:
    link = HTTPConnection(shelf, timeout=5)
    link.request("HEAD", f"/{cid_of(DIGEST)}.loquat")
    answer = link.getresponse()
    assert answer.headers["Content-Length"] == str(len(ROOM))
    assert answer.read() == b""
    link.close()


def test_a_port_that_is_taken_is_told(shelf: str, tmp_path: Path) -> None:
    with pytest.raises(GameError, match="--port"):
        open_shelf(tmp_path, port=int(shelf.rpartition(":")[2]))
    with pytest.raises(GameError, match="--port"):
        open_shelf(tmp_path, port=99_999)
