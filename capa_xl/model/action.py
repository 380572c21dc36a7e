"""The action: one row of the 改进计划跟踪表, and so the schema of that sheet.

Field order is column order in the blank workbook. Aliases are the headings of real tracking tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from capa_xl.model import words
from capa_xl.model.columns import Kind, column

TRACKER_SHEET = "改进计划跟踪表"
BANDS = ("登记", "分析", "策划", "审批", "实施", "检查", "确认", "归档", "自动")


@dataclass(frozen=True, slots=True)
class Action:
    """One corrective, preventive or improvement action as people wrote it; blank is None or ().

    Attributes:
        row: 1-based row in the sheet; the address of a value is `Table.cell(action, key)`.
    """

    row: int

    # 登记
    number: str | None = column(
        "编号", Kind.KEY, band="登记", fact="登记", filled_by="质量部",
        aliases=("No.", "NO.", "No", "单据编号", "问题编号", "事件编号", "整改编号", "隐患编号", "不符合项编号", "决议编号",
                 "督办序号", "CAPA编号", "CAPA ID", "CAPA #", "改进编号", "序号"),
    )  # fmt: skip
    description: str | None = column(
        "问题描述", Kind.NOTE, band="登记", fact="登记", filled_by="提出人",
        aliases=("问题", "问题点", "存在问题", "现状问题", "不符合描述", "不符合项描述", "不良描述", "隐患描述", "事项", "督办事项",
                 "决议内容", "改进项目", "Description", "CAPA Description"),
    )  # fmt: skip
    registered_on: date | None = column(
        "登记日期", Kind.DATE, band="登记", fact="登记", dates_fact=True, filled_by="提出人",
        aliases=("提出时间", "发现日期", "发现时间", "发生日期", "报告时间", "排查日期", "单据日期", "发出日期", "创建时间", "Date",
                 "Date Created"),
    )  # fmt: skip
    raised_by: str | None = column(
        "提出人", Kind.PERSON, band="登记", fact="登记", filled_by="提出人",
        aliases=("提交人", "上报人", "发现人", "排查人员", "报告人", "发出人"),
    )  # fmt: skip
    source: str | None = column(
        "来源", Kind.CHOICE, band="登记", fact="登记", choices=words.SOURCES, filled_by="提出人",
        aliases=("问题来源", "单据来源", "来源类型", "源单类型", "提出会议", "Source", "Input Category"),
    )  # fmt: skip
    raised_department: str | None = column(
        "提出部门",
        Kind.DEPARTMENT,
        band="登记",
        fact="登记",
        visible=False,
        filled_by="提出人",
        aliases=("发出部门", "检查单位"),
    )
    source_number: str | None = column(
        "来源单号", Kind.TEXT, band="登记", fact="登记", visible=False, filled_by="提出人",
        aliases=("来源 ID", "源单单号", "决议依据"),
    )  # fmt: skip
    need_number: str | None = column(
        "问题需求编号", Kind.REF, band="登记", fact="登记", visible=False, filled_by="质量部"
    )
    plan_number: str | None = column("计划编号", Kind.REF, band="登记", fact="登记", visible=False, filled_by="质量部")

    # 分析
    action_type: str | None = column(
        "措施类型", Kind.CHOICE, band="分析", choices=words.ACTION_TYPES, planning=True, filled_by="质量部"
    )
    severity: str | None = column(
        "严重度", Kind.CHOICE, band="分析", choices=words.SEVERITIES, planning=True, filled_by="质量部",
        aliases=("等级", "级别", "问题等级", "严重程度", "风险等级", "隐患等级", "隐患级别", "不符合项等级", "Severity"),
    )  # fmt: skip
    is_repeat: bool | None = column("是否重复", Kind.YES_NO, band="分析", filled_by="质量部")
    process: str | None = column(
        "所属过程",
        Kind.OPEN_CHOICE,
        band="分析",
        choices=words.PROCESSES,
        filled_by="质量部",
        aliases=("过程",),
    )
    priority: str | None = column(
        "优先级",
        Kind.CHOICE,
        band="分析",
        choices=words.PRIORITIES,
        filled_by="质量部",
        aliases=("Priority",),
    )
    impact: str | None = column("影响面", Kind.NOTE, band="分析", filled_by="责任部门")
    cause: str | None = column(
        "原因分析", Kind.NOTE, band="分析", planning=True, filled_by="责任部门",
        aliases=("原因", "根因", "根本原因", "根本产生原因", "根本分析结论", "Root Cause"),
    )  # fmt: skip
    previous_numbers: tuple[str, ...] = column("前次编号", Kind.REFS, band="分析", visible=False, filled_by="质量部")
    level: str | None = column(
        "问题层面", Kind.CHOICE, band="分析", choices=words.LEVELS, visible=False, filled_by="质量部"
    )
    category: str | None = column(
        "问题类别", Kind.OPEN_CHOICE, band="分析", choices=words.CATEGORIES, visible=False, filled_by="质量部",
        aliases=("分类", "问题分类", "类别", "问题类型", "隐患类别"),
    )  # fmt: skip
    current_state: str | None = column("现状分析", Kind.NOTE, band="分析", visible=False, filled_by="责任部门")
    cause_category: tuple[str, ...] = column(
        "原因类别",
        Kind.CHOICES,
        band="分析",
        choices=words.CAUSE_CATEGORIES,
        visible=False,
        filled_by="责任部门",
    )
    analysis_methods: tuple[str, ...] = column(
        "分析方法",
        Kind.CHOICES,
        band="分析",
        choices=words.ANALYSIS_METHODS,
        visible=False,
        filled_by="责任部门",
    )
    main_cause: str | None = column("主要原因", Kind.NOTE, band="分析", visible=False, filled_by="责任部门")
    analysis_number: str | None = column("分析编号", Kind.REF, band="分析", visible=False, filled_by="归口部门")
    containment: str | None = column(
        "临时处置", Kind.NOTE, band="分析", visible=False, filled_by="责任部门",
        aliases=("应急对策", "临时处理措施", "临时措施"),
    )  # fmt: skip
    investigators: tuple[str, ...] = column("调查人", Kind.PEOPLE, band="分析", visible=False, filled_by="责任部门")
    investigated_on: date | None = column("调查日期", Kind.DATE, band="分析", visible=False, filled_by="责任部门")

    # 策划
    goal: str | None = column(
        "改进目标", Kind.NOTE, band="策划", filled_by="归口部门", aliases=("目标状态", "完成标准", "整改要求")
    )
    measure: str | None = column(
        "措施内容", Kind.NOTE, band="策划", planning=True, filled_by="归口部门",
        aliases=("措施", "改进措施", "整改措施", "纠正措施", "纠正/预防措施", "纠正预防措施", "改善措施", "改善对策", "对策", "处理措施",
                 "跟进措施", "解决方案", "行动计划", "不符合项整改", "长期处理措施1", "Corrective Action",
                 "Action (Corrective / Preventive)"),
    )  # fmt: skip
    scheme: str | None = column("实施方案", Kind.NOTE, band="策划", planning=True, filled_by="责任部门")
    owning_department: str | None = column("归口部门", Kind.DEPARTMENT, band="策划", planning=True, filled_by="质量部")
    responsible_department: str | None = column(
        "责任部门", Kind.DEPARTMENT, band="策划", planning=True, filled_by="归口部门",
        aliases=("负责部门", "责任单位", "整改单位", "归属部门", "牵头部门", "处理部门", "接收部门", "异常责任部门", "部门"),
    )  # fmt: skip
    owners: tuple[str, ...] = column(
        "责任人", Kind.PEOPLE, band="策划", planning=True, filled_by="归口部门",
        aliases=("负责人", "整改责任人", "整改负责人", "整改人", "处理人", "实施人", "跟进人", "责任岗位", "Owner"),
    )  # fmt: skip
    due_on: date | None = column(
        "完成期限", Kind.DATE, band="策划", planning=True, filled_by="归口部门",
        aliases=("整改期限", "完成时限", "时限", "期限", "计划完成", "计划完成时间", "计划完成日期", "计划完成时限", "要求完成日期",
                 "要求关闭时间", "计划关闭时间", "目标完成时间", "目标解决时间", "预计完成日期", "预计改善完成日期", "到期日", "截止日期",
                 "Due"),
    )  # fmt: skip
    original_due_on: date | None = column("原完成期限", Kind.DATE, band="策划", visible=False, filled_by="归口部门")
    indicator: str | None = column("效果指标", Kind.TEXT, band="策划", visible=False, filled_by="归口部门")
    baseline: float | None = column("现值", Kind.NUMBER, band="策划", visible=False, filled_by="归口部门")
    target: float | None = column("目标值", Kind.NUMBER, band="策划", visible=False, filled_by="归口部门")
    unit: str | None = column("单位", Kind.TEXT, band="策划", visible=False, filled_by="归口部门")
    involved_departments: tuple[str, ...] = column(
        "涉及部门", Kind.DEPARTMENTS, band="策划", visible=False, filled_by="归口部门"
    )
    communication: str | None = column("沟通记录", Kind.NOTE, band="策划", visible=False, filled_by="归口部门")
    resources: str | None = column("资源需求", Kind.NOTE, band="策划", visible=False, filled_by="责任部门")
    resources_on: date | None = column("资源落实日期", Kind.DATE, band="策划", visible=False, filled_by="部门经理")
    observation_days: int | None = column("观察期(天)", Kind.COUNT, band="策划", visible=False, filled_by="归口部门")

    # 审批
    approver: str | None = column("批准人", Kind.PERSON, band="审批", fact="审批", filled_by="批准人")
    approved_on: date | None = column(
        "批准日期", Kind.DATE, band="审批", fact="审批", dates_fact=True, filled_by="批准人"
    )
    approval: str | None = column(
        "批准结论", Kind.CHOICE, band="审批", fact="审批", choices=words.APPROVALS, filled_by="批准人"
    )
    approval_route: str | None = column(
        "批准方式",
        Kind.CHOICE,
        band="审批",
        fact="审批",
        choices=words.APPROVAL_ROUTES,
        visible=False,
        filled_by="批准人",
    )
    review_number: str | None = column(
        "管理评审编号", Kind.REF, band="审批", fact="审批", visible=False, filled_by="质量部"
    )

    # 实施
    progress_note: str | None = column(
        "实施情况", Kind.NOTE, band="实施", fact="完成", filled_by="责任人",
        aliases=("完成情况", "整改完成情况", "整改描述", "改善结果", "处理结果"),
    )  # fmt: skip
    completed_on: date | None = column(
        "实际完成日期", Kind.DATE, band="实施", fact="完成", dates_fact=True, filled_by="责任人",
        aliases=("实际完成", "实际完成时间", "整改完成日期", "整改完成时间", "实施时间", "实际关闭时间"),
    )  # fmt: skip
    evidence: str | None = column(
        "完成证据",
        Kind.NOTE,
        band="实施",
        fact="完成",
        filled_by="责任人",
        aliases=("改进证据", "佐证/验证", "整改证据"),
    )
    started_on: date | None = column(
        "开始日期", Kind.DATE, band="实施", fact="开始", dates_fact=True, visible=False, filled_by="责任人"
    )
    progress: float | None = column("进度%", Kind.NUMBER, band="实施", fact="开始", visible=False, filled_by="责任人")

    # 检查
    inspector: str | None = column(
        "检查人",
        Kind.PERSON,
        band="检查",
        fact="检查",
        filled_by="检查部门",
        aliases=("复查人", "复查人员", "验证员"),
    )
    inspected_on: date | None = column(
        "检查日期",
        Kind.DATE,
        band="检查",
        fact="检查",
        dates_fact=True,
        filled_by="检查部门",
        aliases=("复查日期",),
    )
    inspection: str | None = column(
        "检查结论", Kind.CHOICE, band="检查", fact="检查", choices=words.INSPECTIONS, filled_by="检查部门",
        aliases=("复查结果", "复核结论", "复核意见"),
    )  # fmt: skip
    inspection_note: str | None = column(
        "检查情况", Kind.NOTE, band="检查", fact="检查", visible=False, filled_by="检查部门"
    )

    # 确认
    confirmer: str | None = column(
        "确认人",
        Kind.PERSON,
        band="确认",
        fact="确认",
        filled_by="归口部门负责人",
        aliases=("验证人", "效果验证人"),
    )
    confirmed_on: date | None = column(
        "确认日期", Kind.DATE, band="确认", fact="确认", dates_fact=True, filled_by="归口部门负责人",
        aliases=("验证时间", "效果验证时间"),
    )  # fmt: skip
    execution: str | None = column(
        "执行情况结论",
        Kind.CHOICE,
        band="确认",
        fact="确认",
        choices=words.EXECUTIONS,
        filled_by="归口部门负责人",
    )
    effect: str | None = column(
        "效果结论", Kind.CHOICE, band="确认", fact="确认", choices=words.EFFECTS, filled_by="归口部门负责人",
        aliases=("验证结果", "跟踪验证结果", "跟踪结论", "效果验证", "效果验证结果", "Effectiveness Evaluation"),
    )  # fmt: skip
    needs_revision: bool | None = column(
        "是否涉及文件修订", Kind.YES_NO, band="确认", fact="确认", filled_by="归口部门负责人"
    )
    actual: float | None = column(
        "实际值", Kind.NUMBER, band="确认", fact="确认", visible=False, filled_by="归口部门负责人"
    )
    follow_ups: tuple[str, ...] = column(
        "后续编号", Kind.REFS, band="确认", fact="确认", visible=False, filled_by="归口部门"
    )
    evaluating_department: str | None = column(
        "评价组织部门", Kind.DEPARTMENT, band="确认", fact="确认", visible=False, filled_by="归口部门"
    )

    # 归档
    archived_on: date | None = column(
        "归档日期", Kind.DATE, band="归档", fact="归档", dates_fact=True, filled_by="责任部门"
    )
    report_number: str | None = column(
        "报告编号", Kind.TEXT, band="归档", fact="归档", visible=False, filled_by="责任部门"
    )
    archive_location: str | None = column(
        "归档位置", Kind.TEXT, band="归档", fact="归档", visible=False, filled_by="责任部门"
    )
    cancelled_on: date | None = column(
        "取消日期", Kind.DATE, band="归档", fact="取消", dates_fact=True, visible=False, filled_by="质量部"
    )
    cancel_reason: str | None = column(
        "取消原因", Kind.NOTE, band="归档", fact="取消", visible=False, filled_by="质量部"
    )
    cancel_approver: str | None = column(
        "取消批准人", Kind.PERSON, band="归档", fact="取消", visible=False, filled_by="质量部"
    )
    remark: str | None = column("备注", Kind.NOTE, band="归档", visible=False, filled_by="任何人")

    stated_status: str | None = column(
        "状态", Kind.TEXT, offered=False,
        aliases=("当前状态", "整改状态", "销号状态", "是否关闭", "是否闭环", "关闭情况", "不符合项目前状态", "Status"),
    )  # fmt: skip
    """A table's own status column: read as a hint only, never written (semantics.md, *Tables that lack columns*)."""
