# ruff: noqa: E501 - a row of a table stays on one line
"""A name with a blank inside: one where 人员部门 has it, and nobody's name is torn."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.app.use_cases.slip import make_slips
from capa_xl.app.use_cases.todo import todo
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.reading.written_names import names_in, one_name
from capa_xl.workbook.writing.fixes import proposed_fixes
from capa_xl.workbook.writing.replaced_names import with_name_replaced
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
HEAD = ["编号", "问题描述", "措施内容", "责任部门", "责任人", "完成期限", "开始日期"]
KNOWN = {"欧阳建国", "李明", "网络运维部", "张三", "李四"}


def book(names=("欧阳 建国", "李 明", "张三", "李四"), department="网络 运维部", owners="欧阳建国", of=None):
    people = [["姓名", "部门", "角色"], *([name, department, "员工"] for name in names)]
    row = ["GJ-2026-001", "值班漏接三次", "改排班", of or department, owners, date(2026, 9, 1), date(2026, 5, 4)]
    return workbook_bytes({"改进计划跟踪表": [HEAD, row], "人员部门": people})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("欧阳 建国", "欧阳建国"),
        ("李　明", "李明"),
        (" 李 明 ", "李明"),
        ("John  Smith", "John Smith"),
        ("研发 / 测试部", "研发/测试部"),
        ("IT 运维部", "IT 运维部"),
    ],
)
def test_where_a_name_is_introduced_a_blank_parts_nothing(text, name):
    assert one_name(text) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("欧阳 建国", ("欧阳建国",)), ("欧阳建国", ("欧阳建国",)), ("欧阳 建国 张三", ("欧阳建国", "张三")), ("张三 欧阳 建国", ("张三", "欧阳建国")),
        ("张三 李四", ("张三", "李四")), ("欧阳 建国、李 明", ("欧阳建国", "李明")), ("欧阳　建国\n张三", ("欧阳建国", "张三")),
        ("John Smith、张三", ("John Smith", "张三")), ("诸葛 孔明", ("诸葛", "孔明")), ("", ()),
    ],
)  # fmt: skip
def test_a_known_name_is_one_and_two_known_names_are_two(text, names):
    assert names_in(text, KNOWN) == names


@pytest.mark.parametrize("owners", ["欧阳建国", "欧阳 建国", "欧阳　建国"])
@pytest.mark.parametrize("names", [("欧阳 建国", "张三"), ("欧阳建国", "张三")])
def test_roster_and_rows_name_the_same_person_however_either_is_spelled(names, owners):
    register = read_register(book(names=names, owners=owners))
    assert register.people.records[0].name == "欧阳建国"
    assert register.tracker.records[0].owners == ("欧阳建国",)
    assert register.tracker.records[0].departments == ("网络运维部",)


def test_the_repair_takes_the_blank_away_and_puts_no_separator_in():
    blob = book(owners="欧阳 建国、李 明", of="网络 运维部")
    found = {(one.sheet, one.before): one.after for one in proposed_fixes(blob, read_register(blob))}
    assert found["人员部门", "欧阳 建国"] == "欧阳建国"
    assert found["人员部门", "李 明"] == "李明"
    assert found["人员部门", "网络 运维部"] == "网络运维部"
    assert found["改进计划跟踪表", "欧阳 建国、李 明"] == "欧阳建国、李明"
    assert found["改进计划跟踪表", "网络 运维部"] == "网络运维部"


@pytest.mark.parametrize("asked", ["欧阳 建国", "欧阳建国", " 欧阳　建国 "])
def test_a_person_is_asked_for_by_either_spelling(tmp_path, asked):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(book())
    found = todo(desk_at(path, DAY), asked).todo
    assert (found.name, [item.number for item in found.items]) == ("欧阳建国", ["GJ-2026-001"])


@pytest.mark.parametrize("asked", ["网络 运维部", "网络运维部"])
def test_a_department_is_asked_for_by_either_spelling(tmp_path, asked):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(book())
    made = make_slips(desk_at(path, DAY), (asked,), tmp_path / "发出")
    assert [one.path.name for one in made.slips] == ["填报表 网络运维部 2026-06-01.xlsx"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("欧阳 建国", "样例丁"),
        ("欧阳 建国、张三", "样例丁、张三"),
        ("张三；欧阳　建国（主）", "张三；样例丁（主）"),
        ("欧阳 建国、样例丁", "样例丁"),
        ("欧阳 建", "欧阳 建"),
    ],
)
def test_a_successor_takes_the_place_of_a_name_with_a_blank(text, after):
    assert with_name_replaced(text, "欧阳建国", "样例丁") == after
