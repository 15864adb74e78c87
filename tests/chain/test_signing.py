"""Hashes, trees and signatures: equal to the reference implementations and to what the contracts compute."""

from dataclasses import dataclass

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import to_checksum_address
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.deploy import Deployment, deploy
from chain.errors import ChainError
from chain.goods_id import Terms, room_id, room_key, token_id
from chain.keys import address_of_key, dev_address, dev_key
from chain.merkle import EMPTY_ROOT, MerkleTree, verify
from chain.offers import Offer, SignedOffer, domain_separator, offer_digest, sign_offer, signer_of
from chain.rpc import Rpc
from chain.words import address_bytes, call_data, checksummed, create2_address, encode, word
from game.core.ids import Address, MakerId, PlaceId, TokenId, Wei

MARKET = Address("0x" + "ab" * 20)
TYPES = {
    "Offer": [
        {"name": "seller", "type": "address"}, {"name": "good", "type": "uint256"},
        {"name": "startPrice", "type": "uint128"}, {"name": "endPrice", "type": "uint128"},
        {"name": "quantity", "type": "uint32"}, {"name": "roomShareBps", "type": "uint16"},
        {"name": "primary", "type": "bool"}, {"name": "start", "type": "uint40"},
        {"name": "expiry", "type": "uint40"}, {"name": "counter", "type": "uint64"},
        {"name": "serial", "type": "uint64"},
    ],
}  # fmt: skip

names = st.sampled_from([MakerId(name) for name in ("mei_lin", "nils_berg", "old_wu")])
offers = st.builds(
    Offer,
    seller=names.map(dev_address),
    good=st.integers(0, 2**256 - 1).map(TokenId),
    start_price_wei=st.integers(0, 2**128 - 1).map(Wei),
    end_price_wei=st.integers(0, 2**128 - 1).map(Wei),
    quantity=st.integers(0, 2**32 - 1),
    room_share_bps=st.integers(0, 2**16 - 1),
    primary=st.booleans(),
    start=st.integers(0, 2**40 - 1),
    expiry=st.integers(0, 2**40 - 1),
    counter=st.integers(0, 2**64 - 1),
    serial=st.integers(0, 2**64 - 1),
)


def reference_message(offer: Offer, chain_id: int, market: str) -> object:
    domain = {"name": "Loquat Market", "version": "1", "chainId": chain_id, "verifyingContract": market}
    fields = [field["name"] for field in TYPES["Offer"]]
    values = dict(zip(fields, offer.words(), strict=True)) | {"primary": offer.primary}
    return encode_typed_data(domain, TYPES, values)


@settings(max_examples=40, deadline=None)
@given(offers, st.integers(1, 2**63))
def test_an_offer_is_signed_as_eth_account_signs_it(offer: Offer, chain_id: int) -> None:
    maker = next(name for name in ("mei_lin", "nils_berg", "old_wu") if dev_address(MakerId(name)) == offer.seller)
    key = dev_key(MakerId(maker), chain_id=31337)
    domain = domain_separator(chain_id, MARKET)
    signed = sign_offer(offer, domain=domain, key=key)
    reference = Account.sign_message(reference_message(offer, chain_id, MARKET), key.secret)
    assert signed.signature == bytes(reference.signature)
    assert signed.hash == "0x" + bytes(reference.message_hash).hex()
    assert signer_of(signed, domain=domain) == offer.seller


@pytest.fixture
def offer() -> Offer:
    return Offer(
        seller=dev_address(MakerId("mei_lin")), good=TokenId(2**255 + 1), start_price_wei=Wei(5),
        end_price_wei=Wei(7), quantity=3, room_share_bps=1000, primary=True, start=4, expiry=9, counter=2, serial=8,
    )  # fmt: skip


def test_an_offer_is_its_signers_on_its_own_chain_and_market_only(offer: Offer) -> None:
    key = dev_key(MakerId("mei_lin"), chain_id=31337)
    signed = sign_offer(offer, domain=domain_separator(31337, MARKET), key=key)
    assert signer_of(signed, domain=domain_separator(1, MARKET)) != offer.seller
    assert signer_of(signed, domain=domain_separator(31337, Address("0x" + "ac" * 20))) != offer.seller


def test_nobody_signs_for_another(offer: Offer) -> None:
    with pytest.raises(ValueError, match="the key"):
        sign_offer(offer, domain=bytes(32), key=dev_key(MakerId("old_wu"), chain_id=31337))


@pytest.mark.parametrize("rest", [b"", bytes(65), bytes(64) + b"\x1b", b"\xff" * 64 + b"\x1c", bytes(64) + b"\x1d"])
def test_a_malformed_signature_is_nobodys(offer: Offer, rest: bytes) -> None:
    with pytest.raises(ValueError, match="signature"):
        signer_of(SignedOffer(offer=offer, signature=rest, hash="0x"), domain=bytes(32))


