"""A grower's desk with a day's orders, for tests and pictures."""

from pathlib import Path

from game.content.letter_box import inbox
from game.content.letters import PostalAddress
from game.grower.desk import Desk
from game.grower.keys import grower_key
from game.grower.mail import Mail
from tests.fakes.orchards import DAY, FakeOrchards

ADDRESSES = (
    PostalAddress(name="林小满", lines=("锦江区春熙路 1 号", "3 栋 502 室"), postcode="610021", town="成都市",
                  country="中国", phone="+86 138 0000 0000", note="请放在门卫处，晚上七点后在家"),
    PostalAddress(name="Ada Thorne", lines=("12 Orchard Lane", "Flat 3"), postcode="BS6 5QX", town="Bristol",
                  country="United Kingdom", phone="+44 117 496 0000", note="Ring twice, the bell is shy"),
    PostalAddress(name="周明远", lines=("武侯区科华北路 65 号",), postcode="610041", town="成都市", country="中国",
                  phone="+86 139 0000 0001"),
    PostalAddress(name="Jürgen Weiß", lines=("Lindenstraße 7",), postcode="04109", town="Leipzig",
                  country="Deutschland"),
    PostalAddress(name="Amélie Fournier", lines=("8 rue des Vergers", "Bâtiment B"), postcode="69004", town="Lyon",
                  country="France", note="Code 4512A"),
    PostalAddress(name="Tomás Ferreira", lines=("Rua do Pomar 21",), postcode="4050-163", town="Porto",
                  country="Portugal"),
    PostalAddress(name="陈雨桐", lines=("青羊区宽窄巷子 9 号",), postcode="610015", town="成都市", country="中国"),
    PostalAddress(name="Grace Okafor", lines=("40 Pear Tree Road",), postcode="M14 6HQ", town="Manchester",
                  country="United Kingdom"),
)  # fmt: skip


def open_stall(home: Path, boxes: int = len(ADDRESSES), *, letters: bool = True) -> tuple[Desk, FakeOrchards]:
    """A desk in an empty home, with so many open orders and their letters."""
    key = grower_key(home)
    orchards = FakeOrchards(key)
    desk = Desk(home, orchards, Mail(home, key, (inbox(home),)))
    for number in range(1, boxes + 1):
        orchards.now += DAY // 3
        fruits = [(number, 12), (number + 3, 6)] if number % 3 else [(number, 24)]
        letter = orchards.order(number, ADDRESSES[(number - 1) % len(ADDRESSES)], fruits, plot=1 + number % 2)
        if letters:
            inbox(home).put(number, letter.sealed)
    return desk, orchards
