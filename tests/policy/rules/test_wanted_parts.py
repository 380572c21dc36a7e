"""XR12 asks for what 制度执行自查表 counts and no other rule speaks of: every part of it, cell by cell."""

import pytest

from capa_xl.model.columns import column_by_key
from capa_xl.model.schema import record_class_of
from capa_xl.policy.check import check
from capa_xl.policy.conformity.matrix import conformity_of
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.rules.wanted_parts import TRACKER, WANTED
from tests.policy.registers import ALL, closed, planned, view
from tests.policy.rules.struck import problem, struck

SOUND = {
    "plans": {"number": "JH-01", "version": "V1.0", "period_from": "2026-01-01", "period_to": "2026-12-31",
              "goal": "减半", "author": "样例检", "written_on": "2025-12-20", "approver": "样例总",
              "approved_on": "2025-12-28", "approval": "同意"},
    "progress": {"number": "GJ-2026-001", "on": "2026-05-01", "kind": "资源申请", "content": "备机一台",
                 "answer": "同意", "answered_by": "样例总", "answered_on": "2026-05-04", "conclusion": "同意"},
    "needs": {"number": "XQ-01", "registered_on": "2026-05-04", "department": "服务台", "raised_by": "样例工",
              "need_class": "不合格", "source": "其他", "process": "事件", "description": "断电", "priority": "中",
              "evaluation": "采纳", "evaluator": "样例检", "evaluated_on": "2026-05-06", "receiver": "样例工",
              "receiving_department": "服务台", "reply_due_on": "2026-05-20", "replied_on": "2026-05-18"},
    "measurements": {"process": "事件", "indicator": "超时率", "formula": "超时÷总数", "unit": "%", "target": 3.0,
                     "direction": "越小越好", "frequency": "月", "department": "服务台", "period": "2026-05",
                     "value": 2.0},
    "confirmations": {"number": "GJ-2026-001", "round": 1, "effect": "有效", "confirmed_on": "2026-05-04",
                      "evaluating_department": "服务台", "participants": ("样例工",)},
    "decisions": {"number": "PS-01", "on": "2026-05-04", "conclusion": "同意"},
    "observations": {"period": "2026-05", "department": "服务台", "data_class": "质量统计数据"},
    "analyses": {"number": "FX-01", "on": "2026-05-04", "data_range": "5月", "method": "p 控制图", "signal": "超限",
                 "conclusion": "异常", "disposition": "不采取", "reason": "一次性"},
    "revisions": {"number": "GJ-2026-001", "document_name": "值班规程", "document_class": "管理",
                  "proposal": "改 5.3", "approval": "不同意", "refusal_reason": "条款已写明"},
    TRACKER: {"impact": "两个客户", "goal": "减半", "indicator": "超时率", "baseline": 12.0, "target": 3.0},
}  # fmt: skip
"""A row of each sheet that wants nothing."""
ALSO = {
    ("R01", "action_type"): {"measure": None},
    ("R07", "evaluation_note"): {"evaluation": "不采纳", "evaluation_note": "已有"},
    ("R29", "invalid_reason"): {"is_valid": False, "invalid_reason": "客户侧断电"},
    ("R41", "tracker_numbers"): {"disposition": "预防措施", "reason": None, "tracker_numbers": ("GJ-2026-001",)},
    ("R25", "unit"): {"severity": "重大", "unit": "%"},
    ("R42", "main_cause"): {"action_type": "预防", "cause": None, "main_cause": "老化", "analysis_number": "FX-01"},
    ("R42", "analysis_number"): {"action_type": "预防", "main_cause": "老化", "analysis_number": "FX-01"},
}
"""What else stands in the row for which a part is wanted: (statement, the first of its columns) → cells."""
OTHERWISE = {
    ("R03", "author"): "样例工",
    ("R04", "approver"): "样例甲",
    ("R07", "evaluated_on"): "2026-05-01",
    ("R17", "replied_on"): "2026-05-01",
}
"""A fault that is no blank: a value that is untrue."""
CASES = [
    (part, key)
    for part in WANTED
    for key in (part.keys[:1] if part.fault or part.is_one_enough else part.keys)
    if part.requirement != "R27"
]
"""R27 wants its conclusion beside it: a test of its own."""


