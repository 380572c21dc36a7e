"""提醒台账 against the journal: lines changed, taken out or put in, and a journal that says something else.

The sheet is what the last refresh wrote, so only what was posted before that day can be told from what is newer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from capa_xl.model.columns import columns_of
from capa_xl.model.ledger_mark import day_in, ledger_mark, ledger_values
from capa_xl.model.milestones import labelled_code, milestone_name
from capa_xl.model.records import LedgerRow

_Subject = tuple[str, ...]
_KEY = (1, 2, 3, 4, 5, 9)
"""Number, milestone, version of the deadline, occurrence, recipient and transport among `ledger_values`."""
_HEADINGS = tuple(column.header for column in columns_of(LedgerRow))
"""Of `ledger_values`, which has the columns in their order."""

_STRANGE = "不是工具记下的，或台账里的被删除"
_LATER = "晚于台账的最后一次运行，下次运行时补记（在别处运行过，或恢复了旧的 .capa_xl）；都没有的，不是工具记下的"


def ledger_faults(
    standing: Sequence[LedgerRow],
    posted: Sequence[LedgerRow],
    refreshed_on: date | None,
    later: Collection[LedgerRow] = (),
) -> Iterator[str]:
    """Chinese sentences, in the order of the sheet, then of the journal.

    Args:
        standing: The lines of the sheet; one without 校验码 was written by an earlier version, or before the column.
        posted: The lines as the journal would write them now.
        refreshed_on: Day of the last refresh on record; None where there was none, then nothing can be missing.
        later: Lines from after the last run on record, which the next run takes over.
    """
    told = {_subject(row): row for row in posted}
    seen = set()
    for row in standing:
        seen.add(_subject(row))
        if row.mark and row.mark != ledger_mark(row):
            yield f"{_named(row)}与自己的校验码不符：内容或校验码被改过"
        elif (other := told.get(_subject(row))) is None:
            yield f"{_named(row)}不在台账里：{_LATER if row in later else _STRANGE}"
        elif ledger_values(other) != ledger_values(row) and _is_before(other, refreshed_on):
            yield f"{_named(row)}与台账不同：{_difference(row, other)}"
    for subject, row in told.items():
        if subject not in seen and _is_before(row, refreshed_on):
            yield f"{_named(row)}台账里有，工作表里被删除"


def _subject(row: LedgerRow) -> _Subject:
    values = ledger_values(row)
    return tuple(values[place] for place in _KEY)


def _is_before(row: LedgerRow, day: date | None) -> bool:
    """Whether a line was settled before that day, so that the sheet must have it as it is now."""
    last = max((found for text in (row.planned_on, row.sent_at) if (found := day_in(text))), default=None)
    return day is not None and last is not None and last < day


def _named(row: LedgerRow) -> str:
    milestone = milestone_name(labelled_code(row.milestone or ""))
    return f"提醒台账第 {row.row} 行「{row.number or '—'} {milestone} 收件人 {row.recipient or '—'}」"


def _difference(standing: LedgerRow, posted: LedgerRow) -> str:
    pairs = zip(ledger_values(standing), ledger_values(posted), strict=True)
    differing = ((place, here, there) for place, (here, there) in enumerate(pairs) if here != there)
    return "，".join(f"{_HEADINGS[at]} 工作表 {here or '空'}、台账 {there or '空'}" for at, here, there in differing)
