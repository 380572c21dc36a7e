"""What 管理评审输入报告 (paper E) says, as values.

`policy/review` fills them, with what the analysis counted; Word sets them.
Rows carry the words as they are to be read; blank text is "". A tuple that is None means: the sheet is not in use (the
section collapses to one line); an empty one means: in use, nothing in this period (本期无。).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from capa_xl.model.charts import Chart
from capa_xl.model.kpi import Kpi, Reopened
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.tally import Tally

AGENDA_CATEGORIES = (
    "待提交管理评审的重大/重复纠正",
    "重大预防、改进",
    "其他待管理评审批准的措施",
    "评审未同意的事项",
    "措施无效仍需决定",
    "资源申请",
    "长期逾期",
    "取消/延期 ≥2 次",
)
"""Order of 提请管理评审决策事项."""
AWAITING_APPROVAL = AGENDA_CATEGORIES[:4]
"""What isn't carried out before the review has approved it; what the other categories ask about is under way."""


class AgendaItem(Struct, frozen=True):
    """One matter the review is asked to decide; 决议 stays blank.

    Attributes:
        resources: What the action needs, and each of what was asked for since.
        over_days: Of 长期逾期: by more than how many days, as 参数 has them; 0 for the others.
        days_late: 实施逾期 of its action, in calendar days; 0 where it isn't.
    """

    category: str
    number: str
    matter: str
    proposal: str
    alternative: str
    resources: tuple[str, ...]
    department: str
    due_on: date | None
    over_days: int = 0
    days_late: int = 0

    @property
    def awaits_approval(self) -> bool:
        """Whether nothing is carried out before the review has decided."""
        return self.category in AWAITING_APPROVAL

    @property
    def place(self) -> tuple[bool, int, int]:
        """What waits for the review's approval is first; in both what is 实施逾期, longest; then by category."""
        return not self.awaits_approval, -self.days_late, AGENDA_CATEGORIES.index(self.category)

    @property
    def heading(self) -> str:
        """长期逾期（>30 天）; the category of the others."""
        return f"{self.category}（>{self.over_days} 天）" if self.over_days else self.category


class EarlierDecision(Struct, frozen=True):
    """一: one decision of an earlier review.

    Attributes:
        due_now: 完成期限 of an action still to be done where the decision names another day; None otherwise.
    """

    review_number: str
    decision: str
    number: str
    department: str
    due_on: date | None
    status: str
    completed_on: date | None
    effect: str
    due_now: date | None = None


class Flow(Struct, frozen=True):
    """2.1: what came and went in the period."""

    open_before: int
    new: int
    completed: int
    closed: int
    cancelled: int
    superseded: int
    open_after: int

    @property
    def undated(self) -> int:
        """How many less stand open at the end than the dates say: they ended, but no date says when."""
        return self.open_before + self.new - self.closed - self.cancelled - self.superseded - self.open_after


class CutLine(Struct, frozen=True):
    """2.2: one source or department."""

    name: str
    open: int
    completed: int
    on_time: int
    overdue: int
    effective: int
    confirmed: int


class MajorLine(Struct, frozen=True):
    """3.1: one major or repeated item."""

    number: str
    problem: str
    cause: str
    measure: str
    approval: str
    due_on: date | None
    status: str


class ComplaintLine(Struct, frozen=True):
    """3.2: one customer complaint; one that only the tracker knows has 未登记 as its judgement."""

    number: str
    is_valid: str
    action_number: str
    status: str


class RecurrenceLine(Struct, frozen=True):
    """3.3: one later issue of the same kind as an effective measure."""

    number: str
    earlier: str
    link: str
    registered_on: date | None


class SignalLine(Struct, frozen=True):
    """4.1: one statistical signal and what was done.

    Attributes:
        indicator: The data it was seen in: where they come from, and which.
    """

    analysis_number: str
    indicator: str
    method: str
    signal: str
    disposition: str
    answer: str


class CoverageLine(Struct, frozen=True):
    """4.3: one department; a mark (有, 无, 未报) per class of `words.DATA_CLASSES`."""

    department: str
    marks: tuple[str, ...]


