"""From a workbook's bytes to the register: what is read, what is set aside, what is said about it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from capa_xl.effects.resources import resource_dir
from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.lead import Lead
from capa_xl.model.problem import Severity
from capa_xl.model.register import Register
from capa_xl.workbook.reading.reader import read_register, require_tracker
from tests.ooxml.xlsx_maker import Book
from tests.parts import recoded, swapped
from tests.tables import TRACKER, tracker_bytes, workbook_bytes

OLD_TABLE = """
    序号  存在问题      整改措施        责任部门  责任人  完成时限    实际完成日期  状态
    1     机房温度偏高  加装精密空调    运维部    张三    2026-03-31  2026-03-20    已完成
    2     巡检记录缺项  修订巡检表格    质量部    李四    2026-04-30                进行中
"""


def register(text: str, **others) -> Register:
    return read_register(tracker_bytes(text, **others))


def found(read: Register, *rules: str) -> list[tuple]:
    """(rule, cell) of the remarks, those of the named rules only when any are named."""
    return [(remark.rule, remark.hit.at) for remark in read.remarks if not rules or remark.rule in rules]


def facts(read: Register, rule: str) -> dict[str, str]:
    return next(dict(remark.hit.facts) for remark in read.remarks if remark.rule == rule)


def numbers(read: Register) -> list[str | None]:
    return [action.number for action in read.tracker.records]


# --- a plain table -----------------------------------------------------------------------------------------


def test_plain_old_table_with_eight_columns_is_read():
    read = register(OLD_TABLE)
    first, second = read.tracker.records
    assert (first.number, first.description, first.measure) == ("1", "机房温度偏高", "加装精密空调")
    assert (first.responsible_department, first.owners) == ("运维部", ("张三",))
    assert (first.due_on, first.completed_on, first.stated_status) == (date(2026, 3, 31), date(2026, 3, 20), "已完成")
    assert (second.completed_on, second.stated_status) == (None, "进行中")
    assert read.quarantined == ()
    assert found(read) == []


def test_every_value_has_its_true_address():
    read = read_register(workbook_bytes({TRACKER: OLD_TABLE}, first_row=5))
    assert [action.row for action in read.tracker.records] == [6, 7]
    assert read.tracker.cell(7, "due_on") == "F7"
    assert read.tracker.cell(7, "approver") == ""
    assert (read.tracker.header_row, read.tracker.last_row) == (5, 7)


def test_columns_that_stand_to_the_right_keep_their_letters():
    rows = [["", "", "编号", "措施内容", "责任人", "完成期限"], ["", "", "GJ-2026-001", "甲", "张三", "月底"]]
    assert found(read_register(workbook_bytes({TRACKER: rows}))) == [("FD05", "F2")]


def test_workbook_with_macros_is_read():
    blob = swapped(
        tracker_bytes(OLD_TABLE),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "[Content_Types].xml",
    )
    assert numbers(read_register(blob)) == ["1", "2"]


def test_hidden_and_filtered_rows_are_read():
    blob = swapped(tracker_bytes(OLD_TABLE), '<row r="3"', '<row r="3" hidden="1"')
    assert numbers(read_register(blob)) == ["1", "2"]


def test_dates_of_the_1904_system_are_right():
    read = read_register(workbook_bytes({TRACKER: OLD_TABLE}, date1904=True))
    assert read.date1904
    assert read.tracker.records[0].due_on == date(2026, 3, 31)


def test_strict_date_cells_are_read():
    blob = swapped(tracker_bytes(OLD_TABLE), '<c r="F2" s="1"><v>46112</v>', '<c r="F2" t="d"><v>2026-03-31</v>')
    assert read_register(blob).tracker.records[0].due_on == date(2026, 3, 31)


def test_coded_carriage_returns_are_decoded():
    blob = swapped(tracker_bytes(OLD_TABLE), "加装精密空调", "加装_x000D_\n精密空调", "xl/sharedStrings.xml")
    assert read_register(blob).tracker.records[0].measure == "加装\n精密空调"


# --- the tracker's sheet -----------------------------------------------------------------------------------


def test_tracker_is_found_by_its_columns_when_no_sheet_has_its_name():
    read = read_register(workbook_bytes({"封面": [["说明"]], "整改清单": OLD_TABLE}))
    assert read.tracker.sheet == "整改清单"
    assert len(read.tracker.records) == 2
    require_tracker(read)


def test_tracker_may_have_the_name_of_another_sheet_of_ours():
    read = read_register(workbook_bytes({"计划": OLD_TABLE, "人员部门": [["姓名", "部门"], ["张三", "运维部"]]}))
    assert read.tracker.sheet == "计划"
    assert read.plans is None
    assert read.people is not None


def test_sheet_of_that_name_wins_over_others_that_look_like_it():
    read = read_register(workbook_bytes({"旧表": OLD_TABLE, TRACKER: OLD_TABLE}))
    assert read.tracker.sheet == TRACKER


def test_no_tracker_is_said():
    read = read_register(workbook_bytes({"Sheet1": [["甲", "乙"], [1, 2]]}))
    assert found(read) == [("WB01", None)]
    assert read.tracker.records == ()
    with pytest.raises(UnreadableWorkbook, match=r"没有找到工作表.* → 要接管自己的老表，运行 capa-xl adopt"):
        require_tracker(read)


@pytest.mark.parametrize("names", [("整改一", "整改二"), ("改进计划跟踪表2025", "改进计划跟踪表2026")])
def test_several_sheets_that_could_be_meant_are_named(names):
    read = read_register(workbook_bytes(dict.fromkeys(names, OLD_TABLE)))
    assert found(read) == [("WB01", None)]
    with pytest.raises(UnreadableWorkbook, match=f"《{names[0]}》、《{names[1]}》"):
        require_tracker(read)


def test_missing_columns_are_named_with_their_aliases():
    read = register("""
        编号         措施内容  备注
        GJ-2026-001  甲乙丙    无
    """)
    assert found(read) == [("WB02", "A1"), ("WB02", "A1")]
    assert [remark.hit.facts["c"] for remark in read.remarks] == ["责任人/责任部门", "完成期限"]
    _, many = (remark.hit.facts["a"] for remark in read.remarks)
    assert many.startswith("整改期限、") and many.count("、") == 5 and re.search(r" 等 \d{2} 种$", many)
    assert read.tracker.records == ()
    with pytest.raises(UnreadableWorkbook, match="缺少必需列「完成期限」"):
        require_tracker(read)


def test_a_tracker_without_its_header_row_is_one_fault():
    read = register("""
        GJ-2026-001  换电池  张三  2026-03-31
        GJ-2026-002  换风扇  李四  2026-04-30
    """)
    assert found(read) == [("WB02", "A1")]
    assert "c" not in facts(read, "WB02") and facts(read, "WB02")["none"].startswith("找不到标题行")
    with pytest.raises(UnreadableWorkbook, match=r"^工作表《改进计划跟踪表》找不到标题行（.*） → 请恢复标题行"):
        require_tracker(read)


def test_unknown_column_is_mentioned_and_left_alone():
    read = register("""
        编号         措施内容  楼栋  责任人  完成期限
        GJ-2026-001  甲乙丙    三    张三    2026-03-31
    """)
    assert found(read) == [("WB06", "C1")]
    assert (facts(read, "WB06")["h"], facts(read, "WB06")["q"]) == ("楼栋", "楼栋=标准列名")


def test_two_headings_for_one_column_are_reported_at_the_second():
    read = register("""
        编号         措施内容  整改人  负责人  完成期限
        GJ-2026-001  甲乙丙    张三    李四    2026-03-31
    """)
    assert found(read) == [("WB03", "D1")]
    assert {key: facts(read, "WB03")[key] for key in "abc"} == {"a": "整改人", "b": "负责人", "c": "责任人"}
    assert read.tracker.records[0].owners == ("张三",)


# --- which rows count --------------------------------------------------------------------------------------


def test_a_row_counts_with_its_number_and_any_other_cell():
    read = register("""
        编号         措施内容  责任人  完成期限    备注
        GJ-2026-001
        GJ-2026-002                                只有备注
        GJ-2026-003  丁        李四    2026-03-31
    """)
    assert numbers(read) == ["GJ-2026-002", "GJ-2026-003"]
    assert (read.quarantined, read.rows) == ((), 2)


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("乙丙  |        |      |            |", True),  # 措施内容
        ("      | 夜间断 |      |            |", True),  # 问题描述
        ("      |        | 张三 | 2026-03-31 |", True),
        ("      |        | 张三 |            |", False),
        ("      |        |      | 2026-03-31 |", False),
        ("      |        |      |            | 只有备注", False),
        ("审核：李四 |   |      |            |", False),
        ("      | 备注：每周更新 |  |        |", False),
    ],
)
def test_a_row_without_a_number_counts_where_it_tells_of_an_action(line, counts):
    """It is a reported problem that nobody numbered yet: quarantined with FD01, never lost in silence."""
    head = ["编号", "措施内容", "问题描述", "责任人", "完成期限", "备注"]
    cells = [cell.strip() for cell in line.split("|")]
    rows = [head, ["GJ-01", "甲", "", "李四", date(2026, 3, 31)], ["", *cells]]
    read = read_register(workbook_bytes({TRACKER: rows}))
    assert numbers(read) == ["GJ-01"]
    assert [row.row for row in read.quarantined] == ([3] if counts else [])
    assert [r.rule for r in read.remarks if r.rule == "FD01"] == (["FD01"] if counts else [])


def test_a_cell_merged_down_from_above_tells_of_no_second_action():
    rows = [
        ["编号", "问题描述", "责任人", "完成期限"],
        ["GJ-01", "夜间断电", "李四", date(2026, 3, 31)],
        ["", "", "张三"],
    ]
    read = read_register(workbook_bytes({TRACKER: rows}, merged={TRACKER: ["B2:B3"]}))
    assert (numbers(read), read.quarantined) == (["GJ-01"], ())


@pytest.mark.parametrize("line", ["合计", "汇总", "注：本表每周更新", "编制人：张三", "备注"])
def test_lines_below_the_table_are_no_actions(line):
    rows = [["编号", "措施内容", "责任人", "完成期限"], ["GJ-2026-001", "甲", "张三", date(2026, 3, 31)], [], [line, 3]]
    read = read_register(workbook_bytes({TRACKER: rows}))
    assert numbers(read) == ["GJ-2026-001"]
    assert read.quarantined == ()


def test_section_headings_and_repeated_headers_are_no_actions():
    read = register("""
        编号          措施内容  责任人  完成期限
        一、体系方面
        GJ-2026-001   甲乙丙    张三    2026-03-31
        编号          措施内容  责任人  完成期限
        GJ-2026-002   甲乙丙    张三    2026-03-31
    """)
    assert numbers(read) == ["GJ-2026-001", "GJ-2026-002"]
    assert read.quarantined == ()


def test_rows_that_were_only_numbered_in_advance_are_no_actions():
    read = register("""
        序号  措施内容  责任人  完成期限
        1     甲乙丙    张三    2026-03-31
        2
        3
    """)
    assert numbers(read) == ["1"]
    assert read.quarantined == ()


def test_rows_run_on_behind_blank_ones():
    read = register(OLD_TABLE + "\n    3     丢了          补上            质量部    李四    2026-05-31\n")
    assert read.tracker.last_row == 4


def test_row_of_our_own_values_only_does_not_count():
    read = register("""
        编号         措施内容  责任人  完成期限    〔自动〕状态
        GJ-2026-001  甲乙丙    张三    2026-03-31  未开始
                                                   未开始
    """)
    assert read.tracker.last_row == 2


# --- quarantine --------------------------------------------------------------------------------------------


def test_row_without_number_is_set_aside():
    read = register("""
        编号         措施内容  责任人  完成期限
                     甲乙丙    张三    2026-03-31
    """)
    assert [(row.row, row.number, row.cells) for row in read.quarantined] == [(2, "", ("A2",))]
    assert found(read) == [("FD01", "A2")]
    assert facts(read, "FD01") == {"r": "2"}


def test_both_rows_of_a_doubled_number_are_set_aside():
    read = register("""
        编号         措施内容  责任人  完成期限
        GJ-2026-001  甲乙丙    张三    2026-03-31
        GJ-2026-002  甲乙丙    张三    2026-03-31
        GJ-2026-001  丁戊己    张三    2026-03-31
    """)
    assert numbers(read) == ["GJ-2026-002"]
    assert [row.cells for row in read.quarantined] == [("A2",), ("A4",)]
    assert found(read) == [("FD02", "A2"), ("FD02", "A4")]
    assert facts(read, "FD02") == {"id": "GJ-2026-001", "rows": "第 2、4 行", "v": "GJ-2026-001"}


@pytest.mark.parametrize(
    ("header", "value", "rule"),
    [
        ("完成期限", "月底", "FD05"),
        ("措施类型", "整改", "FD04"),
        ("严重度", "较大", "FD04"),
        ("批准日期", "尽快", "FD05"),
        ("登记日期", "去年", "FD05"),
        ("开始日期", "x", "FD05"),
        ("实际完成日期", date(1900, 1, 5), "FD07"),
        ("检查日期", "x", "FD05"),
        ("确认日期", "x", "FD05"),
        ("归档日期", "x", "FD05"),
        ("取消日期", "x", "FD05"),
    ],
)
def test_row_with_an_unreadable_required_value_is_set_aside(header, value, rule):
    headings = ["编号", "措施内容", "责任人", *dict.fromkeys(["完成期限", header])]
    row = ["GJ-2026-001", "甲乙丙", "张三", date(2026, 3, 31), value][: len(headings)]
    row[-1] = value
    read = read_register(workbook_bytes({TRACKER: [headings, row]}))
    at = "DE"[len(headings) - 4] + "2"
    assert found(read) == [(rule, at)]
    assert [(aside.number, aside.cells) for aside in read.quarantined] == [("GJ-2026-001", (at,))]
    assert (read.remarks[0].hit.number, read.remarks[0].hit.row) == ("GJ-2026-001", 2)


@pytest.mark.parametrize(
    ("header", "value"), [("来源", "外审"), ("原完成期限", "月底"), ("现值", "很多"), ("是否重复", "也许")]
)
def test_row_with_another_unreadable_value_stays_an_action(header, value):
    rows = [["编号", "措施内容", "责任人", "完成期限", header], ["GJ-2026-001", "甲", "张三", date(2026, 3, 31), value]]
    read = read_register(workbook_bytes({TRACKER: rows}))
    assert numbers(read) == ["GJ-2026-001"]
    assert [at for _, at in found(read)] == ["E2"]


def test_set_aside_row_keeps_what_could_be_read():
    read = register("""
        编号         措施内容  责任人  完成期限  登记日期
        GJ-2026-001  甲乙丙    张三    月底      2026-01-05
    """)
    aside = read.quarantined[0].record
    assert (aside.measure, aside.due_on, aside.registered_on) == ("甲乙丙", None, date(2026, 1, 5))


def test_numbers_against_the_pattern_are_one_remark():
    read = register("""
        编号         措施内容  责任人  完成期限
        GJ-2026-001  甲乙丙    张三    2026-03-31
        GJ-26-2      甲乙丙    张三    2026-03-31
        NC3          甲乙丙    张三    2026-03-31
    """)
    assert found(read) == [("FD03", "A3")]
    assert facts(read, "FD03") == {"n": "2", "p": "GJ-YYYY-NNN", "v": "GJ-26-2"}


def test_a_full_width_number_is_told_that_it_can_be_put_right_by_itself():
    read = register("""
        编号         措施内容  责任人  完成期限
        GJ-26-2      甲乙丙    张三    2026-03-31
        GJ－2026－002  甲乙丙    张三    2026-03-31
    """)
    assert facts(read, "FD03") | {"n": "", "p": ""} == {
        "n": "", "p": "", "v": "GJ－2026－002", "wide": "capa-xl check 本工作簿 --fix",
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["gj-2026-001", "ＧＪ-2026-001"])
def test_a_number_that_only_typing_parts_from_another_is_named(typed):
    read = register(f"""
        编号         措施内容  责任人  完成期限
        GJ-2026-001  甲乙丙    张三    2026-03-31
        {typed}  甲乙丁    张三    2026-03-31
    """)
    assert facts(read, "FD03")["twin"] == f"「{typed}」改成半角、大写，就与第 2 行的编号相同，先核对是不是同一项"


# --- errors, formulas, merged cells, tables ----------------------------------------------------------------


def test_error_cells_are_reported_and_read_as_blank():
    read = register("""
        编号         措施内容  责任人  完成期限  严重度  现值
        GJ-2026-001  甲乙丙    张三    #N/A      #REF!   #DIV/0!
    """)
    assert sorted(found(read)) == [("WB05", "D2"), ("WB05", "E2"), ("WB05", "F2")]
    assert {remark.hit.facts["v"] for remark in read.remarks} == {"#N/A", "#REF!", "#DIV/0!"}
    assert read.quarantined[0].cells == ("E2", "D2")


def test_formula_without_a_result_is_reported():
    read = register("""
        编号         措施内容  责任人  完成期限  备注
        GJ-2026-001  甲乙丙    张三    =A1+1     =A1
    """)
    assert found(read) == [("WB05", "D2"), ("WB05", "E2")]
    assert facts(read, "WB05")["cell"] == "D2"
    assert read.quarantined[0].cells == ("D2",)


def test_formula_with_an_empty_text_as_result_is_blank():
    blob = tracker_bytes("""
        编号         措施内容  责任人  完成期限    备注
        GJ-2026-001  甲乙丙    张三    2026-03-31  =A1
    """)
    assert found(read_register(swapped(blob, '<c r="E2">', '<c r="E2" t="str">'))) == []


def with_days(blob: bytes, result: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with this serial day as the result of every formula of a sheet."""
    return swapped(blob, "</f><v></v>", f"</f><v>{result}</v>", part)


