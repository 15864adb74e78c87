"""Open surfaces turned the right way round: a grid of points knows no outside."""

import numpy as np

from assets.studio.kit import Points, Shape


def facing(shape: Shape, way: Points) -> Shape:
    """The shape with its normals on the whole along `way` (3,); turned inside out if they were against it."""
    if float((shape.n @ np.asarray(way, float)).mean()) >= 0:
        return shape
    return Shape(shape.v, -shape.n, shape.f[:, ::-1])


UP, FRONT = (0.0, 0.0, 1.0), (0.0, -1.0, 0.0)
