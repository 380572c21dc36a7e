"""Reminders → duties: each recipient's own reminder with what to do, where, and how late it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.cut_text import cut_clauses, cut_list, cut_quote
from capa_xl.model.derived import Derived
from capa_xl.model.journal import JournalView
from capa_xl.model.letter import WELCOME, Duty, JournalKey
from capa_xl.model.milestones import M1, Q1
from capa_xl.model.names_apart import listed_names, unit_of_actors
from capa_xl.model.stage_strip import stage_strip
from capa_xl.model.todo import ACTION, PERSON, STEP, TodoItem
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.department_steps import doers_of, open_steps
from capa_xl.policy.joined_steps import named_anew, remind_of
from capa_xl.policy.next_actor import first_fillers, own_actors
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.deputies import AddressBook, Addressee
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.posted import Posted
from capa_xl.policy.reminders.reach import gone
from capa_xl.policy.reminders.shared_names import FOR_A_POST, NamedFor
from capa_xl.policy.todo import named_departments
from capa_xl.policy.unread_cells import unread_cells
from capa_xl.policy.waiting_items import items_of_action, lateness_in_full
from capa_xl.policy.waiting_needs import items_of_need
from capa_xl.policy.whose_list import Whose

TITLE_LENGTH = 60
_MOST_ACTORS = 3


def unsent_duties(
    view: RegisterView, journal: JournalView, posted: Posted, book: AddressBook, reminders: Iterable[DueReminder]
) -> tuple[tuple[Duty, ...], Counter[str]]:
    """Duties that aren't in the journal yet, and how many keys are, by their result.

    Two reminders with the same key become one duty.
    """
    duties: dict[JournalKey, Duty] = {}
    departments, unread = named_departments(view), unread_cells(view.register)
    already: dict[JournalKey, str] = {}
    for reminder in reminders:
        older = _is_older(view, reminder)
        for one in book.addressees(reminder.acting, reminder.informed, _place_of(view, reminder)):
            key = _key(journal.workbook_id, reminder, one.name)
            if result := posted.held(key, older) or posted.just_told(key, reminder.planned_on, reminder.apart):
                already[key] = result
                continue
            if older and one.name not in journal.welcomed:
                key = replace(key, occurrence=WELCOME)
            if why := posted.refusal(one.name, one.address):
                book.refused[f"{one.name}：{why}"] = None
                continue
            whose = Whose(view, one.name, PERSON, departments, unread)
            duties[key] = _merged(duties.get(key), _duty(whose, reminder, one, key))
    return tuple(duties.values()), Counter(already.values())


def _place_of(view: RegisterView, reminder: DueReminder) -> NamedFor:
    action = reminder.action
    if action is None:
        return FOR_A_POST
    return NamedFor(action.departments, action.owners, {action.inspector, action.confirmer, *_step_doers(view, action)})


def _key(workbook_id: str, reminder: DueReminder, name: str) -> JournalKey:
    return JournalKey(
        workbook_id=workbook_id,
        number=reminder.number,
        milestone=reminder.milestone.code,
        due_version=reminder.due_version,
        occurrence=reminder.occurrence,
        recipient=name,
    )


def _duty(whose: Whose, reminder: DueReminder, one: Addressee, key: JournalKey) -> Duty:
    view, action = whose.view, reminder.action
    derived = view.derived.get(reminder.number) if action else None
    tasks = () if one.informed else _tasks(whose, reminder)
    seen_to = {task.cell: asked for task in tasks if (asked := _seen_to(whose, task))}
    sheet, cell = _place(view, reminder, tasks)
    return Duty(
        key=key,
        address=one.address,
        informed=one.informed,
        planned_on=reminder.planned_on,
        due_on=reminder.due_on,
        late=view.on > reminder.planned_on,
        short_notice=reminder.short_notice,
        counts=reminder.milestone is M1 and not reminder.short_notice and not _is_older(view, reminder),
        what="；".join(seen_to.get(task.cell, task.next_step) for task in tasks) or _what(view, reminder, one),
        days=(view.on - reminder.due_on).days if reminder.due_on else 0,
        status=derived.status if derived else "",
        title=_title((action.description or action.measure if action else reminder.title) or ""),
        department=(action.responsible_department if action else reminder.department) or "",
        sheet=sheet,
        cell=cell,
        deputy_for=one.deputy_for,
        recipient_department=one.department or view.roster.department_of(one.name, view.on) or "",
        strip=stage_strip(action, derived, view.inputs.columns) if action and derived else "",
        external_party=(action.external_party if action else None) or "",
        missed=reminder.missed,
        lateness=_lateness(view, reminder, derived),
        tasks=tasks,
        seen_to=tuple(seen_to.items()),
        sees_to=bool(len(seen_to) == len(tasks) and not one.informed and action and not reminder.milestone.is_step),
    )


def _lateness(view: RegisterView, reminder: DueReminder, derived: Derived | None) -> str:
    """Of work past its 完成期限: who hears of it reads what its owner reads."""
    if reminder.action is None or derived is None or reminder.milestone.is_step or "Y1" not in derived.overdue:
        return ""
    return lateness_in_full(action_state_of(view.inputs, reminder.action), derived)


def _tasks(whose: Whose, reminder: DueReminder) -> tuple[TodoItem, ...]:
    """Their own todo items that the reminder speaks of: of a deadline the row and its steps, else the very cell."""
    if reminder.milestone is Q1:
        return ()
    view = whose.view
    if reminder.action is not None:
        items = items_of_action(whose, reminder.action, view.derived[reminder.number])
    else:
        needs = (need for need in view.needs if need.number == (reminder.number or None))
        items = (item for need in needs for item in items_of_need(whose, need))
    return tuple(item for item in items if _speaks_of(reminder, item))


def _seen_to(whose: Whose, item: TodoItem) -> str:
    """What is asked of a step that others do, of their department's head: 请提醒 样例工 完成步骤 …; "" otherwise."""
    doers = listed_names(item.next_actor)
    if item.kind != STEP or whose.is_waited_for(*doers):
        return ""
    return _asked_of(whose.view, doers, frozenset(doers) - {*whose.view.roster.departments}, item.next_step)


