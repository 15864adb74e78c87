"""Whether `assets/CREDITS.toml` says of every shipped asset who made it and under which licence."""

from fnmatch import fnmatchcase
from pathlib import Path

from msgspec import Struct

from game.content.parse import parse, read_toml
from game.content.problems import Problem

CREDITS_FILE = "assets/CREDITS.toml"
OWN_WORDS = ("studio/", "texts/", "CREDITS.toml")  # scripts and texts come under the licence of the code
LICENCES = (
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0",
    "ISC", "MIT", "OFL-1.1", "Unlicense",
)  # fmt: skip


class Credit(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who made some files; `files` are patterns of paths under assets/, in which * matches any characters."""

    files: tuple[str, ...]
    by: str
    licence: str
    source: str = ""
    changes: str = ""


class Credits(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    credit: tuple[Credit, ...]


def credit_problems(root: Path) -> list[Problem]:
    """Assets that nobody is credited for, patterns that match nothing, licences that do not allow sharing."""
    if not (root / CREDITS_FILE).is_file():
        return [Problem(CREDITS_FILE, "", "is missing", "add [[credit]] with files, by and licence")]
    tables, problems = read_toml(root / CREDITS_FILE, CREDITS_FILE)
    if problems:
        return problems
    found, problems = parse(tables, Credits, file=CREDITS_FILE)
    if found is None:
        return problems
    assets = _assets(root)
    covered: set[str] = set()
    for index, credit in enumerate(found.credit):
        key = f"credit[{index}]"
        if credit.licence not in LICENCES:
            remedy = f"write one of {', '.join(LICENCES)}"
            rule = f"{credit.licence!r} is no licence that allows sharing"
            problems.append(Problem(CREDITS_FILE, f"{key}.licence", rule, remedy))
        if not credit.by.strip():
            problems.append(Problem(CREDITS_FILE, f"{key}.by", "is empty", "name who made it"))
        for pattern in credit.files:
            matched = [asset for asset in assets if fnmatchcase(asset, pattern)]
            covered.update(matched)
            if not matched:
                rule = f"{pattern!r} matches no file under assets/"
                problems.append(Problem(CREDITS_FILE, f"{key}.files", rule, "remove it or mend the pattern"))
    for asset in assets:
        if asset not in covered:
            problems.append(Problem(f"assets/{asset}", "", "has no credit", f"name it in {CREDITS_FILE}"))
    return problems


def _assets(root: Path) -> list[str]:
    paths = sorted(path for path in (root / "assets").rglob("*") if path.is_file())
    names = [path.relative_to(root / "assets").as_posix() for path in paths]
    return [name for name in names if not name.startswith(OWN_WORDS)]
