"""What the player copied in another program, or takes along to one."""

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


def copied(text: str) -> bool:
    """Let the player paste a text elsewhere; False where the system lets no program do that."""
    import pyperclip

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException as error:
        log.info("nothing can be copied: %s", error)
        return False
    return True
