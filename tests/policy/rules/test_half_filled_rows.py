"""A person without a department, a day without a type, a row without its 编号: everything goes by what is blank."""

from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.policy.keyless_rows import keyless_of
from capa_xl.policy.left_out import doubt_sentences
from capa_xl.policy.viewing import view_register
from tests.policy.rules.struck import PEOPLE, met, problem, register_of, struck

ROW = """
    编号  | 层面 | 责任部门 | 检查人 | 检查日期
    GJ-01 |      | 服务台   | 样例网 | 2026-05-04
"""


@pytest.mark.parametrize(
    ("people", "found"),
    [
        (PEOPLE, []),
        (
            PEOPLE.replace("样例网 | 网络部", "样例网 |       ").replace("样例丙 | 系统部", "样例丙 |"),
            ["W 人员部门!B8"],
        ),
        (PEOPLE.replace("样例总 | 总经办", "样例总 |       "), []),
        (PEOPLE + "    样例走 |  | 员工 | | 否 |\n", []),
    ],
)
def test_who_has_no_department_is_told_once_where_it_is_to_be_filled(people, found):
    """Once: only that the inspector belongs to 「」, and another person was waited for in silence."""
    assert struck("FD25", "编号 | 责任部门\nGJ-01 | 服务台", people=people) == found
    if found:
        said = problem("FD25", "编号 | 责任部门\nGJ-01 | 服务台", people=people).message
        assert said.startswith("样例网、样例丙 的部门空着：")


@pytest.mark.parametrize(
    ("days", "found", "said"),
    [
        ("2026-12-01 | 休 | 年会\n2026-12-02 | 班 |", [], ""),
        ("2026-12-01 | 休 | 年会\n2026-12-01 | 班 | 补班", ["W 节假日!B3"],
         "2026-12-01 在第 2 行写休，这一行写班，按后面的计"),
        ("2026-12-01 | 休 | 年会\n2026-12-01 | 休 | 停电", [], ""),
        ("2026-12-02 | | 停电", ["W 节假日!B2"], "2026-12-02 没有写休、班，按休计"),
        (" | 休 | 检修", ["W 节假日!A2"], "没有日期，这一行不起作用"),
    ],
)  # fmt: skip
def test_a_day_off_without_date_or_type_or_with_two_types_is_told(days, found, said):
    given = {"holidays": f"日期 | 类型 | 名称\n{days}"}
    assert struck("FD26", "编号\nGJ-01", **given) == found
    assert not said or problem("FD26", "编号\nGJ-01", **given).message == said
    told = [met("FD04", place.partition("!")[2], sheet="节假日", c="类型", v="加班") for place in found]
    assert "写休，这一行写班" in said or struck("FD26", "编号\nGJ-01", remarks=told, **given) == []


