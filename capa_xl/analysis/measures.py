"""How each KPI counts: from frames to the rows in its numerator and denominator."""

from __future__ import annotations

from typing import Any

import pandas as pd
from msgspec import Struct

from capa_xl.analysis.frames import Frames, within
from capa_xl.model import words
from capa_xl.model.kpi import FEWEST_FOR_A_QUANTILE, RECURRENCE_DAYS, KpiLine, Ratio


class Measure(Struct, frozen=True):
    """A figure that is no ratio: the mean or the largest of single rows' figures.

    Attributes:
        figures: One figure per row of `base`.
        value: What is printed; None without a row.
    """

    base: tuple[str, ...]
    figures: tuple[float, ...]
    value: float | None

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows behind the figure."""
        return self.base


def on_time(actions: pd.DataFrame, frames: Frames, due: str) -> Ratio:
    """KPI 1: due in the period and done by the due date, of those due in it before T."""
    base = actions[_in(actions[due], frames) & (actions[due] < frames.as_of)]
    return _ratio(base[base["completed_on"] <= base[due]], base)


def overdue(actions: pd.DataFrame) -> Ratio:
    """KPI 2: Y1 of the approved, uncompleted actions at T."""
    base = _running(actions)
    return _ratio(base[_has_code(base, "Y1")], base)


def longest_overdue(actions: pd.DataFrame) -> Measure:
    """KPI 2: the longest Y1 in days at T; 0 when nothing is overdue, judged over the running actions."""
    base = _running(actions)
    late = base[_has_code(base, "Y1")]
    figures = tuple(float(days) for days in late["days_overdue"])
    return Measure(tuple(base["number"]), figures, max(figures, default=0.0) if len(base) else None)


def effective(actions: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 3: 有效 of those confirmed in the period."""
    base = _confirmed(actions, frames)
    return _ratio(base[base["effect"] == words.EFFECTIVE], base)


