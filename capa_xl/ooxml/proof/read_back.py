"""Cells read by python-calamine, which is no relative of ours: is what was written what was promised?

The contents of the promised cells are put, each once, into a workbook of one column beside the strings that they point
at: calamine needs 32 bytes for every place of a sheet, and would read eighty columns for the sake of ten. No styles are
given, so that dates come as the numbers that are stored.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from capa_xl.ooxml.proof.elements import MalformedError, refuse_malformed
from capa_xl.ooxml.proof.expected import Promise

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TARGETS = {"officeDocument": "xl/workbook.xml", "worksheet": "sheet.xml", "sharedStrings": "sharedStrings.xml"}
_TAB = '<sheet name="s" sheetId="1" r:id="worksheet"/>'
_BOOK = f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{_TAB}</sheets></workbook>'
_LEFT_CODED = {0xFFFE: "_xFFFE_", 0xFFFF: "_xFFFF_"}
"""Characters no XML can carry, which calamine leaves as Excel spells them."""
_START_1904, _START_1900, _LEAP_BUG_UNTIL = datetime(1904, 1, 1), datetime(1899, 12, 30), datetime(1900, 3, 1)
_A_MOMENT = 1e-6
"""Of a day: less than a tenth of a second."""


def read_back(cells: Sequence[bytes], prefix: bytes, root_tag: bytes, strings: bytes) -> list[object]:
    """What calamine finds in cells, "" in an empty one.

    Args:
        cells: What follows the address of each.
        root_tag: The worksheet's start tag, for its namespaces.
        strings: Shared strings in UTF-8, as far as the cells point at any; b"" where none is needed.

    Raises:
        MalformedError: calamine can't read them.
    """
    try:
        sheet = b"".join(_sheet(cells, prefix, root_tag))
        refuse_malformed(sheet)  # calamine takes more than XML allows
        blob = _workbook(sheet, strings)
        rows = CalamineWorkbook.from_filelike(BytesIO(blob)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as trouble:
        raise MalformedError(f"calamine: {trouble}") from trouble
    except BaseException as trouble:  # a panic of calamine is one, and no module exports it
        if type(trouble).__name__ != "PanicException":
            raise
        raise MalformedError("calamine: panic") from trouble
    return [*(row[0] for row in rows), *[""] * (len(cells) - len(rows))]


def is_promised(found: object, promise: Promise, *, date1904: bool) -> bool:
    """Whether a value that was read is the promised one; a date may be stored as its number."""
    wanted = promise.value
    if wanted is None or wanted == "":
        return found == ""
    if isinstance(wanted, bool) or isinstance(found, bool):
        return found is wanted
    if isinstance(wanted, date):
        return _is_moment(found, _moment(wanted), date1904=date1904)
    if isinstance(wanted, int | float):
        loosely = promise.computed or promise.formula is not None  # 15 digits, as Excel computes
        close = isinstance(found, int | float) and math.isclose(found, wanted, rel_tol=1e-14, abs_tol=1e-300)
        return found == wanted or (loosely and close)
    return found == wanted or (isinstance(wanted, str) and found == wanted.translate(_LEFT_CODED))


def _workbook(sheet: bytes, strings: bytes) -> bytes:
    listed = {"worksheet": sheet}
    if strings:
        listed["sharedStrings"] = strings
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr("_rels/.rels", _relations(["officeDocument"]))
        book.writestr("xl/workbook.xml", _BOOK)
        book.writestr("xl/_rels/workbook.xml.rels", _relations(listed))
        for kind, content in listed.items():
            book.writestr(f"xl/{_TARGETS[kind]}", content)
    return stream.getvalue()


def _relations(kinds: Iterable[str]) -> str:
    listed = (f'<Relationship Id="{kind}" Type="{_REL}/{kind}" Target="{_TARGETS[kind]}"/>' for kind in kinds)
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(listed)}</Relationships>'


def _sheet(cells: Sequence[bytes], prefix: bytes, root_tag: bytes) -> Iterator[bytes]:
    row, cell, end = b"<" + prefix + b'row r="%d">', b"<" + prefix + b'c r="A%d"', b"</" + prefix + b"row>"
    yield root_tag + b"<" + prefix + b"sheetData>"
    for number, rest in enumerate(cells, 1):
        yield row % number + cell % number + rest + end
    yield b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"


def _is_moment(found: object, wanted: datetime, *, date1904: bool) -> bool:
    if isinstance(found, date):
        return abs((_moment(found) - wanted).total_seconds()) < 0.1
    return isinstance(found, int | float) and abs(found - _serial(wanted, date1904=date1904)) < _A_MOMENT


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def _serial(moment: datetime, *, date1904: bool) -> float:
    """The number that stands for a moment in a cell."""
    days = (moment - (_START_1904 if date1904 else _START_1900)).total_seconds() / 86400
    return days - 1 if not date1904 and moment < _LEAP_BUG_UNTIL else days
