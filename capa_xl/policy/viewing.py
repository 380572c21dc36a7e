"""A register seen at T: every action derived, and those derived anew whose effect a signed exception accepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.register import Register
from capa_xl.policy.accepted_effects import with_accepted_effects
from capa_xl.policy.corrections import corrected, with_corrections
from capa_xl.policy.day import has_fact_between
from capa_xl.policy.department_steps import completed_jointly
from capa_xl.policy.derive import derive
from capa_xl.policy.due_dates_of_then import with_due_dates_of_then
from capa_xl.policy.grown_columns import with_columns_of_then
from capa_xl.policy.joined_series import with_joined_series
from capa_xl.policy.past_years import archived
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.status_inputs import StatusInputs, seen, status_inputs_of

_LEFT_BEHIND = ("steps", "progress", "extensions", "rounds", "revisions")
_NOTHING: Mapping[str, date] = MappingProxyType({})


def view_register(register: Register, as_of: AsOf, first_due: Mapping[str, date] = _NOTHING) -> RegisterView:
    """The view at T.

    Args:
        register: The workbook.
        as_of: T and today.
        first_due: 编号 → first due date the journal saw (`JournalView.first_due`), for 原完成期限.
    """
    return _view_of(register, as_of, first_due, frozenset())


def _view_of(register: Register, as_of: AsOf, first_due: Mapping[str, date], gone: frozenset[str]) -> RegisterView:
    """The view; the rows of older archives that weren't cancelled (`gone`) may be somebody's follow-up still."""
    register = with_joined_series(register, as_of.on)
    rows = _with_follow_ups_of_then(register, _with_words_of_then(register, as_of), as_of)
    rows = with_due_dates_of_then(register, rows, as_of)
    past, ended, archived_here = _years(register, as_of, first_due)
    gone |= archived_here | register.away.keys()
    inputs = with_corrections(status_inputs_of(register, as_of, first_due, gone), rows)
    actions = tuple(_counting(inputs, rows))
    inputs = with_columns_of_then(inputs, actions)
    pairs = tuple((action, derive(inputs, action)) for action in actions)
    view = RegisterView(
        register=register,
        as_of=as_of,
        inputs=inputs,
        actions=actions,
        by_number={action.number: action for action in actions},
        derived={action.number: derived for action, derived in pairs},
        pairs=pairs,
        needs=seen(register.needs, as_of),
        past=past,
        ended=tuple(_ended_by_year(register, ended)),
    )
    return with_accepted_effects(_without_rows_left_behind(view))


def _without_rows_left_behind(view: RegisterView) -> RegisterView:
    """The view less the rows of other sheets whose action is archived: they reach nothing (XR05).

    Their archive has them, and would count them a second time. What 更正记录 says of it stays, for EF15 to tell.
    """
    gone = {one.action.number for one in archived(view)}
    left = {key: rows for key in _LEFT_BEHIND if (rows := getattr(view.inputs, key)) and not gone.isdisjoint(rows)}
    if not left:
        return view
    kept = {key: {number: mine for number, mine in rows.items() if number not in gone} for key, rows in left.items()}
    return replace(view, inputs=replace(view.inputs, **kept))


def _with_words_of_then(register: Register, as_of: AsOf) -> tuple[Action, ...]:
    """The rows as seen at T; a row that something happened to since T had another word in its own 状态 then, or none.

    The cell has no date: it tells of the row as it is today.
    """
    rows: tuple[Action, ...] = seen(register.tracker, as_of)
    if as_of.on >= as_of.latest or not register.tracker.has("stated_status"):
        return rows
    later = {a.row for a in register.tracker.records if has_fact_between(a, as_of.on, as_of.latest)}
    return tuple(replace(a, stated_status=None) if a.row in later else a for a in rows)


def _with_follow_ups_of_then(register: Register, rows: tuple[Action, ...], as_of: AsOf) -> tuple[Action, ...]:
    """As of a day that is over, without the 后续编号 of rows registered since: they were not there to be named."""
    all_rows = register.tracker.records if as_of.on < as_of.latest else ()
    came = {a.number for a in all_rows if a.registered_on is not None and as_of.on < a.registered_on <= as_of.latest}
    if not came:
        return rows
    return tuple(
        replace(a, follow_ups=tuple(n for n in a.follow_ups if n not in came)) if came.intersection(a.follow_ups) else a
        for a in rows
    )


def _years(
    register: Register, as_of: AsOf, first_due: Mapping[str, date]
) -> tuple[tuple[RegisterView, ...], tuple[frozenset[str], ...], frozenset[str]]:
    """The archived years as seen at T, the 编号 that have ended in each by today, and the living of all of them."""
    past, ended, gone = list[RegisterView](), list[frozenset[str]](), frozenset[str]()
    for year in register.past:
        then = _view_of(year.register, as_of, first_due, gone)
        past.append(then)
        ended.append(_ended(year.register, then, first_due, gone))
        gone = (gone - year.register.numbers) | (ended[-1] & then.inputs.living)
    return tuple(past), tuple(ended), gone


def _ended_by_year(register: Register, ended: tuple[frozenset[str], ...]) -> Iterator[frozenset[str]]:
    """Of each archived year the 编号 that ended in it and stand in no later one.

    An archive is the whole workbook of its day: a row that ended and stayed is in it as it was then, and what became of
    it since is told by the next archive that has it. What went to one that can't be read is told by none.
    """
    for at, numbers in enumerate(ended, start=1):
        later = frozenset[str]().union(*(after.register.numbers for after in register.past[at:]))
        yield numbers - later - register.away.keys()


def _ended(
    register: Register, then: RegisterView, first_due: Mapping[str, date], gone: frozenset[str]
) -> frozenset[str]:
    """编号 of a year that have ended by today: one that was open at T left the workbook all the same."""
    today = then.as_of.latest
    now = then if then.on == today else _view_of(register, AsOf(today, today), first_due, gone)
    return frozenset(number for number, derived in now.derived.items() if derived.is_ended)


def _counting(inputs: StatusInputs, actions: Iterable[Action]) -> Iterable[Action]:
    """The actions less the facts that were taken back, or that other departments' steps still keep from counting."""
    if not inputs.corrections and not any(step.department for steps in inputs.steps.values() for step in steps):
        return actions
    return (completed_jointly(inputs, corrected(inputs, action)) for action in actions)
