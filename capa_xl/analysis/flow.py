"""What came and went: the traffic of actions by month, for charts and the review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from capa_xl.analysis.periods import months_of
from capa_xl.model import words
from capa_xl.model.kpi import KpiAction, KpiInput, MonthFlow, Ratio
from capa_xl.model.months import month_start
from capa_xl.model.period import Period, whole_months
from capa_xl.model.review import Flow


def monthly_flow(now: KpiInput, period: Period) -> tuple[MonthFlow, ...]:
    """The traffic of each month the period touches up to T; 完成期限 judged as it stands today."""
    months = (month for month in months_of(period) if month.start <= now.as_of)
    return tuple(_flow(now.actions, month, now.as_of) for month in months)


def period_flow(now: KpiInput, period: Period) -> Flow:
    """What came and went in the period, and what was open before it and at its end or T."""
    actions, end = now.actions, min(period.end, now.as_of)
    day_before = period.start - timedelta(days=1)
    return Flow(
        open_before=sum(was_open(action, day_before) for action in actions),
        new=_count(period, (action.registered_on for action in actions)),
        completed=_count(period, (action.completed_on for action in actions)),
        closed=_count(period, (action.closed_on for action in actions)),
        cancelled=_count(period, (action.cancelled_on for action in actions)),
        open_after=sum(was_open(action, end) for action in actions),
    )


def twelve_months_to(end: date) -> Period:
    """The twelve whole months that end with the month of a day."""
    return whole_months(month_start(end, -11), 12)


def was_open(action: KpiAction, on: date) -> bool:
    """Registered by the day (without 登记日期: always there), and neither closed, cancelled nor superseded by it."""
    if action.registered_on is not None and action.registered_on > on:
        return False
    ended = (
        action.closed_on or action.cancelled_on or (action.confirmed_on if action.status == words.SUPERSEDED else None)
    )
    return ended is None or ended > on


def running_overdue(actions: tuple[KpiAction, ...], on: date) -> Ratio:
    """Approved and uncompleted on that day, and those of them past 完成期限 as it stands today (KPI 2 back in time)."""
    running = [action for action in actions if _was_running(action, on)]
    late = tuple(action.number for action in running if _was_overdue(action, on))
    return Ratio(late, tuple(action.number for action in running))


def _was_running(action: KpiAction, on: date) -> bool:
    approved = action.approved_on or (action.registered_on if action.approval_satisfied else None)
    return approved is not None and approved <= on and was_open(action, on) and not _was_done(action, on)


def _was_done(action: KpiAction, on: date) -> bool:
    done = action.completed_on or action.cancelled_on or action.confirmed_on
    return done is not None and done <= on


def _flow(actions: tuple[KpiAction, ...], month: Period, as_of: date) -> MonthFlow:
    last = min(month.end, as_of)
    return MonthFlow(
        month=month.name[:7],
        new=_count(month, (action.registered_on for action in actions)),
        completed=_count(month, (action.completed_on for action in actions)),
        closed=_count(month, (action.closed_on for action in actions)),
        cancelled=_count(month, (action.cancelled_on for action in actions)),
        overdue=sum(_was_overdue(action, last) for action in actions),
    )


def _count(month: Period, days: Iterable[date | None]) -> int:
    return sum(map(month.holds, days))


def _was_overdue(action: KpiAction, on: date) -> bool:
    if action.due_on is None or action.due_on >= on:
        return False
    if action.registered_on is not None and action.registered_on > on:
        return False
    return not _was_done(action, on)
