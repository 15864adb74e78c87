"""The tour: chapters of beats, each a picture and a check against the world or, for money and goods, the chain."""

import importlib
import pkgutil
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct, field

import game.bots.chapters
from game.bots.person import Person
from game.core.errors import GameError
from game.core.ids import GoodId, OrderId, Wei
from game.core.ports import Share, Witness


class Beat(Struct, kw_only=True):
    """One moment of the tour; `ok` only when checked."""

    id: str
    picture: str
    ok: bool
    note: str


class OrderRecord(Struct, kw_only=True):
    """One bought line, as the chain's own receipt tells."""

    order_id: OrderId
    good_id: GoodId
    quantity: int
    price_wei: Wei
    tx_hash: str
    block: int
    gas_used: int
    state: str
    shares: tuple[Share, ...]


class NodeRecord(Struct, kw_only=True):
    """The node that the tour was played on."""

    kind: str = ""
    chain_id: int = 0


class Timing(Struct, kw_only=True):
    """Seconds from process start to the first frame and to an open market, and from confirm to owned."""

    first_frame_s: float = 0.0
    world_ready_s: float = 0.0
    click_to_owned_s: float = 0.0


class TourReport(Struct, kw_only=True):
    """What tour.json holds."""

    version: int = 1
    ok: bool = False
    node: NodeRecord = field(default_factory=NodeRecord)
    beats: list[Beat] = []
    orders: list[OrderRecord] = []
    timing: Timing = field(default_factory=Timing)


class Act:
    """One process's part of a chapter: plays, takes pictures, notes what it saw."""

    def __init__(
        self, person: Person, witness: Callable[[], Witness], out: Path, *, first_number: int, started: float
    ) -> None:
        """`started` is the time.time() at which the process was started."""
        self.person = person
        self.out = out
        self.started = started
        self.report = TourReport()
        self._witness = witness
        self._number = first_number

    @property
    def witness(self) -> Witness:
        """The direct line to the chain; there only once the market is open."""
        return self._witness()

    def seconds(self) -> float:
        """Seconds since the process was started."""
        return time.time() - self.started

    def beat(self, name: str, check: Callable[[], str]) -> None:
        """Take a picture and run a check, which returns a note or raises GameError with what is wrong."""
        assert self.person.screen is not None
        picture = f"{self._number:02d}-{name.replace('_', '-')}.png"
        self._number += 1
        self.person.frames(3, draw=True)
        self.person.screen.screenshot(self.out / picture)
        try:
            ok, note = True, check()
        except GameError as wrong:
            ok, note = False, str(wrong)
        self.report.beats.append(Beat(id=name, picture=picture, ok=ok, note=note))


def require(truth: bool, otherwise: str) -> None:
    """Raise GameError unless something is so."""
    if not truth:
        raise GameError(otherwise)


def chapters() -> dict[str, tuple[Callable[[Act], None], ...]]:
    """Every chapter by name: the ACTS of each module in game/bots/chapters."""
    found = {}
    for module in pkgutil.iter_modules(game.bots.chapters.__path__):
        found[module.name] = importlib.import_module(f"game.bots.chapters.{module.name}").ACTS
    return found


def play_act(chapter: str, moment: str, person: Person, witness: Callable[[], Witness], out: Path) -> None:
    """Draw the first frame, play one act, and leave its report beside the pictures; `moment` is as _spawn made it."""
    number, first_number, started = moment.split(":")
    act = Act(person, witness, out, first_number=int(first_number), started=float(started))
    person.frames(draw=True)
    act.report.timing.first_frame_s = act.seconds()
    assert person.screen is not None
    person.screen.finish_loading()
    try:
        chapters()[chapter][int(number)](act)
    except GameError as stuck:
        act.report.beats.append(Beat(id=f"{chapter}_{number}_stuck", picture="", ok=False, note=str(stuck)))
    purse = act.person.world.purse
    act.report.node = NodeRecord(kind=purse.node_kind, chain_id=purse.chain_id)
    (out / f"act-{chapter}-{number}.json").write_bytes(msgspec.json.encode(act.report))


def play(out: Path, wanted: str | None, command: list[str]) -> TourReport:
    """Play chapters, each act in a process of its own, and merge their reports into out/tour.json.

    `command` starts this program; a restart between acts is a real one.
    Raises GameError for an unknown chapter.
    """
    known = chapters()
    if wanted and wanted not in known:
        raise GameError(f"no chapter {wanted!r}; known are {', '.join(known)}")
    if out.exists():
        _clear(out)
    out.mkdir(parents=True, exist_ok=True)
    whole = TourReport(ok=True)
    for chapter in [wanted] if wanted else list(known):
        for number in range(len(known[chapter])):
            part = _spawn(out, chapter, number, command, len(whole.beats))
            whole.beats += part.beats
            whole.orders += part.orders
            whole.node = part.node
            if number == 0 and whole.timing == Timing():
                whole.timing = part.timing
    whole.ok = bool(whole.beats) and all(beat.ok for beat in whole.beats)
    (out / "tour.json").write_text(as_json(whole), encoding="utf-8")
    return whole


def _clear(out: Path) -> None:
    """Remove what an earlier tour left; refuse a folder that holds anything else."""
    known = {"tour.json", "home"}
    strangers = [
        p.name for p in out.iterdir()
        if p.name not in known and p.suffix != ".png" and not p.name.startswith(("act-", "."))
    ]  # fmt: skip
    if strangers:
        raise GameError(f"{out} holds {strangers[0]}, which no tour made: choose an empty folder with --out")
    shutil.rmtree(out)


def _spawn(out: Path, chapter: str, number: int, command: list[str], beats_so_far: int) -> TourReport:
    log = out / f"act-{chapter}-{number}.log"
    with log.open("wb") as sink:
        done = subprocess.run(
            [*command, "--chapter", chapter, "--act", f"{number}:{beats_so_far + 1}:{time.time()}"],
            stdout=sink, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    written = out / f"act-{chapter}-{number}.json"
    if not written.exists():
        note = f"the act ended with code {done.returncode}; its last words are in {log.name}"
        return TourReport(beats=[Beat(id=f"{chapter}_{number}_broken", picture="", ok=False, note=note)])
    report = msgspec.json.decode(written.read_bytes(), type=TourReport)
    written.unlink()
    if done.returncode == 0:
        log.unlink()
    return report


def as_json(report: TourReport) -> str:
    """The report as tour.json holds it."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode()


def format_report(report: TourReport) -> str:
    """The tour as lines for a terminal."""
    lines = [f"{'ok  ' if beat.ok else 'FAIL'}  {beat.id:18} {beat.picture:26} {beat.note}" for beat in report.beats]
    lines += [
        f"bought {o.quantity} x {o.good_id} for {o.price_wei} wei in block {o.block}: {o.state}" for o in report.orders
    ]
    t = report.timing
    lines.append(
        f"first frame {t.first_frame_s:.2f} s, market open {t.world_ready_s:.1f} s, "
        f"click to owned {t.click_to_owned_s:.2f} s, on {report.node.kind} ({report.node.chain_id})"
    )
    return "\n".join(lines)