_STEPS = "编号 | 步骤号 | 步骤内容 | 步骤责任人\nGJ-01 | 1 | 摸底 | 样例网\n | 2 | 联调和割接 | 样例网"
KEYLESS = {
    "steps": (_STEPS, "E 措施分解!A3", "第 3 行（联调和割接）没有编号，这一行不起作用"),
    "progress": ("编号 | 日期 | 内容\n | 2026-05-04 | 已到货", "E 进展反馈!A2",
                 "第 2 行（已到货）没有编号，这一行不起作用"),
    "confirmations": ("编号 | 轮次\n | 1", "E 效果确认!A2", "第 2 行没有编号，这一行不起作用"),
    "extensions": ("编号 | 理由\n | 缺货", "E 延期记录!A2", "第 2 行（缺货）没有编号，这一行不起作用"),
    "revisions": ("编号 | 文件编号\n | QP-08", "E 文件修订!A2", "第 2 行（QP-08）没有编号，这一行不起作用"),
    "needs": ("登记编号 | 描述\n | 投诉迟到", "E 问题需求登记!A2",
              "第 2 行（投诉迟到）没有登记编号，和跟踪表对不上，也出不了要求单和回复函"),
    "decisions": ("评审编号 | 决议\n | 增加巡检", "E 管理评审!A2", "第 2 行（增加巡检）没有评审编号，这一行不起作用"),
    "plans": ("计划编号 | 版本\n | V1.0", "E 计划!A2", "第 2 行（V1.0）没有计划编号，这一行不起作用"),
    "measurements": ("指标 | 期间\n | 2026-05", "W 过程指标!A2", "第 2 行（2026-05）没有指标，这一行不起作用"),
    "observations": ("期间 | 指标\n | 超时率", "W 质量数据!A2", "第 2 行（超时率）没有期间，这一行不起作用"),
    "excuses": ("编号 | 规则 | 期间\n | AP06 |", "W 例外说明!A2",
                "第 2 行（AP06）没有编号，也没有期间，这一行不起作用"),
    "people": ("姓名 | 部门\n | 服务台", "E 人员部门!A2", "第 2 行（服务台）没有姓名，这一行不起作用"),
    "successions": ("旧部门 | 新部门\n网络部 |", "W 部门沿革!B2", "第 2 行（网络部）没有新部门，这一行不起作用"),
    "settings": ("参数 | 值\n | 10", "W 参数!A2", "第 2 行（10）没有参数，这一行不起作用"),
}  # fmt: skip
SOUND = {
    "steps": "编号 | 步骤号 | 步骤内容\nGJ-01 | 1 | 摸底",
    "corrections": "编号 | 类型\n | 重开",  # EF15 tells it
    "excuses": "编号 | 规则 | 期间\n | AP06 | 2026-03",
    "settings": "参数 | 值 | 说明\n |  | 以下是限期",
}


def test_an_exception_whose_period_cannot_be_read_lacks_no_number_besides():
    """FD05 stands at that very cell; 没有编号，也没有期间 was not true."""
    met_there = [met("FD05", "C2", "", None, "例外说明", c="期间", v="春天")]
    assert struck("FD30", "编号\nGJ-01", excuses="编号 | 规则 | 期间\n | AP06 |", remarks=met_there) == []


@pytest.mark.parametrize("sheet", KEYLESS)
def test_a_row_without_what_it_is_found_by_is_told_in_every_sheet(sheet):
    """Only the tracker's own rows were: a late step without 编号 was on nobody's list, and nothing said so."""
    text, found, said = KEYLESS[sheet]
    assert struck("FD30", "编号\nGJ-01", **{sheet: text}) == [found]
    assert problem("FD30", "编号\nGJ-01", **{sheet: text}).message == said


def test_rows_with_it_and_rows_of_another_rule_are_not_told():
    assert struck("FD30", "编号\nGJ-01", **SOUND) == []
    unread = [met("FD05", "A2", sheet="质量数据", c="期间", v="上月")]
    assert struck("FD30", "编号\nGJ-01", observations="期间 | 指标\n | 超时率", remarks=unread) == []


def test_an_entry_without_its_day_is_told_too():
    given = {"progress": "编号 | 日期 | 内容\nGJ-01 | | 已到货"}
    assert struck("FD30", "编号\nGJ-01", **given) == ["W 进展反馈!B2"]


def test_such_rows_are_counted_and_named_beside_what_is_left_out():
    on = date(2026, 6, 1)
    view = view_register(register_of("编号\nGJ-01", steps=_STEPS), AsOf(on, on))
    said = doubt_sentences(view, (), "")[0]
    assert said == "1 行没有填编号、姓名等，不起作用或对不上：《措施分解》第 3 行（编号） → 填括号里的那一格"
    assert keyless_of(view, "样例网") == keyless_of(view, "网络部") == said.replace("不起作用或对不上", "不在其中")
    assert keyless_of(view, "样例工") == ""


def test_a_day_that_was_merged_into_the_one_above_is_told():
    given = {"holidays": "日期 | 类型 | 名称\n2026-12-01 | 休 | 年会\n↑ | 休 | 停电"}
    found = problem("FD26", "编号\nGJ-01", **given)
    assert (found.cell, found.message) == ("A2", "第 3 行的日期合并在 A2 里，按 2026-12-01 计")
    assert found.fix == "取消单元格 A2 的合并，各行写自己的日期"
