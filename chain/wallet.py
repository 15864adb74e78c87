"""The player's wallet: made silently at the first start, kept under the home folder, exportable.

`wallet/device.key` holds 256 random bits; `wallet/keystore.json` is the account's key, locked by them. So nobody has to
think of a password, the key file alone tells nothing, and a copy for other wallets gets a password of one's own.
"""

import contextlib
import json
import secrets
import stat
import sys
import time
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path

from coincurve import PrivateKey

from chain.errors import ChainError
from chain.files import PRIVATE_MODE, locked, write_json, write_whole
from chain.keys import DEV_CHAIN_ID, address_of_key
from chain.keystore import RANDOM_N, STRONG_N, lock_key, parse_keystore, unlock_key
from chain.node import running_node
from chain.rpc import Rpc, quantity
from game.core.ids import WEI_PER_COIN, Address, Wei

STARTER_WEI = Wei(1000 * WEI_PER_COIN)
SHORTEST_PASSWORD = 8


@dataclass(frozen=True, slots=True, repr=False)
class Wallet:
    """The player's account and its key. Its repr never shows the key."""

    address: Address
    key: PrivateKey

    def __repr__(self) -> str:
        return f"Wallet({self.address})"


def open_wallet(home: Path) -> Wallet:
    """The wallet of this home; made at the first call.

    Raises ChainError, and changes nothing, when its files are there but can't be read.
    """
    folder = _folder(home)
    with locked(folder / "lock"):
        if not _keystore_path(home).exists():
            return _keep(home, PrivateKey(secrets.token_bytes(32)))
        where = str(_keystore_path(home))
        _keep_private(home)
        keystore = parse_keystore(_text(_keystore_path(home)), where=where)
        if not _device_path(home).exists():
            raise ChainError(
                f"{_device_path(home)} is missing, and only it opens {where}: put it back, or move the folder "
                f"{folder} away and import a copy that you exported"
            )
        key = unlock_key(keystore, _device_key(home), where=where)
        return Wallet(address_of_key(key), key)


