"""Whatever a letter says of a person, a day or a deed: the fact it stands on, and the opposite (A4).

Every claim is told twice, of an action three working days after its deadline and of the same with one fact turned
round; in the subject or the text, and in the HTML as well.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from capa_xl.model.journal import JournalView
from capa_xl.model.letter import Letter, LetterSlip
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.procedure import Procedure
from capa_xl.model.weekly import WeeklyLine, WeeklyList
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from capa_xl.reports.letter_view import LetterRow, LetterSection, LetterView
from capa_xl.reports.letters import Letterhead, compose
from tests.policy.postings import journal, posting
from tests.policy.registers import PEOPLE, completed, confirmed, day, planned, running, view
from tests.reports.test_letters import TEMPLATES, read

N, T, MONDAY = "GJ-2026-001", "2026-07-08", "2026-07-06"
Facts = Mapping[str, Any]
STORY: Facts = {"actions": (running(),), "on": T}
"""Due on Tuesday 2026-06-30, approved on 01-12, begun, not done: eight days late on T."""
ABSENT = {"deputy": "样例检", "deputy_from": "2026-07-01", "deputy_to": "2026-07-31"}


def one(**values: Any) -> Facts:
    return {"actions": (running(**values),)}


def people(**changes: Any) -> Facts:
    return {"people": tuple({**person, **changes.get(person["name"], {})} for person in PEOPLE)}


def many(count: int) -> Facts:
    return {"actions": tuple(running(number=f"GJ-2026-{n:03d}") for n in range(1, count + 1))}


def waiting(completed_on: str) -> Facts:
    return {"actions": (completed(completed_on=completed_on),)}


ERROR = Problem("PL02", "4.4.4", Severity.ERROR, "改进计划跟踪表", "AJ2", N, 2, "已制订措施但未规定责任人", "填写")
FAILED = journal(posting("O1", "2026-07-01", "样例工", result="failed"))
AGREED = {"approver": "样例甲", "approved_on": "2026-06-10"}
SHORT: Facts = {
    "actions": (running(registered_on="2026-06-09", started_on="2026-06-11", **AGREED),),
    "on": "2026-06-10",
}
NEED = {"number": "XQ-1", "registered_on": "2026-06-01", "description": "报表慢", "need_class": "改进需求"}
STEP = {"number": N, "step": "1", "content": "改配置", "owners": ("样例工",), "due_on": day("2026-06-20")}
ASKED = {"number": N, "on": "2026-06-20", "kind": "问题", "content": "缺账号"}
PLANNED, NEXT = {"on": "2026-05-29"}, {"on": "2026-06-01"}
WEEK: Facts = {"on": MONDAY}


def slip(cells: int, *others: str) -> Facts:
    return {"slips": {"样例工": LetterSlip("slip-1.xlsx", b"", cells, "W-1", "t", (), others)}}


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    Attributes:
        path: The field of the template it fills.
        to: Who reads it.
        also: Facts of the story besides.
        then: What the letter says instead; None: that person gets no letter.
    """

    path: str
    to: str
    says: str
    opposite: Facts
    then: str | None
    also: Facts = dataclasses.field(default_factory=dict)


def told(to: str, facts: Facts) -> Letter | None:
    """The letter of that person in the story with these facts."""
    given = {**STORY, **facts}
    head = Letterhead(day(given["on"]), "样例公司", "跟踪表.xlsx", rehearsal=given.pop("rehearsal", False))
    journal_, problems = given.pop("journal", JournalView("W-1")), given.pop("problems", ())
    slips = given.pop("slips", {})
    plan = plan_reminders(view(*given.pop("actions"), **given), journal_, problems)
    letters = compose(plan.duties, journal_, TEMPLATES, head, plan.weekly, slips)
    return next((letter for letter in letters if letter.recipient == to), None)


def says(letter: Letter | None, words: str | None) -> bool:
    """True when subject or text and HTML hold the words; None stands for no letter at all."""
    if letter is None or words is None:
        return letter is words
    plain = re.sub(r"\s+", "", words)
    subject = plain in re.sub(r"\s+", "", letter.subject)
    return subject or (plain in re.sub(r"\s+", "", letter.text) and plain in read(letter.html))


