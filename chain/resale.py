"""The player's own offers, and others' that someone gave them: one file each, valid wherever it is found."""

from pathlib import Path

import msgspec
from msgspec import Struct

from chain.errors import ChainError
from chain.files import write_whole
from chain.offers import SignedOffer, check_offer
from game.core.ids import Address, OfferHash


class ResaleFile(Struct, frozen=True, kw_only=True):
    """What a file under offers/resale/<chain id> holds; `request_id` is the seller's own name for it."""

    request_id: str
    market: Address
    signed: SignedOffer


FILE_BYTES = 64 * 1024

_decoder = msgspec.json.Decoder(ResaleFile)


class ResaleOffers:
    """The offer files of one chain; each is believed only if its seller signed it for this market."""

    def __init__(self, home: Path, *, chain_id: int, market: Address, domain: bytes) -> None:
        self.folder = home / "offers" / "resale" / str(chain_id)
        self._market = market
        self._domain = domain
        self._known: dict[OfferHash, ResaleFile] = {}
        self._seen: dict[str, tuple[int, int]] = {}  # file name: time of its last change and size when it was read
        self.rejected: dict[str, str] = {}  # file name and why; it is read again once it changes
        self.look()

    def look(self) -> None:
        """Take in files that appeared since the last look."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.glob("*.json")):
            try:
                status = path.stat()
                mark = (status.st_mtime_ns, status.st_size)
                if self._seen.get(path.name) == mark:
                    continue
                self._seen[path.name] = mark
                self.rejected.pop(path.name, None)
                if status.st_size > FILE_BYTES:
                    raise ChainError(f"an offer has at most {FILE_BYTES} bytes, not {status.st_size}")
                file = self._check(path.read_bytes())
            except (ChainError, msgspec.MsgspecError, ValueError, OverflowError, RecursionError, OSError) as error:
                self.rejected[path.name] = str(error)
            else:
                self._known.setdefault(file.signed.hash, file)

    def keep(self, file: ResaleFile) -> None:
        """Write an offer; it's on the disk when this returns."""
        path = self.folder / f"{file.signed.hash[2:]}.json"
        write_whole(path, msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n")
        self._known[file.signed.hash] = file

    def admit(self, signed: SignedOffer) -> None:
        """Know an offer that was checked and came with a room, as long as this process lasts."""
        self._known.setdefault(signed.hash, ResaleFile(request_id="", market=self._market, signed=signed))

    def all(self) -> list[ResaleFile]:
        """Every offer that is known, the player's own included."""
        return list(self._known.values())

    def get(self, offer: OfferHash) -> ResaleFile | None:
        """An offer by its hash, looking for new files when it isn't known yet."""
        if offer not in self._known:
            self.look()
        return self._known.get(offer)

    def _check(self, data: bytes) -> ResaleFile:
        file = _decoder.decode(data)
        offer = file.signed.offer
        if file.market.lower() != self._market.lower():
            raise ChainError(f"the offer is for the market {file.market}")
        if offer.primary:
            raise ChainError("a primary offer has its place in the makers' book")
        check_offer(file.signed, domain=self._domain)
        return file