def partly_effective(actions: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 3, apart: 部分有效 of those confirmed in the period."""
    base = _confirmed(actions, frames)
    return _ratio(base[base["effect"] == words.PARTLY_EFFECTIVE], base)


def recurrence(actions: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 4: effective actions whose issue came back within 180 days, of those whose 180 days have passed.

    Judged at the end of the period or at T, whichever is earlier, over the whole register.
    """
    at = min(frames.as_of, pd.Timestamp(frames.period.end))
    passed = actions["confirmed_on"] + pd.Timedelta(days=RECURRENCE_DAYS) <= at
    base = actions[(actions["effect"] == words.EFFECTIVE) & passed]
    return _ratio(base[base["recurred_as"].map(len) > 0], base)


def reminded(month_ahead: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 5: month-ahead reminders sent on or before the planned day, of those planned in the period up to T."""
    due = _in(month_ahead["planned_on"], frames) & (month_ahead["planned_on"] <= frames.as_of)
    base = month_ahead[due]
    return _by_line(base[base["sent_on"] <= base["planned_on"]], base, "期限 " + base["due_on"].dt.strftime("%Y-%m-%d"))


def approved(actions: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 6: started or completed in the period, and no rule objects to the approval."""
    begun = actions["started_on"].fillna(actions["completed_on"])
    base = actions[_in(begun, frames) | _in(actions["completed_on"], frames)]
    return _ratio(base[base["approval_valid"].astype(bool)], base)


def in_time(frame: pd.DataFrame, frames: Frames, done: str, limit: str) -> Ratio:
    """KPIs 7 and 10: done by the limit, of those whose limit lies in the period and has passed, or that are done."""
    base = frame[_in(frame[limit], frames) & ((frame[limit] < frames.as_of) | frame[done].notna())]
    return _ratio(base[base[done] <= base[limit]], base)


def corrected(needs: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 8: valid nonconformities of the period with a corrective action, of those and the ones past their limit."""
    valid = needs[_in(needs["registered_on"], frames) & needs["is_valid_nonconformity"].astype(bool)]
    answered = valid["corrective_numbers"].map(len) > 0
    base = valid[answered | (valid["correction_limit_on"] < frames.as_of)]
    return _ratio(base[base["corrective_numbers"].map(len) > 0], base)


def revised(revisions: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 9: document revisions planned in the period (past due or done) that are done."""
    base = revisions[
        _in(revisions["due_on"], frames) & ((revisions["due_on"] < frames.as_of) | revisions["done_on"].notna())
    ]
    return _by_line(base[base["done_on"].notna()], base, base["document"])


def extended(actions: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 11: actions due in the period (by the first date) that were extended at least once."""
    base = actions[_in(actions["original_due_on"], frames)]
    return _ratio(base[base["extensions"] > 0], base)


def extensions(actions: pd.DataFrame, frames: Frames) -> Measure:
    """KPI 11: extensions per action due in the period (by the first date)."""
    base = actions[_in(actions["original_due_on"], frames)]
    return _mean(base["number"], base["extensions"])


def cancelled(all_actions: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 11: actions registered in the period that were cancelled; the one KPI that looks at cancelled rows."""
    base = all_actions[_in(all_actions["registered_on"], frames)]
    return _ratio(base[base["status"] == words.CANCELLED], base)


def days_to_close(actions: pd.DataFrame, frames: Frames) -> Measure:
    """KPI 12: calendar days from 登记 to 关闭 of the actions closed in the period; their mean."""
    return _mean(*_days_to_close(actions, frames))


def quantile_to_close(actions: pd.DataFrame, frames: Frames, share: float) -> Measure:
    """KPI 12: the median (0.5) or P90 (0.9) of the same days, interpolated; None under `FEWEST_FOR_A_QUANTILE` rows."""
    numbers, days = _days_to_close(actions, frames)
    value = float(days.quantile(share)) if len(days) >= FEWEST_FOR_A_QUANTILE else None
    return Measure(tuple(numbers), tuple(float(day) for day in days), value)


def days_between(actions: pd.DataFrame, frames: Frames, start: str, end: str) -> Measure:
    """KPI 12: mean calendar days between two facts of the actions closed in the period that have both, in their order.

    What was approved after it was done (AP06) took no days to be done in.
    """
    closed = actions[_in(actions["closed_on"], frames)]
    base = closed[closed[start] <= closed[end]]
    return _mean(base["number"], (base[end] - base[start]).dt.days)


def indicators_met(measurements: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 13: measured values of the period that meet their target."""
    base = measurements[_in(measurements["month_on"], frames)]
    named = base.assign(number=base["indicator"].astype(str) + " " + base["month_on"].dt.strftime("%Y-%m"))
    return _ratio(named[named["met"].astype(bool)], named)


def preventive(actions: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 13: 预防 of the actions registered in the period whose type is known; a blank one (PL24) may be either."""
    base = actions[_in(actions["registered_on"], frames) & actions["action_type"].isin(words.ACTION_TYPES)]
    return _ratio(base[base["action_type"] == words.PREVENTIVE], base)


def closed_loop(actions: pd.DataFrame, frames: Frames) -> Ratio:
    """KPI 13: closed or superseded of the actions registered in the period."""
    base = actions[_in(actions["registered_on"], frames)]
    return _ratio(base[base["status"].isin([words.CLOSED, words.SUPERSEDED])], base)


def data_quality(frames: Frames) -> Ratio:
    """KPI 14: rows without a Problem of severity error, of all rows; quarantined rows count as rows with one."""
    faulty = frames.rows_with_error
    sound = tuple(number for number in frames.all_actions["number"] if number not in set(faulty))
    return Ratio(sound, sound + faulty)


def _in(dates: pd.Series[Any], frames: Frames) -> pd.Series[bool]:
    return within(dates, frames.period.start, frames.period.end)


def _running(actions: pd.DataFrame) -> pd.DataFrame:
    approved = actions["approval_satisfied"].astype(bool)
    return actions[approved & actions["completed_on"].isna() & ~actions["status"].isin(list(words.ENDED))]


def _confirmed(actions: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    return actions[_in(actions["confirmed_on"], frames) & (actions["effect"] != "")]


def _has_code(actions: pd.DataFrame, code: str) -> pd.Series[bool]:
    return actions["overdue"].map(lambda codes: code in codes).astype(bool)


def _ratio(rows: pd.DataFrame, base: pd.DataFrame) -> Ratio:
    return Ratio(tuple(rows["number"]), tuple(base["number"]))


def _by_line(rows: pd.DataFrame, base: pd.DataFrame, about: pd.Series[Any]) -> Ratio:
    """The same where a number may stand in several lines: which of them the numerator holds, and what each is about."""
    lines = zip(base["number"], base.index.isin(rows.index), about, strict=True)
    kept = tuple(KpiLine(number, bool(is_held), told) for number, is_held, told in lines)
    return Ratio(tuple(rows["number"]), tuple(base["number"]), kept)


def _mean(numbers: pd.Series[Any], figures: pd.Series[Any]) -> Measure:
    values = tuple(float(figure) for figure in figures)
    return Measure(tuple(numbers), values, sum(values) / len(values) if values else None)


def _days_to_close(actions: pd.DataFrame, frames: Frames) -> tuple[pd.Series[Any], pd.Series[Any]]:
    base = actions[_in(actions["closed_on"], frames) & (actions["registered_on"] <= actions["closed_on"])]
    return base["number"], (base["closed_on"] - base["registered_on"]).dt.days
