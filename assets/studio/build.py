"""Build what is seen: `python -m assets.studio.build [names...] [--quick] [--check]`; needs Blender as the bpy wheel.

Names are places (boutique, street), goods, kit pieces, `goods` or `kit` for all of ours, `person`; none means
everything. `--check` needs no Blender: it proves that the committed files are those that their sources make.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from assets.studio import stamps, sway
from assets.studio.bag import GLOW, LEAF, Bag, Mesh
from assets.studio.catalogue import GOODS, MODULE_OF, model
from assets.studio.charts import pack_charts
from assets.studio.fixtures import FIXTURES
from assets.studio.glb import Node, glb_array, write_glb
from assets.studio.glb_compact import compact, floats
from assets.studio.ground_model import GroundModel
from assets.studio.light_files import place_document, vertex_uv, write_light, write_place_document
from assets.studio.lighting import Effort
from assets.studio.piece_bag import ART
from assets.studio.pieces import MODULE_OF as PIECE_MODULE_OF
from assets.studio.pieces import PIECES, nodes_of, uncharted
from assets.studio.place_model import PlaceModel
from assets.studio.places import PLACES
from assets.studio.room_bag import RoomBag, parted, unpainted

MODELS = Path(__file__).resolve().parents[1] / "models"
QUICK, FINE = Effort(atlas=6, vertex=12, probe=64), Effort(atlas=72, vertex=96, probe=256)


def share_of(effort: Effort, share: float) -> Effort:
    """An effort with a share of its samples, at least one each."""
    return Effort(*(max(1, round(n * share)) for n in (effort.atlas, effort.vertex, effort.probe)))


def build_place(name: str, effort: Effort | None) -> None:
    """Model one place, bake its light and write its folder; without an effort its committed light is kept."""
    place, folder, module = PLACES[name], MODELS / "places" / name, f"place_{name}"
    sources = stamps.source_hash(stamps.sources_of(module))
    bag = place.build()
    atlas = pack_charts(bag.of("shell"), place.atlas_side)
    props, apart = props_mesh(bag, place)
    lit = np.cumsum([0, *(len(m.v) for m in apart.values())])
    print(f"{name}: {atlas.charts} charts at {atlas.texels_per_m:.0f} texels a metre", flush=True)
    glow = bag.mesh("glow")
    names = bag.names if isinstance(bag, RoomBag) else []
    whole = unpainted(merged([props, *apart.values()]))
    uv = vertex_uv(len(whole.v))
    props.uv = uv[: len(props.v)]
    nodes = [Node(node, mesh) for node, mesh in parted(props, names, "props").items()]
    for (node, mesh), start in zip(apart.items(), lit, strict=False):
        mesh.uv = uv[len(props.v) + start : len(props.v) + start + len(mesh.v)]
        hinge = place.leaves[node]["hinge_m"] if node in place.leaves else (0.0, 0.0, 0.0)
        nodes.append(Node(node, unpainted(mesh), tuple(hinge)))
    triangles = len(atlas.mesh.f) + len(whole.f) + len(glow.f)
    counts = f"shell {len(atlas.mesh.f)}, props {len(whole.f)}, glow {len(glow.f)}"
    print(f"  triangles: {counts}, all {triangles}", flush=True)
    if triangles > place.most_triangles:
        raise SystemExit(f"{name}: {triangles} triangles; its limit is {place.most_triangles}")
    shell = [Node(node, mesh) for node, mesh in parted(atlas.mesh, names, "shell").items()]
    atlas.mesh = unpainted(atlas.mesh)
    if effort is None:
        for file, node in (*(("shell.glb", node) for node in shell), *(("props.glb", node) for node in nodes)):
            if not same_geometry(folder / file, node):
                raise SystemExit(f"{name}: {file} has changed its shape, its light no longer fits; build with light")
    else:
        from assets.studio.bake import bake_place

        baked = bake_place(atlas, whole, bag.lights, place.sun, place.probes, effort, sky_dome=place.sky_dome)
        write_light(folder, baked, place.probes)
    for file, parts, unused in (
        ("shell.glb", shell, ()),
        ("props.glb", nodes, ()),
        ("glow.glb", [Node("glow", unpainted(glow))], ("NORMAL", "TEXCOORD_0")),
    ):
        write_glb(folder / file, parts)
        compact(folder / file, drop=unused)
    document = place_document(
        sun=place.sun, room_lo=place.room_lo, room_hi=place.room_hi, eye=place.eye, leaves=place.leaves,
        moods=place.moods, far_m=place.far_m,
    )  # fmt: skip
    if isinstance(place, GroundModel):
        document["ground"] = place.ground
    write_place_document(folder, document)
    stamps.write(f"places/{name}", MODELS, module, sources)


def same_geometry(path: Path, node: Node) -> bool:
    """Whether a committed file holds this node with the same points, normals, colours, light places and triangles.

    A file from before compaction counts as the same as one from after it.
    """
    if not path.exists():
        return False
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "now.glb"
        write_glb(new, [node])
        for attribute, within in (("POSITION", 0.0), ("NORMAL", 0.0), ("COLOR_0", 0.003), ("TEXCOORD_0", 1e-5)):
            now, then = (floats(f, node.name, attribute) for f in (new, path))
            if now.shape != then.shape or not np.allclose(now, then, rtol=0, atol=within):
                return False
        return np.array_equal(*(glb_array(f, node.name, "indices") for f in (new, path)))


def props_mesh(bag: Bag, place: PlaceModel) -> tuple[Mesh, dict[str, Mesh]]:
    """The vertex-lit things of a place and, apart, each of its swinging leaves and what the wind moves.

    The parts of a leaf lie in the layer of its name; a place with a single leaf may put them into LEAF.
    """
    apart = {name: bag.mesh(name if bag.of(name) else LEAF) for name in place.leaves}
    return bag.mesh("props"), apart | {name: bag.mesh(name) for name in sway.NODES if bag.of(name)}


def merged(meshes: list[Mesh]) -> Mesh:
    """Several meshes as one, in their order."""
    starts = np.cumsum([0, *(len(m.v) for m in meshes)])
    v, n, rgba, uv = (np.concatenate([getattr(m, k) for m in meshes]) for k in ("v", "n", "rgba", "uv"))
    return Mesh(v, n, rgba, np.concatenate([m.f + o for m, o in zip(meshes, starts, strict=False)]), uv)


def build_goods(names: list[str]) -> None:
    """Model goods and bake each one's own occlusion into u."""
    from assets.studio.bake import bake_occlusion

    for name in names:
        sources = stamps.source_hash(stamps.sources_of(MODULE_OF[name]))
        mesh = model(name)
        mesh.uv = np.c_[bake_occlusion(mesh), np.zeros(len(mesh.v))]
        write_glb(MODELS / "goods" / f"{name}.glb", [Node(name, mesh)])
        size = mesh.v.max(0) - mesh.v.min(0)
        print(f"{name}: {len(mesh.f)} triangles, {' x '.join(f'{q:.3f}' for q in size)} m", flush=True)
        stamps.write(f"goods/{name}", MODELS, MODULE_OF[name], sources)


