"""Extra fields of a zip's entries."""

from __future__ import annotations

import struct

import pytest

from capa_xl.ooxml.zip_records import extra_field, without_extra


def one(kind: int, content: bytes) -> bytes:
    return struct.pack("<2H", kind, len(content)) + content


BOTH = one(0x5455, b"time") + one(1, b"12345678") + one(9, b"")


@pytest.mark.parametrize(
    ("extra", "kind", "content"),
    [
        (BOTH, 0x5455, b"time"), (BOTH, 1, b"12345678"), (BOTH, 9, b""), (BOTH, 2, b""), (b"", 1, b""),
        (b"\1\0\0", 1, b""), (one(1, b"12")[:-1], 1, b"1"), (one(2, b"x") + one(1, b""), 1, b""),
        (one(1, b"a") + one(1, b"b"), 1, b"a"),
    ],
)  # fmt: skip
def test_an_extra_field_is_found_by_its_kind(extra, kind, content):
    assert extra_field(extra, kind) == content


@pytest.mark.parametrize(
    ("extra", "kept"),
    [
        (BOTH, one(0x5455, b"time") + one(9, b"")), (b"", b""), (one(1, b"x"), b""), (one(2, b"x"), one(2, b"x")),
        (one(1, b"x") + b"\1\0\0", b"\1\0\0"), (one(2, b"x") + b"\1", one(2, b"x") + b"\1"),
    ],
)  # fmt: skip
def test_one_kind_is_left_out_and_all_else_kept(extra, kept):
    assert without_extra(extra, 1) == kept
