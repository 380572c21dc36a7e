"""The two lists of 总览: longest overdue, and due within a month."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from capa_xl.model.overview import OVERVIEW_LINES, Overview, OverviewItem
from capa_xl.workbook.blank.overview_head import soon_count
from capa_xl.workbook.blank.overview_layout import (
    FIGURES_ROW,
    LATE_AT,
    LATE_DAYS,
    LEFT_LIST,
    LIST_ROW,
    RIGHT_LIST,
    SOON_AT,
    SOON_DAYS,
    UPDATED,
    Formula,
    OverviewCell,
    Value,
)
from capa_xl.workbook.blank.place import Place

Items = Callable[[Overview], tuple[OverviewItem, ...]]


def list_cells() -> Iterator[OverviewCell]:
    """The lines of both lists, and the days and positions they are found by."""
    yield from _lines(LEFT_LIST, LATE_DAYS, LATE_AT, -1, _longest_overdue)
    yield from _lines(RIGHT_LIST, SOON_DAYS, SOON_AT, 1, _coming)
    yield from _ranking(LATE_DAYS, LATE_AT, _late_days, _longest_overdue, -1)
    yield from _ranking(SOON_DAYS, SOON_AT, _soon_days, _coming, 1)


def _longest_overdue(overview: Overview) -> tuple[OverviewItem, ...]:
    return overview.longest_overdue


def _coming(overview: Overview) -> tuple[OverviewItem, ...]:
    return overview.coming


def _lines(letters: tuple[str, ...], days: str, at: str, sign: int, items: Items) -> Iterator[OverviewCell]:
    """The lines of one list; every line is found through its position in the figures below."""
    number, description, department, owner, due, left = letters
    for line in range(OVERVIEW_LINES):
        row, figures = LIST_ROW + line, FIGURES_ROW + line
        here = f"{at}{figures}"
        yield OverviewCell(f"{number}{row}", _found("number", here), _item(items, line, "number"))
        yield OverviewCell(f"{description}{row}", _found("description", here, 60), _item(items, line, "description"))
        yield OverviewCell(
            f"{department}{row}", _found("responsible_department", here), _item(items, line, "department")
        )
        yield OverviewCell(f"{owner}{row}", _found("next_actor", here), _item(items, line, "owner"))
        yield OverviewCell(f"{due}{row}", _due_formula(here, f"{days}{figures}"), _item(items, line, "due_on"))
        yield OverviewCell(f"{left}{row}", _days_formula(here, f"{days}{figures}", sign), _item(items, line, "days"))


def _found(key: str, here: str, longest: int = 0) -> Formula:
    def formula(place: Place) -> str:
        if not place.has(key):
            return '""'
        text = f'INDEX({place.range(key)},{here})&""'
        return f'IF({here}="","",{f"LEFT({text},{longest})" if longest else text})'

    return formula


def _due_formula(here: str, days: str) -> Formula:
    return lambda _: f'IF({here}="","",{UPDATED}+{days})'


def _days_formula(here: str, days: str, sign: int) -> Formula:
    return lambda _: f'IF({here}="","",{"-" if sign < 0 else ""}{days})'


def _item(items: Items, line: int, field: str) -> Callable[[Overview], Value]:
    def value(overview: Overview) -> Value:
        found = items(overview)
        if line >= len(found):
            return ""
        shown: Value = getattr(found[line], field)
        return shown[:60] if isinstance(shown, str) else shown

    return value


def _late_days(place: Place, line: int) -> str:
    days = place.range("days_left")
    return f'IF({line}<=COUNTIF({days},"<0"),SMALL({days},{line}),"")'


def _soon_days(place: Place, line: int) -> str:
    days = place.range("days_left")
    return f'IF({line}<={soon_count(place)},SMALL({days},COUNTIF({days},"<0")+{line}),"")'


def _ranking(
    days: str, at: str, days_formula: Callable[[Place, int], str], items: Items, sign: int
) -> Iterator[OverviewCell]:
    """The days of each line and where in the tracker it stands; equal days are found one below the other."""
    for line in range(OVERVIEW_LINES):
        row = FIGURES_ROW + line
        yield OverviewCell(f"{days}{row}", _bound(days_formula, line + 1), _signed(_item(items, line, "days"), sign))
        yield OverviewCell(f"{at}{row}", _position(days, at, row), _item(items, line, "position"))


def _bound(days_formula: Callable[[Place, int], str], line: int) -> Formula:
    return lambda place: days_formula(place, line)


def _signed(value: Callable[[Overview], Value], sign: int) -> Callable[[Overview], Value]:
    def signed(overview: Overview) -> Value:
        days = value(overview)
        return sign * days if isinstance(days, int) else days

    return signed


def _position(days: str, at: str, row: int) -> Formula:
    def formula(place: Place) -> str:
        everything = place.range("days_left")
        first = f"MATCH({days}{row},{everything},0)"
        if row == FIGURES_ROW:
            return f'IF({days}{row}="","",{first})'
        above = f"{at}{row - 1}"
        below = f"INDEX({everything},{above}+1):INDEX({everything},ROWS({everything}))"
        again = f"{above}+MATCH({days}{row},{below},0)"
        return f'IF({days}{row}="","",IF({days}{row}={days}{row - 1},{again},{first}))'

    return formula
