"""A market with two players in it, the same for the fake and for real nodes, so that one suite can test all of them."""

import shutil
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from chain.deploy import plan_deployment
from chain.goods_id import player_terms, terms_of, token_id
from chain.keys import dev_address
from chain.market import ChainMarket
from chain.node import ensure_node, release_node
from chain.node_process import find_anvil
from chain.rpc import Rpc
from chain.words import call_data
from game.core.ids import Address, GoodId, MakerId, OfferHash, OrderId, PlaceId, TokenId, Wei
from game.core.ports import (
    FINAL_STATES,
    Catalogue,
    Confirm,
    Down,
    GoodTerms,
    Holdings,
    Line,
    Listed,
    Market,
    OrderUpdate,
    Progress,
    Quote,
    Quoted,
    Ready,
    Refused,
    Request,
    RoomTerms,
    Sell,
    Stock,
    Update,
)
from tests.fakes.chain import FakeChain
from tests.fakes.market import FakeMarket

COIN_WEI = 10**15
NODES = ["fake", "embedded", pytest.param("anvil", marks=pytest.mark.anvil)]
PATIENCE_SECS = 60.0  # a limit for a hanging test, not a measurement

HAT = GoodId("felt_hat")  # 20 units
VASE = GoodId("tall_vase")  # one unit
LAMP = GoodId("desk_lamp")  # 3 units
CHAIR = GoodId("oak_chair")  # 20 units, never shown in the shop
SHOP = PlaceId("boutique")
STREET = PlaceId("street")


def good_terms(good_id: str, *, edition: int, coins: int, maker: str = "mei_lin", share: int = 1000) -> GoodTerms:
    """Terms of a good of the test catalogue, with a 5 % royalty."""
    return GoodTerms(
        good_id=GoodId(good_id),
        maker=MakerId(maker),
        manifest=b'{"name":"%s"}' % good_id.encode(),
        edition=edition,
        royalty_bps=500,
        price_wei=Wei(coins * COIN_WEI),
        room_share_bps=share,
    )


CATALOGUE = Catalogue(
    goods=(
        good_terms(HAT, edition=20, coins=12),
        good_terms(VASE, edition=1, coins=40, maker="yuki_ono"),
        good_terms(LAMP, edition=3, coins=25, maker="otto_brandt"),
        good_terms(CHAIR, edition=20, coins=30, maker="otto_brandt"),
    ),
    rooms=(
        RoomTerms(place_id=SHOP, keeper=MakerId("hana_mori"), bundle_sha256=b"\1" * 32, displays=(HAT, VASE, LAMP)),
        RoomTerms(place_id=STREET, keeper=MakerId("street_guild"), bundle_sha256=b"\2" * 32, displays=(CHAIR,)),
    ),
)

_numbers = count(1)


def new_id(prefix: str = "order") -> str:
    """An id that no other test uses."""
    return f"{prefix}_{time.time_ns():x}_{next(_numbers)}"


