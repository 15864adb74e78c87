"""The grower's letters: taken in when they are right, opened when needed, erased when their box has arrived.

On the disk they stay sealed; an opened address lives in memory alone, and in what the grower prints.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from game.content.letter_box import LetterBox
from game.content.letters import LetterError, PostalAddress, open_letter, open_reason
from game.core.orchard_ports import ENDED, Delivery

log = logging.getLogger(__name__)


class Mail:
    """The letters of one grower: its own store, and the folders where buyers lay them."""

    def __init__(self, home: Path, key: bytes, inboxes: Sequence[LetterBox]) -> None:
        self.store = LetterBox(home / "grower" / "letters")
        self.inboxes = tuple(inboxes)
        self._key = key
        self._opened: dict[int, PostalAddress] = {}
        self._reasons: dict[int, str] = {}

    def take(self, delivery: Delivery, sealed: bytes) -> None:
        """Keep a letter of an open delivery. Raises LetterError when it is not the one the chain knows; OSError."""
        if delivery.state in ENDED:
            raise LetterError("ended", f"delivery {delivery.delivery} has ended; its letter is not needed any more")
        address = open_letter(sealed, self._key, delivery.commit)
        if self.store.get(delivery.delivery) != sealed:
            self.store.put(delivery.delivery, sealed)
        self._opened[delivery.delivery] = address

    def take_reason(self, delivery: Delivery, sealed: bytes) -> None:
        """Keep what a buyer says is wrong with a box, while it is open; as `take`."""
        if delivery.state in ENDED:
            raise LetterError("ended", f"delivery {delivery.delivery} has ended; nothing is disputed any more")
        words = open_reason(sealed, self._key, delivery.reason)
        if self.store.reasons.get(delivery.delivery) != sealed:
            self.store.reasons.put(delivery.delivery, sealed)
        self._reasons[delivery.delivery] = words

    def reason(self, delivery: Delivery) -> str:
        """What a buyer says is wrong; "" where nothing is, or where it has not come."""
        number = delivery.delivery
        if delivery.state in ENDED or not delivery.reason:
            return ""
        if number not in self._reasons:
            sealed = self.store.reasons.get(number)
            if sealed is None:
                return ""
            self._reasons[number] = open_reason(sealed, self._key, delivery.reason)
        return self._reasons[number]

    def collect(self, deliveries: Mapping[int, Delivery]) -> dict[int, str]:
        """Take in what lies in the inboxes; why a letter there is not right, by its delivery. Raises OSError.

        A letter of somebody else's delivery, or of one not yet known, is left where it is.
        """
        wrong: dict[int, str] = {}
        for box in self.inboxes:
            for number in box.deliveries():
                delivery, sealed = deliveries.get(number), box.get(number)
                if delivery is None or delivery.state in ENDED:
                    continue
                try:
                    self.take(delivery, sealed or b"")
                except LetterError as error:
                    wrong[number] = error.reason
                    continue
                box.erase(number)
            for number in box.reasons.deliveries():
                delivery, sealed = deliveries.get(number), box.reasons.get(number)
                if delivery is None or delivery.state in ENDED:
                    continue
                try:
                    self.take_reason(delivery, sealed or b"")
                except LetterError as error:
                    log.warning("what is said to be wrong with delivery %d is not taken in: %s", number, error)
                    continue
                box.reasons.erase(number)
        return wrong

    def address(self, delivery: Delivery) -> PostalAddress | None:
        """Where a box goes; None while its letter has not come. Raises LetterError for one that does not open."""
        number = delivery.delivery
        if number not in self._opened:
            sealed = self.store.get(number)
            if sealed is None:
                return None
            self._opened[number] = open_letter(sealed, self._key, delivery.commit)
        return self._opened[number]

    def reply(self, delivery: int, tracking: str) -> None:
        """Let the buyer know a tracking number, where letters are laid into folders. Raises OSError."""
        for box in self.inboxes:
            box.reply(delivery, tracking)

    def erase_ended(self, deliveries: Iterable[Delivery]) -> None:
        """Forget the addresses of all that have ended, here and in the inboxes."""
        ended = {each.delivery for each in deliveries if each.state in ENDED}
        for box in (self.store, *self.inboxes):
            box.erase_all(ended)
        for number in ended:
            self._opened.pop(number, None)
            self._reasons.pop(number, None)
