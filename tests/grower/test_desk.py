"""The grower's desk: what it shows, what it does, and that nothing is marked by half."""

import logging
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from game.client.texts import load_texts
from game.content.letter_box import inbox
from game.content.letters import KEY_BYTES, LetterError, public_of, seal, seal_reason
from game.core.errors import GameError
from game.grower.carriers import GOOD, decoded, read, ship_all
from game.grower.codes import code_of, read_code, read_tracking
from game.grower.desk import Desk, DeskError, Order, batches, route_of
from game.grower.keys import grower_key
from game.grower.mail import Mail
from game.grower.table import told_view
from tests.fakes.orchards import DAY, FakeOrchards
from tests.grower.stall import ADDRESSES, open_stall

SAID = "Three of them are brown 坏了"


def by_number(desk: Desk) -> dict[int, Order]:
    return {order.delivery: order for order in desk.view().orders}


def test_orders_come_with_their_addresses_the_most_urgent_first(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path)
    orders = desk.view().orders
    assert [order.delivery for order in orders] == list(range(1, 9))
    assert [order.address for order in orders] == list(ADDRESSES)
    assert {order.to_do for order in orders} == {"pack"}
    assert orders[0].quantity == sum(quantity for _, quantity in orchards.boxes[1].fruits)
    assert orders[0].lines[0].tree == 2  # the second of the plot, counted from one
    assert inbox(tmp_path).deliveries() == ()  # taken in


def test_a_box_without_its_letter_is_shown_and_not_shipped(tmp_path: Path) -> None:
    desk, _ = open_stall(tmp_path, 1, letters=False)
    [order] = desk.view().orders
    assert (order.letter, order.address, order.route) == ("missing", None, "")
    with pytest.raises(DeskError) as refused:
        desk.ship(order.code, "SF1234567")
    assert refused.value.reason == "no_letter"


def test_a_letter_that_is_not_right_is_told_and_a_right_one_takes_its_place(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path, 0)
    right = orchards.order(5, ADDRESSES[0], [(0, 1)])
    inbox(tmp_path).put(5, seal(ADDRESSES[1], public_of(orchards.key)).sealed)  # an address nobody paid for
    assert by_number(desk)[5].letter == "wrong"
    with pytest.raises(LetterError, match="not the one"):
        desk.take_letter(5, seal(ADDRESSES[1], public_of(orchards.key)).sealed)
    desk.take_letter(5, right.sealed)
    assert by_number(desk)[5].address == ADDRESSES[0]
    with pytest.raises(LetterError, match="not known"):
        desk.take_letter(6, right.sealed)


@pytest.mark.parametrize("end", ["confirm", "refund"])
def test_when_a_box_has_ended_its_address_is_erased(tmp_path: Path, end: str) -> None:
    desk, orchards = open_stall(tmp_path, 2)
    desk.ship(by_number(desk)[1].code, "SF1234567")
    assert desk.mail.store.deliveries() == (1, 2)
    getattr(orchards, end)(1)
    order = by_number(desk)[1]
    assert (order.letter, order.address, order.to_do) == ("erased", None, "done")
    assert desk.mail.store.deliveries() == (2,)
    letter = orchards.order(1, ADDRESSES[0], [(0, 1)])
    orchards.refund(1)
    with pytest.raises(LetterError, match="ended"):
        desk.take_letter(1, letter.sealed)


