"""Pictures of foreign files: PNG and JPEG alone, their size checked before they unfold, and written anew."""

import io
import warnings

import numpy as np
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from game.content.imports import limits
from game.content.imports.notes import ImportRefusedError
from game.content.imports.source import Pixels

FORMATS = ("PNG", "JPEG")
JPEG_QUALITY = 90


def decoded(raw: bytes, name: str) -> tuple[Pixels, bool]:
    """The pixels of a PNG or JPEG, at most TEXTURE_PX long, and whether any of it is see-through.

    What is see-through is laid over white. Raises ImportRefusedError for anything else, damaged, or too large.
    """
    if len(raw) > limits.SIDE_FILE_BYTES:
        raise ImportRefusedError("image_bytes", image=name, mb=round(len(raw) / 2**20, 1), most=16)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(raw), formats=FORMATS)
            wide, high = image.size
            if wide * high > limits.PIXELS or not wide or not high:
                raise ImportRefusedError("image_pixels", image=name, wide=wide, high=high)
            if image.format == "JPEG":
                image.draft("RGB", (limits.TEXTURE_PX, limits.TEXTURE_PX))
            image.load()
            turned = ImageOps.exif_transpose(image) if image.format == "JPEG" else image
            return _plain(turned)
    except ImportRefusedError:
        raise
    except Image.DecompressionBombError:  # so large that it is not even opened
        side = ">10000"
        raise ImportRefusedError("image_pixels", image=name, wide=side, high=side) from None
    except UnidentifiedImageError:
        raise ImportRefusedError("image_format", image=name) from None
    except Exception as error:  # noqa: BLE001 - decoders raise whatever they like at bytes that were tampered with
        raise ImportRefusedError("image_damaged", image=name, why=type(error).__name__) from None


def _plain(image: Image.Image) -> tuple[Pixels, bool]:
    clear = False
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        clear = bool((np.asarray(image.getchannel("A")) < 250).any())
        ground = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(ground, image)
    image = image.convert("RGB")
    image.thumbnail((limits.TEXTURE_PX, limits.TEXTURE_PX), Image.Resampling.LANCZOS)
    return np.asarray(image, np.uint8), clear


def resized(pixels: Pixels, wide: int, high: int) -> Pixels:
    """Pixels at another size."""
    image = Image.fromarray(pixels).resize((max(wide, 1), max(high, 1)), Image.Resampling.LANCZOS)
    return np.asarray(image, np.uint8)


def encoded(pixels: Pixels) -> tuple[bytes, str]:
    """The smaller of PNG and JPEG, and its MIME type; flat artwork stays exact, photographs become small."""
    image = Image.fromarray(pixels)
    png, jpeg = io.BytesIO(), io.BytesIO()
    image.save(png, "PNG", compress_level=9)
    image.save(jpeg, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    if len(png.getvalue()) <= 1.25 * len(jpeg.getvalue()):
        return png.getvalue(), "image/png"
    return jpeg.getvalue(), "image/jpeg"


def linear(pixels: Pixels) -> np.ndarray:
    """Linear RGB 0..1 of sRGB pixels."""
    c = pixels.astype(np.float64) / 255
    return np.asarray(np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4))


ImageFile.LOAD_TRUNCATED_IMAGES = False
