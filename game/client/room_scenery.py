"""A player's room as it is drawn: the shell of its template, painted, and the kit pieces and goods that furnish it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Hashable, Iterator, Mapping
from pathlib import Path

from panda3d.core import NodePath

from game.client.kit_models import PAINT, KitModels, Linear, mean_colour
from game.client.lamplight import LampProbes, Shining, Texels, lamps_of, texels_of, texels_of_vertices, with_lamps
from game.client.light import MoodLight, PlaceLight, Probes
from game.client.room_view import RoomView, clad
from game.client.scenery import Scenery
from game.client.shaders import Variant
from game.client.shelves import Display, Models, Shelves, View
from game.client.warmth import tint_of
from game.core.errors import GameError
from game.core.goods import Good
from game.core.ids import GoodId, PieceId
from game.core.paints import LAMPLIGHT, parted
from game.core.places import Place
from game.core.rooms import Piece, Room

log = logging.getLogger(__name__)

CLAD = (Variant.ATLAS_CLAD, Variant.VERTEX_CLAD, Variant.PROBE_CLAD)


class RoomScenery(Scenery):
    """The picture of one room. `renew` brings it to another state of the room and touches only what is another."""

    def __init__(
        self, place: Place, room: Room, kit: Mapping[PieceId, Piece], goods: dict[GoodId, Good], assets: Path,
        models: Models, kit_models: KitModels, pictures: Callable[[str], bytes | None], parent: NodePath,
        cache: Path | None, mood: Callable[[], str],
    ) -> None:  # fmt: skip
        super().__init__(place, goods, assets, models, parent, cache, mood)
        self.room, self.kit = room, kit
        self.folder = assets / "models" / "places" / f"room_{room.template}"
        self.view = RoomView(kit_models, kit, pictures, self.root)
        self._lamps = lamps_of(room, kit)
        self._texels: dict[str, Texels] = {}
        self._own_paint: dict[str, list[tuple[NodePath, Linear]]] = {}

    def lighting(self) -> tuple[Hashable, ...]:
        """The mood, the warmth and the colour of the room's own lamps, and the lamps that stand in it."""
        return (self.mood(), self.room.warmth_k, self.room.paint.get(LAMPLIGHT, ""), self._lamps)

    def mixed(self, light: PlaceLight, lighting: tuple[Hashable, ...]) -> MoodLight:
        """The baked light in this mood and warmth, and that of the lamps that stand here."""
        mood, warmth_k, colour, lamps = lighting
        assert isinstance(warmth_k, int)
        assert isinstance(lamps, tuple)
        found = light.mixed(str(mood), lamp_tint=tint_of(warmth_k, str(colour)))
        if lamps and not self._texels:
            self._texels = self._measured(found)
        return with_lamps(found, self._texels, lamps)

    def _measured(self, found: MoodLight) -> dict[str, Texels]:
        """What every texel of the pictures of light lies on; without them lamps light only what stands here."""
        try:
            shell, props = found.pictures["light"], found.pictures["vertex"]
            return {
                "light": texels_of(self.folder / "shell.glb", shell.height // 2, shell.width // 2),
                "vertex": texels_of_vertices(self.folder / "props.glb", props.height, props.width),
            }
        except (GameError, KeyError) as error:
            log.warning("%s: lamps do not light its walls (%s)", self.folder, error)
            return {}

    def furnish(self) -> Iterator[str]:
        """Paint the shell and set every piece in place; yields between pieces of work."""
        assert self.light is not None
        for path in self.root.find_all_matches(f"**/{PAINT}*"):
            if path.has_parent() and path.get_parent().get_name() in ("shell", "props"):
                slot = path.get_name().removeprefix(PAINT)
                self._own_paint.setdefault(slot, []).append((path, mean_colour(path.node())))
        self._paint()
        for count in range(0, len(self.room.items), 20):  # some milliseconds of models and nodes at a time
            self.view.show(self.room.items[: count + 20], self.light.probes)
            yield "furniture"
        yield from self._relight_furniture()

    def _display(self, probes: Probes, first: View) -> Generator[str, None, Display]:
        """A node for each good: a hall's rows are laid out once, and here what stands changes all the time."""
        yield "shelves"
        return Shelves(self.place, self.goods, self.models, probes, self.root)

    def rare_variants(self) -> tuple[Variant, ...]:
        """What draws materials, where there is one."""
        paints = [*self.room.paint.values(), *(paint for item in self.room.items for paint in item.paint.values())]
        return CLAD if any(parted(paint)[1] for paint in paints) else ()

    def relight(self) -> Iterator[str]:
        """Give what stands here the light as it now is; yields between pieces of work."""
        yield from super().relight()
        yield from self._relight_furniture()

    def _relight_furniture(self) -> Iterator[str]:
        assert self.light is not None
        for _ in self.view.relight(self.light.probes, self.light.mood.lamp_glow):
            yield "furniture in the light"
        self.added_lamps = self.view.halos()

    def renew(self, room: Room, place: Place) -> None:
        """Draw another state of the room; what its lamps throw on the walls follows with `follow_mood`."""
        before, self.room, self.place = self.room, room, place
        if not self.built:
            self._lamps = lamps_of(room, self.kit)
            return
        assert self.light is not None
        if before.paint != room.paint:
            self._paint()
        lamps_changed = self.view.show(room.items, self.light.probes)
        assert isinstance(self.shelves, Shelves)
        self.shelves.renew(place)
        if lamps_changed:
            were, self._lamps = self._lamps, lamps_of(room, self.kit)
            self._shine(self._lamps, were)

    def _shine(self, lamps: tuple[Shining, ...], were: tuple[Shining, ...]) -> None:
        """Let what is nearest to lamps that are others than before see them at once; the rest follows."""
        assert self.light is not None
        probes = self.light.probes
        if isinstance(probes, LampProbes):  # not where the place has no light of its own
            probes.lamps = lamps
        changed = sorted(set(lamps) ^ set(were), key=lambda lamp: lamp.at_m)
        if not changed:
            return
        self.view.relight_near([lamp.at_m for lamp in changed])
        self.added_lamps = self.view.halos()

    def _paint(self) -> None:
        """Give walls, floor and trim the room's paints, or their own again."""
        for slot, nodes in self._own_paint.items():
            paint = self.room.paint.get(slot, "")
            for node, mean in nodes:
                variant = Variant.ATLAS_CLAD if node.get_parent().get_name() == "shell" else Variant.VERTEX_CLAD
                clad(node, paint, mean, variant, 1.0)
