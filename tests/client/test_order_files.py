"""Orders leave the game as files that a spreadsheet and a program read exactly, and that run nothing."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.client.order_files import COLUMNS, FORMULA, as_csv, as_json, exact_coins, safe_cell, write_orders
from game.client.texts import load_texts
from game.core.goods import Text
from game.core.ids import WEI_PER_COIN, Wei
from game.core.orchard_ports import ORDERED, OrchardOrder
from game.core.ports import PastOrder
from game.core.world import World
from tests.client.panels import GOODS, HASH, PAST, PEOPLE, market_day
from tests.core.small_orchard import rules as rules_of_orchard

TEXTS = load_texts("en", PEOPLE)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(st.integers(0, 10**30))
def test_coins_are_exact(wei: int) -> None:
    assert Fraction(exact_coins(wei)) * WEI_PER_COIN == wei
    assert len(exact_coins(wei).split(".")[1]) >= 2


def test_one_line_an_order_with_money_in_coins_and_wei() -> None:
    found = rows(as_csv(PAST, market_day(), TEXTS))
    assert list(found[0]) == list(COLUMNS)
    assert len(found) == len(PAST)
    first = found[0]
    assert (first["price_coins"], first["price_wei"]) == ("229.00", str(229 * WEI_PER_COIN))
    assert first["goods"] == "2 x Straw hat for noon; 1 x Reading chair in oiled ash and wool"
    assert first["places"] == "The Loquat Boutique"
    assert first["shares"] == "seller Mei Lin 206.00; room Hana Mori 23.00"
    assert (first["tx_hash"], first["block"], first["money_moved"]) == (HASH, "1034", "yes")
    assert first["date_utc"] == "2026-09-21T14:13:20Z"


def orchard_order(what: str, quantity: int) -> PastOrder:
    return msgspec.structs.replace(
        PAST[0], lines=(), shares=(), orchard=OrchardOrder(what=what, plot=3, variety="loquat_dawn", quantity=quantity)
    )


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ("Tree adopted: Dawn Loquat", "Dawn Loquat at the scale", "Box of Dawn Loquat")),
     ("zh", ("认养果树：黎明枇杷", "秤前购买：黎明枇杷", "一箱黎明枇杷"))],
)  # fmt: skip
def test_trees_fruit_and_boxes_are_orders_too(language: str, names: tuple[str, ...]) -> None:
    world, texts = market_day(), load_texts(language, PEOPLE)
    world.orchard_rules = rules_of_orchard()
    orders = [orchard_order(what, n) for what, n in zip(ORDERED, (1, 12, 8), strict=True)]
    found = rows(as_csv([*orders, PAST[1]], world, texts))
    assert [row["kind"] for row in found] == [*ORDERED, "goods"]
    assert [row["goods"] for row in found[:3]] == [f"{n} x {name}" for n, name in zip((1, 12, 8), names, strict=True)]
    assert (found[1]["price_coins"], found[1]["places"]) == ("229.00", texts.t("plot_number", n=3))
    told = json.loads(as_json(orders, world, texts))["orders"]
    assert [(order["kind"], order["lines"][0]["quantity"]) for order in told] == [
        (what, n) for what, n in zip(ORDERED, (1, 12, 8), strict=True)
    ]


def test_the_json_holds_the_same_with_every_line_and_share() -> None:
    document = json.loads(as_json(PAST, market_day(), TEXTS))
    order = document["orders"][0]
    assert [line["quantity"] for line in order["lines"]] == [2, 1]
    assert sum(int(share["wei"]) for share in order["shares"]) == int(order["price_wei"])


@given(st.sampled_from(FORMULA), st.text(max_size=8), st.sampled_from(["", " ", "  "]))
def test_no_cell_begins_a_formula(begins: str, rest: str, before: str) -> None:
    assert safe_cell(before + begins + rest).startswith("'")


@pytest.mark.parametrize("plain", ["Straw hat", "12.50", "0xab", "草帽", "", "a=1"])
def test_what_is_no_formula_stays_as_it_is(plain: str) -> None:
    assert safe_cell(plain) == plain


def test_a_good_with_the_name_of_a_formula_does_no_harm() -> None:
    world = market_day()
    evil = msgspec.structs.replace(GOODS[0], name=Text(en='=HYPERLINK("http://x")', zh="=1+1"))
    world.goods[evil.id] = evil
    order = msgspec.structs.replace(PAST[0], reason="@SUM(A1)", lines=PAST[0].lines[:1])
    for cell in rows(as_csv((order,), world, TEXTS))[0].values():
        assert not cell.startswith(FORMULA)


def files(home: Path, world: World) -> tuple[Path, Path]:
    return write_orders(home, PAST, world, load_texts("zh", PEOPLE))


def test_files_are_written_whole_and_never_over_earlier_ones(tmp_path: Path) -> None:
    first, second = files(tmp_path, market_day()), files(tmp_path, market_day())
    assert len({*first, *second}) == 4
    raw = first[0].read_bytes()
    assert raw.startswith("\ufeff".encode())
    assert "正午草帽" in raw.decode("utf-8-sig")
    assert not list((tmp_path / "exports").glob("*.part"))


def test_money_beyond_a_machine_word_survives() -> None:
    order = msgspec.structs.replace(PAST[0], price_wei=Wei(10**30 + 1))
    assert rows(as_csv((order,), market_day(), TEXTS))[0]["price_wei"] == str(10**30 + 1)
    assert json.loads(as_json((order,), market_day(), TEXTS))["orders"][0]["price_wei"] == str(10**30 + 1)
