"""更正记录: what was entered by mistake and taken back by somebody who may; the facts that it undoes count no more.

People's cells stay as they are: an entry dated D blanks, for whoever looks on D or later, the facts that are dated D or
earlier — 撤销确认 the confirmation and what follows it, 重开 the completion and everything behind it, a cancellation
too. An inspection or a confirmation rests on the completion: where 重开 took that back and no later one is written, it
counts no more either, whatever its day (EF15 asks for the day, or for the new completion). 更正 of a single cell undoes
nothing: the cell itself holds what is right, the entry tells what it held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.records import Confirmation, Correction
from capa_xl.policy.day import without_facts
from capa_xl.policy.entry_fault import EntryFault
from capa_xl.policy.status_inputs import StatusInputs

R = TypeVar("R", Action, Confirmation)
_WRITTEN_DAY = re.compile(r"(?:[原已]?[于在] ?)?(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?")
_STOPS = re.compile(r"[，,；;、。|\n]")
_AROUND = " \t\u3000:：（）()"
_OTHER_STEPS = "期限|计划|预计|要求|登记|批准|开始|确认|检查|验证|归档|证据"
_NOT_DONE = re.compile(rf"(?:{_OTHER_STEPS}|应|未)(?:前|\s)*完成|完成的?(?:{_OTHER_STEPS})")
_DONE = re.compile(r"完成|完工|完毕|做完|办完|取消")
_SIGNERS = (words.QUALITY_HEAD, words.GENERAL_MANAGER)
_WHO_MAY = "或".join(_SIGNERS)


def with_corrections(inputs: StatusInputs, actions: Iterable[Action]) -> StatusInputs:
    """The inputs with the rounds of 效果确认 that an entry undoes emptied of their conclusion.

    Args:
        actions: Whose rounds they are: an owner takes nothing back.
    """
    if not inputs.corrections:
        return inputs
    of_number = {action.number: action for action in actions}
    rounds = {
        number: tuple(_undone(inputs, row, of_number[number]) for row in rows) if number in of_number else rows
        for number, rows in inputs.rounds.items()
    }
    return replace(inputs, rounds=rounds)


def corrected(inputs: StatusInputs, action: Action) -> Action:
    """The action without the facts that the entries in force undo."""
    return _undone(inputs, action, action)


def stood_on(inputs: StatusInputs, written: Action, on: date) -> Action:
    """The action, as written, with the facts that counted on a day: entries made later had not undone them yet."""
    return _undone(inputs, written, written, made_by=on)


def _undone(inputs: StatusInputs, record: R, of: Action, made_by: date = date.max) -> R:
    """The record, the action itself or a round of it, without what the entries made by a day undo."""
    for entry in in_force(inputs, of.number, of.owners):
        on = entry.on or date.min
        if on <= made_by:
            record = without_facts(record, words.UNDONE_BY.get(entry.kind or "", frozenset()), on)
            if takes_back_completion(entry, of):
                record = without_facts(record, words.RESTS_ON_COMPLETION, date.max)
    return record


def takes_back_completion(entry: Correction, written: Action) -> bool:
    """Whether a 重开 undoes the completion that is written: then nothing that rests on it counts."""
    if entry.kind != words.REOPENED or entry.on is None or written.completed_on is None:
        return False
    return written.completed_on <= entry.on


def overwrites_earlier_day(entry: Correction, written: Action) -> bool:
    """Whether a 重开 left no trace of when the action was done before: its cells are blank now, or filled anew."""
    if entry.kind != words.REOPENED or entry.on is None:
        return False
    return not any(day and day <= entry.on for day in (written.completed_on, written.cancelled_on))


def named_before(entry: Correction) -> date | None:
    """The first day up to its own on which 原内容 says that it was done: 2026-10-28 完成，2026-12-01 确认 有效.

    A day of another step (确认, 检查, a deadline …) is no such day. One without a word of its own has those that stand
    apart from any day; where there are none either, it is when it was done.
    """
    clauses = [list(_days_told(clause)) for clause in _STOPS.split(entry.before or "")]
    apart = "".join(its for clause in clauses for figures, its in clause if not figures)
    found = (_day_of(figures) for clause in clauses for figures, its in clause if figures and _tells_done(its or apart))
    return min((day for day in found if day and entry.on and day <= entry.on), default=None)


def _days_told(clause: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The figures of each day in a clause and the words that tell what it is of; no figures: a clause without a day.

    Words follow their day where the clause begins with one, else they precede it; behind the last one is the rest.
    """
    days = list(_WRITTEN_DAY.finditer(clause))
    ends = [0, *(day.end() for day in days)]
    starts = [*(day.start() for day in days), len(clause)]
    between = [clause[end:start].strip(_AROUND) for end, start in zip(ends, starts, strict=True)]
    if not days:
        yield (), between[0]
        return
    its = [*between[:-2], between[-2] + between[-1]] if between[0] else between[1:]
    yield from zip((day.groups() for day in days), its, strict=True)


