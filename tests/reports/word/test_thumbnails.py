"""Photos made small: upright, bounded, without the camera's data, the same bytes, and never a crash."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from capa_xl.reports.word.thumbnails import SIDE, UnfitPhoto, thumbnail


def photo(size=(1200, 800), mode="RGB", kind="JPEG", orientation=1, **more) -> bytes:
    """Left half black, the rest white."""
    made = Image.new(mode, size, "white")
    made.paste("black", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "camera"
    out = io.BytesIO()
    made.save(out, kind, **({"exif": exif} if kind == "JPEG" else {}), **more)
    return out.getvalue()


def opened(blob: bytes) -> Image.Image:
    return Image.open(io.BytesIO(thumbnail(blob)[0]))


@pytest.mark.parametrize(("size", "small"), [((1200, 800), (900, 600)), ((900, 900), (900, 900)), ((3, 2), (3, 2))])
def test_the_longest_side_is_bounded_and_a_small_one_stays(size, small):
    assert thumbnail(photo(size))[1:] == small
    assert max(small) <= SIDE


def test_a_photo_taken_upright_stands_upright():
    turned = opened(photo(orientation=6))
    assert turned.size == (600, 900)
    assert turned.getpixel((300, 50))[0] < 30 and turned.getpixel((300, 850))[0] > 220


def test_what_the_camera_wrote_into_it_is_gone_and_two_runs_give_the_same_bytes():
    assert dict(opened(photo()).getexif()) == {}
    assert thumbnail(photo()) == thumbnail(photo())


def test_what_was_see_through_is_paper():
    blob = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(blob, "PNG")
    assert opened(blob.getvalue()).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "kind"), [("L", "PNG"), ("P", "GIF"), ("1", "TIFF"), ("RGB", "BMP"), ("RGB", "WEBP"), ("CMYK", "JPEG")]
)
def test_every_common_kind_of_picture_is_shown(mode, kind):
    made, out = Image.new(mode, (8, 6)), io.BytesIO()
    made.save(out, kind)
    assert thumbnail(out.getvalue())[1:] == (8, 6)


def bomb(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8001, 10_000), (60_000, 60_000)])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(size):
    with pytest.raises(UnfitPhoto, match="像素太多，最多 8000 万"):
        thumbnail(bomb(*size))


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\xff\xd8\xff",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        photo()[:700],
        bomb(9, 9),
        b"GIF89a" + b"\xff" * 50,
    ],
    ids=["empty", "begun", "svg", "pdf", "cut", "short", "gif"],
)
def test_what_is_no_picture_or_a_broken_one_is_named(blob):
    with pytest.raises(UnfitPhoto, match="不是图片，或已损坏"):
        thumbnail(blob)
