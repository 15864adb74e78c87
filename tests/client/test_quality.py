"""Choosing how much to draw."""

from game.client.quality import LEVELS, MEASURED_FRAMES, SETTLE_FRAMES, Gauge, keep, quality_of


def verdicts(frame_secs, frames=SETTLE_FRAMES + MEASURED_FRAMES + 5):
    gauge = Gauge()
    return [found.name for _ in range(frames) if (found := gauge.add(frame_secs)) is not None]


def test_a_slow_machine_gets_little_and_a_fast_one_much():
    assert verdicts(0.080) == ["low"]
    assert verdicts(1 / 40) == ["medium"]
    assert verdicts(0.004) == ["high"]


def test_nothing_is_settled_before_enough_frames():
    assert verdicts(0.004, SETTLE_FRAMES + MEASURED_FRAMES - 1) == []


def test_single_long_frames_do_not_count():
    gauge = Gauge()
    found = [gauge.add(2.0 if i % 3 == 0 else 0.004) for i in range(SETTLE_FRAMES + MEASURED_FRAMES)]
    assert found[-1] is LEVELS["high"]


def test_what_was_measured_is_used_at_the_next_start_but_a_choice_wins(tmp_path):
    assert quality_of("auto", tmp_path) is LEVELS["medium"]
    keep(LEVELS["low"], tmp_path)
    assert quality_of("auto", tmp_path) is LEVELS["low"]
    assert quality_of("high", tmp_path) is LEVELS["high"]


def test_a_kept_word_that_means_nothing_is_the_middle(tmp_path):
    (tmp_path / "quality").write_text("splendid")
    assert quality_of("auto", tmp_path) is LEVELS["medium"]