class Player:
    """A market and all that it has said so far."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.heard: list[Update] = []
        self.stock: dict[GoodId, Stock] = {}
        self.holdings: Holdings | None = None
        self.ready: Ready | None = None

    def listen(self) -> list[Update]:
        """Take in what the market says now."""
        updates = self.market.poll()
        for update in updates:
            match update:
                case Stock():
                    self.stock[update.good_id] = update
                case Holdings():
                    self.holdings = update
                case Ready():
                    self.ready = update
                case _:
                    pass
        self.heard += updates
        return updates

    def wait(self, what: str, done: Callable[[], bool], *, secs: float = PATIENCE_SECS) -> None:
        """Listen until `done`; fails naming `what` and the last words of the market."""
        deadline = time.monotonic() + secs
        while True:
            self.listen()
            if done():
                return
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {secs:.0f} s for {what}; last heard: {self.heard[-6:]}")
            time.sleep(0.005)

    def open(self) -> "Player":
        """Wait until the market is open and has told the stock and the holdings."""
        self.wait("an open market", lambda: self.ready is not None and self.holdings is not None)
        return self

    def answer(self, request: Request, kind: type[Update] | tuple[type[Update], ...]) -> Update:
        """Submit, and wait for the update of that kind which answers the request."""
        ident = getattr(request, "order_id", None) or getattr(request, "request_id", None)
        start = len(self.heard)
        self.market.submit(request)

        def answers() -> list[Update]:
            return [
                u
                for u in self.heard[start:]
                if isinstance(u, kind) and ident in (getattr(u, "order_id", None), getattr(u, "request_id", None))
            ]

        self.wait(f"an answer to {request}", lambda: bool(answers()))
        return answers()[0]

    def quote(self, *lines: Line, best_effort: bool = False, order_id: str = "") -> Quoted | OrderUpdate:
        """Ask for a price."""
        request = Quote(order_id=OrderId(order_id or new_id()), lines=lines, best_effort=best_effort)
        answer = self.answer(request, (Quoted, OrderUpdate))
        assert isinstance(answer, Quoted | OrderUpdate)
        return answer

    def confirm(self, order_id: OrderId) -> OrderUpdate:
        """Pay, and wait for the order's end."""
        start = len(self.heard)
        self.market.submit(Confirm(order_id=order_id))
        self.wait(f"the end of {order_id}", lambda: any(u.state in FINAL_STATES for u in self.moves(order_id, start)))
        return next(u for u in self.moves(order_id, start) if u.state in FINAL_STATES)

    def buy(self, *lines: Line, best_effort: bool = False) -> OrderUpdate:
        """Quote and pay."""
        quoted = self.quote(*lines, best_effort=best_effort)
        return self.confirm(quoted.order_id) if isinstance(quoted, Quoted) else quoted

    def sell(self, good_id: GoodId, coins: int, *, quantity: int = 1, share: int = 0) -> Listed | Refused:
        """Offer units for resale."""
        request = Sell(
            request_id=new_id("sell"),
            good_id=good_id,
            quantity=quantity,
            unit_price_wei=Wei(coins * COIN_WEI),
            room_share_bps=share,
        )
        answer = self.answer(request, (Listed, Refused))
        assert isinstance(answer, Listed | Refused)
        return answer

    def moves(self, order_id: OrderId, start: int = 0) -> list[OrderUpdate]:
        """All updates of an order, oldest first."""
        return [u for u in self.heard[start:] if isinstance(u, OrderUpdate) and u.order_id == order_id]

    def owned(self, good_id: GoodId) -> int:
        """Units that the player holds, by the market's last word."""
        assert self.holdings is not None
        return self.holdings.goods.get(good_id, 0)

    def count(self, kind: type[Progress] | type[Down]) -> int:
        """How many updates of a kind were heard."""
        return sum(isinstance(update, kind) for update in self.heard)


class Bazaar(Protocol):
    """A chain with two players or more, and the powers that only tests have."""

    players: list[Player]

    @property
    def first(self) -> Player:
        return self.players[0]

    @property
    def second(self) -> Player:
        return self.players[1]

    @property
    def third(self) -> Player:
        return self.players[2]

    def show_offer(self, offer: OfferHash, *, of: Player, to: Player) -> None:
        """Let one player's shop know an offer of the other's."""
        ...

    def pass_secs(self, secs: int) -> None:
        """Move the chain's clock."""
        ...

    def set_balance(self, account: Address, wei: int) -> None:
        """Give or take money."""
        ...

    def head(self) -> int:
        """The number of the newest block."""
        ...

    def owned_on_chain(self, account: Address, good_id: GoodId) -> int:
        """Units of a good, read directly."""
        ...

    def owned_good(self, account: Address, good: GoodTerms) -> int:
        """Units of a player's good, read directly."""
        ...

    def now_secs(self) -> int:
        """The chain's clock."""
        ...

    def restart(self, player: Player) -> Player:
        """End a player's game and start it again on the same home."""
        ...

    def close(self) -> None:
        """Stop everything."""
        ...


NAMES = ("first", "second", "third")


