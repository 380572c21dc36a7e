import os
import shutil
import subprocess
from pathlib import Path

import pytest

from capa_xl.model.command_line import in_quotes, program_in_quotes, to_paste, without_commands


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


IN_POWERSHELL = {
    "改进计划（2026）—终稿…xlsx": '"改进计划（2026）—终稿…xlsx"',
    "改进\u3000计划.xlsx": '"改进\u3000计划.xlsx"',
    "改进\xa0计划.xlsx": '"改进\xa0计划.xlsx"',
    "——改进.xlsx": '"——改进.xlsx"',
    "样例‘甲’.xlsx": '"样例‘甲’.xlsx"',
    "it's 表#1.xlsx": '"it\'s 表#1.xlsx"',
    "@表,[甲]{乙};丙&丁.xlsx": '"@表,[甲]{乙};丙&丁.xlsx"',
    "关于“三查”.xlsx": "'关于“三查”.xlsx'",
    "关于 “三查”的‘甲’.xlsx": "'关于 “三查”的‘‘甲’’.xlsx'",
    "成本$A $(1)`n.xlsx": "'成本$A $(1)`n.xlsx'",
    '是否"重大"; 1': "'是否\"重大\"; 1'",
    "2026年度.xlsx:H7": "2026年度.xlsx:H7",
}
"""On Windows a name is pasted as this; what stands between double quotes cmd.exe takes as well."""


@pytest.mark.parametrize("name", IN_POWERSHELL)
def test_chinese_marks_are_quoted_on_windows_as_powershell_reads_them(name):
    assert in_quotes(name, windows=True) == IN_POWERSHELL[name]


def test_real_powershell_reads_each_name_as_one_argument():
    """CAPA_XL_PWSH: as in tests/cli/test_completion.py."""
    powershell = os.environ.get("CAPA_XL_PWSH", "pwsh")
    if not shutil.which(powershell):
        pytest.skip(f"{powershell} is not on this machine: how it reads a pasted line is not tried")
    script = [
        "[Console]::OutputEncoding = [Text.Encoding]::UTF8",
        "function told { '{0} {1}' -f $args.Count, $args[0] }",
    ]
    script += [f"told {in_quotes(name, windows=True)}" for name in IN_POWERSHELL]
    call = [powershell, "-NoProfile", "-Command", "\n".join(script)]
    said = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert said.splitlines() == [f"1 {name}" for name in IN_POWERSHELL]


@pytest.mark.parametrize(
    ("path", "windows", "word"),
    [
        (r"C:\capa\Scripts\python.exe", True, r"C:\capa\Scripts\python.exe"),
        (r"C:\Users\样例 甲\p (x86)\python.exe", True, r'cmd /c call "C:\Users\样例 甲\p (x86)\python.exe"'),
        (r"C:\R&D\python.exe", True, r'C:\R"&"D\python.exe'),
        ("/srv/样例 甲/bin/python", False, '"/srv/样例 甲/bin/python"'),
    ],
)
def test_a_command_on_windows_does_not_begin_with_a_quote(path, windows, word):
    assert program_in_quotes(path, windows=windows) == word


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
