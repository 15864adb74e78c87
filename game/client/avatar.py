"""A person: dressed, moved, and lit like everything else that moves. One table of joints skins all that it wears."""

import logging
from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
from panda3d.core import (
    BitMask32,
    BoundingSphere,
    Geom,
    GeomEnums,
    GeomNode,
    GeomTriangles,
    GeomVertexAnimationSpec,
    GeomVertexArrayFormat,
    GeomVertexData,
    GeomVertexFormat,
    InternalName,
    LMatrix4f,
    NodePath,
    Point3,
    TransformTable,
    UserVertexTransform,
)

from game.client import shaders
from game.client.avatar_glb import Figure, Mesh, read_figure
from game.client.avatar_look import Look, linear
from game.client.avatar_pose import Motion, matrices
from game.client.shaders import Variant
from game.core.errors import GameError
from game.core.goods import Wear

log = logging.getLogger(__name__)

PLAIN = {  # what someone wears who wears nothing of their own
    "torso": ("plain_tee", Wear(slot="torso", hides=("torso",))),
    "legs": ("plain_trousers", Wear(slot="legs", hides=("hips", "legs"))),
    "feet": ("plain_shoes", Wear(slot="feet", hides=("feet",), lift_m=0.012)),
}
HEAD_PARTS = frozenset({"body_head", "eyes", "mouth", "brows", "hair", "hair_top"})
NEAR_EYES = ("head", "face", "neck")  # slots that would hang before the camera in first person
EYE_Z = 1.433  # height of the eyes of the person as built
BLINK_SECS, BLINK_EVERY_SECS, SHUT = 0.14, (3.1, 4.6, 2.3, 5.2), 0.10


