"""Slips and labels as they come out of a printer: the code scans, the text is text, nothing is cut."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from msgspec.structs import replace

from game.client.texts import load_texts
from game.content.letters import LONGEST, MOST_LINES, PostalAddress
from game.core.errors import GameError
from game.grower.desk import Order, OrderLine
from game.grower.papers import ROWS_A_PAGE, Papers, Printer
from tests.grower.stall import ADDRESSES, open_stall

SENDER = ("Green Valley Orchard", "Longquanyi, Chengdu 610100")


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> list[Order]:
    desk, _ = open_stall(tmp_path_factory.mktemp("home"), 3)
    return sorted(desk.view().orders, key=lambda order: order.delivery)


def printer(language: str = "en") -> Printer:
    names: Callable[[str], str] = {"loquat_dawn": "枇杷·晨光", "persimmon_lantern": "Persimmon Lantern"}.__getitem__
    return Printer(load_texts(language), names, SENDER)


def scanned(papers: Papers) -> list[tuple[str, str]]:
    """Of each page what a scanner reads of it, and its text."""
    pages = []
    for page in pypdfium2.PdfDocument(papers.pdf):
        [code] = zxingcpp.read_barcodes(page.render(scale=1.5).to_pil())
        pages.append((code.text, " ".join(page.get_textpage().get_text_range().split())))
    return pages


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_slip_is_scanned_and_read_back(orders: list[Order], language: str) -> None:
    papers = printer(language).slips(orders)
    pages = scanned(papers)
    assert [code for code, _ in pages] == [order.code for order in orders]
    for order, (_, text) in zip(orders, pages, strict=True):
        assert order.address is not None
        for word in (order.code, order.address.name, order.day, f"{order.grams / 1000:.2f}"):
            assert word in text
    assert ("Packing slip" if language == "en" else "装箱单") in pages[0][1]
    assert "请放在门卫处" in pages[0][1]
    assert ("成都市, 中国" if language == "en" else "成都市、中国") in pages[0][1]
    assert papers.lacking == ""


def test_a_label_is_scanned_and_has_the_whole_address(orders: list[Order]) -> None:
    pages = scanned(printer().labels(orders))
    for order, (code, text) in zip(orders, pages, strict=True):
        assert code == order.code
        assert order.address is not None
        for word in (order.address.name, *order.address.lines, order.address.postcode, order.address.phone, *SENDER):
            assert word in text
    assert "BS6" in pages[1][1]


def test_the_longest_address_stays_on_its_label(orders: list[Order]) -> None:
    wide = {name: ("宽W" * most)[:most] for name, most in LONGEST.items() if name != "lines"}
    address = PostalAddress(lines=(("宽W" * 100)[: LONGEST["lines"]],) * MOST_LINES, **wide)
    papers = printer().labels([replace(orders[0], address=address)])
    page = pypdfium2.PdfDocument(papers.pdf)[0]
    text = page.get_textpage()
    assert text.get_text_range().count("宽") >= sum(most // 2 for name, most in LONGEST.items() if name != "note")
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    width, height = page.get_size()
    assert min(left for left, *_ in boxes) >= 0
    assert min(bottom for _, bottom, *_ in boxes) >= 0
    assert max(right for *_, right, _ in boxes) <= width
    assert max(top for *_, top in boxes) <= height
    assert scanned(papers)[0][0] == orders[0].code


def test_many_trees_make_many_pages(orders: list[Order]) -> None:
    lines = tuple(OrderLine(tree=tree, quantity=2, grams=90) for tree in range(1, 2 * ROWS_A_PAGE + 2))
    pages = scanned(printer().slips([replace(orders[0], lines=lines)]))
    assert len(pages) == 3
    assert "3 / 3" in pages[2][1]


@pytest.mark.parametrize(
    "name",
    ["Łukasz Żółć-Wójcik", "Đặng Thị Ánh", "Ελένη Παπαδοπούλου", "Юлия Щербакова", "陳怡君 臺灣", "さくら", "김민준"],
)
def test_names_of_many_scripts_are_printed_and_read_back(orders: list[Order], name: str) -> None:
    papers = printer().labels([replace(orders[0], address=replace(ADDRESSES[0], name=name))])
    assert papers.lacking == ""
    assert name in scanned(papers)[0][1]


def test_a_character_without_a_shape_is_told(orders: list[Order]) -> None:
    papers = printer().labels([replace(orders[0], address=replace(ADDRESSES[0], name="Mo 😀"))])
    assert papers.lacking == "😀"
    assert "Mo □" in scanned(papers)[0][1]


def test_without_an_address_there_is_a_slip_and_no_label(orders: list[Order]) -> None:
    bare = replace(orders[0], address=None, letter="missing")
    assert "has not arrived" in scanned(printer().slips([bare]))[0][1]
    with pytest.raises(GameError, match=orders[0].code):
        printer().labels([bare])
    with pytest.raises(GameError, match="nothing to print"):
        printer().labels([])


def test_what_names_the_file_names_nobody(orders: list[Order], tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(printer().labels(orders).pdf)
    assert document.get_metadata_dict()["Title"] == "Address labels"
    assert all(str(value).find("林") < 0 for value in document.get_metadata_dict().values())
