"""Web3 Secret Storage, version 3: the encrypted key file that every Ethereum wallet reads and writes.

eth-account does the same, but loading it takes most of a second; the tests hold the two interchangeable.
"""

import hmac
import json
import secrets
import uuid
from hashlib import pbkdf2_hmac, scrypt
from typing import Any

from coincurve import PrivateKey
from Crypto.Cipher import AES
from eth_hash.auto import keccak

from chain.errors import ChainError
from chain.keys import address_of_key

STRONG_N = 2**18  # scrypt cost for passwords that people choose: about a second and 256 MiB
RANDOM_N = 2**2  # enough for a 256-bit random secret, which nobody can guess at any speed
_MEMORY_BYTES = 2**30  # most that a key file may make us spend
_PBKDF2_ROUNDS = 10_000_000


def lock_key(key: PrivateKey, secret: bytes, *, n: int = STRONG_N) -> dict[str, Any]:
    """The key file of a key under a secret; `n` is scrypt's cost, a power of two."""
    salt, iv = secrets.token_bytes(32), secrets.token_bytes(16)
    derived = scrypt(secret, salt=salt, n=n, r=8, p=1, dklen=32, maxmem=_MEMORY_BYTES)
    locked = _aes_ctr(derived, iv).encrypt(key.secret)
    return {
        "version": 3,
        "id": str(uuid.uuid4()),
        "address": address_of_key(key)[2:].lower(),
        "crypto": {
            "cipher": "aes-128-ctr",
            "cipherparams": {"iv": iv.hex()},
            "ciphertext": locked.hex(),
            "kdf": "scrypt",
            "kdfparams": {"dklen": 32, "n": n, "r": 8, "p": 1, "salt": salt.hex()},
            "mac": keccak(derived[16:32] + locked).hex(),
        },
    }


def unlock_key(keystore: object, secret: bytes, *, where: str) -> PrivateKey:
    """The key in a key file (version 3, scrypt or PBKDF2); `where` names the file in errors.

    Raises ChainError when the file is damaged or of another kind, or the secret is wrong.
    """
    try:
        crypto = _crypto_of(keystore)
        locked, mac = bytes.fromhex(crypto["ciphertext"]), bytes.fromhex(crypto["mac"])
        iv = bytes.fromhex(crypto["cipherparams"]["iv"])
        derived = _derive(crypto["kdf"], crypto["kdfparams"], secret)
    except (KeyError, TypeError, ValueError, MemoryError) as error:
        raise ChainError(f"{where} is damaged or no key file of version 3 ({error!r}); nothing was changed") from None
    if crypto["cipher"] != "aes-128-ctr" or len(locked) != 32 or len(iv) != 16:
        raise ChainError(f"{where} is no key file of version 3 with aes-128-ctr; nothing was changed")
    if not hmac.compare_digest(keccak(derived[16:32] + locked), mac):
        raise ChainError(f"{where} does not open: the password is wrong or the file damaged; nothing was changed")
    return PrivateKey(_aes_ctr(derived, iv).decrypt(locked))


def parse_keystore(text: str, *, where: str) -> object:
    """The JSON of a key file. Raises ChainError when it is none."""
    try:
        return json.loads(text)
    except ValueError:
        raise ChainError(f"{where} is damaged: it is no JSON; put back a copy of it, nothing was changed") from None


def _crypto_of(keystore: object) -> dict[str, Any]:
    if not isinstance(keystore, dict) or keystore.get("version") != 3:
        raise ValueError("no version 3")
    crypto = keystore.get("crypto") or keystore["Crypto"]  # some wallets write it with a capital
    return dict(crypto)


def _derive(kdf: str, params: dict[str, Any], secret: bytes) -> bytes:
    salt, length = bytes.fromhex(params["salt"]), int(params["dklen"])
    if length != 32:
        raise ValueError("dklen is not 32")
    if kdf == "scrypt":
        n, r, p = int(params["n"]), int(params["r"]), int(params["p"])
        if n < 1 or r < 1 or not 0 < p <= 16 or 128 * n * r > _MEMORY_BYTES // 2:
            raise ValueError(f"scrypt's cost n={n}, r={r}, p={p} is out of bounds")
        return scrypt(secret, salt=salt, n=n, r=r, p=p, dklen=32, maxmem=_MEMORY_BYTES)
    rounds = int(params["c"])
    if kdf != "pbkdf2" or params.get("prf") != "hmac-sha256" or not 0 < rounds <= _PBKDF2_ROUNDS:
        raise ValueError(f"unknown key derivation {kdf!r}")
    return pbkdf2_hmac("sha256", secret, salt, rounds, 32)


def _aes_ctr(derived: bytes, iv: bytes) -> Any:
    return AES.new(derived[:16], AES.MODE_CTR, nonce=b"", initial_value=iv)
