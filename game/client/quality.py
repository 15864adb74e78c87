"""How much work a frame may be: three levels, and the choice between them by measuring a few frames."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quality:
    """`mirror_scale` is the mirror's picture to the window's, `render_scale` the world's, `reflections` gloss."""

    name: str
    mirror_scale: float
    render_scale: float


LEVELS = {
    "low": Quality("low", mirror_scale=0.5, render_scale=0.6),
    "medium": Quality("medium", mirror_scale=1.0, render_scale=1.0),
    "high": Quality("high", mirror_scale=1.5, render_scale=1.0),
}


def quality_of(name: str) -> Quality:
    """A level by name; `auto` begins in the middle."""
    return LEVELS.get(name, LEVELS["medium"])
