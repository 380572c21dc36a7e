"""A hint sends nobody to a sheet that the workbook doesn't have."""

from capa_xl.model.absent_sheets import with_absent_sheets, without_absent_sheets
from tests.policy.registers import register, running

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
    prompt = "写新期限；也可在“延期记录”写。"
    assert without_absent_sheets(prompt, THERE) == prompt
    assert without_absent_sheets(prompt, ABSENT) == "写新期限。"
