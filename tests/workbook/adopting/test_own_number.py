"""The rows' own number where nobody listed its heading, colours that differ by row, headings kept as foreign."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from capa_xl.model import palette
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
HEAD = ["问题描述", "整改措施", "责任人", "整改期限", "整改状态"]
ROW = ["标签缺失两处", "补贴标签", "样例甲", DAY, "进行中"]


def tried(heading, numbers, more=(), extra=()):
    rows = [[number, *ROW, *extra] for number in numbers]
    blob = workbook_bytes({"台账": [[heading, *HEAD, *more], *rows]})
    return adopt(blob, Adopting({}, "a1", DAY))


@pytest.mark.parametrize("heading", ["梯号", "Tank No."])
def test_a_number_that_people_quote_is_the_rows_own_whatever_it_is_called(heading):
    new, _ = tried(heading, ["WX-2026-01", "WX-2026-02"])
    assert [action.number for action in read_register(new).tracker.records] == ["WX-2026-01", "WX-2026-02"]


def test_the_running_number_stays_beside_the_number_of_a_thing():
    head, rows = ["序号", "梯号", *HEAD], [["1", "A1", *ROW], ["2", "B2", *ROW]]
    new, _ = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))
    assert [action.number for action in read_register(new).tracker.records] == ["1", "2"]


@pytest.mark.parametrize("heading", ["NC No.", "病害编号", "Issue key"])
def test_a_number_of_every_row_that_never_comes_twice_is_the_rows_own(heading):
    new, _ = tried(heading, ["N-1", "N-2"])
    assert [action.number for action in read_register(new).tracker.records] == ["N-1", "N-2"]


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [
        ("电梯编号", ["T-1", "T-2"]),
        ("Part No.", ["P-1", "P-2"]),
        ("梯号", ["A1", "B2"]),
        ("床号", ["12", "7"]),
        ("Tank No.", ["T1", "T2"]),
    ],
)
def test_the_number_of_another_thing_is_never_taken_for_it(heading, numbers):
    assert "编号" not in {mapped.field for mapped in tried(heading, numbers)[1].mapped}


def test_a_signature_under_the_numbers_lets_sheets_that_begin_anew_keep_their_prefix():
    sheets = {
        name: [
            ["No.", *HEAD],
            *([number, f"{name} 第 {number} 处渗水", *ROW[1:]] for number in "12"),
            ["Signed for contractor:", "", "", "Date:", "", ""],
        ]
        for name in ("Block A", "Block B")
    }
    new, found = adopt(workbook_bytes(sheets), Adopting({}, "a1", DAY))
    assert found.prefixes == {"Block A": "Block A-", "Block B": "Block B-"}
    assert [a.number for a in read_register(new).tracker.records] == [
        "Block A-1",
        "Block A-2",
        "Block B-1",
        "Block B-2",
    ]


def test_two_columns_of_problems_are_both_asked_and_tasks_are_no_verdict():
    head = ["序号", "反馈问题", "具体表现", "整改任务", "责任人", "完成时限", "整改结果"]
    rows = [
        ["1", "一、学习方面", "学习计划没有细化", "制定学习计划", "样例甲", DAY, "已完成"],
        ["2", "二、组织方面", "例会没有记录", "建立周调度", "样例乙", DAY, "未完成"],
    ]
    _, found = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))
    asked = {one.header: one for one in found.ask}
    assert {"反馈问题", "具体表现"} <= asked.keys()
    assert not any(one.why for one in found.ask if one.header == "整改任务")
    assert [asked[name].proposal for name in ("反馈问题", "具体表现")] == [None, None]


def test_two_columns_that_number_every_row_are_asked_and_neither_is_settled():
    head = ["改进项ID", "故障单号", "故障概述", "改进举措", "责任人", "完成期限", "状态"]
    rows = [[f"GJ-{n}", f"INC2026110{n}", f"第 {n} 条光缆中断", "补贴标签", "样例甲", DAY, "进行中"] for n in (1, 2)]
    _, found = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))
    asked = {one.header: one for one in found.ask}
    assert asked["改进项ID"].candidates[0] == asked["故障单号"].candidates[0] == "编号"
    assert "编号" not in {one.field for one in found.mapped}


def test_agreed_and_revised_days_are_the_first_deadline_and_the_one_in_force_and_must_be_said():
    head = ["Finding #", "Control Ref", "Finding", "Owner", "Agreed Date", "Revised Date", "Status"]
    row = ["CC6.1", "Access not revoked", "J. Sample", DAY, DAY, "In progress"]
    _, found = adopt(workbook_bytes({"Log": [head, ["F-01", *row], ["F-02", *row]]}), Adopting({}, "a1", DAY))
    asked = {one.header: one for one in found.ask}
    assert [asked[name].candidates[0] for name in ("Agreed Date", "Revised Date")] == ["完成期限", "完成期限"]
    assert all(asked[name].is_needed for name in ("Agreed Date", "Revised Date"))
    assert [asked[name].proposal for name in ("Agreed Date", "Revised Date")] == ["原完成期限", "完成期限"]
    assert {one.header: one.field for one in found.mapped}["Finding #"] == "编号"


def test_a_table_without_a_number_of_its_own_is_given_one():
    new, _ = tried("Part No.", ["P-1", "P-2"])
    assert [action.number for action in read_register(new).tracker.records] == ["GJ-2026-001", "GJ-2026-002"]


def test_a_code_in_the_leftmost_column_is_asked_and_not_proposed():
    new, found = tried("PRB单", ["PRB0451", "PRB0452"])
    assert (new, [(one.header, one.candidates, one.proposal) for one in found.ask]) == (
        None,
        [("PRB单", ("编号",), None)],
    )


def test_headings_that_are_foreign_today_stay_so_in_the_settings():
    new, found = tried("编号", ["N-1", "N-2"], ["扣分"], [2])
    assert (found.unmapped, read_register(new).procedure.headings["扣分"]) == (("扣分",), "")


def test_a_column_of_ours_that_refresh_filled_is_nobodys_heading_when_adopted_once_more():
    """Once: of a table without a status of its own, 〔自动〕状态 was kept as a heading of theirs after a refresh."""
    head = [*HEAD[:-1], "〔自动〕状态"]
    rows = [[f"N-{n}", *ROW[:-1], "实施中"] for n in (1, 2, 3)]
    new, _ = adopt(workbook_bytes({"台账": [["编号", *head], *rows]}), Adopting({}, "a1", DAY))
    assert "〔自动〕状态" not in read_register(new).procedure.headings


def test_rows_of_another_colour_are_told_and_stripes_are_not():
    assert coloured(3) == ["有 1 行的底色与别的行不同；颜色不参与判断，完成、取消等请写成文字"]
    assert coloured(2, 4) == []
    assert coloured(2, 3, 4, color=palette.AUTO_FILL) == []  # the columns that adopting added, a subtotal left out


def test_numbers_that_only_look_like_those_people_quote_are_told():
    """Excel shows 5 as ZJ-005: nobody finds it by that in another sheet, in a letter, on the command line."""
    book, stream = openpyxl.Workbook(), BytesIO()
    for row in (["编号", *HEAD], *([n, *ROW] for n in (5, 6))):
        book.active.append(row)
    for cell in book.active["A"][1:]:
        cell.number_format = '"ZJ-"000'
    book.save(stream)
    (told,) = [note for note in adopt(stream.getvalue(), Adopting({}, "a1", DAY))[1].notes if "ZJ" in note]
    assert told.startswith("「编号」格里是数字 5，只是显示成 ZJ-005：本工具、信件和别的工作表都写 5；")


def coloured(*rows, color="92D050"):
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    for row in (["编号", *HEAD], *([f"N-{n}", *ROW] for n in range(1, 5))):
        sheet.append(row)
    for row in rows:
        for cell in sheet[row]:
            cell.fill = PatternFill("solid", fgColor=color)
    book.save(stream)
    found = adopt(stream.getvalue(), Adopting({}, "a1", DAY))[1]
    return [note for note in found.notes if "底色" in note]


@pytest.mark.parametrize("heading", ["罐号", "台区", "Tank No.", "Unit No."])
def test_a_quoted_number_of_nobody_knows_what_is_asked_beside_a_running_one_which_is_the_default(heading):
    name = heading if heading != "台区" else "台区编号"
    head, rows = ["序号", name, *HEAD], [[str(n), f"TK-100{n}", *ROW] for n in (1, 2)]
    new, found = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))
    assert (new, {one.header: one.proposal for one in found.ask}) == (None, {"序号": "编号", name: ""})


def test_the_number_of_a_case_beside_a_running_one_is_the_rows_own():
    head, rows = ["序号", "通知单编号", *HEAD], [[str(n), f"JL-ZL-00{n}", *ROW] for n in (1, 2)]
    new, _ = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))
    assert [action.number for action in read_register(new).tracker.records] == ["JL-ZL-001", "JL-ZL-002"]


@pytest.mark.parametrize("numbers", [["HC-01", "HC-02", "HC-03", "HC-04", "HC-05", "HC-05"], ["HC-01", "HC-02"]])
def test_a_slips_number_beside_a_running_one_is_proposed_as_the_rows_own_though_one_is_copied(numbers):
    head, rows = ["序号", "单号", *HEAD], [[str(n), number, *ROW] for n, number in enumerate(numbers, 1)]
    new, found = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))
    assert (new, {one.header: one.proposal for one in found.ask}) == (None, {"序号": "", "单号": "编号"})


def test_a_slips_number_that_many_rows_share_is_where_they_come_from():
    head, rows = ["序号", "单号", *HEAD], [[str(n), f"HC-0{n // 3}", *ROW] for n in range(1, 7)]
    _, found = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))
    assert {one.header: one.proposal for one in found.ask} == {"单号": "来源单号"}
