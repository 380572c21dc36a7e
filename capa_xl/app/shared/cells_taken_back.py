"""What cells that are taken back one by one can't bring back with them: formulas, and figures counted since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from capa_xl.a1 import parse_cell
from capa_xl.app.shared.backed_up import bytes_of
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.journal_written import past_runs
from capa_xl.model.cut_text import cut_list
from capa_xl.model.intent import REFRESHES, YEAR_END
from capa_xl.model.snapshot import Applied, AppliedEdit
from capa_xl.ooxml.workbook_values import WorkbookValues

_NAMED = 3
"""So many cells a note names."""


def formulas_gone(opened: Opened, applied: Applied, back: Iterable[AppliedEdit]) -> Iterator[str]:
    """That cells hold the values that their formulas had come to; only the end of a year empties formulas.

    Raises:
        UnsafeWrite: The backup that has the formulas can't be read.
    """
    if applied.what != YEAR_END or not (cells := tuple(back)):
        return
    stood = bytes_of(opened, applied.stood)
    if stood is None:
        yield "归档以前的备份已经不在了，逐格恢复：原来是公式的格，现在是当时算出的值 → 请核对有公式的列"
    elif found := list(_with_formulas(stood, cells)):
        where = f"{opened.desk.backups}，校验码 {applied.stood[:8]}"
        named = cut_list([f"《{edit.sheet}》{edit.cell}" for edit in found], _NAMED, "格")
        blank = "（没有算出过的是空白）" if any(edit.before is None for edit in found) else ""
        yield (
            f"归档以后工作簿又被写过，逐格恢复：{named} 原来是公式，现在是当时算出的值{blank}"
            f" → 公式在归档以前的备份里（{where}），照它补上"
        )


def is_refreshed_since(journal: WorkbookJournal, applied: Applied) -> bool:
    """Whether 总览 and 校验结果 were counted while what is taken back stood."""
    runs = past_runs(journal.conn, journal.workbook_id)
    return any(
        one.command in REFRESHES and one.ran_at >= applied.applied_at and one.fingerprint != applied.stood
        for one in runs
    )


def _with_formulas(stood: bytes, cells: Iterable[AppliedEdit]) -> Iterator[AppliedEdit]:
    book = WorkbookValues(stood)
    formulas = {name: book.read(name).formulas for name in {edit.sheet for edit in cells}}
    return (edit for edit in cells if parse_cell(edit.cell) in formulas[edit.sheet])
