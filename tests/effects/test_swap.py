"""A person's save always wins: the interleavings of a save with the swap, made deterministic.

The clock is asked for the last time between the last look at the workbook and the swap; what happens "meanwhile" in
these tests happens in that call.
"""

import errno
import hashlib
import os
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from capa_xl.effects import exchange, swap
from capa_xl.effects.files import replace_file
from capa_xl.effects.leftovers import settle
from capa_xl.effects.watches import WATCH_S
from capa_xl.effects.world import World
from capa_xl.errors import UnsafeWrite, WorkbookChanged, WorkbookLocked
from tests.app.desks import still_world

OLD, NEW, THEIRS, NEWER = b"old bytes", b"new bytes", b"somebody's save", b"an even newer save"
STAMP = "20261122-083000"
WORLD = still_world(date(2026, 11, 22))
NOW = WORLD.now().timestamp()


def sha(blob):
    return hashlib.sha256(blob).hexdigest()


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(OLD)
    return path


@pytest.fixture(params=["exchange", "second name", "copy"])
def system(request, monkeypatch):
    """A file system that exchanges names, one that only links (NFS), and one that does neither (FAT)."""
    if request.param != "exchange":
        monkeypatch.setattr(exchange, "exchange", lambda one, other: False)
    if request.param == "copy":

        def no_links(*_arguments, **_options):
            raise OSError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", no_links)
    return request.param


def backups(book):
    return book.parent / ".capa_xl" / "backups"


def replace(book, meanwhile=lambda: None, before=OLD, after=NEW, **options):
    asked = iter(range(2))

    def now():
        if next(asked, 1):
            meanwhile()
        return WORLD.now()

    return replace_file(book, after, sha(before), backups(book), STAMP, World(now, WORLD.sleep), **options)


def settled(book, later_s=0.0):
    return settle(book, backups(book), STAMP, NOW + later_s)


def save_by_rename(book, blob):
    other = book.with_name("saved.tmp")
    other.write_bytes(blob)
    other.replace(book)


def in_backups(book):
    return sorted(path.read_bytes() for path in backups(book).glob("*.xlsx"))


def left_beside(book):
    return sorted(path.name for path in book.parent.iterdir() if path.is_file())


def test_an_undisturbed_swap_leaves_the_new_bytes_and_the_old_as_backup(book, system):
    kept = replace(book)
    assert (book.read_bytes(), kept.read_bytes()) == (NEW, OLD)
    assert left_beside(book) == ["跟踪表.xlsx"]


def test_a_save_by_rename_between_last_look_and_swap_stays_in_the_workbook(book):
    with pytest.raises(WorkbookChanged, match="没有写入"):
        replace(book, lambda: save_by_rename(book, THEIRS))
    assert book.read_bytes() == THEIRS
    assert left_beside(book) == ["跟踪表.xlsx"]
    assert in_backups(book) == []


def test_a_save_in_place_between_last_look_and_swap_stays_in_the_workbook(book, system):
    with pytest.raises(WorkbookChanged):
        replace(book, lambda: book.write_bytes(THEIRS))
    assert book.read_bytes() == THEIRS
    assert left_beside(book) == ["跟踪表.xlsx"]


def test_a_workbook_deleted_between_last_look_and_swap_is_not_made_again(book):
    with pytest.raises(WorkbookChanged, match="移走"):
        replace(book, book.unlink)
    assert left_beside(book) == []


def test_a_save_that_falls_into_the_putting_back_is_the_newest_and_stays(book, monkeypatch):
    change_places, calls = swap.change_places, []

    def saved_again(staged, real):
        calls.append(staged)
        if len(calls) == 2:
            save_by_rename(book, NEWER)
        change_places(staged, real)

    monkeypatch.setattr(swap, "change_places", saved_again)
    with pytest.raises(WorkbookChanged):
        replace(book, lambda: save_by_rename(book, THEIRS))
    assert book.read_bytes() == NEWER
    assert in_backups(book) == [THEIRS]


