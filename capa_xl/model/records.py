"""The rows of the sheets around the tracker, and so the schema of those sheets (workbook.md, *Other sheets*)."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.columns import Kind, column
from capa_xl.model.cut_text import cut_line, cut_quote

SIGNATURE = ("approver", "approved_on", "approval")
"""Who, when and the verdict: the cells of a signed row, here and in the tracker."""

_NUMBER = "编号"

_MOST_OF_A_STEP = 14
"""Characters of what a step is called."""


class Person(Struct, frozen=True):
    """人员部门: one person in one role for one period; without dates the row always holds (R73)."""

    row: int
    name: Annotated[
        str | None,
        column("姓名", Kind.PERSON, prompt="在本工作簿中一律用这个写法；同一人职务变动时另起一行。", holds_one=True),
    ] = None
    department: Annotated[
        str | None, column("部门", Kind.DEPARTMENT, prompt="所在部门，与《字典》中的部门一致。", holds_one=True)
    ] = None
    roles: Annotated[
        tuple[str, ...],
        column(
            "角色",
            Kind.CLOSED_CHOICES,
            prompt="从列表选择；责任人等一般同事选“员工”；一人多职时用“、”隔开，或每个角色一行。",
            choices=words.ROLES,
        ),
    ] = ()
    email: Annotated[str | None, column("邮箱", Kind.TEXT, prompt="接收提醒的邮箱，一个。")] = None
    deputy: Annotated[
        str | None, column("代理人", Kind.PERSON, prompt="请假、出差期间代为处理的人，可填多人，用“、”隔开。")
    ] = None
    deputy_from: Annotated[date | None, column("代理起", Kind.DATE, prompt="代理开始日期，写成 2026-03-31。")] = None
    deputy_to: Annotated[date | None, column("代理止", Kind.DATE, prompt="代理结束日期，写成 2026-03-31。")] = None
    active: Annotated[bool | None, column("在职", Kind.YES_NO, prompt="离职或停用填“否”，行不要删除。")] = None
    owned_processes: Annotated[
        tuple[str, ...],
        column(
            "归口过程", Kind.CHOICES, prompt="归口部门负责人主管的过程，可填多个，用“、”隔开。", choices=words.PROCESSES
        ),
    ] = ()
    valid_from: Annotated[
        date | None, column("生效日期", Kind.DATE, prompt="担任该角色的起始日期，写成 2026-03-31。空白为一直有效。")
    ] = None
    valid_to: Annotated[date | None, column("失效日期", Kind.DATE, prompt="不再担任的日期，写成 2026-03-31。")] = None


class Succession(Struct, frozen=True):
    """部门沿革: one department that goes on under another name, or in another one (R73)."""

    row: int
    old: Annotated[
        str | None, column("旧部门", Kind.DEPARTMENT, prompt="更名、并入或拆分以前的名称，与已结束的行一致。")
    ] = None
    new: Annotated[
        str | None, column("新部门", Kind.DEPARTMENT, prompt="现在的名称，与《人员部门》中一致；拆成几个的每个一行。")
    ] = None
    on: Annotated[date | None, column("生效日期", Kind.DATE, prompt="新名称的第一天，写成 2026-03-31。")] = None


class Setting(Struct, frozen=True):
    """参数: one setting of the quality department, as text."""

    row: int
    name: Annotated[str | None, column("参数", Kind.TEXT, prompt="参数名称，请勿修改。")] = None
    value: Annotated[str | None, column("值", Kind.TEXT, prompt="由质量部设定；空白时用默认值。")] = None
    note: Annotated[str | None, column("说明", Kind.NOTE, prompt="参数的含义。")] = None


class Holiday(Struct, frozen=True):
    """节假日: one day whose rest or work differs from Mon–Fri."""

    row: int
    on: Annotated[date | None, column("日期", Kind.DATE, prompt="与周一至周五惯例不同的日子，写成 2026-03-31。")] = None
    kind: Annotated[
        str | None, column("类型", Kind.CHOICE, prompt="休：放假；班：调休上班。", choices=("休", "班"))
    ] = None
    name: Annotated[str | None, column("名称", Kind.TEXT, prompt="节日或说明，例：国庆节。")] = None


class PlanVersion(Struct, frozen=True):
    """计划: one version of 《运维服务能力改进计划》 (R03, R04)."""

    row: int
    number: Annotated[str | None, column("计划编号", Kind.KEY, prompt="例：JH-2026。每个版本一行。")] = None
    version: Annotated[str | None, column("版本", Kind.TEXT, prompt="例：V1.0。")] = None
    period_from: Annotated[date | None, column("周期起", Kind.DATE, prompt="计划周期第一天，写成 2026-03-31。")] = None
    period_to: Annotated[date | None, column("周期止", Kind.DATE, prompt="计划周期最后一天，写成 2026-03-31。")] = None
    goal: Annotated[str | None, column("总体目标", Kind.NOTE, prompt="本周期要达到的目标，尽量有数值。")] = None
    requirement: Annotated[str | None, column("总体要求", Kind.NOTE, prompt="原则、重点和要求。")] = None
    author: Annotated[str | None, column("编制人", Kind.PERSON, prompt="质量部编制人。", fact="登记")] = None
    written_on: Annotated[
        date | None, column("编制日期", Kind.DATE, prompt="写成 2026-03-31。", fact="登记", dates_fact=True)
    ] = None
    approver: Annotated[str | None, column("批准人", Kind.PERSON, prompt="总经理。", fact="审批")] = None
    approved_on: Annotated[
        date | None, column("批准日期", Kind.DATE, prompt="写成 2026-03-31。", fact="审批", dates_fact=True)
    ] = None
    approval: Annotated[
        str | None, column("批准结论", Kind.CHOICE, prompt="同意或不同意。", choices=words.APPROVALS, fact="审批")
    ] = None
    approval_evidence: Annotated[
        str | None,
        column(
            "批准凭证",
            Kind.TEXT,
            prompt="批准的原始凭证：OA 单号、邮件、签字页的存放位置。",
            fact="审批",
            came_later=True,
        ),
    ] = None


class Need(Struct, frozen=True):
    """问题需求登记: one issue, nonconformity or improvement need (R06–R10, R16, R17, R29)."""

    row: int
    number: Annotated[str | None, column("登记编号", Kind.KEY, prompt="不重复，例：XQ-2026-001。")] = None
    registered_on: Annotated[
        date | None, column("登记日期", Kind.DATE, prompt="写成 2026-03-31。", fact="登记", dates_fact=True)
    ] = None
    department: Annotated[str | None, column("登记部门", Kind.DEPARTMENT, prompt="提出问题或需求的部门。")] = None
    raised_by: Annotated[str | None, column("登记人", Kind.PERSON, prompt="填姓名，与《人员部门》中一致。")] = None
    need_class: Annotated[
        str | None,
        column(
            "类别",
            Kind.CHOICE,
            prompt="不合格：已经发生；潜在不合格：可能发生；改进需求：可以做得更好。",
            choices=words.NEED_CLASSES,
        ),
    ] = None
    source: Annotated[str | None, column("来源", Kind.CHOICE, prompt="从列表选择。", choices=words.SOURCES)] = None
    process: Annotated[
        str | None, column("过程", Kind.OPEN_CHOICE, prompt="发生在哪个过程。", choices=words.PROCESSES)
    ] = None
    description: Annotated[str | None, column("描述", Kind.NOTE, prompt="时间、现象、数量，可写客户的原话。")] = None
    is_valid: Annotated[bool | None, column("是否成立", Kind.YES_NO, prompt="经核实，问题是否属实。")] = None
    invalid_reason: Annotated[str | None, column("不成立理由", Kind.NOTE, prompt="填“否”时写明理由。")] = None
    evaluation: Annotated[
        str | None,
        column(
            "评估结论",
            Kind.CHOICE,
            prompt="采纳、不采纳、合并或暂缓；登记后 10 个工作日内评估。",
            choices=words.EVALUATIONS,
            fact="评估",
        ),
    ] = None
    evaluation_note: Annotated[
        str | None, column("评估说明", Kind.NOTE, prompt="不采纳、合并、暂缓时写明原因。", fact="评估")
    ] = None
    evaluator: Annotated[str | None, column("评估人", Kind.PERSON, prompt="质量部评估人。", fact="评估")] = None
    evaluated_on: Annotated[
        date | None, column("评估日期", Kind.DATE, prompt="写成 2026-03-31。", fact="评估", dates_fact=True)
    ] = None
    impact: Annotated[int | None, column("影响", Kind.COUNT, least=1, most=5, prompt="1 到 5，5 最大。")] = None
    urgency: Annotated[int | None, column("紧急", Kind.COUNT, least=1, most=5, prompt="1 到 5，5 最急。")] = None
    frequency: Annotated[int | None, column("频次", Kind.COUNT, least=1, most=5, prompt="1 到 5，5 最多。")] = None
    priority: Annotated[
        str | None, column("优先级", Kind.CHOICE, prompt="高、中、低；可参考影响×紧急×频次。", choices=words.PRIORITIES)
    ] = None
    receiving_department: Annotated[
        str | None, column("接收部门", Kind.DEPARTMENT, prompt="需要采取纠正或预防措施的部门。")
    ] = None
    receiver: Annotated[str | None, column("接收人", Kind.PERSON, prompt="填姓名，与《人员部门》中一致。")] = None
    reply_due_on: Annotated[date | None, column("要求回复日期", Kind.DATE, prompt="写成 2026-03-31。")] = None
    replied_on: Annotated[
        date | None, column("回复日期", Kind.DATE, prompt="写成 2026-03-31。", fact="回复", dates_fact=True)
    ] = None
    reply: Annotated[str | None, column("回复摘要", Kind.NOTE, prompt="接收部门回复的要点。", fact="回复")] = None
    tracker_numbers: Annotated[
        tuple[str, ...], column("跟踪表编号", Kind.REFS, prompt="据此登记的措施编号，可填多个，用“、”隔开。")
    ] = ()
    respond_by: Annotated[
        str | None,
        column("要求响应时间", Kind.MOMENT, prompt="顾客投诉最晚何时响应，例：2026-03-31 14:30；只写日期的为当天。"),
    ] = None
    responded_at: Annotated[
        str | None, column("响应时间", Kind.MOMENT, prompt="何时响应了顾客，例：2026-03-31 13:05。")
    ] = None
    answer_by: Annotated[
        str | None, column("要求书面回复", Kind.MOMENT, prompt="最晚何时书面回复顾客，例：2026-04-03 18:00。")
    ] = None
    answered_at: Annotated[str | None, column("回复时间", Kind.MOMENT, prompt="书面回复（客户回复函）发出的时间。")] = (
        None
    )


class Step(Struct, frozen=True):
    """措施分解: one step of an action (R48, R55)."""

    row: int
    number: Annotated[str | None, column(_NUMBER, Kind.REF, prompt="改进计划跟踪表中的编号。")] = None
    step: Annotated[str | None, column("步骤号", Kind.TEXT, prompt="1、2、3 …；同一项里不重复。")] = None
    content: Annotated[str | None, column("步骤内容", Kind.NOTE, prompt="这一步做什么，做到什么程度。")] = None
    owners: Annotated[tuple[str, ...], column("步骤责任人", Kind.PEOPLE, prompt="可填多人，用“、”隔开。")] = ()
    due_on: Annotated[date | None, column("计划完成", Kind.DATE, prompt="写成 2026-03-31。不晚于措施的完成期限。")] = (
        None
    )
    done_on: Annotated[
        date | None, column("实际完成", Kind.DATE, prompt="写成 2026-03-31。", fact="完成", dates_fact=True)
    ] = None
    output: Annotated[str | None, column("产出", Kind.NOTE, prompt="这一步留下的文件、记录或链接。")] = None
    department: Annotated[
        str | None,
        column(
            "步骤部门",
            Kind.DEPARTMENT,
            prompt="几个部门各做各的，写由哪个部门完成；各部门的步骤都完成，整项才算完成。",
            came_later=True,
        ),
    ] = None

    @property
    def called(self) -> str:
        """Its number, or the beginning of what it is, in a sentence."""
        return cut_line(self.step or self.content or "", _MOST_OF_A_STEP)


class Progress(Struct, frozen=True):
    """进展反馈: one log entry: progress, problem, resource request or check (R05, R49)."""

    row: int
    number: Annotated[str | None, column(_NUMBER, Kind.REF, prompt="改进计划跟踪表中的编号。")] = None
    on: Annotated[date | None, column("日期", Kind.DATE, prompt="写成 2026-03-31。", fact="登记", dates_fact=True)] = (
        None
    )
    recorded_by: Annotated[str | None, column("记录人", Kind.PERSON, prompt="填姓名，与《人员部门》中一致。")] = None
    kind: Annotated[
        str | None,
        column(
            "类型",
            Kind.CHOICE,
            prompt="进展、问题、资源申请、检查，质量部的人工提醒，或退回以后的重新报批。",
            choices=words.PROGRESS_TYPES,
        ),
    ] = None
    content: Annotated[
        str | None,
        column("内容", Kind.NOTE, prompt="进展写数量；问题写需要谁做什么；资源申请写金额；提醒写方式和凭证。"),
    ] = None
    addressee: Annotated[
        str | None, column("反馈对象", Kind.TEXT, prompt="反馈给哪个部门或哪个人；提醒的，写提醒了谁。")
    ] = None
    needs_general_manager: Annotated[
        bool | None, column("需总经理协调", Kind.YES_NO, prompt="需要总经理出面时填“是”。")
    ] = None
    answer: Annotated[str | None, column("处理意见", Kind.NOTE, prompt="被反馈的部门或总经理的答复。", fact="处理")] = (
        None
    )
    answered_by: Annotated[
        str | None, column("处理人", Kind.PERSON, prompt="填姓名，与《人员部门》中一致。", fact="处理")
    ] = None
    answered_on: Annotated[
        date | None,
        column("处理日期", Kind.DATE, prompt="写成 2026-03-31。5 个工作日内答复。", fact="处理", dates_fact=True),
    ] = None
    conclusion: Annotated[str | None, column("结论", Kind.TEXT, prompt="例：已解决、同意、不同意。", fact="处理")] = (
        None
    )


class Extension(Struct, frozen=True):
    """延期记录: one change of a due date (R61)."""

    row: int
    number: Annotated[str | None, column(_NUMBER, Kind.REF, prompt="改进计划跟踪表中的编号。")] = None
    asked_on: Annotated[
        date | None,
        column("申请日期", Kind.DATE, prompt="写成 2026-03-31。应在原期限之前申请。", fact="登记", dates_fact=True),
    ] = None
    asked_by: Annotated[str | None, column("申请人", Kind.PERSON, prompt="填姓名，与《人员部门》中一致。")] = None
    old_due_on: Annotated[date | None, column("原期限", Kind.DATE, prompt="改期前的完成期限，写成 2026-03-31。")] = None
    new_due_on: Annotated[date | None, column("新期限", Kind.DATE, prompt="申请的完成期限，写成 2026-03-31。")] = None
    reason: Annotated[str | None, column("理由", Kind.NOTE, prompt="为什么不能按期，附什么依据。")] = None
    approver: Annotated[str | None, column("批准人", Kind.PERSON, prompt="与该措施的批准权限相同。", fact="审批")] = (
        None
    )
    approved_on: Annotated[
        date | None, column("批准日期", Kind.DATE, prompt="写成 2026-03-31。", fact="审批", dates_fact=True)
    ] = None
    approval: Annotated[
        str | None,
        column("结论", Kind.CHOICE, prompt="同意后再改跟踪表的完成期限。", choices=words.APPROVALS, fact="审批"),
    ] = None

    @property
    def postpones(self) -> bool:
        """An approved record that moves the deadline later; one that moves it forward, or nowhere, is none (延期)."""
        if self.approval != words.AGREED or self.new_due_on is None:
            return False
        return self.old_due_on is None or self.new_due_on > self.old_due_on


class Confirmation(Struct, frozen=True):
    """效果确认: one confirmation round; the latest by 确认日期 wins over the main row (R62–R65)."""

    row: int
    number: Annotated[str | None, column(_NUMBER, Kind.REF, prompt="改进计划跟踪表中的编号。")] = None
    round: Annotated[int | None, column("轮次", Kind.COUNT, least=1, prompt="第几轮确认，1、2 …；同一项里不重复。")] = (
        None
    )
    observed_from: Annotated[date | None, column("观察起", Kind.DATE, prompt="观察期第一天，写成 2026-03-31。")] = None
    observed_to: Annotated[date | None, column("观察止", Kind.DATE, prompt="观察期最后一天，写成 2026-03-31。")] = None
    indicator: Annotated[str | None, column("指标", Kind.TEXT, prompt="与跟踪表的效果指标一致。")] = None
    n_before: Annotated[float | None, column("改进前n", Kind.NUMBER, prompt="改进前的总数（件、次），只填数字。")] = (
        None
    )
    bad_before: Annotated[
        float | None, column("改进前不合格", Kind.NUMBER, prompt="改进前不合格的数目，只填数字。")
    ] = None
    value_before: Annotated[
        float | None,
        column("改进前值", Kind.NUMBER, measured=True, prompt="改进前指标的数值，只填数字，单位与跟踪表相同。"),
    ] = None
    n_after: Annotated[
        float | None, column("改进后n", Kind.NUMBER, prompt="改进后的总数（件、次），只填数字。", fact="确认")
    ] = None
    bad_after: Annotated[
        float | None, column("改进后不合格", Kind.NUMBER, prompt="改进后不合格的数目，只填数字。", fact="确认")
    ] = None
    value_after: Annotated[
        float | None,
        column(
            "改进后值", Kind.NUMBER, measured=True, prompt="改进后指标的数值，只填数字，单位与跟踪表相同。", fact="确认"
        ),
    ] = None
    effect: Annotated[
        str | None, column("结论", Kind.CHOICE, prompt="有效、部分有效或无效。", choices=words.EFFECTS, fact="确认")
    ] = None
    evaluating_department: Annotated[
        str | None, column("评价组织部门", Kind.DEPARTMENT, prompt="组织评价的部门。", fact="确认")
    ] = None
    participants: Annotated[
        tuple[str, ...], column("参加人", Kind.PEOPLE, prompt="可填多人，用“、”隔开。", fact="确认")
    ] = ()
    confirmer: Annotated[str | None, column("确认人", Kind.PERSON, prompt="归口部门负责人。", fact="确认")] = None
    confirmed_on: Annotated[
        date | None, column("确认日期", Kind.DATE, prompt="写成 2026-03-31。", fact="确认", dates_fact=True)
    ] = None
    basis: Annotated[str | None, column("依据", Kind.NOTE, prompt="数据来源、记录编号或检查结果。", fact="确认")] = None


class Correction(Struct, frozen=True):
    """更正记录: one mistake in a row, taken back or put right with somebody's word."""

    row: int
    number: Annotated[str | None, column(_NUMBER, Kind.REF, prompt="改进计划跟踪表中的编号。")] = None
    kind: Annotated[
        str | None,
        column(
            "类型",
            Kind.CHOICE,
            prompt="重开：误关闭的重新实施；撤销确认：只撤销效果确认；更正：改正某一格。",
            choices=words.CORRECTIONS,
        ),
    ] = None
    field: Annotated[str | None, column("项目", Kind.TEXT, prompt="改的是哪一列，照抄列名，例：效果结论。")] = None
    before: Annotated[str | None, column("原内容", Kind.NOTE, prompt="改以前写的是什么。")] = None
    after: Annotated[str | None, column("更正后", Kind.NOTE, prompt="与格里现在的内容相同；重开、撤销确认可不填。")] = (
        None
    )
    reason: Annotated[str | None, column("原因", Kind.NOTE, prompt="怎么错的，凭什么改。")] = None
    approver: Annotated[
        str | None, column("批准人", Kind.PERSON, prompt="质量部负责人或总经理，不能是本项责任人。", fact="登记")
    ] = None
    on: Annotated[
        date | None,
        column(
            "日期",
            Kind.DATE,
            prompt="写成 2026-03-31。这一天及以前的确认（重开时连同完成）不再算数。",
            fact="登记",
            dates_fact=True,
        ),
    ] = None


