# ruff: noqa: E501 - a row of a table stays on one line
"""Every open row of a table waits for somebody whom it names, with a department or without, or is named itself."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.check import check
from capa_xl.policy.left_out import left_out_sentences
from capa_xl.policy.reminders.reach import reach_of
from capa_xl.policy.reminders.recipients import inspector_names
from capa_xl.policy.todo import known_names, todo_of
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY, LATE, SOON = date(2026, 11, 28), date(2026, 11, 10), date(2026, 12, 20)
TEXT = "门锁坏了无法锁闭"


def seen(head, *rows):
    view = view_register(read_register(workbook_bytes({"改进计划跟踪表": [head.split("|"), *rows]})), AsOf(DAY, DAY))
    return view, left_out_sentences(view, (), "")


def test_a_row_without_a_due_date_is_named_in_a_table_without_measures():
    view, said = seen(
        "编号|问题描述|责任人|完成期限|状态", ["A1", TEXT, "李四", None, "进行中"], ["A2", TEXT, "王五", SOON, "进行中"],
        ["A3", TEXT, "王五", None, "已关闭"],
    )  # fmt: skip
    assert [(p.rule, p.cell) for p in check(view).problems if p.rule in ("PL01", "PL02")] == [("PL01", "D2")]
    assert next(p for p in check(view).problems if p.rule == "PL01").message == "未规定完成期限"
    assert said == ("1 行没有完成，也没有完成期限，到期不会提醒：A1 → 填完成期限",)
    assert (view.derived["A1"].status, view.derived["A1"].next_actor) == ("待策划", "李四")


def test_rows_without_measure_and_due_date_are_counted_beside_those_that_have_one():
    _, said = seen(
        "编号|问题描述|整改措施|责任人|完成期限|状态", ["A1", TEXT, "换锁", "李四", None, "进行中"],
        ["A2", TEXT, None, None, None, "进行中"],
    )  # fmt: skip
    due = [one for one in said if "没有完成期限" in one]
    assert due == ["1 行没有完成，也没有完成期限，到期不会提醒：A1 → 填完成期限；另有 1 行措施和期限都没有：A2"]


@pytest.mark.parametrize(
    ("head", "row", "status", "actor"),
    [
        ("编号|发现人|问题描述|责任人|完成期限|状态", ["A1", "赵一", TEXT, "张三", LATE, "待验收"], "待检查", "赵一"),
        ("编号|发现人|问题描述|责任人|完成期限|状态", ["A1", "赵一", TEXT, None, SOON, "进行中"], "待策划", "赵一"),
        ("编号|问题描述|责任人|完成期限|实际完成日期|检查人|检查日期|检查结论", ["A1", TEXT, "张三", LATE, LATE, "孙六", None, None], "待检查", "孙六"),
        ("编号|问题描述|责任人|完成期限|实际完成日期|确认人|确认日期|效果结论", ["A1", TEXT, "张三", LATE, date(2026, 8, 1), "孙六", None, None], "待效果确认", "孙六"),
        ("编号|问题描述|责任部门|责任人|完成期限|状态", ["A1", TEXT, "后勤部", "张三", LATE, "待验收"], "待检查", "后勤部"),
    ],
)  # fmt: skip
def test_who_is_waited_for_stands_in_the_row(head, row, status, actor):
    view, said = seen(head, row)
    assert (view.derived["A1"].status, view.derived["A1"].next_actor) == (status, actor)
    raiser_checks = (status, actor) == ("待检查", "赵一")
    told = "1 行等检查，没有写由谁检查，提醒发给「发现人」：A1（赵一） → 由别人检查的，填检查人（没有这一列的加一列“检查人”）"
    assert said == ((told,) if raiser_checks else ())


@pytest.mark.parametrize("word", ["待验收", "已整改待验收"])
def test_a_row_that_names_nobody_for_its_turn_is_named(word):
    _, said = seen("编号|问题描述|责任人|完成期限|状态", ["A1", TEXT, "张三", LATE, word])
    assert said == (
        "1 行从表里看不出轮到谁，暂记在质量部名下：A1（待检查） → "
        "填责任人；等人检查、确认的，填检查人或确认人，或加“责任部门”一列",
    )


@pytest.mark.parametrize(
    ("heading", "word", "status"),
    [
        ("是否结案", "N", "待检查"), ("结案否", "否", "待检查"), ("是否关闭", "×", "待检查"), ("状态", "未销号", "待检查"),
        ("Closed?", "No", "待检查"), ("是否完成", "否", "待检查"), ("状态", "进行中", "待检查"), ("是否结案", "Y", "已关闭"),
        ("状态", "已取消", "已取消"), ("状态", "Cancelled", "已取消"),
    ],
)  # fmt: skip
def test_what_a_word_beside_a_day_of_completion_says(heading, word, status):
    view, _ = seen(f"编号|问题描述|责任人|完成期限|实际完成日期|{heading}", ["A1", TEXT, "张三", LATE, LATE, word])
    assert view.derived["A1"].status == status
    told = [p.message for p in check(view).problems if p.rule == "WB10"]
    assert len(told) == ((heading, word) in (("是否完成", "否"), ("状态", "进行中"))) + (status == "已取消")


CHECKED, CONFIRMED = "检查人|检查日期|检查结论", "确认人|确认日期|效果结论"
WITH_DEPARTMENT = "编号|问题描述|责任部门|责任人|完成期限|实际完成日期|"
OLD = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("head", "cells", "status", "actor", "step"),
    [
        (CHECKED, ["孙六", None, None], "待检查", "孙六", "检查实施情况，填写：检查日期、检查结论"),
        (CHECKED, ["孙六", date(2026, 7, 1), "不合格"], "待检查", "后勤部", "检查实施情况，填写：检查人、检查日期、检查结论"),
        (CHECKED, [None, None, None], "待检查", "后勤部", "检查实施情况，填写：检查人、检查日期、检查结论"),
        ("检查人|检查结论", ["孙六、钱七", None], "待检查", "孙六、钱七", "检查实施情况，填写：检查结论"),
        (CONFIRMED, ["孙六", None, None], "待效果确认", "孙六", "确认执行情况和效果，填写：确认日期、效果结论"),
        (CONFIRMED, [None, None, None], "待效果确认", "后勤部", "确认执行情况和效果，填写：确认人、确认日期、效果结论"),
    ],
)  # fmt: skip
def test_who_is_named_for_the_check_is_waited_for_before_the_department(head, cells, status, actor, step):
    view, _ = seen(WITH_DEPARTMENT + head, ["A1", TEXT, "后勤部", "张三", OLD, OLD, *cells])
    derived = view.derived["A1"]
    assert (derived.status, derived.next_actor, derived.next_step) == (status, actor, step)


@pytest.mark.parametrize("head", [CHECKED, CONFIRMED])
def test_a_name_given_beforehand_is_no_half_made_check(head):
    view, _ = seen(WITH_DEPARTMENT + head, ["A1", TEXT, "后勤部", "张三", SOON, None, "孙六", None, None])
    assert view.derived["A1"].status == "实施中"
    assert [p.rule for p in check(view).problems if p.rule.startswith(("CK", "EF"))] == []


def test_todo_knows_who_is_named_for_a_check_that_is_not_due_yet():
    view, _ = seen(WITH_DEPARTMENT + CHECKED, ["A1", TEXT, "后勤部", "张三", SOON, None, "孙六", None, None])
    assert "孙六" in known_names(view)[0]
    view, _ = seen(WITH_DEPARTMENT + CHECKED, ["A1", TEXT, "后勤部", "张三", OLD, OLD, "孙六", None, None])
    assert [item.number for item in todo_of(view, "孙六").items] == ["A1"]
    assert todo_of(view, "后勤部").items == ()


ROSTER = [["姓名", "部门", "角色", "邮箱"], ["周七", "后勤部", "部门经理", "zhou@corp.example"]]
CHECKER = ["孙六", "质量部", "质量部专员", "sun@corp.example"]


@pytest.mark.parametrize(("people", "told"), [([CHECKER], ["孙六"]), ([], ["孙六", "周七"])])
def test_the_letter_of_a_check_goes_to_who_is_named_and_to_the_head_where_no_letter_reaches_them(people, told):
    rows = [(WITH_DEPARTMENT + CHECKED).split("|"), ["A1", TEXT, "后勤部", "张三", LATE, LATE, "孙六", None, None]]
    sheets = {"改进计划跟踪表": rows, "人员部门": [*ROSTER, *people]}
    view = view_register(read_register(workbook_bytes(sheets)), AsOf(DAY, DAY))
    assert list(inspector_names(view, action_state_of(view.inputs, view.actions[0]))) == told
    unreached = [name for name, _ in reach_of(view).people]
    assert ("孙六" in unreached) == (not people)


@pytest.mark.parametrize(
    ("head", "cells", "status", "overdue"),
    [
        ("检查人|检查日期|状态", ["孙六", date(2026, 11, 20), "未闭合"], "返工中", "Y1"),
        ("检查人|检查日期|检查结论|状态", ["孙六", date(2026, 11, 20), None, "未闭合"], "返工中", "Y1"),
        ("检查人|检查日期|状态", ["孙六", date(2026, 11, 20), "已闭合"], "已关闭", None),
        ("检查人|检查日期|检查结论|状态", ["孙六", date(2026, 11, 20), "合格", "未闭合"], "已关闭", None),
        ("检查人|检查日期|状态", ["孙六", date(2026, 11, 2), "未闭合"], "待检查", None),
    ],
)  # fmt: skip
def test_a_check_without_a_conclusion_beside_a_word_that_denies_it_did_not_pass(head, cells, status, overdue):
    done = date(2026, 11, 5)
    view, _ = seen(WITH_DEPARTMENT + head, ["A1", TEXT, "后勤部", "张三", LATE, done, *cells])
    derived = view.derived["A1"]
    assert (derived.status, "Y1" if "Y1" in derived.overdue else None) == (status, overdue)
    assert derived.next_actor == {"返工中": "张三", "待检查": "后勤部"}.get(status, "")


@pytest.mark.parametrize(
    ("heading", "word", "checked", "status"),
    [
        ("Fixed?", "Y", True, "待检查"), ("是否完成", "是", True, "待检查"), ("是否整改", "√", True, "待检查"),
        ("Fixed?", "Y", False, "已关闭"), ("Closed?", "Y", True, "已关闭"), ("状态", "√", True, "已关闭"),
        ("是否整改闭环", "是", True, "已关闭"),
    ],
)  # fmt: skip
def test_a_bare_yes_says_what_its_heading_asks(heading, word, checked, status):
    head = f"编号|问题描述|责任人|完成期限|实际完成日期|状态列{'|检查结论' if checked else ''}"
    rows = [head.replace("状态列", heading).split("|"), ["A1", TEXT, "张三", LATE, LATE, word]]
    sheets = {"改进计划跟踪表": rows, "参数": [["参数", "值"], [f"列名_{heading}", "状态"]]}
    view = view_register(read_register(workbook_bytes(sheets)), AsOf(DAY, DAY))
    assert view.derived["A1"].status == status
