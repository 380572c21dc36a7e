"""The guard before a scheduled pass: a table that lost columns or many rows sends no letters but one alarm."""

from __future__ import annotations

from dataclasses import dataclass

from capa_xl.effects.journal_snapshot import LastSnapshot
from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.register import Register
from capa_xl.workbook.reading.header_row import NEEDED
from capa_xl.workbook.reading.reader import require_tracker

COLUMNS = "columns"
SHARE_OF_ROWS = 5
"""More than a fifth of the rows gone since the last pass is no ordinary day."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What the table lost since the last pass.

    Attributes:
        kind: Tells one loss from another, so that the same one is alarmed about once a week at most.
        sentence: In Chinese, with figures.
    """

    kind: str
    sentence: str


def loss_since(last: LastSnapshot | None, register: Register) -> Loss | None:
    """The loss that stops the letters; None where nothing is lost, or nothing was known before."""
    if last is None:
        return None
    try:
        require_tracker(register)
    except UnreadableWorkbook as missing:
        return Loss(_kind(last, register), str(missing))
    if register.rows * SHARE_OF_ROWS < last.row_count * (SHARE_OF_ROWS - 1):
        return Loss(
            f"rows {last.row_count}",
            f"上次（{last.taken_on}）有 {last.row_count} 行，现在只有 {register.rows} 行，少了五分之一以上",
        )
    return None


def _kind(last: LastSnapshot, register: Register) -> str:
    """The needed columns that the last pass still had, by name: another one lost is another loss."""
    gone = [key for group in NEEDED for key in group if key in last.columns and key not in register.tracker.columns]
    return " ".join((COLUMNS, *gone))
