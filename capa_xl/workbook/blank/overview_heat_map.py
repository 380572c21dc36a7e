"""The heat map of 总览: open actions by department and stage, each count with its late ones in the corner."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from capa_xl.a1 import column_letters
from capa_xl.model import words
from capa_xl.model.cut_text import begun, cut_middle
from capa_xl.model.overview import OVERVIEW_DEPARTMENTS, Overview, Standing
from capa_xl.workbook.blank.overview_layout import (
    DEPARTMENT,
    FIGURES_ROW,
    HEAT_FIRST,
    HEAT_LATE_TOTAL,
    HEAT_NAME,
    HEAT_ROW,
    HEAT_TOTAL,
    OTHERS_ROW,
    SUM_ROW,
    Formula,
    LiveValue,
    OverviewCell,
    in_status,
    literal,
    shorten,
    shortened,
)
from capa_xl.workbook.blank.place import Place

LONGEST_NAME, LONGEST_NAME_BEFORE = 15, 12
"""Characters of a department; the second where it is cut at its end, in sheets of departments counted by column."""
STAGE_LETTERS = tuple(
    (column_letters(HEAT_FIRST + 2 * index), column_letters(HEAT_FIRST + 2 * index + 1))
    for index in range(len(words.OPEN))
)
"""The columns of each stage of `words.OPEN`: its count, and its late ones."""


def heat_map_cells(*, by_turn: bool = True) -> Iterator[OverviewCell]:
    """Departments down, stages across, the rest and the sum below.

    The counts of departments are values, for no formula knows whose turn it is; the sums stay formulas.

    Args:
        by_turn: False: formulas over the department columns, as older sheets have.
    """
    for line in range(OVERVIEW_DEPARTMENTS):
        yield from _department(line, by_turn)
    for index, (status, letters) in enumerate(zip(words.OPEN, STAGE_LETTERS, strict=True)):
        yield from _below(index, status, letters, by_turn)
    for row, value in ((OTHERS_ROW, _others(by_turn)), (SUM_ROW, _everywhere)):
        yield from _totals(row, value)


def _listed(overview: Overview, by_turn: bool) -> tuple[Standing, ...]:
    """The departments of the sheet, with their counts."""
    return overview.standings if by_turn else overview.by_column


def _department(line: int, by_turn: bool) -> Iterator[OverviewCell]:
    row, name = HEAT_ROW + line, f"${DEPARTMENT}${FIGURES_ROW + line}"
    heading = f'IFERROR(INDEX(字典!$A$2:$AZ$201,{line + 1},MATCH("部门",字典!$A$1:$AZ$1,0))&"","")'
    yield OverviewCell(name.replace("$", ""), literal(heading), _name(line))
    yield OverviewCell(f"{HEAT_NAME}{row}", literal(_shortened(name, by_turn)), _short_name(line, by_turn))
    for index, (status, letters) in enumerate(zip(words.OPEN, STAGE_LETTERS, strict=True)):
        for which, letter in enumerate(letters):
            formula = None if by_turn else _standing_in(name, status, late=bool(which))
            yield OverviewCell(f"{letter}{row}", formula, _of_line(line, _number(which, index), by_turn))
    for at, added, value in _sums(row, name):
        yield OverviewCell(at, literal(added), _of_line(line, value, by_turn))


def _sums(row: int, name: str) -> Iterator[tuple[str, str, Callable[[Standing], int]]]:
    yield f"{HEAT_TOTAL}{row}", f'IF({name}="","",{_added(row, 0)})', lambda standing: sum(standing.counts)
    yield f"{HEAT_LATE_TOTAL}{row}", f'IF({name}="","",{_added(row, 1)})', lambda standing: sum(standing.late)


def _added(row: int, which: int) -> str:
    return "+".join(f"{letters[which]}{row}" for letters in STAGE_LETTERS)


def _standing_in(name: str, status: str, *, late: bool = False) -> Formula:
    """Rows in a status that stand in a department; a blank 归口部门 falls to 责任部门."""
    wanted = words.STAGE_DEPARTMENT[status]

    def formula(place: Place) -> str:
        tests = _tests(place, status, late=late)
        key = wanted if place.has(wanted) else "responsible_department"
        if not place.has(key) or not tests:
            return f'IF({name}="","",0)'
        counted = f"COUNTIFS({place.range(key)},{name},{tests})"
        if key == "owning_department" and place.has("responsible_department"):
            responsible = place.range("responsible_department")
            counted += f'+COUNTIFS({responsible},{name},{place.range(key)},"=",{tests})'
        return f'IF({name}="","",{counted})'

    return formula


def _tests(place: Place, status: str, *, late: bool) -> str:
    """What COUNTIFS asks of a row in a status, or late in it; "" where the table can't say."""
    found = f'{place.range("status")},"{status}"'
    if not late:
        return found
    if not place.has("days_overdue", "overdue"):
        return ""
    over = words.OVERDUE_WORDS["Y2"]
    return f'{found},{place.range("days_overdue")},">0",{place.range("overdue")},"<>{over}*"'


