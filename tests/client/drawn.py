"""A small world to draw in tests: a grey room, a yard behind its door, goods made on the spot, a silent market."""

import json
import struct
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
from panda3d.core import Filename, Texture

from game.client.app import App, Options
from game.client.settings import Settings, Values
from game.core.commands import Command
from game.core.goods import Good, Terms, Text, Vec3, Wear
from game.core.ids import DoorId, GoodId, MakerId, PlaceId, StandId
from game.core.places import Box, Door, Mirror, Place, Spot, Stand
from game.core.ports import Request, Update
from game.core.world import World

SIZE = (640, 360)
REPO = Path(__file__).resolve().parents[2]


class Silent:
    """A market that is closed for the day; it keeps what it was asked, and says what it is told to."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.told: list[Update] = []
        self.closed = False

    def submit(self, request: Request) -> None:
        self.asked.append(request)

    def poll(self) -> list[Update]:
        told, self.told = self.told, []
        return told

    def close(self) -> None:
        self.closed = True


def words(text: str) -> Text:
    return Text(en=text, zh=text)


def good(name: str, size_m: Vec3, *, wear: Wear | None = None, kind: str = "vase") -> Good:
    terms = Terms(price_coins="5", edition=3)
    return Good(
        id=GoodId(name), kind=kind, maker=MakerId("mei_lin"), name=words(name), story=words(name), size_m=size_m,
        licence="CC0-1.0", terms=terms, wear=wear,
    )  # fmt: skip


def write_box_glb(path: Path, low: Vec3, high: Vec3, colours: dict[str, tuple[float, float, float]]) -> None:
    """A box in core space as a GLB of the studio's kind; `colours` of the sides -x +x -y +y -z +z, white elsewhere."""
    points, normals, tints, triangles = [], [], [], []
    for axis in range(3):
        for sign, name in ((-1, "-"), (1, "+")):
            side = f"{name}{'xyz'[axis]}"
            u, v = (axis + 1) % 3, (axis + 2) % 3
            order = ((0, 0), (1, 0), (1, 1), (0, 1)) if sign > 0 else ((0, 0), (0, 1), (1, 1), (1, 0))
            start = len(points)
            for a, b in order:
                point = [0.0, 0.0, 0.0]
                point[axis] = (low, high)[sign > 0][axis]
                point[u], point[v] = (low, high)[a][u], (low, high)[b][v]
                points.append((point[0], point[2], -point[1]))
                normal = [0.0, 0.0, 0.0]
                normal[axis] = sign
                normals.append((normal[0], normal[2], -normal[1]))
                tints.append((*colours.get(side, (1.0, 1.0, 1.0)), 0.0))
            triangles += [start, start + 1, start + 2, start, start + 2, start + 3]
    blobs = [
        np.array(points, "<f4"), np.array(normals, "<f4"), np.array(tints, "<f4"),
        np.full((len(points), 2), (1.0, 0.0), "<f4"), np.array(triangles, "<u2"),
    ]  # fmt: skip
    binary, views, accessors = b"", [], []
    for blob, kind in zip(blobs, ("VEC3", "VEC3", "VEC4", "VEC2", "SCALAR"), strict=True):
        views.append({"buffer": 0, "byteOffset": len(binary), "byteLength": blob.nbytes})
        component = 5123 if kind == "SCALAR" else 5126
        accessors.append(
            {"bufferView": len(views) - 1, "componentType": component, "count": len(blob), "type": kind}
        )
        binary += blob.tobytes() + b"\0" * (-blob.nbytes % 4)
    attributes = {"POSITION": 0, "NORMAL": 1, "COLOR_0": 2, "TEXCOORD_0": 3}
    document = {
        "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0, "name": "box"}],
        "meshes": [{"primitives": [{"attributes": attributes, "indices": 4}]}],
        "accessors": accessors, "bufferViews": views, "buffers": [{"byteLength": len(binary)}],
    }  # fmt: skip
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks)


def make_assets(folder: Path) -> Path:
    """Goods for the room: a cube with a red front, green left side (+x) and blue top; the rest white."""
    sides = {"-y": (1.0, 0.02, 0.02), "+x": (0.02, 1.0, 0.02), "+z": (0.02, 0.02, 1.0)}
    write_box_glb(folder / "models" / "goods" / "cube.glb", (-0.1, -0.1, 0.0), (0.1, 0.1, 0.2), sides)
    for name in ("avatar", "worn"):
        link = folder / "models" / name
        if not link.exists():
            link.symlink_to(REPO / "assets" / "models" / name)
    return folder


