"""One action, flat, for counting: the facts and limits the KPIs need, nothing that takes the policy to understand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from msgspec import Struct

from capa_xl.model.moved_due import MovedDue, due_then

RECURRENCE_DAYS: Final = 180
"""Calendar days after a confirmation within which a like issue counts as its return (KPI 4)."""
SUMMARY_KPIS: Final = (
    "on_time",
    "on_time_original",
    "overdue",
    "effective",
    "recurrence",
    "reminded",
    "approved",
    "corrected",
)
"""The eight figures of the review's first page and of the dashboard's cards, by key."""
NO_DATA: Final = "没有数据"
"""Verdict of a figure over no row at all, or whose sheet, column or ledger isn't used."""
FEW: Final = 5
"""Below this denominator a share is printed as a fraction and not held against its target (semantics.md, *KPIs*)."""
FEWEST_FOR_A_QUANTILE: Final = 10
"""Rows below which a median or a P90 says nothing (decisions A5)."""


class TakenBack(Struct, frozen=True):
    """What took an action back: an entry of 更正记录 in force (重开, 撤销确认), or an inspection 不合格.

    Attributes:
        on: Its day: facts dated that day or earlier count no more for whoever looks on it or later.
        done_on: Since when the action had been done, or cancelled, until then; None where it took back neither, and
            where no cell and no 原内容 tells.
        is_overwritten: It reopened the action, and the row holds the earlier day no more: filled anew since.
    """

    on: date
    done_on: date | None = None
    is_overwritten: bool = False

    def was_done(self, day: date) -> bool:
        """That day lies in the days on which it counted as done until it was taken back."""
        return self.done_on is not None and self.done_on <= day < self.on


class LaterFact(Struct, frozen=True):
    """A fact that changed what had counted of an action: another round of 效果确认, an inspection 不合格 …

    Attributes:
        of: Day of what had counted.
        on: Its own day: a period that ended between the two had another figure then.
        said: What it was, in Chinese.
    """

    of: date
    on: date
    said: str


class Reopened(Struct, frozen=True):
    """编号 of what was taken back since some day, and of those whose earlier day is overwritten.

    Attributes:
        later: What a later fact changed after a period had ended: WB-2026-007（2027-01-29 又确认）.
    """

    numbers: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


class KpiAction(Struct, frozen=True):
    """One action as the analysis sees it; `analysis` makes frames of these, `policy.kpi_input` makes them.

    Attributes:
        department: 责任部门.
        owning_department: 归口部门, given or derived.
        due_on, original_due_on: 完成期限 as it stands, and the first one.
        completed_on: 实际完成日期; None while the last completion was inspected 不合格.
        overdue: Y-codes at T.
        approval_valid: No rule objects to its approval: route, role, day, the plan in force (AP01–AP06, AP09).
        approval_satisfied: The route is satisfied at T; a plan still to be made (待策划) has nothing to approve yet,
            in a table without approval columns too.
        inspection_limit_on, confirmation_limit_on, archive_limit_on: Last day in time; None before the stage begins.
        inspected_as_owed_on, confirmed_as_owed_on, archived_in_full_on: Day on which each stage was done as the
            procedure asks: what Y5, Y6 and Y8 ask for no more.
        extensions: Approved changes of the due date.
        recurred_as: Later items linked by 前次编号, or with the same process, category and cause, registered within 180
            days after the confirmation.
        is_history: It was over before 接管基线日: no KPI counts it, the traffic does.
        taken_back: What 更正记录 took back: a month's end before such an entry isn't changed by it.
        set_back: Since when it had been done until an inspection 不合格, oldest first.
        later_facts: What changed of it after it had counted.
        due_moves: What led to 完成期限 as it stands, the newest first: a month's end before a move isn't changed by it.
    """

    number: str
    row: int
    description: str
    action_type: str
    severity: str
    source: str
    process: str
    department: str
    owning_department: str
    level: str
    status: str
    overdue: tuple[str, ...]
    days_overdue: int
    registered_on: date | None
    approved_on: date | None
    started_on: date | None
    due_on: date | None
    original_due_on: date | None
    completed_on: date | None
    inspected_on: date | None
    confirmed_on: date | None
    archived_on: date | None
    cancelled_on: date | None
    closed_on: date | None
    effect: str
    approval_valid: bool
    approval_satisfied: bool
    inspection_limit_on: date | None
    confirmation_limit_on: date | None
    archive_limit_on: date | None
    inspected_as_owed_on: date | None
    confirmed_as_owed_on: date | None
    archived_in_full_on: date | None
    extensions: int
    recurred_as: tuple[str, ...]
    taken_back: tuple[TakenBack, ...] = ()
    set_back: tuple[TakenBack, ...] = ()
    later_facts: tuple[LaterFact, ...] = ()
    due_moves: tuple[MovedDue, ...] = ()
    is_history: bool = False

    def due_at(self, day: date) -> date | None:
        """完成期限 as it stood at the end of a day; as it stands where the day it was done by then stands nowhere."""
        if any(one.is_overwritten and one.done_on is None and day < one.on for one in self.taken_back):
            return self.due_on
        return due_then(self.due_on, self.due_moves, day)