def _below(index: int, status: str, letters: tuple[str, str], by_turn: bool) -> Iterator[OverviewCell]:
    """The sum of a stage, and what of it belongs to no department with a line."""
    for which, letter in enumerate(letters):
        lines = f"SUM({letter}{HEAT_ROW}:{letter}{OTHERS_ROW - 1})"
        rest = literal(f"{letter}{SUM_ROW}-{lines}")
        yield OverviewCell(f"{letter}{OTHERS_ROW}", rest, _rest(index, which, by_turn))
        yield OverviewCell(f"{letter}{SUM_ROW}", _in_all(status, late=bool(which)), _sum(index, which))


def _in_all(status: str, *, late: bool) -> Formula:
    def formula(place: Place) -> str:
        tests = _tests(place, status, late=late)
        return (f"COUNTIFS({tests})" if late else in_status(place, status)) if tests else "0"

    return formula


def _totals(row: int, value: Callable[[Overview, int], int]) -> Iterator[OverviewCell]:
    for which, letter in enumerate((HEAT_TOTAL, HEAT_LATE_TOTAL)):
        yield OverviewCell(f"{letter}{row}", literal(_added(row, which)), _which(value, which))


def _which(value: Callable[[Overview, int], int], which: int) -> Callable[[Overview], LiveValue]:
    return lambda overview: value(overview, which)


def _name(line: int) -> Callable[[Overview], LiveValue]:
    return lambda overview: overview.standings[line].department if line < len(overview.standings) else ""


def _shortened(name: str, by_turn: bool) -> str:
    """The formula of a department's short name."""
    if not by_turn:
        return shortened(name, LONGEST_NAME_BEFORE)
    head = begun(LONGEST_NAME)
    ends = f'LEFT({name},{head})&"…"&RIGHT({name},{LONGEST_NAME - 1 - head})'
    return f"IF(LEN({name})>{LONGEST_NAME},{ends},{name})"


def _short_name(line: int, by_turn: bool) -> Callable[[Overview], LiveValue]:
    """What it gives."""

    def short(overview: Overview) -> str:
        name = str(_name(line)(overview))
        return cut_middle(name, LONGEST_NAME) if by_turn else shorten(name, LONGEST_NAME_BEFORE)

    return short


def _of_line(line: int, value: Callable[[Standing], int], by_turn: bool) -> Callable[[Overview], LiveValue]:
    def cell(overview: Overview) -> LiveValue:
        listed = _listed(overview, by_turn)
        return value(listed[line]) if line < len(listed) else ""

    return cell


def _number(which: int, index: int) -> Callable[[Standing], int]:
    return lambda standing: _numbers(standing, which)[index]


def _numbers(standing: Standing, which: int) -> tuple[int, ...]:
    return standing.late if which else standing.counts


def _sum(index: int, which: int) -> Callable[[Overview], LiveValue]:
    return lambda overview: _numbers(overview.standing_in_all, which)[index]


def _rest(index: int, which: int, by_turn: bool) -> Callable[[Overview], LiveValue]:
    def value(overview: Overview) -> int:
        lines = sum(_numbers(standing, which)[index] for standing in _listed(overview, by_turn))
        return _numbers(overview.standing_in_all, which)[index] - lines

    return value


def _everywhere(overview: Overview, which: int) -> int:
    return sum(_numbers(overview.standing_in_all, which))


def _others(by_turn: bool) -> Callable[[Overview, int], int]:
    def value(overview: Overview, which: int) -> int:
        lines = sum(sum(_numbers(standing, which)) for standing in _listed(overview, by_turn))
        return _everywhere(overview, which) - lines

    return value
