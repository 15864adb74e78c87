"""Stamps: for every built model, the hash of the sources that made it and the hashes of the files that came out."""

import hashlib
import json
from pathlib import Path

STUDIO = Path(__file__).resolve().parent
COMMON = (
    "bag.py",
    "bake.py",
    "charts.py",
    "glb.py",
    "kit.py",
    "lighting.py",
    "light_files.py",
    "moods.py",
    "palette.py",
)
SOURCES = {
    "places/boutique": (*COMMON, "boutique.py", "boutique_room.py", "displays.py", "furniture.py"),
    "places/street": (
        *COMMON,
        "street.py",
        "street_backdrop.py",
        "street_facades.py",
        "street_props.py",
        "displays.py",
        "lettering.py",
    ),
}
GOODS_SOURCES = (*COMMON, "catalogue.py", "goods_art.py", "goods_home.py")


def sources_of(name: str) -> tuple[str, ...]:
    """Studio files that make one model, e.g. of "places/street" or "goods/oak_stool"."""
    return SOURCES.get(name, GOODS_SOURCES)


def source_hash(name: str, studio: Path = STUDIO) -> str:
    """sha256 over the names and bytes of a model's sources."""
    total = hashlib.sha256()
    for file in sources_of(name):
        total.update(file.encode() + b"\0" + (studio / file).read_bytes() + b"\0")
    return total.hexdigest()


def outputs_of(name: str, models: Path) -> dict[str, str]:
    """sha256 of every file of one model, by its path under assets/models."""
    base = models / name
    files = sorted(p for p in base.iterdir() if p.is_file()) if base.is_dir() else [base.with_suffix(".glb")]
    return {p.relative_to(models).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files if p.exists()}


def write(name: str, models: Path, sources: str) -> None:
    """Stamp one model that has just been built from sources that had this hash when its building began."""
    path = models / "stamps.json"
    stamps = json.loads(path.read_text()) if path.exists() else {}
    stamps[name] = {"sources": sources, "files": outputs_of(name, models)}
    path.write_text(json.dumps(dict(sorted(stamps.items())), indent=1) + "\n")


def problems(models: Path, studio: Path = STUDIO) -> list[str]:
    """What does not agree: sources changed since the build, files missing or altered. Empty when all is well."""
    path = models / "stamps.json"
    if not path.exists():
        return [f"{path.name}: missing; build everything once"]
    found = []
    for name, stamp in json.loads(path.read_text()).items():
        if stamp["sources"] != source_hash(name, studio):
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
