"""The way to the first frame: what would only slow it down is put off until the game runs."""

import gc
import os


def hurry() -> None:
    """Collect no garbage until `settle`, and let NumPy start no threads; to be called before it is imported.

    Hardly anything that is made on the way is ever thrown away, and looking for it takes a sixth of the start.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # our matrices are too small to be shared out
    gc.disable()


def settle() -> None:
    """Collect garbage again after `hurry`, but never look at what was made until now: it stays as long as the game."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
