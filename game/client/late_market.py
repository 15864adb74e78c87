"""A market that is opened when it is started: its code and its catalogue are not needed for the first frame."""

from collections.abc import Callable

from game.core.ports import Market, Request, Update


class LateMarket:
    """`game.core.ports.Market` in front of the one that `open_market` makes; what comes earlier waits for it."""

    def __init__(self, open_market: Callable[[], Market]) -> None:
        self._open_market = open_market
        self._market: Market | None = None
        self._waiting: list[Request] = []

    def start(self) -> None:
        """Open the market, start it, and hand over what has waited; a second call does nothing."""
        if self._market is not None:
            return
        self._market = self._open_market()
        start = getattr(self._market, "start", None)
        if start is not None:
            start()
        for request in self._waiting:
            self._market.submit(request)
        self._waiting.clear()

    def submit(self, request: Request) -> None:
        """Hand a request over, as soon as there is someone to take it."""
        if self._market is None:
            self._waiting.append(request)
        else:
            self._market.submit(request)

    def poll(self) -> list[Update]:
        """What the market has to say; nothing before it is open."""
        return self._market.poll() if self._market is not None else []

    def close(self) -> None:
        """Close the market if it was ever opened."""
        if self._market is not None:
            self._market.close()
