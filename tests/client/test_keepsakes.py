"""The wishlist and what was seen last outlive the game, whatever happens to their file."""

from pathlib import Path

from game.client.keepsakes import FILE, MOST_SEEN, SEEN_AFTER_SECS, Keepsakes
from game.core import commands as c
from game.core import events
from game.core.ids import GoodId, StandId
from game.core.step import step
from tests.core.small import CAP, CHAIR, HAT, SCARF, world_at


def test_wishes_come_back_in_the_next_session_without_being_announced(tmp_path: Path) -> None:
    world, kept = world_at(), Keepsakes(tmp_path)
    kept.follow(world, step(world, [c.Wish(good=HAT), c.Wish(good=CHAIR), c.Wish(good=CAP)]), 0.02)
    kept.follow(world, step(world, [c.Wish(good=CHAIR)]), 0.02)
    again, later = Keepsakes(tmp_path), world_at()
    happened = step(later, again.restore(later))
    assert later.wishes == (HAT, CAP)
    assert [event.restored for event in happened if isinstance(event, events.Wished)] == [True, True]


def test_a_wish_for_what_the_street_has_no_more_stays_in_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"wishes":["gone_good","hat"],"seen":[]}', encoding="utf-8")
    world, kept = world_at(), Keepsakes(tmp_path)
    kept.follow(world, step(world, [*kept.restore(world), c.Wish(good=SCARF)]), 0.02)
    assert world.wishes == (HAT, SCARF)
    assert Keepsakes(tmp_path).wishes == ["gone_good", HAT, SCARF]


def test_a_good_counts_as_seen_when_the_eye_rests_on_it_not_in_passing(tmp_path: Path) -> None:
    world, kept = world_at(), Keepsakes(tmp_path)
    kept.follow(world, [events.LookedAt(stand=StandId("s_hat"))], SEEN_AFTER_SECS / 2)
    kept.follow(world, [events.LookedAt(stand=StandId("s_cap"))], SEEN_AFTER_SECS / 2)
    assert kept.seen == []
    kept.follow(world, [], SEEN_AFTER_SECS)
    kept.follow(world, [events.PickedUp(stand=StandId("s_scarf"), good=SCARF)], 0.02)
    assert kept.seen == [SCARF, CAP]
    kept.follow(world, [events.PickedUp(stand=StandId("s_cap"), good=CAP)], 0.02)
    assert kept.seen == [CAP, SCARF]
    kept.save()
    assert Keepsakes(tmp_path).seen == [CAP, SCARF]


def test_only_the_last_goods_are_remembered() -> None:
    world, kept = world_at(), Keepsakes(None)
    for number in range(MOST_SEEN + 5):
        kept.follow(world, [events.PickedUp(stand=StandId("s"), good=GoodId(f"g{number}"))], 0.02)
    assert len(kept.seen) == MOST_SEEN
    assert kept.seen[0] == f"g{MOST_SEEN + 4}"


def test_a_damaged_file_is_kept_aside_and_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff{")
    kept = Keepsakes(tmp_path)
    assert (kept.wishes, kept.notice) == ([], "keepsakes_damaged")
    assert (tmp_path / "keepsakes.json.old").read_bytes() == b"\xff{"


def test_a_home_that_cannot_be_written_is_told_and_nothing_falls(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("in the way", encoding="utf-8")
    world, kept = world_at(), Keepsakes(home)
    kept.follow(world, step(world, [c.Wish(good=HAT)]), 0.02)
    assert kept.notice == "keepsakes_not_saved"
    assert kept.wishes == [HAT]
