from pathlib import Path

import pytest

from capa_xl.model.command_line import in_quotes, to_paste, without_commands


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "capa-xl check"),
        ((Path("改进计划跟踪表.xlsx"),), "capa-xl check 改进计划跟踪表.xlsx"),
        ((Path("质量 部/表 1.xlsx"),), 'capa-xl check "质量 部/表 1.xlsx"'),
        (("表.xlsx", "样例工"), "capa-xl check 表.xlsx 样例工"),
        (("",), 'capa-xl check ""'),
    ],
)
def test_a_command_can_be_pasted_with_its_workbooks_name(arguments, line):
    assert to_paste("check", *arguments) == line


@pytest.mark.parametrize(
    ("text", "windows", "quoted"),
    [("a  b", True, '"a  b"'), ("a\nb\r\n c", True, '"a b c"'), ("a\\b", True, "a\\b"), ("a\\b", False, "'a\\b'"),
     ("$HOME x", False, "'$HOME x'"), ("目录 一\\", True, '"目录 一\\\\"')],
)  # fmt: skip
def test_an_argument_is_one_line_as_its_shell_takes_it(text, windows, quoted):
    assert in_quotes(text, windows=windows) == quoted


@pytest.mark.parametrize(
    ("text", "on_paper"),
    [
        ("在人员部门中登记或改名", "在人员部门中登记或改名"),
        ("《计划》里的一行；没有工作表《计划》，先加上：capa-xl grow 本工作簿 --sheet 计划 --apply",
         "《计划》里的一行；没有工作表《计划》"),
        ('改成 2025-01-07，或看看能否自动改：capa-xl check "改进，表；一.xlsx" --fix', "改成 2025-01-07"),
        ("改了编号的，改回 GJ-01；已移到归档的，运行 capa-xl year-end 表.xlsx --moved 归档.xlsx；不要删除",
         "改了编号的，改回 GJ-01；不要删除"),
    ],
)  # fmt: skip
def test_a_paper_says_what_to_do_without_a_command(text, on_paper):
    assert without_commands(text) == on_paper
