"""变更记录 of the pack: what changed in the tracker during the period, as two runs saw it (4.4.5; R57)."""

from __future__ import annotations

from collections.abc import Sequence

from capa_xl.model.cut_text import cut_text
from capa_xl.model.history import TO_ANSWER, HistoryLine
from capa_xl.reports.sheets import Book
from capa_xl.reports.table_cells import Cell, ColumnHead, Mark

SHEET = "变更记录"
_HEADINGS = (
    ColumnHead("看到的日期", 12, "date"),
    ColumnHead("编号", 14),
    ColumnHead("种类", 20, "mark"),
    ColumnHead("项目", 16),
    ColumnHead("改前", 34, "quote"),
    ColumnHead("改后", 34, "quote"),
)
_NOTHING = "本期两次运行之间没有看到变化（看到的是运行时的差异；两次运行之间改过又改回的看不到，也看不出是谁改的）"
_UNTIL_THE_DAY_BEFORE = "截至日当天的变化还没有看全，列在以后的资料包里"
_LONGEST = 200


def write_history(book: Book, span: str, lines: Sequence[HistoryLine]) -> None:
    """Add the sheet; those that want an explanation are marked.

    Args:
        span: Company, period and as-of day, as the other sheets say them.
        lines: The changes seen in the period, oldest first.
    """
    to_answer = sum(line.kind in TO_ANSWER for line in lines)
    counts = f"共 {len(lines)} 处，其中需要说明 {to_answer} 处" if lines else _NOTHING
    sheet = book.sheet(SHEET, "跟踪表变更记录（4.4.5）", f"{span}　{counts}　{_UNTIL_THE_DAY_BEFORE}")
    book.table(sheet, _HEADINGS, [_row(line) for line in lines])


def _row(line: HistoryLine) -> tuple[Cell, ...]:
    mark = Mark(line.kind.value, "bad" if line.kind in TO_ANSWER else "silent")
    return line.seen_on, line.number, mark, line.field, cut_text(line.before, _LONGEST), cut_text(line.after, _LONGEST)
