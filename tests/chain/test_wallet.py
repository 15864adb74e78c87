"""The player's wallet: silent birth, no loss, export and import, the purse."""

import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from coincurve import PrivateKey
from eth_account import Account

from chain.errors import ChainError
from chain.files import write_whole
from chain.keystore import lock_key, unlock_key
from chain.rpc import Rpc
from chain.wallet import STARTER_WEI, export_wallet, grant_starter_purse, import_wallet, open_wallet, report
from tests.chain.accounts import Person


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chain.wallet.STRONG_N", 2**10)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_a_wallet_and_the_second_finds_it(home: Path) -> None:
    first = open_wallet(home)
    assert open_wallet(home) == first
    assert mode(home / "wallet" / "keystore.json") == mode(home / "wallet" / "device.key") == 0o600
    assert mode(home / "wallet") == 0o700
    assert open_wallet(home / "other") != first


def test_the_key_is_in_no_file_and_no_repr(home: Path) -> None:
    wallet = open_wallet(home)
    secret = wallet.key.secret
    for path in (home / "wallet").iterdir():
        assert secret.hex() not in path.read_text()
    assert secret.hex() not in repr(wallet) + str(wallet)


def test_the_key_file_is_an_ordinary_one(home: Path) -> None:
    wallet = open_wallet(home)
    keystore = json.loads((home / "wallet" / "keystore.json").read_text())
    device_key = (home / "wallet" / "device.key").read_text().strip()
    assert bytes(Account.decrypt(keystore, device_key)) == wallet.key.secret