def test_a_date_that_a_formula_moves_every_day_is_reported():
    blob = tracker_bytes("""
        编号         措施内容  责任人  完成期限     登记日期    备注
        GJ-2026-001  甲乙丙    张三    =TODAY()+5   2026-03-01  =TODAY()
        GJ-2026-002  甲乙丙    张三    =E3+60       2026-03-01  甲
    """)
    read = read_register(with_days(blob, "46361"))
    assert found(read, "FD35") == [("FD35", "D2")]
    assert facts(read, "FD35") == {"c": "完成期限", "v": "46361", "f": "=TODAY()+5"}
    assert [action.number for action in read.tracker.records] == ["GJ-2026-001", "GJ-2026-002"]


def test_a_date_that_points_to_what_moves_is_reported_with_the_cell_and_once():
    blob = tracker_bytes(
        """
        编号         措施内容  责任人  完成期限     登记日期    备注
        GJ-2026-001  甲乙丙    张三    =F2+5        2026-03-01  =今天!A1
        GJ-2026-002  甲乙丙    张三    =E3+60       =今天!A1    甲
        GJ-2026-003  甲乙丙    张三    =今天!B1+60  2026-03-01  甲
        """,
        今天=[["=TODAY()", date(2026, 3, 1)]],
    )
    read = read_register(with_days(blob, "46361"))
    assert found(read, "FD35") == [("FD35", "D2"), ("FD35", "E3")]  # D3 is right once E3 is
    assert facts(read, "FD35") == {"c": "完成期限", "v": "46361", "f": "=F2+5", "via": "今天!A1（=TODAY()）"}


