"""Entries of 更正记录 whose day doesn't fit: that undo nothing, or the completion of what was confirmed later.

重开 of a row never completed, 撤销确认 of one never confirmed.

A row that was done anew holds the later days in the same cells, so that days after the entry prove nothing: such an
entry counts, and is pointed out. Where cells were emptied or written anew, the entry's 原内容 says what it took back:
with that it counts, and nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key, columns_of
from capa_xl.model.records import Confirmation, Correction
from capa_xl.model.register import Register
from capa_xl.policy.day import registered_by
from capa_xl.policy.entry_fault import EntryFault

_ANOTHER_DAY = "改这一行的日期"
_NOTHING = "那几格后来清空了的，原内容写原来的日期和结论；本来就没有的删除这一行"


class IdleEntries(Struct, frozen=True):
    """Row of 更正记录 → why, a Chinese phrase.

    Attributes:
        void: There was nothing to undo: the entry counts for nothing (why, and what to do).
        doubtful: All that it could undo is dated later: done anew since, or the entry's day is wrong.
        torn: A 重开 between the completion and what rests on it: neither counts, and a day is missing or wrong.
        unkept: Its 原内容 is blank, and the row still holds what it undid: doing it anew will write over that.
    """

    void: Mapping[int, EntryFault]
    doubtful: Mapping[int, str]
    torn: Mapping[int, str]
    unkept: Mapping[int, str]


def idle_entries(register: Register, latest: date) -> IdleEntries:
    """The entries of rows in the tracker; whatever T is, for what was done anew after T shows that it once was done.

    Args:
        latest: T or today, whichever is later: a day of registration after it is a slip, and tells nothing.
    """
    entries = register.corrections.records if register.corrections else ()
    known = [one for one in entries if one.kind in words.UNDONE_BY and one.on and one.number]
    void, doubtful, torn, unkept = dict[int, EntryFault](), dict[int, str](), dict[int, str](), dict[int, str]()
    if not known or "completed_on" not in register.tracker.columns:
        return IdleEntries(void, doubtful, torn, unkept)
    rounds = defaultdict[str, list[Confirmation]](list)
    for row in register.confirmations.records if register.confirmations else ():
        rounds[row.number or ""].append(row)
    actions = {action.number: action for action in register.tracker.records}
    last = {one.number: one for one in sorted(known, key=lambda one: one.on or date.min) if one.kind == words.REOPENED}
    for entry in known:
        action = actions.get(entry.number or "")
        if action is None or entry.on is None:
            continue
        if not entry.before and (held := _held(entry, action, entry.on)):
            unkept[entry.row] = held
        action = registered_by(action, latest)
        days = _days(entry, action, rounds[action.number])
        if days and min(days.values()) <= entry.on:
            if last.get(entry.number) is entry and (why := _torn(entry, action, rounds[action.number])):
                torn[entry.row] = why
        elif entry.before:
            continue
        elif fault := _void(entry, action, days):
            void[entry.row] = fault
        elif days:
            named = "、".join(f"{header} {day}" for header, day in days.items())
            doubtful[entry.row] = f"{entry.kind} {entry.on}，而 {named} 都在它以后"
    return IdleEntries(void, doubtful, torn, unkept)


def _held(entry: Correction, action: Action, on: date) -> str:
    """The cells of the row that an entry of that day undid, and what they hold: 确认日期 2026-04-07、效果结论 无效."""
    told = {header: str(day) for header, day in _days(entry, action, []).items() if day <= on}
    confirmed, effect = (column_by_key(Action)[key].header for key in ("confirmed_on", "effect"))
    if confirmed in told and action.effect:
        told[effect] = action.effect
    return "、".join(f"{header} {value}" for header, value in told.items())


def _void(entry: Correction, action: Action, days: Mapping[str, date]) -> EntryFault | None:
    """Why there was nothing to undo; None where there may have been."""
    if action.registered_on and entry.on and entry.on < action.registered_on:
        return EntryFault(f"{entry.kind} {entry.on} 早于本项的登记日期 {action.registered_on}", _ANOTHER_DAY)
    if not days and not action.stated_status:
        return EntryFault(f"本项没有{'、'.join(_facts(entry))}的日期，没有可撤销的", _NOTHING)
    return None


def _torn(entry: Correction, action: Action, rounds: list[Confirmation]) -> str:
    """What is dated after a 重开 and rests on the completion that it undoes; "" for nothing."""
    if action.completed_on is None or entry.on is None or action.completed_on > entry.on:
        return ""
    found = [
        f"{column.header} {day}"
        for record in (action, *rounds)
        for column in columns_of(type(record))
        if column.dates_fact
        and column.fact in words.RESTS_ON_COMPLETION
        and (day := getattr(record, column.key)) is not None
        and day > entry.on
    ]
    named = "、".join(dict.fromkeys(found))
    return f"{entry.on} {entry.kind}撤销了完成 {action.completed_on}，{named} 也不再算数" if found else ""


def _facts(entry: Correction) -> tuple[str, ...]:
    undone = words.UNDONE_BY[entry.kind or ""]
    return tuple(dict.fromkeys(c.fact for c in columns_of(Action) if c.dates_fact and c.fact in undone))


def _days(entry: Correction, action: Action, rounds: list[Confirmation]) -> dict[str, date]:
    """Heading → the first day under it, of the facts that such an entry undoes, in the row and its rounds."""
    found: dict[str, date] = {}
    for record in (action, *rounds):
        for column in columns_of(type(record)):
            day = getattr(record, column.key) if column.dates_fact else None
            if day is not None and column.fact in words.UNDONE_BY[entry.kind or ""]:
                found[column.header] = min(day, found.get(column.header, day))
    return found
