"""The workbook's bytes → the Register: every sheet read, every value with its address, every doubt a remark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.action import TRACKER_SHEET, Action
from capa_xl.model.columns import Kind, column_by_key
from capa_xl.model.meanings import NUMBER_HEADER, on_sheet, word_key
from capa_xl.model.problem import Remark
from capa_xl.model.procedure import Procedure
from capa_xl.model.register import Register, Table
from capa_xl.model.schema import (
    ADOPT_FIX,
    ALIASES,
    IN_USE_WHEN_EMPTY,
    LISTS_SHEET,
    NO_COLUMN,
    NO_COLUMN_FIX,
    NO_COLUMN_OTHERS_FIX,
    NO_COLUMN_RENAMED,
    NO_COLUMN_RENAMED_FIX,
    NO_COLUMN_STRANGE_FIX,
    NO_HEADER,
    NO_HEADER_FIX,
    NO_TRACKER,
    NO_TRACKER_FIX,
    SEVERAL_FIX,
    SEVERAL_TRACKERS,
    SHEETS,
    SheetSpec,
)
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.auto_room import auto_room
from capa_xl.workbook.reading.crossed_out import crossed_out
from capa_xl.workbook.reading.find_tracker import HeadedSheet, find_tracker
from capa_xl.workbook.reading.grid import read_grid
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.header_row import match_headers
from capa_xl.workbook.reading.heading_remarks import (
    below_the_table,
    header_remarks,
    headless_columns,
    later_remarks,
    own_names_left_out,
)
from capa_xl.workbook.reading.joined_sheets import joined
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.merged_numbers import for_every_part
from capa_xl.workbook.reading.moving_dates import moving_dates
from capa_xl.workbook.reading.namesakes import drawn_by_others, is_filled, is_own_dictionary, named
from capa_xl.workbook.reading.settings_sheets import lists_of, procedure_of, working_days_of
from capa_xl.workbook.reading.several_departments import (
    introduced_names,
    known_departments,
    with_departments,
    with_listed_departments,
)
from capa_xl.workbook.reading.tracker import COLUMNS, TrackerRows, read_tracker
from capa_xl.workbook.reading.units_of_rows import in_units_of_rows, in_units_of_sheet

_CHILDREN = tuple(spec for spec in SHEETS if spec.key and spec.key != "tracker")
_ROSTER = tuple(spec for spec in _CHILDREN if spec.key == "people")
_AROUND_ROSTER = tuple(spec for spec in _CHILDREN if spec.key != "people")
_NEEDED_BY_CHILD = 2
_NOTHING: Mapping[str, str] = MappingProxyType({})


class _Child(Struct, frozen=True):
    """One sheet around the tracker, read."""

    table: Table[Any]
    remarks: tuple[Remark, ...]


def read_register(blob: bytes, known_parts: Mapping[str, str] = _NOTHING) -> Register:
    """Everything the workbook says; see `register_of`."""
    return register_of(WorkbookValues(blob), known_parts)


def register_of(book: WorkbookValues, known_parts: Mapping[str, str] = _NOTHING) -> Register:
    """Everything an opened workbook says.

    Args:
        book: The workbook.
        known_parts: Parts of merged numbers that an earlier run saw → their 措施内容 then: those keep their numbers.

    A workbook without a tracker, or whose tracker lacks an always-needed column, gives an empty tracker table and
    says so in remarks WB01 and WB02.

    Raises:
        UnreadableWorkbook: The bytes are no .xlsx or .xlsm workbook, or it is damaged or protected.
    """
    names = _sheets_by_name(book)
    words = book.read(names[LISTS_SHEET]).rows if LISTS_SHEET in names else []
    lists = lists_of(words)
    roster, strange = _read_children(book, names, Lists(lists), _ROSTER)
    introduced = introduced_names(_table(roster, "people"), lists)
    others, strange_too = _read_children(book, names, Lists(lists, names=introduced), _AROUND_ROSTER)
    children = {spec.key: child for spec in _CHILDREN if (child := (roster | others).get(spec.key))}
    strange |= strange_too
    strange |= drawn_by_others(book, names) | ({LISTS_SHEET} if is_own_dictionary(words, lists) else frozenset())
    holidays = working_days_of(_table(children, "holidays"))
    procedure, doubts = procedure_of(_table(children, "settings"), lists, holidays)
    found = find_tracker(book, names, procedure, is_adopted="settings" in children)
    meant = Lists(lists, procedure.meanings, introduced)
    rows = joined(
        [
            _tracker_rows(book, sheet, meant, procedure, known_parts, is_alone=len(found.sheets) == 1)
            for sheet in found.sheets
        ]
        or [_no_rows(None)]
    )
    known = known_departments(_table(children, "people"), lists)
    rows = with_departments(in_units_of_rows(rows), known)
    rows = replace(rows, table=for_every_part(rows.table, rows.parts))
    others = {key: child for key, child in children.items() if child.table.sheet not in rows.table.sheets}
    counted = {key: _in_units(child, rows.table) for key, child in others.items()}
    around = {key: replace(child, table=for_every_part(child.table, rows.parts)) for key, child in counted.items()}
    by_number = _rows_by_number(rows)
    said = (_on_tracker(remark, by_number) for child in around.values() for remark in child.remarks)
    return Register(
        tracker=rows.table,
        quarantined=rows.quarantined,
        numbered_only=rows.numbered_only,
        uncounted=rows.uncounted,
        parts=rows.parts,
        dressed=rows.dressed,
        procedure=procedure,
        remarks=(*found.remarks, *named(book, names, strange - set(rows.table.sheets)), *rows.remarks, *doubts, *said),
        auto=rows.auto,
        auto_kept=rows.auto_kept,
        unread=rows.unread,
        auto_room={
            one.values.name: auto_room(one.values.sizes, one.match, book.normal_typeface)
            for one in found.sheets
            if one.match
        },
        sheet_names=book.all_names,
        namesakes=strange,
        defined_names=frozenset(name.name for name in book.package.defined_names if name.sheet is None),
        date1904=book.package.date1904,
        past=(),
        past_files=(),
        away={},
        **{key: _with_departments(key, child.table, known) for key, child in around.items()},
    )


def procedure_in(blob: bytes) -> Procedure:
    """参数 as the register would say it, from that sheet alone; what is given by default where there is none.

    Raises:
        UnreadableWorkbook: As `register_of`.
    """
    book = WorkbookValues(blob, keeps=False)
    names = _sheets_by_name(book)
    settings = tuple(spec for spec in _CHILDREN if spec.key == "settings")
    children, _ = _read_children(book, names, Lists({}), settings)
    return procedure_of(_table(children, "settings"), {}, {})[0]


def _sheets_by_name(book: WorkbookValues) -> dict[str, str]:
    """Name without blanks around it → the name; of two the one on the left."""
    return {name.strip(): name for name in reversed(book.names)}


def require_tracker(register: Register) -> None:
    """Let a register pass that has a tracker with every always-needed column.

    Raises:
        UnreadableWorkbook: It has none (WB01), several (WB01), or a column is missing (WB02); the message says which.
    """
    missing = [remark for remark in register.remarks if remark.rule in ("WB01", "WB02")]
    if missing and missing[0].rule == "WB01":
        missing = missing[:1]  # a sheet that isn't ours has lost no header
    if missing:
        raise UnreadableWorkbook("；".join(_sentence(remark) for remark in missing))


def _sentence(remark: Remark) -> str:
    facts = remark.hit.facts
    if facts.get("none"):
        return f"工作表《{remark.hit.sheet}》{NO_HEADER} → 请{NO_HEADER_FIX}"
    if remark.rule == "WB02":
        at = f"《{remark.hit.sheet}》{remark.hit.at}"
        renamed = NO_COLUMN_RENAMED if facts.get("n") else ""
        fixes = {"n": NO_COLUMN_RENAMED_FIX, "e": NO_COLUMN_OTHERS_FIX, "u": NO_COLUMN_STRANGE_FIX}
        how = "".join(fix for fact, fix in fixes.items() if facts.get(fact))
        words = f"{at} {NO_COLUMN}{renamed}{ALIASES} → {how}{NO_COLUMN_FIX}"
        return words.format_map(facts)
    if not facts.get("v"):
        return f"{NO_TRACKER} → {ADOPT_FIX}{NO_TRACKER_FIX}".format_map(facts)
    return f"{NO_TRACKER}：{SEVERAL_TRACKERS} → {SEVERAL_FIX}{NO_TRACKER_FIX}".format_map(facts)


# --- the sheets around the tracker -------------------------------------------------------------------------


def _read_children(
    book: WorkbookValues, names: Mapping[str, str], lists: Lists, specs: Iterable[SheetSpec] = _CHILDREN
) -> tuple[dict[str, _Child], frozenset[str]]:
    """The sheets that are in use, by their field of the register; and those that bear a name of ours alone."""
    children, strange = {}, set()
    for spec in specs:
        if spec.name in names:
            values = book.read(names[spec.name])
            match = match_headers(values.rows, spec.record or Action, merged=values.merged, least=_NEEDED_BY_CHILD)
            if match is None and not spec.owned and is_filled(values.rows):
                strange.add(spec.name)
            child = _read_child(values, match, spec, lists, date1904=book.package.date1904)
            if child and match:
                children[spec.key] = _with_moving_dates(child, book, values, match, spec)
    return children, frozenset(strange)


def _with_moving_dates(
    child: _Child, book: WorkbookValues, values: SheetValues, match: HeaderMatch, spec: SheetSpec
) -> _Child:
    numbered = ((record.row, getattr(record, "number", None) or "") for record in child.table.records)
    moving = tuple(moving_dates(book, values, match, spec.columns, numbered, of_tracker=False))
    return replace(child, remarks=(*child.remarks, *moving)) if moving else child


def _in_units(child: _Child, actions: Table[Action]) -> _Child:
    """The sheet with plain numbers in the unit of each row, or of the action that it measures."""
    table, remarks = in_units_of_sheet(child.table, actions)
    return replace(child, table=table, remarks=(*child.remarks, *remarks))


def _with_departments(key: str, table: Table[Any], known: frozenset[str]) -> Table[Any]:
    return table if key == "people" else with_listed_departments(table, known)


def _table(children: Mapping[str, _Child], key: str) -> Table[Any] | None:
    return children[key].table if key in children else None


def _read_child(
    values: SheetValues, match: HeaderMatch | None, spec: SheetSpec, lists: Lists, *, date1904: bool
) -> _Child | None:
    """A sheet's records; without a header it counts as absent, and a register without a data row too."""
    record = spec.record
    if match is None or record is None:
        return None
    grid = read_grid(values, match, spec.columns, lists, date1904=date1904)
    chosen = [at for at in range(grid.size) if any(grid.has(at, key) for key in match.columns)]
    if not chosen and spec.key not in IN_USE_WHEN_EMPTY and not spec.owned:
        return None
    numbers = grid.values.get(_key_of(record)) or [""] * grid.size
    remarks = (remark for at in chosen for remark in grid.remarks(at, str(numbers[at] or ""), of_tracker=False))
    table = grid.table(grid.records(record, spec.columns, chosen))
    return _Child(table, (*header_remarks(values.name, match, record), *remarks, *grid.not_yet_remarks(chosen)))


