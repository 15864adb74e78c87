"""Merkle trees over the goods that a room displays, as OpenZeppelin's MerkleProof checks them.

Leaves are keccak(keccak(abi.encode(uint256 good))), sorted; a pair is hashed smaller half first. The double hash keeps
an inner node from passing for a leaf.
"""

from collections.abc import Iterable

from eth_hash.auto import keccak

from chain.words import word

EMPTY_ROOT = bytes(32)  # a room that displays nothing


class MerkleTree:
    """The tree over a set of goods' ids; their order and repetitions don't matter."""

    def __init__(self, goods: Iterable[int]) -> None:
        leaves = sorted({leaf(good) for good in goods})
        self._position = {each: index for index, each in enumerate(leaves)}
        # A complete binary tree in one list, root first: the children of node i are 2i + 1 and 2i + 2.
        self._nodes: list[bytes] = [b""] * max(len(leaves) - 1, 0) + leaves[::-1]
        for index in range(len(leaves) - 2, -1, -1):
            self._nodes[index] = _pair(self._nodes[2 * index + 1], self._nodes[2 * index + 2])

    @property
    def root(self) -> bytes:
        """32 bytes; zeros for no goods."""
        return self._nodes[0] if self._nodes else EMPTY_ROOT

    def proof(self, good: int) -> tuple[bytes, ...]:
        """The siblings on the way from a good's leaf to the root. Raises KeyError when the tree doesn't hold it."""
        index = len(self._nodes) - 1 - self._position[leaf(good)]
        siblings: list[bytes] = []
        while index:
            siblings.append(self._nodes[index + 1 if index % 2 else index - 1])
            index = (index - 1) // 2
        return tuple(siblings)


def leaf(good: int) -> bytes:
    """Leaf of a good's id."""
    return keccak(keccak(word(good)))


def verify(root: bytes, good: int, proof: Iterable[bytes]) -> bool:
    """Whether a proof shows that the tree with this root holds the good."""
    node = leaf(good)
    for sibling in proof:
        node = _pair(node, sibling)
    return node == root


def _pair(one: bytes, other: bytes) -> bytes:
    return keccak(one + other if one < other else other + one)
