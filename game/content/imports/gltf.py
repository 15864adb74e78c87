"""Reads binary glTF 2.0 that anybody made: typed, counted, bounded, and nothing outside of the file.

Source: glTF 2.0 specification, sections 3.6 (accessors), 3.9 (materials), 4.4 (GLB layout).
"""

import struct
from dataclasses import replace
from typing import Annotated, Any

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Meta, Struct

from game.content.imports import limits
from game.content.imports.images import decoded
from game.content.imports.notes import ImportRefusedError, told
from game.content.imports.source import Floats, Ints, Material, Part, Pixels, Source

Number = Annotated[int, Meta(ge=0, le=2**31)]
COMPRESSED = {
    "KHR_draco_mesh_compression": "Draco",
    "EXT_meshopt_compression": "meshopt",
    "KHR_meshopt_compression": "meshopt",
    "KHR_texture_basisu": "KTX2",
    "EXT_texture_webp": "WebP",
    "EXT_texture_avif": "AVIF",
    "MSFT_texture_dds": "DDS",
}
"""Extensions that hide data in a form that is not read, by what people call it."""
UNDERSTOOD = frozenset({"KHR_mesh_quantization", "KHR_texture_transform", "KHR_materials_unlit"})
DECORATIVE = ("KHR_materials_", "KHR_lights_", "KHR_animation_", "KHR_xmp", "KHR_node_", "EXT_lights_", "VRM", "FB_")
_DTYPES = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
TRIANGLES, STRIP, FAN = 4, 5, 6

Matrix = npt.NDArray[np.float64]


class _View(Struct, rename="camel"):
    byte_length: Number
    buffer: Number = 0
    byte_offset: Number = 0
    byte_stride: Annotated[int, Meta(ge=1, le=252)] | None = None


class _SparseIndices(Struct, rename="camel"):
    buffer_view: Number
    component_type: Number
    byte_offset: Number = 0


class _SparseValues(Struct, rename="camel"):
    buffer_view: Number
    byte_offset: Number = 0


class _Sparse(Struct):
    count: Number
    indices: _SparseIndices
    values: _SparseValues


class _Accessor(Struct, rename="camel"):
    component_type: Number
    count: Number
    type: str
    buffer_view: Number | None = None
    byte_offset: Number = 0
    normalized: bool = False
    sparse: _Sparse | None = None


class _Primitive(Struct):
    attributes: dict[str, Number]
    indices: Number | None = None
    mode: Number = TRIANGLES
    material: Number | None = None
    extensions: dict[str, Any] = {}


class _Mesh(Struct):
    primitives: list[_Primitive]
    name: str = ""


class _Node(Struct):
    name: str = ""
    mesh: Number | None = None
    skin: Number | None = None
    children: list[Number] = []
    matrix: Annotated[list[float], Meta(min_length=16, max_length=16)] | None = None
    rotation: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0)
    scale: tuple[float, float, float] = (1.0, 1.0, 1.0)
    translation: tuple[float, float, float] = (0.0, 0.0, 0.0)


class _Move(Struct, frozen=True):
    """KHR_texture_transform."""

    offset: tuple[float, float] = (0.0, 0.0)
    rotation: float = 0.0
    scale: tuple[float, float] = (1.0, 1.0)


class _TextureRefExtensions(Struct, frozen=True):
    transform: _Move | None = msgspec.field(default=None, name="KHR_texture_transform")


class _TextureRef(Struct, frozen=True, rename="camel"):
    index: Number
    tex_coord: Number = 0
    extensions: _TextureRefExtensions = _TextureRefExtensions()


class _Metal(Struct, frozen=True, rename="camel"):
    base_color_factor: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    base_color_texture: _TextureRef | None = None
    roughness_factor: float = 1.0
    metallic_factor: float = 1.0


class _Material(Struct, frozen=True, rename="camel"):
    name: str = ""
    pbr_metallic_roughness: _Metal = _Metal()
    emissive_factor: tuple[float, float, float] = (0.0, 0.0, 0.0)
    alpha_mode: str = "OPAQUE"
    double_sided: bool = False


