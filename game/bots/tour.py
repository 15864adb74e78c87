"""The tour: chapters of beats, each a picture and a check against the world or, for money and goods, the chain."""

import importlib
import pkgutil
import shutil
import subprocess
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import msgspec
from msgspec import Struct, field

import game.bots.chapters
from game.bots.person import Person
from game.core.errors import GameError
from game.core.events import Event
from game.core.ids import GoodId, OrderId, Wei
from game.core.ports import Share, Witness, Witnessed
from game.core.world import Order


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


def record_of(order: Order, sale: Witnessed) -> OrderRecord:
    """An order's line with what the chain's receipt tells of it."""
    return OrderRecord(
        order_id=order.order_id, good_id=sale.good_id, quantity=sale.quantity, price_wei=sale.price_wei,
        tx_hash=order.tx_hash, block=sale.block, gas_used=sale.gas_used, state=order.state, shares=sale.shares,
    )  # fmt: skip


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


class Lent(Protocol):
    """A node that is there while several players need it."""

    kind: str
    url: str
    chain_id: int


class Stage(Struct, frozen=True, kw_only=True):
    """How the acts of a tour are started: `program` is this program, `options` go to every act."""

    program: tuple[str, ...]
    home: Path
    options: tuple[str, ...]
    lend_node: Callable[[], AbstractContextManager[Lent]]


def stage_of(
    args: Namespace, program: tuple[str, ...], lend: Callable[..., AbstractContextManager[Lent]]
) -> Stage:
    """How the tour is played that the command line asks for; `lend` has a node for a home, a kind and an address."""
    home = args.home or args.out / "home"
    given = {name: getattr(args, name) for name in ("rpc", "node", "seed")}
    options = tuple(f"--{name}={value}" for name, value in given.items() if value is not None)
    return Stage(program=program, home=home, options=options, lend_node=partial(lend, home, args.node, args.rpc))


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

    @property
    def screen(self) -> Any:
        """The game itself, whose panels are not the world's."""
        return self.person.screen

    def press(self, action: str) -> list[Event]:
        """Press the key of an action, whichever it is."""
        return self.person.press(self.screen.settings.keys_of(action)[0])

    def click(self, spot: str) -> list[Event]:
        """Point at a spot of the open panel and click. Raises GameError where there is no such spot."""
        screen = self.screen
        shown, (wide, high) = screen.hud.panel, screen.hud.size_px
        require(shown is not None and shown.paper is not None, f"no panel is open that has {spot}")
        boxes = [each.box for each in shown.paper.spots if each.action == spot]
        spots = [each.action for each in shown.paper.spots]
        require(bool(boxes), f"the panel {shown.piece.name} has no {spot}; it has {', '.join(spots)}")
        x = shown.left + (boxes[0].x + boxes[0].wide / 2) * shown.paper.scale
        y = shown.top + (boxes[0].y + boxes[0].high / 2) * shown.paper.scale
        screen.hud.pointing.point(shown, ((x - wide / 2) / high, 0.5 - y / high), (wide, high))
        return self.press("click")

    def seconds(self) -> float:
        """Seconds since the process was started."""
        return time.time() - self.started

    def tell(self, name: str, words: str) -> None:
        """Leave word for the players of the acts that follow."""
        (self.out / f"{TOLD}{name}.txt").write_text(words, encoding="utf-8")

    def told(self, name: str) -> str:
        """The word that an act before this one left. Raises GameError where none did."""
        path = self.out / f"{TOLD}{name}.txt"
        require(path.exists(), f"nobody told of {name}")
        return path.read_text(encoding="utf-8")

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


TOLD = "act-told-"
SERVED = "--bundles "  # what stands before the address in the words of `main.py share`
Play = Callable[[Act], None]


def require(truth: bool, otherwise: str) -> None:
    """Raise GameError unless something is so."""
    if not truth:
        raise GameError(otherwise)


def chapters() -> dict[str, tuple[tuple[str, Play], ...]]:
    """Every chapter by name: the ACTS of each module in game/bots/chapters."""
    found = {}
    for module in pkgutil.iter_modules(game.bots.chapters.__path__):
        found[module.name] = acts_of(importlib.import_module(f"game.bots.chapters.{module.name}").ACTS)
    return found


def acts_of(acts: Sequence[Play | tuple[str, Play]]) -> tuple[tuple[str, Play], ...]:
    """Acts with their players: an act is played in the tour's home, one that names a player in a home of their own."""
    return tuple(("", each) if callable(each) else each for each in acts)


