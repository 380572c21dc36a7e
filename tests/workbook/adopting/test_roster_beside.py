"""A list of people in somebody's workbook is taken over into 人员部门, and said; several are named."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.adopting.roster_beside import roster_beside
from capa_xl.workbook.adopting.sheets_beside import SheetsOnce
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
TRACKER = [
    ["编号", "存在问题", "整改措施", "责任部门", "责任人", "整改期限", "状态"],
    ["A-1", "标签缺失两处", "补贴标签", "工程部", "样例甲", DAY, "进行中"],
]
PEOPLE = [
    ["样例公司通讯录", "", "", "", ""],
    ["序号", "姓名", "部门", "职务", "邮箱"],
    [1, "样例甲", "工程部", "工程师", "jia@corp.example"],
    [2, "样例乙", "品管部", "总经理", "yi@corp.example"],
    [3, "样例丙", "品管部", "", ""],
]


def found_in(**sheets):
    return roster_beside(SheetsOnce.of(WorkbookValues(workbook_bytes({"台账": TRACKER, **sheets}))), ["台账"])


def test_an_address_list_is_taken_over_and_said():
    new, found = adopt(workbook_bytes({"台账": TRACKER, "通讯录": PEOPLE}), Adopting({}, "a1", DAY))
    people = read_register(new).people.records
    assert [(one.name, one.department, one.roles, one.email) for one in people] == [
        ("样例甲", "工程部", (), "jia@corp.example"),
        ("样例乙", "品管部", ("总经理",), "yi@corp.example"),
        ("样例丙", "品管部", (), None),
    ]
    (note,) = (note for note in found.notes if "通讯录" in note)
    assert note.startswith("《通讯录》（3 人）是人员名单，姓名、部门、邮箱已抄到《人员部门》")


def test_of_two_lists_none_is_taken_and_both_are_named():
    found = found_in(通讯录=PEOPLE, 旧通讯录=PEOPLE)
    assert found.people == ()
    assert found.note.startswith("《通讯录》（3 人）、《旧通讯录》（3 人）都像人员名单，没有计入")


@pytest.mark.parametrize(
    "sheet",
    [
        [["姓名", "电话"], ["样例甲", "8001"]],
        [["姓名", "邮箱"], ["样例甲", "见内网"], ["样例乙", ""]],
        [["客户", "邮箱"], ["样例公司", "a@corp.example"]],
        [["姓名", "邮箱"]],
    ],
)
def test_what_reaches_nobody_is_no_list_of_people(sheet):
    assert found_in(通讯录=sheet).note == ""


def test_beside_an_empty_sheet_of_ours_the_list_is_named_and_beside_a_filled_one_not():
    head = ["姓名", "部门", "角色", "邮箱"]
    assert found_in(通讯录=PEOPLE, 人员部门=[head]).note == (
        "《通讯录》（3 人）像人员名单，《人员部门》却是空的 → 把姓名、部门、邮箱复制过去"
    )
    assert found_in(通讯录=PEOPLE, 人员部门=[head, ["样例甲", "工程部", "员工", ""]]).note == ""
