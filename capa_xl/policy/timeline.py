"""Which open actions the sheet 时间轴 shows, and from when to when each phase of theirs lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.timeline import TIMELINE_ROWS, Timeline, TimelineRow
from capa_xl.policy import phase_begun
from capa_xl.policy.corrections import reopened_on
from capa_xl.policy.overview import departments_of
from capa_xl.policy.register_view import RegisterView


def timeline_of(view: RegisterView) -> Timeline:
    """The sheet as of T: departments in the order of 字典, the nearest deadline first.

    What was reopened is drawn from that day on: before it was over, and a bar has no gap.
    """
    open_pairs = [pair for pair in view.pairs if not pair[1].is_ended]
    pressing = sorted(open_pairs, key=_urgency)[:TIMELINE_ROWS]
    rows = [_row(view, action, derived) for action, derived in pressing]
    places = {name: place for place, name in enumerate(departments_of(view))}
    rows.sort(key=lambda row: (places.get(row.department, len(places)), row.department, row.due_on or date.max))
    return Timeline(view.on, tuple(rows), len(open_pairs) - len(rows))


def _urgency(pair: tuple[Action, Derived]) -> tuple[int, date, int]:
    action, derived = pair
    return -derived.days_overdue, action.due_on or date.max, action.row


def _row(view: RegisterView, action: Action, derived: Derived) -> TimelineRow:
    planned, *starts, end_on = _starts(view, action, derived)
    plan_on = max(planned, reopened_on(view.inputs, action) or planned)
    do_on, check_on, act_on = _in_order((plan_on, *(_drawn(day, view.on) for day in starts)))[1:]
    original = derived.original_due_on
    return TimelineRow(
        department=action.responsible_department or "",
        number=action.number,
        description=action.description or "",
        owner="、".join(action.owners),
        status=derived.status,
        plan_on=plan_on,
        do_on=do_on,
        check_on=check_on,
        act_on=act_on,
        end_on=end_on,
        due_on=action.due_on,
        original_due_on=original if original != action.due_on else None,
        is_late="Y1" in derived.overdue,
        waits_since=_waits_since(view.on, derived),
    )


def _starts(view: RegisterView, action: Action, derived: Derived) -> Iterator[date]:
    """First days of the phases and the last day: the facts of those that began, the plan of those to come."""
    began, tomorrow = "PDCA".index(derived.stage or "P"), view.on + timedelta(days=1)
    do_since = phase_begun.do_since(view.inputs, action, derived)
    yield action.registered_on or do_since or action.started_on or view.on
    do_on = (do_since or view.on) if began >= 1 else tomorrow
    if "Y1" in derived.overdue or (began < 2 and action.due_on is None):
        yield from (do_on, tomorrow, tomorrow, view.on)  # nobody knows when it will be done: nothing follows
        return
    yield do_on
    due = max(tomorrow, action.due_on + timedelta(days=1)) if action.due_on else tomorrow
    check_on = (action.completed_on or view.on) if began >= 2 else due
    yield check_on
    observed = max(tomorrow, _observed(view, action, derived, check_on))
    signed_on = derived.conclusion.confirmed_on if derived.conclusion else None
    act_on = (signed_on or view.on) if began >= 3 else observed
    yield act_on
    yield max(view.on, derived.report_due_on or view.calendar.add(act_on, view.procedure.limit_archiving))


def _observed(view: RegisterView, action: Action, derived: Derived, check_on: date) -> date:
    """The end of the observation period."""
    planned = check_on + timedelta(days=view.procedure.observation_days_of(action))
    return derived.earliest_confirmation_on or planned


def _drawn(day: date, today: date) -> date:
    """The day a phase is drawn from: the week in which it began shows it, and of those to come the first whole one.

    So this week shows the phase in which the action is.
    """
    return day if day <= today else day + timedelta(days=-day.weekday() % 7)


def _waits_since(today: date, derived: Derived) -> date | None:
    """The first day after the limit of the step that waits."""
    if not derived.overdue or derived.overdue[0] not in words.WAITING_LATE:
        return None
    return today - timedelta(days=derived.days_overdue - 1)


def _in_order(days: Iterable[date]) -> list[date]:
    """No phase begins before the one before it."""
    return list(accumulate(days, max))
