"""Who is waited for next (semantics.md, *Status*, last column)."""

from __future__ import annotations

from collections.abc import Callable

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.derived import Derived
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.beside_the_row import extra_tasks
from capa_xl.policy.department_steps import doers_of, next_steps, open_steps
from capa_xl.policy.next_cells import begin_keys, keys_to_fill, unproved
from capa_xl.policy.own_word import DONE_WORD_COLUMNS
from capa_xl.policy.routes import approver_of, awaits_review
from capa_xl.policy.status_inputs import StatusInputs

_COLUMNS = column_by_key(Action)


def next_actor(state: ActionState, status: str) -> str:
    """Everybody it waits for, a person, else the department; several are joined by 、, and "" is nobody.

    First whose turn the row is, then who answers for the sheets beside it: another deadline, a question.
    """
    beside = (name for task in extra_tasks(state, status) for name in task.actors)
    return "、".join(dict.fromkeys(filter(None, (*own_actors(state, status), *beside))))


def own_actors(state: ActionState, status: str) -> tuple[str, ...]:
    """Whose turn the row itself is.

    While the work is under way these are the first of the 责任人, those of the steps, and the doers of the departments'
    next open steps (步骤部门); while it is being planned or approved, everybody who still has a column to fill.
    """
    return tuple(dict.fromkeys(_ACTORS[status](state))) if status in _ACTORS else ()


_OWNERS_SHEETS = ("措施分解", "进展反馈", "延期记录")
_KEEPERS_SHEETS = ("效果确认", "文件修订")
"""Sheets about one action, by whose rows they are; those of the other sheets are 质量部's."""


def filler_of(state: ActionState, key: str) -> str:
    """The department, or the approver, that fills a column of the tracker; 归口部门 where the column names no other."""
    return _FILLERS.get(_COLUMNS[key].filled_by, _keeper)(state) or _quality(state)


def filler_beside(state: ActionState, sheet: str, fact: str) -> str:
    """The department, or the approver, that fills a cell of another sheet; "" for the owners, who fill the row too.

    Args:
        sheet: The sheet's own name.
        fact: The dated group of the cell: who grants another deadline signs for it.
    """
    if sheet in _OWNERS_SHEETS:
        return _approver(state) if fact == "审批" else ""
    return _keeper(state) if sheet in _KEEPERS_SHEETS else _quality(state)


def first_fillers(state: ActionState, derived: Derived) -> tuple[str, ...]:
    """Who puts right what goes before the step, besides the owners: cells of the row, then of other sheets."""
    own = (filler_of(state, key) for key in derived.first_keys if not is_owners(key))
    return tuple(dict.fromkeys(filter(None, (*own, *derived.first_actors))))


def is_owners(key: str) -> bool:
    """True for a column that 责任人 fill."""
    return _COLUMNS[key].filled_by == "责任人"


def fillers_of(state: ActionState, status: str, key: str) -> tuple[str, ...]:
    """Everybody whose cell of an action it is: what a slip may ask of them, and of nobody else (4.4.2).

    The word that tells the end of the work in a table without dates belongs to whose turn it is.
    """
    if key in DONE_WORD_COLUMNS and status not in words.OWNERS_TURN:
        return own_actors(state, status)
    if is_owners(key):
        return state.action.owners or state.departments or (_quality(state),)
    return (filler_of(state, key),)


def inspector_department(state: ActionState, level: str) -> str:
    """应检查部门: 质量部 for system items and review actions, else the owning department (4.4.3)."""
    if state.is_cancelled:
        return ""
    if level == words.SYSTEM_LEVEL or state.action.source == words.BY_REVIEW:
        return words.QUALITY_DEPARTMENT
    return state.keeper or ""


def level_of(state: ActionState) -> str:
    """问题层面, given or by 来源 (A13)."""
    by_source = words.SYSTEM_LEVEL if state.action.source in words.SYSTEM_SOURCES else words.PROCESS_LEVEL
    return state.action.level or by_source


def _planners(state: ActionState) -> tuple[str, ...]:
    """The departments that fill what the plan still lacks, in column order."""
    keys = keys_to_fill(state, words.TO_PLAN)
    return tuple(filler_of(state, key) for key in keys) or (_quality(state),)


def _approvers(state: ActionState) -> tuple[str, ...]:
    """The approver, and who fills what is wanted before the approval; 质量部 while no department can have a manager."""
    names = (_approver(state), *(filler_of(state, key) for key in keys_to_fill(state, words.TO_APPROVE)))
    is_known = knows_departments(state.inputs)
    return tuple(_quality(state) if one == words.BY_MANAGER and is_known else one for one in names)


def knows_departments(inputs: StatusInputs) -> bool:
    """Whether the workbook names any department: 质量部 is nobody where neither a column nor 人员部门 does."""
    return inputs.has("responsible_department") or inputs.has("owning_department") or bool(inputs.roster.departments)


def _quality(state: ActionState) -> str:
    """质量部; where the workbook knows no department, whom the row names: its owner, else who raised it."""
    if knows_departments(state.inputs):
        return words.QUALITY_DEPARTMENT
    return next(iter(state.action.owners), "") or state.action.raised_by or words.QUALITY_DEPARTMENT


def _keeper(state: ActionState) -> str:
    return state.keeper or _quality(state)


