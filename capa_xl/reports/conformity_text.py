"""制度执行自查表 for the terminal: one line a requirement, then what the five verdicts came to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from capa_xl.model.conformity import BROKEN, VERDICTS, Conformity
from capa_xl.model.cut_text import cut_clauses, cut_list
from capa_xl.model.left_to_history import NOTHING_LEFT_OUT, LeftToHistory
from capa_xl.reports.kpi_words import outside_words

MOST_REASONS = 3
"""What is wrong, of so many kinds, each with so many rows."""
_SHOWN = 8
_LONGEST = 130
"""Characters of what is wrong with a row; what it is about is said by its beginning."""
_WHERE = re.compile(r"(（[A-Z]{2}\d\d )[^（）]+）")
"""Rule and cell behind a finding."""


def conformity_lines(lines: tuple[Conformity, ...], outside: LeftToHistory = NOTHING_LEFT_OUT) -> Iterator[str]:
    """The table as plain lines."""
    yield "制度执行自查表（内部）"
    for line in lines:
        note = f"（{line.note}）" if line.note else ""
        yield f"{line.id}  {line.clause}  {line.text}：{line.words}{note}{_rows(line)}"
        yield from (f"  {said}" for said in reasons_said(line.by_reason))
    count = Counter(line.verdict for line in lines)
    yield "，".join(f"{word} {count[word]} 项" for word in VERDICTS)
    yield from (f"{told}。" for told in filter(None, [outside_words(outside)]))


def _rows(line: Conformity) -> str:
    return f" → {cut_list(line.rows, _SHOWN, '行')}" if line.verdict == BROKEN else ""


def reasons_said(reasons: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """What is wrong behind the rows it is wrong with: GJ-2026-001、GJ-2026-002：调查人空白; three, then how many more.

    The same finding in several cells is one. A single one is that of every row, which stand beside it already.
    """
    found = _by_finding(reasons)
    for said, rows in found[:MOST_REASONS]:
        short = cut_clauses(said, _LONGEST)
        named = len(found) > 1 and rows[0] not in short
        yield f"{cut_list(rows, MOST_REASONS, '项')}：{short}" if named else short
    if len(found) > MOST_REASONS:
        yield f"另有 {len(found) - MOST_REASONS} 种"


def _by_finding(reasons: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[str, list[str]]]:
    """(what is wrong, the rows it is wrong with); its cell is named where only one has it."""
    found: dict[str, tuple[str, list[str]]] = {}
    for reason, rows in reasons:
        found.setdefault(_WHERE.sub(r"\1）", reason), (reason, []))[1].extend(rows)
    said = [(_WHERE.sub(_rule, reason) if len(rows) > 1 else reason, rows) for reason, rows in found.values()]
    return sorted(said, key=lambda one: -len(one[1]))


def _rule(where: re.Match[str]) -> str:
    return f"{where[1].rstrip()}）"
