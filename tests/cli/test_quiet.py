"""--quiet: not a word where all is well, and every word where the exit code says that something is not."""

from __future__ import annotations

import shutil

import pytest

from capa_xl.cli.main import run
from tests.tables import workbook_bytes

DAY = ("--as-of", "2026-06-01", "-q")
CLEAN = """
    编号         问题描述      措施内容  责任部门  责任人  完成期限
    GJ-2026-001  值班漏接三次  改排班    网络部    样例甲  2026-09-01
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "组" / "表.xlsx"
    path.parent.mkdir()
    path.write_bytes(workbook_bytes({"改进计划跟踪表": CLEAN}))
    return path


def told(capsys, *arguments):
    """(exit code, what was printed) of a quiet run."""
    code = run([*map(str, arguments), *DAY])
    return code, capsys.readouterr().out


def test_a_group_with_a_broken_workbook_names_it(book, capsys):
    assert told(capsys, "group", "check", book.parent) == (0, "")
    assert told(capsys, "check", book, "--report", book.parent / "问题清单.xlsx") == (0, "")
    (book.parent / "坏.xlsx").write_bytes(book.read_bytes()[:900])
    code, words = told(capsys, "group", "check", book.parent)
    assert code == 20
    assert "坏.xlsx：" in words and "共 3 个工作簿：未完成 1、不是跟踪表 1、完成 1；" in words
    assert "问题清单" not in words  # nobody has to do anything about it


def test_a_pack_that_was_changed_names_the_file(book, capsys, tmp_path):
    pack = tmp_path / "包"
    assert told(capsys, "pack", book, "--period", "2026Q2", "-o", pack)[0] == 0
    assert told(capsys, "archive", pack) == (0, "")
    changed = next(pack.rglob("*.docx"))
    changed.write_bytes(changed.read_bytes() + b" ")
    code, words = told(capsys, "archive", pack)
    assert code == 1
    assert changed.name in words


def test_a_number_that_nobody_knows_is_told(book, capsys):
    assert told(capsys, "refresh", book) == (0, "")
    code, words = told(capsys, "history", book, "GJ-2026-999")
    assert code == 2
    assert "GJ-2026-999" in words


def test_a_json_document_stays_alone_on_its_stream(book, capsys):
    shutil.copy(book, book.parent / "副本.xlsx")
    (book.parent / "坏.xlsx").write_bytes(b"PK")
    code, words = told(capsys, "group", "check", book.parent, "--json")
    assert code == 20
    assert words.startswith("{") and words.count("\n") == 1