class Revision(Struct, frozen=True):
    """文件修订: one document whose revision a confirmed action asks for (R66–R68)."""

    row: int
    number: Annotated[str | None, column(_NUMBER, Kind.REF, prompt="改进计划跟踪表中的编号。")] = None
    document_number: Annotated[str | None, column("文件编号", Kind.TEXT, prompt="例：OPS-QP-08。")] = None
    document_name: Annotated[str | None, column("文件名称", Kind.TEXT, prompt="文件全称。")] = None
    document_class: Annotated[
        str | None, column("文件类别", Kind.CHOICE, prompt="技术或管理。", choices=words.DOCUMENT_CLASSES)
    ] = None
    clause: Annotated[str | None, column("条款", Kind.TEXT, prompt="要改的条款，例：5.3。")] = None
    old_version: Annotated[str | None, column("现行版本", Kind.TEXT, prompt="例：V2.1。")] = None
    proposal: Annotated[str | None, column("修改意见", Kind.NOTE, prompt="改成什么，为什么。")] = None
    proposed_by: Annotated[str | None, column("提出人", Kind.PERSON, prompt="填姓名，与《人员部门》中一致。")] = None
    proposed_on: Annotated[
        date | None, column("提出日期", Kind.DATE, prompt="写成 2026-03-31。", fact="登记", dates_fact=True)
    ] = None
    approver: Annotated[str | None, column("批准人", Kind.PERSON, prompt="该文件的批准人。", fact="审批")] = None
    approved_on: Annotated[
        date | None, column("批准日期", Kind.DATE, prompt="写成 2026-03-31。", fact="审批", dates_fact=True)
    ] = None
    approval: Annotated[
        str | None, column("结论", Kind.CHOICE, prompt="同意或不同意。", choices=words.APPROVALS, fact="审批")
    ] = None
    refusal_reason: Annotated[str | None, column("不同意理由", Kind.NOTE, prompt="不同意时写明理由。", fact="审批")] = (
        None
    )
    reviser: Annotated[str | None, column("修订人", Kind.PERSON, prompt="填姓名，与《人员部门》中一致。")] = None
    due_on: Annotated[date | None, column("计划完成", Kind.DATE, prompt="计划修订完成的日期，写成 2026-03-31。")] = None
    revised_on: Annotated[
        date | None,
        column("修订完成日期", Kind.DATE, prompt="新版本发布的日期，写成 2026-03-31。", fact="修订", dates_fact=True),
    ] = None
    new_version: Annotated[str | None, column("新版本", Kind.TEXT, prompt="例：V2.2。", fact="修订")] = None

    @property
    def called(self) -> str:
        """The document in a sentence: its number, else its name."""
        return cut_quote(self.document_number or self.document_name or "文件")


