"""What a paper says of the workbook: its head doesn't count, and a line that only moves has not changed."""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from capa_xl.model.edition import told_changes
from capa_xl.model.paper_kinds import PLAN, REPLY
from capa_xl.reports.word.paper_catalogue import CONTENTS
from capa_xl.reports.word.substance import as_told, substance


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


def test_an_entry_of_corrections_is_told_once_and_takes_no_place_of_what_it_corrected():
    cells = {f"格{at}": "旧" for at in range(9)}
    entry = {
        f"更正记录 1 {name}": "x" for name in ("编号", "类型", "项目", "原内容", "更正后", "原因", "批准人", "日期")
    }
    told = told_changes(cells, dict.fromkeys(cells, "新") | entry)
    assert told == "；".join(f"格{at} 旧 → 新" for at in range(8)) + "；另有 1 处；更正记录 1 新写"
    assert told_changes(entry, entry | {"更正记录 1 原因": "y"}) == "更正记录 1 有改动"


def test_an_entry_that_came_or_went_is_told_once():
    entry = {f"文件修订 1 {name}": "x" for name in ("申请编号", "文件号", "修订人")}
    assert told_changes({}, entry) == "文件修订 1 新写"
    assert told_changes(entry | {"格": "旧"}, {"格": "新"}) == "格 旧 → 新；文件修订 1 删除"
    assert told_changes(entry, entry | {"文件修订 1 修订人": "样例甲"}) == "文件修订 1 修订人 x → 样例甲"


def test_yes_and_no_are_told_in_chinese():
    assert told_changes({"是否涉及文件修订": "False"}, {"是否涉及文件修订": "True"}) == "是否涉及文件修订 否 → 是"
