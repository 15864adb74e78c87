"""Fruit is sent for, its address reaches the grower alone, boxes are received or disputed; every panel fits."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from panda3d.core import NodePath

from game.client.boxes import Boxes
from game.client.hud import Hud
from game.client.hud_boxes import FIELDS, AddressPanel, BoxesPanel
from game.client.letters_out import LettersOut
from game.client.part import Frame
from game.client.settings import Settings, Values
from game.client.texts import load_texts
from game.content.letter_box import inbox
from game.content.letters import PostalAddress, new_key, open_letter, open_reason, public_of
from game.core import orchard as o
from game.core.commands import Command
from game.core.orchard_ports import OrchardTold
from game.core.step import step
from game.core.world import World
from tests.client.written import assert_legible
from tests.core.small_orchard import DAY, PLOT, open_garden
from tests.core.test_orchard_delivery import BOX, BRUISED, OVER, SWEET

KEY = new_key()
TYPED = {"name": "Mei Lin 林美", "street": "12 Quay Street", "town": "Harbour", "country": "Somewhere"}


def market(state: str = "opened", **more: Any) -> World:
    box = replace(BOX, state=state, act_by_secs=0 if state in ("paid", "refunded", "split") else BOX.act_by_secs)
    plots = (replace(PLOT, grower_key=public_of(KEY)),)
    return open_garden(plots=plots, fruit=(SWEET, BRUISED), deliveries=(box,), **more)


def hud_for(world: World, home: Path, language: str = "en", scale: float = 1.0) -> tuple[Hud, Boxes]:
    settings = Settings(None, Values(language=language, ui_scale=scale, hints_done=("walk", "look")))
    hud = Hud(world, load_texts(language, {}), settings, NodePath("ui"), (1280, 720))
    app = SimpleNamespace(world=world, options=SimpleNamespace(home=home))
    part = Boxes(app, hud)  # type: ignore[arg-type]
    hud.update(world, [], 0.2)
    return hud, part


def opened(hud: Hud, world: World, *then: str) -> Hud:
    hud.open_panel("boxes")
    for action in then:
        hud.press(action)
    for _ in range(3):
        hud.update(world, [], 0.2)
    return hud


STATES: dict[str, tuple[Any, tuple[str, ...]]] = {
    **{state: (lambda state=state: market(state), ()) for state in (
        "opened", "accepted", "shipped", "disputed", "answered", "paid")},
    "late": (lambda: market(now_secs=BOX.act_by_secs + 1), ()),
    "over": (lambda: market("paid", now_secs=OVER), ()),
    "none": (open_garden, ()),
    "address": (market, ("send:1",)),
    "address_wrong": (market, ("send:1", "go")),
    "reason": (lambda: market("shipped"), ("act:5:dispute", "ready:too_few")),
    "reason_wrong": (lambda: market("shipped"), ("act:5:dispute", "go")),
}  # fmt: skip


@pytest.mark.parametrize("scale", [0.75, 1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", list(STATES))
def test_everything_written_stays_on_its_card(state: str, language: str, scale: float, tmp_path: Path) -> None:
    make, then = STATES[state]
    world = make()
    hud, part = hud_for(world, tmp_path, language, scale)
    part.letters.tracking[5] = "LQ 0042 1177 9931 CN"
    opened(hud, world, *then)
    assert hud.view.open_panel == (state.partition("_")[0] if then else "boxes")
    for name, box, paper in hud.boxes():
        assert_legible(name, box, paper)


ACTS = [
    ("opened", DAY, ["act:5:confirm"]), ("opened", BOX.act_by_secs + 1, ["act:5:confirm", "act:5:refund"]),
    ("shipped", DAY, ["act:5:confirm", "act:5:dispute"]),
    ("answered", BOX.act_by_secs + 1, ["act:5:confirm", "act:5:split"]), ("paid", DAY, []),
]  # fmt: skip


@pytest.mark.parametrize(("state", "now_secs", "acts"), ACTS)
def test_a_box_offers_what_may_be_done_to_it_now(state: str, now_secs: int, acts: list[str], tmp_path: Path) -> None:
    world = market(state, now_secs=now_secs)
    hud, _ = hud_for(world, tmp_path)
    opened(hud, world)
    paper = next(paper for name, _, paper in hud.boxes() if name == "boxes")
    found = [spot.action for spot in paper.spots if spot.action.startswith("act:")]
    assert found == acts
    for action in acts:
        if action.endswith("dispute"):
            assert hud.press(action) == []
            assert hud.view.open_panel == "reason"
            continue
        assert hud.press(action) == [o.ActOnDelivery(delivery=5, act=action.rpartition(":")[2])]


def fill(panel: AddressPanel, hud: Hud) -> list[Command]:
    for name, text in TYPED.items():
        panel.row = FIELDS.index(name)
        hud.type_text(text)
    return hud.press("go") or []


def test_an_address_is_sealed_and_reaches_the_grower_alone_and_is_erased_at_the_end(tmp_path: Path) -> None:
    world = market()
    hud, part = hud_for(world, tmp_path)
    opened(hud, world, "send:1")
    panel = hud.panels["address"]
    assert isinstance(panel, AddressPanel)
    [command] = fill(panel, hud)
    assert isinstance(command, o.SendHome)
    assert {line.good_id: line.quantity for line in command.lines} == {SWEET.good_id: 6, BRUISED.good_id: 2}
    assert hud.view.open_panel == "boxes"
    assert not any(TYPED["street"].encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    told = OrchardTold(now_secs=DAY, deliveries=(replace(BOX, delivery=6, commit=command.commit),))
    part.draw(Frame(happened=step(world, [command], [told]), dt_secs=0.1, sole_m=(0, 0, 0)))
    part.letters.wait()
    sealed = inbox(tmp_path).get(6)
    assert sealed is not None
    address = open_letter(sealed, KEY, command.commit)
    assert address == PostalAddress(
        name=TYPED["name"], lines=(TYPED["street"],), town=TYPED["town"], country=TYPED["country"]
    )
    assert part.letters.box.deliveries() == (6,)
    assert list((tmp_path / "letters" / "waiting").glob("*")) == []
    ended = OrchardTold(now_secs=DAY, deliveries=(replace(BOX, delivery=6, commit=command.commit, state="paid"),))
    part.draw(Frame(happened=step(world, [], [ended]), dt_secs=0.1, sole_m=(0, 0, 0)))
    assert part.letters.box.deliveries() == ()


def test_a_letter_survives_a_crash_before_its_delivery_has_a_number(tmp_path: Path) -> None:
    letter = PostalAddress(name="A", lines=("B",), town="C", country="D")
    commit = LettersOut(tmp_path).write(letter, public_of(KEY))
    again = LettersOut(tmp_path)
    again.follow({9: replace(BOX, delivery=9)})
    assert again.box.deliveries() == ()  # another's
    again.follow({9: replace(BOX, delivery=9, commit=commit)})
    assert again.box.deliveries() == (9,)


def test_an_address_that_lacks_something_is_not_sent_and_it_says_what(tmp_path: Path) -> None:
    world = market()
    hud, _ = hud_for(world, tmp_path)
    opened(hud, world, "send:1")
    assert hud.press("go") == []
    hud.update(world, [], 0.1)
    words = "\n".join(written.text for _, _, paper in hud.boxes() for written in paper.written)
    assert "Write a name." in words
    assert not (tmp_path / "letters").exists()


def test_what_goes_on_with_a_box_is_said_once(tmp_path: Path) -> None:
    world = market()
    hud, part = hud_for(world, tmp_path)
    part.draw(Frame(happened=step(world, [], [OrchardTold(now_secs=DAY, deliveries=(BOX,))]), dt_secs=0.1,
                    sole_m=(0, 0, 0)))  # fmt: skip
    assert hud.view.toasts == []  # it was so before
    shipped = OrchardTold(now_secs=DAY, deliveries=(replace(BOX, state="shipped"),))
    for _ in range(2):
        part.draw(Frame(happened=step(world, [], [shipped]), dt_secs=0.1, sole_m=(0, 0, 0)))
    assert [text for _, text, _ in hud.view.toasts] == ["Box 5: on its way"]


def test_after_the_season_fruit_is_given_up_instead(tmp_path: Path) -> None:
    world = market("paid", now_secs=OVER)
    hud, _ = hud_for(world, tmp_path)
    opened(hud, world)
    paper = next(paper for name, _, paper in hud.boxes() if name == "boxes")
    assert "give_up:1" in [spot.action for spot in paper.spots]
    assert "send:1" not in [spot.action for spot in paper.spots]
    [command] = hud.press("give_up:1") or []
    assert isinstance(command, o.GiveUpFruit)
    assert isinstance(hud.panels["boxes"], BoxesPanel)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_dispute_says_why_to_the_grower_alone_and_is_erased_at_the_end(language: str, tmp_path: Path) -> None:
    world = market("shipped")
    hud, part = hud_for(world, tmp_path, language)
    opened(hud, world, "act:5:dispute")
    assert hud.press("go") == []  # nothing said, nothing sent
    hud.press("ready:bruised")
    hud.type_text(" 8/12")
    said = hud.view.t("wrong_bruised") + " 8/12"
    [command] = hud.press("go") or []
    assert isinstance(command, o.ActOnDelivery)
    assert (command.delivery, command.act) == (5, "dispute")
    assert hud.view.open_panel == "boxes"
    assert part.letters.box.reasons.deliveries() == ()  # the chain does not know of it yet

    disputed = replace(BOX, state="disputed", reason=command.note_sha256)
    told = OrchardTold(now_secs=DAY, deliveries=(disputed,))
    part.draw(Frame(happened=step(world, [command], [told]), dt_secs=0.1, sole_m=(0, 0, 0)))
    part.letters.wait()
    sealed = inbox(tmp_path).reasons.get(5)
    assert sealed is not None
    assert open_reason(sealed, KEY, command.note_sha256) == said
    assert not any(said.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    ended = OrchardTold(now_secs=DAY, deliveries=(replace(disputed, state="refunded", act_by_secs=0),))
    part.draw(Frame(happened=step(world, [], [ended]), dt_secs=0.1, sole_m=(0, 0, 0)))
    assert part.letters.box.reasons.deliveries() == ()
