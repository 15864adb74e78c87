"""Builds the person, its hair and everything worn as GLB: python -m assets.studio.person.build [names ...].

Names are goods (straw_sun_hat ...), `person`, `hair_bob` ... and `plain_tee` ...; none builds all. Needs Blender's bpy.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from . import body, face, motion
from .bags import BAGS
from .bottoms import BOTTOMS, PLAIN_TROUSERS
from .decimate import decimated
from .edits import CUT_PLANES, REGIONS, edit_fields, joint_moves, region, tint
from .glasses import GLASSES
from .glb import Scene
from .goods import Wearable
from .hair import BEARD_BOX, BEARDS, BOX, HAIRS, HAT_LINE, Hair
from .hats import HATS
from .parts import Arrays, Part, merged, part_arrays
from .scarves import SCARVES
from .shapes import Array, Shape, gradient, mirrored, smoothstep, unit, vec
from .shoes import PLAIN_SHOES, SHOES
from .surface import occlusion, onto_surface, surface_net
from .tops import PLAIN_TEE, TOPS
from .weights import rigid_weights, skin_weights

GOODS: dict[str, Wearable] = {**HATS, **GLASSES, **SCARVES, **BAGS, **SHOES, **TOPS, **BOTTOMS}
PLAIN: dict[str, Wearable] = {"plain_tee": PLAIN_TEE, "plain_trousers": PLAIN_TROUSERS, "plain_shoes": PLAIN_SHOES}
LEAST_AO = 0.30  # points buried in another part would else darken what is next to them
RIGID_EDITS = {"head": ("face_width", "head_size"), "chest": ("belly", "hips", "shoulders", "chest")}  # of stiff goods
LEAST_M = 4e-4  # smaller displacements are not worth a morph
MODELS = Path(__file__).resolve().parents[2] / "models"


def build(names: Iterable[str] = (), out: Path = MODELS) -> list[Path]:
    """Builds the named models (all when none is named) below `out` and returns what was written.

    Raises KeyError for an unknown name and ValueError when a model breaks its budget of triangles.
    """
    makers = _makers(out)
    unknown = [n for n in names if n not in makers]
    if unknown:
        raise KeyError(f"unknown models {', '.join(unknown)}; known are {', '.join(makers)}")
    wanted = list(names) or list(makers)
    written = [path for name in wanted for path in makers[name]()]
    if len(wanted) == len(makers):
        written.append(_stamp(out))
    return written


def _makers(out: Path) -> dict[str, Callable[[], list[Path]]]:
    def person() -> list[Path]:
        return [_person(out / "avatar" / "person.glb")]

    makers: dict[str, Callable[[], list[Path]]] = {"person": person}
    for name, hair in HAIRS.items():
        makers[f"hair_{name}"] = lambda name=name, hair=hair: [_hair(hair, out / "avatar" / f"hair_{name}.glb")]
    for name, beard in BEARDS.items():
        makers[f"beard_{name}"] = lambda name=name, beard=beard: [_beard(beard, out / "avatar" / f"beard_{name}.glb")]
    for name, thing in PLAIN.items():
        makers[name] = lambda name=name, thing=thing: [
            _worn(name, thing, worn_arrays(thing), out / "avatar" / f"{name}.glb")
        ]
    for name, thing in GOODS.items():
        makers[name] = lambda name=name, thing=thing: _good(name, thing, out)
    return makers


# ---- the person --------------------------------------------------------------------------------------------------
def _rig() -> Scene:
    joints = {n: (parent, body.proportions(at[None])[0]) for n, (parent, at) in body.JOINTS.items()}
    return Scene(joints=joints)


def _person_rig() -> Scene:
    """The rig that also knows how edits move its joints."""
    joints = _rig().joints
    return Scene(joints=joints, joint_moves=joint_moves())


def _add_mesh(scene: Scene, name: str, a: Arrays, weights: Array | None, moves: dict[str, Array]) -> None:
    """Adds a mesh in the person's proportions, with the edits that move it."""
    placed = body.proportions(a.points)
    morphs = {k: body.proportions(a.points + d) - placed for k, d in moves.items()}
    morphs = {k: d for k, d in morphs.items() if np.abs(d).max() > LEAST_M}
    moved = Arrays(placed, a.faces, a.normals, a.rgb, a.gloss, a.ao)
    scene.add_mesh(name, moved, weights=weights, morphs=morphs)


