"""The player's home as a part of the game: let into the world when the interface opens, saved after every stroke."""

from typing import TYPE_CHECKING

import msgspec

from game.client.belongings import admit
from game.client.part import Frame, Part
from game.content.budget import kept_weights, model_files, weigh_picture
from game.content.home_store import HomeStore, first_home
from game.content.pictures_store import PicturesStore
from game.core.budget import Weight
from game.core.events import Built
from game.core.ids import HOME
from game.core.rooms import Room

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud


class HomeKeeping(Part):
    """The first visit begins with a template; what was lost of a damaged home is said."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.store = HomeStore(app.options.home)
        self._told = ""
        if app.world.home is not None:  # whoever made the world furnished it, and keeps it
            return
        kept, notice = self.store.load()
        if notice:
            hud.say("notice", hud.view.t(notice))
        if kept is None:
            kept = first_home(app.world.templates, hud.view.t("home_name"))
        elif kept.room.template not in app.world.templates:  # made by a newer game, which will want it as it is
            hud.say("bad", hud.view.t("reason_template_unknown"))
            return
        if kept is None:
            return
        weights = self._weights(kept.room)
        admit(app.world, [msgspec.structs.replace(kept.admit(), weights=weights)], app.recorder)
        app.street.changed(HOME)
        try:
            self.store.begin(kept)
        except OSError as error:
            self.store.failed = str(error)
        self._tell()

    def _weights(self, room: Room) -> dict[str, Weight]:
        """What everything costs that a room may hold, and the pictures that this one has."""
        world, options = self.app.world, self.app.options
        files = model_files(options.assets, [], world.kit, world.templates)
        files.update({good: (self.app.files.of(good),) for good in world.goods})
        weights = kept_weights(files, options.home / "cache")
        pictures = PicturesStore(options.home)
        for name in sorted({item.picture for item in room.items if item.picture}):
            content = pictures.content(name)
            if content is not None:
                weights[name] = weigh_picture(content)
        return weights

    def draw(self, frame: Frame) -> None:
        """Save what was built in this frame."""
        for event in frame.happened:
            if isinstance(event, Built):
                self.store.note(event, self.app.world.strokes.next_item)
        self._tell()

    def _tell(self) -> None:
        """Say once that the home cannot be saved."""
        if self.store.failed != self._told:
            self._told = self.store.failed
            self.hud.say("bad", self.hud.view.t("home_unsaved", why=self._told))

    def close(self) -> None:
        self.store.close()
