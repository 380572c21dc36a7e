"""What Windows refuses while another program has a file open, faked so that it is guarded everywhere."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from capa_xl.effects import exchange
from capa_xl.effects.files import read_file, replace_file, write_new
from capa_xl.effects.locks import find_lock, refuse_locked
from capa_xl.effects.sharing import PAUSES_S, insist
from capa_xl.effects.watches import fingerprint
from capa_xl.effects.world import World
from capa_xl.errors import UnsafeWrite, WorkbookLocked
from tests.app.desks import still_world

WORLD = still_world(date(2026, 11, 22))
NOW = WORLD.now().timestamp()


def refusal(winerror):
    trouble = PermissionError(13, "Permission denied")
    trouble.winerror = winerror
    return trouble


def held(times, winerror, step=lambda *_arguments, **_options: "done"):
    """A step that is refused a number of times, then done."""
    left = [None] * times

    def refused(*arguments, **options):
        if left:
            left.pop()
            raise refusal(winerror)
        return step(*arguments, **options)

    return refused


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(b"old")
    return path


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_step_that_is_refused_for_a_moment_is_tried_again(winerror):
    paused = []
    assert insist(held(3, winerror), paused.append) == "done"
    assert paused == list(PAUSES_S[:3])


def test_after_two_and_a_half_seconds_it_is_given_up():
    paused = []
    with pytest.raises(PermissionError):
        insist(held(100, 32), paused.append)
    assert 2.4 <= sum(paused) <= 2.6
    assert max(paused) < 1


def test_what_no_other_program_causes_is_not_tried_again():
    paused = []
    with pytest.raises(PermissionError):
        insist(held(1, None), paused.append)
    assert paused == []


@pytest.mark.parametrize(
    ("winerror", "said"), [(32, "正被 Word、WPS、预览或同步软件打开，请关闭后再试"), (5, "可能正被 Word")]
)
def test_a_paper_that_is_held_names_the_cause_first_and_stays(tmp_path, monkeypatch, winerror, said):
    paper = tmp_path / "报告.docx"
    paper.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", held(100, winerror))
    with pytest.raises(UnsafeWrite, match=f"报告.docx」：{said}"):
        write_new(paper, b"new", lambda _s: None)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_paper_that_is_free_again_in_time_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "replace", held(2, 32, Path.replace))
    write_new(tmp_path / "报告.docx", b"new", lambda _s: None)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_a_workbook_that_is_held_while_reading_is_said_to_be_open(book, monkeypatch):
    monkeypatch.setattr("capa_xl.effects.sharing.PAUSES_S", ())
    monkeypatch.setattr(Path, "read_bytes", held(100, 32))
    with pytest.raises(WorkbookLocked, match="正被 Excel、WPS、预览或同步软件打开，请关闭后再试"):
        read_file(book)


def test_a_workbook_that_is_held_while_replacing_stays_without_a_trace(book, monkeypatch):
    monkeypatch.setattr("capa_xl.effects.sharing.PAUSES_S", ())
    monkeypatch.setattr(exchange, "exchange", held(100, 32))
    with pytest.raises(WorkbookLocked, match="正被 Excel、WPS、预览或同步软件打开，请关闭后再试"):
        replace_file(book, b"new", fingerprint(b"old"), book.parent / ".capa_xl" / "backups", "20261122-083000", WORLD)
    assert book.read_bytes() == b"old"
    assert [path.name for path in book.parent.iterdir()] == ["跟踪表.xlsx"]


def test_waiting_for_a_workbook_waits_for_a_program_without_a_lock_file_too(book, monkeypatch):
    monkeypatch.setattr(Path, "open", held(3, 32, Path.open))
    slept = []
    refuse_locked(book, World(lambda: WORLD.now() + timedelta(seconds=sum(slept)), slept.append), 60)
    assert sum(slept) == 15


def test_a_program_without_a_lock_file_is_said_as_the_likely_ones(book, monkeypatch):
    monkeypatch.setattr(Path, "open", held(100, 32))
    assert find_lock(book, NOW).sentence == (
        "工作簿「跟踪表.xlsx」正被 Excel、WPS、预览或同步软件打开，请关闭后再试；"
        "要它等人关闭：在 capa_xl.toml 写 [lock] wait_minutes（refresh 也可以加 --wait 分钟数）"
    )


def test_the_owner_is_read_while_excel_keeps_its_lock_file_open_for_writing(book, monkeypatch):
    lock = book.with_name("~$跟踪表.xlsx")
    lock.write_bytes(b"\x04Zhan" + b" " * 20)
    os.utime(lock, (NOW - 90_000, NOW - 90_000))
    open_path = Path.open

    def as_excel_shares(path, mode="r", *arguments, **options):
        if path == lock and "+" in mode:
            raise refusal(32)
        return open_path(path, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", as_excel_shares)
    found = find_lock(book, NOW)
    assert (found.owner, found.forgotten) == ("Zhan", False)


def test_waiting_ends_within_a_second_once_nobody_wants_to_go_on(book):
    book.with_name("~$跟踪表.xlsx").write_bytes(b"")
    slept = []
    with pytest.raises(WorkbookLocked):
        refuse_locked(book, World(WORLD.now, slept.append, lambda: len(slept) < 3), 600)
    assert sum(slept) < 2
