"""The grower's page: whom it answers, and what it takes in."""

import http.client
import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from game.client.texts import load_texts
from game.content.letter_box import REASON, carry
from game.content.letters import SEALED_BYTES, LetterError, public_of, seal, seal_reason
from game.core.errors import GameError
from game.core.orchard_ports import DELIVERY_STATES
from game.grower import page as page_module
from game.grower.carriers import VERDICTS
from game.grower.command import LANGUAGES, names
from game.grower.desk import TO_DO, Desk
from game.grower.page import FILES, KEY_HEADER, Page, address_of, open_page
from game.grower.shown import TABS
from tests.fakes.orchards import FakeOrchards
from tests.grower.stall import ADDRESSES, open_stall

SENDER = ("Green Valley Orchard", "Longquanyi, Chengdu 610100")


@contextmanager
def served_page(desk: Desk) -> Iterator[tuple[Page, str]]:
    """A page of a desk, and the address to open it by."""
    page = Page(desk, {language: load_texts(language) for language in LANGUAGES}, names(), SENDER)
    with open_page(page, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield page, address_of(server, page)
        finally:
            server.shutdown()
            thread.join()


class Visitor:
    """Somebody who asks the page, with the key unless told otherwise."""

    def __init__(self, page: Page, url: str, desk: Desk, orchards: FakeOrchards) -> None:
        self.page, self.desk, self.orchards = page, desk, orchards
        self.url = url.partition("/#")[0]
        self.host = self.url.removeprefix("http://")

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes, Any]:
        """Status, content, headers; a header is given by its name with "_" for "-", None leaves it out."""
        connection = http.client.HTTPConnection(self.host, timeout=10)
        given = {KEY_HEADER: self.page.key} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, given)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content, answer.headers

    def post(self, path: str, **values: object) -> tuple[int, dict[str, Any]]:
        status, content, _ = self.ask("POST", path, json.dumps(values).encode())
        return status, json.loads(content)


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    desk, orchards = open_stall(tmp_path, 3)
    with served_page(desk) as (page, url):
        yield Visitor(page, url, desk, orchards)


def test_the_still_files_are_for_all_of_this_machine_and_have_a_strict_policy(visitor: Visitor) -> None:
    for path in FILES:
        status, content, headers = visitor.ask("GET", path, **{KEY_HEADER: ""})
        assert status == 200
        assert content
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
    for name in ("desk.html", "desk.css", "desk.js", "rows.js"):
        source = (page_module.ASSETS / "grower" / name).read_text(encoding="utf-8")
        assert "http:" not in source
        assert "https:" not in source
        assert "innerHTML" not in source


def test_nothing_of_an_order_is_told_without_the_key(visitor: Visitor) -> None:
    for method, path in (("GET", "/api/desk"), ("POST", "/api/act"), ("POST", "/api/ship"), ("POST", "/api/print"),
                         ("POST", "/api/csv")):  # fmt: skip
        for key in ("", "x" * 32, visitor.page.key[:-1]):
            status, content, _ = visitor.ask(method, path, b"{}" if method == "POST" else None, **{KEY_HEADER: key})
            assert status == 401
            assert "林" not in content.decode()
    assert visitor.orchards.asked == []
    status, content, _ = visitor.ask("GET", "/api/desk")
    assert status == 200
    assert "林小满" in content.decode()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1.evil.example:{port}", "[::1]:{port}", ""])
def test_a_name_bound_to_this_machine_anew_gets_nothing(visitor: Visitor, host: str) -> None:
    host = host.format(port=visitor.host.partition(":")[2])
    for path in ("/", "/api/desk", "/words/en.json"):
        status, content, _ = visitor.ask("GET", path, Host=host)
        assert (status, json.loads(content)["reason"]) == (403, "foreign")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://{host}", "http://127.0.0.1:1"])
def test_another_site_gets_nothing_even_with_the_key(visitor: Visitor, origin: str) -> None:
    origin = origin.format(host=visitor.host)
    status, _, headers = visitor.ask("POST", "/api/act", b'{"what":"refund","deliveries":[1]}', Origin=origin)
    assert status == 403
    assert "Access-Control-Allow-Origin" not in headers
    assert visitor.ask("OPTIONS", "/api/act", Origin=origin)[0] == 501
    assert visitor.orchards.asked == []
    assert visitor.ask("GET", "/api/desk", Origin=visitor.url)[0] == 200


