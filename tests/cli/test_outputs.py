"""Files a command is told to write: never over the workbook itself."""

from __future__ import annotations

import pytest

from capa_xl.cli.main import run
from tests.tables import workbook_bytes

TRACKER = "编号         问题描述      责任人  完成期限\nGJ-2026-001  值班漏接三次  样例甲  2026-07-01"


@pytest.mark.parametrize("option", [("check", "--report", "就是工作簿本身"), ("plan", "-o", "扩展名应是 .docx")])
@pytest.mark.parametrize("name", ["跟踪表.xlsx", "./跟踪表.xlsx", "link.xlsx"])
def test_the_workbook_is_never_the_output(option, name, tmp_path, capsys):
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(before := workbook_bytes({"改进计划跟踪表": TRACKER}))
    (tmp_path / "link.xlsx").symlink_to(book)
    command, flag, words = option
    assert run([command, str(book), flag, f"{tmp_path}/{name}"]) == 2
    assert words in capsys.readouterr().err
    assert book.read_bytes() == before
