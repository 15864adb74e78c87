"""Pictures that anybody may have made, as textures.

They are decoded by Pillow: the engine's own readers end the process at a damaged JPEG, and a picture may come with
any room that is visited.
"""

from io import BytesIO

from panda3d.core import SamplerState, Texture

from game.content.images import read_picture
from game.core.errors import GameError


def texture_of(content: bytes, name: str, *, side_max_px: int, alpha: bool = False) -> Texture:
    """A PNG or JPEG as a texture whose values are those of the file, with or without what is see-through.

    Raises GameError for anything else, for what is damaged, and for what is larger than `side_max_px` a side.
    """
    from PIL import Image  # not before the first frame

    read_picture(content, side_max_px=side_max_px)
    mode = "RGBA" if alpha else "RGB"
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as opened:
            if max(opened.size) > side_max_px:  # what a header says twice may differ
                raise GameError(f"the picture is {opened.size} pixels, more than can be shown; make it smaller")
            image = opened.convert(mode)
    except GameError:
        raise
    except Exception as error:  # noqa: BLE001 - decoders raise whatever they like at bytes that were tampered with
        raise GameError(f"the picture is damaged ({type(error).__name__}); save it again") from None
    texture = Texture(name)
    texture.setup_2d_texture(*image.size, Texture.T_unsigned_byte, Texture.F_rgba if alpha else Texture.F_rgb)
    texture.set_ram_image_as(image.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes(), mode)
    texture.set_minfilter(SamplerState.FT_linear_mipmap_linear)
    texture.set_magfilter(SamplerState.FT_linear)
    texture.set_wrap_u(SamplerState.WM_clamp)
    texture.set_wrap_v(SamplerState.WM_clamp)
    return texture
