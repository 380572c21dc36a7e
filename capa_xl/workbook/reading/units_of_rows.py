"""Each measured number in the unit of its row, or none that anybody can read.

`12分钟` beside the unit 小时 is no 12. A `3%` that Excel keeps as 0.03 and shows in percent is 3 beside the unit %.
See docs/behaviour/reading.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.problem import Hit, Remark, Severity
from capa_xl.model.records import Confirmation
from capa_xl.model.register import Table
from capa_xl.workbook.reading.notes import quoted
from capa_xl.workbook.reading.tracker import TrackerRows
from capa_xl.workbook.reading.written_units import Measured, is_same_unit


def in_units_of_rows(rows: TrackerRows) -> TrackerRows:
    """The tracker with plain numbers; FD04 where one is written in another unit than its row's."""
    table, remarks = _in_units(rows.table, _own_unit)
    aside = tuple(replace(one, record=_counted(one.record, _own_unit(one.record))) for one in rows.quarantined)
    return replace(rows, table=table, quarantined=aside, remarks=(*rows.remarks, *remarks))


def in_units_of_sheet(table: Table[Any], actions: Table[Action]) -> tuple[Table[Any], tuple[Remark, ...]]:
    """A sheet around the tracker with plain numbers, and FD04; a round of 效果确认 counts in the unit of its action."""
    is_of_rounds = bool(table.records) and isinstance(table.records[0], Confirmation)
    of_actions = _units_of_actions(actions) if is_of_rounds else {}

    def unit_of(record: Any) -> str | None:
        if not isinstance(record, Confirmation):
            return _own_unit(record)
        indicator, unit = of_actions.get(record.number or "", ("", ""))
        return unit if record.indicator in (None, indicator) and unit else None

    return _in_units(table, unit_of)


def _units_of_actions(table: Table[Action]) -> Mapping[str, tuple[str, str]]:
    """编号 → the action's 效果指标 and its 单位, of those that say their unit."""
    return {a.number: (a.indicator or "", a.unit) for a in table.records if a.unit}


def _own_unit(record: Any) -> str | None:
    """The unit in the row, or where that is blank the one behind the first of its numbers."""
    return record.unit or next((one.unit for one in _measured(record).values()), None)


def _in_units(table: Table[Any], unit_of: Callable[[Any], str | None]) -> tuple[Table[Any], tuple[Remark, ...]]:
    found = _rows_with_units(table.records)
    if not found:
        return table, ()
    records, remarks = list(table.records), list[Remark]()
    for at in found:
        record, unit = records[at], unit_of(records[at])
        records[at] = _counted(record, unit)
        remarks += _in_other_units(table, record, unit)
    return replace(table, records=tuple(records)), tuple(remarks)


def _rows_with_units(records: Sequence[Any]) -> list[int]:
    """The places of the rows that hold a number with a unit; all rows are looked at column by column."""
    keys = _keys_of(records[0]) if records else ()
    columns = (list(map(type, map(attrgetter(key), records))) for key in keys)
    return sorted({at for kinds in columns if Measured in kinds for at, kind in enumerate(kinds) if kind is Measured})


def _keys_of(record: Any) -> tuple[str, ...]:
    record_class: type = type(record)
    return tuple(key for key, col in column_by_key(record_class).items() if col.measured)


def _measured(record: Any) -> dict[str, Measured]:
    """The numbers of a row that carry a unit, by key."""
    numbers = ((key, getattr(record, key)) for key in _keys_of(record))
    return {key: number for key, number in numbers if isinstance(number, Measured)}


def _counted(record: Any, unit: str | None) -> Any:
    """The row with plain numbers, blank for one in another unit."""
    measured = _measured(record)
    if not measured:
        return record
    plain: dict[str, Any] = {
        key: number.without_unit if unit is None else float(number) if is_same_unit(number.unit, unit) else None
        for key, number in measured.items()
    }
    return replace(record, **plain, **({"unit": unit} if hasattr(record, "unit") else {}))


def _in_other_units(table: Table[Any], record: Any, unit: str | None) -> Iterator[Remark]:
    record_class: type = type(record)
    columns = column_by_key(record_class)
    for key, number in _measured(record).items():
        if unit is not None and not is_same_unit(number.unit, unit):
            facts = {"c": columns[key].header, "v": quoted(number.text), "unit": unit}
            row = record.row if isinstance(record, Action) else None
            at = table.cell(record.row, key)
            hit = Hit(table.sheet_of(record.row), at, getattr(record, "number", None) or "", row, facts, Severity.ERROR)
            yield Remark("FD04", hit)