class FakeBazaar(Bazaar):
    """Fake markets on one fake chain."""

    def __init__(self, count: int = 2) -> None:
        self.chain = FakeChain(CATALOGUE)
        markets = [FakeMarket(self.chain, name, polls_per_update=2 * (name == "second")) for name in NAMES[:count]]
        for market in markets:
            market.start()
        self.players = [Player(market).open() for market in markets]

    def show_offer(self, offer: OfferHash, *, of: Player, to: Player) -> None:
        """All offers of the fake chain are known to all."""

    def pass_secs(self, secs: int) -> None:
        self.chain.now_secs += secs
        self.chain.block += 1

    def set_balance(self, account: Address, wei: int) -> None:
        self.chain.balances[account] = wei

    def head(self) -> int:
        return self.chain.block

    def owned_on_chain(self, account: Address, good_id: GoodId) -> int:
        return self.chain.owned[account].get(good_id, 0)

    def owned_good(self, account: Address, good: GoodTerms) -> int:
        return self.chain.owned[account].get(good.good_id, 0)

    def now_secs(self) -> int:
        return self.chain.now_secs

    def restart(self, player: Player) -> Player:
        player.market.close()
        at = self.players.index(player)
        market = FakeMarket(self.chain, NAMES[at])
        market.start()
        self.players[at] = Player(market).open()
        return self.players[at]

    def close(self) -> None:
        for player in self.players:
            player.market.close()


class ChainBazaar(Bazaar):
    """Real markets in homes of their own on one real node."""

    def __init__(self, home: Path, kind: str, count: int = 2) -> None:
        self._homes = [home / name for name in NAMES[:count]]
        self._node = ensure_node(self._homes[0], kind)
        self.rpc = Rpc(self._node.url)
        markets = [ChainMarket(self._homes[0], CATALOGUE, node=kind)]
        markets += [ChainMarket(own, CATALOGUE, rpc=self._node.url) for own in self._homes[1:]]
        self.players = [Player(market) for market in markets]
        for market in markets:
            market.start()
        for player in self.players:
            player.open()

    def show_offer(self, offer: OfferHash, *, of: Player, to: Player) -> None:
        """Copy the offer's file, as someone who publishes a room would."""
        players = self.players
        folders = [home / "offers" / "resale" / "31337" for home in self._homes]
        target = folders[players.index(to)]
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(folders[players.index(of)] / f"{offer[2:]}.json", target)

    def pass_secs(self, secs: int) -> None:
        self.rpc.call("evm_increaseTime", secs)
        self.rpc.call("evm_mine")

    def set_balance(self, account: Address, wei: int) -> None:
        self.rpc.call("anvil_setBalance", account, hex(wei))

    def head(self) -> int:
        return int(self.rpc.call("eth_blockNumber"), 16)

    def owned_on_chain(self, account: Address, good_id: GoodId) -> int:
        return units_on_chain(self.rpc, account, good_id)

    def owned_good(self, account: Address, good: GoodTerms) -> int:
        return _units(self.rpc, account, token_id(player_terms(good)))

    def now_secs(self) -> int:
        return int(self.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def restart(self, player: Player) -> Player:
        player.market.close()
        at = self.players.index(player)
        market = ChainMarket(self._homes[at], CATALOGUE, rpc=self._node.url)
        market.start()
        self.players[at] = Player(market).open()
        return self.players[at]

    def close(self) -> None:
        for player in self.players:
            player.market.close()
        self.rpc.close()
        release_node(self._node)


def units_on_chain(rpc: Rpc, account: Address, good_id: GoodId) -> int:
    """Units of a good of the test catalogue, asked of the contract itself."""
    good = next(good for good in CATALOGUE.goods if good.good_id == good_id)
    return _units(rpc, account, token_id(terms_of(good, dev_address(good.maker))))


def _units(rpc: Rpc, account: Address, token: TokenId) -> int:
    data = call_data("balanceOf(address,uint256)", account, token)
    call = {"to": plan_deployment().goods, "data": "0x" + data.hex()}
    return int(rpc.call("eth_call", call, "latest"), 16)


def start_player(home: Path, url: str, *, crash_at: str = "") -> Player:
    """The player of a home whose market is another process, still to be opened; told to die when an order is there."""
    market = ChainMarket(home, CATALOGUE, rpc=url, worker_args=("--crash-at", crash_at) if crash_at else ())
    market.start()
    return Player(market)


def open_bazaar(kind: str, home: Path, count: int = 2) -> Bazaar:
    """A bazaar on the fake chain, the embedded node or anvil; skips the test when anvil isn't there."""
    if kind == "fake":
        return FakeBazaar(count)
    if kind == "anvil" and find_anvil() is None:
        pytest.skip("no anvil on PATH or in node_modules/.bin")
    return ChainBazaar(home, kind, count)
