"""What a group says of workbooks that were served, and its rehearsals."""

import pytest

from capa_xl.cli.main import run
from capa_xl.reports.group_text import GroupLine, group_lines
from tests.tables import tracker_bytes

TABLE = """
    编号    问题描述      措施内容  责任人  责任部门  完成期限    〔自动〕逾期天数
    GJ-01   机房温度过高  换空调    样例甲  网络部    2020-03-02
"""
PEOPLE = [["姓名", "部门", "角色", "邮箱"], ["样例检", "质量部", "质量部负责人", "jian@sample.example"]]


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(tracker_bytes(TABLE, 人员部门=PEOPLE))
    return path


def said(capsys, *words):
    capsys.readouterr()
    run([*map(str, words)])
    return capsys.readouterr().out


@pytest.mark.parametrize("command", ["check", "daily"])
def test_whom_no_letter_reaches_is_said_of_a_served_workbook_each_time(command, book, capsys):
    for _ in range(2):
        (line,) = [line for line in said(capsys, "group", command, book).splitlines() if line.startswith(str(book))]
        assert "收不到提醒：" in line and "样例甲（不在名单）" in line


def test_a_rehearsal_over_a_live_workbook_looks_only_and_writes_when_told_to(book, capsys):
    said(capsys, "group", "daily", book)
    before = book.read_bytes()
    words = said(capsys, "group", "daily", book, "--as-of", "2030-01-02")
    assert "这是按 2030-01-02 的预演" in words and "确要写入请加 --write" in words
    assert book.read_bytes() == before
    said(capsys, "group", "daily", book, "--as-of", "2030-01-02", "--write")
    assert book.read_bytes() != before


@pytest.mark.parametrize(("as_of", "said_last"), [("2030-01-02", "预演"), (None, "未配置邮件")])
def test_that_no_letter_left_is_explained_by_the_rehearsal_not_by_the_mail_settings(as_of, said_last, book, capsys):
    words = said(capsys, "daily", book, *(("--as-of", as_of) if as_of else ())).splitlines()[-1]
    assert [said_last in words, ("未配置邮件" in words) == (as_of is None)] == [True, True]


@pytest.mark.parametrize(("workbooks", "more"), [(9, ""), (10, ""), (11, "另有 1 个工作簿也有要处理的事")])
def test_ten_workbooks_are_named_and_the_rest_counted(workbooks, more):
    lines = [GroupLine(f"{n}.xlsx", "served", "", 1, 0, 0, 0, ("样例甲收不到提醒",)) for n in range(workbooks)]
    told = list(group_lines(lines, {"served": workbooks}, 0, 0))
    assert sum("收不到提醒" in line for line in told) == min(workbooks, 10)
    assert any(line.startswith(more) for line in told) if more else not any("另有" in line for line in told)