class _Texture(Struct):
    source: Number | None = None
    extensions: dict[str, Any] = {}


class _Image(Struct, rename="camel"):
    name: str = ""
    buffer_view: Number | None = None
    uri: str | None = None
    mime_type: str = ""


class _Buffer(Struct, rename="camel"):
    byte_length: Number
    uri: str | None = None


class _Scene(Struct):
    nodes: list[Number] = []


class _Document(Struct, rename="camel"):
    scene: Number | None = None
    scenes: list[_Scene] = []
    nodes: list[_Node] = []
    meshes: list[_Mesh] = []
    accessors: list[_Accessor] = []
    buffer_views: list[_View] = []
    buffers: list[_Buffer] = []
    materials: list[_Material] = []
    textures: list[_Texture] = []
    images: list[_Image] = []
    skins: list[Any] = []
    animations: list[Any] = []
    extensions_used: list[str] = []
    extensions_required: list[str] = []


_DECODER = msgspec.json.Decoder(_Document)


def read_glb(raw: bytes) -> Source:
    """A GLB's visible meshes where its scene puts them. Raises ImportRefusedError with the reason in plain words."""
    text, blob = _chunks(raw)
    try:
        document = _DECODER.decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise ImportRefusedError("glb_json", why=told(error)) from None
    return _Reader(document, blob).source()


def _chunks(raw: bytes) -> tuple[bytes, bytes]:
    if len(raw) < 20 or raw[:4] != b"glTF":
        raise ImportRefusedError("glb_no_glb")
    version, _, length, kind = struct.unpack_from("<III4s", raw, 4)
    if version != 2:
        raise ImportRefusedError("glb_version", version=version)
    if kind != b"JSON" or 20 + length > len(raw):
        raise ImportRefusedError("glb_cut_off")
    if length > limits.JSON_BYTES:
        raise ImportRefusedError("glb_json_long", mb=round(length / 2**20, 1))
    text, at = raw[20 : 20 + length], 20 + length
    if at + 8 > len(raw):
        return text, b""
    size, kind = struct.unpack_from("<I4s", raw, at)
    if kind != b"BIN\0":
        return text, b""
    if at + 8 + size > len(raw):
        raise ImportRefusedError("glb_cut_off")
    return text, raw[at + 8 : at + 8 + size]


