"""Columns that were sorted, or moved by a cell, without their rows: every value is still there, beside another 编号.

Nothing in a table shows it: each row reads well, and its letter goes to whoever stands there now. Only the run before
knows which values stood together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from msgspec import Struct

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste

LETTER_COLUMNS = ("owners", "responsible_department", "due_on", "description", "measure")
"""What a letter says: to whom, by when, what about."""
Texts = tuple[str, ...]
"""What a row has under `LETTER_COLUMNS`, as people read it; "" for a blank."""
_FEWEST_ROWS = 5
_FEWEST_VALUES = 3
"""Two persons who take over each other's rows exchange their names too."""
_STRAYING = 20
"""Of so many rows one may hold a value that is new: a cell that was inserted, or typed on the same day."""
SHARE_OF_ROWS = 5
"""More than a fifth of the rows that still remind: gone, or beside other values, that is no ordinary day."""


class Displaced(Struct, frozen=True):
    """What stands beside another 编号 than in the run before.

    Attributes:
        headers: The columns, in the order of the table.
        rows: In how many rows.
        seen_on: The day of the run before.
    """

    headers: tuple[str, ...]
    rows: int
    seen_on: date

    @property
    def what(self) -> str:
        """What happened, in Chinese."""
        named = "、".join(self.headers)
        return f"与上次（{self.seen_on}）相比，{self.rows} 行的 {named} 只是互相换了位置，同一行别的列没有跟着动"

    @property
    def because(self) -> str:
        """What that looks like, and what to do."""
        return (
            "，像是只排序了一部分列，或一列整个错了一格，责任人、期限和事项对不上了 → "
            "在 Excel 里撤销，或从 .capa_xl/backups、Excel 的历史版本取回"
        )

    @property
    def sentence(self) -> str:
        """All of it, for whoever checks the table."""
        accept = to_paste("refresh", THIS_WORKBOOK)
        return f"{self.what}{self.because}；定时任务为此停发提醒，确属有意的，人工运行一次 {accept}"


def displaced_headers(before: Mapping[str, Texts], now: Mapping[str, Texts]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Headers of the columns whose values only changed places, and the 编号 of the rows; ((), …) where none did.

    Rows that moved with all they say were numbered anew: that puts nobody's name to another's work.

    Args:
        before: 编号 → what the run before saw, of the rows that read differently now.
        now: The same rows as they stand.
    """
    if len(before) < _FEWEST_ROWS or _kept(before.values(), now.values()) * 2 > len(before):
        return (), frozenset()
    found: dict[str, frozenset[str]] = {}
    for at, key in enumerate(LETTER_COLUMNS):
        changed = frozenset(number for number in before if before[number][at] != now[number][at])
        if _is_exchanged([before[n][at] for n in changed], [now[n][at] for n in changed]):
            found[column_by_key(Action)[key].header] = changed
    return tuple(found), frozenset().union(*found.values())


def is_much(rows: Collection[str], ended: Collection[str], all_rows: int) -> bool:
    """Whether those rows are more than a fifth of the rows that have not come to their end."""
    return len(frozenset(rows) - frozenset(ended)) * SHARE_OF_ROWS > all_rows - len(ended)


def _is_exchanged(before: Collection[str], now: Collection[str]) -> bool:
    if len(before) < _FEWEST_ROWS or len(set(before)) < _FEWEST_VALUES:
        return False
    return (len(before) - _kept(before, now)) * _STRAYING <= len(before)


def _kept(before: Collection[str] | Collection[Texts], now: Collection[str] | Collection[Texts]) -> int:
    """How many of the values are still there, each as often as it was."""
    return (Counter[object](before) & Counter[object](now)).total()
