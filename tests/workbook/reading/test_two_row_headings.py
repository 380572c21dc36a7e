"""The headings of every column are kept, those too that aren't ours."""

from __future__ import annotations

from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.workbook.reading.header_row import match_headers
from capa_xl.workbook.reading.two_row_headings import every_heading


def headings(*rows, merged=()):
    values = SheetValues("台账", [[*row] for row in rows], merged=merged)
    return every_heading(values, match_headers(values.rows, merged=merged))


def test_a_heading_stands_on_one_line_whatever_it_means():
    found = headings(["编号", "问题\n描述", "楼 栋", "责任人", "", "完成期限"])
    assert found == ("编号", "问题描述", "楼栋", "责任人", "完成期限")


def test_of_two_rows_each_name_stands_and_both_together():
    upper = ["编号", "问题描述", "责任", "", "完成期限", "现场验收", ""]
    lower = ["", "", "部门", "责任人", "", "结果", "照片"]
    spans = ((1, 3, 1, 4), (1, 6, 1, 7))
    found = headings(upper, lower, ["1", "甲", "质量部", "样例甲", "2026-03-31", "好", "有"], merged=spans)
    assert {"编号", "部门", "责任部门", "现场验收", "现场验收结果", "结果", "现场验收照片", "照片"} <= set(found)