class Decision(Struct, frozen=True):
    """管理评审: one decision of a management review (R37, R72)."""

    row: int
    number: Annotated[
        str | None, column("评审编号", Kind.KEY, prompt="例：GLPS-2026-01；同一次评审的每项决议一行。")
    ] = None
    item: Annotated[str | None, column("决议序号", Kind.TEXT, prompt="1、2、3 …；同一次评审里不重复。")] = None
    on: Annotated[
        date | None, column("日期", Kind.DATE, prompt="评审会议日期，写成 2026-03-31。", fact="登记", dates_fact=True)
    ] = None
    chair: Annotated[str | None, column("主持人", Kind.PERSON, prompt="填姓名，与《人员部门》中一致。")] = None
    topic: Annotated[str | None, column("议题", Kind.NOTE, prompt="讨论的事项。")] = None
    input_numbers: Annotated[
        tuple[str, ...], column("相关编号", Kind.REFS, prompt="提交评审的措施编号，可填多个，用“、”隔开。")
    ] = ()
    decision: Annotated[str | None, column("决议", Kind.NOTE, prompt="决定了什么。")] = None
    conclusion: Annotated[str | None, column("结论", Kind.CHOICE, prompt="同意或不同意。", choices=words.APPROVALS)] = (
        None
    )
    responsible_department: Annotated[str | None, column("责任部门", Kind.DEPARTMENT, prompt="落实决议的部门。")] = None
    due_on: Annotated[date | None, column("完成期限", Kind.DATE, prompt="写成 2026-03-31。")] = None
    tracker_numbers: Annotated[
        tuple[str, ...], column("跟踪表编号", Kind.REFS, prompt="为落实决议登记的措施编号，可填多个，用“、”隔开。")
    ] = ()


