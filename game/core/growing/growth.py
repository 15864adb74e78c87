"""How far a tree has grown: a function of timestamps and of its waterings, so nobody's clock and no keeper matter."""

from dataclasses import dataclass

from game.core.growing.species import Species
from game.core.orchard_ports import STAGES

PLANTED, YOUNG, BLOSSOM, SET_FRUIT, RIPENING, RIPE = STAGES
YOUNG_FROM = 0.3  # of the way from planting to blossom
BLOSSOM_UNTIL, SET_UNTIL = 0.22, 0.6  # of the way from blossom to ripeness
THIRSTY_MOST = 0.85  # as ripe as fruit becomes before the last watering
AUTUMN_AFTER, BARE_AFTER = 0.25, 0.8  # of the way from blossom to ripeness, counted from ripeness on
SAPLING = 0.34  # size of what is planted


@dataclass(slots=True, frozen=True)
class Growth:
    """What a tree is like: `stage` is one of STAGES, all else 0..1.

    `size` scales the full-grown tree, `leaf` is how much foliage is out, `autumn` how far it has turned.
    """

    stage: str
    size: float
    blossom: float
    leaf: float
    fruit_size: float
    ripeness: float
    autumn: float = 0.0


def growth(
    species: Species, planted_at_secs: int, blossom_at_secs: int, ripe_at_secs: int, now_secs: int,
    watered: float = 1.0,
) -> Growth:  # fmt: skip
    """The growth of a tree at a time of the chain's; `watered` is the share 0..1 of its waterings that it has had.

    What lacks water waits, just short of ripe; nothing withers. Raises ValueError where the dates are out of order.
    """
    if not planted_at_secs < blossom_at_secs < ripe_at_secs:
        raise ValueError(f"planted {planted_at_secs}, blossom {blossom_at_secs}, ripe {ripe_at_secs}: not in order")
    watered = min(max(watered, 0.0), 1.0)
    evergreen = species.leaf.evergreen
    young = (now_secs - planted_at_secs) / (blossom_at_secs - planted_at_secs)
    if young < 1.0:
        young = max(young, 0.0)
        leaf = 1.0 if evergreen else _between(0.0, 0.5, young) * (1.0 - 0.6 * _between(0.86, 1.0, young))
        return Growth(
            stage=PLANTED if young < YOUNG_FROM else YOUNG, size=SAPLING + 0.42 * _between(0.0, 1.0, young),
            blossom=_between(0.93, 1.0, young) * 0.35, leaf=leaf, fruit_size=0.0, ripeness=0.0,
        )  # fmt: skip
    season = (now_secs - blossom_at_secs) / (ripe_at_secs - blossom_at_secs)
    size = SAPLING + 0.42 + (1.0 - SAPLING - 0.42) * _between(0.0, 0.7, season)
    leaf = 1.0 if evergreen else 0.4 + 0.6 * _between(BLOSSOM_UNTIL / 2, BLOSSOM_UNTIL * 1.5, season)
    fruit_size = 0.12 + 0.88 * _between(BLOSSOM_UNTIL, 0.95, season) if season > BLOSSOM_UNTIL * 0.8 else 0.0
    if season < BLOSSOM_UNTIL:
        blossom = 0.35 + 0.65 * _between(0.0, 0.05, season) - _between(BLOSSOM_UNTIL * 0.7, BLOSSOM_UNTIL, season)
        return Growth(stage=BLOSSOM, size=size, blossom=max(blossom, 0.0), leaf=leaf, fruit_size=fruit_size,
                      ripeness=0.0)  # fmt: skip
    ripeness = _between(SET_UNTIL, 1.0, season)
    if watered < 1.0:
        ripeness = min(ripeness, THIRSTY_MOST)
    stage = SET_FRUIT if season < SET_UNTIL else RIPE if ripeness >= 1.0 else RIPENING
    late = season - 1.0
    autumn = 0.0 if evergreen else _between(0.0, AUTUMN_AFTER, late)
    if not evergreen:
        leaf -= 0.75 * _between(AUTUMN_AFTER, BARE_AFTER, late)
    return Growth(stage=stage, size=size, blossom=0.0, leaf=leaf, fruit_size=fruit_size, ripeness=ripeness,
                  autumn=autumn)  # fmt: skip


def _between(low: float, high: float, value: float) -> float:
    """0 up to `low`, 1 from `high` on, smooth in between."""
    part = min(max((value - low) / (high - low), 0.0), 1.0)
    return part * part * (3.0 - 2.0 * part)
