"""A limit that people wrote as a span (2个工作日, 24小时内): the day it comes to, proposed to people and never taken.

Counted from the day of registration, which has no time: hours are told where they are whole days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from capa_xl.policy.calendar import WorkCalendar
from capa_xl.policy.complaint_clocks import unread_clocks_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.unread_cells import unread_cells

_SPAN: Final = re.compile(
    r"(?:收到|登记|接到|投诉)?后?(\d{1,3})个?(工作日|自然日|日历天|天|日|小时|h)(?:以?内|之内)?(?:响应|答复|回复)?"
)
_HOURS_A_DAY: Final = 24


def day_of_span(written: str, since: date, calendar: WorkCalendar) -> date | None:
    """The last day of a span; None for what is no span, or none of whole days.

    Args:
        since: The day after which it begins to count; 2个工作日 ends with the second working day after it.
    """
    found = _SPAN.fullmatch("".join(written.split()).lower())
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    if unit == "工作日":
        return calendar.add(since, count)
    days, rest = divmod(count, _HOURS_A_DAY) if unit in ("小时", "h") else (count, 0)
    return since + timedelta(days) if not rest else None


def span_sentence(written: str, since: date | None, calendar: WorkCalendar) -> str:
    """2个工作日 从登记日期 2026-09-30 算起，是 2026-10-09; "" where that can't be told."""
    day = day_of_span(written, since, calendar) if since is not None else None
    return f"「{written}」从登记日期 {since} 算起，是 {day}" if day is not None else ""


def spans_of_clocks(view: RegisterView) -> Mapping[tuple[str, str], str]:
    """(sheet, cell) of the clocks of complaints that hold a span → what it comes to, a Chinese phrase."""
    table = view.register.needs
    found: dict[tuple[str, str], str] = {}
    if table is None:
        return found
    unread = unread_cells(view.register)
    for need in view.needs:
        for clock in unread_clocks_of(need, view.on, table, unread):
            if sentence := span_sentence(clock.written, need.registered_on, view.calendar):
                found[table.sheet_of(need.row), clock.cell] = sentence
    return found
