"""Packing and unpacking, whichever engine is installed."""

from __future__ import annotations

import zlib

import pytest

from capa_xl.ooxml.deflate import Packed, crc32, inflate, pack, pack_lasting
from tests.ooxml.xlsx_maker import deflated

CONTENT = bytes(range(256)) * 40


def test_the_checksum_is_that_of_zip_and_goes_on_from_another():
    assert crc32(b"123456789") == 0xCBF43926
    assert crc32(b"6789", crc32(b"12345")) == 0xCBF43926


@pytest.mark.parametrize("content", [b"", b"x", CONTENT])
def test_a_stream_comes_out_as_it_went_in(content):
    assert inflate(deflated(content), len(content)) == content
    assert inflate(memoryview(deflated(content)), len(content)) == content


@pytest.mark.parametrize("size", [len(CONTENT) - 1, len(CONTENT) + 1, 0])
def test_a_stream_of_another_length_is_none(size):
    with pytest.raises(ValueError, match="another length than the directory says"):
        inflate(deflated(CONTENT), size)


@pytest.mark.parametrize("packed", [deflated(CONTENT)[:-1], deflated(CONTENT)[:20], b"\xff\xff\xff"])
def test_a_stream_that_breaks_off_or_is_none_is_an_error(packed):
    with pytest.raises(ValueError, match=r".+"):
        inflate(packed, len(CONTENT))


def test_a_size_beyond_all_memory_is_an_error():
    with pytest.raises(ValueError, match=r".+"):
        inflate(deflated(b"x"), 1 << 63)


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 600])
def test_pieces_are_packed_as_one(count):
    pieces = [b"%d," % number for number in range(count)]
    content = b"".join(pieces)
    assert pack(pieces, deflated=False) == Packed(content, zlib.crc32(content), len(content))
    small = pack(map(memoryview, pieces), deflated=True)
    assert (small.crc, small.size) == (zlib.crc32(content), len(content))
    assert zlib.decompress(small.packed, -15) == content


def test_what_shall_last_is_packed_by_the_standard_library():
    assert pack_lasting(CONTENT) == Packed(deflated(CONTENT), zlib.crc32(CONTENT), len(CONTENT))