def build_pieces(names: list[str]) -> None:
    """Model kit pieces and bake each one's own occlusion into u."""
    from assets.studio.bake import bake_occlusion

    for name in names:
        module = PIECE_MODULE_OF[name]
        sources = stamps.source_hash(stamps.sources_of(module))
        meshes = nodes_of(name)
        dark = {node: mesh for node, mesh in meshes.items() if not uncharted(node)}
        if dark:
            found, start = bake_occlusion(merged(list(dark.values()))), 0
            for mesh in dark.values():
                mesh.uv = np.c_[found[start : start + len(mesh.v)], np.zeros(len(mesh.v))]
                start += len(mesh.v)
        for node in {GLOW, ART} & set(meshes):
            meshes[node].uv[:, 0] = 1.0
        path = MODELS / "kit" / f"{name}.glb"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_glb(path, [Node(node, mesh) for node, mesh in meshes.items()])
        compact(path)
        print(f"{name}: {sum(len(m.f) for m in meshes.values())} triangles, {path.stat().st_size} bytes", flush=True)
        stamps.write(f"kit/{name}", MODELS, module, sources)


def build_fixtures(names: list[str]) -> None:
    """Model fixtures, each leaf that swings a node of its own, and bake their own occlusion into u."""
    from assets.studio.bake import bake_occlusion

    for name in names:
        module = FIXTURES[name]
        sources = stamps.source_hash(stamps.sources_of(f"fixture_{name}"))
        bag: Bag = module.build()
        fixed = [layer for layer in ("shell", "props", *sway.NODES) if bag.of(layer)]
        meshes = {name: merged([bag.mesh(layer) for layer in fixed])}
        meshes |= {leaf: bag.mesh(leaf) for leaf in module.HINGES}
        found, start = bake_occlusion(merged(list(meshes.values()))), 0
        for mesh in meshes.values():
            mesh.uv = np.c_[found[start : start + len(mesh.v)], np.zeros(len(mesh.v))]
            start += len(mesh.v)
        path = MODELS / "fixtures" / f"{name}.glb"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_glb(path, [Node(node, mesh, module.HINGES.get(node, (0.0, 0.0, 0.0))) for node, mesh in meshes.items()])
        compact(path)
        print(f"{name}: {sum(len(m.f) for m in meshes.values())} triangles, {path.stat().st_size} bytes", flush=True)
        stamps.write(f"fixtures/{name}", MODELS, f"fixture_{name}", sources)