def test_orders_are_packed_shipped_and_paid_back(visitor: Visitor) -> None:
    assert visitor.post("/api/act", what="accept", deliveries=[1, 2]) == (200, {"failed": []})
    [code] = [order.code for order in visitor.desk.view().orders if order.delivery == 1]
    status, told = visitor.post("/api/ship", code=code, tracking="sf1234567")
    assert (status, told["tracking"]) == (200, "SF1234567")
    status, told = visitor.post("/api/ship", code="LQ99-ABCDEF", tracking="SF1234567")
    assert (status, told["reason"]) == (409, "unknown_code")
    status, told = visitor.post("/api/act", what="accept", deliveries=[1])
    assert [each["delivery"] for each in told["failed"]] == [1]
    assert visitor.post("/api/act", what="refund", deliveries=[3])[1] == {"failed": []}
    view = json.loads(visitor.ask("GET", "/api/desk")[1])
    assert view["counts"] == {"pack": 0, "ship": 1, "way": 1, "turn": 0, "done": 1}


@pytest.mark.parametrize(
    ("path", "body"),
    [("/api/act", b"{}"), ("/api/act", b"[]"), ("/api/act", b'{"what":"close","deliveries":[1]}'),
     ("/api/act", b'{"what":"accept","deliveries":[]}'), ("/api/act", b'{"what":"accept","deliveries":["1"]}'),
     ("/api/ship", b"\xff"), ("/api/print", b'{"kind":"money","deliveries":[1],"language":"en"}'),
     ("/api/print", b'{"kind":"slips","deliveries":[1],"language":"../en"}')],
)  # fmt: skip
def test_what_the_page_would_never_ask_is_refused(visitor: Visitor, path: str, body: bytes) -> None:
    status, content, _ = visitor.ask("POST", path, body)
    assert (status, json.loads(content)["reason"]) == (400, "request")
    assert visitor.orchards.asked == []


@pytest.mark.parametrize("path", ["/etc/passwd", "/../key", "/words/fr.json", "/words/../key", "/print/x.pdf", "/x"])
def test_nothing_else_is_served(visitor: Visitor, path: str) -> None:
    assert visitor.ask("GET", path)[0] == 404
    assert visitor.ask("POST", path, b"{}")[0] == 404


