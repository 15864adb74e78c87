"""The key that a grower's letters are sealed for: `<home>/grower/key`, 32 bytes, readable by its owner alone."""

import os
from pathlib import Path

from game.content.disk import flush_folder
from game.content.letters import KEY_BYTES, new_key
from game.core.errors import GameError

PRIVATE_MODE = 0o600


def grower_key(home: Path) -> bytes:
    """The private X25519 key of this home, made at the first call. Raises GameError where it is damaged, OSError.

    Its public half (`letters.public_of`) goes into every plot. Lost, the letters of open deliveries stay shut.
    """
    path = home / "grower" / "key"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_MODE)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            raise GameError(
                f"{path} has {len(key)} bytes, a grower's key {KEY_BYTES}: put a copy of it back; nothing was changed"
            ) from None
        return key
    key = new_key()
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    flush_folder(path.parent)
    return key
