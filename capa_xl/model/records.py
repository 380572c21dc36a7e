"""The rows of the sheets around the tracker, and so the schema of those sheets (workbook.md, *Other sheets*)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from capa_xl.model import words
from capa_xl.model.columns import Kind, column

_NUMBER = "编号"


@dataclass(frozen=True, slots=True)
class Person:
    """人员部门: one person in one role for one period; without dates the row always holds (R73)."""

    row: int
    name: str | None = column("姓名", Kind.PERSON)
    department: str | None = column("部门", Kind.DEPARTMENT)
    role: str | None = column("角色", Kind.CHOICE, choices=words.ROLES)
    email: str | None = column("邮箱", Kind.TEXT)
    deputy: str | None = column("代理人", Kind.PERSON)
    deputy_from: date | None = column("代理起", Kind.DATE)
    deputy_to: date | None = column("代理止", Kind.DATE)
    active: bool | None = column("在职", Kind.YES_NO)
    owned_processes: tuple[str, ...] = column("归口过程", Kind.CHOICES, choices=words.PROCESSES)
    valid_from: date | None = column("生效日期", Kind.DATE)
    valid_to: date | None = column("失效日期", Kind.DATE)


@dataclass(frozen=True, slots=True)
class Setting:
    """参数: one setting of the quality department, as text."""

    row: int
    name: str | None = column("参数", Kind.TEXT)
    value: str | None = column("值", Kind.TEXT)
    note: str | None = column("说明", Kind.NOTE)


@dataclass(frozen=True, slots=True)
class Holiday:
    """节假日: one day whose rest or work differs from Mon–Fri."""

    row: int
    on: date | None = column("日期", Kind.DATE)
    kind: str | None = column("类型", Kind.CHOICE, choices=("休", "班"))
    name: str | None = column("名称", Kind.TEXT)


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """计划: one version of 《运维服务能力改进计划》 (R03, R04)."""

    row: int
    number: str | None = column("计划编号", Kind.KEY)
    version: str | None = column("版本", Kind.TEXT)
    period_from: date | None = column("周期起", Kind.DATE)
    period_to: date | None = column("周期止", Kind.DATE)
    goal: str | None = column("总体目标", Kind.NOTE)
    requirement: str | None = column("总体要求", Kind.NOTE)
    author: str | None = column("编制人", Kind.PERSON, fact="登记")
    written_on: date | None = column("编制日期", Kind.DATE, fact="登记", dates_fact=True)
    approver: str | None = column("批准人", Kind.PERSON, fact="审批")
    approved_on: date | None = column("批准日期", Kind.DATE, fact="审批", dates_fact=True)
    approval: str | None = column("批准结论", Kind.CHOICE, choices=words.APPROVALS, fact="审批")


@dataclass(frozen=True, slots=True)
class Need:
    """问题需求登记: one issue, nonconformity or improvement need (R06–R10, R16, R17, R29)."""

    row: int
    number: str | None = column("登记编号", Kind.KEY)
    registered_on: date | None = column("登记日期", Kind.DATE, fact="登记", dates_fact=True)
    department: str | None = column("登记部门", Kind.DEPARTMENT)
    raised_by: str | None = column("登记人", Kind.PERSON)
    need_class: str | None = column("类别", Kind.CHOICE, choices=words.NEED_CLASSES)
    source: str | None = column("来源", Kind.CHOICE, choices=words.SOURCES)
    process: str | None = column("过程", Kind.OPEN_CHOICE, choices=words.PROCESSES)
    description: str | None = column("描述", Kind.NOTE)
    is_valid: bool | None = column("是否成立", Kind.YES_NO)
    invalid_reason: str | None = column("不成立理由", Kind.NOTE)
    evaluation: str | None = column("评估结论", Kind.CHOICE, choices=words.EVALUATIONS, fact="评估")
    evaluation_note: str | None = column("评估说明", Kind.NOTE, fact="评估")
    evaluator: str | None = column("评估人", Kind.PERSON, fact="评估")
    evaluated_on: date | None = column("评估日期", Kind.DATE, fact="评估", dates_fact=True)
    impact: int | None = column("影响", Kind.COUNT)
    urgency: int | None = column("紧急", Kind.COUNT)
    frequency: int | None = column("频次", Kind.COUNT)
    priority: str | None = column("优先级", Kind.CHOICE, choices=words.PRIORITIES)
    receiving_department: str | None = column("接收部门", Kind.DEPARTMENT)
    receiver: str | None = column("接收人", Kind.PERSON)
    reply_due_on: date | None = column("要求回复日期", Kind.DATE)
    replied_on: date | None = column("回复日期", Kind.DATE, fact="回复", dates_fact=True)
    reply: str | None = column("回复摘要", Kind.NOTE, fact="回复")
    tracker_numbers: tuple[str, ...] = column("跟踪表编号", Kind.REFS)


@dataclass(frozen=True, slots=True)
class Step:
    """措施分解: one step of an action (R48, R55)."""

    row: int
    number: str | None = column(_NUMBER, Kind.REF)
    step: str | None = column("步骤号", Kind.TEXT)
    content: str | None = column("步骤内容", Kind.NOTE)
    owners: tuple[str, ...] = column("步骤责任人", Kind.PEOPLE)
    due_on: date | None = column("计划完成", Kind.DATE)
    done_on: date | None = column("实际完成", Kind.DATE, fact="完成", dates_fact=True)
    output: str | None = column("产出", Kind.NOTE)


@dataclass(frozen=True, slots=True)
class Progress:
    """进展反馈: one log entry: progress, problem, resource request or check (R05, R49)."""

    row: int
    number: str | None = column(_NUMBER, Kind.REF)
    on: date | None = column("日期", Kind.DATE, fact="登记", dates_fact=True)
    recorded_by: str | None = column("记录人", Kind.PERSON)
    kind: str | None = column("类型", Kind.CHOICE, choices=words.PROGRESS_TYPES)
    content: str | None = column("内容", Kind.NOTE)
    addressee: str | None = column("反馈对象", Kind.TEXT)
    needs_general_manager: bool | None = column("需总经理协调", Kind.YES_NO)
    answer: str | None = column("处理意见", Kind.NOTE, fact="处理")
    answered_by: str | None = column("处理人", Kind.PERSON, fact="处理")
    answered_on: date | None = column("处理日期", Kind.DATE, fact="处理", dates_fact=True)
    conclusion: str | None = column("结论", Kind.TEXT, fact="处理")


@dataclass(frozen=True, slots=True)
class Extension:
    """延期记录: one change of a due date (R61)."""

    row: int
    number: str | None = column(_NUMBER, Kind.REF)
    asked_on: date | None = column("申请日期", Kind.DATE, fact="登记", dates_fact=True)
    asked_by: str | None = column("申请人", Kind.PERSON)
    old_due_on: date | None = column("原期限", Kind.DATE)
    new_due_on: date | None = column("新期限", Kind.DATE)
    reason: str | None = column("理由", Kind.NOTE)
    approver: str | None = column("批准人", Kind.PERSON, fact="审批")
    approved_on: date | None = column("批准日期", Kind.DATE, fact="审批", dates_fact=True)
    approval: str | None = column("结论", Kind.CHOICE, choices=words.APPROVALS, fact="审批")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """效果确认: one confirmation round; the latest by 确认日期 wins over the main row (R62–R65)."""

    row: int
    number: str | None = column(_NUMBER, Kind.REF)
    round: int | None = column("轮次", Kind.COUNT)
    observed_from: date | None = column("观察起", Kind.DATE)
    observed_to: date | None = column("观察止", Kind.DATE)
    indicator: str | None = column("指标", Kind.TEXT)
    n_before: float | None = column("改进前n", Kind.NUMBER)
    bad_before: float | None = column("改进前不合格", Kind.NUMBER)
    value_before: float | None = column("改进前值", Kind.NUMBER)
    n_after: float | None = column("改进后n", Kind.NUMBER, fact="确认")
    bad_after: float | None = column("改进后不合格", Kind.NUMBER, fact="确认")
    value_after: float | None = column("改进后值", Kind.NUMBER, fact="确认")
    effect: str | None = column("结论", Kind.CHOICE, choices=words.EFFECTS, fact="确认")
    evaluating_department: str | None = column("评价组织部门", Kind.DEPARTMENT, fact="确认")
    participants: tuple[str, ...] = column("参加人", Kind.PEOPLE, fact="确认")
    confirmer: str | None = column("确认人", Kind.PERSON, fact="确认")
    confirmed_on: date | None = column("确认日期", Kind.DATE, fact="确认", dates_fact=True)
    basis: str | None = column("依据", Kind.NOTE, fact="确认")


@dataclass(frozen=True, slots=True)
class Revision:
    """文件修订: one document whose revision a confirmed action asks for (R66–R68)."""

    row: int
    number: str | None = column(_NUMBER, Kind.REF)
    document_number: str | None = column("文件编号", Kind.TEXT)
    document_name: str | None = column("文件名称", Kind.TEXT)
    document_class: str | None = column("文件类别", Kind.CHOICE, choices=words.DOCUMENT_CLASSES)
    clause: str | None = column("条款", Kind.TEXT)
    old_version: str | None = column("现行版本", Kind.TEXT)
    proposal: str | None = column("修改意见", Kind.NOTE)
    proposed_by: str | None = column("提出人", Kind.PERSON)
    proposed_on: date | None = column("提出日期", Kind.DATE, fact="登记", dates_fact=True)
    approver: str | None = column("批准人", Kind.PERSON, fact="审批")
    approved_on: date | None = column("批准日期", Kind.DATE, fact="审批", dates_fact=True)
    approval: str | None = column("结论", Kind.CHOICE, choices=words.APPROVALS, fact="审批")
    refusal_reason: str | None = column("不同意理由", Kind.NOTE, fact="审批")
    reviser: str | None = column("修订人", Kind.PERSON)
    due_on: date | None = column("计划完成", Kind.DATE)
    revised_on: date | None = column("修订完成日期", Kind.DATE, fact="修订", dates_fact=True)
    new_version: str | None = column("新版本", Kind.TEXT, fact="修订")


@dataclass(frozen=True, slots=True)
class Decision:
    """管理评审: one decision of a management review (R37, R72)."""

    row: int
    number: str | None = column("评审编号", Kind.KEY)
    item: str | None = column("决议序号", Kind.TEXT)
    on: date | None = column("日期", Kind.DATE, fact="登记", dates_fact=True)
    chair: str | None = column("主持人", Kind.PERSON)
    topic: str | None = column("议题", Kind.NOTE)
    input_numbers: tuple[str, ...] = column("相关编号", Kind.REFS)
    decision: str | None = column("决议", Kind.NOTE)
    conclusion: str | None = column("结论", Kind.CHOICE, choices=words.APPROVALS)
    responsible_department: str | None = column("责任部门", Kind.DEPARTMENT)
    due_on: date | None = column("完成期限", Kind.DATE)
    tracker_numbers: tuple[str, ...] = column("跟踪表编号", Kind.REFS)


@dataclass(frozen=True, slots=True)
class Measurement:
    """过程指标: one indicator in one period (R13, R14)."""

    row: int
    process: str | None = column("过程", Kind.OPEN_CHOICE, choices=words.PROCESSES)
    indicator: str | None = column("指标", Kind.TEXT)
    formula: str | None = column("公式", Kind.TEXT)
    unit: str | None = column("单位", Kind.TEXT)
    direction: str | None = column("方向", Kind.OPEN_CHOICE, choices=words.DIRECTIONS)
    target: float | None = column("目标值", Kind.NUMBER)
    frequency: str | None = column("频度", Kind.OPEN_CHOICE, choices=words.FREQUENCIES)
    department: str | None = column("责任部门", Kind.DEPARTMENT)
    period: str | None = column("期间", Kind.PERIOD)
    numerator: float | None = column("分子", Kind.NUMBER)
    denominator: float | None = column("分母", Kind.NUMBER)
    value: float | None = column("实测值", Kind.NUMBER)
    disposition_number: str | None = column("未达标处置编号", Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Observation:
    """质量数据: one observation of quality data, long form (R38–R40)."""

    row: int
    period: str | None = column("期间", Kind.PERIOD)
    department: str | None = column("部门", Kind.DEPARTMENT)
    data_class: str | None = column("数据类别", Kind.OPEN_CHOICE, choices=words.DATA_CLASSES)
    item: str | None = column("项目", Kind.TEXT)
    supplier: str | None = column("供方", Kind.TEXT)
    process: str | None = column("过程", Kind.OPEN_CHOICE, choices=words.PROCESSES)
    category: str | None = column("类别", Kind.TEXT)
    indicator: str | None = column("指标", Kind.TEXT)
    sample_size: float | None = column("样本量", Kind.NUMBER)
    nonconforming: float | None = column("不合格数", Kind.NUMBER)
    value: float | None = column("数值", Kind.NUMBER)
    unit: str | None = column("单位", Kind.TEXT)
    remark: str | None = column("备注", Kind.NOTE)


@dataclass(frozen=True, slots=True)
class Analysis:
    """分析记录: one analysis or signal; 结论=无 answers a source that had nothing (R21, R39–R42)."""

    row: int
    number: str | None = column("分析编号", Kind.KEY)
    on: date | None = column("日期", Kind.DATE, fact="登记", dates_fact=True)
    period: str | None = column("期间", Kind.PERIOD)
    department: str | None = column("部门", Kind.DEPARTMENT)
    source: str | None = column("数据来源", Kind.TEXT)
    data_range: str | None = column("数据范围", Kind.TEXT)
    method: str | None = column("方法", Kind.TEXT)
    signal: str | None = column("信号", Kind.NOTE)
    conclusion: str | None = column("结论", Kind.NOTE)
    disposition: str | None = column("处置", Kind.CHOICE, choices=words.SIGNAL_DISPOSITIONS)
    tracker_numbers: tuple[str, ...] = column("跟踪表编号", Kind.REFS)
    reason: str | None = column("理由", Kind.NOTE)


@dataclass(frozen=True, slots=True)
class Excuse:
    """例外说明: one accepted exception, signed by 质量部负责人 or the row's approver."""

    row: int
    number: str | None = column(_NUMBER, Kind.REF)
    rule: str | None = column("规则", Kind.TEXT)
    note: str | None = column("说明", Kind.NOTE)
    signed_by: str | None = column("确认人", Kind.PERSON, fact="登记")
    on: date | None = column("日期", Kind.DATE, fact="登记", dates_fact=True)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """提醒台账 (owned): one reminder to one recipient, mirrored from the journal (R59)."""

    row: int
    workbook_id: str | None = column("工作簿标识", Kind.TEXT, ours=True)
    number: str | None = column(_NUMBER, Kind.TEXT, ours=True)
    milestone: str | None = column("里程碑", Kind.TEXT, ours=True)
    due_version: str | None = column("期限版本", Kind.TEXT, ours=True)
    occurrence: str | None = column("次序", Kind.TEXT, ours=True)
    recipient: str | None = column("收件人", Kind.TEXT, ours=True)
    planned_on: str | None = column("计划日期", Kind.TEXT, ours=True)
    sent_at: str | None = column("发送时间", Kind.TEXT, ours=True)
    result: str | None = column("结果", Kind.TEXT, ours=True)
    transport: str | None = column("方式", Kind.TEXT, ours=True)
    message_id: str | None = column("消息号", Kind.TEXT, ours=True)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """校验结果 (owned): one Problem as printed in the workbook; no clock in it."""

    row: int
    severity: str | None = column("严重程度", Kind.TEXT, ours=True)
    rule: str | None = column("规则", Kind.TEXT, ours=True)
    clause: str | None = column("条款", Kind.TEXT, ours=True)
    sheet: str | None = column("工作表", Kind.TEXT, ours=True)
    cell: str | None = column("单元格", Kind.TEXT, ours=True)
    number: str | None = column(_NUMBER, Kind.TEXT, ours=True)
    message: str | None = column("问题", Kind.TEXT, ours=True)
    fix: str | None = column("处理办法", Kind.TEXT, ours=True)
    link: str | None = column("链接", Kind.TEXT, ours=True)
