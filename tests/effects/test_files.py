import errno
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from capa_xl.effects.backups import keep_backup
from capa_xl.effects.durable import write_beside
from capa_xl.effects.files import read_file, replace_file, write_new
from capa_xl.errors import UnreadableWorkbook, UnsafeWrite, WorkbookChanged, WorkbookLocked, WorkbookReadOnly
from tests.app.desks import still_world

OLD, NEW = b"old bytes", b"new bytes"
STAMP = "20261122-083000"
WORLD = still_world(date(2026, 11, 22))


def sha(blob):
    return hashlib.sha256(blob).hexdigest()


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(OLD)
    return path


def backups(book):
    return book.parent / ".capa_xl" / "backups"


def everything(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_file_is_read_with_its_fingerprint(book):
    assert read_file(book) == (OLD, sha(OLD))


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(UnreadableWorkbook, match="找不到文件"):
        read_file(tmp_path / "没有.xlsx")
    with pytest.raises(UnreadableWorkbook, match="是文件夹"):
        read_file(tmp_path)


def test_a_replaced_file_has_a_backup_of_what_was_there(book):
    kept = replace_file(book, NEW, sha(OLD), backups(book), STAMP, WORLD)
    assert book.read_bytes() == NEW
    assert kept.read_bytes() == OLD
    assert kept.name == f"跟踪表-{STAMP}-{sha(OLD)[:8]}.xlsx"
    seen = [name for name in everything(book.parent) if not name.endswith(".swap")]
    assert seen == [".capa_xl", ".capa_xl/backups", f".capa_xl/backups/{kept.name}", "跟踪表.xlsx"]


def test_a_file_that_changed_meanwhile_is_left_without_a_trace(book):
    with pytest.raises(WorkbookChanged, match="没有写入"):
        replace_file(book, NEW, sha(b"other"), backups(book), STAMP, WORLD)
    assert book.read_bytes() == OLD
    assert everything(book.parent) == ["跟踪表.xlsx"]


def test_a_file_that_changes_while_the_backup_is_made_is_left_without_a_backup(book):
    def saved_by_somebody():
        book.write_bytes(b"somebody saved")
        return WORLD.now()

    with pytest.raises(WorkbookChanged):
        replace_file(book, NEW, sha(OLD), backups(book), STAMP, replace(WORLD, now=saved_by_somebody))
    assert book.read_bytes() == b"somebody saved"
    seen = [name for name in everything(book.parent) if not name.endswith(".swap")]
    assert seen == [".capa_xl", ".capa_xl/backups", "跟踪表.xlsx"]


def test_only_the_last_thirty_backups_of_this_workbook_are_kept(book):
    folder = backups(book)
    folder.mkdir(parents=True)
    for number in range(35):
        (folder / f"跟踪表-20261101-{number:06}-0123abcd.xlsx").write_bytes(b"x")
    (folder / "跟踪表-副本-20261101-000000-0123abcd.xlsx").write_bytes(b"other workbook")
    (folder / "笔记.xlsx").write_bytes(b"not ours")
    kept = replace_file(book, NEW, sha(OLD), folder, STAMP, WORLD)
    own = sorted(path.name for path in folder.glob("跟踪表-2026*"))
    assert len(own) == 30
    assert own[-1] == kept.name
    assert own[0] == "跟踪表-20261101-000006-0123abcd.xlsx"
    assert len(list(folder.glob("*.xlsx"))) == 32


def test_of_one_second_the_tenth_backup_is_newer_than_the_second(book):
    folder = backups(book)
    folder.mkdir(parents=True)
    for number in ("", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"):
        (folder / f"跟踪表-{STAMP}{number}-{sha(OLD)[:8]}.xlsx").write_bytes(b"x")
    kept = replace_file(book, NEW, sha(OLD), folder, STAMP, WORLD, keep=2)
    replace_file(book, OLD, sha(NEW), folder, "20261122-083001", WORLD, keep=2)
    assert kept.name == f"跟踪表-{STAMP}-10-{sha(OLD)[:8]}.xlsx"
    assert sorted(path.name for path in folder.glob("*.xlsx")) == [
        kept.name,
        f"跟踪表-20261122-083001-{sha(NEW)[:8]}.xlsx",
    ]


def test_a_clock_that_was_set_back_does_not_cost_the_newest_backup(book):
    folder = backups(book)
    folder.mkdir(parents=True)
    for number in range(3):
        (folder / f"跟踪表-20261123-{number:06}-0123abcd.xlsx").write_bytes(b"x")
    kept = replace_file(book, NEW, sha(OLD), folder, STAMP, WORLD, keep=3)
    assert kept.read_bytes() == OLD
    assert sorted(path.name for path in folder.glob("*.xlsx")) == [
        kept.name,
        "跟踪表-20261123-000001-0123abcd.xlsx",
        "跟踪表-20261123-000002-0123abcd.xlsx",
    ]


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_mode_and_owner_are_kept_and_a_link_stays_a_link(book, tmp_path):
    book.chmod(0o640)
    link = tmp_path / "快捷.xlsx"
    link.symlink_to(book)
    kept = replace_file(link, NEW, sha(OLD), backups(book), STAMP, WORLD)
    assert kept.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert book.read_bytes() == NEW
    assert book.stat().st_mode & 0o777 == 0o640
    assert book.stat().st_uid == os.getuid()


def test_a_full_disk_leaves_the_file_and_no_trace(book, monkeypatch):
    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnsafeWrite, match="磁盘已满"):
        replace_file(book, NEW, sha(OLD), backups(book), STAMP, WORLD)
    monkeypatch.undo()
    assert book.read_bytes() == OLD
    assert everything(book.parent) == ["跟踪表.xlsx"]


def test_a_new_file_is_there_whole_or_not_at_all(tmp_path):
    write_new(tmp_path / "新.xlsx", NEW)
    assert (tmp_path / "新.xlsx").read_bytes() == NEW
    with pytest.raises(UnsafeWrite, match="不能写入"):
        write_new(tmp_path / "没有" / "新.xlsx", NEW)
    assert everything(tmp_path) == ["新.xlsx"]


def test_a_read_only_file_is_left_alone(book, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything, whatever the mode says
    with pytest.raises(WorkbookLocked, match="只读"):
        replace_file(book, NEW, sha(OLD), backups(book), STAMP, WORLD)
    assert book.read_bytes() == OLD


def test_backups_of_one_second_by_several_runs_do_not_trip_over_each_other(tmp_path):
    target = tmp_path / "backups" / "跟踪表-20261122-083000-1a2b3c4d.xlsx"
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(OLD)
    with ThreadPoolExecutor(8) as runs:
        kept = list(runs.map(lambda _: keep_backup(book, OLD, target), range(40)))
    assert {path.read_bytes() for path in kept} == {OLD}
    assert sorted(entry.name for entry in target.parent.iterdir()) == sorted({path.name for path in kept})


def refused(*_arguments, **_options):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_stays_full_ends_in_a_sentence_though_nothing_can_be_cleaned_up(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(UnsafeWrite, match=r"不能写入「.*信\.eml」：磁盘已满 → 请检查文件夹、权限和磁盘空间"):
        write_new(tmp_path / "信.eml", NEW)


def test_the_first_error_is_told_though_nothing_can_be_cleaned_up(tmp_path, monkeypatch):
    def too_big(_number):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", too_big)
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(OSError, match="Input/output error"):
        write_beside(tmp_path / "信.eml", NEW)


@contextmanager
def no_right_to_read() -> Iterator[Path]:
    """A workbook that this process may not read; root may read all, so it steps down meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "表.xlsx"
        book.write_bytes(b"PK")
        Path(folder).chmod(0o755)
        book.chmod(0)
        was = os.geteuid()
        try:
            if was == 0:
                os.seteuid(65534)
            yield book
        finally:
            os.seteuid(was)


@pytest.mark.skipif(sys.platform == "win32", reason="there a refused read is another program that holds the file")
def test_a_file_that_may_not_be_read_is_a_failure_and_not_one_that_somebody_has_open():
    with no_right_to_read() as book, pytest.raises(UnreadableWorkbook, match="没有读取权限 → 请让管理员给运行的账号"):
        read_file(book)


def refuse_one_name(monkeypatch) -> None:
    real = Path.replace

    def refused_once(_path, _target):
        monkeypatch.setattr(Path, "replace", real)
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused_once)


@pytest.mark.skipif(os.name == "nt", reason="who may read a file is no mode there")
def test_a_backup_that_is_a_copy_is_readable_by_whom_the_workbook_is(book, monkeypatch):
    monkeypatch.setattr(Path, "hardlink_to", refused)
    book.chmod(0o664)
    kept = keep_backup(book, OLD, backups(book) / "跟踪表-20261122-083000-1a2b3c4d.xlsx")
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (OLD, 0o664)


def test_a_backup_refused_before_its_name_is_given_leaves_nothing_among_the_backups(book, monkeypatch):
    monkeypatch.setattr(Path, "hardlink_to", refused)  # so it is a copy
    refuse_one_name(monkeypatch)
    with pytest.raises(PermissionError):
        keep_backup(book, OLD, backups(book) / "跟踪表-20261122-083000-1a2b3c4d.xlsx")
    assert list(backups(book).iterdir()) == []


def test_a_replacement_refused_before_its_name_is_given_leaves_nothing_beside_the_workbook(book, monkeypatch):
    refuse_one_name(monkeypatch)
    with pytest.raises(WorkbookReadOnly, match=r"不能替换：在「.*」里没有写入的权限 → "):
        replace_file(book, NEW, sha(OLD), backups(book), STAMP, WORLD)
    assert everything(book.parent) == ["跟踪表.xlsx"]
    assert book.read_bytes() == OLD
