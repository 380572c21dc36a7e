"""todo: what waits for one person or one department, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.meant_word import meant_word
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.records import Need, Progress
from capa_xl.model.register import Quarantined
from capa_xl.model.stage_strip import stage_strip
from capa_xl.model.todo import ACTION, FEEDBACK, NEED, STEP, Todo, TodoItem
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.department_steps import doers_of
from capa_xl.policy.errors_first import cells_to_correct, correction, headings_of
from capa_xl.policy.next_actor import filler_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.awaited_answers import answerers, evaluation_owed_by, is_answered
from capa_xl.policy.reminders.recipients import department_of, manager_names, quality_head_names

PERSON, DEPARTMENT = "人员", "部门"


def todo_of(view: RegisterView, name: str, problems: Iterable[Problem] = ()) -> Todo:
    """What waits for a person or a department at T.

    Args:
        problems: What `check` found: of a row that is set aside all its errors are named at once.

    A person has what waits for them by name, as one of the 责任人 of an action under way, as the head of the
    department that is waited for, and as the deputy of that day. A department has what waits for it or its people.
    """
    kind = _kind(view, name)
    wanted = _Wanted(view, name, kind, tuple(p for p in problems if p.severity is Severity.ERROR))
    items = sorted((*_actions(wanted), *_steps(wanted), *_needs(wanted), *_feedback(wanted)), key=_worst_first)
    shown = frozenset(item.number for item in items)
    return Todo(name, kind, tuple(items), "" if kind else nearest_name(view, name), tuple(_elsewhere(wanted, shown)))


def is_meant(view: RegisterView, todo: Todo, actor: str) -> bool:
    """True when whose list it is has what waits for one of the next actors at T."""
    return _Wanted(view, todo.name, todo.kind, ()).waits_for(actor)


class _Wanted(Struct, frozen=True):
    """Whose list it is."""

    view: RegisterView
    name: str
    kind: str
    errors: tuple[Problem, ...]

    def waits_for(self, *actors: str | None) -> bool:
        """True when one of those it waits for is meant by the name."""
        return any(self._is_meant(actor) for actor in actors if actor)

    def _is_meant(self, actor: str) -> bool:
        roster, on = self.view.roster, self.view.on
        if actor == self.name:
            return True
        if self.kind == DEPARTMENT:
            return roster.department_of(actor, on) == self.name
        return self.name in roster.heads_of(actor, on) or roster.deputy(actor, on) == self.name


def _actions(wanted: _Wanted) -> Iterator[TodoItem]:
    view = wanted.view
    for action, derived in view.pairs:
        if not derived.next_step or derived.status == words.OBSERVING:
            continue
        if wanted.waits_for(*_actors(wanted, action, derived)):
            yield _action_item(view, action, derived)
    for row in view.register.quarantined:
        if wanted.waits_for(*row.record.owners, *row.record.departments):
            yield _row_to_correct(wanted, row)


def _elsewhere(wanted: _Wanted, shown: Set[str]) -> Iterator[tuple[str, str]]:
    """The open actions of a person that are under way with others: nothing for them to do, and theirs all the same."""
    for action, derived in wanted.view.pairs:
        if wanted.name in action.owners and derived.next_actor and not derived.is_ended and action.number not in shown:
            yield action.number, derived.next_actor


def _actors(wanted: _Wanted, action: Action, derived: Derived) -> tuple[str, ...]:
    """Who is waited for; work under way is its owners' whoever does the next step: a step is an item of its own.

    What is to be filled before an approval is the departments', though the row waits for the approver.
    """
    if derived.status == words.TO_APPROVE:
        state = action_state_of(wanted.view.inputs, action)
        fillers = (filler_of(state, key) for key in derived.next_keys)
        return tuple(dict.fromkeys((*derived.next_actor.split("、"), *fillers)))
    if derived.status not in words.OWNERS_TURN:
        return tuple(derived.next_actor.split("、"))
    return (*(action.owners or (action.responsible_department or "",)), *_departments(wanted, action))


def _departments(wanted: _Wanted, action: Action) -> tuple[str, ...]:
    """责任部门 counts for a department's list, not for that of its head: he isn't the owner."""
    return action.departments if wanted.kind == DEPARTMENT else ()


def _action_item(view: RegisterView, action: Action, derived: Derived) -> TodoItem:
    cells = view.cells_to_fill(action)
    return TodoItem(
        number=derived.number,
        kind=ACTION,
        sheet=view.register.tracker.sheet_of(action.row),
        page=_page(view, action.row),
        cell=cells[0] if cells else view.at(action, "number"),
        description=action.description or action.measure or "",
        status=derived.status,
        next_step=derived.next_step,
        next_actor=derived.next_actor,
        due_on=action.due_on,
        overdue=derived.overdue_phrase if derived.overdue[:1] != ("Y2",) else "",
        days_overdue=derived.days_overdue if derived.overdue[:1] != ("Y2",) else 0,
        days_left=derived.days_left,
        strip=stage_strip(action, derived, view.inputs.columns),
        cells=cells,
    )


def _page(view: RegisterView, row: int) -> str:
    tracker = view.register.tracker
    return tracker.sheet_of(row) if tracker.pages else ""


def _row_to_correct(wanted: _Wanted, row: Quarantined) -> TodoItem:
    """A quarantined row waits to be made readable before anything else."""
    view, action = wanted.view, row.record
    cells = cells_to_correct(view.register, row, wanted.errors)
    return TodoItem(
        number=row.number,
        kind=ACTION,
        sheet=view.register.tracker.sheet_of(row.row),
        page=_page(view, row.row),
        cell=cells[0] if cells else view.at(action, "number"),
        description=action.description or action.measure or "",
        status=words.TO_CORRECT,
        next_step=correction(view.register, row, cells, headings_of(view.register)),
        next_actor=action.owners[0] if action.owners else action.responsible_department or "",
        due_on=action.due_on,
        overdue="",
        days_overdue=0,
        days_left=None,
        cells=cells,
    )


def _steps(wanted: _Wanted) -> Iterator[TodoItem]:
    view, table = wanted.view, wanted.view.register.steps
    for number, steps in view.steps.items():
        action = view.by_number.get(number)
        if table is None or action is None or not _is_under_way(view, number):
            continue
        for step in steps:
            actors = (*doers_of(step, action), step.department or "")
            if step.done_on is None and wanted.waits_for(*actors):
                what = f"完成步骤 {step.called}，填写：实际完成"
                at = table.cell(step.row, "done_on")
                yield _item(view, number, STEP, (table.sheet, at), step.content or "", what, actors[0], step.due_on)


def _is_under_way(view: RegisterView, number: str) -> bool:
    derived = view.derived[number]
    return derived.days_left is not None and not derived.is_ended


def _needs(wanted: _Wanted) -> Iterator[TodoItem]:
    view, table = wanted.view, wanted.view.register.needs
    for need in view.needs if table else ():
        for actors, what, key, limit in _owed(view, need):
            if table is not None and wanted.waits_for(*actors):
                place = table.sheet, table.cell(need.row, key)
                yield _item(view, need.number or "", NEED, place, need.description or "", what, actors[0], limit)


def _owed(view: RegisterView, need: Need) -> Iterator[tuple[tuple[str, ...], str, str, date]]:
    """Who owes what for a need by when: its evaluation, its reply."""
    limit = evaluation_owed_by(view, need)
    if limit is not None:
        yield (*quality_head_names(view), words.QUALITY_DEPARTMENT), "评估需求", "evaluation", limit
    if need.replied_on is None and need.reply_due_on is not None:
        receivers = (need.receiver,) if need.receiver else manager_names(view, need.receiving_department)
        department = (need.receiving_department,) if need.receiving_department else ()
        yield (*receivers, *department), "回复要求单", "replied_on", need.reply_due_on


def _feedback(wanted: _Wanted) -> Iterator[TodoItem]:
    view, table = wanted.view, wanted.view.register.progress
    for number, rows in view.progress.items():
        action = view.by_number.get(number)
        if table is None or action is None or view.derived[number].is_ended:
            continue
        for row in rows:
            if _asks(row) and wanted.waits_for(*(actors := answerers(view, row)), _keeper(view, action, row)):
                limit = view.calendar.add(row.on, view.procedure.limit_feedback) if row.on else None
                place = table.sheet, table.cell(row.row, "answer")
                yield _item(view, number, FEEDBACK, place, row.content or "", f"答复{row.kind}", actors[0], limit)


def _asks(row: Progress) -> bool:
    return row.kind in words.ANSWERABLE and not is_answered(row)


def _keeper(view: RegisterView, action: Action, row: Progress) -> str | None:
    """The department a problem is fed back to; a request for resources goes to 总经理 alone."""
    if row.kind != "问题":
        return None
    return view.derived[action.number].owning_department or department_of(view, action)


def _item(
    view: RegisterView,
    number: str,
    kind: str,
    place: tuple[str, str],
    description: str,
    what: str,
    actor: str,
    due_on: date | None,
) -> TodoItem:
    left = (due_on - view.on).days if due_on else None
    late = -left if left is not None and left < 0 else 0
    phrase = f"逾期 {late} 天" if late else ""
    return TodoItem(number, kind, *place, description, "", what, actor, due_on, phrase, late, left)


def _worst_first(item: TodoItem) -> tuple[bool, int, bool, int, str, str, str]:
    """Rows that can't be read, then the longest overdue, then the nearest deadline, then those without one."""
    left = item.days_left
    return (
        item.status != words.TO_CORRECT,
        -item.days_overdue,
        left is None,
        left if left is not None else 0,
        item.number,
        item.kind,
        item.cell,
    )


def _kind(view: RegisterView, name: str) -> str:
    people, departments = known_names(view)
    return PERSON if name in people else DEPARTMENT if name in departments else ""


def known_names(view: RegisterView) -> tuple[frozenset[str], frozenset[str]]:
    """Every person, and every department, that the roster or the table names."""
    table = view.register.people
    rows = table.records if table else ()
    actions = (*view.actions, *(row.record for row in view.register.quarantined))
    derived = view.derived.values()
    departments = {
        *(row.department for row in rows),
        *(name for action in actions for name in action.departments),
        *(one.owning_department for one in derived),
        *(one.inspector_department for one in derived),
        words.QUALITY_DEPARTMENT,
    }
    steps = (step for steps in view.steps.values() for step in steps)
    people = {
        *(row.name for row in rows),
        *(owner for action in actions for owner in action.owners),
        *(owner for step in steps for owner in step.owners),
        *(actor for one in derived for actor in one.next_actor.split("、")),
    }
    known = frozenset(name for name in departments if name)
    return frozenset(name for name in people if name) - known, known


def nearest_name(view: RegisterView, name: str) -> str:
    """The known person or department that an unknown one is an evident slip for; "" when none is, or several are."""
    people, departments = known_names(view)
    return meant_word(name, people | departments)
