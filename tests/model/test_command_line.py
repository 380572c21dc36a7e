from pathlib import Path

import pytest

from capa_xl.model.command_line import in_quotes, to_paste


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
