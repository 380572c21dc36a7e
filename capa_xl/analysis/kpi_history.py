"""The KPIs month by month, for the small curves of the dashboard: what each figure would have said in that month."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from capa_xl.analysis.flow import running_overdue
from capa_xl.analysis.frames import frames_of
from capa_xl.analysis.kpi import SPECS, ratio_of
from capa_xl.model.kpi import KpiHistory, KpiInput
from capa_xl.model.period import Period, months_of

OF_THE_DAY = "overdue"
"""The one figure of the day with a history: running actions that were late at a month's end."""


def kpi_history(now: KpiInput, keys: Iterable[str], period: Period) -> KpiHistory:
    """KPI key → its share in each month of the period that has begun at T, oldest first; None without a row to count.

    Figures of the day other than 逾期率 have no history here; deadlines are judged as they stand at T.
    """
    months = tuple(month for month in months_of(period) if month.start <= now.as_of)
    whole = frames_of(now, period)
    frames = [replace(whole, period=month) for month in months]
    specs = {spec.key: spec for spec in SPECS}
    found: dict[str, tuple[float | None, ...]] = {}
    for key in keys:
        if key == OF_THE_DAY:
            found[key] = tuple(running_overdue(now.actions, min(m.end, now.as_of)).value for m in months)
        elif not specs[key].state and key not in now.not_in_use:
            found[key] = tuple(ratio_of(specs[key], one).value for one in frames)
    return found
