"""What 改进例会材料 says: by department what was done, what is late, what comes next; and who is asked this week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.names_apart import listed_names
from capa_xl.model.paper_facts import Handful, MeetingDepartment, MeetingFacts, MeetingItem
from capa_xl.model.paper_kinds import MEETING
from capa_xl.model.period import Period
from capa_xl.model.todo import STEP
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.beside_the_row import side_tasks
from capa_xl.policy.overdue import step_limit
from capa_xl.policy.papers.paper_inputs import PaperInputs
from capa_xl.policy.past_years import archived
from capa_xl.policy.periods import following
from capa_xl.policy.register_view import RegisterView

THIS_WEEK = timedelta(days=7)
Pair = tuple[Action, Derived]


def meeting_facts(given: PaperInputs, period: Period) -> MeetingFacts:
    """The page for the meeting over a period, as of T; what was done counts wherever the row stands now.

    Actions go under the main one of their departments, by the name it has at T; without one under 质量部（未定部门）.
    """
    view, until = given.view, following(period, 1).end
    return MeetingFacts(
        head=given.head(f"LH-{period.name}", MEETING),
        period=period.name,
        coming_until=until,
        departments=tuple(_departments(view, period, until)),
        this_week=this_week(view),
    )


def this_week(view: RegisterView) -> tuple[Handful, ...]:
    """Who is waited for with something late, or due at the latest seven days after T; the most first, then by name.

    Due is the work by its 完成期限, a stage of the row (检查, 归档) by its own limit, and what waits beside the row (a
    step of 措施分解, a deadline to decide on, a question) by its own day.
    """
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for pair in view.pairs:
        for name in dict.fromkeys(_asked_this_week(view, pair)):
            numbers[name].append(pair[0].number)
    found = (Handful(name, tuple(own)) for name, own in numbers.items())
    return tuple(sorted(found, key=lambda one: (-len(one.numbers), one.person)))


def _asked_this_week(view: RegisterView, pair: Pair) -> Iterator[str]:
    action, derived = pair
    if derived.status != words.OBSERVING and (derived.is_late or _is_of_this_week(view, pair)):
        yield from filter(None, listed_names(derived.next_actor))
    for task in side_tasks(action_state_of(view.inputs, action), derived.status):
        if task.due_on is not None and task.due_on <= view.on + THIS_WEEK:
            yield from task.actors if task.kind == STEP else task.actors[:1]


def _is_of_this_week(view: RegisterView, pair: Pair) -> bool:
    until = view.on + THIS_WEEK
    limit = step_limit(action_state_of(view.inputs, pair[0]), pair[1].status)
    return _is_coming(pair, view.on, until) or (limit is not None and view.on <= limit <= until)


def _departments(view: RegisterView, period: Period, until: date) -> Iterator[MeetingDepartment]:
    groups: defaultdict[str, list[Pair]] = defaultdict(list)
    gone = ((one.action, one.derived) for one in archived(view))
    for action, derived in (*gone, *view.pairs):
        groups[_department_of(view, action, derived)].append((action, derived))
    made = [_department(view, name, pairs, period, until) for name, pairs in groups.items()]
    told = [one for one in made if one.done or one.late or one.coming]
    longest = {name: _longest_undone(pairs) for name, pairs in groups.items()}
    yield from sorted(told, key=lambda one: (-len(one.late), -longest[one.name], *_after_what_is_late(one)))


def _department_of(view: RegisterView, action: Action, derived: Derived) -> str:
    """The main one, as it is called at T; of an open row one that no list has is as good as none (FD13).

    Those rows are 质量部's to put right, and stand apart from its own.
    """
    named = action.departments if derived.is_ended else view.roster.asked(*action.departments)
    if named:
        return view.roster.lineage.current(named[0], view.on)
    return (words.QUALITY_DEPARTMENT if view.roster.places else "") + words.NO_DEPARTMENT


def _longest_undone(pairs: Iterable[Pair]) -> int:
    """Days of the longest 实施逾期."""
    return max((derived.days_overdue for _, derived in pairs if derived.overdue[:1] == ("Y1",)), default=0)


def _after_what_is_late(one: MeetingDepartment) -> tuple[str, int, int, str]:
    return _nearest(one), -len(one.coming), -len(one.done), one.name


def _nearest(one: MeetingDepartment) -> str:
    """The first deadline that comes, as the page says it; the last of days where none does."""
    return next((item.mark for item in one.coming), str(date.max))


def _department(view: RegisterView, name: str, pairs: Iterable[Pair], period: Period, until: date) -> MeetingDepartment:
    kept, on = list(pairs), view.on
    late = sorted((pair for pair in kept if pair[1].is_late), key=lambda pair: (-pair[1].days_overdue, pair[0].row))
    done = [pair for pair in kept if _is_done(view, pair[0], period)]
    coming = sorted((pair for pair in kept if _is_coming(pair, on, until)), key=lambda pair: pair[1].days_left or 0)
    return MeetingDepartment(
        name,
        _items(sorted(done, key=lambda pair: pair[0].completed_on or until), _done_mark),
        _items(late, lambda pair: pair[1].overdue_briefly),
        _items(coming, _due_mark),
    )


def _is_done(view: RegisterView, action: Action, period: Period) -> bool:
    """Completed in the period, and that completion was not sent back (返工)."""
    return period.holds(action.completed_on) and not action_state_of(view.inputs, action).failed


def _is_coming(pair: Pair, on: date, until: date) -> bool:
    action, derived = pair
    return derived.days_left is not None and action.due_on is not None and on <= action.due_on <= until


def _items(pairs: Iterable[Pair], mark: Callable[[Pair], str]) -> tuple[MeetingItem, ...]:
    return tuple(
        MeetingItem(
            action.number,
            action.description or action.measure or "",
            mark((action, derived)),
            is_undone=derived.overdue[:1] == ("Y1",),
        )
        for action, derived in pairs
    )


def _done_mark(pair: Pair) -> str:
    action = pair[0]
    if action.due_on is None or action.completed_on is None:
        return ""
    late = (action.completed_on - action.due_on).days
    return f"逾期 {late} 天完成" if late > 0 else "按期完成"


def _due_mark(pair: Pair) -> str:
    return str(pair[0].due_on)
