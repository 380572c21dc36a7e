"""Photos made small for the annex of a report: upright, without the camera's data, the same bytes every time."""

from __future__ import annotations

import io
import struct
import warnings
import zlib

from PIL import Image, ImageOps

MOST_PIXELS = 80_000_000
"""Of the photo itself, as its head says: more is unpacked by nobody."""
SIDE = 900
"""Longest side of the small one: 300 dots an inch on 7.6 cm."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_QUALITY = 82
_TOO_BIG = f"像素太多，最多 {MOST_PIXELS // 10_000} 万"
_BROKEN = (
    OSError, ValueError, TypeError, SyntaxError, LookupError, AttributeError, ArithmeticError, EOFError, RecursionError,
    NotImplementedError, MemoryError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises over files that are damaged, or made to harm."""


class UnfitPhoto(Exception):
    """It can't be shown; the words say why, in Chinese."""


def thumbnail(blob: bytes) -> tuple[bytes, int, int]:
    """The small picture as JPEG, its width and its height in pixels.

    Raises:
        UnfitPhoto: No picture, a damaged one, or one with too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _small(blob)
    except Image.DecompressionBombError as trouble:
        raise UnfitPhoto(_TOO_BIG) from trouble
    except _BROKEN as trouble:
        raise UnfitPhoto("不是图片，或已损坏") from trouble


def _small(blob: bytes) -> tuple[bytes, int, int]:
    with Image.open(io.BytesIO(blob), formats=FORMATS) as photo:
        width, height = photo.size
        if width * height > MOST_PIXELS:
            raise UnfitPhoto(_TOO_BIG)
        photo.draft("RGB", (SIDE, SIDE))
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail((SIDE, SIDE))
        made, out = _on_white(upright), io.BytesIO()
        made.save(out, "JPEG", quality=_QUALITY)
        return out.getvalue(), *made.size


def _on_white(photo: Image.Image) -> Image.Image:
    """Without transparency: what was see-through is paper."""
    if not photo.has_transparency_data:
        return photo.convert("RGB")
    layer = photo.convert("RGBA")
    white = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(white, layer).convert("RGB")
