"""What page one of 01 改进看板 shows: eight cards over four charts."""

from __future__ import annotations

from dataclasses import dataclass

from capa_xl.model.charts import Chart
from capa_xl.model.kpi import Cut, Kpi, KpiAction, MonthFlow
from capa_xl.model.period import Period


@dataclass(frozen=True, slots=True)
class KpiCard:
    """One figure with its past.

    Attributes:
        history: Its value in each of the last twelve months, oldest first; None where there was nothing to count.
    """

    kpi: Kpi
    history: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ChartOrReason:
    """A chart, or the sentence that stands in its place."""

    chart: Chart | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DashboardFacts:
    """Everything the workbook shows.

    Attributes:
        cards: Eight, in the order of the review's first page.
        charts: Four.
    """

    period: Period
    cards: tuple[KpiCard, ...]
    charts: tuple[ChartOrReason, ...]
    kpis: tuple[Kpi, ...]
    cuts: tuple[Cut, ...]
    months: tuple[MonthFlow, ...]
    actions: tuple[KpiAction, ...]
