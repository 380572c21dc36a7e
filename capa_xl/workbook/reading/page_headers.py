"""Which of our sheets print without the company's name: refresh writes no header, so 参数 may name it and no page."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from capa_xl.ooxml.sheet_scan import Sheet
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.ooxml.xml_bytes import elements
from capa_xl.ooxml.xstring import unescape_xml
from capa_xl.workbook.blank.printing import company_in_header

_NAME_OF_THE_SHEET = "&A"
"""What every header of ours has; one without is somebody's own, or there is none."""


def sheets_without_company(blob: bytes, names: Collection[str], company: str) -> tuple[str, ...]:
    """Those of the sheets, in workbook order, whose header is ours and doesn't name the company.

    Raises:
        UnreadableWorkbook, UnsafeWrite: The workbook is damaged, or a sheet has a DOCTYPE.
    """
    book, said = WorkbookValues(blob, keeps=False), company_in_header(company)
    tabs = (tab for tab in book.package.sheets if tab.name in names)
    headers = ((tab.name, "".join(_odd_header(book.scanned(tab)))) for tab in tabs)
    return tuple(name for name, header in headers if _NAME_OF_THE_SHEET in header and said not in header)


def _odd_header(sheet: Sheet) -> Iterator[str]:
    part = sheet.part
    for place in sheet.tail():
        if place.local == b"headerFooter":
            for one in elements(part, place.inside, place.close):
                if one.local == b"oddHeader":
                    yield unescape_xml(part.decode(part.body[one.inside : one.close]))