@pytest.mark.parametrize("system", ["exchange", "second name"], indirect=True)
def test_what_a_writer_with_the_old_file_open_writes_after_the_swap_comes_back(book, system):
    opened = []
    replace(book, lambda: opened.append(book.open("r+b")))
    with opened[0] as stream:
        stream.write(THEIRS)
    assert book.read_bytes() == NEW
    said = settled(book)
    assert book.read_bytes() == THEIRS
    assert said == ("「跟踪表.xlsx」：上次回写的一瞬间有人保存，保存的内容已放回工作簿，回写将重新进行",)
    assert settled(book) == ()


def test_a_late_write_is_kept_as_a_backup_where_the_workbook_was_saved_since(book):
    opened = []
    replace(book, lambda: opened.append(book.open("r+b")))
    with opened[0] as stream:
        stream.write(THEIRS)
    save_by_rename(book, NEWER)
    (said,) = settled(book)
    assert book.read_bytes() == NEWER
    assert f"跟踪表-{STAMP}-{sha(THEIRS)[:8]}.xlsx" in said
    assert THEIRS in in_backups(book)


@pytest.mark.parametrize("system", ["exchange", "second name"], indirect=True)
def test_a_writer_who_opened_the_file_three_swaps_ago_still_gets_its_save_into_the_workbook(book, system):
    stream = book.open("r+b")
    for before, after in ((OLD, NEW), (NEW, b"second"), (b"second", b"third")):
        assert settled(book) == ()
        replace(book, before=before, after=after, keep=1)
    stream.write(THEIRS)
    stream.close()
    (said,) = settled(book)
    assert "已放回工作簿" in said
    assert book.read_bytes() == THEIRS
    assert b"third" in in_backups(book)


def test_where_somebody_saved_between_the_swaps_the_late_save_is_kept_and_said(book):
    stream = book.open("r+b")
    replace(book, keep=1)
    save_by_rename(book, NEWER)
    replace(book, before=NEWER, after=b"third", keep=1)
    stream.write(THEIRS)
    stream.close()
    (said,) = settled(book)
    assert f"跟踪表-{STAMP}-{sha(THEIRS)[:8]}.xlsx" in said
    assert book.read_bytes() == b"third"
    assert THEIRS in in_backups(book)
    assert settled(book) == ()


def test_a_late_save_does_not_displace_another_late_save(book):
    first, second = book.open("r+b"), None
    replace(book)
    second = book.open("r+b")
    replace(book, before=NEW, after=b"third")
    first.write(THEIRS)
    first.close()
    settled(book)
    assert book.read_bytes() == THEIRS
    second.write(NEWER)
    second.close()
    (said,) = settled(book)
    assert "当时保存的内容在" in said
    assert book.read_bytes() == THEIRS
    assert NEWER in in_backups(book)


@pytest.mark.parametrize(("later_s", "found"), [(WATCH_S - 1, True), (WATCH_S, False)])
def test_a_displaced_file_is_watched_for_a_minute_and_stays_a_backup_after_it(book, later_s, found):
    stream = book.open("r+b")
    replace(book)
    assert settled(book, later_s) == ()
    stream.write(THEIRS)
    stream.close()
    assert bool(settled(book, later_s)) == found
    assert (book.read_bytes() == THEIRS) == found
    assert THEIRS in [*in_backups(book), book.read_bytes()]


@pytest.mark.parametrize("later_s", [-WATCH_S, WATCH_S])
def test_a_clock_that_jumps_ends_the_watch_after_one_look_more(book, later_s):
    stream = book.open("r+b")
    replace(book)
    stream.write(THEIRS)
    stream.close()
    assert settled(book, later_s) != ()
    assert book.read_bytes() == THEIRS
    assert settled(book, 3 * later_s) == ()
    assert list(backups(book).glob(".capa_xl-*")) == []


