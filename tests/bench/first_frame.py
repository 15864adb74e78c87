"""Cold process start to the first frame of the street, beside Ursina with one cube.

Both draw 1280 x 720 offscreen with one sample a pixel (the game on Low, which it settles on where pixels are drawn in
software), wait for the driver (`gl-finish`), and say so when the frame is done; a process's ending is not counted. Both
find their bytecode compiled, as installed programs do.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.harness import Figure, Result

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 9
DRAWN = b"the first frame is drawn\n"

SAME_FOR_BOTH = """
import os
import sys
from panda3d.core import load_prc_file_data
for line in ("load-display p3headlessgl", "audio-library-name null", "gl-finish 1", "sync-video 0"):
    load_prc_file_data("", line)
"""
CUBE = """
from ursina import Entity, Ursina, color
app = Ursina(window_type="offscreen", size=(1280, 720), development_mode=False)
Entity(model="cube", color=color.orange)
app.step()
"""
STREET = f"""
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
import main
from game.arguments import parse
home = Path(__file__).parent / "home"
(home / "cache").mkdir(parents=True, exist_ok=True)
(home / "cache" / "quality").write_text("low")
app = main.compose(parse(["--offscreen"]), home)
assert app.stage.size == (1280, 720) and app.stage.msaa == 0
app.market.start = lambda: None  # what follows the first frame is not measured here
app.stage.draw = lambda draw=app.stage.draw: (draw(), say())
app.frame()
"""
SAY = f"""
def say():
    os.write(1, {DRAWN!r})
"""


def _secs(script: Path, caches: Path) -> float:
    """Seconds from starting a process until it has drawn one frame."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(caches)
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, script.name], cwd=script.parent, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        for line in child.stdout:
            if line == DRAWN:
                took = time.perf_counter() - begun
                child.stdout.read()
                return took
    raise RuntimeError(f"{script.name} ended with {child.returncode} before it drew a frame")


def _script(folder: Path, name: str, code: str) -> Path:
    """A script in a folder of its own: Ursina searches a script's folder for its models."""
    path = folder / name / f"{name}.py"
    path.parent.mkdir()
    path.write_text(SAME_FOR_BOTH + SAY + code, encoding="utf-8")
    return path


def first_frame() -> Result:
    """Median of several starts each, taken in turn; the first start of each, which fills caches, is left out."""
    with tempfile.TemporaryDirectory() as folder:
        caches = Path(folder) / "bytecode"
        street, cube = _script(Path(folder), "street", STREET), _script(Path(folder), "cube", CUBE + "say()\n")
        pairs = [(_secs(street, caches), _secs(cube, caches)) for _ in range(ROUNDS + 1)][1:]
    ours, theirs = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return Result(
        name="first_frame",
        value=ours,
        unit="s",
        baseline=Figure(name="ursina_one_cube", value=theirs),
        ratio=ours / theirs,
        target="<= 1.2 x",
        met=ours / theirs <= 1.2,
        note=f"both 1280 x 720, 1 sample a pixel; medians of {ROUNDS} starts in turn, "
        f"{min(p[0] for p in pairs):.3f}..{max(p[0] for p in pairs):.3f} beside "
        f"{min(p[1] for p in pairs):.3f}..{max(p[1] for p in pairs):.3f}",
    )


BENCHMARKS = {"first_frame": first_frame}
