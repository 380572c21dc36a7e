"""Workbooks made to exhaust or fool whoever opens them; each by what it does, made as it is asked for.

Sizes are what broke this program or others: a million styles, two gigabytes behind a picture, strings of no end.
"""

from __future__ import annotations

import os
import socket
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from tests.app.office import QUALITY, SETTINGS
from tests.faults.scenarios import TRACKER
from tests.tables import workbook_bytes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STRINGS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
MILLION, GIB = 1_000_000, 1 << 30
_PIECE = 1 << 20

Content = bytes | Iterable[bytes]


def sound() -> dict[str, bytes]:
    """The members of a sound tracker."""
    blob = workbook_bytes({"改进计划跟踪表": TRACKER, "人员部门": QUALITY, "参数": SETTINGS})
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(blob)) as book:
        return {name: book.read(name) for name in book.namelist()}


def write_zip(path: Path, members: Mapping[str, Content], sizes: Mapping[str, int] | None = None) -> None:
    """A zip of members, each deflated as it comes, so that gigabytes need no memory.

    Args:
        sizes: Unpacked sizes that the zip claims instead of the true ones.
    """
    heads, at = [], 0
    with path.open("wb") as file:
        for name, content in members.items():
            crc, size, packed = _packed([content] if isinstance(content, bytes) else content)
            size = (sizes or {}).get(name, size)
            raw = name.encode()
            common = struct.pack("<HHHHHLLLH", 20, 0x800, 8, 0, 33, crc, len(packed), size, len(raw))
            file.write(b"PK\x03\x04" + common + struct.pack("<H", 0) + raw + packed)
            heads.append(
                b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHHLL", 0, 0, 0, 0, 0, at) + raw
            )
            at += 30 + len(raw) + len(packed)
        directory = b"".join(heads)
        count = min(len(heads), 0xFFFF)
        file.write(directory + struct.pack("<LHHHHLLH", 0x06054B50, 0, 0, count, count, len(directory), at, 0))


def _packed(pieces: Iterable[bytes]) -> tuple[int, int, bytes]:
    stream, crc, size, out = zlib.compressobj(9, zlib.DEFLATED, -15), 0, 0, []
    for piece in pieces:
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        out.append(stream.compress(piece))
    return crc, size, b"".join((*out, stream.flush()))


