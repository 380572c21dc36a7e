"""What can be repaired without anybody's judgement: dates written as text, stray blanks, full-width digits.

A repair never changes what a cell is read as; what can't be read without doubt (月底, 尽快) is left to people.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from capa_xl.a1 import cell_at
from capa_xl.model.columns import Column, Kind
from capa_xl.model.fixes import Fix
from capa_xl.model.pages import Page, line_of, page_of
from capa_xl.model.register import AutoValue, Register, Table
from capa_xl.model.schema import SHEETS, SheetSpec
from capa_xl.ooxml.sheet_values import SheetValues, Value
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.cells_of_text import PARTED, is_one_word
from capa_xl.workbook.reading.convert import convert
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.notes import ColumnContext
from capa_xl.workbook.reading.several_departments import departments_in, introduced_names, known_departments
from capa_xl.workbook.reading.written_names import parted_by_blanks, parts_in

_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_LONGEST_INTEGER = 15
AS_DATE, AS_NUMBER, HALF_WIDTH, NO_BLANKS = "改为真实日期", "改为数字", "全角改半角", "去掉多余空格"
PAUSES_BETWEEN = "空格改顿号"
_NUMBERS = frozenset({Kind.KEY, Kind.REF, Kind.REFS})
_OF_ITS_OWN = ("tracker", "needs", "analyses")
"""Sheets whose every row has a number of its own."""


def proposed_fixes(blob: bytes, register: Register) -> tuple[Fix, ...]:
    """The repairs of a workbook, sheet by sheet in the schema's order, row by row. Formulas are never touched.

    Args:
        blob: The workbook's bytes.
        register: What was read from them.
    """
    book = WorkbookValues(blob)
    lists, numbers = Lists(register.procedure.lists), _numbers(register)
    tables = ((spec, getattr(register, spec.key)) for spec in SHEETS if spec.key and not spec.owned)
    found = [
        (spec, col, fix)
        for spec, table in tables
        for page, rows in _pages(spec, table, register)
        if page.sheet in book.names
        for col, fix in _of_page(book, spec, page, rows, _contexts(spec, register, lists))
    ]
    becoming = Counter((spec.key, fix.after) for spec, col, fix in found if col.kind is Kind.KEY)
    kept = {
        str(fix.before)
        for spec, col, fix in found
        if col.kind is Kind.KEY
        and _makes_one_of_two(fix, numbers.get(spec.key, frozenset()), becoming[spec.key, fix.after])
    }
    return tuple(fix for _, col, fix in found if not (col.kind in _NUMBERS and _names(fix.before, kept)))


def _numbers(register: Register) -> dict[str, frozenset[str]]:
    """Sheet → the numbers of its rows, where each row has its own; those set aside among them."""
    tables = {key: getattr(register, key) for key in _OF_ITS_OWN}
    found = {key: {one.number for one in table.records} for key, table in tables.items() if table is not None}
    found["tracker"] |= {row.number for row in register.quarantined}
    return {key: frozenset(filter(None, numbers)) for key, numbers in found.items()}


def _makes_one_of_two(fix: Fix, numbers: frozenset[str], becoming: int) -> bool:
    """The number would be another row's, or two rows would get the same: then people say which row is which."""
    is_its_own = "".join(str(fix.before).split()) == fix.after
    return bool(numbers) and not is_its_own and (fix.after in numbers or becoming > 1)


def _names(written: AutoValue, numbers: Collection[str]) -> bool:
    """Whether a cell, one number or several, has one of these."""
    return not {str(written), *re.split(r"[\s、,;，；]+", str(written))}.isdisjoint(numbers)


def _pages(spec: SheetSpec, table: Table[Any] | None, register: Register) -> Iterator[tuple[Page, list[int]]]:
    """Each sheet of a table with the lines in it that count, quarantined ones among them."""
    if table is None:
        return
    aside = {row.row for row in register.quarantined} if spec.key == "tracker" else set()
    rows = sorted({record.row for record in table.records} | aside)
    for index, page in enumerate(table.every_page):
        yield page, [line_of(row) for row in rows if page_of(row) == index]


def _contexts(spec: SheetSpec, register: Register, lists: Lists) -> Mapping[str, ColumnContext]:
    known = tuple(known_departments(register.people, register.procedure.lists))
    names = introduced_names(register.people, register.procedure.lists)
    return {
        col.key: ColumnContext(
            register.date1904, known if col.kind is Kind.DEPARTMENT else lists.allowed(col), names=names
        )
        for col in spec.columns
    }