def test_a_backup_that_is_watched_outlives_the_limit_and_goes_after_it(book):
    stream, contents = book.open("r+b"), [OLD, *(f"write {number}".encode() for number in range(6))]
    for before, after in pairwise(contents):
        replace(book, before=before, after=after, keep=2)
    assert len(in_backups(book)) == 6
    stream.write(THEIRS)
    stream.close()
    assert THEIRS in in_backups(book)
    book.write_bytes(NEWER)
    settled(book)
    settled(book, WATCH_S)
    replace(book, before=NEWER, after=b"last", keep=2)
    assert len(in_backups(book)) == 2


def test_whoever_opened_our_bytes_in_the_blink_they_stood_there_finds_its_save_among_the_backups(book, monkeypatch):
    opened, short_print = [], swap.short_print

    def opens_it(path):
        opened.append(book.open("r+b"))
        return short_print(path)

    monkeypatch.setattr(swap, "short_print", opens_it)
    with pytest.raises(WorkbookChanged):
        replace(book, lambda: save_by_rename(book, NEWER))
    opened[0].write(THEIRS)
    for stream in opened:
        stream.close()
    (said,) = settled(book)
    assert "当时保存的内容在" in said
    assert (book.read_bytes(), in_backups(book)) == (NEWER, [THEIRS])


def test_a_late_save_that_has_only_begun_is_waited_for(book):
    stream = book.open("r+b")
    replace(book)
    stream.truncate()
    assert settled(book) == ()
    assert book.read_bytes() == NEW
    stream.write(THEIRS)
    stream.close()
    assert len(settled(book)) == 1
    assert book.read_bytes() == THEIRS


def test_a_program_that_died_while_saving_the_old_file_does_not_empty_the_workbook(book):
    stream = book.open("r+b")
    replace(book)
    stream.truncate()
    stream.close()
    assert settled(book, WATCH_S) == ()
    assert book.read_bytes() == NEW


def test_a_late_save_that_is_put_back_half_written_is_whole_in_the_end(book):
    stream = book.open("r+b")
    replace(book)
    stream.write(THEIRS[:5])
    stream.flush()
    settled(book)
    stream.write(THEIRS[5:])
    stream.close()
    assert book.read_bytes() == THEIRS
    assert settled(book) == ()


def test_the_backup_is_the_very_file_that_was_displaced(book):
    before = book.stat().st_ino
    assert replace(book).stat().st_ino == before


def test_a_late_write_is_found_where_backups_lie_on_another_device(book, monkeypatch):
    rename = type(book).rename

    def across(path, target):
        if backups(book) in (path.parent, target.parent) and path.parent != target.parent:
            raise OSError(18, "Invalid cross-device link")
        return rename(path, target)

    def no_links(*_arguments, **_options):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(type(book), "rename", across)
    monkeypatch.setattr(os, "link", no_links)
    opened = []
    kept = replace(book, lambda: opened.append(book.open("r+b")))
    assert kept.read_bytes() == OLD
    with opened[0] as stream:
        stream.write(THEIRS)
    assert len(left_beside(book)) == 2
    settled(book)
    assert book.read_bytes() == THEIRS
    assert in_backups(book) == [NEW, OLD]
    settled(book, WATCH_S)
    assert left_beside(book) == ["跟踪表.xlsx"]


def test_a_lock_file_that_comes_at_the_last_moment_is_obeyed(book):
    lock = book.with_name("~$跟踪表.xlsx")
    with pytest.raises(WorkbookLocked):
        replace(book, lambda: lock.write_bytes(b""))
    assert book.read_bytes() == OLD
    assert not backups(book).exists()


def test_a_second_name_of_peoples_is_refused_and_both_stay(book):
    other = book.with_name("另一个名字.xlsx")
    other.hardlink_to(book)
    with pytest.raises(UnsafeWrite, match=r"还有 1 个名字（硬链接）"):
        replace(book)
    assert book.samefile(other)
    assert book.read_bytes() == OLD


