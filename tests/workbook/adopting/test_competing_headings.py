"""Who does the work is never proposed under another's name while a heading of its own stands open."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl

from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt

DAY, EARLY, LATE = date(2026, 11, 28), date(2026, 10, 10), date(2026, 12, 20)
HEAD = ["序号", "隐患内容", "整改措施", "完成期限", "是否销项"]


def proposed(head, *below):
    book, stream = openpyxl.Workbook(), BytesIO()
    book.active.append([*HEAD, *head])
    for at, cells in enumerate(below, 1):
        book.active.append([at, f"护栏缺失第{at}处", f"补装护栏第{at}处", LATE, "否" if at > 1 else "是", *cells])
    book.save(stream)
    _, found = adopt(stream.getvalue(), Adopting({}, "a1", DAY))
    return {one.header: one.proposal for one in found.ask}, found.unmapped


def test_the_owner_is_his_whose_heading_says_so_and_not_the_one_s_who_ended_the_row():
    asked, _ = proposed(["定责任人", "销项人"], ["样例工长甲", "样例安一"], ["样例机管", ""], ["样例电工长", ""])
    assert asked == {"定责任人": "责任人", "销项人": None}


def test_where_the_heading_of_the_owners_stands_open_no_other_is_proposed():
    asked, _ = proposed(
        ["责任人及岗位", "陪同人"],
        ["甲班长及工艺员一起完成整改事项", "样例甲"],
        ["乙班", "样例乙"],
        ["由丙班当班人员负责", "样例丙"],
    )
    assert "责任人" not in asked.values()


def test_what_is_told_of_an_extension_is_none_of_the_action_s_columns():
    asked, unmapped = proposed(
        ["责任人", "延期原因", "Extension approved by"],
        ["样例甲", "待停机", "样例庚"],
        ["样例乙", "已完成采购", "样例庚"],
    )
    assert (asked, unmapped) == ({}, ("延期原因", "Extension approved by"))


def test_who_ended_a_row_is_asked_without_a_proposal_whatever_the_remark_says():
    asked, _ = proposed(["责任人", "Closed by (auditor)"], ["样例甲", "样例庚"], ["样例乙", ""])
    assert asked == {"Closed by (auditor)": None}


def test_numbers_of_papers_that_are_affected_are_asked_without_a_proposal():
    asked, _ = proposed(["责任人", "涉及报告编号"], ["样例甲", "JC-26-014"], ["样例乙", "JC-26-020"])
    assert asked == {"涉及报告编号": None}
