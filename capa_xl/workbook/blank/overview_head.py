"""The head of 总览: company, days, and the last day that counts as due soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model.months import month_start
from capa_xl.model.overview import Overview
from capa_xl.workbook.blank.overview_layout import (
    AGE,
    BASE,
    COMPANY,
    FIGURES_ROW,
    HORIZON,
    REFRESHED,
    TODAY,
    UPDATED,
    OverviewCell,
    literal,
)
from capa_xl.workbook.blank.place import Place

NEVER = "尚未更新，请运行 capa-xl refresh"


def head_cells() -> Iterator[OverviewCell]:
    """Company, today, 更新时间 and its age."""
    company = 'IFERROR(VLOOKUP("公司名称",参数!$A$2:$B$201,2,FALSE)&"","")'
    yield OverviewCell(COMPANY, literal(company), lambda overview: overview.company)
    yield OverviewCell(TODAY, literal("TODAY()"), lambda overview: overview.today)
    yield OverviewCell(UPDATED, _updated, lambda overview: overview.updated_on or "")
    yield OverviewCell(AGE, literal(_age_formula()), age)
    yield OverviewCell(f"{REFRESHED}{FIGURES_ROW}", None, _refreshed)
    yield OverviewCell(f"{HORIZON}{FIGURES_ROW}", literal(_horizon_formula()), horizon)


def _updated(place: Place) -> str:
    """T of the last refresh: the open rows' 更新时间, for their 距期限天数 changes daily; else the latest there is.

    A table without rows has its day in a cell of 总览's own.
    """
    updated = place.range("updated_on")
    open_rows = f"SUMPRODUCT(MAX(ISNUMBER({place.range('days_left')})*{updated}))"
    latest = f"MAX(IFERROR({open_rows},0),0)"
    own = f"{REFRESHED}{FIGURES_ROW}"
    return f'IF(MAX({updated})=0,IF(N({own})=0,"",{own}),IF({latest}>0,{latest},MAX({updated})))'


def _refreshed(overview: Overview) -> date | str:
    return overview.updated_on if overview.is_empty and overview.updated_on else ""


def _age_formula() -> str:
    days = f"{TODAY}-{UPDATED}"
    return f'IF({UPDATED}="","{NEVER}",IF({days}<=0,"今天已更新",({days})&" 天前更新"))'


def age(overview: Overview) -> str:
    """How old the figures are."""
    if overview.updated_on is None:
        return NEVER
    days = (overview.today - overview.updated_on).days
    return "今天已更新" if days <= 0 else f"{days} 天前更新"


def _horizon_formula() -> str:
    """The last day d with EDATE(d,-1) not after the base day: a month's last day reaches the next month's last day."""
    return f"IF(DAY({BASE}+1)=1,EOMONTH({BASE},1),EDATE({BASE},1))"


def horizon(overview: Overview) -> date:
    """The last due date within a month of the figures' day."""
    return horizon_of(overview.updated_on or overview.today)


def horizon_of(base: date) -> date:
    """The last due date that lies within a month of a day, as EDATE counts."""
    after_next = month_start(base, 2)
    last = date.fromordinal(after_next.toordinal() - 1)
    is_last = date.fromordinal(base.toordinal() + 1).day == 1
    return last if is_last else last.replace(day=min(base.day, last.day))
