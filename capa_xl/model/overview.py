"""The figures of 总览 as a value: computed by `policy`, shown by the workbook's own formulas, cached by refresh."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from capa_xl.model.tally import Tally


class OverviewItem(Struct, frozen=True):
    """One line of a list on 总览.

    Attributes:
        row: 1-based row in the tracker.
        position: 1-based position among the data rows of the tracker.
        number, description, department: As the cells read; "" where Excel sees a blank (a filled-down merge).
        owner: Whose turn it is (〔自动〕下一步责任人).
        due_on: The deadline of what is late: 完成期限, or the limit of the step that is waited for.
        days: Days late, or days left.
        phrase: 〔自动〕逾期类别.
    """

    row: int
    position: int
    number: str
    description: str
    department: str
    owner: str
    due_on: date | None
    days: int
    phrase: str


class Standing(Struct, frozen=True):
    """The open actions that wait for a department: how many, and how many of them late, by stage of `words.OPEN`."""

    department: str
    counts: tuple[int, ...]
    late: tuple[int, ...]


class FlowMonth(Struct, frozen=True):
    """What came, went and stood open at the end of one month, or at T in the month of T.

    Attributes:
        first: First day of the month.
        phases: Open actions in P, D, C and A.
        cancelled, superseded: What went without being closed.
    """

    first: date
    new: int
    closed: int
    phases: tuple[int, int, int, int]
    cancelled: int = 0
    superseded: int = 0


class Overview(Struct, frozen=True):
    """Everything 总览 shows.

    Attributes:
        today: What TODAY() counts as.
        updated_on: As-of day of the figures; None before the first refresh.
        is_empty: No row carries that day, so 总览 keeps it itself.
        company: 公司名称.
        tally: The counts of the tiles.
        data_errors: Problems of severity error (校验结果).
        latest: The ten longest overdue by any code, ties in sheet order.
        coming: Due within a month, nearest first, ten at most.
        standings: Departments of 字典, and others that open actions wait for: the most first, twelve at most.
        standing_in_all: All open actions, departments without a line included; its department is "".
        flow: The last twelve months, this one last.
        open_before: Actions open on the day before those months.
        latest_doing: The ten longest past 完成期限, for the first layout of 总览.
        by_list: Those of the first departments of 字典 in its order, for workbooks whose formulas name them.
        by_column: Standings by the department of each stage's column, for the formulas of older workbooks.
        loads: (department, open, past 完成期限) by 责任部门, for the first layout.
        typed_months: (month, registered, closed) as the first layout's formulas count them.
        short_names: (name, short form) of the departments on the sheet that are longer than `OVERVIEW_NAME`.
    """

    today: date
    updated_on: date | None
    company: str
    tally: Tally
    data_errors: int
    latest: tuple[OverviewItem, ...]
    coming: tuple[OverviewItem, ...]
    standings: tuple[Standing, ...]
    standing_in_all: Standing
    flow: tuple[FlowMonth, ...]
    latest_doing: tuple[OverviewItem, ...] = ()
    by_list: tuple[Standing, ...] = ()
    by_column: tuple[Standing, ...] = ()
    loads: tuple[tuple[str, int, int], ...] = ()
    typed_months: tuple[tuple[date, int, int], ...] = ()
    is_empty: bool = False
    open_before: int = 0
    short_names: tuple[tuple[str, str], ...] = ()

    @property
    def flow_finding(self) -> str:
        """What the twelve months say, in one sentence whose sum closes; before the first refresh nobody has counted."""
        if self.updated_on is None:
            return "近 12 个月：更新后这里显示每月的登记、结束和在办"
        if self.is_empty:
            return "近 12 个月：没有登记过措施，登记后这里显示每月的登记、结束和在办"
        new, closed = sum(month.new for month in self.flow), sum(month.closed for month in self.flow)
        ended = {
            "取消": sum(month.cancelled for month in self.flow),
            "转后续": sum(month.superseded for month in self.flow),
        }
        now = sum(self.flow[-1].phases)
        ended["结束但没有日期"] = self.open_before + new - closed - sum(ended.values()) - now
        went = "".join(f"，{word} {count} 项" for word, count in ended.items() if count > 0)
        return f"近 12 个月：期初在办 {self.open_before} 项，登记 {new} 项，关闭 {closed} 项{went}，现在在办 {now} 项"


OVERVIEW_LINES = 10
"""Lines of each list."""
OVERVIEW_DEPARTMENTS = 12
"""Departments with a line of their own; the rest stands under 其他."""
OVERVIEW_MONTHS = 12
OVERVIEW_NAME, OVERVIEW_NAMES = 14, OVERVIEW_DEPARTMENTS + 4 * OVERVIEW_LINES
"""Characters of a department's name on it, and so many long ones at most: of the heat map and of the lists."""
CLOSING_DATES = ("archived_on", "confirmed_on", "completed_on")
"""The first of these the tracker has dates a closed row on the chart; revisions, in another sheet, are left aside."""
