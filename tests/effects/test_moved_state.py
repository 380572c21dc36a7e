"""State that an earlier version kept beside a link comes to the workbook, once, and nothing is sent again."""

from datetime import date

import pytest

from capa_xl.effects.journal import is_there, open_journal
from capa_xl.effects.journal_postings import post, postings_of
from capa_xl.effects.journal_view import workbook_id_for
from capa_xl.effects.moved_state import bring_state_home
from capa_xl.model.journal import FAILED, SENT, SMTP, Posting
from capa_xl.model.letter import JournalKey

DAY = date(2026, 3, 31)


def posting(number, result=SENT):
    key = JournalKey("W1", number, "M1", "2026-04-30", "0", "样例甲")
    return Posting(key, result, DAY, DAY, "2026-03-31T08:30:00+08:00", SMTP, f"<{number}@corp.example>")


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "共享" / "跟踪表.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"x")
    return path


@pytest.fixture
def link(book, tmp_path):
    path = tmp_path / "桌面" / "快捷.xlsx"
    path.parent.mkdir()
    path.symlink_to(book)
    return path


def remember(state, name, *postings):
    with open_journal(state) as journal:
        workbook_id_for(journal, "W1", state.parent / name)
        post(journal, postings)


def results(state):
    with open_journal(state) as journal:
        return {one.key.number: one.result for one in postings_of(journal, "W1")}


def test_a_workbook_that_is_no_link_has_nothing_to_bring(book):
    remember(book.parent / ".capa_xl", "跟踪表.xlsx", posting("GJ-01"))
    assert bring_state_home(book) == ""
    assert results(book.parent / ".capa_xl") == {"GJ-01": SENT}


def test_state_beside_the_link_moves_over_once(book, link):
    beside, home = link.parent / ".capa_xl", book.parent / ".capa_xl"
    remember(beside, "快捷.xlsx", posting("GJ-01"))
    (beside / "backups").mkdir()
    assert "台账、备份和日志" in bring_state_home(link)
    assert not beside.exists()
    assert results(home) == {"GJ-01": SENT}
    assert (home / "backups").is_dir()
    assert bring_state_home(link) == ""
    with open_journal(home) as journal:
        assert workbook_id_for(journal, "", book) == ("W1", True)


def test_where_both_have_one_the_postings_are_merged_by_key(book, link):
    beside, home = link.parent / ".capa_xl", book.parent / ".capa_xl"
    remember(beside, "快捷.xlsx", posting("GJ-01"), posting("GJ-02"), posting("GJ-03", FAILED))
    remember(home, "跟踪表.xlsx", posting("GJ-01", FAILED), posting("GJ-03"), posting("GJ-04"))
    assert "2 条提醒记录" in bring_state_home(link)
    assert results(home) == {"GJ-01": SENT, "GJ-02": SENT, "GJ-03": SENT, "GJ-04": SENT}
    assert bring_state_home(link) == ""


def test_what_is_merged_goes_under_the_id_that_the_workbook_has_at_home(book, link):
    home = book.parent / ".capa_xl"
    remember(link.parent / ".capa_xl", "快捷.xlsx", posting("GJ-01"))
    with open_journal(home) as journal:
        workbook_id_for(journal, "W9", book)
    assert "1 条提醒记录" in bring_state_home(link)
    assert results(home) == {}
    with open_journal(home) as journal:
        assert [one.key.number for one in postings_of(journal, "W9")] == ["GJ-01"]


def test_a_folder_beside_the_link_that_serves_other_workbooks_stays_theirs(book, link):
    beside, home = link.parent / ".capa_xl", book.parent / ".capa_xl"
    remember(beside, "快捷.xlsx", posting("GJ-01"))
    with open_journal(beside) as journal:
        workbook_id_for(journal, "W2", link.parent / "别的.xlsx")
    bring_state_home(link)
    assert results(home) == {"GJ-01": SENT}
    assert is_there(beside)
    with open_journal(beside) as journal:
        assert dict(journal.execute("SELECT file_name, id FROM workbook")) == {"别的.xlsx": "W2"}


def test_the_id_inside_decides_whatever_the_path(tmp_path):
    with open_journal(tmp_path) as journal:
        paths = [tmp_path / "Z" / "跟踪表.xlsx", tmp_path / "服务器" / "共享" / "跟踪表.xlsx"]
        assert {workbook_id_for(journal, "W1", path) for path in paths} == {("W1", False)}
        assert {workbook_id_for(journal, "", path) for path in paths} == {("W1", True)}
