"""A machine that follows the hints: it reads 下一步 and fills exactly the cells it names with honest values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.columns import columns_of
from capa_xl.model.problem import Severity
from capa_xl.model.records import Revision
from capa_xl.policy.check import check
from capa_xl.policy.conformity.matrix import conformity_of
from capa_xl.policy.errors_first import with_errors_first
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.viewing import view_register
from tests.policy.registers import ALL, closed, planned, register

HEADERS = {column.header: column.key for column in columns_of(Action)}
REVISION_HEADERS = {column.header: column.key for column in columns_of(Revision)}
_PROPOSED = {"number": "GJ-2026-001", "document_number": "SOP-01", "document_name": "值班规程",
             "document_class": "管理", "proposal": "写入转接时限", "proposed_by": "样例甲"}  # fmt: skip
_TOKEN = re.compile(r"（在“[^”]*”组中展开）|[、：；，（）。]")
MEMBERS = {"服务台": ("样例甲", "样例工"), "网络部": ("样例乙",), "质量部": ("样例检",)}
EARLIER = closed(number="GJ-2025-001", registered_on="2025-06-02", approved_on="2025-06-09", started_on="2025-06-10",
                 completed_on="2025-08-04", due_on="2025-08-29", inspected_on="2025-08-05", confirmed_on="2025-09-08",
                 archived_on="2025-09-10", progress_note="已做", evidence="照片", is_repeat=False, impact="一个客户",
                 goal="不再发生", inspector="样例甲")  # fmt: skip
MOST_DAYS = 500


@dataclass
class Story:
    """How one action goes; everything else follows from the hints.

    Attributes:
        registered: The cells of its registration, besides number, date, description and source.
        plan: What planning decides, by key.
        approvals, inspections, effects: Verdicts in turn, the last one again and again.
        revises: Answer to 是否涉及文件修订.
        refusal: How a refusal is lifted: verdict, clear or row.
        events: Days after registration → cells that change by an event of its own (an extension, a cancellation).
        steps: Rows of 措施分解.
        reviewed: 管理评审 is kept as a sheet.
        decided: It is registered for a decision of the review, which stands for its approval.
        counted: Statements that the self-check counts at the end: cells of a stage that was over before the walk began.
    """

    name: str
    registered: dict = field(default_factory=dict)
    plan: dict = field(default_factory=dict)
    approvals: tuple = ("同意",)
    inspections: tuple = ("合格",)
    effects: tuple = ("有效",)
    revises: bool = False
    refusal: str = "verdict"
    events: dict = field(default_factory=dict)
    steps: tuple = ()
    reviewed: bool = True
    decided: bool = False
    columns: tuple = ALL
    end: str = "已关闭"
    counted: tuple = ()


class Walk:
    """One action on its way."""

    def __init__(self, story, start="2026-01-05"):
        self.story, self.start, self.on = story, date.fromisoformat(start), date.fromisoformat(start)
        self.row = {
            "number": "GJ-2026-001", "description": "夜间告警三小时无人响应，影响两个客户", "registered_on": self.on,
            "raised_by": "样例网", "source": "运维服务过程", **story.registered,
        }  # fmt: skip
        self.others, self.decisions, self.revisions, self.extensions, self.progress = [EARLIER], [], [], [], []
        self.steps = [{"number": "GJ-2026-001", **step} for step in story.steps]
        self.turns = {"approval": list(story.approvals), "inspection": list(story.inspections),
                      "effect": list(story.effects)}  # fmt: skip
        self.told, self.problems = [], {}
        if story.decided:
            self.row["review_number"] = self._review()

    def counted(self):
        """What 制度执行自查表 counts against the action on this day: statement → why."""
        seen, found = self._seen()
        lines = conformity_of(RuleInputs(seen), found)
        return {line.id: line.reasons[line.rows.index("GJ-2026-001")] for line in lines if "GJ-2026-001" in line.rows}

    def view(self):
        seen, found = self._seen()
        hits = [p for p in found.problems if p.number == "GJ-2026-001" and p.severity is not Severity.INFO]
        return with_errors_first(seen, found.problems), hits

    def _seen(self):
        kept = {"decisions": self.decisions, "revisions": self.revisions, "extensions": self.extensions,
                "progress": self.progress, "steps": self.steps}  # fmt: skip
        others = [] if self.story.columns is not ALL else self.others
        seen = view_register(register(self.row, *others, columns=self.story.columns, **kept), AsOf(self.on, self.on))
        return seen, check(seen)

    def run(self):
        """Day by day to an end; the status it ended with."""
        for _ in range(MOST_DAYS):
            self._events()
            seen, hits = self.view()
            derived = seen.derived["GJ-2026-001"]
            for hit in hits:
                if not self._is_asked(seen, derived, hit):
                    self.problems.setdefault((hit.rule, derived.status), hit.message)
            if derived.is_ended:
                return derived.status
            if not self.told or self.told[-1] != derived.next_step:
                self.told.append(derived.next_step)
            if seen.calendar.is_working(self.on):
                self._follow(derived)
            self.on += timedelta(days=1)
        return f"{derived.status}：{derived.next_step}"

    def _is_asked(self, seen, derived, hit):
        """What today's hint asks for is still to be done, not done wrong: it may be a warning, never an error."""
        if hit.severity is Severity.ERROR:
            return False
        if hit.rule == "AR02" and "《文件修订》" in derived.next_step:
            return True
        return hit.cell in {seen.at(2, key) for key in derived.next_keys}

    def _events(self):
        for cells in [self.story.events.get((self.on - self.start).days, {})]:
            self.extensions += cells.get("extensions", ())
            self.row |= {key: value for key, value in cells.items() if key in HEADERS.values()}

    def _follow(self, derived):
        hint = derived.next_step
        if "起确认效果" in hint:
            return
        if "重新报批" in hint and self._lift(derived):
            return
        if "《文件修订》" in hint:
            self._revise(hint)
            return
        named = [HEADERS[token] for token in _TOKEN.split(hint) if token in HEADERS]
        for key in dict.fromkeys(named):
            if key in self.story.columns:
                self._fill(key, derived)
        for step in self.steps if "《措施分解》" in hint else ():
            step["done_on"] = self.on

    def _fill(self, key, derived):
        value = self._value(key, derived)
        if value is not None:
            self.row[key] = value

    def _value(self, key, derived):
        if key in ("approval", "inspection", "effect"):
            turns = self.turns[key]
            return turns.pop(0) if len(turns) > 1 else turns[0]
        if key in self.story.plan:
            return self.story.plan[key]
        if key.endswith("_on"):
            return self._day(key)
        named = _VALUES[key]
        return named(self, derived) if callable(named) else named

    def _day(self, key):
        if key != "due_on":
            return self.on
        due = self.on + timedelta(days=60)
        return due - timedelta(days=max(0, due.weekday() - 4))

    def _lift(self, derived):
        """By clearing the cells, or by a row 重新报批; a new verdict is just filled in."""
        self.row["measure"] = "告警按级别分送到值班手机，十五分钟无人接听时转值班经理，并逐月演练一次"
        if self.story.refusal == "clear":
            self.row |= {"approver": None, "approved_on": None, "approval": None}
        elif self.story.refusal == "row":
            self.progress.append({"number": "GJ-2026-001", "on": self.on, "kind": "重新报批", "content": "已改"})
        return self.story.refusal != "verdict"

    def _review(self):
        if self.story.reviewed and not self.decisions:
            self.decisions.append({"number": "PS-2026-01", "on": self.on, "topic": "改进",
                                   "decision": "同意实施", "conclusion": "同意", "chair": "样例总",
                                   "input_numbers": ("GJ-2026-001",)})  # fmt: skip
        return "PS-2026-01"

    def _follow_up(self):
        """A row of the same day, new like the cause that it is about; nothing of its own is due yet."""
        number = "GJ-2026-002"
        if any(other["number"] == number for other in self.others):
            return (number,)
        today, due = self.on.isoformat(), (self.on + timedelta(days=90)).isoformat()
        own = {"number": number, "registered_on": today, "due_on": due, "is_repeat": False, "impact": "一个客户",
               "goal": "不再发生", "priority": "中", "raised_by": "样例工"}  # fmt: skip
        self.others.append(planned(**own))
        return (number,)

    def _revise(self, hint):
        if "新增一行" in hint:
            named = [REVISION_HEADERS[token] for token in _TOKEN.split(hint) if token in REVISION_HEADERS]
            values = {**_PROPOSED, "proposed_on": self.on, "due_on": self.on + timedelta(days=20)}
            self.revisions.append({key: values[key] for key in named})
            return
        for row in self.revisions:
            if "批准人" in hint:
                row |= {"approver": "样例甲", "approved_on": self.on, "approval": "同意"}
            row |= {"reviser": "样例工", "revised_on": self.on, "new_version": "V2"}


