"""A place on rolling ground, which the game itself draws: what it paints on it, and the light that it lies in."""

from dataclasses import dataclass

from assets.studio.place_model import PlaceModel


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundModel(PlaceModel):
    """A place model whose place.json has `ground`: paths, stream, square, and the colours of sun and sky."""

    ground: dict