class IndicatorLine(Struct, frozen=True):
    """五: one process indicator; `values` as text in the order of the periods, e.g. 10月 1.8%."""

    process: str
    indicator: str
    target: str
    values: tuple[str, ...]
    met: str
    disposition: str


class AuditLine(Struct, frozen=True):
    """六: the findings of one kind of audit, registered in one year.

    Attributes:
        on: Day the first of them was registered; the audit's own day stands nowhere.
        open_numbers: Those not 已关闭; a cancelled or continued one with that word.
    """

    audit: str
    on: date | None
    found: int
    closed: int
    open_numbers: tuple[str, ...]


class SupplierLine(Struct, frozen=True):
    """七: one supplier's indicator."""

    supplier: str
    indicator: str
    current: str
    target: str
    disposition: str


class OverdueLine(Struct, frozen=True):
    """八: one item that is overdue, or will be on the review's day (`days` counted to that day)."""

    number: str
    measure: str
    department: str
    owner: str
    due_on: date | None
    days: int
    reason: str = ""
    escalated: str = ""
    proposal: str = ""


class EffectLine(Struct, frozen=True):
    """九: one confirmed measure."""

    number: str
    indicator: str
    before: str
    after: str
    target: str
    effect: str
    follow_ups: tuple[str, ...] = ()


class ConfirmedRound(Struct, frozen=True):
    """One confirmation of a measure.

    Attributes:
        at: 轮次; None where none is written, and for the row of the tracker itself.
    """

    at: int | None
    on: date
    effect: str


class RoundsLine(Struct, frozen=True):
    """九: a measure that was confirmed more than once; the last confirmation counts, in its own period.

    Attributes:
        is_of_period: The last lies in the period; else some of `before` do.
        before: Those before the last, the oldest first; where the last lies elsewhere, those of the period.
    """

    number: str
    last: ConfirmedRound
    is_of_period: bool
    before: tuple[ConfirmedRound, ...]


class ResourceLine(Struct, frozen=True):
    """十: one resource request."""

    number: str
    asked_on: date | None
    department: str
    kind: str
    amount: str
    reason: str
    answer: str
    answered_by: str
    answered_on: date | None


class DocumentLine(Struct, frozen=True):
    """十一: one document to revise."""

    number: str
    document: str
    status: str
    due_on: date | None
    revised_on: date | None


class ExcuseLine(Struct, frozen=True):
    """十二: one accepted exception."""

    number: str
    rule: str
    note: str
    signed_by: str
    on: date | None


class ChangeLine(Struct, frozen=True):
    """十三: one kind of change (新增, 关闭, 期限变更, 结论变更) and its numbers."""

    kind: str
    numbers: tuple[str, ...]


class CountLine(Struct, frozen=True):
    """附录 B and C: a word and its count, with what it stands for."""

    name: str
    count: int
    note: str = ""


class BrokenRequirement(Struct, frozen=True):
    """附录 B: one requirement that something breaks, with the rows behind the figure.

    Attributes:
        verdict: 待整改 k/n.
        hits: The rows that break it, between 、.
    """

    id: str
    clause: str
    text: str
    verdict: str
    hits: str


class Unregistered(Struct, frozen=True):
    """Rows of the tracker that speak of what a register holds, too.

    Attributes:
        sheet: The register.
        what: What makes them such rows, as a clause: 来源为顾客投诉.
        count: How many there are.
        numbers: Those of which the register knows nothing.
    """

    sheet: str
    what: str
    count: int
    numbers: tuple[str, ...]


class BlankCells(Struct, frozen=True):
    """Rows whose cell of this column is blank, or holds no known word."""

    header: str
    numbers: tuple[str, ...]


class Undecided(Struct, frozen=True):
    """Why a list may lack rows: what it is chosen by isn't there, so that nobody knows whether they belong to it.

    Attributes:
        absent: Chinese names of columns that the tracker lacks.
        blanks: Columns that are there, with the rows whose cell says nothing; without those where every cell does.
        beside: What of the list is chosen so, where a register of its own gives the rest; "" for all of it.
        likely: Rows that all else speaks for, where the absent column alone could keep them out.
    """

    absent: tuple[str, ...] = ()
    blanks: tuple[BlankCells, ...] = ()
    beside: str = ""
    likely: tuple[str, ...] = ()


