"""The office behind the market's desk: all that the player asks as seller, maker and host."""

from collections.abc import Callable
from pathlib import Path

from chain.bookkeeping import Bookkeeping
from chain.calls import Calls
from chain.deploy import Deployment
from chain.earnings import Earnings
from chain.hosting import Hosting
from chain.journal import Entry, Journal
from chain.ledger import Ledger
from chain.made import MadeOffers
from chain.making import Making
from chain.orchard import KIND, REVEAL, Orchards
from chain.rpc import Rpc
from chain.selling import Selling
from chain.shop import Shop
from chain.wallet import Wallet
from game.core.ids import OrderId
from game.core.orchard_ports import OrchardRequest
from game.core.ports import Cancel, Sell, Update
from game.core.room_ports import (
    AdmitRoom,
    CancelAll,
    OpenHome,
    PublishRoom,
    ReadDesk,
    ReadPurse,
    ReadVersions,
    Reprice,
    RoomRequest,
    SignOffer,
    UnpublishRoom,
    WithdrawCredits,
)


class Office:
    """One wallet's offers, rooms and books on one chain."""

    def __init__(
        self,
        rpc: Rpc,
        deployment: Deployment,
        wallet: Wallet,
        journal: Journal,
        ledger: Ledger,
        shop: Shop,
        *,
        domain: bytes,
        chain: str,
        home: Path,
        now_secs: Callable[[], int],
        read_on: Callable[[], None],
        say: Callable[[Update], None],
    ) -> None:
        """`read_on` has the ledger read what is new."""
        account, market, chain_id = wallet.address, deployment.market, deployment.chain_id
        self._shop = shop
        self._now_secs = now_secs
        calls = Calls(rpc, journal, account=account, chain=chain, now_secs=now_secs)
        made = MadeOffers(home, chain_id=chain_id, market=market, account=account, domain=domain)
        self._making = Making(
            rpc, calls, made, shop, ledger, wallet, market=market, chain_id=chain_id, domain=domain,
            now_secs=now_secs, say=say,
        )  # fmt: skip
        self._selling = Selling(
            rpc, deployment, wallet, journal, calls, ledger, shop, made, domain=domain, chain=chain,
            free_serial=self._making.free_serial, now_secs=now_secs, say=say,
        )  # fmt: skip
        self._hosting = Hosting(
            rpc, deployment, calls, shop, ledger, wallet, domain=domain, read_on=read_on, say=say
        )
        earnings = Earnings(rpc, ledger, shop, account=account, home=self._hosting.home)
        self._orchards = Orchards(
            rpc, deployment, calls, journal, ledger, earnings, account=account, chain=chain, now_secs=now_secs, say=say
        )
        self._books = Bookkeeping(
            rpc, calls, ledger, shop, earnings, self._making, made, self._hosting, market=market, account=account,
            seen_path=home / "offers" / "shown" / f"{chain_id}.json", now_secs=now_secs, say=say,
        )  # fmt: skip
        self._told_of: dict[str, Callable[[Entry], None]] = {
            "cancel": self._selling.tell_withdrawal,
            "reprice": self._making.tell_repriced,
            "cancel_all": self._making.tell_voided,
            "open": self._hosting.tell_opened,
            "publish": self._hosting.tell_published,
            "withdraw": self._books.tell_withdrawn,
            KIND: self._orchards.told,
            REVEAL: self._orchards.told,
        }

    def serve(self, request: Sell | Cancel | RoomRequest | OrchardRequest) -> OrderId | None:
        """Answer a request, with the ledger up to date; the id of the transaction that was drafted and is to be sent.

        Raises RefusalError with the reason when it can't be done.
        """
        drafted = ""
        match request:
            case Sell():
                self._selling.sell(request)
            case Cancel():
                drafted = request.request_id if self._selling.draft_withdrawal(request) else ""
            case OpenHome():
                drafted = request.request_id if self._hosting.open_home(request) else ""
            case SignOffer():
                drafted = request.request_id if self._making.sign(request) else ""
            case Reprice():
                drafted = request.request_id if self._making.reprice(request) else ""
            case PublishRoom() | UnpublishRoom():
                drafted = request.request_id if self._hosting.publish(request) else ""
            case AdmitRoom():
                self._hosting.admit(request)
                self._books.note_visit()
            case WithdrawCredits():
                self._books.withdraw(request)
                drafted = request.request_id
            case CancelAll():
                resales = [file.signed.hash for file, *_ in self._shop.open_own(now_secs=self._now_secs())]
                self._making.void_all(request, resales)
                drafted = request.request_id
            case ReadPurse():
                self._books.tell_purse()
            case ReadDesk():
                self._books.tell_desk()
            case ReadVersions():
                self._books.tell_versions(request)
            case _:
                drafted = request.request_id if self._orchards.serve(request) else ""
        return OrderId(drafted) if drafted else None

    def tell_in_time(self) -> None:
        """Tell what changes by time alone."""
        self._orchards.tell_in_time()

    def due(self) -> OrderId | None:
        """A transaction that is to be sent without anybody asking for it now; None when there is none."""
        return self._orchards.reveal_due()

    def told(self, entry: Entry) -> None:
        """Tell the game where an order that is no purchase is."""
        self._told_of[entry.kind](entry)

    def tell_changes(self) -> None:
        """Tell what is otherwise than it was told last."""
        self._hosting.tell_changes()
        self._selling.tell_changes()
        self._making.tell_changes()
        self._books.tell_changes()
        self._orchards.tell_changes()

    def forget_told(self) -> None:
        """Tell everything anew at the next change, and where the player's home is now."""
        self._selling.forget_told()
        self._making.forget_told()
        self._books.forget_told()
        self._orchards.forget_told()
        self._hosting.tell_home()
