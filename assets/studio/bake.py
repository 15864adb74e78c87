"""Bake a place's light with Cycles: sun, sky and lamps apart, into an atlas, into vertices and into probes.

Needs Blender as the bpy wheel. Light is linear, so a mood is only three colours that weigh the layers.
"""

import tempfile
import time
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector

from assets.studio.bag import Light, Mesh
from assets.studio.charts import Atlas
from assets.studio.lighting import LAYERS, Baked, Effort, ProbeGrid, Sun


def bake_place(
    atlas: Atlas,
    props: Mesh,
    lights: list[Light],
    sun: Sun,
    probes: ProbeGrid,
    effort: Effort,
    *,
    sky_dome: tuple[float, float, float] | None = None,
) -> Baked:
    """Bake every layer of one place. `sky_dome` lights an open place from above with that colour."""
    scene = _fresh_scene()
    material = _albedo_material()
    shell = mesh_object("shell", atlas.mesh, material)
    things = mesh_object("props", props, material)
    probe = mesh_object("probe", _probe_mesh(probes), material)
    for flag in ("camera", "diffuse", "glossy", "transmission", "shadow"):
        setattr(probe, "visible_" + flag, False)
    _add_light(Light("sun", "SUN", np.array([0, 0, 5.0]), sun.strength, sun.colour, np.array(sun.direction), (0.0,)))
    bpy.data.objects["sun"].data.angle = sun.angle_rad
    for light in lights:
        _add_light(light)
    out, side = Baked(), len(atlas.guide)
    for layer in LAYERS:
        _use_layer(layer, sky_dome)
        started = time.monotonic()
        coarse = 1 if layer == "sun" else 2  # only the sun's edges need every texel
        guide = atlas.guide[::coarse, ::coarse]
        out.atlas[layer] = _bake_atlas(scene, shell, side // coarse, effort.atlas * coarse, guide)
        out.vertex[layer] = smooth_vertices(props, _bake_vertices(things, effort.vertex))
        out.probe[layer] = probe_cubes(_bake_vertices(probe, effort.probe), probes)
        print(f"  {layer}: {time.monotonic() - started:.0f} s", flush=True)
    return out


def bake_occlusion(mesh: Mesh, samples: int = 96) -> np.ndarray:
    """A mesh's own ambient occlusion, (n,) 0..1 a vertex. Alone in its scene, so the same whatever else is built."""
    _fresh_scene()
    found = _bake_vertices(mesh_object("good", mesh, _albedo_material()), samples, kind="AO")[:, 0]
    return smooth_vertices(mesh, found[:, None], rounds=1)[:, 0]


def mesh_object(name: str, mesh: Mesh, material: "bpy.types.Material") -> "bpy.types.Object":
    """A studio mesh as a Blender object with its own normals, albedo and one UV map."""
    data = bpy.data.meshes.new(name)
    data.from_pydata(mesh.v, [], mesh.f)
    data.polygons.foreach_set("use_smooth", np.ones(len(data.polygons), bool))
    data.normals_split_custom_set_from_vertices(mesh.n)
    for attribute in ("albedo", "light"):
        data.color_attributes.new(attribute, "FLOAT_COLOR", "POINT")
    data.color_attributes["albedo"].data.foreach_set("color", mesh.rgba.astype(np.float32).ravel())
    uv = data.uv_layers.new(name="light")
    uv.data.foreach_set("uv", mesh.uv[mesh.f.ravel()].astype(np.float32).ravel())
    data.materials.append(material)
    ob = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(ob)
    return ob


def smooth_vertices(mesh: Mesh, light: np.ndarray, rounds: int = 2) -> np.ndarray:
    """A poor man's denoiser: average with edge neighbours that face the same way."""
    f = mesh.f
    e = np.vstack([f[:, [0, 1]], f[:, [1, 2]], f[:, [2, 0]]])
    e = e[(mesh.n[e[:, 0]] * mesh.n[e[:, 1]]).sum(1) > 0.7]
    for _ in range(rounds):
        total, weight = light.copy(), np.ones(len(light))
        for a, b in ((0, 1), (1, 0)):
            np.add.at(total, e[:, a], light[e[:, b]] * 0.5)
            np.add.at(weight, e[:, a], 0.5)
        light = total / weight[:, None]
    return light


def probe_cubes(light: np.ndarray, grid: ProbeGrid) -> np.ndarray:
    """Ambient cubes (nx, ny, nz, 6, 3), sides +x -x +y -y +z -z; a buried probe takes its neighbours' mean."""
    a = light.reshape(grid.nx, grid.ny, len(grid.zs), 6, 3, 3).mean(4)
    brightness = a.mean((3, 4))
    good = brightness > 0.25 * np.median(brightness)
    for i, j, k in np.argwhere(~good):
        near = tuple(slice(max(0, q - 1), q + 2) for q in (i, j, k))
        if good[near].any():
            a[i, j, k] = a[near][good[near]].mean(0)
    return a


def _probe_mesh(grid: ProbeGrid) -> Mesh:
    """Six tiny triangles a probe, facing +x -x +y -y +z -z: a vertex bake of them is an ambient cube."""
    v, n = [], []
    for p in grid.points().reshape(-1, 3):
        for k in range(3):
            for s in (1, -1):
                a, b = np.eye(3)[(k + 1) % 3] * 0.01, np.eye(3)[(k + 2) % 3] * 0.01 * s
                v += [p + a, p + b, p - a - b]
                n += [np.eye(3)[k] * s] * 3
    f = np.arange(len(v)).reshape(-1, 3)
    return Mesh(np.array(v), np.array(n), np.ones((len(v), 4)), f, np.zeros((len(v), 2)))


def _fresh_scene() -> "bpy.types.Scene":
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.max_bounces = scene.cycles.diffuse_bounces = 5
    scene.cycles.sample_clamp_indirect = 6
    scene.view_settings.view_transform = "Raw"
    scene.world = bpy.data.worlds.new("sky")
    scene.world.use_nodes = True
    return scene


def _albedo_material() -> "bpy.types.Material":
    material = bpy.data.materials.new("albedo")
    material.use_nodes = True
    tree = material.node_tree
    tree.nodes.clear()
    colour, bsdf, out = (tree.nodes.new("ShaderNode" + k) for k in ("VertexColor", "BsdfDiffuse", "OutputMaterial"))
    colour.layer_name = "albedo"
    tree.links.new(colour.outputs[0], bsdf.inputs[0])
    tree.links.new(bsdf.outputs[0], out.inputs[0])
    return material


def _add_light(light: Light) -> None:
    data = bpy.data.lights.new(light.layer, light.kind)
    data.energy, data.color = light.power_w, light.colour
    if light.kind == "AREA":
        data.shape, data.size, data.size_y = "RECTANGLE", *light.size_m
    elif light.kind == "POINT":
        data.shadow_soft_size = light.size_m[0]
    ob = bpy.data.objects.new(light.layer, data)
    ob.location = light.at
    ob.rotation_euler = Vector(light.aim).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(ob)


def _use_layer(layer: str, sky_dome: tuple[float, float, float] | None) -> None:
    for ob in bpy.data.objects:
        if ob.type == "LIGHT":
            ob.hide_render = ob.name.split(".")[0] != layer
    background = bpy.context.scene.world.node_tree.nodes["Background"]
    lit = layer == "sky" and sky_dome is not None
    background.inputs["Color"].default_value = (*(sky_dome or (0, 0, 0)), 1)
    background.inputs["Strength"].default_value = 1.0 if lit else 0.0


def _bake(ob: "bpy.types.Object", samples: int, target: str, kind: str = "DIFFUSE") -> None:
    bpy.context.scene.cycles.samples = samples
    for other in bpy.data.objects:
        other.select_set(other is ob)
    bpy.context.view_layer.objects.active = ob
    extra = {"pass_filter": {"DIRECT", "INDIRECT"}} if kind == "DIFFUSE" else {}
    bpy.ops.object.bake(type=kind, target=target, margin=6, margin_type="EXTEND", use_clear=True, **extra)


def _bake_vertices(ob: "bpy.types.Object", samples: int, kind: str = "DIFFUSE") -> np.ndarray:
    data = ob.data
    data.color_attributes.active_color = data.color_attributes["light"]
    _bake(ob, samples, "VERTEX_COLORS", kind)
    found = np.zeros(len(data.vertices) * 4, np.float32)
    data.color_attributes["light"].data.foreach_get("color", found)
    return found.reshape(-1, 4)[:, :3]


def _bake_atlas(
    scene: "bpy.types.Scene", ob: "bpy.types.Object", side: int, samples: int, guide: np.ndarray
) -> np.ndarray:
    image = bpy.data.images.new("atlas", side, side, float_buffer=True)
    nodes = ob.data.materials[0].node_tree.nodes
    node = nodes.new("ShaderNodeTexImage")
    node.image, nodes.active = image, node
    _bake(ob, samples, "IMAGE_TEXTURES")
    nodes.remove(node)
    return _denoised(scene, image, guide)


def _denoised(scene: "bpy.types.Scene", image: "bpy.types.Image", guide: np.ndarray) -> np.ndarray:
    """object.bake never denoises: run Open Image Denoise through a compositor node group instead."""
    side = image.size[0]
    image.update()
    group = bpy.data.node_groups.new("denoise", "CompositorNodeTree")
    kinds = ("CompositorNodeImage", "CompositorNodeImage", "CompositorNodeDenoise", "NodeGroupOutput")
    source, albedo, denoise, out = (group.nodes.new(k) for k in kinds)
    source.image = image
    albedo.image = bpy.data.images.new("guide", side, side, float_buffer=True)
    albedo.image.pixels.foreach_set(np.ascontiguousarray(guide).ravel())
    albedo.image.update()
    denoise.inputs["Prefilter"].default_value = "None"
    group.links.new(albedo.outputs[0], denoise.inputs["Albedo"])
    group.interface.new_socket("Image", in_out="OUTPUT", socket_type="NodeSocketColor")
    group.links.new(source.outputs[0], denoise.inputs[0])
    group.links.new(denoise.outputs[0], out.inputs[0])
    scene.compositing_node_group, scene.render.resolution_x, scene.render.resolution_y = group, side, side
    hidden = [(o, o.hide_render) for o in bpy.data.objects]
    for o, _ in hidden:  # the node only runs as part of a render; render nothing
        o.hide_render = True
    scene.cycles.samples = 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "denoised.exr"
        scene.render.image_settings.file_format, scene.render.filepath = "OPEN_EXR", str(path)
        bpy.ops.render.render(write_still=True)
        result = bpy.data.images.load(str(path))
        pixels = np.zeros(side * side * 4, np.float32)
        result.pixels.foreach_get(pixels)
        bpy.data.images.remove(result)
    for o, was in hidden:
        o.hide_render = was
    return pixels.reshape(side, side, 4)[..., :3]
