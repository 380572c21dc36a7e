"""The register as it stood on a day: later facts read as blank, the whole group (semantics.md, *The day*)."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import structs

from capa_xl.model.action import Action
from capa_xl.model.columns import MANY, column_by_key, columns_of
from capa_xl.model.records import Extension, Need, Revision

R = TypeVar("R")
REGISTRATION = "登记"
_THERE_ALREADY = (Action, Need, Extension, Revision)
"""Rows that somebody waits for. What else is dated ahead, a meeting, a plan or a note, may be meant so."""


@cache
def _registration(record_class: type) -> str | None:
    """Field of the date that governs the whole row; None where the class has none."""
    return next((c.key for c in columns_of(record_class) if c.dates_fact and c.fact == REGISTRATION), None)


@cache
def _groups(record_class: type) -> tuple[tuple[str, dict[str, Any]], ...]:
    """(date field, blank values of its whole group) of every dated fact but the registration."""
    columns = columns_of(record_class)
    return tuple(
        (dating.key, {c.key: () if c.kind in MANY else None for c in columns if c.fact == dating.fact})
        for dating in columns
        if dating.dates_fact and dating.fact != REGISTRATION
    )


def without_facts(record: R, facts: Set[str], until: date) -> R:
    """The record without those of the dated groups whose date is that day or earlier; undated cells stay."""
    blanks: dict[str, Any] = {}
    record_class: type = type(record)
    columns = column_by_key(record_class)
    for key, blank in _groups(record_class):
        day = getattr(record, key)
        if columns[key].fact in facts and day is not None and day <= until:
            blanks |= blank
    return structs.replace(record, **blanks) if blanks else record  # type: ignore[type-var]


def last_date(records: Sequence[Any]) -> date:
    """The latest date of any dated fact in the rows of a sheet; the first of all days where there is none.

    A sheet whose last date is T or earlier is seen as it stands.
    """
    if not records:
        return date.min
    record_class: type = type(records[0])
    columns = (c.key for c in columns_of(record_class) if c.dates_fact)
    days = set[date | None]().union(*(map(attrgetter(key), records) for key in columns))
    return max((day for day in days if day is not None), default=date.min)


def precedes(day: date | None, other: date | None) -> bool:
    """True when both days are known and the one lies before the other."""
    return day is not None and other is not None and day < other


@cache
def _dates(record_class: type) -> Any:
    """All dates that matter as one tuple: registration (or row) first, one call a record."""
    keys = [_registration(record_class) or "row", *(key for key, _ in _groups(record_class))]
    return attrgetter(*keys) if len(keys) > 1 else lambda record: (getattr(record, keys[0]),)


def as_seen(record: R, on: date) -> R | None:
    """The record as somebody saw it at the end of that day.

    Returns:
        None when it was registered later; the record itself when nothing of it lies in the future; else a copy whose
        later groups are blank. Cells without a dated group always count.
    """
    record_class: type = type(record)
    registered, *dates = _dates(record_class)(record)
    if isinstance(registered, date) and registered > on:
        return None
    blanks: dict[str, Any] = {}
    for value, (_, blank) in zip(dates, _groups(record_class), strict=True):
        if value is not None and value > on:
            blanks |= blank
    return structs.replace(record, **blanks) if blanks else record  # type: ignore[type-var]


def registered_by(record: R, latest: date) -> R:
    """The record as of an unknown day of registration where that day hasn't come: a slip (FD14), the row is there.

    A wrong year in one cell must not take a row that is late out of every count, list and letter.

    Args:
        latest: T or today, whichever is later.
    """
    record_class: type = type(record)
    key = _registration(record_class)
    if key is None or not is_there_already(record_class, key):
        return record
    day = getattr(record, key)
    return structs.replace(record, **{key: None}) if day is not None and day > latest else record  # type: ignore[type-var]


def is_there_already(record_class: type, key: str) -> bool:
    """True for the day of registration of rows that count from an unknown day while it lies ahead."""
    return record_class in _THERE_ALREADY and key == _registration(record_class)


def has_fact_between(record: Any, after: date, until: date) -> bool:
    """Whether a dated fact of the record lies after the one day and on the other or before it."""
    record_class: type = type(record)
    return any(isinstance(day, date) and after < day <= until for day in _dates(record_class)(record))