class ReviewDay(Struct, frozen=True):
    """The day of a management review.

    Attributes:
        is_assumed: Nobody named that day; it is only looked ahead to.
    """

    on: date
    is_assumed: bool


class ReviewFacts(Struct, frozen=True):
    """Everything 管理评审输入报告 says.

    Attributes:
        on_time: Due in the period, and done by then (the first sentence).
        tally: Where the actions stand at T (the second sentence).
        kpis: Eight.
        agenda: In the order of `AGENDA_CATEGORIES`.
        trend: 2.3, monthly new and closed (columns) and overdue (line).
        paretos, control_charts: At most four control charts; the rest in `more_charts`.
        series: How many series of 质量数据 were judged for 4.4, and how many have a signal.
        duties: The duties of 质量部 (十二), each with its figure.
        overdue: The longest overdue first.
        all_kpis: Every KPI, for 附录 A.
        indicator_months: Headings of the values of 五, one a period: 10月, 2026Q4.
        review_on: Day of the review that 8.2 looks ahead to.
        is_review_day_assumed: Nobody named that day; it is only looked ahead to.
        changes_since: Pack compared with, its period and its day; "" prints 首次.
        hidden_excuses: Accepted exceptions from the company's own rules that the copy for outsiders leaves out.
        is_internal: False for the copy for outsiders: no self-check and nothing of the quality of the data.
        conformity: The five verdicts with their R-ids; () in the copy for outsiders.
        broken: What is 待整改 or 未判定, with the rows; likewise.
        unregistered: By field, what the tracker says of it beside its register.
        undecided: By field, why its list may lack rows.
        reopened: What 更正记录 took back since the period before began: it counts as not done, but in the figures of a
            day.
        uncounted: The actions that no KPI counts.
        rounds: The measures with more than one confirmation, one of them in the period.
        data_quality: 待更正行, 错误 top 5; likewise.
    """

    head: PaperHead
    period: str
    period_from: date
    period_to: date
    review_on: date | None
    is_review_day_assumed: bool
    on_time: Kpi
    tally: Tally
    kpis: tuple[Kpi, ...]
    agenda: tuple[AgendaItem, ...]
    earlier: tuple[EarlierDecision, ...] | None
    flow: Flow
    by_source: tuple[CutLine, ...]
    by_department: tuple[CutLine, ...]
    trend: Chart | None
    major: tuple[MajorLine, ...]
    complaints: tuple[ComplaintLine, ...] | None
    recurrence: Kpi
    recurrences: tuple[RecurrenceLine, ...]
    signals: tuple[SignalLine, ...] | None
    paretos: tuple[Chart, ...]
    control_charts: tuple[Chart, ...]
    more_charts: tuple[Chart, ...]
    series: str
    coverage: tuple[CoverageLine, ...] | None
    indicator_months: tuple[str, ...]
    indicators: tuple[IndicatorLine, ...] | None
    audits: tuple[AuditLine, ...]
    suppliers: tuple[SupplierLine, ...] | None
    overdue: tuple[OverdueLine, ...]
    coming: tuple[OverdueLine, ...]
    effects: tuple[EffectLine, ...]
    resources: tuple[ResourceLine, ...] | None
    documents: tuple[DocumentLine, ...] | None
    duties: tuple[tuple[str, Kpi], ...]
    excuses: tuple[ExcuseLine, ...] | None
    changes_since: str
    changes: tuple[ChangeLine, ...]
    all_kpis: tuple[Kpi, ...]
    conformity: tuple[CountLine, ...]
    data_quality: tuple[CountLine, ...]
    broken: tuple[BrokenRequirement, ...] = ()
    hidden_excuses: int = 0
    is_internal: bool = True
    unregistered: Mapping[str, Unregistered] = {}
    undecided: Mapping[str, Undecided] = {}
    reopened: Reopened = Reopened()
    uncounted: LeftToHistory = LeftToHistory()
    rounds: tuple[RoundsLine, ...] = ()
