"""Whether a model that a stranger made can be drawn: nothing in it may cost more than it says, or point outside of it.

Everything is checked before anything is unpacked: types, counts, ranges, the numbers of every mesh, the headers of its
pictures. Source: glTF 2.0 specification, sections 3.5 (nodes), 3.6 (accessors) and 4.4 (GLB layout).
"""

import struct
from typing import Annotated, Any

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Meta, Struct

from game.content.check_assets import BYTES_MAX, IMAGES, OFF_M, OFF_PART, TRIANGLES_MAX
from game.content.glb import Matrix, local_matrix
from game.content.images import read_picture
from game.core.errors import GameError
from game.core.goods import Good, Vec3

JSON_BYTES_MAX = 2**20
NODES_MAX = 1_000
DEPTH_MAX = 64
PARTS_MAX = 500  # primitives, where they are placed
ACCESSORS_MAX = 4_000
PICTURES_MAX = 1  # a model is painted with one picture at most
PICTURE_SIDE_MAX_PX = 2048
POINTS_MAX = 3 * TRIANGLES_MAX
LOOKED_AT_MAX = 4 * BYTES_MAX  # of numbers, those that accessors share as often as they do
TARGETS_MAX = 32
JOINTS_MAX = 256
WORN_REACH_M = 4.0  # from the wearer's soles
KNOWN_EXTENSIONS = frozenset({"KHR_materials_unlit"})

_DTYPES = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
_FLOAT = 5126
_BYTES_A_TEXEL = 4

Count = Annotated[int, Meta(ge=0, lt=2**31)]
Numbers = npt.NDArray[Any]


class Facts(Struct, frozen=True, kw_only=True):
    """What a sound model is: its bounding box (width, depth, height in metres, game's axes), triangles and weight."""

    low_m: Vec3
    high_m: Vec3
    triangles: int
    texture_bytes: int  # on the graphics card
    file_bytes: int


class _View(Struct, rename="camel"):
    byte_length: Count
    buffer: Annotated[int, Meta(ge=0, le=0)] = 0
    byte_offset: Count = 0
    byte_stride: Annotated[int, Meta(ge=4, le=252)] | None = None


class _Accessor(Struct, rename="camel"):
    buffer_view: Count
    component_type: int
    count: Annotated[int, Meta(ge=1, lt=2**31)]
    type: str
    byte_offset: Count = 0
    normalized: bool = False
    sparse: None = None


class _Primitive(Struct):
    attributes: dict[str, Count]
    indices: Count | None = None
    mode: Annotated[int, Meta(ge=4, le=4)] = 4
    material: Count | None = None
    targets: Annotated[list[dict[str, Count]], Meta(max_length=TARGETS_MAX)] = []


class _Mesh(Struct):
    primitives: list[_Primitive]


class _Node(Struct):
    mesh: Count | None = None
    skin: Count | None = None
    children: list[Count] = []
    matrix: Annotated[list[float], Meta(min_length=16, max_length=16)] | None = None
    rotation: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0)
    scale: tuple[float, float, float] = (1.0, 1.0, 1.0)
    translation: tuple[float, float, float] = (0.0, 0.0, 0.0)


class _Scene(Struct):
    nodes: list[Count] = []


class _Image(Struct, rename="camel"):
    buffer_view: Count
    mime_type: str


class _Skin(Struct, rename="camel"):
    joints: Annotated[list[Count], Meta(min_length=1, max_length=JOINTS_MAX)]
    inverse_bind_matrices: Count | None = None


class _Buffer(Struct, rename="camel"):
    byte_length: Count
    uri: None = None


class _Document(Struct, rename="camel"):
    scenes: list[_Scene]
    nodes: Annotated[list[_Node], Meta(max_length=NODES_MAX)]
    meshes: Annotated[list[_Mesh], Meta(max_length=NODES_MAX)]
    accessors: Annotated[list[_Accessor], Meta(max_length=ACCESSORS_MAX)]
    buffer_views: Annotated[list[_View], Meta(max_length=ACCESSORS_MAX)]
    buffers: Annotated[list[_Buffer], Meta(max_length=1)]
    scene: Count = 0
    images: Annotated[list[_Image], Meta(max_length=PICTURES_MAX)] = []
    skins: Annotated[list[_Skin], Meta(max_length=1)] = []
    extensions_required: list[str] = []


_DECODER = msgspec.json.Decoder(_Document)


def read_model(content: bytes) -> Facts:
    """What a model is, once all of it is known to be sound. Raises GameError with the first thing that is not."""
    if len(content) > BYTES_MAX:
        raise GameError(f"the model has {len(content):,} bytes, more than {BYTES_MAX:,}; make it smaller")
    text, blob = _chunks(content)
    try:
        document = _DECODER.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise GameError(f"the model's JSON is not of the kind that is drawn ({error}); export it again") from None
    try:
        with np.errstate(all="ignore"):  # what overflows is not finite, and is looked for
            return _Reader(document, blob, len(content)).facts()
    except IndexError:
        raise GameError("the model refers to a part that it has not; export it again") from None