def _at_work(state: ActionState) -> tuple[str, ...]:
    """Who does the departments' next steps, and the people of all other steps; the owner unless departments do it all.

    Departments carry out their parts side by side, one department its own one after another (4.4.2).
    """
    inputs, action = state.inputs, state.action
    steps = open_steps(inputs, action.number)
    following = next_steps(inputs, action.number)
    theirs = [step for step in steps if step in following or not step.department]
    doers = tuple(name for step in theirs for name in doers_of(inputs, step, action))
    alone = bool(doers) and all(step.department for step in steps)
    return doers if alone else (owner_of(state), *doers)


def owner_of(state: ActionState) -> str:
    """The main 责任人, else the main 责任部门, else 质量部, whose it is to name one."""
    return next(iter(state.action.owners), "") or state.department or _quality(state)


def _inspectors(state: ActionState) -> tuple[str, ...]:
    """Whom the row names for it, else, or where nobody named can be asked, the department whose inspection it is."""
    return _named_or(state, state.named_inspector, inspector_department(state, level_of(state)) or _raiser(state))


def _owing(state: ActionState) -> tuple[str, ...]:
    """The owners of a completion that is dated and not yet told and proved, or that their own word denies."""
    owes = unproved(state) or state.is_left_to_look_at
    return (state.action.owners or state.departments or (_quality(state),)) if owes else ()


def _confirmers(state: ActionState) -> tuple[str, ...]:
    """Whom the row names for it, else, or where nobody named can be asked, who heads the department that organises."""
    return _named_or(state, state.named_confirmer, _head(state))


def _named_or(state: ActionState, named: str | None, other: str) -> tuple[str, ...]:
    """The name that a row gives; beside one that the list lacks, or of who left, the other, as letters go to both."""
    if not named:
        return (other,)
    names, on = state.inputs.roster, state.inputs.on
    known = all(names.active(one) or names.stand_in(one, on) for one in map(names.meant_by, named.split("、")))
    return (named,) if known or not names.departments else (named, other)


def _head(state: ActionState) -> str:
    head = state.inputs.roster.head_of(state.keeper, state.inputs.on)
    return head or state.keeper or _raiser(state)


def _registrar(state: ActionState) -> str:
    """Who raised it, while at work by the list; else 质量部, which keeps the register: no other department can tell."""
    raiser = state.action.raised_by or ""
    return raiser if state.inputs.roster.active(raiser) else _quality(state)


def _raiser(state: ActionState) -> str:
    """Who looks at the work of a row that names neither a department nor anybody for it: 质量部, as its letters go.

    Where the workbook knows no department, who raised it.
    """
    raiser = "" if knows_departments(state.inputs) else state.action.raised_by
    return raiser or words.QUALITY_DEPARTMENT


def _revisers(state: ActionState) -> tuple[str, ...]:
    """Who revises each open document, or answers whether any is to be; and who files the report meanwhile."""
    named = tuple(row.reviser or _head(state) for row in state.open_revisions) or (_head(state),)
    return (*named, *((_archivist(state),) if state.unarchived else ()))


def _archivist(state: ActionState) -> str:
    return state.department or state.keeper or _quality(state)


def _filers(state: ActionState) -> tuple[str, ...]:
    """责任部门 files the report; the quality department submits what the management review still has to see."""
    keys = ("archived_on",) if state.unarchived else ()
    review = ("review_number",) if awaits_review(state.inputs, state.action) else ()
    return tuple(filler_of(state, key) for key in (*keys, *review)) or (_archivist(state),)


def _starters(state: ActionState) -> tuple[str, ...]:
    """The owner, the manager whose word is wanted, the people of the steps, and who fills what a plan still lacks."""
    keys = keys_to_fill(state, words.NOT_STARTED)
    manager = (_manager(state),) if "resources_on" in keys else ()
    planners = (filler_of(state, key) for key in keys if key not in begin_keys(state))
    return (owner_of(state), *manager, *_at_work(state), *planners)


def _canceller(state: ActionState) -> str:
    """Who fills what a cancellation lacks; nobody once it is whole."""
    keys = keys_to_fill(state, words.CANCELLED)
    return filler_of(state, keys[0]) if keys else ""


def _manager(state: ActionState) -> str:
    department = _archivist(state)
    return state.inputs.roster.manager_of(department, state.inputs.on) or department


def _approver(state: ActionState) -> str:
    return approver_of(state.inputs, state.action, state.keeper)


_FILLERS: dict[str, Callable[[ActionState], str]] = {
    "提出人": _registrar,
    "责任部门": _archivist,
    "责任人": _archivist,
    words.QUALITY_DEPARTMENT: _quality,
    "批准人": _approver,
    "检查部门": lambda state: _inspectors(state)[-1],
    words.PROCESS_HEAD: lambda state: _confirmers(state)[-1],
    words.DEPARTMENT_MANAGER: _manager,
}
"""`Column.filled_by` → who that is for an action, where it isn't who organises it."""
_ACTORS: dict[str, Callable[[ActionState], tuple[str, ...]]] = {
    words.TO_PLAN: _planners,
    words.SENT_BACK: lambda state: (_keeper(state),),
    words.TO_APPROVE: _approvers,
    words.NOT_STARTED: _starters,
    words.RUNNING: _at_work,
    words.REWORK: lambda state: (owner_of(state), *_at_work(state)),
    words.TO_INSPECT: lambda state: (*_inspectors(state), *_owing(state)),
    words.OBSERVING: _confirmers,
    words.TO_CONFIRM: _confirmers,
    words.NOT_EFFECTIVE: lambda state: (_keeper(state),),
    words.TO_REVISE: _revisers,
    words.TO_ARCHIVE: _filers,
    words.CANCELLED: lambda state: (_canceller(state),),
}
