"""What came and went: the traffic of actions by month, for charts and the review."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.kpi import KpiAction, KpiInput, MonthFlow, Ratio, Reopened
from capa_xl.model.months import month_start
from capa_xl.model.period import Period, months_of, whole_months
from capa_xl.model.review import Flow


def monthly_flow(now: KpiInput, period: Period) -> tuple[MonthFlow, ...]:
    """The traffic of each month the period touches up to T; 完成期限 judged as it stood at each month's end."""
    months = (month for month in months_of(period) if month.start <= now.as_of)
    return tuple(_flow(now.actions, month, now.as_of) for month in months)


def period_flow(now: KpiInput, period: Period) -> Flow:
    """What came and went in the period, and what was open before it and at its end or T."""
    actions, span = now.actions, _seen(period, now.as_of)
    day_before = period.start - timedelta(days=1)
    return Flow(
        open_before=sum(was_open(action, day_before) for action in actions),
        new=_count(span, (action.registered_on for action in actions)),
        completed=_count(span, (action.completed_on for action in actions)),
        closed=_count(span, (action.closed_on for action in actions)),
        cancelled=_count(span, (action.cancelled_on for action in actions)),
        superseded=_count(span, map(_superseded_on, actions)),
        open_after=sum(_is_open(action, span.end, now.as_of) for action in actions),
    )


def reopened_since(actions: Iterable[KpiAction], start: date, ends: Collection[date] = ()) -> Reopened:
    """What an entry of 更正记录 reopened on that day or later, or took the confirmation of.

    Args:
        ends: Last days of periods: what a later fact changed of an action after one of them is told too.
    """
    rows = tuple(actions)
    found = [(one.number, entry) for one in rows for entry in one.taken_back if entry.on >= start]
    overwritten = (number for number, entry in found if entry.is_overwritten)
    later = (
        f"{one.number}（{fact.on} {fact.said}）"
        for one in rows
        for fact in one.later_facts
        if any(fact.of <= end < fact.on for end in ends)
    )
    numbers = (number for number, _ in found)
    return Reopened(*(tuple(dict.fromkeys(told)) for told in (numbers, overwritten, later)))


def _seen(period: Period, as_of: date) -> Period:
    """The period up to T."""
    return replace(period, end=min(period.end, as_of))


def _is_open(action: KpiAction, on: date, as_of: date) -> bool:
    """By the status at T itself, by the dates on a day before it."""
    return action.status not in words.ENDED if on == as_of else was_open(action, on)


def twelve_months_to(end: date) -> Period:
    """The twelve whole months that end with the month of a day."""
    return whole_months(month_start(end, -11), 12)


def was_open(action: KpiAction, on: date) -> bool:
    """Registered by the day (without 登记日期: always there), and neither closed, cancelled nor superseded by it."""
    if action.registered_on is not None and action.registered_on > on:
        return False
    ended = _ended_on(action)
    return ended > on if ended is not None else action.status not in words.ENDED


def _ended_on(action: KpiAction) -> date | None:
    """None while it isn't over, and where nothing but a word says that it is: since when nobody can tell."""
    return action.closed_on or action.cancelled_on or _superseded_on(action)


def _superseded_on(action: KpiAction) -> date | None:
    return action.confirmed_on if action.status == words.SUPERSEDED else None


def running_overdue(actions: tuple[KpiAction, ...], on: date) -> Ratio:
    """Approved and uncompleted on that day, and those of them past 完成期限 as it stood then (KPI 2 back in time)."""
    running = [action for action in actions if _was_running(action, on)]
    late = tuple(action.number for action in running if _was_overdue(action, on))
    return Ratio(late, tuple(action.number for action in running))


def _was_running(action: KpiAction, on: date) -> bool:
    approved = action.approved_on or (action.registered_on if action.approval_satisfied else None)
    return approved is not None and approved <= on and was_open(action, on) and not _was_done(action, on)


def _was_done(action: KpiAction, on: date) -> bool:
    done = action.completed_on or action.cancelled_on or action.confirmed_on
    is_over = done is None and _ended_on(action) is None and action.status in words.ENDED
    return (
        is_over
        or (done is not None and done <= on)
        or any(one.was_done(on) for one in (*action.taken_back, *action.set_back))
    )


def _flow(actions: tuple[KpiAction, ...], month: Period, as_of: date) -> MonthFlow:
    span = _seen(month, as_of)
    return MonthFlow(
        month=month.name[:7],
        new=_count(span, (action.registered_on for action in actions)),
        completed=_count(span, (action.completed_on for action in actions)),
        closed=_count(span, (action.closed_on for action in actions)),
        cancelled=_count(span, (action.cancelled_on for action in actions)),
        superseded=_count(span, map(_superseded_on, actions)),
        open=sum(_is_open(action, span.end, as_of) for action in actions),
        overdue=sum("Y1" in a.overdue if span.end == as_of else _was_overdue(a, span.end) for a in actions),
    )


def _count(span: Period, days: Iterable[date | None]) -> int:
    return sum(map(span.holds, days))


def _was_overdue(action: KpiAction, on: date) -> bool:
    due_on = action.due_at(on)
    if due_on is None or due_on >= on:
        return False
    if action.registered_on is not None and action.registered_on > on:
        return False
    return not _was_done(action, on)