def _of_page(
    book: WorkbookValues, spec: SheetSpec, page: Page, lines: Iterable[int], contexts: Mapping[str, ColumnContext]
) -> list[tuple[Column, Fix]]:
    """The repairs of a sheet; the text 30 stays where the number would be shown as 3000%."""
    found = list(_of_sheet(book.read(page.sheet), spec, page, lines, contexts))
    if all(fix.why != AS_NUMBER for _, fix in found):
        return found
    in_percent = {cell_at(*place) for place in book.percent_cells(page.sheet)}
    return [(col, fix) for col, fix in found if fix.why != AS_NUMBER or fix.cell not in in_percent]


def _of_sheet(
    values: SheetValues, spec: SheetSpec, page: Page, lines: Iterable[int], contexts: Mapping[str, ColumnContext]
) -> Iterator[tuple[Column, Fix]]:
    columns = [(page.columns[col.key], col) for col in spec.columns if col.key in page.columns]
    for row in lines:
        for at, col in columns:
            value = values.rows[row - 1][at - 1]
            found = None if (row, at) in values.formulas else repaired(value, col, contexts[col.key])
            if found is not None:
                header = str(values.rows[page.header_row - 1][at - 1]).strip() or col.header
                yield col, Fix(values.name, cell_at(row, at), header, _plain(value), *found)


def repaired(value: Value, col: Column, context: ColumnContext) -> tuple[AutoValue, str] | None:
    """What a cell should hold and why; None where nothing is to be repaired, or nobody can tell how."""
    repair = _REPAIRS.get(col.kind)
    return repair(value, col, context) if repair and value != "" else None


_Repair = Callable[[Value, Column, ColumnContext], tuple[AutoValue, str] | None]


def _date(value: Value, col: Column, context: ColumnContext) -> tuple[AutoValue, str] | None:
    if isinstance(value, date):
        return None
    read, rules = _read(value, col, context)
    return (read, AS_DATE) if "FD06" in rules else None


def _word(value: Value, col: Column, context: ColumnContext) -> tuple[AutoValue, str] | None:
    """Names and list values: as they are read."""
    if not isinstance(value, str) or is_one_word(value):
        return None
    read, rules = _read(value, col, context)
    after = "、".join(read) if isinstance(read, tuple) else read
    if col.kind is Kind.DEPARTMENT and after:
        after = _one_known_name(after, frozenset(context.allowed))
    if "FD11" not in rules or not after or after == value:
        return None
    if col.kind in PARTED and parted_by_blanks(value, read if isinstance(read, tuple) else after.split("、")):
        return None if col.is_one_person else (after, PAUSES_BETWEEN)
    return after, NO_BLANKS


def _one_known_name(department: str, known: frozenset[str]) -> str | None:
    """信息、安全部 is 信息安全部 where only that is known; None where such a name stands among others."""
    read, written = departments_in(department, known), parts_in(department)
    if len(read) in (1, len(written)):
        return read[0] if len(read) < len(written) else department
    return None


def _key(value: Value, col: Column, context: ColumnContext) -> tuple[AutoValue, str] | None:
    """Numbers of rows, which readers elsewhere compare letter by letter."""
    if not isinstance(value, str):
        return None
    if _FULL_WIDTH.search(value):
        half = _half_width(value)
        read, _ = _read(half, col, context)
        after = "、".join(read) if isinstance(read, tuple) else read
        return (after, HALF_WIDTH) if after and after != value else None
    return _word(value, col, context)


def _number(value: Value, col: Column, context: ColumnContext) -> tuple[AutoValue, str] | None:
    """A number that is text: only one without unit, percent sign or separators."""
    text = _half_width(value).strip() if isinstance(value, str) else ""
    if not _NUMBER.fullmatch(text) or len(text) > _LONGEST_INTEGER:
        return None
    number = float(text)
    return int(number) if number.is_integer() else number, AS_NUMBER


def _read(value: Value, col: Column, context: ColumnContext) -> tuple[Any, frozenset[str]]:
    read, notes = convert(col, [value], context)
    return read[0], frozenset(note.rule for note in notes.get(0, ()))


def _half_width(text: str) -> str:
    """ASCII that was typed full-width; 、 and other Chinese signs stay."""
    return _FULL_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _plain(value: Value) -> AutoValue:
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if isinstance(value, str | int) else str(value)


_REPAIRS: Mapping[Kind, _Repair] = {
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.COUNT: _number,
    **dict.fromkeys((Kind.KEY, Kind.REF, Kind.REFS), _key),
    **dict.fromkeys((Kind.PERSON, Kind.PEOPLE, Kind.DEPARTMENT, Kind.DEPARTMENTS, Kind.CHOICE), _word),
}
