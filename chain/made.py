"""The goods that the player made, each with every offer that was ever signed for it: one file a good."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from chain.errors import ChainError
from chain.files import locked, write_whole
from chain.goods_id import Terms, player_terms, token_id
from chain.offers import SignedOffer, check_offer
from game.core.ids import Address, GoodId, OfferHash, TokenId, Wei
from game.core.ports import GoodTerms

FILE_BYTES = 4 * 1024 * 1024


class MadeOffer(Struct, frozen=True, kw_only=True):
    """An offer of the player's as maker; `request_id` is the game's own name for it."""

    request_id: str
    signed: SignedOffer
    replaced: tuple[OfferHash, ...] = ()  # former offers whose place it took
    gas_wei: Wei = Wei(0)  # that closing these has cost


class MadeGood(Struct, frozen=True, kw_only=True):
    """What a file under offers/made/<chain id> holds; offers are in the order in which they were signed."""

    market: Address
    good: GoodTerms
    offers: tuple[MadeOffer, ...]


_decoder = msgspec.json.Decoder(MadeGood)


class MadeOffers:
    """The files of one chain. One that is damaged, or isn't the player's, is left out and stays as it is."""

    def __init__(self, home: Path, *, chain_id: int, market: Address, account: Address, domain: bytes) -> None:
        self.folder = home / "offers" / "made" / str(chain_id)
        self._market = market
        self._account = account
        self._domain = domain
        self._known: dict[GoodId, MadeGood] = {}
        self._terms: dict[GoodId, Terms] = {}
        self.rejected: dict[str, str] = {}  # file name and why
        self.look()

    def look(self) -> None:
        """Read the files anew: another game of this home may have written some."""
        self.rejected.clear()
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else ():
            try:
                if path.stat().st_size > FILE_BYTES:
                    raise ChainError(f"it has more than {FILE_BYTES} bytes")
                made = _decoder.decode(path.read_bytes())
                self._take(made)
            except (ChainError, msgspec.MsgspecError, ValueError, RecursionError, OSError) as error:
                self.rejected[path.name] = str(error)

    def _take(self, made: MadeGood) -> None:
        if made.market.lower() != self._market.lower() or made.good.maker != str(self._account):
            raise ChainError(f"it is {made.good.maker}'s, for the market {made.market}")
        terms = player_terms(made.good)
        for each in made.offers:
            check_offer(each.signed, domain=self._domain)
            if each.signed.offer.good != token_id(terms) or not each.signed.offer.primary:
                raise ChainError(f"{each.signed.hash} is no offer of new units of {made.good.good_id}")
        self._known[made.good.good_id] = made
        self._terms[made.good.good_id] = terms

    def all(self) -> list[tuple[GoodTerms, TokenId, Terms, tuple[MadeOffer, ...]]]:
        """Every good with its id and terms on the chain, and its offers, oldest first."""
        return [
            (made.good, token_id(self._terms[good_id]), self._terms[good_id], made.offers)
            for good_id, made in self._known.items()
        ]

    def offers_of(self, good_id: GoodId) -> tuple[MadeOffer, ...]:
        """The offers of a good, oldest first."""
        made = self._known.get(good_id)
        return () if made is None else made.offers

    def find(self, offer: OfferHash) -> tuple[GoodId, SignedOffer] | None:
        """An offer by its hash, with its good."""
        for good_id, made in self._known.items():
            for each in made.offers:
                if each.signed.hash == offer:
                    return good_id, each.signed
        return None

    def asked(self, request_id: str) -> tuple[GoodId, MadeOffer] | None:
        """What was signed for a request."""
        for good_id, made in self._known.items():
            for each in made.offers:
                if each.request_id == request_id:
                    return good_id, each
        return None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder against other games of this home, with all that they wrote taken in."""
        with locked(self.folder / "lock"):
            self.look()
            yield

    def keep(self, good: GoodTerms, offer: MadeOffer) -> None:
        """Write an offer after those of its good; it's on the disk when this returns. Twice is once."""
        known = self.offers_of(good.good_id)
        if any(each.signed.hash == offer.signed.hash for each in known):
            return
        made = MadeGood(market=self._market, good=good, offers=(*known, offer))
        self._take(made)
        write_whole(self.folder / f"{good.good_id}.json", msgspec.json.format(msgspec.json.encode(made)) + b"\n")
