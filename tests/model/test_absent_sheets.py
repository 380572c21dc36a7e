"""A hint sends nobody to a sheet that the workbook doesn't have."""

from capa_xl.model.absent_sheets import no_rows, own_sheets, with_absent_sheets, without_absent_sheets
from capa_xl.workbook.reading.reader import read_register
from tests.policy.registers import register, running
from tests.tables import workbook_bytes

THERE = register(running(), extensions=())
ABSENT = register(running())
COMMAND = "；没有工作表《延期记录》，先加上：capa-xl grow 本工作簿 --sheet 延期记录 --apply"


def test_a_sheet_that_is_absent_is_told_once_with_the_command_that_adds_it():
    hint = "在延期记录登记并批准，或改《延期记录》的新期限"
    assert with_absent_sheets(hint, ABSENT) == hint + COMMAND
    assert with_absent_sheets(hint, THERE) == hint
    assert with_absent_sheets(hint, ABSENT, ("延期记录",)) == hint + "；先找回不见了的工作表《延期记录》"


def test_a_stage_of_the_policy_is_no_sheet_unless_it_is_written_as_one():
    assert with_absent_sheets("确认日期早于效果确认，计划完成", ABSENT) == "确认日期早于效果确认，计划完成"
    assert "--sheet 效果确认 --apply" in with_absent_sheets("在《效果确认》写一轮", ABSENT)


def test_who_adds_no_sheets_is_not_offered_it():
    prompt = "写新期限；也可在《延期记录》写。"
    assert without_absent_sheets(prompt, THERE) == prompt
    assert without_absent_sheets(prompt, ABSENT) == "写新期限。"


TRACKER = """
    编号   问题描述  措施内容  责任人  责任部门  完成期限
    GJ-01  坏盘      换硬盘    样例甲  网络部    2026-04-30
"""
BOOK = read_register(
    workbook_bytes(
        {"改进计划跟踪表": TRACKER, "问题需求登记 ": [["登记编号", "登记日期", "问题描述"]], "计划": [["周", "练什么"]]}
    )
)


def test_a_sheet_that_is_empty_is_there_and_one_of_somebody_else_is_not_read():
    """None of the three has a table in the register."""
    assert (BOOK.needs, BOOK.plans, BOOK.decisions) == (None, None, None)
    sheets = own_sheets(BOOK)
    assert sheets.nothing_in("问题需求登记") == "《问题需求登记》没有登记内容"
    assert sheets.nothing_in("计划") == "《计划》的列名与本工具的不同，没有读取"
    assert sheets.nothing_in("管理评审") == "本工作簿没有工作表《管理评审》"


def test_nobody_is_told_to_add_what_is_there_or_what_would_be_refused():
    assert with_absent_sheets("在《问题需求登记》登记", BOOK) == "在《问题需求登记》登记"
    again = "请先把那张表改名，再运行 capa-xl grow 本工作簿 --sheet 计划 --apply"
    assert (
        with_absent_sheets("在《计划》登记", BOOK) == f"在《计划》登记；《计划》的列名与本工具的不同，没有读取，{again}"
    )
    assert no_rows(BOOK, "问题需求登记", "「XQ-1」的行", "请核对") == "《问题需求登记》表中没有「XQ-1」的行 → 请核对"
    assert no_rows(BOOK, "计划", "「JH-1」", "请核对") == f"《计划》的列名与本工具的不同，没有读取 → {again}"
    adding = "先加上：capa-xl grow 本工作簿 --sheet 管理评审 --apply"
    assert no_rows(BOOK, "管理评审", "行", "请核对") == f"本工作簿没有工作表《管理评审》 → {adding}"
