"""What was over before 接管基线日, or before columns came: no figure holds it against anybody, and papers say so."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct


class LeftToHistory(Struct, frozen=True):
    """The actions that figures of one kind don't count.

    Attributes:
        since: 接管基线日; None where there is none.
        taken_over: 编号 of those over before that day, or nobody knows when.
        grown: 编号 of the others that were over before columns came; the self-check leaves them out, KPIs don't.
    """

    since: date | None = None
    taken_over: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Why, in Chinese, and which; without the kinds that nothing is of."""
        told = f"接管基线日（{self.since}）以前已结束或不知何时结束的"
        found = ((told, self.taken_over), ("加列（《参数》“加列_日期”）以前已关闭的", self.grown))
        return tuple((why, numbers) for why, numbers in found if numbers)


NOTHING_LEFT_OUT: Final = LeftToHistory()
"""Every action is counted."""