def make_world() -> World:
    """A room of 8 x 8 m whose middle is the origin, with cubes on two stands, a mirror to the north, a door south."""
    cube = good("cube", (0.2, 0.2, 0.2))
    hat = good("straw_sun_hat", (0.4, 0.4, 0.15), wear=Wear(slot="head", joint="head"), kind="hat")
    room = PlaceId("room")
    walls = (
        Box(at_m=(0, 4.1, 0), size_m=(8, 0.2, 3)), Box(at_m=(4.1, 0, 0), size_m=(0.2, 8, 3)),
        Box(at_m=(-4.1, 0, 0), size_m=(0.2, 8, 3)),
    )  # fmt: skip
    places = {
        room: Place(
            id=room, kind="room", name=words("Room"), keeper=MakerId("mei_lin"), spawn=Spot(at_m=(0, 0, 0)),
            colliders=walls,
            stands=(
                Stand(id=StandId("ahead"), good=cube.id, at_m=(0.0, 1.5, 1.4)),
                Stand(id=StandId("turned"), good=cube.id, at_m=(-1.5, 0.0, 1.4), yaw_deg=90.0),
            ),
            mirrors=(Mirror(at_m=(2.0, 3.99, 0.1), yaw_deg=180.0, width_m=1.4, height_m=2.2),),
            doors=(
                Door(id=DoorId("out"), at_m=(0, -4, 0), yaw_deg=180, to_place=PlaceId("yard"), to_door=DoorId("in")),
            ),
        ),
        PlaceId("yard"): Place(
            id=PlaceId("yard"), kind="street", name=words("Yard"), keeper=MakerId("mei_lin"),
            spawn=Spot(at_m=(0, 0, 0)),
            doors=(
                Door(id=DoorId("in"), at_m=(5.0, 2.0, 0), yaw_deg=-90.0, to_place=room, to_door=DoorId("out")),
            ),
            stands=(Stand(id=StandId("yard_cube"), good=cube.id, at_m=(2.5, 2.0, 1.4), yaw_deg=90.0),),
        ),
    }  # fmt: skip
    return World(places=places, goods={cube.id: cube, hat.id: hat}, place_id=room, rng=Random(1))


def make_app(
    folder: Path, world: World, commands: Callable[[World], list[Command]] | None = None, *, load: bool = True
) -> App:
    """An app offscreen without HUD, everything loaded, calm, one frame drawn."""
    options = Options(
        home=folder / "home", assets=make_assets(folder / "assets"), offscreen=True, size=SIZE, msaa=0, hud=False
    )
    settings = Settings(None, Values(language="en", reduced_motion=True))
    app = App(world, Silent(), options, extra_commands=commands, settings=settings)
    app.frame(1 / 60)
    if load:
        app.finish_loading()
    return app


def pixels(app: App) -> np.ndarray:
    """What the window shows, (height, width, 3) bytes, RGB, top row first; draws it first."""
    app.frame(0.0)
    app.stage.base.graphics_engine.render_frame()
    return _rows(app.stage.win.get_screenshot())


def read_picture(path: Path) -> np.ndarray:
    """The pixels of a file as `pixels` gives them."""
    texture = Texture()
    assert texture.read(Filename.from_os_specific(str(path))), f"{path} cannot be read"
    return _rows(texture)


def write_picture(path: Path, picture: np.ndarray) -> None:
    """Write such pixels to a PNG file."""
    texture = Texture()
    texture.setup_2d_texture(picture.shape[1], picture.shape[0], Texture.T_unsigned_byte, Texture.F_rgb)
    texture.set_ram_image_as(np.ascontiguousarray(picture[::-1]).tobytes(), "RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    assert texture.write(Filename.from_os_specific(str(path)))


def _rows(texture: Texture) -> np.ndarray:
    raw = np.frombuffer(texture.get_ram_image_as("RGB"), np.uint8)
    return raw.reshape(texture.get_y_size(), texture.get_x_size(), 3)[::-1]
