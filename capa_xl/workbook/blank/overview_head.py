"""The head of 总览 and its five tiles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model import words
from capa_xl.model.months import month_start
from capa_xl.model.overview import Overview
from capa_xl.workbook.blank.overview_layout import (
    AGE,
    BASE,
    FIGURES_ROW,
    HORIZON,
    TILE_NOTE_ROW,
    TILE_NUMBER_ROW,
    TILES,
    TODAY,
    UPDATED,
    OverviewCell,
    in_status,
    literal,
)
from capa_xl.workbook.blank.place import Place

_ERRORS = 'COUNTIF(校验结果!$A$2:$A$5001,"错误")'


def head_cells() -> Iterator[OverviewCell]:
    """Company, today, 更新时间 and its age."""
    company = 'IFERROR(VLOOKUP("公司名称",参数!$A$2:$B$201,2,FALSE)&"","")'
    yield OverviewCell("R1", literal(company), lambda overview: overview.company)
    yield OverviewCell(TODAY, literal("TODAY()"), lambda overview: overview.today)
    yield OverviewCell(UPDATED, _updated, lambda overview: overview.updated_on or "")
    yield OverviewCell(AGE, literal(_age_formula()), _age)
    yield OverviewCell(f"{HORIZON}{FIGURES_ROW}", literal(_horizon_formula()), _horizon)


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
    return f"IF(DAY({BASE}+1)=1,EOMONTH({BASE},1),EDATE({BASE},1))"


def _horizon(overview: Overview) -> date:
    return horizon_of(overview.updated_on or overview.today)


def horizon_of(base: date) -> date:
    """The last due date that lies within a month of a day, as EDATE counts."""
    after_next = month_start(base, 2)
    last = date.fromordinal(after_next.toordinal() - 1)
    is_last = date.fromordinal(base.toordinal() + 1).day == 1
    return last if is_last else last.replace(day=min(base.day, last.day))


def tile_cells() -> Iterator[OverviewCell]:
    """The five numbers, and the note that splits the fourth."""
    late, soon, approve, check, errors = (f"{letter}{TILE_NUMBER_ROW}" for letter in TILES)
    yield OverviewCell(late, _overdue, lambda overview: overview.overdue)
    yield OverviewCell(soon, _due_soon, lambda overview: overview.due_soon)
    yield OverviewCell(approve, in_status(words.TO_APPROVE), lambda overview: overview.to_approve)
    yield OverviewCell(check, _to_check, lambda overview: overview.to_inspect + overview.to_confirm)
    yield OverviewCell(errors, literal(_ERRORS), lambda overview: overview.data_errors)
    note = f"{TILES[3]}{TILE_NOTE_ROW}"
    yield OverviewCell(
        note, _to_check_note, lambda overview: f"待检查 {overview.to_inspect} 项，待效果确认 {overview.to_confirm} 项"
    )


def _to_check(place: Place) -> str:
    return f"{in_status(words.TO_INSPECT)(place)}+{in_status(words.TO_CONFIRM)(place)}"


def _to_check_note(place: Place) -> str:
    inspect, confirm = in_status(words.TO_INSPECT)(place), in_status(words.TO_CONFIRM)(place)
    return f'"待检查 "&{inspect}&" 项，待效果确认 "&{confirm}&" 项"'


def _overdue(place: Place) -> str:
    return f'COUNTIF({place.range("days_left")},"<0")' + _not_yet_seen(place, f'"<"&{BASE}')


def _due_soon(place: Place) -> str:
    return soon_count(place) + _not_yet_seen(place, f'">="&{BASE}', f'"<="&${HORIZON}${FIGURES_ROW}')


def soon_count(place: Place) -> str:
    """How many refreshed rows are due within a month."""
    days = place.range("days_left")
    return f'COUNTIFS({days},">=0",{days},"<="&${HORIZON}${FIGURES_ROW}-{BASE})'


def _not_yet_seen(place: Place, *due: str) -> str:
    """Rows with a number but no 〔自动〕状态 yet, open and due as asked; rows registered later don't count."""
    if not place.has("number", "due_on"):
        return ""
    tests = [f'{place.range("number")},"<>"', f'{place.range("status")},"="']
    tests += [f"{place.range('due_on')},{test}" for test in due]
    tests += [f'{place.range(key)},"="' for key in ("completed_on", "cancelled_on") if place.has(key)]
    term = f"+COUNTIFS({','.join(tests)})"
    if place.has("registered_on"):
        later = f'{place.range("registered_on")},">"&{BASE}'
        term += f"-COUNTIFS({','.join([*tests, later])})"
    return term
