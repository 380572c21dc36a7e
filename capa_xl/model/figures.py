"""What other floors found out and rules judge: figures of the analysis, and what became of archived papers."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class UnansweredSignal(Struct, frozen=True):
    """A signal of a control chart that no 分析记录 speaks of yet.

    Attributes:
        series: Name of the series.
        last_period: The last month of its pattern, 2026-10.
    """

    series: str
    last_period: str

    @property
    def name(self) -> str:
        """As a list of rows shows it."""
        return f"{self.series} {self.last_period}"


class RuleFigures(Struct, frozen=True):
    """Results of the analysis that rules need; `analysis` makes it, `check` takes it.

    Attributes:
        insufficient: 编号 of a measure found 有效 → why its data don't prove that (EF08), e.g.
            `4 次/12 月 → 0 次/3 月，p=0.41`.
        unanswered: Signals of 质量数据 without an analysis, as `analyse` lists them; looked up for the self-check only.
    """

    insufficient: Mapping[str, str] = field(default_factory=dict)
    unanswered: tuple[UnansweredSignal, ...] = ()


class ArchivedPapers(Struct, frozen=True):
    """What stands behind the archive columns, looked up outside; paths are taken relative to the workbook.

    Attributes:
        found: 归档位置 as written → whether that file is there (AR05); what isn't among them wasn't looked up.
        stale: 编号 → the archived report that says something else than the row does now (AR06).
    """

    found: Mapping[str, bool] = field(default_factory=dict)
    stale: Mapping[str, str] = field(default_factory=dict)
