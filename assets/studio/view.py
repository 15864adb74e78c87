"""Pictures of built places and goods: `python -m assets.studio.view OUT.png PLACE[:SHOT[:MOOD]] ...`.

The lean look of the game in one offscreen file, so that models can be judged without it.
"""

import argparse
import json
import tomllib
from pathlib import Path

import numpy as np
import panda3d.core as p
from direct.showbase.ShowBase import ShowBase
from PIL import Image

from game.client.models import load_model

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "assets" / "models"
VERT = """#version 120
uniform mat4 p3d_ModelViewProjectionMatrix, p3d_ModelMatrix;
attribute vec4 p3d_Vertex, p3d_Color; attribute vec3 p3d_Normal; attribute vec2 p3d_MultiTexCoord0;
uniform sampler2D light; uniform vec3 cube[6];
centroid varying vec3 wpos, wnor, lit; centroid varying vec4 col; centroid varying vec2 uv;
void main() {
    gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex;
    wpos = (p3d_ModelMatrix * p3d_Vertex).xyz;
    wnor = normalize(mat3(p3d_ModelMatrix) * p3d_Normal);
    col = p3d_Color; uv = p3d_MultiTexCoord0; lit = vec3(1.0);
#ifdef VERTEX
    lit = texture2DLod(light, uv, 0.0).rgb;
#endif
#ifdef PROBE
    vec3 n = wnor * wnor;
    lit = n.x * (wnor.x > 0.0 ? cube[0] : cube[1]) + n.y * (wnor.y > 0.0 ? cube[2] : cube[3])
        + n.z * (wnor.z > 0.0 ? cube[4] : cube[5]);
    lit *= mix(0.35, 1.0, uv.x);
#endif
}"""
FRAG = """#version 120
uniform sampler2D light; uniform samplerCube room;
uniform vec3 eye, fog, outdoor, lampglow, nightwindow, lo, hi, mid; uniform vec4 tone;
uniform vec2 screen;
centroid varying vec3 wpos, wnor, lit; centroid varying vec4 col; centroid varying vec2 uv;
vec3 roomcolour(vec3 r, float blur) {
    vec3 t = max((hi - wpos) / r, (lo - wpos) / r);
    vec3 c = textureCube(room, wpos + r * min(t.x, min(t.y, t.z)) - mid, blur).rgb;
    return c * c * 4.0;
}
void main() {
    vec3 c = col.rgb;
#ifdef GLOW
    c *= col.a > 0.75 ? lampglow : outdoor + (col.a > 0.25 ? nightwindow : vec3(0.0));
#else
    vec3 L = lit;
  #ifdef ATLAS
    L = texture2D(light, uv).rgb;
  #endif
    vec3 v = normalize(eye - wpos), n = normalize(wnor);
    float nv = clamp(dot(n, v), 0.0, 1.0), g = col.a, fres = pow(1.0 - nv, 5.0), mirror = step(0.97, g);
    float lum = dot(L, vec3(0.3, 0.6, 0.1));
    c *= L;
    c += L * pow(1.0 - nv, 3.0) * (1.0 - g) * 0.10;
    if (tone.y > 0.0 && g > 0.08) {
        float k = mix(g * g * (0.05 + 0.55 * fres), 0.9, mirror) * tone.y;
        k *= mix(clamp(lum * 2.5, 0.1, 1.0), 1.0, mirror);
        c = mix(c, roomcolour(reflect(-v, n), mix(5.5 - 4.0 * g, 0.0, mirror)), k);
    }
    float d = length(eye - wpos);
    c = mix(fog, c, exp(-d * tone.w));
#endif
    if (tone.z > 0.5) { gl_FragColor = vec4(sqrt(c * 0.25), 1.0); return; }
    vec2 q = gl_FragCoord.xy / screen - 0.5;
    c *= tone.x * (1.0 - 0.55 * dot(q, q));
    c = clamp(c * (2.51 * c + 0.03) / (c * (2.43 * c + 0.59) + 0.14), 0.0, 1.0);
    float l = dot(c, vec3(0.21, 0.72, 0.07));
    c = mix(vec3(l), c, 1.10) * mix(vec3(0.97, 0.99, 1.04), vec3(1.02, 1.0, 0.97), smoothstep(0.05, 0.7, l));
    gl_FragColor = vec4(pow(clamp(c, 0.0, 1.0), vec3(1.0 / 2.2)), 1.0);
}"""
SHOTS = {  # eye, target, horizontal field of view in degrees
    "boutique": {
        "hero": ((3.3, -1.2, 1.62), (-1.6, 0.9, 1.1), 78),
        "door": ((-3.4, -2.1, 1.62), (1.2, 0.9, 1.15), 80),
        "niches": ((0.4, 0.3, 1.55), (1.0, 3, 1.3), 74),
        "mirror": ((-0.4, -0.6, 1.6), (-2.2, 3, 1.1), 74),
        "south": ((-0.6, 1.3, 1.6), (-0.7, -3, 1.1), 80),
        "home": ((0.2, 0.2, 1.6), (2.7, -2.4, 1.0), 74),
        "fruit": ((2.2, -1.0, 1.6), (3.6, -0.1, 0.9), 70),
        "table": ((0.55, -1.75, 1.5), (-1.0, -0.2, 0.85), 58),
        "window": ((-1.2, -2.4, 1.6), (-3.3, 1.6, 1.2), 72),
    },
    "gallery": {
        "hero": ((-4.1, -2.75, 1.6), (0.9, 1.4, 1.55), 76),
        "door": ((-3.7, -1.9, 1.6), (1.8, 0.7, 1.45), 78),
        "plum": ((-0.6, -1.6, 1.55), (-1.0, 3.2, 1.5), 80),
        "window": ((-3.2, 2.3, 1.6), (0.3, -3.2, 1.3), 78),
        "back": ((2.1, 1.2, 1.6), (-3.5, -0.9, 1.35), 78),
        "cabinet": ((2.35, 0.9, 1.55), (5.4, 0.9, 1.2), 72),
        "ledges": ((5.0, -0.2, 1.55), (3.6, 2.7, 1.2), 80),
        "desk": ((-0.6, -0.9, 1.6), (2.4, -1.6, 1.1), 70),
        "vault": ((-3.5, 0.0, 1.55), (1.5, 0.5, 3.4), 84),
    },
    "homeware": {
        "door": ((3.5, -2.5, 1.62), (-1.2, 0.5, 1.25), 82),
        "hero": ((-2.4, -1.9, 1.6), (1.6, 1.4, 1.2), 82),
        "garden": ((1.9, 0.4, 1.6), (-3.5, 0.1, 1.3), 78),
        "kitchen": ((0.3, 0.7, 1.6), (1.0, 3.5, 1.3), 82),
        "reading": ((0.3, -1.5, 1.6), (-3.4, -2.9, 1.0), 74),
        "dresser": ((0.6, -1.3, 1.6), (0.5, -3.5, 1.2), 84),
        "window": ((-0.8, 1.9, 1.6), (4.0, 0.2, 1.2), 80),
        "entry": ((0.6, 0.9, 1.6), (3.4, -3.4, 1.1), 80),
        "table": ((-1.4, -1.6, 1.5), (0.6, -0.2, 0.85), 64),
    },
    "street": {
        "spawn": ((-2.3, -9.0, 1.65), (1.6, 0.8, 1.75), 78),
        "front": ((-2.6, -0.6, 1.65), (4, -0.3, 1.7), 78),
        "square": ((-0.5, 3.0, 1.65), (-2.5, 11, 1.9), 78),
        "back": ((-1.0, 9.0, 1.65), (0.5, -3, 1.7), 78),
        "left": ((2.6, -6.0, 1.65), (-4.5, -1.0, 1.8), 80),
        "door": ((2.0, -3.6, 1.65), (4.0, -1.6, 1.4), 74),
        "homeware": ((-1.2, -1.3, 1.65), (-5.0, -1.2, 1.6), 84),
        "gallery": ((0.2, 5.6, 1.65), (4.0, 6.0, 1.7), 84),
        "gate": ((-4.6, 8.0, 1.65), (-9.0, 9.7, 1.7), 84),
        "tea": ((-0.6, 9.6, 1.65), (4.0, 11.6, 1.6), 80),
        "south": ((-0.6, -7.0, 1.65), (-0.4, -14.0, 1.9), 84),
        "florist": ((-1.0, -6.4, 1.65), (-5.0, -6.6, 1.6), 84),
        "home": ((-1.2, -10.6, 1.65), (-5.0, -11.8, 1.7), 78),
    },
    "market": {
        "gate": ((4.9, 1.0, 1.6), (-2.5, 0.6, 1.5), 82),
        "hall": ((0.6, 0.2, 1.6), (-2.6, 4.2, 1.2), 80),
        "yard": ((4.7, 1.6, 1.6), (-2.0, -1.6, 1.2), 82),
        "south": ((-0.6, 1.9, 1.6), (0.6, -4.6, 1.1), 80),
        "honey": ((-1.6, 1.6, 1.6), (-5.6, -1.6, 1.3), 80),
        "back": ((-4.0, 1.2, 1.6), (5.6, 0.4, 1.7), 80),
        "cart": ((2.6, 1.2, 1.55), (4.0, 3.6, 1.0), 66),
        "scale": ((1.9, -0.4, 1.6), (3.9, -3.0, 1.2), 70),
    },
}
for room, (x, y) in {  # empty, from the door and towards it
    "studio": (3.5, 3.0), "shop": (4.0, 3.0), "gallery": (4.5, 3.5), "wardrobe": (3.0, 2.5), "garden": (5.0, 4.0),
}.items():  # fmt: skip
    SHOTS[f"room_{room}"] = {
        "in": ((-x + 0.6, -y + 0.8, 1.6), (x, y * 0.6, 1.2), 80),
        "out": ((x - 0.6, y - 0.6, 1.6), (-x, -y * 0.6, 1.2), 80),
    }