def test_a_moving_date_of_a_sheet_beside_the_tracker_is_reported():
    blob = tracker_bytes(
        """
        编号         措施内容  责任人  完成期限
        GJ-2026-001  甲乙丙    张三    2026-12-05
        """,
        措施分解="""
        编号         步骤号  步骤内容  计划完成
        GJ-2026-001  1       甲乙丙    =NOW()
        """,
    )
    assert found(read_register(with_days(blob, "46361", "xl/worksheets/sheet2.xml")), "FD35") == [("FD35", "D2")]


def test_formula_with_a_result_is_read():
    blob = tracker_bytes("""
        编号         措施内容  责任人  完成期限    备注
        GJ-2026-001  甲乙丙    张三    2026-03-31  =A1
    """)
    read = read_register(swapped(blob, '<c r="E2"><f>A1</f><v></v>', '<c r="E2" t="str"><f>A1</f><v>结果</v>'))
    assert found(read) == []
    assert read.tracker.records[0].remark == "结果"


def test_merged_cells_are_filled_down_and_keep_the_address_of_their_anchor():
    text = """
        编号         问题描述  措施内容  责任人  完成期限
        GJ-2026-001  漏水      堵漏      张三    月底
        GJ-2026-002            换管      李四
    """
    read = read_register(workbook_bytes({TRACKER: text}, merged={TRACKER: ["B2:B3", "E2:E3"]}))
    assert [aside.record.description for aside in read.quarantined] == ["漏水", "漏水"]
    assert read.tracker.cell(3, "description") == "B2"
    assert read.tracker.cell(3, "measure") == "C3"
    assert [(remark.rule, remark.hit.at, remark.hit.row) for remark in read.remarks] == [
        ("FD05", "E2", 2),
        ("FD05", "E2", 3),
    ]