def _key_of(record: type) -> str:
    """The column that names what a child row belongs to."""
    keys = (key for key, col in column_by_key(record).items() if col.kind is Kind.KEY or key == "number")
    return next(keys, "")


def _on_tracker(remark: Remark, rows: Mapping[str, int]) -> Remark:
    """A child sheet's remark with the tracker row of its 编号."""
    row = rows.get(remark.hit.number)
    return replace(remark, hit=replace(remark.hit, row=row)) if row else remark


def _rows_by_number(rows: TrackerRows) -> dict[str, int]:
    aside = {row.number: row.row for row in rows.quarantined if row.number}
    return aside | {action.number: action.row for action in rows.table.records if action.number}


# --- the tracker -------------------------------------------------------------------------------------------


def _tracker_rows(
    book: WorkbookValues,
    sheet: HeadedSheet,
    lists: Lists,
    procedure: Procedure,
    known_parts: Mapping[str, str],
    *,
    is_alone: bool,
) -> TrackerRows:
    values, match = sheet.values, sheet.match
    if match is None or match.missing:
        return _no_rows(sheet)
    rows = read_tracker(
        values,
        match,
        lists,
        date1904=book.package.date1904,
        number_pattern=procedure.number_pattern,
        known_parts=known_parts,
        is_adopted=procedure.taken_over_on is not None,
        number_prefix=procedure.number_prefixes.get(values.name.strip(), ""),
    )
    headless = headless_columns(values, match, rows)
    declared = "" if is_alone or procedure.number_prefixes.get(values.name.strip()) else on_sheet(values.name)
    struck = crossed_out(values, match, book.struck_cells(values.name), rows.table.records, declared)
    told = (*later_remarks(sheet, match), *header_remarks(values.name, match, Action, sheet.later))
    doubts = (*own_names_left_out(values, match, rows, told), *headless, *below_the_table(book, rows, match))
    numbered = [(row.row, row.number) for row in rows.table.records] + [(q.row, q.number) for q in rows.quarantined]
    moving = moving_dates(book, values, match, COLUMNS, numbered, of_tracker=True)
    return replace(rows, remarks=(*doubts, *rows.remarks, *moving, *_undecided(struck, procedure)))


def _undecided(struck: Iterator[Remark], procedure: Procedure) -> Iterator[Remark]:
    """The crossed-out rows of which nobody said that they count."""
    said = procedure.meanings.get(NUMBER_HEADER, {})
    return (r for r in struck if not said.keys() & {word_key(r.hit.number), word_key(r.hit.facts["id"])})


def _no_rows(sheet: HeadedSheet | None) -> TrackerRows:
    """What a workbook without a tracker comes to, or a sheet that lacks an always-needed column."""
    match = sheet.match if sheet else None
    header_row = match.header_row if match else 1
    name = sheet.values.name if sheet else TRACKER_SHEET
    empty: Table[Action] = Table(name, header_row, match.columns if match else {}, (), last_row=header_row)
    return TrackerRows(empty, (), {}, {}, ())
