"""The weekly digest of the quality department (Q1) as a value: counts in full, lists as far as a letter can carry."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.tally import Tally
from capa_xl.model.todo import counted

LATE_DOING: Final = "实施逾期"
LATE_WAITING: Final = "环节超时"
DUE_SOON: Final = "一个月内到期"
TO_PLAN_ANEW: Final = f"{words.SENT_BACK}、{words.NOT_EFFECTIVE}"
"""What was refused or didn't work, and is to be planned anew: of these no letter of their own speaks."""
_IN_TALLY = frozenset({LATE_DOING, LATE_WAITING, DUE_SOON})
"""Lists whose counts the tally of the day gives, which every other surface shows too."""


class WeeklyLine(Struct, frozen=True):
    """One line of a list: what it is about and what is said of it.

    Attributes:
        number: 编号, "" where there is none.
        place: Sheet and cell, e.g. 改进计划跟踪表!M7; "" where there is none.
        words: The fact in Chinese.
        department: 责任部门 of the action, or of its late steps, and called so where it isn't that of everybody waited
            for; "" where there is none.
        title: First words of 问题描述, "" where there is none.
        is_apart: Other people are asked for another deadline than the row's own: it is a line whatever else is told.
    """

    number: str
    place: str
    words: str
    department: str = ""
    title: str = ""
    is_apart: bool = False


class WeeklyList(Struct, frozen=True):
    """One list of the digest: its heading, all it counts, and the first lines of it.

    Attributes:
        steps: Of late steps how many there are: each line is an action.
        above: 编号 of those it counts that stand in an earlier list, with what this one says of them.
        unlisted: How many it counts that no letter has room for.
    """

    heading: str
    count: int
    lines: tuple[WeeklyLine, ...]
    steps: int = 0
    above: tuple[str, ...] = ()
    unlisted: int = 0


class WeeklyDigest(Struct, frozen=True):
    """The non-empty lists of Q1 in the order people read them; none at all means there is nothing to say.

    Attributes:
        tally: The counts of the day.
    """

    lists: tuple[WeeklyList, ...]
    tally: Tally = Tally()

    @property
    def summary(self) -> str:
        """在办 30 项，实施逾期 2 项，环节超时 7 项（…），一个月内到期 4 项，数据错误 17 项; "" with nothing to say."""
        if not self.lists:
            return ""
        counts = self.tally.headline if self.tally.total else ""
        rest = (part for part in self.lists if part.heading not in _IN_TALLY)
        return "，".join(filter(None, (counts, *(f"{one.heading} {counted(one.count, one.steps)}" for one in rest))))
