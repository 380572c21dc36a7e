"""An existing workbook adopted: its table mapped, our columns and sheets added, everything else as it was.

Two steps, each proven: new parts and column widths (`added_sheets`), then the new cells by the same splice as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from capa_xl.a1 import cell_at
from capa_xl.errors import UnsafeWrite
from capa_xl.model import palette
from capa_xl.model.adoption import Adoption
from capa_xl.model.columns import Column
from capa_xl.model.schema import FINDINGS_SHEET, LEDGER_SHEET, LISTS_SHEET, OVERVIEW_SHEET, SHEETS, sheet_spec
from capa_xl.ooxml.patch import CellEdit, CellLook, Patch
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.sheet_values import SheetValues, WorkbookValues
from capa_xl.ooxml.splice import splice
from capa_xl.workbook.adopting.added_sheets import NewColumns, with_sheets
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.adopting.given_numbers import given_numbers
from capa_xl.workbook.adopting.kept_settings import kept_settings, namesake, settings_there
from capa_xl.workbook.adopting.proof_of_adoption import verify_added
from capa_xl.workbook.adopting.room_for_columns import free_column
from capa_xl.workbook.adopting.table_survey import Meanings, TableSurvey, survey_table
from capa_xl.workbook.blank.adopted_sheets import build_sheets
from capa_xl.workbook.blank.content import PEOPLE_SHEET, SETTINGS_SHEET
from capa_xl.workbook.blank.formats import width_of
from capa_xl.workbook.blank.place import Place

ADDED_SHEETS = frozenset(
    {OVERVIEW_SHEET, PEOPLE_SHEET, SETTINGS_SHEET, LISTS_SHEET, "节假日", FINDINGS_SHEET, LEDGER_SHEET}
)
_OVERVIEW_TITLE = "改进计划总览"


@dataclass(frozen=True, slots=True)
class Adopting:
    """What the run gives.

    Attributes:
        answers: Heading → header of ours, "" for none of ours.
        workbook_id: 工作簿标识, where the workbook has none.
        as_of: 提醒启用日, where the workbook has none.
        meanings: Column, by heading or header of ours → word → canonical word, "" for blank.
    """

    answers: Mapping[str, str]
    workbook_id: str
    as_of: date
    meanings: Meanings = field(default_factory=dict)


def adopt(blob: bytes, wish: Adopting) -> tuple[bytes | None, Adoption]:
    """The adopted workbook's bytes, proven, and what was found and added.

    Returns:
        No bytes while a needed heading or word is in question (`Adoption.is_blocked`).

    Raises:
        UnreadableWorkbook: No workbook, no table that looks like a tracker, or several.
        UsageError: An answer doesn't fit the table.
        UnsafeWrite: Signed, shared, strict, no room, or a sheet of one of our names that isn't ours.
    """
    book = WorkbookValues(blob)
    there = {name.strip(): name for name in book.names}
    settings = settings_there(book, there)
    survey = survey_table(book, blob, {**settings.headings, **wish.answers}, settings.with_meanings(wish.meanings))
    found = _found(survey)
    if found.is_blocked:
        return None, found
    table = survey.table
    tab = book.package.sheet(table.values.name)
    if tab is None:
        raise UnsafeWrite(f"工作表《{table.values.name}》不在工作簿的清单里")
    _refuse_namesakes(book, there)
    missing = table.missing
    areas = (*(one.area for one in book.package.tables(tab)), *book.package.pivots(tab))
    first = free_column(table.values, table.match, areas, len(missing))
    sheets = tuple(spec.name for spec in SHEETS if spec.name in ADDED_SHEETS and spec.name not in there)
    new, kept = blob, tuple(kept_settings(survey, wish.workbook_id, wish.as_of))
    if sheets:
        place = _place(table, missing, first)
        content = {SETTINGS_SHEET: tuple(kept)}
        donor = build_sheets(sheets, content, place, as_of=wish.as_of, departments=table.departments)
        columns = NewColumns(tab, first, [_width(col) for col in missing], _BODY)
        new = with_sheets(blob, donor, columns)
        verify_added(blob, new, tab)
    numbers = _numbers(table, missing, first, settings.number_pattern, wish.as_of.year)
    patch = Patch(edits=(*_headers(table, missing, first), *numbers, *settings.filled(kept)))
    done = splice(new, patch)
    verify(new, done.blob, patch)
    return done.blob, replace(found, sheets=sheets)


def _numbers(table: FoundTable, missing: tuple[Column, ...], first: int, pattern: str, year: int) -> Iterator[CellEdit]:
    """The cells of an added 编号."""
    column = next((first + at for at, col in enumerate(missing) if col.key == "number"), None)
    return given_numbers(table, column, pattern, year) if column else iter(())


def _found(survey: TableSurvey) -> Adoption:
    table = survey.table
    return Adoption(
        sheet=table.values.name,
        header_row=table.match.header_row,
        mapped=table.mapped,
        unmapped=table.unmapped({asked.cell for asked in survey.ask}),
        added=tuple(col.header for col in table.missing),
        ask=survey.ask,
        words=survey.words,
        notes=survey.notes,
    )


def _width(col: Column) -> float:
    """Wide enough for the header on one line: the header row keeps the height it had."""
    return max(width_of(col), 2 * len(col.header) + 2)


def _place(table: FoundTable, missing: tuple[Column, ...], first: int) -> Place:
    columns = {**table.match.columns, **{col.key: first + at for at, col in enumerate(missing)}}
    return Place(table.values.name, table.match.header_row, columns)


def _headers(table: FoundTable, missing: tuple[Column, ...], first: int) -> Iterator[CellEdit]:
    for at, col in enumerate(missing):
        look = _HEADER if col.ours else _PEOPLES_HEADER
        yield CellEdit(table.values.name, cell_at(table.match.header_row, first + at), col.header, look)


# --- sheets of our names that aren't ours ------------------------------------------------------------------


def _refuse_namesakes(book: WorkbookValues, there: Mapping[str, str]) -> None:
    """Keep ours apart: refresh re-emits our sheets whole, somebody else's by those names would be lost."""
    for name in (FINDINGS_SHEET, LEDGER_SHEET):
        headers = [col.header for col in sheet_spec(name).columns]
        if name in there and _row(book.read(there[name]), 1)[: len(headers)] != headers:
            raise namesake(name)
    if OVERVIEW_SHEET in there and _OVERVIEW_TITLE not in _row(book.read(there[OVERVIEW_SHEET]), 1):
        raise namesake(OVERVIEW_SHEET)


def _row(values: SheetValues, number: int) -> list[str]:
    return [str(value).strip() for value in values.rows[number - 1]] if len(values.rows) >= number else []


_BODY = CellLook(fill=palette.AUTO_FILL, border=palette.BORDER, wrap=True, vertical="top")
_HEADER = CellLook(
    fill=palette.AUTO_FILL, color=palette.NAVY, bold=True, wrap=True, border=palette.BORDER,
    horizontal="center", vertical="center",
)  # fmt: skip
_PEOPLES_HEADER = CellLook(
    fill=palette.PALE_BLUE, color=palette.NAVY, bold=True, wrap=True, border=palette.BORDER,
    horizontal="center", vertical="center",
)  # fmt: skip
