"""The orchard's chapter and the plots agree: its days meet the stages, its trees stand, its graft is on offer."""

from pathlib import Path

from game.bots.chapters import orchard as chapter
from game.bots.tour import chapters
from game.content.load import load_catalogue
from game.core.groves import spots_of
from game.core.growing.growth import growth
from game.core.orchard_rules import PlotOffer

FOUND = load_catalogue(Path(__file__).parents[2])


def stage(plot: PlotOffer, day: int) -> str:
    assert FOUND.orchard is not None
    species = FOUND.orchard.species[FOUND.orchard.varieties[plot.variety].species]
    secs = [each * chapter.DAY_SECS for each in (plot.planted_day, plot.blossom_day, plot.ripe_day, day)]
    return growth(species, *secs).stage


def test_the_chapters_days_meet_blossom_and_ripeness_within_the_season() -> None:
    assert FOUND.orchard is not None
    apples, oranges = (FOUND.orchard.plots[number - 1] for number in (chapter.APPLES, chapter.ORANGES))
    blossom, ripe = chapter.TO_BLOSSOM_DAYS, chapter.TO_BLOSSOM_DAYS + chapter.TO_RIPE_DAYS
    assert [stage(apples, day) for day in (0, blossom, ripe)] == ["young", "blossom", "ripe"]
    assert stage(oranges, ripe) == "ripe"
    assert ripe + chapter.TIMEOUT_DAYS < min(apples.redeem_day, oranges.redeem_day)
    grafts = {(graft.stock, graft.scion) for graft in FOUND.orchard.grafts}
    assert (apples.variety, chapter.SCION) in grafts


def test_the_chapters_trees_stand_in_the_orchard_and_it_is_played_with_the_others() -> None:
    place = FOUND.places[chapter.ORCHARD]
    trees = spots_of(place).tree.tolist()
    assert {chapter.OURS, chapter.THEIRS, chapter.VILLAGES} <= set(trees)
    assert any(door.id == "orchard_gate" for door in FOUND.places["street"].doors)
    assert [player for player, _ in chapters()["orchard"]] == ["picker"]
