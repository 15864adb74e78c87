"""What the studio needs to know of a kit piece: its builder, its tray, its names, and what it rests on."""

from collections.abc import Callable
from dataclasses import dataclass

from assets.studio.piece_bag import PieceBag


@dataclass(frozen=True, slots=True)
class PieceModel:
    """One kit piece; `rests` floor, wall, ceiling, surface or any."""

    make: Callable[[PieceBag], None]
    group: str
    en: str
    zh: str
    rests: str = "floor"
    solid: bool = True
