"""What is left when the game falls: a log that says why, and one plain sentence for the player."""

import faulthandler
import logging
import os
import platform
import re
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Protocol

from game.core.errors import GameError

log = logging.getLogger(__name__)

GAME_LOG, FAULT_LOG = "loquat.log", "fault.log"
MOST_LOG_BYTES = 1_000_000
MOST_REPORTS = 10
PACKAGES = ("loquat", "ursina", "panda3d", "numpy", "msgspec", "web3")
SECRET = re.compile(r"(?:0x)?[0-9a-fA-F]{64,}")  # as long as a private key; a transaction's hash goes with it
_fault_files: list[IO[bytes]] = []  # open as long as the process lives: the one that faults go to is the last


class Farewell(Protocol):
    """What a game that falls has to say of itself."""

    def facts(self) -> Mapping[str, str]:
        """What a report should say of the machine and the settings."""
        ...

    def sentence(self, path: Path | None) -> str:
        """The plain sentence on what happened and where its log lies, in the player's language."""
        ...

    def show(self, sentence: str) -> None:
        """Show the sentence in the window, if that still draws."""
        ...


class Game(Protocol):
    """What is needed of the running game."""

    def run(self) -> None: ...

    def close(self, *, in_order: bool = True) -> None: ...

    def farewell(self) -> Farewell: ...


def play(make: Callable[[], Game], home: Path) -> int:
    """Make the game and play it to its end; the exit code. Whatever falls leaves a report, and the market is closed.

    Raises GameError and OSError of `make`, whose text is for the player already.
    """
    keep_logs(home)
    game: Game | None = None
    try:
        game = make()
        game.run()
        game.close()
    except KeyboardInterrupt:
        if game is not None:
            game.close(in_order=False)
        raise
    except Exception as error:
        if game is None and isinstance(error, GameError | OSError):
            raise
        log.exception("the game fell")
        _fall(error, game, home)
        return 1
    return 0


def _fall(error: BaseException, game: Game | None, home: Path) -> None:
    """Leave the report and the sentence, and close what is open; nothing here may hide the fall itself."""
    facts: Mapping[str, str] = {}
    if game is not None:
        try:
            facts = game.farewell().facts()
        except Exception:
            log.exception("the facts could not be gathered")
    path = report(home, error, facts)
    said = f"Loquat had to stop. Nothing that you own is lost. What happened is written in {path or 'no file'}."
    if game is not None:
        try:
            said = game.farewell().sentence(path)
        except Exception:
            log.exception("the texts could not be read")
    print(f"loquat: {said}", file=sys.stderr, flush=True)
    if game is None:
        return
    try:
        game.farewell().show(said)
    except Exception:
        log.exception("the window does not draw any more")
    try:
        game.close(in_order=False)
    except Exception:
        log.exception("the game could not be closed in order")


def report(home: Path, error: BaseException, facts: Mapping[str, str]) -> Path | None:
    """Write a report beside the other logs and return where; None where the disk refuses."""
    lines = [
        time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()),
        f"python: {platform.python_version()} on {platform.platform()}",
        "packages: " + ", ".join(f"{name} {_version(name)}" for name in PACKAGES),
        *(f"{name}: {text}" for name, text in facts.items()),
        "",
        *(line.rstrip("\n") for line in traceback.format_exception(error)),
    ]
    text = SECRET.sub("(hidden)", "\n".join(lines)) + "\n"
    folder = home / "logs"
    path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{os.getpid()}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        for old in sorted(folder.glob("crash-*.log"))[:-MOST_REPORTS]:
            old.unlink()
    except OSError as refusal:
        log.warning("no report could be written: %s", refusal)
        return path if path.exists() else None
    return path


def keep_logs(home: Path) -> None:
    """Write warnings to logs/loquat.log, and what ends the process from outside Python to logs/fault.log.

    A folder that cannot be written is no error.
    """
    folder = home / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _begin_anew(folder / GAME_LOG, MOST_LOG_BYTES)
        fault = folder / FAULT_LOG
        if fault.exists() and fault.stat().st_size:
            fault.replace(folder / f"crash-{time.strftime('%Y%m%d-%H%M%S', time.gmtime(fault.stat().st_mtime))}.log")
        _fault_files.append(fault.open("ab"))
        faulthandler.enable(_fault_files[-1])
    except OSError as refusal:
        log.info("no logs are kept: %s", refusal)
        return
    handler = logging.FileHandler(folder / GAME_LOG, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    root = logging.getLogger()
    for former in [each for each in root.handlers if isinstance(each, logging.FileHandler)]:
        root.removeHandler(former)
        former.close()
    root.addHandler(handler)


def _begin_anew(path: Path, most_bytes: int) -> None:
    if path.exists() and path.stat().st_size > most_bytes:
        path.replace(path.with_suffix(".old"))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "as source"
