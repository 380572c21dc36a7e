"""The rows of the sheet 时间轴: open actions with the days on which they pass, or are to pass, from phase to phase."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

TIMELINE_ROWS = 60
"""Actions that one A3 page holds."""


class TimelineRow(Struct, frozen=True):
    """One open action.

    Attributes:
        plan_on: First day of P.
        do_on, check_on, act_on: From when on D, C and A are drawn: since their first days, and the Mondays of the first
            whole weeks of those to come, so that the week of T shows the phase of T.
        end_on: The last day drawn; that of T where nobody knows what follows.
        due_on: 完成期限.
        original_due_on: 原完成期限 where it is another day.
        is_late: Past 完成期限 and not completed.
        waits_since: First day on which the step that waits was late; None while the worst lateness is another.
    """

    department: str
    number: str
    description: str
    owner: str
    status: str
    plan_on: date
    do_on: date
    check_on: date
    act_on: date
    end_on: date
    due_on: date | None
    original_due_on: date | None
    is_late: bool
    waits_since: date | None = None


class Timeline(Struct, frozen=True):
    """The open actions by department; the most pressing ones where there are more than a page holds.

    Attributes:
        more: Open actions that found no room.
    """

    today: date
    rows: tuple[TimelineRow, ...]
    more: int = 0
