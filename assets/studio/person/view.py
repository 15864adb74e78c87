"""Pictures of the person: python -m assets.studio.person.view OUT [people turntable shelf worn gait GOOD].

Needs panda3d and pillow, no Blender; what it shows is drawn by the game's own avatar and shaders.
"""

import sys
import tomllib
from math import radians
from pathlib import Path

import msgspec
import numpy as np
from panda3d.core import LVecBase3f, NodePath, SamplerState, Texture, load_prc_file_data

ROOT = Path(__file__).resolve().parents[3]
BIG = 1400

load_prc_file_data("", f"""load-display p3headlessgl
window-type offscreen
audio-library-name null
notify-level error
win-size {BIG} {BIG}
hardware-animated-vertices 1
textures-power-2 none
sync-video 0
coordinate-system y-up-left
""")

from direct.showbase.ShowBase import ShowBase  # noqa: E402 - the settings come first
from PIL import Image, ImageDraw  # noqa: E402

from game.client import shaders, spaces  # noqa: E402
from game.client.avatar import Avatar  # noqa: E402
from game.client.models import load_mesh, mesh  # noqa: E402
from game.core.goods import Good  # noqa: E402
from game.core.looks import DEFAULT_LOOKS, Looks  # noqa: E402
from game.core.people import PEOPLE  # noqa: E402

BACK = (0.86, 0.83, 0.79)
CUBE = (
    (0.92, 0.86, 0.80), (0.62, 0.62, 0.66), (0.55, 0.56, 0.62), (1.25, 1.16, 1.04), (1.45, 1.42, 1.38),
    (0.42, 0.36, 0.30),
)  # fmt: skip
OUTFITS = (
    ("mia", ("yellow_hoodie", "blue_jeans", "red_sneakers", "round_glasses")),
    ("tariq", ("sailor_tee", "blue_jeans", "walnut_loafers", "fedora", "canvas_backpack")),
    ("rosa", ("sailor_tee", "rose_skirt", "rain_boots", "wool_scarf", "straw_sun_hat", "tote_bag")),
)


def goods() -> dict[str, Good]:
    """The wearable goods of the catalogue."""
    found = {p.stem: msgspec.convert(tomllib.loads(p.read_text()), Good) for p in ROOT.glob("scenes/goods/*.toml")}
    return {name: good for name, good in sorted(found.items()) if good.wear}


class Studio:
    """A window, a floor and soft light."""

    def __init__(self) -> None:
        self.base = ShowBase()
        self.base.set_background_color(*BACK)
        self.root = NodePath("world")
        self.lens = spaces.lens(30, 1, 0.05, 60)
        self.camera = self.base.cam
        self.camera.reparent_to(self.root)
        self.camera.node().set_lens(self.lens)
        self.camera.node().set_scene(self.root)
        self.root.set_shader_inputs(
            place_from_world=spaces.IDENTITY, tint=(1, 1, 1, 1), screen=(1 / BIG, 1 / BIG, 0, 0),
            cube=[LVecBase3f(*c) for c in CUBE], tone=(0.78, 1.0, 0, 0.15), fog=(*BACK, 0.0), light=Texture("none"),
            outdoor=(1, 1, 1), lampglow=(1, 1, 1), nightwindow=(0, 0, 0), room=_sky(), room_lo=(-4, -4, 0),
            room_hi=(4, 4, 3.2), room_mid=(0, 0, 1.4),
        )  # fmt: skip
        s = 12.0
        floor = self.root.attach_new_node(
            mesh("floor", np.array([(-s, -s, 0), (s, -s, 0), (s, s, 0), (-s, s, 0)]), np.array([(0, 1, 2), (0, 2, 3)]),
                 colours=(0.46, 0.41, 0.34, 0.0), uv=np.ones((4, 2)))
        )  # fmt: skip
        shaders.dress(floor, shaders.Variant.PROBE)

    def shot(
        self, eye: tuple[float, float, float], at: tuple[float, float, float], fov: float, size: tuple[int, int]
    ) -> Image.Image:
        """What a camera at `eye` sees, drawn large and shrunk."""
        spaces.set_view_angle(self.lens, fov, size[0] / size[1])
        self.camera.set_mat(spaces.facing(eye, at))
        self.root.set_shader_input("eye", eye)
        for _ in range(2):
            self.base.graphics_engine.render_frame()
        tex = self.base.win.get_screenshot()
        raw = bytes(tex.get_ram_image_as("RGB"))
        image = Image.frombytes("RGB", (tex.get_x_size(), tex.get_y_size()), raw)
        return image.transpose(Image.FLIP_TOP_BOTTOM).resize(size, Image.LANCZOS)