def test_a_persons_password_is_made_dear_to_guess(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    export_wallet(home, tmp_path / "copy.json", "correct horse")
    params = json.loads((tmp_path / "copy.json").read_text())["crypto"]["kdfparams"]
    assert (params["n"], params["r"], params["p"]) == (2**18, 8, 1)


@pytest.mark.parametrize("kdf", ["scrypt", "pbkdf2"])
def test_key_files_of_other_wallets_are_read(kdf: str) -> None:
    account = Account.create()
    keystore = Account.encrypt(account.key, "a password", kdf=kdf, iterations=8)
    assert unlock_key(keystore, b"a password", where="it").secret == bytes(account.key)
    with pytest.raises(ChainError, match="password is wrong"):
        unlock_key(keystore, b"another", where="it")


def test_a_copy_opens_elsewhere_with_its_password(home: Path, tmp_path: Path) -> None:
    address = export_wallet(home, tmp_path / "copy.json", "correct horse")
    assert mode(tmp_path / "copy.json") == 0o600
    assert import_wallet(home / "other", tmp_path / "copy.json", "correct horse") == address
    assert open_wallet(home / "other") == open_wallet(home)


def test_an_export_overwrites_nothing_and_wants_a_password(home: Path, tmp_path: Path) -> None:
    (tmp_path / "taken.json").write_text("a letter")
    with pytest.raises(ChainError, match="not overwritten"):
        export_wallet(home, tmp_path / "taken.json", "correct horse")
    assert (tmp_path / "taken.json").read_text() == "a letter"
    with pytest.raises(ChainError, match="at least 8"):
        export_wallet(home, tmp_path / "new.json", "short")
    assert not (tmp_path / "new.json").exists()


def test_an_import_keeps_the_former_key_file(home: Path, tmp_path: Path) -> None:
    former = open_wallet(home)
    key = PrivateKey()
    (tmp_path / "mine.json").write_text(json.dumps(lock_key(key, b"correct horse", n=2)))
    assert import_wallet(home, tmp_path / "mine.json", "correct horse") == open_wallet(home).address
    assert open_wallet(home).key.secret == key.secret
    (kept,) = (home / "wallet").glob("keystore-*.json")
    device_key = (home / "wallet" / "device.key").read_text().strip().encode()
    assert unlock_key(json.loads(kept.read_text()), device_key, where="it").secret == former.key.secret


def test_an_import_that_fails_changes_nothing(home: Path, tmp_path: Path) -> None:
    wallet = open_wallet(home)
    (tmp_path / "mine.json").write_text(json.dumps(lock_key(PrivateKey(), b"correct horse", n=2)))
    (tmp_path / "noise.json").write_bytes(b"\xff\xfe\x00")
    cases = {"mine.json": "password is wrong", "noise.json": "no text", "none.json": "there is no file"}
    for source, why in cases.items():
        with pytest.raises(ChainError, match=why):
            import_wallet(home, tmp_path / source, "wrong horse")
    assert open_wallet(home) == wallet


@pytest.mark.parametrize(
    ("name", "damage", "says"),
    [
        ("keystore.json", "", "keystore.json is damaged"),
        ("keystore.json", "{}", "keystore.json is damaged or no key file"),
        ("keystore.json", '{"version": 3, "crypto": []}', "keystore.json is damaged or no key file"),
        ("device.key", "", "device.key is damaged"),
        ("device.key", "0" * 64, "does not open"),
        ("device.key", None, "device.key is missing"),
    ],
)
def test_a_damaged_wallet_is_told_and_left_as_it_is(home: Path, name: str, damage: str | None, says: str) -> None:
    open_wallet(home)
    path = home / "wallet" / name
    if damage is None:
        path.unlink()
    else:
        path.write_text(damage)
    before = {each.name: each.read_bytes() for each in (home / "wallet").iterdir()}
    with pytest.raises(ChainError, match=says):
        open_wallet(home)
    assert {each.name: each.read_bytes() for each in (home / "wallet").iterdir()} == before


@pytest.mark.parametrize("changes", [{"n": 2**40}, {"n": 3}, {"r": 0}, {"p": 1000}, {"dklen": 16}, {"salt": "zz"}])
def test_a_key_file_that_asks_for_the_impossible_is_refused_at_once(changes: dict[str, Any]) -> None:
    keystore = lock_key(PrivateKey(), b"secret", n=2)
    keystore["crypto"]["kdfparams"].update(changes)
    with pytest.raises(ChainError, match="damaged or no key file"):
        unlock_key(keystore, b"secret", where="it")


def test_games_that_start_together_make_one_wallet(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len({wallet.address for wallet in pool.map(open_wallet, [home] * 16)}) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
def test_a_wallet_that_everybody_could_read_is_taken_back(home: Path) -> None:
    address = open_wallet(home).address
    folder = home / "wallet"
    for path in (folder, folder / "device.key", folder / "keystore.json"):
        path.chmod(0o777)
    assert open_wallet(home).address == address
    assert [mode(folder / name) for name in (".", "device.key", "keystore.json")] == [0o700, 0o600, 0o600]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_key_is_not_written_through_a_link(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    (home / "wallet").mkdir(parents=True)
    (home / "wallet" / "keystore.json").symlink_to(tmp_path / "nothing")  # dangling: no wallet is there yet
    open_wallet(home)
    assert not (tmp_path / "nothing").exists()
    assert not (home / "wallet" / "keystore.json").is_symlink()
    target = tmp_path / "copy.json"
    target.symlink_to(elsewhere)
    with pytest.raises(ChainError, match="not overwritten"):
        export_wallet(home, target, "long enough")
    assert elsewhere.read_text() == "mine"


def test_a_crash_between_the_two_files_costs_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr("chain.wallet.write_json", crash)
        with pytest.raises(KeyboardInterrupt):
            open_wallet(home)
    assert (home / "wallet" / "device.key").exists()
    assert open_wallet(home) == open_wallet(home)


def test_a_whole_write_leaves_the_old_file_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "letter"
    write_whole(path, b"old")

    def full_disk(_: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="no space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_purse_is_given_once_on_each_dev_chain(rpc: Rpc, home: Path) -> None:
    wallet = open_wallet(home)
    moment = rpc.call("evm_snapshot")
    assert grant_starter_purse(rpc, wallet.address)
    assert int(rpc.call("eth_getBalance", wallet.address, "latest"), 16) == STARTER_WEI
    assert not grant_starter_purse(rpc, wallet.address)
    rpc.call("evm_revert", moment)  # the chain forgot it
    assert grant_starter_purse(rpc, wallet.address)


def test_who_has_spent_the_purse_gets_no_other(rpc: Rpc) -> None:
    person = Person(rpc, coins_wei=STARTER_WEI)
    person.send(to="0x" + "12" * 20, value=STARTER_WEI // 2)
    assert not grant_starter_purse(rpc, person.address)
    assert int(rpc.call("eth_getBalance", person.address, "latest"), 16) < STARTER_WEI


def test_other_chains_give_nothing(home: Path) -> None:
    class Mainnet:
        def call(self, method: str, *_: object) -> str:
            assert method == "eth_chainId"
            return "0x1"

    assert not grant_starter_purse(Mainnet(), open_wallet(home).address)


def test_the_report_shows_exports_and_imports(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(home, as_json=True) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["address"], facts["balance_wei"]) == (open_wallet(home).address, None)
    script = (
        "import sys; from pathlib import Path; from chain.wallet import report\n"
        f"sys.exit(report(Path(sys.argv[1]), export_to=Path({str(tmp_path / 'copy.json')!r})))"
    )
    export = [sys.executable, "-c", script, str(home)]
    subprocess.run(export, input="correct horse\n", text=True, stdout=subprocess.DEVNULL, check=True)
    refused = subprocess.run(export, input="correct horse\n", text=True, capture_output=True, check=False)
    assert refused.returncode == 1
    assert "not overwritten" in refused.stderr
