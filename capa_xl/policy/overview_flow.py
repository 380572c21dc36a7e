"""The twelve months of 总览: what was registered, what was closed, and how many stood in each phase at the month's end.

A past month is told from the dates as they stand today; the month of T from the statuses of T, so that its sum is the
number of open actions that every other place shows. What was registered and closed is what 改进看板 counts, rows that
went to an archive since among them: the view is the joined one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.months import month_start
from capa_xl.model.overview import CLOSING_DATES, OVERVIEW_MONTHS, FlowMonth
from capa_xl.policy.concluding import first_confirmed_on
from capa_xl.policy.ending_year import ended_on
from capa_xl.policy.phase_begun import do_since
from capa_xl.policy.register_view import RegisterView

PHASES = "PDCA"
DayOf = Callable[[Action, str], date | None]
"""A date of an action as Excel sees it."""


def flow_of(view: RegisterView, courses: Mapping[Course, int]) -> tuple[FlowMonth, ...]:
    """The months that end with the one of T.

    Args:
        courses: `months_of_courses` of the view.
    """
    new = _by_month(view, (action.registered_on for action in view.actions))
    closed = _by_month(view, (derived.closed_on for derived in view.derived.values()))
    cancelled = _by_month(view, (action.cancelled_on for action in view.actions))
    superseded = _by_month(view, (ended_on(*pair) for pair in view.pairs if pair[1].status == words.SUPERSEDED))
    starts = _starts(view)
    stood = [*(_phases(courses, start - timedelta(days=1)) for start in starts[1:]), _phases_now(view)]
    return tuple(
        FlowMonth(start, new[start], closed[start], phases, cancelled[start], superseded[start])
        for start, phases in zip(starts, stood, strict=True)
    )


def open_before(view: RegisterView, courses: Mapping[Course, int]) -> int:
    """Actions open on the day before those months."""
    return sum(_phases(courses, _starts(view)[0] - timedelta(days=1)))


def typed_months_of(view: RegisterView, day: DayOf) -> tuple[tuple[date, int, int], ...]:
    """(month, registered, closed) as formulas count them in the cells, rows set aside included."""
    key = _closing(view)
    set_aside = (row.record for row in view.register.quarantined if row.number)
    new = _by_month(view, (day(action, "registered_on") for action in (*view.actions, *set_aside)))
    ended = (day(action, key) for action, derived in view.pairs if derived.status == words.CLOSED)
    closed = Counter(on.replace(day=1) for on in ended if on)
    return tuple((start, new[start], closed[start]) for start in _starts(view))


def _starts(view: RegisterView) -> list[date]:
    return [month_start(view.on, -back) for back in reversed(range(OVERVIEW_MONTHS))]


def _closing(view: RegisterView) -> str:
    return next((key for key in CLOSING_DATES if view.register.tracker.has(key)), "completed_on")


def _by_month(view: RegisterView, days: Iterable[date | None]) -> Counter[date]:
    """The days up to T, by the first of their month."""
    return Counter([month_start(on) for on in days if on and on <= view.on])


class Course(NamedTuple):
    """The days on which an action came from one phase into the next; None for one that isn't dated.

    Attributes:
        begun: The first day of D.
        ended: The first day on which it was not open any more; None for an open one.
    """

    registered: date | None
    begun: date | None
    completed: date | None
    confirmed: date | None
    ended: date | None


def course_of(view: RegisterView, action: Action, derived: Derived, closing: str) -> Course:
    """The course of an action.

    Args:
        closing: The date that dates a closing, one of `CLOSING_DATES`.
    """
    confirmed = first_confirmed_on(view.inputs, action)
    ended = _ended_on(action, derived, closing) if derived.is_ended else None
    return Course(action.registered_on, do_since(view.inputs, action, derived), action.completed_on, confirmed, ended)


def months_of_courses(view: RegisterView) -> Counter[Course]:
    """The course of every action by the first of each day's month, as good at a month's end; many are then alike."""
    closing = _closing(view)
    courses = Counter(course_of(view, action, derived, closing) for action, derived in view.pairs)
    found: Counter[Course] = Counter()
    for course, count in courses.items():  # actions of one day and one course are many already
        found[Course(*[on and month_start(on) for on in course])] += count
    return found


def phase_on(course: Course, end: date) -> str:
    """P, D, C or A at the end of a past day, by the dates that lie behind it; "" before registration and once ended."""
    if (course.registered is not None and course.registered > end) or (
        course.ended is not None and course.ended <= end
    ):
        return ""
    reached = ((course.confirmed, "A"), (course.completed, "C"), (course.begun, "D"))
    return next((phase for on, phase in reached if on is not None and on <= end), "P")


def _phases(courses: Mapping[Course, int], end: date) -> tuple[int, int, int, int]:
    """Open actions by phase at the end of a past month."""
    found: Counter[str] = Counter()
    for course, count in courses.items():
        found[phase_on(course, end)] += count
    return _by_phase(found)


def _phases_now(view: RegisterView) -> tuple[int, int, int, int]:
    """Open actions by phase as of T itself."""
    return _by_phase(Counter(derived.stage for derived in view.derived.values() if not derived.is_ended))


def _by_phase(found: Counter[str]) -> tuple[int, int, int, int]:
    plan, do, check, act = (found[phase] for phase in PHASES)
    return plan, do, check, act


def _ended_on(action: Action, derived: Derived, closing: str) -> date:
    """The day an ended action ended; one without a date of its end never was open."""
    ended = ended_on(action, derived)
    if ended is None and derived.status == words.CLOSED:
        ended = getattr(action, closing)
    return ended or date.min
