"""The player's sealed addresses on their way: kept until the chain has opened the delivery, carried, erased at its end.

Only sealed bytes are written; the address itself is nowhere on disk.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

from game.content.disk import write_whole
from game.content.letter_box import LetterBox, carry_all, outbox, ways
from game.content.letters import SEALED_BYTES, Letter, PostalAddress, seal, seal_reason
from game.core.orchard_ports import ENDED, Delivery

log = logging.getLogger(__name__)

WAITING = "waiting"  # in letters/: letters that the chain does not know yet, by their commitment
AGAIN_SECS = 60.0  # letters are carried again, to hear of tracking numbers


class LettersOut:
    """The letters of one home. `tracking` is what growers answered, by delivery; `notice` a text key, "" for none."""

    def __init__(self, home: Path) -> None:
        self.home, self.box = home, outbox(home)
        self.tracking: dict[int, str] = {}
        self.notice = ""
        self._job: Thread | None = None
        self._rest_secs = 0.0

    def write(self, address: PostalAddress, grower_key: bytes) -> bytes:
        """Seal an address for a grower and keep the letter; the commitment for the chain, 32 bytes.

        Raises LetterError for an address that can't be written down, OSError.
        """
        return self._keep(seal(address, grower_key), self.box)

    def complain(self, words: str, grower_key: bytes) -> bytes:
        """Seal what is wrong with a box and keep it until the chain has the dispute; as `write`."""
        return self._keep(seal_reason(words, grower_key), self.box.reasons)

    def _keep(self, letter: Letter, box: LetterBox) -> bytes:
        write_whole(self.home / "letters" / WAITING / f"{letter.commit.hex()}{box.ending}", letter.sealed)
        return letter.commit

    def follow(self, deliveries: Mapping[int, Delivery]) -> None:
        """Give letters the numbers of their deliveries, and erase those of deliveries that have ended."""
        by_commit = {delivery.commit.hex(): delivery for delivery in deliveries.values()}
        by_reason = {delivery.reason.hex(): delivery for delivery in deliveries.values() if delivery.reason}
        try:
            self._address(by_commit, self.box)
            self._address(by_reason, self.box.reasons)
            self.box.erase_all({number for number, delivery in deliveries.items() if delivery.state in ENDED})
        except OSError as error:
            log.warning("letters cannot be kept or erased: %s", error)
            self.notice = "letters_not_kept"

    def _address(self, by_commit: Mapping[str, Delivery], box: LetterBox) -> None:
        for path in sorted((self.home / "letters" / WAITING).glob(f"*{box.ending}")):
            delivery = by_commit.get(path.stem)
            if delivery is None:
                continue
            sealed = path.read_bytes()
            if len(sealed) == SEALED_BYTES and delivery.state not in ENDED:
                box.put(delivery.delivery, sealed)
                self._rest_secs = 0.0
            path.unlink()

    def pass_time(self, dt_secs: float) -> None:
        """Carry the letters from time to time, beside the game."""
        self._rest_secs -= dt_secs
        if self._rest_secs > 0.0 or (self._job is not None and self._job.is_alive()):
            return
        self._rest_secs = AGAIN_SECS
        if self.box.deliveries() or self.box.reasons.deliveries():
            self._job = Thread(target=self._carry, name="letters", daemon=True)
            self._job.start()

    def wait(self, secs: float = 10.0) -> None:
        """Let what is being carried arrive."""
        if self._job is not None:
            self._job.join(secs)

    def _carry(self) -> None:
        try:
            answers = carry_all(self.box, ways(self.home))
            carry_all(self.box.reasons, ways(self.home))
            self.tracking.update((number, text) for number, text in answers.items() if text)
        except OSError as error:
            log.warning("letters cannot be carried: %s", error)
