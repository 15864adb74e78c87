"""A bag that also knows what a player may do with a thing: repaint parts of it, put goods on it, write on it.

What is painted lies in a node of its own, `paint_<slot>`; the rest in `body`, what glows in `glow`. Rectangles for
words and pictures are the nodes `words` and `picture`; the game draws something of its own there.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from assets.studio.bag import GLOW, LAMP, PROPS, Bag, Mesh
from assets.studio.kit import Shape
from assets.studio.palette import Colour

BODY, WORDS, PICTURE, ART = "body", "words", "picture", "art"
CORNERS = np.array([(0, 0), (1, 0), (1, 1), (0, 1.0)])  # of a picture, as `rectangle` has them


class PaintBag(Bag):
    """A bag whose parts remember the paint that they were added under; `slots` names it for each part, "" for none."""

    def __init__(self, seed: int = 7) -> None:
        super().__init__(seed)
        self.slots: list[str] = []
        self._slot = ""

    @contextmanager
    def painted(self, slot: str) -> Iterator[None]:
        """What is added inside can be repainted under this name; "" leaves out what cannot."""
        before, self._slot = self._slot, slot
        yield
        self._slot = before

    def add(self, shape: Shape, colour: Colour, gloss: float = 0.15, **kw: object) -> None:
        """As in any bag, and remembers the paint."""
        super().add(shape, colour, gloss, **kw)  # type: ignore[arg-type]
        self.slots.append(self._slot)

    def paint_of(self, layer: str) -> list[str]:
        """The paint of every part of a layer, in their order."""
        return [slot for part, slot in zip(self.parts, self.slots, strict=True) if part.layer == layer]


class PieceBag(PaintBag):
    """The bag of one kit piece: flat and curved parts alike are lit by probes, and places for things are noted."""

    def __init__(self, seed: int = 7) -> None:
        super().__init__(seed)
        self.notes: list[tuple[str, np.ndarray, dict[str, object]]] = []

    def add(self, shape: Shape, colour: Colour, gloss: float = 0.15, **kw: object) -> None:
        """As in any bag; charts of light are for places only."""
        if kw.get("to") not in (None, GLOW, WORDS, PICTURE, ART):
            kw["to"] = PROPS
        super().add(shape, colour, gloss, **kw)

    def surface(
        self, w: float, d: float, *, x: float = 0, y: float = 0, z: float = 0, free_m: float = 0, hung: bool = False
    ) -> None:
        """Things may rest on a level rectangle w by d about the point, or hang below it; `free_m` lies above it."""
        more = ({"height_m": free_m} if free_m else {}) | ({"hung": True} if hung else {})
        self.note("surfaces", x, y, z, size_m=(w, d), **more)

    def wall(self, w: float, h: float, *, x: float = 0, y: float = 0, z: float = 0, yaw_deg: float = 180.0) -> None:
        """Things may hang on an upright rectangle above the point; at 180 degrees it faces -Y."""
        self.note("walls", x, y, z, yaw_deg=yaw_deg, width_m=w, height_m=h)

    def solid(self, sx: float, sy: float, sz: float, *, x: float = 0, y: float = 0, z: float = 0) -> None:
        """One bumps into a box that stands on the point; without any the whole piece is one box."""
        self.note("boxes", x, y, z, size_m=(sx, sy, sz))

    def lamp(self, power: float, reach_m: float, *, x: float = 0, y: float = 0, z: float = 0) -> None:
        """Light comes from the point; `power` 1 is a table lamp, at `reach_m` nothing of it is left."""
        self.note("lamp", x, y, z, power=power, reach_m=reach_m)

    def seat(self, *, x: float = 0, y: float = 0, z: float = 0) -> None:
        """One may sit at the point, facing -Y."""
        self.note("seats", x, y, z, yaw_deg=180.0)

    def mirror(self, w: float, h: float, *, x: float = 0, y: float = 0, z: float = 0) -> None:
        """A glass w by h that faces -Y; the point is the middle of its lower edge."""
        self.note("mirror", x, y, z, yaw_deg=180.0, width_m=w, height_m=h)

    def note(self, table: str, x: float, y: float, z: float, **values: object) -> None:
        """Something for the piece's file at a point of the bag's place. Turns of the place are not followed."""
        m, t = self._stack[-1]
        self.notes.append((table, m @ np.array([x, y, z], float) + t, values))

    def words(self, w: float, h: float, colour: Colour, *, glows: bool = False, **place: float) -> None:
        """A rectangle facing -Y about the point that the player's words fill."""
        with self.painted(WORDS):
            self.add(rectangle(w, h), colour, LAMP if glows else 0.1, to=WORDS, jitter=0, **place)

    def picture(self, w: float, h: float, **place: float) -> None:
        """A rectangle facing -Y about the point for the player's picture; what is in ART is shown till then."""
        self.add(rectangle(w, h), np.ones(3), 0.1, to=PICTURE, jitter=0, **place)

    def shift(self, by: np.ndarray) -> None:
        """Move everything, once all is added."""
        for part in self.parts:
            part.shape.v[:] += by
        self.notes = [(table, at + by, values) for table, at, values in self.notes]

    def meshes(self) -> dict[str, Mesh]:
        """Every node's mesh by its name, `body` first."""
        names = [
            part.layer if part.layer != PROPS else f"paint_{slot}" if slot else BODY
            for part, slot in zip(self.parts, self.slots, strict=True)
        ]
        order = sorted(set(names), key=lambda name: (name != BODY, name))
        out = {name: _merged([p for p, n in zip(self.parts, names, strict=True) if n == name]) for name in order}
        for name in {WORDS, PICTURE} & set(out):
            out[name].uv = np.tile(CORNERS, (len(out[name].v) // 4, 1))
        return out


def rectangle(w: float, h: float) -> Shape:
    """An upright rectangle facing -Y about the origin: lower left, lower right, upper right, upper left."""
    v = np.array([(-w / 2, 0, -h / 2), (w / 2, 0, -h / 2), (w / 2, 0, h / 2), (-w / 2, 0, h / 2)])
    return Shape(v, np.tile([0, -1.0, 0], (4, 1)), np.array([(0, 1, 2), (0, 2, 3)]))


def _merged(parts: list) -> Mesh:
    starts = np.cumsum([0, *(len(p.shape.v) for p in parts)])
    f = np.concatenate([p.shape.f + o for p, o in zip(parts, starts, strict=False)])
    v, n, rgba = (
        np.concatenate([q(p) for p in parts]) for q in (lambda p: p.shape.v, lambda p: p.shape.n, lambda p: p.rgba)
    )
    return Mesh(v, n, rgba, f, np.zeros((len(v), 2)))
