"""制度执行自查表 for the terminal: one line a requirement, then what the five verdicts came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from capa_xl.model.conformity import BROKEN, VERDICTS, Conformity

_SHOWN = 8


def conformity_lines(lines: tuple[Conformity, ...]) -> Iterator[str]:
    """The table as plain lines."""
    yield "制度执行自查表（内部）"
    for line in lines:
        note = f"（{line.note}）" if line.note else ""
        yield f"{line.id}  {line.clause}  {line.text}：{line.words}{note}{_rows(line)}"
    count = Counter(line.verdict for line in lines)
    yield "，".join(f"{word} {count[word]} 项" for word in VERDICTS)


def _rows(line: Conformity) -> str:
    if line.verdict != BROKEN:
        return ""
    rest = len(line.rows) - _SHOWN
    return f" → {'、'.join(line.rows[:_SHOWN])}" + (f" 等 {len(line.rows)} 行" if rest > 0 else "")