class Measurement(Struct, frozen=True):
    """过程指标: one indicator in one period (R13, R14)."""

    row: int
    process: Annotated[str | None, column("过程", Kind.OPEN_CHOICE, prompt="从列表选择。", choices=words.PROCESSES)] = (
        None
    )
    indicator: Annotated[str | None, column("指标", Kind.TEXT, prompt="指标名称，各期写法一致。")] = None
    formula: Annotated[str | None, column("公式", Kind.TEXT, prompt="怎样计算。")] = None
    unit: Annotated[str | None, column("单位", Kind.TEXT, prompt="例：%、次、小时。")] = None
    direction: Annotated[
        str | None, column("方向", Kind.OPEN_CHOICE, prompt="越大越好或越小越好。", choices=words.DIRECTIONS)
    ] = None
    target: Annotated[float | None, column("目标值", Kind.NUMBER, measured=True, prompt="只填数字。")] = None
    frequency: Annotated[
        str | None, column("频度", Kind.OPEN_CHOICE, prompt="月、季、半年或年。", choices=words.FREQUENCIES)
    ] = None
    department: Annotated[str | None, column("责任部门", Kind.DEPARTMENT, prompt="负责统计的部门。")] = None
    period: Annotated[
        str | None, column("期间", Kind.PERIOD, prompt="月写 2026-03，季写 2026Q1，半年写 2026H1，年写 2026。")
    ] = None
    numerator: Annotated[float | None, column("分子", Kind.NUMBER, prompt="只填数字。")] = None
    denominator: Annotated[float | None, column("分母", Kind.NUMBER, prompt="只填数字。")] = None
    value: Annotated[float | None, column("实测值", Kind.NUMBER, measured=True, prompt="只填数字。")] = None
    disposition_number: Annotated[
        str | None,
        column("未达标处置编号", Kind.TEXT, prompt="未达标时，对应的措施编号或登记编号，可填多个，用“、”隔开。"),
    ] = None


