"""The pictures that a player has and may hang: what was imported or made in the workshop, photos, and picture files.

    <home>/workshop/<draft>   pictures and posters: what they are painted with
    <home>/photos/*.png       taken in photo mode
    <home>/pictures/*.png     put there by the player; what rooms hang lies there too, under names without an ending

All are written anew before they are hung: small enough, and without what cameras note of place and time.
"""

import json
import struct
from pathlib import Path
from typing import Any

from msgspec import Struct

from game.content.imports.images import decoded, encoded
from game.content.imports.importer import PICTURES
from game.content.imports.limits import SIDE_FILE_BYTES
from game.content.imports.notes import ImportRefusedError, told
from game.content.imports.source import Pixels
from game.content.pictures_store import PicturesStore
from game.content.workshop import Workshop
from game.core.errors import GameError
from game.core.goods import Text

FOLDERS = ("pictures", "photos")
MOST = 200
KIND = "picture"


class OwnPicture(Struct, frozen=True, kw_only=True):
    """A picture that can be hung; `draft` is the workshop's where it is painted on one of these."""

    path: Path
    name: Text
    draft: str = ""
    at_ns: int = 0  # when it was made or changed


def own_pictures(home: Path) -> tuple[OwnPicture, ...]:
    """What there is: the workshop's, newest first, then files by name."""
    shop = Workshop(home)
    found = []
    for draft in shop.all():
        path = shop.model_path(draft.id)
        if draft.kind == KIND and path.is_file():
            found.append(OwnPicture(path=path, name=draft.name, draft=draft.id, at_ns=path.stat().st_mtime_ns))
    for folder in FOLDERS:
        try:
            files = sorted(path for path in (home / folder).iterdir() if path.suffix.lower() in PICTURES)
            times = [path.stat().st_mtime_ns for path in files]
        except OSError:
            continue
        for path, at_ns in zip(files, times, strict=True):
            found.append(OwnPicture(path=path, name=Text(en=told(path.stem), zh=told(path.stem)), at_ns=at_ns))
    return tuple(found[:MOST])


def pixels_of(picture: OwnPicture) -> Pixels:
    """The picture itself. Raises GameError where it is gone or damaged."""
    try:
        if not picture.path.is_file():
            raise GameError(f"{picture.path.name} is gone; choose another")
        with picture.path.open("rb") as file:
            raw = file.read(SIDE_FILE_BYTES + 1)
        content = painting_in(raw) if picture.draft else raw
        return decoded(content, told(picture.path.name))[0]
    except (OSError, ImportRefusedError) as error:
        raise GameError(f"{picture.path.name} cannot be read ({error}); choose another") from None


def painting_in(model: bytes) -> bytes:
    """The picture that a GLB of one home's workshop is painted with. Raises GameError where there is none."""
    try:
        length = struct.unpack_from("<I", model, 12)[0]
        document: dict[str, Any] = json.loads(model[20 : 20 + length])
        view = document["bufferViews"][document["images"][0]["bufferView"]]
        start = 20 + length + 8 + view.get("byteOffset", 0)
        return model[start : start + view["byteLength"]]
    except (struct.error, ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise GameError(f"the model has no picture ({type(error).__name__}); choose another") from None


def hung(picture: OwnPicture, store: PicturesStore) -> tuple[str, bytes]:
    """Keep a picture where rooms take theirs from: its hash, and its bytes. Raises GameError and OSError."""
    content, _ = encoded(pixels_of(picture))
    return store.put(content), content
