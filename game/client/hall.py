"""The goods of a place that shows hundreds of them: some dozens of draws, whatever their number.

The place is cut into bays. A bay that is not near has a list of its goods, each in the form that the distance of the
bay asks for; it is made anew only when that has changed by half. Of the bays that are near every good in view is listed
in the form that its own distance asks for, and so is what moves. From where on a form serves, `View.detail` says. Each
draw costs the CPU more than a good does, so bays in view are joined to one list.
What walls and shelves hide is not listed: each bay is asked again once the eye has gone a part of how far it may stray.
"""

from collections.abc import Iterator

import numpy as np
from panda3d.core import GraphicsStateGuardian, LMatrix4f, NodePath

from game.client import flat_shaders, hidden, shaders
from game.client.dark import Darkness
from game.client.forms import FINE, LEVELS
from game.client.hall_table import SLOTS, Table
from game.client.hidden import Faces
from game.client.light import Probes, set_cube
from game.client.pieces import SENT
from game.client.pulled import Indices, numbered
from game.client.shaders import Pass, Variant
from game.client.shelves import Models, View, home
from game.core.goods import Good
from game.core.ids import GoodId, StandId
from game.core.places import Place, Stand
from game.core.rules.shown import prepare

BAY_M = 6.0
NEAR_M = 7.0
EARLY = 0.92  # of a distance: forms are listed a little early, so that not every step asks for new lists
LATE = 1.5  # times the distance that a bay's list was made for is how long it serves
FILLED_A_FRAME = 2  # bays whose lists are made anew in one frame
FILLED_MOST = 8  # where the eye has leapt
STRAY_M, STRAY_PART, STRAY_UP_M = 0.5, 0.06, 0.06  # what is seen is so for eyes so far aside, by the way to it, and up
STRAYED = 0.5  # of that: time to look again
AROUND_M = 0.4  # goods are listed so far outside the picture, so that not every turn asks for new lists
BAYS_AROUND_M, BAY_RIM_M = 1.5, 0.5  # and bays, whose goods reach so far beyond their middles
SHADOWS_M = 14.0  # farther away a contact shadow is a line of a pixel
SHOWN_A_FRAME = 8  # bays, at the first sight of the place: what is far follows within some frames
STALE = 24  # goods that are listed finer than they need to be before new lists are made
LIT_AT_ONCE, LIT_EVERY = 128, 8  # goods that move get the light of where they are, some of them every so many frames
OTHER_DETAIL = 1.25  # times as much or as little, and all lists are made anew


class _Bay:
    """Goods that stand close together, `rows` of the place's; its list serves from `serves_m` away."""

    def __init__(self, rows: np.ndarray) -> None:
        self.rows = rows
        self.serves_m = 0.0
        self.matte = self.shining = np.zeros(0, np.uint32)