def play_act(chapter: str, moment: str, person: Person, out: Path, witness: Callable[[], Witness]) -> None:
    """Draw the first frame, play one act, and leave its report beside the pictures; `moment` is as _spawn made it.

    In the tour's own home all places are loaded first; players with homes of their own see few of them.
    """
    number, first_number, started = moment.split(":")
    act = Act(person, witness, out, first_number=int(first_number), started=float(started))
    person.frames(draw=True)
    act.report.timing.first_frame_s = act.screen.shown_at - act.started
    player, play_it = chapters()[chapter][int(number)]
    if not player:
        assert person.screen is not None
        person.screen.finish_loading()
    try:
        play_it(act)
    except GameError as stuck:
        act.report.beats.append(Beat(id=f"{chapter}_{number}_stuck", picture="", ok=False, note=str(stuck)))
    purse = act.person.world.purse
    act.report.node = NodeRecord(kind=purse.node_kind, chain_id=purse.chain_id)
    (out / f"act-{chapter}-{number}.json").write_bytes(msgspec.json.encode(act.report))


def play(out: Path, wanted: str | None, stage: Stage) -> TourReport:
    """Play chapters, each act in a process of its own, and merge their reports into out/tour.json.

    A restart between acts is a real one. Raises GameError for an unknown chapter.
    """
    known = chapters()
    if wanted and wanted not in known:
        raise GameError(f"no chapter {wanted!r}; known are {', '.join(known)}")
    if out.exists():
        _clear(out)
    out.mkdir(parents=True, exist_ok=True)
    whole = TourReport(ok=True)
    for chapter in [wanted] if wanted else list(known):
        with _homes(stage, [player for player, _ in known[chapter]]) as (node, homes):
            for number, (home, command) in enumerate(homes):
                _lend_cache(stage.home, home)
                part = _spawn(out, chapter, number, command, len(whole.beats))
                whole.beats += part.beats
                whole.orders += part.orders
                whole.node = node or part.node
                whole.timing = _first_of(whole.timing, part.timing)
                if any(not beat.picture for beat in part.beats):
                    break  # it was not played to its end, for which those that follow would wait in vain
    for told in out.glob(f"{TOLD}*"):
        told.unlink()
    whole.ok = bool(whole.beats) and all(beat.ok for beat in whole.beats)
    (out / "tour.json").write_text(as_json(whole), encoding="utf-8")
    return whole


@contextmanager
def _homes(stage: Stage, players: Sequence[str]) -> Iterator[tuple[NodeRecord | None, list[tuple[Path, list[str]]]]]:
    """The home and the command of each act, and the node if players share one: it belongs to the tour's home."""
    shared = [*stage.program, "tour", "--offscreen", *stage.options]
    if not any(players):
        yield None, [(stage.home, [*shared, f"--home={stage.home}"]) for _ in players]
        return
    homes = {player: stage.home / "players" / player if player else stage.home for player in players}
    with stage.lend_node() as node, ExitStack() as served:
        friends = [f"--bundles={served.enter_context(_served(stage, home))}" for home in homes.values()]
        joined = [*shared, f"--rpc={node.url}", *friends]
        acts = [(homes[player], [*joined, f"--home={homes[player]}"]) for player in players]
        yield NodeRecord(kind=node.kind, chain_id=node.chain_id), acts


@contextmanager
def _served(stage: Stage, home: Path) -> Iterator[str]:
    """The address at which `main.py share`, a process of its own, serves the rooms of a home. Raises GameError."""
    command = [*stage.program, "share", f"--home={home}", "--port=0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = next((line.rpartition(SERVED)[2].strip() for line in process.stdout if SERVED in line), "")
            if not address:
                raise GameError(f"the rooms of {home} are not served: `main.py share` ended with {process.wait()}")
            yield address
        finally:
            process.terminate()


def _first_of(timing: Timing, later: Timing) -> Timing:
    """What was measured first of each."""
    return Timing(**{name: getattr(timing, name) or getattr(later, name) for name in Timing.__struct_fields__})


def _lend_cache(of: Path, home: Path) -> None:
    """Spare a new player's home the work of making what every home caches: copy it from another of the tour's."""
    for other in (of, *sorted((of / "players").glob("*"))):
        if (other / "cache").is_dir() and not (home / "cache").exists():
            shutil.copytree(other / "cache", home / "cache")


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


def _spawn(out: Path, chapter: str, number: int, command: Sequence[str], beats_so_far: int) -> TourReport:
    log = out / f"act-{chapter}-{number}.log"
    with log.open("wb") as sink:
        done = subprocess.run(
            [*command, f"--out={out}", "--chapter", chapter, "--act", f"{number}:{beats_so_far + 1}:{time.time()}"],
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

