"""The table 待办责任人 and the figures of the charts on 总览."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from capa_xl.a1 import column_letters
from capa_xl.model import words
from capa_xl.model.overview import CLOSING_DATES, OVERVIEW_DEPARTMENTS, OVERVIEW_MONTHS, Overview
from capa_xl.workbook.blank.overview_layout import (
    BASE,
    CLOSED,
    DEPARTMENT,
    FIGURES_ROW,
    LATE,
    MONTH,
    NEW,
    OPEN,
    OTHERS_ROW,
    SUM_ROW,
    WAITING_FIRST,
    WAITING_NAME,
    WAITING_ROW,
    WAITING_TOTAL,
    Formula,
    OverviewCell,
    Value,
    in_status,
    literal,
)
from capa_xl.workbook.blank.place import Place


def waiting_cells() -> Iterator[OverviewCell]:
    """待办责任人: departments down, stages across, the rest and the sum below."""
    letters = [column_letters(WAITING_FIRST + index) for index in range(len(words.WAITING))]
    for line in range(OVERVIEW_DEPARTMENTS):
        yield from _waiting_line(letters, line)
    for index, (letter, status) in enumerate(zip(letters, words.WAITING, strict=True)):
        own = f"SUM({letter}{WAITING_ROW}:{letter}{OTHERS_ROW - 1})"
        yield OverviewCell(f"{letter}{OTHERS_ROW}", literal(f"{letter}{SUM_ROW}-{own}"), _others(index))
        yield OverviewCell(f"{letter}{SUM_ROW}", in_status(status), _in_all(index))
    for row, value in ((OTHERS_ROW, _all_others), (SUM_ROW, lambda overview: sum(overview.waiting_in_all))):
        yield OverviewCell(f"{WAITING_TOTAL}{row}", literal(f"SUM({letters[0]}{row}:{letters[-1]}{row})"), value)


def _waiting_line(letters: list[str], line: int) -> Iterator[OverviewCell]:
    row = WAITING_ROW + line
    name = f"${WAITING_NAME}{row}"
    yield OverviewCell(
        f"{WAITING_NAME}{row}",
        literal(f'IFERROR(INDEX(字典!$A$2:$AZ$201,{line + 1},MATCH("部门",字典!$A$1:$AZ$1,0))&"","")'),
        lambda overview: overview.waiting[line][0] if line < len(overview.waiting) else "",
    )
    for index, (letter, status) in enumerate(zip(letters, words.WAITING, strict=True)):
        yield OverviewCell(f"{letter}{row}", _turn(name, status), _waits(line, index))
    total = f'IF({name}="","",SUM({letters[0]}{row}:{letters[-1]}{row}))'
    yield OverviewCell(f"{WAITING_TOTAL}{row}", literal(total), _waits_in_all(line))


def _turn(name: str, status: str) -> Formula:
    """Rows in a status whose turn it is in a department; a blank 归口部门 falls to 责任部门."""
    wanted = words.STAGE_DEPARTMENT[status]

    def formula(place: Place) -> str:
        in_status = f'{place.range("status")},"{status}"'
        key = wanted if place.has(wanted) else "responsible_department"
        if not place.has(key):
            return f'IF({name}="","",0)'
        counted = f"COUNTIFS({place.range(key)},{name},{in_status})"
        if key == "owning_department" and place.has("responsible_department"):
            responsible = place.range("responsible_department")
            counted += f'+COUNTIFS({responsible},{name},{place.range(key)},"=",{in_status})'
        return f'IF({name}="","",{counted})'

    return formula


def _waits(line: int, index: int) -> Callable[[Overview], Value]:
    return lambda overview: overview.waiting[line][1][index] if line < len(overview.waiting) else ""


def _waits_in_all(line: int) -> Callable[[Overview], Value]:
    return lambda overview: sum(overview.waiting[line][1]) if line < len(overview.waiting) else ""


def _in_all(index: int) -> Callable[[Overview], Value]:
    return lambda overview: overview.waiting_in_all[index]


def _others(index: int) -> Callable[[Overview], Value]:
    return lambda overview: overview.waiting_in_all[index] - sum(counts[index] for _, counts in overview.waiting)


def _all_others(overview: Overview) -> int:
    return sum(overview.waiting_in_all) - sum(sum(counts) for _, counts in overview.waiting)


def month_cells() -> Iterator[OverviewCell]:
    """New and closed rows of the last twelve months."""
    for line in range(OVERVIEW_MONTHS):
        row, back = FIGURES_ROW + line, OVERVIEW_MONTHS - 1 - line
        start = f"{MONTH}{row}"
        yield OverviewCell(start, literal(f"EDATE({BASE}-DAY({BASE})+1,-{back})"), _month(line, 0))
        yield OverviewCell(f"{NEW}{row}", _registered_in(start), _month(line, 1))
        yield OverviewCell(f"{CLOSED}{row}", _closed_in(start), _month(line, 2))


def _month(line: int, field: int) -> Callable[[Overview], Value]:
    return lambda overview: overview.months[line][field]


def _registered_in(start: str) -> Formula:
    def formula(place: Place) -> str:
        if not place.has("registered_on", "number"):
            return "0"
        days = place.range("registered_on")
        until = f"MIN(EDATE({start},1)-1,{BASE})"
        return f'COUNTIFS({place.range("number")},"<>",{days},">="&{start},{days},"<="&{until})'

    return formula


def _closed_in(start: str) -> Formula:
    def formula(place: Place) -> str:
        key = next((key for key in CLOSING_DATES if place.has(key)), None)
        if key is None:
            return "0"
        days = place.range(key)
        closed = f'{place.range("status")},"{words.CLOSED}"'
        return f'COUNTIFS({closed},{days},">="&{start},{days},"<"&EDATE({start},1))'

    return formula


def department_cells() -> Iterator[OverviewCell]:
    """Open and overdue rows of each department."""
    for line in range(OVERVIEW_DEPARTMENTS):
        row = FIGURES_ROW + line
        name = f"${DEPARTMENT}{row}"
        same = f'{WAITING_NAME}{WAITING_ROW + line}&""'
        yield OverviewCell(f"{DEPARTMENT}{row}", literal(same), _department(line, 0))
        yield OverviewCell(f"{OPEN}{row}", _open(name), _department(line, 1))
        yield OverviewCell(f"{LATE}{row}", _late(name), _department(line, 2))


def _department(line: int, field: int) -> Callable[[Overview], Value]:
    return lambda overview: overview.departments[line][field] if line < len(overview.departments) else ""


def _open(name: str) -> Formula:
    """Rows of a department with a status that isn't an end; 待更正 is no status of an action."""

    def formula(place: Place) -> str:
        if not place.has("responsible_department"):
            return f'IF({name}="","",0)'
        mine = f"{place.range('responsible_department')},{name},{place.range('status')}"
        ended = [status for status in words.STATUSES if status in words.ENDED]
        less = "".join(f'-COUNTIFS({mine},"{status}")' for status in (*ended, words.TO_CORRECT))
        return f'IF({name}="","",COUNTIFS({mine},"<>"){less})'

    return formula


def _late(name: str) -> Formula:
    def formula(place: Place) -> str:
        if not place.has("responsible_department"):
            return f'IF({name}="","",0)'
        mine = f"{place.range('responsible_department')},{name}"
        return f'IF({name}="","",COUNTIFS({mine},{place.range("days_left")},"<0"))'

    return formula
