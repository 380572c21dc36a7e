"""The words of the procedure, each in one place: list values, statuses, roles, milestones, codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# 来源 (R20), and the five sources of 4.1.1 they stand for
INTERNAL_AUDIT: Final = "内部审核"
EXTERNAL_AUDIT: Final = "外部审核"
AUDITS: Final = (INTERNAL_AUDIT, EXTERNAL_AUDIT)
COMPLAINT: Final = "顾客投诉"
SUPPLIERS: Final = "供方业绩"
SOURCES: Final = (
    "体系运行过程",
    "运维服务过程",
    INTERNAL_AUDIT,
    EXTERNAL_AUDIT,
    "数据分析",
    "纠正预防措施实施",
    "管理评审",
    COMPLAINT,
    "顾客/市场反馈",
    "过程指标",
    SUPPLIERS,
    "其他",
)
POLICY_SOURCES: Final[dict[str, tuple[str, ...]]] = {
    "体系运行过程": (
        "体系运行过程",
        "运维服务过程",
        COMPLAINT,
        "顾客/市场反馈",
        "过程指标",
        SUPPLIERS,
        "其他",
    ),
    "审核结果": AUDITS,
    "数据分析": ("数据分析",),
    "纠正和预防措施的实施": ("纠正预防措施实施",),
    "管理评审的结果": ("管理评审",),
}
SYSTEM_SOURCES: Final = frozenset({*AUDITS, "管理评审", "体系运行过程", "纠正预防措施实施"})
"""Sources whose 问题层面 is 管理体系 when that column is blank (A13)."""

CORRECTIVE: Final = "纠正"
PREVENTIVE: Final = "预防"
IMPROVEMENT: Final = "改进"
ACTION_TYPES: Final = (CORRECTIVE, PREVENTIVE, IMPROVEMENT)

MAJOR: Final = "重大"
GENERAL: Final = "一般"
SEVERITIES: Final = (MAJOR, GENERAL)

HIGH, MEDIUM, LOW = "高", "中", "低"
PRIORITIES: Final = (HIGH, MEDIUM, LOW)

PROCESS_LEVEL: Final = "服务过程"
SYSTEM_LEVEL: Final = "管理体系"
LEVELS: Final = (PROCESS_LEVEL, SYSTEM_LEVEL)

SYSTEM_DOCUMENTS: Final = "体系文件"
PROCESSES: Final = (
    "事件", "问题", "变更", "发布", "配置", "服务级别", "服务报告", "信息安全",
    "备份", "网络", "机房", "值班", "供方", "备件", SYSTEM_DOCUMENTS, "内部审核",
)  # fmt: skip
CATEGORIES: Final = (
    "响应超时",
    "处理超时",
    "服务中断",
    "数据错误",
    "操作失误",
    "文件不符",
    "备件短缺",
    "供方违约",
    "其他",
)
CAUSE_CATEGORIES: Final = ("人", "机", "料", "法", "环", "测", "管理")
ANALYSIS_METHODS: Final = ("5Why", "鱼骨图", "故障树", "排列图", "其他")

# 审批
BY_MANAGER: Final = "部门经理"
BY_GENERAL_MANAGER: Final = "总经理"
BY_REVIEW: Final = "管理评审"
BY_BOTH: Final = "总经理+管理评审"
BY_EITHER: Final = "总经理或管理评审"
"""Printed as 应批准方式 only; never a value of 批准方式."""
APPROVAL_ROUTES: Final = (BY_MANAGER, BY_GENERAL_MANAGER, BY_REVIEW, BY_BOTH)
AGREED: Final = "同意"
REFUSED: Final = "不同意"
APPROVALS: Final = (AGREED, REFUSED)

# 检查, 确认
PASSED: Final = "合格"
FAILED: Final = "不合格"
INSPECTIONS: Final = (PASSED, FAILED)
DONE: Final = "已落实"
PARTLY_DONE: Final = "部分"
NOT_DONE: Final = "未落实"
EXECUTIONS: Final = (DONE, PARTLY_DONE, NOT_DONE)
EFFECTIVE: Final = "有效"
PARTLY_EFFECTIVE: Final = "部分有效"
INEFFECTIVE: Final = "无效"
EFFECTS: Final = (EFFECTIVE, PARTLY_EFFECTIVE, INEFFECTIVE)

# 角色
GENERAL_MANAGER: Final = "总经理"
QUALITY_HEAD: Final = "质量部负责人"
QUALITY_STAFF: Final = "质量部专员"
PROCESS_HEAD: Final = "归口部门负责人"
DEPARTMENT_MANAGER: Final = "部门经理"
EMPLOYEE: Final = "员工"
ROLES: Final = (GENERAL_MANAGER, QUALITY_HEAD, QUALITY_STAFF, PROCESS_HEAD, DEPARTMENT_MANAGER, EMPLOYEE)
QUALITY_DEPARTMENT: Final = "质量部"
QUALITY_ROLES: Final = (QUALITY_HEAD, QUALITY_STAFF)
ROLES_OF_COMPANY: Final = (GENERAL_MANAGER, *QUALITY_ROLES)
"""Who 质量部 of the policy is, whatever the company calls it (3.2)."""

# 状态 (semantics.md, first match wins)
CANCELLED: Final = "已取消"
TO_PLAN: Final = "待策划"
SENT_BACK: Final = "审批退回"
TO_APPROVE: Final = "待审批"
NOT_STARTED: Final = "未开始"
RUNNING: Final = "实施中"
REWORK: Final = "返工中"
TO_INSPECT: Final = "待检查"
OBSERVING: Final = "观察期"
TO_CONFIRM: Final = "待效果确认"
NOT_EFFECTIVE: Final = "措施无效"
SUPERSEDED: Final = "已转后续"
TO_REVISE: Final = "待文件修订"
TO_ARCHIVE: Final = "待归档"
CLOSED: Final = "已关闭"
TO_CORRECT: Final = "待更正"
NO_DEPARTMENT: Final = "（未定部门）"
"""Heads the rows without a department, on every surface."""
"""Printed in 〔自动〕状态 of a quarantined row; not a status of an action."""
STATUSES: Final = (
    CANCELLED, TO_PLAN, SENT_BACK, TO_APPROVE, NOT_STARTED, RUNNING, REWORK, TO_INSPECT,
    OBSERVING, TO_CONFIRM, NOT_EFFECTIVE, SUPERSEDED, TO_REVISE, TO_ARCHIVE, CLOSED,
)  # fmt: skip
ENDED: Final = frozenset({CANCELLED, SUPERSEDED, CLOSED})
WAITING: Final = (
    TO_PLAN, SENT_BACK, TO_APPROVE, NOT_STARTED, RUNNING, REWORK, TO_INSPECT, TO_CONFIRM,
    NOT_EFFECTIVE, TO_REVISE, TO_ARCHIVE,
)  # fmt: skip
"""Statuses in which somebody is waited for, in the order of the work; 观察期 waits for nobody."""
OPEN: Final = (*WAITING[:7], OBSERVING, *WAITING[7:])
"""Every status of an action that isn't at its end, in the order of the work."""
OWNERS_TURN: Final = frozenset({NOT_STARTED, RUNNING, REWORK})
"""Statuses in which 责任人 and 责任部门 are at work."""
STAGE_DEPARTMENT: Final[dict[str, str]] = {
    TO_PLAN: "owning_department", SENT_BACK: "owning_department", TO_APPROVE: "owning_department",
    NOT_STARTED: "responsible_department", RUNNING: "responsible_department", REWORK: "responsible_department",
    TO_INSPECT: "inspector_department", OBSERVING: "owning_department", TO_CONFIRM: "owning_department", NOT_EFFECTIVE: "owning_department",
    TO_REVISE: "owning_department", TO_ARCHIVE: "responsible_department",
}  # fmt: skip
"""Open status → the department column that says where it stands on 总览; a blank 归口部门 falls to 责任部门."""

