"""The cells of the tracker that the next step asks for, read by its phrase, by slips, letters and the walk of a row."""

from __future__ import annotations

from collections.abc import Callable

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import Column, columns_of
from capa_xl.model.records import SIGNATURE
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.closing import ended_beside_cancellation
from capa_xl.policy.department_steps import waiting_departments
from capa_xl.policy.own_word import DONE_WORD_COLUMNS
from capa_xl.policy.planning_set import advisable_planning, as_named, missing_planning
from capa_xl.policy.routes import awaits_review, blank_of_approval, is_review_agreed
from capa_xl.policy.signing_role import demanded_way, lacking_role
from capa_xl.policy.taken_over import is_presumed_history

CANCELLATION = ("cancelled_on", "cancel_reason", "cancel_approver")


def keys_to_fill(state: ActionState, status: str) -> tuple[str, ...]:
    """Keys of the tracker's cells that the next step asks for, as it names them; columns the table lacks are out."""
    keys = _KEYS[status](state) if status in _KEYS else ()
    columns = state.inputs.columns
    there = tuple([key for key in keys if key in columns])
    if status != words.TO_APPROVE:
        return as_named(state.inputs, there)
    signed = frozenset(approval_keys(state))
    own, before = (tuple(key for key in there if (key in signed) is among) for among in (True, False))
    return (*as_named(state.inputs, own), *as_named(state.inputs, before))


def keys_to_clear(state: ActionState, status: str) -> tuple[str, ...]:
    """Those of `keys_to_fill` that the step asks to be emptied: no answer does that, only who has the workbook."""
    return CANCELLATION if status == words.CANCELLED and ended_beside_cancellation(state) else ()


def planning_columns(state: ActionState) -> tuple[Column, ...]:
    """What the planning set lacks, and what rules ask for besides, in column order."""
    wanted = (*missing_planning(state.inputs, state.action), *advisable_planning(state.inputs, state.action))
    keys = {column.key for column in wanted}
    return tuple(column for column in columns_of(Action) if column.key in keys)


def approval_keys(state: ActionState) -> tuple[str, ...]:
    """The signature, or what is blank of it; where the route goes through the management review, its number too."""
    review = ("review_number",) if state.route in (words.BY_REVIEW, words.BY_BOTH) else ()
    signature = blank_of_approval(state.inputs, state.action) or SIGNATURE
    who = ("approver",) if "approver" not in signature and _names_nobody_who_may_sign(state) else ()
    return (*who, *signature, *(review if not state.action.review_number else ()))


def _names_nobody_who_may_sign(state: ActionState) -> bool:
    """批准人 stands there before the verdict and has no role for it; of a name that nobody knows FD08 speaks."""
    name, inputs = state.action.approver or "", state.inputs
    if state.action.approval is not None or not inputs.roster.exists(name):
        return False
    on = state.action.approved_on or inputs.on
    return bool(lacking_role(inputs.roster, state.action, name, on, demanded_way(state.route)))


def _start_keys(state: ActionState) -> tuple[str, ...]:
    return tuple(column.key for column in unplanned_columns(state)) or begin_keys(state)


def begin_keys(state: ActionState) -> tuple[str, ...]:
    """The cells that tell that the work has begun."""
    action = state.action
    return ("started_on", "progress", *(("resources_on",) if action.resources and not action.resources_on else ()))


def unplanned_columns(state: ActionState) -> tuple[Column, ...]:
    """What the plan lacks of an action that a review agreed to as it was raised: no step before has asked for it."""
    if state.action.approval is not None or not is_review_agreed(state.inputs, state.action):
        return ()
    return planning_columns(state)


def _run_keys(state: ActionState) -> tuple[str, ...]:
    """Nothing of the row itself while a department has an open step: the whole can't be completed yet."""
    return () if waiting_departments(state.inputs, state.action.number) else done_keys(state)


