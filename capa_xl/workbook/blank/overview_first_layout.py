"""The first layout of 总览, which workbooks made before layout 2 have: refresh goes on keeping its results true.

Only addresses and values; its formulas stand in those workbooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from capa_xl.a1 import column_letters
from capa_xl.model import words
from capa_xl.model.overview import (
    OVERVIEW_DEPARTMENTS,
    OVERVIEW_LINES,
    OVERVIEW_MONTHS,
    Overview,
    OverviewItem,
    Standing,
)
from capa_xl.workbook.blank.overview_head import NEVER, age, horizon
from capa_xl.workbook.blank.overview_layout import LiveValue, OverviewCell, literal

_FIGURES_ROW = 42
_FIELDS = ("number", "description", "department", "owner", "due_on", "days")
_WAITING = tuple(words.OPEN.index(status) for status in words.WAITING)
"""观察期 had no column."""
_Read = Callable[[Overview], LiveValue]


def first_layout_cells() -> tuple[OverviewCell, ...]:
    """Every formula cell of it."""
    parts = (_head(), _lists(), _matrix(), _figures())
    return tuple(OverviewCell(at, _THERE, value) for part in parts for at, value in part)


_THERE = literal("")
"""The formula is the workbook's own and isn't looked at."""


def _head() -> Iterator[tuple[str, _Read]]:
    yield "R1", lambda overview: overview.company
    yield "C2", lambda overview: overview.today
    yield "J2", lambda overview: "" if overview.is_empty else overview.updated_on or ""
    yield "M2", lambda overview: NEVER if overview.is_empty else age(overview)
    yield f"Q{_FIGURES_ROW}", horizon
    yield "B5", lambda overview: overview.tally.late_doing
    yield "H5", lambda overview: overview.tally.due_soon
    yield "N5", lambda overview: overview.tally.in_status(words.TO_APPROVE)
    yield "T5", lambda overview: sum(_decided(overview))
    yield "Z5", lambda overview: overview.data_errors
    yield "T6", lambda overview: "待检查 {} 项，待效果确认 {} 项".format(*_decided(overview))


def _decided(overview: Overview) -> tuple[int, int]:
    return overview.tally.in_status(words.TO_INSPECT), overview.tally.in_status(words.TO_CONFIRM)


def _lists() -> Iterator[tuple[str, _Read]]:
    for line in range(OVERVIEW_LINES):
        for letter, field in zip(("B", "D", "I", "K", "M", "O"), _FIELDS, strict=True):
            yield f"{letter}{10 + line}", _item(_late, line, field)
        for letter, field in zip(("R", "T", "Y", "AA", "AC", "AE"), _FIELDS, strict=True):
            yield f"{letter}{10 + line}", _item(_coming, line, field)
        row = _FIGURES_ROW + line
        yield f"L{row}", _days_left(line)
        yield f"M{row}", _item(_late, line, "position")
        yield f"N{row}", _item(_coming, line, "days")
        yield f"O{row}", _item(_coming, line, "position")


def _late(overview: Overview) -> tuple[OverviewItem, ...]:
    return overview.latest_doing


def _coming(overview: Overview) -> tuple[OverviewItem, ...]:
    return overview.coming


def _item(items: Callable[[Overview], tuple[OverviewItem, ...]], line: int, field: str) -> _Read:
    def value(overview: Overview) -> LiveValue:
        found = items(overview)
        shown: LiveValue = getattr(found[line], field) if line < len(found) else ""
        return shown[:60] if isinstance(shown, str) else shown

    return value


def _days_left(line: int) -> _Read:
    return lambda overview: -overview.latest_doing[line].days if line < len(overview.latest_doing) else ""


def _matrix() -> Iterator[tuple[str, _Read]]:
    letters = [column_letters(4 + index) for index in range(len(_WAITING))]
    for line in range(OVERVIEW_DEPARTMENTS):
        row = 23 + line
        yield f"B{row}", _of(line, lambda standing: standing.department)
        for letter, index in zip(letters, _WAITING, strict=True):
            yield f"{letter}{row}", _count(line, index)
        yield f"O{row}", _of(line, _waiting)
    for letter, index in zip(letters, _WAITING, strict=True):
        yield f"{letter}35", _rest(index)
        yield f"{letter}36", _in_all(index)
    yield "O35", lambda overview: _waiting(overview.standing_in_all) - sum(map(_waiting, overview.by_column))
    yield "O36", lambda overview: _waiting(overview.standing_in_all)


def _of(line: int, value: Callable[[Standing], LiveValue]) -> _Read:
    return lambda overview: value(overview.by_column[line]) if line < len(overview.by_column) else ""


def _count(line: int, index: int) -> _Read:
    return _of(line, lambda standing: standing.counts[index])


def _waiting(standing: Standing) -> int:
    return sum(standing.counts[index] for index in _WAITING)


def _in_all(index: int) -> _Read:
    return lambda overview: overview.standing_in_all.counts[index]


def _rest(index: int) -> _Read:
    return lambda overview: (
        overview.standing_in_all.counts[index] - sum(standing.counts[index] for standing in overview.by_column)
    )


def _figures() -> Iterator[tuple[str, _Read]]:
    for line in range(OVERVIEW_MONTHS):
        row = _FIGURES_ROW + line
        for letter, field in (("B", 0), ("D", 1), ("E", 2)):
            yield f"{letter}{row}", _month(line, field)
    for line in range(OVERVIEW_DEPARTMENTS):
        for letter, field in (("G", 0), ("I", 1), ("J", 2)):
            yield f"{letter}{_FIGURES_ROW + line}", _load(line, field)


def _month(line: int, field: int) -> _Read:
    return lambda overview: overview.typed_months[line][field]


def _load(line: int, field: int) -> _Read:
    return lambda overview: overview.loads[line][field] if line < len(overview.loads) else ""
