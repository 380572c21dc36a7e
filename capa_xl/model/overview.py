"""The figures of 总览 as a value: computed by `policy`, shown by the workbook's own formulas, cached by refresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OverviewItem:
    """One line of a list on 总览."""

    number: str
    description: str
    department: str
    owner: str
    due_on: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything 总览 shows, as of 更新时间.

    Attributes:
        updated_on: As-of day of the figures.
        overdue: Rows with Y1.
        due_soon: Rows with Y0.
        to_approve, to_inspect, to_confirm: Rows in that status.
        data_errors: Rows whose 校验问题数 is over 0, with the quarantined ones.
        longest_overdue: The ten longest overdue, days past the deadline, ties in sheet order.
        coming: Due within a month, nearest first, ten at most.
        stages: Column headings of `waiting`: the statuses that wait for somebody.
        waiting: Department → open rows per stage of `stages`.
        months: (2026-11, new, closed) of the last twelve months.
        departments: (department, open, overdue) in the order of the roster.
    """

    updated_on: date
    overdue: int
    due_soon: int
    to_approve: int
    to_inspect: int
    to_confirm: int
    data_errors: int
    longest_overdue: tuple[OverviewItem, ...]
    coming: tuple[OverviewItem, ...]
    stages: tuple[str, ...]
    waiting: tuple[tuple[str, tuple[int, ...]], ...]
    months: tuple[tuple[str, int, int], ...]
    departments: tuple[tuple[str, int, int], ...]
