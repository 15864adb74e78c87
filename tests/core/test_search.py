"""What is typed finds what was meant: names, kinds, makers, colours, prices, in English and Chinese, nearest first."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from game.content.load import load_catalogue
from game.core.goods import Good, Terms, Text, coins_to_wei, price_wei
from game.core.ids import WEI_PER_COIN, GoodId, MakerId, PlaceId, StandId
from game.core.places import Place, Spot, Stand
from game.core.search import Filters, Found, SearchIndex, Whereabouts
from game.core.search_terms import COLOURS, Query, parse, plain, words_of
from tests.core.small import CHAIR, GOODS, HAT, SHOP, STREET, VASE, shop, street

ROOT = Path(__file__).resolve().parents[2]
PLACES = {STREET: street(), SHOP: shop()}
KINDS = {
    "hat": "Hat cap 帽子", "scarf": "Scarf 围巾", "chair": "Chair 椅子", "picture": "Picture 画", "vase": "Vase 花瓶",
}  # fmt: skip
COIN = WEI_PER_COIN


def good(
    name: str, en: str, zh: str, kind: str = "hat", price: str = "10", maker: str = "mei_lin", **more: object
) -> Good:
    return Good(
        id=GoodId(name), kind=kind, maker=MakerId(maker), name=Text(en=en, zh=zh), size_m=(0.1, 0.1, 0.1),
        story=more.pop("story", Text(en="Made by hand.", zh="手工制作。")), licence="CC0-1.0",  # type: ignore[arg-type]
        terms=Terms(price_coins=price, edition=3), **more,  # type: ignore[arg-type]
    )  # fmt: skip


@dataclass
class Shop:
    """A place full of goods in a row, and an index of them."""

    goods: Mapping[GoodId, Good]
    index: SearchIndex
    where: Whereabouts

    def found(self, text: str, **filters: object) -> list[Found]:
        return self.index.find(
            text, self.where, PlaceId("row"), (0.0, 0.0), price_wei=lambda each: price_wei(self.goods[each]),
            filters=Filters(**filters), most=10**6,  # type: ignore[arg-type]
        )  # fmt: skip

    def names(self, text: str, **filters: object) -> list[str]:
        return [each.good for each in self.found(text, **filters)]


def shop_of(*goods: Good, colours: Mapping[str, tuple[str, ...]] | None = None) -> Shop:
    known = {each.id: each for each in goods}
    stands = tuple(
        Stand(id=StandId(f"s_{n}"), good=each.id, at_m=(n + 1.0, 0, 1)) for n, each in enumerate(goods)
    )
    row = Place(id=PlaceId("row"), kind="shop", name=Text(en="Row", zh="排"), keeper=MakerId("k"),
                spawn=Spot(at_m=(0, 0, 0)), stands=stands)  # fmt: skip
    people = {"mei_lin": "Mei Lin 林美", "tomas_silva": "Tomás Silva 托马斯·席尔瓦"}
    index = SearchIndex(known, kinds=KINDS, people=people, colours={GoodId(k): v for k, v in (colours or {}).items()})
    for _ in index.grow():
        pass
    return Shop(known, index, Whereabouts({row.id: row}, tuple(known)))


SMALL = shop_of(
    good("sun_hat", "Straw sun hat", "草编遮阳帽", price="28", tags=("summer",),
         story=Text(en="A ribbon of red.", zh="丝带染的是红色。")),
    good("bowler", "Bowler hat", "圆顶礼帽", price="42.5", maker="tomas_silva"),
    good("scarf", "Long scarf", "长围巾", "scarf", price="20"),
    good("chair", "Reading chair", "阅读椅", "chair", price="180"),
    good("red_cap", "Baker's cap", "报童帽", price="19.99"),
    colours={"red_cap": ("red",), "bowler": ("black", "red"), "scarf": ("green",)},
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "first", "lacks"),
    [
        ("straw", "sun_hat", "bowler"),
        ("STRAW  Hat", "sun_hat", "chair"),
        ("遮阳", "sun_hat", "bowler"),
        ("帽子", "sun_hat", "scarf"),
        ("cha", "chair", "bowler"),
        ("tomas", "bowler", "sun_hat"),
        ("席尔瓦", "bowler", "sun_hat"),
        ("summer", "sun_hat", "bowler"),
        ("ribbon", "sun_hat", "bowler"),
        ("丝带", "sun_hat", "bowler"),
        ("bowlre", "bowler", "scarf"),
        ("bwoler", "bowler", "scarf"),
        ("bowlwer", "bowler", "scarf"),
        ("bowlr", "bowler", "scarf"),
        ("bxwler", "bowler", "scarf"),
        ("scarfs", "scarf", "chair"),
        ("red hat", "red_cap", "scarf"),
        ("红帽子", "red_cap", "scarf"),
        ("红色的帽", "red_cap", "chair"),
        ("绿围巾", "scarf", "chair"),
        ("ｓｔｒａｗ", "sun_hat", "bowler"),
        ("hat under 20", "red_cap", "sun_hat"),
        ("帽 20以下", "red_cap", "sun_hat"),
    ],
)
def test_what_is_typed_finds_what_was_meant(typed: str, first: str, lacks: str) -> None:
    names = SMALL.names(typed)
    assert names[0] == first
    assert lacks not in names


@pytest.mark.parametrize("typed", ["zzz", "hat chair", "bawlxr", "hta", "蓝", "！？", "red chair"])
def test_what_no_good_has_finds_nothing(typed: str) -> None:
    assert SMALL.names(typed) == []


def test_without_words_the_nearest_come_first() -> None:
    assert SMALL.names("") == list(SMALL.goods)
    assert [round(each.away_m) for each in SMALL.found(" ")] == [1, 2, 3, 4, 5]


def test_filters_narrow_what_is_found() -> None:
    assert SMALL.names("", kind="hat") == ["sun_hat", "bowler", "red_cap"]
    assert SMALL.names("", colour="red") == ["bowler", "red_cap"]
    assert SMALL.names("", price=Query(least_wei=30 * COIN)) == ["bowler", "chair"]
    assert SMALL.names("hat", kind="hat", colour="red", price=Query(most_wei=20 * COIN)) == ["red_cap"]
    assert SMALL.names("", place=PlaceId("elsewhere")) == []


@pytest.mark.parametrize(
    ("typed", "words", "least", "most"),
    [
        ("hat under 20", ("hat",), None, 20 * COIN - 1),
        ("hat < 20 coins", ("hat",), None, 20 * COIN - 1),
        ("up to 20", (), None, 20 * COIN),
        ("over 20.5", (), 20 * COIN + COIN // 2 + 1, None),
        ("20-40 lamp", ("lamp",), 20 * COIN, 40 * COIN),
        ("40 to 20", (), 20 * COIN, 40 * COIN),
        ("between 20 and 40", (), 20 * COIN, 40 * COIN),
        ("at least 20 under 40", (), 20 * COIN, 40 * COIN - 1),
        ("灯 20 以下", ("灯",), None, 20 * COIN),
        ("灯20枚以内", ("灯",), None, 20 * COIN),
        ("低于20的灯", ("的灯",), None, 20 * COIN - 1),
        ("20 到 40", (), 20 * COIN, 40 * COIN),
        ("20元以上", (), 20 * COIN, None),
        ("＜２０", (), None, 20 * COIN - 1),
        ("chair 3", ("chair", "3"), None, None),
        ("under the sun", ("under", "the", "sun"), None, None),
    ],
)
def test_prices_are_read_as_they_are_said(
    typed: str, words: tuple[str, ...], least: int | None, most: int | None
) -> None:
    assert parse(typed) == Query(words=words, least_wei=least, most_wei=most)


letters = st.text("abcdehlnorstuwx 帽子红草长椅0123456789-<", min_size=1, max_size=14)
goods_of_any_name = st.lists(
    st.tuples(letters, letters, st.sampled_from(list(KINDS)), st.integers(1, 99)), min_size=1, max_size=12
)
price_forms = st.sampled_from(
    ["{0}-{1}", "under {1}", "over {0}", "{0} 到 {1}", "{1}以下", "hat >= {0} <= {1}", "up to {1}"]
)


@settings(max_examples=80, deadline=None)
@given(goods_of_any_name, st.data())
def test_its_own_name_always_finds_a_good_before_any_of_another_name(
    rows: list[tuple[str, str, str, int]], data: st.DataObject
) -> None:
    here = shop_of(*(good(f"g{n}", en, zh, kind, str(coins)) for n, (en, zh, kind, coins) in enumerate(rows)))
    wanted = data.draw(st.sampled_from(list(here.goods.values())))
    name = data.draw(st.sampled_from([wanted.name.en, wanted.name.zh, wanted.name.en.upper()]))
    assume(plain(name))
    names = here.names(name)
    assert wanted.id in names
    before = [here.goods[GoodId(each)] for each in names[: names.index(wanted.id)]]
    assert all(plain(name) in (plain(each.name.en), plain(each.name.zh)) for each in before)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=30), st.integers(0, 50), st.integers(0, 50), price_forms)
def test_no_price_beyond_what_was_asked_ever_leaks(cents: list[int], a: int, b: int, form: str) -> None:
    low, high = min(a, b), max(a, b)
    here = shop_of(*(good(f"g{n}", "Hat", "帽", price=f"{c // 100}.{c % 100:02d}") for n, c in enumerate(cents)))
    prices = {each: coins_to_wei(item.terms.price_coins, where="") for each, item in here.goods.items()}
    found = {each.good for each in here.found(form.format(low, high))}
    least = low * COIN if "{0}" in form else 0
    most = high * COIN if "{1}" in form else 10**30
    strict_low, strict_high = "over" in form, "under" in form
    for each, wei in prices.items():
        inside = (wei > least if strict_low else wei >= least) and (wei < most if strict_high else wei <= most)
        assert (each in found) is inside


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=20))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    assert len(SMALL.names(typed)) <= len(SMALL.goods)


def test_results_name_the_nearest_stand_through_doors() -> None:
    index = SearchIndex(GOODS, kinds=KINDS, people={})
    for _ in index.grow():
        pass
    where = Whereabouts(PLACES, tuple(GOODS))
    found = index.find("hat", where, STREET, (0.0, -5.0), price_wei=lambda _: 1)
    assert found[0].good == HAT
    assert (found[0].place, found[0].stand and found[0].stand.id) == (SHOP, "s_hat_2")
    assert found[0].away_m == pytest.approx(4.5 + 1.0 + 3.0)
    inside = {each.good: each for each in index.find("", where, SHOP, (-0.9, 1.0), price_wei=lambda _: 1)}
    assert inside[VASE].away_m < inside[CHAIR].away_m < 10


def test_a_good_that_is_nowhere_on_show_is_found_without_a_place() -> None:
    spare = good("spare", "Spare part", "备件", "vase")
    index = SearchIndex({spare.id: spare}, kinds=KINDS, people={})
    for _ in index.grow():
        pass
    (found,) = index.find("spare", Whereabouts(PLACES, (spare.id,)), SHOP, (0, 0), price_wei=lambda _: 1)
    assert (found.place, found.stand, found.away_m) == (None, None, float("inf"))


def test_every_good_of_the_scenes_is_found_by_its_name_in_both_languages() -> None:
    goods, places = load_catalogue(ROOT).goods, load_catalogue(ROOT).places
    index, where = SearchIndex(goods, kinds={}, people={}), Whereabouts(places, tuple(goods))
    for _ in index.grow():
        pass
    for each in goods.values():
        for name in (each.name.en, each.name.zh):
            assert index.find(name, where, STREET, (0, 0), price_wei=lambda g: price_wei(goods[g]))[0].good == each.id


def test_every_colour_has_words_in_both_languages() -> None:
    for words in COLOURS.values():
        assert any(word.isascii() for word in words)
        assert any(not word.isascii() for word in words)
        assert all(words_of(plain(word)) == [word] for word in words)


def test_a_keystroke_among_ten_thousand_goods_costs_far_less_than_reading_them_all() -> None:
    rng = Random(1)
    first, last = [f"word{n}" for n in range(3000)], ["hat", "scarf", "chair", "lamp", "vase"]
    text = Text(en="Blocked over steam while the kettle sang. " * 3, zh="趁水壶哼歌时用蒸汽定型。" * 3)
    base = list(load_catalogue(ROOT).goods.values())
    goods = {}
    for n in range(10_000):
        name = Text(en=f"{rng.choice(first)} {rng.choice(first)} {rng.choice(last)}", zh=f"草编第{n}号遮阳帽")
        each = msgspec.structs.replace(base[n % len(base)], id=GoodId(f"g{n}"), name=name, story=text)
        goods[each.id] = each
    index = SearchIndex(goods, kinds=KINDS, people={})
    for _ in index.grow():
        pass
    where = Whereabouts(PLACES, tuple(goods))
    known = {each: price_wei(goods[each]) for each in goods}

    def read_all(typed: str) -> list[GoodId]:
        words = words_of(plain(typed))
        return [
            each.id for each in goods.values()
            if all(word in plain(f"{each.name.en} {each.name.zh} {each.kind} {each.story.en} {each.story.zh}")
                   for word in words)
        ]  # fmt: skip

    quick = slow = 0.0
    for typed in ("word12 h", "号遮", "wrod123"):
        start = time.process_time()
        for _ in range(3):
            index.find(typed, where, SHOP, (0, 0), price_wei=known.__getitem__)
        middle = time.process_time()
        read_all(typed)
        quick, slow = quick + (middle - start) / 3, slow + time.process_time() - middle
    assert slow > 10 * quick


def test_where_goods_stand_is_told_as_it_was_read_though_places_came_since() -> None:
    street = dict(SMALL.where.places)
    where = Whereabouts(street, tuple(SMALL.goods))
    before = where.nearest(PlaceId("row"), (0.0, 0.0))
    row = street[PlaceId("row")]
    street[PlaceId("home")] = msgspec.structs.replace(row, id=PlaceId("home"))
    after = where.nearest(PlaceId("row"), (0.0, 0.0))
    assert [list(part) for part in after] == [list(part) for part in before]
