"""Cell values in bulk, with python-calamine, at their true places: the first step from bytes to records.

What calamine can't say is found in the sheet's bytes: error values, formulas, formulas without a cached result; and
how far the sheet reaches, because calamine allocates rows × columns. See docs/behaviour/reading.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from capa_xl.errors import UnreadableWorkbook
from capa_xl.workbook.a1 import Range, cell_at, parse_cell
from capa_xl.workbook.package import Package, SheetKind, open_package
from capa_xl.workbook.sheet_scan import error_cells, formula_cells, used_range

Value = str | int | float | bool | date | datetime | time | timedelta
"""A raw cell; blank is the empty string."""

_FAR_COLUMN = re.compile(rb'r="(?:[J-Z][A-Z]|[A-Z]{3})[0-9]')
_FAR_COLUMN_QUOTED = re.compile(rb"r='(?:[J-Z][A-Z]|[A-Z]{3})[0-9]")
_FORMULA = re.compile(rb"<f[\s/>]")
_TEXT_RESULT = re.compile(rb"""\st=["']str["']""")
_PREFIXED_FORMULA = re.compile(rb":f[\s/>]")
_LAST_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["']([0-9]+)["']""")
_MOST_CELLS = 20_000_000
_HEAD = 100_000
_MANY_ROWS = 25_000
_ERROR_TEXT = re.compile(rb"v\s*>\s*(#[^<]*)<")


@dataclass(frozen=True, slots=True)
class SheetValues:
    """One sheet's cells.

    Attributes:
        name: The sheet's name.
        rows: Row 1 is `rows[0]`; every row is equally long; a blank cell is "".
        merged: Merged ranges, 1-based top, left, bottom, right.
        errors: (row, column) → error text (`#N/A`) of the cells that hold one.
        formulas: (row, column) of every formula, and whether a result is stored beside it.
    """

    name: str
    rows: list[list[Value]]
    merged: tuple[Range, ...] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: Mapping[tuple[int, int], bool] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Number of columns of every row."""
        return len(self.rows[0]) if self.rows else 0


class WorkbookValues:
    """A workbook opened for reading; sheets are read when asked for, the last one cheapest with `last=True`."""

    __slots__ = ("_blob", "_book", "package")

    def __init__(self, blob: bytes) -> None:
        """Open the workbook.

        Raises:
            UnreadableWorkbook: no .xlsx or .xlsm, protected by a password, or damaged.
        """
        self.package: Package = open_package(blob)
        self._blob = blob
        self._book: CalamineWorkbook | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The worksheets by name, in order; chart and macro sheets have no cells and are left out."""
        return tuple(sheet.name for sheet in self.package.sheets if sheet.kind is SheetKind.WORKSHEET)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every tab's name, in order."""
        return tuple(sheet.name for sheet in self.package.sheets)

    def read(self, name: str, *, last: bool = False) -> SheetValues:
        """All cells of a sheet.

        Args:
            name: The sheet.
            last: No other sheet will be read after it: lets go of the workbook's strings before the values are built.

        Raises:
            UnreadableWorkbook: damaged, or a stray cell far outside.
        """
        part = self.package.sheet(name)
        xml = self.package.read(part.part) if part is not None else b""
        refuse_far_cells(name, xml)
        errors = _errors(xml)
        formulas = _formulas(xml)
        del xml
        sheet = self._sheet(name)
        if last and self._book is not None:
            self._book.close()
            self._book = None
        rows = _rows(sheet, name)
        merged = sheet.merged_cell_ranges or []
        ranges = tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged)
        return SheetValues(name, rows, ranges, errors, formulas)

    def _sheet(self, name: str) -> CalamineSheet:
        try:
            if self._book is None:
                self._book = CalamineWorkbook.from_filelike(BytesIO(self._blob))
            return self._book.get_sheet_by_name(name)
        except PasswordError as trouble:
            raise UnreadableWorkbook("工作簿设有打开密码，无法读取。请在 Excel 或 WPS 里取消密码后再运行") from trouble
        except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
            raise
        except BaseException as trouble:
            raise _unreadable(name, trouble) from trouble


def refuse_far_cells(name: str, xml: bytes) -> None:
    """Let a sheet pass whose cells lie together; calamine would allocate the whole area for one stray cell.

    Raises:
        UnreadableWorkbook: a lonely cell far below or far to the right of the table.
    """
    if not _may_reach_far(xml):
        return
    area = used_range(xml)
    if area is None:
        return
    _, _, bottom, right = area
    if bottom * right > max(_MOST_CELLS, 50 * xml.count(b"<v")):
        raise UnreadableWorkbook(
            f"工作表《{name}》的内容一直延伸到 {cell_at(bottom, right)}，多半是误填的单元格。"
            "请删除表格以外的行和列，保存后再运行"
        )


def _may_reach_far(xml: bytes) -> bool:
    """A cheap doubt: columns behind IZ, or row numbers far beyond the number of rows."""
    if (_FAR_COLUMN_QUOTED if _is_single_quoted(xml) else _FAR_COLUMN).search(xml):
        return True
    at = max(xml.rfind(b"<row"), xml.rfind(b":row "))
    last = _LAST_ROW.search(xml, max(at - 40, 0)) if at >= 0 else None
    return last is not None and int(last[1]) > _MANY_ROWS and int(last[1]) > 2 * xml.count(b"row>")


def _is_single_quoted(xml: bytes) -> bool:
    """Writers keep to one kind of quotes; looking at the beginning is enough."""
    return b" r='" in xml[:_HEAD]


def _rows(sheet: CalamineSheet, name: str) -> list[list[Value]]:
    try:
        return sheet.to_python(skip_empty_area=False)
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as trouble:
        raise _unreadable(name, trouble) from trouble


def _unreadable(name: str, trouble: BaseException) -> UnreadableWorkbook:
    what = str(trouble) if isinstance(trouble, CalamineError) else "内部结构异常"
    return UnreadableWorkbook(f"工作表《{name}》读不出来（{what}）。请用 Excel 或 WPS 打开后另存一份，再用新文件")


def _errors(xml: bytes) -> dict[tuple[int, int], str]:
    if (b"'e'" if _is_single_quoted(xml) else b'"e"') not in xml:
        return {}
    found: dict[tuple[int, int], str] = {}
    place = 0
    for at in error_cells(xml):
        place = max(xml.find(b'"' + at.encode() + b'"', place), place)
        text = _ERROR_TEXT.search(xml, place)
        cell = parse_cell(at)
        if cell:
            found[cell] = text[1].decode("ascii", "replace").strip() if text else "#N/A"
    return found


def _formulas(xml: bytes) -> dict[tuple[int, int], bool]:
    pattern = _PREFIXED_FORMULA if b":sheetData" in xml[:_HEAD] else _FORMULA
    if not pattern.search(xml):
        return {}
    found: dict[tuple[int, int], bool] = {}
    place = 0
    for cell in formula_cells(xml):
        solved = cell.has_value
        if not solved:
            place = max(xml.find(b'"' + cell.at.encode() + b'"', place), place)
            solved = _gives_empty_text(xml, place)
        found[cell.row, cell.column] = solved
    return found


def _gives_empty_text(xml: bytes, place: int) -> bool:
    """Whether the formula cell around `place` says that its result is a text: `=""` is stored with an empty value."""
    tag = xml[xml.rfind(b"<", 0, place) : xml.find(b">", place)]
    return _TEXT_RESULT.search(tag) is not None
