"""A grower's own page, as `main.py grower --page` serves it, in the hands of a bot."""

import json
import subprocess
import sys
import urllib.request
from types import TracebackType
from typing import Any

from game.core.errors import GameError
from game.grower.page import KEY_HEADER

SILENCE_SECS = 60.0


class GrowersPage:
    """The desk of one of the street's growers, on the node that this process plays on."""

    def __init__(self, grower: str, buyer: str) -> None:
        """`buyer` is whose boxes are looked for."""
        given = [each for each in sys.argv if each.startswith(("--home=", "--rpc=", "--node="))]
        self._command = [sys.executable, sys.argv[0], "grower", "--as", grower, "--page", "--port", "0", *given]
        self._buyer = buyer
        self._process: subprocess.Popen[str] | None = None
        self._url = self._key = ""

    def __enter__(self) -> "GrowersPage":
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "http" in line:
                self._url, _, self._key = line.strip().rpartition("/#")
                return self
        assert self._process.stderr is not None
        raise GameError(f"the grower's page did not open: {self._process.stderr.read().strip()[-500:]}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.communicate(timeout=SILENCE_SECS)

    def desk(self) -> dict[str, Any]:
        """All that the page shows."""
        return dict(json.loads(self._ask("/api/desk")))

    def order(self, delivery: int) -> dict[str, Any]:
        """An open order with its address. Raises GameError where the page has none."""
        for tab in self.desk()["tabs"].values():
            for batch in tab:
                for order in batch["orders"]:
                    if order["delivery"] == delivery and order["buyer"] == self._buyer:
                        return dict(order)
        raise GameError(f"the grower's page shows no box {delivery}")

    def has_letter(self, delivery: int) -> bool:
        """Whether its address can be read."""
        return bool(self.order(delivery)["letter"] == "ready")

    def act(self, what: str, delivery: int) -> None:
        """Do something to a box. Raises GameError when the page says that it failed."""
        answer = json.loads(self._ask("/api/act", {"what": what, "deliveries": [delivery]}))
        if answer.get("failed"):
            raise GameError(f"{what} of box {delivery} failed: {answer['failed']}")

    def ship(self, code: str, tracking: str) -> None:
        """Scan a box and its tracking number."""
        self._ask("/api/ship", {"code": code, "tracking": tracking})

    def label(self, delivery: int) -> bytes:
        """The PDF of a box's address label."""
        wanted = {"kind": "labels", "deliveries": [delivery], "language": "en"}
        return self._ask(json.loads(self._ask("/api/print", wanted))["url"])

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> bytes:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self._url + path, data=data, headers={KEY_HEADER: self._key})
        try:
            with urllib.request.urlopen(request, timeout=SILENCE_SECS) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                raise GameError(f"the grower's page refused {path}: {error.read(300).decode()}") from None