class Avatar:
    """A person below `parent`, which is in core space. Place it by `node.set_mat(turned(pos, yaw))`: it faces +Y.

    The shader reads `cube` and the stage's other inputs from the nodes above.
    """

    def __init__(self, parent: NodePath, look: Look, models: Path) -> None:
        self.look, self.models = look, models
        self.node = parent.attach_new_node("avatar")
        self._inner = self.node.attach_new_node("figure")
        person = read(models / "avatar" / "person.glb")
        if person.skeleton is None or "walk" not in person.clips:
            raise GameError(f"{models}/avatar/person.glb: has no skeleton or no clips; rebuild it")
        self.motion = Motion(person.skeleton, dict(person.clips), scale=look.height)
        self._joints = _JointTable(len(person.skeleton.names))
        self._parts: dict[str, NodePath] = {}  # of the body
        self._pieces: dict[str, NodePath] = {}  # of goods, worn or waiting
        self._worn: dict[str, tuple[str, Wear]] = {}
        self._waiting: deque[tuple[str, Wear]] = deque()
        self._hidden_head = BitMask32.all_off()
        self._secs = self._next_blink = 0.0
        self._blinks = 0
        self._show_person(person)
        self._dress()
        self.animate(0.0, 0.0)

    # --- what is worn -----------------------------------------------------------------------------------------------
    @property
    def worn(self) -> dict[str, str]:
        """The good in each slot, the plain clothes left out."""
        return {slot: name for slot, (name, _) in self._worn.items()}

    def wear(self, slot: str, good_id: str, wear: Wear) -> None:
        """Puts a good on, in place of what the slot carried.

        Raises GameError when its model cannot be read; what was worn stays on.
        """
        self._piece(good_id, wear, plain=False)
        self._worn[slot] = (good_id, wear)
        self._dress()

    def take_off(self, slot: str) -> None:
        """Takes off what a slot carries; plain clothes appear where something must be worn."""
        if self._worn.pop(slot, None) is not None:
            self._dress()

    def preload(self, goods: Iterable[tuple[str, Wear]]) -> None:
        """Notes goods that may be tried soon; `load_next` makes them ready one by one."""
        self._waiting.extend((name, wear) for name, wear in goods if name not in self._pieces)

    def load_next(self) -> bool:
        """Makes one noted good ready, for moments when the frame has time left; False when nothing waits."""
        if not self._waiting:
            return False
        name, wear = self._waiting.popleft()
        try:
            self._piece(name, wear, plain=False)
        except GameError as error:
            log.warning("%s", error)
        return True

    def hide_head(self, mask: BitMask32 | None) -> None:
        """Hides the head and what is near the eyes from the cameras of `mask` alone; None shows it to all."""
        self._hidden_head = mask or BitMask32.all_off()
        for name in HEAD_PARTS:
            _hide_from(self._parts[name], self._hidden_head)
        self._dress()

    # --- how it moves -----------------------------------------------------------------------------------------------
    def animate(self, speed_mps: float, dt_secs: float) -> None:
        """Moves on by dt while the person walks at `speed_mps`; call once a frame."""
        self.motion.step(speed_mps, dt_secs)
        self._secs += dt_secs
        skin = matrices(self.motion.skeleton, *self.motion.pose())
        self._joints.set(skin)
        for slot, (name, wear) in self._worn.items():
            if wear.joint:
                self._pieces[name].set_mat(self._rigid(slot, self._pieces[name], skin[self._index(wear.joint)]))
        self._blink(skin[self._index("head")])

    def play(self, clip: str) -> None:
        """Plays a gesture ("reach", "wave") over whatever the legs do.

        Raises KeyError for another name.
        """
        self.motion.start(clip)

    def reach(self) -> None:
        """Reaches out with the right hand."""
        self.play("reach")

    def wave(self) -> None:
        """Waves with the right hand."""
        self.play("wave")

    def remove(self) -> None:
        """Takes the person out of the scene for good."""
        for path in (*self._parts.values(), *self._pieces.values()):
            path.remove_node()
        self._pieces.clear()
        self.node.remove_node()

    # --- inside -----------------------------------------------------------------------------------------------------
    def _index(self, joint: str) -> int:
        return self.motion.skeleton.names.index(joint)

    def _show_person(self, person: Figure) -> None:
        hair = read(self.models / "avatar" / f"hair_{self.look.hair}.glb")
        skin, hair_colour = linear(self.look.skin), linear(self.look.hair_colour)
        for figure in (person, hair):
            for mesh in figure.meshes:
                part = self._parts[mesh.name] = self._inner.attach_new_node(self._geom_node(mesh))
                shaders.dress(part, Variant.SKIN)
                if mesh.name.startswith("body_"):
                    part.set_color_scale(*skin)
                elif mesh.name.startswith(("hair", "brows")):
                    part.set_color_scale(*hair_colour)

    def _piece(self, name: str, wear: Wear, *, plain: bool) -> NodePath:
        """The node of a good, made once and kept."""
        if name not in self._pieces:
            figure = read(self.models / ("avatar" if plain else "worn") / f"{name}.glb")
            self._refuse_misfit(name, figure, wear)
            piece = NodePath(name)
            for mesh in figure.meshes:
                part = piece.attach_new_node(self._geom_node(mesh))
                shaders.dress(part, Variant.PROBE if mesh.joints is None else Variant.SKIN)
            self._pieces[name] = piece
        return self._pieces[name]

    def _refuse_misfit(self, name: str, figure: Figure, wear: Wear) -> None:
        """Raises GameError where a worn model and its [wear] do not go together, or its joints are not the person's."""
        joints = self.motion.skeleton.names
        if wear.joint and wear.joint not in joints:
            known = ", ".join(joints)
            raise GameError(f"{name}: wear.joint {wear.joint!r} is no joint of the person; use one of {known}")
        skinned = {mesh.joints is not None for mesh in figure.meshes}
        if skinned != {not wear.joint}:
            raise GameError(f"{name}: a good with wear.joint must be rigid and one without skinned; change one of them")
        if figure.skeleton is not None and figure.skeleton.names != joints:
            raise GameError(f"{name}: its joints are not the person's, in the person's order; bind it to person.glb")

    def _geom_node(self, mesh: Mesh) -> GeomNode:
        points, normals = mesh.edited(self.look.edits)
        node = GeomNode(mesh.name)
        node.add_geom(_geom(mesh, points, normals, self._joints.table))
        if mesh.joints is not None:  # the pose moves it away from where it rests
            node.set_bounds(BoundingSphere(Point3(0, 0, 0.85), 1.3))
            node.set_final(True)
        return node

    def _dress(self) -> None:
        """Shows what is worn, hides what it covers, and lifts the person by its soles."""
        shown = {name: wear for slot, (name, wear) in PLAIN.items() if slot not in self._worn}
        for name, wear in shown.items():
            self._piece(name, wear, plain=True)
        shown |= dict(self._worn.values())
        for name, piece in self._pieces.items():
            if name in shown:
                piece.reparent_to(self._inner)
                if shown[name].slot in NEAR_EYES:
                    _hide_from(piece, self._hidden_head)
            else:
                piece.detach_node()
        hidden = {region for wear in shown.values() for region in wear.hides}
        for name, part in self._parts.items():
            if name.removeprefix("body_") in hidden:
                part.detach_node()
            else:
                part.reparent_to(self._inner)
        k, lift_m = self.look.height, max((w.lift_m for w in shown.values()), default=0.0)
        self._inner.set_mat(LMatrix4f(-k, 0, 0, 0, 0, -k, 0, 0, 0, 0, k, 0, 0, 0, lift_m * k, 1))

    def _rigid(self, slot: str, piece: NodePath, skin: np.ndarray) -> LMatrix4f:
        """Where a rigid good goes: with its joint, but what is carried in the hand hangs straight down."""
        if slot != "hand":
            return LMatrix4f(*skin.ravel())
        grip = _grip(piece)
        return LMatrix4f.translate_mat(*(grip @ skin[:3, :3] + skin[3, :3] - grip))

    def _blink(self, head: np.ndarray) -> None:
        """Closes the eyes now and then, by flattening them about their own height."""
        since = self._secs - self._next_blink
        if since >= BLINK_SECS:
            self._next_blink += BLINK_EVERY_SECS[self._blinks % len(BLINK_EVERY_SECS)]
            self._blinks += 1
        k = 1.0
        if 0 <= since < BLINK_SECS and self._blinks:
            k = 1 - (1 - SHUT) * (1 - abs(2 * since / BLINK_SECS - 1)) ** 0.5
        at = np.array([0.0, -0.1, EYE_Z]) @ head[:3, :3] + head[3, :3]
        self._parts["eyes"].set_mat(LMatrix4f(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, k, 0, 0, 0, float(at[2]) * (1 - k), 1))


