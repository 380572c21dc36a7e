"""What LibreOffice makes of 总览 and 时间轴 when it computes every formula afresh."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

from capa_xl.model.schema import OVERVIEW_SHEET, SHEETS

NAMES = [spec.name for spec in SHEETS]
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def recalculated(
    books: Mapping[str, tuple[bytes, date]], folder: Path, sheet: str = OVERVIEW_SHEET
) -> dict[str, dict[str, object]]:
    """Formula cell → LibreOffice's result, for each named workbook, with TODAY() standing for its day.

    Every cached result is spoilt first, so that none can be taken over.
    """
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice is not on the PATH: 总览's cached values can't be compared with a recalculation")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_ALWAYS)
    for name, (blob, today) in books.items():
        (folder / f"{name}.xlsx").write_bytes(_spoilt(blob, today, sheet))
    own_profile = f"-env:UserInstallation={profile.parent.as_uri()}"
    wanted = [str(folder / f"{name}.xlsx") for name in books]
    call = [soffice, own_profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), *wanted]
    subprocess.run(call, check=True, capture_output=True, timeout=300)
    return {name: results((folder / "out" / f"{name}.xlsx").read_bytes(), sheet) for name in books}


def results(blob: bytes, sheet: str = OVERVIEW_SHEET) -> dict[str, object]:
    """Formula cell → cached result of a sheet; an empty text and no result are both ""."""
    pairs = zip(_cells(blob, sheet), _cells(blob, sheet, data_only=True), strict=True)
    return {formula.coordinate: _plain(value.value) for formula, value in pairs if formula.data_type == "f"}


def sheet_cells(blob: bytes) -> dict[str, object]:
    """Cell → value or cached result of 总览, for every cell that is there."""
    return {cell.coordinate: _plain(cell.value) for cell in _cells(blob, OVERVIEW_SHEET, data_only=True)}


def _cells(blob: bytes, sheet: str, *, data_only: bool = False) -> Iterator[ReadOnlyCell]:
    """The cells that stand in one sheet; the others, which are larger, are not read."""
    book = openpyxl.load_workbook(BytesIO(blob), read_only=True, data_only=data_only)
    return (cell for row in book[sheet].iter_rows() for cell in row if not isinstance(cell, EmptyCell))


def _plain(value: object) -> object:
    return "" if value is None else value


_NO_MATTER = re.compile(
    rb"<conditionalFormatting.*</conditionalFormatting>|<dataValidations.*</dataValidations>"
    rb'|<definedName name="_xlnm\.Print_[^>]*>[^<]*</definedName>',
    re.DOTALL,
)
"""What no value depends on: colours, lists to choose from, and print titles, over which LibreOffice takes its time."""


def _spoilt(blob: bytes, today: date, sheet: str) -> bytes:
    stream, part = BytesIO(), f"xl/worksheets/sheet{NAMES.index(sheet) + 1}.xml"
    with ZipFile(BytesIO(blob)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/workbook.xml" or name.startswith("xl/worksheets/sheet"):
                content = _NO_MATTER.sub(b"", content)
            if name == part:
                xml = content.decode().replace("TODAY()", f"DATE({today.year},{today.month},{today.day})")
                content = re.sub(r"</f><v>[^<]*</v>", "</f><v>77</v>", xml).encode()
            target.writestr(name, content)
    return stream.getvalue()
