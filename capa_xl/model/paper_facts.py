"""What the Word papers A–D say, as values; paper E (management review) is in `capa_xl.model.review`.

`app` fills these from the view, the check and the journal; `reports/word` only sets them. A tuple that is None
means: the sheet is not in use (`PaperHead.sheets` knows why); an empty one means: in use, nothing to list.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from capa_xl.model.absent_sheets import OwnSheets
from capa_xl.model.action import Action
from capa_xl.model.charts import Chart
from capa_xl.model.conclusion import Conclusion
from capa_xl.model.derived import Derived
from capa_xl.model.evidence import Photo, UnshownPhoto
from capa_xl.model.lead import ONE_MONTH, Lead
from capa_xl.model.problem import Problem
from capa_xl.model.procedure import Procedure
from capa_xl.model.records import (
    Analysis,
    Confirmation,
    Correction,
    Decision,
    Extension,
    Need,
    PlanVersion,
    Progress,
    Revision,
    Step,
)

NO_NUMBER = "待编号"
HeldRoles = tuple[tuple[str, date, str], ...]
"""Person, day of the act → roles held that day, e.g. 部门经理; who held none is not listed."""


def draft_word(*, is_draft: bool, is_rehearsal: bool) -> str:
    """What a paper is instead of a final, on the paper and at the terminal; "" for a final."""
    if is_draft:
        return "草稿（预演）" if is_rehearsal else "草稿"
    return "预演" if is_rehearsal else ""


class PaperHead(Struct, frozen=True):
    """Header and footer of every paper.

    Attributes:
        company: 参数 公司名称.
        number: Number of the paper itself (报告编号, 要求单编号 …); `NO_NUMBER` while it has none.
        as_of: T.
        fingerprint: SHA-256 of the workbook's bytes, hex; papers print its first eight.
        journal_head: Hash of the journal's last link dated before T, hex; "" without one. Papers print its first eight.
        form_number: 参数 表单号_*; "" is not printed.
        is_draft: Printed with 草稿, and not for the archive.
        is_rehearsal: Printed with 预演: of another day than today, and on nobody's record.
        missing: What keeps it a draft, by column name; () for a final, and for a draft that was asked for.
        no_final: Why no final can ever follow the draft, as a clause; "" where one can.
        with_cover: 参数 封面 (papers B and E).
        policy: The policy by number and name.
        edition: Which edition a final is; 1 where there was none before it. The first one does not say so.
        edition_note: What changed against the edition before; "" for the first.
        not_counted: Which archived years its figures lack, as a sentence without its end; "" where they lack none.
        sheets: Which sheets the workbook lacks: what isn't there says nothing, and isn't an empty one.
    """

    company: str
    number: str
    as_of: date
    fingerprint: str
    journal_head: str = ""
    form_number: str = ""
    is_draft: bool = False
    missing: tuple[str, ...] = ()
    with_cover: bool = False
    policy: str = Procedure().policy
    edition: int = 1
    edition_note: str = ""
    not_counted: str = ""
    sheets: OwnSheets = OwnSheets()
    is_rehearsal: bool = False
    no_final: str = ""

    @property
    def lacking(self) -> str:
        """`not_counted` as a whole sentence; "" where they lack none."""
        return f"{self.not_counted}。" if self.not_counted else ""


# --- A 改进效果确认报告 -----------------------------------------------------------------------------------


class MonthAheadFacts(Struct, frozen=True):
    """The reminder a month before one deadline that was in force on its planned day.

    Attributes:
        short_notice: The deadline was set too late for the full lead.
        sent_on: Day a mail server took it, or somebody reminded by hand; None when neither.
        names: Whom the accepted letters went to, with their roles; () for a reminder by hand.
        filed_on: Day it was filed in the outbox, which proves nothing.
    """

    due_on: date
    planned_on: date
    short_notice: bool = False
    sent_on: date | None = None
    names: tuple[str, ...] = ()
    filed_on: date | None = None


class ReminderFacts(Struct, frozen=True):
    """What is on record of the reminders of one action (4.4.6).

    Attributes:
        duties: One a deadline; a duty that never arose is not among them.
        follow_ups: Later reminders after a deadline that a mail server took.
        last_follow_up: Day of the last one.
        filed_follow_ups: Reminders of that kind that only lie in the outbox.
        early: Days of the later reminders before a deadline that a mail server took, in order.
        filed_early: Reminders of that kind that only lie in the outbox.
        unreached: Whom none of all these reached, though letters to them were tried, with their roles.
        lead: How long before the due date M1 is due.
    """

    duties: tuple[MonthAheadFacts, ...] = ()
    follow_ups: int = 0
    last_follow_up: date | None = None
    filed_follow_ups: int = 0
    early: tuple[date, ...] = ()
    filed_early: int = 0
    unreached: tuple[str, ...] = ()
    lead: Lead = ONE_MONTH


class PastInspection(Struct, frozen=True):
    """An inspection that stood in the row until a later one was written over it.

    Attributes:
        overwritten_on: The day a run saw another in its place.
    """

    inspector: str
    on: date
    result: str
    note: str
    overwritten_on: date


class PastRefusal(Struct, frozen=True):
    """A refusal to approve that stood in the row until a later verdict was written over it.

    Attributes:
        overwritten_on: The day a run saw another in its place.
        evidence: Its 批准凭证; "" for none.
    """

    approver: str
    on: date
    overwritten_on: date
    evidence: str = ""


class EffectRow(Struct, frozen=True):
    """One indicator before and after, as text: period, n, bad or value."""

    indicator: str
    before: str
    after: str
    target: str
    reached: str


class EffectFacts(Struct, frozen=True):
    """What the data say of the effect.

    Attributes:
        rows: One per confirmation round with data, or one from the main row.
        sentence: The exact test in one Chinese sentence; "" without counts.
        chart: Before and after, or the trend with the completion marked; None with fewer than two values.
    """

    rows: tuple[EffectRow, ...] = ()
    sentence: str = ""
    chart: Chart | None = None


class ReportFacts(Struct, frozen=True):
    """Everything 改进效果确认报告 says of one action.

    Attributes:
        columns: Keys of the tracker's columns; a stage without any of its columns prints 本表未设此栏.
        steps, progress, extensions, confirmations, revisions: Rows of this action; None where the sheet is not in use.
        corrections: The entries of 更正记录 that count.
        decision: The management review's decision it was approved by.
        analysis: The 分析记录 a preventive measure rests on.
        follow_ups: The actions named in 后续编号.
        recurrences: 编号 of later issues of the same kind.
        watched_from: Day since which a recurrence could be seen: the confirmation, else the completion.
        departments: Person, day of the act → department of that day, for inspectors.
        past_inspections: Inspections that stood in the row before, oldest first, as the journal saw them.
        note_failed_on: Day of the failed inspection whose 检查情况 still stands beside the verdict; None else.
        past_conclusions: What was concluded before the conclusion that counts, oldest first.
        past_refusals: Refusals to approve that stood in the row before, likewise.
        evidence_refused_on: Day of the refusal whose 批准凭证 still stands beside the verdict; None else.
        roles: Of everybody named for a deed.
        reminders: None where the ledger is not in use.
        is_final: Inspected 合格 and confirmed with both conclusions, so that it may be archived.
        problems: Open errors of the row; printed in drafts, or in a final under --with-findings.
        content_hash: sha256 of the row and its child rows, hex.
        photos: Those among the evidence, made small.
        unshown: Those that can't be shown.
        more_photos: How many more lie in the folder.
    """

    head: PaperHead
    action: Action
    derived: Derived
    columns: frozenset[str]
    observation_days: int
    content_hash: str
    steps: tuple[Step, ...] | None = None
    progress: tuple[Progress, ...] | None = None
    extensions: tuple[Extension, ...] | None = None
    confirmations: tuple[Confirmation, ...] | None = None
    revisions: tuple[Revision, ...] | None = None
    corrections: tuple[Correction, ...] = ()
    decision: Decision | None = None
    analysis: Analysis | None = None
    follow_ups: tuple[Action, ...] = ()
    recurrences: tuple[str, ...] = ()
    watched_from: date | None = None
    departments: tuple[tuple[str, date | None, str], ...] = ()
    past_inspections: tuple[PastInspection, ...] = ()
    note_failed_on: date | None = None
    past_conclusions: tuple[Conclusion, ...] = ()
    past_refusals: tuple[PastRefusal, ...] = ()
    evidence_refused_on: date | None = None
    roles: HeldRoles = ()
    reminders: ReminderFacts | None = None
    effect: EffectFacts = EffectFacts()
    is_final: bool = False
    problems: tuple[Problem, ...] = ()
    photos: tuple[Photo, ...] = ()
    unshown: tuple[UnshownPhoto, ...] = ()
    more_photos: int = 0


# --- B 运维服务能力改进计划 --------------------------------------------------------------------------------


class VersionChange(Struct, frozen=True):
    """What one plan version changed against the one in force before it: a refused one changes nothing.

    Attributes:
        is_first: Nothing was in force before.
        reworded: Columns of 计划 that say something else than in the version before.
        unnumbered: 编号 of what was registered meanwhile within its period without 计划编号: listed all the same.
        is_to_come: No version brought it yet: the next one will.
    """

    version: str
    on: date | None
    added: tuple[str, ...]
    adjusted: tuple[str, ...]
    cancelled: tuple[str, ...]
    approval: str
    unnumbered: tuple[str, ...] = ()
    is_to_come: bool = False
    is_first: bool = False
    reworded: tuple[str, ...] = ()


class GoalRow(Struct, frozen=True):
    """One overall goal: from 过程指标 or the KPI targets."""

    goal: str
    current: str
    target: str
    period: str
    department: str


class SourceRow(Struct, frozen=True):
    """Coverage of one of the five sources of 4.1.1; `of_which` rows are printed indented and not summed."""

    source: str
    collected: int
    adopted: int
    merged: int
    postponed: int
    refused: int
    note: str
    of_which: bool = False


class PlanItem(Struct, frozen=True):
    """One ranked line of the plan.

    Attributes:
        inspector: 应检查部门.
        confirm_on: Planned month of the confirmation: 完成期限 + 观察期.
        is_approved: Somebody approved it alone on a day; else the review or a plan is its only approval.
        manager: 部门经理 of 责任部门, who sees to the resources (4.4.1).
        resources_to_general_manager: A resource request went to 总经理; None when 进展反馈 is not in use.
        is_day_unapproved: 完成期限 was moved, and no approved 延期记录 leads there (DO08).
    """

    action: Action
    derived: Derived
    steps: tuple[Step, ...] = ()
    inspector: str = ""
    confirm_on: date | None = None
    is_approved: bool = False
    resources_to_general_manager: bool | None = None
    manager: str = ""
    is_day_unapproved: bool = False


class PlanFacts(Struct, frozen=True):
    """Everything 运维服务能力改进计划 says.

    Attributes:
        plan: The version printed.
        versions: All versions, oldest first, up to the printed one.
        reviewer: 质量部负责人 in office; printed beside 审核, never as a signature.
        sources, declined: None where 问题需求登记 is not in use.
        roles: Of the authors and approvers of its versions and lines.
        lead: How long before a due date its first reminder comes.
        corrective, preventive: Ranked (4.1.3); preventive holds the improvements too.
        unclassified: Those whose 措施类型 is blank or no known word, or whose table has no such column.
        untyped, unweighed: Chinese names of the columns that the tracker lacks, of those that decide the type of an
            item, and its weight.
        refused: Versions after the printed one that were refused: it is still in force.
        unnumbered: 编号 of the rows that stand in it by their day alone: their 计划编号 is blank.
        moved_on: 编号 of the rows that it listed when it was approved and whose 计划编号 was written over since.
    """

    head: PaperHead
    plan: PlanVersion
    versions: tuple[PlanVersion, ...]
    changes: tuple[VersionChange, ...]
    goals: tuple[GoalRow, ...]
    sources: tuple[SourceRow, ...] | None
    declined: tuple[Need, ...] | None
    corrective: tuple[PlanItem, ...]
    preventive: tuple[PlanItem, ...]
    unclassified: tuple[PlanItem, ...] = ()
    untyped: tuple[str, ...] = ()
    unweighed: tuple[str, ...] = ()
    reviewer: str = ""
    roles: HeldRoles = ()
    lead: Lead = ONE_MONTH
    problems: tuple[Problem, ...] = ()
    refused: tuple[PlanVersion, ...] = ()
    unnumbered: tuple[str, ...] = ()
    moved_on: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[PlanItem, ...]:
        """All of them, in the order of their numbers in 四."""
        return (*self.corrective, *self.preventive, *self.unclassified)


# --- C 纠正预防措施要求单 ---------------------------------------------------------------------------------


class RequestFacts(Struct, frozen=True):
    """Everything 纠正预防措施要求单 says: of a registered need, of an action, or of both.

    Attributes:
        roles: Of everybody named for a deed.
        inspecting_department: Where the inspector stood on that day; "" for a stranger.
        note_failed_on, past_refusals, evidence_refused_on: As in the report.
    """

    head: PaperHead
    action: Action | None = None
    derived: Derived | None = None
    need: Need | None = None
    steps: tuple[Step, ...] = ()
    decision: Decision | None = None
    roles: HeldRoles = ()
    inspecting_department: str = ""
    note_failed_on: date | None = None
    past_refusals: tuple[PastRefusal, ...] = ()
    evidence_refused_on: date | None = None
    problems: tuple[Problem, ...] = ()


# --- D 文件修改意见单 -------------------------------------------------------------------------------------


class RevisionFacts(Struct, frozen=True):
    """Everything 文件修改意见单 says of one document: one or several rows of 文件修订.

    Attributes:
        rows: At least one; all of the same document.
        action: The confirmed action; None when its row can't be read.
        conclusion: What counts of its confirmations.
        proposing_department: Department of the proposer on that day; "" where the roster doesn't know one.
        roles: Of everybody named for a deed.
        owning_department: 文件归口部门, from the roster's 体系文件 or the action's 归口部门.
    """

    head: PaperHead
    rows: tuple[Revision, ...]
    action: Action | None
    conclusion: Conclusion | None = None
    proposing_department: str = ""
    owning_department: str = ""
    roles: HeldRoles = ()
    problems: tuple[Problem, ...] = ()


# --- 情况说明确认单 ---------------------------------------------------------------------------------------


class ExceptionLine(Struct, frozen=True):
    """One entry of 例外说明.

    Attributes:
        covers: Its numbers, its period, or both.
        problems: What the check says of it now, at most a few; () where nothing is struck any more.
        role: Roles the signer held on that day; "" for none.
        worth: 已确认, 待确认, or why the signature doesn't count.
    """

    covers: str
    rule: str
    note: str
    problems: tuple[str, ...]
    signed_by: str
    role: str
    on: date | None
    worth: str


class ExceptionFacts(Struct, frozen=True):
    """Everything 情况说明确认单 says; a draft while somebody fit has still to sign."""

    head: PaperHead
    lines: tuple[ExceptionLine, ...]


class HandoverLine(Struct, frozen=True):
    """One thing that changes hands.

    Attributes:
        number: 编号 or 登记编号; "" for what belongs to none.
        header: Heading of the cell that names who does it.
        status, due_on: Of the action with how late it is, of a step its own day; "" and None where it belongs to none.
        before, after: The cell as it stands and as it shall stand.
    """

    number: str
    about: str
    sheet: str
    header: str
    status: str
    due_on: date | None
    before: str
    after: str


class HandoverFacts(Struct, frozen=True):
    """Everything 工作交接单 says.

    Attributes:
        giver_department, taker_department: On the day; "" where the roster has none.
        left: What still needs a person's decision, as sentences.
    """

    head: PaperHead
    giver: str
    giver_department: str
    taker: str
    taker_department: str
    since: date
    lines: tuple[HandoverLine, ...]
    left: tuple[str, ...]


class MeetingItem(Struct, frozen=True):
    """One action in a cell of the meeting's page: 编号, what it is about, and the mark behind it (按期, 审批超时 3 天).

    Attributes:
        is_undone: Late in being carried out (实施逾期), not in a step past its limit.
    """

    number: str
    about: str
    mark: str
    is_undone: bool = False


class MeetingDepartment(Struct, frozen=True):
    """One department's line of the meeting's page.

    Attributes:
        done: Completed in the period.
        late: What waits too long at T, the longest first.
        coming: Due after T, at the latest at the end of the period that follows.
    """

    name: str
    done: tuple[MeetingItem, ...]
    late: tuple[MeetingItem, ...]
    coming: tuple[MeetingItem, ...]

    @property
    def undone(self) -> int:
        """How many of `late` are 实施逾期; the others are 环节超时."""
        return sum(item.is_undone for item in self.late)


class Handful(Struct, frozen=True):
    """What one person has to do this week, by number."""

    person: str
    numbers: tuple[str, ...]


class MeetingFacts(Struct, frozen=True):
    """Everything 改进例会材料 says.

    Attributes:
        period, coming_until: Name of the period; last day that `coming` looks at.
        departments: Those with something to say, the latest first.
        this_week: Who has to do something within seven days or is late with it; for the group chat.
    """

    head: PaperHead
    period: str
    coming_until: date
    departments: tuple[MeetingDepartment, ...]
    this_week: tuple[Handful, ...]


class ReplyFacts(Struct, frozen=True):
    """Everything 客户回复函 says.

    Attributes:
        actions: Those that answer the complaint.
        contact: 参数 质量部联系人.
    """

    head: PaperHead
    need: Need
    actions: tuple[Action, ...]
    contact: str
