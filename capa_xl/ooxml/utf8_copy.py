"""A workbook whose parts are all UTF-8, for a reader that knows nothing else; never written back."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from capa_xl.errors import UnreadableWorkbook
from capa_xl.ooxml.container import Container
from capa_xl.ooxml.package import Package
from capa_xl.ooxml.xml_bytes import read_coding, read_part

_HEAD = 200
"""More bytes than a byte order mark and a declaration take."""
_DECLARATION = re.compile(r"^[\ufeff\s]*<\?xml[^>]*\?>")


def is_utf8(package: Package) -> bool:
    """Whether workbook, sheets, strings and styles are in UTF-8.

    Must be known before: a part in UTF-16 without any Chinese is valid UTF-8 too, and would be read as empty.
    """
    parts = (package.workbook_part, package.shared_strings, package.styles, *(sheet.part for sheet in package.sheets))
    heads = (package.container.head(package.member(part), _HEAD) for part in parts if part)
    return all(_codec(head) in ("utf-8", "") for head in heads)


def utf8_copy(container: Container) -> bytes | None:
    """The workbook with every XML part in UTF-8; None when they are so already.

    Raises:
        UnreadableWorkbook: A part declares a coding nobody knows.
    """
    stream = BytesIO()
    changed = False
    with ZipFile(stream, "w") as copy:
        for member in container.members:
            if member.is_folder:
                continue
            content = container.read(member)
            if member.key.endswith((".xml", ".rels")) and read_coding(content).codec != "utf-8":
                content, changed = _recoded(content), True
            copy.writestr(member.name.replace("\\", "/"), content)
    return stream.getvalue() if changed else None


def _codec(content: bytes) -> str:
    """The coding of a part; "" for one that nobody knows, which is left to the reader."""
    try:
        return read_coding(content).codec
    except UnreadableWorkbook:
        return ""


def _recoded(content: bytes) -> bytes:
    part = read_part(content)
    return _DECLARATION.sub("", part.decode(part.body)).encode("utf-8", "replace")
