"""How the game is shown, as it was asked for on the way in."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """`quality` is auto, low, medium or high; `msaa` samples a pixel, 0 for none."""

    home: Path
    assets: Path
    offscreen: bool = False
    size: tuple[int, int] = (1280, 720)
    quality: str = "auto"
    msaa: int = 4
    vsync: bool = True
    hud: bool = True
    remember: bool = False  # where the player leaves, for the next start
    start_menu: bool = False
    visit: str = ""  # a room to be walked into: a file, an address or its number; or home
    bundles: tuple[str, ...] = ()  # folders and addresses where rooms' files are looked for
