"""All models of goods, cold beside cached: made ready to be drawn in all forms, or read as an earlier start left them.

Cold is what the first start on a machine does: read each GLB, make its coarser forms and its contact shadow, keep them.
Beside both, how long panda3d-gltf takes to read the same files, whose models have one form. Processor time.
"""

import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.harness import Figure, Result

GOODS = Path(__file__).resolve().parents[2] / "assets" / "models" / "goods"
ROUNDS = 5
TIMES_FASTER = 50.0


def assets() -> Result:
    """Milliseconds for all models that are kept; the median of several rounds."""
    import gltf

    from game.client.forms import KeptForms
    from game.client.models import load_mesh

    files = sorted(GOODS.glob("*.glb"))
    with tempfile.TemporaryDirectory() as cache:
        kept = KeptForms(Path(cache))

        def make(path: Path) -> None:
            for _ in kept.make(path, load_mesh(path)):
                pass

        def read(path: Path) -> None:
            if kept.kept(path) is None:
                raise RuntimeError(f"{path} was not kept")

        cold = _ms(make, files)
        read(files[0])
        cached = median(_ms(read, files) for _ in range(ROUNDS))
    lean = median(_ms(load_mesh, files) for _ in range(ROUNDS))
    gltf.load_model(str(files[0]))
    theirs = median(_ms(lambda path: gltf.load_model(str(path)), files) for _ in range(ROUNDS))
    megabytes = sum(path.stat().st_size for path in files) / 2**20
    return Result(
        name="assets", value=cached, unit="ms", baseline=Figure(name="cold", value=cold),
        limit=Figure(name="panda3d-gltf", value=theirs), ratio=cold / cached,
        target=f">= {TIMES_FASTER:.0f} x faster than cold", met=cold >= TIMES_FASTER * cached,
        note=f"{len(files)} files, {megabytes:.1f} MiB; their whole form alone, from the files, takes {lean:.0f} ms, "
        f"{theirs / lean:.1f} x faster than panda3d-gltf",
    )  # fmt: skip


def _ms(read, files) -> float:
    begun = time.process_time()
    for path in files:
        read(path)
    return (time.process_time() - begun) * 1000


BENCHMARKS = {"assets": assets}
