import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from capa_xl.model.lists import default_lists
from capa_xl.model.row_heights import ONE_LINE, TWO_LINES
from capa_xl.model.schema import GUIDE_SHEET, LISTS_SHEET, OVERVIEW_SHEET, SHEETS
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.content import blank_content
from capa_xl.workbook.reading.reader import read_register
from tests.workbook.blank.sheets import parts, sheet_xml, tags

DAY = date(2026, 11, 22)


def test_the_same_arguments_give_the_same_bytes(blank):
    assert build_workbook(blank_content("T-1"), as_of=DAY) == blank


def test_no_clock_stands_in_the_file(blank):
    with ZipFile(BytesIO(blank)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "2026-11-22T00:00:00Z" in parts(blank)["docProps/core.xml"]


def test_every_sheet_stands_in_the_order_of_the_schema_and_the_overview_is_shown_first(blank):
    book = openpyxl.load_workbook(BytesIO(blank))
    assert book.sheetnames == [spec.name for spec in SHEETS]
    assert book.active.title == OVERVIEW_SHEET


def test_every_header_of_the_schema_is_there_exactly_as_written(blank):
    book = openpyxl.load_workbook(BytesIO(blank))
    for spec in SHEETS:
        header_row = 2 if spec.key == "tracker" else 1
        found = {cell.value for cell in book[spec.name][header_row]}
        assert {col.header for col in spec.all_columns if col.offered} <= found


def test_what_is_made_is_read_back_without_a_remark(blank):
    register = read_register(blank)
    assert register.remarks == ()
    assert register.tracker.records == ()
    assert register.procedure.workbook_id == "T-1"


def test_the_settings_hold_the_defaults_of_the_procedure(blank):
    book = openpyxl.load_workbook(BytesIO(blank))
    settings = {row[0]: row[1] for row in book["参数"].iter_rows(min_row=2, values_only=True) if row[0]}
    assert settings["观察期_重大"] == 90
    assert settings["限期工作日_审批"] == 15
    assert settings["提前提醒天数_重大"] == "7,1"
    assert settings["KPI目标_按期完成率"] == "≥95%"
    assert "表单号_改进计划" in settings


def test_the_notes_of_the_settings_name_no_command_for_they_are_printed(blank):
    sheet = openpyxl.load_workbook(BytesIO(blank))["参数"]
    notes = [row[2].value or "" for row in sheet.iter_rows(min_row=2)]
    assert len(notes) > 20
    assert [note for note in notes if re.search("(?<![A-Za-z])[a-z]{3,}", note)] == []


def test_every_list_has_its_column_in_the_dictionary(blank):
    book = openpyxl.load_workbook(BytesIO(blank))
    columns = list(book[LISTS_SHEET].iter_cols(values_only=True))
    written = {column[0]: tuple(value for value in column[1:] if value) for column in columns}
    assert written == default_lists()


def test_departments_of_the_dictionary_come_from_the_roster():
    people = ({"name": "样例甲", "department": "服务台"}, {"name": "样例乙", "department": "网络部"})
    made = build_workbook({"人员部门": people}, as_of=DAY)
    assert read_register(made).procedure.lists["部门"] == ("服务台", "网络部")


def test_text_that_looks_like_a_formula_is_text():
    rows = ({"number": "GJ-2026-001", "description": "=1+1", "measure": "+1", "cause": "@SUM(1)", "goal": "-2"},)
    made = build_workbook({"改进计划跟踪表": rows}, as_of=DAY)
    assert "<f>" not in sheet_xml(made, "改进计划跟踪表")
    assert read_register(made).tracker.records[0].description == "=1+1"


def test_values_keep_their_types():
    row = {"number": "GJ-2026-001", "description": "一二三四五六七八九十", "due_on": date(2026, 3, 31), "progress": 40}
    record = read_register(build_workbook({"改进计划跟踪表": (row,)}, as_of=DAY)).tracker.records[0]
    assert (record.due_on, record.progress) == (date(2026, 3, 31), 40)


def test_more_rows_than_the_empty_table_has_make_the_table_longer():
    rows = tuple({"number": f"GJ-2026-{n:03}", "description": "现象与数量都写清楚了"} for n in range(1, 401))
    made = build_workbook({"改进计划跟踪表": rows}, as_of=DAY)
    assert tags(parts(made)["xl/tables/table1.xml"], "table")[0]["ref"].endswith("402")
    assert read_register(made).remarks == ()


def test_owned_sheets_hold_no_table_filter_or_hyperlink(blank):
    for spec in SHEETS:
        if spec.owned:
            xml = sheet_xml(blank, spec.name)
            assert not any(word in xml for word in ("<tablePart", "<autoFilter", "<hyperlink"))


def test_the_guide_is_one_page(blank):
    setup = tags(sheet_xml(blank, GUIDE_SHEET), "pageSetup")[0]
    assert setup["paperSize"] == "9"
    assert 'fitToPage="1"' in sheet_xml(blank, GUIDE_SHEET)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_row_below_the_prepared_ones_is_as_high_as_they_are(blank):
    """Row 52 of 人员部门 was one line high: of a long department it showed the half."""
    book = openpyxl.load_workbook(BytesIO(blank))
    found = {name: book[name].sheet_format.defaultRowHeight for name in ("人员部门", "措施分解", "过程指标")}
    assert found == {"人员部门": TWO_LINES, "措施分解": TWO_LINES, "过程指标": ONE_LINE}