def _sky() -> Texture:
    """A small cube map, light above and in front, so that gloss shows."""
    tex = Texture("room")
    tex.setup_cube_map(16, Texture.T_unsigned_byte, Texture.F_rgb)
    up = np.linspace(0, 1, 16)[:, None, None]
    side = np.tile((70 + 70 * up).astype(np.uint8), (1, 16, 3))
    bright, dark = np.full((16, 16, 3), 190, np.uint8), np.full((16, 16, 3), 70, np.uint8)
    front = side.copy()
    front[4:13, 3:13] = 225
    tex.set_ram_image(b"".join(f.tobytes() for f in (side, side, side, front, bright, dark)))
    tex.set_minfilter(SamplerState.FT_linear)
    return tex


def sheet(images: list[Image.Image], columns: int, labels: list[str] | None = None) -> Image.Image:
    """Pictures side by side."""
    w, h = images[0].size
    out = Image.new("RGB", (w * columns, h * -(-len(images) // columns)), "white")
    for i, image in enumerate(images):
        if labels:
            ImageDraw.Draw(image).text((8, 6), labels[i], fill=(60, 50, 45))
        out.paste(image, (i % columns * w, i // columns * h))
    return out


def dressed(studio: Studio, looks: Looks, names: tuple[str, ...], secs: float = 0.4) -> Avatar:
    """A person with goods on, some time into their breath."""
    who, known = Avatar(studio.root, looks, ROOT / "assets" / "models"), goods()
    for name in names:
        wear = known[name].wear
        assert wear is not None
        who.wear(wear.slot, name, wear)
    who.animate(0, secs)
    return who


def turn(who: Avatar, yaw_deg: float, x: float = 0.0) -> None:
    """Faces the camera at 180 degrees."""
    who.node.set_mat(spaces.turned((x, 0, 0), radians(yaw_deg)))


def turntable(studio: Studio) -> Image.Image:
    """Three outfits from four sides, and their faces."""
    out = []
    for look, names in OUTFITS:
        who = dressed(studio, PEOPLE[look], names)
        for yaw in (180, 140, 90, 0):
            turn(who, yaw)
            out.append(studio.shot((0, -5.2, 1.05), (0, 0, 0.86), 22, (300, 560)))
        turn(who, 158)
        z = 1.45 * PEOPLE[look].scale
        out.append(studio.shot((0, -1.7, z + 0.03), (0, 0, z), 20, (480, 560)))
        who.remove()
    rows = [Image.new("RGB", (1680, 560)) for _ in OUTFITS]
    for i, row in enumerate(rows):
        for k in range(5):
            row.paste(out[i * 5 + k], (k * 300, 0))
    return sheet(rows, 1)


def shelf(studio: Studio) -> Image.Image:
    """Every wearable good as it stands."""
    pics, names = [], list(goods())
    for name in names:
        good = goods()[name]
        node = studio.root.attach_new_node(load_mesh(ROOT / f"assets/models/goods/{name}.glb"))
        shaders.dress(node, shaders.Variant.PROBE)
        node.set_mat(spaces.good_matrix((0, 0, 0), radians(-28)))
        size = max(good.size_m)
        mid = good.size_m[2] / 2
        pics.append(studio.shot((0, -3.2 * size, mid + 1.25 * size), (0, 0, mid), 26, (320, 320)))
        node.remove_node()
    return sheet(pics, 6, names)


def worn(studio: Studio, only: tuple[str, ...] = ()) -> Image.Image:
    """Every wearable on the person, whole and near, from two sides."""
    pics, labels, known = [], [], goods()
    views = {
        "head": (1.50, 0.75), "face": (1.46, 0.5), "neck": (1.22, 0.65), "torso": (1.0, 0.95), "legs": (0.62, 1.25),
        "feet": (0.16, 0.55), "back": (1.0, 0.95), "hand": (0.75, 1.2),
    }  # fmt: skip
    for i, name in enumerate(only or known):
        wear = known[name].wear
        assert wear is not None
        base = () if wear.slot in ("legs", "feet") else ("sailor_tee",) if wear.slot != "torso" else ()
        who = dressed(studio, list(PEOPLE.values())[i % 5], (*base, name))
        z, size = views[wear.slot]
        k = who.looks.scale
        for yaw in (165, 100, 330):
            turn(who, yaw)
            pics.append(studio.shot((0, -4.0, z * k + 0.25), (0, 0, z * k), size * 15, (230, 230)))
            labels.append(name)
        who.remove()
    return sheet(pics, 9, labels)


def gait(studio: Studio) -> Image.Image:
    """Walk and run, an eighth of a cycle apart, from the side; reach and wave."""
    pics = []
    walker = ("yellow_hoodie", "rose_skirt", "leather_satchel")
    runner = ("sailor_tee", "blue_jeans", "canvas_backpack", "tote_bag")
    for speed, names in ((1.4, walker), (3.4, runner)):
        who = dressed(studio, DEFAULT_LOOKS, (*names, "red_sneakers"))
        turn(who, 118)
        for _ in range(60):
            who.animate(speed, 1 / 60)
        for _ in range(8):
            length = 0.8 if speed < 2 else 0.6
            for _ in range(6):
                who.animate(speed, length / 8 / 6)
            pics.append(studio.shot((0, -5.2, 1.0), (0, 0, 0.84), 22, (210, 400)))
        who.remove()
    for clip in ("reach", "wave"):
        who = dressed(studio, DEFAULT_LOOKS, ("sailor_tee", "rose_skirt", "striped_long_scarf", "walnut_loafers"))
        who.play(clip)
        for k in range(4):
            who.animate(0, who.motion.clips[clip].secs / 5)
            turn(who, 150 if k % 2 else 200)
            pics.append(studio.shot((0, -5.2, 1.0), (0, 0, 0.84), 22, (210, 400)))
        who.remove()
    for seat_m in (0.0, 0.45):
        for yaw in (200, 150, 90, 20):
            who = dressed(studio, DEFAULT_LOOKS, ("sailor_tee", "blue_jeans", "red_sneakers"))
            who.sit(seat_m)
            who.animate(0, 2.0)
            turn(who, yaw)
            pics.append(studio.shot((0, -5.2, 1.0), (0, 0, 0.6), 22, (210, 400)))
            who.remove()
    return sheet(pics, 8)


def people(studio: Studio) -> Image.Image:
    """Everyone ready-made, whole and near."""
    rows, tops = [], ("sailor_tee", "plain", "plain")
    for i, looks in enumerate(PEOPLE.values()):
        who = dressed(studio, looks, () if tops[i % 3] == "plain" else (tops[i % 3],), secs=3.0)
        turn(who, 168)
        rows.append(studio.shot((0, -5.2, 1.0), (0, 0, 0.84), 22, (240, 460)))
        z = 1.43 * looks.scale
        face = studio.shot((0, -1.7, z + 0.03), (0, 0, z), 19, (240, 240))
        both = Image.new("RGB", (240, 700))
        both.paste(rows.pop(), (0, 0))
        both.paste(face, (0, 460))
        rows.append(both)
        who.remove()
    return sheet(rows, len(rows))


def main() -> None:
    """Writes the chosen pictures into a folder."""
    out, chosen = Path(sys.argv[1]), sys.argv[2:]
    studio = Studio()
    known = goods()
    some = tuple(n for n in chosen if n in known)
    makers = {"people": people, "turntable": turntable, "shelf": shelf, "worn": lambda s: worn(s, some), "gait": gait}
    out.mkdir(parents=True, exist_ok=True)
    for name, make in makers.items():
        if name in chosen or not chosen:
            make(studio).save(out / f"{name}.png")


if __name__ == "__main__":
    main()
