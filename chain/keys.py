"""Keys of the dev chain's makers, shopkeepers and deployer. Anyone can compute them: they are worth nothing elsewhere.

Each is the keccak of a published phrase and a name, so every dev chain has the same people.
"""

from coincurve import PrivateKey
from eth_hash.auto import keccak

from chain.errors import ChainError
from chain.words import address_of_public_key
from game.core.ids import Address, MakerId

PHRASE = "loquat dev street: these keys are public, never send them anything of worth"
DEV_CHAIN_ID = 31337
DEPLOYER = MakerId("loquat_deployer")  # no maker may have this id


def dev_key(name: MakerId, *, chain_id: int) -> PrivateKey:
    """The dev key of a maker or keeper. Raises ChainError on any chain but the dev one, where it would be anyone's."""
    if chain_id != DEV_CHAIN_ID:
        raise ChainError(
            f"the key of {name!r} is public, so it is refused on chain {chain_id}; it works on {DEV_CHAIN_ID} only"
        )
    return PrivateKey(keccak(f"{PHRASE}/{name}".encode()))


def dev_address(name: MakerId) -> Address:
    """Account of a dev key; knowing it is harmless anywhere."""
    return address_of_key(dev_key(name, chain_id=DEV_CHAIN_ID))


def address_of_key(key: PrivateKey) -> Address:
    """Account that a key controls."""
    return address_of_public_key(key.public_key.format(compressed=False))


def dev_letter_key(name: MakerId, *, chain_id: int) -> bytes:
    """The private X25519 key, 32 bytes, for letters to a dev grower. Raises ChainError as `dev_key` does."""
    return keccak(b"letters/" + dev_key(name, chain_id=chain_id).secret)


def letter_key_of(key: bytes) -> bytes:
    """The public X25519 key, 32 bytes, of a private one."""
    from Crypto.Protocol.DH import import_x25519_private_key  # hardly anybody needs it

    return bytes(import_x25519_private_key(key).public_key().export_key(format="raw"))