def seen_with(sheet, row):
    """A view of one row of that sheet, and one sound action."""
    if sheet == TRACKER:
        return view(planned(**row), on="2026-06-01")
    return view(planned(), on="2026-06-01", **{sheet: (row,)})


def asked(sheet, row):
    """(the columns, what is said) of XR12 on that sheet."""
    seen = seen_with(sheet, row)
    table = seen.register.tracker if sheet == TRACKER else getattr(seen.register, sheet)
    keys = {table.cell(2, key): key for key in table.columns}
    found = [p for p in check(seen).problems if p.rule == "XR12" and p.sheet == table.sheet]
    return {keys[p.cell]: p.message for p in found}


def counted(sheet, row, requirement):
    """How many the self-check counts against a statement."""
    seen = seen_with(sheet, row)
    lines = conformity_of(RuleInputs(seen), check(seen))
    return next(line.hit for line in lines if line.id == requirement)


@pytest.mark.parametrize("sheet", SOUND)
def test_a_sound_row_is_asked_for_nothing(sheet):
    assert asked(sheet, SOUND[sheet]) == {}


@pytest.mark.parametrize(("part", "key"), CASES, ids=lambda one: one if isinstance(one, str) else one.requirement)
def test_every_part_that_the_self_check_counts_is_asked_for_at_its_cell(part, key):
    sound = {**SOUND[part.sheet], **ALSO.get((part.requirement, part.keys[0]), {})}
    before = counted(part.sheet, sound, part.requirement)
    wrong = OTHERWISE.get((part.requirement, key)) if part.fault else None
    broken = {**sound, key: wrong if wrong or part.sheet != "confirmations" else ()}
    said = asked(part.sheet, broken)
    assert before == 0 and counted(part.sheet, broken, part.requirement) == 1
    (message,) = (text for text in said.values() if part.requirement in text)
    header = column_by_key(record_class_of(part.sheet))[key].header
    assert wrong or f"{header}空白" in message or f"{header}、" in message


def test_a_target_without_a_figure_to_hold_against_it_is_asked_for():
    action = closed(severity="重大", unit="%", indicator="超时率", baseline=12.0, target=3.0)
    found = [p for p in check(view(action, on="2026-06-01")).problems if p.rule == "XR12"]
    assert [(p.message, p.severity.value) for p in found] == [
        ("有目标值而没有实际值，效果没有对照目标（自查表 R27 按待整改计）", "info")
    ]
    assert not [p for p in check(view({**action, "actual": 2.0}, on="2026-06-01")).problems if p.rule == "XR12"]


ROWS = "编号 | 措施内容\nGJ-01 | 改路由"
REVISIONS = "编号 | 文件名称 | 文件类别 | 修改意见\nGJ-01 | 值班规程 |  | \nGJ-09 | 规程 |  | 改"


def test_one_row_is_one_hit_and_a_row_of_nobody_is_none():
    assert struck("XR12", ROWS, revisions=REVISIONS) == ["I 文件修订!C2"]
    told = problem("XR12", ROWS, revisions=REVISIONS)
    assert told.message == "文件类别、修改意见空白（自查表 R67 按待整改计）"
    assert (told.number, told.fix) == ("GJ-01", "照事实补填或改正")


def test_two_statements_that_want_the_same_are_named_in_one_sentence():
    heads = "登记编号 | 登记日期 | 登记部门 | 登记人 | 类别 | 来源 | 过程 | 描述"
    needs = f"{heads}\nXQ-01 | 2026-05-28 | 服务台 |  | 不合格 | 其他 |  | 断电"
    assert problem("XR12", ROWS, needs=needs).message == "登记人空白；登记人、过程空白（自查表 R06、R16 按待整改计）"


def test_a_table_without_the_column_is_asked_for_nothing():
    without = tuple(key for key in ALL if key not in ("unit", "analysis_number", "source_number"))
    seen = view(planned(severity="重大", action_type="预防"), on="2026-06-01", columns=without)
    assert not [p for p in check(seen).problems if p.rule == "XR12"]