def test_second_names_that_a_killed_run_left_are_no_ones(book):
    backups(book).mkdir(parents=True)
    (backups(book) / f"跟踪表-{STAMP}-{sha(OLD)[:8]}.xlsx").hardlink_to(book)
    kept = replace(book)
    assert (book.read_bytes(), kept.read_bytes()) == (NEW, OLD)
    assert kept.name == f"跟踪表-{STAMP}-2-{sha(OLD)[:8]}.xlsx"


def test_an_interrupt_after_the_swap_leaves_everything_as_before(book, monkeypatch):
    change_places = swap.change_places
    interrupted = []

    def then_ctrl_c(staged, real):
        change_places(staged, real)
        if not interrupted:
            interrupted.append(True)
            raise KeyboardInterrupt

    monkeypatch.setattr(swap, "change_places", then_ctrl_c)
    with pytest.raises(KeyboardInterrupt):
        replace(book)
    assert book.read_bytes() == OLD
    assert left_beside(book) == ["跟踪表.xlsx"]
    assert in_backups(book) == []


def test_what_can_neither_be_looked_at_nor_put_back_is_left_to_the_next_run(book, monkeypatch):
    change_places, done = swap.change_places, []

    def then_the_disk_fails(staged, real):
        if done:
            raise OSError(5, "Input/output error")
        change_places(staged, real)
        done.append(staged)

    def unreadable(path):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(swap, "change_places", then_the_disk_fails)
    monkeypatch.setattr(swap, "short_print", unreadable)
    replace(book, lambda: save_by_rename(book, THEIRS))
    monkeypatch.undo()
    assert book.read_bytes() == NEW
    assert settled(book) != ()
    assert book.read_bytes() == THEIRS


def test_an_old_file_that_can_get_no_name_of_ours_stands_in_its_own_place_again(book, monkeypatch):
    """A file system without an exchange: the new bytes are in place already when the last rename is refused."""
    monkeypatch.setattr(exchange, "exchange", lambda one, other: False)
    real_replace = Path.replace

    def refuses_the_second_name(path, target):
        if path.suffix == ".kept" and Path(target) != book:
            raise OSError(errno.EIO, "Input/output error")
        return real_replace(path, target)

    monkeypatch.setattr(Path, "replace", refuses_the_second_name)
    with pytest.raises(UnsafeWrite, match=r"写入「.*」出错"):
        replace(book)
    assert book.read_bytes() == OLD
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_a_workbook_that_cannot_be_replaced_keeps_no_second_name(book, monkeypatch):
    """The same, when already the first rename is refused."""
    monkeypatch.setattr(exchange, "exchange", lambda one, other: False)
    real_replace = Path.replace

    def refuses_the_workbook(path, target):
        if Path(target) == book:
            raise OSError(errno.EIO, "Input/output error")
        return real_replace(path, target)

    monkeypatch.setattr(Path, "replace", refuses_the_workbook)
    with pytest.raises(UnsafeWrite, match=r"写入「.*」出错"):
        replace(book)
    assert book.read_bytes() == OLD
    assert book.stat().st_nlink == 1
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_a_watch_that_was_refused_a_place_among_the_backups_goes_there_at_the_next_run(book, monkeypatch):
    with monkeypatch.context() as system:
        system.setattr(Path, "rename", refuses_in(backups(book)))
        replace(book)
    assert [path.suffix for path in book.parent.glob(".capa_xl-*")] == [".swap"]
    assert settled(book, WATCH_S / 2) == ()
    assert [path.suffix for path in backups(book).glob(".capa_xl-*")] == [".swap"]
    assert settled(book, WATCH_S + 1) == ()
    assert not [*book.parent.glob(".capa_xl-*"), *backups(book).glob(".capa_xl-*")]


def refuses_in(folder):
    real_rename = Path.rename

    def rename(path, target):
        if Path(target).parent == folder:
            raise OSError(errno.EACCES, "Permission denied")
        return real_rename(path, target)

    return rename
