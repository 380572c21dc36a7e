"""The KPIs of actions, cut by department, source, type, severity, process and time."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from capa_xl.analysis.frames import Frames, frames_of
from capa_xl.analysis.kpi import SPECS, Spec, ratio_of
from capa_xl.analysis.periods import months_of
from capa_xl.model.kpi import Cut, CutRow, KpiInput, Period

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


def cuts(now: KpiInput, period: Period) -> tuple[Cut, ...]:
    """Every cut of the period at T; values by their number of rows, ties by name; blanks last as （空白）."""
    frames = frames_of(now, period)
    specs = tuple(spec for spec in SPECS if spec.key in CUT_KPIS)
    by_column = tuple(_cut(name, column, frames, specs) for name, column in CUT_COLUMNS)
    return (*by_column, _by_time(frames, specs))


def _cut(name: str, column: str, frames: Frames, specs: tuple[Spec, ...]) -> Cut:
    counts = frames.actions[column].value_counts()
    values = sorted(counts.index, key=lambda value: (value == "", -int(counts[value]), value))
    return Cut(
        name, tuple(spec.name for spec in specs), tuple(_row(v, _only(frames, column, v), specs) for v in values)
    )


def _by_time(frames: Frames, specs: tuple[Spec, ...]) -> Cut:
    rows = (_row(month.name, replace(frames, period=month), specs) for month in months_of(frames.period))
    return Cut("月份", tuple(spec.name for spec in specs), tuple(rows))


def _row(value: str, frames: Frames, specs: tuple[Spec, ...]) -> CutRow:
    return CutRow(value or "（空白）", tuple(ratio_of(spec, frames) for spec in specs))


def _only(frames: Frames, column: str, value: str) -> Frames:
    mask: pd.Series[bool] = frames.actions[column] == value
    return replace(frames, actions=frames.actions[mask])
