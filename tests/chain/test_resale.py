"""Offer files that somebody gave: believed when their seller signed them for this market, else put aside."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chain.keys import dev_key
from chain.offers import Offer, SignedOffer, domain_separator, sign_offer
from chain.resale import ResaleFile, ResaleOffers
from chain.words import address_of_public_key
from game.core.ids import Address, MakerId, OfferHash, TokenId, Wei

MARKET = Address("0x" + "Ab" * 20)
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
KEY = dev_key(MakerId("mei_lin"), chain_id=31337)
SELLER = address_of_public_key(KEY.public_key.format(compressed=False))


def signed(*, chain_id: int = 31337, market: Address = MARKET, **fields: Any) -> SignedOffer:
    offer = Offer(**{
        "seller": SELLER, "good": TokenId(7), "start_price_wei": Wei(5), "end_price_wei": Wei(5), "quantity": 1,
        "room_share_bps": 0, "primary": False, **fields,
    })  # fmt: skip
    return sign_offer(offer, domain=domain_separator(chain_id, market), key=KEY)


def text_of(offer: SignedOffer, **fields: Any) -> dict[str, Any]:
    return msgspec.to_builtins(ResaleFile(request_id="one", market=MARKET, signed=offer)) | fields


def offers(home: Path) -> ResaleOffers:
    return ResaleOffers(home, chain_id=31337, market=MARKET, domain=domain_separator(31337, MARKET))


def put(home: Path, content: dict[str, Any] | bytes, name: str = "gift.json") -> Path:
    path = home / "offers" / "resale" / "31337" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def twin(signature: bytes) -> bytes:
    """The other signature of the same message, which everybody can compute: the contracts refuse it."""
    s = ORDER - int.from_bytes(signature[32:64], "big")
    return signature[:32] + s.to_bytes(32, "big") + bytes([55 - signature[64]])


def test_an_offer_that_its_seller_signed_is_known(tmp_path: Path) -> None:
    put(tmp_path, text_of(signed()))
    known = offers(tmp_path)
    assert [file.signed for file in known.all()] == [signed()]
    assert known.get(signed().hash) is not None
    assert known.get(OfferHash("0x" + "11" * 32)) is None
    assert known.rejected == {}


def change_offer(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["signed"]["offer"].update(fields)


@pytest.mark.parametrize(
    "tamper",
    [
        change_offer(start_price_wei=1),
        change_offer(quantity=-1),
        change_offer(quantity=2**300),
        change_offer(seller="0x12"),
        change_offer(seller="moon"),
        change_offer(seller=SELLER.lower()),
        change_offer(primary=True),
        change_offer(start=None),
        lambda content: content.update(market="0x" + "cd" * 20),
        lambda content: content["signed"].update(hash="0x" + "00" * 32),
        lambda content: content["signed"].update(signature=""),
        lambda content: content["signed"].update(signature=msgspec.to_builtins(b"\1" * 65)),
        lambda content: content["signed"].update(signature=msgspec.to_builtins(twin(signed().signature))),
    ],
)
def test_an_offer_that_was_tampered_with_is_put_aside(tmp_path: Path, tamper: Callable[[dict[str, Any]], Any]) -> None:
    content = text_of(signed())
    tamper(content)
    put(tmp_path, content)
    put(tmp_path, text_of(signed(serial=1)), "good.json")
    known = offers(tmp_path)
    assert [file.signed for file in known.all()] == [signed(serial=1)]
    assert list(known.rejected) == ["gift.json"]


@pytest.mark.parametrize("text", [b"", b"{", b"null", b"[" * 100_000, b" " * 100_000, b"\xff\xfe"], ids=lambda t: t[:5])
def test_a_file_that_is_no_offer_is_put_aside(tmp_path: Path, text: bytes) -> None:
    put(tmp_path, text)
    assert list(offers(tmp_path).rejected) == ["gift.json"]


@pytest.mark.parametrize("elsewhere", [{"chain_id": 1}, {"market": Address("0x" + "cd" * 20)}])
def test_an_offer_for_another_chain_or_market_is_put_aside(tmp_path: Path, elsewhere: dict[str, Any]) -> None:
    put(tmp_path, text_of(signed(**elsewhere)))
    known = offers(tmp_path)
    assert known.all() == []
    assert "hash" in known.rejected["gift.json"]


def test_one_offer_in_two_files_counts_once(tmp_path: Path) -> None:
    put(tmp_path, text_of(signed()), "one.json")
    put(tmp_path, text_of(signed()), "two.json")
    assert len(offers(tmp_path).all()) == 1


def test_a_file_that_was_read_half_copied_is_read_again_when_it_is_whole(tmp_path: Path) -> None:
    whole = json.dumps(text_of(signed())).encode()
    put(tmp_path, whole[:100])
    known = offers(tmp_path)
    assert list(known.rejected) == ["gift.json"]
    put(tmp_path, whole)
    assert known.get(signed().hash) is not None
    assert known.rejected == {}
