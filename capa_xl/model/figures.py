"""What other floors found out and rules judge: figures of the analysis, and what became of archived papers."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class RuleFigures(Struct, frozen=True):
    """Results of the analysis that rules need; `analysis` makes it, `check` takes it.

    Attributes:
        insufficient: 编号 of a measure found 有效 → why its data don't prove that (EF08), e.g.
            `4 次/12 月 → 0 次/3 月，p=0.41`.
    """

    insufficient: Mapping[str, str] = field(default_factory=dict)


class ArchivedPapers(Struct, frozen=True):
    """What stands behind the archive columns, looked up outside; paths are taken relative to the workbook.

    Attributes:
        found: 归档位置 as written → whether that file is there (AR05); what isn't among them wasn't looked up.
        stale: 编号 → the archived report that says something else than the row does now (AR06).
    """

    found: Mapping[str, bool] = field(default_factory=dict)
    stale: Mapping[str, str] = field(default_factory=dict)
