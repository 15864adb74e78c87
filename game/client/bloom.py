"""The slight bloom of a lens: what is brightest in the picture spills a soft light around itself.

The world is drawn beside the window, what is bright in it is kept at a quarter of its width and height and blurred
twice, and both are laid onto the window, below the interface. Where drawing is lean the world goes to the window.
"""

import logging

from panda3d.core import (
    Camera,
    DisplayRegion,
    FrameBufferProperties,
    GraphicsOutput,
    GraphicsPipe,
    NodePath,
    OmniBoundingVolume,
    OrthographicLens,
    SamplerState,
    Shader,
    Texture,
    WindowProperties,
)

from game.client import shapes
from game.client.light import Mood
from game.client.stage import Stage

log = logging.getLogger(__name__)

SMALLER = 4
STRENGTH = 0.55
LEAST = (0.86, 0.60)  # so bright spills light: by day, and where lamps alone shine
FIRST_SORT = -4  # the world's; mirrors are drawn before it, the window after all
WHOLE_VERTEX = """#version 130
attribute vec2 p3d_MultiTexCoord0; varying vec2 uv;
void main() { uv = p3d_MultiTexCoord0; gl_Position = vec4(uv * 2.0 - 1.0, 0.0, 1.0); }"""
BRIGHT_FRAGMENT = """#version 130
uniform sampler2D image; uniform vec2 texel; uniform float least; varying vec2 uv;
vec3 bright(vec2 at) {
    vec3 c = texture2D(image, at).rgb;
    return c * smoothstep(least, 1.0, dot(c, vec3(0.30, 0.55, 0.15)));
}
void main() {
    gl_FragColor = vec4(0.25 * (bright(uv - texel) + bright(uv + texel)
                              + bright(uv + vec2(texel.x, -texel.y)) + bright(uv + vec2(-texel.x, texel.y))), 1.0);
}"""
# Thirteen texels by seven looks: each of six lies between two of them.
BLUR_FRAGMENT = """#version 130
uniform sampler2D image; uniform vec2 texel; varying vec2 uv;
void main() {
    vec3 c = texture2D(image, uv).rgb * 0.1370;
    c += (texture2D(image, uv + texel * 1.459).rgb + texture2D(image, uv - texel * 1.459).rgb) * 0.2394;
    c += (texture2D(image, uv + texel * 3.404).rgb + texture2D(image, uv - texel * 3.404).rgb) * 0.1387;
    c += (texture2D(image, uv + texel * 5.351).rgb + texture2D(image, uv - texel * 5.351).rgb) * 0.0534;
    gl_FragColor = vec4(c, 1.0);
}"""
BOTH_FRAGMENT = """#version 130
uniform sampler2D image, bloom; uniform float strength; varying vec2 uv;
void main() {
    vec3 c = texelFetch(image, ivec2(gl_FragCoord.xy), 0).rgb, light = texture2D(bloom, uv).rgb * strength;
    gl_FragColor = vec4(c + light * (1.0 - c), 1.0);               // never brighter than white
}"""