def _approver(walk, derived):
    return derived.next_actor.split("、")[0]


def _inspector(walk, derived):
    return next(name for name in MEMBERS[derived.inspector_department] if name not in walk.row["owners"])


_VALUES = {
    "action_type": "纠正", "severity": "一般", "is_repeat": False, "process": "事件", "priority": "中",
    "impact": "夜间两个客户的告警", "cause": "告警只发到公共邮箱，夜间无人查看",
    "category": "告警通知", "investigators": ("样例甲",), "investigated_on": lambda walk, _: walk.on,
    "previous_numbers": ("GJ-2025-001",), "remark": None,
    "current_state": "全年夜间告警 120 件，超时 31 件", "main_cause": "夜间告警没有送到人",
    "analysis_number": "FX-2026-01", "analysis_methods": ("5Why",), "containment": "值班经理当夜逐单回访",
    "goal": "夜间告警十五分钟内响应", "measure": "告警按级别分送到值班手机，十五分钟无人接听时转值班经理",
    "scheme": "一周内整理路由规则，二周内配置并演练，更新值班卡", "owning_department": "服务台",
    "responsible_department": "服务台", "owners": ("样例工",), "indicator": "夜间超时率", "baseline": 26.0,
    "target": 5.0, "unit": "%", "involved_departments": ("服务台",), "communication": "2026-01-08 与网络部会签",
    "approver": _approver, "review_number": lambda walk, _: walk._review(), "progress": 10.0,
    "progress_note": "已配置并演练两次", "evidence": "演练记录 YL-01", "inspector": _inspector,
    "inspection_note": "抽查 10 单，均在十五分钟内响应", "confirmer": _approver, "execution": "已落实", "actual": 3.0,
    "needs_revision": lambda walk, _: walk.story.revises, "follow_ups": lambda walk, _: walk._follow_up(),
    "report_number": "GJBG-2026-001", "archive_location": "质量部一号柜", "stated_status": words.CLOSED,
    "source": "运维服务过程", "description": "夜间告警三小时无人响应，影响两个客户",
}  # fmt: skip
