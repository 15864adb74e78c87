"""The kit pieces of the studio, found by scan: the PIECES of each module pieces_<subject>.py.

`python -m assets.studio.pieces [ids...]` writes scenes/kit/<id>.toml anew, so that sizes, surfaces and lamps agree with
the models. The file is the truth that the game reads and may be edited by hand.
"""

import importlib
import json
import sys
from functools import cache
from pathlib import Path

import numpy as np

from assets.studio.bag import GLOW, Mesh
from assets.studio.layout import ROOT, numbers, value
from assets.studio.piece_bag import ART, PICTURE, WORDS, PieceBag
from assets.studio.piece_model import PieceModel

MOST_TRIANGLES = 2000


MODULES = {
    path.stem: importlib.import_module(f"assets.studio.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("pieces_*.py"))
}
PIECES: dict[str, PieceModel] = {name: piece for module in MODULES.values() for name, piece in module.PIECES.items()}
MODULE_OF: dict[str, str] = {name: stem for stem, module in MODULES.items() for name in module.PIECES}


@cache
def modelled(name: str) -> PieceBag:
    """One piece in its own space: the middle of its bottom on the origin.

    Raises ValueError when it has more than MOST_TRIANGLES.
    """
    piece, b = PIECES[name], PieceBag(sum(name.encode()))
    piece.make(b)
    lo, hi = box_of(b)
    b.shift(-np.array([(lo[0] + hi[0]) / 2, (lo[1] + hi[1]) / 2, lo[2]]))
    triangles = sum(len(part.shape.f) for part in b.parts)
    if triangles > MOST_TRIANGLES:
        raise ValueError(f"{name}: {triangles} triangles; a piece has at most {MOST_TRIANGLES}")
    return b


def box_of(b: PieceBag) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest corner of all parts."""
    points = np.concatenate([part.shape.v for part in b.parts])
    return points.min(0), points.max(0)


def nodes_of(name: str) -> dict[str, Mesh]:
    """The meshes of a piece by node, `body` first."""
    return modelled(name).meshes()


def document(name: str) -> str:
    """The piece's TOML."""
    piece, b = PIECES[name], modelled(name)
    lo, hi = box_of(b)
    paints = sorted({slot for slot in b.slots if slot})
    out = [
        f"group = {json.dumps(piece.group)}",
        f"name = {{ en = {json.dumps(piece.en)}, zh = {json.dumps(piece.zh, ensure_ascii=False)} }}",
        f"size_m = {numbers(tuple(hi - lo))}",
        f"rests = {json.dumps(piece.rests)}",
    ]
    if not piece.solid:
        out.append("solid = false")
    if paints:
        out.append(f"paints = {json.dumps(paints)}")
    layers = {part.layer for part in b.parts}
    out += [f"{kind} = true" for kind in (WORDS, PICTURE) if kind in layers]
    for table, at, values in b.notes:
        head = f"[{table}]" if table in ("lamp", "mirror") else f"[[{table}]]"
        out += ["", head, f"at_m = {numbers(tuple(at))}", *(f"{key} = {_value(v)}" for key, v in values.items())]
    return "\n".join(out) + "\n"


def _value(v: object) -> str:
    return json.dumps(v) if isinstance(v, bool) else value(v)


def uncharted(node: str) -> bool:
    """Whether a node takes no occlusion: it glows, or its texture coordinates are those of a picture."""
    return node in (WORDS, PICTURE, ART, GLOW)


def main() -> None:
    """Write the files of the pieces that the command line names, or of all."""
    folder = ROOT / "scenes" / "kit"
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or PIECES:
        (folder / f"{name}.toml").write_text(document(name), encoding="utf-8")
        meshes = nodes_of(name)
        counts = ", ".join(f"{node} {len(mesh.f)}" for node, mesh in meshes.items())
        print(f"{name}: {sum(len(m.f) for m in meshes.values())} triangles ({counts})")


if __name__ == "__main__":
    main()
