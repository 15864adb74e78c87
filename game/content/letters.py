"""The delivery letter: a postal address that the grower alone can read, and the commitment to it that the chain keeps.

A letter is sealed for the grower's X25519 key by HPKE in base mode (RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
ChaCha20-Poly1305), which is what a sealed box is: nobody but the holder of the private key opens it, its writer
included, and no two letters look alike. What is sealed is a salt of 32 bytes, the length of the address, the address
as canonical JSON, and zeros up to one size for all, so that a letter's length tells nothing either.

The chain has `commit = keccak256(salt || sha256(address))` alone. Nobody can guess an address from it without the
salt, and a letter that holds another address than the buyer paid for does not pass as theirs.

What a buyer says is wrong with a box travels as such a letter too; its commitment is the dispute's note on the chain.
"""

import hmac
import secrets
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from game.core.errors import GameError

if TYPE_CHECKING:
    from Crypto.PublicKey.ECC import EccKey

# Crypto is loaded where it is used: it takes a tenth of a second, and a game may never write a letter.

MAGIC = b"LQL1"
KEY_BYTES, SALT_BYTES, COMMIT_BYTES = 32, 32, 32
PADDED_BYTES = 4096  # of every address, salt and length beside it
_TAG_BYTES = 16
SEALED_BYTES = len(MAGIC) + KEY_BYTES + PADDED_BYTES + _TAG_BYTES
"""The size of every sealed letter."""

LONGEST = {"name": 80, "lines": 100, "postcode": 16, "town": 80, "country": 60, "phone": 32, "note": 300}
"""Characters that a field may have; of `lines`, each."""
LONGEST_REASON = 400  # characters, of what is said to be wrong with a box
MOST_LINES = 4
NEEDED = ("name", "lines", "town", "country")

_INFO = b"loquat delivery letter 1"
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # would print a label in another order


class LetterError(GameError):
    """An address that cannot be written down, or a letter that is not what it should be; `reason` says which rule."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class PostalAddress(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a box goes. Any script; fields within LONGEST."""

    name: str
    lines: tuple[str, ...]  # street and house, one to MOST_LINES
    town: str
    country: str
    postcode: str = ""
    phone: str = ""
    note: str = ""  # to grower and carrier

    def __repr__(self) -> str:
        """Tells nothing, so that no log and no traceback can."""
        return "PostalAddress(...)"


class Letter(Struct, frozen=True, kw_only=True):
    """A sealed address: `commit` goes to the chain, `sealed` to the grower; the writer keeps `salt` until receipt."""

    commit: bytes
    sealed: bytes
    salt: bytes

    def __repr__(self) -> str:
        return f"Letter(commit={self.commit.hex()})"


def tidied(address: PostalAddress) -> PostalAddress:
    """The address as it is written down: NFC, single spaces, no empty lines.

    Raises LetterError for a field that is missing, too long, or has characters that don't print; never quotes it.
    """
    fields: dict[str, object] = {}
    for name in ("name", "town", "country", "postcode", "phone", "note"):
        fields[name] = _tidy(name, getattr(address, name), LONGEST[name])
    if len(address.lines) > MOST_LINES:
        raise LetterError("lines", f"the address has {len(address.lines)} lines; {MOST_LINES} at most")
    fields["lines"] = tuple(line for each in address.lines if (line := _tidy("lines", each, LONGEST["lines"])))
    for name in NEEDED:
        if not fields[name]:
            raise LetterError(f"missing_{name}", f"the address has no {name}; write it")
    return PostalAddress(**fields)  # type: ignore[arg-type]


def canonical(address: PostalAddress) -> bytes:
    """The one form in bytes of an address: JSON of its tidied fields, keys sorted, no spaces. Raises LetterError."""
    return msgspec.json.encode(tidied(address), order="sorted")


def commit_of(salt: bytes, plain: bytes) -> bytes:
    """keccak256(salt || sha256(plain)), 32 bytes: what the chain keeps of an address."""
    from Crypto.Hash import keccak

    return keccak.new(digest_bits=256, data=salt + sha256(plain).digest()).digest()


def new_key() -> bytes:
    """A private X25519 key, 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def public_of(key: bytes) -> bytes:
    """The public key of a private one, 32 bytes each."""
    return bytes(_private(key).public_key().export_key(format="raw"))


def seal(address: PostalAddress, grower_key: bytes) -> Letter:
    """Seal an address for a grower's public key. Raises LetterError for an address or a key that is none."""
    return _seal(canonical(address), grower_key)


