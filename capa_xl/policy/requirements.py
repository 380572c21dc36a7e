"""R01–R73: the policy as testable statements, each with the rules that judge it and the facts it needs.

Ids are stable: never reused, never renumbered. The conformity matrix counts from here; papers cite the clauses only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """One statement.

    Attributes:
        id: R01 … R73.
        clause: Clauses of YNTD-ITSS-0300.
        text: The requirement in one Chinese sentence.
        rules: Rules of the catalogue that judge it; () where it is met by what the tool computes or produces.
        needs: What must be in use for it to be judged: `tracker.<key>` a column, `<key>` a sheet, `journal` the ledger.
    """

    id: str
    clause: str
    text: str
    rules: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def _r(id_: str, clause: str, text: str, rules: str = "", needs: str = "") -> Requirement:
    return Requirement(id_, clause, text, tuple(rules.split()), tuple(needs.split()))


REQUIREMENTS: tuple[Requirement, ...] = (
    _r("R01", "1、2", "每项明确为纠正、预防或改进；纠正写明不合格本身如何消除", "FD18 PL24", "tracker.action_type"),
    _r("R02", "1", "体系有效性可度量：按期间计算有效率和重复发生率", "", "tracker.effect"),
    _r("R03", "3.1", "改进计划有编号、版本、周期、总体目标、编制与批准", "", "plans"),
    _r("R04", "3.1、4.1.1", "计划批准人在批准日期具备总经理角色", "AP09", "plans tracker.plan_number"),
    _r("R05", "3.1、4.4.1", "向总经理的资源申请有结论和日期", "DO12", "progress"),
    _r("R06", "3.2", "各部门的改进需求可登记（日期、部门、人员、描述、来源）", "", "needs"),
    _r("R07", "3.2", "需求由质量部在规定工作日内评估并写明结论", "XR03 XR04 XR09", "needs"),
    _r("R08", "3.2", "不采纳或合并的需求保留，行不被删除", "WB04", "journal"),
    _r("R09", "3.2", "已采纳的需求和措施排定优先顺序", "PL15", "tracker.priority"),
    _r("R10", "3.2", "需求与措施可双向追溯", "XR02 XR05", "needs"),
    _r("R11", "3.2", "质量部可看到任一日期的状态和逾期", "", "tracker.due_on"),
    _r("R12", "3.2", "跟踪改进绩效：按部门、来源、类型、严重度计算指标", "", "tracker.due_on"),
    _r("R13", "3.3.1", "度量各过程：指标、公式、目标、频度、责任部门、实测值", "", "measurements"),
    _r("R14", "3.3.1", "指标缺报或未达标须有处置", "ST01 ST02", "measurements"),
    _r("R15", "3.3.1", "部门级改进可识别并为质量部所见", "", "tracker.responsible_department"),
    _r("R16", "3.3.2", "责任部门记录运维实施中发现的问题", "", "needs"),
    _r("R17", "3.3.3", "纠正预防措施要求有接收部门、接收人和回复日期，按期回复", "XR08", "needs"),
    _r("R18", "3.3.3", "提出部门组织有效性评价", "", "confirmations"),
    _r("R19", "3.3.3", "涉及体系文件的执行修订流程", "AR02", "revisions"),
    _r("R20", "4.1.1", "每项注明来源", "PL14", "tracker.source"),
    _r("R21", "4.1.1", "每个期间查看五类来源，无则记“无”", "XR07", "analyses"),
    _r("R22", "4.1.1", "编制《运维服务能力改进计划》", "", "plans"),
    _r("R23", "4.1.1、4.2", "批准之后才开始实施", "AP06", "tracker.approved_on"),
    _r("R24", "4.1.2", "每项处于 PDCA 的明确阶段", "", "tracker.due_on"),
    _r("R25", "4.1.2(1)", "有目标和总体要求，重大项可度量", "PL05 PL09", "tracker.goal"),
    _r("R26", "4.1.2(2)", "分析现有过程的状况并确定改进方案", "PL06", "tracker.current_state"),
    _r("R27", "4.1.2(3)", "对照目标评价效果", "EF06 EF12", "tracker.effect"),
    _r("R28", "4.1.3", "每项措施归入纠正或预防", "AP12", "tracker.action_type"),
    _r("R29", "4.2.1", "成立的投诉和不合格均有纠正措施，或写明不成立理由", "XR01", "needs"),
    _r("R30", "4.2.2", "责任部门调查原因、性质和影响面", "PL07 PL08 FD12 FD15", "tracker.cause"),
    _r("R31", "4.2.2", "纠正措施与影响程度相适应", "PL09 PL23", "tracker.severity"),
    _r("R32", "4.2.2", "责任部门存在并负责", "FD13 FD16 PL25", "people"),
    _r("R33", "4.2.3", "判定严重度与是否重复，重复的写明前次", "PL10 PL11 PL26", "tracker.is_repeat"),
    _r("R34", "4.2.3", "重大、重复的纠正措施由归口部门组织，报总经理或管理评审", "AP01 PL18 PL22", "tracker.approval"),
    _r("R35", "4.2.4", "一般问题的纠正措施由部门经理审批后执行", "AP02", "tracker.approval"),
    _r("R36", "4.2.3、4.2.4", "批准人具备相应角色，批准信息完整", "AP05 AP07 AP08 AP13", "tracker.approver"),
    _r("R37", "4.2.3、4.3.2", "提交管理评审的有评审编号、日期和决议", "AP10 AP14", "decisions"),
    _r("R38", "4.3.1", "各部门收集质量数据", "ST03", "observations"),
    _r("R39", "4.3.1", "应用统计技术并保留分析结果", "", "analyses"),
    _r("R40", "4.3.1", "每期间各部门均有数据或填“无”", "ST04", "observations"),
    _r("R41", "4.3.1", "每个统计异常有预防措施或不采取的理由", "ST05", "analyses"),
    _r("R42", "4.3.2", "预防措施写明主要原因和分析依据", "PL12", "tracker.cause"),
    _r("R43", "4.3.2", "预防措施与潜在影响相适应", "PL09", "tracker.severity"),
    _r("R44", "4.3.2", "涉及不同部门的及时沟通", "PL13", "tracker.communication"),
    _r("R45", "4.3.2", "预防措施由总经理批准实施", "AP03", "tracker.approval"),
    _r("R46", "4.3.2", "重大的预防措施提交管理评审", "AP04", "tracker.review_number"),
    _r("R47", "4.4.1", "资源需求由部门经理落实，必要时向总经理申请", "PL16 DO12", "tracker.resources"),
    _r(
        "R48",
        "4.4.2",
        "按计划实施，步骤有责任人、计划和实际日期",
        "PL17 DO01 DO02 DO04 DO05 DO06",
        "tracker.completed_on",
    ),
    _r("R49", "4.4.2", "实施中的问题及时反馈并得到处理", "DO07", "progress"),
    _r("R50", "4.4.3", "由应检查部门检查", "CK01", "tracker.inspector"),
    _r("R51", "4.4.3", "检查有检查人、日期、结论和情况", "CK02 CK03 CK04 CK05 DO14", "tracker.inspected_on"),
    _r("R52", "4.4.3", "完成后通知检查，不合格通知责任人", "", "journal"),
    _r("R53", "4.4.3", "质量部掌握未决问题和即将到期的清单", "", "tracker.due_on"),
    _r("R54", "4.4.4", "措施规定完成期限和责任人", "PL01 PL02 PL19 PL20 PL21", "tracker.due_on"),
    _r("R55", "4.4.4", "实施方案细化", "PL03 PL04", "tracker.measure"),
    _r("R56", "4.4.5", "实施情况记录在《改进计划跟踪表》中", "WB01 FD01 FD20 DO03 XR06", "tracker.progress_note"),
    _r("R57", "4.4.5", "由质量部统一保存，内容变更可追溯", "WB04 WB07 AP11", "journal"),
    _r("R58", "4.4.6", "完成期限一个月之前提醒责任部门", "LG01", "journal"),
    _r("R59", "4.4.6", "提醒有台账可证明", "LG02", "journal"),
    _r("R60", "4.4.6", "督促直至完成", "", "journal"),
    _r("R61", "4.4.6", "期限变更经批准，提醒随新期限", "DO08 DO09 DO10 DO11 DO13", "extensions"),
    _r("R62", "4.5.1", "实施一定周期后确认", "EF02", "tracker.confirmed_on"),
    _r("R63", "4.5.1", "归口部门负责人确认执行情况及效果", "EF01 EF03 EF04 EF09 EF10 EF11", "tracker.confirmed_on"),
    _r("R64", "4.5.1", "无效的有后续措施，不计为有效", "EF05 EF07 EF08 EF13", "tracker.effect"),
    _r("R65", "4.5.1", "到期未确认的通知确认人", "", "journal"),
    _r("R66", "4.5.3", "确认后判断是否与现行文件不一致", "AR01 AR07", "tracker.needs_revision"),
    _r("R67", "4.5.3", "不一致的提出修改意见并经批准", "AR02 AR03", "revisions"),
    _r("R68", "4.5.3", "修改意见未了结前不关闭", "", "revisions"),
    _r("R69", "4.5.2", "整理成书面报告：制订、实施、检查、确认", "", "tracker.confirmed_on"),
    _r("R70", "4.5.2", "确认后及时整理", "", "tracker.archived_on"),
    _r("R71", "4.5.2", "报告归档保存，内容与跟踪表一致", "AR04 AR05 AR06", "tracker.archived_on"),
    _r("R72", "4.2.3、4.3.2、4.4.3", "向管理评审提交输入资料", "", "tracker.due_on"),
    _r("R73", "全部", "角色、邮箱、代理和有效期登记在人员部门", "FD08 FD09 FD10 FD17", "people"),
)
