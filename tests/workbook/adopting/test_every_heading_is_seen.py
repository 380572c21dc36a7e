"""Every heading above values is taken, asked or listed, and what is printed as an answer has name and values for it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from tests.tables import workbook_bytes

DAY = date(2026, 11, 29)
HEAD = ["序号", "问题描述", "整改措施", "责任人", "完成期限"]
ROWS = [
    ["1", "标签缺失两处", "补贴标签", "王小明", DAY],
    ["2", "阀门渗漏", "更换垫片", "李小红", DAY],
    ["3", "灯具损坏", "更换灯管", "张小刚", DAY],
]


def tried(head, rows):
    return adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))[1]


def with_column(heading, values):
    return tried([*HEAD, heading], [[*row, value] for row, value in zip(ROWS, values, strict=True)])


def asked(found, heading):
    return next((one for one in found.ask if one.header == heading), None)


def fields(found):
    return {one.header: one.field for one in found.mapped}


def two_rows(upper, lower, merged, rows):
    blob = workbook_bytes({"台账": [upper, lower, *rows]})
    book = openpyxl.load_workbook(BytesIO(blob))
    for area in merged:
        book["台账"].merge_cells(area)
    new = BytesIO()
    book.save(new)
    return new.getvalue()


@pytest.mark.parametrize("merged", [("B1:C1", "D1:E1"), ("B1:C1", "D1:E1", "A1:A2", "F1:F2", "G1:G2")])
def test_every_heading_above_values_is_taken_asked_or_listed_once(merged):
    upper = ["Qty hit", "Case", "", "Work", "", "Step reached", "Days"]
    lower = ["", "Issue", "Root cause", "Owner", "Due date", "", ""]
    rows = [["4", "Wrong label", "No check", "Ann Sample", DAY, "D4", "12"],
            ["9", "Late truck", "No plan", "Bob Sample", DAY, "D8 closed", "3"]]  # fmt: skip
    _, found = adopt(two_rows(upper, lower, merged, rows), Adopting({}, "a1", DAY))
    seen = [*(one.header for one in found.mapped), *(one.header for one in found.ask), *found.unmapped]
    theirs = sorted(text for text in seen if not text.startswith("〔"))
    assert theirs == sorted(["Qty hit", "Issue", "Root cause", "Owner", "Due date", "Step reached", "Days"])


def test_a_title_over_all_columns_names_none_of_them():
    blob = two_rows(["整改台账", "", "", "", "", ""], [*HEAD, ""], ("A1:F1",), [[*row, "见附页"] for row in ROWS])
    _, found = adopt(blob, Adopting({}, "a1", DAY))
    assert "整改台账" not in (*fields(found), *found.unmapped)


CLAUSED = ["Issue", "Action", "Owner", "Due date", "Status"]


@pytest.mark.parametrize("left", ["Gap #", "Lapse #"])
def test_a_reference_to_a_clause_is_no_number_of_the_row(left):
    rows = [[f"G-0{n}", f"CC{n}.1", "Access not revoked", "Revoke it", "Ann Sample", DAY, "Open"] for n in (1, 2, 3)]
    found = tried([left, "TSC ref", *CLAUSED], rows)
    assert "TSC ref" not in fields(found)
    assert (asked(found, left).candidates[0], asked(found, "TSC ref")) == ("编号", None)


def test_clauses_below_the_name_of_a_case_are_asked():
    rows = [[f"8.{n}.2", "Access not revoked", "Revoke it", "Ann Sample", DAY, "Open"] for n in (1, 2, 3)]
    found = tried(["Finding reference no", *CLAUSED], rows)
    assert "编号" not in fields(found).values()
    assert asked(found, "Finding reference no") is not None


def test_a_long_number_beside_a_running_one_is_asked():
    rows = [[str(n), f"2026110100{n}", *ROWS[n - 1][1:]] for n in (1, 2, 3)]
    found = tried(["序号", "热线编号", *HEAD[1:]], rows)
    assert {"编号"} <= set(asked(found, "热线编号").candidates)


@pytest.mark.parametrize("heading", ["派工对象", "派工给", "维修师傅"])
def test_who_may_be_the_owner_is_asked_where_a_table_names_nobody(heading):
    names = ("样例水工甲", "样例弱电乙、样例弱电丙", "样例主管丁")
    rows = [[*row[:3], name, DAY, "进行中"] for row, name in zip(ROWS, names, strict=True)]
    one = asked(tried([*HEAD[:3], heading, "完成期限", "状态"], rows), heading)
    assert (one.candidates[0], one.proposal, one.is_needed) == ("责任人", None, True)


def test_reasons_degrees_and_places_are_nobody_where_a_table_names_nobody():
    head = [*HEAD[:3], "超时原因", "业主满意度", "里程", "完成期限", "状态"]
    found = tried(head, [[*row[:3], "等晴天", "满意", "K12+300", DAY, "进行中"] for row in ROWS])
    assert not any("责任人" in one.candidates for one in found.ask)


@pytest.mark.parametrize("words", ["●○◐", ["甲档", "乙档", "甲档"]])
def test_signs_below_a_share_of_the_work_may_be_a_status_and_have_no_default(words):
    one = asked(with_column("进度", words), "进度")
    assert (one.candidates, one.proposal) == (("状态", "实施情况"), None)


def test_signs_are_asked_where_no_other_heading_is_known():
    rows = [["样例超时", "增加压测", "样例甲", DAY, sign] for sign in "●○◐"]
    found = tried(["缺陷现象 Symptom", "改进行动 Action", "行动负责人 Action owner", "计划日 Planned", "进度"], rows)
    assert "进度" not in fields(found)
    assert asked(found, "进度").proposal is None


def test_a_bare_day_that_open_rows_lack_has_no_default():
    found = tried([*HEAD[:4], "整改日期"], [[*row[:4], day] for row, day in zip(ROWS, (DAY, "", ""), strict=True)])
    assert (asked(found, "整改日期").candidates, asked(found, "整改日期").proposal) == (
        ("完成期限", "实际完成日期"), None,
    )  # fmt: skip


def test_half_a_verdict_below_a_name_of_remarks_has_no_default():
    found = with_column("Auditor comments", ["OK", "Mgmt sign-off", "OK"])
    assert asked(found, "Auditor comments").proposal is None


@pytest.mark.parametrize("heading", ["承办人及电话", "经办人/联系方式"])
def test_who_it_is_with_a_telephone_is_the_owner(heading):
    cells = ["样例甲 13900000001", "样例乙 13900000002", "样例丙 8230"]
    head = [heading if one == "责任人" else one for one in HEAD]
    found = tried(head, [[*row[:3], cell, row[4]] for row, cell in zip(ROWS, cells, strict=True)])
    assert asked(found, heading).proposal == "责任人"


def test_a_customers_telephone_is_no_owner():
    found = with_column("客户电话", ["样例甲 13900000001", "样例乙 13900000002", "样例丙 8230"])
    assert asked(found, "客户电话") is None


def test_a_case_of_each_row_behind_what_several_rows_share_is_asked_as_their_number():
    rows = [[shared, ticket, *row[1:]] for shared, ticket, row in zip(
        ("INC-041", "INC-041", "INC-067"), ("OPS-1201", "OPS-1202", "OPS-1288"), ROWS, strict=True)]  # fmt: skip
    found = tried(["Incident", "Ticket", *HEAD[1:]], rows)
    assert asked(found, "Ticket").candidates == ("编号",)
    assert "Incident" in found.unmapped