def _speaks_of(reminder: DueReminder, item: TodoItem) -> bool:
    if reminder.sheet:
        return item.sheet == reminder.sheet and reminder.cell in item.cells
    return item.kind == ACTION or (item.kind == STEP and not reminder.milestone.is_step)


def _title(text: str) -> str:
    """What it is about, whole or cut behind a clause, in one line."""
    return cut_clauses(" ".join(text.split()), TITLE_LENGTH)


def _what(view: RegisterView, reminder: DueReminder, one: Addressee) -> str:
    """Who hears of what others do is asked to see to it (4.4.6): 请提醒 样例工 完成措施 ….

    Nobody reminds himself, nor who left or is in no list: then somebody else must be named first.
    """
    action = reminder.action
    if action is None or reminder.milestone.is_step:
        return reminder.what
    actors = [name for name in _actors(view, reminder, action) if name != one.name]
    if one.informed:
        asked = _listed(actors)
        return f"{asked}：{reminder.what}" if asked else reminder.what
    return _asked_of(view, actors, _people_of(view, action), reminder.what)


def _asked_of(view: RegisterView, actors: Sequence[str], written: frozenset[str], what: str) -> str:
    """请提醒 样例工 完成措施 …; who left or is in no list can't be reminded: first another is to be named.

    Args:
        written: Those whose names the workbook gives; posts and departments stand for somebody.
    """
    absent = {name: why for name in actors if name in written and (why := gone(view, name))}
    asked = _listed([name for name in actors if name not in absent], actors)
    if absent:
        named = cut_list([f"{cut_quote(name)}（{why}）" for name, why in absent.items()], _MOST_ACTORS, "人")
        return named_anew(named, asked, what)
    return remind_of(asked, what) if asked else what


def _listed(names: Sequence[str], all_of: Sequence[str] = ()) -> str:
    return cut_list([cut_quote(name) for name in names], _MOST_ACTORS, unit_of_actors(all_of or names))


def _actors(view: RegisterView, reminder: DueReminder, action: Action) -> tuple[str, ...]:
    """Who does what the reminder says: a row beside the action has its own, which the phrase of the action names.

    Who puts right what goes before the step is asked before those who do it.
    """
    if reminder.sheet:
        return reminder.acting
    state, derived = action_state_of(view.inputs, action), view.derived[reminder.number]
    first = first_fillers(state, derived) if reminder.what == derived.next_step else ()
    return tuple(dict.fromkeys((*first, *own_actors(state, derived.status))))


def _people_of(view: RegisterView, action: Action) -> frozenset[str]:
    """The people whose names the row and its steps give; posts and departments that stand for somebody are out."""
    named = {
        *action.owners, action.approver, action.inspector, action.confirmer, *_step_doers(view, action),
    }  # fmt: skip
    return frozenset(name for name in named if name) - {*view.roster.departments}


def _step_doers(view: RegisterView, action: Action) -> frozenset[str]:
    inputs = view.inputs
    return frozenset(name for step in open_steps(inputs, action.number) for name in doers_of(inputs, step, action))


def _is_older(view: RegisterView, reminder: DueReminder) -> bool:
    """Its day lay before 提醒启用日: it goes into the person's one 首次启用汇总 and counts in no figure."""
    start = view.procedure.reminders_from
    return start is not None and reminder.planned_on < start


def _merged(first: Duty | None, second: Duty) -> Duty:
    """Two questions that fall on one key (two feedbacks of one day): one duty that names both, acting before told."""
    if first is None:
        return second
    what = first.what if second.what in first.what else f"{first.what}；{second.what}"
    tasks = tuple(dict.fromkeys((*first.tasks, *second.tasks)))
    seen_to = tuple(dict.fromkeys((*first.seen_to, *second.seen_to)))
    return replace(first, what=what, informed=first.informed and second.informed, tasks=tasks, seen_to=seen_to)


def _place(view: RegisterView, reminder: DueReminder, tasks: Sequence[TodoItem]) -> tuple[str, str]:
    """Sheet and cell to open: the first of the recipient's own, else of the action's."""
    if tasks:
        return tasks[0].sheet, tasks[0].cell
    action = reminder.action
    if reminder.sheet or action is None:
        return reminder.sheet, reminder.cell
    cells = view.cells_to_fill(action)
    return view.register.tracker.sheet_of(action.row), cells[0] if cells else view.at(action, "number")
