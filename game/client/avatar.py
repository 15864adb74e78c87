"""A person: dressed, moved, and lit like everything else that moves. One table of joints skins all that it wears."""

import logging
from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
from panda3d.core import BitMask32, LMatrix4f, NodePath, PandaNode, Texture

from game.client import shaders
from game.client.arm import Reach, reached
from game.client.avatar_geom import JointTable, geom_node, reshape
from game.client.avatar_glb import Figure, Mesh, read_figure
from game.client.avatar_pose import Motion, matrices
from game.client.painted import paint, texture_of
from game.client.shaders import Variant
from game.content.model_files import ModelFiles
from game.core.errors import GameError
from game.core.goods import Wear
from game.core.ids import GoodId
from game.core.looks import Looks

log = logging.getLogger(__name__)

PLAIN = {  # what someone wears who wears nothing of their own
    "torso": ("plain_tee", Wear(slot="torso", hides=("torso",))),
    "legs": ("plain_trousers", Wear(slot="legs", hides=("hips", "legs"))),
    "feet": ("plain_shoes", Wear(slot="feet", hides=("feet",), lift_m=0.012)),
}
HEAD_PARTS = frozenset(
    {"body_head", "eyes", "iris", "mouth", "brows", "lines", "beard", "hair", "hair_top", "hair_under"}
)
BLINKING = ("eyes", "iris")
NEAR_EYES = ("head", "face", "neck")  # slots that would hang before the camera in first person
BLINK_SECS, BLINK_EVERY_SECS, SHUT = 0.14, (3.1, 4.6, 2.3, 5.2), 0.10


def linear(colour: str) -> tuple[float, float, float, float]:
    """Linear rgb and 1 of an sRGB colour "#rrggbb"; raises ValueError for anything else."""
    c = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in c)
    return r, g, b, 1.0


