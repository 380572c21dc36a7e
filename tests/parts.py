"""Small changes to the parts of a workbook's bytes, for what no writing library can be talked into."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile


def swapped(blob: bytes, old: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with a piece of one part's XML replaced; the piece must be there."""
    stream = BytesIO()
    with ZipFile(BytesIO(blob)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                if old.encode() not in content:
                    raise ValueError(f"{old!r} isn't in {part}")
                content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    return stream.getvalue()


def recoded(blob: bytes, codec: str) -> bytes:
    """The workbook with its workbook, sheet and string parts in another coding, declared or marked."""
    stream = BytesIO()
    with ZipFile(BytesIO(blob)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in ("xl/workbook.xml", "xl/sharedStrings.xml") or name.startswith("xl/worksheets/sheet"):
                content = content.decode().replace('encoding="UTF-8"', f'encoding="{codec}"').encode(codec)
            target.writestr(name, content)
    return stream.getvalue()
