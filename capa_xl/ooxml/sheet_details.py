"""What a bulk reader doesn't say about a sheet's cells: error values, formulas, missing results, how far they reach.

Asked of the sheet's bytes. Quick ways are tried first, because most sheets have nothing of the kind; what isn't
written the usual way goes to `sheet_finders`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from capa_xl.a1 import Range, cell_at, parse_cell, parse_range
from capa_xl.errors import UnreadableWorkbook
from capa_xl.ooxml.sheet_finders import error_cells, formula_cells, used_range
from capa_xl.ooxml.xml_bytes import attributes, whole

RowColumn = tuple[int, int]
"""1-based row and column."""

_FAR_COLUMN = re.compile(rb'r="(?:[J-Z][A-Z]|[A-Z]{3})[0-9]')
_FAR_COLUMN_QUOTED = re.compile(rb"r='(?:[J-Z][A-Z]|[A-Z]{3})[0-9]")
_LAST_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["']([0-9]+)["']""")
_FORMULA = re.compile(rb"<f[\s/>]")
_PREFIXED_FORMULA = re.compile(rb":f[\s/>]")
_ERROR = re.compile(rb'\st="e"')
_ADDRESS = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"')
_RESULT = re.compile(rb"<v>[^<]")
_TEXT_RESULT = re.compile(rb"""\st=["']str["']""")
_ERROR_TEXT = re.compile(rb"v\s*>\s*(#[^<]*)<")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_FORMULA_TAG = re.compile(rb"<(?:\w+:)?f\s[^>]*>")
_MOST_CELLS = 20_000_000
_MANY_ROWS = 25_000
_HEAD = 100_000


def refuse_far_cells(name: str, xml: bytes) -> None:
    """Let a sheet pass whose cells lie together; a bulk reader would allocate the whole area for one stray cell.

    Raises:
        UnreadableWorkbook: A lonely cell far below or far to the right of the table.
    """
    area = used_range(xml) if _may_reach_far(xml) else None
    if area is None:
        return
    _, _, bottom, right = area
    if bottom * right > max(_MOST_CELLS, 50 * xml.count(b"<v")):
        raise UnreadableWorkbook(
            f"工作表《{name}》的内容一直延伸到 {cell_at(bottom, right)}，多半是误填的单元格。"
            "请删除表格以外的行和列，保存后再运行"
        )


class SheetDetails(NamedTuple):
    """What a sheet's bytes say of its cells; the attributes are those of `SheetValues`."""

    errors: Mapping[RowColumn, str]
    formulas: Mapping[RowColumn, bool]
    outlined: tuple[tuple[int, int], ...]
    arrays: tuple[Range, ...]


def details_of(xml: bytes) -> SheetDetails:
    """Everything that the reader of values leaves out."""
    formulas = formulas_in(xml)
    return SheetDetails(errors_in(xml), formulas, outlined_in(xml), arrays_in(xml) if formulas else ())


def errors_in(xml: bytes) -> dict[RowColumn, str]:
    """Cells that hold an error value, with its text (`#N/A`)."""
    if (b"'e'" if _is_single_quoted(xml) else b'"e"') not in xml:
        return {}
    if _is_plain(xml):
        found = (_error_at(xml, match.start()) for match in _ERROR.finditer(xml))
        return {place: text for place, text in found if place}
    return {place: "#N/A" for at in error_cells(xml) if (place := parse_cell(at))}


def formulas_in(xml: bytes) -> dict[RowColumn, bool]:
    """Cells that hold a formula, and whether its result is stored beside it."""
    pattern = _PREFIXED_FORMULA if b":sheetData" in xml[:_HEAD] else _FORMULA
    if not pattern.search(xml):
        return {}
    quick = dict(_quick_formulas(xml)) if _is_plain(xml) and b"<!" not in xml else {None: False}
    if None not in quick:
        return {place: solved for place, solved in quick.items() if place}
    return {(cell.row, cell.column): cell.has_value for cell in formula_cells(xml)}


def _quick_formulas(xml: bytes) -> Iterator[tuple[RowColumn | None, bool]]:
    """Formulas from their tag backwards to the cell's; None where a cell doesn't name itself."""
    end = xml.find(b"</sheetData")
    for match in _FORMULA.finditer(xml, 0, end if end >= 0 else len(xml)):
        start = xml.rfind(b"<c ", 0, match.start())
        tag_end = xml.find(b">", start)
        close = xml.find(b"</c>", match.start())
        address = _ADDRESS.match(xml, start, tag_end + 1)
        place = parse_cell(address[1].decode()) if address and tag_end < match.start() < close else None
        solved = _RESULT.search(xml, match.start(), close) or _TEXT_RESULT.search(xml, start, tag_end)
        yield place, solved is not None


def arrays_in(xml: bytes) -> tuple[Range, ...]:
    """The ranges of array formulas and data tables: their cells are written together or not at all."""
    if b"array" not in xml and b"dataTable" not in xml:
        return ()
    tags = (attributes(match[0]) for match in _FORMULA_TAG.finditer(xml))
    refs = (tag.get(b"ref", b"") for tag in tags if tag.get(b"t") in (b"array", b"dataTable"))
    return tuple(area for ref in refs if (area := parse_range(ref.decode("ascii", "replace"))))


def outlined_in(xml: bytes) -> tuple[tuple[int, int], ...]:
    """First and last column of every span that stands in an outline group, which a [+] above the columns unfolds."""
    head = xml[: xml.find(b"sheetData")]
    spans = (attributes(match[0]) for match in _COLUMNS.finditer(head))
    return tuple(
        (whole(span.get(b"min")), whole(span.get(b"max"))) for span in spans if whole(span.get(b"outlineLevel"))
    )


def _error_at(xml: bytes, at: int) -> tuple[RowColumn | None, str]:
    start = xml.rfind(b"<", 0, at)
    address = _ADDRESS.match(xml, start, xml.find(b">", at) + 1)
    text = _ERROR_TEXT.search(xml, at, max(xml.find(b"</c>", at), at))
    return (parse_cell(address[1].decode()) if address else None), text[1].decode(
        "ascii", "replace"
    ) if text else "#N/A"


def _may_reach_far(xml: bytes) -> bool:
    """A cheap doubt: columns behind IZ, or row numbers far beyond the number of rows."""
    if (_FAR_COLUMN_QUOTED if _is_single_quoted(xml) else _FAR_COLUMN).search(xml):
        return True
    at = max(xml.rfind(b"<row"), xml.rfind(b":row "))
    last = _LAST_ROW.search(xml, max(at - 40, 0)) if at >= 0 else None
    return last is not None and int(last[1]) > _MANY_ROWS and int(last[1]) > 2 * xml.count(b"row>")


def _is_plain(xml: bytes) -> bool:
    """Written as Excel does: no prefix, double quotes, cells that name themselves."""
    head = xml[:_HEAD]
    first = head.find(b"<c ")
    named = first < 0 or _ADDRESS.match(head, first) is not None
    return named and b"<sheetData" in head and not _is_single_quoted(xml)


def _is_single_quoted(xml: bytes) -> bool:
    """Writers keep to one kind of quotes; looking at the beginning is enough."""
    return b" r='" in xml[:_HEAD]
