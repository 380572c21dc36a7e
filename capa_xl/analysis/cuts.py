"""The KPIs of actions, cut by department, source, type, severity, process and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from capa_xl.analysis.frames import Frames, frames_of
from capa_xl.analysis.kpi import SPECS, Spec, ratio_of
from capa_xl.model import words
from capa_xl.model.kpi import Cut, CutRow, Kpi, KpiAction, KpiInput, Ratio
from capa_xl.model.period import Period, months_of, parts_of
from capa_xl.model.review import CutLine

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


def _blank_of(column: str) -> str:
    """What stands for the rows without a value: of departments as everywhere else."""
    return words.NO_DEPARTMENT if column in ("department", "owning_department") else BLANK


def cuts(now: KpiInput, period: Period, counted: Iterable[Kpi]) -> tuple[Cut, ...]:
    """Every cut of the period; values by their number of rows, ties by name; blanks last, in brackets.

    By a column: what `counted` holds and is called there, so that the parts of a figure of a day are those of its day.
    By time: its months, and the whole quarters and years it touches.

    Args:
        now: Input as of T.
        counted: The KPIs of the period.
    """
    frames = frames_of(now, period)
    specs = tuple(spec for spec in SPECS if spec.key in CUT_KPIS - now.not_in_use)
    whole = tuple(kpi for kpi in counted if kpi.key in CUT_KPIS and kpi.is_in_use)
    by_column = tuple(_cut(name, column, now, whole) for name, column in CUT_COLUMNS)
    by_time = (
        _by_time("月份", months_of(period), frames, specs),
        _by_time("季度", parts_of(period, 3), frames, specs),
        _by_time("年度", parts_of(period, 12), frames, specs),
    )
    return (*by_column, *by_time)


def cut_lines(now: KpiInput, period: Period, column: str, effective: Kpi) -> tuple[CutLine, ...]:
    """Open, completed, overdue and effective actions of each value of a column, in the order of the cuts.

    Args:
        column: Name of a field of `KpiAction`.
        effective: KPI 3 of the period; each value gets its part of it.
    """
    value_of = {action.number: getattr(action, column) for action in now.actions}
    return tuple(
        _line(value or _blank_of(column), [a for a in now.actions if value_of[a.number] == value], period, effective)
        for value in _values(value_of)
    )


def _line(name: str, actions: list[KpiAction], period: Period, effective: Kpi) -> CutLine:
    done = [action for action in actions if period.holds(action.completed_on)]
    part = _only(effective, {action.number for action in actions})
    return CutLine(
        name=name,
        open=sum(action.status not in words.ENDED for action in actions),
        completed=len(done),
        on_time=sum(a.due_on is not None and a.completed_on is not None and a.completed_on <= a.due_on for a in done),
        overdue=sum("Y1" in action.overdue for action in actions),
        effective=len(part.rows),
        confirmed=len(part.base),
    )


def _values(value_of: Mapping[str, str]) -> list[str]:
    """By their number of rows, ties by name, blank last."""
    counts = Counter(value_of.values())
    return sorted(counts, key=lambda value: (value == "", -counts[value], value))


def _cut(name: str, column: str, now: KpiInput, whole: tuple[Kpi, ...]) -> Cut:
    value_of = {action.number: getattr(action, column) for action in now.actions}
    rows = tuple(
        CutRow(
            value or _blank_of(column),
            tuple(_only(kpi, {n for n, v in value_of.items() if v == value}) for kpi in whole),
        )
        for value in _values(value_of)
    )
    return Cut(name, tuple(kpi.name for kpi in whole), rows)


def _only(kpi: Kpi, numbers: set[str]) -> Ratio:
    return Ratio(tuple(n for n in kpi.rows if n in numbers), tuple(n for n in kpi.base if n in numbers))


def _by_time(name: str, parts: tuple[Period, ...], frames: Frames, specs: tuple[Spec, ...]) -> Cut:
    """One row a part; figures of the day belong to none and are left out."""
    dated = tuple(spec for spec in specs if not spec.state)
    spans = (replace(frames, period=part) for part in parts)
    rows = tuple(CutRow(f.period.name, tuple(ratio_of(spec, f) for spec in dated)) for f in spans)
    return Cut(name, tuple(spec.name for spec in dated), rows)
