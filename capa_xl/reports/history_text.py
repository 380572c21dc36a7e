"""What changed from run to run, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from capa_xl.model.snapshot import FieldChange, PastRun

_LONGEST = 40


def history_lines(changes: Sequence[FieldChange], runs: Sequence[PastRun], number: str) -> Iterator[str]:
    """The changes day by day, oldest first; and why there are none, when there are none."""
    whose = f"「{number}」" if number else ""
    if not runs:
        yield "还没有运行记录：每次 refresh 或 daily 会记下各行的内容，两次之间的变化才会列在这里。"
        return
    for seen_on, of_day in groupby(changes, key=lambda change: change.seen_on):
        yield f"{seen_on}："
        for change in of_day:
            yield f"  {change.number} {change.field}：{_shown(change.before)} → {_shown(change.after)}"
    since = f"{runs[0].ran_at[:10]} 至 {runs[-1].ran_at[:10]} 运行 {len(runs)} 次"
    yield f"{since}，{whose}共 {len(changes)} 处变化。" if changes else f"{since}，{whose}没有看到变化。"


def _shown(text: str) -> str:
    line = " ".join(text.split())
    short = line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
    return f"「{short}」" if short else "（空）"
