"""Whatever a paper says of a person's role, of a day or of a deed: the fact it stands on, and the opposite (A4).

Every claim is told twice, of a story kept in memory and of the same story with one fact turned round.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from capa_xl.model.journal import FILED
from capa_xl.model.period import parse_period
from capa_xl.model.replacements import NameChange, Replacements
from capa_xl.policy.handing_over import Handover
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.papers.exceptions_facts import exception_facts
from capa_xl.policy.papers.handover_facts import handover_facts
from capa_xl.policy.papers.meeting_facts import meeting_facts
from capa_xl.policy.papers.plan_facts import plan_facts
from capa_xl.policy.papers.reply_facts import reply_facts
from capa_xl.policy.papers.report_facts import report_facts
from capa_xl.policy.papers.request_facts import request_facts
from capa_xl.policy.papers.revision_facts import revision_facts
from capa_xl.policy.review import lateness, outcome
from capa_xl.policy.review.effect_lines import effect_lines
from capa_xl.reports.word.paper_catalogue import CONTENTS
from tests.policy.papers.given import given
from tests.policy.postings import journal, posting
from tests.policy.registers import PEOPLE, closed, confirmed, day, running, without

N, T, DUE = "GJ-2026-001", "2026-08-20", "2026-06-30"
YEAR = parse_period("2026")
PLANNED = "2026-05-29"
"""One month before 2026-06-30 is 2026-05-30, a Saturday."""
SINCE = {(N, day(DUE)): day("2026-01-05")}
STRANGERS = tuple(person | {"roles": ("员工",)} for person in PEOPLE)
"""Everybody is there, nobody holds a role."""
Facts = Mapping[str, Any]


def row(**values: Any) -> Facts:
    return {"actions": (confirmed(**values),)}


def late(**values: Any) -> Facts:
    return {"actions": (running(**values),)}


def sheet(name: str, **values: Any) -> Facts:
    return {name: [STORY[name][0] | values]}


STORY: Facts = {
    "actions": (
        confirmed(
            severity="一般", evidence="演练记录", review_number="GLPS-01", confirmation_evidence="OA-2", approval_evidence="OA-1",
            archived_on="2026-04-10", report_number="GJBG-1", archive_location="柜 1", resources="备件", resources_on="2026-01-20",
            investigators=("样例工",), investigated_on="2026-01-06", plan_number="JH-2026", indicator="误报率", actual=2.0,
            target=3.0, baseline=14.0, unit="%", raised_by="样例工", raised_department="服务台", needs_revision=True,
        ),
    ),
    "steps": [{"number": N, "step": "1", "content": "整理", "due_on": "2026-02-10", "done_on": "2026-02-09"}],
    "progress": [{"number": N, "on": "2026-01-13", "recorded_by": "样例工", "kind": "资源申请", "content": "备件 2 件",
                  "answer": "同意", "answered_by": "样例总", "answered_on": "2026-01-14"}],
    "extensions": [{"number": N, "asked_on": "2026-01-15", "old_due_on": "2026-05-31", "new_due_on": DUE,
                    "approver": "样例甲", "approved_on": "2026-01-16", "approval": "同意"}],
    "revisions": [{"number": N, "document_name": "规程", "proposal": "加一步", "proposed_by": "样例甲", "proposed_on": "2026-04-08",
                   "approver": "样例质", "approved_on": "2026-04-09", "approval": "同意", "reviser": "样例工", "revised_on": "2026-04-20", "due_on": "2026-04-30"}],
    "decisions": [{"number": "GLPS-01", "item": "1", "on": "2026-01-20", "conclusion": "同意", "decision": "照办",
                   "tracker_numbers": (N,)}],
    "plans": [{"number": "JH-2026", "version": "V1.0", "period_from": "2026-01-01", "period_to": "2026-12-31",
               "author": "样例检", "written_on": "2026-01-02", "approver": "样例总", "approved_on": "2026-01-08", "approval": "同意", "approval_evidence": "OA-9"}],
    "needs": [{"number": "XQ-1", "registered_on": "2026-01-05", "source": "顾客投诉", "is_valid": True, "evaluation": "采纳", "replied_on": "2026-01-07"}],
    "excuses": [{"number": N, "rule": "AP06", "note": "夜间抢修", "signed_by": "样例质", "on": "2026-02-02"}],
    "people": PEOPLE,
    "journal": journal(posting("M1", PLANNED, "样例甲"), first_seen=SINCE),
}  # fmt: skip


def _inputs(facts: Facts) -> Any:
    others = {name: value for name, value in facts.items() if value is not None}
    return given(*others.pop("actions"), on=others.pop("on", T), journal=others.pop("journal"), **others)


def _paper(paper: str, facts: Any) -> Facts:
    return CONTENTS[paper].context(facts)


HANDED = Handover("样例工", "样例网", day(T))
ONE_CELL = Replacements((NameChange("改进计划跟踪表", "D2", N, "责任人", "", "样例工", "样例网"),))
TELLERS: Mapping[str, Callable[[Any], Any]] = {
    "report": lambda inputs: _paper("report", report_facts(inputs, N)),
    "a3": lambda inputs: _paper("a3", report_facts(inputs, N)),
    "plan": lambda inputs: _paper("plan", plan_facts(inputs, "JH-2026")),
    "request": lambda inputs: _paper("request", request_facts(inputs, N)),
    "revision": lambda inputs: _paper("revision", revision_facts(inputs, N)[0]),
    "exceptions": lambda inputs: _paper("exceptions", exception_facts(inputs)),
    "handover": lambda inputs: _paper("handover", handover_facts(inputs, HANDED, ONE_CELL)),
    "reply": lambda inputs: _paper("reply", reply_facts(inputs, inputs.view.needs[0])),
    "meeting": lambda inputs: _paper("meeting", meeting_facts(inputs, YEAR)),
    "review": lambda inputs: {
        "overdue": {"rows": [vars_of(line) for line in lateness.overdue_lines(inputs.view, inputs.journal)]},
        "major": {"rows": [vars_of(line) for line in outcome.major_lines(inputs.view, YEAR)]},
        "earlier": {"rows": [vars_of(line) for line in outcome.earlier_decisions(inputs.view) or ()]},
        "audits": {"rows": [vars_of(line) for line in outcome.audit_lines(inputs.view, YEAR)]},
        "resources": {"rows": [vars_of(line) for line in outcome.resource_lines(inputs.view, YEAR) or ()]},
        "documents": {"rows": [vars_of(line) for line in outcome.document_lines(inputs.view, YEAR) or ()]},
        "complaints": {"rows": [vars_of(line) for line in outcome.complaint_lines(inputs.view, YEAR) or ()]},
        "effects": {"rows": [vars_of(line) for line in _effects(inputs.view)]},
        "recurrences": {"rows": [vars_of(line) for line in _recurrences(inputs.view)]},
        "excuses": {"rows": [vars_of(line) for line in outcome.excuse_lines(inputs.view) or ()]},
    },
}
"""Paper → what it says of a story; of the review the lines that speak of deeds."""


def _effects(view: Any) -> Any:
    return effect_lines(view, kpi_input_of(view, ()).actions, YEAR)


def _recurrences(view: Any) -> Any:
    return outcome.recurrence_lines(view, kpi_input_of(view, ()).actions, YEAR)


def vars_of(line: Any) -> Facts:
    return {name: getattr(line, name) for name in line.__slots__}


def told(paper: str, path: str, facts: Facts) -> str:
    """What stands at a place of a paper; the first of a list."""
    value = TELLERS[paper](_inputs(STORY | facts))
    for piece in path.split("."):
        name, _, at = piece.partition("#")
        value = value[name.removesuffix("[]")]
        if piece.endswith("[]") or at:
            value = value[int(at or 0)] if value else {}
        if value in (None, "", (), [], {}):
            return ""
    return str(value)


@dataclass(frozen=True)
class Claim:
    """One place of one paper that states a deed, a day or a role.

    Attributes:
        path: As `templates fields` lists it; #n picks the n-th of a list.
        fact: What it stands on.
        says: What is printed while the fact stands.
        opposite: The fact turned round.
        then: What is printed then.
        also: What else the story needs for the claim to arise.
    """

    paper: str
    path: str
    fact: str
    says: str
    opposite: Facts
    then: str
    also: Facts | None = None


def earlier_round(**values: Any) -> Facts:
    """A round before the row's own conclusion of 2026-04-07."""
    one = {"number": N, "round": 1, "effect": "部分有效", "confirmed_on": "2026-03-20", "confirmer": "样例甲"}
    return {"confirmations": [one | values]}


