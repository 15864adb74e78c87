"""Keeps what system libraries print about missing sound cards out of the player's terminal; the log has it."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Send the process's standard error to the debug log for a while; when the block raises, it is printed after all.

    Libraries in C (ALSA, Xlib) write there past Python and any setting.
    """
    sys.stderr.flush()
    try:
        terminal = os.dup(2)
    except OSError:  # there is no standard error to keep clean, as in a program without a console
        yield
        return
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 2)
        try:
            yield
        except BaseException:
            _release(terminal)
            caught.seek(0)
            sys.stderr.write(caught.read().decode(errors="replace"))
            raise
        _release(terminal)
        caught.seek(0)
        for line in caught.read().decode(errors="replace").splitlines():
            log.debug("%s", line)


def _release(terminal: int) -> None:
    sys.stderr.flush()
    os.dup2(terminal, 2)
    os.close(terminal)
