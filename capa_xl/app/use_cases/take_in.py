"""adopt --sheet: further sheets taken into the register of an adopted workbook, in place (decisions C6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, open_workbook
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.app.shared.writer import Draft, Proven, prove, write
from capa_xl.errors import UsageError
from capa_xl.model.adoption import Adoption
from capa_xl.model.intent import APPLY
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.workbook.adopting.adopted_workbook import Adopting, AdoptionPlan, plan_adoption


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was found, and whether the workbook holds it now.

    Attributes:
        is_settled: False while a needed heading or word is in question: then nothing was touched.
        backup: The workbook as it was before; None when nothing was written.
        notes: What a person should know of this write and of runs before it.
    """

    workbook: Path
    found: Adoption
    is_settled: bool
    backup: Path | None = None
    notes: tuple[str, ...] = ()


def take_in(desk: Desk, wish: Adopting) -> TakenIn:
    """Give the named sheets our columns and count them in; `undo` takes it back.

    Raises:
        UsageError: The workbook isn't adopted yet, a sheet isn't there, or an answer doesn't fit.
        UnreadableWorkbook: No workbook, or a sheet that is no table, or one with other stages.
        WorkbookLocked, WorkbookChanged, UnsafeWrite, JournalUnusable: As `writer.write`; nothing is written.
    """
    opened = open_workbook(desk)
    found = _planned(opened, wish).found
    if found.is_blocked:
        return TakenIn(desk.workbook, found, is_settled=False)

    def plan(source: Opened, _: WorkbookJournal) -> Proven[Adoption]:
        planned = _planned(source, wish)
        return _with_what_stood(source, prove(source, Draft(APPLY, planned.patch, planned.found)))

    done = write(desk, open_workbook, plan, first=opened)
    return TakenIn(desk.workbook, done.proven.draft.answer, is_settled=True, backup=done.backup, notes=done.notes)


def _planned(opened: Opened, wish: Adopting) -> AdoptionPlan:
    if opened.register.settings is None:
        raise UsageError("这个工作簿还没有接管过，请加 -o 写明接管后的新文件，例：-o 跟踪表.xlsx")
    plan = plan_adoption(opened.blob, wish)
    if plan.found.sheets:
        raise UsageError(f"工作簿里缺少 {'、'.join(plan.found.sheets)}，请加 -o 写成新文件")
    return plan


def _with_what_stood(source: Opened, proven: Proven[Adoption]) -> Proven[Adoption]:
    """The same with every changed cell as the journal keeps it for `undo`."""
    edits = tuple(AppliedEdit(one.sheet, one.at, one.before, one.after) for one in proven.changes)
    return replace(proven, draft=replace(proven.draft, edits=edits))
