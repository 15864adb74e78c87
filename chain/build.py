"""Compile the contracts with npm's solc into `chain/artifacts`, compare them, or run their Foundry tests.

    python -m chain.build            compile, write the artifacts
    python -m chain.build --check    compile, fail when a committed artifact differs
    python -m chain.build --test     run the Foundry tests and compare the gas snapshot
    python -m chain.build --snapshot write the gas snapshot anew

Only those who change contracts need this, and Node; players use the committed artifacts.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

CHAIN = Path(__file__).resolve().parent
ROOT = CHAIN.parent
CONTRACTS = CHAIN / "contracts"
ARTIFACTS = CHAIN / "artifacts"
FOUNDRY = CHAIN / "foundry"
NODE_MODULES = ROOT / "node_modules"
COMPILER = FOUNDRY / "solc"
SNAPSHOT = FOUNDRY / ".gas-snapshot"
TAKE_SNAPSHOT = ("snapshot", "--match-contract", "GasTest")

OPENZEPPELIN = "@openzeppelin/contracts"
NAMES = ("Till", "Goods", "Rooms", "Market", "Campaign", "Orchard")
SETTINGS: dict[str, Any] = {
    "evmVersion": "cancun",
    "optimizer": {"enabled": True, "runs": 10_000},
    "viaIR": True,
    "metadata": {"bytecodeHash": "none", "appendCBOR": False},  # the bytecode depends on the code alone
}
ACCEPTED_WARNINGS = ("2394",)  # transient storage outlives a call: OpenZeppelin's guard clears what it sets
IMPORT = re.compile(r'^\s*import\s[^;]*?"([^"]+)";', re.MULTILINE)


class BuildError(Exception):
    """The contracts do not compile, or the tools to compile them are missing. The message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, check or test as the command line says; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m chain.build", description=(__doc__ or "").splitlines()[0])
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="fail when a committed artifact differs")
    what.add_argument("--test", action="store_true", help="run the Foundry tests and compare the gas snapshot")
    what.add_argument("--snapshot", action="store_true", help="write the gas snapshot anew")
    options, rest = parser.parse_known_args(arguments)
    if rest and not options.test:
        parser.error(f"unknown arguments: {' '.join(rest)}")
    try:
        install_tools()
        if options.test:
            return run_forge([rest] if rest else [["test"], [*TAKE_SNAPSHOT, "--check", str(SNAPSHOT)]])
        if options.snapshot:
            return run_forge([[*TAKE_SNAPSHOT, "--snap", str(SNAPSHOT)]])
        texts = {name: artifact_text(artifact) for name, artifact in compile_contracts().items()}
        if options.check:
            return report(differing(texts))
        for name, text in texts.items():
            (ARTIFACTS / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
            print(f"chain/artifacts/{name}.json")
    except BuildError as error:
        print(f"chain.build: {error}", file=sys.stderr)
        return 1
    return 0


def install_tools() -> None:
    """Install what package.json names, unless it is there. Raises BuildError without npm."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    if all(installed_version(name) == version for name, version in wanted.items()):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError("npm is not on the PATH; install Node.js 20 or newer to compile the contracts")
    command = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise BuildError("npm install failed; its messages stand above")


def installed_version(name: str) -> str | None:
    """Version of an npm package under node_modules, None without it."""
    manifest = NODE_MODULES / name / "package.json"
    if not manifest.is_file():
        return None
    return str(json.loads(manifest.read_text(encoding="utf-8"))["version"])


def compile_contracts() -> dict[str, dict[str, Any]]:
    """Artifacts of all contracts, by name. Raises BuildError with the compiler's messages."""
    sources = read_sources(CONTRACTS / f"{name}.sol" for name in NAMES)
    wanted = {"*": {"*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"]}}
    request = {
        "language": "Solidity",
        "sources": {key: {"content": text} for key, text in sources.items()},
        "settings": {**SETTINGS, "outputSelection": wanted},
    }
    node = shutil.which("node")
    if node is None:
        raise BuildError("node is not on the PATH; install Node.js 20 or newer to compile the contracts")
    answer = subprocess.run(
        [node, str(COMPILER), "--standard-json"], input=json.dumps(request), capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        raise BuildError(f"solc-js stopped with status {answer.returncode}: {answer.stderr.strip()}")
    output = json.loads(answer.stdout)
    problems = [
        each["formattedMessage"]
        for each in output.get("errors", ())
        if each["severity"] != "info" and each.get("errorCode") not in ACCEPTED_WARNINGS
    ]
    if problems:
        raise BuildError("the contracts must compile without a warning:\n" + "\n".join(problems))
    return {name: artifact(name, output["contracts"], sources) for name in NAMES}


def artifact(name: str, compiled: dict[str, Any], sources: dict[str, str]) -> dict[str, Any]:
    """The artifact of one contract. `source_sha256` covers its file and all that it imports, OpenZeppelin included."""
    key = f"contracts/{name}.sol"
    contract = compiled[key][name]
    return {
        "name": name,
        "abi": contract["abi"],
        "bytecode": "0x" + contract["evm"]["bytecode"]["object"],
        "compiler": f"solc {installed_version('solc')} (npm), OpenZeppelin {installed_version(OPENZEPPELIN)}",
        "settings": SETTINGS,
        "source_sha256": source_hash(key, sources),
    }


def read_sources(files: Iterable[Path]) -> dict[str, str]:
    """Texts of Solidity files and of all that they import, by source key (`contracts/X.sol`, `@openzeppelin/…`)."""
    sources: dict[str, str] = {}
    waiting = [source_key(file) for file in files]
    while waiting:
        key = waiting.pop()
        if key in sources:
            continue
        file = source_file(key)
        if not file.is_file():
            raise BuildError(f"{key} is imported, but there is no file {file}")
        sources[key] = file.read_text(encoding="utf-8").replace("\r\n", "\n")
        waiting.extend(imports_of(key, sources[key]))
    return dict(sorted(sources.items()))


def imports_of(key: str, text: str) -> list[str]:
    """Source keys that a source imports."""
    folder = key.rpartition("/")[0]
    return [
        os.path.normpath(f"{folder}/{name}").replace("\\", "/") if name.startswith(".") else name
        for name in IMPORT.findall(text)
    ]


def source_key(file: Path) -> str:
    """Source key of one of our own files."""
    return f"contracts/{file.relative_to(CONTRACTS).as_posix()}"


def source_file(key: str) -> Path:
    """File behind a source key."""
    own = "contracts/"
    return CONTRACTS / key.removeprefix(own) if key.startswith(own) else NODE_MODULES / key


def source_hash(key: str, sources: dict[str, str]) -> str:
    """SHA-256 over a source and all that it imports: for each, sorted by key, key and text with NUL after both."""
    reached: set[str] = set()
    waiting = [key]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting.extend(imports_of(here, sources[here]))
    digest = hashlib.sha256()
    for each in sorted(reached):
        digest.update(each.encode() + b"\0" + sources[each].encode() + b"\0")
    return digest.hexdigest()


def artifact_text(content: dict[str, Any]) -> str:
    """The artifact as it is committed: one ABI entry a line."""
    abi = ",\n".join("    " + json.dumps(entry) for entry in content["abi"])
    rest = {key: value for key, value in content.items() if key not in ("name", "abi")}
    tail = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in rest.items())
    return f'{{\n  "name": {json.dumps(content["name"])},\n  "abi": [\n{abi}\n  ],\n{tail}\n}}\n'


def differing(texts: dict[str, str]) -> list[str]:
    """Names of contracts whose committed artifact is missing or not equal to its text."""
    found = []
    for name, text in texts.items():
        file = ARTIFACTS / f"{name}.json"
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            found.append(name)
    found.extend(file.stem for file in sorted(ARTIFACTS.glob("*.json")) if file.stem not in texts)
    return found


def report(names: list[str]) -> int:
    """Say which artifacts differ; returns the exit status."""
    for name in names:
        print(f"chain/artifacts/{name}.json is not what chain/contracts compiles to; run: python -m chain.build")
    if not names:
        print("artifacts: all as compiled")
    return 1 if names else 0


def run_forge(commands: Sequence[Sequence[str]]) -> int:
    """Run forge from the repository's root with each list of arguments; returns the first bad exit status, or 0."""
    forge = NODE_MODULES / ".bin" / ("forge.cmd" if os.name == "nt" else "forge")
    if not forge.is_file():
        raise BuildError(f"{forge} is missing although npm install ran; is this platform supported by Foundry?")
    for command in commands:
        status = subprocess.run([str(forge), *command], cwd=ROOT, check=False).returncode
        if status != 0:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