@dataclass(frozen=True)
class Contracts:
    rpc: Rpc
    deployment: Deployment

    def read(self, contract: str, data: bytes) -> bytes:
        call = {"to": getattr(self.deployment, contract), "data": "0x" + data.hex()}
        return bytes.fromhex(self.rpc.call("eth_call", call, "latest")[2:])


@pytest.fixture
def contracts(rpc: Rpc, tmp_path) -> Contracts:
    return Contracts(rpc, deploy(rpc, tmp_path))


def test_the_market_hashes_an_offer_alike(contracts: Contracts, offer: Offer) -> None:
    signature = (
        "hashOffer((address,uint256,uint128,uint128,uint32,uint16,bool,uint40,uint40,uint64,uint64))"
    )
    domain = domain_separator(31337, contracts.deployment.market)
    assert contracts.read("market", call_data(signature, *offer.words())) == offer_digest(offer, domain)
    assert contracts.read("market", call_data("domainSeparator()")) == domain


def test_the_goods_contract_gives_the_same_id(contracts: Contracts) -> None:
    terms = Terms(
        maker=dev_address(MakerId("mei_lin")), creator=dev_address(MakerId("old_wu")), manifest_sha256=b"\x07" * 32,
        cap=12, royalty_bps=500, flags=3,
    )  # fmt: skip
    data = call_data("idOf((address,address,bytes32,uint32,uint16,uint16))", *terms.words())
    assert int.from_bytes(contracts.read("goods", data), "big") == token_id(terms)


def test_the_rooms_contract_gives_the_same_id(contracts: Contracts) -> None:
    keeper, place = dev_address(MakerId("hana_mori")), PlaceId("boutique")
    data = call_data("roomId(address,bytes32)", keeper, room_key(place))
    assert int.from_bytes(contracts.read("rooms", data), "big") == room_id(keeper, place)


@settings(max_examples=60)
@given(st.sets(st.integers(0, 2**256 - 1), min_size=1, max_size=40), st.integers(0, 2**256 - 1), st.randoms())
def test_a_tree_proves_what_it_holds_and_nothing_else(goods: set[int], stranger: int, random: object) -> None:
    listed = list(goods)
    random.shuffle(listed)
    tree = MerkleTree(listed + listed[:1])
    assert tree.root == MerkleTree(sorted(goods)).root
    assert all(verify(tree.root, good, tree.proof(good)) for good in goods)
    if stranger not in goods:
        assert not verify(tree.root, stranger, tree.proof(listed[0]))
        with pytest.raises(KeyError):
            tree.proof(stranger)


def test_a_tree_of_sixteen_has_proofs_of_four_and_one_of_none_is_empty() -> None:
    assert {len(MerkleTree(range(16)).proof(good)) for good in range(16)} == {4}
    assert MerkleTree([]).root == EMPTY_ROOT
    assert MerkleTree([5]).proof(5) == ()


def test_an_inner_node_does_not_pass_for_a_good() -> None:
    tree = MerkleTree(range(4))
    inner = tree.proof(0)[-1]
    assert not verify(tree.root, int.from_bytes(inner, "big"), tree.proof(0)[:-1])


def test_dev_keys_are_the_same_everywhere_and_refused_off_the_dev_chain() -> None:
    key = dev_key(MakerId("mei_lin"), chain_id=31337)
    assert address_of_key(key) == dev_address(MakerId("mei_lin")) == Account.from_key(key.secret).address
    assert dev_address(MakerId("mei_lin")) != dev_address(MakerId("mei_lin2"))
    for chain_id in (1, 0, 31338, 11155111):
        with pytest.raises(ChainError, match=f"chain {chain_id}"):
            dev_key(MakerId("mei_lin"), chain_id=chain_id)


@given(st.binary(min_size=20, max_size=20))
def test_addresses_are_checksummed_as_the_reference_does(octets: bytes) -> None:
    assert checksummed(octets) == to_checksum_address(octets)
    assert address_bytes(checksummed(octets)) == octets


def test_create2_matches_the_example_of_its_standard() -> None:
    creator = "0xdeadbeef00000000000000000000000000000000"
    assert create2_address(creator, bytes(32), b"\x00") == "0xB928f69Bb1D91Cd65274e3c79d8986362984fDA3"


def test_words_refuse_what_does_not_fit() -> None:
    assert encode(1, "0x" + "11" * 20, bytes(32)) == bytes(31) + b"\1" + bytes(12) + b"\x11" * 20 + bytes(32)
    for bad, error in ((2**256, OverflowError), (-1, OverflowError), ("0x12", ValueError), (bytes(31), ValueError)):
        with pytest.raises(error):
            word(bad)