def open_letter(sealed: bytes, key: bytes, commit: bytes) -> PostalAddress:
    """The address in a letter, by the grower's private key, when it is the one that `commit` on the chain stands for.

    Raises LetterError with the reasons "form", "sealed_for_another" (or damaged), "commit", "address".
    """
    plain = _open(sealed, key, commit)
    try:
        address = msgspec.json.decode(plain, type=PostalAddress)
        if canonical(address) != plain:
            raise LetterError("address", "the letter's address is not in its canonical form")
    except msgspec.MsgspecError:
        raise LetterError("address", "the letter opens, but holds no address that can be read") from None
    return address


def seal_reason(words: str, grower_key: bytes) -> Letter:
    """Seal what a buyer says is wrong with a box, as an address is. Raises LetterError for words that can't be sent."""
    return _seal(_reason(words), grower_key)


def open_reason(sealed: bytes, key: bytes, commit: bytes) -> str:
    """What a buyer says is wrong, when it is what `commit` on the chain stands for. Raises LetterError."""
    plain = _open(sealed, key, commit)
    try:
        words = msgspec.json.decode(plain, type=_Reason).reason
    except msgspec.MsgspecError:
        raise LetterError("address", "the letter opens, but holds no reason that can be read") from None
    if _reason(words) != plain:
        raise LetterError("address", "the letter's reason is not in its canonical form")
    return words


class _Reason(Struct, frozen=True, forbid_unknown_fields=True):
    reason: str


def _reason(words: str) -> bytes:
    tidy = _tidy("reason", words, LONGEST_REASON)
    if not tidy:
        raise LetterError("missing_reason", "no reason is given; write what is wrong")
    return msgspec.json.encode(_Reason(tidy))


def _seal(plain: bytes, grower_key: bytes) -> Letter:
    from Crypto.Protocol import HPKE

    salt = secrets.token_bytes(SALT_BYTES)
    content = salt + len(plain).to_bytes(2, "big") + plain
    assert len(content) <= PADDED_BYTES, "the bounds of the fields keep every letter within it"
    try:
        box = HPKE.new(receiver_key=_public(grower_key), aead_id=HPKE.AEAD.CHACHA20_POLY1305, info=_INFO)
        locked = box.seal(content.ljust(PADDED_BYTES, b"\0"))
    except ValueError as error:  # a point of low order
        raise LetterError("key", f"the grower's key cannot be sealed for ({error}); ask the grower") from None
    return Letter(commit=commit_of(salt, plain), sealed=MAGIC + bytes(box.enc) + bytes(locked), salt=salt)


def _open(sealed: bytes, key: bytes, commit: bytes) -> bytes:
    from Crypto.Protocol import HPKE

    if len(sealed) != SEALED_BYTES or not sealed.startswith(MAGIC):
        raise LetterError("form", f"no letter: it has {len(sealed)} bytes, every letter {SEALED_BYTES}")
    encapsulated, locked = sealed[len(MAGIC) : len(MAGIC) + KEY_BYTES], sealed[len(MAGIC) + KEY_BYTES :]
    try:
        box = HPKE.new(
            receiver_key=_private(key), aead_id=HPKE.AEAD.CHACHA20_POLY1305, enc=encapsulated, info=_INFO
        )  # fmt: skip
        content = bytes(box.unseal(locked))
    except ValueError:
        raise LetterError("sealed_for_another", "the letter is damaged, or sealed for another grower's key") from None
    salt, size = content[:SALT_BYTES], int.from_bytes(content[SALT_BYTES : SALT_BYTES + 2], "big")
    plain = content[SALT_BYTES + 2 :][:size]
    if not hmac.compare_digest(commit_of(salt, plain), commit):
        raise LetterError("commit", "the letter is not the one that this delivery was opened with")
    return plain


def _tidy(name: str, text: str, most: int) -> str:
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = " ".join(text.split())
    if len(text) > most:
        raise LetterError(f"long_{name}", f"the {name} has {len(text)} characters; {most} at most")
    if any(unicodedata.category(letter) in ("Cc", "Cs") or letter in _TURNING for letter in text):
        raise LetterError(f"unprintable_{name}", f"the {name} has characters that cannot be printed")
    return text


def _public(key: bytes) -> "EccKey":
    from Crypto.Protocol.DH import import_x25519_public_key

    if len(key) != KEY_BYTES:
        raise LetterError("key", f"the grower's key has {len(key)} bytes; an X25519 key has {KEY_BYTES}")
    return import_x25519_public_key(key)


def _private(key: bytes) -> "EccKey":
    from Crypto.Protocol.DH import import_x25519_private_key

    if len(key) != KEY_BYTES:
        raise LetterError("key", f"the private key has {len(key)} bytes; an X25519 key has {KEY_BYTES}")
    return import_x25519_private_key(key)
