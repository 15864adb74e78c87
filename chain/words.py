"""Ethereum's smallest parts: keccak, 32-byte words, call data of static arguments, addresses (EIP-55, EIP-1014)."""

from eth_hash.auto import keccak

from game.core.ids import Address

ZERO_ADDRESS = Address("0x" + "00" * 20)


def word(value: int | str | bytes) -> bytes:
    """32 bytes: a number, an address (0x…), or bytes that are 32 long already.

    Raises ValueError for bytes of another length, OverflowError for a number that doesn't fit.
    """
    if isinstance(value, int):
        return value.to_bytes(32, "big")
    if isinstance(value, str):
        return bytes(12) + address_bytes(value)
    if len(value) != 32:
        raise ValueError(f"a word has 32 bytes, not {len(value)}")
    return value


def encode(*values: int | str | bytes) -> bytes:
    """ABI encoding of static values, each one word; see `word`."""
    return b"".join(word(value) for value in values)


def call_data(signature: str, *values: int | str | bytes) -> bytes:
    """Call data of a function such as `mint(address,bytes32)` whose arguments are all static."""
    return keccak(signature.encode())[:4] + encode(*values)


def address_bytes(address: str) -> bytes:
    """The 20 bytes of a 0x… address. Raises ValueError when it's none."""
    octets = bytes.fromhex(address.removeprefix("0x"))
    if len(octets) != 20:
        raise ValueError(f"{address!r} is no address: it has {len(octets)} bytes, not 20")
    return octets


def checksummed(octets: bytes) -> Address:
    """20 bytes as an address whose letters' case is its checksum (EIP-55)."""
    plain = octets.hex()
    digest = keccak(plain.encode()).hex()
    return Address("0x" + "".join(a.upper() if int(d, 16) > 7 else a for a, d in zip(plain, digest, strict=False)))


def address_of_public_key(uncompressed: bytes) -> Address:
    """Account of a public key given as 65 bytes, the first of them 4."""
    return checksummed(keccak(uncompressed[1:])[12:])


def create2_address(creator: str, salt: bytes, init_code: bytes) -> Address:
    """Where `creator` puts the contract of this creation code (EIP-1014)."""
    return checksummed(keccak(b"\xff" + address_bytes(creator) + word(salt) + keccak(init_code))[12:])