CLAIMS = (
    # --- the letter ---
    Claim("letter.recipient", "样例工", "样例工，您好", one(owners=("样例网",)), None),
    Claim("letter.department", "样例工", "— 服务台 样例工", people(样例工={"department": "网络部"}), "— 网络部 样例工"),
    Claim("letter.as_of", "样例工", "样例工（2026-07-08）", {"on": "2026-07-09"}, "样例工（2026-07-09）"),
    Claim("letter.day", "样例工", "截至2026年7月8日，", {"on": "2026-07-09"}, "截至2026年7月9日，"),
    Claim("letter.headline", "样例甲", "【实施逾期 1 项】", waiting("2026-06-29"), "【等您处理 1 项】"),
    Claim("letter.headline", "样例甲", "【超时 1 项】", waiting("2026-06-29"), "【等您处理 1 项】", waiting("2026-06-02")),
    Claim("letter.headline", "样例工", "【实施逾期 1 项】", PLANNED, "【即将到期 1 项】"),
    Claim("letter.headline", "样例质", "【每周汇总】", {"on": "2026-08-03"}, "【实施逾期 1 项】", WEEK),
    Claim("letter.kind", "样例工", "改进措施提醒", {"procedure": Procedure(reminders_from=day("2026-07-09")), "on": "2026-07-09"},
          "改进措施首次启用汇总"),
    Claim("letter.welcome", "样例工", "这是第一封", {"procedure": Procedure()}, "改进措施提醒",
          {"procedure": Procedure(reminders_from=day("2026-07-09")), "on": "2026-07-09"}),
    Claim("letter.first_thing", "样例工", f"请先处理 {N}：实施逾期 8 天。", {"on": "2026-07-09"}, f"请先处理 {N}：实施逾期 9 天。"),
    Claim("letter.first_thing", "样例甲", f"请先处理 {N}：实施逾期 8 天。", waiting("2026-06-02"), f"请先处理 {N}：检查超时 22 天。"),
    Claim("letter.first_thing", "样例甲", f"知会您：{N} 实施逾期 8 天，无需您填写。", people(), f"请先处理 {N}：实施逾期 8 天。", people(样例甲=ABSENT)),
    Claim("letter.first_thing", "样例质", "本周：在办 1 项，实施逾期 1 项", waiting("2026-06-02"), "本周：在办 1 项，实施逾期 0 项", WEEK),
    Claim("letter.rehearsal", "样例工", "【预演】", {"rehearsal": False}, "【实施逾期 1 项】", {"rehearsal": True}),
    Claim("letter.extension", "样例工", "期限内做不完？请在到期前", {"on": T}, "还需要时间？", PLANNED),
    Claim("letter.extension", "样例甲", "还需要时间？", waiting("2026-06-29"), "这一步不再提醒。 样例公司"),
    Claim("letter.to_fill", "样例甲", "供您知悉，无需填写", people(), "请直接在「跟踪表.xlsx」的相应单元格填写", people(样例甲=ABSENT)),
    Claim("letter.to_fill", "样例质", "请有关人员直接在", {"on": "2026-08-03"}, "请直接在", WEEK),
    Claim("letter.slip", "样例工", "随信附填报表 slip-1.xlsx", {"slips": {}}, "这一步不再提醒。 还需要时间？", slip(3)),
    Claim("letter.slip_cells", "样例工", "slip-1.xlsx（3 格）", slip(4), "slip-1.xlsx（4 格）", slip(3)),
    Claim("letter.slip_others", "样例工", "同样等您填写的：GJ-2026-009。", slip(3), "回复本信发回。", slip(3, "GJ-2026-009")),
    Claim("letter.sections", "样例甲", "实施逾期（1 项，其中请您提醒他人 1 项）", waiting("2026-06-29"), "等您处理（1 项）"),
    Claim("letter.weekly", "样例质", "每周汇总（全表）", {"actions": (), "on": MONDAY}, None, WEEK),
    # --- a section ---
    Claim("section.heading", "样例工", "实施逾期（1 项）", PLANNED, "即将到期（1 项）"),
    Claim("section.count", "样例工", "截至2026年7月8日，实施逾期 1 项", many(2), "截至2026年7月8日，实施逾期 2 项"),
    Claim("section.rows", "样例工", N, one(number="GJ-2026-009"), "GJ-2026-009"),
    Claim("section.rest", "样例工", "另有 1 项，见工作簿：GJ-2026-021", many(22), "另有 2 项，见工作簿：GJ-2026-021、GJ-2026-022", many(21)),
    Claim("section.late", "样例甲", "等您处理（1 项，其中超时 1 项）", waiting("2026-06-29"), "等您处理（1 项）", waiting("2026-06-02")),
    Claim("section.others", "样例甲", "实施逾期 1 项（请您提醒他人 1 项）", one(owners=("样例甲",)), "实施逾期 1 项。"),
    Claim("section.lines", "样例工", "即将到期（1 项，分列 2 条）", {"steps": []}, "即将到期（1 项）",
          PLANNED | {"steps": [STEP]}),
    Claim("section.late", "样例甲", "等您处理（2 项，其中超时 2 项，含反馈 2）", {"progress": [ASKED]}, "等您处理（1 项，其中超时 1 项，含反馈 1）",
          {"progress": [ASKED, ASKED | {"content": "缺权限"}]}),
    Claim("section.late_beside", "样例甲", "，含反馈 2）", {"progress": [ASKED]}, "，含反馈 1）",
          {"progress": [ASKED, ASKED | {"content": "缺权限"}]}),
    Claim("section.steps", "样例工", "步骤逾期（1 项 2 步）", {"steps": [STEP]}, "步骤逾期（1 项 1 步）",
          {"steps": [STEP, STEP | {"step": "2"}]}),
    Claim("section.above", "样例甲", "已写在上面的 1 项：GJ-2026-001", {"on": "2026-06-29"}, "步骤逾期（1 项 1 步，其中请您提醒他人 1 项）",
          {"steps": [STEP | {"department": "服务台"}]}),
    Claim("section.rest_count", "样例工", "另有 1 项，见工作簿", many(22), "另有 2 项，见工作簿", many(21)),
    # --- an item ---
    Claim("row.number", "样例工", N, one(number="GJ-2026-009"), "GJ-2026-009"),
    Claim("row.number", "样例质", "XQ-1", {"needs": [NEED | {"evaluation": "采纳", "evaluator": "样例检"}]}, None,
          {"actions": (), "needs": [NEED]}),
    Claim("row.title", "样例工", "客户系统夜间告警无人响应", one(description="机房漏水"), "机房漏水"),
    Claim("row.what", "样例甲", "下一步：请提醒 样例工 完成措施", one(owners=("样例甲",)), "下一步：完成措施"),
    Claim("row.what", "样例甲", "下一步：样例工：完成措施", people(), "下一步：请提醒 样例工 完成措施", people(样例甲=ABSENT)),
    Claim("row.marks", "样例检", "代样例工", one(owners=("样例工", "样例检")), "样例检，您好", people(样例工=ABSENT)),
    Claim("row.due", "样例工", "完成期限：2026-06-30", one(due_on="2026-06-29"), "完成期限：2026-06-29"),
    Claim("row.due", "样例甲", "检查限期：2026-07-13", waiting("2026-06-30"), "检查限期：2026-07-14", waiting("2026-06-29")),
    Claim("row.due_name", "样例甲", "检查限期：", {"actions": (running(),)}, "完成期限：", waiting("2026-06-29")),
    Claim("row.due_name", "样例甲", "审批限期：", {"actions": (running(),)}, "完成期限：", {"actions": (planned(registered_on="2026-06-29"),)}),
    Claim("row.due_name", "样例质", "评估限期：2026-06-15", {"needs": [NEED | {"registered_on": "2026-06-02"}]}, "评估限期：2026-06-16",
          {"actions": (), "needs": [NEED]}),
    Claim("row.days", "样例工", "逾期 8 天", {"on": "2026-07-09"}, "逾期 9 天"),
    Claim("row.days", "样例工", "剩余 32 天", NEXT, "剩余 29 天", PLANNED),
    Claim("row.days", "样例甲", "检查超时 22 天", waiting("2026-06-03"), "检查超时 21 天", waiting("2026-06-02")),
    Claim("row.place", "样例工", "单元格：改进计划跟踪表!", {"actions": (completed(),)}, None),
    Claim("row.department", "样例工", "· 实施中 · 服务台", one(responsible_department="网络部"), "· 实施中 · 网络部"),
    Claim("row.status", "样例工", "· 实施中 ·", one(started_on=None), "· 未开始 ·"),
    Claim("row.marks", "样例工", "补发（应提前一个月提醒）", PLANNED, " 提前一个月提醒", NEXT),
    Claim("row.marks", "样例工", "期限定下时已不足一个月", STORY | PLANNED, "提前一个月提醒", SHORT),
    Claim("row.marks", "样例甲", "完成期限2026年6月30日，剩余 32 天，提前一个月提醒", {"actions": (planned(registered_on="2026-05-25", due_on="2026-06-29"),)},
          "完成期限2026年6月29日，剩余 31 天，提前一个月提醒", PLANNED | {"actions": (planned(registered_on="2026-05-25"),)}),
    Claim("row.marks", "样例检", "代样例甲", people(), "以下是本周汇总", people(样例甲=ABSENT)),
    Claim("row.strip", "样例甲", "登记● 策划● 审批● 实施◐", waiting("2026-06-29"), "实施● 检查◐"),
    # --- the weekly lists ---
    Claim("list.heading", "样例质", "实施逾期（1 项）", {"actions": (running(due_on="2026-07-31"),)}, "一个月内到期（1 项）", WEEK),
    Claim("list.heading", "样例质", "环节超时（1 项）", {"actions": (running(),)}, "实施逾期（1 项）", WEEK | waiting("2026-06-02")),
    Claim("list.count", "样例质", "实施逾期（1 项）", many(2), "实施逾期（2 项）", WEEK),
    Claim("list.steps", "样例质", "步骤逾期（1 项 2 步）", {"steps": [STEP]}, "步骤逾期（1 项 1 步）",
          WEEK | {"steps": [STEP, STEP | {"step": "2"}]}),
    Claim("list.above", "样例质", "已写在上面的 1 项：GJ-2026-001", {"problems": ()}, "实施逾期（1 项）", WEEK | {"problems": (ERROR,)}),
    Claim("list.lines", "样例质", "GJ-2026-002  客户系统", many(1), "GJ-2026-001  客户系统", WEEK | many(2)),
    Claim("list.unlisted", "样例质", "另有 1 条，见工作簿", many(22), "另有 2 条，见工作簿", WEEK | many(21)),
    Claim("line.number", "样例质", f"{N}  客户系统夜间告警无人响应：实施逾期", one(number="GJ-2026-009"),
          "GJ-2026-009  客户系统夜间告警无人响应：实施逾期", WEEK),
    Claim("line.title", "样例质", "客户系统夜间告警无人响应：", one(description="机房漏水"), "机房漏水：", WEEK),
    Claim("line.words", "样例质", "实施逾期 6 天，等 样例工（服务台）", one(owners=("样例网",)), "实施逾期 6 天，等 样例网（责任部门 服务台）", WEEK),
    Claim("line.words", "样例质", "确认超时", {"actions": (confirmed(),)}, "归档超时",
          WEEK | {"actions": (confirmed(confirmer=None, confirmed_on=None, execution=None, effect=None, needs_revision=None),)}),
    Claim("line.words", "样例质", "已制订措施但未规定责任人 → 填写", {"problems": ()}, "实施逾期（1 项）", WEEK | {"problems": (ERROR,)}),
    Claim("line.words", "样例质", "无法送达 1 项", people(), "实施逾期（1 项）", WEEK | people(样例工={"email": None})),
    Claim("line.words", "样例质", "样例工：逾期提醒 发送失败", {"journal": JournalView("W-1")}, "实施逾期（1 项）", WEEK | {"journal": FAILED}),
    Claim("line.department", "样例质", "等 样例工（服务台）", one(responsible_department="网络部"), "等 样例工（责任部门 网络部）", WEEK),
    Claim("line.place", "样例质", "[改进计划跟踪表!A2]", {"problems": ()}, "[改进计划跟踪表!A2]", WEEK),
)  # fmt: skip
"""Each place of a letter, with the fact and the opposite."""

NO_CLAIMS = {
    "letter.company": "《参数》公司名称, as it stands",
    "letter.workbook": "the file's name",
    "letter.place": "《参数》工作簿位置, as it stands",
    "letter.link": "the same as an address",
    "letter.contact": "《参数》质量部联系人, as it stands",
    "letter.policy": "《参数》制度编号 and 制度名称, as they stand",
    "letter.colour": "the palette",
    "section.tone": "a colour of the heading",
    "row.tone": "a colour of the item",
    "line.is_apart": "whether a line of another list may tell it: never printed",
}
"""Places that claim nothing of the company's facts, each with its reason."""

FIELDS = {
    f"{name}.{field}"
    for name, shown in (
        ("letter", LetterView), ("section", LetterSection), ("row", LetterRow), ("list", WeeklyList), ("line", WeeklyLine)
    )
    for field in shown.__struct_fields__
}  # fmt: skip
"""Every name that a letter template can print."""
