"""The way to the first frame: what would only slow it down is put off until the game runs."""

import gc
import importlib
import os
import sys
from types import ModuleType
from typing import Any

LATER = ("numpy",)


class _Later(ModuleType):
    """Stands in for a module until something is asked of it, and answers for it from then on."""

    def come(self) -> ModuleType:
        """The module itself, imported by the first who asks."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        real = importlib.import_module(self.__name__)
        self.__dict__.update(vars(real))
        return real

    def __getattr__(self, name: str) -> Any:
        return getattr(self.come(), name)


def hurry() -> None:
    """Collect no garbage until `settle`, and import NumPy only once something is asked of it.

    Hardly anything that is made on the way is ever thrown away, and looking for it takes a sixth of the start. Nothing
    on the first frame of a place without goods needs NumPy: what was computed is kept in the home folder.
    """
    gc.disable()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # our matrices are too small to be shared out
    for name in LATER:
        sys.modules.setdefault(name, _Later(name))


def settle() -> None:
    """Collect garbage again after `hurry`, but never look at what was made until now: it stays as long as the game."""
    for name in LATER:
        standing_in = sys.modules.get(name)
        if isinstance(standing_in, _Later):
            standing_in.come()
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
