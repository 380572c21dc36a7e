"""责任部门/责任人 in one column, in either order: departments are told by what they are called, else by their place."""

import pytest

from capa_xl.workbook.reading.joint_columns import holds_both
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

HEADING = "责任部门/责任人"


def read(*cells, heading=HEADING, field="责任人"):
    rows = [["编号", "问题描述", "措施内容", heading, "完成期限"]]
    rows += [[str(n), "漏油", "换密封", cell, "2026-10-15"] for n, cell in enumerate(cells, start=1)]
    settings = [["参数", "值"], [f"列名_{heading}", field]]
    records = read_register(workbook_bytes({"改进计划跟踪表": rows, "参数": settings})).tracker.records
    return [(one.responsible_department, one.owners) for one in records]


def test_the_piece_before_the_stroke_or_break_is_the_department():
    assert read("仪表/王工", "生产\n张工、李工") == [("仪表", ("王工",)), ("生产", ("张工", "李工"))]


@pytest.mark.parametrize("heading", [HEADING, "责任人/部门", "责任人（责任部门）"])
@pytest.mark.parametrize("field", ["责任人", "责任部门"])
def test_what_is_called_a_department_is_one_wherever_it_stands(heading, field):
    cells = ("王强/运维部", "运维部/王强", "王强\n李明\n运维部", "运维部/设备科")
    assert read(*cells, heading=heading, field=field) == [
        ("运维部", ("王强",)), ("运维部", ("王强",)), ("运维部", ("王强", "李明")), ("运维部", ()),
    ]  # fmt: skip


def test_without_such_a_name_the_order_of_the_heading_decides():
    assert read("王工/仪表", heading="责任人/部门") == [("仪表", ("王工",))]


def test_an_office_with_a_stroke_in_it_is_no_pair():
    assert read("2/E") == [(None, ("2/E",))]


def test_a_cell_with_one_piece_stays_as_it_is():
    assert read("王工", "") == [(None, ("王工",)), (None, ())]


def test_a_cell_that_names_both_says_so_under_any_heading_where_no_column_has_the_departments():
    assert read("王强/运维部", "运维部/王强、李明", "设备科/运维部", heading="责任者") == [
        ("运维部", ("王强",)), ("运维部", ("王强", "李明")), (None, ("设备科", "运维部")),
    ]  # fmt: skip
    rows = [["编号", "问题描述", "责任部门", "责任人", "完成期限"], ["1", "漏油", None, "王强/运维部", "2026-10-15"]]
    (one,) = read_register(workbook_bytes({"改进计划跟踪表": rows})).tracker.records
    assert (one.responsible_department, one.owners) == (None, ("王强", "运维部"))


def test_a_column_of_people_alone_has_two_people():
    assert read("仪表/王工", heading="责任者") == [(None, ("仪表", "王工"))]


@pytest.mark.parametrize(
    ("heading", "both"),
    [
        (HEADING, True), ("Dept / Owner", True), ("Owner / Department", True), ("责任人/部门", True),
        ("责任部门 责任人", True), ("责任人", False), ("责任部门负责人", False), ("Department Owner", False),
        ("责任人/联系电话", False),
    ],
)  # fmt: skip
def test_the_heading_says_so(heading, both):
    assert holds_both(heading) == both


@pytest.mark.parametrize(
    ("heading", "cell", "owners"),
    [
        ("责任岗位/责任人", "天平管理员/样例测一", ("样例测一",)),
        ("责任岗位/责任人", "班长\n样例甲、样例乙", ("样例甲", "样例乙")),
        ("责任人/岗位", "样例甲/班长", ("样例甲",)),
        ("责任岗位/责任人", "样例甲", ("样例甲",)),
        ("责任人", "样例甲/样例乙", ("样例甲", "样例乙")),
    ],
)
def test_a_post_before_a_person_is_no_second_person_where_the_heading_says_so(heading, cell, owners):
    assert read(cell, heading=heading)[0][1] == owners
