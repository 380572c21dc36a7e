"""责任部门 with several departments in a cell."""

import pytest

from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.reading.several_departments import departments_in
from tests.tables import tracker_bytes, workbook_bytes

KNOWN = frozenset({"网络部", "服务台", "研发/测试部", "系统部"})
PEOPLE = "姓名    部门    角色\n样例甲  服务台  部门经理\n样例乙  网络部  部门经理"


@pytest.mark.parametrize(
    ("text", "departments"),
    [
        ("网络部", ("网络部",)), ("网络部、服务台", ("网络部", "服务台")), ("网络部/服务台", ("网络部", "服务台")),
        ("网络部；服务台，系统部", ("网络部", "服务台", "系统部")), ("网络部\n服务台", ("网络部", "服务台")),
        ("研发/测试部", ("研发/测试部",)), ("网络部、研发/测试部", ("网络部", "研发/测试部")),
        ("研发/测试部/网络部", ("研发/测试部", "网络部")),
        ("网络部（主）、服务台（配合）", ("网络部", "服务台")),
        ("网络部（主）", ("网络部",)), ("@网络部 等", ("网络部",)),
        ("精调班组（南延线、机场线）", ("精调班组（南延线、机场线）",)),
        ("网络部、精调班组（南延线，机场线/支线）；服务台", ("网络部", "精调班组（南延线，机场线/支线）", "服务台")),
        ("网络部（主、服务台", ("网络部（主", "服务台")),
        ("备件部", ("备件部",)), ("网络部、备件部", ("网络部", "备件部")), ("网络部、网络部", ("网络部",)),
    ],
)  # fmt: skip
def test_a_cell_is_taken_apart_and_a_known_name_beats_splitting(text, departments):
    assert departments_in(text, KNOWN) == departments


def test_without_any_known_department_a_slash_is_part_of_the_name():
    assert departments_in("研发/测试部", frozenset()) == ("研发/测试部",)
    assert departments_in("网络部、服务台", frozenset()) == ("网络部", "服务台")


def action(cell):
    table = f"编号   措施内容  责任人  完成期限    责任部门\nGJ-01  换电源    样例甲  2026-06-30  {cell}"
    (found,) = read_register(tracker_bytes(table, 人员部门=PEOPLE)).tracker.records
    return found


def test_the_first_is_the_main_one_and_the_cell_is_remembered_as_written():
    found = action("网络部（主）、服务台")
    assert (found.responsible_department, found.other_departments) == ("网络部", ("服务台",))
    assert found.departments == ("网络部", "服务台")
    assert found.as_in_cell().responsible_department == "网络部（主）、服务台"


def test_a_single_plain_department_is_just_that():
    found = action("网络部")
    assert (found.departments, found.departments_as_written) == (("网络部",), "")
    assert found.as_in_cell() is found


@pytest.mark.parametrize("between", ["、", "；", "，", "/", "\n"])
def test_a_known_name_with_a_slash_stays_whole_among_those_involved(between):
    listed = between.join(("网络部", "研发/测试部", "班组（南延线、机场线）", "服务台"))
    people = PEOPLE + "\n样例丙  研发/测试部  部门经理"
    headings = ("编号", "问题描述", "责任部门", "责任人", "完成期限", "涉及部门")
    blob = workbook_bytes(
        {
            "改进计划跟踪表": [headings, ("GJ-01", "漏接三次", "网络部", "样例甲", "2026-07-01", listed)],
            "人员部门": [line.split() for line in people.splitlines()],
        }
    )
    (action,) = read_register(blob).tracker.records
    assert action.involved_departments == ("网络部", "研发/测试部", "班组（南延线、机场线）", "服务台")
