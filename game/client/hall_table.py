"""The goods of a hall as arrays and as textures of them: where each stands, the forms it can be drawn in, its light.

A row is a stand; kinds number the goods. The vertex shader looks all of it up, see `pulled`.
"""

from collections.abc import Iterator

import numpy as np

from game.client.forms import FINE, LEVELS, Forms
from game.client.light import Probes
from game.client.pulled import Numbers
from game.client.shelves import Models
from game.core.goods import Good
from game.core.ids import GoodId
from game.core.places import Stand

SLOTS = 512  # goods in their fine forms at once
PIECE = 2_000
MOST_LIGHT = 4.0  # as light is stored everywhere


class Table:
    """What stands on these stands. `moves` (n,) says what moves; the rows in `moving` are where `move` put them."""

    def __init__(self, stands: list[Stand], goods: dict[GoodId, Good], models: Models) -> None:
        self.stands, self.models = stands, models
        self.kinds = sorted({stand.good for stand in stands})
        number = {good: kind for kind, good in enumerate(self.kinds)}
        self.kind = np.array([number[stand.good] for stand in stands], np.int64)
        self.at_m = np.array([stand.at_m for stand in stands], np.float64).reshape(-1, 3)
        self.yaw_rad = np.radians([stand.yaw_deg for stand in stands])
        sizes_m = np.array([goods[good].size_m for good in self.kinds]).reshape(-1, 3)
        self.tall_m = sizes_m[self.kind, 2]
        self.radius_m = (np.linalg.norm(sizes_m, axis=1) / 2)[self.kind]
        self.middle_m = self.at_m + np.array([0.0, 0.0, 0.5]) * self.tall_m[:, None]
        wide_m = (np.linalg.norm(sizes_m[:, :2], axis=1) / 2)[self.kind]
        around_m = np.stack([wide_m, wide_m, self.tall_m], 1)  # whichever way they are turned
        self.low_m, self.high_m = self.at_m - around_m * (1, 1, 0), self.at_m + around_m
        self.moves = np.zeros(len(stands), bool)
        self.moving = np.zeros(0, np.int64)
        self.forms: list[Forms] = []

    def open(self) -> Iterator[str]:
        """Everything that depends on the forms of the goods, from the forms that are at hand now."""
        forms = [self.models.forms(good) for good in self.kinds]
        counts = np.array([len(form.vertices) for form in forms], np.int64)
        base = np.cumsum(counts) - counts
        vertices = Numbers("vertices", int(counts.sum()) * 2)
        for number, (begin, form) in enumerate(zip(base.tolist(), forms, strict=True)):
            texels = np.zeros((len(form.vertices), 2, 4), np.float32)
            texels[:, 0, :3], texels[:, 0, 3] = form.vertices[:, 0:3], packed(np.sqrt(form.vertices[:, 6:9]))
            texels[:, 1, :3], texels[:, 1, 3] = form.vertices[:, 3:6], packed(form.vertices[:, [9, 10, 10]])
            vertices.write(texels.reshape(-1, 4), begin * 2)
            if number % 8 == 0:
                yield "vertices"
        vertices.show()
        yield "vertices"
        self.forms, self.base, self.vertices = forms, base, vertices
        self.large = max(int(counts.max(initial=1)), 1)
        self.small = max(max((form.reach for form in forms), default=1), 1)
        count = len(self.stands)
        self.spots = Numbers("spots", count * 2)
        self.moves_to = Numbers("moves", count * 3)
        self.cubes = Numbers("cubes", count * 2)
        self.slots = Numbers("slots", SLOTS)
        self._put()
        # Distances at which the coarser forms begin to serve, for a picture with one pixel a metre at one metre.
        errors = [[level.error_m for level in form.levels[1:]] or [np.inf] * (LEVELS - 1) for form in forms]
        self.errors_m = np.array(errors, np.float32).reshape(-1, LEVELS - 1).T
        self.complete = np.array([len(form.levels) == LEVELS for form in forms], bool)

    def coarse_lists(self, rows: np.ndarray, forms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Indices of goods in coarse forms, what does not shine and what does."""
        alike = self.kind[rows] * LEVELS + forms
        order = np.argsort(alike, kind="stable")
        alike, first = np.unique(alike[order], return_index=True)
        begins = (rows[order] * self.small).astype(np.uint32)[:, None]
        parts: tuple[list[np.ndarray], list[np.ndarray]] = ([np.zeros(0, np.uint32)], [np.zeros(0, np.uint32)])
        for key, some in zip(alike.tolist(), np.split(begins, first[1:]), strict=len(alike) > 0):
            level = self.forms[key // LEVELS].levels[key % LEVELS]
            parts[0].append((level.matte + some).reshape(-1))
            parts[1].append((level.shining + some).reshape(-1))
        return np.concatenate(parts[0]), np.concatenate(parts[1])

    def fine_lists(self, row: int, form: int, slot: int) -> tuple[np.ndarray, np.ndarray]:
        """Indices of a good in a form below FINE, in a slot."""
        assert form < FINE or not self.complete[self.kind[row]]
        level, begin = self.forms[self.kind[row]].levels[form], np.uint32(slot * self.large)
        return level.matte + begin, level.shining + begin

    def _put(self) -> None:
        """Tell the shader where all stand, where their vertices begin, and where to find the matrix of what moves."""
        texels = np.zeros((len(self.stands), 2, 4), np.float32)
        texels[:, 0, 0], texels[:, 0, 1] = np.cos(self.yaw_rad), np.sin(self.yaw_rad)
        texels[:, 0, 2], texels[:, 0, 3] = self.base[self.kind], -1.0
        texels[self.moving, 0, 3] = np.arange(len(self.moving))
        texels[:, 1, :3] = self.at_m
        self.spots.write(texels.reshape(-1, 4))
        self.spots.show()

    def light(self, rows: np.ndarray, probes: Probes) -> None:
        """Give these the light of where they are; `cubes.show` brings it to the screen."""
        faces = np.zeros((len(rows), 8), np.float32)
        faces[:, :6] = packed(np.sqrt(probes.at(self.middle_m[rows]) / MOST_LIGHT))
        self.cubes.write_at(rows, faces.reshape(-1, 2, 4))

    def light_all(self, probes: Probes) -> Iterator[str]:
        """Give everything the light of its spot."""
        for begin in range(0, len(self.stands), PIECE):
            self.light(np.arange(begin, min(begin + PIECE, len(self.stands))), probes)
            yield "light"
        self.cubes.show()

    def lift(self, rows: np.ndarray, probes: Probes) -> None:
        """From now on these rows, and no others, are where `move` puts them."""
        back = np.setdiff1d(self.moving, rows)
        self.moves[:] = False
        self.moves[rows] = True
        self.moving = rows
        self.middle_m[back] = self.at_m[back] + np.array([0.0, 0.0, 0.5]) * self.tall_m[back, None]
        self._put()
        self.light(np.concatenate([back, rows]), probes)
        self.cubes.show()
        self.move(matrices(self.at_m[rows], self.yaw_rad[rows]))

    def move(self, to: np.ndarray) -> None:
        """Where the lifted rows are now: (n, 3, 4) float32 in the order of `lift`, for column vectors."""
        self.moves_to.write(to.reshape(-1, 4))
        self.moves_to.show(len(to) * 3)
        self.middle_m[self.moving] = to[:, :, 3] + to[:, :, 2] * (self.tall_m[self.moving, None] / 2)


def packed(parts: np.ndarray) -> np.ndarray:
    """Three numbers 0..1 (..., 3) as the bytes of one (...), which a float holds exactly; the shader takes it apart."""
    whole = np.rint(np.clip(parts, 0.0, 1.0) * 255.0) @ np.array([65_536.0, 256.0, 1.0])
    return np.asarray(whole, np.float32)


def matrices(at_m: np.ndarray, yaw_rad: np.ndarray) -> np.ndarray:
    """(n, 3, 4) for column vectors: turned about Z and put somewhere."""
    out = np.zeros((len(at_m), 3, 4), np.float32)
    out[:, 0, 0] = out[:, 1, 1] = np.cos(yaw_rad)
    out[:, 1, 0] = np.sin(yaw_rad)
    out[:, 0, 1] = -out[:, 1, 0]
    out[:, 2, 2] = 1.0
    out[:, :, 3] = at_m
    return out