def build_person() -> None:
    """Call the builder of the person and the wearables, where there is one."""
    if importlib.util.find_spec("assets.studio.person.build") is None:
        print("person: no builder here", flush=True)
        return
    subprocess.run([sys.executable, "-m", "assets.studio.person.build"], check=True)


def main() -> int:
    """Parse arguments and build; the exit status says whether all went well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="places, goods, kit pieces, 'goods', 'kit', 'person'; none: all")
    parser.add_argument("--quick", action="store_true", help="few samples: to look at a layout, not to commit")
    parser.add_argument("--share", type=float, default=1.0, help="of a full bake's samples; 0.3 is hardly noisier")
    parser.add_argument("--keep-light", action="store_true", help="after changing only moods or what glows: no bake")
    parser.add_argument("--check", action="store_true", help="compare the committed models with their sources")
    args = parser.parse_intermixed_args()
    if args.check:
        problems = stamps.problems(MODELS) + stamps.person_problems(MODELS)
        print("\n".join(problems) or "models and their sources agree")
        return 1 if problems else 0
    wanted = args.names or ["goods", "kit", "fixtures", *PLACES, "person"]
    known = [*PLACES, "goods", "kit", "fixtures", "person", *GOODS, *PIECES, *FIXTURES]
    unknown = [n for n in wanted if n not in known]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}")
    os.nice(5)
    started = time.monotonic()
    ours = list(GOODS) if "goods" in wanted else [n for n in wanted if n in GOODS]
    if ours:
        build_goods(ours)
    pieces = list(PIECES) if "kit" in wanted else [n for n in wanted if n in PIECES]
    if pieces:
        build_pieces(pieces)
    fixtures = list(FIXTURES) if "fixtures" in wanted else [n for n in wanted if n in FIXTURES]
    if fixtures:
        build_fixtures(fixtures)
    for name in (n for n in wanted if n in PLACES):
        build_place(name, None if args.keep_light else QUICK if args.quick else share_of(FINE, args.share))
    if "person" in wanted:
        build_person()
    print(f"built in {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
