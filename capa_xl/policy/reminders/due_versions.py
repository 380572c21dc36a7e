"""Due versions: every deadline that was ever in force for an action, and while which days (4.4.6; decisions A6).

Moving a date erases neither a met nor a missed duty of the deadline before it. What is known of the moves: the journal
saw the cell change, and 延期记录 holds the approved ones. Where no run saw the cell between an approval and the change,
the approval tells the day: the job was down, and the older deadline had ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import DueChange, JournalView
from capa_xl.policy.register_view import RegisterView


class DueVersion(Struct, frozen=True):
    """One deadline over the days it was in force.

    Attributes:
        known_on: The day its lead counts from; None when nobody knows, which excuses nothing.
        ended_on: The first day it was in force no more; None while it stands.
    """

    due_on: date
    known_on: date | None
    ended_on: date | None = None

    def has_ended_by(self, day: date) -> bool:
        """True when another deadline was in force on that day already."""
        return self.ended_on is not None and self.ended_on <= day

    def is_in_force_on(self, day: date) -> bool:
        """True from the day it was planned until it is over or gives way to another."""
        return self.was_known_by(day) and day <= self.due_on and not self.has_ended_by(day)

    def was_known_by(self, day: date) -> bool:
        """True when the deadline was planned on that day or before it."""
        return self.known_on is None or self.known_on <= day


class _Move(Struct, frozen=True):
    """One deadline giving way to another.

    Attributes:
        known_on: The day the lead of `after` counts from.
        on: The first day `before` was in force no more.
        is_seen: The journal saw the cell change; else only 延期记录 tells of it.
    """

    before: date | None
    after: date | None
    known_on: date
    on: date
    is_seen: bool


class _Approved(Struct, frozen=True):
    """One approved record of 延期记录."""

    old: date | None
    new: date
    on: date

    @property
    def move(self) -> _Move:
        """The same as a move, on the day of the approval."""
        return _Move(self.old, self.new, self.on, self.on, is_seen=False)


def due_versions(view: RegisterView, journal: JournalView, action: Action) -> tuple[DueVersion, ...]:
    """Every deadline in force on some day up to T, the standing one last.

    An earlier one whose end neither the journal nor an approved record dates is left out: nobody could say whether its
    planned day was reached.
    """
    moves = _moves(view, journal, action)
    standing = _standing(journal, action, view.on)
    dates = dict.fromkeys(day for move in moves for day in (move.before, move.after) if day and day != standing)
    spells = [
        spell
        for day in (*dates, *([standing] if standing else []))
        for spell in _spells(view, journal, action, day, moves)
    ]
    return tuple(spell for spell in spells if spell.ended_on is not None or spell.due_on == standing)


def first_planned_on(view: RegisterView, journal: JournalView, action: Action, due_on: date) -> date | None:
    """The day the lead of an action's first deadline counts from: the later of 登记日期 and its planning.

    It was planned by 批准日期, or when the journal first saw it, if that lies before the approval or within the limits
    of planning and approval: a job that did not run, or a plan made too late, is no excuse.
    """
    seen_on = _first_seen_on(view, journal, action, due_on)
    if seen_on is not None and (seen_on > view.on or not _may_count(view, action, seen_on)):
        seen_on = None
    planned_on = min((day for day in (seen_on, action.approved_on) if day), default=None)
    return max((day for day in (planned_on, action.registered_on) if day), default=None)


def _first_seen_on(view: RegisterView, journal: JournalView, action: Action, due_on: date) -> date | None:
    """The day a run first saw it, today for a deadline that none has seen yet; None where it stood before the first."""
    is_unseen = bool(journal.numbers) and due_on == action.due_on != journal.first_due.get(action.number)
    return journal.first_seen.get((action.number, due_on), view.as_of.today if is_unseen else None)


def _may_count(view: RegisterView, action: Action, seen_on: date) -> bool:
    if action.registered_on is None:
        return action.approved_on is None or seen_on < action.approved_on
    days = max(view.procedure.limit_planning, view.procedure.limit_approval)
    limit = view.calendar.add(action.registered_on, days)
    return seen_on <= max(limit, action.approved_on or limit)


def _standing(journal: JournalView, action: Action, on: date) -> date | None:
    """The deadline at T: the cell, but for a change that the journal saw after T."""
    later = (change for change in journal.due_changes.get(action.number, ()) if change.seen_on > on)
    return next((change.before for change in later), action.due_on)


def _moves(view: RegisterView, journal: JournalView, action: Action) -> tuple[_Move, ...]:
    """Every move up to T, by the day it took effect; one that stands in both places is one move.

    A cell that a run saw blank, and a later one filled for the first time, was moved from nowhere.
    """
    approved = _approved(view, action)
    seen = [change for change in journal.due_changes.get(action.number, ()) if change.seen_on <= view.on]
    moved = seen[1:] if seen and seen[0].before is None else seen
    moves = [move for change in moved for move in _moves_of(change, approved)]
    carried_out = {change.after for change in seen} | {action.due_on} | {one.old for one in approved}
    told = {move.after for move in moves}
    moves += [one.move for one in approved if one.new in carried_out and one.new not in told]
    return tuple(sorted(moves, key=lambda move: move.on))


def _approved(view: RegisterView, action: Action) -> tuple[_Approved, ...]:
    """The approved records with their dates, oldest approval first."""
    found = (
        _Approved(record.old_due_on, record.new_due_on, record.approved_on)
        for record in view.extensions.get(action.number, ())
        if record.approval == words.AGREED and record.approved_on is not None and record.new_due_on is not None
    )
    return tuple(sorted(found, key=lambda one: one.on))


def _moves_of(change: DueChange, approved: tuple[_Approved, ...]) -> tuple[_Move, ...]:
    """What the journal saw as one change: the approvals that led there while no run saw the cell, else its own day."""
    if unseen := _unseen_chain(change, approved):
        return tuple(replace(one.move, is_seen=True) for one in unseen)
    days = [one.on for one in approved if one.new == change.after and one.on <= change.seen_on]
    known_on = max(days, default=change.seen_on)
    return (_Move(change.before, change.after, known_on, change.seen_on, is_seen=True),)


def _unseen_chain(change: DueChange, approved: tuple[_Approved, ...]) -> list[_Approved]:
    """The approvals after the last sight of the older deadline that lead from it to the newer one; [] without them."""
    chain: list[_Approved] = []
    if change.before is None or change.last_seen_on is None:
        return chain
    at: date | None = change.before
    for one in approved:
        if one.old == at != change.after and change.last_seen_on < one.on <= change.seen_on:
            chain.append(one)
            at = one.new
    return chain if at == change.after else []


def _spells(
    view: RegisterView, journal: JournalView, action: Action, due_on: date, moves: tuple[_Move, ...]
) -> Iterator[DueVersion]:
    """The times one deadline was in force: more than one where it was moved away and back."""
    ends = [m.on for m in moves if m.before == due_on and m.is_seen] or [m.on for m in moves if m.before == due_on]
    starts: list[date | None] = [move.known_on for move in moves if move.after == due_on]
    if not starts or (ends and starts[0] is not None and ends[0] < starts[0]):
        starts.insert(0, first_planned_on(view, journal, action, due_on))
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        end = next((day for day in ends if start is None or day > start), None)
        yield DueVersion(due_on, start, end if end or not following else following)