class _Reader:
    def __init__(self, document: _Document, blob: bytes) -> None:
        self.doc, self.blob = document, blob
        self.out = Source(up="y", custom_m=1.0)
        self._image_of: dict[int, int] = {}
        self._parts = self._unpacked = 0

    def source(self) -> Source:
        self._refuse_extensions()
        self._refuse_outside()
        for many, what in ((self.doc.nodes, "nodes"), (self.doc.meshes, "meshes"), (self.doc.accessors, "accessors"),
                           (self.doc.buffer_views, "bufferViews")):  # fmt: skip
            if len(many) > limits.NODES:
                raise ImportRefusedError("glb_many", what=what, n=len(many), most=limits.NODES)
        if len(self.doc.materials) > limits.MATERIALS:
            raise ImportRefusedError("glb_many", what="materials", n=len(self.doc.materials), most=limits.MATERIALS)
        if self.doc.animations or self.doc.skins:
            self.out.note("still")
        for node, matrix in self._placed():
            self._add_mesh(node, matrix)
        return self.out

    # --- what is not taken -----------------------------------------------------------------------------------------

    def _refuse_extensions(self) -> None:
        for name in self.doc.extensions_required:
            if name in COMPRESSED:
                raise ImportRefusedError("extension_compressed", extension=told(name), what=COMPRESSED[name])
            if name not in UNDERSTOOD and not name.startswith(DECORATIVE):
                raise ImportRefusedError("extension_unknown", extension=told(name))
        for name in self.doc.extensions_used:
            if name in COMPRESSED and name not in self.doc.extensions_required:
                self.out.note("extension_left", extension=told(name), what=COMPRESSED[name])

    def _refuse_outside(self) -> None:
        for buffer in self.doc.buffers:
            if buffer.uri is not None:
                raise ImportRefusedError("outside_buffer", uri=told(buffer.uri))
        if len(self.doc.buffers) > 1:
            raise ImportRefusedError("glb_many", what="buffers", n=len(self.doc.buffers), most=1)
        if len(self.doc.images) > limits.IMAGES:
            raise ImportRefusedError("glb_many", what="images", n=len(self.doc.images), most=limits.IMAGES)

    # --- nodes -----------------------------------------------------------------------------------------------------

    def _placed(self) -> list[tuple[_Node, Matrix]]:
        """Every node with a mesh that the scene shows, and where; each node once, or the file is refused."""
        nodes, scenes = self.doc.nodes, self.doc.scenes
        if scenes:
            roots = _of(scenes, self.doc.scene or 0, "scene").nodes
        else:
            children = {child for node in nodes for child in node.children}
            roots = [index for index in range(len(nodes)) if index not in children]
        if not roots and nodes:
            raise ImportRefusedError("glb_loop") if not scenes else ImportRefusedError("nothing_there")
        seen: set[int] = set()
        found: list[tuple[_Node, Matrix]] = []
        todo = [(root, np.identity(4), 0) for root in reversed(roots)]
        while todo:
            index, world_from_parent, depth = todo.pop()
            if index in seen:
                raise ImportRefusedError("glb_loop")
            if depth > limits.DEPTH:
                raise ImportRefusedError("glb_deep", most=limits.DEPTH)
            seen.add(index)
            node = _of(nodes, index, "node")
            world_from_node = world_from_parent @ _local(node)
            if node.mesh is not None:
                # A skinned mesh stands where its bones put it; at rest that is where its points are.
                found.append((node, np.identity(4) if node.skin is not None else world_from_node))
            todo += [(child, world_from_node, depth + 1) for child in reversed(node.children)]
        return found

    def _add_mesh(self, node: _Node, matrix: Matrix) -> None:
        assert node.mesh is not None
        mesh = _of(self.doc.meshes, node.mesh, "mesh")
        name = told(node.name or mesh.name or f"mesh {node.mesh}")
        if not np.isfinite(matrix).all():
            raise ImportRefusedError("not_finite", mesh=name)
        for primitive in mesh.primitives:
            self._parts += 1
            if self._parts > limits.PARTS:
                raise ImportRefusedError("glb_many", what="primitives", n=self._parts, most=limits.PARTS)
            if primitive.mode not in (TRIANGLES, STRIP, FAN):
                self.out.note("lines_left", mesh=name)
                continue
            self._add_primitive(primitive, name, matrix)

    def _add_primitive(self, primitive: _Primitive, name: str, matrix: Matrix) -> None:
        attributes = primitive.attributes
        if "POSITION" not in attributes:
            if "KHR_draco_mesh_compression" in primitive.extensions:
                raise ImportRefusedError("extension_compressed", extension="KHR_draco_mesh_compression", what="Draco")
            self.out.note("mesh_empty", mesh=name)
            return
        points = self._rows(attributes["POSITION"], 3, name)
        if primitive.indices is None:
            corners = np.arange(len(points))
        else:
            corners = self._rows(primitive.indices, 1, name)[:, 0].astype(np.int64)
        triangles = _triangles(corners, primitive.mode)
        if not len(triangles):
            self.out.note("mesh_empty", mesh=name)
            return
        normals = self._attribute(attributes, "NORMAL", 3, len(points), name)
        colours = self._attribute(attributes, "COLOR_0", None, len(points), name)
        material, ref = self._material(primitive, name)
        uv = self._attribute(attributes, f"TEXCOORD_{ref.tex_coord}", 2, len(points), name) if ref else None
        if ref and uv is None:
            self.out.note("uv_missing", mesh=name)
            material = replace(material, image=None)
        if ref and uv is not None and (move := ref.extensions.transform) is not None:
            uv = _moved(uv, move)
        if colours is not None and colours.shape[1] < 3:
            colours = None
        linear = matrix[:3, :3]
        if np.linalg.det(linear) < 0:
            triangles = triangles[:, ::-1]
        self.out.add(
            Part(
                name=name,
                points=points @ linear.T + matrix[:3, 3],
                triangles=triangles,
                normals=None if normals is None else normals @ _cofactors(linear).T,
                colours=None if colours is None else np.clip(colours[:, :3], 0, 1),
                uv=uv,
                material=material,
            )
        )

    # --- materials -------------------------------------------------------------------------------------------------

    def _material(self, primitive: _Primitive, name: str) -> tuple[Material, _TextureRef | None]:
        if primitive.material is None:
            return Material(), None
        spec = _of(self.doc.materials, primitive.material, "material")
        metal = spec.pbr_metallic_roughness
        glow = np.clip(spec.emissive_factor, 0, 1)
        base = np.clip(metal.base_color_factor[:3], 0, 1)
        if not (np.isfinite(base).all() and np.isfinite(glow).all() and np.isfinite(metal.roughness_factor)):
            raise ImportRefusedError("not_finite", mesh=name)
        red, green, blue = (float(x) for x in np.maximum(base, glow))
        rough = min(max(metal.roughness_factor, 0.0), 1.0)
        if spec.alpha_mode != "OPAQUE":
            self.out.note("see_through", material=told(spec.name or f"material {primitive.material}"))
        ref = metal.base_color_texture
        image = self._image(ref.index) if ref is not None else None
        made = Material(
            colour=(red, green, blue), gloss=0.05 + 0.75 * (1 - rough), image=image, two_sided=spec.double_sided
        )
        return made, ref if image is not None else None

    def _image(self, texture: int) -> int | None:
        spec = _of(self.doc.textures, texture, "texture")
        if spec.source is None:
            what = next((COMPRESSED[name] for name in spec.extensions if name in COMPRESSED), "?")
            self.out.note("texture_left", image=f"texture {texture}", what=what)
            return None
        if spec.source not in self._image_of:
            self.out.images.append(self._decoded(spec.source))
            self._image_of[spec.source] = len(self.out.images) - 1
        return self._image_of[spec.source]

    def _decoded(self, index: int) -> Pixels:
        spec = _of(self.doc.images, index, "image")
        name = told(spec.name or f"image {index}")
        if spec.uri is not None or spec.buffer_view is None:
            raise ImportRefusedError("outside_image", image=name, uri=told(spec.uri or ""))
        pixels, clear = decoded(self._view(spec.buffer_view), name)
        if clear:
            self.out.note("image_clear", image=name)
        return pixels

    # --- numbers ---------------------------------------------------------------------------------------------------

    def _attribute(
        self, attributes: dict[str, int], key: str, width: int | None, count: int, name: str
    ) -> Floats | None:
        if key not in attributes:
            return None
        rows = self._rows(attributes[key], width, name)
        if len(rows) != count:
            raise ImportRefusedError("attribute_count", mesh=name, attribute=told(key), n=len(rows), points=count)
        return rows

    def _view(self, index: int) -> bytes:
        view = _of(self.doc.buffer_views, index, "bufferView")
        if view.byte_offset + view.byte_length > len(self.blob) or view.buffer != 0:
            raise ImportRefusedError("glb_overrun")
        return self.blob[view.byte_offset : view.byte_offset + view.byte_length]

    def _rows(self, index: int, width: int | None, name: str) -> Floats:
        """An accessor as float64 (n, its width); whole numbers that stand for fractions become such."""
        spec = _of(self.doc.accessors, index, "accessor")
        if spec.component_type not in _DTYPES or spec.type not in _WIDTH:
            raise ImportRefusedError("glb_type", mesh=name)
        if width is not None and _WIDTH[spec.type] != width:
            raise ImportRefusedError("glb_type", mesh=name)
        self._unpacked += spec.count
        if spec.count > limits.POINTS * 3 or self._unpacked > limits.ROWS:
            raise ImportRefusedError("too_many_points", n=spec.count, most=limits.POINTS)
        dtype, wide = np.dtype(_DTYPES[spec.component_type]), _WIDTH[spec.type]
        if spec.buffer_view is None:
            rows = np.zeros((spec.count, wide))
        else:
            view = _of(self.doc.buffer_views, spec.buffer_view, "bufferView")
            rows = self._block(spec.buffer_view, spec.byte_offset, view.byte_stride, dtype, spec.count, wide)
        if spec.sparse is not None:
            rows = self._scattered(rows, spec.sparse, dtype, wide)
        if spec.normalized and dtype.kind in "iu":
            return np.maximum(rows / np.iinfo(dtype).max, -1.0)
        return rows

    def _block(
        self, index: int, offset: int, stride: int | None, dtype: "np.dtype[Any]", count: int, wide: int
    ) -> Floats:
        raw = self._view(index)
        row = dtype.itemsize * wide
        step = stride or row
        if step < row or (count and offset + step * (count - 1) + row > len(raw)):
            raise ImportRefusedError("glb_overrun")
        return np.ndarray((count, wide), dtype, raw, offset, (step, dtype.itemsize)).astype(np.float64)

    def _scattered(self, rows: Floats, sparse: _Sparse, dtype: "np.dtype[Any]", wide: int) -> Floats:
        if sparse.indices.component_type not in (5121, 5123, 5125) or sparse.count > len(rows):
            raise ImportRefusedError("glb_overrun")
        number = np.dtype(_DTYPES[sparse.indices.component_type])
        at = self._block(sparse.indices.buffer_view, sparse.indices.byte_offset, None, number, sparse.count, 1)
        values = self._block(sparse.values.buffer_view, sparse.values.byte_offset, None, dtype, sparse.count, wide)
        where = at[:, 0].astype(np.int64)
        if len(where) and where.max() >= len(rows):
            raise ImportRefusedError("glb_overrun")
        rows[where] = values
        return rows


