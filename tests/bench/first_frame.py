"""Cold process start to the first frame of the street, beside Ursina with one cube."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.harness import Figure, Result

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5

CUBE = """
from panda3d.core import load_prc_file_data
for line in ("load-display p3headlessgl", "audio-library-name null", "gl-finish 1", "sync-video 0"):
    load_prc_file_data("", line)
from ursina import Entity, Ursina, color
app = Ursina(window_type="offscreen", size=(1280, 720), development_mode=False)
Entity(model="cube", color=color.orange)
app.step()
"""

STREET = """
import sys
from pathlib import Path
import main
from game.arguments import parse
app = main.compose(parse(["--offscreen"]), Path(sys.argv[1]))
app.market.start = lambda: None  # what follows the first frame is not measured here
app.frame()
"""


def _secs(code: str, *words: str) -> float:
    """Seconds from starting a process until it has drawn one frame and ended."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begun


def first_frame() -> Result:
    """Median of several starts each, taken in turn; the first start of each, which fills caches, is left out."""
    with tempfile.TemporaryDirectory() as home:
        pairs = [(_secs(STREET, home), _secs(CUBE)) for _ in range(ROUNDS + 1)][1:]
    ours, cube = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return Result(
        name="first_frame",
        value=ours,
        unit="s",
        baseline=Figure(name="ursina_one_cube", value=cube),
        ratio=ours / cube,
        target="<= 1.3 x",
        met=ours / cube <= 1.3,
    )


BENCHMARKS = {"first_frame": first_frame}
