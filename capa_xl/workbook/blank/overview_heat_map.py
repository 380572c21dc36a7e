"""The heat map of 总览: open actions by department and stage, each count with its late ones in the corner."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from capa_xl.a1 import column_letters
from capa_xl.model import words
from capa_xl.model.overview import OVERVIEW_DEPARTMENTS, Overview, Standing
from capa_xl.workbook.blank.overview_cuts import heat_map_cut
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
    OverviewEdition,
    in_status,
    literal,
)
from capa_xl.workbook.blank.place import Place

STAGE_LETTERS = tuple(
    (column_letters(HEAT_FIRST + 2 * index), column_letters(HEAT_FIRST + 2 * index + 1))
    for index in range(len(words.OPEN))
)
"""The columns of each stage of `words.OPEN`: its count, and its late ones."""


def heat_map_cells(edition: OverviewEdition) -> Iterator[OverviewCell]:
    """Departments down, stages across, the rest and the sum below.

    The departments, the busiest first, and their counts are values, for no formula knows whose turn it is; the sums
    stay formulas.

    Args:
        edition: Earlier ones name the departments by formulas over 字典, the first one counts by its columns.
    """
    for line in range(OVERVIEW_DEPARTMENTS):
        yield from _department(line, edition)
    for index, (status, letters) in enumerate(zip(words.OPEN, STAGE_LETTERS, strict=True)):
        yield from _below(index, status, letters, edition)
    for row, value in ((OTHERS_ROW, _others(edition)), (SUM_ROW, _everywhere)):
        yield from _totals(row, value)


def _listed(overview: Overview, edition: OverviewEdition) -> tuple[Standing, ...]:
    """The departments of the sheet, with their counts."""
    if edition >= OverviewEdition.BUSIEST_FIRST:
        return overview.standings
    return overview.by_list if edition >= OverviewEdition.COUNTS_BY_TURN else overview.by_column


def _department(line: int, edition: OverviewEdition) -> Iterator[OverviewCell]:
    row, name, cut = HEAT_ROW + line, f"${DEPARTMENT}${FIGURES_ROW + line}", heat_map_cut(edition)
    of_line = _name(line, edition)
    listed = f'IFERROR(INDEX(字典!$A$2:$AZ$201,{line + 1},MATCH("部门",字典!$A$1:$AZ$1,0))&"","")'
    heading = literal(listed) if edition < OverviewEdition.BUSIEST_FIRST else None
    yield OverviewCell(name.replace("$", ""), heading, of_line)
    shown = name if heading else f'({name}&"")'
    yield OverviewCell(f"{HEAT_NAME}{row}", literal(cut.formula(shown)), lambda o: cut.value(o, of_line(o)))
    for index, (status, letters) in enumerate(zip(words.OPEN, STAGE_LETTERS, strict=True)):
        for which, letter in enumerate(letters):
            formula = (
                None if edition >= OverviewEdition.COUNTS_BY_TURN else _standing_in(name, status, late=bool(which))
            )
            yield OverviewCell(f"{letter}{row}", formula, _of_line(line, _number(which, index), edition))
    for at, added, value in _sums(row, name):
        yield OverviewCell(at, literal(added), _of_line(line, value, edition))


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


def _below(index: int, status: str, letters: tuple[str, str], edition: OverviewEdition) -> Iterator[OverviewCell]:
    """The sum of a stage, and what of it belongs to no department with a line."""
    for which, letter in enumerate(letters):
        lines = f"SUM({letter}{HEAT_ROW}:{letter}{OTHERS_ROW - 1})"
        rest = literal(f"{letter}{SUM_ROW}-{lines}")
        yield OverviewCell(f"{letter}{OTHERS_ROW}", rest, _rest(index, which, edition))
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


def _name(line: int, edition: OverviewEdition) -> Callable[[Overview], str]:
    def name(overview: Overview) -> str:
        listed = _listed(overview, edition)
        return listed[line].department if line < len(listed) else ""

    return name


def _of_line(line: int, value: Callable[[Standing], int], edition: OverviewEdition) -> Callable[[Overview], LiveValue]:
    def cell(overview: Overview) -> LiveValue:
        listed = _listed(overview, edition)
        return value(listed[line]) if line < len(listed) else ""

    return cell


def _number(which: int, index: int) -> Callable[[Standing], int]:
    return lambda standing: _numbers(standing, which)[index]


def _numbers(standing: Standing, which: int) -> tuple[int, ...]:
    return standing.late if which else standing.counts


def _sum(index: int, which: int) -> Callable[[Overview], LiveValue]:
    return lambda overview: _numbers(overview.standing_in_all, which)[index]


def _rest(index: int, which: int, edition: OverviewEdition) -> Callable[[Overview], LiveValue]:
    def value(overview: Overview) -> int:
        lines = sum(_numbers(standing, which)[index] for standing in _listed(overview, edition))
        return _numbers(overview.standing_in_all, which)[index] - lines

    return value


def _everywhere(overview: Overview, which: int) -> int:
    return sum(_numbers(overview.standing_in_all, which))


def _others(edition: OverviewEdition) -> Callable[[Overview, int], int]:
    def value(overview: Overview, which: int) -> int:
        lines = sum(sum(_numbers(standing, which)) for standing in _listed(overview, edition))
        return _everywhere(overview, which) - lines

    return value
