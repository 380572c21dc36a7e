"""The parts of a workbook as the tests look at them."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from zipfile import ZipFile

from capa_xl.model.schema import SHEETS

NAMES = tuple(spec.name for spec in SHEETS)


@cache
def parts(blob: bytes) -> dict[str, str]:
    """Member name → text."""
    with ZipFile(BytesIO(blob)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def sheet_xml(blob: bytes, sheet: str) -> str:
    """A sheet's part; sheets stand in the order of the schema."""
    return parts(blob)[f"xl/worksheets/sheet{NAMES.index(sheet) + 1}.xml"]


def tags(xml: str, name: str) -> list[dict[str, str]]:
    """The attributes of every start tag of that name."""
    found = re.findall(rf"<{name}((?: [^<>]*?)?)/?>", xml)
    return [dict(re.findall(r'([\w:]+)="([^"]*)"', attributes)) for attributes in found]
