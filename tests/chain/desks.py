"""Desks in this process, for tests that look at what lies between a request and its answer."""

import time
from collections.abc import Callable
from pathlib import Path

from chain.deploy import deploy
from chain.desk import Desk
from chain.rpc import Rpc
from chain.seed import seed
from chain.wallet import grant_starter_purse, open_wallet
from game.core.ids import OrderId
from game.core.ports import Line, OrderUpdate, Quote, Quoted, Update
from tests.chain.bazaar import CATALOGUE, HAT, SHOP, new_id


class Desks:
    """Desks of several homes on one node, and what each has said."""

    def __init__(self, rpc: Rpc, folder: Path) -> None:
        self._rpc = rpc
        self.folder = folder
        self.open: list[Desk] = []

    def __call__(
        self, name: str, *, at: Callable[[str], None] = lambda state: None
    ) -> tuple[Desk, list[Update]]:
        """A desk and what it says; `at` hears each state of an order once it is in the journal."""
        home = self.folder / name
        wallet = open_wallet(home)
        grant_starter_purse(self._rpc, wallet.address)
        deployment = deploy(self._rpc, home)
        said: list[Update] = []
        street = seed(self._rpc, deployment, CATALOGUE, home)
        own = Rpc(self._rpc.url)
        desk = Desk(own, deployment, CATALOGUE, street, wallet, home=home, say=said.append, at=at)
        desk.read_ledger()
        desk.tell_all()
        self.open.append(desk)
        return desk, said


def hat(quantity: int = 1) -> Line:
    return Line(good_id=HAT, quantity=quantity, place_id=SHOP)


def quote(desk: Desk, said: list[Update], *lines: Line, best_effort: bool = False) -> OrderId:
    order_id = OrderId(new_id())
    desk.serve(Quote(order_id=order_id, lines=lines, best_effort=best_effort))
    assert isinstance(said[-1], Quoted), said[-1]
    return order_id


def settle(desk: Desk) -> None:
    """Look until nothing is on its way: on a busy machine a block takes a moment."""
    for _ in range(200):
        if not desk.tick():
            return
        time.sleep(0.02)


def states(said: list[Update]) -> list[str]:
    return [update.state for update in said if isinstance(update, OrderUpdate)]


def last(said: list[Update], kind: Callable[[Update], bool]) -> Update:
    return next(update for update in reversed(said) if kind(update))
