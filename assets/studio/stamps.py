"""Stamps: for every built model, the hash of the sources that made it and the hashes of the files that came out.

A model's sources are the module that declares it, all of the studio that this module imports, and the builders. Each
model has a stamp file of its own, so that two people who build two models never edit one file.
"""

import ast
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

STUDIO = Path(__file__).resolve().parent
BUILDERS = ("bag.py", "bake.py", "charts.py", "glb.py", "kit.py", "lighting.py", "light_files.py", "palette.py")
PREFIX = "assets.studio"


def sources_of(module: str, studio: Path = STUDIO) -> tuple[str, ...]:
    """File names, sorted: a module of the studio, e.g. "place_street", what it imports of the studio, the builders."""
    found, unread = set(BUILDERS), [f"{module}.py"]
    while unread:
        file = unread.pop()
        if file not in found and (studio / file).is_file():
            found.add(file)
            unread += [f"{name}.py" for name in _imports(studio / file)]
    return tuple(sorted(found))


def _imports(path: Path) -> Iterator[str]:
    """Modules of the studio that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == PREFIX:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PREFIX + "."):
            yield (node.module or "").removeprefix(PREFIX + ".")


def source_hash(sources: tuple[str, ...], studio: Path = STUDIO) -> str:
    """sha256 over the names and bytes of source files."""
    total = hashlib.sha256()
    for file in sources:
        total.update(file.encode() + b"\0" + (studio / file).read_bytes() + b"\0")
    return total.hexdigest()


def outputs_of(name: str, models: Path) -> dict[str, str]:
    """sha256 of every file of one model, by its path under assets/models; `name` is e.g. "goods/oak_stool"."""
    base = models / name
    files = sorted(p for p in base.iterdir() if p.is_file()) if base.is_dir() else [base.with_suffix(".glb")]
    return {p.relative_to(models).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files if p.exists()}


def write(name: str, models: Path, module: str, sources: str) -> None:
    """Stamp one model that has just been built from a module whose sources had this hash when its building began."""
    path = models / "stamps" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    stamp = {"module": module, "sources": sources, "files": outputs_of(name, models)}
    path.write_text(json.dumps(stamp, indent=1) + "\n")


def problems(models: Path, studio: Path = STUDIO) -> list[str]:
    """What does not agree: sources changed since the build, files missing or altered. Empty when all is well."""
    found = []
    now: dict[str, str] = {}  # by module: many goods share one
    stamps = sorted((models / "stamps").rglob("*.json"))
    if not stamps:
        return ["stamps: none there; build everything once"]
    for path in stamps:
        name = path.relative_to(models / "stamps").with_suffix("").as_posix()
        stamp = json.loads(path.read_text())
        module = stamp["module"]
        if module not in now:
            there = (studio / f"{module}.py").is_file()
            now[module] = source_hash(sources_of(module, studio), studio) if there else ""
        if stamp["sources"] != now[module]:
            found.append(f"{name}: its sources changed since it was built; build it again")
        for file, digest in stamp["files"].items():
            at = models / file
            if not at.exists():
                found.append(f"{name}: {file} is missing; build it again")
            elif hashlib.sha256(at.read_bytes()).hexdigest() != digest:
                found.append(f"{name}: {file} is not the file that was built; build it again")
    return found


def person_problems(models: Path, studio: Path = STUDIO) -> list[str]:
    """The same of the person and the wearables, whose builder writes avatar/stamp.json with a hash for every source."""
    path = models / "avatar" / "stamp.json"
    if not path.exists():
        return ["avatar/stamp.json: missing; build the person once"]
    sources = json.loads(path.read_text())["sources"]
    changed = [
        name
        for name, digest in sources.items()
        if not (studio / "person" / name).exists()
        or hashlib.sha256((studio / "person" / name).read_bytes()).hexdigest() != digest
    ]
    return [f"person: {name} changed since it was built; build the person again" for name in changed]