class Observation(Struct, frozen=True):
    """质量数据: one observation of quality data, long form (R38–R40)."""

    row: int
    period: Annotated[str | None, column("期间", Kind.PERIOD, prompt="日期或月份，例：2026-03-15 或 2026-03。")] = None
    department: Annotated[str | None, column("部门", Kind.DEPARTMENT, prompt="数据所属的部门。")] = None
    data_class: Annotated[
        str | None, column("数据类别", Kind.OPEN_CHOICE, prompt="从列表选择，也可另写。", choices=words.DATA_CLASSES)
    ] = None
    item: Annotated[str | None, column("项目", Kind.TEXT, prompt="项目或合同名称。")] = None
    supplier: Annotated[str | None, column("供方", Kind.TEXT, prompt="供方业绩数据填供方名称。")] = None
    process: Annotated[str | None, column("过程", Kind.OPEN_CHOICE, prompt="从列表选择。", choices=words.PROCESSES)] = (
        None
    )
    category: Annotated[str | None, column("类别", Kind.TEXT, prompt="不合格或事件的类别，用于排列图。")] = None
    indicator: Annotated[str | None, column("指标", Kind.TEXT, prompt="指标名称，各期写法一致。")] = None
    sample_size: Annotated[float | None, column("样本量", Kind.NUMBER, prompt="总数，只填数字。")] = None
    nonconforming: Annotated[float | None, column("不合格数", Kind.NUMBER, prompt="其中不合格的数目，只填数字。")] = (
        None
    )
    value: Annotated[float | None, column("数值", Kind.NUMBER, measured=True, prompt="计量数据的数值，只填数字。")] = (
        None
    )
    unit: Annotated[str | None, column("单位", Kind.TEXT, prompt="例：次、小时、mΩ。")] = None
    remark: Annotated[str | None, column("备注", Kind.NOTE, prompt="需要说明的事。")] = None