class Avatar:
    """A person below `parent`, which is in core space. Place it by `node.set_mat(turned(pos, yaw))`: it faces +Y.

    The shader reads `cube` and the stage's other inputs from the nodes above.
    """

    def __init__(self, parent: NodePath, looks: Looks, models: Path, files: ModelFiles | None = None) -> None:
        self.looks, self.models, self.files = looks, models, files or ModelFiles(models.parent)
        self.calm = False  # reduced motion: no blinking
        self.reaches: dict[str, Reach] = {}  # of the "left" and the "right" hand, in the space of `figure`
        self.node = parent.attach_new_node("avatar")
        self._inner = self.node.attach_new_node("figure")
        person = read(models / "avatar" / "person.glb")
        if person.skeleton is None or "walk" not in person.clips:
            raise GameError(f"{models}/avatar/person.glb: has no skeleton or no clips; rebuild it")
        self._rest = person.skeleton
        self.motion = Motion(person.skeleton.edited(looks.edits), dict(person.clips), scale=looks.scale)
        self._joints = JointTable(len(person.skeleton.names))
        self._parts: dict[str, NodePath] = {}  # of the body
        self._meshes: dict[str, Mesh] = {}  # what they are made of
        self._pieces: dict[str, NodePath] = {}  # of goods, worn or waiting
        self._figures: dict[str, Figure] = {}
        self._stale: set[str] = set()  # pieces that were made for other looks
        self._worn: dict[str, tuple[str, Wear]] = {}
        self._waiting: deque[tuple[str, Wear]] = deque()
        self._hidden_head = BitMask32.all_off()
        self._secs = self._next_blink = self._lift_m = self._eye_z = 0.0
        self._blinks = 0
        self._show(person)
        self._grow_hair()
        self._tint()
        self._dress()
        self.animate(0.0, 0.0)

    # --- how it looks -----------------------------------------------------------------------------------------------
    def set_looks(self, looks: Looks) -> None:
        """Changes how the person looks; what they wear follows their body."""
        before, self.looks = self.looks, looks
        self.motion.scale = looks.scale
        if (before.hair, before.beard) != (looks.hair, looks.beard):
            self._grow_hair()
        edits = looks.edits
        changed = {name for name, value in before.edits.items() if edits[name] != value}
        if changed:
            self.motion.skeleton = self._rest.edited(edits)
            for name, mesh in self._meshes.items():
                self._reshape(self._parts[name], mesh, changed)
            self._stale = set(self._pieces)
            self._eye_z = self._eye_height()
        self._tint()
        self._dress()

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

    def wear_made(self, slot: str, name: str, wear: Wear, figure: Figure) -> NodePath:
        """Puts on a model that is still being made, in place of the last one of this name; returns its node.

        Raises GameError when it and its wear do not go together; nothing changes then.
        """
        self._refuse_misfit(name, figure, wear)
        if name in self._pieces:
            self._pieces.pop(name).remove_node()
        piece = self._make_piece(name, figure)
        self._worn = {where: what for where, what in self._worn.items() if what[0] != name}
        self._worn[slot] = (name, wear)
        self._dress()
        return piece

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
        for name in HEAD_PARTS & self._parts.keys():
            _hide_from(self._parts[name], self._hidden_head)
        self._dress()

    @property
    def figure(self) -> NodePath:
        """The node whose space is the skeleton's: of the model's size, facing -Y."""
        return self._inner

    # --- how it moves -----------------------------------------------------------------------------------------------
    def animate(self, speed_mps: float, dt_secs: float, *, aside_mps: float = 0.0) -> None:
        """Moves on by dt while the person walks ahead at `speed_mps` and to the right at `aside_mps`; once a frame."""
        self.motion.step(speed_mps, dt_secs, aside_mps)
        self._secs += dt_secs
        skin = matrices(self.motion.skeleton, *self.motion.pose())
        for side, reach in self.reaches.items():
            skin = reached(self.motion.skeleton, skin, side, reach)
        self._joints.set(skin)
        for slot, (name, wear) in self._worn.items():
            if wear.joint:
                self._pieces[name].set_mat(self._rigid(slot, self._pieces[name], wear.joint, skin))
        self._inner.set_mat(self._stance())
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

    def sit(self, seat_m: float | None) -> None:
        """Sits down on a seat so high above the soles, 0 for the ground; None stands up."""
        self.motion.sit(seat_m)

    def remove(self) -> None:
        """Takes the person out of the scene for good."""
        for path in (*self._parts.values(), *self._pieces.values()):
            path.remove_node()
        self._pieces.clear()
        self.node.remove_node()

    # --- inside -----------------------------------------------------------------------------------------------------
    def _index(self, joint: str) -> int:
        return self.motion.skeleton.names.index(joint)

    def _stance(self) -> LMatrix4f:
        """The figure as tall as it is, on its soles, its legs turned to where they walk. The model faces -Y."""
        k, c, s = self.looks.scale, float(np.cos(self.motion.leg_turn_rad)), float(np.sin(self.motion.leg_turn_rad))
        return LMatrix4f(-k * c, -k * s, 0, 0, k * s, -k * c, 0, 0, 0, 0, k, 0, 0, 0, self._lift_m * k, 1)

    def _show(self, figure: Figure) -> None:
        for mesh in figure.meshes:
            self._meshes[mesh.name] = mesh
            part = self._parts[mesh.name] = self._inner.attach_new_node(self._geom_node(mesh))
            shaders.dress(part, Variant.SKIN)
            if mesh.name in HEAD_PARTS:
                _hide_from(part, self._hidden_head)
        self._eye_z = self._eye_height()

    def _grow_hair(self) -> None:
        """Gives the person the hair and the beard of their looks, in place of what they had."""
        for name in [name for name in self._parts if name.startswith(("hair", "beard"))]:
            self._parts.pop(name).remove_node()
            del self._meshes[name]
        for kind, style in (("hair", self.looks.hair), ("beard", self.looks.beard)):
            if style != "none":
                self._show(read(self.models / "avatar" / f"{kind}_{style}.glb"))

    def _tint(self) -> None:
        colours = {"body_": self.looks.skin, "lines": self.looks.skin, "iris": self.looks.eye_colour}
        colours |= dict.fromkeys(("hair", "beard", "brows"), self.looks.hair_colour)
        for name, part in self._parts.items():
            for begins, colour in colours.items():
                if name.startswith(begins):
                    part.set_color_scale(*linear(colour))

    def _eye_height(self) -> float:
        points, _ = self._meshes["eyes"].edited(self.looks.edits)
        return float(points[:, 2].min() + points[:, 2].max()) / 2

    def _reshape(self, path: NodePath, mesh: Mesh, changed: set[str]) -> None:
        if changed & mesh.morphs.keys():
            reshape(path.node(), *mesh.edited(self.looks.edits))

    def _piece(self, name: str, wear: Wear, *, plain: bool) -> NodePath:
        """The node of a good, made once and kept."""
        if name not in self._pieces:
            file = self.models / "avatar" / f"{name}.glb" if plain else self.files.of(GoodId(name), worn=True)
            figure = read(file)
            self._refuse_misfit(name, figure, wear)
            self._make_piece(name, figure)
        elif name in self._stale:
            for part, mesh in zip(self._pieces[name].get_children(), self._figures[name].meshes, strict=True):
                self._reshape(part, mesh, set(mesh.morphs))
        self._stale.discard(name)
        return self._pieces[name]

    def _make_piece(self, name: str, figure: Figure) -> NodePath:
        piece = NodePath(name)
        for mesh in figure.meshes:
            part = piece.attach_new_node(self._geom_node(mesh))
            if mesh.picture is not None:
                paint(part.node(), _painting(name, mesh.picture), skinned=mesh.joints is not None)
            else:
                shaders.dress(part, Variant.PROBE if mesh.joints is None else Variant.SKIN)
        self._pieces[name], self._figures[name] = piece, figure
        return piece

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

    def _geom_node(self, mesh: Mesh) -> PandaNode:
        return geom_node(mesh, *mesh.edited(self.looks.edits), self._joints.table)

    def _dress(self) -> None:
        """Shows what is worn, hides what it covers, and lifts the person by its soles."""
        shown = {name: wear for slot, (name, wear) in PLAIN.items() if slot not in self._worn}
        for name, wear in shown.items():
            self._piece(name, wear, plain=True)
        shown |= dict(self._worn.values())
        for name, piece in self._pieces.items():
            if name in shown:
                self._piece(name, shown[name], plain=False)
                piece.reparent_to(self._inner)
                if shown[name].slot in NEAR_EYES:
                    _hide_from(piece, self._hidden_head)
            else:
                piece.detach_node()
        hidden = {region for wear in shown.values() for region in wear.hides}
        if "hair_top" not in hidden:
            hidden.add("hair_under")
        for name, part in self._parts.items():
            if name.removeprefix("body_") in hidden:
                part.detach_node()
            else:
                part.reparent_to(self._inner)
        self._lift_m = max((w.lift_m for w in shown.values()), default=0.0)
        self._inner.set_mat(self._stance())

    def _rigid(self, slot: str, piece: NodePath, joint: str, skin: np.ndarray) -> LMatrix4f:
        """Where a rigid good goes: with its joint, but what is carried in the hand hangs straight down."""
        j = self._index(joint)
        moved = self.motion.skeleton.rest[j] - self._rest.rest[j]  # by the person's looks
        if slot != "hand" or not joint.endswith("Hand"):  # a ring stays on its finger
            turn = skin[j].copy()
            turn[3, :3] += moved @ turn[:3, :3]
            return LMatrix4f(*turn.ravel())
        grip = _grip(piece)
        return LMatrix4f.translate_mat(*((grip + moved) @ skin[j, :3, :3] + skin[j, 3, :3] - grip))

    def _blink(self, head: np.ndarray) -> None:
        """Closes the eyes now and then, by flattening them about their own height."""
        since = self._secs - self._next_blink
        if since >= BLINK_SECS:
            self._next_blink += BLINK_EVERY_SECS[self._blinks % len(BLINK_EVERY_SECS)]
            self._blinks += 1
        k = 1.0
        if 0 <= since < BLINK_SECS and self._blinks and not self.calm:
            k = 1 - (1 - SHUT) * (1 - abs(2 * since / BLINK_SECS - 1)) ** 0.5
        flat = np.diag([1, 1, k, 1.0])
        flat[3, 2] = self._eye_z * (1 - k)
        shut = LMatrix4f(*(np.linalg.inv(head) @ flat @ head).ravel())
        for name in BLINKING:
            self._parts[name].set_mat(shut)


@lru_cache(maxsize=64)
def read(path: Path) -> Figure:
    """A figure, read once."""
    return read_figure(path)


@lru_cache(maxsize=4)  # what is fitted is made anew with the same picture
def _painting(name: str, raw: bytes) -> Texture:
    try:
        return texture_of(raw, name)
    except GameError as error:
        raise GameError(f"{name}: {error}") from None


def _hide_from(path: NodePath, mask: BitMask32) -> None:
    """Hides a node from the cameras of a mask and from no others."""
    path.node().adjust_draw_mask(BitMask32.all_off(), mask, BitMask32.all_on() & ~mask)


def _grip(piece: NodePath) -> np.ndarray:
    """The middle of a good's top: there the hand holds it."""
    low, high = piece.get_tight_bounds(piece)
    return np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, high[2]])