OVERDUE_ORDER: Final = ("Y1", "Y6", "Y5", "Y4", "Y3", "Y7", "Y8", "Y2", "Y0")
"""Worst first."""
OVERDUE_WORDS: Final[dict[str, str]] = {
    "Y0": "即将到期", "Y1": "实施逾期", "Y2": "逾期完成", "Y3": "策划", "Y4": "审批",
    "Y5": "检查", "Y6": "确认", "Y7": "修订", "Y8": "归档",
}  # fmt: skip

WAITING_LATE: Final = ("Y3", "Y4", "Y5", "Y6", "Y7", "Y8")
"""Codes of 环节超时, in the order of the work."""

# 问题需求登记, 进展反馈, 分析记录, 质量数据, 文件修订
NONCONFORMITY: Final = "不合格"
NEED_CLASSES: Final = (NONCONFORMITY, "潜在不合格", "改进需求")
ADOPTED: Final = "采纳"
NOT_ADOPTED: Final = "不采纳"
MERGED: Final = "合并"
DEFERRED: Final = "暂缓"
EVALUATIONS: Final = (ADOPTED, NOT_ADOPTED, MERGED, DEFERRED)
TROUBLE: Final = "问题"
RESOURCE_REQUEST: Final = "资源申请"
ANSWERABLE: Final = (TROUBLE, RESOURCE_REQUEST)
"""Kinds of 进展反馈 that ask somebody for an answer."""
OLDER_NUMBER: Final = "（旧）"
"""Stands after a 前次编号 of a time before the workbook: nobody looks for its row."""
REMINDED: Final = "提醒"
"""A reminder made by hand: 日期 its day, 内容 how and with what proof, 反馈对象 whom."""
RESUBMITTED: Final = "重新报批"
"""Kind of 进展反馈 that sends a refused measure to its approver again."""
EXTENSION_ASKED: Final = "编号、申请日期、申请人、原期限、新期限、理由"
"""What a row of 延期记录 needs to be an application that its approver is asked for."""
REOPENED: Final = "重开"
CORRECTED: Final = "更正"
CONFIRMATION_REVOKED: Final = "撤销确认"
CORRECTIONS: Final = (REOPENED, CORRECTED, CONFIRMATION_REVOKED)
"""What an entry of 更正记录 does."""
UNDONE_BY: Final[Mapping[str, frozenset[str]]] = {
    CONFIRMATION_REVOKED: frozenset({"确认", "归档"}),
    REOPENED: frozenset({"完成", "检查", "确认", "归档", "取消"}),
}
"""Kind of entry → the dated groups of facts that it undoes."""
RESTS_ON_COMPLETION: Final = UNDONE_BY[REOPENED] - {"完成", "取消"}
"""Dated groups of facts that speak of the work that was completed."""
PROGRESS_TYPES: Final = ("进展", TROUBLE, RESOURCE_REQUEST, "检查", REMINDED, RESUBMITTED)
BY_PREVENTION, NO_MEASURE = "预防措施", "不采取"
SIGNAL_DISPOSITIONS: Final = (BY_PREVENTION, NO_MEASURE, "观察")
DATA_CLASSES: Final = ("顾客或市场反馈信息", "项目的验收", "测试数据", "质量统计数据", "供方业绩")
DOCUMENT_CLASSES: Final = ("技术", "管理")
DIRECTIONS: Final = ("越大越好", "越小越好")
FREQUENCIES: Final = ("月", "季", "半年", "年")

VAGUE_PHRASES: Final = (
    "加强管理",
    "加强培训",
    "加强监控",
    "加强沟通",
    "提高意识",
    "加强",
    "提高",
    "尽快",
    "进一步",
    "注意",
    "严格要求",
    "引起重视",
)
