"""One line of 制度执行自查表, as a value."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

KEPT: Final = "满足"
BROKEN: Final = "待整改"
NOT_APPLICABLE: Final = "不适用"
NOT_JUDGED: Final = "未判定"
SYSTEM: Final = "系统功能"
VERDICTS: Final = (KEPT, BROKEN, NOT_APPLICABLE, NOT_JUDGED, SYSTEM)
"""The five verdicts; 系统功能 says what the tool does and no word about the company."""


class Conformity(Struct, frozen=True):
    """One requirement judged at T.

    Attributes:
        id: R01 … R73.
        clause: Clauses of YNTD-ITSS-0300.
        text: The requirement in one Chinese sentence.
        rules: Rules that judge it; () where a predicate of its own does.
        verdict: One of `VERDICTS`.
        of: Size of the population.
        hit: How many of it break the requirement; 0 for 满足.
        excused: How many of those have a 例外说明 that counts.
        rows: What is hit: 编号, else 登记编号 or 评审编号, else sheet!cell; in the order of their numbers.
        base: The whole population, likewise.
        reasons: What is wrong with each of `rows`, in their order.
        missing: What is missing to judge it, for 未判定.
        note: What stands behind the figure, e.g. 邮件 3、人工 1; "" for nothing.
    """

    id: str
    clause: str
    text: str
    rules: tuple[str, ...]
    verdict: str
    of: int = 0
    hit: int = 0
    excused: int = 0
    rows: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: str = ""
    note: str = ""

    @property
    def by_reason(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(what is wrong, the rows it is wrong with), what most rows share first."""
        found: dict[str, list[str]] = {}
        for row, reason in zip(self.rows, self.reasons, strict=False):
            found.setdefault(reason, []).append(row)
        return tuple(sorted(((reason, tuple(rows)) for reason, rows in found.items()), key=lambda one: -len(one[1])))

    @property
    def words(self) -> str:
        """The verdict with its figures: 满足 12/12, 待整改 1/12（其中 1 项有情况说明）, 未判定：缺少…"""
        if self.verdict == KEPT:
            return f"{KEPT} {self.of}/{self.of}"
        if self.verdict == BROKEN:
            excused = f"（其中 {self.excused} 项有情况说明）" if self.excused else ""
            return f"{BROKEN} {self.hit}/{self.of}{excused}"
        return f"{NOT_JUDGED}：缺少{self.missing}" if self.missing else self.verdict