def _day_of(figures: Iterable[str]) -> date | None:
    try:
        return date(*map(int, figures))
    except ValueError:  # 2026-13-40
        return None


def _tells_done(said: str) -> bool:
    return not said or _DONE.search(_NOT_DONE.sub("", said)) is not None


def in_force(inputs: StatusInputs, number: str, owners: Iterable[str]) -> Iterator[Correction]:
    """The complete entries of a number at T that somebody signed who may."""
    for entry in inputs.corrections.get(number, ()):
        if not fault_of_entry(inputs, entry, owners):
            yield entry


def reopened_on(inputs: StatusInputs, action: Action) -> date | None:
    """The last day on which the action was begun anew; None where it never was."""
    return last_undoing(inputs, action, "完成")[0]


def taken_back_late(inputs: StatusInputs, action: Action, fact: str, deadline: date) -> str:
    """Day and kind of the last entry of that day or later that undid a fact, as in 2026-11-20 重开; else "".

    Args:
        deadline: Of a fact or a paper that counted before: what was undone earlier isn't told.
    """
    on, kind = last_undoing(inputs, action, fact)
    return f"{on} {kind}" if on is not None and deadline <= on else ""


def last_undoing(inputs: StatusInputs, action: Action, fact: str) -> tuple[date | None, str]:
    """Day and kind of the last entry that undid facts of a group (完成, 确认 …); (None, "") where none did."""
    if action.number not in inputs.corrections:
        return None, ""
    entries = in_force(inputs, action.number, action.owners)
    undoing = [
        (one.on, one.kind) for one in entries if one.on and one.kind and fact in words.UNDONE_BY.get(one.kind, ())
    ]
    return max(undoing, default=(None, ""))


def reopened_after_deadline(inputs: StatusInputs, action: Action) -> date | None:
    """The last day on which it was begun anew when its 完成期限 was over: it can't keep that one, and is late by it."""
    anew = reopened_on(inputs, action)
    return anew if anew is not None and action.due_on is not None and action.due_on <= anew else None


def undone_by(inputs: StatusInputs, written: Action, key: str) -> Correction | None:
    """The entry that a dated fact of a row as written does not outlive; None where it counts, or key dates none."""
    column, day = column_by_key(Action)[key], getattr(written, key)
    if not column.dates_fact or day is None:
        return None
    entries = in_force(inputs, written.number, written.owners)
    rests = column.fact in words.RESTS_ON_COMPLETION
    undoing = (one for one in entries if column.fact in words.UNDONE_BY.get(one.kind or "", ()))
    return next(
        (one for one in undoing if day <= (one.on or date.min) or (rests and takes_back_completion(one, written))), None
    )


def fault_of_entry(inputs: StatusInputs, entry: Correction, owners: Iterable[str]) -> EntryFault | None:
    """Why an entry doesn't count; None where it does.

    What it says of the row has to be so (`untrue_entries`), and what it undoes to have been (`idle_entries`).

    Signed by who held, on its date and in person or as deputy, 质量部负责人 or 总经理, and doesn't own the row; while
    the roster names nobody for either, anybody's name will do. 更正 names its cell, and what it held or holds.
    """
    lacking = [header for header, cell in _cells(entry).items() if not cell]
    if lacking:
        return EntryFault(f"{'、'.join(lacking)}空白", f"补填{'、'.join(lacking)}")
    name, on, roster = entry.approver or "", entry.on or date.min, inputs.roster
    if name in owners:
        return EntryFault(f"批准人「{name}」是本项责任人", f"由不是本项责任人的{_WHO_MAY}批准")
    if any(roster.has_role(name, role, on) for role in _SIGNERS) or not any(roster.holders(r, on) for r in _SIGNERS):
        return inputs.untrue.get(entry.row)
    return EntryFault(
        f"批准人「{name}」在 {on} 不是{_WHO_MAY}", f"由{_WHO_MAY}批准，或在《人员部门》补角色与生效、失效日期"
    )


def _cells(entry: Correction) -> dict[str, object]:
    told = {"项目": entry.field, "原内容、更正后": entry.before or entry.after} if entry.kind == words.CORRECTED else {}
    return {"类型": entry.kind, **told, "原因": entry.reason, "批准人": entry.approver, "日期": entry.on}
