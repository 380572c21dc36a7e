"""A year-end taken back after people wrote where it had emptied rows: an action comes back whole or not at all."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from capa_xl.app.use_cases.undo import undo
from capa_xl.app.use_cases.year_end import end_year
from capa_xl.cli.documents.tracker_documents import undo_document
from capa_xl.reports.fixes_text import undo_lines
from tests.app.desks import desk_at
from tests.app.small_year import ARCHIVE, BEFORE, DAY, SHEET
from tests.tables import workbook_bytes

ASKED = "延期记录"
_CLOSED = ["换硬盘", "样例甲", date(2025, 1, 5), date(2025, 4, 30), date(2025, 4, 2), "有效", date(2025, 6, 1)]
_TRACKER = [
    ["编号", "问题描述", "措施内容", "责任人", "登记日期", "完成期限", "完成日期", "验证结果", "验证日期"],
    ["GJ-01", "磁盘故障三次", *_CLOSED],
    ["GJ-02", "磁带丢失两盘", *_CLOSED],
    ["GJ-03", "电源告警两次", "换电源", "样例甲", date(2025, 9, 5), date(2026, 4, 30)],
]
_ASKED = [
    ["编号", "申请日期", "申请人", "新期限", "原因", "批准人", "批准日期", "结论"],
    ["GJ-01", date(2025, 3, 1), "样例甲", date(2025, 4, 30), "到货晚", "样例经", date(2025, 3, 2), "同意"],
    ["GJ-02", date(2025, 3, 3), "样例甲", date(2025, 4, 30), "到货晚", "样例经", date(2025, 3, 4), "同意"],
]
_SETTINGS = [["参数", "值"], ["逾期提醒", "是"]]


@pytest.fixture
def ended(tmp_path):
    """GJ-01 and GJ-02 with a row of 延期记录 each are emptied; GJ-03 stands."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook_bytes({SHEET: _TRACKER, ASKED: _ASKED, "参数": _SETTINGS}))
    assert end_year(desk_at(path, DAY), BEFORE, tmp_path / ARCHIVE, apply=True).written
    return path


def edited(path, work):
    book = openpyxl.load_workbook(path)
    work(book)
    book.save(path)


def rows_of(path, sheet):
    book = openpyxl.load_workbook(path)
    return [[plain(cell) for cell in row] for row in book[sheet].iter_rows(min_row=2, values_only=True) if any(row)]


def plain(value):
    return value.date() if hasattr(value, "date") else value


def filled(row):
    return [value for value in row if value is not None]


def types_a_new_action(book):
    book[SHEET]["A2"], book[SHEET]["B2"] = "GJ-04", "值班漏接电话"


def asks_where_a_request_stood(book):
    book[ASKED]["A2"], book[ASKED]["B2"] = "GJ-03", DAY


def writes_a_word_only(book):
    book[SHEET]["J2"] = "待补"


def writes_a_formula(book):
    book[SHEET]["J2"] = '=IF(A2="","",A2)'


def has_it_again_below(book):
    for column, value in enumerate(_TRACKER[1], 1):
        book[SHEET].cell(5, column).value = value


@pytest.mark.parametrize(
    ("since", "sheet", "stands"),
    [
        (types_a_new_action, SHEET, ["GJ-04", "值班漏接电话"]),
        (asks_where_a_request_stood, ASKED, ["GJ-03", DAY]),
        (writes_a_word_only, SHEET, ["待补"]),
        (writes_a_formula, SHEET, ['=IF(A2="","",A2)']),
        (has_it_again_below, SHEET, _TRACKER[1]),
    ],
)
def test_of_an_action_whose_row_holds_something_else_nothing_comes_back(ended, since, sheet, stands):
    edited(ended, since)
    done = undo(desk_at(ended, DAY))
    held = [filled(row) for row in rows_of(ended, sheet)]
    assert stands in held
    there = [filled(row) for other in (SHEET, ASKED) for row in rows_of(ended, other)]
    assert [row for row in there if row[0] == "GJ-01" and row != stands] == []
    assert [row for row in there if row[0] == "GJ-02"] == [_TRACKER[2], _ASKED[2]]
    assert rows_of(ended, "参数")[-1] == ["上年工作簿", ARCHIVE]
    (note,) = [note for note in done.notes if "没有放回" in note]
    assert note.startswith("1 项没有放回（GJ-01，共 2 行）") and f"归档「{ARCHIVE}」" in note
    assert not [note for note in done.notes if "请自己删除" in note]
    assert {(row["sheet"], row["row"], row["number"]) for row in undo_document(done)["kept_rows"]} == {
        (SHEET, 2, "GJ-01"), (ASKED, 2, "GJ-01"),
    }  # fmt: skip


def test_rows_that_were_deleted_leave_every_action_in_its_own_row(ended):
    edited(ended, lambda book: book[SHEET].delete_rows(2, 2))
    done = undo(desk_at(ended, DAY))
    assert [filled(row) for row in rows_of(ended, SHEET)] == [_TRACKER[3], _TRACKER[2]]
    told = list(undo_lines(done.applied, done.edits, done.kept, "", rows=done.rows))
    assert f"《{SHEET}》第 2 行：归档时是 GJ-01 的一行，后来写了「GJ-03」，没有动。" in told
    assert not [line for line in told if "后来有人改过" in line]


def test_a_year_end_that_is_taken_back_whole_says_nothing_of_rows_left_out(ended):
    edited(ended, lambda book: book[SHEET].__setitem__("B4", "电源告警三次"))
    done = undo(desk_at(ended, DAY))
    assert (done.rows, [filled(row) for row in rows_of(ended, SHEET)][:2]) == ((), _TRACKER[1:3])
    assert not [note for note in done.notes if "没有放回" in note]
