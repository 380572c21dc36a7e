"""What an action waits for at T, item by item: for the todo, the slip and the letter.

When somebody hears of an item is the reminders' matter (`capa_xl.policy.reminders`); what is asked, of whom, by which
day and in which cells is decided here and in `capa_xl.policy.beside_the_row`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived, waiting_late_word
from capa_xl.model.milestones import Post
from capa_xl.model.stage_strip import stage_strip
from capa_xl.model.todo import ACTION, DEPARTMENT, LATE, REVISION, STEP, WAITED_TOO_LONG, LateWhole, TodoItem
from capa_xl.policy.action_state import ActionState, action_state_of
from capa_xl.policy.beside_the_row import SideTask, side_tasks
from capa_xl.policy.next_actor import filler_of, first_fillers, is_owners, own_actors, owner_of
from capa_xl.policy.overdue import archiving_limit, step_limit
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.recipients import names_of
from capa_xl.policy.waiting_beside import side_item
from capa_xl.policy.whose_cells import OWN, cells_of_others, is_own_key, step_cells
from capa_xl.policy.whose_list import Whose

_LIMIT_NAMES = {
    words.TO_PLAN: "策划限期",
    words.SENT_BACK: "策划限期",
    words.TO_APPROVE: "审批限期",
    words.TO_INSPECT: "检查限期",
    words.TO_CONFIRM: "确认限期",
    words.TO_ARCHIVE: "归档限期",
}
_ANSWER_FOR_IT = (Post.MANAGER, Post.PROCESS_HEAD, Post.GENERAL_MANAGER, Post.QUALITY_HEAD)


def items_of_action(whose: Whose, action: Action, derived: Derived) -> Iterator[TodoItem]:
    """What an action waits for from whose list it is: the row itself, then the rows beside it."""
    view = whose.view
    state = action_state_of(view.inputs, action)
    tasks = side_tasks(state, derived.status)
    actors = _actors(whose, state, derived) if _has_own_item(state, derived, tasks) else ()
    has_row = whose.is_waited_for(*actors)
    if has_row:
        yield replace(_row_item(whose, state, derived), deputy_for=whose.deputy_for(*actors))
    own = tuple(task for task in tasks if whose.is_waited_for(*task.actors, task.home))
    whole = None if has_row else _late_whole(whose, state, derived, own)
    for task in own:
        for item in side_item(view, action.number, task):
            deputy_for = whose.deputy_for(*task.actors, task.home)
            yield replace(item, whole=whole if task.kind == STEP else None, deputy_for=deputy_for)


def _late_whole(whose: Whose, state: ActionState, derived: Derived, own: Iterable[SideTask]) -> LateWhole | None:
    """The action past its 完成期限 whose steps are on the list without it; None for who only does them, and in time.

    Who sees to steps that others do hears of the whole, and who answers for it: not only that a step is late (O1).
    """
    steps = [task for task in own if task.kind == STEP]
    due_on = state.action.due_on
    if not steps or due_on is None or "Y1" not in derived.overdue:
        return None
    sees_to = whose.kind == DEPARTMENT or not all(whose.is_waited_for(*step.actors) for step in steps)
    if not sees_to and not any(map(whose.is_meant, names_of(whose.view, state.action, _ANSWER_FOR_IT))):
        return None
    return LateWhole(lateness_in_full(state, derived), due_on, (state.inputs.on - due_on).days)


def _has_own_item(state: ActionState, derived: Derived, tasks: tuple[SideTask, ...]) -> bool:
    """The row itself waits: not where only documents are left, each its own item, nor while its effect is observed.

    What is wrong in a row that is observed waits all the same: by the day it is confirmed it should be right.
    """
    if not derived.next_step or (derived.status == words.OBSERVING and not derived.first_keys):
        return False
    only_documents = derived.status == words.TO_REVISE and not derived.next_keys
    return not (only_documents and any(task.kind == REVISION for task in tasks))


def _actors(whose: Whose, state: ActionState, derived: Derived) -> tuple[str, ...]:
    """Who is waited for; work under way is its owners' whoever does the next step: a step is an item of its own.

    责任部门 counts for a department's list, not for that of its head: he isn't the owner. A cell that is another's to
    fill, or to put right first, is asked of them.
    """
    listers = (words.QUALITY_DEPARTMENT,) if derived.unlisted else ()
    return (*listers, *first_fillers(state, derived), *_whose_turn(whose, state, derived))


def _whose_turn(whose: Whose, state: ActionState, derived: Derived) -> tuple[str, ...]:
    action = state.action
    if derived.status == words.TO_REVISE and state.open_revisions:
        return tuple(filler_of(state, key) for key in derived.next_keys)
    departments = state.departments if whose.kind == DEPARTMENT else ()
    if derived.status not in words.OWNERS_TURN:
        turn = own_actors(state, derived.status) if derived.status != words.OBSERVING else ()
        owners = (*action.owners, *departments) if any(map(is_owners, derived.first_keys)) else ()
        return (*turn, *owners)
    others = (filler_of(state, key) for key in derived.next_keys if not is_owners(key))
    return (*(action.owners or (owner_of(state),)), *departments, *others)


def _row_item(whose: Whose, state: ActionState, derived: Derived) -> TodoItem:
    view, action = whose.view, state.action
    own = own_keys(whose, state, derived)
    others = frozenset(derived.first_keys) - frozenset(own)
    keys = (*(key for key in own if key not in derived.next_keys), *(k for k in derived.next_keys if k not in others))
    cells = tuple(view.at(action, key) for key in keys)
    first = own[0] if own else keys[0] if keys else "number"
    limit, name = limit_of(state, derived)
    left = (limit - view.on).days if limit else None
    phrase, days, late = _lateness(state, derived, name)
    return TodoItem(
        number=derived.number,
        kind=ACTION,
        sheet=view.register.tracker.sheet_of(action.row),
        page=page_of_row(view, action.row),
        cell=view.at(action, first),
        description=action.description or action.measure or "",
        status=derived.status,
        next_step=derived.next_step,
        next_actor=derived.next_actor,
        due_on=limit,
        overdue=phrase,
        days_overdue=days,
        days_left=left,
        strip=stage_strip(action, derived, view.inputs.columns),
        cells=cells,
        due_name=name,
        late=late,
        keys=keys,
        first_cells=derived.first_cells,
        step_cells=step_cells(whose, state, derived.status).get(OWN, ""),
        others=cells_of_others(whose, state, derived, keys),
    )


def page_of_row(view: RegisterView, row: int) -> str:
    """The sheet a row of the tracker stands on, where the actions stand on several; "" where there is one."""
    tracker = view.register.tracker
    return tracker.sheet_of(row) if tracker.pages else ""


def own_keys(whose: Whose, state: ActionState, derived: Derived) -> tuple[str, ...]:
    """The cells of an action that are theirs to fill; a refused measure is rewritten, its verdict is the approver's."""
    keys = (*derived.first_keys, "measure") if derived.status == words.SENT_BACK else derived.next_keys
    return tuple(key for key in keys if is_own_key(whose, state, derived.status, key))


