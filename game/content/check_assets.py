"""Whether the models are there, and are what the game can show: size, origin, weight, extensions."""

from pathlib import Path

from game.content.glb import Glb, read_glb
from game.content.manifest import GOODS_MODELS, PLACES_MODELS, WORN_MODELS
from game.content.problems import Problem
from game.core.errors import GameError
from game.core.goods import Good
from game.core.places import Place

TRIANGLES_MAX = 100_000
BYTES_MAX = 5_000_000
SHELL_TRIANGLES_MAX = 500_000
FIXTURES_MODELS = "assets/models/fixtures"
SHELL_BYTES_MAX = 40_000_000
OFF_M = 0.01
OFF_PART = 0.05
# What the GLB loader cannot read, though it would not say so.
REFUSED_EXTENSIONS = {
    "KHR_draco_mesh_compression": "Draco compression",
    "EXT_meshopt_compression": "meshopt compression",
    "KHR_meshopt_compression": "meshopt compression",
    "KHR_mesh_quantization": "quantised vertices",
    "KHR_texture_basisu": "KTX2 textures",
    "EXT_texture_webp": "WebP textures",
    "EXT_texture_avif": "AVIF textures",
}
IMAGES = ("image/png", "image/jpeg")


def good_assets(good: Good, root: Path, file: str) -> list[Problem]:
    """Problems of a good's models; `file` is the good's own, where its size is written."""
    problems: list[Problem] = []
    stood = f"{GOODS_MODELS}/{good.id}.glb"
    glb, more = _open(root, stood)
    problems += more
    if glb is not None:
        problems += _weight(glb, stood, TRIANGLES_MAX, BYTES_MAX)
        problems += _fit(glb, good, stood, file)
    if good.wear is not None:
        worn = f"{WORN_MODELS}/{good.id}.glb"
        glb, more = _open(root, worn)
        problems += more
        if glb is not None:
            problems += _weight(glb, worn, TRIANGLES_MAX, BYTES_MAX)
    return problems


def place_assets(place: Place, root: Path, file: str) -> list[Problem]:
    """Problems of a place's shell and of the other models beside it: their weight, and the leaves of its doors."""
    shell = f"{PLACES_MODELS}/{place.id}/shell.glb"
    glb, problems = _open(root, shell)
    if glb is None:
        return problems
    problems += _weight(glb, shell, SHELL_TRIANGLES_MAX, SHELL_BYTES_MAX)
    nodes = {*glb.nodes}
    folder = f"{PLACES_MODELS}/{place.id}"
    for path in sorted((root / folder).glob("*.glb")):
        if path.name != "shell.glb":
            part, more = _open(root, f"{folder}/{path.name}")
            problems += more
            if part is not None:
                problems += _weight(part, f"{folder}/{path.name}", SHELL_TRIANGLES_MAX, SHELL_BYTES_MAX)
                nodes |= {*part.nodes}
    for fixture in place.fixtures:
        model = f"{FIXTURES_MODELS}/{fixture.model}.glb"
        part, more = _open(root, model)
        problems += more
        if part is not None:
            problems += _weight(part, model, TRIANGLES_MAX, BYTES_MAX)
            nodes |= {*part.nodes}
    for index, door in enumerate(place.doors):
        if door.leaf and door.leaf not in nodes:
            remedy = f"name a node of a model in {folder}, or leave it empty for an open passage"
            problems.append(Problem(file, f"doors[{index}].leaf", f"{door.leaf!r} is no node there", remedy))
    return problems


def _open(root: Path, file: str) -> tuple[Glb | None, list[Problem]]:
    path = root / file
    if not path.is_file():
        return None, [Problem(file, "", "is missing", "make it with the scripts in assets/studio, or put it there")]
    try:
        return read_glb(path), []
    except GameError as error:
        return None, [Problem(file, "", str(error).removeprefix(f"{path}: "), "export it again as binary glTF 2.0")]


def _weight(glb: Glb, file: str, triangles_max: int, bytes_max: int) -> list[Problem]:
    problems: list[Problem] = []
    if glb.triangles > triangles_max:
        rule = f"has {glb.triangles:,} triangles, more than {triangles_max:,}"
        problems.append(Problem(file, "", rule, "simplify it"))
    if glb.bytes > bytes_max:
        rule = f"has {glb.bytes:,} bytes, more than {bytes_max:,}"
        problems.append(Problem(file, "", rule, "make its textures smaller"))
    for extension in glb.extensions:
        if extension in REFUSED_EXTENSIONS:
            rule = f"uses {extension} ({REFUSED_EXTENSIONS[extension]}), which the game cannot read"
            problems.append(Problem(file, "extensionsUsed", rule, "export it without"))
    for index, mime_type in enumerate(glb.images):
        if mime_type not in IMAGES:
            rule = f"{mime_type!r} is neither PNG nor JPEG"
            problems.append(Problem(file, f"images[{index}]", rule, "export its textures as PNG or JPEG"))
    for uri in glb.outside:
        problems.append(Problem(file, "", f"refers to {uri!r} outside of itself", "embed it"))
    return problems


def _fit(glb: Glb, good: Good, model: str, file: str) -> list[Problem]:
    problems: list[Problem] = []
    for axis, (said_m, real_m) in enumerate(zip(good.size_m, glb.size_m, strict=True)):
        if abs(said_m - real_m) > max(OFF_M, OFF_PART * said_m):
            rule = f"{said_m} m, but the model measures {real_m:.3f} m"
            problems.append(Problem(file, f"size_m[{axis}]", rule, f"write {real_m:.3f} or scale {model}"))
    (low_x, low_y, low_z), (high_x, high_y, _) = glb.low_m, glb.high_m
    off_m = ((low_x + high_x) / 2, (low_y + high_y) / 2, low_z)
    for axis, name in enumerate(("x", "y", "z")):
        if abs(off_m[axis]) > max(OFF_M, OFF_PART * good.size_m[axis]):
            rule = f"its bottom centre is {off_m[axis]:+.3f} m off the origin in {name}"
            problems.append(Problem(model, "", rule, "move the model so that its bottom centre is the origin"))
    return problems
