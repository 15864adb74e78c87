"""Half an hour on the street: the game as shipped, walked through every door again and again, in every mood.

The walk is simulated, sixty ticks a second; the view follows every five ticks, and one in thirty of its frames is
drawn, at first one in three: what has never been drawn is not on the graphics card yet. Offscreen, 320 x 180, quality
medium, with the HUD, whose panels are opened and closed on the way. Stock is taken after each round, on one spot of the
street and with all of it loaded: what a place under way takes for a moment is no growth.
"""

import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from tests.bench.harness import Figure, Result

ROOT = Path(__file__).resolve().parents[2]
MINUTES, SETTLE_MINUTES = 30, 5
TICKS_A_MINUTE, DRAWN_EVERY, DRAWN_AT_FIRST = 60 * 60, 30, 3
GROWTH_MB = 4.0  # pages that the allocator hands back late: one in a hundred
STOP = "street"
PANELS = ("inventory", "map", "basket", "looks")


class Found(msgspec.Struct):
    """After each round: simulated minutes, resident megabytes, Python's objects, nodes, and what is prepared for the
    graphics card."""

    minutes: list[float]
    resident_mb: list[float]
    objects: list[int]
    nodes: list[int]
    prepared: list[int]
    doors: int


def soak() -> Result:
    """Resident megabytes after half an hour."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.soak"], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    found = msgspec.json.decode(done.stdout.splitlines()[-1], type=Found)
    first = next(number for number, minute in enumerate(found.minutes) if minute >= SETTLE_MINUTES)
    settled, after = found.resident_mb[first], found.resident_mb[-1]

    def then(counts: list[int]) -> str:
        return f"{counts[first]:,} then {counts[-1]:,}"

    return Result(
        name="soak", value=after, unit="MB", baseline=Figure(name=f"after_{SETTLE_MINUTES}_minutes", value=settled),
        ratio=after / settled, target=f"no growth after the first {SETTLE_MINUTES} minutes",
        met=after - settled <= GROWTH_MB,
        note=f"{found.doors} doors passed in {found.minutes[-1]:.0f} simulated minutes; Python objects "
        f"{then(found.objects)}, nodes {then(found.nodes)}, prepared for the graphics card {then(found.prepared)}",
    )  # fmt: skip


def resident_mb() -> float:
    """Megabytes of this process that lie in memory, its garbage collected."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class _Watched:
    """The game as a person plays it: counts frames and doors, and has few of the frames drawn."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.found = Found([], [], [], [], [], 0)
        self._frames = 0
        self._place = app.world.place_id

    @property
    def world(self) -> Any:
        return self.app.world

    def key(self, name: str) -> None:
        self.app.key(name)

    def frame(self, dt_secs: float | None = None, *, draw: bool = True) -> list[Any]:
        every = DRAWN_AT_FIRST if self.world.tick < SETTLE_MINUTES * TICKS_A_MINUTE else DRAWN_EVERY
        happened: list[Any] = self.app.frame(dt_secs, draw=draw or self._frames % every == 0)
        self._frames += 1
        if self.world.place_id != self._place:
            self._place = self.world.place_id
            self.found.doors += 1
        return happened

    def take_stock(self) -> None:
        """Note what there is, once nothing is being loaded."""
        from panda3d.core import NodePath

        self.app.finish_loading()
        self.frame(0.0)
        found, prepared = self.found, self.app.stage.win.get_gsg().get_prepared_objects()
        roots = [self.app.stage.root, *(scenery.root for scenery in self.app.street.sceneries.values())]
        found.minutes.append(self.world.tick / TICKS_A_MINUTE)
        found.resident_mb.append(resident_mb())
        found.objects.append(len(gc.get_objects()))
        found.nodes.append(sum(NodePath(root).find_all_matches("**").get_num_paths() for root in set(roots)))
        found.prepared.append(
            prepared.get_num_prepared_textures() + prepared.get_num_prepared_vertex_buffers()
            + prepared.get_num_prepared_index_buffers() + prepared.get_num_prepared_shaders()
        )  # fmt: skip
        print(
            f"{found.minutes[-1]:.1f} min: {found.resident_mb[-1]:.1f} MB, {found.doors} doors, "
            f"{found.objects[-1]} objects, {found.nodes[-1]} nodes, {found.prepared[-1]} prepared", file=sys.stderr,
        )  # fmt: skip


def measure(home: Path, minutes: int) -> Found:
    """Open the street and walk."""
    from game.bots.person import Person
    from game.client.app import App, Options
    from game.client.late_market import LateMarket
    from game.client.settings import Settings, Values
    from game.content.load import load_catalogue, world_of
    from tests.bench.hall_game import NoMarket

    person = Person()
    world = world_of(load_catalogue(ROOT), start=STOP, seed=1, session="soak")
    options = Options(home=home, assets=ROOT / "assets", offscreen=True, size=(320, 180), msaa=0, quality="medium")
    app = App(
        world, LateMarket(NoMarket), options, extra_commands=person.commands,
        settings=Settings(None, Values(language="en")),
    )  # fmt: skip
    watched = person.screen = _Watched(app)  # type: ignore[assignment]
    while app.world.tick < minutes * TICKS_A_MINUTE:
        _round(person)
        watched.take_stock()
    app.close()
    return watched.found


def _round(person: Any) -> None:
    """Once through every door of the street and back, with a panel, a mood and a good held up on the way."""
    from game.client.settings import KEYS
    from game.core.route import landing

    places = person.world.places
    doors = [door for door in places[STOP].doors if landing(places, door) is not None]  # the others stay shut
    for number, door in enumerate(doors):
        person.go_through(door.id)
        person.press(KEYS["mood"][0])
        person.press(KEYS[PANELS[number % len(PANELS)]][0])
        person.frames(12, 5)
        person.press("escape")
        for stand in person.world.place.stands[number : number + 1]:  # an orchard has none
            person.look_at_stand(stand.id)
            person.press(KEYS["take"][0])
            person.frames(12, 5)
            person.press(KEYS["put_back"][0])
        back = next(each for each in person.world.place.doors if each.to_place == STOP)
        person.go_through(back.id)
        person.seen.clear()


BENCHMARKS = {"soak": soak}

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else MINUTES)
    print(msgspec.json.encode(result).decode())