R = "reports[]."
BY_JIA = "样例甲（部门经理）"
NO_ROLES = {"people": STRANGERS}
MAJOR = row(severity="重大", review_number=None, approver="样例总", approval_route="总经理")
INSPECTION = ("inspector", "inspected_on", "inspection", "inspection_note")
KEY = {"category": "响应超时", "cause_category": ("法",)}
FEEDBACK = {"number": N, "on": "2026-07-06", "recorded_by": "样例工", "kind": "进展", "content": "等备件"}
_V1 = STORY["plans"][0]
TWO_VERSIONS = {"plans": [_V1, _V1 | {"version": "V1.1", "written_on": "2026-01-12", "approved_on": "2026-01-15"}]}
CLAIMS = (
    Claim("report", R + "approvals[].approver", "人员部门.角色（批准日）", BY_JIA, NO_ROLES, "样例甲"),
    Claim("report", R + "approvals[].on", "跟踪表.批准日期", "2026-01-12", row(approved_on="2026-01-13"), "2026-01-13"),
    Claim("report", R + "approvals[].result", "跟踪表.批准结论", "同意", row(approval="不同意"), "不同意"),
    Claim("report", R + "approvals[].actual", "跟踪表.批准方式", "部门经理", row(approval_route="总经理"), "总经理"),
    Claim("report", R + "approvals[].decision", "管理评审.决议", "GLPS-01 照办", sheet("decisions", decision="缓办"), "GLPS-01 缓办"),
    Claim("report", R + "approvals[].evidence", "跟踪表.批准凭证", "批准凭证：OA-1", row(), "批准依据：台账记载"),
    Claim("report", R + "steps[].on_time", "措施分解.实际完成", "是", sheet("steps", done_on="2026-02-11"), "否"),
    Claim("report", R + "requests[].answered_by", "人员部门.角色（处理日）", "样例总（总经理）", NO_ROLES, "样例总"),
    Claim("report", R + "extensions[].approver", "人员部门.角色（批准日）", BY_JIA, NO_ROLES, "样例甲"),
    Claim("report", R + "no_requests", "进展反馈已启用", "没有登记资源申请", {"progress": None}, "本工作簿没有工作表《进展反馈》"),
    Claim("report", R + "no_log", "进展反馈已启用", "实施中未登记问题。", {"progress": None}, "本工作簿没有工作表《进展反馈》。"),
    Claim("report", R + "no_steps", "措施分解已启用", "本项未分解步骤。", {"steps": None}, "本工作簿没有工作表《措施分解》。"),
    Claim("report", R + "no_extensions", "延期记录已启用", "没有登记延期。", {"extensions": None}, "本工作簿没有工作表《延期记录》。"),
    Claim("report", R + "no_inspection", "检查列存在", "尚未检查。", {"columns": without(*INSPECTION)}, "本表未设此栏。"),
    Claim("report", R + "reminder", "台账：服务器接收的信",
          f"质量部于2026年5月29日发邮件提醒{BY_JIA}（完成期限前一个月，应不迟于2026年5月29日）；催办 0 次。",
          {"journal": journal(posting("M1", PLANNED, result=FILED, transport="outbox"), first_seen=SINCE)},
          "完成期限前一个月的提醒2026年5月29日已生成，未发送（应不迟于2026年5月29日）；催办 0 次。", also=late()),
    Claim("report", R + "inspections[].inspector", "人员部门.部门（检查日）", "样例甲（服务台）",
          {"people": tuple(p | {"department": "网络部"} for p in PEOPLE)}, "样例甲（网络部）"),
    Claim("report", R + "inspections[].on", "跟踪表.检查日期", "2026-03-05", row(inspected_on="2026-03-06"), "2026-03-06"),
    Claim("report", R + "inspections[].result", "跟踪表.检查结论", "合格", row(inspection="不合格"), "不合格"),
    Claim("report", R + "derived.level", "跟踪表.问题层面或来源", "服务过程", row(source=None), ""),
    Claim("report", R + "inspections[].department", "应检查部门", "服务台", row(level="管理体系"), "质量部"),
    Claim("report", R + "observation", "效果确认日期",
          "观察期 30 天（2026年3月2日至2026年4月1日），最早确认日2026年4月1日，实际确认日2026年4月7日。",
          row(confirmed_on=None, effect=None, confirmer=None),
          "观察期 30 天（2026年3月2日至2026年4月1日），最早确认日2026年4月1日，尚未确认。"),
    Claim("report", R + "conclusion.confirmer", "人员部门.角色（确认日）", BY_JIA, NO_ROLES, "样例甲"),
    Claim("report", R + "conclusion.on", "跟踪表.确认日期", "2026-04-07", row(confirmed_on="2026-04-08"), "2026-04-08"),
    Claim("report", R + "conclusion.effect", "跟踪表.效果结论", "有效", row(effect="无效"), "无效"),
    Claim("report", R + "conclusion.execution", "跟踪表.执行情况结论", "已落实", row(execution="未落实"), "未落实"),
    Claim("report", R + "conclusion.evidence", "跟踪表.确认凭证", "确认凭证：OA-2", row(severity="重大"), "确认依据：台账记载"),
    Claim("report", R + "past_conclusions[].effect", "效果确认.结论", "部分有效", earlier_round(effect="无效"), "无效", earlier_round()),
    Claim("report", R + "past_conclusions[].on", "效果确认.确认日期", "2026-03-20", earlier_round(confirmed_on="2026-03-19"), "2026-03-19",
          earlier_round()),
    Claim("report", R + "past_conclusions[].confirmer", "人员部门.角色（确认日）", BY_JIA, NO_ROLES, "样例甲", earlier_round()),
    Claim("report", R + "effect.rows[].reached", "跟踪表.实际值与目标值", "是", row(indicator="误报率", actual=4.0, target=3.0, baseline=14.0), "否"),
    Claim("report", R + "recurrence", "后来登记的同类问题",
          "2026年4月7日至2026年8月20日（135 天）未登记同类问题；不足 180 天，尚不能说明没有复发。",
          {"actions": (confirmed(), running(number="GJ-2", previous_numbers=(N,)))},
          "后来登记的同类问题（以本项为前次编号，或过程、类别、原因相同）：GJ-2。"),
    Claim("report", R + "missing", "跟踪表各列齐全", "", row(needs_revision=True, execution=None), "定稿前还缺：执行情况结论。"),
    Claim("report", R + "people#1.role", "检查人为空时才写应签的人", "检查", row(inspector=None), "检查（应检查部门）"),
    Claim("report", R + "people#1.name", "人员部门.角色（检查日）", BY_JIA, NO_ROLES, "样例甲"),
    Claim("report", R + "people#2.name", "人员部门.角色（确认日）", BY_JIA, NO_ROLES, "样例甲"),
    Claim("report", R + "people#3.on", "跟踪表.归档日期", "2026-04-10", row(), ""),
    Claim("report", R + "boxes.effect", "效果结论", "☑ 有效　☐ 部分有效　☐ 无效", row(effect="无效"), "☐ 有效　☐ 部分有效　☑ 无效"),
    Claim("report", R + "strip", "各阶段的日期", "登记● 策划● 审批● 实施● 检查● 确认● 归档●", row(inspected_on=None, inspector=None, inspection=None),
          "登记● 策划● 审批● 实施● 检查○ 确认● 归档◐"),
    Claim("plan", "changes[].on", "计划.批准日期", "2026-01-08", sheet("plans", approved_on=None, written_on=None), ""),
    Claim("plan", "changes[].approval", "人员部门.角色（批准日）", "样例总（总经理） 同意（凭证 OA-9）", NO_ROLES, "样例总 同意（凭证 OA-9）"),
    Claim("plan", "changes[].approval", "计划.批准凭证", "样例总（总经理） 同意（凭证 OA-9）", sheet("plans", approval_evidence=None), "样例总（总经理） 同意"),
    Claim("plan", "changes#0.what", "计划的第一版", "首次编制", row(plan_number="JH-2026", cancelled_on="2026-01-07"), f"取消 1 项（{N}）"),
    Claim("plan", "changes#1.what", "跟踪表：两版之间登记的行", f"新增 1 项（{N}）", row(plan_number="JH-2026"), "未登记新增、调整、取消",
          also=row(plan_number="JH-2026", registered_on="2026-01-12") | TWO_VERSIONS),
    Claim("plan", "versions[].author", "人员部门.角色（编制日）", "样例检（质量部专员）", NO_ROLES, "样例检"),
    Claim("plan", "versions[].approver", "人员部门.角色（批准日）", "样例总（总经理）", NO_ROLES, "样例总"),
    Claim("plan", "plan.approver", "人员部门.角色（批准日）", "样例总（总经理）", NO_ROLES, "样例总"),
    Claim("plan", "evidence", "计划.批准凭证", "（批准凭证：OA-9）", sheet("plans", approval_evidence=None), "（批准依据：台账记载）"),
    Claim("plan", "evidence", "计划.批准结论", "（批准凭证：OA-9）", sheet("plans", approval=None), ""),
    Claim("plan", "evidence", "计划.批准人", "（批准凭证：OA-9）", sheet("plans", approver=None), ""),
    Claim("plan", "approval_boxes", "计划.批准结论", "☑ 同意　☐ 不同意", sheet("plans", approval="不同意"), "☐ 同意　☑ 不同意"),
    Claim("plan", "corrective[].route", "跟踪表.批准人、批准日期", f"部门经理\n{BY_JIA}\n2026-01-12 批准，凭证 OA-1",
          NO_ROLES, "部门经理\n样例甲\n2026-01-12 批准，凭证 OA-1"),
    Claim("plan", "corrective[].route", "跟踪表.批准凭证", f"部门经理\n{BY_JIA}\n2026-01-12 批准，凭证 OA-1",
          row(), f"部门经理\n{BY_JIA}\n2026-01-12 批准"),
    Claim("plan", "resources[].manager", "人员部门.部门经理", "服务台，样例甲", NO_ROLES, "服务台"),
    Claim("plan", "resources[].by_general_manager", "进展反馈.资源申请", "True", sheet("progress", kind="进展"), "False"),
    Claim("plan", "resources[].on", "跟踪表.资源落实日期", "2026-01-20",
          {"actions": (confirmed(resources="备件", plan_number="JH-2026"),)}, ""),
    Claim("plan", "sources#0.note", "问题需求登记、跟踪表.来源", "直接列入跟踪表 1 条", row(source="数据分析", plan_number="JH-2026"), ""),
    Claim("request", "approval.approver", "人员部门.角色（批准日）", BY_JIA, NO_ROLES, "样例甲"),
    Claim("request", "approval.on", "跟踪表.批准日期", "2026-01-12", row(approved_on=None), ""),
    Claim("request", "approval.evidence", "跟踪表.批准凭证", "（批准凭证：OA-1）", row(), "（批准依据：台账记载）"),
    Claim("request", "inspection.who", "人员部门（检查日）", f"服务台 / {BY_JIA}", NO_ROLES, "服务台 / 样例甲"),
    Claim("request", "inspection.when", "跟踪表.检查日期、检查结论", "2026年3月5日 / 合格", row(inspection="不合格"), "2026年3月5日 / 不合格"),
    Claim("request", "evaluation.confirmer", "人员部门.角色（确认日）", BY_JIA, NO_ROLES, "样例甲"),
    Claim("request", "evaluation.on", "跟踪表.确认日期", "2026-04-07", row(confirmed_on="2026-04-08"), "2026-04-08"),
    Claim("request", "boxes.approval", "跟踪表.批准结论", "☑ 同意　☐ 不同意", row(approval="不同意"), "☐ 同意　☑ 不同意"),
    Claim("request", "boxes.route", "跟踪表.批准方式",
          "☑ 部门经理（一般纠正）　☐ 总经理（重大/重复纠正、全部预防）\n☐ 提交管理评审（编号 GLPS-01）", row(approval_route="总经理"),
          "☐ 部门经理（一般纠正）　☑ 总经理（重大/重复纠正、全部预防）\n☐ 提交管理评审（编号 ＿＿＿＿）"),
    Claim("request", "boxes.effect", "效果结论", "☑ 有效　☐ 部分有效　☐ 无效", row(effect="无效"), "☐ 有效　☐ 部分有效　☑ 无效"),
    Claim("request", "raised.by", "跟踪表.提出人", "样例工", row(raised_by="样例网"), "样例网"),
    Claim("request", "raised.on", "跟踪表.登记日期", "2026-01-05", row(registered_on="2026-01-06"), "2026-01-06"),
    Claim("request", "cause.on", "跟踪表.调查日期", "2026-01-06", row(), ""),
    Claim("request", "cause.investigators", "跟踪表.调查人", "('样例工',)", row(), ""),
    Claim("request", "plan.replied_on", "问题需求登记.回复日期", "2026-01-07", sheet("needs", replied_on="2026-01-08"), "2026-01-08",
          also=row(need_number="XQ-1")),
    Claim("revision", "proposal.by", "人员部门.角色（提出日）", BY_JIA, NO_ROLES, "样例甲"),
    Claim("revision", "proposal.on", "文件修订.提出日期", "2026-04-08", sheet("revisions", proposed_on="2026-04-09"), "2026-04-09"),
    Claim("revision", "proposal.department", "人员部门.部门（提出日）", "服务台", {"people": PEOPLE[:1]}, ""),
    Claim("revision", "approval.by", "人员部门.角色（批准日）", "样例质（质量部负责人）", NO_ROLES, "样例质"),
    Claim("revision", "approval.on", "文件修订.批准日期", "2026-04-09", sheet("revisions", approved_on=None), ""),
    Claim("revision", "boxes.approval", "文件修订.结论", "☑ 同意　☐ 不同意", sheet("revisions", approval="不同意"), "☐ 同意　☑ 不同意"),
    Claim("revision", "boxes.effect", "效果结论", "☑ 有效　☐ 部分有效　☐ 无效", row(effect="无效"), "☐ 有效　☐ 部分有效　☑ 无效"),
    Claim("revision", "result.revised_on", "文件修订.修订完成日期", "2026-04-20", sheet("revisions", revised_on=None), ""),
    Claim("revision", "result.reviser", "文件修订.修订人", "样例工", sheet("revisions", reviser="样例网"), "样例网"),
    Claim("revision", "action.confirmer", "人员部门.角色（确认日）", BY_JIA, NO_ROLES, "样例甲"),
    Claim("a3", "milestones[].inspected_on", "跟踪表.检查日期", "2026-03-05", row(inspected_on="2026-03-06"), "2026-03-06"),
    Claim("a3", "milestones[].confirmed_on", "跟踪表.确认日期", "2026-04-07", row(confirmed_on="2026-04-08"), "2026-04-08"),
    Claim("a3", "milestones[].approved_on", "跟踪表.批准日期", "2026-01-12", row(approved_on="2026-01-13"), "2026-01-13"),
    Claim("a3", "milestones[].approved_on", "跟踪表.批准结论", "2026-01-12", row(approval="不同意"), ""),
    Claim("a3", "approved.by", "跟踪表.批准结论", BY_JIA, row(approval=None), ""),
    Claim("a3", "milestones[].started_on", "跟踪表.开始日期", "2026-01-13", row(started_on="2026-01-14"), "2026-01-14"),
    Claim("a3", "milestones[].completed_on", "跟踪表.实际完成日期", "2026-03-02", row(completed_on="2026-03-03"), "2026-03-03"),
    Claim("a3", "milestones[].registered_on", "跟踪表.登记日期", "2026-01-05", row(registered_on="2026-01-06"), "2026-01-06"),
    Claim("a3", "milestones[].archived_on", "跟踪表.归档日期", "2026-04-10", row(archived_on="2026-04-13"), "2026-04-13"),
    Claim("exceptions", "entries[].signed_by", "人员部门.角色（确认日）", "样例质（质量部负责人）", NO_ROLES, "样例质"),
    Claim("exceptions", "entries[].on", "例外说明.日期", "2026-02-02", sheet("excuses", on="2026-02-03"), "2026-02-03"),
    Claim("exceptions", "entries[].worth", "确认人当日的职责", "已确认", sheet("excuses", signed_by="样例工"), "不生效：确认人不合格"),
    Claim("handover", "lines[].status", "跟踪表.状态", "实施中，实施逾期 51 天", late(cancelled_on="2026-08-01"), "已取消", also=late()),
    Claim("review", "overdue.rows[].escalated", "台账：服务器接收的逾期升级信", "总经理 2026-08-03",
          late() | {"journal": journal(posting("O3", "2026-08-03", "样例总", result=FILED, transport="outbox"))}, "",
          also=late() | {"journal": journal(posting("O3", "2026-08-03", "样例总"))}),
    Claim("review", "major.rows[].approval", "人员部门.角色（批准日）", "样例总（总经理） 同意", NO_ROLES, "样例总 同意", also=MAJOR),
    Claim("review", "major.rows[].approval", "跟踪表.批准凭证", "样例总（总经理） 同意（凭证 OA-1）", MAJOR, "样例总（总经理） 同意",
          also={"actions": (MAJOR["actions"][0] | {"approval_evidence": "OA-1"},)}),
    Claim("review", "earlier.rows[].status", "跟踪表中有该行", "已关闭", sheet("decisions", tracker_numbers=()), "结论同意，未列改进编号"),
    Claim("review", "earlier.rows[].completed_on", "跟踪表.实际完成日期", "2026-03-02", row(completed_on="2026-03-03"), "2026-03-03"),
    Claim("review", "earlier.rows[].effect", "效果结论", "有效", row(effect="无效"), "无效"),
    Claim("review", "audits.rows[].on", "首项登记日期", "2026-01-05", row(source="内部审核", registered_on="2026-01-06"), "2026-01-06",
          also=row(source="内部审核")),
    Claim("review", "audits.rows[].closed", "跟踪表.状态为已关闭", "1", row(source="内部审核", needs_revision=True), "0",
          also={"actions": (closed(source="内部审核"),)}),
    Claim("review", "audits.rows[].open_numbers", "跟踪表.取消日期", f"('{N}',)", row(source="内部审核", cancelled_on="2026-05-01"),
          f"('{N}（已取消）',)", also=row(source="内部审核", needs_revision=None)),
    Claim("review", "complaints.rows[].action_number", "问题需求编号、跟踪表编号", N, row(), "", also=row(need_number="XQ-1")),
    Claim("review", "complaints.rows[].status", "跟踪表.状态", "已取消", row(need_number="XQ-1", cancelled_on=None, needs_revision=None), "待文件修订，归档超时 121 天",
          also=row(need_number="XQ-1", cancelled_on="2026-05-01")),
    Claim("review", "complaints.rows[].status", "跟踪表.措施类型（XR01 只认纠正）", "已取消（不是纠正措施）",
          row(need_number="XQ-1", cancelled_on="2026-05-01"), "已取消",
          also=row(need_number="XQ-1", cancelled_on="2026-05-01", action_type="预防")),
    Claim("review", "complaints.rows[].is_valid", "问题需求登记.是否成立", "成立", sheet("needs", is_valid=None), "未判定"),
    Claim("review", "effects.rows[].effect", "效果结论", "有效", row(effect="无效"), "无效"),
    Claim("review", "effects.rows[].before", "跟踪表.现值、单位", "14%", row(indicator="误报率", baseline=15.0, unit="%"), "15%"),
    Claim("review", "effects.rows[].after", "跟踪表.实际值、单位", "2%", row(indicator="误报率", actual=2.5, unit="%"), "2.5%"),
    Claim("review", "effects.rows[].target", "效果确认的指标就是效果指标", "≤3%",
          {"confirmations": [{"number": N, "round": 1, "indicator": "投诉数", "confirmer": "样例甲", "confirmed_on": "2026-04-08", "effect": "有效"}]}, ""),
    Claim("review", "recurrences.rows[].registered_on", "后来那项的登记日期", "2026-05-04",
          {"actions": (confirmed(), running(number="GJ-2", previous_numbers=(N,), registered_on="2026-05-05"))}, "2026-05-05",
          also={"actions": (confirmed(), running(number="GJ-2", previous_numbers=(N,), registered_on="2026-05-04"))}),
    Claim("review", "recurrences.rows[].link", "前次编号", "前次编号",
          {"actions": (confirmed(**KEY), running(number="GJ-2", registered_on="2026-05-04", **KEY))}, "同过程、类别、原因",
          also={"actions": (confirmed(**KEY), running(number="GJ-2", previous_numbers=(N,), registered_on="2026-05-04"))}),
    Claim("review", "overdue.rows[].reason", "进展反馈的最近一条", "等备件", late() | {"progress": [dict(FEEDBACK, content="已到货")]}, "已到货",
          also=late() | {"progress": [FEEDBACK]}),
    Claim("review", "resources.rows[].answered_by", "人员部门.角色（处理日）", "样例总（总经理）", NO_ROLES, "样例总"),
    Claim("review", "resources.rows[].answer", "进展反馈.处理意见", "同意", sheet("progress", answer="不同意"), "不同意"),
    Claim("review", "resources.rows[].answered_on", "进展反馈.处理日期", "2026-01-14", sheet("progress", answered_on="2026-01-15"), "2026-01-15"),
    Claim("review", "resources.rows[].asked_on", "进展反馈.日期", "2026-01-13", sheet("progress", on="2026-01-12"), "2026-01-12"),
    Claim("review", "documents.rows[].status", "文件修订.修订完成日期", "已修订", sheet("revisions", revised_on=None), "已批准，修订中"),
    Claim("review", "documents.rows[].revised_on", "文件修订.修订完成日期", "2026-04-20", sheet("revisions", revised_on="2026-04-21"), "2026-04-21"),
    Claim("review", "excuses.rows[].signed_by", "人员部门.角色（确认日）", "样例质（质量部负责人）", NO_ROLES, "样例质"),
    Claim("review", "excuses.rows[].on", "例外说明.日期", "2026-02-02", sheet("excuses", on="2026-02-03"), "2026-02-03"),
)  # fmt: skip

