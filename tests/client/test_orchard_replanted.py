"""A new season is planted about who stands in the orchard: the place stays, and its trees follow in small pieces."""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import pytest

from game.client.grove_view import FORMS
from game.core.events import PlaceChanged
from game.core.rules.orchard_seasons import replant
from tests.bench.orchard_20k import orchard, stand
from tests.client.test_orchard_looks import PLOT

NEXT = msgspec.structs.replace(
    PLOT, plot=9, planted_at_secs=10_000, blossom_at_secs=11_000, ripe_at_secs=12_000, redeem_by_secs=20_000
)  # fmt: skip


@pytest.fixture(scope="module")
def app() -> Iterator[Any]:
    with orchard((320, 180)) as app:
        app.world.orchard.plots[PLOT.plot], app.world.orchard.now_secs = PLOT, 2_000
        stand(app, -6.8, 43.4, 88.0)
        yield app


def test_the_last_season_is_seen_until_the_next_is_made(app: Any) -> None:
    before, trees = app.street.here, app.street.here.trees
    nearest = min(trees.batches, key=lambda batch: float(((batch.middle_m - trees._eye) ** 2).sum()))
    others = [batch for batch in trees.batches if PLOT.plot not in trees.spots.tree[batch.rows] >> 16]
    nodes, theirs = dict(nearest.nodes), [dict(batch.nodes) for batch in others]
    app.world.orchard.plots[NEXT.plot], app.world.orchard.now_secs = NEXT, 11_100
    happened = replant(app.world)
    assert happened == [PlaceChanged(place=before.place.id)]
    app.street.changed(before.place.id)
    assert app.street.here is before
    assert before.trees is trees
    assert nearest.nodes == nodes
    assert not nearest.nodes[nearest.shown].is_stashed()
    trees.finish(trees._eye)
    assert nearest.nodes[nearest.shown] not in nodes.values()
    assert {int(tree) >> 16 for tree in trees.spots.tree[nearest.rows]} == {NEXT.plot}
    assert before.looks(int(trees.spots.tree[nearest.rows[0]])).growth.stage == "blossom"
    assert all(batch.nodes.items() >= kept.items() for batch, kept in zip(others, theirs, strict=True))


def test_its_trees_go_on_growing_as_the_chain_says(app: Any) -> None:
    here = app.street.here
    tree = NEXT.plot << 16
    app.world.orchard.now_secs = 12_000
    assert here.looks.changed(tree)[0].count(tree) == 1
    assert here.looks(tree).growth.stage == "ripe"


def test_no_piece_of_the_work_makes_a_whole_tree(app: Any) -> None:
    trees = app.street.here.trees
    batch = trees.batches[0]
    assert sum(1 for _ in trees._pieces(batch, FORMS[0])) >= 3 * len(batch.rows)


def test_a_place_where_more_is_another_is_built_anew(app: Any) -> None:
    before = app.street.here
    grove = before.place.groves[0]
    fewer = msgspec.structs.replace(grove, rows=grove.rows[:-1])
    assert not before.replanted(msgspec.structs.replace(before.place, groves=(fewer, *before.place.groves[1:])))
    assert not before.replanted(msgspec.structs.replace(before.place, floor="stone"))
    assert before.replanted(before.place)
    assert np.array_equal(before.spots.tree, before.trees.spots.tree)
