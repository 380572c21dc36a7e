"""One judgement of the exit code for all commands, and every code stands in the manual's table."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest

from capa_xl import errors
from capa_xl.app.shared import writer
from capa_xl.app.use_cases.new import new_workbook
from capa_xl.cli.main import main, run
from capa_xl.errors import UnsafeWrite
from tests.app.office import DAY, workbook

WITH_STATUS = """
    编号   措施内容  责任人  责任部门  登记日期    完成期限    〔自动〕状态
    GJ-01  换硬盘    样例甲  网络部    2026-01-05  2026-04-30
"""
MANUAL = Path(__file__).parents[2] / "docs/使用手册.md"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("退出码") / "表.xlsx"
    new_workbook(path, sample=True, as_of=DAY, workbook_id="W1")
    return path


def code(book, *words):
    """The exit code; 表 is the workbook, 归档 a file beside it."""
    places = {"表": book, "归档": book.with_name("2018.xlsx")}
    return run([str(places.get(word, word)) for word in words])


@pytest.mark.parametrize(
    "words",
    [
        ("report", "表", "GJ-0", "-o", "出"),
        ("request", "表", "XQ-0", "-o", "出"),
        ("dossier", "表", "GJ-0", "-o", "出"),
        ("slip", "表", "无此部", "-o", "出"),
        ("handover", "表", "无此人", "样例甲", "--from", "2026-01-01"),
        ("todo", "表", "无此人"),
        ("history", "表", "GJ-0"),
        ("history", "表", "--person", "无此人"),
    ],
    ids=" ".join,
)
def test_what_nobody_knows_is_2(book, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert code(book, *words) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("grow", "表"),
        ("grow", "表", "--apply"),
        ("reorganise", "表"),
        ("undo", "表"),
        ("signed", "表"),
        ("year-end", "表", "--before", "2019-01-01", "-o", "归档"),
        ("todo", "表", "样例甲"),
        ("history", "表", "--person", "样例甲"),
    ],
    ids=" ".join,
)
def test_nothing_to_do_is_0(book, words):
    assert code(book, *words) == 0


@pytest.mark.parametrize("command", ["refresh", "daily"])
def test_a_write_that_is_not_on_record_is_23_and_0_once_it_is(tmp_path, monkeypatch, capsys, command):
    path = workbook(tmp_path / "表.xlsx", WITH_STATUS)
    with monkeypatch.context() as full:
        full.setattr(writer, "recorded_as_done", lambda *_: False)
        assert run([command, str(path)]) == UnsafeWrite.exit_code
    assert writer.RECORD_IS_LATE in capsys.readouterr().out
    assert run([command, str(path)]) == 0


def test_doctor_is_1_where_something_is_wrong_and_0_where_something_is_only_left_to_do(book, tmp_path):
    assert (run(["doctor", str(tmp_path / "没有.xlsx")]), code(book, "doctor", "表")) == (1, 0)
    (unread := tmp_path / "读不了.xlsx").write_text("这不是工作簿", "utf-8")
    assert run(["doctor", str(unread)]) == 1


def test_every_exit_code_of_an_error_stands_in_the_manual():
    rows = {int(number) for number in re.findall(r"^\| (\d+) \|", MANUAL.read_text("utf-8"), re.MULTILINE)}
    codes = {one.exit_code for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)}
    assert rows == codes | {0, 1}


def test_the_program_leaves_with_its_code_and_what_is_left_is_not_looked_through():
    limits = gc.get_threshold()
    try:
        with pytest.raises(SystemExit) as left:
            main(["check", "没有.xlsx"])
        assert (left.value.code, gc.get_freeze_count() > 0) == (2, True)
    finally:
        gc.unfreeze()
        gc.set_threshold(*limits)
