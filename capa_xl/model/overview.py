"""The figures of 总览 as a value: computed by `policy`, shown by the workbook's own formulas, cached by refresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OverviewItem:
    """One line of a list on 总览.

    Attributes:
        position: 1-based position among the data rows of the tracker.
        number, description, department: As the cells read; "" where Excel sees a blank (a filled-down merge).
        owner: Whose turn it is (〔自动〕下一步责任人).
        days: Days late, or days left.
    """

    position: int
    number: str
    description: str
    department: str
    owner: str
    due_on: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything 总览 shows.

    Attributes:
        today: What TODAY() counts as.
        updated_on: As-of day of the figures; None while no row was ever refreshed.
        company: 公司名称.
        overdue: Rows with Y1.
        due_soon: Rows with Y0.
        to_approve, to_inspect, to_confirm: Rows in that status.
        data_errors: Problems of severity error (校验结果).
        longest_overdue: The ten longest overdue, ties in sheet order.
        coming: Due within a month, nearest first, ten at most.
        stages: Column headings of `waiting`: the statuses that wait for somebody.
        waiting: Department → open rows per stage of `stages`, in the order of 字典, twelve at most.
        waiting_in_all: Open rows per stage, departments without a line included.
        months: (first of the month, new, closed) of the last twelve months.
        departments: (department, open, overdue) of the same departments, by 责任部门.
    """

    today: date
    updated_on: date | None
    company: str
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
    waiting_in_all: tuple[int, ...]
    months: tuple[tuple[date, int, int], ...]
    departments: tuple[tuple[str, int, int], ...]


OVERVIEW_LINES = 10
"""Lines of each list."""
OVERVIEW_DEPARTMENTS = 12
"""Departments with a line of their own; the rest stands under 其他."""
OVERVIEW_MONTHS = 12
CLOSING_DATES = ("archived_on", "confirmed_on", "completed_on")
"""The first of these the tracker has dates a closed row on the chart; revisions, in another sheet, are left aside."""
