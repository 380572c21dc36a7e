from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from capa_xl.model.columns import Column, Kind
from capa_xl.workbook.reading.notes import ColumnContext
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.writing.fixes import proposed_fixes, repaired
from tests.tables import workbook_bytes

TERMS = ColumnContext(allowed=("重大", "一般"))


@pytest.mark.parametrize(
    ("kind", "value", "after"),
    [
        (Kind.DATE, "2025.1.7", date(2025, 1, 7)),
        (Kind.DATE, "２０２５年１月７日", date(2025, 1, 7)),
        (Kind.DATE, 46112.0, date(2026, 3, 31)),
        (Kind.DATE, 20260331.0, date(2026, 3, 31)),
        (Kind.PERSON, "张 三", "张三"),
        (Kind.PEOPLE, "张三 、李四\n", "张三、李四"),
        (Kind.DEPARTMENT, "\u3000网络部", "网络部"),
        (Kind.KEY, "GJ-2026-001\n", "GJ-2026-001"),
        (Kind.KEY, "ＧＪ－２０２６－００１", "GJ-2026-001"),
        (Kind.REFS, "GJ-０１、GJ-02", "GJ-01、GJ-02"),
        (Kind.CHOICE, "重 大", "重大"),
        (Kind.COUNT, "３０", 30),
        (Kind.NUMBER, " 0.5", 0.5),
    ],
)
def test_what_is_only_written_wrongly_is_repaired(kind, value, after):
    found = repaired(value, Column("k", "列", kind), TERMS)
    assert found is not None
    assert found[0] == after
    assert type(found[0]) is type(after)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.DATE, datetime(2026, 3, 31)),
        (Kind.DATE, "月底"),
        (Kind.DATE, "2026.2.30"),
        (Kind.DATE, "1900.1.3"),
        (Kind.DATE, ""),
        (Kind.PERSON, "John Smith"),
        (Kind.PEOPLE, "张三、李四"),
        (Kind.CHOICE, "特别重大"),
        (Kind.NUMBER, "95%"),
        (Kind.NUMBER, "3 天"),
        (Kind.NUMBER, "12345678901234567890"),
        (Kind.NOTE, "　缩进的一段　"),
        (Kind.PERIOD, "2026年3月"),
        (Kind.KEY, 12.0),
        (Kind.YES_NO, "√"),
    ],
)
def test_what_is_right_or_doubtful_is_left_to_people(kind, value):
    assert repaired(value, Column("k", "列", kind), TERMS) is None


@pytest.mark.parametrize(("digits", "becomes_a_number"), [(14, True), (15, True), (16, False), (17, False)])
def test_a_text_of_sixteen_digits_stays_text(digits, becomes_a_number):
    """Excel keeps fifteen digits: a sixteenth would be lost."""
    text = "9876543210987654321"[:digits]
    found = repaired(text, Column("k", "列", Kind.NUMBER), TERMS)
    assert found == ((int(text), "改为数字") if becomes_a_number else None)


WIDE, PLAIN = "ＧＪ－２０２６－００２", "GJ-2026-002"


@pytest.mark.parametrize(
    ("numbers", "fixed"),
    [
        ((WIDE,), [("改进计划跟踪表", WIDE, PLAIN), ("措施分解", WIDE, PLAIN)]),
        ((WIDE, PLAIN), []),
        ((WIDE, "GJ－2026－002"), []),
    ],
)
def test_a_number_is_never_made_anothers_and_no_step_goes_to_another_action(numbers, fixed):
    rows = [[number, "更换电源", "样例甲", date(2026, 6, 30)] for number in numbers]
    sheets = {
        "改进计划跟踪表": [["编号", "措施内容", "责任人", "完成期限"], *rows],
        "措施分解": [["编号", "步骤号", "步骤内容"], [WIDE, 1, "订货"]],
    }
    blob = workbook_bytes(sheets)
    read = read_register(blob)
    assert [(fix.sheet, fix.before, fix.after) for fix in proposed_fixes(blob, read)] == fixed
    (told,) = [remark for remark in read.remarks if remark.rule == "FD03"]
    twin = f"「{WIDE}」改成半角、大写，就与第 3 行的编号相同，先核对是不是同一项"
    assert told.hit.facts.get("twin", "") == (twin if PLAIN in numbers else "")


def test_a_text_is_no_number_where_its_cell_would_show_it_a_hundred_times_as_large():
    book, stream = openpyxl.Workbook(), BytesIO()
    book.active.title = "改进计划跟踪表"
    book.active.append(["编号", "措施内容", "责任人", "完成期限", "进度%"])
    for row, shown in ((2, "0%"), (3, "General")):
        book.active.append([f"GJ-2026-00{row}", "更换电源", "样例甲", date(2026, 6, 30), "30"])
        book.active.cell(row, 5).number_format = shown
    book.save(stream)
    fixes = proposed_fixes(stream.getvalue(), read_register(stream.getvalue()))
    assert [(fix.cell, fix.before, fix.after) for fix in fixes] == [("E3", "30", 30)]
