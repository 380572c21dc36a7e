"""责任部门/责任人 in one column: the piece before the stroke is the department."""

import pytest

from capa_xl.workbook.reading.joint_columns import holds_both
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

HEADING = "责任部门/责任人"


def read(*cells, heading=HEADING):
    rows = [["编号", "问题描述", "措施内容", heading, "完成期限"]]
    rows += [[str(n), "漏油", "换密封", cell, "2026-10-15"] for n, cell in enumerate(cells, start=1)]
    settings = [["参数", "值"], [f"列名_{heading}", "责任人"]]
    records = read_register(workbook_bytes({"改进计划跟踪表": rows, "参数": settings})).tracker.records
    return [(one.responsible_department, one.owners) for one in records]


def test_the_piece_before_the_stroke_or_break_is_the_department():
    assert read("仪表/王工", "生产\n张工、李工") == [("仪表", ("王工",)), ("生产", ("张工", "李工"))]


def test_a_cell_with_one_piece_stays_as_it_is():
    assert read("王工", "") == [(None, ("王工",)), (None, ())]


def test_a_column_of_people_alone_has_two_people():
    assert read("仪表/王工", heading="责任者") == [(None, ("仪表", "王工"))]


@pytest.mark.parametrize(
    ("heading", "both"), [(HEADING, True), ("Dept / Owner", True), ("责任人", False), ("责任人/部门", False)]
)
def test_the_heading_says_so(heading, both):
    assert holds_both(heading) == both
