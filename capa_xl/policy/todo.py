"""todo: what waits for one person or one department, worst first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import Kind, columns_of
from capa_xl.model.derived import Derived
from capa_xl.model.meant_word import like_person, meant_department, meant_word
from capa_xl.model.names_apart import listed_names
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.records import Person
from capa_xl.model.register import Quarantined
from capa_xl.model.todo import ACTION, DEPARTMENT, PERSON, Todo, TodoItem
from capa_xl.policy.asked_number import asked_number
from capa_xl.policy.correctors import correctors_of, first_correctors
from capa_xl.policy.department_steps import waiting_departments
from capa_xl.policy.errors_first import cells_to_correct, correction, headings_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.unread_cells import unread_cells
from capa_xl.policy.waiting_items import items_of_action, page_of_row
from capa_xl.policy.waiting_needs import items_of_need
from capa_xl.policy.whose_list import Whose

_PEOPLE = tuple(one.key for one in columns_of(Action) if one.kind in (Kind.PERSON, Kind.PEOPLE))
"""The cells of an action that name people."""


def todo_of(view: RegisterView, name: str, problems: Iterable[Problem] = ()) -> Todo:
    """What waits for a person or a department at T.

    Args:
        problems: What `check` found: of a row that is set aside all its errors are named at once.

    A person has what waits for them by name, as one of the 责任人 of an action under way, as the head of the
    department that is waited for, and as the deputy of that day. A department has what waits for it or its people.
    """
    whose = whose_list(view, name)
    if not whose.kind:
        return _of_no_name(view, name)
    items = items_on(whose, problems)
    shown = frozenset(item.number for item in items)
    deputy = view.roster.stand_in(name, view.on) if whose.kind == PERSON else None
    return Todo(name, whose.kind, items, elsewhere=tuple(_elsewhere(whose, shown)), deputy=deputy or "")


def _of_no_name(view: RegisterView, name: str) -> Todo:
    """Of a name that neither a list nor the table has: what it was, may be, or is asked for by mistake."""
    lineage = view.roster.lineage
    if not lineage.lives_on(name, view.on):
        successors = lineage.successors(name, view.on)
        return Todo(name, "", (), successors=successors, changed_on=lineage.goes_by_since(name, view.on))
    asked = asked_number(view, name)
    nearest = "" if asked else nearest_name(view, name)
    return Todo(name, "", (), nearest, asked=asked, written_in=tuple(_written_in(view, name)))


def _written_in(view: RegisterView, department: str) -> Iterator[str]:
    """The open rows, and those set aside, that name a department which no list has: done steps wait no more."""
    rows = [(action.number, action) for action, derived in view.pairs if not derived.is_ended]
    rows += [(row.number or view.register.tracker.line(row.row), row.record) for row in view.register.quarantined]
    for number, action in rows:
        steps = waiting_departments(view.inputs, action.number)
        if department in (*action.departments, action.owning_department, *steps):
            yield number


def items_on(whose: Whose, problems: Iterable[Problem] = ()) -> tuple[TodoItem, ...]:
    """Everything on a list, worst first; `problems` as in `todo_of`."""
    errors = tuple(p for p in problems if p.severity is Severity.ERROR)
    needs = (item for need in whose.view.needs for item in items_of_need(whose, need))
    return tuple(sorted((*_actions(whose, errors), *needs), key=_worst_first))


def whose_list(view: RegisterView, name: str) -> Whose:
    """The list of a person or a department; of an unknown name, one on which nothing stands."""
    people, departments = known_names(view)
    kind = PERSON if name in people else DEPARTMENT if name in departments else ""
    return Whose(view, name, kind, departments, unread_cells(view.register))


def _actions(whose: Whose, errors: tuple[Problem, ...]) -> Iterator[TodoItem]:
    view = whose.view
    for action, derived in view.pairs:
        yield from items_of_action(whose, action, derived)
    for row in view.register.quarantined:
        correctors = correctors_of(view.roster, row.record)
        if whose.is_waited_for(*correctors):
            yield replace(_row_to_correct(view, row, errors), deputy_for=whose.deputy_for(*correctors))


def _elsewhere(whose: Whose, shown: Set[str]) -> Iterator[tuple[str, str]]:
    """The open actions of a person that are under way with others: nothing for them to do, and theirs all the same."""
    view = whose.view
    for action, derived in view.pairs:
        own = whose.name in map(view.roster.meant_by, action.owners)
        if own and derived.next_actor and not derived.is_ended and action.number not in shown:
            yield action.number, derived.next_actor


def _row_to_correct(view: RegisterView, row: Quarantined, errors: tuple[Problem, ...]) -> TodoItem:
    """A quarantined row waits to be made readable before anything else."""
    action = row.record
    cells = cells_to_correct(view.register, row, errors)
    return TodoItem(
        number=row.number,
        kind=ACTION,
        sheet=view.register.tracker.sheet_of(row.row),
        page=page_of_row(view, row.row),
        cell=cells[0] if cells else view.at(action, "number"),
        description=action.description or action.measure or "",
        status=words.TO_CORRECT,
        next_step=correction(view.register, row, cells, headings_of(view.register)),
        next_actor=first_correctors(view.roster, action),
        due_on=action.due_on,
        overdue="",
        days_overdue=0,
        days_left=None,
        cells=cells,
    )


def _worst_first(item: TodoItem) -> tuple[bool, bool, int, bool, int, str, str, str]:
    """Rows that can't be read, complaints whose time is up, the longest overdue, the nearest deadline, the rest."""
    left = item.days_left
    return (
        item.status != words.TO_CORRECT,
        not item.is_pressing,
        -max(item.days_overdue, item.whole.days if item.whole else 0),
        left is None,
        left if left is not None else 0,
        item.number,
        item.kind,
        item.cell,
    )