def test_what_a_buyer_says_is_wrong_is_shown_until_the_box_has_ended(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path, 2)
    for number in (1, 2):
        desk.ship(by_number(desk)[number].code, "SF1234567")
    letter = orchards.dispute(1, SAID)
    assert letter is not None
    assert by_number(desk)[1].reason == ""  # it has not come
    inbox(tmp_path).reasons.put(1, seal_reason("nonsense", public_of(orchards.key)).sealed)
    assert by_number(desk)[1].reason == ""  # not the one that the chain knows
    inbox(tmp_path).reasons.put(1, letter.sealed)
    order = by_number(desk)[1]
    assert (order.reason, order.address, order.to_do) == (SAID, ADDRESSES[0], "answer")
    assert by_number(desk)[2].reason == ""
    assert inbox(tmp_path).reasons.deliveries() == ()
    again = Desk(tmp_path, orchards, Mail(tmp_path, orchards.key, (inbox(tmp_path),)))
    assert by_number(again)[1].reason == SAID  # after the desk was closed
    texts = load_texts("en")
    assert f"{order.code}: the buyer says: {SAID}" in told_view(desk.view(), texts, {})
    assert not any(SAID.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    orchards.refund(1)
    assert by_number(desk)[1].reason == ""
    assert desk.mail.store.reasons.deliveries() == ()
    with pytest.raises(LetterError, match="ended"):
        desk.take_reason(1, letter.sealed)


def test_no_file_and_no_log_has_an_address_in_clear(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        desk, orchards = open_stall(tmp_path)
        desk.act("accept", [1, 2, 3])
        ship_all(desk, csv_of(by_number(desk)[2], by_number(desk)[3]))
        desk.act("accept", [1])
        orchards.confirm(2)
        desk.view()
    secrets = [word for each in ADDRESSES for word in (each.name, *each.lines, each.phone, each.note) if len(word) > 4]
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    for word in secrets:
        assert not any(word.encode() in content for content in kept)
        assert word not in caplog.text


def test_shipping_accepts_keeps_the_number_and_is_done_once(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path, 1)
    code = by_number(desk)[1].code
    order = desk.ship(code.lower(), " sf 1234567 ")
    assert (order.state, order.to_do, order.tracking) == ("shipped", "wait", "SF1234567")
    assert orchards.boxes[1].tracking_sha256 == sha256(b"SF1234567").digest()
    assert desk.ship(code, "SF1234567") == order
    assert orchards.asked == [("accept", 1), ("ship", 1)]
    with pytest.raises(DeskError):
        desk.ship(code, "SF7654321")
    again = Desk(tmp_path, orchards, Mail(tmp_path, grower_key(tmp_path), ()))
    assert by_number(again)[1] == order


@pytest.mark.parametrize(
    ("code", "reason"),
    [("", "bad_code"), ("LQ1", "bad_code"), ("LQ01-000000", "bad_code"), ("x" * 500, "bad_code"),
     ("LQ1-000000", "unknown_code"), ("LQ9-ABCDEF", "unknown_code")],
)  # fmt: skip
def test_a_code_that_is_not_of_a_box_of_ones_own_ships_nothing(tmp_path: Path, code: str, reason: str) -> None:
    desk, orchards = open_stall(tmp_path, 1)
    orchards.boxes[1] = replace(orchards.boxes[1], commit=b"\xff" * 32)
    with pytest.raises(DeskError) as refused:
        desk.ship(code, "SF1234567")
    assert refused.value.reason == reason
    assert orchards.asked == []


@pytest.mark.parametrize("tracking", ["", "1234", "-12345", "a" * 41, "运单123456", "SF_12345", "LQ1-29F86A"])
def test_what_is_no_tracking_number_ships_nothing(tmp_path: Path, tracking: str) -> None:
    desk, orchards = open_stall(tmp_path, 1)
    with pytest.raises(DeskError) as refused:
        desk.ship(by_number(desk)[1].code, tracking)
    assert refused.value.reason == "bad_tracking"
    assert orchards.asked == []


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_none(text: str) -> None:
    for read_one in (read_code, read_tracking):
        found = read_one(text)
        assert found is None or str(found[1] if isinstance(found, tuple) else found).isascii()


def test_turns_and_ends_follow_the_chains_clock(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path, 4)
    for number in (1, 2, 3):
        desk.ship(by_number(desk)[number].code, f"SF100000{number}")
    orchards.dispute(1)
    orchards.now += 5 * DAY
    assert {n: each.to_do for n, each in by_number(desk).items()} == {1: "answer", 2: "wait", 3: "wait", 4: "late"}
    assert desk.act("claim", [2])[2].endswith("still has time")
    orchards.now += 10 * DAY
    assert by_number(desk)[1].to_do == "late"
    assert desk.act("claim", [2, 3]) == {}
    assert {each.to_do for each in by_number(desk).values()} == {"late", "done"}


def test_an_answered_dispute_waits_and_a_refund_ends_anything(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path, 2)
    desk.ship(by_number(desk)[1].code, "SF1000001")
    orchards.dispute(1)
    assert desk.act("answer", [1]) == {}
    assert by_number(desk)[1].to_do == "wait"
    assert desk.act("refund", [1, 2]) == {}
    assert [each.to_do for each in desk.view().orders] == ["done", "done"]
    assert set(desk.act("accept", [1, 2])) == {1, 2}


def test_money_is_conserved_through_every_end(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path, 5)
    whole = sum(box.value_wei for box in orchards.boxes.values())
    for number in (1, 2, 3):
        desk.ship(by_number(desk)[number].code, f"SF100000{number}")
    orchards.confirm(1)
    orchards.dispute(2)
    desk.act("answer", [2])
    desk.act("refund", [4])
    orchards.now += 15 * DAY
    assert by_number(desk)[2].to_do == "split"
    assert desk.act("split", [2]) == {}
    money = desk.view().money
    assert money.earned_wei + money.escrow_wei + money.refunded_wei == whole
    assert money.earned_wei == orchards.boxes[1].value_wei + orchards.boxes[2].value_wei // 2
    assert money.escrow_wei == orchards.boxes[3].value_wei + orchards.boxes[5].value_wei


def test_boxes_are_batched_by_day_and_route(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path)
    orchards.order(9, ADDRESSES[0], [(0, 1)])  # no letter: the last of its day
    groups = batches(desk.view().orders)
    assert sum(len(orders) for _, _, orders in groups) == 9
    days = [day for day, _, _ in groups]
    assert days == sorted(days)
    assert [route for day, route, _ in groups if day == days[-1]][-1] == ""
    assert route_of(ADDRESSES[0]) == "中国 610" == route_of(ADDRESSES[2])
    assert route_of(ADDRESSES[1]) == "United Kingdom BS6"
    assert route_of(replace(ADDRESSES[1], postcode="")) == "United Kingdom"


# --- a carrier's CSV ---------------------------------------------------------------------------------------------


def csv_of(*orders: Order, ending: str = "\r\n") -> bytes:
    lines = ["date,Order,Tracking Number", *(f"2026-12-01,{order.code},SF90000{order.delivery}" for order in orders)]
    return ending.join([*lines, ""]).encode()


def test_a_carriers_file_ships_all_its_boxes_and_may_come_twice(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path, 3)
    content = csv_of(*desk.view().orders)
    assert [line.verdict for line in ship_all(desk, content).lines] == ["shipped"] * 3
    asked = list(orchards.asked)
    again = ship_all(desk, content)
    assert again.ok
    assert [line.verdict for line in again.lines] == ["already"] * 3
    assert orchards.asked == asked


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_chinese_spreadsheets_file_is_read(tmp_path: Path, encoding: str) -> None:
    desk, _ = open_stall(tmp_path, 1)
    text = f"订单号,收件人,运单号\n{by_number(desk)[1].code},林小满,SF900001\n"
    assert ship_all(desk, text.encode(encoding)).ok


@pytest.mark.parametrize(
    ("spoil", "verdict"),
    [
        (lambda line: line.replace("LQ2", "LQ7"), "unknown_code"),
        (lambda line: line.replace("LQ2", "XX2"), "bad_code"),
        (lambda line: line.replace("SF900002", "?"), "bad_tracking"),
        (lambda line: line.replace("SF900002", "SF900001"), "twice_tracking"),
        (lambda line: line + ",more", "columns"),
        (lambda line: line.split(",")[0], "columns"),
    ],
)
def test_one_wrong_line_and_no_box_is_marked(tmp_path: Path, spoil: Callable[[str], str], verdict: str) -> None:
    desk, orchards = open_stall(tmp_path, 3)
    lines = csv_of(*desk.view().orders, ending="\n").decode().splitlines()
    lines[2] = spoil(lines[2])
    report = ship_all(desk, "\n".join(lines).encode())
    assert not report.ok
    assert [(line.line, line.verdict) for line in report.lines if line.verdict not in GOOD] == [(3, verdict)]
    assert orchards.asked == []


def test_one_box_on_two_lines_is_refused(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path, 1)
    text = csv_of(*desk.view().orders).decode() + f"x,{by_number(desk)[1].code},SF900009\n"
    assert [line.verdict for line in ship_all(desk, text.encode()).lines] == ["ship", "twice_order"]
    assert orchards.asked == []


def test_where_the_chain_breaks_off_the_same_file_goes_on(tmp_path: Path) -> None:
    desk, orchards = open_stall(tmp_path, 3)
    desk.act("accept", [1, 2, 3])
    content = csv_of(*desk.view().orders)
    ship, at = orchards.ship, iter((0, 1, 0))

    def ship_or_break(delivery: int, tracking_sha256: bytes) -> None:
        orchards.breaks = next(at)
        ship(delivery, tracking_sha256)

    orchards.ship = ship_or_break  # type: ignore[method-assign]
    report = ship_all(desk, content)
    assert [line.verdict for line in report.lines] == ["shipped", "failed", "failed"]
    assert not report.ok
    orchards.ship = ship  # type: ignore[method-assign]
    assert [line.verdict for line in ship_all(desk, content).lines] == ["already", "shipped", "shipped"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "csv_empty"), (b"order,tracking\n", "csv_empty"), (b"order,order,tracking\n1,2,3\n", "csv_columns"),
        (b"parcel,tracking\n1,2\n", "csv_columns"), (b"\0\0\0", "csv_text"), (b"\xff\xff\xff", "csv_text"),
        (b'order,tracking\n"open,x\n', "csv_form"), (b"x" * (1024 * 1024 + 1), "csv_big"),
        (b"order,tracking\n" + b"1,2\n" * 5001, "csv_big"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_told(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(DeskError) as refused:
        read(decoded(content), ())
    assert refused.value.reason == reason


# --- the key -----------------------------------------------------------------------------------------------------


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    key = grower_key(tmp_path)
    assert len(key) == KEY_BYTES
    assert grower_key(tmp_path) == key
    path = tmp_path / "grower" / "key"
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(b"short")
    with pytest.raises(GameError, match="put a copy"):
        grower_key(tmp_path)
    assert path.read_bytes() == b"short"


def test_a_damaged_list_of_tracking_numbers_is_told_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "grower" / "tracking.json"
    path.parent.mkdir()
    path.write_bytes(b"{")
    with pytest.raises(GameError, match="damaged"):
        Desk(tmp_path, FakeOrchards(bytes(31) + b"\x09"), Mail(tmp_path, bytes(32), ()))
    assert path.read_bytes() == b"{"


def test_a_code_says_its_delivery(tmp_path: Path) -> None:
    _, orchards = open_stall(tmp_path, 2)
    code = code_of(orchards.boxes[2])
    assert read_code(code) == (2, code)