class Analysis(Struct, frozen=True):
    """分析记录: one analysis or signal; 结论=无 answers a source that had nothing (R21, R39–R42)."""

    row: int
    number: Annotated[str | None, column("分析编号", Kind.KEY, prompt="不重复，例：FX-2026-001。")] = None
    on: Annotated[
        date | None,
        column(
            "日期",
            Kind.DATE,
            prompt="写成 2026-03-31。回答信号的，不早于出现异常的那个月。",
            fact="登记",
            dates_fact=True,
        ),
    ] = None
    period: Annotated[str | None, column("期间", Kind.PERIOD, prompt="分析的数据期间，例：2026-03、2026Q1。")] = None
    department: Annotated[
        str | None, column("部门", Kind.DEPARTMENT, prompt="数据所属的部门；回答信号的，与《质量数据》写的相同。")
    ] = None
    source: Annotated[
        str | None,
        column("数据来源", Kind.TEXT, prompt="数据从哪里来；说明一类来源没有情况的，写来源名称，例：内部审核。"),
    ] = None
    data_range: Annotated[
        str | None,
        column("数据范围", Kind.TEXT, prompt="哪些数据、多少条；回答信号的，写出《质量数据》里的项目或指标名称。"),
    ] = None
    method: Annotated[str | None, column("方法", Kind.TEXT, prompt="排列图、趋势、控制图等。")] = None
    signal: Annotated[
        str | None, column("信号", Kind.NOTE, prompt="看出了什么异常或趋势，写出项目或指标名称；没有的写“无”。")
    ] = None
    conclusion: Annotated[
        str | None,
        column("结论", Kind.NOTE, prompt="结论；回答信号的，写出项目或指标名称；确实没有数据或信号的写“无”。"),
    ] = None
    disposition: Annotated[
        str | None, column("处置", Kind.CHOICE, prompt="预防措施、不采取或观察。", choices=words.SIGNAL_DISPOSITIONS)
    ] = None
    tracker_numbers: Annotated[
        tuple[str, ...], column("跟踪表编号", Kind.REFS, prompt="据此登记的措施编号，可填多个，用“、”隔开。")
    ] = ()
    reason: Annotated[str | None, column("理由", Kind.NOTE, prompt="不采取措施或观察的理由。")] = None


