"""year-end that is killed, refused or meets a fault: archive, record and workbook say the same."""

import pytest

from capa_xl.app.shared.unrecorded import unrecorded_code
from capa_xl.app.use_cases.history import history
from capa_xl.app.use_cases.year_end import end_year
from capa_xl.effects.journal import open_journal
from capa_xl.errors import JournalUnusable, WorkbookLocked
from tests.app.desks import desk_at
from tests.app.small_year import ARCHIVE, BEFORE, DAY, small_year


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(small_year())
    return path


def ended(book):
    return end_year(desk_at(book, DAY), BEFORE, book.parent / ARCHIVE, apply=True)


def locked(*_):
    raise WorkbookLocked("正开着")


def on_record(book):
    with open_journal(book.parent / ".capa_xl") as conn:
        return conn.execute("SELECT count(*) FROM row_event WHERE kind = '归档' AND number = ''").fetchone()[0]


def test_what_fails_once_the_rows_are_gone_is_said_and_refuses_nothing(book, monkeypatch):
    def full(*_):
        raise JournalUnusable("磁盘已满")

    monkeypatch.setattr("capa_xl.app.use_cases.year_end.see_again", full)
    done = ended(book)
    assert done.written and (book.parent / ARCHIVE).exists()
    assert "工作簿已经写好，台账里暂时没能记下哪些行归档了（磁盘已满）；下次运行会补记，不必重做" in done.notes
    assert unrecorded_code(done.notes) == 23
    monkeypatch.undo()
    assert ARCHIVE in {one.after for one in history(desk_at(book, DAY)).changes}, "it is on record all the same"


def test_the_archive_of_a_killed_try_is_taken_and_that_of_a_refused_one_is_off_the_record(book, monkeypatch):
    archive, before = book.parent / ARCHIVE, book.read_bytes()

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("capa_xl.app.shared.writer.replace_file", killed)
        ended(book)
    assert (archive.read_bytes(), book.read_bytes(), on_record(book)) == (before, before, 1)
    with monkeypatch.context() as patched, pytest.raises(WorkbookLocked):
        patched.setattr("capa_xl.app.shared.writer.replace_file", locked)
        ended(book)
    assert archive.exists(), "it was there before"
    assert ended(book).written and on_record(book) == 1


def test_a_refused_try_leaves_neither_archive_nor_record(book, monkeypatch):
    monkeypatch.setattr("capa_xl.app.shared.writer.replace_file", locked)
    with pytest.raises(WorkbookLocked):
        ended(book)
    assert ((book.parent / ARCHIVE).exists(), on_record(book)) == (False, 0)
