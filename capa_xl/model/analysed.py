"""What `analyse` finds beside the charts: repeats, and signals nobody has answered yet."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

LINKED: Final = "前次编号"
SAME_KEY: Final = "过程+问题类别+原因类别相同"
ALIKE: Final = "描述相似"


class Recurrence(Struct, frozen=True):
    """One action that repeats an earlier one, or may.

    Attributes:
        number: The later one.
        earlier: The earlier one.
        basis: LINKED (a person said so), SAME_KEY, or ALIKE (only a suggestion).
        days_between: From registration to registration; None where one has no date.
        similarity: Share of common character pairs of both descriptions, 0 to 1.
    """

    number: str
    earlier: str
    basis: str
    days_between: int | None
    similarity: float


class Proposal(Struct, frozen=True):
    """A preventive action, or a recorded reason for none, that a signal asks for (4.3.1, 4.3.2).

    Attributes:
        series: Name of the series.
        department: Whose data it is.
        process: 过程 of the data; "" where none is given.
        rule: The rule that struck, WE1 or N3.
        periods: The months that make the pattern.
        description: What the data say, in Chinese: ready for 问题描述.
        method: Name of the chart, ready for 分析记录.方法.
        data_range: Series and span, ready for 分析记录.数据范围.
        signal: The rule in words, ready for 分析记录.信号.
        on: The day it was found.
    """

    series: str
    department: str
    process: str
    rule: str
    periods: tuple[str, ...]
    description: str
    method: str
    data_range: str
    signal: str
    on: date