def export_wallet(home: Path, target: Path, password: str) -> Address:
    """Write the account's key to a new file, locked by `password`, for use in any Ethereum wallet.

    Raises ChainError when the file exists or the password is short.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise ChainError(f"the password has {len(password)} characters; choose at least {SHORTEST_PASSWORD}")
    if target.exists():
        raise ChainError(f"{target} exists and is not overwritten; choose another name")
    wallet = open_wallet(home)
    write_json(target, lock_key(wallet.key, password.encode(), n=STRONG_N), mode=PRIVATE_MODE)
    return wallet.address


def import_wallet(home: Path, source: Path, password: str) -> Address:
    """Make the key in a key file the player's; the former key file is kept beside it under its address.

    Raises ChainError, and changes nothing, when the file doesn't open with the password.
    """
    try:
        text = _text(source)
    except FileNotFoundError:
        raise ChainError(f"there is no file {source}") from None
    key = unlock_key(parse_keystore(text, where=str(source)), password.encode(), where=str(source))
    with locked(_folder(home) / "lock"):
        current = _keystore_path(home)
        if current.exists():
            kept = current.with_name(f"keystore-{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}.json")
            write_whole(kept, current.read_bytes(), mode=PRIVATE_MODE)
        return _keep(home, key).address


def keep_wallet(home: Path, key: PrivateKey) -> Wallet:
    """Make a key that is known otherwise the wallet of a home of its own. Raises ChainError where another is there."""
    with locked(_folder(home) / "lock"):
        if not _keystore_path(home).exists():
            return _keep(home, key)
    wallet = open_wallet(home)
    if wallet.address != address_of_key(key):
        raise ChainError(f"{_folder(home)} holds another wallet; nothing was changed")
    return wallet


def grant_starter_purse(rpc: Rpc, address: Address) -> bool:
    """Give a new account its play money, once on each dev chain; True when it was given now.

    Who never sent a transaction can't have spent anything, so the chain itself knows whether it was given.
    Does nothing on any other chain. Raises ChainError when the chain can't be asked.
    """
    if quantity(rpc.call("eth_chainId"), "chain id") != DEV_CHAIN_ID:
        return False
    nonce = quantity(rpc.call("eth_getTransactionCount", address, "pending"), "nonce")
    balance = quantity(rpc.call("eth_getBalance", address, "latest"), "balance")
    if nonce > 0 or balance >= STARTER_WEI:
        return False
    rpc.call("anvil_setBalance", address, hex(STARTER_WEI))
    return True


def report(home: Path, *, export_to: Path | None = None, import_from: Path | None = None, as_json: bool = False) -> int:
    """Show the wallet, or export or import its key; asks for the password on the terminal, else reads it from stdin.

    Returns the exit code.
    """
    try:
        if import_from is not None:
            import_wallet(home, import_from, _ask_password(f"Password of {import_from}: "))
        if export_to is not None:
            export_wallet(home, export_to, _ask_password("Password for the copy: ", twice=True))
        wallet = open_wallet(home)
        balance = _balance(home, wallet.address)
    except ChainError as error:
        print(f"loquat: {error}", file=sys.stderr)
        return 1
    facts = {"address": wallet.address, "balance_wei": balance, "keystore": str(_keystore_path(home))}
    if as_json:
        print(json.dumps(facts))
        return 0
    print(f"address   {wallet.address}")
    shown = "unknown: no node is running" if balance is None else f"{_coins(balance)} coins (play money)"
    print(f"balance   {shown}")
    print(f"key file  {_keystore_path(home)}")
    if export_to is not None:
        print(f"exported  {export_to}")
    return 0


def _balance(home: Path, address: Address) -> int | None:
    node = running_node(home)
    if node is None:
        return None
    rpc = Rpc(node.url, timeout_secs=5.0)
    try:
        return quantity(rpc.call("eth_getBalance", address, "latest"), "balance")
    finally:
        rpc.close()


def _coins(wei: int) -> str:
    return f"{wei // WEI_PER_COIN:,}.{wei % WEI_PER_COIN * 100 // WEI_PER_COIN:02d}"


def _ask_password(prompt: str, *, twice: bool = False) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass(prompt)
    if twice and getpass("The same once more: ") != password:
        raise ChainError("the two passwords differ; nothing was written")
    return password


def _keep(home: Path, key: PrivateKey) -> Wallet:
    """Write the key file, locked by the device key, which is made where there is none."""
    folder = _folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    _keep_private(home)
    if not _device_path(home).exists():
        write_whole(_device_path(home), secrets.token_hex(32).encode() + b"\n", mode=PRIVATE_MODE)
    keystore = lock_key(key, _device_key(home), n=RANDOM_N)  # so cheap because the secret is random
    write_json(_keystore_path(home), keystore, mode=PRIVATE_MODE)
    return Wallet(address_of_key(key), key)


def _keep_private(home: Path) -> None:
    """Take the wallet's files from everybody else, as after a copy that forgot their modes."""
    modes = {_folder(home): 0o700, _keystore_path(home): PRIVATE_MODE, _device_path(home): PRIVATE_MODE}
    for path, mode in modes.items():
        with contextlib.suppress(OSError):  # a file system without modes, or not there yet
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                path.chmod(mode)


def _device_key(home: Path) -> bytes:
    text = _text(_device_path(home)).strip()
    if len(text) != 64 or not all(character in "0123456789abcdef" for character in text):
        raise ChainError(f"{_device_path(home)} is damaged: it should hold 64 hex digits; put back a copy of it")
    return text.encode()


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise ChainError(f"{path} is damaged: it is no text; put back a copy of it, nothing was changed") from None


def _folder(home: Path) -> Path:
    return home / "wallet"


def _keystore_path(home: Path) -> Path:
    return _folder(home) / "keystore.json"


def _device_path(home: Path) -> Path:
    return _folder(home) / "device.key"