FAR_M = 260.0


def decoded(path: Path) -> np.ndarray:
    """Linear light of one coded picture, bottom row first."""
    return (np.asarray(Image.open(path), np.float32)[::-1] / 255) ** 2 * 4.0


def doubled(a: np.ndarray, rows: int) -> np.ndarray:
    """A picture brought to `rows` rows; bilinear enough for a look."""
    if len(a) == rows:
        return a
    planes = [Image.fromarray(a[..., k]).resize((rows, rows), Image.Resampling.BILINEAR) for k in range(3)]
    return np.stack([np.asarray(q) for q in planes], -1)


def light_texture(name: str, a: np.ndarray, smooth: bool) -> p.Texture:
    """A float texture of linear light (rows bottom first)."""
    t = p.Texture(name)
    t.setup_2d_texture(a.shape[1], a.shape[0], p.Texture.T_float, p.Texture.F_rgb16 if smooth else p.Texture.F_rgb32)
    mode = p.SamplerState.FT_linear if smooth else p.SamplerState.FT_nearest
    t.set_minfilter(mode)
    t.set_magfilter(mode)
    t.set_wrap_u(p.SamplerState.WM_clamp)
    t.set_wrap_v(p.SamplerState.WM_clamp)
    t.set_ram_image(np.ascontiguousarray(a[..., ::-1], np.float32).tobytes())  # Panda3D keeps BGR
    return t