def _edits_with_eyes(a: Arrays) -> dict[str, Array]:
    out = edit_fields(a.points)
    for side in (1, -1):
        rows = a.eye == side
        if rows.any():
            for k, d in edit_fields(a.points[rows], side).items():
                out[k][rows] = d
    return out


def _person(path: Path) -> Path:
    scene = _person_rig()
    v, q = surface_net(body.body, (-0.62, -0.20, -0.02), (0.62, 0.17, 1.63), 0.005)
    v, f = decimated(onto_surface(body.body, v), q, 7600, CUT_PLANES)
    v = onto_surface(body.body, v, 2)
    n = unit(gradient(body.body, v, 1.2e-3))
    k = len(v)
    whole = Arrays(
        v, f, n, tint(v), np.full(k, 0.08), occlusion(body.body, v, n, 0.09, 0.75), np.zeros(k, int), np.zeros(k, "U24")
    )
    where = region(v[f].mean(1))
    for part in REGIONS:
        a = whole.rows(where == part)
        _add_mesh(scene, f"body_{part}", a, skin_weights(a.points), edit_fields(a.points))
    faces = {
        "eyes": face.eye_parts(), "iris": face.iris_parts(), "mouth": face.mouth_parts(), "brows": face.brow_parts(),
    }  # fmt: skip
    for name, parts in faces.items():
        a = merged([part_arrays(p) for p in parts])
        _add_mesh(scene, name, a, rigid_weights(len(a.points), "head"), _edits_with_eyes(a))
    lines = merged([part_arrays(p) for p in face.age_parts()])
    moves = edit_fields(lines.points)
    moves["age"] = moves["age"] + face_normals(lines.points) * (face.LINES_SUNK_M + 0.0006)
    _add_mesh(scene, "lines", lines, rigid_weights(len(lines.points), "head"), moves)
    for name in motion.CLIPS:
        scene.add_clip(name, motion.clip(name))
    scene.write(path)
    return path


def face_normals(points: Array) -> Array:
    """Directions out of the face at points near it."""
    return unit(gradient(lambda p: body.head(mirrored(p)), points))


def _hair(hair: Hair, path: Path) -> Path:
    scene = _rig()
    whole = _grown(hair.cut, hair.triangles) if hair.cut else None
    if whole is not None:
        top = whole.points[whole.faces].mean(1)[:, 2] > HAT_LINE
        _add_hair(scene, "hair", whole.rows(~top))
        tops = [whole.rows(top)]
    else:
        tops = []
    if hair.free:
        tops.append(_grown(hair.free, hair.triangles if not hair.cut else 900))
    _add_hair(scene, "hair_top", merged(tops))
    if hair.under:
        _add_hair(scene, "hair_under", _grown(hair.under, 1400 if not hair.cut else 900))
    scene.write(path)
    return path


def _grown(shape: Shape, triangles: int) -> Arrays:
    a = part_arrays(
        Part(colour="#ffffff", shape=shape, box=BOX, triangles=triangles, gloss=0.12,
             cuts=((vec(0, 0, HAT_LINE), vec(0, 0, 1)),))
    )  # fmt: skip
    a.ao = occlusion(lambda p: np.minimum(body.body(p), shape(p)), a.points, a.normals)
    return a


def _add_hair(scene: Scene, name: str, a: Arrays) -> None:
    """Hair goes with the head, and where it is long with the back."""
    down = smoothstep(1.30, 1.14, a.points[:, 2:])
    weights = rigid_weights(len(a.points), "head") * (1 - down) + rigid_weights(len(a.points), "chest") * down
    _add_mesh(scene, name, a, weights, edit_fields(a.points))


