"""The KPIs of actions, cut by department, source, type, severity, process and time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from capa_xl.analysis.frames import Frames, frames_of
from capa_xl.analysis.kpi import SPECS, Spec, ratio_of
from capa_xl.analysis.periods import months_of
from capa_xl.model.kpi import Cut, CutRow, KpiInput, Ratio
from capa_xl.model.period import Period

CUT_COLUMNS: tuple[tuple[str, str], ...] = (
    ("责任部门", "department"),
    ("归口部门", "owning_department"),
    ("来源", "source"),
    ("措施类型", "action_type"),
    ("严重度", "severity"),
    ("所属过程", "process"),
)
CUT_KPIS = frozenset(
    {
        "on_time",
        "on_time_original",
        "overdue",
        "effective",
        "recurrence",
        "approved",
        "inspected",
        "confirmed",
        "archived",
    }
)
"""The KPIs that count actions one by one; the others have no department or source."""


BLANK = "（空白）"


def cuts(now: KpiInput, period: Period) -> tuple[Cut, ...]:
    """Every cut of the period at T; values by their number of rows, ties by name; blanks last as （空白）."""
    frames = frames_of(now, period)
    specs = tuple(spec for spec in SPECS if spec.key in CUT_KPIS)
    whole = tuple(ratio_of(spec, frames) for spec in specs)
    by_column = tuple(_cut(name, column, now, specs, whole) for name, column in CUT_COLUMNS)
    return (*by_column, _by_month(frames, specs))


def _cut(name: str, column: str, now: KpiInput, specs: tuple[Spec, ...], whole: tuple[Ratio, ...]) -> Cut:
    value_of = {action.number: getattr(action, column) for action in now.actions}
    counts = Counter(value_of.values())
    values = sorted(counts, key=lambda value: (value == "", -counts[value], value))
    rows = tuple(
        CutRow(value or BLANK, tuple(_only(ratio, {n for n, v in value_of.items() if v == value}) for ratio in whole))
        for value in values
    )
    return Cut(name, tuple(spec.name for spec in specs), rows)


def _only(ratio: Ratio, numbers: set[str]) -> Ratio:
    return Ratio(tuple(n for n in ratio.rows if n in numbers), tuple(n for n in ratio.base if n in numbers))


def _by_month(frames: Frames, specs: tuple[Spec, ...]) -> Cut:
    """One row a month; figures of the day have no month and are left out."""
    dated = tuple(spec for spec in specs if not spec.state)
    months = (replace(frames, period=month) for month in months_of(frames.period))
    rows = tuple(CutRow(f.period.name, tuple(ratio_of(spec, f) for spec in dated)) for f in months)
    return Cut("月份", tuple(spec.name for spec in dated), rows)
