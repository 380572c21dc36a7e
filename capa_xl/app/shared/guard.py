"""The guard before a scheduled pass: a table that lost columns or many rows sends no letters but one alarm.

A column that nobody had filled may go; of one that was filled, what was judged by it is not known any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from capa_xl.effects.journal_snapshot import LastSnapshot
from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.register import Register
from capa_xl.policy.damage import RESTORE_COLUMNS, unknown_headings
from capa_xl.workbook.reading.header_row import NEEDED
from capa_xl.workbook.reading.reader import require_tracker

COLUMNS = "columns"
SHARE_OF_ROWS = 5
"""More than a fifth of the rows gone since the last pass is no ordinary day."""
_NOTHING: Mapping[str, int] = MappingProxyType({})


class Loss(Struct, frozen=True):
    """What the table lost since the last pass.

    Attributes:
        kind: Tells one loss from another, so that the same one is alarmed about once a week at most.
        sentence: In Chinese, with figures.
    """

    kind: str
    sentence: str


def lost_headers(last: LastSnapshot | None, register: Register) -> tuple[str, ...]:
    """Headers of the columns that the last pass still had and the table hasn't any more, in column order."""
    gone = last.columns - register.tracker.columns.keys() if last is not None else frozenset()
    return tuple(column.header for column in columns_of(Action) if column.key in gone)


def lacks_rows(last: LastSnapshot | None, register: Register, ended: int = 0) -> bool:
    """More than a fifth of the rows gone, those that had come to their end left out: they reminded nobody."""
    rows = last.row_count - ended if last is not None else 0
    return register.rows * SHARE_OF_ROWS < rows * (SHARE_OF_ROWS - 1)


def loss_since(
    last: LastSnapshot | None, register: Register, filled: Mapping[str, int] = _NOTHING, ended: int = 0
) -> Loss | None:
    """The loss that stops the letters; None where nothing is lost, or nothing was known before.

    Args:
        filled: Header of a column that is lost → in how many rows the last pass saw it filled.
        ended: How many of the rows that are gone had come to their end: people delete these in January.
    """
    if last is None:
        return None
    try:
        require_tracker(register)
    except UnreadableWorkbook as missing:
        return Loss(_kind(last, register), str(missing))
    if lacks_rows(last, register, ended):
        return Loss(
            f"rows {last.row_count}",
            f"上次（{last.taken_on}）有 {last.row_count} 行，现在只有 {register.rows} 行，少了五分之一以上",
        )
    if filled:
        named = "、".join(f"{header}（填了 {count} 行）" for header, count in filled.items())
        sentence = f"上次（{last.taken_on}）有的列 {named}现在没有了{unknown_headings(register)}"
        because = f"，靠它判断的状态和提醒都不准 → {RESTORE_COLUMNS}"
        return Loss(" ".join((COLUMNS, *filled)), sentence + because)
    return None


def _kind(last: LastSnapshot, register: Register) -> str:
    """The needed columns that the last pass still had, by name: another one lost is another loss."""
    gone = [key for group in NEEDED for key in group if key in last.columns and key not in register.tracker.columns]
    return " ".join((COLUMNS, *gone))