def done_keys(state: ActionState) -> tuple[str, ...]:
    """Cells that tell the completion."""
    if state.inputs.has("completed_on"):
        return ("progress_note", "completed_on", "evidence")
    return word_keys(state)


def word_keys(state: ActionState) -> tuple[str, ...]:
    """The cell in which a word tells where the work stands."""
    return tuple(key for key in DONE_WORD_COLUMNS if state.inputs.has(key))[:1]


def _inspection_keys(state: ActionState) -> tuple[str, ...]:
    if not state.inputs.stages.inspection:
        return word_keys(state)
    action = state.action  # one without its day is this inspection still, and its words are its own
    is_of_before = state.is_inspected_before and bool(action.inspection_note)
    note = ("inspection_note",) if action.severity == words.MAJOR or is_of_before else ()
    who = () if state.named_inspector else ("inspector",)
    asked = ("inspected_on", "inspection")
    return (*unproved(state), *who, *(asked if state.is_inspected_before else _blank_of(action, asked)), *note)


def _blank_of(action: Action, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if getattr(action, key) is None)


def _confirmation_keys(state: ActionState) -> tuple[str, ...]:
    action = state.action
    measured = action.severity == words.MAJOR or action.target is not None
    actual = ("actual",) if measured and action.actual is None else ()
    who = () if state.named_confirmer else ("confirmer",)
    asked = ("confirmed_on", "execution", "effect")
    is_answered = not state.is_confirmed_before and action.needs_revision is not None
    revision = () if is_answered else ("needs_revision",)
    return (*who, *(asked if state.is_confirmed_before else _blank_of(action, asked)), *actual, *revision)


def unproved(state: ActionState) -> tuple[str, ...]:
    """What the owners still owe of a completion that they dated: what was done, and the proof of it (DO03)."""
    if state.action.completed_on is None:
        return ()
    owed = ("progress_note", "evidence")
    return tuple(key for key in owed if state.inputs.has(key) and getattr(state.action, key) is None)


def _revise_keys(state: ActionState) -> tuple[str, ...]:
    return (*(("needs_revision",) if asks_whether_to_revise(state) else ()), *state.unarchived)


def _archive_keys(state: ActionState) -> tuple[str, ...]:
    return (*state.unarchived, *(("review_number",) if awaits_review(state.inputs, state.action) else ()))


def _cancellation_keys(state: ActionState) -> tuple[str, ...]:
    """What of the three is blank, or all, to be cleared; () for a row that a word cancelled before the take-over."""
    if ended_beside_cancellation(state):
        return CANCELLATION
    if state.action.cancelled_on is None and is_presumed_history(state):
        return ()
    return tuple(key for key in CANCELLATION if getattr(state.action, key) is None)


def asks_whether_to_revise(state: ActionState) -> bool:
    """是否涉及文件修订 is there and unanswered."""
    return state.action.needs_revision is None and state.inputs.has("needs_revision")


_KEYS: dict[str, Callable[[ActionState], tuple[str, ...]]] = {
    words.TO_PLAN: lambda state: tuple(column.key for column in planning_columns(state)),
    words.SENT_BACK: lambda _: SIGNATURE,
    words.TO_APPROVE: lambda state: (
        *(column.key for column in advisable_planning(state.inputs, state.action)),
        *approval_keys(state),
    ),
    words.NOT_STARTED: _start_keys,
    words.RUNNING: _run_keys,
    words.REWORK: lambda state: ("completed_on", "evidence", *(("stated_status",) if state.is_begun_again else ())),
    words.TO_INSPECT: _inspection_keys,
    words.TO_CONFIRM: _confirmation_keys,
    words.NOT_EFFECTIVE: lambda _: ("follow_ups",),
    words.TO_REVISE: _revise_keys,
    words.TO_ARCHIVE: _archive_keys,
    words.CANCELLED: _cancellation_keys,
}
"""Status → the cells it asks for: the phrase, the slip for a department and the walk of a row read the same."""
