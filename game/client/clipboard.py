"""What the player copied in another program."""

import logging

log = logging.getLogger(__name__)

MOST_LETTERS = 2_000


def pasted() -> str | None:
    """The first line of what was copied; None where the system gives no program a look at it."""
    import pyperclip  # looks for the system's tools when it is imported

    try:
        text = str(pyperclip.paste())
    except pyperclip.PyperclipException as error:
        log.info("nothing can be pasted: %s", error)
        return None
    return (text[:MOST_LETTERS].strip().splitlines() or [""])[0]
