"""Workbooks with something wrong in them: made from a sound one by a few random changes, the same for the same seed."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random

TOKENS = (
    *(b"<", b">", b"/>", b"</", b'"', b"'", b"&", b"&#0;", b"&#xD800;", b"&amp;", b"&lt;", b"<!--", b"-->"),
    *(b"<![CDATA[", b"]]>", b"<?x ?>", b"<!DOCTYPE a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"\x00"),
    *(b"\xff", b"\xed\xa0\x80", "﻿".encode(), b"_x0041_", b"_x005F_", b"<f>", b"<f/>"),
    *(b'<f t="shared" si="0"/>', b"<v/>", b"<v>9</v>", b'<c t="s"><v>99999999</v></c>'),
    *(b'<c r="XFD1048576"><v>1</v></c>', b'<row r="1048576"/>', b'<row r="0"/>', b'<c r="A0"/>'),
    *(b'<c r="AAAA1"/>', b"<is><t>x</t></is>", b' xml:space="preserve"', b' t="d"', b' t="e"', b' t="b"'),
    *(b' s="4294967295"', b' s="-1"', b' r="A1"', b"NaN", b"1e999", b"-1e-999", b"2958466", b"-1", b"0x10"),
    *(b"4294967296", b"99999999999999999999", "完成期限".encode(), "编号".encode(), b"2026-02-30", b"A1:XFD1048576"),
    *(b"A1:A1048576", b"mc:AlternateContent", b"x:", b" ", b"\r\n", b"9" * 5000, b" " * 50000, b"<a>" * 2000),
)  # fmt: skip
"""What has broken readers elsewhere, put in anywhere."""

Change = Callable[[bytes, Random], bytes]


def mutated(blob: bytes, rng: Random) -> bytes:
    """One to five changes: mostly within a part, at times of the zip around the parts."""
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5))):
        blob = _changed_zip(blob, rng) if rng.random() < 0.15 else _changed_part(blob, rng)
    return blob


def _changed_zip(blob: bytes, rng: Random) -> bytes:
    """Bytes of the zip itself: headers, lengths, the directory."""
    if len(blob) < 30:
        return blob
    tail = rng.random() < 0.7
    at = rng.randrange(max(0, len(blob) - 3000), len(blob)) if tail else rng.randrange(len(blob))
    how = rng.randrange(4)
    if how == 0:
        return blob[:at] + bytes([rng.randrange(256)]) + blob[at + 1 :]
    if how == 1:
        return blob[:at] + rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f", b"\xff\xff")) + blob[at + 4 :]
    if how == 2:
        return blob[:at]
    return blob[:at] + blob[rng.randrange(len(blob)) :][: rng.randrange(200)] + blob[at:]


def _changed_part(blob: bytes, rng: Random) -> bytes:
    """One part rewritten, swapped with another, dropped or given twice; the zip around it stays sound."""
    try:
        with zipfile.ZipFile(BytesIO(blob)) as book:
            parts = [(one.filename, book.read(one)) for one in book.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zipfile.zlib.error):
        return _changed_zip(blob, rng)
    if not parts:
        return blob
    at = rng.randrange(len(parts))
    name, content = parts[at]
    how = rng.random()
    if how < 0.04:
        del parts[at]
    elif how < 0.06:
        parts.append((rng.choice((name, name.upper(), name.replace("/", "\\"), "/" + name)), content))
    elif how < 0.08:
        parts[at] = (name, parts[rng.randrange(len(parts))][1])
    else:
        parts[at] = (name, rng.choice(CHANGES)(content, rng))
    return _zipped(parts)


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    stream = BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts:
            book.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 1)
    return stream.getvalue()


def _one_byte(xml: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(xml) + 1)
    return xml[:at] + bytes([rng.randrange(256)]) + xml[at + 1 :]


def _token_in(xml: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(xml) + 1)
    return xml[:at] + rng.choice(TOKENS) + xml[at:]


def _token_for_value(xml: bytes, rng: Random) -> bytes:
    """The value of an attribute, or the text of an element, becomes something else."""
    opening, closing = rng.choice(((b'="', b'"'), (b">", b"<")))
    spots = _spots(xml, opening, rng)
    if spots is None:
        return _token_in(xml, rng)
    end = xml.find(closing, spots)
    return xml[:spots] + rng.choice(TOKENS).replace(b'"', b"") + xml[end if end >= 0 else spots :]


def _piece_out(xml: bytes, rng: Random) -> bytes:
    at, length = rng.randrange(len(xml) + 1), rng.choice((1, 2, 5, 20, 100, 1000))
    return xml[:at] + xml[at + length :]


def _element_twice(xml: bytes, rng: Random) -> bytes:
    """From one tag to another repeated: rows and cells twice, unbalanced nests."""
    first = _spots(xml, b"<", rng)
    if first is None:
        return xml
    last = xml.find(b">", min(len(xml) - 1, first + rng.choice((1, 10, 100, 1000))))
    piece = xml[first - 1 : last + 1]
    return xml[: last + 1] + piece * rng.choice((1, 2, 50)) + xml[last + 1 :]


def _element_moved(xml: bytes, rng: Random) -> bytes:
    first, second = _spots(xml, b"<", rng), _spots(xml, b"<", rng)
    if first is None or second is None:
        return xml
    end = xml.find(b">", first) + 1
    piece = xml[first - 1 : end]
    rest = xml[: first - 1] + xml[end:]
    return rest[: second - 1] + piece + rest[second - 1 :]


def _cut(xml: bytes, rng: Random) -> bytes:
    return xml[: rng.randrange(len(xml) + 1)]


def _recoded(xml: bytes, rng: Random) -> bytes:
    codec = rng.choice(("utf-16", "utf-16-le", "utf-16-be", "gbk", "utf-32", "utf-7"))
    return xml.decode("utf-8", "replace").encode(codec, "replace")


def _spots(xml: bytes, mark: bytes, rng: Random) -> int | None:
    """Behind a random occurrence of a mark."""
    if len(xml) < 2:
        return None
    start = rng.randrange(len(xml))
    at = xml.find(mark, start)
    at = at if at >= 0 else xml.find(mark)
    return at + len(mark) if at >= 0 else None


CHANGES: tuple[Change, ...] = (
    *(_one_byte, _token_in, _token_in, _token_for_value, _token_for_value, _token_for_value),
    *(_piece_out, _element_twice, _element_moved, _cut, _recoded),
)  # fmt: skip