def _beard(beard: tuple[Shape, int], path: Path) -> Path:
    shape, triangles = beard
    a = part_arrays(Part(colour="#ffffff", shape=shape, box=BEARD_BOX, step=0.004, triangles=triangles, gloss=0.08))
    a.ao = np.maximum(occlusion(lambda p: np.minimum(body.body(p), shape(p)), a.points, a.normals), LEAST_AO)
    scene = _rig()
    _add_mesh(scene, "beard", a, rigid_weights(len(a.points), "head"), edit_fields(a.points))
    scene.write(path)
    return path


# ---- what is worn ------------------------------------------------------------------------------------------------
def _shape(parts: Iterable[Part]) -> Shape:
    shapes = [p.shape for p in parts if p.shape]
    return lambda p: np.minimum.reduce([s(p) for s in shapes])


def worn_arrays(thing: Wearable) -> Arrays:
    """The worn form before the person's proportions, without occlusion."""
    return merged([part_arrays(p) for p in thing.parts])


def _worn(name: str, thing: Wearable, a: Arrays, path: Path) -> Path:
    own = _shape(thing.parts)
    a.ao = np.maximum(occlusion(lambda p: np.minimum(body.body(p), own(p)), a.points, a.normals), LEAST_AO)
    if thing.joint:
        scene, follows = Scene(), RIGID_EDITS.get(thing.joint, ())
        moves = {k: d for k, d in edit_fields(a.points).items() if k in follows}
        _add_mesh(scene, name, a, None, moves)
    else:
        scene = _rig()
        weights = skin_weights(a.points, skirt=thing.skirt, sleeveless=thing.sleeveless)
        for joint in np.unique(a.joint[a.joint != ""]):
            rows = a.joint == joint
            weights[rows] = rigid_weights(int(rows.sum()), str(joint))
        _add_mesh(scene, name, a, weights, edit_fields(a.points))
    scene.write(path)
    return path


def _good(name: str, thing: Wearable, out: Path) -> list[Path]:
    a = worn_arrays(thing)
    worn = _worn(name, thing, a, out / "worn" / f"{name}.glb")
    return [worn, _shelf(name, thing, a, out / "goods" / f"{name}.glb")]


def _shelf(name: str, thing: Wearable, worn: Arrays, path: Path) -> Path:
    """The good as it stands: on the floor, origin bottom-centre, occluded by itself and a little by the ground."""
    parts = thing.shelf or thing.parts
    a = merged([part_arrays(p) for p in thing.shelf]) if thing.shelf else worn
    a.ao = np.maximum(occlusion(_shape(parts), a.points, a.normals), LEAST_AO)
    p, n = thing.lay(a.points, a.normals) if thing.lay else (a.points, a.normals)
    pieces = [Arrays(p, a.faces, n, a.rgb, a.gloss, a.ao, a.eye, a.joint)]
    if thing.extras:
        more = merged([part_arrays(part) for part in thing.extras])
        more.ao = occlusion(_shape(thing.extras), more.points, more.normals)
        pieces.append(more)
    whole = merged(pieces)
    low, high = whole.points.min(0), whole.points.max(0)
    whole.points = whole.points - vec((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2])
    near_ground = np.clip(whole.points[:, 2] / 0.05, 0, 1)
    whole.ao = whole.ao * (0.72 + 0.28 * near_ground) if not thing.extras else whole.ao
    if len(whole.faces) > 2500:
        raise ValueError(f"{name}: its shelf form has {len(whole.faces)} triangles, more than 2500")
    scene = Scene()
    scene.add_mesh(name, whole)
    scene.write(path)
    size = whole.points.max(0) - whole.points.min(0)
    size_m = [round(float(x), 3) for x in size]
    print(f"{name}: worn {len(worn.faces)}, shelf {len(whole.faces)} triangles, size_m = {size_m}")
    return path


def sources_sha256() -> dict[str, str]:
    """SHA-256 of every script that shapes the models."""
    here = Path(__file__).parent
    files = sorted(p for p in here.glob("*.py") if p.name != "view.py")
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def _stamp(out: Path) -> Path:
    path = out / "avatar" / "stamp.json"
    path.write_text(json.dumps({"sources": sources_sha256()}, indent=1, sort_keys=True) + "\n")
    return path


if __name__ == "__main__":
    build(sys.argv[1:])
