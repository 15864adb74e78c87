"""From TOML to frozen structs, and every broken rule of a file on the way, not just the first."""

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec

from game.content.problems import Problem

SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")

T = TypeVar("T")


def read_toml(path: Path, file: str) -> tuple[dict[str, Any], list[Problem]]:
    """The tables of a TOML file, and what stops it from being read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except tomllib.TOMLDecodeError as error:
        return {}, [Problem(file, "", f"is not TOML: {error}", "mend the syntax there")]
    except UnicodeDecodeError as error:
        return {}, [Problem(file, "", f"is not UTF-8 at byte {error.start}", "save it as UTF-8")]


def read_dir(
    root: Path, folder: str, into: type[T], *, needed: bool = True
) -> tuple[dict[str, T], list[Problem]]:
    """The structs of a folder's TOML files by the files' names, which are their ids, and the problems of the rest."""
    read: dict[str, T] = {}
    problems: list[Problem] = []
    if not (root / folder).is_dir():
        return {}, [Problem(folder, "", "is missing", "make the folder")] if needed else []
    for path in sorted((root / folder).glob("*.toml")):
        file = f"{folder}/{path.name}"
        if not SNAKE_CASE.fullmatch(path.stem):
            problems.append(Problem(file, "", "its name is not lowercase snake_case", "rename it"))
            continue
        table, more = read_toml(path, file)
        problems += more
        if more:
            continue
        value, more = with_id(table, path.stem, into, file=file)
        problems += more
        if value is not None:
            read[path.stem] = value
    return read, problems


def with_id(table: dict[str, object], name: str, into: type[T], *, file: str) -> tuple[T | None, list[Problem]]:
    """A table as a struct whose id is a name it stands under."""
    if table.get("id", name) != name:
        rule = f"{table['id']!r} differs from the name {name!r}, which is the id"
        return None, [Problem(file, "id", rule, "remove it, or rename the file")]
    return parse({**table, "id": name}, into, file=file)


def parse(raw: object, into: type[T], *, file: str) -> tuple[T | None, list[Problem]]:
    """Convert plain tables into a struct; None and every problem where they do not fit."""
    problems = shape_problems(raw, into, file=file, key="")
    if problems:
        return None, problems
    try:
        return msgspec.convert(raw, into), []
    except msgspec.ValidationError as error:
        return None, [Problem(file, "", str(error), "write a value of the expected type")]


def shape_problems(raw: object, into: Any, *, file: str, key: str) -> list[Problem]:
    """All the ways in which plain data does not fit a type, each with its key path."""
    if get_origin(into) in (Union, UnionType):
        if raw is None:
            return []
        options = [option for option in get_args(into) if option is not NoneType]
        if len(options) == 1:
            return shape_problems(raw, options[0], file=file, key=key)
    if isinstance(into, type) and issubclass(into, msgspec.Struct):
        if not isinstance(raw, dict):
            return [Problem(file, key, f"{raw!r} is not a table", "write { key = value, ... }")]
        return _table_problems(raw, into, file=file, key=key)
    if get_origin(into) is tuple and get_args(into)[-1] is Ellipsis and isinstance(raw, list):
        item = get_args(into)[0]
        found: list[Problem] = []
        for index, value in enumerate(raw):
            found += shape_problems(value, item, file=file, key=f"{key}[{index}]")
        return found
    try:
        msgspec.convert(raw, into)
    except msgspec.ValidationError as error:
        rule, _, at = str(error).partition(" - at `$")
        return [Problem(file, key + at.rstrip("`"), f"{_short(raw)}: {rule}", "write a value of that type")]
    return []


def _table_problems(raw: dict[str, object], into: type[msgspec.Struct], *, file: str, key: str) -> list[Problem]:
    fields = {field.name: field for field in msgspec.structs.fields(into)}
    found: list[Problem] = []
    for name in raw:
        if name not in fields:
            close = get_close_matches(name, fields, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else f"remove it; known keys: {', '.join(fields)}"
            found.append(Problem(file, _join(key, name), "unknown key", remedy))
    for name, field in fields.items():
        if name in raw:
            found += shape_problems(raw[name], field.type, file=file, key=_join(key, name))
        elif field.required:
            found.append(Problem(file, _join(key, name), "is missing", f"add {name}"))
    return found


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _short(raw: object) -> str:
    words = repr(raw)
    return words if len(words) <= 60 else words[:57] + "..."
