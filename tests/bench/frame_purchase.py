"""Frame times while a purchase is in flight beside frame times while none is, in the same game, in turns.

The game runs at 60 frames a second with a real market in its own processes; drawing is left out (`GALLIUM_NOOP`), so
that what is compared is all that the game itself does in a frame. A frame's time is its work, without its waiting.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from tests.bench.harness import Figure, Result

ROOT = Path(__file__).resolve().parents[2]
PURCHASES = 120  # the starter purse pays for some 170
FRAMES_BETWEEN = 12
GOOD, PLACE = "loquat_punnet", "boutique"
FRAME_SECS = 1 / 60


class Found(msgspec.Struct):
    """Milliseconds of the frames of both kinds, and how many purchases were finished."""

    quiet_ms: list[float]
    busy_ms: list[float]
    purchases: int


def frame_purchase() -> Result:
    """The 99th percentile of frame times with purchases in flight, beside the one without."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.frame_purchase", home], cwd=ROOT, check=True, stdout=subprocess.PIPE,
            env={**os.environ, "GALLIUM_NOOP": "1"},
        )  # fmt: skip
    found = msgspec.json.decode(done.stdout.splitlines()[-1], type=Found)
    quiet, busy = _p99(found.quiet_ms), _p99(found.busy_ms)
    quiet_halves = [_p99(found.quiet_ms[part::2]) for part in (0, 1)]
    return Result(
        name="frame_purchase", value=busy, unit="ms", baseline=Figure(name="no purchase in flight", value=quiet),
        ratio=busy / quiet, target="p99 < 1.1 x", met=busy < 1.1 * quiet,
        note=f"{found.purchases} purchases, {len(found.busy_ms)} frames of each kind; "
        f"medians {_part(found.busy_ms, 0.5):.2f} beside {_part(found.quiet_ms, 0.5):.2f} ms; "
        f"two halves of the quiet frames differ by {max(quiet_halves) / min(quiet_halves):.2f} x",
    )  # fmt: skip


def _p99(values: list[float]) -> float:
    return _part(values, 0.99)


def _part(values: list[float], part: float) -> float:
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


class _Buyer:
    """The game's market, with a customer of the benchmark's own who buys one thing when told to."""

    def __init__(self, market: Any) -> None:
        self._market = market
        self.ready, self.purchases, self._count = False, 0, 0
        self._open: str | None = None

    def start(self) -> None:
        self._market.start()

    def submit(self, request: Any) -> None:
        self._market.submit(request)

    def poll(self) -> list[Any]:
        from game.core.ids import OrderId
        from game.core.ports import FINAL_STATES, Confirm, Holdings, OrderUpdate, Quoted

        updates = self._market.poll()
        for update in updates:
            self.ready = self.ready or isinstance(update, Holdings)
            if getattr(update, "order_id", None) != self._open or self._open is None:
                continue
            if isinstance(update, Quoted):
                self._market.submit(Confirm(order_id=OrderId(self._open)))
            elif isinstance(update, OrderUpdate) and update.state == "final":
                self.purchases += 1
                self._open = None
            elif isinstance(update, OrderUpdate) and update.state in FINAL_STATES:
                raise RuntimeError(f"the market did not sell: {update}")
        return [update for update in updates if not str(getattr(update, "order_id", "")).startswith("bench_")]

    def buy(self) -> None:
        """Ask for the price of one unit; the rest follows by itself."""
        from game.core.ids import GoodId, OrderId, PlaceId
        from game.core.ports import Line, Quote

        self._count += 1
        self._open = f"bench_{self._count}"
        line = Line(good_id=GoodId(GOOD), quantity=1, place_id=PlaceId(PLACE))
        self._market.submit(Quote(order_id=OrderId(self._open), lines=(line,)))

    @property
    def idle(self) -> bool:
        return self._open is None

    def close(self) -> None:
        self._market.close()


def measure(home: Path) -> Found:
    """Play in the boutique and buy something every few frames; to be run in a process of its own."""
    from chain.market import ChainMarket
    from game.client.app import App, Options
    from game.content.load import load_catalogue
    from game.content.manifest import market_catalogue
    from game.core.world import DT_SECS, new_world

    catalogue = load_catalogue(ROOT)
    world = new_world(catalogue.places, catalogue.goods, start=PLACE, seed=1, session="bench")
    buyer = _Buyer(ChainMarket(home, market_catalogue(catalogue, ROOT)))
    app = App(
        world, buyer, Options(home=home, assets=ROOT / "assets", offscreen=True, size=(320, 180), msaa=0)
    )
    found = Found([], [], 0)
    try:
        _play(app, DT_SECS, until=lambda: buyer.ready)
        app.finish_loading()
        _play(app, DT_SECS, frames=60)
        for _ in range(PURCHASES):
            found.quiet_ms += _play(app, DT_SECS, frames=FRAMES_BETWEEN)
            buyer.buy()
            found.busy_ms += _play(app, DT_SECS, until=lambda: buyer.idle)
    finally:
        app.close()
    found.purchases = buyer.purchases
    return found


def _play(app: Any, dt_secs: float, *, frames: int = 3_000, until: Any = None) -> list[float]:
    """Frames at their pace; milliseconds of work in each."""
    took: list[float] = []
    next_secs = time.perf_counter()
    for _ in range(frames):
        if until is not None and until():
            return took
        begun = time.perf_counter()
        app.frame(dt_secs)
        took.append((time.perf_counter() - begun) * 1000)
        next_secs = max(next_secs + FRAME_SECS, time.perf_counter())
        time.sleep(max(0.0, next_secs - time.perf_counter()))
    if until is not None:
        raise RuntimeError("the market did not answer")
    return took


BENCHMARKS = {"frame_purchase": frame_purchase}

if __name__ == "__main__":
    result = measure(Path(sys.argv[1]))
    print(msgspec.json.encode(result).decode())
