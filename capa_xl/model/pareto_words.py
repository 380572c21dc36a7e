"""What a Pareto table says, in one sentence: charts, workbook and terminal ask here, so that none finds a few more."""

from __future__ import annotations

from typing import Final

from capa_xl.model.half_up import per_cent
from capa_xl.model.kpi import FEW
from capa_xl.model.shares import has_few
from capa_xl.model.statistics import Pareto, ParetoRow

OTHER: Final = "其他"
"""Stands last, however many it has: what is in it nobody knows."""
_NEARLY_ALL: Final = 0.995
MOST_NAMED: Final = 3
"""So many categories a sentence names; more are counted."""


def vital_few(table: Pareto) -> tuple[ParetoRow, ...]:
    """The fewest categories of at least 80 %; () of under five cases, of one kind, or where they are most of all."""
    vital = _vital(table)
    if has_few(table.n) or len(table.rows) == 1 or len(vital) == len(table.rows):
        return ()
    return () if len(vital) > max(MOST_NAMED, len(table.rows) * 2 / 3) else vital


def vital_words(table: Pareto) -> str:
    """管理、人员占原因类别的 85%; 前 5 类占 …; over two thirds of the categories are no vital few."""
    vital = _vital(table)
    if has_few(table.n):
        return f"{table.by}不足 {FEW} 件，不分主次"
    if len(table.rows) == 1:
        return f"{table.by}只有一类：{vital[0].category}"
    if vital[-1].category == OTHER:
        return f"{table.by}的 {_per_cent(vital[-1].share)} 记为“{OTHER}”，分不出关键少数"
    if len(vital) == len(table.rows):
        return f"{table.by}分散，没有关键少数"
    if not vital_few(table):
        return f"{table.by}分散：{len(table.rows)} 类中前 {len(vital)} 类合计 {_per_cent(vital[-1].cumulative)}"
    names = "、".join(row.category for row in vital) if len(vital) <= MOST_NAMED else f"前 {len(vital)} 类"
    return f"{names}占{table.by}的 {_per_cent(vital[-1].cumulative)}"


def _per_cent(share: float) -> str:
    """A whole per cent; nearly all isn't all."""
    return "99% 以上" if _NEARLY_ALL <= share < 1 else per_cent(share, 0)


def _vital(table: Pareto) -> tuple[ParetoRow, ...]:
    return tuple(row for row in table.rows if row.vital)