def limit_of(state: ActionState, derived: Derived) -> tuple[date | None, str]:
    """The day by which the row's own step is to be done, and its name: 完成期限 while nothing nearer is known.

    What is left once the report is filed, whether and what to revise, has no day of its own.
    """
    if derived.status == words.TO_REVISE:
        return (archiving_limit(state), "归档限期") if state.unarchived else (None, "修订限期")
    limit = step_limit(state, derived.status)
    if limit is not None:
        return limit, _LIMIT_NAMES[derived.status]
    return (state.action.due_on if derived.days_left is not None else None), "完成期限"


def _lateness(state: ActionState, derived: Derived, name: str) -> tuple[str, int, str]:
    """(what people read, days, how it is late), as 〔自动〕逾期类别 and 总览 have it.

    An action past its 完成期限 that waits for somebody past their own limit too says both. Of one that is due soon the
    days are those to 完成期限: where the day beside them is another one, they say so.
    """
    code = derived.overdue[0] if derived.overdue else "Y2"
    if code == "Y2":
        return "", 0, ""
    if code == "Y0" and name in _LIMIT_NAMES.values():
        return f"{words.OVERDUE_WORDS[code]}，距完成期限 {derived.days_left} 天", 0, ""
    late = LATE if code == "Y1" else WAITED_TOO_LONG if code in words.WAITING_LATE else ""
    return lateness_in_full(state, derived), derived.days_overdue, late


def lateness_in_full(state: ActionState, derived: Derived) -> str:
    """实施逾期 4 天，审批超时 42 天: the phrase, and the step that is past its own limit besides 完成期限."""
    limit = step_limit(state, derived.status) if derived.stuck_at else None
    if limit is None:
        return derived.overdue_phrase
    return f"{derived.overdue_phrase}，{waiting_late_word(derived.stuck_at)} {(state.inputs.on - limit).days} 天"