class Excuse(Struct, frozen=True):
    """例外说明: one accepted exception, signed by 质量部负责人 or the row's approver."""

    row: int
    number: Annotated[
        str | None,
        column(_NUMBER, Kind.REF, prompt="《校验结果》中的编号，可填多个，用“、”隔开；说明一段期间的，留空并填期间。"),
    ] = None
    rule: Annotated[str | None, column("规则", Kind.TEXT, prompt="《校验结果》中的规则编号，可填多个，例：AP06。")] = (
        None
    )
    period: Annotated[
        str | None,
        column(
            "期间",
            Kind.PERIOD,
            prompt="同一规则在一段期间内的各项一并说明时填，例：2026-03、2026Q1、一个日期，或 2026-03-02至2026-03-08。",
            takes_span=True,
        ),
    ] = None
    note: Annotated[str | None, column("说明", Kind.NOTE, prompt="事实经过，为什么可以接受。")] = None
    signed_by: Annotated[
        str | None, column("确认人", Kind.PERSON, prompt="质量部负责人，或该措施的批准人。", fact="登记")
    ] = None
    on: Annotated[date | None, column("日期", Kind.DATE, prompt="写成 2026-03-31。", fact="登记", dates_fact=True)] = (
        None
    )


class LedgerRow(Struct, frozen=True):
    """提醒台账 (owned): one reminder to one recipient, mirrored from the journal (R59)."""

    row: int
    workbook_id: Annotated[str | None, column("工作簿标识", Kind.TEXT, ours=True)] = None
    number: Annotated[str | None, column(_NUMBER, Kind.TEXT, ours=True)] = None
    milestone: Annotated[str | None, column("里程碑", Kind.TEXT, ours=True)] = None
    due_version: Annotated[str | None, column("期限版本", Kind.TEXT, ours=True)] = None
    occurrence: Annotated[str | None, column("次序", Kind.TEXT, ours=True)] = None
    recipient: Annotated[str | None, column("收件人", Kind.TEXT, ours=True)] = None
    planned_on: Annotated[str | None, column("计划日期", Kind.TEXT, ours=True)] = None
    sent_at: Annotated[str | None, column("发送时间", Kind.TEXT, ours=True)] = None
    result: Annotated[str | None, column("结果", Kind.TEXT, ours=True)] = None
    transport: Annotated[str | None, column("方式", Kind.TEXT, ours=True)] = None
    message_id: Annotated[str | None, column("消息号", Kind.TEXT, ours=True)] = None
    mark: Annotated[str | None, column("校验码", Kind.TEXT, ours=True)] = None


class FindingRow(Struct, frozen=True):
    """校验结果 (owned): one Problem as printed in the workbook; no clock in it."""

    row: int
    severity: Annotated[str | None, column("程度", Kind.TEXT, aliases=("严重程度",), ours=True)] = None
    rule: Annotated[str | None, column("规则", Kind.TEXT, ours=True)] = None
    clause: Annotated[str | None, column("条款", Kind.TEXT, ours=True)] = None
    sheet: Annotated[str | None, column("工作表", Kind.TEXT, ours=True)] = None
    cell: Annotated[str | None, column("单元格", Kind.TEXT, ours=True)] = None
    number: Annotated[str | None, column(_NUMBER, Kind.TEXT, ours=True)] = None
    message: Annotated[str | None, column("问题", Kind.TEXT, ours=True)] = None
    fix: Annotated[str | None, column("处理办法", Kind.TEXT, ours=True)] = None
    link: Annotated[str | None, column("链接", Kind.TEXT, ours=True)] = None
