"""The build: what the artifacts say about the sources they were made from, and what it refuses."""

import json
import re
import shutil
from pathlib import Path

import pytest
from web3 import Web3

from chain import build

needs_npm_tools = pytest.mark.skipif(
    shutil.which("node") is None or build.installed_version("solc") is None,
    reason="contracts are compiled with npm's solc; run: npm install --no-package-lock",
)


@pytest.fixture
def artifacts() -> dict[str, dict]:
    return {name: json.loads((build.ARTIFACTS / f"{name}.json").read_text(encoding="utf-8")) for name in build.NAMES}


def test_every_contract_has_its_artifact_and_no_other(artifacts: dict[str, dict]) -> None:
    assert sorted(file.stem for file in build.ARTIFACTS.glob("*.json")) == sorted(build.NAMES)
    for name, artifact in artifacts.items():
        assert artifact["name"] == name
        assert set(artifact) == {"name", "abi", "bytecode", "compiler", "settings", "source_sha256"}
        assert re.fullmatch(r"0x([0-9a-f]{2})+", artifact["bytecode"])
        assert artifact["settings"] == build.SETTINGS


def test_what_is_deployed_fits_the_chains_limits(artifacts: dict[str, dict]) -> None:
    for artifact in artifacts.values():
        assert len(artifact["bytecode"]) // 2 - 1 <= 49_152  # EIP-3860, constructor arguments aside


def test_every_custom_error_of_the_contracts_has_a_selector_of_its_own(artifacts: dict[str, dict]) -> None:
    found: dict[str, str] = {}
    for artifact in artifacts.values():
        for entry in artifact["abi"]:
            if entry["type"] == "error":
                signature = f"{entry['name']}({','.join(argument['type'] for argument in entry['inputs'])})"
                assert found.setdefault(Web3.keccak(text=signature)[:4].hex(), signature) == signature
    assert len(found) > 25


@needs_npm_tools
def test_the_committed_sources_are_those_of_the_artifacts(artifacts: dict[str, dict]) -> None:
    sources = build.read_sources(build.CONTRACTS / f"{name}.sol" for name in build.NAMES)
    for name, artifact in artifacts.items():
        assert artifact["source_sha256"] == build.source_hash(f"contracts/{name}.sol", sources)


@needs_npm_tools
def test_the_source_hash_covers_what_is_imported_and_nothing_else() -> None:
    sources = build.read_sources([build.CONTRACTS / "Rooms.sol"])
    before = build.source_hash("contracts/Rooms.sol", sources)
    far = next(key for key in sources if key.endswith("ERC721.sol"))
    assert build.source_hash("contracts/Rooms.sol", {**sources, far: sources[far] + "\n"}) != before
    assert build.source_hash("contracts/Rooms.sol", {**sources, "contracts/Other.sol": "x"}) == before


def test_imports_are_found_in_every_form() -> None:
    text = """
    import "./Plain.sol";
    import {A, B as C} from "../up/Named.sol";
    import {
        D
    } from "@openzeppelin/contracts/Far.sol";
    // import is a word in comments too
    """
    assert build.imports_of("contracts/deep/Here.sol", text) == [
        "contracts/deep/Plain.sol", "contracts/up/Named.sol", "@openzeppelin/contracts/Far.sol",
    ]  # fmt: skip


def test_a_missing_import_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Lost.sol").write_text('import "./Gone.sol";\n', encoding="utf-8")
    monkeypatch.setattr(build, "CONTRACTS", tmp_path)
    with pytest.raises(build.BuildError, match=r"contracts/Gone\.sol is imported"):
        build.read_sources([tmp_path / "Lost.sol"])


def test_an_artifact_that_differs_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "ARTIFACTS", tmp_path)
    (tmp_path / "Same.json").write_text("{}\n", encoding="utf-8")
    (tmp_path / "Other.json").write_text("{}\n", encoding="utf-8")
    (tmp_path / "Stray.json").write_text("{}\n", encoding="utf-8")
    texts = {"Same": "{}\n", "Other": "{ }\n", "Missing": "{}\n"}
    assert build.differing(texts) == ["Other", "Missing", "Stray"]
    assert build.differing({"Same": "{}\n", "Other": "{}\n", "Stray": "{}\n"}) == []


def test_an_artifact_reads_back_as_it_was_written() -> None:
    artifact = {"name": "X", "abi": [{"type": "function", "name": "f"}], "bytecode": "0x00", "settings": {"a": 1}}
    assert json.loads(build.artifact_text(artifact)) == artifact


def test_without_npm_the_build_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "NODE_MODULES", tmp_path)
    monkeypatch.setattr(build.shutil, "which", lambda name: None)
    with pytest.raises(build.BuildError, match=r"install Node\.js"):
        build.install_tools()


@needs_npm_tools
def test_a_contract_that_does_not_compile_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Broken.sol").write_text("pragma solidity ^0.8.30;\ncontract Broken { uint256 x = y; }\n")
    monkeypatch.setattr(build, "CONTRACTS", tmp_path)
    monkeypatch.setattr(build, "NAMES", ("Broken",))
    with pytest.raises(build.BuildError, match=r"Undeclared identifier(.|\n)*contracts/Broken\.sol:2"):
        build.compile_contracts()


@needs_npm_tools
def test_a_contract_compiles_to_the_same_bytes_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Small.sol").write_text(
        "// SPDX-License-Identifier: Apache-2.0\npragma solidity ^0.8.30;\ncontract Small { uint256 public x = 7; }\n"
    )
    monkeypatch.setattr(build, "CONTRACTS", tmp_path)
    monkeypatch.setattr(build, "NAMES", ("Small",))
    first = build.compile_contracts()["Small"]
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    (tmp_path / "Small.sol").rename(moved / "Small.sol")
    monkeypatch.setattr(build, "CONTRACTS", moved)
    assert build.compile_contracts()["Small"] == first
    assert first["bytecode"].startswith("0x60")
