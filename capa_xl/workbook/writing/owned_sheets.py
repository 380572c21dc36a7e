"""The owned sheets 校验结果 and 提醒台账: their data rows, re-emitted whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from capa_xl.model.as_of import SHANGHAI
from capa_xl.model.columns import Column, columns_of
from capa_xl.model.ledger_mark import ledger_mark, ledger_values
from capa_xl.model.milestones import milestone_label
from capa_xl.model.occurrence_words import occurrence_words
from capa_xl.model.problem import Problem
from capa_xl.model.records import FindingRow, LedgerRow
from capa_xl.model.register import Register
from capa_xl.model.row_heights import ONE_LINE, fitted_height
from capa_xl.model.schema import FINDINGS_SHEET, LEDGER_SHEET
from capa_xl.ooxml.patch import CellLook, CellValue, OwnedCell, SheetRows
from capa_xl.workbook.blank.child_sheets import findings_widths

_MARK = "mark"
FIRST_DATA_ROW = 2
"""Owned sheets have their header in row 1."""
_SPARE = 3.0
"""Points that `fitted_height` adds to the lines of a row; hundreds of findings do without, as Excel's own rows do."""
MOST_FINDINGS = 5000
"""Rows of 校验结果 before the rest is summed up in one line (workbook.md)."""


def findings_rows(register: Register, problems: Iterable[Problem]) -> SheetRows | None:
    """校验结果 as it should stand, errors first; None where the workbook has no such sheet of ours. No clock in it.

    One line a Problem, however many one rule strikes: people filter the sheet by 编号, 总览 counts its lines,
    〔自动〕校验问题数 counts those of a row, and 例外说明 names them by 规则 and 编号. The terminal sums up instead.
    """
    if not register.is_ours_to_write(FINDINGS_SHEET):
        return None
    every = sorted(problems, key=lambda problem: problem.severity.rank)
    rows = [_finding(problem) for problem in every[:MOST_FINDINGS]]
    if len(every) > MOST_FINDINGS:
        rows.append(_rest(len(every) - MOST_FINDINGS))
    widths = findings_widths(register.defined_names)
    heights = tuple(_height(cells, widths) for cells in rows)
    return SheetRows(FINDINGS_SHEET, FIRST_DATA_ROW, tuple(rows), heights)


def _height(cells: tuple[OwnedCell, ...], widths: Sequence[float]) -> float:
    """High enough for every text of the line in its column, and no higher: there are hundreds of them."""
    texts = ((str(cell.value or ""), width - 1) for cell, width in zip(cells, widths, strict=True))
    return max(ONE_LINE, fitted_height(texts, ONE_LINE) - _SPARE)


def ledger_sheet_rows(register: Register, ledger: Iterable[LedgerRow]) -> SheetRows | None:
    """提醒台账 as the journal has it; None where the workbook has no such sheet of ours.

    A line that says the same already keeps its 校验码, or its lack of one: that is never a reason to write. A sheet of
    an earlier version has no such column and gets none.
    """
    if not register.is_ours_to_write(LEDGER_SHEET):
        return None
    standing = {row.row: row for row in register.ledger.records} if register.ledger else {}
    columns = [col for col in columns_of(LedgerRow) if col.key != _MARK or _has_marks(register)]
    marked = (_marked(row, standing.get(row.row)) for row in ledger)
    return SheetRows(LEDGER_SHEET, FIRST_DATA_ROW, tuple(tuple(_posting(row, columns)) for row in marked))


def _has_marks(register: Register) -> bool:
    return register.ledger is not None and _MARK in register.ledger.columns


def _marked(row: LedgerRow, standing: LedgerRow | None) -> LedgerRow:
    says_the_same = standing is not None and ledger_values(standing) == ledger_values(row)
    return replace(row, mark=standing.mark if standing and says_the_same else ledger_mark(row))


def _posting(row: LedgerRow, columns: Iterable[Column]) -> Iterator[OwnedCell]:
    """A line of 提醒台账: milestones and occurrences in words, dates as dates."""
    for col in columns:
        text = getattr(row, col.key)
        shown = _SHOWN.get(col.key, _as_text)(text or "")
        yield OwnedCell(shown, look=_SECONDS if isinstance(shown, datetime) else None)


def _as_text(text: str) -> str | None:
    return text or None


def _day(text: str) -> date | str | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _as_text(text)


def _instant(text: str) -> datetime | str | None:
    """The time of sending in Asia/Shanghai, to the second; Excel knows no zones."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _as_text(text)
    return (moment.astimezone(SHANGHAI) if moment.tzinfo else moment).replace(tzinfo=None, microsecond=0)


_SHOWN: Mapping[str, Callable[[str], CellValue]] = {
    "milestone": lambda text: milestone_label(text) or None,
    "due_version": _day,
    "occurrence": lambda text: occurrence_words(text) or None,
    "planned_on": _day,
    "sent_at": _instant,
}
_SECONDS = CellLook(number_format="yyyy-mm-dd hh:mm")


def _finding(problem: Problem) -> tuple[OwnedCell, ...]:
    texts = (
        problem.severity.word,
        problem.rule,
        problem.clause,
        problem.sheet,
        problem.cell or "",
        problem.number,
        problem.message,
        problem.fix,
    )
    return (*(OwnedCell(text or None) for text in texts), _where(problem))


def _where(problem: Problem) -> OwnedCell:
    """A link to the cell; the cell alone where it stands in an archived year."""
    if not problem.cell or problem.year:
        return OwnedCell(problem.cell or None)
    sheet, cell = problem.sheet, problem.cell
    target = sheet.replace("'", "''").replace('"', '""')
    return OwnedCell(cell, formula=f'HYPERLINK("#\'{target}\'!{cell}","{cell}")')


def _rest(count: int) -> tuple[OwnedCell, ...]:
    return tuple(_blank_but(6, f"另有 {count} 个问题未列出，用 check --report 可以另存全部。"))


def _blank_but(index: int, text: str) -> Iterator[OwnedCell]:
    for position in range(len(columns_of(FindingRow))):
        yield OwnedCell(text if position == index else None)
