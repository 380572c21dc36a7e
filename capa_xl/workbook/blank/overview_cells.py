"""Each cell of 总览 in one place: its formula over the tracker, and the value it has for an `Overview`.

The formulas run in Excel 2010, WPS and LibreOffice alike: no dynamic arrays, A1 ranges to row 5,000. Figures come from
the 〔自动〕 columns, so they hold for 更新时间; rows that no refresh has seen yet count by their own due date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from capa_xl.model import words
from capa_xl.model.overview import (
    CLOSING_DATES,
    OVERVIEW_DEPARTMENTS,
    OVERVIEW_LINES,
    OVERVIEW_MONTHS,
    Overview,
    OverviewItem,
)
from capa_xl.model.register import column_letters
from capa_xl.workbook.blank.place import Place

Value = str | int | date
Formula = Callable[[Place], str]

TODAY, UPDATED, AGE = "C2", "J2", "M2"
TILES = ("B", "H", "N", "T", "Z")
TILE_NUMBER_ROW, TILE_NOTE_ROW = 5, 6
LIST_TITLE_ROW, LIST_HEADER_ROW, LIST_ROW = 8, 9, 10
LEFT_LIST = ("B", "D", "I", "K", "M", "O")
RIGHT_LIST = ("R", "T", "Y", "AA", "AC", "AE")
WAITING_HEADER_ROW, WAITING_ROW = 22, 23
WAITING_NAME, WAITING_FIRST, WAITING_TOTAL = "B", 4, "O"
OTHERS_ROW = WAITING_ROW + OVERVIEW_DEPARTMENTS
SUM_ROW = OTHERS_ROW + 1
FIGURES_ROW = 42
"""First row of the figures the lists and charts stand on."""
MONTH, NEW, CLOSED = "B", "D", "E"
DEPARTMENT, OPEN, LATE = "G", "I", "J"
LATE_DAYS, LATE_AT, SOON_DAYS, SOON_AT, HORIZON = "L", "M", "N", "O", "Q"
_BASE = f'IF({UPDATED}="",{TODAY},{UPDATED})'


@dataclass(frozen=True, slots=True)
class OverviewCell:
    """One formula cell of 总览.

    Attributes:
        at: A1 address.
        formula: The formula without its equals sign, for a tracker's layout.
        value: What the formula yields for an `Overview`.
    """

    at: str
    formula: Formula
    value: Callable[[Overview], Value]


def overview_cells() -> tuple[OverviewCell, ...]:
    """Every formula cell of 总览."""
    return tuple(_all_cells())


def _all_cells() -> Iterator[OverviewCell]:
    yield from _head()
    yield from _tiles()
    yield from _list(LEFT_LIST, LATE_DAYS, LATE_AT, -1, lambda overview: overview.longest_overdue)
    yield from _list(RIGHT_LIST, SOON_DAYS, SOON_AT, 1, lambda overview: overview.coming)
    yield from _waiting()
    yield from _months()
    yield from _departments()
    yield from _ranking(LATE_DAYS, LATE_AT, _late_days, lambda overview: overview.longest_overdue, -1)
    yield from _ranking(SOON_DAYS, SOON_AT, _soon_days, lambda overview: overview.coming, 1)


def _head() -> Iterator[OverviewCell]:
    company = 'IFERROR(VLOOKUP("公司名称",参数!$A$2:$B$201,2,FALSE)&"","")'
    yield OverviewCell("R1", lambda _: company, lambda overview: overview.company)
    yield OverviewCell(TODAY, lambda _: "TODAY()", lambda overview: overview.today)
    yield OverviewCell(UPDATED, _updated, lambda overview: overview.updated_on or "")
    yield OverviewCell(AGE, lambda _: _age_formula(), _age)
    yield OverviewCell(f"{HORIZON}{FIGURES_ROW}", lambda _: _horizon_formula(), _horizon)


def _updated(place: Place) -> str:
    """T of the last refresh: the open rows' 更新时间, for their 距期限天数 changes daily; else the latest there is."""
    updated = place.range("updated_on")
    open_rows = f"SUMPRODUCT(MAX(ISNUMBER({place.range('days_left')})*{updated}))"
    latest = f"MAX(IFERROR({open_rows},0),0)"
    return f'IF(MAX({updated})=0,"",IF({latest}>0,{latest},MAX({updated})))'


