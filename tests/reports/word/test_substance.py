"""What a paper says of the workbook: its head doesn't count, and a line that only moves has not changed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.paper_kinds import PLAN, REPLY
from capa_xl.model.told_changes import told_changes
from capa_xl.reports.word.paper_catalogue import CONTENTS
from capa_xl.reports.word.substance import as_told, substance
from capa_xl.reports.word.told_of_a_plan import plan_changes


def test_another_day_and_another_state_of_the_workbook_say_the_same():
    facts = CONTENTS[REPLY.key].example()
    later = replace(facts, head=replace(facts.head, as_of=date(2027, 1, 5), fingerprint="0" * 64, edition=2))
    assert substance(REPLY, facts) == substance(REPLY, later) != {}


def test_a_line_of_the_plan_that_goes_is_told_by_its_number_and_the_others_are_not():
    plan = CONTENTS[PLAN.key].example()
    (first,) = plan.corrective
    second = replace(first, action=replace(first.action, number="GJ-2026-099"))
    both = replace(plan, corrective=(first, second))
    told = told_changes(substance(PLAN, both), substance(PLAN, replace(plan, corrective=(second,))))
    assert f"纠正方面项目 {first.action.number}" in told
    assert "纠正方面项目 GJ-2026-099" not in told


def test_a_changed_due_date_is_one_change():
    plan = CONTENTS[PLAN.key].example()
    moved = replace(plan.corrective[0], action=replace(plan.corrective[0].action, due_on=date(2027, 3, 31)))
    after = replace(plan, corrective=(moved, *plan.corrective[1:]))
    changed = told_changes(substance(PLAN, plan), substance(PLAN, after))
    assert f"纠正方面项目 {moved.action.number} 期限" in changed


def changed(before, after):
    return plan_changes(substance(PLAN, before), substance(PLAN, after)).split("；")


def test_an_item_that_was_planned_since_is_told_by_the_cells_of_its_row():
    """It was told as 一类没有项目时的文字 已分类的没有 → 本期无；未分类项目 GJ-1 删除；纠正方面项目 GJ-1 新写."""
    plan = CONTENTS[PLAN.key].example()
    (bare,) = plan.unclassified
    action = replace(bare.action, action_type="纠正", due_on=date(2027, 1, 20), goal="2 台仪器都有校色报告")
    before = replace(plan, corrective=())
    after = replace(plan, corrective=(replace(bare, action=action),), unclassified=())
    number = bare.action.number
    assert changed(before, after) == [
        f"项目 {number} 改进目标 P2 响应超时率 ≤3%。 → 2 台仪器都有校色报告",
        f"项目 {number} 完成期限 2026年12月18日 → 2027年1月20日",
        f"项目 {number} 措施类型 空白 → 纠正",
    ]


def test_what_came_into_a_plan_and_what_left_it_is_told_once_and_is_not_called_deleted():
    plan = CONTENTS[PLAN.key].example()
    (major,) = plan.preventive
    number = major.action.number
    assert changed(plan, replace(plan, preventive=())) == [f"项目 {number} 不再列出"]
    assert changed(replace(plan, preventive=()), plan) == [f"项目 {number} 列入"]
    weighed = replace(major, action=replace(major.action, severity="一般"))
    assert changed(plan, replace(plan, preventive=(weighed,))) == [f"第五节 {number} 不再列出"]


def test_what_else_a_plan_says_is_told_under_the_headings_of_its_sheets():
    plan = CONTENTS[PLAN.key].example()
    source, goal = plan.sources[2], plan.goals[0]
    after = replace(
        plan,
        plan=replace(plan.plan, requirement="按月检查"),
        sources=(*plan.sources[:2], replace(source, collected=5), *plan.sources[3:]),
        goals=(replace(goal, current="2.5%"), *plan.goals[1:]),
        changes=(*plan.changes[:-1], replace(plan.changes[-1], cancelled=("GJ-2026-042",))),
    )
    told = changed(plan, after)
    assert told[0] == "计划 总体要求 每项措施有责任人、期限和可量化的效果指标。 → 按月检查"
    assert told[1].startswith("变更履历第 2 行 ") and "GJ-2026-042" in told[1]
    assert told[2:] == ["目标分解 P2响应超时率 现值 1.8% → 2.5%", "来源 审核结果 收集条数 4 → 5"]


def test_what_follows_from_others_is_told_where_nothing_else_changed():
    plan = CONTENTS[PLAN.key].example()
    elsewhere = replace(plan, corrective=(replace(plan.corrective[0], inspector="质量部"),))
    assert changed(plan, elsewhere) == ["按月安排 1 检查部门 服务台 → 质量部"]


JOINED = (" 优先级、措施类型、过程", " 归口部门和责任部门、责任人")
"""What the list of the plan prints in one column, and other cells of an item say as well."""


def test_another_owner_and_another_priority_are_told_once():
    plan = CONTENTS[PLAN.key].example()
    (first,) = plan.corrective
    other = replace(
        first,
        action=replace(first.action, owners=("样例丁",)),
        derived=replace(first.derived, priority="低"),
    )
    cells = (substance(PLAN, one) for one in (plan, replace(plan, corrective=(other,))))
    told = told_changes(*(as_told(PLAN, one) for one in cells)).split("；")
    assert [change.partition(" → ")[2] for change in told if first.action.number in change] == ["低", "服务台 / 样例丁"]


def test_changes_are_told_under_names_that_people_read():
    for kind in (PLAN, REPLY):
        cells = substance(kind, CONTENTS[kind.key].example())
        told = as_told(kind, cells)
        assert list(told.values()) == [text for name, text in cells.items() if not name.endswith(JOINED)]
        assert [name for name in told if re.search("[a-z]", name)] == []
    assert as_told(PLAN, {"措施配套 written_on": "x", "计划各版 1 approved_on": "y"}) == {
        "计划 编制日期": "x",
        "计划各版 1 批准日期": "y",
    }


BASIS = "事件管理系统导出，2026 年 9 月至 11 月全部 171 件中 165 件在 30 分钟内响应，达标率 96%"


def test_of_long_texts_the_clause_is_told_in_which_they_part():
    told = told_changes({"依据": BASIS}, {"依据": f"{BASIS}，另抽查 10 月 160 件中 2 件"})
    assert told == "依据 …达标率 96% → …达标率 96%，另抽查 10 月 160 件中 2 件"
    assert told_changes({"依据": BASIS}, {"依据": BASIS.replace("165", "163")}) == (
        "依据 …11 月全部 171 件中 165 件在 30 分钟内响应… → …11 月全部 171 件中 163 件在 30 分钟内响应…"
    )
    assert told_changes({"甲": "同一句话，到这里"}, {"甲": ""}) == "甲 同一句话，到这里 → 空白"


HEADERS = ("类型", "项目", "原内容", "更正后", "原因", "批准人", "日期")
DATE = ("更正", "确认日期", "2027-03-03", "2027-03-04", "抄错", "样例质", "2027-04-07")
VALUE = ("更正", "实际值", "", "0.8", "抄错", "样例质", "2027-04-08")
REOPENED = ("重开", "", "2027-03-01 完成", "", "没有做完", "样例质", "2027-03-05")
DATE_TOLD = "更正 确认日期 2027-03-03 → 2027-03-04"
ANOTHER, ANOTHER_TOLD = (*DATE[:3], "2027-03-05", *DATE[4:]), DATE_TOLD.replace("-04", "-05")


def entries(*rows):
    """The cells of 更正记录 as an edition keeps them."""
    return {
        f"更正记录 {at} {name}": text
        for at, row in enumerate(rows, start=1)
        for name, text in zip(HEADERS, row, strict=True)
        if text
    }


def test_an_entry_of_corrections_is_told_by_what_it_corrected_and_takes_no_place_of_the_cells():
    cells = {f"格{at}": "旧" for at in range(9)}
    told = told_changes(cells, dict.fromkeys(cells, "新") | entries(DATE))
    assert told == "；".join(f"格{at} 旧 → 新" for at in range(8)) + f"；另有 1 处；{DATE_TOLD}"


def test_a_cell_that_an_entry_tells_of_in_the_same_words_is_told_once():
    was, now = {"确认日期": "2027-03-03"}, {"确认日期": "2027-03-04"}
    assert told_changes(was, now | entries(DATE)) == DATE_TOLD
    assert told_changes({"确认日期": "2027-03-02"}, now | entries(DATE)) == (
        f"确认日期 2027-03-02 → 2027-03-04；{DATE_TOLD}"
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [((), (REOPENED,), "重开 2027-03-05"), ((), (VALUE,), "更正 实际值 （未写） → 0.8"),
     ((REOPENED, DATE), (DATE,), "重开 2027-03-05 不再计入"), ((DATE,), (REOPENED, DATE), "重开 2027-03-05"),
     ((DATE,), ((*DATE[:4], "看错", *DATE[5:]),), f"{DATE_TOLD} 改了原因"), ((DATE,), (DATE, DATE), DATE_TOLD),
     ((DATE, DATE), (DATE,), f"{DATE_TOLD} 不再计入"), ((DATE,), (ANOTHER,), f"{ANOTHER_TOLD}；{DATE_TOLD} 不再计入")],
)  # fmt: skip
def test_of_entries_of_corrections_what_each_says_counts_and_not_its_place(before, after, told):
    assert told_changes(entries(*before), entries(*after)) == told


def test_an_entry_that_came_or_went_is_told_once():
    entry = {f"文件修订 1 {name}": "x" for name in ("申请编号", "文件号", "修订人")}
    assert told_changes({}, entry) == "文件修订 1 新写"
    assert told_changes(entry | {"格": "旧"}, {"格": "新"}) == "格 旧 → 新；文件修订 1 删除"
    assert told_changes(entry, entry | {"文件修订 1 修订人": "样例甲"}) == "文件修订 1 修订人 x → 样例甲"


def test_yes_and_no_are_told_in_chinese():
    assert told_changes({"是否涉及文件修订": "False"}, {"是否涉及文件修订": "True"}) == "是否涉及文件修订 否 → 是"
