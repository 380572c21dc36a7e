"""R01–R73: the policy as testable statements, each with its population and what breaks it.

Ids are stable: never reused, never renumbered. 制度执行自查表 counts from here; papers cite the clauses only.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from capa_xl.model import words
from capa_xl.policy.conformity import breaches as b
from capa_xl.policy.conformity import coverage, populations, reminder_duties
from capa_xl.policy.conformity.no_objects import NO_ITEM, NoObjects
from capa_xl.policy.conformity.reminder_duties import CountingReminders, unreminded
from capa_xl.policy.conformity.subjects import Breach, Population, Subject
from capa_xl.policy.rules.rule_inputs import RuleInputs


def nobody(_: RuleInputs) -> Iterator[Subject]:
    """What the tool itself computes or prints says no word about the company."""
    return iter(())


class Requirement(Struct, frozen=True):
    """One statement.

    Attributes:
        id: R01 … R73.
        clause: Clauses of YNTD-ITSS-0300.
        text: The requirement in one Chinese sentence.
        population: Whom it speaks of; `nobody` for what the tool does.
        rules: Rules whose errors and warnings on a member break it, unless there is still time; `sheet:id` only those
            on that sheet.
        breach: A predicate of its own besides.
        answered_by: Rules whose accepted exception answers that predicate too, for they speak of the same matter.
        fields: Columns that it demands (`sheet:key`, of the tracker the key alone): what can't be read or isn't known
            there breaks it too.
        needs: What must be there to judge it, in the words of `Rule.needs`.
        reminders: Which reminders count for a member; its note says how many, by mail and by hand. None: no such note.
        kinds: 措施类型 of the rows that it speaks of, where its rules strike at others too; () for all.
        left_out: Rows that it does not speak of, by why not, where a reader would look for them.
    """

    id: str
    clause: str
    text: str
    population: Population = nobody
    rules: tuple[str, ...] = ()
    breach: Breach | None = None
    fields: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    reminders: CountingReminders | None = None
    answered_by: tuple[str, ...] = ()
    kinds: tuple[str | None, ...] = ()
    left_out: tuple[NoObjects, ...] = ()

    @property
    def is_of_the_tool(self) -> bool:
        """系统功能."""
        return self.population is nobody


def _r(
    id_: str, clause: str, text: str, population: Population = nobody, rules: str = "", needs: str = "",
    breach: Breach | None = None, fields: str = "", reminders: CountingReminders | None = None, answered_by: str = "",
    kinds: tuple[str | None, ...] = (), left_out: tuple[NoObjects, ...] = (),
) -> Requirement:  # fmt: skip
    return Requirement(
        id_,
        clause,
        text,
        population,
        tuple(rules.split()),
        breach,
        tuple(_columns_in(fields)),
        tuple(needs.split()),
        reminders,
        tuple(answered_by.split()),
        kinds,
        left_out,
    )


def _columns_in(fields: str) -> Iterator[str]:
    """plans:author,approver → plans:author, plans:approver."""
    for field in fields.split():
        sheet, colon, keys = field.rpartition(":")
        yield from (f"{sheet}{colon}{key}" for key in keys.split(","))


_p = populations
_NOT_ELSE = (words.CORRECTIVE, None)
"""纠正, and what nobody has called otherwise."""

REQUIREMENTS: tuple[Requirement, ...] = (
    _r("R01", "1、2", "每项明确为纠正、预防或改进；重大纠正写明不合格本身如何消除", _p.classed, "FD18 PL24",
       "action_type", b.wanted("R01"), fields="action_type", left_out=NO_ITEM),
    _r("R02", "1", "体系有效性可度量：按期间计算有效率和重复发生率"),
    _r("R03", "3.1", "改进计划有编号、版本、周期、总体目标、编制（质量部）与批准", _p.plan_versions,
       "plans:AP16", "plans:",
       b.wanted("R03"),
       fields="plans:period_from,period_to,author,written_on,approver,approved_on,approval"),
    _r("R04", "3.1、4.1.1", "计划由总经理批准后生效，只靠计划批准的措施以生效的计划为准", _p.plans_in_force, "AP09",
       "plans:", b.wanted("R04"),
       fields="plan_number plans:approver,approved_on,approval"),
    _r("R05", "3.1、4.4.1", "向总经理的资源申请有结论和日期", _p.resource_requests, "DO12 progress:AP16",
       "progress:", b.wanted("R05"),
       fields="progress:on,answered_by,answered_on"),
    _r("R06", "3.2", "各部门的改进需求可登记（日期、部门、人员、描述、来源）", _p.needs, "", "needs:",
       b.wanted("R06"),
       fields="needs:registered_on,department,raised_by,source"),
    _r("R07", "3.2", "需求由质量部在规定工作日内评估，不采纳的写明理由", _p.needs,
       "XR03 XR04 XR09", "needs:",
       b.wanted("R07"),
       fields="needs:evaluation,evaluator,evaluated_on"),
    _r("R08", "3.2", "登记过的措施和需求都保留，不被删除", _p.on_record_with_needs, "WB04 XR11", "+snapshot"),
    _r("R09", "3.2", "已采纳的需求排定优先顺序", _p.adopted_needs,
       "PL15", "needs:priority", b.wanted("R09"),
       fields="needs:priority"),
    _r("R10", "3.2", "需求与措施可双向追溯", _p.traced, "XR02", "needs:|need_number",
       fields="need_number needs:tracker_numbers"),
    _r("R11", "3.2", "质量部可看到任一日期的状态和逾期"),
    _r("R12", "3.2", "跟踪改进绩效：按部门、来源、类型、严重度计算指标"),
    _r("R13", "3.3.1", "度量各过程：指标、公式、单位、目标、方向、频度、责任部门、期间", _p.measurements,
       "", "measurements:",
       b.wanted("R13"),
       fields="measurements:department,period"),
    _r("R14", "3.3.1", "指标按期填报，未达标的有处置", _p.measurements, "ST01 ST02", "measurements:"),
    _r("R15", "3.3.1", "部门级改进可识别并为质量部所见"),
    _r("R16", "3.3.2", "责任部门记录运维实施中发现的问题", _p.problems_found, "", "needs:",
       b.wanted("R16"),
       fields="needs:registered_on,raised_by"),
    _r("R17", "3.3.3", "纠正预防措施要求有接收部门、接收人和回复日期，按期回复", _p.requests,
       "XR08", "needs:reply_due_on",
       b.wanted("R17"),
       fields="needs:receiving_department,receiver,reply_due_on,replied_on"),
    _r("R18", "3.3.3", "有效性评价有组织部门和参加人", _p.concluded_rounds, "", "confirmations:",
       b.wanted("R18"),
       fields="confirmations:evaluating_department,participants"),
    _r("R19", "3.3.3", "涉及体系文件的执行修订流程", _p.to_be_revised, "AR02", "needs_revision revisions:"),
    _r("R20", "4.1.1", "每项注明来源", _p.every_row, "PL14", "source", fields="source"),
    _r("R21", "4.1.1", "每个计划周期查看五类来源，无则记“无”", coverage.sources_of_ended_plans, "XR07",
       "plans:period_to analyses:", coverage.source_not_looked_at),
    _r("R22", "4.1.1", "编制《运维服务能力改进计划》"),
    _r("R23", "4.1.1、4.2", "批准之后才开始实施", _p.begun, "AP06", "approval|approved_on",
       fields="started_on approved_on"),
    _r("R24", "4.1.2", "每项处于 PDCA 的明确阶段"),
    _r("R25", "4.1.2(1)", "有目标和总体要求，重大项可度量", _p.planned_or_due, "PL05", "goal",
       b.any_of(b.unmeasurable, b.wanted("R25"))),
    _r("R26", "4.1.2(2)", "分析现有过程的状况并确定改进方案", _p.planned_or_due, "PL06", "current_state|impact",
       b.any_of(b.situation_unstated, b.wanted("R26"))),
    _r("R27", "4.1.2(3)", "对照目标评价效果", _p.confirmed_against_target, "EF06 EF12 EF14 EF17",
       "effect|confirmations:effect", b.wanted("R27")),
    _r("R28", "4.1.3", "每项措施归入纠正或预防，改进经计划或总经理批准", _p.with_measure, "PL24 AP12", "action_type",
       fields="action_type"),
    _r("R29", "4.2.1", "成立的投诉和不合格均有纠正措施，不成立的写明理由；投诉按约定的时间响应和答复",
       _p.accepted_nonconformities,
       "XR01 XR10", "needs:is_valid",
       b.wanted("R29"),
       fields="needs:is_valid"),
    _r("R30", "4.2.2", "责任部门调查原因、性质和影响面", _p.corrective, "PL07 PL08 PL28 FD12 FD15", "action_type cause",
       b.lacks("", "cause", "severity", "impact", "category", "investigators", "investigated_on"), fields="severity"),
    _r("R31", "4.2.2", "纠正措施与影响程度相适应：重大有分析方法和可衡量的指标，一般有原因和措施", _p.corrective,
       "PL07 PL09 PL23", "action_type", b.lacks("", "measure"), kinds=_NOT_ELSE),
    _r("R32", "4.2.2", "责任部门存在并负责", _p.with_measure, "FD16 PL25", "responsible_department",
       fields="responsible_department"),
    _r("R33", "4.2.3", "判定严重度与是否重复，重复的写明前次", _p.corrective, "PL10 PL11 PL26", "severity is_repeat",
       b.lacks("", "severity"), fields="severity is_repeat previous_numbers"),
    _r("R34", "4.2.3", "重大、重复的纠正措施由归口部门组织相关部门制定，报总经理或管理评审", _p.weighty_corrective,
       "AP01 PL18 PL22", "approval|approved_on", b.begun_off_its_route, fields="owning_department",
       answered_by="AP06", kinds=_NOT_ELSE),
    _r("R35", "4.2.4", "一般问题的纠正措施由部门经理审批后执行", _p.general_corrective, "AP02", "approval|approved_on"),
    _r("R36", "4.2.3、4.2.4", "批准人具备相应角色，不是责任人，批准信息完整", _p.signed,
       "AP05 AP07 AP08 AP13 AP18", "approver",
       fields="approver"),
    _r("R37", "4.2.3、4.3.2", "提交管理评审的有评审编号、日期和决议", _p.named_reviews,
       "AP10 AP14 AP15 tracker:AP16", "decisions:",
       b.wanted("R37"),
       fields="review_number decisions:on,conclusion"),
    _r("R38", "4.3.1", "各部门收集质量数据", _p.observations, "ST03 ST06", "observations:",
       b.wanted("R38"),
       fields="observations:period,department"),
    _r("R39", "4.3.1", "应用统计技术并保留分析结果", _p.analyses, "", "analyses:",
       b.wanted("R39")),
    _r("R40", "4.3.1", "每期间各部门均有数据或填“无”", coverage.departments, "ST04", "observations:department",
       coverage.department_silent),
    _r("R41", "4.3.1", "每个统计异常有处置：预防措施、不采取的理由或观察", _p.signals, "ST05", "analyses:disposition",
       b.any_of(b.unanswered_signal, b.wanted("R41")), fields="analyses:disposition,tracker_numbers"),
    _r("R42", "4.3.2", "预防措施写明主要原因和分析依据", _p.preventive, "PL12", "action_type",
       b.wanted("R42"), fields="analysis_number"),
    _r("R43", "4.3.2", "预防措施与潜在影响相适应", _p.preventive, "PL09", "action_type severity",
       kinds=(words.PREVENTIVE,)),
    _r("R44", "4.3.2", "预防措施涉及不同部门的及时沟通", _p.preventive_across_departments, "PL13",
       "action_type communication"),
    _r("R45", "4.3.2", "预防措施由总经理批准后实施", _p.preventive_under_way, "AP03", "approval|approved_on",
       b.begun_off_its_route, answered_by="AP06"),
    _r("R46", "4.3.2", "重大的预防措施提交管理评审", _p.major_preventive, "AP04", "review_number"),
    _r("R47", "4.4.1", "资源需求由部门经理落实，必要时向总经理申请", _p.with_resources,
       "PL16", "resources resources_on",
       fields="resources_on"),
    _r("R48", "4.4.2", "按计划实施，日期与进度不矛盾；分步的，各步有责任人、计划和实际日期", _p.begun,
       "PL17 DO01 DO02 DO04 DO05 DO06 DO15",
       "completed_on", b.steps_without_owner_or_date, fields="completed_on steps:owners,due_on,done_on"),
    _r("R49", "4.4.2", "实施中的问题及时反馈并得到处理", _p.reported_troubles, "DO07 progress:AP16", "progress:",
       fields="progress:on,answered_by,answered_on"),
    _r("R50", "4.4.3", "派生应检查部门"),
    _r("R51", "4.4.3", "由应检查部门的人在完成后检查，检查有日期和结论，重大的有检查情况，写的是这次", _p.inspected,
       "CK01 CK02 CK03 CK04 CK05 CK06 DO14 EF03",
       "inspected_on|inspection", b.late_by("Y5"), fields="inspector inspected_on inspection"),
    _r("R52", "4.4.3", "完成后通知检查", reminder_duties.inspections_waited_for, "", "completed_on +mail",
       unreminded(reminder_duties.inspector_told), reminders=reminder_duties.inspector_told),
    _r("R53", "4.4.3", "质量部掌握未决问题和即将到期的清单"),
    _r("R54", "4.4.4", "措施规定完成期限和责任人", _p.with_measure, "PL01 PL02 PL19 PL20 PL21 PL27", "due_on owners",
       fields="due_on owners"),
    _r("R55", "4.4.4", "实施方案细化", _p.with_measure, "PL03 PL04", "scheme|+steps"),
    _r("R56", "4.4.5", "实施情况记录在《改进计划跟踪表》中，评审决议列入其中", _p.recorded,
       "WB01 FD01 FD02 FD20 DO03 XR06"),
    _r("R57", "4.4.5", "由质量部统一保存，批准后的内容变更可追溯", _p.on_record, "WB04 WB07 AP11", "+snapshot"),
    _r("R58", "4.4.6", "完成期限一个月之前提醒责任部门", reminder_duties.month_ahead_duties, "LG01", "due_on +mail",
       reminders=reminder_duties.reminded_ahead),
    _r("R59", "4.4.6", "提醒有台账可证明，没有送达失败", reminder_duties.reminded, "LG02", "+mail",
       reminders=reminder_duties.any_reminder),
    _r("R60", "4.4.6", "逾期后督促直至完成", reminder_duties.late_ones, "", "due_on +mail",
       unreminded(reminder_duties.urged), reminders=reminder_duties.urged),
    _r("R61", "4.4.6", "期限变更经批准，提醒随新期限", _p.moved,
       "DO08 DO11 DO13 extensions:AP05 extensions:AP07 extensions:AP16", "extensions:",
       fields="extensions:old_due_on,new_due_on,approver,approved_on,approval"),
    _r("R62", "4.5.1", "实施一定周期后确认", _p.confirmed, "EF02", "confirmed_on|confirmations:confirmed_on"),
    _r("R63", "4.5.1", "归口部门负责人确认执行情况及效果", _p.confirming, "EF01 EF03 EF04 EF09 EF10 EF11 EF13 EF15",
       "confirmed_on|effect|confirmations:effect", b.late_by("Y6"),
       fields="confirmer confirmed_on effect execution confirmations:confirmer,confirmed_on,effect"),
    _r("R64", "4.5.1", "无效、部分有效的有后续措施，有效的没有再发生", _p.not_effective_or_back, "EF05 EF07 EF08",
       "effect|confirmations:effect",
       fields="follow_ups confirmations:effect"),
    _r("R65", "4.5.1", "到期未确认的通知确认人", reminder_duties.confirmations_waited_for, "", "completed_on +mail",
       unreminded(reminder_duties.confirmer_told), reminders=reminder_duties.confirmer_told),
    _r("R66", "4.5.3", "确认后判断是否与现行文件不一致", _p.effective, "AR01 AR07", "needs_revision",
       fields="needs_revision"),
    _r("R67", "4.5.3", "不一致的提出修改意见并经批准", _p.revisions, "AR03 revisions:AP16", "revisions:",
       b.wanted("R67"),
       fields="revisions:document_class,proposed_by,proposed_on,approver,approved_on"),
    _r("R68", "4.5.3", "修改意见未了结前不关闭，不同意的写明理由", _p.revisions, "", "revisions:approval",
       b.wanted("R68"),
       fields="revisions:approval"),
    _r("R69", "4.5.2", "整理成书面报告：制订、实施、检查、确认"),
    _r("R70", "4.5.2", "确认后及时整理归档", _p.report_due, "AR08", "archived_on", b.report_late,
       fields="archived_on", answered_by="AR08"),
    _r("R71", "4.5.2", "报告归档保存，内容与跟踪表一致", _p.archived, "AR04 AR05 AR06 AR10", "archived_on",
       b.lacks("", "report_number", "archive_location"),
       fields="archived_on"),
    _r("R72", "4.2.3、4.3.2、4.4.3", "向管理评审提交输入资料"),
    _r("R73", "全部", "角色、邮箱、代理和有效期登记在《人员部门》", _p.open_rows, "FD08 FD09 FD10 FD17", "people:"),
)  # fmt: skip