class Hall:
    """What stands on the stands of a place; a Display like Shelves."""

    def __init__(
        self, place: Place, goods: dict[GoodId, Good], models: Models, probes: Probes, parent: NodePath,
        faces: Faces, first: View,
    ) -> None:  # fmt: skip
        """`faces`: what is large, flat and opaque there; `first`: who is to look first."""
        self.place, self.goods, self.models, self.probes = place, goods, models, probes
        self._faces = faces if not place.mirrors else faces.some(np.zeros(0, int))  # a mirror sees round them
        self.root = parent.attach_new_node("goods")
        shaders.dress(self.root, Variant.PROBE)
        self.stands = [stand for stand in place.stands if stand.good in goods]
        self.row_of = {stand.id: row for row, stand in enumerate(self.stands)}
        count = len(self.stands)
        self._absent = np.zeros(count, bool)  # elsewhere, or lent as a node
        self._covered = np.zeros(count, bool)  # hidden by a face
        self._hidden: frozenset[StandId] = frozenset()
        self._lent: dict[StandId, NodePath] = {}
        self._nodes_only: set[StandId] = set()  # what has a picture of its own is not among the rows
        self._bays: list[_Bay] = []
        self._near_bays: bytes | None = None
        self._dark_bays: bytes | None = None
        self._joined = np.zeros(0, bool)  # which bays are on the far list
        self._stale = True  # it is older than one of them
        self._unseen = np.zeros(0, bool)  # bays that no frame has drawn yet
        self._slot_of: dict[int, int] = {}
        self._fine: dict[int, tuple[int, np.ndarray, np.ndarray]] = {}  # by row: form, indices
        self._lists: list[Indices] = []
        self._lit = self._frames = 0
        self._detail = first.detail
        self._built = False

    # --- building ------------------------------------------------------------------------------------------------

    def build(self) -> Iterator[str]:
        """Set every stand's good in place; yields between pieces of work of some milliseconds."""
        for good in sorted({stand.good for stand in self.stands}):
            self.models.forms(good)
            yield good
        self.table = table = Table(self.stands, self.goods, self.models)
        yield "rows"
        yield from self._open()
        yield from table.light_all(self.probes)
        yield "light"
        self._darkness = Darkness(
            [self.models.forms(good).shadow for good in table.kinds], table.kind, table.at_m, table.yaw_rad
        )
        casts = np.array([not stand.hung for stand in self.stands], bool)
        self._casts = casts & ~np.array([self.goods[good].hangs for good in table.kinds], bool)[table.kind]
        self._shadows = self._darkness.hang(self.root)
        yield "shadows"
        yield from prepare(self.place, self.goods)
        yield from self._cut_into_bays()
        self._built = True
        painted: set[GoodId] = set()
        for good in table.kinds:
            if self.models.painted(good):
                painted.add(good)
            yield "painted"
        for stand in self.stands:
            if stand.good in painted:
                self._nodes_only.add(stand.id)
                self.node(stand.id)
                yield "painted"

    def _open(self) -> Iterator[str]:
        """Everything that depends on the forms of the goods; what is drawn until the end is drawn by the old ones."""
        table = self.table
        yield from table.open()
        self._rows_vertices = numbered("rows", len(self.stands) * table.small)
        slots_vertices = numbered("slots", SLOTS * table.large)
        yield "vertices"
        if not self._built:
            self._far_root = self.root.attach_new_node("rows")
            self._near_root = self.root.attach_new_node("slots")
            shaders.dress(self._far_root, Variant.ROWS)
            shaders.dress(self._near_root, Variant.SLOTS)
        for node, size in ((self._far_root, table.small), (self._near_root, table.large)):
            node.set_shader_inputs(
                vertices=table.vertices.texture, spots=table.spots.texture, moves=table.moves_to.texture,
                cubes=table.cubes.texture, slots=table.slots.texture, slot_size=(size, 0, 0, 0),
            )  # fmt: skip
        for listed in self._lists:
            listed.path.remove_node()
        self._listed_fine = Indices("fine", self._near_root, slots_vertices, Variant.SLOTS)
        self._listed_coarse = Indices("coarse", self._far_root, self._rows_vertices, Variant.ROWS)
        self._listed_far = Indices("far", self._far_root, self._rows_vertices, Variant.ROWS)
        self._lists = [self._listed_fine, self._listed_coarse, self._listed_far]
        self._stale = True
        self._free_slots = list(range(SLOTS))
        self._slot_of.clear()
        self._fine.clear()

    def _cut_into_bays(self) -> Iterator[str]:
        table = self.table
        of = _alike(table.at_m[:, :2] / BAY_M)
        by_bay = np.split(np.argsort(of, kind="stable"), np.cumsum(np.bincount(of))[:-1]) if len(of) else []
        count = len(by_bay)
        self._bay_low_m, self._bay_high_m = np.empty((count, 3)), np.empty((count, 3))
        for number, rows in enumerate(by_bay):
            self._bay_low_m[number] = table.middle_m[rows].min(0)
            self._bay_high_m[number] = table.middle_m[rows].max(0)
            self._bays.append(_Bay(rows))
        self._seen_from_m, self._stray_m = np.full((count, 3), 1e9), np.ones((count, 3))
        self._asked = np.zeros(count, bool)  # what nobody asked for yet is shown
        yield "bays"
        for bay, far_m in zip(self._bays, self._from_the_doors().tolist(), strict=True):
            self._fill(bay, max(far_m, NEAR_M) * EARLY)
            yield "bay"
        self._unseen = np.ones(count, bool)

    def _from_the_doors(self) -> np.ndarray:
        """How far the bays are from where one comes in."""
        eyes = np.array([door.at_m for door in self.place.doors] + [self.place.spawn.at_m])
        nearest_m: np.ndarray = np.min([self._away_m(eye) for eye in eyes], axis=0)
        return nearest_m

    def _away_m(self, eye: np.ndarray) -> np.ndarray:
        gap = np.maximum(np.maximum(self._bay_low_m[:, :2] - eye[:2], eye[:2] - self._bay_high_m[:, :2]), 0.0)
        away_m: np.ndarray = np.sqrt((gap * gap).sum(1))
        return away_m

    def _still(self, bay: _Bay) -> np.ndarray:
        """The goods of a bay that are there and stand still."""
        still: np.ndarray = bay.rows[~self._absent[bay.rows] & ~self.table.moves[bay.rows]]
        return still

    def _fill(self, bay: _Bay, serves_m: float) -> None:
        """List the goods of a bay for a distance from which on all of them are to be seen."""
        table, rows = self.table, self._still(bay)
        rows = rows[table.complete[table.kind[rows]] & ~self._covered[rows]]
        forms = np.maximum((serves_m > table.errors_m * self._detail).sum(0), FINE)
        bay.matte, bay.shining = table.coarse_lists(rows, forms[table.kind[rows]])
        bay.serves_m = serves_m
        self._stale = True

    def _uncover(self, number: int, eye: np.ndarray, away_m: float) -> bool:
        """Ask anew which goods of a bay can be seen; whether it is others than before."""
        rows, table = self._bays[number].rows, self.table
        aside_m = STRAY_M + STRAY_PART * away_m
        self._seen_from_m[number], self._stray_m[number] = eye, (aside_m, aside_m, STRAY_UP_M)
        covered = hidden.hidden(self._faces, eye, self._stray_m[number], table.low_m[rows], table.high_m[rows])
        self._asked[number] = True
        same = np.array_equal(covered, self._covered[rows])
        self._covered[rows] = covered
        return not same

    def prepare(self, gsg: GraphicsStateGuardian, *passes: Pass, lean: bool) -> Iterator[str]:
        """Bring to the graphics card what a pass would wait for at its first sight; yields between pieces of work."""
        for seen_by in passes:
            yield from shaders.warm_up(gsg, seen_by, lean=lean, variants=(Variant.ROWS, Variant.SLOTS))
        table, prepared = self.table, gsg.get_prepared_objects()
        for numbers in (table.vertices, table.spots, table.moves_to, table.cubes, table.slots):
            numbers.texture.prepare(prepared)
        yield SENT
        flat_shaders.darkness().prepare_now(prepared, gsg)
        NodePath(self._shadows).prepare_scene(gsg)
        yield SENT

    def refine(self) -> Iterator[str]:
        """Make the coarser forms that were not at hand, and draw with them."""
        made = False
        for good in self.table.kinds:
            for piece in self.models.make_forms(good):
                made = True
                yield piece
        if made:
            yield from self._open()
            # In one go with what follows, or the old lists would speak of new vertices.
            for _ in self.table.light_all(self.probes):
                pass
            for bay in self._bays:
                self._fill(bay, bay.serves_m)
            self._near_bays = self._dark_bays = None

    # --- light ---------------------------------------------------------------------------------------------------

    def relight(self, probes: Probes) -> None:
        """Give every good the light of its spot."""
        self.probes = probes
        for _ in self.table.light_all(probes):
            pass
        for stand, node in self._lent.items():
            set_cube(node, probes.at(self.table.middle_m[self.row_of[stand]][None])[0])

    # --- each frame ----------------------------------------------------------------------------------------------

    def look(self, view: View) -> None:
        """List what is near and in view, and choose how the other bays are drawn."""
        if not self._built:
            return
        eye, planes = view.planes()
        if not 1 / OTHER_DETAIL < view.detail / self._detail < OTHER_DETAIL:
            self._detail = view.detail
            for bay in self._bays:
                bay.serves_m = 0.0
        self._choose_bays(eye, planes)
        self._list_near(eye, planes, view)

    def _choose_bays(self, eye: np.ndarray, planes: np.ndarray) -> None:
        away_m = self._away_m(eye)
        near = away_m < NEAR_M
        if near.tobytes() != self._near_bays:
            self._near_bays = near.tobytes()
            self._near_rows = [bay.rows for bay, listed in zip(self._bays, near.tolist(), strict=True) if listed]
            self._gather()
        serves_m = np.array([bay.serves_m for bay in self._bays])
        stale = ~near & ((away_m < serves_m) | (away_m > serves_m * LATE))
        strayed = (np.abs(eye - self._seen_from_m) / self._stray_m).max(1) * (len(self._faces) > 0)
        due = np.flatnonzero(stale | (strayed > STRAYED))
        wrong = (strayed > 1.0) & self._asked  # what is taken for hidden may be seen from here
        due = due[np.lexsort((away_m[due], ~wrong[due]))]
        due = due[: max(FILLED_A_FRAME, min(int(wrong.sum()), FILLED_MOST))]
        for number in due.tolist():
            others = strayed[number] > STRAYED and self._uncover(number, eye, float(away_m[number]))
            if stale[number] or others:
                self._fill(self._bays[number], float(away_m[number]) * EARLY)
            if others and near[number]:
                self._see_near()
        if self._unseen.any():
            self._unseen[np.argsort(away_m - 1e6 * self._unseen)[:SHOWN_A_FRAME]] = False
            self._stale = True
        out_m = ((self._bay_low_m + self._bay_high_m) / 2 - eye) @ planes
        out_m = (out_m - (self._bay_high_m - self._bay_low_m) / 2 @ np.abs(planes)).max(1) - BAY_RIM_M
        far = ~near & ~self._unseen
        if self._stale or (self._joined & near).any() or (~self._joined & far & (out_m < 0.0)).any():
            self._join(far & (out_m < BAYS_AROUND_M), away_m)
        dark = away_m < SHADOWS_M
        if dark.tobytes() != self._dark_bays:
            self._dark_bays = dark.tobytes()
            rows = np.concatenate([*(self._still(self._bays[number]) for number in np.flatnonzero(dark).tolist()),
                                   np.zeros(0, np.int64)])  # fmt: skip
            self._darkness.fill(self._shadows, rows[self._casts[rows]])

    def _join(self, wanted: np.ndarray, away_m: np.ndarray) -> None:
        """Make one list of those of these bays, the nearest first."""
        self._joined, self._stale = wanted, False
        bays = [self._bays[number] for number in np.argsort(away_m).tolist() if wanted[number]]
        self._listed_far.set([bay.matte for bay in bays], [bay.shining for bay in bays])

    def _gather(self) -> None:
        """The goods that are listed one by one: of near bays, and those that move."""
        near = np.concatenate([*self._near_rows, np.zeros(0, np.int64)])
        near = near[~self._absent[near] & ~self.table.moves[near]]
        self._near = np.concatenate([near, self.table.moving[~self._absent[self.table.moving]]])
        self._near_still = len(near)
        self._near_middle_m = self.table.middle_m[self._near].astype(np.float32)
        self._near_errors_m = self.table.errors_m[:, self.table.kind[self._near]]
        self._see_near()
        self._near_radius_m = self.table.radius_m[self._near].astype(np.float32)
        self._listed: np.ndarray | None = None

    def _see_near(self) -> None:
        """Of the goods that are listed one by one, those that are behind something; what moves never is."""
        self._near_covered = self._covered[self._near]
        self._near_covered[self._near_still :] = False

    def _list_near(self, eye: np.ndarray, planes: np.ndarray, view: View) -> None:
        if self._near_still < len(self._near):
            self._near_middle_m[self._near_still :] = self.table.middle_m[self._near[self._near_still :]]
        rel = self._near_middle_m - eye
        out_m = (planes.T @ rel.T).max(0) - self._near_radius_m  # along rows NumPy is twenty times slower
        if self._listed is not None:
            seen = ((out_m < 0.0) & ~self._near_covered).nonzero()[0]
            away = np.sqrt(np.einsum("ni,ni->n", rel[seen], rel[seen])) / view.detail
            served, early = ((part * away > self._near_errors_m[:, seen]).sum(0, np.int8) for part in (1.0, EARLY))
            now = self._listed[seen]  # what is not listed counts as coarser than anything
            if (now <= served).all() and np.count_nonzero(now < early - 1) <= STALE:
                return
        far_m = np.sqrt((rel * rel).sum(1))
        listed = (far_m * EARLY / view.detail > self._near_errors_m).sum(0, np.int8)
        listed[(out_m >= AROUND_M) | self._near_covered] = LEVELS
        fine = np.flatnonzero(listed < FINE)
        if len(fine) > SLOTS:
            too_many = fine[np.argsort(far_m[fine], kind="stable")[SLOTS:]]
            listed[too_many] = np.where(self.table.complete[self.table.kind[self._near[too_many]]], FINE, LEVELS)
        self._listed = listed
        self._list(listed)

    def _list(self, listed: np.ndarray) -> None:
        fine, coarse = (listed < FINE).nonzero()[0], ((listed >= FINE) & (listed < LEVELS)).nonzero()[0]
        self._assign(self._near[fine])
        parts: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
        for row, form in zip(self._near[fine].tolist(), listed[fine].tolist(), strict=True):
            known = self._fine.get(row)
            if known is None or known[0] != form:
                known = (form, *self.table.fine_lists(row, form, self._slot_of[row]))
                self._fine[row] = known
            parts[0].append(known[1])
            parts[1].append(known[2])
        self._listed_fine.set(*parts)
        matte, shining = self.table.coarse_lists(self._near[coarse], listed[coarse])
        self._listed_coarse.set([matte], [shining])

    def _assign(self, rows: np.ndarray) -> None:
        """Give a slot to each of these goods, and take theirs from all others."""
        wanted = set(rows.tolist())
        for row in [row for row in self._slot_of if row not in wanted]:
            self._free_slots.append(self._slot_of.pop(row))
            self._fine.pop(row, None)
        changed = False
        for row in rows.tolist():
            if row not in self._slot_of:
                slot = self._slot_of[row] = self._free_slots.pop()
                self.table.slots.write(np.array([[row, 0, 0, 0]], np.float32), slot)
                changed = True
        if changed:
            self.table.slots.show()

    # --- what moves, and what is elsewhere -----------------------------------------------------------------------

    def lift(self, stands: list[StandId]) -> None:
        """From now on these goods, and no others, are where `move` puts them; the others are back on their stands."""
        rows = np.array([self.row_of[stand] for stand in stands], np.int64)
        changed = np.concatenate([rows, self.table.moving])
        self.table.lift(rows, self.probes)
        self._refill(changed)

    def move(self, matrices: np.ndarray) -> None:
        """Where the lifted goods are now: (n, 3, 4) float32 in the order of `lift`, for column vectors."""
        moving = self.table.moving
        if not len(moving):
            return
        self.table.move(matrices)
        self._frames += 1
        if self._frames % LIT_EVERY == 0:
            self.table.light(moving[self._lit : self._lit + LIT_AT_ONCE], self.probes)
            self._lit += LIT_AT_ONCE
            if self._lit >= len(moving):  # shown once all had their turn
                self._lit = 0
                self.table.cubes.show()

    def hide(self, stands: frozenset[StandId]) -> None:
        """Show all stands but these; their goods are elsewhere."""
        if stands == self._hidden:
            return
        changed = stands ^ self._hidden
        self._hidden = stands
        for stand in changed & self._lent.keys():
            (self._lent[stand].stash if stand in stands else self._lent[stand].unstash)()
        self._update_absent(changed)

    def _update_absent(self, stands: frozenset[StandId] | set[StandId]) -> None:
        rows = np.array([self.row_of[stand] for stand in sorted(stands) if stand in self.row_of], np.int64)
        for row in rows.tolist():
            stand = self.stands[row].id
            self._absent[row] = stand in self._hidden or stand in self._lent
        self._refill(rows)

    def _refill(self, rows: np.ndarray) -> None:
        """Make the lists anew that these goods are on, or were."""
        if not self._built or not len(rows):
            return
        touched = np.zeros(len(self.stands), bool)
        touched[rows] = True
        for bay in self._bays:
            if touched[bay.rows].any():
                self._fill(bay, bay.serves_m)
        self._dark_bays = None
        if self._near_bays is not None:
            self._gather()

    def home(self, stand: Stand) -> LMatrix4f:
        """Where a good stands on its stand, in the place's space."""
        return home(stand)

    def node(self, stand: StandId) -> NodePath | None:
        """A node of what stands there, whose first child is the mesh; give it back when it is not needed any more."""
        row = self.row_of.get(stand)
        if row is None or (stand in self._hidden and stand not in self._lent):
            return None
        if stand not in self._lent:
            node = self.root.attach_new_node(stand)
            node.attach_new_node(self.models.of(self.stands[row].good))
            node.set_mat(home(self.stands[row]))
            set_cube(node, self.probes.at(self.table.middle_m[row][None])[0])
            self._lent[stand] = node
            self._update_absent({stand})
        return self._lent[stand]

    def give_back(self, stand: StandId) -> None:
        """The node of a stand is not needed any more."""
        if stand in self._nodes_only:
            return
        node = self._lent.pop(stand, None)
        if node is not None:
            node.remove_node()
            self._update_absent({stand})


def _alike(plan: np.ndarray) -> np.ndarray:
    """Which points (n, 2) lie in the same cell of side 1: the cell's number (n,), counted from 0."""
    x, y = np.floor(plan).astype(np.int64).T
    return np.unique((x << 32) + y, return_inverse=True)[1].reshape(-1)
