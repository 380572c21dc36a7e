"""What the analysis counted for one period: the dashboard and the management review are made from it."""

from __future__ import annotations

from msgspec import Struct

from capa_xl.model.charts import Chart
from capa_xl.model.conformity import Conformity
from capa_xl.model.kpi import Kpi, KpiInput, MonthFlow, Reopened
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.period import Period
from capa_xl.model.review import CutLine, Flow
from capa_xl.model.tally import Tally


class ReviewCharts(Struct, frozen=True):
    """The charts of the management review.

    Attributes:
        trend: Monthly new and closed (columns) and overdue (line); None with nothing to draw.
        control_charts: One per series with a signal, in sheet order.
        series: How many series were judged, and how many have a signal, in Chinese.
    """

    trend: Chart | None
    paretos: tuple[Chart, ...]
    control_charts: tuple[Chart, ...]
    series: str


class PeriodFigures(Struct, frozen=True):
    """Counted once, printed wherever they are asked for.

    Attributes:
        months: The twelve months up to the period's end or T.
        flow: What came and went in the period.
        by_source, by_department: The period cut by 来源 and 责任部门.
        tally: Where the actions stand at T.
        reopened: What 更正记录 took back since the period before began, up to T.
        uncounted: The actions that no KPI counts.
    """

    period: Period
    kpis: tuple[Kpi, ...]
    input: KpiInput
    months: tuple[MonthFlow, ...]
    flow: Flow
    by_source: tuple[CutLine, ...]
    by_department: tuple[CutLine, ...]
    conformity: tuple[Conformity, ...]
    tally: Tally
    reopened: Reopened = Reopened()
    uncounted: LeftToHistory = LeftToHistory()

    def kpi(self, key: str) -> Kpi:
        """One KPI by its key."""
        return next(kpi for kpi in self.kpis if kpi.key == key)
