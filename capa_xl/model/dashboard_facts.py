"""What page one of 01 改进看板 shows: eight cards over four charts."""

from __future__ import annotations

from msgspec import Struct

from capa_xl.model.charts import Chart
from capa_xl.model.kpi import Cut, Kpi, KpiAction, MonthFlow, Reopened
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.period import Period


class KpiCard(Struct, frozen=True):
    """One figure with its past.

    Attributes:
        history: Its value in each of the last twelve months, oldest first; None where there was nothing to count.
    """

    kpi: Kpi
    history: tuple[float | None, ...]


class ChartOrReason(Struct, frozen=True):
    """A chart, or the sentence that stands in its place."""

    chart: Chart | None
    reason: str = ""


class DashboardFacts(Struct, frozen=True):
    """Everything the workbook shows.

    Attributes:
        cards: Eight, in the order of the review's first page.
        charts: Four.
        reopened: What 更正记录 took back since the period before began.
        uncounted: The actions that no KPI counts.
        aside: The rows set aside, in words (`Tally.aside`).
    """

    period: Period
    cards: tuple[KpiCard, ...]
    charts: tuple[ChartOrReason, ...]
    kpis: tuple[Kpi, ...]
    cuts: tuple[Cut, ...]
    months: tuple[MonthFlow, ...]
    actions: tuple[KpiAction, ...]
    reopened: Reopened = Reopened()
    uncounted: LeftToHistory = LeftToHistory()
    aside: str = ""
