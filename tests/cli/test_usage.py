"""Wrong usage is answered in Chinese, with exit code 2."""

from __future__ import annotations

import re

import pytest

from capa_xl.cli.main import run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "缺少参数「工作簿」"),
        (["frob"], "没有命令「frob」"),
        (["chekc"], "是否指 check？"),
        (["check", "{book}", "--jsn"], "是否指 --json？"),
        (["check", "{book}", "--as-of"], "选项「--as-of」后面要写一个值"),
        (["check", "{book}", "--json=1"], "选项「--json」不接受值"),
        (["check", "{book}", "--as-of", "2026-13-01"], "「2026-13-01」不是日期"),
        (["check", "{book}", "more"], "多出参数：more"),
        (["check", "nowhere.xlsx"], "找不到文件或文件夹 nowhere.xlsx"),
        (["check", "{folder}"], "这是文件夹，需要文件"),
        (["archive", "{book}"], "这是文件，需要文件夹"),
        (["refresh", "{book}", "--wait", "soon"], "「soon」不是数字"),
        (["refresh", "{book}", "--wait", "-1"], "太小，至少是 0"),
        (["schedule", "{book}", "--print", "dos"], "「dos」不在可选的值内"),
    ],
)
def test_wrong_usage_is_answered_in_chinese(arguments, said, tmp_path, capsys):
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(b"")
    assert run([word.format(book=book, folder=tmp_path) for word in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert not re.search(r"\b(valid|requires|range|option|argument|exist)\b", err, re.IGNORECASE)


def test_a_windows_path_is_said_as_it_was_typed(capsys):
    assert run(["check", r"C:\没有\表.xlsx"]) == 2
    assert r"找不到文件或文件夹 C:\没有\表.xlsx，请核对路径。" in capsys.readouterr().err