def _age_formula() -> str:
    days = f"{TODAY}-{UPDATED}"
    return f'IF({UPDATED}="","尚未更新，请运行 capa-xl refresh",IF({days}<=0,"今天已更新",({days})&" 天前更新"))'


def _age(overview: Overview) -> str:
    if overview.updated_on is None:
        return "尚未更新，请运行 capa-xl refresh"
    days = (overview.today - overview.updated_on).days
    return "今天已更新" if days <= 0 else f"{days} 天前更新"


def _horizon_formula() -> str:
    """The last day d with EDATE(d,-1) not after the base day: a month's last day reaches the next month's last day."""
    return f"IF(DAY({_BASE}+1)=1,EOMONTH({_BASE},1),EDATE({_BASE},1))"


def _horizon(overview: Overview) -> date:
    return horizon_of(overview.updated_on or overview.today)


def horizon_of(base: date) -> date:
    """The last due date that lies within a month of a day, as EDATE counts."""
    after_next = month_start(base, 2)
    last = date.fromordinal(after_next.toordinal() - 1)
    is_last = date.fromordinal(base.toordinal() + 1).day == 1
    return last if is_last else last.replace(day=min(base.day, last.day))


def month_start(day: date, months: int) -> date:
    """First day of the month `months` later."""
    years, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month0 + 1, 1)


def _tiles() -> Iterator[OverviewCell]:
    late, soon, approve, check, errors = (f"{letter}{TILE_NUMBER_ROW}" for letter in TILES)
    yield OverviewCell(late, _overdue, lambda overview: overview.overdue)
    yield OverviewCell(soon, _due_soon, lambda overview: overview.due_soon)
    yield OverviewCell(approve, _in_status(words.TO_APPROVE), lambda overview: overview.to_approve)
    yield OverviewCell(check, _to_check, lambda overview: overview.to_inspect + overview.to_confirm)
    yield OverviewCell(errors, lambda _: 'COUNTIF(校验结果!$A$2:$A$5001,"错误")', lambda overview: overview.data_errors)
    note = f"{TILES[3]}{TILE_NOTE_ROW}"
    yield OverviewCell(
        note, _to_check_note, lambda overview: f"待检查 {overview.to_inspect} 项，待效果确认 {overview.to_confirm} 项"
    )


def _in_status(status: str) -> Formula:
    return lambda place: f'COUNTIF({place.range("status")},"{status}")'


def _to_check(place: Place) -> str:
    return f"{_in_status(words.TO_INSPECT)(place)}+{_in_status(words.TO_CONFIRM)(place)}"


def _to_check_note(place: Place) -> str:
    inspect, confirm = _in_status(words.TO_INSPECT)(place), _in_status(words.TO_CONFIRM)(place)
    return f'"待检查 "&{inspect}&" 项，待效果确认 "&{confirm}&" 项"'


def _overdue(place: Place) -> str:
    return f'COUNTIF({place.range("days_left")},"<0")' + _not_yet_seen(place, f'"<"&{_BASE}')


def _due_soon(place: Place) -> str:
    return _soon_count(place) + _not_yet_seen(place, f'">="&{_BASE}', f'"<="&${HORIZON}${FIGURES_ROW}')


def _soon_count(place: Place) -> str:
    days = place.range("days_left")
    return f'COUNTIFS({days},">=0",{days},"<="&${HORIZON}${FIGURES_ROW}-{_BASE})'


def _not_yet_seen(place: Place, *due: str) -> str:
    """Rows with a number but no 〔自动〕状态 yet, open and due as asked; rows registered later don't count."""
    if not place.has("number", "due_on"):
        return ""
    tests = [f'{place.range("number")},"<>"', f'{place.range("status")},"="']
    tests += [f"{place.range('due_on')},{test}" for test in due]
    tests += [f'{place.range(key)},"="' for key in ("completed_on", "cancelled_on") if place.has(key)]
    term = f"+COUNTIFS({','.join(tests)})"
    if place.has("registered_on"):
        later = f'{place.range("registered_on")},">"&{_BASE}'
        term += f"-COUNTIFS({','.join([*tests, later])})"
    return term


