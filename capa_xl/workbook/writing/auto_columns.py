"""The 〔自动〕 columns: what each row's cells should hold, as edits for the splice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from capa_xl.model.auto_texts import Room, SheetRoom
from capa_xl.model.derived import AUTO_COLUMNS, Derived, auto_values, quarantined_values
from capa_xl.model.pages import line_of
from capa_xl.model.register import AutoValue, Register
from capa_xl.ooxml.patch import RowEdit

_UPDATED = "updated_on"
_NONE: Mapping[int, tuple[str, str]] = MappingProxyType({})


def auto_edits(
    register: Register,
    derived: Mapping[str, Derived],
    problems_by_row: Mapping[int, int],
    as_of: date,
    corrections: Mapping[int, tuple[str, str]] = _NONE,
) -> tuple[RowEdit, ...]:
    """What brings every 〔自动〕 cell up to date, row by row; cells that already hold their value are left out.

    更新时间 is the as-of date and changes only when another 〔自动〕 cell of its row does. Rows registered after the
    as-of day have no entry in `derived` and keep their cells. What isn't ours to write (`auto_kept`) is left alone.
    Cells beside a row that no longer counts are emptied, 更新时间 too, as it is on a quarantined row.

    Args:
        derived: By 编号, for the actions seen at the as-of day.
        problems_by_row: Errors and warnings of each tracker row, over all sheets.
        corrections: Row → 下一步 and 下一步责任人 of the rows that are set aside.
    """
    wanted = dict(_wanted(register, derived, problems_by_row, corrections))
    changed = ((row, _changed(register, row, wanted[row], as_of)) for row in sorted(wanted))
    alike: dict[tuple[int, ...], tuple[int, ...]] = {}  # most rows change in the same columns
    return tuple(_row_edit(register, row, cells, alike) for row, cells in changed if cells)


def _wanted(
    register: Register,
    derived: Mapping[str, Derived],
    problems_by_row: Mapping[int, int],
    corrections: Mapping[int, tuple[str, str]],
) -> Iterator[tuple[int, Mapping[str, AutoValue]]]:
    rows_that_count = {action.row for action in register.tracker.records} | {q.row for q in register.quarantined}
    for row in register.auto:
        if row not in rows_that_count:
            yield row, _EMPTY
    for action in register.tracker.records:
        if found := derived.get(action.number):
            yield action.row, auto_values(found, problems_by_row.get(action.row, 0), _room(register, action.row))
    for quarantined in register.quarantined:
        row = quarantined.row
        said = corrections.get(row, ("", ""))
        yield row, quarantined_values(problems_by_row.get(row, 0), *said, _room(register, row))


def _room(register: Register, row: int) -> Room:
    return register.auto_room.get(register.tracker.sheet_of(row), _UNKNOWN).of(line_of(row))


def _changed(register: Register, row: int, wanted: Mapping[str, AutoValue], as_of: date) -> dict[int, AutoValue]:
    """Column → its new value, of a row's cells that don't hold theirs."""
    now, columns = register.auto.get(row, _EMPTY), _columns(register, row)
    changed = {columns[key]: value for key, value in wanted.items() if key in columns and now.get(key) != value}
    dated = _UPDATED in columns and _UPDATED not in wanted
    if dated and (changed or not isinstance(now.get(_UPDATED), date)):
        changed[columns[_UPDATED]] = as_of
    return changed


def _row_edit(
    register: Register, row: int, cells: Mapping[int, AutoValue], alike: dict[tuple[int, ...], tuple[int, ...]]
) -> RowEdit:
    columns = tuple(cells)
    shared = alike.setdefault(columns, columns)
    return RowEdit(register.tracker.sheet_of(row), line_of(row), shared, tuple(cells.values()))


def _columns(register: Register, row: int) -> Mapping[str, int]:
    """The columns that are ours to write in a row."""
    columns, kept = register.tracker.columns_of(row), register.auto_kept
    return {key: at for key, at in columns.items() if (row, key) not in kept} if kept else columns


_UNKNOWN = SheetRoom()
_EMPTY: Mapping[str, AutoValue] = {col.key: None for col in AUTO_COLUMNS}
