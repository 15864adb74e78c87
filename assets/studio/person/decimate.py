"""Fewer triangles, and clean cuts along planes: the only module that needs Blender (the bpy wheel), when called."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .shapes import Array

Cut = tuple[Array, Array, Callable[[Array], NDArray[np.bool_]] | None]  # point, normal, which faces' centres


def decimated(v: Array, f: NDArray[np.int64], triangles: int, cuts: Sequence[Cut] = ()) -> tuple[
    Array, NDArray[np.int64]
]:  # fmt: skip
    """Edge collapse of quads or triangles to about so many triangles, then cuts along planes. Returns points, faces."""
    import bpy  # before bmesh, which it brings along; not at the top, so that the shapes can be used without Blender

    # isort: split
    import bmesh

    mesh = bpy.data.meshes.new("work")
    mesh.from_pydata(v.tolist(), [], f.tolist())
    obj = bpy.data.objects.new("work", mesh)
    bpy.context.collection.objects.link(obj)
    modifier = obj.modifiers.new("decimate", "DECIMATE")
    modifier.ratio = min(1.0, triangles / (len(f) * (f.shape[1] - 2)))
    out = bpy.data.meshes.new_from_object(obj.evaluated_get(bpy.context.evaluated_depsgraph_get()))
    bm = bmesh.new()
    bm.from_mesh(out)
    for at, normal, applies in cuts:
        faces = list(bm.faces)
        if applies is not None:
            chosen = applies(np.array([tuple(x.calc_center_median()) for x in faces]))
            faces = [x for x, yes in zip(faces, chosen, strict=True) if yes]
        geom = list({g: None for x in faces for g in (*x.verts, *x.edges)}) + faces
        bmesh.ops.bisect_plane(bm, geom=geom, plane_co=at, plane_no=normal, dist=1e-4)
    bmesh.ops.triangulate(bm, faces=bm.faces)
    bm.to_mesh(out)
    bm.free()
    points, tris = np.empty(len(out.vertices) * 3, np.float32), np.empty(len(out.polygons) * 3, np.int32)
    out.vertices.foreach_get("co", points)
    out.polygons.foreach_get("vertices", tris)
    bpy.data.objects.remove(obj)
    for m in (mesh, out):
        bpy.data.meshes.remove(m)
    return points.reshape(-1, 3).astype(float), tris.reshape(-1, 3).astype(np.int64)
