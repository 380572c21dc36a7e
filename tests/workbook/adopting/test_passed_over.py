"""A heading that is as good as the one which was taken is named with the command that takes it instead."""

from __future__ import annotations

from datetime import date

from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.adopting.doubt import Doubt
from capa_xl.workbook.adopting.find_tables import find_tables
from capa_xl.workbook.adopting.passed_over import notes_of_passed_over
from capa_xl.workbook.adopting.sheets_beside import SheetsOnce
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
HEAD = ["序号", "编号", "问题描述", "整改措施", "责任人", "整改期限", "状态"]
ROWS = [[n, f"A-{n}", "标签缺失两处", "补贴标签并复核", "样例甲", DAY, "整改中"] for n in (1, 2)]


def book(heading, *cells):
    return workbook_bytes({"台账": [[*HEAD, heading], *([*row, cell] for row, cell in zip(ROWS, cells, strict=True))]})


def notes(blob, said=None):
    return [note for note in adopt(blob, Adopting(said or {}, "a1", DAY))[1].notes if "没有用上" in note]


def test_it_is_named_and_the_command_takes_it():
    blob = book("跟进人", "样例乙", "样例丙")
    assert notes(blob) == [
        "「跟进人」也像 责任人，没有用上（现取「责任人」） → 它才是的话，加 --map 责任人= --map 跟进人=责任人"
    ]
    _, found = adopt(blob, Adopting({"责任人": "", "跟进人": "责任人"}, "a1", DAY))
    assert {one.header: one.field for one in found.mapped}["跟进人"] == "责任人"


def test_nothing_is_said_of_row_numbers_blank_columns_and_what_somebody_answered():
    assert notes(book("跟进人", None, None)) == []
    assert notes(book("跟进人", "样例乙", "样例丙"), {"跟进人": ""}) == []


def test_one_in_doubt_whose_columns_are_all_taken_is_named_too():
    blob = book("何时", DAY, DAY)
    (table,) = find_tables(SheetsOnce.of(WorkbookValues(blob)), {}).tables
    heading = next(one for one in table.match.headings if one.text == "何时")
    (note,) = notes_of_passed_over(table, [Doubt(heading, ("due_on",), "内容是日期")])
    assert note.startswith("「何时」也像 完成期限，没有用上（现取「整改期限」）")
    assert list(notes_of_passed_over(table, [Doubt(heading, ("due_on", "completed_on"), "内容是日期")])) == []
