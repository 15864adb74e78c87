"""From a picked fruit to a paid box on a real chain: the buyer's market, the grower's desk, the letter between them."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chain.orchard_desk import open_desk
from game.content.letter_box import carry_all, outbox
from game.content.letters import public_of, seal
from game.content.orchard import read_orchard
from game.grower.desk import Desk
from game.grower.keys import grower_key
from game.grower.mail import Mail
from game.grower.offering import read_offer
from tests.chain.bazaar import PATIENCE_SECS, ChainBazaar
from tests.chain.grove import DAY, Grove
from tests.grower.plots import offer_toml
from tests.grower.stall import ADDRESSES
from tests.grower.test_page import served_page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bazaar(tmp_path: Path) -> Iterator[ChainBazaar]:
    opened = ChainBazaar(tmp_path, "embedded", 1)
    yield opened
    opened.close()


def test_a_box_goes_from_the_tree_to_the_door(bazaar: ChainBazaar, tmp_path: Path) -> None:
    buyer_home, home = tmp_path / "first", tmp_path / "grower"
    key = grower_key(home)
    orchards = open_desk(home, rpc=bazaar.rpc.url)
    desk = Desk(home, orchards, Mail(home, key, ()))
    rules, _ = read_orchard(ROOT)
    assert rules is not None
    (tmp_path / "plot.toml").write_text(offer_toml(bazaar.now_secs()), encoding="utf-8")
    offered = read_offer(tmp_path / "plot.toml", rules, public_of(key))
    plot = orchards.open_plot(offered.request).plot
    assert orchards.open_plot(offered.request).plot == plot  # once
    picker, tree = Grove(bazaar.first, bazaar).follow(), plot << 16
    picker.grow(tree)
    bazaar.pass_secs(21 * DAY)
    picker.pick(tree, 3, 2)
    good, _ = picker.fruit()[tree, "A"]

    [tally] = desk.view().tallies
    assert (tally.promised, tally.picked, tally.redeemed) == (40, 5, 0)
    letter = seal(ADDRESSES[0], picker.listen().plots[plot].grower_key)
    box = picker.redeem((good, 3), commit=letter.commit)
    outbox(buyer_home).put(box, letter.sealed)
    with served_page(desk) as (_, url):
        way = url.partition("/#")[0]
        wait(lambda: any(each.delivery == box for each in desk.view().orders))
        assert carry_all(outbox(buyer_home), (way,)) == {box: ""}
        [order] = desk.view().orders
        assert (order.address, order.quantity) == (ADDRESSES[0], 3)
        assert order.grams == 3 * rules.varieties["loquat_dawn"].grams
        assert desk.act("accept", [box]) == {}
        assert desk.ship(order.code, "SF1234567").state == "shipped"
        assert carry_all(outbox(buyer_home), (way,)) == {box: "SF1234567"}
    told = json.loads(of_command(home, bazaar))
    assert told["counts"] == {"pack": 0, "ship": 0, "way": 1, "turn": 0, "done": 0}
    picker.act(box, "confirm")
    wait(lambda: desk.view().money.credit_wei == order.value_wei)
    wait(lambda: desk.view().orders[0].state == "paid")
    view = desk.view()
    assert view.money.earned_wei == order.value_wei
    assert (view.orders[0].letter, view.orders[0].address) == ("erased", None)
    assert desk.mail.store.deliveries() == ()
    orchards.close()
    assert ADDRESSES[0].name.encode() not in b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def wait(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECS
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def of_command(home: Path, bazaar: ChainBazaar) -> str:
    """What `main.py grower --json` says of a home on the bazaar's node."""
    done = subprocess.run(
        [sys.executable, "main.py", "grower", "--json", "--home", str(home), "--rpc", bazaar.rpc.url], cwd=ROOT,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