def known_names(view: RegisterView) -> tuple[frozenset[str], frozenset[str]]:
    """Every person, and every department, that the roster or the table names."""
    rows, actions, derived = _rows_with_names(view)
    steps = (step for steps in view.steps.values() for step in steps)
    people = {
        *(row.name for row in rows),
        *(name for action in actions for name in _people_of(action)),
        *(owner for step in steps for owner in step.owners),
        *(actor for one in derived for actor in listed_names(one.next_actor)),
    }
    departments = named_departments(view)
    return frozenset(name for name in people if name) - departments, departments


def _people_of(action: Action) -> Iterator[str]:
    """Everybody whom a row names in a cell for people; one for one person may hold several (A、B)."""
    for key in _PEOPLE:
        value = getattr(action, key)
        if value:
            yield from (value.split("、") if isinstance(value, str) else value)


def named_departments(view: RegisterView) -> frozenset[str]:
    """Every department that the roster or the table names, less what anybody wrote that no list has."""
    rows, actions, derived = _rows_with_names(view)
    named = {
        *(row.department for row in rows),
        *(name for action in actions for name in view.roster.asked(*action.departments)),
        *(name for one in derived for name in view.roster.asked(one.owning_department)),
        *(one.inspector_department for one in derived),
        words.QUALITY_DEPARTMENT,
    }
    return frozenset(name for name in named if name)


def _rows_with_names(view: RegisterView) -> tuple[Sequence[Person], Sequence[Action], Collection[Derived]]:
    """The rows of the roster, the actions with those set aside, and what is derived for them."""
    table = view.register.people
    actions = (*view.actions, *(row.record for row in view.register.quarantined))
    return table.records if table else (), actions, view.derived.values()


def nearest_name(view: RegisterView, name: str) -> str:
    """The known person or department that an unknown one is a slip for or a part of; "" for none, and for several."""
    people, departments = known_names(view)
    known = people | departments
    near = meant_department(name, departments) or meant_word(name, known) or like_person(name, people)
    return near or _one_that_holds(name, known)


def _one_that_holds(part: str, known: Iterable[str]) -> str:
    found = [one for one in known if part in one]
    return found[0] if len(found) == 1 else ""
