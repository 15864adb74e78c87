"""Build mode: while its tray is open the pointer or the crosshair carries things about one's room."""

from math import radians, tan
from typing import TYPE_CHECKING

import numpy as np
from panda3d.core import LineSegs, NodePath, Texture

from game.client import shaders
from game.client.camera import Gaze
from game.client.hud_build import BuildPanel
from game.client.kit_models import KitModels
from game.client.light import set_cube
from game.client.part import Frame, Part
from game.client.portraits import Portraits, of_pieces
from game.client.room_scenery import RoomScenery
from game.client.room_view import RoomView
from game.client.shaders import Variant
from game.client.spaces import good_matrix
from game.core import building as b
from game.core import collide
from game.core.building import FITS, Building
from game.core.commands import Command, Look, Move
from game.core.goods import Vec3
from game.core.ids import ItemId, PieceId
from game.core.rooms import Item, size_of
from game.core.rules.building import layout_of

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

DRAG_FROM = 0.015  # heights of the window that the pointer goes before a press is a drag
MISFIT = (1.0, 0.42, 0.36, 1.0)
FRAME = {True: (1.0, 0.86, 0.42, 1.0), False: (0.9, 0.25, 0.2, 1.0)}
Ray = tuple[Vec3, Vec3]


class BuildMode(Part):
    """Owns the tray, the picture of what is carried, and the frames round what is selected."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self._kit = KitModels(app.options.assets)
        self._pictures = Portraits(app.stage.win, of_pieces(self._kit, app.world.kit))
        self.panel = BuildPanel(self._picture)
        hud.join(self.panel, opened_by="build")
        self._gaze: Gaze | None = None
        self._pressed: tuple[tuple[float, float], bool] | None = None  # where a press began, and whether it is a drag
        self._carried_view: RoomView | None = None
        self._goods: NodePath | None = None
        self._hidden: tuple[ItemId, ...] = ()
        self._frames: tuple[object, NodePath] | None = None

    def _picture(self, piece: PieceId) -> Texture | None:
        return self._pictures.soon(piece)

    @property
    def open(self) -> bool:
        """Whether the tray is open."""
        return self.hud.view.open_panel == self.panel.name

    @property
    def catches_mouse(self) -> bool:
        return self.open and "right mouse down" in self.app.input.held

    # --- from the devices ------------------------------------------------------------------------------------------

    def prepare(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        building = self.app.world.building
        if not self.open:
            return [b.StopBuilding()] if building is not None else []
        if building is None:
            return []
        flight = self.app.input.flight(mouse_dx, mouse_dy, dt_secs)
        out: list[Command] = []
        if not self.panel.types:
            if flight.yaw_rad or flight.pitch_rad:
                out.append(Look(yaw_rad=flight.yaw_rad, pitch_rad=flight.pitch_rad))
            if flight.ahead or flight.aside:
                out.append(Move(ahead=flight.ahead, aside=flight.aside))
        self.panel.adds = self.app.input.holds("run")
        pointer = None if self.catches_mouse else self._pointer()
        ray = self._ray(pointer)
        self.panel.pointed = self._pointed(ray if ray is not None else self._ray((0.0, 0.0)))
        return out + self._drag(building, pointer) + self._carry(building, ray)

    def _pointer(self) -> tuple[float, float] | None:
        """The pointer, while it is over the room and the mouse is what steers."""
        if self.hud.view.device == "pad" or self.hud.pointing.over(self.hud.panel):
            return None
        return self.app.devices.pointer()

    def _ray(self, pointer: tuple[float, float] | None) -> Ray | None:
        """From the eye through a point of the picture, in the room's space."""
        gaze = self._gaze
        if gaze is None or pointer is None:
            return None
        side = 2 * tan(radians(self.app.stage.fov_deg) / 2)
        way = gaze.matrix().xform_vec((pointer[0] * side, 1.0, pointer[1] * side))
        return gaze.eye_m, (way[0], way[1], way[2])

    def _pointed(self, ray: Ray | None) -> ItemId:
        """What a ray meets first of the room's items."""
        world = self.app.world
        if ray is None or world.home is None:
            return ItemId("")
        layout = layout_of(world, world.home)
        if not len(layout.boxes.x_m):
            return ItemId("")
        length = float(np.linalg.norm(ray[1]))
        away_m = collide.ray(layout.boxes, ray[0], tuple(part / length for part in ray[1]))  # type: ignore[arg-type]
        away_m = np.where((away_m > 0.0) & (layout.box_owner >= 0), away_m, np.inf)
        nearest = int(away_m.argmin())
        return layout.parts[int(layout.box_owner[nearest])].item.id if away_m[nearest] < np.inf else ItemId("")

    def _drag(self, building: Building, pointer: tuple[float, float] | None) -> list[Command]:
        """A press that moves takes up what it began on, and sets it down where it is let go."""
        if not self.hud.pointing.holding:
            began, self._pressed = self._pressed, None
            dragged = began is not None and began[1] and building.carried is not None
            return [b.Drop()] if dragged and pointer is not None else []
        now = self.app.devices.pointer()
        if now is None:
            return []
        if self._pressed is None:
            self._pressed = (now, False)
        began_at, drags = self._pressed
        if drags or np.hypot(now[0] - began_at[0], now[1] - began_at[1]) < DRAG_FROM:
            return []
        self._pressed = (began_at, True)
        on_chosen = building.carried is None and self.panel.pointed in building.selected
        return [b.TakeUp()] if on_chosen else []

    def _carry(self, building: Building, ray: Ray | None) -> list[Command]:
        carried = building.carried
        if carried is None or carried.ray == ray or (carried.pinned and ray is None):
            return []
        if ray is None:
            return [b.CarryTo()]
        return [b.CarryTo(origin_m=ray[0], ray=ray[1])]

    # --- the picture -----------------------------------------------------------------------------------------------

    def aim(self, gaze: Gaze, dt_secs: float) -> Gaze:
        self._gaze = gaze
        return gaze

    def draw(self, frame: Frame) -> None:
        """Show what is carried where it would be set down, and frame what is selected."""
        if self.open and self._pictures.work():
            self.panel.pictures += 1
        here, building = self.app.street.here, self.app.world.building
        if building is None or not isinstance(here, RoomScenery) or not here.built:
            self._put_away()
            return
        self._show_carried(here, building)
        self._frame(here, building)

    def _show_carried(self, here: RoomScenery, building: Building) -> None:
        carried = building.carried
        items = carried.items if carried is not None else ()
        self._hide(here, tuple(item.id for item in items) if carried is not None and carried.taken_up else ())
        if carried is None:
            self._drop_views()
            return
        assert here.light is not None
        if self._carried_view is None:
            self._carried_view = RoomView(self._kit, here.kit, here.view.pictures, here.root)
            self._carried_view.lamp_glow = here.light.mood.lamp_glow
            self._goods = self._carried_view.root.attach_new_node("goods")
        self._carried_view.show(items, here.light.probes)
        assert self._goods is not None
        self._goods.node().remove_all_children()
        for item in items:
            if item.good:
                self._show_good(here, item)
        fits = carried.fit.kind == FITS
        self._carried_view.root.set_color_scale(*((1.0, 1.0, 1.0, 1.0) if fits else MISFIT))

    def _show_good(self, here: RoomScenery, item: Item) -> None:
        assert here.light is not None
        assert self._goods is not None
        node = self._goods.attach_new_node(item.id)
        node.attach_new_node(self.app.models.of(item.good))
        node.set_mat(good_matrix(item.at_m, radians(item.yaw_deg)))
        shaders.dress(node, Variant.PROBE)
        set_cube(node, here.light.probes.at(np.array([item.at_m]))[0])

    def _hide(self, here: RoomScenery, ids: tuple[ItemId, ...]) -> None:
        """Leave out of the picture of the room what is carried."""
        if ids == self._hidden:
            return
        for item, shown in (*((i, True) for i in self._hidden), *((i, False) for i in ids)):
            node = here.view.node(item)
            if node is not None:
                node.show() if shown else node.hide()
        self._hidden = ids

    def _frame(self, here: RoomScenery, building: Building) -> None:
        """Lines round what is selected or carried; red, and doubled, where that does not fit."""
        world, room = self.app.world, self.app.world.home
        carried = building.carried
        fits = carried is None or carried.fit.kind == FITS
        ids = set(building.selected)
        items = carried.items if carried is not None else tuple(i for i in room.items if i.id in ids) if room else ()
        key = (items, fits)
        if self._frames is not None and self._frames[0] == key:
            return
        self._forget_frames()
        if not items:
            return
        lines = LineSegs("frames")
        lines.set_thickness(3.0 if fits else 5.0)
        lines.set_color(FRAME[fits])
        for item in items:
            size_m = size_of(item, world.kit, world.goods)
            if size_m is not None:
                _outline(lines, item, size_m)
        node = here.root.attach_new_node(lines.create())
        node.set_shader(shaders.flat(), 2)
        node.set_shader_input("tint", (1, 1, 1, 1))
        self._frames = (key, node)

    def _forget_frames(self) -> None:
        if self._frames is not None:
            self._frames[1].remove_node()
            self._frames = None

    def _drop_views(self) -> None:
        if self._carried_view is not None:
            self._carried_view.root.remove_node()
            self._carried_view = self._goods = None

    def _put_away(self) -> None:
        here = self.app.street.here
        if isinstance(here, RoomScenery):
            self._hide(here, ())
        self._drop_views()
        self._forget_frames()

    def close(self) -> None:
        self._pictures.close()


def _outline(lines: LineSegs, item: Item, size_m: Vec3) -> None:
    """The twelve edges of a turned box, a centimetre outside of it."""
    matrix = good_matrix(item.at_m, radians(item.yaw_deg))
    x, y, z = size_m[0] / 2 + 0.01, size_m[1] / 2 + 0.01, size_m[2] + 0.01
    around = ((-x, -y), (x, -y), (x, y), (-x, y))
    corners = [matrix.xform_point((*corner, height)) for height in (0.0, z) for corner in around]
    for at in range(4):
        after = (at + 1) % 4
        for a, c in ((at, after), (at + 4, after + 4), (at, at + 4)):
            lines.move_to(corners[a])
            lines.draw_to(corners[c])
