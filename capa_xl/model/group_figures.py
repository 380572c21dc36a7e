"""A group of companies in one period, as values: what each workbook says, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from capa_xl.model.charts import Chart
from capa_xl.model.kpi import Kpi, MonthFlow, Reopened
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.period import Period
from capa_xl.model.review import AgendaItem, Flow
from capa_xl.model.tally import Tally, together


class LateItem(Struct, frozen=True):
    """One action that is past its 完成期限 (Y1), or whose next step is past its own limit (Y3 to Y8).

    Attributes:
        owners: Between 、.
        due_on: 完成期限, or the last day of the step.
        days: Calendar days past it at T.
        kind: Which lateness: 实施逾期, 审批超时.
    """

    number: str
    description: str
    department: str
    owners: str
    due_on: date | None
    days: int
    status: str
    next_step: str
    next_actor: str
    kind: str = ""


class CompanyFigures(Struct, frozen=True):
    """What one workbook says of the period at T.

    Attributes:
        workbook: Its path below the folder that all workbooks have in common, with /; the same on every machine.
        company: 参数 公司名称; "" where it is blank.
        sha256: Of the workbook's bytes, hex.
        journal_head: Hash of its journal's last link dated before T; "" without one.
        problems: Severity (error, warning, info) → how many Problems, those of archived rows in their own years too.
        most_frequent: The commonest errors with their counts, e.g. FD05 3.
        kpis: Every KPI, as the company's own pack has them.
        late: Its actions past 完成期限, the longest first.
        waiting: Those whose next step is past its limit, likewise; none of them is in `late`.
        agenda: What its management review is asked to decide.
        not_counted: Which archived years its figures lack; "" where they lack none.
        reopened: What 更正记录 took back since the period before began.
        uncounted: The actions that no KPI counts.
        archives: 编号 of an archived action that is counted → the path of the archive, as `workbook`.
    """

    workbook: str
    company: str
    sha256: str
    journal_head: str
    tally: Tally
    problems: Mapping[str, int]
    most_frequent: tuple[str, ...]
    kpis: tuple[Kpi, ...]
    flow: Flow
    months: tuple[MonthFlow, ...]
    late: tuple[LateItem, ...]
    agenda: tuple[AgendaItem, ...]
    not_counted: str = ""
    archives: Mapping[str, str] = {}
    waiting: tuple[LateItem, ...] = ()
    reopened: Reopened = Reopened()
    uncounted: LeftToHistory = LeftToHistory()

    @property
    def name(self) -> str:
        """What people call it: the company; without one the file, which is said to be none."""
        return self.company or f"未填公司名称（{self.workbook}）"

    def file_of(self, number: str) -> str:
        """Where the row of an action stands: the workbook, or the archive it went to."""
        return self.archives.get(number, self.workbook)


def by_lateness(companies: Iterable[CompanyFigures]) -> list[CompanyFigures]:
    """Those with the most actions past 完成期限 first, then with the most past a step's limit."""
    return sorted(companies, key=lambda one: (-one.tally.late_doing, -one.tally.late_waiting, one.workbook))


class LeftOut(Struct, frozen=True):
    """A workbook that is in no figure, and why."""

    workbook: str
    outcome: str
    reason: str


class GroupFigures(Struct, frozen=True):
    """The figures of a group: sums of numerators and denominators, never means of rates.

    Attributes:
        companies: In the order of their workbooks' paths.
        kpis: Over all companies. A target stands there only where all have the same.
        months, flow: Summed.
        group: Its name, which no workbook knows; "" where nobody gave one.
    """

    period: Period
    on: date
    companies: tuple[CompanyFigures, ...]
    left_out: tuple[LeftOut, ...]
    kpis: tuple[Kpi, ...]
    flow: Flow
    months: tuple[MonthFlow, ...]
    group: str = ""

    @property
    def tally(self) -> Tally:
        """Where the actions of all companies stand."""
        return together(company.tally for company in self.companies)

    @property
    def late(self) -> tuple[tuple[CompanyFigures, LateItem], ...]:
        """Every action past 完成期限 with its company, the longest first."""
        return _longest_first((company, item) for company in self.companies for item in company.late)

    @property
    def waiting(self) -> tuple[tuple[CompanyFigures, LateItem], ...]:
        """Every action whose next step is past its limit, likewise."""
        return _longest_first((company, item) for company in self.companies for item in company.waiting)


def _longest_first(
    found: Iterable[tuple[CompanyFigures, LateItem]],
) -> tuple[tuple[CompanyFigures, LateItem], ...]:
    return tuple(sorted(found, key=lambda pair: -pair[1].days))


class GroupReviewFacts(Struct, frozen=True):
    """Everything 集团管理评审输入 says.

    Attributes:
        summary_kpis: The eight of the first page.
        trend: Monthly new and closed, and overdue at the month's end, over all companies.
    """

    head: PaperHead
    figures: GroupFigures
    summary_kpis: tuple[Kpi, ...]
    trend: Chart | None
