"""Facts dated after today: they don't count yet (`policy.day`), but what is filled stays filled.

A date typed wrong hides its whole group: who approved, with what verdict. So what rules would say without it is told
by the date alone, and what is wrong with the other cells of the group is found as though the day had come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.columns import columns_of
from capa_xl.model.register import Record, Register, Table
from capa_xl.model.schema import SHEETS

_MAY_LIE_AHEAD = ("decisions", "plans")
"""Planned meetings and plans."""


class FutureFact(Struct, frozen=True):
    """A date of a deed that lies after today.

    Attributes:
        sheet_key: "tracker", or the sheet around it.
        record: The row as written.
        key: The column of the date.
    """

    sheet_key: str
    record: Any
    key: str
    day: date


def future_facts(register: Register, latest: date) -> tuple[FutureFact, ...]:
    """Every date of a deed after that day, the tracker's first."""
    return tuple(fact for sheet_key, table in _dated_sheets(register) for fact in _of(sheet_key, table, latest))


def as_though_come(register: Register, facts: Iterable[FutureFact], on: date) -> Register:
    """The register with those dates read as that day."""
    rows: dict[str, dict[int, dict[str, date]]] = {}
    for fact in facts:
        rows.setdefault(fact.sheet_key, {}).setdefault(fact.record.row, {})[fact.key] = on
    return replace(register, **{key: _dated(getattr(register, key), days) for key, days in rows.items()})


def _dated(table: Table[Any], days: dict[int, dict[str, date]]) -> Table[Any]:
    records: tuple[Record, ...] = tuple(
        replace(record, **days[record.row]) if record.row in days else record for record in table.records
    )
    return replace(table, records=records)


def _dated_sheets(register: Register) -> Iterator[tuple[str, Table[Any]]]:
    """The sheets whose rows record deeds of a day."""
    for spec in SHEETS:
        if spec.key and spec.record is not None and not spec.owned and spec.key not in _MAY_LIE_AHEAD:
            table = getattr(register, spec.key, None)
            if table is not None and table.records:
                yield spec.key, table


def _of(sheet_key: str, table: Table[Any], latest: date) -> Iterator[FutureFact]:
    record_class: type = type(table.records[0])
    for key in [col.key for col in columns_of(record_class) if col.dates_fact]:
        if max(set(map(attrgetter(key), table.records)) - {None}, default=latest) > latest:
            for record in table.records:
                day = getattr(record, key)
                if day is not None and day > latest:
                    yield FutureFact(sheet_key, record, key, day)
