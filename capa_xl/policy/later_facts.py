"""What changed of an action after it had counted, so that a period that had ended before has other figures now.

The table keeps the last of each: another round of 效果确认, an inspection 不合格 of what was completed, follow-up
actions that were registered or cancelled, its own cancellation. What 更正记录 took back is told apart (`TakenBack`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import NO_JOURNAL, JournalView
from capa_xl.model.kpi import LaterFact, TakenBack
from capa_xl.model.register import Register
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.concluding import earlier_conclusions
from capa_xl.policy.past_inspections import past_inspections
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.written_over import written_day


def set_back(state: ActionState, journal: JournalView | None, latest: date) -> Iterator[TakenBack]:
    """Each completion that an inspection by T found 不合格, oldest first: it counted until the day of that inspection.

    Args:
        journal: Where the cells were written anew after the rework, it has what they held.
        latest: T or today, whichever is later: a day that is over may have been written over since.
    """
    action = state.action
    yield from (one for one in reworked(action, journal or NO_JOURNAL, latest) if one.on <= state.inputs.on)
    if state.failed:
        yield from _found_failed(action)


def reworked(action: Action, journal: JournalView, on: date) -> Iterator[TakenBack]:
    """Those of them, seen by a day, whose cells the rework was written over."""
    held = [(written_day(one.before), one.seen_on) for one in journal.completion_changes.get(action.number, ())]
    inspections = journal.inspection_changes.get(action.number, ()) if held else ()  # as of nearly every row
    for past in past_inspections(action, inspections, on) if inspections else ():
        stood = (day for day, seen_on in held if day is not None and day <= past.on <= seen_on)
        if past.result == words.FAILED and (done_on := next(stood, None)) is not None:
            yield TakenBack(past.on, done_on)


def with_completions_of_then(register: Register, journal: JournalView, as_of: AsOf) -> Register:
    """The register of a day that is over, each row with the completion and the inspection that stood then.

    An inspection 不合格 of a later day, or the rework after it, was written over them.
    """
    rows = tuple(_as_done_then(row, journal, as_of) for row in register.tracker.records)
    return replace(register, tracker=replace(register.tracker, records=rows))


def _as_done_then(action: Action, journal: JournalView, as_of: AsOf) -> Action:
    set_backs = (*reworked(action, journal, as_of.latest), *_found_failed(action))
    done_on = next((one.done_on for one in set_backs if one.was_done(as_of.on)), None)
    if done_on is None:
        return action
    done = replace(action, completed_on=done_on)
    inspections = past_inspections(action, journal.inspection_changes.get(action.number, ()), as_of.latest)
    held = [one for one in inspections if done_on <= one.on <= as_of.on]
    if not held:
        return done
    last = held[-1]
    return replace(
        done, inspector=last.inspector, inspected_on=last.on, inspection=last.result, inspection_note=last.note
    )


def _found_failed(action: Action) -> Iterator[TakenBack]:
    """The completion that is written, where the inspection beside it is 不合格."""
    if action.inspection == words.FAILED and action.inspected_on is not None:
        yield TakenBack(action.inspected_on, action.completed_on)


def later_facts(
    view: RegisterView, state: ActionState, status: str, set_backs: Iterable[TakenBack]
) -> Iterator[LaterFact]:
    """Each with the day of what had counted and its own.

    Args:
        status: That of the action at T.
        set_backs: Its completions that an inspection found 不合格.
    """
    action, conclusion = state.action, state.conclusion
    yield from (LaterFact(one.done_on, one.on, "检查不合格") for one in set_backs if one.done_on is not None)
    if status == words.CANCELLED and action.registered_on is not None and action.cancelled_on is not None:
        yield LaterFact(action.registered_on, action.cancelled_on, "取消")
    if conclusion is None or conclusion.confirmed_on is None:
        return
    for earlier in earlier_conclusions(view.inputs, action):
        if earlier.confirmed_on is not None:
            yield LaterFact(earlier.confirmed_on, conclusion.confirmed_on, "又确认")
    others = [view.by_number[number] for number in action.follow_ups if number in view.by_number]
    registered = [other.registered_on for other in others if other.registered_on is not None]
    if registered and status == words.SUPERSEDED:
        yield LaterFact(conclusion.confirmed_on, min(registered), "登记后续措施")
    cancelled = [other.cancelled_on for other in others if other.cancelled_on is not None]
    if cancelled and not conclusion.is_effective and status != words.SUPERSEDED:
        yield LaterFact(conclusion.confirmed_on, max(cancelled), "后续措施取消")
