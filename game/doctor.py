"""Says what is missing on this machine, and the one line that mends it."""

import os
import platform
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import msgspec
from msgspec import Struct

NEEDED = ("ursina", "panda3d", "gltf", "msgspec", "numpy", "platformdirs", "web3", "eth_tester", "coincurve")

# Panda3D's display that needs no window: EGL's, which it has on Linux alone; elsewhere its usual one hides its window
OFFSCREEN_DISPLAY = "p3headlessgl" if sys.platform.startswith("linux") else "pandagl"
SHADING_NEEDED = (1, 30)  # what the game's shaders are written in: see client/shaders.py


class Finding(Struct, frozen=True, kw_only=True):
    """One thing looked at; `mend` is a command or a step, empty where all is well."""

    what: str
    ok: bool
    found: str
    mend: str = ""
    needed: bool = True  # False: Loquat plays without it


def has_display() -> bool:
    """Whether a window can be opened here: always on Windows and macOS, elsewhere with an X display.

    Panda3D knows no Wayland; a desktop of Wayland gives it an X display by XWayland.
    """
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY"))


def examine(home: Path, root: Path) -> list[Finding]:
    """Look at Python, packages, graphics, display, sound, node and the home folder."""
    version = platform.python_version()
    right = (3, 11) <= sys.version_info[:2] <= (3, 13)
    findings = [
        Finding(what="Python 3.11 to 3.13", ok=right, found=version, mend="" if right else "uv python install 3.12")
    ]
    missing = [name for name in NEEDED if find_spec(name) is None]
    findings.append(
        Finding(
            what="Python packages",
            ok=not missing,
            found="all there" if not missing else "missing: " + ", ".join(missing),
            mend="" if not missing else "python3 -m pip install -e .",
        )
    )
    findings += [_graphics(), _display(), _sound(), _anvil(root), _home(home)]
    return findings


def _graphics() -> Finding:
    """Try an offscreen picture in a process of its own: a broken driver may end it without a word."""
    probe = (
        "from panda3d.core import load_prc_file_data as c\n"
        f"c('','load-display {OFFSCREEN_DISPLAY}'); c('','window-type offscreen'); c('','audio-library-name null')\n"
        "from direct.showbase.ShowBase import ShowBase\n"
        "b=ShowBase(); g=b.win.get_gsg()\n"
        "print(g.driver_shader_version_major, g.driver_shader_version_minor, g.driver_renderer,"
        " 'OpenGL', g.driver_version)\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=False)
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith(":")]
    if done.returncode or not lines:
        mend = "install your graphics card's own driver"
        if sys.platform.startswith("linux"):
            mend = "apt-get install -y libegl1 libegl-mesa0 libgl1-mesa-dri  (or your graphics driver)"
        return Finding(what="Graphics", ok=False, found="no OpenGL context", mend=mend)
    return judge_graphics(lines[-1])


def judge_graphics(told: str) -> Finding:
    """Whether a driver can draw the game, from its line "major minor name": of the shading language, then the rest."""
    major, minor, name = told.split(" ", 2)
    has, needs = (int(major), int(minor)), SHADING_NEEDED
    found = f"{name}, shading language {has[0]}.{has[1]:02d}"
    if has >= needs:
        return Finding(what="Graphics", ok=True, found=found)
    mend = f"install your card's own driver: shading language {needs[0]}.{needs[1]} (OpenGL 3.0) or later is needed"
    return Finding(what="Graphics", ok=False, found=found, mend=mend)


def _display() -> Finding:
    ok = has_display()
    return Finding(
        what="Display",
        ok=ok,
        found="yes" if ok else "none: the tour is played offscreen instead",
        mend="" if ok else "start Loquat from a desktop (a Wayland one needs XWayland), or: "
        "apt-get install -y xvfb && xvfb-run -a python3 main.py",
        needed=False,
    )


def _sound() -> Finding:
    if sys.platform != "linux":
        return Finding(what="Sound", ok=True, found="by the system", needed=False)
    ok = Path("/dev/snd").exists() or bool(os.environ.get("PULSE_SERVER") or os.environ.get("XDG_RUNTIME_DIR"))
    return Finding(
        what="Sound", ok=ok, found="yes" if ok else "no device: captions tell instead", needed=False,
        mend="" if ok else "nothing to do: Loquat plays silently",
    )  # fmt: skip


def _anvil(root: Path) -> Finding:
    path = shutil.which("anvil") or shutil.which("anvil", path=str(root / "node_modules" / ".bin"))
    return Finding(
        what="anvil (faster dev node)", ok=bool(path), found="yes" if path else "no: the embedded node serves",
        mend="" if path else "npm install --no-package-lock @foundry-rs/anvil", needed=False,
    )  # fmt: skip


def _home(home: Path) -> Finding:
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".doctor"
        probe.write_text("ok")
        probe.unlink()
    except OSError as refusal:
        return Finding(what="Home folder", ok=False, found=str(refusal), mend="choose another one with --home DIR")
    free_mb = shutil.disk_usage(home).free // 2**20
    ok = free_mb > 200
    return Finding(
        what="Home folder", ok=ok, found=f"{home} ({free_mb} MB free)", mend="" if ok else "free 200 MB of disk"
    )


def format_findings(findings: list[Finding]) -> str:
    """The findings as lines for a terminal."""
    lines = []
    for finding in findings:
        mark = "ok  " if finding.ok else ("MISS" if finding.needed else "note")
        lines.append(f"{mark}  {finding.what}: {finding.found}")
        if finding.mend:
            lines.append(f"      mend: {finding.mend}")
    return "\n".join(lines)


def report(home: Path, root: Path, *, as_json: bool) -> int:
    """Print the findings; exit code 1 when something needed is missing."""
    findings = examine(home, root)
    print(msgspec.json.encode(findings).decode() if as_json else format_findings(findings))
    return 0 if all(finding.ok or not finding.needed for finding in findings) else 1
