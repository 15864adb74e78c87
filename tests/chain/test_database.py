"""Damaged files: kept aside, told, and nothing that the chain knows is lost."""

import os
import sqlite3
from pathlib import Path

import pytest

from chain.database import open_database
from chain.journal import Entry, Journal
from chain.ledger import Ledger
from game.core.ids import Address, OrderId
from tests.chain.test_ledger import ALICE, NOBODY, Chain, moved

DAMAGES = ["truncated", "overwritten", "no database"]


def damage(path: Path, how: str) -> bytes:
    """Damage a closed SQLite file; what it holds then."""
    whole = path.read_bytes()
    assert len(whole) > 3 * 4096
    broken = {
        "truncated": whole[: len(whole) // 2 + 100],
        "overwritten": whole[:4096] + os.urandom(len(whole) - 4096),
        "no database": b"once upon a time" * 1000,
    }[how]
    path.write_bytes(broken)
    return broken


def aside(path: Path) -> list[Path]:
    return [each for each in path.parent.glob(f"{path.name}.damaged-*") if not each.name.endswith(("-wal", "-shm"))]


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_ledger_is_kept_aside_and_read_anew(tmp_path: Path, how: str) -> None:
    chain = Chain()
    chain.grow(*(moved(1, index, NOBODY, ALICE, 1) for index in range(200)), to=2)
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger(path)
    ledger.follow(chain)
    ledger.close()
    broken = damage(path, how)
    again = Ledger(path)
    assert again.tip() is None
    again.follow(chain)
    assert again.holdings(ALICE) == {7: 200}
    again.close()
    [kept] = aside(path)
    assert kept.read_bytes() == broken


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_journal_is_kept_aside_and_told(tmp_path: Path, how: str) -> None:
    path = tmp_path / "journal.sqlite"
    journal = Journal(path)
    for number in range(200):
        journal.draft(Entry(order_id=OrderId(f"order_{number}"), kind="buy", chain="1", account=Address("0x")))
    assert journal.damaged is None
    journal.close()
    broken = damage(path, how)
    again = Journal(path)
    assert again.damaged is not None
    assert again.damaged.read_bytes() == broken
    assert again.get(OrderId("order_1")) is None
    again.close()
    assert Journal(path).damaged is None


def test_a_sound_file_and_an_empty_one_stay_where_they_are(tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite"
    path.touch()
    for _ in range(2):
        sql, moved_to = open_database(path, synchronous="FULL")
        sql.execute("CREATE TABLE IF NOT EXISTS t (a)")
        sql.close()
        assert moved_to is None
    assert aside(path) == []


def test_a_disk_that_fails_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "folder.sqlite"
    path.mkdir()
    with pytest.raises(sqlite3.OperationalError):
        open_database(path, synchronous="FULL")
    assert path.is_dir()
