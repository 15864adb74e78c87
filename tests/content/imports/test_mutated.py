"""Thousands of files with bytes changed, cut out, doubled and swapped: taken or refused in words, never anything else.

A fifth of them in ordinary runs; LOQUAT_FUZZ=1 makes all 10,000, and LOQUAT_FUZZ=N so many times as many.
"""

import os
import random
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from game.content.goods_model import written
from game.content.imports import importer
from game.content.imports.images import decoded
from game.content.imports.importer import import_bytes, import_file
from game.content.imports.notes import ImportRefusedError, Wording
from game.content.shapes import box
from tests.content.imports import files

TIMES = float(os.environ.get("LOQUAT_FUZZ", "0.2"))
SLOWEST_SECS = 3.0  # of work, for a file of some hundred bytes
WORDS = Wording(Path(__file__).resolve().parents[3])
SMALL = box(0.2, 0.3, 0.4, 0.0)
NASTY = (b"\0", b"\xff", b"-1", b"0", b"1e308", b"4294967295", b"null", b"[]", b"{}", b'""', b"NaN", b"\n", b"99999999")


def mutated(seed: bytes, dice: random.Random) -> bytes:
    """A file with one to six things changed, most of them small."""
    raw = bytearray(seed)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        at = dice.randrange(len(raw) + 1)
        match dice.randrange(7):
            case 0 | 1 if raw:
                raw[min(at, len(raw) - 1)] = dice.randrange(256)
            case 2:
                raw[at : at + dice.randrange(1, 9)] = b""
            case 3:
                raw[at:at] = dice.choice(NASTY)
            case 4:
                nasty = dice.choice(NASTY)
                raw[at : at + len(nasty)] = nasty
            case 5:
                other = dice.randrange(len(raw) + 1)
                raw[at:at] = raw[other : other + dice.randrange(1, 40)]
            case 6:
                numbers = [k for k, byte in enumerate(raw) if 48 <= byte <= 57]
                if numbers:
                    raw[dice.choice(numbers)] = dice.choice(b"0123456789-.e")
    return bytes(raw)


SEEDS = {
    ".glb": (files.glb(SMALL), files.glb(SMALL, picture=files.png(4, 4))),
    ".obj": (files.obj(SMALL), files.obj(SMALL, head="mtllib a.mtl\n# units: cm")),
    ".stl": (files.stl(SMALL), files.stl(SMALL, text=True)),
    ".ply": (files.ply(SMALL), files.ply(SMALL, order="binary_little_endian")),
}
PICTURES = (files.png(4, 4), files.png(5, 3, alpha=True), files.png(8, 8, format="JPEG"))


@pytest.mark.parametrize("ending", list(SEEDS))
def test_no_mutated_file_gives_anything_but_a_good_or_words(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Shading takes half the time and sees only what was found to be sound; the next test goes all the way.
    monkeypatch.setattr(importer, "light_reaching", lambda points, *_: np.ones(len(points)))
    dice = random.Random(f"loquat {ending}")
    count = int((10_000 if ending == ".glb" else 2_000) * TIMES)
    taken, slowest = 0, 0.0
    refused: set[str] = set()
    for number in range(count):
        raw = mutated(SEEDS[ending][number % len(SEEDS[ending])], dice)
        begun = time.process_time()
        try:
            found = import_bytes(raw, ending)
            assert len(found.model.triangles) > 0
            taken += 1
        except ImportRefusedError as refusal:
            refused.add(refusal.note.key)
        slowest = max(slowest, time.process_time() - begun)
    assert 0 < taken < count
    assert all(f"make_{key}" in WORDS.texts for key in refused)
    assert slowest < SLOWEST_SECS


def test_no_mutated_picture_gives_anything_but_pixels_or_words() -> None:
    dice = random.Random("loquat pictures")
    taken, count = 0, int(4_000 * TIMES)
    for number in range(count):
        raw = mutated(PICTURES[number % len(PICTURES)], dice)
        with suppress(ImportRefusedError):
            pixels, _ = decoded(raw, "a")
            assert pixels.shape[2] == 3
            taken += 1
            if taken % 40 == 0:
                import_bytes(raw, ".png")
    assert 0 < taken < count


def test_what_is_taken_of_mutated_files_can_be_written_and_read_again() -> None:
    dice = random.Random("again")
    again = 0
    for _ in range(150):
        try:
            found = import_bytes(mutated(SEEDS[".glb"][0], dice), ".glb")
        except ImportRefusedError:
            continue
        import_bytes(written(found.model), ".glb")
        again += 1
    assert again > 10


def test_reading_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    dice = random.Random("nothing")
    for number in range(60):
        ending = dice.choice(list(SEEDS))
        path = folder / f"a{number}{ending}"
        path.write_bytes(mutated(SEEDS[ending][0], dice))
        with suppress(ImportRefusedError):
            import_file(path)
    assert {path.name for path in tmp_path.rglob("*")} == {"in", *(path.name for path in folder.iterdir())}
    assert len(list(folder.iterdir())) == 60
