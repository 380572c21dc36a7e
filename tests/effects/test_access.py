"""State is readable by whom the workbook is, and never by more."""

import os
from datetime import date

import pytest

from capa_xl.effects.access import make_like
from capa_xl.effects.files import replace_file
from capa_xl.effects.journal import open_journal
from capa_xl.effects.run_lock import only_run
from capa_xl.effects.watches import fingerprint
from tests.app.desks import still_world

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX modes")


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(b"old")
    return path


def mode(path):
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("of_workbook", "of_folder", "of_file"),
    [(0o600, 0o700, 0o600), (0o640, 0o750, 0o640), (0o644, 0o755, 0o644), (0o664, 0o775, 0o664), (0o400, 0o700, 0o600)],
)
def test_folder_journal_and_locks_follow_the_workbooks_mode(book, of_workbook, of_folder, of_file):
    book.chmod(of_workbook)
    state = book.parent / ".capa_xl"
    with only_run(state, book), open_journal(state):
        pass
    assert mode(state) == of_folder
    assert {mode(path) for path in state.iterdir()} == {of_file}


def test_a_state_folder_of_ours_that_stands_wider_open_is_narrowed(book):
    book.chmod(0o600)
    state = book.parent / ".capa_xl"
    state.mkdir()
    state.chmod(0o755)
    make_like(state, book)
    assert mode(state) == 0o700


def test_a_state_folder_narrower_than_the_workbook_or_set_up_by_it_stays(book, tmp_path):
    book.chmod(0o644)
    narrow = book.parent / ".capa_xl"
    narrow.mkdir(mode=0o700)
    make_like(narrow, book)
    assert mode(narrow) == 0o700
    book.chmod(0o600)
    theirs = tmp_path / "state"
    theirs.mkdir()
    theirs.chmod(0o755)
    make_like(theirs, book)
    assert mode(theirs) == 0o755


def test_backups_and_their_folders_follow_the_workbook_too(book):
    book.chmod(0o640)
    kept = replace_file(
        book,
        b"new",
        fingerprint(b"old"),
        book.parent / ".capa_xl" / "backups",
        "20261122-083000",
        still_world(date(2026, 11, 22)),
    )
    assert (mode(kept), mode(kept.parent), mode(kept.parent.parent)) == (0o640, 0o750, 0o750)
