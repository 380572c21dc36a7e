"""制度执行自查表 for the terminal: one line a requirement, then what the five verdicts came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from capa_xl.model.conformity import BROKEN, VERDICTS, Conformity
from capa_xl.model.cut_text import cut_list

_SHOWN = 8
_REASONS = 3


def conformity_lines(lines: tuple[Conformity, ...]) -> Iterator[str]:
    """The table as plain lines."""
    yield "制度执行自查表（内部）"
    for line in lines:
        note = f"（{line.note}）" if line.note else ""
        yield f"{line.id}  {line.clause}  {line.text}：{line.words}{note}{_rows(line)}"
        yield from (f"  {said}" for said in reasons_said(line.by_reason, _REASONS))
    count = Counter(line.verdict for line in lines)
    yield "，".join(f"{word} {count[word]} 项" for word in VERDICTS)


def _rows(line: Conformity) -> str:
    return f" → {cut_list(line.rows, _SHOWN, '行')}" if line.verdict == BROKEN else ""


def reasons_said(reasons: Sequence[tuple[str, tuple[str, ...]]], most: int) -> Iterator[str]:
    """What is wrong, and with which rows: 调查人空白：GJ-2026-001、GJ-2026-002; so many, then how many more.

    A single reason is that of every row, which stand beside it already.
    """
    alone = len(reasons) == 1
    for reason, rows in reasons[:most]:
        yield reason if alone else f"{reason}：{cut_list(rows, _SHOWN, '行')}"
    if len(reasons) > most:
        yield f"另有 {len(reasons) - most} 种原因"
