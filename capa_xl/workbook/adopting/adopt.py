"""An existing workbook adopted: its table mapped, our columns and sheets added, everything else as it was.

Two steps, each proven: new parts and column widths (`adopt_sheets`), then the new cells by the same splice as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from capa_xl.a1 import cell_at
from capa_xl.errors import UnsafeWrite
from capa_xl.model import palette
from capa_xl.model.adoption import Adoption
from capa_xl.model.columns import Column
from capa_xl.model.records import Setting
from capa_xl.model.schema import FINDINGS_SHEET, LEDGER_SHEET, LISTS_SHEET, OVERVIEW_SHEET, SHEETS, sheet_spec
from capa_xl.ooxml.patch import CellEdit, CellLook, Patch
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.sheet_values import SheetValues, WorkbookValues
from capa_xl.ooxml.splice import splice
from capa_xl.workbook.adopting.adopt_columns import free_column
from capa_xl.workbook.adopting.adopt_sheets import NewColumns, with_sheets
from capa_xl.workbook.adopting.adopt_table import FoundTable, find_table
from capa_xl.workbook.adopting.adopt_verify import verify_added
from capa_xl.workbook.blank.adopting import build_sheets
from capa_xl.workbook.blank.content import PEOPLE_SHEET, SETTINGS_SHEET
from capa_xl.workbook.blank.formats import width_of
from capa_xl.workbook.blank.place import Place
from capa_xl.workbook.reading.headers import HeaderMatch, match_headers

ADDED_SHEETS = frozenset(
    {OVERVIEW_SHEET, PEOPLE_SHEET, SETTINGS_SHEET, LISTS_SHEET, "节假日", FINDINGS_SHEET, LEDGER_SHEET}
)
ANSWER_PREFIX = "列名_"
"""参数 that keep what somebody said about a heading, so that reading goes on knowing it."""
_OVERVIEW_TITLE = "改进计划总览"


@dataclass(frozen=True, slots=True)
class Adopting:
    """What the run gives.

    Attributes:
        answers: Heading → header of ours, "" for none of ours.
        workbook_id: 工作簿标识, where the workbook has none.
        as_of: 提醒启用日, where the workbook has none.
    """

    answers: Mapping[str, str]
    workbook_id: str
    as_of: date


def adopt(blob: bytes, wish: Adopting) -> tuple[bytes, Adoption]:
    """The adopted workbook's bytes, proven, and what was found and added.

    Raises:
        UnreadableWorkbook: No workbook, no table that looks like a tracker, or several.
        UsageError: An answer doesn't fit the table.
        UnsafeWrite: Signed, shared, strict, no room, or a sheet of one of our names that isn't ours.
    """
    book = WorkbookValues(blob)
    there = {name.strip(): name for name in book.names}
    settings = _settings(book, there)
    table = find_table(book, {**_answers_there(settings), **wish.answers})
    tab = book.package.sheet(table.values.name)
    if tab is None:
        raise UnsafeWrite(f"工作表《{table.values.name}》不在工作簿的清单里")
    _refuse_namesakes(book, there)
    missing = table.missing
    areas = (*(one.area for one in book.package.tables(tab)), *book.package.pivots(tab))
    first = free_column(table.values, table.match, areas, len(missing))
    sheets = tuple(spec.name for spec in SHEETS if spec.name in ADDED_SHEETS and spec.name not in there)
    new = blob
    if sheets:
        place = _place(table, missing, first)
        content = {SETTINGS_SHEET: tuple(_wanted(wish))}
        donor = build_sheets(sheets, content, place, as_of=wish.as_of, departments=table.departments)
        columns = NewColumns(tab, first, [_width(col) for col in missing], _BODY)
        new = with_sheets(blob, donor, columns)
        verify_added(blob, new, tab)
    patch = Patch(edits=(*_headers(table, missing, first), *(_fill(settings, wish) if settings else ())))
    done = splice(new, patch)
    verify(new, done.blob, patch)
    found = Adoption(
        sheet=table.values.name,
        header_row=table.match.header_row,
        mapped=table.mapped,
        unmapped=table.unmapped,
        added=tuple(col.header for col in missing),
        ask=table.ask,
        sheets=sheets,
    )
    return done.blob, found


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


# --- settings ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Settings:
    """Sheet 参数 as it stands: values by name with their rows."""

    sheet: str
    match: HeaderMatch
    rows: Mapping[str, tuple[int, str]]
    last_row: int


def _settings(book: WorkbookValues, there: Mapping[str, str]) -> _Settings | None:
    if SETTINGS_SHEET not in there:
        return None
    values = book.read(there[SETTINGS_SHEET])
    match = match_headers(values.rows, Setting, merged=values.merged, least=2)
    if match is None or "name" not in match.columns or "value" not in match.columns:
        raise _namesake(SETTINGS_SHEET)
    name, value = match.columns["name"] - 1, match.columns["value"] - 1
    rows = {
        str(row[name]).strip(): (number, str(row[value]).strip())
        for number, row in enumerate(values.rows, 1)
        if number > match.header_row and row[name] != ""
    }
    last = max((number for number, _ in rows.values()), default=match.header_row)
    return _Settings(values.name, match, rows, last)


def _answers_there(settings: _Settings | None) -> dict[str, str]:
    rows = settings.rows if settings else {}
    return {
        name.removeprefix(ANSWER_PREFIX): value for name, (_, value) in rows.items() if name.startswith(ANSWER_PREFIX)
    }


def _wanted(wish: Adopting) -> Iterator[dict[str, str]]:
    yield {"name": "工作簿标识", "value": wish.workbook_id}
    yield {"name": "提醒启用日", "value": wish.as_of.isoformat()}
    yield {"name": "接管基线日", "value": wish.as_of.isoformat()}
    for heading, header in wish.answers.items():
        yield {"name": ANSWER_PREFIX + heading, "value": header, "note": "接管时确认的列名对应关系"}


def _fill(settings: _Settings, wish: Adopting) -> Iterator[CellEdit]:
    """The settings that are wanted and blank, in their rows or below the last one."""
    row, columns = settings.last_row, settings.match.columns
    for wanted in _wanted(wish):
        known = settings.rows.get(str(wanted["name"]))
        if known and known[1]:
            continue
        if known is None:
            row += 1
            yield CellEdit(settings.sheet, cell_at(row, columns["name"]), wanted["name"])
        yield CellEdit(settings.sheet, cell_at(known[0] if known else row, columns["value"]), wanted["value"])


# --- sheets of our names that aren't ours ------------------------------------------------------------------


def _refuse_namesakes(book: WorkbookValues, there: Mapping[str, str]) -> None:
    """Keep ours apart: refresh re-emits our sheets whole, somebody else's by those names would be lost."""
    for name in (FINDINGS_SHEET, LEDGER_SHEET):
        headers = [col.header for col in sheet_spec(name).columns]
        if name in there and _row(book.read(there[name]), 1)[: len(headers)] != headers:
            raise _namesake(name)
    if OVERVIEW_SHEET in there and _OVERVIEW_TITLE not in _row(book.read(there[OVERVIEW_SHEET]), 1):
        raise _namesake(OVERVIEW_SHEET)


def _row(values: SheetValues, number: int) -> list[str]:
    return [str(value).strip() for value in values.rows[number - 1]] if len(values.rows) >= number else []


def _namesake(name: str) -> UnsafeWrite:
    return UnsafeWrite(f"工作簿里已有一个《{name}》，但不是本工具的格式，接管后会被改写。请先把它改名，再运行")


_BODY = CellLook(fill=palette.AUTO_FILL, border=palette.BORDER, wrap=True, vertical="top")
_HEADER = CellLook(
    fill=palette.AUTO_FILL, color=palette.NAVY, bold=True, wrap=True, border=palette.BORDER,
    horizontal="center", vertical="center",
)  # fmt: skip
_PEOPLES_HEADER = CellLook(
    fill=palette.PALE_BLUE, color=palette.NAVY, bold=True, wrap=True, border=palette.BORDER,
    horizontal="center", vertical="center",
)  # fmt: skip