def many(item: bytes, count: int, head: bytes = b"", tail: bytes = b"") -> Iterator[bytes]:
    """`head`, the item so often, `tail`; gathered to pieces."""
    yield head
    at_once = max(1, _PIECE // len(item))
    for _ in range(count // at_once):
        yield item * at_once
    yield item * (count % at_once)
    yield tail


def numbered(form: bytes, numbers: Iterable[int], head: bytes = b"", tail: bytes = b"") -> Iterator[bytes]:
    """The same with a number in each item."""
    yield head
    gathered: list[bytes] = []
    for number in numbers:
        gathered.append(form.replace(b"%d", b"%d" % number))
        if len(gathered) == 20_000:
            yield b"".join(gathered)
            gathered.clear()
    yield b"".join((*gathered, tail))


def _in_sheet(where: bytes, added: Callable[[], Content]) -> Callable[[dict[str, bytes]], Content]:
    """The tracker's sheet with something put in front of a tag; asked for anew each time it is made."""

    def changed(parts: dict[str, bytes]) -> Iterator[bytes]:
        head, tag, tail = parts[SHEET].partition(where)
        yield head
        more = added()
        yield from [more] if isinstance(more, bytes) else more
        yield tag + tail

    return changed


def _styles(list_name: bytes, item: bytes) -> Callable[[dict[str, bytes]], Content]:
    def changed(parts: dict[str, bytes]) -> Iterator[bytes]:
        head, tag, tail = parts[STYLES].partition(b"</" + list_name + b">")
        yield from numbered(item, range(MILLION), head, tag + tail)

    return changed


def _before(part: str, where: bytes, item: bytes, count: int = MILLION) -> Callable[[dict[str, bytes]], Content]:
    def changed(parts: dict[str, bytes]) -> Iterator[bytes]:
        head, tag, tail = parts[part].partition(where)
        yield from many(item, count, head, tag + tail)

    return changed


def _doctype(part: str) -> Callable[[dict[str, bytes]], Content]:
    """A billion laughs: nine levels of ten entities, asked for once."""

    def changed(parts: dict[str, bytes]) -> bytes:
        levels = b"".join(
            b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10 if level else b"lol") for level in range(9)
        )
        declaration, _, rest = parts[part].partition(b"?>")
        return declaration + b"?><!DOCTYPE a [" + levels + b"]>" + rest.replace(b"</", b"&l8;</", 1)

    return changed


EMPTY_STRINGS = f'<?xml version="1.0"?><sst xmlns="{MAIN}">'.encode()
ROWS_END = b"</sheetData>"
Change = Callable[[dict[str, bytes]], Content]

IN_A_PART: dict[str, tuple[str, Change]] = {
    "a million cell formats": (
        STYLES,
        _styles(b"cellXfs", b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="%d"/>'),
    ),
    "a million fonts": (STYLES, _styles(b"fonts", b'<font><sz val="%d"/></font>')),
    "a million borders": (STYLES, _styles(b"borders", b'<border x="%d"/>')),
    "shared strings of 2 GiB": (
        STRINGS,
        lambda _: many(b" " * _PIECE, 2048, EMPTY_STRINGS + b"<si><t>", b"</t></si></sst>"),
    ),
    "two million shared strings": (
        STRINGS,
        lambda _: numbered(b"<si><t>%d</t></si>", range(2 * MILLION), EMPTY_STRINGS, b"</sst>"),
    ),
    "a sheet of 1 GiB of blanks": (SHEET, _in_sheet(ROWS_END, lambda: many(b" " * _PIECE, 1024))),
    "a million comments without end": (SHEET, _in_sheet(ROWS_END, lambda: many(b"<!--", MILLION))),
    "a million CDATA without end": (BOOK, _before(BOOK, b"</workbook>", b"<![CDATA[")),
    "a million instructions without end": (STYLES, _before(STYLES, b"</styleSheet>", b"<?")),
    "a million cells without end": (SHEET, _in_sheet(ROWS_END, lambda: many(b"<c ", MILLION))),
    "a million rows without end": (SHEET, _in_sheet(ROWS_END, lambda: many(b"<row ", MILLION))),
    "a million formulas without cells": (SHEET, _in_sheet(ROWS_END, lambda: many(b"<f >", MILLION))),
    "a million errors without end": (SHEET, _in_sheet(ROWS_END, lambda: many(b'<c t="e"/>', MILLION))),
    "a million elements deep": (SHEET, _in_sheet(ROWS_END, lambda: many(b"<a>", MILLION))),
    "a million elements deep in the workbook part": (BOOK, _before(BOOK, b"</workbook>", b"<a>")),
    "a million attributes": (
        SHEET,
        _in_sheet(b"<sheetData", lambda: numbered(b' a%d="1"', range(MILLION), b"<a", b"/>")),
    ),
    "a million defined names": (BOOK, lambda parts: _names(parts)),
    "a million merged cells over each other": (
        SHEET,
        _in_sheet(
            b"</worksheet>",
            lambda: numbered(b'<mergeCell ref="A1:XFD%d"/>', range(2, MILLION), b"<mergeCells>", b"</mergeCells>"),
        ),
    ),
    "a million drop-downs": (
        SHEET,
        _in_sheet(
            b"</worksheet>",
            lambda: numbered(
                b'<dataValidation type="list" sqref="A1:XFD%d"><formula1>A1:XFD%d</formula1></dataValidation>',
                range(2, MILLION),
                b"<dataValidations>",
                b"</dataValidations>",
            ),
        ),
    ),
    "a drop-down of every cell": (
        SHEET,
        _in_sheet(
            b"</worksheet>",
            lambda: (
                b'<dataValidations count="1"><dataValidation type="list" sqref="A2:A9">'
                b"<formula1>A1:XFD1048576</formula1></dataValidation></dataValidations>"
            ),
        ),
    ),
    "a million conditional formats": (
        SHEET,
        _in_sheet(b"</worksheet>", lambda: numbered(b'<conditionalFormatting sqref="A%d"/>', range(1, MILLION))),
    ),
    "a lonely cell in the last corner": (
        SHEET,
        _in_sheet(ROWS_END, lambda: b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "a million rows, one cell in column IZ": (
        SHEET,
        _in_sheet(
            ROWS_END,
            lambda: numbered(
                b'<row r="%d"></row>',
                range(40, 1_048_576),
                b"",
                b'<row r="1048576"><c r="IZ1048576"><v>1</v></c></row>',
            ),
        ),
    ),
    "a number of a million digits": (
        SHEET,
        _in_sheet(ROWS_END, lambda: b'<row r="40"><c r="A40"><v>' + b"9" * MILLION + b"</v></c></row>"),
    ),
    "a formula of a million quotes": (
        SHEET,
        _in_sheet(ROWS_END, lambda: b'<row r="40"><c r="A40"><f>' + b'"' * (MILLION + 1) + b"</f><v>1</v></c></row>"),
    ),
    "a format code of a million brackets": (STYLES, lambda parts: _format_code(parts)),
    "16,384 headings": (SHEET, lambda parts: _headings(parts)),
    "a million relationships": (
        "xl/_rels/workbook.xml.rels",
        _before(
            "xl/_rels/workbook.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="x" Type="http://x/styles" Target="styles.xml"/>',
        ),
    ),
    "entities of a billion in the sheet": (SHEET, _doctype(SHEET)),
    "entities of a billion in the strings": (STRINGS, _doctype(STRINGS)),
    "entities of a billion in the styles": (STYLES, _doctype(STYLES)),
    "entities of a billion in the workbook part": (BOOK, _doctype(BOOK)),
    "entities of a billion in the theme": ("xl/theme/theme1.xml", _doctype("xl/theme/theme1.xml")),
    "entities of a billion in the properties": ("docProps/core.xml", _doctype("docProps/core.xml")),
    "a raw NUL in the sheet": (SHEET, _in_sheet(ROWS_END, lambda: b"\0")),
    "text behind the sheet": (SHEET, lambda parts: parts[SHEET] + b"and more"),
    "text in front of the sheet": (SHEET, lambda parts: parts[SHEET].replace(b"<worksheet", b"text<worksheet", 1)),
}
"""What is wrong → the part it is in, and that part made from the sound ones."""


def _names(parts: dict[str, bytes]) -> Iterator[bytes]:
    head, tag, tail = parts[BOOK].partition(b"</sheets>")
    names = numbered(b'<definedName name="n%d">$A$1</definedName>', range(MILLION))
    yield head + tag + b"<definedNames>"
    yield from names
    yield b"</definedNames>" + tail


def _format_code(parts: dict[str, bytes]) -> bytes:
    code = b'<numFmts count="1"><numFmt numFmtId="200" formatCode="' + b"[" * MILLION + b'"/></numFmts>'
    return parts[STYLES].replace(b"<fonts", code + b"<fonts", 1).replace(b'numFmtId="14"', b'numFmtId="200"')


def _headings(parts: dict[str, bytes]) -> bytes:
    """One row with a heading of its own in every column Excel has, a hundred rows below it."""
    from capa_xl.a1 import column_letters

    letters = [column_letters(column).encode() for column in range(1, 16_385)]
    head = b"".join(b'<c r="%s1" t="inlineStr"><is><t>heading %s due date</t></is></c>' % (one, one) for one in letters)
    row = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (at, at) for at in range(2, 102))
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData><row r="1">'.encode()
        + head
        + (b"</row>" + row + b"</sheetData></worksheet>")
    )


def _with_part(path: Path, name: str, content: Content, sizes: Mapping[str, int] | None = None) -> None:
    write_zip(path, {**sound(), name: content}, sizes)


def _one_long_string(path: Path) -> None:
    """30 KB, shown by a million cells: 30 GB."""
    parts = sound()
    strings = EMPTY_STRINGS + b"<si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    cells = b"".join(b'<c r="%s%%d" t="s"><v>0</v></c>' % bytes([65 + at]) for at in range(10))
    rows = numbered(b'<row r="%d">' + cells + b"</row>", range(1, 100_001))
    head = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>'.encode()
    write_zip(path, {**parts, STRINGS: strings, SHEET: _joined(head, rows, b"</sheetData></worksheet>")})


def _joined(head: bytes, pieces: Iterable[bytes], tail: bytes) -> Iterator[bytes]:
    yield head
    yield from pieces
    yield tail


def _many_members(path: Path) -> None:
    write_zip(path, {**sound(), **{f"xl/a{at}.bin": b"" for at in range(60_000)}})


def _many_sheets(path: Path) -> None:
    parts = sound()
    tabs = b"".join(b'<sheet name="t%d" sheetId="%d" r:id="rId1"/>' % (at, at + 100) for at in range(20_000))
    parts[BOOK] = parts[BOOK].replace(b"</sheets>", tabs + b"</sheets>")
    write_zip(path, parts)


def _shared_bytes(path: Path) -> None:
    """Ten thousand members of the same 10 MB: 100 GB in 20 KB and a directory."""
    parts = sound()
    write_zip(path, {**parts, "xl/a0.xml": many(b" " * _PIECE, 10)})
    blob = path.read_bytes()
    directory = blob.index(b"PK\x01\x02")
    last = blob.rindex(b"PK\x01\x02")
    end = blob.rindex(b"PK\x05\x06")
    entries = b"".join(blob[last:end].replace(b"xl/a0.xml", b"x/%06d" % at + b"x") for at in range(10_000))
    count = blob.count(b"PK\x01\x02") + 10_000
    tail = struct.pack("<LHHHHLLH", 0x06054B50, 0, 0, count, count, end - directory + len(entries), directory, 0)
    path.write_bytes(blob[:end] + entries + tail)


def _comments(path: Path) -> None:
    parts = sound()
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    )
    rels += b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" '
    rels += b'Target="../comments1.xml"/>'
    head = f'<?xml version="1.0"?><comments xmlns="{MAIN}"><authors><author/></authors><commentList>'.encode()
    comment = b'<comment ref="A%d" authorId="0"><text><t>x</t></text></comment>'
    content = numbered(comment, range(1, MILLION + 1), head, b"</commentList></comments>")
    write_zip(
        path, {**parts, "xl/worksheets/_rels/sheet1.xml.rels": rels + b"</Relationships>", "xl/comments1.xml": content}
    )


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(20 * GIB)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


WHOLE: dict[str, Callable[[Path], object]] = {
    "a picture of 2 GiB": lambda path: _with_part(path, "xl/media/image1.png", many(bytes(_PIECE), 2048)),
    "a drawing of 2 GiB": lambda path: _with_part(path, "xl/drawings/drawing9.xml", many(b" " * _PIECE, 2048)),
    "strings that say 1 KB and are 2 GiB": lambda path: _with_part(
        path, STRINGS, many(b" " * _PIECE, 2048, EMPTY_STRINGS, b"</sst>"), {STRINGS: 1000}
    ),
    "60,000 members": _many_members,
    "20,000 sheets": _many_sheets,
    "ten thousand members of the same bytes": _shared_bytes,
    "one string of 30 KB in a million cells": _one_long_string,
    "a million comments": _comments,
    "a file of 20 GiB": _sparse,
    "a pipe": lambda path: os.mkfifo(path),
    "a folder": lambda path: path.mkdir(),
    "a socket": _socket,
    "a device": lambda path: path.symlink_to("/dev/zero"),
}
"""What is wrong → makes it at a path."""

HOSTILE = (*IN_A_PART, *WHOLE)


def make(name: str, path: Path) -> None:
    """One hostile file."""
    if name in WHOLE:
        WHOLE[name](path)
        return
    part, change = IN_A_PART[name]
    parts = sound()
    write_zip(path, {**parts, part: change(parts)})
