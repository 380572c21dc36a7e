"""What the row's own status word says, and what stands in for one where the table has no 状态."""

from __future__ import annotations

from capa_xl.model import stated_status, words
from capa_xl.model.action import Action
from capa_xl.model.meanings import word_key
from capa_xl.model.stated_status import denies_the_closing, family_of, family_of_report, is_done_alone
from capa_xl.policy.status_inputs import StatusInputs

DONE_WORD_COLUMNS = ("stated_status", "progress_note", "progress")
"""Where a table without 实际完成日期 says that the work is done, by preference."""
_ALL_DONE = 100
_WHOLE = frozenset({"1", "100"})
"""100 % as the cell holds it where it is shown in percent."""


def is_begun_again(action: Action, stated: str | None) -> bool:
    """A word of that family says that the row begins anew (复发, Reopened)."""
    word = action.stated_status
    return word is not None and stated == stated_status.STATED_OPEN and stated_status.begins_again(word)


def stated_family(inputs: StatusInputs, action: Action) -> str | None:
    """The family of the row's own status word.

    A table with neither 状态 nor 实际完成日期 tells it in 实施情况 (完成情况：已完成), by a progress of 100 %, or by
    the conclusion of the check (复查结果：合格); whatever else stands there is a report on the work, not a status.
    """
    if action.stated_status:
        said = family_of(action.stated_status, inputs.status_meanings)
        if said == stated_status.STATED_CLOSED and _only_says_done(inputs, action.stated_status):
            said = stated_status.STATED_DONE
        is_open = said == stated_status.STATED_OPEN
        return stated_status.STATED_TO_VERIFY if is_open and _awaits_acceptance(inputs, action) else said
    if inputs.has("stated_status") or inputs.has("completed_on"):
        return None
    said = family_of_report(action.progress_note, inputs.report_meanings) if action.progress_note else None
    done = (action.progress is not None and action.progress >= _ALL_DONE) or action.progress_note in _WHOLE
    return said or (stated_status.STATED_DONE if done else _concluded(inputs, action))


def _only_says_done(inputs: StatusInputs, word: str) -> bool:
    """Y below Fixed?, unless somebody declared what it means."""
    return word_key(word) not in inputs.status_meanings and is_done_alone(word, _heading_of_status(inputs))


def _heading_of_status(inputs: StatusInputs) -> str:
    """What the table calls its own 状态; "" where it calls it so."""
    return dict(inputs.headings).get("stated_status", "")


def _awaits_acceptance(inputs: StatusInputs, action: Action) -> bool:
    """A day of completion, nobody's verdict, and a word that says that the row isn't closed yet."""
    if action.completed_on is None or action.inspection is not None or action.effect is not None:
        return False
    return _denies(inputs, action) and not is_denied_after_a_check(inputs, action)


def _concluded(inputs: StatusInputs, action: Action) -> str | None:
    """已关闭 for a row whose last conclusion is good; 已完成 where the check is good and the effect is to be told."""
    if action.effect == words.EFFECTIVE:
        return stated_status.STATED_CLOSED
    if action.inspection != words.PASSED or action.effect is not None:
        return None
    return stated_status.STATED_DONE if inputs.stages.confirmation else stated_status.STATED_CLOSED


def is_denied_after_a_check(inputs: StatusInputs, action: Action) -> bool:
    """A day of inspection without a conclusion, and a word that says that the row isn't closed: it didn't pass."""
    if action.inspection is not None or action.effect is not None:
        return False
    if action.completed_on is None or action.inspected_on is None or action.inspected_on < action.completed_on:
        return False
    return _denies(inputs, action)


def _denies(inputs: StatusInputs, action: Action) -> bool:
    return denies_the_closing(action.stated_status or "", _heading_of_status(inputs))