def test_row_below_the_excel_table_is_reported():
    blob = workbook_bytes({TRACKER: OLD_TABLE}, tables={TRACKER: "A1:H2"})
    read = read_register(blob)
    assert found(read, "WB08") == [("WB08", "A3")]
    assert facts(read, "WB08") == {"r": "3"}
    assert numbers(read) == ["1", "2"]


def test_rows_inside_the_excel_table_are_not_reported():
    blob = workbook_bytes({TRACKER: OLD_TABLE}, tables={TRACKER: "A1:H3"})
    assert found(read_register(blob), "WB08") == []


def test_lonely_cell_in_the_last_row_is_refused_before_memory_is_spent():
    blob = swapped(
        tracker_bytes(OLD_TABLE), "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(UnreadableWorkbook, match="XFD1048576"):
        read_register(blob)


def test_far_cell_without_a_value_does_no_harm():
    blob = swapped(
        tracker_bytes(OLD_TABLE), "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    )
    assert numbers(read_register(blob)) == ["1", "2"]


@pytest.mark.parametrize("blob", [b"", b"PK\x03\x04broken", b"<html></html>", b"a,b,c\n1,2,3\n"])
def test_what_is_no_workbook_is_refused(blob):
    with pytest.raises(UnreadableWorkbook):
        read_register(blob)


# --- our columns -------------------------------------------------------------------------------------------


def test_our_columns_are_read_as_they_stand():
    read = register("""
        编号         措施内容  责任人  完成期限    〔自动〕状态  〔自动〕逾期天数  〔自动〕提醒日
        GJ-2026-001  甲乙丙    张三    2026-03-31  未开始        0                 2026-02-28
        GJ-2026-002  甲乙丙    张三    2026-03-31
    """)
    assert read.auto == {
        2: {"status": "未开始", "days_overdue": 0, "remind_on": date(2026, 2, 28)},
        3: {"status": None, "days_overdue": None, "remind_on": None},
    }
    assert isinstance(read.auto[2]["days_overdue"], int)


def test_the_columns_folded_away_in_a_workbook_of_ours_are_known_by_their_outline():
    tracker = read_register((resource_dir("workbooks") / "改进计划跟踪表.xlsx").read_bytes()).tracker
    folded = {column.key for column in (*columns_of(Action), *AUTO_COLUMNS) if not column.visible}
    assert tracker.outlined == folded & tracker.columns.keys()


def test_formula_in_our_column_is_reported_and_kept_apart():
    read = register("""
        编号         措施内容  责任人  完成期限    〔自动〕状态
        GJ-2026-001  甲乙丙    张三    2026-03-31  =A1
    """)
    assert read.auto_kept == {(2, "status"): "公式"}
    assert [(remark.rule, remark.hit.at, remark.hit.number) for remark in read.remarks] == [
        ("WB07", "E2", "GJ-2026-001")
    ]


def test_a_formula_in_a_line_of_totals_is_left_alone_without_a_word():
    read = register("""
        编号         措施内容  责任人  完成期限    〔自动〕逾期天数
        GJ-2026-001  甲乙丙    张三    2026-03-31  0
        汇总                                       =SUM(E2:E2)
    """)
    assert read.auto_kept == {(3, "days_overdue"): "公式"}
    assert read.remarks == ()


# --- other sheets ------------------------------------------------------------------------------------------

ONE = """
    编号         措施内容  责任人  完成期限
    GJ-2026-001  甲乙丙    张三    2026-03-31
"""


def test_a_sheet_of_actions_is_in_use_as_soon_as_it_exists_and_a_register_from_its_first_row():
    read = register(ONE, 措施分解="编号  步骤号  步骤内容", 管理评审="评审编号  决议序号  日期")
    assert read.steps is not None
    assert read.steps.records == ()
    assert (read.decisions, read.revisions) == (None, None)


def test_child_rows_are_read_and_their_remarks_belong_to_the_tracker_row():
    read = register(
        ONE,
        措施分解="""
            编号         步骤号  步骤内容  步骤责任人  计划完成
            GJ-2026-001  1       采购      张三、李四  月底
            GJ-2026-009  2       安装      王五        2026.3.1
        """,
    )
    assert read.steps is not None
    assert [step.owners for step in read.steps.records] == [("张三", "李四"), ("王五",)]
    assert [step.step for step in read.steps.records] == ["1", "2"]
    hits = [(remark.rule, remark.hit.sheet, remark.hit.at, remark.hit.row) for remark in read.remarks]
    assert hits == [("FD05", "措施分解", "E2", 2), ("FD06", "措施分解", "E3", None)]


def test_settings_are_typed():
    read = register(
        ONE,
        参数="""
            参数                值                说明
            公司名称            示例公司
            观察期_一般         45天
            限期工作日_策划     12
            提醒启用日          2026-01-05
            提前提醒天数_重大   7,3,1
            提前提醒天数        5
            封面                是
            编号规则            CAPA-YYYY-NNNN
            KPI目标_按期完成率  97%
            表单号_要求单       QR-01
            到期前首次提醒      15天
            逾期升级天数        10,45
        """,
    )
    procedure = read.procedure
    assert (procedure.company, procedure.observation_days_general, procedure.limit_planning) == ("示例公司", 45, 12)
    assert procedure.reminders_from == date(2026, 1, 5)
    assert (procedure.early_days_major, procedure.early_days_general) == ((7, 3, 1), (5,))
    assert procedure.cover is True
    assert (procedure.first_reminder, procedure.escalation_days) == (Lead(days=15), (10, 45))
    assert procedure.kpi_targets == {"按期完成率": "≥97%"}
    assert procedure.form_numbers == {"要求单": "QR-01"}
    assert facts(read, "FD03")["p"] == "CAPA-YYYY-NNNN"
    assert procedure.observation_days_major == 90


def test_unknown_setting_is_mentioned_with_the_nearest():
    read = register(ONE, 参数="参数          值   说明\n观查期_一般   45")
    assert found(read) == [("WB09", "A2")]
    assert facts(read, "WB09") == {"k": "观查期_一般", "v": "观查期_一般", "s": "观察期_一般"}


def test_a_form_number_of_no_paper_is_mentioned_with_the_nearest():
    read = register(ONE, 参数="参数            值\n表单号_要求书   QR-01\n表单号_计划     QR-02")
    assert found(read) == [("WB09", "A2")]
    assert facts(read, "WB09")["s"] == "表单号_要求单"


def test_unreadable_setting_keeps_its_default():
    read = register(ONE, 参数="参数          值    说明\n观察期_一般   很久\n提醒启用日    尽快")
    assert found(read) == [("FD04", "B2"), ("FD05", "B3")]
    assert read.procedure.observation_days_general == 30
    assert read.procedure.reminders_from is None


@pytest.mark.parametrize("days", ["7", "7,30,60", "30,7", "7,7", "七,三十"])
def test_the_ladder_needs_two_days_the_second_later(days):
    read = register(ONE, 参数=f"参数          值    说明\n逾期升级天数  {days}")
    assert found(read) == [("FD04", "B2")]
    assert read.procedure.escalation_days == (7, 30)


def test_a_setting_out_of_range_says_what_may_stand_there_and_what_counts_meanwhile():
    """Once: 「-5」不是数字."""
    read = register(
        ONE, 参数="参数            值    说明\n观察期_一般     -5\n逾期升级天数    30,7\n限期工作日_审批  15天"
    )
    assert found(read) == [("FD04", "B2"), ("FD04", "B3")]
    assert [hit.facts["list"] for hit in (remark.hit for remark in read.remarks)] == [
        "不小于 0 的整数，可以带单位，如 15、15 天；改好以前按 30 计",
        "2 个天数，后一个比前一个大，如 7,30；改好以前按 7,30 计",
    ]


def test_a_first_reminder_that_is_no_period_keeps_the_policys_month():
    read = register(ONE, 参数="参数            值    说明\n到期前首次提醒  尽早")
    assert found(read) == [("FD04", "B2")]
    assert facts(read, "FD04") == {
        "c": "到期前首次提醒",
        "v": "尽早",
        "list": "“1月”“15天”这样的期间；改好以前按 1月 计",
    }
    assert str(read.procedure.first_reminder) == "1月"


@pytest.mark.parametrize(
    ("name", "value", "target"),
    [
        ("措施有效率", "95%", "≥95%"), ("逾期率", "3％", "<3％"), ("逾期率", "≤4%", "≤4%"),
        ("按时提醒率", "98%", "98%"),
        ("最长逾期天数", "20", "≤20"), ("最长逾期天数", "20天", "≤20"), ("最长逾期天数", "<15", "<15"),
    ],
)  # fmt: skip
def test_a_target_without_its_way_goes_the_way_of_its_default(name, value, target):
    read = register(ONE, 参数=f"参数                  值\n{'KPI目标_' + name:<16}{value}")
    assert (read.procedure.kpi_targets, found(read)) == ({name: target}, [])


@pytest.mark.parametrize(
    ("name", "value"),
    [("措施有效率", "90"), ("逾期率", "<5"), ("逾期率", "1个月"), ("最长逾期天数", "5%"), ("逾期率", ">5%")],
)
def test_a_target_that_is_none_keeps_its_default(name, value):
    read = register(ONE, 参数=f"参数                  值\n{'KPI目标_' + name:<16}{value}")
    assert (read.procedure.kpi_targets, found(read)) == ({}, [("FD04", "B2")])
    assert facts(read, "FD04")["list"].endswith(
        {"措施有效率": "≥90% 计", "逾期率": "<5% 计", "最长逾期天数": "≤30 计"}[name]
    )


def test_a_target_of_no_kpi_is_mentioned_with_the_nearest():
    read = register(ONE, 参数="参数                  值\nKPI目标_按期完成      90%")
    assert (found(read), facts(read, "WB09")["s"]) == ([("WB09", "A2")], "KPI目标_按期完成率")


def test_lists_extend_a_closed_list_and_replace_an_open_one():
    read = register(
        """
        编号         措施内容  责任人  完成期限    严重度  所属过程
        GJ-2026-001  甲乙丙    张三    2026-03-31  较大    培训
        GJ-2026-002  甲乙丙    张三    2026-03-31  重大    事件
    """,
        字典="严重度  所属过程  部门\n较大    培训      质量部\n                  运维部",
    )
    assert [action.severity for action in read.tracker.records] == ["较大", "重大"]
    hit = next(remark.hit for remark in read.remarks)
    assert found(read) == [("FD04", "F3")]
    assert (hit.severity, hit.facts["list"]) == (Severity.INFO, "培训")
    assert read.procedure.lists["部门"] == ("质量部", "运维部")


def test_holidays_say_which_days_are_worked():
    read = register(ONE, 节假日="日期        类型  名称\n2026-10-01  休    国庆\n2026-10-10  班")
    assert read.procedure.working_days == {date(2026, 10, 1): False, date(2026, 10, 10): True}


def test_every_sheet_is_listed_in_order():
    assert register(ONE, 备查=[["x"]]).sheet_names == (TRACKER, "备查")


@pytest.mark.parametrize("codec", ["gbk", "utf-16", "utf-16-le"])
def test_parts_in_other_codings_are_read(codec):
    blob = recoded(tracker_bytes(OLD_TABLE), codec)
    assert [action.measure for action in read_register(blob).tracker.records] == ["加装精密空调", "修订巡检表格"]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_utf_16_part_without_chinese_is_read_though_it_is_valid_utf_8_too(part, codec, mark):
    book = Book(name=TRACKER, strings=tuple(f"<t>{text}</t>" for text in ("编号", "措施内容", "责任人", "完成期限")))
    book.rows = '<row r="1">' + "".join(f'<c r="{"ABCD"[at]}1" t="s"><v>{at}</v></c>' for at in range(4)) + "</row>"
    book.rows += (
        '<row r="2"><c r="A2" t="str"><v>GJ-1</v></c><c r="C2"><f>X9</f></c><c r="D2" s="1"><v>46112</v></c></row>'
    )
    text = str(book.members()[part], "utf-8").replace("等线", "DengXian").replace("UTF-8", "UTF-16")
    book.parts[part] = (mark + text).encode(codec)
    read = read_register(book.blob())
    assert [(action.number, action.due_on) for action in read.tracker.records] == [("GJ-1", date(2026, 3, 31))]
    assert found(read, "WB05", "FD06") == [("WB05", "C2")]


def test_list_of_one_child_sheet_does_not_rule_another_of_the_same_name():
    read = register(ONE, 字典="类型\n进展\n问题", 节假日="日期        类型  名称\n2026-10-01  进展  国庆")
    assert found(read) == [("FD04", "B2")]
