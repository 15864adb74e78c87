"""Build mode: while its tray is open the pointer or the crosshair carries things about one's room."""

from math import radians, tan
from typing import TYPE_CHECKING

import numpy as np
from panda3d.core import Texture

from game.client.build_view import BuildView
from game.client.camera import Gaze
from game.client.handles import Grip, Handles, Ray, Sight
from game.client.hud_build import BuildPanel
from game.client.hud_offer import OfferPanel
from game.client.hud_pictures import PictureRow
from game.client.kit_models import KitModels
from game.client.palette import PALETTES
from game.client.part import Frame, Part
from game.client.picture_rack import PictureRack
from game.client.portraits import Portraits, of_pieces
from game.client.room_scenery import RoomScenery
from game.core import building as b
from game.core import collide
from game.core.building import FITS, Building
from game.core.commands import Command, Look, Move
from game.core.ids import ItemId, PieceId
from game.core.rooms import Item, size_of
from game.core.rules.admit import parted_with
from game.core.rules.building import layout_of
from game.core.rules.carrying import freedom
from game.core.rules.on_offer import absent_items

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

DRAG_FROM = 0.015  # heights of the window that the pointer goes before a press is a drag


class BuildMode(Part):
    """Owns the tray, the picture of what is being built, and the handles on what is selected."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self._kit = KitModels(app.options.assets)
        self._pictures = Portraits(app.stage.win, of_pieces(self._kit, app.world.kit))
        self._rack = PictureRack(app.options.home)
        self.panel = BuildPanel(self._picture, PictureRow(self._rack))
        hud.join(self.panel, opened_by="build")
        hud.join(OfferPanel(self.panel))
        self._sight: Sight | None = None
        self._pressed: tuple[tuple[float, float], bool] | None = None  # where a press began, and whether it is a drag
        self._view, self._handles = BuildView(self._kit, app.models), Handles()
        self._grip: Grip | None = None  # the handle that is held

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
            stays = self.panel.name in self.hud.behind  # in a panel that was opened from the tray
            return [] if building is None or stays else [b.StopBuilding()]
        if building is None:
            return []
        flight = self.app.input.flight(mouse_dx, mouse_dy, dt_secs)
        out = self._rack.work()
        if not self.panel.types:
            if flight.yaw_rad or flight.pitch_rad:
                out.append(Look(yaw_rad=flight.yaw_rad, pitch_rad=flight.pitch_rad))
            if flight.ahead or flight.aside:
                out.append(Move(ahead=flight.ahead, aside=flight.aside))
        self.panel.adds = self.app.input.holds("run")
        pointer = None if self.catches_mouse else self._pointer()
        ray = self._ray(pointer)
        self.panel.pointed = self._pointed(ray if ray is not None else self._ray((0.0, 0.0)))
        self.panel.covered = self.hud.view.device != "pad" and self.hud.pointing.over(self.hud.panel)
        by_handle = self._drag_handle(building, pointer)
        if by_handle is not None:
            return out + by_handle
        return out + self._drag(building, pointer) + self._carry(building, ray)

    def _pointer(self) -> tuple[float, float] | None:
        """The pointer, while it is over the room and the mouse is what steers."""
        if self.hud.view.device == "pad" or self.hud.pointing.over(self.hud.panel):
            return None
        return self.app.devices.pointer()

    def _ray(self, pointer: tuple[float, float] | None) -> Ray | None:
        """From the eye through a point of the picture, in the room's space."""
        return self._sight.ray(pointer) if self._sight is not None and pointer is not None else None

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

    def _drag_handle(self, building: Building, pointer: tuple[float, float] | None) -> list[Command] | None:
        """Take hold of a handle, drag what it is on, and set that down; None while no handle is held."""
        sight, held = self._sight, self._grip
        at = self.app.devices.pointer()
        if held is None:
            found = self._handles.find(sight, pointer) if sight is not None and pointer is not None else ""
            pressed = self.hud.pointing.holding and self._pressed is None
            self.panel.handle = self._handles.hovered = found
            if not found or not pressed or sight is None or pointer is None or building.carried is not None:
                return None
            self._grip = self._handles.grip(found, sight, pointer)
            self._pressed = (pointer, False)
            return [b.TakeUp(stay=True)]
        if building.carried is None:  # it was put away, or taken back
            self._grip = None
            return None
        if not self.hud.pointing.holding:
            self._grip, self._pressed = None, None
            if building.carried.fit.kind == FITS:
                return [b.Drop()]
            self.hud.say("bad", self.hud.view.t(f"reason_{building.carried.fit.kind}"))
            return [b.PutAway()]
        wish = held.wish(sight, at, building.snap) if sight is not None and at is not None else None
        return [] if wish is None else [wish]

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
        self._sight = Sight(gaze, 2 * tan(radians(self.app.stage.fov_deg) / 2))
        return gaze

    def draw(self, frame: Frame) -> None:
        """Show what is carried, and handles on what is selected."""
        if self.open and self._pictures.work():
            self.panel.pictures += 1
        here, building = self.app.street.here, self.app.world.building
        room = here if isinstance(here, RoomScenery) else None
        if building is None or room is None or not room.built or self._sight is None:
            self._view.put_away(room)
            self._handles.forget()
            return
        carried, texts = building.carried, self.hud.view
        reason = texts.t(f"reason_{carried.fit.kind}") if carried is not None and carried.fit.kind != FITS else ""
        palette = PALETTES[self.app.settings.values.palette]
        self._view.draw(room, self.app.world, building, self._sight.gaze, reason, self.app.stage.size[1], palette)
        self._show_handles(room, building, self._sight)

    def _show_handles(self, here: RoomScenery, building: Building, sight: Sight) -> None:
        """On what is selected, while the mouse may take them; the one that is held stays."""
        world, held, carried = self.app.world, self._grip, building.carried
        room = world.home
        items: tuple[Item, ...] = ()
        if carried is not None and held is not None:
            items = carried.items
        elif carried is None and room is not None and self.hud.view.device != "pad" and self.panel.at_rest:
            ids = set(building.selected)
            items = tuple(item for item in room.items if item.id in ids)
            if any(item.good for item in items):
                gone = absent_items(world.trade, room) | parted_with(world, room)
                items = tuple(item for item in items if item.id not in gone)
        size_m = None
        if items and room is not None:
            free = freedom(world, room, items)
            size_m = size_of(free.root, world.kit, world.goods)
        if size_m is None:
            self._handles.forget()
            return
        self._handles.show(here.root, free, size_m[2], sight, only=held.name if held is not None else "")

    def close(self) -> None:
        self._pictures.close()
        self._rack.close()
