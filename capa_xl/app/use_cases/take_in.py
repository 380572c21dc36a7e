"""adopt without -o: further sheets, or answers to what came later, of an adopted workbook, in place (decisions C6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, open_workbook
from capa_xl.app.shared.tracked_rows import counted, refuse_mostly_left_out
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.app.shared.writer import Draft, Proven, prove, write
from capa_xl.errors import UsageError
from capa_xl.model.adoption import Adoption
from capa_xl.model.as_of import AsOf
from capa_xl.model.command_line import with_the_path
from capa_xl.model.intent import ADOPT
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.policy.rules.rule import fill
from capa_xl.policy.rules.table import WB11
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, AdoptionPlan, plan_adoption
from capa_xl.workbook.reading.reader import read_register

_NOT_ADOPTED = "这个工作簿还没有接管过 → 请加 -o 写明接管后的新文件，例：-o 跟踪表.xlsx"


class TakenIn(Struct, frozen=True):
    """What was found, and whether the workbook holds it now.

    Attributes:
        is_settled: False while a needed heading or word is in question: then nothing was touched.
        backup: The workbook as it was before; None when nothing was written.
        notes: What a person should know of this write and of runs before it.
        untracked: The other sheets that look like trackers, each with the command that counts it in.
    """

    workbook: Path
    found: Adoption
    is_settled: bool
    backup: Path | None = None
    notes: tuple[str, ...] = ()
    untracked: tuple[str, ...] = ()


def require_adopted(desk: Desk) -> None:
    """Refuse a table that nobody has adopted yet, before anything is asked.

    Raises:
        UsageError: It is none of ours.
        UnreadableWorkbook: No workbook.
    """
    if open_workbook(desk).register.settings is None:
        raise UsageError(_NOT_ADOPTED)


def take_in(desk: Desk, wish: Adopting) -> TakenIn:
    """Give the named sheets our columns and count them in; without names, those of the register; `undo` takes it back.

    Raises:
        UsageError: The workbook isn't adopted yet, a sheet isn't there, an answer doesn't fit, or most rows of a new
            sheet can't be tracked.
        UnreadableWorkbook: No workbook, or a sheet that is no table, or one with other stages.
        WorkbookLocked, WorkbookChanged, UnsafeWrite, JournalUnusable: As `writer.write`; nothing is written.
    """
    opened = open_workbook(desk)
    first = _planned(opened, wish)
    if first.found.is_blocked:
        return TakenIn(desk.workbook, first.found, is_settled=False)

    def plan(source: Opened, _: WorkbookJournal) -> Proven[Adoption]:
        planned = first if source is opened else _planned(source, wish)
        proven = prove(source, Draft(ADOPT, planned.patch, planned.found))
        return _with_what_stood(source, _counted(source, proven, wish))

    done = write(desk, open_workbook, plan, first=opened)
    untracked = tuple(_untracked(opened, wish))
    answer = done.proven.draft.answer
    return TakenIn(desk.workbook, answer, is_settled=True, backup=done.backup, notes=done.notes, untracked=untracked)


def _untracked(opened: Opened, wish: Adopting) -> Iterator[str]:
    """As check says it of them (WB11): whoever runs adopt again expects to be asked about a sheet that is new."""
    for remark in opened.register.remarks:
        if remark.rule == WB11.id and remark.hit.sheet.strip() not in wish.sheets:
            facts = remark.hit.facts
            yield f"{fill(WB11.message, facts)} → {with_the_path(fill(WB11.fix, facts), opened.path)}"


def _planned(opened: Opened, wish: Adopting) -> AdoptionPlan:
    if opened.register.settings is None:
        raise UsageError(_NOT_ADOPTED)
    plan = plan_adoption(opened.blob, wish)
    if plan.found.sheets:
        raise UsageError(f"工作簿里缺少 {'、'.join(plan.found.sheets)} → 请加 -o 写成新文件")
    return plan


def _counted(source: Opened, proven: Proven[Adoption], wish: Adopting) -> Proven[Adoption]:
    """The same with the rows that are tracked then, and those that can't be.

    Raises:
        UsageError: Most rows of the sheets that are new can't be tracked.
    """
    register = read_register(proven.blob)
    known = {sheet.strip() for sheet in source.register.tracker.sheets}
    if not wish.takes_left_out:
        refuse_mostly_left_out(register, [sheet for sheet in wish.sheets if sheet not in known], "还没有计入")
    view = view_register(register, AsOf(wish.as_of, wish.as_of))
    return replace(proven, draft=replace(proven.draft, answer=counted(proven.draft.answer, view)))


def _with_what_stood(source: Opened, proven: Proven[Adoption]) -> Proven[Adoption]:
    """The same with every changed cell as the journal keeps it for `undo`."""
    edits = tuple(AppliedEdit(one.sheet, one.at, one.before, one.after) for one in proven.changes)
    return replace(proven, draft=replace(proven.draft, edits=edits))
