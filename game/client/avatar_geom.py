"""The meshes of people on the graphics card: points, colours and the joints that skin them."""

import numpy as np
from panda3d.core import (
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
    Point3,
    TransformTable,
    UserVertexTransform,
)

from game.client.avatar_glb import Mesh


class JointTable:
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


COLUMNS = 12  # floats a point: place, normal, colour, texture coordinates
FORMATS = {False: _format(False), True: _format(True)}
_JOINT_ROW = np.dtype([("weight", "<f4", 4), ("index", "u1", 4)])


def geom_node(mesh: Mesh, points: np.ndarray, normals: np.ndarray, table: TransformTable) -> GeomNode:
    """A mesh with edited points (n, 3) and normals; what is skinned follows the joints of `table`."""
    node = GeomNode(mesh.name)
    node.add_geom(_geom(mesh, points, normals, table))
    if mesh.joints is not None:  # the pose moves it away from where it rests
        node.set_bounds(BoundingSphere(Point3(0, 0, 0.85), 1.3))
        node.set_final(True)
    return node


def reshape(node: GeomNode, points: np.ndarray, normals: np.ndarray) -> None:
    """Move the points of a `geom_node` and turn its normals."""
    data = node.modify_geom(0).modify_vertex_data()
    rows = np.frombuffer(memoryview(data.modify_array(0)).cast("B"), np.float32).reshape(len(points), COLUMNS)
    rows[:, 0:3], rows[:, 3:6] = points, normals


def _geom(mesh: Mesh, points: np.ndarray, normals: np.ndarray, table: TransformTable) -> Geom:
    skinned = mesh.joints is not None
    rows = np.empty((len(points), COLUMNS), np.float32)
    rows[:, 0:3], rows[:, 3:6], rows[:, 6:10] = points, normals, mesh.colours
    rows[:, 10:12] = mesh.uv * (1, -1) + (0, 1)
    data = GeomVertexData(mesh.name, FORMATS[skinned], GeomEnums.UH_static)
    data.unclean_set_num_rows(len(points))
    memoryview(data.modify_array(0)).cast("B")[:] = rows.data.cast("B")
    if skinned:
        joints = np.zeros(len(points), _JOINT_ROW)
        joints["index"], joints["weight"] = mesh.joints, mesh.weights
        memoryview(data.modify_array(1)).cast("B")[:] = joints.tobytes()
        data.set_transform_table(table)
    prim = GeomTriangles(GeomEnums.UH_static)
    prim.set_index_type(GeomEnums.NT_uint32)
    array = prim.modify_vertices()
    array.unclean_set_num_rows(mesh.triangles.size)
    memoryview(array).cast("B")[:] = np.ascontiguousarray(mesh.triangles).data.cast("B")
    geom = Geom(data)
    geom.add_primitive(prim)
    return geom