class Viewer:
    """One offscreen window that shows one place at a time."""

    def __init__(self, size: tuple[int, int]) -> None:
        for line in (
            "load-display p3headlessgl",
            "window-type offscreen",
            "audio-library-name null",
            f"win-size {size[0]} {size[1]}",
            "framebuffer-multisample 1",
            "multisamples 4",
            "textures-power-2 none",
        ):
            p.load_prc_file_data("", line)
        self.base = ShowBase()
        self.base.render.set_antialias(p.AntialiasAttrib.M_multisample)
        self.base.set_background_color(0, 0, 0, 1)
        blank = p.Texture("blank")
        blank.setup_cube_map(1, p.Texture.T_unsigned_byte, p.Texture.F_rgb)
        self.base.render.set_shader_inputs(
            room=blank,
            eye=(0, 0, 0),
            screen=size,
            fog=(0, 0, 0),
            cube=[p.LVecBase3f(1)] * 6,
            lo=(-9, -9, -9),
            hi=(9, 9, 9),
            mid=(0, 0, 0),
            outdoor=(1, 1, 1),
            lampglow=(1, 1, 1),
            nightwindow=(0, 0, 0),
            tone=(1, 0, 0, 0),
        )
        self.white = light_texture("white", np.ones((1, 1, 3), np.float32), False)
        self.root = self.base.render.attach_new_node("place")

    def model(self, path: Path, variant: str) -> p.NodePath:
        """One GLB under the shader variant ATLAS, VERTEX, GLOW or PROBE."""
        node = load_model(path)
        self.shade(node, variant)
        node.set_texture(self.white)
        node.reparent_to(self.root)
        return node

    @staticmethod
    def shade(node: p.NodePath, variant: str) -> None:
        """Draw a node with a variant of the shader."""
        sources = (s.replace("#version 120", f"#version 120\n#define {variant}") for s in (VERT, FRAG))
        node.set_shader(p.Shader.make(p.Shader.SL_GLSL, *sources))

    def place(self, name: str, mood: str) -> None:
        """Load one place in one mood with the goods on its stands."""
        self.root.node().remove_all_children()
        folder = MODELS / "places" / name
        document = json.loads((folder / "place.json").read_text())
        m, sky = document["moods"][mood], document["reflection"]
        nodes = {
            k: self.model(folder / f"{k}.glb", v)
            for k, v in (("shell", "ATLAS"), ("props", "VERTEX"), ("glow", "GLOW"))
        }
        for kind, node in (("light", "shell"), ("vertex", "props")):
            layers = {k: decoded(folder / f"{kind}_{k}.png") for k in ("sun", "sky", "lamp")}
            rows = len(layers["sun"])
            mixed = sum(doubled(a, rows) * np.float32(m[k]) for k, a in layers.items())
            nodes[node].set_shader_input("light", light_texture(kind, mixed, kind == "light"))
        probes = dict(np.load(folder / "probes.npz"))
        self.grid = (probes["lo"], probes["hi"], probes["zs"])
        self.cubes = sum(probes[k].astype(np.float32) * np.float32(m[k]) for k in ("sun", "sky", "lamp"))
        fog = m["fog"] or [float(q) for q in self.cubes.mean((0, 1, 2, 3)) * 0.8]
        self.base.render.set_shader_inputs(
            outdoor=m["outdoor"],
            lampglow=m["lamp_glow"],
            nightwindow=m["night_window"],
            fog=tuple(fog),
            lo=sky["lo"],
            hi=sky["hi"],
            mid=sky["eye"],
            tone=(m["exposure"], 0, 1, 0),
        )
        self.stock(ROOT / "scenes" / "places" / f"{name}.toml")
        self.base.render.set_shader_input("room", self.room_cube(sky["eye"]))
        self.base.render.set_shader_input("tone", (m["exposure"], 1, 0, m["fog_density"]))

    def stock(self, toml: Path) -> None:
        """Put the goods on a place's stands, lit by the probes."""
        stands = tomllib.loads(toml.read_text()).get("stands", []) if toml.exists() else []
        loaded: dict[str, p.NodePath] = {}
        for stand in stands:
            path = MODELS / "goods" / f"{stand['good']}.glb"
            if not path.exists():
                continue
            if stand["good"] not in loaded:
                loaded[stand["good"]] = self.model(path, "PROBE")
                loaded[stand["good"]].detach_node()
            node = self.root.attach_new_node(stand["id"])
            loaded[stand["good"]].copy_to(node)
            node.set_pos(*stand["at_m"])
            node.set_h(stand.get("yaw_deg", 0.0))
            at = np.add(stand["at_m"], (0, 0, 0.1))
            node.set_shader_input("cube", [p.LVecBase3f(*map(float, c)) for c in self.probe(at)])

    def probe(self, at: np.ndarray) -> np.ndarray:
        """The ambient cube (6, 3) at a point."""
        lo, hi, zs = self.grid
        n = np.array(self.cubes.shape[:2]) - 1
        f = np.clip((at[:2] - lo) / (hi - lo), 0, 0.9999) * n
        f = np.append(f, np.clip(np.interp(at[2], zs, range(len(zs))), 0, len(zs) - 1.001))
        i = f.astype(int)
        w = f - i
        corners = (np.prod(np.where(d, w, 1 - w)) * self.cubes[tuple(i + d)] for d in np.ndindex(2, 2, 2))
        return sum(corners)

    def room_cube(self, eye: list[float], size: int = 128) -> p.Texture:
        """The reflection picture of the place, taken once."""
        rig = self.base.render.attach_new_node("rig")
        rig.set_pos(*eye)
        buffer = self.base.win.make_cube_map("room", size, rig)
        for _ in range(2):
            self.base.graphics_engine.render_frame()
        source = buffer.get_texture()
        self.base.graphics_engine.extract_texture_data(source, self.base.win.get_gsg())
        out = p.Texture("room")
        out.setup_cube_map(size, p.Texture.T_unsigned_byte, source.get_format())
        out.set_ram_image(source.get_ram_image())
        out.set_minfilter(p.SamplerState.FT_linear_mipmap_linear)
        out.set_magfilter(p.SamplerState.FT_linear)
        self.base.graphics_engine.remove_window(buffer)
        rig.remove_node()
        return out

    def shoot(self, eye: tuple, target: tuple, fov_deg: float, path: Path, *, quiet: bool = False) -> None:
        """Take one picture."""
        self.base.camera.set_pos(*eye)
        self.base.camera.look_at(*target)
        self.base.camLens.set_fov(fov_deg)
        self.base.camLens.set_near_far(0.05, FAR_M)
        self.base.render.set_shader_input("eye", eye)
        for _ in range(2):
            self.base.graphics_engine.render_frame()
        picture = p.PNMImage()
        self.base.win.get_screenshot(picture)
        picture.write(p.Filename.from_os_specific(str(path)))
        if not quiet:
            print(path)


def main() -> None:
    """Take the pictures that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="a folder")
    parser.add_argument("shots", nargs="+", help="PLACE[:SHOT[:MOOD]]")
    parser.add_argument("--size", default="1280x720")
    args = parser.parse_args()
    width, height = (int(q) for q in args.size.split("x"))
    viewer, shown = Viewer((width, height)), None
    for spec in args.shots:
        place, shot, mood = [*spec.split(":"), "", ""][:3]
        mood = mood or "day"
        if shown != (place, mood):
            viewer.place(place, mood)
            shown = (place, mood)
        for name in [shot] if shot else SHOTS[place]:
            viewer.shoot(*SHOTS[place][name], args.out / f"{place}-{name}-{mood}.png")


if __name__ == "__main__":
    main()
