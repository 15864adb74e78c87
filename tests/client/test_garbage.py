"""Garbage: all of it is gone through in a pause, and only then."""

import gc

import pytest

from game.client.garbage import Garbage


@pytest.fixture
def full_collections():
    """How often Python has gone through everything since."""
    gc.collect()
    begun = gc.get_stats()[2]["collections"]
    return lambda: gc.get_stats()[2]["collections"] - begun


@pytest.fixture
def garbage():
    garbage = Garbage()
    yield garbage
    garbage.close()


def litter() -> None:
    """Make so many objects that stay that Python would go through all of them several times."""
    kept = [[] for _ in range(1_000_000)]
    assert len(kept) == 1_000_000


def test_everything_is_gone_through_now_and_then_by_itself(full_collections) -> None:
    litter()
    assert full_collections() > 0


def test_while_one_plays_only_what_is_young_is_gone_through(garbage, full_collections) -> None:
    young = gc.get_stats()[0]["collections"]
    litter()
    assert full_collections() == 0
    assert gc.get_stats()[0]["collections"] > young


def test_a_pause_goes_through_everything_once(garbage, full_collections) -> None:
    for pause in (False, True, True, True, False, False, True):
        garbage.follow(pause=pause)
    assert full_collections() == 2


def test_afterwards_python_does_as_it_did_before() -> None:
    before = gc.get_threshold()
    garbage = Garbage()
    assert gc.get_threshold() != before
    garbage.close()
    assert gc.get_threshold() == before
