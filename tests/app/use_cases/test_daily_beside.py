"""Files that a pass reads beside the workbook: one that is changed, gone or no plain file is seen the same day."""

import os

import pytest

from capa_xl.app.shared.last_pass import SAME
from capa_xl.settings.values import PathSettings, Settings
from tests.app.office import SETTINGS, Office, workbook

PAST = "归档2025.xlsx"
OLD = """
    编号        措施内容  责任人  责任部门  登记日期    完成期限
    GJ-2025-01  换网线    样例甲  网络部    2025-01-05  2025-04-30
"""


@pytest.fixture
def table(tmp_path):
    workbook(tmp_path / PAST, OLD)
    return workbook(tmp_path / "表.xlsx", 参数=SETTINGS.rstrip() + f"\n    上年工作簿  {PAST}\n")


def words(table, office=None):
    (served,) = (office or Office()).daily(table)
    assert (served.outcome, served.exit_code) == ("served", 0)
    return served.words


def is_same(table, office=None):
    return words(table, office).startswith(SAME)


def changed(path):
    workbook(path, OLD.replace("换网线", "换交换机"))


def cut(path):
    path.write_bytes(path.read_bytes()[:100])


def a_pipe(path):
    path.unlink()
    os.mkfifo(path)


KINDS = [changed, cut, *([a_pipe] if hasattr(os, "mkfifo") else [])]


@pytest.mark.parametrize("harm", [os.unlink, *KINDS])
def test_an_archived_year_that_was_harmed_is_looked_at_the_same_day_and_once(table, harm):
    words(table)
    assert is_same(table)
    harm(table.parent / PAST)
    assert not is_same(table)
    assert is_same(table)


def test_an_archived_year_that_comes_back_is_looked_at_too(table):
    kept = (table.parent / PAST).read_bytes()
    (table.parent / PAST).unlink()
    words(table)
    assert is_same(table)
    (table.parent / PAST).write_bytes(kept)
    assert not is_same(table)
    assert is_same(table)


def test_an_archived_year_that_was_only_touched_is_the_same(table):
    words(table)
    os.utime(table.parent / PAST, (1, 1))
    assert is_same(table)


def test_a_workbook_without_archived_years_has_nothing_beside_it(tmp_path):
    table = workbook(tmp_path / "表.xlsx")
    words(table)
    (tmp_path / PAST).write_bytes(b"x")
    assert is_same(table)


def test_a_letter_template_of_the_companys_own_that_was_changed_is_looked_at(table):
    folder = table.parent / "模板"
    (folder / "letters").mkdir(parents=True)
    office = Office(Settings(paths=PathSettings(templates=folder)))
    words(table, office)
    assert is_same(table, office)
    (folder / "letters" / "letter.txt.j2").write_text("您好", "utf-8")
    assert not is_same(table, office)


def test_a_pass_remembered_by_an_older_program_is_looked_at_again(table):
    words(table)
    (note,) = (table.parent / ".capa_xl").glob("pass-*.json")
    note.write_text(note.read_text().replace('"beside"', '"besides"'))
    assert not is_same(table)
