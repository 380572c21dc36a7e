"""Pareto tables (statistics.md 2): sorted by count, ties by name, 其他 last, the vital few marked."""

from __future__ import annotations

from collections.abc import Mapping

from capa_xl.model.pareto_words import OTHER
from capa_xl.model.statistics import Pareto, ParetoRow

VITAL_SHARE = 0.8


def pareto(by: str, counts: Mapping[str, float]) -> Pareto:
    """The table of one grouping; categories without a count are left out.

    Args:
        by: What the categories are: 问题类别, 过程, 原因类别, 部门, 供方.
    """
    counted = sorted(((n, name) for name, n in counts.items() if n > 0), key=lambda c: (c[1] == OTHER, -c[0], c[1]))
    total = sum(n for n, _ in counted)
    rows: list[ParetoRow] = []
    running = 0.0
    for n, name in counted:
        vital = running < VITAL_SHARE * total - 1e-9
        running += n
        rows.append(ParetoRow(name, n, n / total, running / total, vital))
    return Pareto(by, tuple(rows), total)
