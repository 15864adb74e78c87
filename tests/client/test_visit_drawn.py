"""A stranger's room as it is walked into: from the command line's word to the picture on the screen."""

from pathlib import Path

import numpy as np

from game.client.app import App, Options
from game.client.settings import Settings, Values
from game.content.load import load_catalogue
from game.core.ids import PlaceId
from tests.client.drawn import REPO, SIZE, Silent, make_assets, make_world, pixels

EXAMPLE = REPO / "scenes/rooms/guest_book.loquat"
FRAMES = 1_500


def test_a_room_of_the_command_line_is_walked_into_and_seen(tmp_path: Path) -> None:
    found, world = load_catalogue(REPO), make_world()
    world.kit.update(found.kit)
    world.templates.update(found.templates)
    assets = make_assets(tmp_path / "assets")
    for name in ("kit", "places/room_studio"):
        (assets / "models" / name).parent.mkdir(exist_ok=True)
        (assets / "models" / name).symlink_to(REPO / "assets/models" / name)
    options = Options(
        home=tmp_path / "home", assets=assets, offscreen=True, size=SIZE, msaa=0, hud=False, visit=str(EXAMPLE)
    )
    app = App(world, Silent(), options, settings=Settings(None, Values(language="en", reduced_motion=True)))
    try:
        before = pixels(app)
        for _ in range(FRAMES):
            app.frame(1 / 30)
            if world.place_id != PlaceId("room") and app.street.here.built:
                break
        assert world.place_id in world.rooms
        assert world.place.name.en == "A quiet studio"
        assert [world.goods[stand.good].name.en for stand in world.place.stands] == ["Guest book"]
        app.finish_loading()
        for _ in range(15):  # the veil fades
            app.frame(1 / 30)
        after = pixels(app)
        assert (np.abs(after.astype(int) - before).max(2) > 12).mean() > 0.6, "most of the picture is another one"
        assert after.std() > 25  # a room, not a sheet of one colour
    finally:
        app.close()