@lru_cache(maxsize=64)
def read(path: Path) -> Figure:
    """A figure, read once."""
    return read_figure(path)


def _hide_from(path: NodePath, mask: BitMask32) -> None:
    """Hides a node from the cameras of a mask and from no others."""
    path.node().adjust_draw_mask(BitMask32.all_off(), mask, BitMask32.all_on() & ~mask)


def _grip(piece: NodePath) -> np.ndarray:
    """The middle of a good's top: there the hand holds it."""
    low, high = piece.get_tight_bounds(piece)
    return np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, high[2]])


class _JointTable:
    """Matrices that the graphics card skins with; all meshes of one person share them."""

    def __init__(self, count: int) -> None:
        self._transforms = [UserVertexTransform(f"joint {i}") for i in range(count)]
        table = TransformTable()
        for transform in self._transforms:
            table.add_transform(transform)
        self.table = TransformTable.register_table(table)

    def set(self, skin: np.ndarray) -> None:
        for transform, m in zip(self._transforms, skin.reshape(-1, 16).tolist(), strict=True):
            transform.set_matrix(LMatrix4f(*m))


def _format(skinned: bool) -> GeomVertexFormat:
    array = GeomVertexArrayFormat()
    array.add_column(InternalName.get_vertex(), 3, GeomEnums.NT_float32, GeomEnums.C_point)
    array.add_column(InternalName.get_normal(), 3, GeomEnums.NT_float32, GeomEnums.C_normal)
    array.add_column(InternalName.get_color(), 4, GeomEnums.NT_float32, GeomEnums.C_color)
    array.add_column(InternalName.get_texcoord(), 2, GeomEnums.NT_float32, GeomEnums.C_texcoord)
    made = GeomVertexFormat(array)
    if skinned:
        joints = GeomVertexArrayFormat()
        joints.add_column(InternalName.get_transform_weight(), 4, GeomEnums.NT_float32, GeomEnums.C_other)
        joints.add_column(InternalName.get_transform_index(), 4, GeomEnums.NT_uint8, GeomEnums.C_index)
        made.add_array(joints)
        spec = GeomVertexAnimationSpec()
        spec.set_hardware(4, True)
        made.set_animation(spec)
    return GeomVertexFormat.register_format(made)


FORMATS = {False: _format(False), True: _format(True)}
_JOINT_ROW = np.dtype([("weight", "<f4", 4), ("index", "u1", 4)])


def _geom(mesh: Mesh, points: np.ndarray, normals: np.ndarray, table: TransformTable) -> Geom:
    skinned = mesh.joints is not None
    rows = np.empty((len(points), 12), np.float32)
    rows[:, 0:3], rows[:, 3:6], rows[:, 6:10] = points, normals, mesh.colours
    rows[:, 10:12] = mesh.uv * (1, -1) + (0, 1)
    data = GeomVertexData(mesh.name, FORMATS[skinned], GeomEnums.UH_static)
    data.unclean_set_num_rows(len(points))
    memoryview(data.modify_array(0)).cast("B")[:] = memoryview(rows).cast("B")
    if skinned:
        joints = np.zeros(len(points), _JOINT_ROW)
        joints["index"], joints["weight"] = mesh.joints, mesh.weights
        memoryview(data.modify_array(1)).cast("B")[:] = joints.tobytes()
        data.set_transform_table(table)
    prim = GeomTriangles(GeomEnums.UH_static)
    prim.set_index_type(GeomEnums.NT_uint32)
    array = prim.modify_vertices()
    array.unclean_set_num_rows(mesh.triangles.size)
    memoryview(array).cast("B")[:] = memoryview(np.ascontiguousarray(mesh.triangles)).cast("B")
    geom = Geom(data)
    geom.add_primitive(prim)
    return geom
