"""A table told by what stands in it, whatever its headings are called."""

from __future__ import annotations

from datetime import date

from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.tables_by_values import table_by_values
from tests.tables import workbook_bytes

DAY = date(2026, 11, 10)
HEAD = ["票号", "工作班组", "工作负责人", "不合格情形", "限改"]
ROWS = [["CB-1", "检修一班", "样例甲", "安全措施未填全", DAY], ["CB-2", "运行二值", "样例乙", "票面涂改两处", DAY]]


def table(*rows, least=2, **look):
    return table_by_values(WorkbookValues(workbook_bytes({"表": list(rows)}, **look)).read("表"), least)


def test_the_header_is_the_row_above_most_filled_columns():
    found = table(["两票抽查表"], ["Open:", 3, "Closed:", 4], HEAD, *ROWS)
    assert (found.header_row, list(found.headings.values()), len(found.rows)) == (3, HEAD, 2)
    assert found.is_like_a_tracker


def test_a_row_that_spans_groups_is_the_upper_row_of_the_header():
    """Each group has an L of its own; the name of a column on its own stands in the upper row."""
    upper = ["ID", "Risk", None, "Before", None, "After", None, "State"]
    lower = [None, "Asset", "Threat", "L", "I", "L", "I", None]
    rows = [
        ["R-1", "Laptop", "Lost on a train", 3, 4, 1, 2, "open"],
        ["R-2", "Portal", "Left unpatched", 2, 2, 1, 1, "open"],
    ]
    found = table(upper, lower, *rows, merged={"表": ["B1:C1", "D1:E1", "F1:G1"]})
    assert (found.header_row, len(found.rows)) == (2, 2)
    assert found.headings == {1: "ID", 2: "Asset", 3: "Threat", 4: "L", 5: "I", 8: "State"}


def test_a_row_of_data_is_no_header_though_it_is_longer():
    found = table([None, *HEAD[1:]], *ROWS)
    assert (found.header_row, len(found.rows)) == (1, 2)


def test_figures_without_days_are_no_tracker():
    found = table(["年度", "问题数", "完成数", "完成率"], [2025, 3, 2, 0.6], [2026, 5, 5, 1])
    assert not found.may_be_a_tracker


def test_days_of_nobody_and_nothing_are_none_either():
    found = table(["日期", "温度", "湿度", "气压"], [DAY, 21, 40, 1010], [DAY, 22, 41, 1011])
    assert not found.may_be_a_tracker


def test_few_columns_few_rows_and_an_empty_sheet_are_no_table():
    assert table(["姓名", "电话", "部门"], *[["样例甲", "1", "工程部"]] * 3) is None
    assert (table(HEAD, ROWS[0]), table(HEAD, ROWS[0], least=1).header_row) == (None, 1)
    assert table() is None
