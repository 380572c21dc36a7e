"""The journal's field changes and events, told apart by what the procedure says of them (4.4.5; R57, R61)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.history import ChangeKind, HistoryLine
from capa_xl.model.intent import HANDOVER, REORGANISE
from capa_xl.model.journal import JournalView
from capa_xl.model.records import Correction, Extension
from capa_xl.model.snapshot import Applied, FieldChange, RowEvent, RowEventKind
from capa_xl.policy.corrections import in_force
from capa_xl.policy.past_years import archived
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.routes import approval_day, is_held_to

DUE, OWNERS = "完成期限", "责任人"
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
APPROVED_CONTENT = frozenset({"措施内容", "实施方案", "改进目标", "责任人", "责任部门", "归口部门", "原完成期限"})
"""What an approval covers: changed afterwards, it wants a new one or a reason (AP11)."""
_BY_COMMAND = {HANDOVER: ChangeKind.HANDED_OVER, REORGANISE: ChangeKind.REORGANISED}
TOLD_COMMANDS = tuple(_BY_COMMAND)
"""The commands whose changes are told as theirs: of the others nothing need be read."""


def history_of(
    view: RegisterView, changes: Iterable[FieldChange], events: Iterable[RowEvent], applied: Iterable[Applied] = ()
) -> tuple[HistoryLine, ...]:
    """All changes in the order of the days they were seen on, each with its kind; of a day a new row first.

    Args:
        view: The rows, extensions and entries of 更正记录 as they stand at T. A row that went to an archive is judged
            by what stands there.
        applied: What commands wrote and was not taken back: what a handover changed is a handover.
    """
    holding = {one.action.number: one.view for one in archived(view)}
    entries, written = _entries_in_force(view, holding), _replaced(applied)
    edited = (
        HistoryLine(
            _written_by(change, written) or _kind(holding.get(change.number, view), change),
            change.number,
            change.field,
            change.before,
            change.after,
            change.seen_on,
        )
        for change in changes
    )
    befell = (
        HistoryLine(_befell(e, entries.get(e.number, ())), e.number, e.field, e.before, e.after, e.seen_on)
        for e in events
    )
    return _new_rows_first(sorted((*edited, *befell), key=lambda line: line.seen_on))


def _new_rows_first(lines: Iterable[HistoryLine]) -> tuple[HistoryLine, ...]:
    """Of a day a row comes before what befell it; one that came back that day came after it had gone."""
    listed = tuple(lines)
    gone = {(line.number, line.seen_on) for line in listed if line.kind is ChangeKind.VANISHED}
    first: dict[tuple[str, date], int] = {}
    for at, line in enumerate(listed):
        first.setdefault((line.number, line.seen_on), at)

    def place(numbered: tuple[int, HistoryLine]) -> tuple[int, bool]:
        at, line = numbered
        row = line.number, line.seen_on
        begins = line.kind is ChangeKind.ADDED and row not in gone
        return (first[row] if begins else at), not begins

    return tuple(line for _, line in sorted(enumerate(listed), key=place))


def _replaced(applied: Iterable[Applied]) -> dict[tuple[str, str], list[tuple[date, ChangeKind]]]:
    """(before, after) → the days on which a command replaced the one by the other, one entry a cell, oldest first."""
    found: dict[tuple[str, str], list[tuple[date, ChangeKind]]] = {}
    for one in applied:
        if one.what in _BY_COMMAND:
            day = date.fromisoformat(one.applied_at[:10])
            for edit in one.edits:
                names = _as_listed(edit.before), _as_listed(edit.after)
                found.setdefault(names, []).append((day, _BY_COMMAND[one.what]))
    return found


def _written_by(
    change: FieldChange, written: Mapping[tuple[str, str], list[tuple[date, ChangeKind]]]
) -> ChangeKind | None:
    """The command that made a change: one cell it wrote accounts for one change, seen on that day or later."""
    cells = written.get((_as_listed(change.before), _as_listed(change.after)), [])
    if change.field in APPROVED_CONTENT and cells and cells[0][0] <= change.seen_on:
        return cells.pop(0)[1]
    return None


def handed_by_command(journal: JournalView) -> frozenset[FieldChange]:
    """The changes of 责任人 and 责任部门 that `handover` made: it has them on record, and who gave them to whom."""
    written = _replaced(journal.handovers)
    changes = (change for of_row in journal.handed_over.values() for change in of_row) if written else ()
    return frozenset(change for change in changes if _written_by(change, written))


def _as_listed(text: object) -> str:
    """Several names between 、, however the cell parts them."""
    return re.sub(r"\W+", "、", str(text or ""))


def _entries_in_force(view: RegisterView, holding: Mapping[str, RegisterView]) -> dict[str, tuple[Correction, ...]]:
    """编号 → its entries of 更正记录 that count at T.

    Args:
        holding: 编号 → the archived year that has the row, of those that went to one.
    """
    gone = {number: there for number, there in holding.items() if number in there.corrections}
    held = {**dict.fromkeys(view.corrections, view), **gone}
    return {number: tuple(in_force(there.inputs, number, _owners(there, number))) for number, there in held.items()}


def _owners(view: RegisterView, number: str) -> tuple[str, ...]:
    action = view.by_number.get(number)
    return action.owners if action is not None and action.owners else ()


def actions_on_record(view: RegisterView) -> tuple[Action, ...]:
    """Every action that has an owner to be asked for: in use, set aside, or gone to an archive."""
    aside = (row.record for row in view.register.quarantined)
    return (*view.actions, *aside, *(one.action for one in archived(view)))


def of_person(lines: Iterable[HistoryLine], actions: Iterable[Action], name: str) -> tuple[HistoryLine, ...]:
    """The lines of the rows that a person owns now or owned before or after some change."""
    kept = tuple(lines)
    owned = {action.number for action in actions if name in (action.owners or ())}
    handed = {line.number for line in kept if line.field == OWNERS and name in _names(line.before, line.after)}
    return tuple(line for line in kept if line.number in owned | handed)


def seen_between(lines: Iterable[HistoryLine], start: date | None, end: date | None) -> tuple[HistoryLine, ...]:
    """The lines seen on or after `start` and on or before `end`; None is no limit."""
    return tuple(line for line in lines if (start or line.seen_on) <= line.seen_on <= (end or line.seen_on))


def _befell(event: RowEvent, entries: Iterable[Correction]) -> ChangeKind:
    """A closed row that was opened again by an entry of its day or before has its answer."""
    opened = (entry.on for entry in entries if entry.kind in (words.REOPENED, words.CONFIRMATION_REVOKED))
    if event.kind is RowEventKind.REOPENED and any(on is not None and on <= event.seen_on for on in opened):
        return ChangeKind.REOPENED_WITH_ENTRY
    return ChangeKind[event.kind.name]


def _kind(view: RegisterView, change: FieldChange) -> ChangeKind:
    if not change.before:
        return ChangeKind.EDITED
    if change.field == DUE:
        return _kind_of_move(view, change)
    return ChangeKind.AFTER_APPROVAL if _was_approved(view, change) else ChangeKind.EDITED


def _kind_of_move(view: RegisterView, change: FieldChange) -> ChangeKind:
    """A move wants its answer where nobody can say if it was approved, too: the row is gone, or no column tells.

    What nobody could read was no deadline to be moved from.
    """
    if not _ISO_DAY.fullmatch(change.before):
        return ChangeKind.EDITED
    if _is_extension(change, view.extensions.get(change.number, ())):
        return ChangeKind.MOVED_WITH_APPROVAL
    action = view.by_number.get(change.number)
    if action is None or not view.stages.approval:
        return ChangeKind.MOVED_WITHOUT
    held = is_held_to(view.inputs, action, view.derived[action.number], change.seen_on)
    return ChangeKind.MOVED_WITHOUT if held else ChangeKind.EDITED


def _is_extension(change: FieldChange, extensions: tuple[Extension, ...]) -> bool:
    return any(
        record.approval == words.AGREED and record.new_due_on is not None and str(record.new_due_on) == change.after
        for record in extensions
    )


def _was_approved(view: RegisterView, change: FieldChange) -> bool:
    """Content approved before the day the change was seen on; on that very day nobody knows which came first."""
    action = view.by_number.get(change.number) if change.field in APPROVED_CONTENT else None
    day = approval_day(view.inputs, action) if action is not None else None
    return day is not None and day < change.seen_on


def _names(*cells: str) -> set[str]:
    return {name for cell in cells for name in cell.split("、")}
