"""The fruit market as it is built: its gate, its place file, what sways, what it may weigh."""

import tomllib
from pathlib import Path

import pytest

from assets.studio import market_plan as plan
from assets.studio import sway
from assets.studio.glb_compact import floats
from assets.studio.layout import good_sizes
from assets.studio.market_layout import layout

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "assets" / "models" / "places" / "market"
MOST_BYTES = 4 * 1024**2


def door(place: str, name: str) -> dict:
    text = (ROOT / "scenes" / "places" / f"{place}.toml").read_text(encoding="utf-8")
    return next(d for d in tomllib.loads(text)["doors"] if d["id"] == name)


def test_the_gate_is_one_open_hole_in_two_walls() -> None:
    here, there = door("market", "street_gate"), door("street", "market_gate")
    assert (here["to_place"], here["to_door"]) == ("street", "market_gate")
    assert (there["to_place"], there["to_door"]) == ("market", "street_gate")
    for key in ("width_m", "height_m"):
        assert here[key] == pytest.approx(there[key])
    assert here["leaf"] == there["leaf"] == ""
    assert here["yaw_deg"] == pytest.approx(there["yaw_deg"] - 180), "north lies the same way on both sides"


def test_the_place_file_says_what_the_plan_says() -> None:
    text = (ROOT / "scenes" / "places" / "market.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == tomllib.loads(layout(good_sizes()).text())


def test_what_sways_is_fixed_somewhere_and_free_elsewhere() -> None:
    for node in sway.NODES:
        free = floats(FOLDER / "props.glb", node, "COLOR_0")[:, 3] / sway.SOFT
        assert free.max() <= 1.05
        assert free.min() < 0.15, "nothing of it is held"
        assert free.max() > 0.75


def test_it_is_light_enough_to_travel() -> None:
    assert sum(p.stat().st_size for p in FOLDER.iterdir()) <= MOST_BYTES


def test_a_stalls_spots_turn_with_it() -> None:
    south = plan.Stall(1.0, 2.0, 180, 2.0, ())
    assert south.point(0.5, 0.25) == pytest.approx((0.5, 1.75))
    assert plan.Stall(1.0, 2.0, 0, 2.0, ()).point(0.5, 0.25) == pytest.approx((1.5, 2.25))
    assert plan.Stall(1.0, 2.0, 90, 2.0, ()).point(0.5, 0.25) == pytest.approx((0.75, 2.5))