class KpiNeed(Struct, frozen=True):
    """One registered need or nonconformity, for KPIs 8 and 10.

    Attributes:
        correction_limit_on: Last day to open a corrective action.
        evaluated_on: None while it wasn't evaluated.
        evaluation_limit_on: None where its evaluation can't be judged: no day of registration or of evaluation.
    """

    number: str
    registered_on: date | None
    is_valid_nonconformity: bool
    corrective_numbers: tuple[str, ...]
    correction_limit_on: date | None
    evaluated_on: date | None
    evaluation_limit_on: date | None


class KpiRevision(Struct, frozen=True):
    """One document revision, for KPI 9."""

    number: str
    document: str
    due_on: date | None
    done_on: date | None


class KpiReminder(Struct, frozen=True):
    """One month-ahead reminder with a month's lead, for KPI 5: one per item and due version, whoever gets it."""

    number: str
    due_on: date
    planned_on: date
    sent_on: date | None


class KpiMeasurement(Struct, frozen=True):
    """One indicator in one period, for KPI 13; `month_on` is the first day of the period."""

    process: str
    indicator: str
    month_on: date
    value: float
    target: float
    met: bool


class KpiInput(Struct, frozen=True):
    """Everything the KPIs count, at T; cancelled actions are in, the KPIs leave them out.

    Attributes:
        not_in_use: Keys of the KPIs whose columns, sheet or ledger the table lacks: 没有数据, never a miss.
    """

    as_of: date
    actions: tuple[KpiAction, ...]
    needs: tuple[KpiNeed, ...] = ()
    revisions: tuple[KpiRevision, ...] = ()
    reminders: tuple[KpiReminder, ...] = ()
    measurements: tuple[KpiMeasurement, ...] = ()
    rows: int = 0
    rows_with_error: tuple[str, ...] = ()
    not_in_use: frozenset[str] = frozenset()


class KpiLine(NamedTuple):
    """One line of a denominator: its 编号, whether the numerator holds it, and of several of one 编号 which it is."""

    number: str
    is_held: bool
    about: str = ""

    @property
    def named(self) -> str:
        """The 编号, and behind it in brackets what tells the line from others of the same one."""
        return f"{self.number}（{self.about}）" if self.about else self.number


class Kpi(Struct, frozen=True):
    """One figure with its row lists.

    Attributes:
        key: Stable short name, e.g. on_time.
        name: Chinese name printed.
        formula: How it is counted, in Chinese.
        unit: "%", "天", "次" or "".
        numerator, denominator: Counts; None for figures that are no ratio.
        value: The figure: a share in 0..1 for "%", else in its unit; None without data.
        target: House target as printed, e.g. ≥ 95%; "" for none (watch, trend only).
        previous: The figure of the period before; None without data.
        verdict: 达标, 未达标, 数据不足 (0 < n < 5), 没有数据 (n = 0 or not in use), or "" where there is no target.
        rows: 编号 in the numerator.
        base: 编号 in the denominator.
        previous_counts: Numerator and denominator of the period before; None for figures that are no ratio.
        previous_base: How many rows the figure of the period before was taken over.
        is_in_use: The table has the columns, sheet and ledger it is counted from.
        lines: `base` line by line, where one 编号 may stand in it several times, each with what it is about.
    """

    key: str
    name: str
    formula: str
    unit: str
    numerator: float | None
    denominator: float | None
    value: float | None
    target: str
    previous: float | None
    verdict: str
    rows: tuple[str, ...]
    base: tuple[str, ...]
    previous_counts: tuple[int, int] | None = None
    previous_base: int = 0
    is_in_use: bool = True
    lines: tuple[KpiLine, ...] = ()

    @property
    def change(self) -> float | None:
        """This period less the one before."""
        return None if self.value is None or self.previous is None else self.value - self.previous


class Ratio(Struct, frozen=True):
    """编号 in the numerator and in the denominator; `lines` as in `Kpi`."""

    rows: tuple[str, ...]
    base: tuple[str, ...]
    lines: tuple[KpiLine, ...] = ()

    @property
    def value(self) -> float | None:
        """Share in 0..1; None over an empty base."""
        return len(self.rows) / len(self.base) if self.base else None


def counted_apart(counted: Kpi | Ratio) -> Iterator[KpiLine]:
    """Each 编号 of the denominator, in its order, with whether the numerator holds it.

    Of one that stands there several times (a deadline each, a document revised each) each line says what it is about;
    where nobody kept the lines it is held as often as the numerator has it, so that the lists add up to the counts.
    """
    if counted.lines:
        times = Counter(counted.base)
        yield from (line if times[line.number] > 1 else line._replace(about="") for line in counted.lines)
        return
    left = Counter(counted.rows)
    for number in counted.base:
        yield KpiLine(number, left[number] > 0)
        left[number] -= 1


class CutRow(Struct, frozen=True):
    """One value of a cut (one department, one month) with a ratio per KPI."""

    value: str
    ratios: tuple[Ratio, ...]


class Cut(Struct, frozen=True):
    """The KPIs of actions by one of their columns, or by month."""

    name: str
    kpis: tuple[str, ...]
    rows: tuple[CutRow, ...]


KpiHistory = Mapping[str, tuple[float | None, ...]]
"""KPI key → its share in each of some months, oldest first; None where there was nothing to count."""


class MonthFlow(Struct, frozen=True):
    """One month's traffic.

    Attributes:
        new, completed, closed, cancelled, superseded: What came and went, by the dates.
        open, overdue: What stood open, and was overdue (Y1), on its last day or at T.
    """

    month: str
    new: int
    completed: int
    closed: int
    cancelled: int
    superseded: int
    open: int
    overdue: int
