"""Pictures of every template as it is furnished, drawn by the game: `python -m assets.studio.home_view OUT [...]`.

Each further word is TEMPLATE[:MOOD]; none means all of them by day and by night. Needs what the game needs.
"""

import argparse
import tempfile
from pathlib import Path

from panda3d.core import Filename

from game.client.app import App
from game.client.options import Options
from game.client.settings import Settings, Values
from game.client.spaces import yaw_pitch
from game.content.load import load_catalogue, world_of
from game.core.commands import Admit, SetMood
from game.core.ids import PlaceId, TemplateId
from game.core.ports import Request, Update
from game.core.rooms import HOME, new_room
from game.core.step import step

ROOT = Path(__file__).resolve().parents[2]
EYE_M = 1.52


class NoMarket:
    """A market that is shut."""

    def submit(self, request: Request) -> None:
        """Nothing is asked of it."""

    def poll(self) -> list[Update]:
        """It has nothing to tell."""
        return []

    def close(self) -> None:
        """There is nothing to close."""


def shots(size_m: tuple[float, float, float]) -> dict[str, tuple[tuple[float, float], tuple[float, float, float]]]:
    """Where one stands and what one looks at, by name: from the door, from the far corner, along the long wall."""
    x, y = size_m[0] / 2, size_m[1] / 2
    return {
        "in": ((-x + 0.5, -y + 0.75), (x * 0.7, y * 0.55, 1.1)),
        "out": ((x - 0.55, y * 0.1), (-x, -y * 0.1, 1.15)),
        "south": ((-0.3, y - 0.9), (0.5, -y, 1.0)),
    }


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="a folder")
    parser.add_argument("wanted", nargs="*", help="TEMPLATE[:MOOD]")
    parser.add_argument("--size", default="1280x720")
    args = parser.parse_args()
    width, height = (int(q) for q in args.size.split("x"))
    found = load_catalogue(ROOT)
    wanted = args.wanted or [f"{name}:{mood}" for name in found.templates for mood in ("day", "night")]
    args.out.mkdir(parents=True, exist_ok=True)
    world = world_of(found, start=PlaceId("street"), seed=1)
    template, _, _ = wanted[0].partition(":")
    step(world, [Admit(room=new_room(found.templates[TemplateId(template)], name="Home"))], [])
    world.place_id, world.door_open = HOME, {found.templates[TemplateId(template)].door.id: 0.0}
    with tempfile.TemporaryDirectory() as home:
        options = Options(
            home=Path(home), assets=ROOT / "assets", offscreen=True, size=(width, height), quality="high", hud=False
        )
        wishes: list[Admit | SetMood] = []

        def commands(_: object) -> list[Admit | SetMood]:
            asked = list(wishes)
            wishes.clear()
            return asked

        settings = Settings(None, Values(language="en", reduced_motion=True, fov=88))
        app = App(world, NoMarket(), options, extra_commands=commands, settings=settings)
        app.player.draw = lambda *_, **__: None  # rooms are shown, not who walks there
        for each in wanted:
            name, _, mood = each.partition(":")
            room = new_room(found.templates[TemplateId(name)], name="Home")
            wishes += [Admit(room=room), SetMood(mood=mood or "day")]
            app.frame(1 / 60)
            app.finish_loading()
            for shot, (at, target) in shots(found.templates[TemplateId(name)].size_m).items():
                world.body.pos_m = (*at, 0.0)
                way = (target[0] - at[0], target[1] - at[1], target[2] - EYE_M)
                world.body.yaw_rad, world.body.pitch_rad = yaw_pitch(way)
                app.camera.jump()
                app.frame(1 / 60)
                path = args.out / f"{name}-{shot}-{mood or 'day'}.png"
                app.stage.win.save_screenshot(Filename.from_os_specific(str(path)))
                print(path)
        app.close()


if __name__ == "__main__":
    main()
