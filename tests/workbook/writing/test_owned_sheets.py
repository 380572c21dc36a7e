"""The data rows of 校验结果 and 提醒台账."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from msgspec.structs import replace

from capa_xl.errors import UnsafeWrite
from capa_xl.model.columns import columns_of
from capa_xl.model.ledger_mark import ledger_mark, ledger_values
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.records import FindingRow, LedgerRow
from capa_xl.model.row_heights import lines_of
from capa_xl.model.schema import sheet_spec
from capa_xl.ooxml.patch import CellLook, Patch
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from capa_xl.workbook.blank.child_sheets import WIDE_FINDINGS_NAME, findings_widths
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.writing.owned_sheets import MOST_FINDINGS, findings_rows, ledger_sheet_rows
from tests.tables import tracker_bytes

TRACKER = """
    编号   问题描述      责任人  完成期限
    GJ-01  值班漏接三次  样例甲  2026-07-01
"""
OWNED = {name: [[col.header for col in sheet_spec(name).columns]] for name in ("校验结果", "提醒台账")}
PROBLEM = Problem("PL01", "4.4.4", Severity.ERROR, "改进计划跟踪表", "D2", "GJ-01", 2, "完成期限空白", "请填写")


def register_with(**sheets):
    return read_register(tracker_bytes(TRACKER, **sheets))


def test_a_problem_is_one_row_with_a_link_to_its_cell():
    rows = findings_rows(register_with(**OWNED), [PROBLEM])
    cells = rows.rows[0]
    texts = ["错误", "PL01", "4.4.4", "改进计划跟踪表", "D2", "GJ-01", "完成期限空白", "请填写", "D2"]
    assert (rows.sheet, rows.first_row) == ("校验结果", 2)
    assert [cell.value for cell in cells] == texts
    assert cells[-1].formula == 'HYPERLINK("#\'改进计划跟踪表\'!D2","D2")'


def test_a_quote_in_a_sheets_name_is_doubled_in_the_link():
    rows = findings_rows(register_with(**OWNED), [replace(PROBLEM, sheet="王's")])
    assert rows.rows[0][-1].formula == "HYPERLINK(\"#'王''s'!D2\",\"D2\")"


@pytest.mark.parametrize(("change", "shown"), [({"cell": None}, None), ({"year": "归档.xlsx"}, "D2")])
def test_a_problem_of_a_whole_sheet_or_of_an_archive_has_no_link(change, shown):
    rows = findings_rows(register_with(**OWNED), [replace(PROBLEM, **change)])
    assert (rows.rows[0][-1].value, rows.rows[0][-1].formula) == (shown, None)


def test_what_is_beyond_the_most_is_summed_up_in_one_line():
    rows = findings_rows(register_with(**OWNED), [PROBLEM] * (MOST_FINDINGS + 2)).rows
    assert len(rows) == MOST_FINDINGS + 1
    assert "另有 2 个问题未列出" in rows[-1][6].value


@pytest.mark.parametrize(("problems", "rows", "left"), [(4999, 4999, 0), (5000, 5000, 0), (5001, 5001, 1)])
def test_five_thousand_problems_are_listed_and_not_one_more(problems, rows, left):
    found = findings_rows(register_with(**OWNED), [PROBLEM] * problems).rows
    assert len(found) == rows
    assert (f"另有 {left} 个问题未列出" in found[-1][6].value) == bool(left)


def test_a_workbook_without_these_sheets_gets_no_rows():
    bare = register_with()
    assert findings_rows(bare, [PROBLEM]) is None
    assert ledger_sheet_rows(bare, [LedgerRow(row=2)]) is None


def test_a_ledger_row_keeps_the_order_of_its_columns():
    row = LedgerRow(row=2, workbook_id="W1", number="GJ-01", milestone="M1")
    assert [cell.value for cell in ledger_sheet_rows(register_with(**OWNED), [row]).rows[0]][:3] == [
        "W1",
        "GJ-01",
        "提前一个月提醒（M1）",
    ]


def test_what_comes_again_is_told_in_words_and_read_back_as_its_code():
    """校验码 is over the code: a sheet of an earlier version, which held it, says the same."""
    codes = ["0", "2026-W48", "2026-11", "welcome", "2"]
    rows = [LedgerRow(row=2, milestone="O1", occurrence=code) for code in codes]
    shown = [cells[4].value for cells in ledger_sheet_rows(register_with(**OWNED), rows).rows]
    assert shown == ["首次", "2026年第 48 周", "2026年11月", "首次启用", "2"]
    read = [replace(row, occurrence=text) for row, text in zip(rows, shown, strict=True)]
    assert [ledger_values(row)[4] for row in read] == codes
    assert list(map(ledger_mark, read)) == list(map(ledger_mark, rows))


def test_dates_in_the_ledger_are_dates():
    row = LedgerRow(2, "W1", "GJ-01", "O1", "2026-03-31", "2", "样例工", "2026-02-28", "2026-03-01T00:30:00+00:00")
    (cells,) = ledger_sheet_rows(register_with(**OWNED), [row]).rows
    values = [cell.value for cell in cells]
    assert values[2:8] == [
        "逾期提醒（O1）", date(2026, 3, 31), "2", "样例工", date(2026, 2, 28), datetime(2026, 3, 1, 8, 30),
    ]  # fmt: skip
    assert [cell.look for cell in cells if cell.look] == [CellLook(number_format="yyyy-mm-dd hh:mm")]


def test_what_is_no_date_in_a_ledger_stays_the_text_it_is():
    row = LedgerRow(2, "W1", "GJ-01", "X9", "待定", "甲", "样例工", "", "昨天")
    (cells,) = ledger_sheet_rows(register_with(**OWNED), [row]).rows
    assert [cell.value for cell in cells][2:8] == ["X9", "待定", "甲", "样例工", None, "昨天"]


def test_a_finding_is_as_high_as_its_longest_text_needs():
    short, long = PROBLEM, replace(PROBLEM, message="原因分析与上一项完全相同，" * 12)
    found = findings_rows(register_with(**OWNED), [short, long])
    assert found.heights[0] == 17.25
    assert found.heights[1] >= lines_of(long.message, 69 - 1) * 16.5


def test_a_finding_is_as_high_as_the_columns_of_its_sheet_make_it():
    """The message has 80 wide signs: 156 of 68 in the columns of an earlier version, of 99 in wide ones."""
    narrow, finding = (
        register_with(**OWNED),
        replace(PROBLEM, message="原因分析与上一项完全相同，也许是抄的。" * 4 + "请看一看"),
    )
    wide = replace(narrow, defined_names=frozenset({WIDE_FINDINGS_NAME}))
    assert [findings_rows(one, [finding]).heights for one in (narrow, wide)] == [(49.5,), (33.0,)]
    keys = [col.key for col in columns_of(FindingRow)]
    assert dict(zip(keys, findings_widths(wide.defined_names), strict=True))["message"] == 100


def test_the_heights_are_written_and_proven():
    blob = tracker_bytes(TRACKER, **OWNED)
    rows = findings_rows(read_register(blob), [PROBLEM, replace(PROBLEM, message="很长的一句话，" * 30)])
    patch = Patch(rows=(rows,))
    spliced = splice(blob, patch)
    verify(blob, spliced.blob, patch)
    sheet = openpyxl.load_workbook(BytesIO(spliced.blob))["校验结果"]
    assert [sheet.row_dimensions[row].height for row in (2, 3)] == list(rows.heights)
    assert splice(spliced.blob, patch).blob is spliced.blob


def test_a_height_that_was_not_promised_is_a_fault():
    blob = tracker_bytes(TRACKER, **OWNED)
    rows = findings_rows(read_register(blob), [PROBLEM])
    wrong = Patch(rows=(replace(rows, heights=(55.0,)),))
    with pytest.raises(UnsafeWrite, match="不该有的内容"):
        verify(blob, splice(blob, Patch(rows=(rows,))).blob, wrong)


def test_errors_stand_first_in_the_findings_and_keep_their_order():
    problems = [
        replace(PROBLEM, rule="PL04", severity=Severity.WARNING),
        PROBLEM,
        replace(PROBLEM, rule="PL23", severity=Severity.INFO),
        replace(PROBLEM, rule="AP02"),
    ]
    rows = findings_rows(register_with(**OWNED), problems).rows
    assert [row[1].value for row in rows] == ["PL01", "AP02", "PL04", "PL23"]
