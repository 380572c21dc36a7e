"""How many actions stand where at T: the one count that 总览, papers, letters and terminal show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.derived import waiting_late_word

LATE_CODES = ("Y1", *words.WAITING_LATE)
"""What an action that isn't over can be late in: 即将到期 isn't yet, 逾期完成 is over."""


class Tally(Struct, frozen=True):
    """The numbers of one day.

    Attributes:
        total: Actions seen at T.
        to_correct: Rows set aside, which no other number counts.
        statuses: (status, actions) of every open status that occurs, in the order of the work.
        late: (Y-code, actions) of every code that occurs but 临期 and 逾期完成; an action counts under its worst code.
        due_soon: Not completed, and due within a month.
        late_by_status: (status, actions) of those counted in `late`.
        stuck: (Y-code, actions) of those counted under 实施逾期 whose step is past its own limit too.
    """

    total: int = 0
    to_correct: int = 0
    statuses: tuple[tuple[str, int], ...] = ()
    late: tuple[tuple[str, int], ...] = ()
    due_soon: int = 0
    late_by_status: tuple[tuple[str, int], ...] = ()
    stuck: tuple[tuple[str, int], ...] = ()

    @property
    def open(self) -> int:
        """Actions not at their end, 观察期 included."""
        return sum(count for _, count in self.statuses)

    @property
    def late_doing(self) -> int:
        """实施逾期: past 完成期限 and not completed."""
        return dict(self.late).get("Y1", 0)

    @property
    def late_waiting(self) -> int:
        """环节超时: somebody's step is past its limit."""
        return sum(count for code, count in self.late if code in words.WAITING_LATE)

    def in_status(self, status: str) -> int:
        """Actions in an open status."""
        return dict(self.statuses).get(status, 0)

    def late_in(self, status: str) -> int:
        """Actions of a status that are late, in doing or in waiting."""
        return dict(self.late_by_status).get(status, 0)

    @property
    def late_phrase(self) -> str:
        """Which lateness, and how much of it: `实施逾期 2 项（其中审批超时 1），环节超时 7 项（审批 3、检查 1）`.

        An action counts once, under its worst code; that it is stuck at its step besides is said in the brackets.
        """
        return f"{self.doing_phrase}，{self.waiting_phrase}"

    @property
    def doing_phrase(self) -> str:
        """`实施逾期 2 项（其中审批超时 1）`."""
        stuck = "、".join(f"{waiting_late_word(code)} {n}" for code, n in self.stuck)
        return f"实施逾期 {self.late_doing} 项" + (f"（其中{stuck}）" if stuck else "")

    @property
    def waiting_phrase(self) -> str:
        """`环节超时 7 项（审批 3、检查 1）`."""
        parts = "、".join(f"{words.OVERDUE_WORDS[code]} {n}" for code, n in self.late if code in words.WAITING_LATE)
        return f"环节超时 {self.late_waiting} 项" + (f"（{parts}）" if parts else "")

    @property
    def headline(self) -> str:
        """The day in one line: `在办 30 项，实施逾期 2 项，环节超时 7 项（审批 3），一个月内到期 4 项`."""
        return f"在办 {self.open} 项，{self.late_phrase}，一个月内到期 {self.due_soon} 项"

    @property
    def open_phrase(self) -> str:
        """Where the open ones stand, and what isn't counted: `在办 30 项（待策划 1、实施中 13）；待更正 3 行未计入`."""
        stages = "、".join(f"{status} {count}" for status, count in self.statuses)
        return f"在办 {self.open} 项" + (f"（{stages}）" if stages else "") + (f"；{self.aside}" if self.aside else "")

    @property
    def aside(self) -> str:
        """What no number counts: `待更正 3 行未计入`; "" where nothing is set aside."""
        return f"{words.TO_CORRECT} {self.to_correct} 行未计入" if self.to_correct else ""


def together(tallies: Iterable[Tally]) -> Tally:
    """The numbers of several workbooks as those of one, each list in the order of the work."""
    all_of_them = tuple(tallies)
    return Tally(
        total=sum(one.total for one in all_of_them),
        to_correct=sum(one.to_correct for one in all_of_them),
        statuses=_added((one.statuses for one in all_of_them), words.OPEN),
        late=_added((one.late for one in all_of_them), LATE_CODES),
        due_soon=sum(one.due_soon for one in all_of_them),
        late_by_status=_added((one.late_by_status for one in all_of_them), words.OPEN),
        stuck=_added((one.stuck for one in all_of_them), words.WAITING_LATE),
    )


def _added(counts: Iterable[tuple[tuple[str, int], ...]], order: Iterable[str]) -> tuple[tuple[str, int], ...]:
    sums = Counter[str]()
    for one in counts:
        sums.update(dict(one))
    return tuple((name, sums[name]) for name in order if sums[name])
