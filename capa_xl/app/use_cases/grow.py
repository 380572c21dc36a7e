"""grow: a workbook taken to the next level, columns on the right and sheets at the end."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.app.shared.writer import Draft, Proven, write
from capa_xl.model import words
from capa_xl.model.as_of import AsOf
from capa_xl.model.intent import GROW
from capa_xl.model.levels import Growth
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.ooxml.patch import Patch
from capa_xl.policy.set_back import set_back
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.earlier_overview import earlier_overview
from capa_xl.workbook.adopting.grown_workbook import GrownWorkbook, grown, growth_by, growth_to
from capa_xl.workbook.reading.reader import read_register


class Grown(Struct, frozen=True):
    """What a workbook gets, and whether it has it now.

    Attributes:
        backup: The workbook as it was before; `undo` takes it back.
        notes: What a person should know of this write and of runs before it.
    """

    workbook: Path
    growth: Growth
    written: bool = False
    backup: Path | None = None
    notes: tuple[str, ...] = ()


def grow(desk: Desk, level: str = "", sheets: Collection[str] = (), *, apply: bool = False) -> Grown:
    """Preview what the workbook would get, and add it with `apply`.

    Args:
        level: Name of the level; "" for the next one.
        sheets: The sheets alone that are to come; () for all that the level has.

    Raises:
        UsageError: Its tracker runs over several sheets.
        UnsafeWrite: No room on the right, or sheets of somebody else bear our names; the preview says so too.
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked, WorkbookChanged, UnsafeWrite, JournalUnusable: As `writer.write`; nothing is written.
    """

    def wanted(source: Opened) -> Growth:
        return growth_by(source.register, sheets) if sheets else growth_to(source.register, source.blob, level)

    def made(source: Opened) -> GrownWorkbook:
        return _grown(source, wanted(source), desk.as_of)

    def plan(source: Opened, _: WorkbookJournal) -> Proven[GrownWorkbook]:
        new = made(source)
        edits = tuple(AppliedEdit(one.sheet, one.at, one.before, one.after) for one in new.changes)
        return Proven(source, Draft(GROW, Patch(), new, edits), new.blob, new.changes, ())

    opened = open_tracker(desk)
    refuse_archive(desk, opened.sha256)
    growth, stays = wanted(opened), earlier_overview(opened.register)
    if growth.is_empty:
        return Grown(desk.workbook, growth, notes=stays)
    planned = made(opened)
    if not apply:
        return Grown(desk.workbook, planned.growth, notes=(*planned.notes, *stays))
    done = write(desk, open_tracker, plan, first=opened)
    answer = done.proven.draft.answer
    notes = (*done.notes, *answer.notes, *stays)
    return Grown(desk.workbook, answer.growth, done.backup is not None, done.backup, notes)


def _grown(source: Opened, growth: Growth, as_of: AsOf) -> GrownWorkbook:
    """The workbook with what it lacks, and what comes of it for the rows that are there."""
    before = view_register(source.register, as_of)
    closed = sum(derived.status == words.CLOSED for derived in before.derived.values())
    made = grown(source.register, source.blob, growth, as_of.on, closed)
    if not made.growth.columns:
        return made
    after = view_register(replace(read_register(made.blob), past=source.register.past), as_of)
    return replace(made, notes=(*made.notes, *set_back(before, after, as_of.on)))