def _of(many: list[Any], index: int, what: str) -> Any:
    """An entry of a list of the document. Raises ImportRefusedError where it is not there."""
    if index >= len(many):
        raise ImportRefusedError("glb_missing", what=what, n=index)
    return many[index]


def _triangles(corners: Ints, mode: int) -> Ints:
    if mode == TRIANGLES:
        return corners[: len(corners) // 3 * 3].reshape(-1, 3)
    if len(corners) < 3:
        return np.zeros((0, 3), np.int64)
    if mode == FAN:
        return np.stack([np.full(len(corners) - 2, corners[0]), corners[1:-1], corners[2:]], 1)
    strip = np.stack([corners[:-2], corners[1:-1], corners[2:]], 1)
    strip[1::2] = strip[1::2, ::-1]
    return strip


def _moved(uv: Floats, move: _Move) -> Floats:
    c, s = np.cos(move.rotation), np.sin(move.rotation)
    scaled = uv * np.array(move.scale)
    return np.stack([c * scaled[:, 0] + s * scaled[:, 1], c * scaled[:, 1] - s * scaled[:, 0]], 1) + move.offset


def _cofactors(m: Matrix) -> Matrix:
    """What normals are turned by where points are turned by `m`, even if it flattens."""
    return np.stack([np.cross(m[1], m[2]), np.cross(m[2], m[0]), np.cross(m[0], m[1])])


def _local(node: _Node) -> Matrix:
    if node.matrix is not None:
        return np.array(node.matrix, np.float64).reshape(4, 4).T
    x, y, z, w = node.rotation
    turn = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
    local = np.identity(4)
    local[:3, :3] = turn * np.array(node.scale)
    local[:3, 3] = node.translation
    return local
