"""Workbooks made by hand for tests: parts as text, zips with every oddity real files have."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="等线"/></font>'
    '<font><b/><sz val="11"/><name val="等线"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment wrapText="1"/></xf>'
    "</cellXfs></styleSheet>"
)


@dataclass
class Book:
    """The parts of a small workbook; every field may be bent by a test before `blob()`."""

    rows: str = ""
    head: str = ""
    tail: str = ""
    name: str = "表"
    other: str | None = None  # rows of a second sheet 他表
    strings: tuple[str, ...] = ()  # contents of <si>
    styles: str | None = STYLES
    workbook_extra: str = ""  # behind <sheets>
    workbook_before: str = ""  # before <sheets>
    sheet_attributes: str = ""
    sheet_relations: tuple[tuple[str, str], ...] = ()  # (type's last segment, target)
    workbook_relations: tuple[tuple[str, str], ...] = ()
    parts: dict[str, str | bytes] = field(default_factory=dict)
    overrides: str = ""
    main: str = MAIN
    rel: str = REL
    sheet_xml: str | bytes | None = None
    sheet_state: str = ""
    sheet_target: str = "worksheets/sheet1.xml"

    def sheet(self) -> str | bytes:
        if self.sheet_xml is not None:
            return self.sheet_xml
        data = f"<sheetData>{self.rows}</sheetData>" if self.rows is not None else "<sheetData/>"
        return (
            f'{DECLARATION}<worksheet xmlns="{self.main}" xmlns:r="{self.rel}"{self.sheet_attributes}>'
            f"{self.head}{data}{self.tail}</worksheet>"
        )

    def members(self) -> dict[str, bytes]:
        """Name → content, in the order Excel writes them."""
        found: dict[str, str | bytes] = {"[Content_Types].xml": self._types()}
        found["_rels/.rels"] = relations(self.rel, (("officeDocument", "xl/workbook.xml"),))
        tabs = f'<sheet name="{self.name}" sheetId="1"{self.sheet_state} r:id="rId1"/>'
        listed = [("worksheet", self.sheet_target)]
        if self.other is not None:
            tabs += '<sheet name="他表" sheetId="2" r:id="rId2"/>'
            listed.append(("worksheet", "worksheets/sheet2.xml"))
        found["xl/workbook.xml"] = (
            f'{DECLARATION}<workbook xmlns="{self.main}" xmlns:r="{self.rel}">{self.workbook_before}'
            f"<sheets>{tabs}</sheets>{self.workbook_extra}</workbook>"
        )
        if self.styles is not None:
            listed.append(("styles", "styles.xml"))
        if self.strings:
            listed.append(("sharedStrings", "sharedStrings.xml"))
        found["xl/_rels/workbook.xml.rels"] = relations(self.rel, (*listed, *self.workbook_relations))
        found["xl/worksheets/sheet1.xml"] = self.sheet()
        if self.sheet_relations:
            found["xl/worksheets/_rels/sheet1.xml.rels"] = relations(self.rel, self.sheet_relations)
        if self.other is not None:
            found["xl/worksheets/sheet2.xml"] = (
                f'{DECLARATION}<worksheet xmlns="{self.main}"><sheetData>{self.other}</sheetData></worksheet>'
            )
        if self.styles is not None:
            found["xl/styles.xml"] = self.styles
        if self.strings:
            items = "".join(f"<si>{item}</si>" for item in self.strings)
            found["xl/sharedStrings.xml"] = f'{DECLARATION}<sst xmlns="{self.main}">{items}</sst>'
        found.update(self.parts)
        return {name: part.encode() if isinstance(part, str) else part for name, part in found.items()}

    def blob(self) -> bytes:
        return zipped(self.members())

    def _types(self) -> str:
        return (
            f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            f"{self.overrides}</Types>"
        )


def relations(rel: str, listed: tuple[tuple[str, str], ...]) -> str:
    """A .rels part; a type with a colon is taken whole."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if ":" in kind else f"{rel}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(listed, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE_REL}">{lines}</Relationships>'


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A plain zip with a fixed date."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, (2026, 11, 22, 8, 0, 0))
            entry.compress_type = method
            archive.writestr(entry, content)
    return stream.getvalue()


def raw_zip(
    members: dict[str, bytes],
    *,
    descriptor: str = "",
    central_order: tuple[str, ...] = (),
    flags: int = 0,
    zip64: bool = False,
    comment: bytes = b"",
    prefix: bytes = b"",
    stored: tuple[str, ...] = (),
) -> bytes:
    """A zip written byte by byte.

    Args:
        members: Name → content, in physical order.
        descriptor: "12", "16" (with signature) or "24" (zip64): sizes stand behind the data; "none": promised, absent.
        central_order: The order of the central directory, if another one.
        flags: More general purpose bits (1: encrypted).
        zip64: Sizes and offsets in the zip64 extra, with zip64 end records.
        comment: Of the archive.
        prefix: Bytes before the zip proper, not counted in its offsets.
        stored: Names that aren't compressed.
    """
    body = b""
    heads: dict[str, bytes] = {}
    for name, content in members.items():
        method = 0 if name in stored else 8
        packed = content if method == 0 else deflated(content)
        crc, bits = zlib.crc32(content), flags | (8 if descriptor else 0)
        raw = name.encode()
        shown = (0, 0, 0) if descriptor else (crc, len(packed), len(content))
        local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, bits, method, 0, 0x5D6C, *shown, len(raw), 0) + raw
        offset = len(body)
        trailer = {
            "12": struct.pack("<3L", crc, len(packed), len(content)),
            "16": struct.pack("<4s3L", b"PK\7\10", crc, len(packed), len(content)),
            "24": struct.pack("<4sLQQ", b"PK\7\10", crc, len(packed), len(content)),
        }.get(descriptor, b"")
        body += local + packed + trailer
        extra = struct.pack("<2H3Q", 1, 24, len(content), len(packed), offset) if zip64 else b""
        sizes = (0xFFFFFFFF, 0xFFFFFFFF) if zip64 else (len(packed), len(content))
        fields = (20, 20, bits, method, 0, 0x5D6C, crc, *sizes, len(raw), len(extra), 0, 0, 0, 0)
        heads[name] = struct.pack("<4s6H3L5H2L", b"PK\1\2", *fields, 0xFFFFFFFF if zip64 else offset) + raw + extra
    directory = b"".join(heads[name] for name in (central_order or tuple(heads)))
    count, start = len(heads), len(body)
    tail = b""
    if zip64:
        record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), start)
        tail = record + struct.pack("<4sLQL", b"PK\6\7", 0, start + len(directory), 1)
    end_start = 0xFFFFFFFF if zip64 else start
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), end_start, len(comment))
    return prefix + body + directory + tail + end + comment


def deflated(content: bytes, level: int = 6) -> bytes:
    """A raw-deflate stream, as it lies in a zip."""
    stream = zlib.compressobj(level, zlib.DEFLATED, -15)
    return stream.compress(content) + stream.flush()


def declared(codec: str) -> bytes:
    """An XML declaration that names a coding."""
    return f'<?xml version="1.0" encoding="{codec}"?>'.encode()


def contents(blob: bytes) -> dict[str, bytes]:
    """Name → content of every member, in the order of the directory; their checksums are looked at."""
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def member(blob: bytes, name: str) -> bytes:
    """The content of one member."""
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return archive.read(name)


def sheet_text(blob: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    """A sheet's XML."""
    return member(blob, name).decode()


def differing(before: bytes, after: bytes) -> set[str]:
    """The names of members that are new, gone or different."""
    old, new = contents(before), contents(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