SAME_CODE = {"preventive[].": "corrective[].", "r.": "reports[].", "coming.rows[].": "overdue.rows[]."}
"""Places filled by the code of others, which are claimed there."""
DEED = re.compile(
    r"(on|by|approver|confirmer|inspector|who|when|role|signed_by|status|result|escalated|worth|evidence|reminder|recurrence"
    r"|observation|what|answer|answered_by|owner|manager|reviewer|participants|investigators|decision|effect|closed|\w+_on)"
)
"""Names that tell of a person, a day or a deed: each place of theirs is a claim, or stands in `NO_CLAIMS` with its reason."""
NO_CLAIMS = {
    "milestones[].original_due_on": "a deadline, not a deed", "milestones[].due_on": "a deadline",
    "derived.original_due_on": "a deadline", "derived.earliest_confirmation_on": "a day still to come by rule",
    "derived.report_due_on": "a deadline", "derived.status": "the status (tests/policy/test_status.py)",
    "major.rows[].status": "the status", "conclusion.participants": "the cell 参加人", "evaluation.participants": "the cell 参加人",
    "nothing.evidence": "what stands for a blank, — or 本表未设此栏",
    "attachments[].owner": "always blank, for the pen", "receiver.reply_due_on": "a deadline",
    "period.review_on": "given on the command line, else 待定（按…推算）", "overdue.rows[].owner": "the cell 责任人",
    "versions[].reviewer": "always blank, for the pen", "versions[].reviewed_on": "always blank, for the pen",
    "on_time": "a count (tests/analysis)", "flow[].closed": "a count (tests/analysis)", "raised.evidence": "the cell 来源单号",
    "companies.rows[].on_time": "a figure", "by_source.rows[].on_time": "a count", "by_department.rows[].on_time": "a count",
    "earlier.rows[].decision": "the cell 决议", "due_on": "a deadline", "signals.rows[].answer": "the cells 跟踪表编号 or 理由",
}  # fmt: skip
"""Places with such names that tell of no deed, and why."""
