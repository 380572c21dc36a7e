"""Which paper a scan is of: its number stands on every page, whole, whatever the scanner made of it."""

from __future__ import annotations

import pytest

from capa_xl.policy.papers.scanned_paper import (
    SignablePaper,
    edition_on,
    pages_by_edition,
    pages_unread,
    pages_without,
    papers_on,
    stands_on,
)

REPORT = SignablePaper("report", "GJ-2026-031", "GJBG-2026-031")
OTHER = SignablePaper("report", "GJ-2026-012", "GJBG-2026-012")
FORM, REPLY = SignablePaper("request", "GJ-1", "XQ-2026-018"), SignablePaper("reply", "XQ-2026-018", "XQ-2026-018")


@pytest.mark.parametrize(
    ("page", "stands"),
    [
        ("编号：GJBG-2026-031", True),
        ("编号：GJBG-2026-031（第 2 版）", True),
        ("编号： G J B G - 2 0 2 6 - 0 3 1", True),
        ("ＧＪＢＧ－２０２６－０３１", True),
        ("gjbg–2026–031", True),
        ("GJBG-2026-0311", False),
        ("XGJBG-2026-031", False),
        ("GJBG-2026-03", False),
        ("", False),
    ],
)
def test_a_number_is_known_whole_through_blanks_widths_and_hyphens(page, stands):
    assert stands_on("GJBG-2026-031", page) is stands


def test_the_paper_is_the_one_whose_number_stands_on_every_page_with_text():
    pages = ("GJBG-2026-031 甲，后续 GJBG-2026-012", "", "GJBG-2026-031 乙")
    assert papers_on([REPORT, OTHER], pages) == [REPORT]
    assert papers_on([REPORT, OTHER], ("", "")) == []
    assert papers_on([REPORT, OTHER], ()) == []
    assert (pages_without("GJBG-2026-031", pages), pages_unread(pages)) == ((), (2,))
    assert pages_without("GJBG-2026-012", pages) == (3,)


def test_two_papers_of_one_number_are_told_apart_by_their_title():
    assert papers_on([FORM, REPLY], ("XQ-2026-018 客户 回复函",)) == [REPLY]
    assert papers_on([FORM, REPLY], ("XQ-2026-018 纠正预防措施要求单",)) == [FORM]
    assert papers_on([FORM, REPLY], ("XQ-2026-018",)) == [FORM, REPLY]


@pytest.mark.parametrize(
    ("pages", "edition"),
    [
        (("编号：GJBG-2026-031",), 1),
        (("编号：GJBG-2026-031（第 2 版）", ""), 2),
        (("编号：GJBG-2026-031 ( 第 1 2 版 )",), 12),
        (("编号：GJBG-2026-031，见本制度正文所附管理办法第 3 版",), 1),
        (("GJBG-2026-012（第 2 版）",), None),
        (("",), None),
    ],
)
def test_the_edition_stands_beside_the_number_and_the_first_says_nothing(pages, edition):
    assert edition_on("GJBG-2026-031", pages) == edition


def test_the_pages_of_each_edition_are_told_and_the_body_may_repeat_the_number():
    first, third = "编号：GJBG-2026-031 报告编号 GJBG-2026-031", "报告编号 GJBG-2026-031 编号：GJBG-2026-031（第 3 版）"
    assert pages_by_edition("GJBG-2026-031", (first, first, third, "", third)) == {1: [1, 2], 3: [3, 5]}
    assert pages_by_edition("GJBG-2026-031", (third,)) == {3: [1]}
