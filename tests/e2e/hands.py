"""A person's hands on a real window: keys and mouse through the X server, eyes on what the game recorded."""

import ctypes
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from math import atan2, hypot, pi
from pathlib import Path
from tempfile import TemporaryDirectory

from game.content.load import load_catalogue
from game.core import replay
from game.core.errors import GameError
from game.core.world import EYE_HEIGHT_M, World

ROOT = Path(__file__).resolve().parents[2]
CLIENT_MESSAGE = struct.Struct("@iLiPLLill")
"""X's XClientMessageEvent: type, serial, sent, display, window, kind, bits an item, and its first two items."""
PATIENCE_SECS = 90.0  # a limit for a hanging test, not a measurement


def can_see() -> bool:
    """Whether this machine has an X server to start and a way to press keys on it."""
    return bool(shutil.which("Xvfb") and shutil.which("xdotool"))


def running(home: Path) -> str:
    """Processes that were started for a home folder."""
    listed = subprocess.run(["ps", "-ewwo", "pid,args"], capture_output=True, text=True, check=True).stdout
    return "\n".join(line for line in listed.splitlines() if str(home) in line)


def ask_to_close(display_name: str, window: int) -> None:
    """Ask a window to close, as a window manager does when its close button is pressed."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(display_name.encode()))
    protocols, delete = (x11.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    told = CLIENT_MESSAGE.pack(33, 0, 0, 0, window, protocols, 32, delete, 0)
    event = ctypes.create_string_buffer(told, 192)
    x11.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), event)
    x11.XCloseDisplay(display)


def colours_on(folder: Path) -> int:
    """How many colours there are among some thousand spots of a screen that was opened with this folder."""
    pixels = (folder / "Xvfb_screen0").read_bytes()[-640 * 360 * 4 :]
    return len({pixels[at : at + 3] for at in range(0, len(pixels), 4 * 97)})


class Screen:
    """An X server of its own; `name` is what DISPLAY is to be, `folder` has what it shows."""

    def __init__(self) -> None:
        self._kept = TemporaryDirectory(prefix="screen-")
        self.folder = Path(self._kept.name)
        read_end, write_end = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "640x360x24", "-nolisten", "tcp",
             "-fbdir", self._kept.name],
            pass_fds=[write_end], stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write_end)
        with os.fdopen(read_end) as numbers:
            self.name = f":{numbers.readline().strip()}"

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(10)
        self._kept.cleanup()


class Hands:
    """One game in a window of an X server of its own."""

    def __init__(self, home: Path, *, place: str | None = "street") -> None:
        self.home = home
        self.catalogue = load_catalogue(ROOT)
        self._seen: replay.Playback | None = None
        self._screen = Screen()
        self.display = self._screen.name
        self._env = {**os.environ, "DISPLAY": self._screen.name, "LOQUAT_NODE": "embedded"}
        self._env.pop("WAYLAND_DISPLAY", None)
        self.game = self._start(place)

    def _start(self, place: str | None) -> "subprocess.Popen[bytes]":
        """Start the game: in a place, or without one at its start menu."""
        where = ["--place", place] if place else []
        return subprocess.Popen(
            [sys.executable, "main.py", "play", *where, "--home", str(self.home)],
            cwd=ROOT, env=self._env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def kill_and_start(self, place: str | None) -> None:
        """End the game as a power cut would, and start it again."""
        self.game.kill()
        self.game.communicate()
        (self.home / "sessions" / "last.jsonl").unlink()
        self._seen = None
        self.game = self._start(place)

    def focus(self, here: bool) -> None:
        """Give the game's window the keys, or take them away as another window would."""
        if here:
            self.do("windowfocus", self.do("search", "--name", "^Loquat$").split()[0])
            return
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        display = ctypes.c_void_p(x11.XOpenDisplay(self._env["DISPLAY"].encode()))
        x11.XSetInputFocus(display, ctypes.c_ulong(0), 0, ctypes.c_ulong(0))
        x11.XCloseDisplay(display)

    def do(self, *words: str) -> str:
        """Run one xdotool command on the window's screen."""
        done = subprocess.run(["xdotool", *words], env=self._env, capture_output=True, text=True, check=True)
        return done.stdout

    def world(self) -> World:
        """The world as the recording so far tells it: the same one at each look, played on."""
        if self._seen is None:
            found, path = self.catalogue, self.home / "sessions" / "last.jsonl"
            self._seen = replay.Playback(path, found.places, found.goods, kit=found.kit, templates=found.templates,
                                         orchard_rules=found.orchard)  # fmt: skip
        return self._seen.play_on()

    def until(self, so: Callable[[World], bool], what: str, act: Callable[[], None] = lambda: None) -> World:
        """Do something again and again until the world is so."""
        end, refused = time.monotonic() + PATIENCE_SECS, ""
        while time.monotonic() < end:
            if self.game.poll() is not None:
                raise AssertionError(f"the game ended while waiting for {what}:\n{self._last_words()}")
            try:
                world = self.world()
            except (GameError, FileNotFoundError) as error:
                refused = f" ({error})"
                time.sleep(0.2)  # the recording has not begun
                continue
            refused = ""
            if so(world):
                return world
            act()
            time.sleep(0.1)
        raise AssertionError(f"waited in vain for {what}{refused}")

    def key(self, name: str) -> None:
        """Press and release a key, held long enough for a frame to see it."""
        self.do("keydown", name)
        time.sleep(0.15)
        self.do("keyup", name)

    def turn_towards(self, x_m: float, y_m: float, z_m: float) -> None:
        """Move the mouse until the crosshair is within a degree or so of a point."""

        def off(world: World) -> tuple[float, float]:
            body = world.body
            dx, dy = x_m - body.pos_m[0], y_m - body.pos_m[1]
            yaw = (atan2(-dx, dy) - body.yaw_rad + pi) % (2 * pi) - pi
            return yaw, atan2(z_m - body.pos_m[2] - EYE_HEIGHT_M, hypot(dx, dy)) - body.pitch_rad

        def nudge() -> None:
            yaw, pitch = off(self.world())
            self.do("mousemove_relative", "--", str(_pixels(-yaw)), str(_pixels(-pitch)))

        self.until(lambda world: max(map(abs, off(world))) < 0.03, "the crosshair to come to rest", nudge)

    def press_close_button(self) -> None:
        """Press the window's close button, once there is a window."""
        window = self.do("search", "--sync", "--name", "^Loquat$").split()[0]
        ask_to_close(self._env["DISPLAY"], int(window))

    def close(self) -> str:
        """End the game if it still runs, and return what it printed."""
        if self.game.poll() is None:
            self.game.send_signal(signal.SIGTERM)
        words = self._last_words()
        self._screen.close()
        return words

    def _last_words(self) -> str:
        try:
            out, _ = self.game.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.game.kill()
            out, _ = self.game.communicate()
        return out.decode(errors="replace")


def _pixels(angle_rad: float) -> int:
    """A mouse movement that turns by about half of an angle, and by at least one pixel."""
    wanted = max(-120.0, min(120.0, angle_rad * 80))
    return int(wanted) or (1 if angle_rad > 0.02 else -1 if angle_rad < -0.02 else 0)
