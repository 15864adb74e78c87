"""A grower's offer of a plot: a TOML file, checked, told with its cost, and put on the chain once.

What players are told in words (area, dates, what a box weighs) is the plot's manifest: canonical JSON whose SHA-256 the
chain has. It is kept as `<home>/grower/plots/<sha256>.json`.
"""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from game.content.disk import write_whole
from game.content.parse import parse, read_toml
from game.content.problems import format_problem
from game.core.errors import GameError
from game.core.goods import Text
from game.core.ids import WEI_PER_COIN, Wei
from game.core.orchard_ports import Graft, OpenPlot
from game.core.orchard_rules import OrchardRules

Count = Annotated[int, Meta(ge=1, le=65_535)]
Words = Annotated[str, Meta(min_length=1, max_length=400)]
BPS = 10_000
SHORTEST_REDEEM = timedelta(days=7)  # as Plots.sol has it


class PlotOffer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file. Prices are coins, as whole numbers or in quotes ("4.50"); days begin at midnight, UTC."""

    variety: str
    name: Text  # of the orchard
    story: Text
    area: Text  # where boxes are sent
    dates: Text  # when, in words
    grams_a_box: Count
    trees: Count
    fruits_per_tree: Count
    waterings: Count  # to harvest; never more
    fruit_price: int | str
    adoption_price: int | str
    planted: date
    blossom: date
    ripe: date
    redeem_by: date
    play_trees: Annotated[int, Meta(ge=0, le=65_535)] = 0
    lapse_percent: Annotated[int, Meta(ge=0, le=100)] = 70  # of its backing, to who gives fruit up after the season
    grams_per_fruit: Annotated[int, Meta(ge=0, le=65_535)] = 0  # 0: as the variety weighs


class Offered(Struct, frozen=True, kw_only=True):
    """An offer that can be made: what is asked of the chain, and the manifest's bytes."""

    request: OpenPlot
    manifest: bytes

    @property
    def bond_wei(self) -> Wei:
        """What is held until boxes of the trees that were played for have arrived."""
        return Wei(self.request.play_trees * self.request.adoption_price_wei)


def read_offer(path: Path, rules: OrchardRules, grower_key: bytes) -> Offered:
    """The offer in a file. Raises GameError with every problem of the file, OSError.

    The same file makes the same request, so that it is never put on the chain twice.
    """
    tables, problems = read_toml(path, path.name)
    offer = None
    if not problems:
        offer, problems = parse(tables, PlotOffer, file=path.name)
    if offer is None or problems:
        raise GameError("\n".join(format_problem(problem) for problem in problems))
    variety = rules.varieties.get(offer.variety)
    if variety is None:
        raise GameError(f"{path.name}: {offer.variety!r} is no variety; known are {', '.join(rules.varieties)}")
    if not offer.planted < offer.blossom < offer.ripe <= offer.redeem_by - SHORTEST_REDEEM:
        raise GameError(f"{path.name}: planted, blossom, ripe must follow each other, and redeem_by 7 days after ripe")
    if offer.play_trees > offer.trees:
        raise GameError(f"{path.name}: play_trees is {offer.play_trees}, more than the {offer.trees} trees")
    words = {"name": offer.name, "story": offer.story, "area": offer.area, "dates": offer.dates,
             "grams_a_box": offer.grams_a_box, "kind": "plot"}  # fmt: skip
    plain = msgspec.to_builtins(words)
    manifest = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    request = OpenPlot(
        request_id="", grower_key=grower_key, variety=offer.variety, manifest_sha256=sha256(manifest).digest(),
        trees=offer.trees, fruits_per_tree=offer.fruits_per_tree, waterings=offer.waterings,
        grams_per_fruit=offer.grams_per_fruit or variety.grams, play_trees=offer.play_trees,
        fruit_price_wei=_wei(offer.fruit_price, "fruit_price", path),
        adoption_price_wei=_wei(offer.adoption_price, "adoption_price", path),
        planted_at_secs=_secs(offer.planted), blossom_at_secs=_secs(offer.blossom), ripe_at_secs=_secs(offer.ripe),
        redeem_by_secs=_secs(offer.redeem_by), lapse_bps=offer.lapse_percent * BPS // 100,
        grafts=tuple(
            Graft(with_variety=rule.scion, result=rule.result, odds_bps=rule.odds_bps)
            for rule in rules.grafts if rule.stock == offer.variety
        ),
    )  # fmt: skip
    asked = sha256(msgspec.json.encode(request)).hexdigest()[:32]
    return Offered(request=msgspec.structs.replace(request, request_id=f"plot_{asked}"), manifest=manifest)


def keep_manifest(home: Path, offered: Offered) -> Path:
    """Keep the words that the chain has the hash of; where. Raises OSError."""
    path = home / "grower" / "plots" / f"{offered.request.manifest_sha256.hex()}.json"
    write_whole(path, offered.manifest)
    return path


def _wei(price: int | str, field: str, path: Path) -> Wei:
    try:
        wei = Decimal(price) * WEI_PER_COIN
        if not (0 < wei < Decimal(10) ** 30) or wei != int(wei):
            raise InvalidOperation
    except InvalidOperation:
        raise GameError(f"{path.name}: {field} is {price!r}; write coins above 0, as 4 or '4.50'") from None
    return Wei(int(wei))


def _secs(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