_Items = Callable[[Overview], tuple[OverviewItem, ...]]


def _list(letters: tuple[str, ...], days: str, at: str, sign: int, items: _Items) -> Iterator[OverviewCell]:
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


def _item(items: _Items, line: int, field: str) -> Callable[[Overview], Value]:
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
    return f'IF({line}<={_soon_count(place)},SMALL({days},COUNTIF({days},"<0")+{line}),"")'


def _ranking(
    days: str, at: str, days_formula: Callable[[Place, int], str], items: _Items, sign: int
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


def _waiting() -> Iterator[OverviewCell]:
    letters = [column_letters(WAITING_FIRST + index) for index in range(len(words.WAITING))]
    for line in range(OVERVIEW_DEPARTMENTS):
        yield from _waiting_line(letters, line)
    for index, (letter, status) in enumerate(zip(letters, words.WAITING, strict=True)):
        own = f"SUM({letter}{WAITING_ROW}:{letter}{OTHERS_ROW - 1})"
        yield OverviewCell(f"{letter}{OTHERS_ROW}", _literal(f"{letter}{SUM_ROW}-{own}"), _others(index))
        yield OverviewCell(f"{letter}{SUM_ROW}", _in_status(status), _in_all(index))
    for row, value in ((OTHERS_ROW, _all_others), (SUM_ROW, lambda overview: sum(overview.waiting_in_all))):
        yield OverviewCell(f"{WAITING_TOTAL}{row}", _literal(f"SUM({letters[0]}{row}:{letters[-1]}{row})"), value)


def _waiting_line(letters: list[str], line: int) -> Iterator[OverviewCell]:
    row = WAITING_ROW + line
    name = f"${WAITING_NAME}{row}"
    yield OverviewCell(
        f"{WAITING_NAME}{row}",
        _literal(f'IFERROR(INDEX(字典!$A$2:$AZ$201,{line + 1},MATCH("部门",字典!$A$1:$AZ$1,0))&"","")'),
        lambda overview: overview.waiting[line][0] if line < len(overview.waiting) else "",
    )
    for index, (letter, status) in enumerate(zip(letters, words.WAITING, strict=True)):
        yield OverviewCell(f"{letter}{row}", _turn(name, status), _waits(line, index))
    total = f'IF({name}="","",SUM({letters[0]}{row}:{letters[-1]}{row}))'
    yield OverviewCell(f"{WAITING_TOTAL}{row}", _literal(total), _waits_in_all(line))


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


def _literal(formula: str) -> Formula:
    return lambda _: formula


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


def _months() -> Iterator[OverviewCell]:
    for line in range(OVERVIEW_MONTHS):
        row, back = FIGURES_ROW + line, OVERVIEW_MONTHS - 1 - line
        start = f"{MONTH}{row}"
        yield OverviewCell(start, _literal(f"EDATE({_BASE}-DAY({_BASE})+1,-{back})"), _month(line, 0))
        yield OverviewCell(f"{NEW}{row}", _registered_in(start), _month(line, 1))
        yield OverviewCell(f"{CLOSED}{row}", _closed_in(start), _month(line, 2))


def _month(line: int, field: int) -> Callable[[Overview], Value]:
    return lambda overview: overview.months[line][field]


def _registered_in(start: str) -> Formula:
    def formula(place: Place) -> str:
        if not place.has("registered_on", "number"):
            return "0"
        days = place.range("registered_on")
        until = f"MIN(EDATE({start},1)-1,{_BASE})"
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


def _departments() -> Iterator[OverviewCell]:
    for line in range(OVERVIEW_DEPARTMENTS):
        row = FIGURES_ROW + line
        name = f"${DEPARTMENT}{row}"
        same = f'{WAITING_NAME}{WAITING_ROW + line}&""'
        yield OverviewCell(f"{DEPARTMENT}{row}", _literal(same), _department(line, 0))
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
