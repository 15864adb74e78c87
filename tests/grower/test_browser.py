"""The page in a real browser: by keys alone, by a scanner, on paper, in both languages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from game.content.letter_box import carry
from game.content.letters import PostalAddress
from game.grower.desk import Desk
from tests.fakes.orchards import DAY, FakeOrchards
from tests.grower.browser import Tab, a_tab, browser
from tests.grower.stall import ADDRESSES, open_stall
from tests.grower.test_page import served_page

pytestmark = pytest.mark.skipif(browser() is None, reason="no Chromium here (Debian: chromium-headless-shell)")

Stall = tuple[Tab, Desk, FakeOrchards, str]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with a_tab(tmp_path_factory.mktemp("browser") / "profile") as opened:
        yield opened


@pytest.fixture
def stall(tab: Tab, tmp_path: Path) -> Iterator[Stall]:
    desk, orchards = open_stall(tmp_path, 5)
    with served_page(desk) as (_, url):
        tab.logged.clear()
        tab.open(url)
        yield tab, desk, orchards, url
        assert tab.logged == []  # no error, and nothing that the page's policy had to stop


def codes(desk: Desk) -> dict[int, str]:
    return {order.delivery: order.code for order in desk.view().orders}


def state_of(orchards: FakeOrchards, delivery: int) -> str:
    return orchards.boxes[delivery].state


def test_the_list_shows_every_order_in_its_batch(stall: Stall) -> None:
    tab, desk, _, _ = stall
    shown = tab.text("#list")
    for order in desk.view().orders:
        assert order.address is not None
        assert order.code in shown
        assert order.address.name in shown
    assert "中国 610" in shown
    assert "United Kingdom BS6" in shown
    assert tab.js("location.href").endswith("/")  # the key is out of sight


def test_keys_alone_choose_orders_and_mark_them_packed(stall: Stall) -> None:
    tab, _, orchards, _ = stall
    first = tab.js("(window.row = document.querySelector('.order.here')).id")
    tab.press("j")
    assert tab.js("window.row.isConnected")  # a thousand rows are not drawn anew for a step
    second = tab.js("document.querySelector('.order.here').id")
    assert first != second
    tab.press("x", "k", "x", "a")
    tab.wait("document.querySelector('#told').textContent.includes('2 packed')")
    packed = {f"order-{number}" for number, box in orchards.boxes.items() if box.state == "accepted"}
    assert packed == {first, second}
    tab.press("2")
    assert tab.js("document.querySelectorAll('.order').length") == 2
    tab.press("1", "Enter")
    assert tab.js("document.activeElement.dataset.act") == "packed"
    tab.press("Escape", "?")
    assert tab.js("document.querySelector('#keys-dialog').open")
    tab.press("Escape")
    assert not tab.js("document.querySelector('#keys-dialog').open")


def test_a_scanned_box_is_shipped_by_two_scans(stall: Stall) -> None:
    tab, desk, orchards, _ = stall
    tab.press("s")
    tab.scan(codes(desk)[2])
    tab.wait("document.activeElement.id === 'tracking'")
    assert "Ada Thorne" in tab.text("#told")
    tab.scan("sf1234567890")
    tab.wait("document.querySelector('#told').textContent.includes('SF1234567890')")
    assert state_of(orchards, 2) == "shipped"
    assert tab.js("document.activeElement.id") == "code"  # ready for the next one
    tab.scan("LQ9-ABCDEF")
    assert "not one of your boxes" in tab.text("#told")
    assert tab.js("document.activeElement.id") == "code"
    tab.press("Escape", "3")
    assert "SF1234567890" in tab.text("#list")


def test_a_tracking_number_that_is_none_ships_nothing(stall: Stall) -> None:
    tab, desk, orchards, _ = stall
    tab.press("s")
    tab.scan(codes(desk)[1])
    tab.scan("???")
    tab.wait("document.querySelector('#told').className === 'wrong'")
    assert state_of(orchards, 1) == "opened"
    assert [each for each in tab.logged if "409" not in each] == []  # the browser notes each refusal
    tab.logged.clear()


def test_printed_slips_come_as_a_pdf_whose_codes_scan(stall: Stall) -> None:
    tab, desk, _, _ = stall
    tab.js("window.open = (url) => { window.opened = url; }")
    tab.press("x", "j", "x", "p")
    tab.wait("window.opened")
    answer = tab.js("fetch(window.opened).then((each) => each.arrayBuffer()).then((all) => [...new Uint8Array(all)])")
    pages = [page.render(scale=1.5).to_pil() for page in pypdfium2.PdfDocument(bytes(answer))]
    scanned = {zxingcpp.read_barcodes(page)[0].text for page in pages}
    assert len(scanned) == len(pages) == 2
    assert scanned <= set(codes(desk).values())
    assert "2 slips are ready" in tab.text("#told")


def test_on_paper_the_page_is_a_list_with_whole_addresses(stall: Stall) -> None:
    tab, desk, _, _ = stall
    text = " ".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tab.printed())
    )
    for order in desk.view().orders:
        assert order.address is not None
        assert order.code in text
        assert order.address.lines[0] in text
    for key in ("Scan a box", "Choose all", "next, former"):
        assert key not in text


def test_the_page_speaks_chinese(stall: Stall) -> None:
    tab, _, _, url = stall
    tab.js("document.getElementById('language').click()")
    tab.wait("document.querySelector('h1').textContent === '果农工作台'")
    assert "待装箱" in tab.text("#tabs")
    assert tab.js("document.documentElement.lang") == "zh-CN"
    tab.open(url)  # remembered
    assert tab.text("h1") == "果农工作台"
    tab.js("localStorage.clear()")


def test_paying_back_is_asked_twice(stall: Stall) -> None:
    tab, _, orchards, _ = stall
    here = int(tab.js("document.querySelector('.order.here').id").removeprefix("order-"))
    tab.js("document.querySelector('[data-act=refund]').click()")
    assert state_of(orchards, here) == "opened"
    tab.press("Enter")  # its second word has the focus
    tab.wait("document.querySelector('#told').textContent === 'Paid back.'")
    assert state_of(orchards, here) == "refunded"


def test_disputes_and_payments_wait_in_a_list_of_their_own(stall: Stall) -> None:
    tab, desk, orchards, url = stall
    for number in (1, 2):
        desk.ship(codes(desk)[number], f"SF100000{number}")
    orchards.dispute(1)
    tab.open(url)
    tab.press("4")
    tab.js("document.querySelector('[data-act=answer]').click()")
    tab.wait("document.querySelector('#told').textContent === 'Answered.'")
    assert state_of(orchards, 1) == "answered"
    orchards.now += 30 * DAY
    tab.open(url)
    tab.press("4")
    tab.js("document.querySelector('[data-act=claim]').click()")
    tab.wait("document.querySelector('#told').textContent.includes('till')")
    assert state_of(orchards, 2) == "paid"
    tab.press("6")
    assert "Promised at most" in tab.text("#list")
    assert "1,440" in tab.text("#list")


def test_what_buyers_write_is_text_and_never_markup(stall: Stall) -> None:
    tab, _, orchards, url = stall
    hostile = "<img src=x onerror='window.broken=1'><script>window.broken=1</script>"
    address = PostalAddress(name=hostile[:80], lines=(hostile,), town="<b>x</b>", country="x", note=hostile)
    letter = orchards.order(9, address, [(0, 1)])
    tab.open(url)
    answer = f"fetch('/letters/9', {{method: 'POST', body: new Uint8Array({json.dumps(list(letter.sealed))})}})"
    assert tab.js(f"{answer}.then((each) => each.status)") == 403  # a page is no buyer
    tab.logged.clear()
    carry(url.partition("/#")[0], 9, letter.sealed)
    tab.open(url)
    tab.js("document.getElementById('order-9').click()")
    assert "<script>" in tab.text("#card")
    assert tab.js("window.broken") is None
    assert tab.js("document.querySelectorAll('#card img, #list img').length") == 0


def test_a_carriers_file_is_given_and_reported(stall: Stall) -> None:
    tab, desk, orchards, _ = stall
    text = f"order,tracking\n{codes(desk)[1]},SF900001\nLQ9-ABCDEF,SF900002\n"
    give = """((text) => { const files = new DataTransfer(); files.items.add(new File([text], 'c.csv'));
        const input = document.getElementById('csv'); input.files = files.files;
        input.dispatchEvent(new Event('change')); })(%s)"""
    tab.js(give % json.dumps(text))
    tab.wait("!document.getElementById('report').hidden")
    assert "No box was marked" in tab.text("#report")
    assert "not one of your boxes" in tab.text("#report")
    assert state_of(orchards, 1) == "opened"
    tab.js(give % json.dumps(text.rpartition("LQ9")[0]))
    tab.wait("document.getElementById('report').innerText.includes('Every line is done')")
    assert state_of(orchards, 1) == "shipped"


def test_without_the_key_the_page_says_where_it_is(stall: Stall) -> None:
    tab, _, _, url = stall
    tab.js("sessionStorage.clear()")
    tab.open(url.partition("/#")[0] + "/")
    assert "address that the terminal shows" in tab.text("#told")
    assert ADDRESSES[0].name not in tab.text()
    tab.logged.clear()  # the refused request is noted by the browser
