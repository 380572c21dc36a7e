"""`check --apply` writes and then checks: what stops the check doesn't hide what was written."""

from __future__ import annotations

import pytest

from capa_xl.app.use_cases import check
from capa_xl.cli.main import run
from capa_xl.errors import UnreadableWorkbook
from tests.app.office import workbook

TRACKER = """
    编号   问题描述  责任人  完成期限
    GJ-01  断电三次  样例甲  {due}
"""


@pytest.mark.parametrize("words", [(), ("--json",), ("--quiet",)])
def test_a_check_that_breaks_off_after_a_repair_says_that_the_repair_is_written(tmp_path, monkeypatch, capsys, words):
    book = workbook(tmp_path / "表.xlsx", TRACKER.format(due="2026.4.30"))

    def gone(_desk):
        raise UnreadableWorkbook("读取 表.xlsx 出错：磁盘已满")

    monkeypatch.setattr(check, "check_workbook", gone)
    before = book.read_bytes()
    assert run(["check", str(book), "--apply", "--as-of", "2026-03-31", *words]) == 20
    assert book.read_bytes() != before
    told = capsys.readouterr()
    assert (
        f"修复已写入工作簿（撤销：capa-xl undo {book}）；之后的校验没有做成：读取 表.xlsx 出错" in told.out + told.err
    )


def test_a_check_that_breaks_off_without_a_repair_says_nothing_of_one(tmp_path, monkeypatch, capsys):
    book = workbook(tmp_path / "表.xlsx", TRACKER.format(due="2026-04-30"))

    def gone(_desk):
        raise UnreadableWorkbook("读取 表.xlsx 出错：磁盘已满")

    monkeypatch.setattr(check, "check_workbook", gone)
    assert run(["check", str(book), "--apply", "--as-of", "2026-03-31"]) == 20
    assert "修复已写入" not in capsys.readouterr().err
