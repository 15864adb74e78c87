"""Mirrors that reflect: the camera, reflected in the glass, draws into a texture, and only when it matters."""

from math import radians

from panda3d.core import (
    Camera,
    CullFaceAttrib,
    GraphicsOutput,
    LMatrix4f,
    LPoint3f,
    LVector4f,
    NodePath,
    Plane,
    PlaneNode,
    RenderState,
    SamplerState,
    Texture,
)

from game.client import flat_shaders, shapes
from game.client.scenery import Scenery
from game.client.shaders import Pass
from game.client.spaces import forward, lens, turned
from game.client.stage import FAR_M, FOV_DEG, MIRROR, Stage
from game.core.places import Mirror

HALF_WIDE = 0.5  # a glass is seldom wider than half the picture, so its own is so much narrower at the same height
NEAR_M = 7.0  # farther away the glass is plain silver
CLEAR_M = 5.5  # nearer than this it reflects in full


class MirrorView:
    """One picture shared by all mirrors of all places: the nearest glass in view has it."""

    def __init__(self, stage: Stage, scale: float) -> None:
        self.stage, self.scale = stage, scale
        self._buffer: GraphicsOutput | None = None
        self._texture = Texture("mirror")
        self._texture.set_minfilter(SamplerState.FT_linear)
        self._texture.set_magfilter(SamplerState.FT_linear)
        self._texture.set_wrap_u(SamplerState.WM_clamp)
        self._texture.set_wrap_v(SamplerState.WM_clamp)
        self._camera: NodePath | None = None
        self._lens = lens(FOV_DEG, 1.0, 0.06, FAR_M)
        self._clip = NodePath(PlaneNode("mirror clip"))
        self._glasses: dict[str, list[tuple[NodePath, Mirror]]] = {}
        self._active: NodePath | None = None

    def hang(self, scenery: Scenery) -> None:
        """Put the glass of a place's mirrors on its walls."""
        made = []
        for mirror in scenery.place.mirrors:
            glass = scenery.root.attach_new_node(shapes.upright("mirror glass", mirror.width_m, mirror.height_m))
            glass.set_mat(turned(mirror.at_m, radians(mirror.yaw_deg)))
            glass.set_shader(flat_shaders.mirror_glass(), 2)
            glass.set_shader_inputs(image=self._texture, shown=0.0, window=(-1, -1, 2, 2))
            glass.hide(MIRROR)  # no glass is drawn into itself
            made.append((glass, mirror))
        self._glasses[scenery.place.id] = made

    def take_down(self, scenery: Scenery) -> None:
        """Forget the glass of a place."""
        for glass, _ in self._glasses.pop(scenery.place.id, ()):
            if glass == self._active:
                self._show(None, 0.0)
            glass.remove_node()

    def draw(self, here: Scenery, camera: LMatrix4f) -> None:
        """Reflect `camera` (a matrix in the world) in the best glass of the place, or rest."""
        found = self._best(here, camera)
        if found is None or self.scale <= 0:
            self._show(None, 0.0)
            return
        glass, mirror, distance_m = found
        plane = _plane(here.world_from_place, mirror)
        if self._buffer is None:
            self._open()
        assert self._camera is not None
        self._clip.node().set_plane(plane)
        self._camera.node().set_initial_state(self._state(plane))
        self._frame_glass(glass, mirror)
        self._camera.set_mat(camera * plane.get_reflection_mat())
        assert self._buffer is not None
        self._buffer.set_clear_color((*here.backdrop(), 1))
        self._show(glass, min(1.0, max(0.0, (NEAR_M - distance_m) / (NEAR_M - CLEAR_M))))

    def _best(self, here: Scenery, camera: LMatrix4f) -> tuple[NodePath, Mirror, float] | None:
        place_from_world = here.place_from_world
        eye = place_from_world.xform_point(camera.get_row3(3))
        gaze = place_from_world.xform_vec(camera.get_row3(1))
        best: tuple[NodePath, Mirror, float] | None = None
        for glass, mirror in self._glasses.get(here.place.id, ()):
            out = forward(radians(mirror.yaw_deg))
            way = eye - (mirror.at_m[0], mirror.at_m[1], mirror.at_m[2] + mirror.height_m / 2)
            distance_m = way.length()
            half_m = (mirror.width_m + mirror.height_m) / 2
            if way.dot(out) < 0.05 or distance_m > NEAR_M or -way.dot(gaze) < -half_m:
                continue
            if self._in_view(glass, mirror) and (best is None or distance_m < best[2]):
                best = (glass, mirror, distance_m)
        return best

    def _in_view(self, glass: NodePath, mirror: Mirror) -> bool:
        """Whether not all corners of the glass lie outside the same side of the picture."""
        film = self.stage.lens.get_film_size()
        corners = self._corners(glass, mirror)
        for axis, half in ((0, film.x / 2), (2, film.y / 2)):
            if all(c[axis] > half * c[1] for c in corners) or all(-c[axis] > half * c[1] for c in corners):
                return False
        return any(c[1] > 0 for c in corners)

    def _corners(self, glass: NodePath, mirror: Mirror) -> list[LPoint3f]:
        to_camera = glass.get_mat(self.stage.camera)
        x, top = mirror.width_m / 2, mirror.height_m
        return [to_camera.xform_point((dx, 0, dz)) for dx in (-x, x) for dz in (0.0, top)]

    def _frame_glass(self, glass: NodePath, mirror: Mirror) -> None:
        """Point the reflected camera's lens at the glass alone: every pixel of its picture is then used."""
        film = self.stage.lens.get_film_size()
        low, high = [-1.0, -1.0], [1.0, 1.0]
        corners = self._corners(glass, mirror)
        if all(c[1] > 0.02 for c in corners):
            for axis, (index, size) in enumerate(((0, film.x), (2, film.y))):
                places = [c[index] / c[1] / (size / 2) for c in corners]
                low[axis], high[axis] = max(min(places) - 0.01, -1.0), min(max(places) + 0.01, 1.0)
        wide, tall = max(high[0] - low[0], 0.02), max(high[1] - low[1], 0.02)
        self._lens.set_film_size(film.x * wide / 2, film.y * tall / 2)
        self._lens.set_film_offset(film.x * (low[0] + high[0]) / 4, film.y * (low[1] + high[1]) / 4)
        self._lens.set_focal_length(1.0)
        glass.set_shader_input("window", (low[0], low[1], wide, tall))

    def _state(self, plane: Plane) -> RenderState:
        state = NodePath("reflected")
        state.set_attrib(CullFaceAttrib.make_reverse())
        state.set_clip_plane(self._clip)
        state.set_shader_input("mirror_plane", LVector4f(*plane), 1)
        return state.get_state()

    def _open(self) -> None:
        width, height = self.stage.size
        self._buffer = self.stage.win.make_texture_buffer(
            "mirror", max(int(width * self.scale * HALF_WIDE), 16), max(int(height * self.scale), 16), self._texture
        )
        self._buffer.set_sort(-5)
        node = Camera("mirror camera", self._lens)
        node.set_scene(self.stage.root)
        node.set_camera_mask(MIRROR)
        self.stage.look_by(node, Pass.MIRRORED)
        self._camera = self.stage.root.attach_new_node(node)
        self._buffer.make_display_region().set_camera(self._camera)
        self._clip.reparent_to(self.stage.root)

    def _show(self, glass: NodePath | None, shown: float) -> None:
        if self._active is not None and self._active != glass and not self._active.is_empty():
            self._active.set_shader_input("shown", 0.0)
        if self._buffer is not None:
            self._buffer.set_active(glass is not None)
        if glass is not None:
            glass.set_shader_input("shown", shown)
        self._active = glass

    def resize(self) -> None:
        """Make the picture anew for another window size or quality."""
        self._show(None, 0.0)
        if self._buffer is not None:
            self.stage.engine.remove_window(self._buffer)
            self._buffer = None
        if self._camera is not None:
            self.stage.forget(self._camera.node())
            self._camera.remove_node()
            self._camera = None

    def close(self) -> None:
        """Free the buffer and the glass."""
        self.resize()
        for glasses in self._glasses.values():
            for glass, _ in glasses:
                glass.remove_node()
        self._glasses = {}
        self._clip.remove_node()


def _plane(world_from_place: LMatrix4f, mirror: Mirror) -> Plane:
    """The plane of a mirror's glass in the world, its normal out of the glass."""
    at = world_from_place.xform_point(mirror.at_m)
    out = world_from_place.xform_vec(forward(radians(mirror.yaw_deg)))
    return Plane(out, at)