def check_fit(facts: Facts, good: Good, *, worn: bool) -> None:
    """A sound model as that of a good, as it stands or as it is worn. Raises GameError where it is not of its size."""
    if worn:
        if max(map(abs, (*facts.low_m, *facts.high_m))) > WORN_REACH_M:
            raise GameError(f"what is worn of {good.id} reaches farther than {WORN_REACH_M:.0f} m; make it smaller")
        return
    for axis, (low, high, said) in enumerate(zip(facts.low_m, facts.high_m, good.size_m, strict=True)):
        most_off_m = max(OFF_M, OFF_PART * said)
        if abs(high - low - said) > most_off_m:
            raise GameError(f"{good.id} is said to measure {said} m and measures {high - low:.3f} m; write its size")
        if abs(low if axis == 2 else (low + high) / 2) > most_off_m:
            raise GameError(f"{good.id} does not stand on its origin; move it there")


def _chunks(content: bytes) -> tuple[bytes, bytes]:
    if len(content) < 20 or content[:4] != b"glTF":
        raise GameError("the model is no GLB; export it as binary glTF 2.0")
    version, length, size, kind = struct.unpack_from("<III4s", content, 4)
    if version != 2 or length != len(content) or kind != b"JSON" or 20 + size > length:
        raise GameError("the model's header is wrong; export it again as binary glTF 2.0")
    if size > JSON_BYTES_MAX:
        raise GameError(f"the model's JSON has {size:,} bytes, more than {JSON_BYTES_MAX:,}; simplify it")
    at = 20 + size
    if at == length:
        return content[20:at], b""
    if at + 8 > length:
        raise GameError("the model's chunks are cut off; export it again")
    blob, kind = struct.unpack_from("<I4s", content, at)
    if kind != b"BIN\0" or at + 8 + blob != length:
        raise GameError("the model's chunks are not JSON and BIN alone; export it again")
    return content[20:at], content[at + 8 :]