def test_more_than_can_be_meant_is_not_read(visitor: Visitor) -> None:
    assert visitor.ask("POST", "/api/act", b"x" * 70_000)[0] == 413
    assert visitor.ask("POST", "/letters/1", b"x" * (SEALED_BYTES + 1))[0] == 413
    assert visitor.ask("POST", "/api/act", b"{}", Content_Length="many")[0] == 411
    host, port = visitor.host.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(f"POST /letters/1 HTTP/1.1\r\nHost: {visitor.host}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        assert b" 411 " in raw.recv(1000)


def test_papers_lie_ready_under_a_name_that_nobody_guesses(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    status, told = visitor.post("/api/print", kind="labels", deliveries=[1, 2], language="zh")
    assert (status, told["lacking"]) == (200, "")
    status, content, headers = visitor.ask("GET", told["url"], **{KEY_HEADER: ""})  # a browser's new window has no key
    assert (status, content[:5], headers["Content-Type"]) == (200, b"%PDF-", "application/pdf")
    assert headers["Cache-Control"] == "no-store"
    monkeypatch.setattr(page_module, "PAPER_SECS", -1.0)
    assert visitor.ask("GET", told["url"])[0] == 404
    assert visitor.post("/api/print", kind="labels", deliveries=[9], language="en")[0] == 409


def test_old_papers_make_room(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MOST_PAPERS", 1)
    first = visitor.post("/api/print", kind="slips", deliveries=[1], language="en")[1]["url"]
    second = visitor.post("/api/print", kind="slips", deliveries=[1], language="en")[1]["url"]
    assert visitor.ask("GET", first)[0] == 404
    assert visitor.ask("GET", second)[0] == 200


def test_a_carriers_file_is_reported_line_by_line(visitor: Visitor) -> None:
    codes = [order.code for order in visitor.desk.view().orders]
    body = "order,tracking\n" + "".join(f"{code},SF90000{at}\n" for at, code in enumerate(codes))
    status, content, _ = visitor.ask("POST", "/api/csv", body.encode())
    assert (status, json.loads(content)["ok"]) == (200, True)
    status, content, _ = visitor.ask("POST", "/api/csv", b"nothing,known\n1,2\n")
    assert (status, json.loads(content)["reason"]) == (409, "csv_columns")


def test_letters_come_in_from_anybody_and_prove_themselves(visitor: Visitor) -> None:
    letter = visitor.orchards.order(7, ADDRESSES[3], [(0, 1)])
    other = seal(ADDRESSES[4], public_of(visitor.orchards.key))
    with pytest.raises(LetterError, match="not the one"):
        carry(visitor.url, 7, other.sealed)
    with pytest.raises(LetterError, match="not known"):
        carry(visitor.url, 8, letter.sealed)
    assert carry(visitor.url, 7, letter.sealed) == ""
    assert carry(visitor.url, 7, letter.sealed) == ""  # as often as one likes
    assert {order.delivery: order.address for order in visitor.desk.view().orders}[7] == ADDRESSES[3]
    assert visitor.ask("POST", "/letters/7", letter.sealed, Origin="http://evil.example")[0] == 403
    assert visitor.ask("POST", "/letters/x", letter.sealed)[0] == 404
    assert visitor.ask("POST", "/letters/0", letter.sealed)[0] == 409


def test_a_reason_comes_in_and_stands_on_the_page(visitor: Visitor) -> None:
    desk, orchards = visitor.desk, visitor.orchards
    desk.ship(next(order.code for order in desk.view().orders if order.delivery == 1), "SF1234567")
    letter = orchards.dispute(1, "<b>brown</b>")
    assert letter is not None
    with pytest.raises(LetterError, match="not the one"):
        carry(visitor.url, 1, seal_reason("else", public_of(orchards.key)).sealed, REASON)
    assert carry(visitor.url, 1, letter.sealed, REASON) == ""
    assert visitor.ask("POST", "/reasons/1", letter.sealed, Origin="http://evil.example")[0] == 403
    assert visitor.ask("POST", "/reasons/99", letter.sealed)[0] == 409
    [batch] = visitor.page.look()["tabs"]["turn"]
    assert [order["reason"] for order in batch["orders"]] == ["<b>brown</b>"]


def test_who_has_the_letter_hears_the_tracking_number(visitor: Visitor) -> None:
    letter = visitor.orchards.order(7, ADDRESSES[3], [(0, 1)])
    carry(visitor.url, 7, letter.sealed)
    [code] = [order.code for order in visitor.desk.view().orders if order.delivery == 7]
    visitor.desk.ship(code, "SF1234567")
    assert carry(visitor.url, 7, letter.sealed) == "SF1234567"
    with pytest.raises(LetterError):
        carry(visitor.url, 7, bytes(SEALED_BYTES))


def test_the_key_is_in_the_fragment_and_new_each_time(tmp_path: Path) -> None:
    desk, _ = open_stall(tmp_path, 0)
    with served_page(desk) as (first, url), served_page(desk) as (second, _):
        assert url.endswith(f"/#{first.key}")
        assert first.key != second.key
        port = int(url.partition("/#")[0].rpartition(":")[2])
        with pytest.raises(GameError, match="--port"):
            open_page(first, port)


def test_every_word_that_the_page_asks_for_exists() -> None:
    asked = set()
    for name in ("desk.js", "rows.js", "desk.html"):
        source = (page_module.ASSETS / "grower" / name).read_text(encoding="utf-8")
        asked |= set(re.findall(r"\bsay\(\"(\w+)\"", source)) | set(re.findall(r"data-word=\"(\w+)\"", source))
        asked |= set(re.findall(r"\[\"[^\"]+\", \"(key_\w+)\"\]", source))
    ends = {
        "tab": (*TABS, "orchard"), "empty": (*TABS, "orchard"), "by": ("pack", "ship", "way", "turn"),
        "next": TO_DO, "do": TO_DO, "done": page_module.ACTS, "made": ("slips", "labels"),
        "csv": VERDICTS, "state": DELIVERY_STATES, "letter": ("missing", "wrong"),
        "money": ("escrow", "earned", "credit", "refunded"),
        "fruit": ("redeemed", "basket", "hanging", "unborn", "promised"),
    }  # fmt: skip
    asked |= {f"{prefix}_{end}" for prefix, some in ends.items() for end in some}
    asked |= {f"letter_{state}_long" for state in ("missing", "wrong", "erased")}
    assert len(asked) > 80
    for language in LANGUAGES:
        texts = load_texts(language)
        ours = {key.removeprefix("grower_") for key in texts.catalogues[language]} | {"coins"}
        assert sorted(asked - ours) == []
