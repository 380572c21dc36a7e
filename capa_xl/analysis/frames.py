"""Frames of cases: one row a case, dates as datetime64, so that the KPIs are column arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.kpi import KpiAction, KpiInput, KpiMeasurement, KpiNeed, KpiReminder, KpiRevision
from capa_xl.model.period import Period


class Frames(Struct, frozen=True):
    """The frames one KPI function looks at."""

    as_of: pd.Timestamp
    period: Period
    actions: pd.DataFrame
    all_actions: pd.DataFrame
    needs: pd.DataFrame
    revisions: pd.DataFrame
    month_ahead: pd.DataFrame
    measurements: pd.DataFrame
    rows: int
    rows_with_error: tuple[str, ...]


def frames_of(cases: KpiInput, period: Period) -> Frames:
    """The frames of one input for one period; what was over before the table was taken over is in none (A1)."""
    all_actions = frame_of(KpiAction, [action for action in cases.actions if not action.is_history])
    return Frames(
        as_of=pd.Timestamp(cases.as_of),
        period=period,
        actions=_counted(all_actions),
        all_actions=all_actions,
        needs=frame_of(KpiNeed, cases.needs),
        revisions=frame_of(KpiRevision, cases.revisions),
        month_ahead=frame_of(KpiReminder, cases.reminders),
        measurements=frame_of(KpiMeasurement, cases.measurements),
        rows=cases.rows,
        rows_with_error=cases.rows_with_error,
    )


def frame_of(record_class: type[Struct], records: Sequence[Any]) -> pd.DataFrame:
    """A frame with one column per field of the record class, also when there is no record.

    `*_on` are datetime64, all others plain objects: pandas keeps each kind in one block, of which a KPI's mask takes
    two, while every column of its own str would be a block apart.
    """
    return pd.DataFrame({name: _column(name, records) for name in record_class.__struct_fields__})


def _column(name: str, records: Sequence[Any]) -> pd.Series[Any]:
    column = pd.Series([getattr(record, name) for record in records], dtype=object)
    return pd.to_datetime(column) if name.endswith("_on") else column


def _counted(frame: pd.DataFrame) -> pd.DataFrame:
    """The actions that count in KPIs: cancelled rows out."""
    return frame[frame["status"] != words.CANCELLED].reset_index(drop=True)


def within(dates: pd.Series[Any], start: date, end: date) -> pd.Series[bool]:
    """True where the date lies in [start, end], both ends in it; False for a blank."""
    return dates.between(pd.Timestamp(start), pd.Timestamp(end))