class _Reader:
    def __init__(self, document: _Document, blob: bytes, size: int) -> None:
        self.doc, self.blob, self.size = document, blob, size
        self._sound: dict[int, Numbers] = {}
        self._looked_at = 0

    def facts(self) -> Facts:
        unknown = sorted({*self.doc.extensions_required} - KNOWN_EXTENSIONS)
        if unknown:
            raise GameError(f"the model needs {', '.join(unknown)[:80]}, which is not read; export it without")
        for accessor in range(len(self.doc.accessors)):
            self._numbers(accessor)
        texture_bytes = sum(self._picture(image) for image in self.doc.images)
        for skin in self.doc.skins:
            self._skin(skin)
        boxes: list[Numbers] = []
        triangles = points = parts = 0
        for mesh, world_from_mesh in self._placed():
            for primitive in self.doc.meshes[mesh].primitives:
                parts += 1
                more_triangles, more_points, box = self._primitive(primitive)
                triangles, points = triangles + more_triangles, points + more_points
                if parts > PARTS_MAX or triangles > TRIANGLES_MAX or points > POINTS_MAX:
                    raise GameError(f"the model has more than {TRIANGLES_MAX:,} triangles or parts; simplify it")
                corners = np.array([(x, y, z, 1.0) for x in box[:, 0] for y in box[:, 1] for z in box[:, 2]])
                boxes.append((corners @ world_from_mesh.T)[:, :3])
        if not boxes:
            raise GameError("the model shows nothing; export it again with a mesh in its scene")
        corners = np.concatenate(boxes)
        if not np.isfinite(corners).all():
            raise GameError("the model has points that are nowhere; export it again")
        low, high = corners.min(axis=0), corners.max(axis=0)
        return Facts(  # glTF is +Y up with its front to +Z; in the game a good's front faces -Y
            low_m=(float(low[0]), float(-high[2]), float(low[1])),
            high_m=(float(high[0]), float(-low[2]), float(high[1])),
            triangles=triangles, texture_bytes=texture_bytes, file_bytes=self.size,
        )  # fmt: skip

    def _view(self, index: int) -> tuple[int, int]:
        """Where a view begins and ends."""
        view = self.doc.buffer_views[index]
        end = view.byte_offset + view.byte_length
        if end > len(self.blob):
            raise GameError("a view of the model reaches beyond its file; export it again")
        return view.byte_offset, end

    def _numbers(self, index: int) -> Numbers:
        """The (n, width) numbers of an accessor, all of them in the file and finite."""
        if index in self._sound:
            return self._sound[index]
        spec = self.doc.accessors[index]
        dtype, width = _DTYPES.get(spec.component_type), _WIDTHS.get(spec.type)
        if dtype is None or width is None:
            raise GameError(f"the model has numbers of a kind that is not read ({spec.type[:20]}); export it again")
        start, end = self._view(spec.buffer_view)
        item = np.dtype(dtype).itemsize
        row = item * width
        stride = self.doc.buffer_views[spec.buffer_view].byte_stride or row
        start += spec.byte_offset
        if stride < row or start + stride * (spec.count - 1) + row > end:
            raise GameError("an accessor of the model reaches beyond its view; export it again")
        self._looked_at += spec.count * row
        if self._looked_at > LOOKED_AT_MAX:
            raise GameError("the model uses its bytes over and over; export it again")
        numbers: Numbers = np.ndarray((spec.count, width), dtype, self.blob, start, (stride, item))
        if spec.component_type == _FLOAT and not np.isfinite(numbers).all():
            raise GameError("the model has numbers that are none; export it again")
        self._sound[index] = numbers
        return numbers

    def _primitive(self, primitive: _Primitive) -> tuple[int, int, Numbers]:
        """Triangles and points of a primitive, and the corners of its box (2, 3)."""
        points = self._rows(primitive.attributes.get("POSITION", -1), (3,))
        count = len(points)
        for attribute in primitive.attributes.values():
            if len(self._numbers(attribute)) != count:
                raise GameError("a mesh of the model has attributes of different lengths; export it again")
        for target in primitive.targets:
            for attribute in target.values():
                if len(self._rows(attribute, (3,))) != count:
                    raise GameError("a mesh of the model has a morph of another length; export it again")
        if "JOINTS_0" in primitive.attributes:
            joints = self._rows(primitive.attributes["JOINTS_0"], (4,), whole=True)
            if not self.doc.skins or int(joints.max()) >= len(self.doc.skins[0].joints):
                raise GameError("a mesh of the model hangs on joints that it has not; bind it again")
        corners = count
        if primitive.indices is not None:
            indices = self._rows(primitive.indices, (1,), whole=True)
            if int(indices.max()) >= count:
                raise GameError(f"a mesh of the model has an index beyond its {count} points; export it again")
            corners = len(indices)
        return corners // 3, count, np.stack([points.min(axis=0), points.max(axis=0)]).astype(np.float64)

    def _rows(self, index: int, widths: tuple[int, ...], *, whole: bool = False) -> Numbers:
        if index < 0:
            raise GameError("a mesh of the model has no points; export it again")
        rows = self._numbers(index)
        if rows.shape[1] not in widths or (rows.dtype.kind == "u") != whole:
            raise GameError("a mesh of the model has numbers of the wrong kind; export it again")
        return rows

    def _picture(self, image: _Image) -> int:
        start, end = self._view(image.buffer_view)
        picture = read_picture(self.blob[start:end], side_max_px=PICTURE_SIDE_MAX_PX)
        if image.mime_type not in IMAGES or picture.kind != image.mime_type:
            raise GameError(f"a picture of the model is {picture.kind}, not as it says; export it again")
        return texture_bytes(picture.width_px, picture.height_px)

    def _skin(self, skin: _Skin) -> None:
        for joint in skin.joints:
            self.doc.nodes[joint]
        matrices = skin.inverse_bind_matrices
        if matrices is not None and len(self._rows(matrices, (16,))) < len(skin.joints):
            raise GameError("the model's skeleton lacks matrices; bind it again")

    def _placed(self) -> list[tuple[int, Matrix]]:
        """Every mesh of the scene with its transform; every node once, or it is no tree."""
        seen: set[int] = set()
        found: list[tuple[int, Matrix]] = []
        todo = [(root, np.identity(4), 0) for root in self.doc.scenes[self.doc.scene].nodes]
        while todo:
            index, world_from_parent, depth = todo.pop()
            node = self.doc.nodes[index]
            if index in seen or depth > DEPTH_MAX:
                raise GameError("the model's nodes form a loop or are nested too deeply; export it again")
            seen.add(index)
            world_from_node = world_from_parent @ local_matrix(
                matrix=node.matrix, rotation=node.rotation, scale=node.scale, translation=node.translation
            )
            if node.skin is not None:
                self.doc.skins[node.skin]
            if node.mesh is not None:  # a skinned mesh ignores the transform of its own node
                found.append((node.mesh, np.identity(4) if node.skin is not None else world_from_node))
            todo += [(child, world_from_node, depth + 1) for child in node.children]
        return found


def texture_bytes(width_px: int, height_px: int) -> int:
    """What a picture takes on the graphics card, with its smaller versions."""
    return width_px * height_px * _BYTES_A_TEXEL * 4 // 3
