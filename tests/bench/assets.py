"""Reading every model of places and goods: the game's lean reader beside panda3d-gltf, on the same files."""

import time
from pathlib import Path
from statistics import median

from tests.bench.harness import Figure, Result

MODELS = Path(__file__).resolve().parents[2] / "assets" / "models"
ROUNDS = 5


def assets() -> Result:
    """Milliseconds for all models, files already in the system's cache; each reader's median of several rounds."""
    import gltf

    from game.client.models import load_mesh

    files = sorted([*(MODELS / "goods").glob("*.glb"), *(MODELS / "places").glob("*/*.glb")])
    ours, theirs = [], []
    for _ in range(ROUNDS + 1):  # the first one warms both up
        ours.append(_ms(load_mesh, files))
        theirs.append(_ms(gltf.load_model, [str(path) for path in files]))
    value, baseline = median(ours[1:]), median(theirs[1:])
    megabytes = sum(path.stat().st_size for path in files) / 2**20
    return Result(
        name="assets", value=value, unit="ms", baseline=Figure(name="panda3d-gltf", value=baseline),
        ratio=value / baseline, target="<= 0.5 x", met=value <= 0.5 * baseline,
        note=f"{len(files)} files, {megabytes:.1f} MiB",
    )  # fmt: skip


def _ms(read, files) -> float:
    begun = time.perf_counter()
    for path in files:
        read(path)
    return (time.perf_counter() - begun) * 1000


BENCHMARKS = {"assets": assets}