class Bloom:
    """Draws the stage's world with bloom while it is on."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.on = False
        self._buffers: list[GraphicsOutput] = []
        self._whole: list[NodePath] = []
        self._size = (0, 0)
        self._least = 0.0
        self._onto_window: DisplayRegion | None = None

    def show(self, on: bool) -> None:
        """Turn it on or off; where the driver cannot draw beside the window it stays off."""
        if on != self.on or (on and self._size != self.stage.size):
            self.close()
            if on:
                self._open()

    def suit(self, mood: Mood) -> None:
        """Follow the hour: the eye is wider open where it is dark."""
        lamps = min(max(sum(mood.lamp) / 3 * 2.0 - 1.0, 0.0), 1.0)
        least = LEAST[0] + (LEAST[1] - LEAST[0]) * lamps
        if self._whole and least != self._least:
            self._least = least
            self._whole[0].set_shader_input("least", least)

    def _open(self) -> None:
        stage = self.stage
        self._size = stage.size
        wide, high = max(self._size[0], 1), max(self._size[1], 1)  # a window that is put away may have no size
        world, picture = self._buffer("world", (wide, high), FIRST_SORT, depth=True)
        if world is None:
            log.info("no bloom: the driver draws beside the window with no depth or stencil")
            return
        self.on = True
        small = max(wide // SMALLER, 1), max(high // SMALLER, 1)
        across, down = (1.0 / small[0], 0.0), (0.0, 1.0 / small[1])
        found = picture
        for sort, (name, fragment, texel) in enumerate((
            ("bright", BRIGHT_FRAGMENT, (1.0 / wide, 1.0 / high)),
            ("blur across", BLUR_FRAGMENT, across),
            ("blur down", BLUR_FRAGMENT, down),
        ), FIRST_SORT + 1):  # fmt: skip
            buffer, texture = self._buffer(name, small, sort, depth=False)
            if buffer is None:
                log.info("no bloom: the driver draws no %s", name)
                self.close()
                return
            self._fill(buffer, fragment, image=found, texel=texel, least=1.0)
            found = texture
        self._fill(stage.win, BOTH_FRAGMENT, image=picture, bloom=found, strength=STRENGTH)
        stage.draw_into(world)

    def _buffer(
        self, name: str, size: tuple[int, int], sort: int, *, depth: bool
    ) -> tuple[GraphicsOutput | None, Texture]:
        """A picture beside the window that is drawn before it; `depth`: with all that the world needs."""
        stage, wanted = self.stage, FrameBufferProperties()
        wanted.set_rgb_color(True)
        wanted.set_rgba_bits(8, 8, 8, 0)
        if depth:
            wanted.set_depth_bits(24)
            wanted.set_stencil_bits(8)
            wanted.set_multisamples(stage.msaa)
        made = stage.engine.make_output(
            stage.win.pipe, name, sort, wanted, WindowProperties.size(*size), GraphicsPipe.BF_refuse_window,
            stage.win.gsg, stage.win,
        )  # fmt: skip
        texture = Texture(name)
        texture.set_minfilter(SamplerState.FT_linear)
        texture.set_magfilter(SamplerState.FT_linear)
        texture.set_wrap_u(SamplerState.WM_clamp)
        texture.set_wrap_v(SamplerState.WM_clamp)
        if made is None:
            return None, texture
        made.add_render_texture(texture, GraphicsOutput.RTM_bind_or_copy, GraphicsOutput.RTP_color)
        self._buffers.append(made)
        return made, texture

    def _fill(self, output: GraphicsOutput, fragment: str, **inputs: object) -> None:
        """Fill an output with what a shader makes of other pictures."""
        whole = NodePath(shapes.upright("whole", 2.0, 1.0))
        whole.node().set_bounds(OmniBoundingVolume())
        whole.set_shader(Shader.make(Shader.SL_GLSL, WHOLE_VERTEX, fragment))
        whole.set_shader_inputs(**inputs)
        whole.set_two_sided(True)
        whole.set_depth_test(False)
        whole.set_depth_write(False)
        camera = whole.attach_new_node(Camera("whole", OrthographicLens()))
        camera.node().set_scene(whole)
        if output is self.stage.win:
            self._onto_window = self.stage.win.make_display_region()
            self._onto_window.set_sort(-1)  # below the interface
            self._onto_window.set_camera(camera)
        else:
            output.set_clear_color_active(False)
            output.set_clear_depth_active(False)
            output.make_display_region().set_camera(camera)
        self._whole.append(whole)

    def close(self) -> None:
        """Draw the world onto the window again, and free what is beside it."""
        self.stage.draw_into(self.stage.win)
        if self._onto_window is not None:
            self.stage.win.remove_display_region(self._onto_window)
            self._onto_window = None
        for buffer in self._buffers:
            self.stage.engine.remove_window(buffer)
        for whole in self._whole:
            whole.remove_node()
        self._buffers, self._whole, self.on, self._size, self._least = [], [], False, (0, 0), 0.0
